"""The registry brought up to date: every id that is published now, with its words.

Takes a `Reading` without errors. Gives the files of `registry/`, one an examination, written beside the sources. What
was retired keeps its line, without the words.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from generator.build.reading import Reading
from generator.registry import dump_entries


@dataclass(frozen=True, slots=True)
class Registration:
    """What was registered: the files that changed, ids that are new and ids that are retired since."""

    files: tuple[Path, ...]
    new: int
    retired: int


def register(reading: Reading, write: bool = True) -> Registration:
    """Write what is not yet registered; with `write` unset, only say what that would be."""
    registry, corpus = reading.registry, reading.corpus
    wanted: dict[str, dict[str, str | None]] = defaultdict(dict)
    for entry in registry.entries.values():
        wanted[entry.examination][entry.id] = None if entry.id in registry.retired else entry.words
    for one in corpus.statements:
        wanted[one.id.rsplit(".", 1)[0]][one.id] = one.statement.text
    changed = []
    for key, entries in sorted(wanted.items()):
        files = [folder / f"{key}.jsonl" for folder in sorted(set(reading.registries.values()))]
        file = next((one for one in files if one.is_file()), None)
        if key in corpus.examinations:
            first = corpus.examinations[key].documents[0].document.source.path
            file = file or reading.registries[first] / f"{key}.jsonl"
        text = dump_entries(entries.items())
        if file and (not file.is_file() or file.read_text(encoding="utf-8") != text):
            changed.append(file)
            if write:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
    retired = sum(1 for id_ in registry.retired if id_ in registry.entries and registry.entries[id_].words is not None)
    new = sum(1 for one in corpus.statements if one.id not in registry.entries)
    return Registration(tuple(changed), new, retired)
