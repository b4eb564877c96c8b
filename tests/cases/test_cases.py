"""Literate cases: a report in a block `report`, what it must be read as in the block `expected` after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Statement

FOLDER = Path(__file__).parent
CASE = re.compile(
    r"^## (?P<name>.+?)\n.*?^```report\n(?P<report>.*?)^```\n+^```expected\n(?P<expected>.*?)^```$", re.M | re.S
)


def cases() -> Iterator[object]:
    for path in sorted((FOLDER / "extract").glob("*.md")):
        for case in CASE.finditer(path.read_text(encoding="utf-8")):
            yield pytest.param(case["report"], case["expected"].splitlines(), id=f"{path.stem}: {case['name']}")


def shown(statement: Statement) -> str:
    place = f"{statement.line}:{statement.spans[0].col_start + 1}"
    mark = "+ " if statement.embedded else ""
    return f"{place} {mark}{statement.kind} {statement.speaker} {statement.attribution}: {statement.text}"


@pytest.mark.parametrize(("report", "expected"), [*cases()])
def test_a_report_is_read_as_expected(read, report: str, expected: list[str]) -> None:
    assert [shown(statement) for statement in read(report).statements] == expected


def test_every_heading_is_a_case() -> None:
    for path in (FOLDER / "extract").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        headings = [
            line[3:]
            for line in re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S).splitlines()
            if line.startswith("## ")
        ]
        assert [case["name"] for case in CASE.finditer(text)] == headings
