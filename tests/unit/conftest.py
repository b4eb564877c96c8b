"""Shared by the tests of the publishing half: the invented vocabulary and corpus, and an empty stage."""

from __future__ import annotations

from pathlib import Path

import pytest
from staging import INVENTED, ROOT, Rehearsal, Stage

from generator.build import Publication, prepare
from generator.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="session")
def invented_vocabulary() -> Vocabulary:
    """The vocabularies with the invented States laid over them."""
    folders = [ROOT / "content/vocabularies", INVENTED / "vocabularies"]
    return load_vocabulary(folders, ["content/vocabularies", "tests/corpus/vocabularies"])


@pytest.fixture
def stage(tmp_path: Path, invented_vocabulary: Vocabulary) -> Stage:
    """An empty stage."""
    return Stage(tmp_path, invented_vocabulary)


@pytest.fixture(scope="session")
def arcadia(invented_vocabulary: Vocabulary) -> Publication:
    """The invented corpus, read and planned."""
    return prepare(Rehearsal(ROOT, (INVENTED / "sources",), known=invented_vocabulary))
