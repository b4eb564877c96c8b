"""What a site is made of besides its sources, as keys: while a key is the same, so is what was made under it.

Takes a `Project`. Gives digests of the program, the vocabularies, the templates and what the theme is given.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.build.project import Project
from generator.build.standing import environment
from generator.pages.stamps import digest

_PROGRAM = Path(__file__).parents[1]
# Packages whose release decides what is read or written.
_DEPENDS_ON = ("jinja2", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "pyyaml", "rapidfuzz")


@cache
def code() -> bytes:
    """This program, as its files are."""
    return digest(_contents([_PROGRAM], "*.py"))


@cache
def program() -> bytes:
    """This program, with what it depends on."""
    return digest([sys.version, *map(version, _DEPENDS_ON), code()])


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
    # Its hand-written pages have our head.
    places = [project.root / "content" / "pages", *(project.templates / part for part in ("theme", "partials"))]
    return digest([program(), data, *environment(project.root), "", *sorted(shapes), "", *_contents(places, "*")])


def _contents(folders: Iterable[Path], pattern: str) -> Iterator[bytes | str]:
    """Names and bytes of the files in these folders."""
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(folder).as_posix()
                yield path.read_bytes()
