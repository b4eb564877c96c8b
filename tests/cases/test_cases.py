"""Literate cases: a report in a block `report`, what it must be read as in the block `expected` after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Statement
from generator.text.source import SourceText

FOLDER = Path(__file__).parent
CASE = re.compile(
    r"^## (?P<name>.+?)\n.*?^```report\n(?P<report>.*?)^```\n+^```expected\n(?P<expected>.*?)^```$", re.M | re.S
)


def cases(folder: str) -> Iterator[object]:
    for path in sorted((FOLDER / folder).glob("*.md")):
        for case in CASE.finditer(path.read_text(encoding="utf-8")):
            yield pytest.param(case["report"], case["expected"].splitlines(), id=f"{path.stem}: {case['name']}")


def shown(statement: Statement) -> str:
    place = f"{statement.line}:{statement.spans[0].col_start + 1}"
    mark = "+ " if statement.embedded else ""
    return f"{place} {mark}{statement.kind} {statement.speaker} {statement.attribution}: {statement.text}"


@pytest.mark.parametrize(("report", "expected"), [*cases("extract")])
def test_a_report_is_read_as_expected(read, report: str, expected: list[str]) -> None:
    assert [shown(statement) for statement in read(report).statements] == expected


def shown_of_review(statement: Statement) -> str:
    """As above, with the document's number, the States that speak, and the position on what is listed."""
    place = f"{statement.line}:{statement.spans[0].col_start + 1}"
    mark = "+ " if statement.embedded else ""
    states = f" by {' '.join(statement.speaker_states)}" if statement.speaker_states else ""
    position = f", {statement.response}" if statement.listed else ""
    who = f"{statement.kind} {statement.speaker} {statement.attribution}"
    return f"{place} {mark}{who} {statement.number}{states}{position}: {statement.text}"


@pytest.mark.parametrize(("report", "expected"), [*cases("reviews")])
def test_a_review_is_read_as_expected(read_source, invented, report: str, expected: list[str]) -> None:
    reading = read_source(invented, SourceText.from_str("review.md", report))
    assert [shown_of_review(statement) for statement in reading.statements] == expected


def test_every_heading_is_a_case() -> None:
    for path in (*(FOLDER / "extract").glob("*.md"), *(FOLDER / "reviews").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        headings = [
            line[3:]
            for line in re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S).splitlines()
            if line.startswith("## ")
        ]
        assert [case["name"] for case in CASE.finditer(text)] == headings
