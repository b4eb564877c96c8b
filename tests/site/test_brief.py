"""The brief of each examination and its starter table: what they quote, that two sides hold it, and paper at large."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any

import pytest
from building import WITH_INVENTED, Built, Order, site
from invented import review
from reading_back import Element, content, permalink, speaker, turns

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESS = "https://a-rather-long-name-of-a-host.example.org/publications/"
STATES = ("Freedonia", "Ruritania", "Sylvania")
PARTS = {"Main concerns": "concern", "Recommendations": "recommendation", "Open commitments": "commitment"}


@site
def long_review_site(folder: Path) -> Order:
    """A review with far more than two sides hold, and a long public address."""
    sources = folder / "sources"
    sources.mkdir()
    listed = [
        f"Build {number} schools for girls {'and keep their teachers paid in every province ' * (number % 9)}({state});"
        for number, state in ((number, STATES[number % 3]) for number in range(150))
    ]
    dialogue = "6. " + " ".join(
        f"{state} was concerned about the situation of children in the mines of the north. It asked what measures had "
        f"been taken against trafficking in year {number}. The delegation stated that Arcadia would adopt law number "
        f"{number} on schools by 2027."
        for number, state in enumerate(STATES * 15)
    )
    (sources / "arcadia.md").write_text(review(*listed, dialogue=dialogue), encoding="utf-8")
    return Order((*WITH_INVENTED, "--sources", sources), env={"SITE_URL": ADDRESS})


@site
def upr_site(folder: Path) -> Order:
    """Three reports of the Working Group on the Universal Periodic Review, where they are at hand."""
    sources = folder / "sources"
    sources.mkdir()
    reports = Path(os.environ.get("SESSIONAL_CORPUS", folder)) / "upr/reports"
    for name in ("burundi2013.md", "germany2013.md", "morocco2008.md"):
        if (reports / name).is_file():
            shutil.copy(reports / name, sources)
    return Order(("--sources", sources))


@pytest.fixture(params=range(3), ids=["seed", "arcadia", "long_review"])
def built(request: pytest.FixtureRequest, seed_site: Built, arcadia_site: Built, long_review_site: Built) -> Built:
    """Each site in turn."""
    return (seed_site, arcadia_site, long_review_site)[request.param]


@pytest.fixture(scope="module")
def printer(browser: Browser) -> Iterator[Page]:
    """A page in an offline browser that runs no script and prefers the dark."""
    context = browser.new_context(offline=True, java_script_enabled=False, color_scheme="dark")
    yield context.new_page()
    context.close()


def briefs(built: Built) -> dict[str, Element]:
    """The brief of each examination, by the examination's address."""
    return {
        address.removesuffix("brief/"): content(built.site, address)
        for address in built.pages
        if address.endswith("/brief/")
    }


def quotations(tree: Element) -> list[Element]:
    return [li for group in tree.all("div", "s-brief-group") for li in group.all("li")]


def id_of(quotation: Element) -> str:
    return quotation.all("a")[-1].words


def counted(built: Built, address: str) -> Counter[str]:
    """By kind, what an examination's page counts: the tally at its head."""
    tally = content(built.site, address).all("ul", "s-tally")[0]
    return Counter({next(iter(i.classes)): number(i) for i in tally.all("li")})


def number(element: Element) -> int:
    return int(re.search(r"\d+", element.words)[0])  # type: ignore[index]


def unanswered(built: Built) -> set[str]:
    """Ids of the questions after which no answer is recorded, as the page of questions has them."""
    found: set[str] = set()
    for address, tree in built.pages.items():
        if re.match(r"questions/(\d+/)?$", address):
            heading = ""
            for element in tree.one(cls="s-page").walk():
                if element.tag == "h2":
                    heading = element.words
                if "t" in element.classes and heading.startswith("No answer is recorded"):
                    found.add(permalink(element))
    return found


def wanted(built: Built, address: str) -> dict[str, list[str]]:
    """Ids by part, from the data alone: sure enough, not the author's, listed where the document lists."""
    lists = {one["source"]["path"] for one in built.statements if one["listed"]}
    key = "-".join(address.split("/")[1:3])
    held = [
        one
        for one in built.statements
        if key in one["examinations"] and one["confidence"] != "low" and one["speaker"] != "author"
    ]
    found: dict[str, list[str]] = {
        part: [
            one["id"]
            for one in held
            if one["kind"] == kind and (kind != "recommendation" or one["listed"] or one["source"]["path"] not in lists)
        ]
        for part, kind in PARTS.items()
    }
    no_answer = unanswered(built)
    found["Questions with no answer recorded"] = [one["id"] for one in held if one["id"] in no_answer]
    return found


# --- what it says -------------------------------------------------------------------------------------------------


def test_every_examination_has_one(built: Built) -> None:
    examinations = {a for a, tree in built.pages.items() if tree.all("div", "s-page-examination")}
    assert examinations
    assert set(briefs(built)) == examinations


def test_every_quotation_is_a_statement_word_for_word(built: Built) -> None:
    by_id = {one["id"]: one for one in built.statements}
    shown = 0
    for tree in briefs(built).values():
        for quotation in quotations(tree):
            told = by_id[id_of(quotation)]
            assert quotation.one("blockquote").text == told["text"]
            assert quotation.one("blockquote").attributes.get("lang", "en") == told["lang"]
            shown += 1
    assert shown > 10


def test_whose_words_they_are_is_what_the_examination_says(built: Built) -> None:
    for address, tree in briefs(built).items():
        where = {
            turn.id: turn
            for a, other in built.pages.items()
            if a.startswith(address)
            for turn in turns(other)
            if turn.id
        }
        for quotation in quotations(tree):
            if (id_ := id_of(quotation)) in where:
                said = quotation.all("strong")[0].words
                assert said == speaker(where[id_])


def test_a_quotation_opens_its_sentence(built: Built) -> None:
    start = ADDRESS if (built.site / "sitemap.xml").is_file() else ""
    for address, tree in briefs(built).items():
        assert tree.all("a", "s-address")[0].text == f"{start}{address}"
        for quotation in quotations(tree):
            (href,) = quotation.hrefs
            path, _, anchor = href.partition("#")
            assert anchor == id_of(quotation)
            target = normpath(join(address, "brief", path))
            assert anchor in (built.site / target).read_text(encoding="utf-8")


def test_the_parts_hold_what_the_data_holds(built: Built) -> None:
    for address, tree in briefs(built).items():
        expected, counts = wanted(built, address), counted(built, address)
        sections = {s.one("h2").words.split(" (")[0]: s for s in tree.all("section", "s-brief-part")}
        for part, ids in expected.items():
            section = sections[part]
            shown = [id_of(quotation) for quotation in quotations(section)]
            more = [number(p) for p in section.all("p", "s-brief-more")]
            assert len(shown) == len(set(shown))
            assert set(shown) <= set(ids)
            assert number(section.one("h2")) == len(ids) == len(shown) + sum(more)
            if part in PARTS:
                assert counts[PARTS[part]] == len(ids)


def test_something_is_left_out_only_where_there_is_much(seed_site: Built, long_review_site: Built) -> None:
    assert [p.words for tree in briefs(seed_site).values() for p in tree.all("p", "s-brief-more")] == []
    assert any(tree.all("p", "s-brief-more") for tree in briefs(long_review_site).values())


def test_a_recommendation_of_a_review_has_number_state_and_position(long_review_site: Built) -> None:
    by_id = {one["id"]: one for one in long_review_site.statements}
    (tree,) = briefs(long_review_site).values()
    listed = [q for q in quotations(tree) if by_id[id_of(q)]["listed"]]
    assert listed
    for quotation in listed:
        told = by_id[id_of(quotation)]
        foot = quotation.all("p")[-1]
        assert foot.one(cls="s-no").words == told["number"]
        assert foot.one(cls="s-position").words in {"Supported", "Position to follow"}
        assert any(state in foot.all("strong")[0].words for state in STATES)


def test_facts_badge_and_rights_stand_on_it(seed_site: Built) -> None:
    tree = briefs(seed_site)["countries/lao/opsc-69/"]
    facts = {
        div.one("dt").words: [dd.words for dd in div.all("dd")] for div in tree.one("dl", "s-brief-facts").all("div")
    }
    assert facts["State party"] == ["Lao People's Democratic Republic line 8"]
    assert facts["Examined"] == ["27 May 2015 line 11"]
    assert facts["Country Rapporteur"] == ["Jorge Cardona Llorens line 29", "Bernard Gastaud line 29"]
    assert "An NGO's summary, not an official record." in tree.one("p", "s-badge").words
    assert "not a score" in tree.words
    assert "Rights: Child Rights Connect." in tree.one("section", "s-brief-sources").words


def test_it_works_without_a_script(built: Built) -> None:
    for tree in briefs(built).values():
        assert tree.all("script") == tree.all("button") == []


# --- the starter table --------------------------------------------------------------------------------------------


def rows(built: Built, address: str) -> list[dict[str, str]]:
    data = (built.site / address / "starter.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_each(built: Built) -> None:
    by_id: dict[str, dict[str, Any]] = {one["id"]: one for one in built.statements}
    for address in briefs(built):
        table = rows(built, address)
        assert sorted(row["Id"] for row in table) == sorted(
            id_ for ids in wanted(built, address).values() for id_ in ids
        )
        for row in table:
            told = by_id[row["Id"]]
            assert row["Words"] == told["text"]
            assert row["Kind"] == told["kind"]
            assert row["Permalink"].endswith(f"#{row['Id']}")
            assert re.search(rf"\blines? {told['source']['spans'][0]['line']}\b", row["Source line"])
            assert row["What has happened since"] == row["Evidence"] == row["What should be asked"] == ""


def test_the_ways_there_and_back(built: Built) -> None:
    for address, tree in briefs(built).items():
        hrefs = content(built.site, address).hrefs
        assert {"brief/index.html", "starter.csv"} <= {normpath(h.removeprefix("../" * 3 + address)) for h in hrefs}
        leads = {normpath(join(address, "brief", href)) for href in tree.hrefs}
        assert {f"{address}index.html", f"{address}starter.csv"} <= leads


# --- paper --------------------------------------------------------------------------------------------------------

_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


def sheets(printer: Page, built: Built, address: str, size: str) -> int:
    """How many sides a page takes."""
    printer.goto((built.site / address / "index.html").as_uri())
    return len(_SHEET.findall(printer.pdf(format=size)))


@pytest.mark.browser
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_two_sides_hold_it(printer: Page, built: Built, size: str) -> None:
    found = {address: sheets(printer, built, f"{address}brief/", size) for address in briefs(built)}
    assert {address: number for address, number in found.items() if number > 2} == {}


@pytest.mark.browser
def test_two_sides_are_used_where_there_is_much(printer: Page, long_review_site: Built) -> None:
    (address,) = briefs(long_review_site)
    assert sheets(printer, long_review_site, f"{address}brief/", "A4") == 2
    assert len(quotations(briefs(long_review_site)[address])) >= 15


@pytest.mark.browser
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_two_sides_hold_a_real_review(printer: Page, upr_site: Built, size: str) -> None:
    if "SESSIONAL_CORPUS" not in os.environ:
        pytest.skip("SESSIONAL_CORPUS names no reports of reviews: none is printed")
    assert len(briefs(upr_site)) == 3
    for address in briefs(upr_site):
        assert sheets(printer, upr_site, f"{address}brief/", size) == 2


PRINTED = [
    "countries/lao/opsc-69/",
    "countries/lao/",
    "countries/lao/opsc-69/source/",
    "themes/trafficking/",
    "search/",
]


@pytest.mark.browser
@pytest.mark.parametrize("address", [*PRINTED, "countries/lao/opsc-69/brief/"])
def test_on_paper_there_is_no_navigation_and_black_stands_on_white(
    printer: Page, seed_site: Built, address: str
) -> None:
    printer.emulate_media(media="print")
    printer.goto((seed_site.site / address / "index.html").as_uri())
    for selector in (".s-top", ".s-tabs", ".s-end", ".s-crumbs", ".s-header-search", ".s-brief-ways"):
        assert not any(one.is_visible() for one in printer.locator(selector).all()), selector
    look = "getComputedStyle(document.querySelector('{}')).{}"
    assert printer.evaluate(look.format("body", "backgroundColor")) == "rgb(255, 255, 255)"
    assert printer.evaluate(look.format("h1", "color")) == "rgb(0, 0, 0)"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "whole"), [("countries/lao/opsc-69/", ".t"), ("countries/lao/opsc-69/brief/", ".s-brief-group li")]
)
def test_no_statement_is_cut_from_its_speaker(printer: Page, seed_site: Built, address: str, whole: str) -> None:
    printer.emulate_media(media="print")
    printer.goto((seed_site.site / address / "index.html").as_uri())
    kept = printer.evaluate(f"[...document.querySelectorAll('{whole}')].map(e => getComputedStyle(e).breakInside)")
    assert kept
    assert set(kept) == {"avoid"}


@pytest.mark.browser
def test_the_mark_of_a_statement_can_be_read_on_paper(printer: Page, seed_site: Built) -> None:
    printer.emulate_media(media="print")
    printer.goto((seed_site.site / "countries/lao/opsc-69/index.html").as_uri())
    told = printer.evaluate(
        "[...document.querySelectorAll('.t')].map(e => [e.id,"
        " getComputedStyle(e.querySelector('blockquote + p > a:last-of-type'), '::after').content])"
    )
    assert told
    assert all("attr(href)" in shown or id_ in shown for id_, shown in told)
