"""Shared by all tests: the project's own vocabularies, and reading a text through every stage of the reading half."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import quick
from fonts import SETS, configuration, folders
from hypothesis import settings
from patience import patient
from staging import INVENTED, Rehearsal, Stage

from generator.build import Publication, prepare
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m quick` chooses the quick ones."""
    quick.mark(items)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only quick tests are asked for, others are not even read."""
    return True if config.option.markexpr == "quick" and quick.elsewhere(collection_path) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A quick test stays in its process, with all its fixtures."""
    with quick.inside(item.nodeid) if item.get_closest_marker("quick") else nullcontext():
        return (yield)


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
    folders = [ROOT / "content/vocabularies", INVENTED / "vocabularies"]
    return load_vocabulary(folders, ["content/vocabularies", "tests/corpus/vocabularies"])


@pytest.fixture(scope="session")
def invented_vocabulary(invented: Vocabulary) -> Vocabulary:
    """The same, as the tests of the publishing half call it."""
    return invented


@pytest.fixture
def stage(tmp_path: Path, invented: Vocabulary) -> Stage:
    """An empty stage."""
    return Stage(tmp_path, invented)


@pytest.fixture(scope="session")
def arcadia(invented: Vocabulary) -> Publication:
    """The invented corpus, read and planned."""
    return prepare(Rehearsal(ROOT, (INVENTED / "sources",), known=invented))


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
def launch() -> Iterator[Callable[..., Browser]]:
    """Starts the distribution's chromium, which asks nobody for anything by itself; takes variables for it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: browser tests are skipped")
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: browser tests are skipped"
    )
    with sync_api.sync_playwright() as playwright:

        def launched(**environment: str) -> Browser:
            return patient(
                playwright.chromium.launch(
                    executable_path=chromium,
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                    env={**os.environ, **environment},
                )
            )

        yield launched


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    """A browser with the fonts of this machine."""
    opened = launch()
    yield opened
    opened.close()


@pytest.fixture(
    scope="session",
    params=[None, *(pytest.param(one, marks=pytest.mark.slow) for one in SETS)],
    ids=lambda one: str(one or "machine"),
)
def browser_of_fonts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for tests of how pages are laid out: with the fonts of this machine, then with each set alone."""
    if request.param is None:
        yield request.getfixturevalue("browser")
        return
    where = folders(request.param)
    if not where:
        pytest.skip(f"the fonts are not installed ({request.param.packages}): pages are not laid out with them")
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(configuration(request.param, where, folder / "cache"), encoding="utf-8")
    opened = request.getfixturevalue("launch")(FONTCONFIG_FILE=str(folder / "fonts.conf"))
    yield opened
    opened.close()
