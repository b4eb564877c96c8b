"""The registry brought up to date: every id that is published now, with its words, and every address of a page.

Takes a `Reading` without errors. Gives the files of `registry/`, one an examination, `pages.txt` and `files.txt`,
written beside the sources. What was retired or renamed keeps its line, without the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.build.publication import plan_of
from generator.build.reading import Reading
from generator.exports import file_kinds
from generator.registry import FILE_KINDS, PAGES, dump_addresses, dump_entries, dump_file_kinds


@dataclass(frozen=True, slots=True)
class Registration:
    """What was registered: the files that changed, ids that are new, ids that are retired since, new addresses.

    `addresses` is None where the sources stand in several collections: a page tells of all, and so belongs to none.
    """

    files: tuple[Path, ...]
    new: int
    retired: int
    addresses: int | None


def register(reading: Reading, write: bool = True) -> Registration:
    """Write what is not yet registered; with `write` unset, only say what that would be."""
    registry, corpus = reading.registry, reading.corpus
    folders = sorted(set(reading.registries.values()))
    known = registry.addresses.known
    pages = {one.address: one.pages for one in known.values()}
    if len(folders) == 1:
        for address, number in plan_of(reading).addresses(reading.project.hand_written).items():
            pages[address] = max(number, pages.get(address, 1))
    changed = []
    of_site = []
    if len(folders) == 1:
        kinds = {*file_kinds(), *(one.pattern for one in registry.files)}
        of_site = [(folders[0] / PAGES, dump_addresses(pages)), (folders[0] / FILE_KINDS, dump_file_kinds(kinds))]
    for file, text in (*_ids(reading, folders), *of_site):
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            changed.append(file)
            if write:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
    retired = sum(1 for id_ in registry.retired if id_ in registry.entries and registry.entries[id_].words is not None)
    new = sum(1 for one in corpus.statements if one.id not in registry.entries)
    return Registration(tuple(changed), new, retired, len(pages) - len(known) if len(folders) == 1 else None)


def _ids(reading: Reading, folders: list[Path]) -> Iterator[tuple[Path, str]]:
    """The files of ids, one an examination."""
    # The register remembers words, by which a statement is found again.
    registry, corpus = reading.registry, reading.gathered
    wanted: dict[str, dict[str, str | None]] = defaultdict(dict)
    for entry in registry.entries.values():
        stands = entry.id not in registry.retired and registry.current(entry.id) == entry.id
        wanted[entry.examination][entry.id] = entry.words if stands else None
    for one in corpus.statements:
        wanted[one.id.rsplit(".", 1)[0]][one.id] = one.statement.text
    for key, entries in sorted(wanted.items()):
        file = next((path for folder in folders if (path := folder / f"{key}.jsonl").is_file()), None)
        if key in corpus.examinations:
            first = corpus.examinations[key].documents[0].document.source.path
            file = file or reading.registries[first] / f"{key}.jsonl"
        if file:
            yield file, dump_entries(entries.items())
