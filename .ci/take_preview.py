#!/usr/bin/env python3
"""Unpacks a preview that strangers made, or refuses it: `take_preview.py ZIP FOLDER`.

Takes nothing but plain files of the sorts a preview has, at the places it has them, in bounds of size. The folder is
there whole or not at all; status 1 is a refusal.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

MOST_FILES = 60_000
MOST_BYTES = 1_000_000_000
LARGEST_FILE = 95_000_000  # GitHub refuses a file of 100 MB
LONGEST_NAME = 200
NEEDED = ("index.html", "comment.md")
AT_TOP = {*NEEDED, "diff.html", "diff.json", "preview.json", "diagnostics.txt", "bundle.zip", "bundle.zip.sha256"}
FOLDERS = {
    "site": set("html css js json jsonl csv ris bib jsonld ttl svg png ico txt xml md ics woff woff2".split())
    | {"SHA256SUMS"},
    "screens": {"png"},
}
# No piece begins with a dot, so that none is "..", a .git or a setting of a host; none holds a "\" or ":".
_PIECE = re.compile(r"[^\W.][\w .,()+'’&=@-]*")


class RefusedError(Exception):
    """The preview is not one that could be published."""


def files_of(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files of an archive, if every entry is what it may be."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise RefusedError(f"{len(entries):,} entries; at most {MOST_FILES:,} are taken")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise RefusedError(f"more than {MOST_BYTES:,} bytes")
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        shown = ascii(name[:80])
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise RefusedError(f"{shown} is no plain file")
        if entry.flag_bits & 0x1:
            raise RefusedError(f"{shown} is encrypted")
        if entry.file_size > LARGEST_FILE:
            raise RefusedError(f"{shown} is larger than {LARGEST_FILE:,} bytes")
        pieces = name.removesuffix("/").split("/")
        if len(name) > LONGEST_NAME or not all(map(_PIECE.fullmatch, pieces)):
            raise RefusedError(f"{shown} is no name for a file of a preview")
        if name.casefold() in seen:
            raise RefusedError(f"{shown} is there twice")
        seen.add(name.casefold())
        if entry.is_dir():
            continue
        if kind == stat.S_IFDIR or not _has_its_place(pieces):
            raise RefusedError(f"{shown} has no place in a preview")
        yield entry


def _has_its_place(pieces: list[str]) -> bool:
    if len(pieces) == 1:
        return pieces[0] in AT_TOP
    sorts = FOLDERS.get(pieces[0], set())
    return pieces[-1] in sorts or pieces[-1].rpartition(".")[2].lower() in sorts


def take(packed: Path, folder: Path) -> int:
    """Unpack into a folder that is not there yet; gives the number of files. Raises RefusedError."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        new = Path(beside) / "preview"
        try:
            with zipfile.ZipFile(packed) as archive:
                entries = list(files_of(archive))
                missing = set(NEEDED) - {entry.orig_filename for entry in entries}
                if missing:
                    raise RefusedError(f"it lacks {', '.join(sorted(missing))}")
                for entry in entries:
                    _unpack(archive, entry, new / entry.orig_filename)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
            raise RefusedError(f"it cannot be unpacked: {error}") from None
        new.rename(folder)
    return len(entries)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    """What an entry says of its size is not believed: reading ends one byte after it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    opened = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    with archive.open(entry) as source, os.fdopen(opened, "wb") as target:
        while piece := source.read(min(left + 1, 1 << 20)):
            left -= len(piece)
            if left < 0:
                raise RefusedError(f"{entry.orig_filename[:80]!a} is larger than it says")
            target.write(piece)


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 2:
        print("usage: take_preview.py ZIP FOLDER", file=sys.stderr)
        return 2
    packed, folder = map(Path, arguments)
    if folder.exists():
        print(f"{folder} is there already", file=sys.stderr)
        return 2
    try:
        number = take(packed, folder)
    except RefusedError as refused:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"The preview is refused: {refused}.", file=sys.stderr)
        return 1
    print(f"{number:,} files taken.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
