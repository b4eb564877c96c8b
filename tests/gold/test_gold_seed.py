"""The first report against its hand labels: figures that may only rise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.changes.scoring import Score, score
from generator.text.source import Span

GOLD = json.loads((Path(__file__).parent / "gold_seed.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def result(seed) -> Score:
    return score(seed.statements, GOLD["sentences"])


def test_the_labels_are_of_this_text(seed) -> None:
    assert seed.document.source.sha256 == GOLD["source"]["sha256"]


def test_kinds(result: Score) -> None:
    assert result.faults == []
    assert (result.precision, result.recall) == (1.0, 1.0)


def test_speakers(result: Score) -> None:
    assert result.speakers == 1.0


def test_nobody_is_given_words_of_another(result: Score) -> None:
    assert result.misattributed == []


def test_embedded_statements(result: Score) -> None:
    assert result.not_embedded == []


def extents(spans: Iterable[Span]) -> list[tuple[int, int, int]]:
    """Each line of some spans, with where the first of them begins there and the last ends."""
    lines: dict[int, list[Span]] = {}
    for span in spans:
        lines.setdefault(span.line, []).append(span)
    return [(line, on_it[0].col_start, on_it[-1].col_end) for line, on_it in lines.items()]


def test_every_sentence_is_found_at_its_columns(seed) -> None:
    # marks lie between the spans of a line: the labels name what of the line is the sentence's, marks and all
    found = [(s.text, extents(s.spans)) for s in seed.statements if not s.embedded]
    in_the_note = [s["id"] for s in GOLD["sentences"] if s["lines"][0] == 33]
    assert len(in_the_note) == 3  # the publisher's note is furniture here, three procedural sentences there
    assert found == [
        (s["text"], [(p["line"], p["col_start"], p["col_end"]) for p in s["span"]])
        for s in GOLD["sentences"]
        if s["id"] not in in_the_note
    ]


def test_facts(seed) -> None:
    facts, told = seed.examinations[0], GOLD["metadata"]
    assert facts.state.value == told["country"]["value"]
    assert int(facts.session.value) == told["session"]["value"]
    assert facts.date.value == told["examination_date"]["value"]
    assert facts.head.name == told["delegation_head"]["name"]
    assert [fact.name for fact in facts.delegation] == told["delegation_members"]["value"]
    assert [fact.name for fact in facts.rapporteurs] == told["rapporteurs"]["value"]
    assert [(f.value, f.status) for f in facts.ratifications] == [
        (r["date"], r["status"]) for r in told["ratification"]
    ]
