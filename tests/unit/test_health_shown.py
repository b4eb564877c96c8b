"""The health of a text where people and programs see it: the command line, the source page, the data."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from staging import ROOT

from generator.build import Project, doubts
from generator.cli import cli
from generator.exports import examination_record

CASES = ROOT / "tests/cases/health"
DAMAGED = CASES / "split-words.md"
SOUND = CASES / "clean.md"


@pytest.fixture
def run(monkeypatch, invented_vocabulary):
    """Runs a command with vocabularies that were loaded before, and gives its output and that of errors."""
    monkeypatch.setattr(Project, "vocabulary", lambda _self: invented_vocabulary)
    monkeypatch.chdir(ROOT)

    def invoke(*arguments: object) -> tuple[str, str]:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        return result.stdout, result.stderr

    return invoke


def test_check_says_what_is_not_fine(run) -> None:
    out, _ = run("check", DAMAGED)
    assert "split-words.md: bad text\n    pieces: bad – 3, 30 % of sentences (lines 12, 16, 20)\n" in out
    assert "bad text" not in run("check", SOUND)[0]


def test_check_groups_findings_unless_all_are_wanted(run) -> None:
    assert run("check", DAMAGED)[0].count("warning[H002]") == 1
    assert "and 2 more like this (lines 16, 20)" in run("check", DAMAGED)[0]
    assert run("check", DAMAGED, "--all")[0].count("warning[H002]") == 3
    assert run("check", DAMAGED, "--format", "github")[0].count("H002") == 3
    codes = [one["code"] for one in json.loads(run("check", DAMAGED, "--format", "json")[0])]
    assert codes.count("H002") == 3


def test_read_groups_them_too(run) -> None:
    assert run("read", DAMAGED)[1].count("warning[H002]") == 1
    assert run("read", DAMAGED, "--all")[1].count("warning[H002]") == 3


def test_facts_have_every_measure(run) -> None:
    out, _ = run("read", DAMAGED, "--facts")
    assert "  health           bad\n" in out
    for name in "characters pieces columns headings tables numbers unattributed".split():
        assert f"    {name}: " in out


def test_the_data_of_an_examination_have_it(run) -> None:
    (told,) = [json.loads(line) for line in run("read", DAMAGED, "--facts", "--format", "jsonl")[0].splitlines()]
    assert told["health"]["verdict"] == "bad"
    pieces = next(one for one in told["health"]["measures"] if one["name"] == "pieces")
    expected = {"name": "pieces", "count": 3, "share": 0.3, "of": "sentences", "verdict": "bad", "lines": [12, 16, 20]}
    assert pieces == expected


def test_what_is_published_has_the_same(stage) -> None:
    publication = stage.publish({DAMAGED.name: DAMAGED.read_text(encoding="utf-8")})
    (document,) = publication.reading.documents
    assert examination_record(document.examination, document)["health"]["verdict"] == "bad"


def test_the_source_page_has_a_table_only_where_something_is_not_fine(stage) -> None:
    site, check = stage.write({DAMAGED.name: DAMAGED.read_text(encoding="utf-8")})
    assert not check.diagnostics
    (page,) = site.glob("countries/*/*/source/index.html")
    text = page.read_text(encoding="utf-8")
    assert "State of this text" in text
    assert "Words in pieces" in text
    assert "12, 16, 20" in text
    assert "Damaged characters" not in text


def test_the_source_page_of_a_sound_text_has_none(stage) -> None:
    site, _ = stage.write({SOUND.name: SOUND.read_text(encoding="utf-8")})
    (page,) = site.glob("countries/*/*/source/index.html")
    assert "State of this text" not in page.read_text(encoding="utf-8")


def test_an_unusable_text_withholds_itself_alone(stage) -> None:
    head, _, _ = SOUND.read_text(encoding="utf-8").partition("## Prevention")
    broken = (
        head.replace("102<sup>ND", "101<sup>ST") + "## Prevention\n\n" + "The Comm ittee asked about pri sons. " * 8
    )
    publication = stage.publish({"broken.md": broken, "sound.md": SOUND.read_text(encoding="utf-8")})
    assert [name.rsplit("/", 1)[-1] for name in publication.reading.withheld] == ["broken.md"]
    assert len(publication.reading.corpus.documents) == 1


CORRECTED = """\
format: corrections/1
corrections:
- quote: "The Comm ittee asked how many"
  expect: {kind: background, speaker: unattributed}
  set: {kind: question, speaker: committee}
  reason: The original reads Committee.
"""


def test_damaged_statements_wait_for_an_editor(stage) -> None:
    reading = stage.publish({DAMAGED.name: DAMAGED.read_text(encoding="utf-8")}).reading
    waiting = [doubt for doubt in doubts(reading.corpus) if doubt.why == "its words are damaged in the source"]
    assert len(waiting) == 3


def test_an_editor_has_the_last_word(stage) -> None:
    files = {"a.md": DAMAGED.read_text(encoding="utf-8"), "corrections/a.yaml": CORRECTED}
    (document,) = stage.publish(files).reading.documents
    first = next(s for s in document.statements if "Comm ittee" in s.text)
    assert (first.kind, first.speaker, first.indexed) == ("question", "committee", True)
