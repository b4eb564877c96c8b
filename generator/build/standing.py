"""A site that stands: whether it is still what a build would make, known without opening a source.

Takes the folder of a project, what a build is asked for, and the folder of the site. Gives what the last build said, if
since then no file that it looked at changed its size, time or name. Loads hardly anything: most builds of an editor who
saves a file and builds find one change, and the next finds none.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from generator.build.manifest import DamagedError, opened
from generator.build.neighbours import Neighbours

_PROGRAM = Path(__file__).parents[1]
_VARIABLE = re.compile(rb"[A-Z][A-Z0-9_]{2,}")


def find_root(start: Path) -> Path:
    """The project a folder is in: the nearest one with `mkdocs.yml` and `content/`, else the one the program is in."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
            return folder
    return Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What a build said, and how many errors and warnings that was."""

    text: str
    errors: int
    warnings: int


class Standing:
    """The state of all that a build with these sources and vocabularies looks at; it is taken at once."""

    def __init__(self, root: Path, sources: Iterable[Path], overlays: Iterable[Path]) -> None:
        sources, overlays = tuple(sources) or (root / "content" / "sources",), tuple(overlays)
        packages = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        asked = repr((sys.version, packages, environment(root), sources, overlays))
        made = blake2b(asked.encode(), digest_size=16)
        # What was seen of each file and folder, by its path.
        self.seen: dict[str, tuple[int, ...]] = {}
        for path in dict.fromkeys(_places(root, sources, overlays)):
            found: list[tuple[str, tuple[int, ...]]] = []
            _look(os.fspath(path), found)
            found.sort()
            self.seen.update(found)
            made.update(repr(found).encode(errors="replace"))
        self.state = made.hexdigest()

    def changed(self, before: Standing) -> set[str]:
        """The paths that are other than they were, gone or new."""
        return {path for path, _ in self.seen.items() ^ before.seen.items()}

    def said(self, site: Path) -> Said | None:
        """What the last build of a site said, if another would say the same; else None."""
        beside = Neighbours(site)
        # What a killed build left is to be put away; or a build is at work.
        if not beside.manifest.is_file() or beside.left:
            return None
        try:
            with opened(site) as manifest:
                same = manifest.about("state") == self.state and manifest.about("site") == identity(site)
                if not same or not manifest.about("counts"):
                    return None
                errors, warnings = map(int, manifest.about("counts").split())
                return Said(manifest.about("said"), errors, warnings)
        except (sqlite3.OperationalError, DamagedError, ValueError):  # another build is at work, or it tells nothing
            return None

    @staticmethod
    def remember(site: Path, said: Said) -> None:
        """Keep what the build of a site said that has just ended."""
        try:
            with opened(site) as manifest:
                manifest.tell({"said": said.text, "counts": f"{said.errors} {said.warnings}"})
                manifest.commit()
        except (sqlite3.OperationalError, DamagedError):  # the site is built; the next build makes it anew
            pass


def environment(root: Path) -> list[str]:
    """The variables that the configuration of the theme names, with their values."""
    try:
        configuration = (root / "mkdocs.yml").read_bytes()
    except OSError:
        return []
    names = sorted({name.decode() for name in _VARIABLE.findall(configuration)})
    return [f"{name}={os.environ[name]}" for name in names if name in os.environ]


def identity(folder: Path) -> str:
    """Which folder it is, whatever it is called; empty where there is none."""
    try:
        told = folder.stat()
    except OSError:
        return ""
    return f"{told.st_dev}:{told.st_ino}"


def _places(root: Path, sources: Iterable[Path], overlays: Iterable[Path]) -> Iterator[Path]:
    """Where a build looks: a change of anything it reads is a change of a file here."""
    yield from (_PROGRAM, root / "mkdocs.yml", root / "content", root / "templates", *overlays)
    for given in sources:
        yield given
        for above in (given.resolve(), *given.resolve().parents[:3]):
            yield from (above / name for name in ("sources.yaml", "threads.yaml", "corrections", "registry"))


def _look(path: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    """Add what is seen of a file or folder and of everything inside it. There may be many: nothing is made twice."""
    try:
        found.append((path, _seen(os.stat(path))))  # noqa: PTH116
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name == "__pycache__":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    _look(entry.path, found)
                else:
                    found.append((entry.path, _seen(entry.stat(follow_symlinks=False))))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return


def _seen(told: os.stat_result) -> tuple[int, ...]:
    return told.st_mode, told.st_size, told.st_mtime_ns, told.st_ino
