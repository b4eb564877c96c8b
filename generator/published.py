"""Records of statements out of published files, of both versions of the data contract.

Takes a data file, or a folder: a site, its `data/`. Gives whole records: what files of version 2 leave out has the
value that stands for none. Fields that version 1 did not have are absent in its records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.contract import STATEMENT, STATES

WHOLE = "statements.jsonl"
# Fields that hardly any statement has: records written in full have them all the same.
_SELDOM = ("speaker_name", "due", "reviewed", "flags")
_EMPTY = {one.name: one.empty for one in STATEMENT}


class PublishedError(Exception):
    """What was given holds no statements, or cannot be read."""


def data_files(folder: Path) -> tuple[Path, ...]:
    """The files with the statements of a site, or of its `data/`; none where there are none."""
    for data in (folder, folder / "data"):
        if (data / WHOLE).is_file():
            return (data / WHOLE,)
        if files := tuple(sorted((data / STATES).glob("*.jsonl"))):
            return files
    return tuple(sorted(folder.glob("*.jsonl"))) if folder.resolve().name == STATES.rstrip("/") else ()


def records(file: Path) -> list[dict[str, Any]]:
    """The statements of a file. Raises PublishedError at the first line that is none."""
    read = list(_lines(file))
    if all(name in one for one in read for name in _SELDOM):
        return read
    return [_whole(one) for one in read]


def _whole(record: dict[str, Any]) -> dict[str, Any]:
    """A record with every field, as `sessional read` prints it."""
    found = {
        name: record.get(name, list(empty) if isinstance(empty, list) else empty) for name, empty in _EMPTY.items()
    }
    if "examinations" not in record:
        found["examinations"] = [record["examination"]] if record.get("examination") else []
    return found | record


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                record = json.loads(line)
                if not isinstance(record, dict) or not isinstance(record.get("id"), str):
                    raise PublishedError(f"{file}:{number} is no statement of the data contract")
                yield record
    except (ValueError, OSError) as error:
        raise PublishedError(f"{file} cannot be read as statements: {error}") from None
