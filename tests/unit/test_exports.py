"""The same facts for machines: the data contract, tables that no spreadsheet runs, checksums."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from invented import examination, fact, say, told
from records import whole
from staging import INVENTED, ROOT

from generator.corpus import assemble, link
from generator.exports import examination_record, export_files, jsonl, statement_record
from generator.exports.records import one_line
from generator.model import Alternative, Citation, Due, Examination, Kind, Section, Speaker
from generator.pages.views import Views
from generator.text.source import Span
from generator.vocabulary import load_vocabulary

# The contract, version 2, in its order.
FIELDS = (
    "id examination examinations state body treaty session date kind speaker speaker_name speaker_states "
    "attribution text lang section themes groups cites number page paragraph listed recommending_states response "
    "position due replies_to answered_by rule confidence reviewed flags alternatives notes source_kind source"
).split()

COLUMNS = (
    "id examination state body treaty session date kind speaker speaker_name speaker_states text themes number listed "
    "recommending_states position due page paragraph line confidence reviewed flags source_kind path"
).split()


@cache
def known():
    """The vocabularies with the invented States over them."""
    folders = [ROOT / "content/vocabularies", INVENTED / "vocabularies"]
    return load_vocabulary(folders, ["content/vocabularies", "tests/corpus/vocabularies"])


def exported(corpus) -> dict[str, bytes]:
    """Each file whole."""
    return {name: b"".join(pieces) for name, pieces in export_files(Views(corpus, known()))}


def record(*statements, **how):
    document = told(*statements, **how)
    return statement_record(link(document)[0], document)


def table(*documents) -> list[dict[str, str]]:
    """The rows of the table of Arcadia."""
    text = exported(assemble(documents)[0])["data/states/xar.csv"].decode()
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def lines(files: dict[str, bytes], code: str = "xar") -> list[dict[str, Any]]:
    """The records of a State as they are written."""
    return [json.loads(line) for line in files[f"data/states/{code}.jsonl"].decode().splitlines()]


# --- statements ---------------------------------------------------------------------------------------------------


def test_a_record_has_the_fields_of_the_contract(arcadia) -> None:
    corpus = arcadia.reading.corpus
    for one in corpus.statements:
        assert list(statement_record(one, corpus.documents[one.path])) == FIELDS


def test_a_file_holds_the_fields_that_have_a_value(arcadia) -> None:
    corpus = arcadia.reading.corpus
    files, known_fields = exported(corpus), 0
    for code in ("xar", "xfr", "xru"):
        for found in lines(files, code):
            one = corpus.by_id[found["id"]]
            assert not [name for name, value in found.items() if value in (None, False, [])]
            assert whole(found) == json.loads(one_line(statement_record(one, corpus.documents[one.path])))
            known_fields += len(found)
    assert known_fields < len(FIELDS) * len(corpus.statements)


@pytest.mark.parametrize(
    ("number", "paragraph"),
    [("135.1", "135"), ("135", "135"), ("26 (e)", "26"), ("(a)", None), ("II", None), (None, None)],
)
def test_a_number_begins_with_its_paragraph(number, paragraph) -> None:
    found = record(say("x", number=number))
    assert (found["number"], found["paragraph"]) == (number, paragraph)


@pytest.mark.parametrize("response", ["supported", "noted", None])
def test_the_latest_position_is_that_of_the_document(response) -> None:
    found = record(say("x", "recommendation", response=response, listed=True))
    assert found["position"] == found["response"] == response


def test_a_record_holds_everything_that_is_known_of_a_statement() -> None:
    statement = say(
        "He said it would be done by 2027.",
        "commitment",
        "delegation",
        section=Section(("A", "B"), 2, 3),
        speaker_name="Ann Smith",
        themes=("trafficking",),
        groups=("girls",),
        cites=(Citation("OPSC", "the Protocol", "3", None),),
        due=Due("2027", "year", "2027"),
        flags=("ongoing",),
        alternatives=(Alternative(Kind.REPLY, Speaker.STATE),),
        spans=(Span(3, 1, 5), Span(4, 0, 9)),
    )
    facts = (examination(date=fact("2026-01-14")),)
    assert record(statement, path="content/sources/arcadia.md", facts=facts) == {
        "id": "xar-crc-101.njwc3t",
        "examination": "xar-crc-101",
        "examinations": ["xar-crc-101"],
        "state": "XAR",
        "body": "CRC",
        "treaty": "CRC",
        "session": 101,
        "date": "2026-01-14",
        "kind": "commitment",
        "speaker": "delegation",
        "speaker_name": "Ann Smith",
        "speaker_states": [],
        "attribution": "explicit",
        "text": "He said it would be done by 2027.",
        "lang": "en",
        "section": ["A", "B"],
        "themes": ["trafficking"],
        "groups": ["girls"],
        "cites": [
            {"id": "OPSC", "text": "the Protocol", "article": "3", "law": None, "carried": False, "symbol": None}
        ],
        "number": None,
        "page": None,
        "paragraph": None,
        "listed": False,
        "recommending_states": [],
        "response": None,
        "position": None,
        "due": {"date": "2027", "precision": "year", "text": "2027"},
        "replies_to": [],
        "answered_by": [],
        "rule": "by-hand",
        "confidence": "high",
        "reviewed": False,
        "flags": ["ongoing"],
        "alternatives": [{"kind": "reply", "speaker": "state"}],
        "notes": [],
        "source_kind": "summary",
        "source": {
            "path": "arcadia.md",
            "sha256": hashlib.sha256(b"content/sources/arcadia.md\nHe said it would be done by 2027.").hexdigest(),
            "spans": [{"line": 3, "col_start": 1, "col_end": 5}, {"line": 4, "col_start": 0, "col_end": 9}],
        },
    }


def test_what_a_document_does_not_tell_is_null() -> None:
    found = record(say("x"), facts=(Examination(""),))
    unknown = ("examination", "state", "body", "treaty", "session", "date")
    assert [found[name] for name in unknown] == [None] * len(unknown)
    assert found["id"].startswith("arcadia.")


def test_words_that_may_not_be_shown_are_null() -> None:
    statement = say("secret", cites=(Citation("CRC", "secret"),), due=Due("2027", "year", "secret"))
    found = record(statement, source_text="none")
    assert found["text"] is None
    assert "secret" not in json.dumps(found)
    assert record(statement, source_text="excerpts")["text"] == "secret"


def test_a_line_is_one_object_in_its_own_letters() -> None:
    assert list(jsonl([{"a": "é\n“x”"}])) == ['{"a":"é\\n“x”"}\n']


# --- the table ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", '=cmd|"/c calc"!A1'])
def test_a_spreadsheet_runs_nothing(text) -> None:
    (row,) = table(told(say(text)))
    assert row["text"] == f"'{text}".replace("\r", " ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_a_row_is_one_line(end) -> None:
    files = exported(assemble([told(say("x", speaker_name=f"two{end}lines"))])[0])
    heading, row = files["data/states/xar.csv"].decode().splitlines()
    assert len(heading.split(",")) == len(row.split(",")) == len(COLUMNS)
    assert re.search("two +lines", row)


@pytest.mark.parametrize("text", ["a=b", "1-2", "’tis", 'say "x", y;z', "no\xa0break", ""])
def test_other_cells_are_left_alone(text) -> None:
    (row,) = table(told(say(text or "x", speaker_name=text)))
    assert row["speaker_name"] == text


def test_a_row_has_the_columns_of_the_contract() -> None:
    statement = say(
        "x",
        "commitment",
        section=Section(("A", "B"), 2, 3),
        themes=("t", "u"),
        due=Due("2027-06", "half-year", "mid-2027"),
        at=6,
    )
    (row,) = table(told(statement, path="content/sources/arcadia.md"))
    assert list(row) == COLUMNS
    shown = {name: row[name] for name in ("session", "date", "themes", "due", "reviewed", "path", "line")}
    assert shown == {
        "session": "101",
        "date": "",
        "themes": "t;u",
        "due": "2027-06",
        "reviewed": "false",
        "path": "arcadia.md",
        "line": "7",
    }


def test_a_formula_hidden_in_a_list_is_kept_from_running() -> None:
    (row,) = table(told(say("x", themes=("=HYPERLINK", "u"))))
    assert row["themes"] == "'=HYPERLINK;u"


def test_the_table_and_the_lines_hold_the_same(arcadia) -> None:
    files = exported(arcadia.reading.corpus)
    for code in ("xar", "xfr", "xru"):
        found = lines(files, code)
        rows = list(csv.DictReader(io.StringIO(files[f"data/states/{code}.csv"].decode("utf-8-sig"), newline="")))
        assert [row["id"] for row in rows] == [one["id"] for one in found]
        assert [row["text"] for row in rows] == [one["text"] for one in found]
        assert [int(row["line"]) for row in rows] == [one["source"]["spans"][0]["line"] for one in found]
        assert files[f"data/states/{code}.csv"].count(b"\r\n") == len(found) + 1


# --- examinations and checksums -----------------------------------------------------------------------------------


def test_an_examination_tells_where_each_fact_is_written(arcadia) -> None:
    files = exported(arcadia.reading.corpus)
    found = {one["examination"]: one for one in json.loads(files["data/examinations.json"])}
    assert list(found) == ["xar-crc-101", "xar-opsc-102", "xfr-opac-102", "xru-crc-101"]
    facts = found["xar-crc-101"]["facts"]
    assert facts["state"]["value"] == "XAR"
    assert facts["state"]["spans"][0]["line"] == 4
    assert [one["value"] for one in facts["rapporteurs"]] == ["odile-marchbanks", "teodor-quillan"]
    assert facts["head"]["name"] == "Philippa Wrenfield"
    assert found["xar-crc-101"]["path"] == "arcadia-crc-101.md"
    for one in found.values():
        for name, value in one["facts"].items():
            for entry in value if isinstance(value, list) else [value]:
                assert {"value", "name", "status", "text", "rule", "spans"} <= entry.keys(), name


def test_words_of_facts_that_may_not_be_shown_are_null() -> None:
    document = told(facts=(examination(head=fact("ann-smith", "Ann Smith")),), source_text="none")
    found = examination_record(document.examination, document)["facts"]["head"]
    assert (found["value"], found["text"]) == ("ann-smith", None)


def test_checksums_are_those_of_the_files(arcadia) -> None:
    files = exported(arcadia.reading.corpus)
    sums = files.pop("data/SHA256SUMS").decode()
    assert sums == "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name.removeprefix('data/')}\n" for name, data in sorted(files.items())
    )


def test_an_empty_corpus_has_files_too() -> None:
    files = exported(assemble([])[0])
    assert files["data/examinations.json"] == b"[]\n"
    assert not [name for name in files if name.startswith("data/states/")]
    resources = json.loads(files["data/datapackage.json"])["resources"]
    assert [one["records"] for one in resources] == [0]


def test_two_documents_of_one_examination_name_their_own_source() -> None:
    one, other = told(say("x"), path="a.md"), told(say("y"), path="b.md")
    other = replace(other, provenance=replace(other.provenance, kind="un-report"))
    found = [(r["text"], r["source"]["path"], r["source_kind"]) for r in lines(exported(assemble([one, other])[0]))]
    assert found == [("x", "a.md", "summary"), ("y", "b.md", "un-report")]


def test_two_documents_of_one_examination_tell_their_own_facts() -> None:
    one = told(path="a.md", facts=(examination(head=fact("ann-smith")),))
    other = told(path="b.md", facts=(examination(head=fact("bo-li")),))
    found = json.loads(exported(assemble([one, other])[0])["data/examinations.json"])
    heads = [(record_["path"], record_["facts"]["head"]["value"]) for record_ in found]
    assert heads == [("a.md", "ann-smith"), ("b.md", "bo-li")]
