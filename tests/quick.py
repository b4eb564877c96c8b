"""Quick tests: those that stay in their own process, and so can all be run after every change (`make quick`).

A test is quick by where it stands: in one of `FOLDERS`, without a mark that says what more it needs. While a quick test
or a fixture of one runs, whatever would leave the process is refused with an error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator.build import rendering

HERE = Path(__file__).parent
FOLDERS = frozenset(HERE / name for name in ("unit", "cases", "gold", "vocabularies", "content"))
NOT_QUICK = ("slow", "browser", "process")
# What the interpreter tells of before it does it, and what that would be.
_REFUSED = {
    **dict.fromkeys(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"), "start a process"),
    **dict.fromkeys(("os.fork", "os.forkpty", "pty.spawn", "os.startfile", "webbrowser.open"), "start a process"),
    **dict.fromkeys(("socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"), "open a port"),
    **dict.fromkeys(("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"), "ask the network"),
}


class NotQuickError(BaseException):
    """A quick test would leave its process. No Exception, lest the program under test catch it."""


class _Guard:
    """The interpreter's hooks cannot be taken off again: one for all tests, which knows whether a quick one runs."""

    def __init__(self) -> None:
        self.test: str | None = None
        sys.addaudithook(self._hear)
        try:  # what `multiprocessing` starts with "spawn" is told to no hook
            import _posixsubprocess
        except ImportError:
            return
        self._fork_exec = _posixsubprocess.fork_exec
        _posixsubprocess.fork_exec = self._start

    def _hear(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if self.test is not None and event in _REFUSED:
            self._refuse(_REFUSED[event], event)

    def _start(self, *arguments: Any) -> int:
        if self.test is not None:
            self._refuse("start a process", "fork_exec")
        return self._fork_exec(*arguments)

    def _refuse(self, what: str, event: str) -> None:
        raise NotQuickError(
            f"{self.test} is a quick test and may not {what} ({event}): move it to tests/processes/, "
            "or mark it with pytest.mark.process"
        )


_GUARD: _Guard | None = None


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Takes the name of a quick test. Nothing leaves this process meanwhile; pages are rendered in it, however long.

    Raises NotQuickError where something would leave it.
    """
    global _GUARD
    _GUARD = _GUARD or _Guard()
    before, _GUARD.test = _GUARD.test, name
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rendering, "workers_for", lambda _items, _cores: 1)
            yield
    finally:
        _GUARD.test = before


def mark(items: Sequence[pytest.Item]) -> None:
    """Mark those that are quick."""
    for item in items:
        if not FOLDERS.isdisjoint(item.path.parents) and not any(map(item.get_closest_marker, NOT_QUICK)):
            item.add_marker("quick")


def elsewhere(path: Path) -> bool:
    """Takes a file or folder of tests. Gives whether no quick test is in it."""
    return HERE in path.parents and FOLDERS.isdisjoint((path, *path.parents))
