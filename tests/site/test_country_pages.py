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

ADDRESS = "countries/xar/"
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


def steps(tree: Element) -> list[tuple[Element, list[Element]]]:
    """The steps of threads on a page: the heading of each, and what stands under it."""
    found: list[tuple[Element, list[Element]]] = []
    for one in tree.walk():
        if one.tag in ("h3", "h4") and re.fullmatch(r"[a-z-]+\.[a-z]+-\d+(?:-continued)?", one.id):
            found.append((one, []))
        elif found and one.tag in ("h2", "aside"):
            break
        elif found and one.tag in ("li", "p"):
            found[-1][1].append(one)
    return found


def test_every_link_of_a_thread_lands_on_a_statement_of_its_theme(compared_site: Built) -> None:
    records = {one["id"]: one for one in compared_site.statements}
    seen = 0
    for head, under in steps(content(compared_site.site, ADDRESS)):
        theme, stem = head.id.removesuffix("-continued").rsplit(".", 1)
        for href in (href for one in under if one.tag == "li" or "s-note" in one.classes for href in one.hrefs):
            place, _, anchor = href.partition("#")
            target = normpath(f"{ADDRESS}{place}").removesuffix("index.html")
            assert compared_site.pages[target].by_id(anchor), href
            assert theme in records[anchor]["themes"]
            assert any(key.endswith(f"-{stem}") for key in records[anchor]["examinations"])
            seen += 1
    assert seen


def test_each_step_of_a_thread_says_whose_document_it_quotes(compared_site: Built) -> None:
    quoting = [head for head, under in steps(content(compared_site.site, ADDRESS)) if any(o.tag == "li" for o in under)]
    assert quoting
    assert all("not an official record" in head.words for head in quoting)


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
        # The table stands where there is something to compare; on every page the clusters count their themes.
        assert +told in (wanted, Counter()), address
        of_themes: Counter[str] = Counter()
        for row in built.pages[address].one("table", "s-clusters").one("tbody").all("tr"):
            last = row.all("td")[-1]
            for link, number in zip(last.all("a"), re.findall(r" (\d+)(?:,|$)", last.words), strict=True):
                of_themes[link.attributes["href"].split("/")[-2]] += int(number)
        whole = Counter(
            theme
            for one in built.statements
            if indexed(one) and one["state"] == code.upper()
            for theme in one["themes"]
        )
        assert of_themes == whole, address


def test_each_count_leads_to_the_theme_at_its_examination(compared_site: Built) -> None:
    built = compared_site
    for address in countries(built):
        for theme, name, cell in cells(built.pages[address]):
            for href in cell.hrefs:
                place, _, anchor = href.partition("#")
                assert anchor == f"{theme}.{name}"
                assert built.pages[f"{normpath(f'{address}{place}').removesuffix('index.html').rstrip('/')}/"].by_id(
                    anchor
                )


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
    assert "Status confirmed by Ann. Editor’s note: The same law." in tree.words


def test_nothing_is_called_dropped_or_resolved(built: Built) -> None:
    for address in countries(built):
        ours = built.pages[address].one("main")
        said = " ".join(one.words for one in (*ours.all("q"), *ours.all("blockquote"), *ours.all("bdi")))
        for word in ("dropped", "resolved", "fulfilled", "failed"):
            assert ours.words.count(word) == said.count(word), (address, word)


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
