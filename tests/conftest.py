"""Shared by all tests: the project's own vocabularies, and reading a text through every stage of the reading half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.classify import classify
from generator.diagnostics import Diagnostic
from generator.extract import extract
from generator.model import Document, Examination, Statement
from generator.parse import parse
from generator.recognise import recognise
from generator.source import SourceText
from generator.vocabulary import Vocabulary, load_vocabulary

ROOT = Path(__file__).parent.parent


class Reading(NamedTuple):
    """What the reading half makes of one text."""

    document: Document
    examinations: tuple[Examination, ...]
    statements: list[Statement]
    diagnostics: list[Diagnostic]


def read_with(vocabulary: Vocabulary, source: SourceText) -> Reading:
    """One source through parse, recognise, extract and classify."""
    document, of_form = parse(source, vocabulary)
    examinations, of_facts = recognise(document, vocabulary)
    statements, _, of_words = extract(document, examinations[0], vocabulary)
    return Reading(document, examinations, classify(statements, vocabulary), [*of_form, *of_facts, *of_words])


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabularies that are published with."""
    return load_vocabulary([ROOT / "content/vocabularies"], ["content/vocabularies"])


@pytest.fixture(scope="session")
def invented() -> Vocabulary:
    """The vocabularies with the invented States over them."""
    folders = [ROOT / "content/vocabularies", ROOT / "tests/corpus/vocabularies"]
    return load_vocabulary(folders, ["content/vocabularies", "tests/corpus/vocabularies"])


@pytest.fixture(scope="session")
def read_source() -> Callable[[Vocabulary, SourceText], Reading]:
    """The same for a vocabulary and a source of one's own."""
    return read_with


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Text -> (document, examinations, statements, diagnostics)."""
    return lambda text: read_with(vocabulary, SourceText.from_str("report.md", text))


@pytest.fixture(scope="session")
def seed(vocabulary: Vocabulary) -> Reading:
    """The first report, read."""
    path = ROOT / "content/sources/lao-pdr-opsc-69.md"
    return read_with(vocabulary, SourceText.from_bytes(path.name, path.read_bytes()))
