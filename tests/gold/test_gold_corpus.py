"""The invented reports against their hand labels: unlike the first report, no rule was made from them one by one.

The figures are the floor that was reached; they may only rise.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.changes.scoring import score
from generator.text.source import SourceText
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests/corpus"
EXPECTED = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
FILES = {entry["file"]: entry for entry in EXPECTED["files"]}


@pytest.fixture(scope="module")
def readings(read_source):
    folders = [ROOT / "content/vocabularies", CORPUS / "vocabularies"]
    vocabulary = load_vocabulary(folders, ["content/vocabularies", "tests/corpus/vocabularies"])

    def read(name: str):
        return read_source(vocabulary, SourceText.from_bytes(name, Path(CORPUS / "sources" / name).read_bytes()))

    return {name: read(name) for name in (*FILES, *(entry["file"] for entry in EXPECTED["broken"]))}


@pytest.mark.parametrize("name", FILES)
def test_kinds_and_speakers(readings, name: str) -> None:
    result = score(readings[name].statements, FILES[name]["statements"])
    assert result.faults == []
    assert result.not_embedded == []
    assert result.misattributed == []
    assert (result.precision, result.recall, result.speakers) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("name", FILES)
def test_sentences(readings, name: str) -> None:
    labelled = [(s["section"] or "", s["text"]) for s in FILES[name]["statements"]]
    assert [(s.section.title, s.text) for s in readings[name].statements if not s.embedded] == labelled


@pytest.mark.parametrize("name", FILES)
def test_facts(readings, name: str) -> None:
    facts, told = readings[name].examinations[0], FILES[name]["facts"]
    head = {"name": facts.head.name, "post": facts.head.of}
    assert (facts.state.value, facts.treaty.value, int(facts.session.value)) == (
        told["state"],
        told["treaty"],
        told["session"],
    )
    assert (facts.date.value, facts.cycle.value, head) == (told["date"], told["cycle"], told["head"])
    assert [fact.name for fact in facts.rapporteurs] == told["rapporteurs"]
    if "session_range" in told:
        assert facts.session_dates.value.split("/") == told["session_range"]
    if "last_examined" in told:
        assert facts.last_examined.value == told["last_examined"]
    if "ratified" in told:
        assert facts.ratifications[0].value == told["ratified"]


@pytest.mark.parametrize("name", FILES)
def test_due_dates(readings, name: str) -> None:
    found = {s.text: s.due.text for s in readings[name].statements if s.due}
    told = {s["text"]: s["due"] for s in FILES[name]["statements"] if "due" in s}
    assert set(found) == set(told)
    assert [text for text, words in told.items() if not words.endswith(found[text])] == []


@pytest.mark.parametrize("name", [entry["file"] for entry in EXPECTED["broken"]])
def test_a_state_that_is_misspelt_is_an_error_with_a_suggestion(readings, name: str) -> None:
    found = [(d.location.line, d.code, d.message, d.hint) for d in readings[name].diagnostics if d.code == "R001"]
    assert found == [(4, "R001", "no State is called 'FREDONJA'", "did the title mean Freedonia?")]
    assert readings[name].examinations[0].state is None
