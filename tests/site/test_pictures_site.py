"""Pictures of a real site: they hold the numbers of the tables beside them and of the data, and each link lands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any

import pytest
from building import Built, Order, site
from invented import report
from reading_back import Element, content

from generator.pages.pictures import step
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SAID = (
    "The Committee was concerned about the lack of data on trafficking. The Committee asked whether victims of "
    "trafficking were protected. The delegation replied that a register on trafficking had been opened."
)
SHORT = "The Committee was concerned about child labour."
HELD = {  # title of the State, session and day -> what was said
    ("CHILE", "69<sup>TH</sup> SESSION", "27<sup>TH</sup> MAY 2015"): SAID,
    ("KENYA", "69<sup>TH</sup> SESSION", "28<sup>TH</sup> MAY 2015"): f"{SAID} {SHORT}",
    ("KENYA", "60<sup>TH</sup> SESSION", "30<sup>TH</sup> MAY 2012"): SAID,
    ("THAILAND", "60<sup>TH</sup> SESSION", "31<sup>ST</sup> MAY 2012"): SHORT,
}
KINDS = ("concern", "recommendation", "question", "reply", "commitment")


@site
def four_examinations(folder: Path) -> Order:
    """Three States of three regions, examined in two years."""
    sources = folder / "sources"
    sources.mkdir()
    for number, ((state, session, day), words) in enumerate(HELD.items()):
        line = f"{session} OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n{day}"
        (sources / f"{number}.md").write_text(report(state, words, session=line), encoding="utf-8")
    return Order(("--sources", sources))


def indexed(built: Built) -> list[dict[str, Any]]:
    return [
        one
        for one in built.statements
        if one["kind"] not in ("procedural", "background") and one["confidence"] != "low" and one["speaker"] != "author"
    ]


def target(built: Built, address: str, href: str) -> Element:
    """The element a link leads to: an anchor of a page, or the page."""
    path, _, anchor = href.partition("#")
    place = normpath(f"{address}{path}") if path else f"{address}index.html"
    page = built.pages[place.removesuffix("index.html")]
    return page.by_id(anchor) if anchor else page


def body_rows(table: Element) -> list[list[Element]]:
    """The cells of each row of a table's body."""
    return [[cell for cell in row.walk() if cell.tag in ("th", "td")] for row in table.one("tbody").all("tr")]


def test_the_map_holds_the_numbers_of_the_list_and_of_the_data(four_examinations: Built) -> None:
    of_state = {one["examination"]: one["state"] for one in four_examinations.statements}
    held = Counter(of_state.values())
    countries = content(four_examinations.site, "countries/")
    svg = countries.one(cls="s-tiles").one(cls="s-scroll").one("svg")
    drawn = {}
    for link in svg.all("a"):
        name, code, number = re.fullmatch(r"(.+) \((\w+)\): (\d+) examinations?", link.one("title").text).groups()
        assert link.one("text").text == code
        assert svg.by_id(link.one("use").attributes["href"].removeprefix("#")).one("text").text == number
        assert target(four_examinations, "countries/", link.attributes["href"]).all("h1")[0].words == name
        drawn[code] = int(number)
    assert drawn == held == {"CHL": 1, "KEN": 2, "THA": 1}
    listed = [item.words for part in countries.all(cls="s-list") for item in part.all("li")]
    assert [int(words.split()[-2]) for words in listed] == [drawn[code] for code in ("KEN", "CHL", "THA")]


def test_the_grid_of_a_session_holds_the_numbers_of_the_data(four_examinations: Built, vocabulary: Vocabulary) -> None:
    for address, session in (("sessions/crc-69/", 69), ("sessions/crc-60/", 60)):
        expected: Counter[tuple[str, str]] = Counter()
        for one in indexed(four_examinations):
            if one["session"] == session and one["speaker"] in ("committee", "reviewing-state"):
                for cluster in {vocabulary.themes[theme].cluster for theme in one["themes"]}:
                    expected[vocabulary.states[one["state"]].short, vocabulary.clusters[cluster].label] += 1
        assert expected
        grid = content(four_examinations.site, address).one("table", "s-grid")
        clusters = [head.words for head in grid.one("thead").all("th") if "colspan" not in head.attributes][1:]
        found: Counter[tuple[str, str]] = Counter()
        for state, *cells in body_rows(grid):
            for cluster, cell in zip(clusters, cells, strict=True):
                if not (links := cell.all("a")):
                    assert cell.words == "none recorded"
                    continue
                head = target(four_examinations, address, links[0].attributes["href"])
                assert head.all("th")[0].words == cluster
                assert f"({cell.words})" in head.words
                assert re.fullmatch(r"h(?:[1-9]|10)", " ".join(cell.classes))
                found[state.words.removesuffix(" (CRC)"), cluster] = int(cell.words)
        assert found == expected


def test_a_theme_over_time_holds_the_numbers_of_its_table_and_of_the_data(four_examinations: Built) -> None:
    expected = Counter(
        (one["date"][:4], one["kind"]) for one in indexed(four_examinations) if "trafficking" in one["themes"]
    )
    tree = content(four_examinations.site, "themes/trafficking/")
    table = tree.one("table", "s-by-year")
    _, *years = [head.words for head in table.one("thead").all("th")]
    assert (years[0], years[-1], len(years)) == ("2012", "2015", 4)
    rows = {next(iter(row.classes)).removeprefix("s-"): row for row in table.one("tbody").all("tr")}
    assert list(rows) == ["concern", "question", "reply"]
    assert "None recorded: recommendations, commitments." in tree.words
    cells = {(year, kind): cell for kind, row in rows.items() for year, cell in zip(years, row.all("td"), strict=True)}
    numbers = {key: int(cell.words) for key, cell in cells.items()}
    assert {key: number for key, number in numbers.items() if number} == {
        key: number for key, number in expected.items() if key[1] in KINDS
    }
    for kind, row in rows.items():
        assert int(row.one("th").words.split()[0]) == sum(numbers[year, kind] for year in years)
    for key, cell in cells.items():
        assert cell.classes == ({f"h{step(numbers[key], max(numbers.values()))}"} if numbers[key] else set())


def test_a_theme_by_region_holds_the_numbers_of_the_data(four_examinations: Built, vocabulary: Vocabulary) -> None:
    numbers: Counter[str] = Counter()
    states = defaultdict(set)
    for one in indexed(four_examinations):
        if "trafficking" in one["themes"]:
            region = vocabulary.states[one["state"]].region
            numbers[region] += 1
            states[region].add(one["state"])
    table = content(four_examinations.site, "themes/trafficking/").one("table", "s-by-region")
    rows = body_rows(table)
    assert {name.words: int(number.words) for name, number, _ in rows} == numbers
    assert {name.words: of.words for name, _, of in rows} == {
        name: f"{len(found)} of 1" for name, found in states.items()
    }
    most = max(numbers.values())
    assert {name.words: number.classes for name, number, _ in rows} == {
        name: {f"h{step(number, most)}"} for name, number in numbers.items()
    }


def test_pages_with_pictures_say_that_counts_are_no_score(four_examinations: Built) -> None:
    for address in ("sessions/crc-69/", "themes/trafficking/"):
        assert "not a score" in content(four_examinations.site, address).words


def test_numbers_of_a_country_lead_to_its_words(four_examinations: Built) -> None:
    tree = content(four_examinations.site, "countries/ken/")
    links = [link for cell in tree.all("td") for link in cell.all("a") if "/themes/" in link.attributes["href"]]
    assert links
    for link in links:
        assert target(four_examinations, "countries/ken/", link.attributes["href"]).words == "Kenya"


def test_with_one_examination_pictures_leave_out_what_they_cannot_compare(seed_site: Built) -> None:
    theme = content(seed_site.site, "themes/trafficking/")
    assert theme.all(cls="s-compared") == theme.all("figure") == []
    assert "there is no other year to compare it with yet" in theme.words
    (link,) = content(seed_site.site, "countries/").one(cls="s-tiles").all("a")
    assert link.one("title").text == "Lao People's Democratic Republic (LAO): 1 examination"


def test_every_part_of_a_picture_that_is_named_is_there(four_examinations: Built) -> None:
    for address in ("countries/", "themes/trafficking/"):
        tree = content(four_examinations.site, address)
        for svg in tree.all("svg"):
            for name in ("aria-labelledby", "aria-describedby"):
                assert all(tree.by_id(id_).words for id_ in svg.attributes.get(name, "").split())
            assert svg.attributes.get("role") or svg.attributes.get("aria-hidden") == "true"


@pytest.mark.browser
def test_squares_are_reached_by_key_and_called_by_name(four_examinations: Built, browser: Browser) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False, viewport={"width": 360, "height": 800})
    try:
        screen = context.new_page()
        screen.goto((four_examinations.site / "countries/index.html").as_uri())
        squares = screen.locator(".s-tiles").get_by_role("link")
        names = [
            f"{name} ({code}): {number}"
            for name, code, number in (
                ("Thailand", "THA", "1 examination"),
                ("Kenya", "KEN", "2 examinations"),
                ("Chile", "CHL", "1 examination"),
            )
        ]
        assert sorted(names) == sorted(screen.locator(".s-tiles svg a > title").all_text_contents())
        assert squares.count() == len(names)
        for name in names:
            square = screen.get_by_role("link", name=name, exact=True)
            box = square.bounding_box()
            assert min(box["width"], box["height"]) >= 24
        square.focus()
        square.press("Enter")
        assert screen.url.endswith("/countries/chl/index.html")
    finally:
        context.close()
