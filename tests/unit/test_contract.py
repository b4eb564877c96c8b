"""The data contract told three times is one: the code, the documentation, and the records themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import uhri
from generator.contract import COLUMNS, FLAGS, PRECISIONS, SOURCE_KINDS, STATEMENT, columns, fields
from generator.exports.schemas import csvw, schemas, table_schema
from generator.model import Attribution, Kind, Speaker
from generator.pages.views import DOCUMENT_WORDS, POSITIONS
from generator.vocabulary.families import RESPONSES

CONTRACT = (Path(__file__).parents[2] / "docs/data-contract.md").read_text(encoding="utf-8")


def rows(heading: str, nth: int = 0) -> list[list[str]]:
    """The cells of a table of the contract: the first, or another, under a heading."""
    section = re.split(r"\n#+ ", CONTRACT.split(f"# {heading}\n", 1)[1])[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.M)
    lines = tables[nth].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def named(cells: list[list[str]]) -> list[str]:
    return [row[0].strip("` ") for row in cells]


def test_the_documentation_has_the_fields_with_their_types() -> None:
    told = [(row[0].strip("` "), row[1]) for row in rows("A statement")]
    assert told == [(one.name, one.type) for one in fields()]


def test_the_documentation_has_the_columns() -> None:
    section = CONTRACT.split("\n## The table\n", 1)[1].split("\nA statement has the same line", 1)[0]
    assert re.findall(r"`(\w+)`[,.]", section) == list(COLUMNS)


@pytest.mark.parametrize(
    ("heading", "nth", "closed"),
    [
        ("Kinds and speakers", 0, Kind),
        ("Kinds and speakers", 1, Speaker),
        ("Attribution and confidence", 0, Attribution),
        ("Flags", 0, FLAGS),
    ],
)
def test_the_documentation_has_the_closed_lists(heading, nth, closed) -> None:
    assert named(rows(heading, nth)) == list(closed)


def test_closed_lists_are_those_of_the_program() -> None:
    assert set(RESPONSES) == set(POSITIONS) - {None}
    assert set(SOURCE_KINDS) == set(DOCUMENT_WORDS)
    (precision,) = (row for row in rows("Due") if "precision" in row[0])
    assert set(re.findall(r"`([a-z-]+)`", precision[1])) == set(PRECISIONS)


def test_the_documentation_has_the_columns_of_the_index() -> None:
    told = named(rows("Recommendations with the column names of the Universal Human Rights Index"))
    assert told == [one.name for one in uhri.COLUMNS if one.name[0].isupper()]


def test_every_column_has_a_meaning_and_a_type() -> None:
    assert [one.name for one in columns()] == list(COLUMNS)
    for told in (table_schema(columns(), "id")["fields"], csvw(["lao.csv"])["tableSchema"]["columns"]):
        assert [one["name"] for one in told] == list(COLUMNS)
    assert all(one.says for one in (*columns(), *STATEMENT, *uhri.COLUMNS))


def test_names_of_columns_are_told_apart_whatever_their_letters() -> None:
    names = [one.name.casefold() for one in uhri.COLUMNS]
    assert len(set(names)) == len(names)


def test_the_documentation_names_every_schema() -> None:
    assert set(re.findall(r"`schemas/([a-z]+\.json)`", CONTRACT)) == set(schemas())
