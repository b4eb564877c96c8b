"""Pages of States as a reader meets them: threads that lead to what they say, and counts that agree with the data."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from posixpath import normpath

import pytest
from building import WITH_INVENTED, Built, Order, site
from invented import report
from reading_back import Element, content

ADDRESS, THREADS = "countries/xar/", "countries/xar/threads/"
EARLIER = "99<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n12<sup>TH</sup> MAY 2024"
BEFORE = (
    "The Committee was concerned about the lack of data on trafficking. The delegation stated that a register would be "
    "opened by mid-2025. The Committee asked whether corporal punishment was forbidden in schools."
)
AFTER = (
    "The Committee recommended that the State party act against trafficking. The delegation replied that it did. "
    "The Committee was concerned about the adoption of children without the consent of their parents."
)


@site
def compared_site(folder: Path) -> Order:
    """Two invented examinations of one State under one treaty, one of them confirmed by an editor."""
    sources = folder / "content/sources"
    sources.mkdir(parents=True)
    (sources / "arcadia-99.md").write_text(report(body=BEFORE, session=EARLIER), encoding="utf-8")
    (sources / "arcadia-102.md").write_text(report(body=AFTER), encoding="utf-8")
    (folder / "content/threads.yaml").write_text(
        "format: threads/1\nthreads:\n- {state: XAR, theme: trafficking, examination: xar-crc-102, "
        "status: raised-again, note: The same law., editor: Ann}\n",
        encoding="utf-8",
    )
    return Order((*WITH_INVENTED, "--sources", sources))


@pytest.fixture(params=["seed", "arcadia", "compared"])
def built(request: pytest.FixtureRequest, seed_site: Built, arcadia_site: Built, compared_site: Built) -> Built:
    """Each of three sites."""
    return {"seed": seed_site, "arcadia": arcadia_site, "compared": compared_site}[request.param]


def indexed(record: dict) -> bool:
    """Whether the indexes hold a statement, by the data alone."""
    told = record["kind"] not in ("procedural", "background") and record["speaker"] != "author"
    return bool(told and record["confidence"] != "low")


def cells(tree: Element) -> list[tuple[str, str, Element]]:
    """The table of threads: theme, column's examination, cell."""
    found = []
    for table in tree.all("table", "s-threads"):
        names = [re.sub(r"(?:.*/)?([a-z]+-\d+)/index\.html", r"\1", href) for href in table.one("thead").hrefs]
        for row in table.one("tbody").all("tr"):
            theme = row.one("th").hrefs[0].split("/")[-2]
            found += [(theme, name, cell) for name, cell in zip(names, row.all("td"), strict=True)]
    return found


def countries(built: Built) -> list[str]:
    return [address for address in built.pages if re.fullmatch(r"countries/[a-z]{3}/", address)]


def test_every_link_of_a_thread_lands_on_a_statement_of_its_theme(built: Built) -> None:
    records = {one["id"]: one for one in built.statements}
    seen = 0
    for address, tree in built.pages.items():
        for step in tree.all("section", "s-step") if "/threads/" in address else ():
            theme, stem = step.one("h3").id.removesuffix("-continued").rsplit(".", 1)
            for link in step.all("a", "s-permalink"):
                place, _, anchor = link.attributes["href"].partition("#")
                target = normpath(f"{address}{place}").removesuffix("index.html")
                assert built.pages[target].by_id(anchor), link.attributes["href"]
                assert theme in records[anchor]["themes"]
                assert any(key.endswith(f"-{stem}") for key in records[anchor]["examinations"])
                seen += 1
    assert seen


def test_each_step_of_a_thread_says_whose_document_it_quotes(built: Built) -> None:
    steps = [
        step
        for address, tree in built.pages.items()
        for step in (tree.all("section", "s-step") if "/threads/" in address else ())
        if step.all("ul", "s-thread")
    ]
    assert steps
    for step in steps:
        assert any("not an official record" in note.text for note in step.all("p", "s-note")), step.words
        assert len(step.all("p", "s-note")) == len({note.text for note in step.all("p", "s-note")})


def test_counts_of_the_table_agree_with_the_data(built: Built) -> None:
    for address in countries(built):
        code = address.split("/")[1]
        wanted = Counter(
            (theme, key.removeprefix(f"{code}-"))
            for one in built.statements
            if indexed(one)
            for key in one["examinations"]
            if key.startswith(f"{code}-")
            for theme in one["themes"]
        )
        told = Counter()
        for theme, name, cell in cells(built.pages[address]):
            told[theme, name] += sum(map(int, re.findall(r"(\d+) (?:raised|by the State|other)", cell.words)))
        assert +told == wanted, address


def test_each_count_leads_to_the_theme_at_its_examination(built: Built) -> None:
    for address in countries(built):
        for theme, name, cell in cells(built.pages[address]):
            for href in cell.hrefs:
                place, _, anchor = href.partition("#")
                assert anchor == f"{theme}.{name}"
                assert built.pages[normpath(f"{address}{place}").removesuffix("index.html")].by_id(anchor)


def test_the_order_of_a_country_page(compared_site: Built) -> None:
    titles = [one.words for one in content(compared_site.site, ADDRESS).all("h2")]
    assert [re.sub(r" \(.*", "", title) for title in titles] == [
        "Latest examination",
        "Time line",
        "Theme by theme",
        "Cluster by cluster",
        "What it promised",
        "Questions with no answer recorded",
        "Written down in all",
        "Bound by treaties",
        "Other names",
        "Download and cite",
        "Follow this page",
    ]


def test_a_status_says_whether_an_editor_confirmed_it(compared_site: Built) -> None:
    tree = content(compared_site.site, ADDRESS)
    found = {theme: state.words for theme, name, cell in cells(tree) for state in cell.all("span", "s-state") if name}
    assert found["trafficking"] == "raised again ✓"
    assert found["corporal-punishment"] == "not mentioned in this document"
    assert found["adoption"] == "new"
    assert "suggested by rule; an editor has not confirmed it" in tree.words
    listed = content(compared_site.site, THREADS).words
    assert "Status confirmed by Ann. Editor’s note: The same law." in listed


def test_nothing_is_called_dropped_or_resolved(built: Built) -> None:
    for address in countries(built):
        for page in (address, f"{address}threads/"):
            ours = built.pages[page].one("main")
            said = " ".join(one.words for one in (*ours.all("blockquote"), *ours.all("bdi")))
            for word in ("dropped", "resolved", "fulfilled", "failed"):
                assert ours.words.count(word) == said.count(word), (page, word)


def test_a_promise_leads_to_a_later_document(compared_site: Built) -> None:
    told = content(compared_site.site, ADDRESS).all("p")
    (later,) = (one for one in told if one.words.startswith("A later document speaks of the same theme: "))
    (promise,) = (one for one in compared_site.statements if one["kind"] == "commitment")
    (anchor,) = (href.split("#")[1] for href in later.hrefs)
    theme, stem = anchor.rsplit(".", 1)
    assert theme in promise["themes"]
    assert stem == "crc-102"


def test_the_drawing_says_the_same_as_the_table(built: Built) -> None:
    for address in countries(built):
        figure = built.pages[address].one("figure", "s-timeline")
        numbers = [row.one("td", "s-no").words for row in figure.one("tbody").all("tr")]
        assert [text.words for text in figure.all("text", "s-event-number")] == numbers
        assert figure.one("title").words
        for row in figure.one("tbody").all("tr"):
            assert row.one("td", "s-what").words in figure.one("desc").words
