"""What was read is pickled quickly, and what a manifest loads are values of ours alone."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import is_dataclass
from itertools import chain

import pytest
from staging import ROOT

from generator import model
from generator.build import Project, Surroundings, read_source
from generator.build.manifest import _dumped, _loaded
from generator.text import source
from generator.vocabulary import Vocabulary

FROZEN = sorted(
    {one for one in chain(vars(model).values(), vars(source).values()) if isinstance(one, type) and is_dataclass(one)},
    key=lambda one: one.__name__,
)


def test_a_document_comes_back_from_a_manifest_as_it_was(vocabulary: Vocabulary) -> None:
    """Equal in every field, and a section that statements share is shared again."""
    surroundings = Surroundings(Project(ROOT), vocabulary)
    seed, _ = read_source(surroundings.take(ROOT / "content/sources/lao-pdr-opsc-69.md"), vocabulary)
    assert seed is not None
    kept = _dumped(seed)
    assert kept is not None
    back = _loaded(kept)
    assert back == seed
    assert len({id(one.section) for one in back.statements}) == len({id(one.section) for one in seed.statements})


@pytest.mark.parametrize("cls", FROZEN, ids=lambda one: one.__name__)
def test_every_value_of_a_document_is_packed(cls: type) -> None:
    """One that was forgotten would still come back, only three times as slowly."""
    assert "__reduce__" in vars(cls)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("generator.text.source", "re.enum.sys.exit"),
        ("generator.text.source", "hashlib.sha256"),
        ("generator.text.source", "attrgetter"),
        ("generator.text.source", "packed"),
        ("generator.model", "SourceText"),
        ("os", "system"),
    ],
)
def test_a_forged_manifest_loads_nothing_that_is_not_a_value_of_its_module(module: str, name: str) -> None:
    """Nor what a module only imports, nor what is reached through it."""
    forged = (
        pickle.PROTO
        + b"\x04"
        + b"".join(pickle.SHORT_BINUNICODE + bytes([len(part)]) + part.encode() for part in (module, name))
    )
    with pytest.raises(pickle.UnpicklingError):
        _loaded(zlib.compress(forged + pickle.STACK_GLOBAL + pickle.STOP))
