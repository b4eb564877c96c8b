"""Where a site is written: each file is made anew, or taken from the site that stands.

Takes the folder a site is built in, and the site before it with what is known of its files. Gives a folder in which
every file that need not be made again is a second name of the one that stands, and so costs no room and hardly time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from struct import Struct

_SEEN = Struct("<qq")  # size, and time of the last change in nanoseconds


class Output:
    """The files of a site that is being written. `before` is the site that stands, `known` the keys of its files."""

    def __init__(self, site: Path, before: Path | None = None, known: Mapping[str, bytes] | None = None) -> None:
        self.site = site
        # The keys of the files that this site is made of, each with what was seen of the file.
        self.keys: dict[str, bytes] = {}
        self._before = os.fspath(before) if before else ""
        self._known = known if known and before else {}
        self._folders: set[str] = set()

    def take(self, names: Iterable[str], stamp: bytes) -> bool:
        """Take those of these files that there are from the site before, if all were made under this stamp.

        A file that somebody changed or removed since is not taken, nor is any of the others then.
        """
        known = [(name, self._known[name]) for name in names if name in self._known]
        if not known or any(key != stamp + _seen(f"{self._before}/{name}") for name, key in known):
            return False
        for name, key in known:
            _link(f"{self._before}/{name}", self._place(name))
            self.keys[name] = key
        return True

    def write(self, name: str, data: bytes | Iterable[bytes], stamp: bytes = b"") -> int:
        """Write a file, whole or in pieces, and tell its size; without a stamp the next build will not take it."""
        path = self._place(name)
        with open(path, "wb") as file:  # noqa: PTH123 - there are many files, and paths are slow to make
            file.writelines((data,) if isinstance(data, bytes) else data)
            size = file.tell()
        if stamp:
            self.keys[name] = stamp + _seen(path)
        return size

    def read(self, name: str) -> bytes:
        """What is written in a file."""
        with open(f"{self.site}/{name}", "rb") as file:  # noqa: PTH123
            return file.read()

    def note(self, names: Iterable[str], stamp: bytes) -> None:
        """Remember files that another wrote."""
        self.keys.update((name, stamp + _seen(f"{self.site}/{name}")) for name in names)

    def _place(self, name: str) -> str:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self.site}/{folder}", exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        return f"{self.site}/{name}"


def _seen(path: str) -> bytes:
    """Size and time of a file; nothing where there is none."""
    try:
        told = os.stat(path)  # noqa: PTH116
    except OSError:
        return b""
    return _SEEN.pack(told.st_size, told.st_mtime_ns)


def _link(source: str, target: str) -> None:
    """A second name of a file; where the disk knows none, a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
