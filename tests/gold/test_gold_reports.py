"""Whole invented reports against the labels of people who had not seen the program: figures that may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.changes.scoring import Score, score
from generator.text.source import SourceText

FOLDER = Path(__file__).parent / "reports"
# Lenient precision and recall of each as they are read today.
FLOORS = {
    "ngo-crc": (0.99, 0.89),
    "ngo-opac": (0.96, 0.96),
    "ngo-opsc": (0.96, 0.93),
    "press-crc": (0.97, 0.86),
    "sr-crc": (0.98, 0.94),
}


@pytest.fixture(params=FLOORS)
def told(request, read_source, invented) -> tuple[str, Score]:
    """A report and how well it is read."""
    path = FOLDER / f"{request.param}.md"
    labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["sentences"]
    reading = read_source(invented, SourceText.from_bytes(path.name, path.read_bytes()))
    return request.param, score(reading.statements, labels)


def test_a_report_is_read_as_labelled(told: tuple[str, Score]) -> None:
    name, result = told
    precision, recall = FLOORS[name]
    assert result.precision >= precision, result.faults
    assert result.recall >= recall, result.faults
    assert result.speakers >= 0.99
    assert result.misattributed == []


def test_every_report_has_its_floor() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(FLOORS)
