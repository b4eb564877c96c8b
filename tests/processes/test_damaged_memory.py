"""What a build left of the last one is damaged: the next says so, makes everything anew, and the bytes are the same."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from invented import report
from staging import Stage, plain_theme

from generator.build import Publication, Theme, publish
from generator.vocabulary import Vocabulary

MANIFEST = ".site.manifest"
SENTENCE = "The Committee was concerned about the lack of data on trafficking."
_PAGE = 4096


def theme_of(publication: Publication, folder: Path) -> Theme:
    """As `Stage` has it, where there is none yet."""
    return plain_theme(publication, folder)


def flipped(file: Path, chance: random.Random) -> None:
    """Some bits of the whole file."""
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 8, 64, 512))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def wiped(file: Path, chance: random.Random) -> None:
    """A page of it, with zeros or with noise."""
    data = bytearray(file.read_bytes())
    start = chance.randrange(len(data) // _PAGE) * _PAGE
    data[start : start + _PAGE] = bytes(_PAGE) if chance.random() < 0.5 else chance.randbytes(_PAGE)
    file.write_bytes(data)


def cut(file: Path, chance: random.Random) -> None:
    """Cut off, or with something behind it."""
    data = file.read_bytes()
    file.write_bytes(data[: chance.randrange(len(data))] if chance.random() < 0.8 else data + chance.randbytes(999))


def swapped(file: Path, chance: random.Random) -> None:
    """Two pages in each other's place."""
    data = bytearray(file.read_bytes())
    one, other = (chance.randrange(len(data) // _PAGE) * _PAGE for _ in range(2))
    data[one : one + _PAGE], data[other : other + _PAGE] = data[other : other + _PAGE], data[one : one + _PAGE]
    file.write_bytes(data)


def changed(file: Path, chance: random.Random) -> None:
    """By another program: tables and columns that are gone, values of other kinds."""
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute(
            chance.choice(
                (
                    "DROP TABLE kept",
                    "DROP TABLE about",
                    "ALTER TABLE kept RENAME COLUMN key TO lock",
                    "ALTER TABLE about RENAME COLUMN value TO word",
                    "UPDATE about SET value = x'ff00'",
                    "UPDATE kept SET key = 'text' WHERE room = 'file'",
                    "UPDATE kept SET value = 'text'",
                    "UPDATE kept SET value = zeroblob(20)",
                    "UPDATE kept SET name = CAST(x'ff' AS TEXT) || name",
                    "UPDATE OR REPLACE kept SET key = x'00' WHERE rowid % 3 = 0",
                    "DELETE FROM kept WHERE rowid % 2 = 0",
                    "DELETE FROM about",
                )
            )
        )


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (flipped, wiped, cut, swapped, changed)


def digests(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("times", [4, pytest.param(24, marks=pytest.mark.slow)])
def test_a_build_recovers_by_itself(
    tmp_path: Path, invented_vocabulary: Vocabulary, damage: Callable[[Path, random.Random], None], times: int
) -> None:
    stage = Stage(tmp_path, invented_vocabulary)
    stage.put({f"{n}.md": report(state, SENTENCE) for n, state in enumerate(("ARCADIA", "FREEDONIA", "RURITANIA"))})
    site, told = tmp_path / "kept/site", []
    site.parent.mkdir()
    publish(stage.project, site, theme_of)
    kept = tmp_path / "good"
    shutil.copytree(site.parent, kept, copy_function=shutil.copy2)
    for seed in range(times):
        chance = random.Random(f"{damage.__name__} {seed}")  # noqa: S311 - the same at each run
        damage(site.with_name(MANIFEST), chance)
        stage.put({"1.md": report("FREEDONIA", SENTENCE * (1 + seed % 2))})
        publish(stage.project, site, theme_of, tell=told.append)
        publish(stage.project, tmp_path / "anew/site", theme_of, clean=True)
        assert digests(site) == digests(tmp_path / "anew/site"), seed
    assert all("damaged" in one and "made anew" in one for one in told)
