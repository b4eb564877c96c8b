"""What stands in a brief of two sides, and what a starter table holds."""

from __future__ import annotations

import csv
import io

import pytest
from invented import examination, fact, say, told

from generator.corpus import LinkedStatement, assemble
from generator.exports import examination_files
from generator.model import Due
from generator.pages import Plan, plan
from generator.pages.brief import LONGEST, Candidate, choose, fill

BRIEF = "countries/xar/crc-101/brief/"
STARTER = "countries/xar/crc-101/starter"


def candidates(*told: tuple[str, str, float]) -> list[Candidate]:
    """Id, theme and lines of each."""
    return [Candidate(LinkedStatement(id_, say(id_), "xar-crc-101", "a.md"), theme, size) for id_, theme, size in told]


def ids(chosen: tuple[Candidate, ...]) -> str:
    return " ".join(one.linked.id for one in chosen)


def planned(vocabulary, *statements, site_url=None, **more) -> Plan:
    return plan(assemble([told(*statements, **more)])[0], vocabulary, site_url=site_url)


def brief(vocabulary, *statements, **more):
    pages = planned(vocabulary, *statements, **more).pages
    return next(page for page in pages if page.address == BRIEF).view


def starter(vocabulary, *statements, **more) -> dict[str, str]:
    views = planned(vocabulary, *statements, **more).views
    (examination,) = views.corpus.examinations.values()
    files = dict(examination_files(views, examination))
    return {name.removeprefix(STARTER): data.decode() for name, data in files.items() if name.startswith(STARTER)}


# --- the choice ---------------------------------------------------------------------------------------------------

FOUR = (("a1", "a", 3), ("a2", "a", 3), ("b1", "b", 3), ("a3", "a", 3), ("b2", "b", 3))


@pytest.mark.parametrize(
    ("room", "chosen"),
    [
        (0, ""),
        (3, "a1"),
        (6, "a1 b1"),
        (9, "a1 a2 b1"),
        (12, "a1 a2 b1 b2"),
        (15, "a1 a2 b1 a3 b2"),
        (99, "a1 a2 b1 a3 b2"),
    ],
)
def test_the_first_on_each_theme_comes_before_the_second_on_any(room, chosen) -> None:
    assert ids(choose(candidates(*FOUR), room)) == chosen


def test_what_does_not_fit_is_passed_over_and_the_next_is_tried() -> None:
    assert ids(choose(candidates(("a", "a", 6), ("b", "b", 5), ("c", "c", 2)), 8)) == "a c"


def test_what_is_too_long_for_two_sides_is_left_out_however_much_room_there_is() -> None:
    assert ids(choose(candidates(("a", "a", LONGEST + 0.1), ("b", "b", LONGEST)), 1000)) == "b"


def test_the_smallest_part_stands_whole_and_the_others_share_what_is_left() -> None:
    small, large = candidates(("s", "s", 2)), candidates(*((f"l{n}", f"t{n}", 2) for n in range(9)))
    chosen = fill([large, small, large], 14)
    assert [len(part) for part in chosen] == [3, 1, 3]


def test_no_part_takes_room_that_is_not_there() -> None:
    parts = [candidates(*((f"{p}{n}", f"t{n % 3}", 1.7 + n % 4) for n in range(20))) for p in "abcd"]
    for room in (0, 5, 20, 61.5):
        assert sum(one.lines for part in fill(parts, room) for one in part) <= room
    assert [ids(part) for part in fill(parts, -3)] == [""] * 4


# --- the brief ----------------------------------------------------------------------------------------------------


def test_what_is_not_recorded_says_so(invented_vocabulary) -> None:
    facts = {fact.label: [one.value for one in fact.values] for fact in brief(invented_vocabulary, say("C")).facts}
    assert facts["Session"] == ["101th session"]
    assert facts["Head of delegation"] == facts["Country Rapporteur"] == facts["Examined"] == []


def test_what_is_recorded_stands_there(invented_vocabulary) -> None:
    facts = (examination(rapporteurs=(fact("Odile Marchbanks"), fact("Casimir Eddelrath"))),)
    shown = {f.label: [one.value for one in f.values] for f in brief(invented_vocabulary, say("C"), facts=facts).facts}
    assert shown["Country Rapporteur"] == ["Odile Marchbanks", "Casimir Eddelrath"]


def test_commitments_with_a_date_come_first(invented_vocabulary) -> None:
    promises = [
        say("No date", "commitment", at=0),
        say("Later", "commitment", at=1, due=Due("2020", "year", "2020")),
        say("Sooner", "commitment", at=2, due=Due("2018", "year", "2018")),
    ]
    part = brief(invented_vocabulary, *promises).parts[2]
    texts = [one.text for group in part.groups for one in group.quotations]
    assert (part.title, part.total, texts) == ("Open commitments", 3, ["Sooner", "Later", "No date"])


def test_only_questions_without_a_word_of_the_state_are_open(invented_vocabulary) -> None:
    asked = [say("Answered?", "question", at=0), say("Yes", "reply", at=1), say("Open?", "question", at=2)]
    part = brief(invented_vocabulary, *asked).parts[3]
    assert [one.text for group in part.groups for one in group.quotations] == ["Open?"]


def test_the_authors_view_is_not_quoted_among_concerns(invented_vocabulary) -> None:
    view = brief(invented_vocabulary, say("Theirs"), say("The author's", speaker="author", at=1))
    assert view.parts[0].total == 1


def test_a_part_says_how_many_more_there_are_and_where(invented_vocabulary) -> None:
    many = [say(f"Concern {n} " + "about the schools of the islands " * 6, at=n) for n in range(120)]
    part = brief(invented_vocabulary, *many).parts[0]
    shown = sum(len(group.quotations) for group in part.groups)
    assert 10 < shown < 120
    assert part.more == f"And {120 - shown} more, at"
    assert part.address == "countries/xar/crc-101/"


def test_addresses_are_whole_where_the_site_has_one(invented_vocabulary) -> None:
    here = brief(invented_vocabulary, say("C"))
    there = brief(invented_vocabulary, say("C"), site_url="https://example.org/crc/")
    (one,), (other,) = (view.parts[0].groups[0].quotations for view in (here, there))
    assert one.id == other.id
    assert here.address == "countries/xar/crc-101/"
    assert there.address == f"https://example.org/crc/{here.address}"
    assert "not recorded" in here.addresses
    assert "not recorded" not in there.addresses


def test_words_that_the_terms_keep_back_are_in_neither(invented_vocabulary) -> None:
    words = "The Committee was concerned about a secret."
    (quotation,) = brief(invented_vocabulary, say(words), source_text="none").parts[0].groups[0].quotations
    assert "secret" not in quotation.text
    files = starter(invented_vocabulary, say(words), source_text="none")
    assert all("secret" not in text for text in files.values())


# --- the starter table --------------------------------------------------------------------------------------------


def test_a_row_begins_a_row_of_a_report(invented_vocabulary) -> None:
    rows = list(csv.DictReader(io.StringIO(starter(invented_vocabulary, say("A concern"))[".csv"].lstrip("\ufeff"))))
    (row,) = rows
    assert (row["Kind"], row["Speaker"], row["Words"]) == ("concern", "Committee", "A concern")
    assert row["Source line"] == "The Author, summary, arcadia.md, line 1"
    assert row["Permalink"] == f"countries/xar/crc-101/#{row['Id']}"
    assert [row[name] for name in ("What has happened since", "Evidence", "What should be asked")] == ["", "", ""]


def test_kinds_come_in_the_order_of_the_brief_and_say_what_is_open(invented_vocabulary) -> None:
    said = [
        say("Asked?", "question", at=0),
        say("Promised", "commitment", at=1, section=say("x").section),
        say("Do it", "recommendation", at=2),
        say("Worried", at=3),
        say("Open?", "question", at=4),
    ]
    rows = list(csv.DictReader(io.StringIO(starter(invented_vocabulary, *said)[".csv"].lstrip("\ufeff"))))
    assert [row["Words"] for row in rows] == ["Worried", "Do it", "Promised", "Open?"]
    assert [row["Note"] for row in rows] == ["", "", "no date given", "no answer is recorded in this summary"]


@pytest.mark.parametrize("text", ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)"])
def test_a_spreadsheet_runs_nothing(invented_vocabulary, text) -> None:
    table = starter(invented_vocabulary, say(text))[".csv"]
    assert table.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(table.lstrip("\ufeff")))
    assert row["Words"] == f"'{text}"


def test_a_paraphrase_says_that_it_is_ours(invented_vocabulary) -> None:
    table = starter(invented_vocabulary, say("C"), kind="digest")[".csv"]
    (row,) = csv.DictReader(io.StringIO(table.lstrip("\ufeff")))
    assert "our digest" in row["Note"]
