"""Invented paragraphs in many manners of reporting, against their hand labels: figures that may only rise.

The labels of `prose.txt` were made before the program read them; the cues were then mended by what was found, so these
figures are no measure of prose never seen (docs/developers.md has those).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from paragraphs import as_report, paragraphs

from generator.changes.scoring import Score, score
from generator.text.source import SourceText
from generator.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
TOLD = list(paragraphs())


@pytest.fixture(scope="module")
def reading(read_source):
    folders = [ROOT / "content/vocabularies", ROOT / "tests/corpus/vocabularies"]
    vocabulary = load_vocabulary(folders, ["content/vocabularies", "tests/corpus/vocabularies"])
    return read_source(vocabulary, SourceText.from_str("prose.md", as_report([told for _, told in TOLD])))


@pytest.fixture(scope="module")
def result(reading) -> Score:
    """The score of all paragraphs, each against its own sentences only: short sentences are alike."""
    by_section = defaultdict(list)
    for statement in reading.statements:
        by_section[statement.section.title].append(statement)
    whole = Score()
    for number, (_, told) in enumerate(TOLD, 1):
        part = score(by_section[f"Part {number}"], told)
        for name in Score.__slots__:
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
    return whole


def test_no_sentence_of_the_author_or_of_nobody_is_put_into_a_mouth(result: Score) -> None:
    assert result.misattributed == []


def test_kinds(result: Score) -> None:
    assert result.precision >= 0.99, result.faults
    assert result.recall >= 0.98, result.faults


def test_speakers(result: Score) -> None:
    assert result.speakers >= 0.99


def test_what_is_told_inside(result: Score) -> None:
    assert len(result.not_embedded) <= 2
