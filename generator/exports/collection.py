"""The whole collection as data: every statement, every examination, and what tells of these files.

Takes `Views`, and the files beside the pages of examinations where they are written already: what they hold is the
same, one examination after another. Gives the files of `data/`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from generator.exports.package import Written, descriptor
from generator.exports.pages import lines_of, rows_of
from generator.exports.records import examination_record, jsonl, statement_record
from generator.exports.schemas import csvw, schemas
from generator.exports.tables import body, heading
from generator.exports.uhri import recommendations
from generator.pages.views import Views

Beside = Callable[[str], bytes]


def export_files(views: Views, beside: Beside | None = None) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of `data/`, by address, each in pieces: one whole would be the largest thing in memory.

    A file is taken to its end before the next one; the last holds the checksums of the others. `beside` gives what is
    written beside an examination, by address.
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

        return f"data/{name}", pieces()

    yield noted("examinations.json", _examinations(views))
    yield noted("recommendations-uhri.csv", recommendations(views))
    yield noted("statements.csv", chain([heading()], _told(views, beside, "index.csv", rows_of, body)))
    yield noted("statements.jsonl", _told(views, beside, "index.json", lines_of, jsonl))
    for name, schema in schemas().items():
        yield noted(f"schemas/{name}", [_json(schema)])
    yield noted("statements.csv-metadata.json", [_json(csvw())])
    yield noted("datapackage.json", [_json(descriptor(views, written, views.rows))])
    yield "data/SHA256SUMS", (f"{one.sha256}  {name}\n".encode() for name, one in sorted(written.items()))


def _told(
    views: Views,
    beside: Beside | None,
    name: str,
    taken: Callable[[bytes], bytes],
    make: Callable[[Iterable[dict[str, Any]]], Iterable[str]],
) -> Iterator[str | bytes]:
    """Every statement once: taken from the file of this name beside its examination, or made.

    What two examinations share stands beside both and here once: such a one is made.
    """
    for examination in views.corpus.examinations.values():
        own = [one for one in examination.statements if one.examination == examination.key]
        if own and beside and len(own) == len(examination.statements):
            yield taken(beside(f"{examination.address}{name}"))
        else:
            yield from make(statement_record(one, views.document(one)) for one in own)


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _examinations(views: Views) -> Iterator[str]:
    told = (
        examination_record(next(one for one in document.examinations if one.key == e.key), document)
        for e in views.corpus.examinations.values()
        for document in e.documents
    )
    between = "[\n "
    for record in told:
        # One record as it stands in the list: a space further to the right.
        yield between + json.dumps(record, ensure_ascii=False, indent=1).replace("\n", "\n ")
        between = ",\n "
    yield "\n]\n" if between != "[\n " else "[]\n"
