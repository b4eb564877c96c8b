"""Where shapes stand and how large they are; what the pictures of a page count."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from invented import examination, fact, say, told
from staging import ROOT

from generator.corpus import assemble
from generator.datafile import DatafileError, loads
from generator.model import Kind
from generator.pages import Link, Plan, plan
from generator.pages.pictures import SIDE, STEP, STEPS, by_region, over_time, step, tile_map
from generator.render import Renderer
from generator.vocabulary.tiles import load_tiles

HERE = Link("Arcadia", "countries/xar/")
THERE = Link("Freedonia", "countries/xfr/")
DRAWN = {"XAR": (0, 0), "AAA": (1, 0), "BBB": (2, 0), "CCC": (4, 0), "XFR": (0, 2)}


def planned(vocabulary, *documents) -> Plan:
    return plan(assemble(documents)[0], vocabulary)


def view(site: Plan, address: str):
    (found,) = (page for page in site.pages if page.address == address)
    return found.view


# --- the drawing of squares ---------------------------------------------------------------------------------------


def drawn(*rows: str):
    lines = "".join(f"- {row}\n" for row in rows)
    return load_tiles(loads(f"format: tiles/1\nrows:\n{lines}", "tiles.yaml"), {"LAO", "THA", "CHL"})


def test_a_code_stands_where_it_is_drawn() -> None:
    assert drawn("... LAO", "CHL ... THA") == {"LAO": (1, 0), "CHL": (0, 1), "THA": (2, 1)}


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (("LAO THA", "CHL LAO"), 4, "LAO stands on two squares"),
        (("LAO XYZ",), 3, "no State 'XYZ'"),
    ],
)
def test_a_wrong_square_is_an_error_at_its_line(rows, line, message) -> None:
    with pytest.raises(DatafileError) as caught:
        drawn(*rows)
    assert (caught.value.diagnostic.location.line, caught.value.diagnostic.message) == (line, message)


def test_every_member_and_observer_has_a_square_of_its_own(vocabulary) -> None:
    states = {state.code for state in vocabulary.states if state.status in ("member", "observer")}
    assert states <= vocabulary.tiles.keys()
    assert len(set(vocabulary.tiles.values())) == len(vocabulary.tiles)


def test_the_drawing_can_be_known_for_the_world(vocabulary) -> None:
    """Rows go from north to south, columns from west to east, and the Americas stand apart."""
    tiles = vocabulary.tiles
    for north, south in (("CAN", "MEX"), ("NOR", "ITA"), ("EGY", "ZAF"), ("RUS", "IND"), ("JPN", "AUS")):
        assert tiles[north][1] < tiles[south][1]
    americas = [tiles[s.code][0] for s in vocabulary.states if s.region == "Americas" and s.code in tiles]
    others = [tiles[s.code][0] for s in vocabulary.states if s.region != "Americas" and s.code in tiles]
    assert max(americas) < min(others)


# --- the map ------------------------------------------------------------------------------------------------------


def test_squares_do_not_touch_and_fill_the_picture() -> None:
    found = tile_map(DRAWN, {"XAR": (HERE, 2)})
    (top, first), *_ = found.rows
    assert top == 0
    assert [(square.code, square.x) for square in first] == [("XAR", 0), ("AAA", 40), ("BBB", 80), ("CCC", 160)]
    assert (found.width, found.height) == (4 * STEP + SIDE, 2 * STEP + SIDE)
    assert STEP > SIDE


def test_neighbours_without_an_examination_are_drawn_in_one_stroke() -> None:
    assert tile_map(DRAWN, {"XAR": (HERE, 2)}).plain == "M40 18h76M160 18h36M0 98h36"


def test_a_link_says_its_state_code_and_number() -> None:
    found = tile_map(DRAWN, {"XAR": (HERE, 2), "XFR": (THERE, 1)})
    linked = [square for _, squares in found.rows for square in squares if square.link]
    assert [square.name for square in linked] == ["Arcadia (XAR): 2 examinations", "Freedonia (XFR): 1 examination"]
    assert (found.shown, found.of) == (2, 5)


def test_more_examinations_are_drawn_stronger_and_each_number_is_said() -> None:
    held = {code: (HERE, number) for code, number in (("XAR", 7), ("AAA", 1), ("BBB", 2), ("CCC", 3), ("XFR", 1))}
    found = tile_map(DRAWN, held)
    assert [(one.number, one.strength, one.bar) for one in found.samples] == [
        (1, 1, 12),
        (2, 2, 24),
        (3, 3, 36),
        (7, 3, 36),
    ]
    assert found.plain == ""


def test_a_state_without_a_square_is_named_beside_the_map() -> None:
    found = tile_map(DRAWN, {"XAR": (HERE, 1), "XXX": (THERE, 1)})
    assert (found.beside, found.shown) == ((THERE,), 1)


def test_no_map_where_no_square_would_lead_anywhere() -> None:
    assert tile_map(DRAWN, {}) is None
    assert tile_map(DRAWN, {"XXX": (THERE, 1)}) is None


def test_the_map_stands_on_the_first_page_of_countries(invented_vocabulary) -> None:
    tiles = {**invented_vocabulary.tiles, "XAR": (0, 20)}
    site = planned(replace(invented_vocabulary, tiles=tiles), told(say("one")))
    found = view(site, "countries/").map
    ((_, squares),) = (row for row in found.rows if row[1] and row[1][0].code == "XAR")
    assert (squares[0].link.address, squares[0].number) == ("countries/xar/", 1)
    assert view(planned(invented_vocabulary, told(say("one"))), "countries/").map is None


# --- the grid of a session --------------------------------------------------------------------------------------


def test_a_grid_counts_what_was_said_to_the_state_and_leads_to_it(invented_vocabulary) -> None:
    site = planned(
        invented_vocabulary,
        told(
            say("one", themes=("trafficking",)),
            say("two", "question", themes=("trafficking",), at=1),
            say("three", "reply", themes=("trafficking",), at=2),
            say("four", "reply", themes=("data-collection",), at=3),
        ),
    )
    ((_, cells),) = view(site, "sessions/crc-101/").grid
    found = {cell.cluster: cell for cell in cells}
    assert found["Special protection measures"].number == 2
    assert found["General measures of implementation"].number == 0
    assert found["General measures of implementation"].link is None
    place = found["Special protection measures"].link
    rows = {row.anchor: row for row in view(site, place.address).clusters}
    assert rows[place.anchor].cells == ((3, 2),)


def test_a_number_of_a_country_leads_to_its_words_on_the_page_of_the_theme(invented_vocabulary) -> None:
    site = planned(invented_vocabulary, told(say("one", themes=("trafficking",))))
    ((said, number),) = view(site, "countries/xar/").clusters[0].themes
    assert (said.address, said.anchor, number) == ("themes/trafficking/", "xar", 1)
    assert [group.anchor for group in view(site, said.address).states] == ["xar"]


# --- over time, by region -----------------------------------------------------------------------------------------


def test_bars_of_all_kinds_have_one_scale_and_years_without_anything_stay_empty() -> None:
    found = over_time({Kind.CONCERN: {2012: 4, 2015: 1}, Kind.REPLY: {2012: 2}, Kind.QUESTION: {}})
    assert found.years == ("2012", "2013", "2014", "2015")
    concerns, replies, questions = found.panels
    assert [bar.number for bar in concerns.bars] == [4, 0, 0, 1]
    assert [bar.step for bar in concerns.bars] == [STEPS, 0, 0, 3]
    assert (replies.bars[0].step, replies.total) == (STEPS / 2, 2)
    assert questions.total == 0


def test_a_small_number_is_seen_beside_a_large_one() -> None:
    assert [step(number, 1000) for number in (0, 1, 100, 101, 1000)] == [0, 1, 1, 2, STEPS]


def test_one_year_or_one_region_is_no_comparison() -> None:
    assert over_time({Kind.CONCERN: {2015: 4}, Kind.REPLY: {2015: 1}}) is None
    assert over_time({Kind.CONCERN: {}}) is None
    assert by_region({"Asia": (4, 1, 1)}) == ()


def test_regions_stand_by_name_with_their_states() -> None:
    asia, europe = by_region({"Europe": (1, 1, 3), "Asia": (4, 2, 2)})
    assert (asia.name, asia.number, asia.states, asia.of, asia.step) == ("Asia", 4, 2, 2, STEPS)
    assert (europe.name, europe.step, europe.of) == ("Europe", 3, 3)


def test_a_theme_says_in_words_what_cannot_be_compared(invented_vocabulary) -> None:
    facts = (replace(examination(), date=fact("2026-01-20")),)
    site = planned(invented_vocabulary, told(say("one", themes=("trafficking",)), facts=facts))
    found = view(site, "themes/trafficking/").compared
    assert (found.years, found.panels, found.regions) == ((), (), ())
    assert "said in 2026" in found.apart
    assert "1 State, in one region: Invented" in found.apart


def test_an_examination_without_a_day_counts_in_the_year_of_its_session(invented_vocabulary) -> None:
    other = (replace(examination(session="69"), date=None),)
    dated = (replace(examination(), date=fact("2026-01-20")),)
    site = planned(
        invented_vocabulary,
        told(say("one", themes=("trafficking",)), path="a.md", facts=dated),
        told(say("two", themes=("trafficking",)), path="b.md", facts=other),
    )
    found = view(site, "themes/trafficking/").compared
    assert (found.years[0], found.years[-1]) == ("2015", "2026")
    (concerns, *_) = (panel for _, panel in found.panels)
    assert {bar.name: bar.number for bar in concerns.bars if bar.number} == {"2015": 1, "2026": 1}


def test_a_theme_of_which_only_the_author_speaks_has_nothing_to_compare(invented_vocabulary) -> None:
    site = planned(invented_vocabulary, told(say("one", "background", "author", themes=("trafficking",))))
    assert view(site, "themes/trafficking/").compared is None


def test_broader_themes_are_named_even_without_a_page(invented_vocabulary) -> None:
    site = planned(invented_vocabulary, told(say("one", themes=("trafficking",))))
    (broader,) = view(site, "themes/trafficking/").broader
    assert (broader.address, bool(re.search("[Tt]rafficking", broader.text))) == ("", True)


def test_a_map_on_which_every_state_has_a_link_stays_light(vocabulary) -> None:
    templates = {
        path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").rglob("*.j2")
    }
    documents = [
        told(say("one"), path=f"{code}.md", facts=(examination(code, session="69"),)) for code in vocabulary.tiles
    ]
    (page,) = (one for one in planned(vocabulary, *documents).pages if one.address == "countries/")
    html = Renderer(templates).content(page)
    drawn = html[html.index('<section class="s-tiles"') : html.index("</section>")]
    assert drawn.count("<a ") == len(vocabulary.tiles)
    assert len(drawn.encode()) < 30 * 1024
