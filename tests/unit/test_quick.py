"""A quick test is refused whatever leaves its process."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import quick

from generator.build import rendering

WAYS: dict[str, Callable[[], object]] = {
    "a command": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "git": lambda: subprocess.run(["git", "--version"], check=True),
    "a shell": lambda: os.system("true"),  # noqa: S605
    "a fork": os.fork,
    "a program by itself": lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}),
    "a forked worker": lambda: multiprocessing.get_context("fork").Process(target=print).start(),
    "a spawned worker": lambda: multiprocessing.get_context("spawn").Process(target=print).start(),
    "a port": lambda: socket.create_server(("127.0.0.1", 0)),
    "a connection": lambda: socket.socket().connect(("127.0.0.1", 9)),
    "a name of the network": lambda: socket.getaddrinfo("localhost", 80),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_leaves_the_process_is_refused(way: str, request: pytest.FixtureRequest) -> None:
    """This test itself is quick, and so refused: nothing here is turned on by hand."""
    with pytest.raises(quick.NotQuickError, match="is a quick test and may not") as refused:
        WAYS[way]()
    assert request.node.nodeid in str(refused.value)


@pytest.mark.process
@pytest.mark.parametrize("way", ["a command", "git", "a shell", "a port"])
def test_a_test_that_is_marked_is_refused_nothing(way: str) -> None:
    WAYS[way]()


def test_pages_are_rendered_in_this_process_however_long_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", 0)

    def slowly(_item: int) -> int:
        time.sleep(0.001)
        return os.getpid()

    assert set(rendering.make_each(range(8), slowly)) == {os.getpid()}


@pytest.mark.parametrize(
    ("path", "marks", "is_quick"),
    [
        ("unit/test_a.py", (), True),
        ("unit/test_a.py", ("browser",), False),
        ("gold/test_a.py", ("slow",), False),
        ("vocabularies/test_a.py", ("process",), False),
        ("processes/test_a.py", (), False),
        ("site/test_a.py", (), False),
    ],
)
def test_place_and_marks_say_what_is_quick(path: str, marks: tuple[str, ...], is_quick: bool) -> None:
    added: list[str] = []
    item = SimpleNamespace(
        path=quick.HERE / path,
        get_closest_marker=lambda name: name if name in marks else None,
        add_marker=added.append,
    )
    quick.mark([item])  # type: ignore[list-item]
    assert added == ["quick"] * is_quick


def test_only_folders_with_quick_tests_are_looked_into() -> None:
    assert not quick.elsewhere(quick.HERE)
    assert not quick.elsewhere(quick.HERE / "unit")
    assert not quick.elsewhere(quick.HERE / "unit/test_quick.py")
    assert not quick.elsewhere(Path("/"))
    assert quick.elsewhere(quick.HERE / "site")
    assert all(folder.is_dir() for folder in quick.FOLDERS)
