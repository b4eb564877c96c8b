"""Whoever waits for a change hears of one at once, and of nothing that is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from patience import seconds

from generator.build.watching import Watch

LONG, SHORT = seconds(30), 0.3


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/a.md").write_text("a", encoding="utf-8")
    made = Watch([tmp_path / "deep", tmp_path / "missing"], [tmp_path])
    yield made
    made.close()


def took(watch: Watch, seconds: float) -> float:
    began = time.perf_counter()
    assert watch.wait(seconds)
    return time.perf_counter() - began


@pytest.mark.parametrize("name", ["deep/er/a.md", "deep/new.md", "sources.yaml"])
def test_a_file_that_is_written_ends_the_wait(watch, tmp_path, name) -> None:
    (tmp_path / name).write_text("b", encoding="utf-8")
    assert took(watch, LONG) < LONG


def test_so_does_one_that_is_renamed_or_removed(watch, tmp_path) -> None:
    file = (tmp_path / "deep/er/a.md").rename(tmp_path / "deep/er/b.md")
    assert took(watch, LONG) < LONG
    took(watch, SHORT)
    file.unlink()
    assert took(watch, LONG) < LONG


def test_to_look_is_no_change(watch, tmp_path) -> None:
    (tmp_path / "deep/er/a.md").read_text(encoding="utf-8")
    list((tmp_path / "deep").iterdir())
    assert took(watch, SHORT) >= SHORT


def test_who_waits_is_let_go_when_it_is_closed(watch) -> None:
    watch.close()
    assert not watch.wait(LONG)
