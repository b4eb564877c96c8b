"""The whole collection as data: every statement, every examination, and what tells of these files.

Takes `Views`. Gives the files of `data/`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.exports.package import Written, descriptor
from generator.exports.records import examination_record, jsonl, statement_record
from generator.exports.schemas import csvw, schemas
from generator.exports.tables import table
from generator.exports.uhri import recommendations
from generator.pages.views import Views


def export_files(views: Views) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of `data/`, by address, each in pieces: one whole would be the largest thing in memory.

    A file is taken to its end before the next one; the last holds the checksums of the others.
    """
    corpus = views.corpus
    written: dict[str, Written] = {}

    def records() -> Iterator[dict[str, Any]]:
        return (statement_record(one, corpus.documents[one.path]) for one in corpus.statements)

    def noted(name: str, texts: Iterable[str]) -> tuple[str, Iterator[bytes]]:
        def pieces() -> Iterator[bytes]:
            seen, size = hashlib.sha256(), 0
            for text in texts:
                data = text.encode()
                seen.update(data)
                size += len(data)
                yield data
            written[name] = Written(size, seen.hexdigest())

        return f"data/{name}", pieces()

    yield noted("examinations.json", _examinations(views))
    yield noted("recommendations-uhri.csv", recommendations(views))
    yield noted("statements.csv", table(records()))
    yield noted("statements.jsonl", jsonl(records()))
    for name, schema in schemas().items():
        yield noted(f"schemas/{name}", [_json(schema)])
    yield noted("statements.csv-metadata.json", [_json(csvw())])
    yield noted("datapackage.json", [_json(descriptor(views, written, views.rows))])
    yield "data/SHA256SUMS", (f"{one.sha256}  {name}\n".encode() for name, one in sorted(written.items()))


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
