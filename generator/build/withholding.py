"""A redaction written down: which statement or whose name is withheld from everything that is published.

Takes a `Reading` and an editor's word. Gives the entry, added to `redactions.yaml` beside the sources, what it will
hide, and the files of the project in which the words still stand – a redaction takes nothing out of those.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.build.project import Project
from generator.build.publication import plan_of
from generator.build.reading import Reading, read_project
from generator.redactions import FILE, Redaction, dump_redaction, mark, places_of, words
from generator.registry import MOVED, PAGES
from generator.text.source import Location

_HEAD = """\
# What is withheld from pages, search, bundle, data and feeds. `sessional redact` writes the entries: the words
# themselves do not stand here, only marks of them.
format: redactions/1
redactions:
"""


class RedactionError(Exception):
    """Why nothing can be withheld."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """What an entry hides: in how many documents, at how many places; and files that still hold the words."""

    redaction: Redaction
    file: Path
    documents: int
    places: int
    still: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an editor says of a redaction."""

    reason: str
    note: str
    date: str
    editor: str


def withhold_statement(reading: Reading, id_: str, told: Told, write: bool = True) -> Withholding:
    """Withhold a statement. Raises RedactionError where none has this id."""
    linked = reading.gathered.by_id.get(id_)
    if linked is None:
        raise RedactionError(f"no statement has the id {id_}")
    return _written(reading, id_, "statement", [words(linked.statement.text)], told, write)


def withhold_person(reading: Reading, forms: Sequence[str], told: Told, write: bool = True) -> Withholding:
    """Withhold a person's name, in all forms it is written in. Raises RedactionError where none is found."""
    rows = [words(form) for form in forms]
    if not all(rows):
        raise RedactionError("a name has letters")
    number = sum(1 for one in reading.redactions if one.kind == "person") + 1
    done = _written(reading, f"name-{number}", "person", rows, told, write=False)
    if not done.places:
        raise RedactionError("the name is found in no source; is it written in another way there?")
    return _written(reading, f"name-{number}", "person", rows, told, write)


def _written(
    reading: Reading, id_: str, kind: str, rows: Sequence[Sequence[str]], told: Told, write: bool
) -> Withholding:
    folder = next(iter(sorted(set(reading.registries.values()))), None)
    if folder is None:
        raise RedactionError("there are no sources")
    file = folder.parent / FILE
    redaction = Redaction(
        id_, kind, tuple(map(mark, rows)), told.reason, told.note, told.date, told.editor, Location(str(file))
    )
    counts = [_places(redaction, document.document.source.text) for document in reading.documents]
    if write:
        before = file.read_text(encoding="utf-8") if file.is_file() else _HEAD
        file.write_text(before + dump_redaction(redaction), encoding="utf-8", newline="\n")
    still = tuple(sorted(_still(folder.parent, redaction, reading)))
    return Withholding(redaction, file, sum(1 for number in counts if number), sum(counts), still)


def let_pages_go(project: Project, told: Told) -> tuple[int, int]:
    """Settle the addresses of pages that a redaction took away; gives how many are gone, and how many forgotten.

    A page without its statements is told of as gone. The address of a person's page names the person: it is forgotten.
    """
    reading = read_project(project)
    addresses, pages = reading.registry.addresses, plan_of(reading).pages
    there = {page.address for page in pages} | project.hand_written
    lost = [one for one in addresses.known if one not in there and addresses.departure(one) is None]
    named = [one for one in lost if one.startswith("people/")]
    gone = [one for one in lost if one not in named]
    for folder in sorted(set(reading.registries.values())):
        if named and (file := folder / PAGES).is_file():
            kept = [line for line in file.read_text(encoding="utf-8").splitlines() if line.split(" ")[0] not in named]
            file.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8", newline="\n")
        if gone:
            _tell_gone(folder / MOVED, gone, told)
            break  # one folder's word is enough
    return len(gone), len(named)


def _tell_gone(file: Path, gone: Sequence[str], told: Told) -> None:
    entries = "".join(
        f"- {{address: {one}, reason: {json.dumps(told.note, ensure_ascii=False)}, date: {told.date}, "
        f"editor: {json.dumps(told.editor, ensure_ascii=False)}}}\n"
        for one in gone
    )
    before = file.read_text(encoding="utf-8") if file.is_file() else "format: moved/1\n"
    head, listed, rest = before.partition("\ngone:\n")
    text = f"{head}{listed}{entries}{rest}" if listed else f"{before}gone:\n{entries}"
    file.write_text(text, encoding="utf-8", newline="\n")


def _places(redaction: Redaction, text: str) -> int:
    """How many places are hidden; a whole name and the last name in it are one."""
    number, reached = 0, 0
    for start, end in sorted(places_of(redaction, text)):
        number += start >= reached
        reached = max(reached, end)
    return number


def _still(folder: Path, redaction: Redaction, reading: Reading) -> Iterator[str]:
    """Files of the project in which the words stand: they are published with the repository, if with nothing else."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".md", ".yaml", ".yml", ".jsonl", ".txt"):
            text = path.read_text(encoding="utf-8", errors="replace")
            if any(places_of(redaction, text)):
                yield reading.project.shown(path)
