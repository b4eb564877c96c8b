"""What a site is made of besides its sources, as keys: while a key is the same, so is what was made under it.

Takes a `Project`. Gives digests of the program, the vocabularies, the templates and what the theme is given; and the
places to look at to know whether anything at all changed.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from generator.build.project import Project

_PROGRAM = Path(__file__).parents[1]
# Packages whose release decides what is read or written.
_DEPENDS_ON = ("jinja2", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "pyyaml", "rapidfuzz")
_VARIABLE = re.compile(rb"[A-Z][A-Z0-9_]{2,}")


def digest(parts: Iterable[bytes | str]) -> bytes:
    """One digest of several values, told apart from one another."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()


@cache
def program() -> bytes:
    """This program, with what it depends on."""
    return digest([sys.version, *map(version, _DEPENDS_ON), *_contents([_PROGRAM], "*.py")])


def vocabularies(project: Project) -> bytes:
    """Everything that is known before a source is read."""
    return digest([program(), *_contents(project.vocabulary_folders, "*")])


def templates(project: Project) -> bytes:
    """How our pages are shown, and their assets."""
    return digest(_contents([project.templates], "*"))


def theme(project: Project, shapes: Iterable[str]) -> bytes:
    """What the theme is given: its configuration, hand-written pages, and the shapes of our pages."""
    configuration = project.root / "mkdocs.yml"
    data = configuration.read_bytes()
    places = [project.root / "content" / "pages", project.templates / "theme"]
    return digest([program(), data, *_environment(data), "", *sorted(shapes), "", *_contents(places, "*")])


def places(project: Project) -> Iterator[Path]:
    """Where a build looks at: a change of anything it reads is a change of a file here."""
    yield from (_PROGRAM, Path(sysconfig.get_path("purelib")) / "mkdocs", project.root / "mkdocs.yml")
    yield from (project.root / "content", project.templates, *project.vocabulary_folders, *project.source_paths)
    for given in project.source_paths:
        for above in (given.resolve(), *given.resolve().parents[:3]):
            yield from (above / name for name in ("sources.yaml", "threads.yaml", "corrections"))


def environment(project: Project) -> list[str]:
    """The variables that the configuration of the theme names, with their values."""
    try:
        return _environment((project.root / "mkdocs.yml").read_bytes())
    except OSError:
        return []


def _environment(configuration: bytes) -> list[str]:
    names = sorted({name.decode() for name in _VARIABLE.findall(configuration)})
    return [f"{name}={os.environ[name]}" for name in names if name in os.environ]


def _contents(folders: Iterable[Path], pattern: str) -> Iterator[bytes | str]:
    """Names and bytes of the files in these folders."""
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(folder).as_posix()
                yield path.read_bytes()
