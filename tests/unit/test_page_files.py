"""The files beside pages: which pages have which, whose words they hold, and that all say the same of a statement."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from invented import examination, fact, review, say, told
from records import statements_of_examination
from staging import Stage

from generator.corpus import assemble
from generator.exports import (
    export_files,
    list_tables,
    page_files,
    state_files,
    statement_record,
    with_statements,
)
from generator.exports.records import one_line
from generator.exports.schemas import COMMON
from generator.pages import plan
from generator.pages.stamps import Stamps

EXAMINATION, COUNTRY, SESSION = "countries/xar/crc-101/", "countries/xar/", "sessions/crc-101/"
THEME, ON_THEME = "themes/trafficking/", "concerns/trafficking/"


def files_of(planned) -> dict[str, str]:
    """Every file beside a page, by its address."""
    views = planned.views
    return {name: data.decode() for page in planned.pages for name, data in page_files(views, page)}


def planned(vocabulary, *statements, **how):
    return plan(assemble([told(*statements, **how)])[0], vocabulary)


def table(text: str) -> list[dict[str, str]]:
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.fixture
def concern(invented_vocabulary) -> dict[str, str]:
    """The files of one concern."""
    return files_of(planned(invented_vocabulary, say("Girls are sold.", themes=("trafficking",))))


def test_an_examination_has_everything(concern) -> None:
    found = json.loads(concern[f"{EXAMINATION}index.json"])
    assert (found["examination"], found["count"]) == ("xar-crc-101", 1)
    assert found["state"] == {"code": "XAR", "name": "Arcadia"}
    (document,) = found["documents"]
    assert document["facts"]["state"]["value"] == "XAR"
    assert document["rights"] == {"holder": "nobody", "terms": "CC0-1.0", "url": None, "source_text": "full"}
    (statement,) = found["statements"]
    assert statement["text"] == "Girls are sold."
    assert found["pages"] == []
    (row,) = table(concern[f"{EXAMINATION}index.csv"])
    assert (row["id"], row["text"]) == (statement["id"], "Girls are sold.")


@pytest.mark.parametrize("address", [SESSION, THEME, "concerns/"])
def test_a_list_has_a_table_with_the_words(concern, address) -> None:
    assert [name for name in concern if name.startswith(address) and "/" not in name[len(address) :]] == [
        f"{address}index.csv"
    ]
    assert concern[f"{address}index.csv"] == concern[f"{EXAMINATION}index.csv"]


@pytest.mark.parametrize("address", [COUNTRY, ON_THEME, "treaties/crc/", "sessions/"])
def test_other_lists_have_no_files(concern, address) -> None:
    assert not [name for name in concern if name.startswith(address) and "/" not in name[len(address) :]]


def test_a_list_without_files_names_those_that_hold_its_statements(invented_vocabulary) -> None:
    without = say("Boys are sold.", at=1)
    pages = planned(invented_vocabulary, say("Girls are sold.", themes=("trafficking",)), without).pages
    by_address = {page.address: page for page in pages}
    assert [one.address for one in by_address[COUNTRY].files] == ["data/states/xar.csv", "data/states/xar.jsonl"]
    assert by_address[ON_THEME].files == ()
    assert [one.address for one in by_address[ON_THEME].wider_files] == [f"{THEME}index.csv", "concerns/index.csv"]
    assert [one.address for one in by_address["concerns/without-theme/"].wider_files] == ["concerns/index.csv"]
    assert by_address[THEME].wider_files == ()


def test_no_table_runs_anything(invented_vocabulary) -> None:
    found = files_of(planned(invented_vocabulary, say("=1+1", speaker_name="@x", themes=("trafficking",))))
    tables = [text for name, text in found.items() if name.endswith(".csv")]
    assert len(tables) == 4
    cells = [cell for text in tables for row in table(text) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_words_that_may_not_be_shown_are_in_no_file(invented_vocabulary) -> None:
    secret = say("Girls are sold.", themes=("trafficking",))
    found = files_of(planned(invented_vocabulary, secret, source_text="none"))
    assert not [name for name, text in found.items() if "Girls" in text]
    for address in (THEME, "concerns/", SESSION, EXAMINATION):
        assert table(found[f"{address}index.csv"])[0]["text"] == ""
    assert json.loads(found[f"{EXAMINATION}index.json"])["documents"][0]["rights"]["source_text"] == "none"


def test_questions_without_an_answer_are_named(invented_vocabulary) -> None:
    asked = planned(invented_vocabulary, say("Why?", "question"), say("Because.", "reply", at=1))
    silent = planned(invented_vocabulary, say("Why?", "question"))
    (statement,) = silent.views.corpus.statements
    assert json.loads(files_of(asked)[f"{EXAMINATION}index.json"])["unanswered"] == []
    assert json.loads(files_of(silent)[f"{EXAMINATION}index.json"])["unanswered"] == [statement.id]


def test_what_is_cut_into_pages_has_its_files_once(tmp_path, invented_vocabulary) -> None:
    many = [f"Open school number {number} of the {number} that were closed (Freedonia);" for number in range(1, 60)]
    stage = Stage(tmp_path, invented_vocabulary, page_items=40)
    made = stage.publish({"arcadia.md": review(*many)}).plan
    found = files_of(made)
    address = "countries/xar/upr-90/"
    assert len([page for page in made.pages if page.address.startswith(address)]) > 3
    names = ("index.json", "index.csv", "index.ris", "index.bib", "index.csl.json")
    assert [name for name in found if name.startswith(address)] == [f"{address}{name}" for name in names]
    told_of = json.loads(found[f"{address}index.json"])
    assert len(told_of["pages"]) > 2
    elsewhere = {id_: page["address"] for page in told_of["pages"] for id_ in page["statements"]}
    assert told_of["count"] == len(told_of["statements"]) == len(made.views.corpus.statements)
    for one in made.views.corpus.statements:
        assert made.views.place(one) == elsewhere.get(one.id, address)


def test_a_page_that_tells_another_number_is_another_page(invented_vocabulary) -> None:
    made = planned(invented_vocabulary, say("x", themes=("trafficking",)), say("y", themes=("trafficking",), at=1))
    stamps = Stamps(made.views, {"arcadia.md": b"key"}, b"")
    (page,) = (page for page in made.pages if page.address == THEME)
    fewer = replace(page, holds=page.holds[:1])
    assert stamps.of(page) != stamps.of(fewer)
    assert stamps.files(page) != stamps.files(fewer)


def test_a_document_of_two_treaties_is_counted_once(invented_vocabulary) -> None:
    facts = (examination(), examination(treaty="OPSC", session="101", date=fact("2026-01-14")))
    found = files_of(planned(invented_vocabulary, say("x"), facts=facts))
    both = [json.loads(found[f"countries/xar/{stem}-101/index.json"]) for stem in ("crc", "opsc")]
    assert [one["count"] for one in both] == [1, 1]
    records = [statements_of_examination(one) for one in both]
    assert records[0] == records[1]
    assert (records[0][0]["examination"], records[0][0]["treaty"]) == ("xar-crc-101", "CRC")
    assert both[1]["pages"] == [{"address": EXAMINATION, "statements": [records[0][0]["id"]]}]
    assert len(table(found[f"{SESSION}index.csv"])) == 1


def test_an_examination_tells_the_same_records_in_fewer_words(arcadia) -> None:
    views = arcadia.plan.views
    files = files_of(arcadia.plan)
    for held in views.corpus.examinations.values():
        told_of = json.loads(files[f"{held.address}index.json"])
        records = [statement_record(one, views.document(one)) for one in held.statements]
        assert statements_of_examination(told_of) == json.loads(one_line(records))
        for document in told_of["documents"]:
            assert document["common"].keys() <= set(COMMON)
            assert document["common"]["session"] == held.session


def test_what_differs_from_most_statements_is_said(invented_vocabulary) -> None:
    said = [
        say(text, confidence=sure, at=n) for n, (text, sure) in enumerate([("x", "high"), ("y", "low"), ("z", "high")])
    ]
    found = json.loads(files_of(planned(invented_vocabulary, *said))[f"{EXAMINATION}index.json"])
    assert [one.get("confidence") for one in found["statements"]] == [None, "low", None]
    assert [one["confidence"] for one in statements_of_examination(found)] == ["high", "low", "high"]


def test_tables_of_lists_are_made_of_the_lines_of_the_states_tables(arcadia) -> None:
    views = arcadia.plan.views
    written = dict(file for code in with_statements(views) for file in state_files(views, code))
    pages = [page for page in arcadia.plan.pages if page.has_table]
    pieces: dict[str, bytes] = {}
    for name, data in list_tables(views, pages, written.__getitem__):
        pieces[name] = pieces.get(name, b"") + data
    assert len(pieces) == len(pages) > 20
    lines = {line for name, data in written.items() if name.endswith(".csv") for line in data.split(b"\r\n")}
    for page in pages:
        ((name, whole),) = page_files(views, page)
        assert pieces[name] == whole, name
        assert set(whole.split(b"\r\n")) <= lines
        assert [row["id"] for row in table(whole.decode())] == [
            one.id for one in views.corpus.statements if one in page.holds
        ]


def test_the_files_of_a_state_are_made_with_those_of_its_examinations(arcadia) -> None:
    views = arcadia.plan.views
    pages = [page for page in arcadia.plan.pages if page.is_examination and page.address.startswith(COUNTRY)]
    together = dict(state_files(views, "XAR", pages))
    alone = {name: data for page in pages for name, data in page_files(views, page)}
    assert together == {**alone, **dict(state_files(views, "XAR"))}
    assert len(pages) > 1


def test_a_report_without_statements_has_no_files(invented_vocabulary) -> None:
    made = planned(invented_vocabulary)
    assert EXAMINATION in {page.address for page in made.pages}
    for page in made.pages:
        assert not page.files, page.address
        assert not list(page_files(made.views, page)), page.address
    data = {name: b"".join(pieces) for name, pieces in export_files(made.views)}
    assert not [name for name in data if name.startswith("data/states/")]
