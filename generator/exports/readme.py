"""The file that tells people what is in `data/`, and what follows the files that ended.

Takes the kinds of files that ended, by the registry. Gives Markdown that reads well as plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.contract import ABOUT_FILES, DATA_FILES, DEFUSED, STATE_FILES, STATES, TERMS, VERSION
from generator.registry import EndedFiles


def readme(ended: Iterable[EndedFiles]) -> str:
    """The file."""
    return "\n".join((*_held(), *_ended(ended))) + "\n"


def _held() -> Iterator[str]:
    yield "# The data of this site"
    yield ""
    yield f"Data contract {VERSION}. The page beside this file, `index.html`, says more and links the whole contract."
    yield ""
    for one in STATE_FILES:
        yield f"- `{STATES}*{one.name}`: of each State {one.says}"
    for one in (*DATA_FILES, *(one for one in ABOUT_FILES if one.name != "README.md")):
        yield f"- `{one.name}`: {one.says}"
    yield "- `schemas/`: the form of the JSON files, as JSON Schemas"
    yield ""
    yield f"The files of States are named as their pages are. `{STATES}*.csv`, read together, are one table: the whole."
    yield "Beside each examination's page are its JSON, its table and entries for reference managers; beside the first"
    yield "page of a theme, a session and a kind is its table. All tables of statements have the same columns."
    yield ""
    yield "A field without a value is left out of JSON. In tables:"
    yield DEFUSED
    yield ""
    yield TERMS
    yield "Counts say how much was written down, not how a State performs."


def _ended(ended: Iterable[EndedFiles]) -> Iterator[str]:
    for since, kinds in groupby(
        sorted(ended, key=lambda one: _numbers(one.since), reverse=True), lambda one: one.since
    ):
        yield ""
        yield f"## What ended with version {since}"
        yield ""
        yield "Addresses are from the root of the site. `*` is any name, the same one in what follows."
        yield ""
        for one in kinds:
            follows = f" Take `{one.follows}`." if one.follows else ""
            yield f"- `{one.pattern}`:{follows} {one.says}"


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]
