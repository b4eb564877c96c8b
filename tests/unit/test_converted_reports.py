"""Texts as converters and people write them, each read beside its clean twin.

`tests/converters/expected.yaml` says for each what differs from the twin: statements that the text does not hold, and
those it holds instead. Whatever is not named there must be as in the twin, word for word – so nobody says anything that
is not in the text, and nothing is lost in silence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.build import Project, Surroundings
from generator.build.reading import read_source
from generator.diagnostics import Severity

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/converters"
EXPECTED = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
FILES = sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.fixture(scope="module")
def read_file(invented):
    """The name of a file -> its document read to the end, and what was found."""
    surroundings = Surroundings(Project(ROOT), invented)
    taken = surroundings.take(ROOT / "content/sources/lao-pdr-opsc-69.md")
    bare = replace(taken, corrections=type(taken.corrections)())

    def read(name: str):
        data = (FOLDER / f"{name}.md").read_bytes()
        document, found = read_source(replace(bare, path=f"{name}.md", data=data), invented)
        assert document is not None
        return document, [one for one in found if one.code not in ("D003", "D004")]

    return read


def said(document) -> Counter[str]:
    """Who said what, and how sure that is, a line each."""
    return Counter(f"{s.kind} {s.speaker} {s.confidence}: {s.text}" for s in document.statements)


@pytest.mark.parametrize("name", FILES)
def test_a_converted_text_is_read_as_its_twin_but_for_what_is_named(read_file, name: str) -> None:
    expected = EXPECTED["files"].get(name, {})
    twin = expected.get("twin", "real-base-clean" if name.startswith("real-") else "k00-clean")
    document, _ = read_file(name)
    read, clean = said(document), said(read_file(twin)[0])
    assert sorted((clean - read).elements()) == sorted(expected.get("lost", []))
    assert sorted((read - clean).elements()) == sorted(expected.get("new", []))
    assert all(document.document.source.quote(s.spans) == s.text for s in document.statements)


@pytest.mark.parametrize("name", FILES)
def test_what_a_converted_text_is_told_of(read_file, name: str) -> None:
    _, found = read_file(name)
    codes = sorted({one.code for one in found if one.severity is not Severity.NOTE})
    assert codes == EXPECTED["files"].get(name, {}).get("findings", [])


def test_the_expectations_are_of_files_that_are_there() -> None:
    assert set(EXPECTED["files"]) <= set(FILES)
