"""Where a site is written: each file is made anew, or taken from the site that stands.

Takes the folder a site is built in, and the site before it with what is known of its files; perhaps also the site
before that, which was put by, to begin with. Gives a folder in which every file that need not be made again is a second
name of the one that stands, and so costs no room and hardly time; in one that was put by, most are there already.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISDIR
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
        self._root = os.fspath(site)
        self._folders: set[str] = set()
        self._without_key: set[str] = set()
        self._begun: set[str] = set()
        # The keys of files that stood in the folder at the beginning; None where it began empty.
        self._left: Mapping[str, bytes] | None = None

    def begin_with(self, spare: Path, left: Mapping[str, bytes]) -> None:
        """Begin with a site that was put by; `left` are the keys of its files."""
        spare.rename(self.site)
        self._left = left

    def begin_anew(self) -> None:
        """Begin with nothing: the theme is going to write here, and would write into files that the old site shares."""
        if self._left is not None:
            remove(self.site)
            self._left = None

    def take(self, names: Iterable[str], stamp: bytes) -> bool:
        """Take those of these files that there are from the site before, if all were made under this stamp.

        A file that somebody changed or removed since is not taken, nor is any of the others then.
        """
        known = [(name, self._known[name]) for name in names if name in self._known]
        if not known or any(key != stamp + _seen(f"{self._before}/{name}") for name, key in known):
            return False
        for name, key in known:
            path = self._place(name)
            if self._left is None or self._left.get(name) != key or stamp + _seen(path) != key:
                self._free(path)
                _link(f"{self._before}/{name}", path)
            self.keys[name] = key
        return True

    def write(self, name: str, data: bytes | Iterable[bytes], stamp: bytes = b"") -> int:
        """Write a file, whole or in pieces, and tell its size; without a stamp the next build will not take it."""
        path = self._place(name)
        self._free(path, taken=name in self.keys)
        with open(path, "wb") as file:  # noqa: PTH123 - there are many files, and paths are slow to make
            file.writelines((data,) if isinstance(data, bytes) else data)
            size = file.tell()
        if stamp:
            self.keys[name] = stamp + _seen(path)
        else:
            self.keys.pop(name, None)
            self._without_key.add(name)
        return size

    def append(self, name: str, data: bytes) -> None:
        """Write a piece of a file that is made in pieces, among others. A whole file is then to be noted."""
        if name not in self._begun:
            self._begun.add(name)
            self.write(name, data)
        else:
            with open(f"{self._root}/{name}", "ab") as file:  # noqa: PTH123
                file.write(data)

    def finish(self) -> None:
        """Remove what stood in the folder at the beginning and is no part of this site."""
        if self._left is None:
            return
        for folder, folders, names in os.walk(self._root):
            inside = folder[len(self._root) + 1 :].replace(os.sep, "/")
            inside = f"{inside}/" if inside else ""
            gone = [name for name in names if not self._has(f"{inside}{name}")]
            gone += [name for name in folders if f"{inside}{name}" not in self._folders]
            folders[:] = [name for name in folders if f"{inside}{name}" in self._folders]
            for name in gone:
                remove(f"{folder}/{name}")

    def _has(self, name: str) -> bool:
        return name in self.keys or name in self._without_key

    def read(self, name: str) -> bytes:
        """What is written in a file."""
        with open(f"{self.site}/{name}", "rb") as file:  # noqa: PTH123
            return file.read()

    def note(self, names: Iterable[str], stamp: bytes) -> None:
        """Remember files that another wrote, or that were written in pieces; without a stamp there is nothing to."""
        if not stamp:
            return
        self.keys.update((name, stamp + _seen(f"{self.site}/{name}")) for name in names)

    def _place(self, name: str) -> str:
        self._make(name.rpartition("/")[0])
        return f"{self._root}/{name}"

    def _make(self, folder: str) -> None:
        """Let there be a folder. Most are asked for again and again, and after the one they stand in."""
        if folder in self._folders:
            return
        if folder:
            self._make(folder.rpartition("/")[0])
        path = f"{self._root}/{folder}" if folder else self._root
        try:
            os.mkdir(path)  # noqa: PTH102
        except FileExistsError:
            if not S_ISDIR(os.lstat(path).st_mode):
                remove(path)
                os.mkdir(path)  # noqa: PTH102
        except FileNotFoundError:  # the root's own place
            os.makedirs(path)  # noqa: PTH103
        self._folders.add(folder)

    def _free(self, path: str, taken: bool = False) -> None:
        """Let nothing stand at a path: what is written into a file is written under all its names.

        In a folder that began empty there is only what was `taken`.
        """
        if taken or self._left is not None:
            remove(path)


def remove(path: str | Path) -> None:
    """Remove whatever stands at a path, if anything; a link, but not what it leads to."""
    try:
        told = os.lstat(path)
    except FileNotFoundError:
        return
    if S_ISDIR(told.st_mode):
        shutil.rmtree(path)
    else:
        os.unlink(path)  # noqa: PTH108


def _seen(path: str) -> bytes:
    """Size and time of a file, and not of what a link leads to; nothing where there is none."""
    try:
        told = os.lstat(path)
    except OSError:
        return b""
    return _SEEN.pack(told.st_size, told.st_mtime_ns)


def _link(source: str, target: str) -> None:
    """A second name of a file; where the disk knows none, a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
