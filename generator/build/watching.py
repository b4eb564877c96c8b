"""A word as soon as something may have changed on disk, so that nobody has to look at ten thousand files to know.

Takes folders. Gives `Watch`, whose `wait` ends when the system tells of a change in one of them. It is only ever a
reason to look sooner: where the system tells nothing, as of a folder of another machine, the time runs out.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

# Not that a file was opened or closed: whoever looks does that.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileAttribEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
_WHOLE = 0.03  # seconds in which an editor that saves a file in several steps comes to an end


class Watch:
    """Watches folders with all that is inside them, and `flat` ones for what is directly in them."""

    def __init__(self, deep: Iterable[Path], flat: Iterable[Path] = ()) -> None:
        self._changed, self._closed = threading.Event(), False
        self._observer = Observer()
        self._observer.daemon = True
        handler = _Handler(self._changed)
        for folders, recursive in ((deep, True), (flat, False)):
            for folder in {one.resolve() for one in folders if one.is_dir()}:
                self._observer.schedule(handler, str(folder), recursive=recursive, event_filter=_CHANGES)
        with suppress(OSError):  # no watches left: what changes is seen when somebody looks
            self._observer.start()

    def wait(self, seconds: float) -> bool:
        """Come back when something may have changed since the last time, at the latest after so many seconds.

        False when it watches no more.
        """
        if self._changed.wait(seconds):
            time.sleep(_WHOLE)
        self._changed.clear()
        return not self._closed

    def close(self) -> None:
        """Watch no more."""
        self._closed = True
        self._changed.set()
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:  # noqa: ARG002
        """Something may have changed."""
        self._changed.set()
