"""Cards, rows and marks of finished pages: what they weigh, that nothing is said twice, and what their script adds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import pytest
from building import INVENTED, ROOT, Built
from reading_back import Element, said, turns
from test_citing import PUBLIC, arcadia_published, opened, shown  # noqa: F401 - a fixture
from test_examination_table import LONG, reviewed_site  # noqa: F401 - a fixture

from generator.build import Project
from generator.build.publication import prepare
from generator.citations import Citation, apa_in_text, bibtex, chicago_note, csl_json, ris
from generator.pages.views import Views

if TYPE_CHECKING:
    from playwright.sync_api import Locator

EXAMINATION = "countries/lao/opsc-69/"
ASSETS = ROOT / "templates/assets"
_CARD = re.compile(r'<article class="t .*?</article>', re.DOTALL)
_ROW = re.compile(r"<tr id=.*?</tr>", re.DOTALL)
_LINE = re.compile(r'<li id="L\d.*?</li>', re.DOTALL)
_MARK = re.compile(r'<a(?: id="[^"]*")? class="[^"]*" href="[^"]*">')


# --- what they weigh ----------------------------------------------------------------------------------------------


def texts(built: Built) -> Iterator[str]:
    for path in sorted(built.site.glob("countries/*/*/**/index.html")):
        yield path.read_text(encoding="utf-8")


def besides(html: str, words: str) -> int:
    """The bytes of a piece of HTML besides the words of its statement."""
    (found,) = re.findall(words, html, re.DOTALL)
    return len(html.encode()) - len(found.encode())


def test_a_card_is_light(seed_site: Built, project_site: Built) -> None:
    def weights(text: str) -> list[int]:
        return [besides(card, r"<blockquote[^>]*>(.*?)</blockquote>") for card in _CARD.findall(text)]

    seed = weights((seed_site.site / EXAMINATION / "index.html").read_text(encoding="utf-8"))
    assert len(seed) > 50
    assert mean(seed) <= 480
    cards = list(chain.from_iterable(_CARD.findall(text) for text in texts(project_site)))
    assert len(cards) > 1000
    # Beside what every card has, five themes fit or what they take.
    heavy = [card for card in cards if card.count("<a ") <= 8]
    assert max(besides(card, r"<blockquote[^>]*>(.*?)</blockquote>") for card in heavy) <= 900
    assert max(besides(card, r"<blockquote[^>]*>(.*?)</blockquote>") for card in cards) <= 1200


def test_a_row_is_light(reviewed_site: Built) -> None:  # noqa: F811
    rows = list(chain.from_iterable(map(_ROW.findall, texts(reviewed_site))))
    assert len(rows) > 200
    assert mean(besides(row, r"<td><p[^>]*>(.*?)</p>") for row in rows) <= 350


def test_a_line_of_a_source_and_its_marks_are_light(project_site: Built) -> None:
    lines = list(chain.from_iterable(map(_LINE.findall, texts(project_site))))
    marks = list(chain.from_iterable(map(_MARK.findall, lines)))
    assert len(lines) > 900
    assert len(marks) > 1000
    assert mean(len(f"{mark}</a>") for mark in marks) <= 95
    plain = [line for line in lines if not _MARK.search(line)]
    assert mean(len(re.sub(r"</a>[^<]*", "</a>", line).encode()) for line in plain) <= 45 + len('class="furniture"')


def test_the_page_of_the_first_report_is_light(seed_site: Built) -> None:
    text = (seed_site.site / EXAMINATION / "index.html").read_text(encoding="utf-8")
    body = text[text.index('<div class="s-page') : text.rindex("</article>")]
    assert len(body.encode()) <= 46 * 1024


def test_the_scripts_are_small() -> None:
    assert (ASSETS / "cards.js").stat().st_size <= 5 * 1024
    assert (ASSETS / "entries.js").stat().st_size <= 6 * 1024


# --- once ---------------------------------------------------------------------------------------------------------


def everything(tree: Element) -> str:
    """What a page says, its attributes too, with white space folded."""
    told = [tree.text]
    told += [value for one in tree.walk() for name, value in one.attributes.items() if name not in ("href", "id")]
    told += [one.text for one in tree.all("template")]
    return " ".join(" ".join(told).split())


@pytest.mark.parametrize("fixture", ["seed_site", "arcadia_published", "project_site"])
def test_no_sentence_stands_on_a_page_twice(fixture: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(fixture)
    seen = 0
    for address, tree in built.pages.items():
        if not re.match(r"countries/\w+/[^/]+/", address) or "/threads/" in address or "/brief/" in address:
            continue
        (here,) = tree.all(cls="s-page")
        whole = everything(here)
        cards = [" ".join(said(turn).split()) for turn in turns(here)]
        cards += [" ".join(row.all("p")[0].text.split()) for row in here.all("tr") if row.id]
        for words in set(cards):
            if len(words) > 30:
                # Two statements may be of the same words, and one may have the words of another in it.
                assert whole.count(words) == sum(other.count(words) for other in cards), (address, words)
                seen += 1
    assert seen > 20


def test_what_the_source_says_is_on_its_page_once(seed_site: Built) -> None:
    tree = seed_site.pages[f"{EXAMINATION}source/"].one(cls="s-page")
    whole = everything(tree)
    lines = [" ".join(line.text.split()) for line in tree.one("ol", "s-source").all("li")]
    assert [line for line in lines if len(line) > 60 and whole.count(line) != lines.count(line)] == []


# --- without a script ---------------------------------------------------------------------------------------------


def test_a_reading_that_is_unsure_says_so(seed_site: Built) -> None:
    unsure = {one["id"] for one in seed_site.statements if one["confidence"] == "low"}
    shown_so = {turn.id for turn in turns(seed_site.pages[EXAMINATION]) if "reading unsure" in turn.all("p")[0].words}
    assert shown_so == unsure != set()
    assert shown_so == {turn.id for turn in turns(seed_site.pages[EXAMINATION]) if "u" in turn.classes}


def test_every_card_leads_to_its_line_and_to_itself(project_site: Built) -> None:
    seen = 0
    for address, tree in project_site.pages.items():
        for turn in turns(tree):
            if turn.id:
                line, own = turn.all("p")[1].hrefs[-2:]
                assert own == f"#{turn.id}", address
                assert re.fullmatch(r"(?:\.\./)*source/(?:[\w-]+/)*index\.html#L\d+", line), address
                seen += 1
    assert seen > 1000


# --- what the script adds -----------------------------------------------------------------------------------------


def cited(sources: tuple[Path, ...], vocabularies: tuple[Path, ...], public: str) -> dict[str, Citation]:
    """How the program itself cites each statement."""
    reading = prepare(Project(ROOT, sources, vocabularies)).reading
    views = Views(reading.corpus, reading.vocabulary, site_url=public, corrections=())
    return {one.id: views.cited_statement(one) for one in views.corpus.statements}


@pytest.fixture(scope="module")
def citations() -> dict[str, dict[str, Citation]]:
    invented = ((INVENTED / "sources",), (INVENTED / "vocabularies",))
    return {
        "seed_site": cited((ROOT / "content/sources/lao-pdr-opsc-69.md",), (), ""),
        "arcadia_published": cited(*invented, PUBLIC),
        "project_site": cited((), (), ""),
    }


def ask(card: Locator) -> str:
    """How we know, how to cite."""
    card.get_by_role("button", name="How we know, how to cite").first.click()
    card.get_by_role("button", name="CSL-JSON").first.wait_for()
    return card.locator(".s-how").first.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("how", ["file", "http"])
@pytest.mark.parametrize(
    ("fixture", "address"),
    [
        ("seed_site", EXAMINATION),
        ("arcadia_published", "countries/xar/opsc-102/"),
        ("project_site", "countries/ton/upr-2/"),
    ],
)
def test_what_is_cited_is_what_the_program_cites(
    fixture: str,
    address: str,
    how: str,
    browser,
    citations,
    seed_site: Built,
    arcadia_published: Built,  # noqa: F811
    project_site: Built,
) -> None:
    sites = {"seed_site": seed_site, "arcadia_published": arcadia_published, "project_site": project_site}
    built = sites[fixture]
    with shown(built, how) as root, opened(browser, f"{root}{address}index.html") as page:
        cards = page.locator("article.t[id]")
        for number in range(0, min(cards.count(), 24), 3):
            card = cards.nth(number)
            one = citations[fixture][card.get_attribute("id")]
            told = ask(card)
            assert one.abstract in told
            assert f"Chicago: {chicago_note(one)} APA: {apa_in_text(one)}" in told
            assert "Confidence: " in told
        for name, text in (("RIS", ris(one)), ("BibTeX", bibtex(one)), ("CSL-JSON", f"[\n{csl_json(one)}\n]\n")):
            with page.expect_download() as waiting:
                card.get_by_role("button", name=name, exact=True).click()
            assert waiting.value.suggested_filename.startswith(one.key)
            assert Path(waiting.value.path()).read_bytes().decode() == text


@pytest.mark.browser
def test_a_sentence_told_inside_another_is_cited_as_its_own(seed_site: Built, browser, citations) -> None:
    with shown(seed_site, "file") as root, opened(browser, f"{root}{EXAMINATION}index.html") as page:
        inner = page.locator(".t > p.n").first
        inner.get_by_role("button", name="How we know, how to cite").click()
        id_ = inner.locator("a").last.get_attribute("href").removeprefix("#")
        box = page.locator(".t > p.n + .s-how").first
        box.get_by_role("button", name="RIS").wait_for()
        assert citations["seed_site"][id_].abstract in box.inner_text()
        page.goto(f"{root}{EXAMINATION}index.html#{id_}")
        assert page.locator(":target").inner_text() == inner.page.locator(f"[id='{id_}']").inner_text()


@pytest.mark.browser
def test_a_row_is_known_and_cited_too(reviewed_site: Built, browser) -> None:  # noqa: F811
    with shown(reviewed_site, "file") as root, opened(browser, f"{root}{LONG}/index.html") as page:
        row = page.locator("tr[id]").nth(3)
        told = ask(row)
        number, by = row.locator("td").first.inner_text(), row.locator("td").nth(2).inner_text()
        assert f"– Recommendation, Reviewing State: {by.replace(', ', ' and ')}." in told
        assert f", {number}, line" in told
        assert "Rule: listed" in told
        with page.expect_download() as waiting:
            row.get_by_role("button", name="CSL-JSON").click()
        (item,) = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
        assert item["id"] == row.get_attribute("id")
        assert item["section"].startswith(f"{number}, line")


@pytest.mark.browser
def test_the_link_to_a_line_goes_on_to_the_words(seed_site: Built, browser) -> None:
    with shown(seed_site, "http") as root, opened(browser, f"{root}{EXAMINATION}index.html") as page:
        card = page.locator("article.t[id]").nth(4)
        id_ = card.get_attribute("id")
        card.locator("blockquote + p > a").nth(-2).click()
        page.wait_for_url(f"**/source/index.html#{id_}")
        assert page.locator(":target").evaluate("e => e.tagName") in ("A", "B", "I")
