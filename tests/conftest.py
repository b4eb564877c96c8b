"""Shared by all tests: the project's own vocabularies, and reading a text through every stage of the reading half."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

from generator.classify import classify
from generator.diagnostics import Diagnostic
from generator.extract import extract
from generator.model import Document, Examination, Statement
from generator.parse import parse
from generator.recognise import recognise
from generator.text.source import SourceText
from generator.vocabulary import Vocabulary, load_vocabulary

# How long a test takes is measured elsewhere; a busy machine is no fault.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's chromium, which asks nobody for anything by itself."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: browser tests are skipped")
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: browser tests are skipped"
    )
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield opened
        opened.close()
