"""The whole collection as data: the statements of each State, every examination, and what tells of these files.

Takes `Views`, and the files of States where they are written already. Gives the files of `data/`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.contract import STATES
from generator.exports.package import Written, descriptor
from generator.exports.readme import readme
from generator.exports.records import examination_record, one_line
from generator.exports.schemas import csvw, schemas
from generator.exports.states import CSV, state_file_names, state_files, with_statements
from generator.pages.views import Views

_FOLDER = "data/"


def export_files(views: Views, read: Callable[[str], bytes] | None = None) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of `data/`, by address, each in pieces: one whole would be the largest thing in memory.

    A file is taken to its end before the next one; the last holds the checksums of the others. `read` gives a file of a
    State that is written already; those are not given again.
    """
    written: dict[str, Written] = {}

    def noted(name: str, told: Iterable[str | bytes]) -> tuple[str, Iterator[bytes]]:
        def pieces() -> Iterator[bytes]:
            seen, size = hashlib.sha256(), 0
            for one in told:
                data = one.encode() if isinstance(one, str) else one
                seen.update(data)
                size += len(data)
                yield data
            written[name] = Written(size, seen.hexdigest())

        return f"{_FOLDER}{name}", pieces()

    for code in with_statements(views):
        if read:
            for address in state_file_names(views, code):
                data = read(address)
                written[address.removeprefix(_FOLDER)] = Written(len(data), hashlib.sha256(data).hexdigest())
        else:
            for address, data in state_files(views, code):
                yield noted(address.removeprefix(_FOLDER), [data])
    yield noted("examinations.json", _examinations(views))
    for name, schema in schemas().items():
        yield noted(f"schemas/{name}", [_json(schema)])
    tables = [name.removeprefix(STATES) for name in written if name.startswith(STATES) and name.endswith(CSV)]
    if tables:
        yield noted(f"{STATES}csv-metadata.json", [_json(csvw(tables))])
    yield noted("README.md", [readme(views.registry.ended)])
    yield noted("datapackage.json", [_json(descriptor(views, written, views.rows))])
    yield f"{_FOLDER}SHA256SUMS", (f"{one.sha256}  {name}\n".encode() for name, one in sorted(written.items()))


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _examinations(views: Views) -> Iterator[str]:
    """A list, one record a line."""
    told = (
        examination_record(next(one for one in document.examinations if one.key == e.key), document)
        for e in views.corpus.examinations.values()
        for document in e.documents
    )
    between = "[\n"
    for record in told:
        yield between + one_line(record)
        between = ",\n"
    yield "\n]\n" if between != "[\n" else "[]\n"
