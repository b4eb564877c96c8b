"""The whole collection as data: every statement, every examination, and their checksums.

Takes the `Corpus`. Gives the files of `data/`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.corpus import Corpus
from generator.exports.records import examination_record, jsonl, statement_record
from generator.exports.tables import table


def export_files(corpus: Corpus) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of `data/`, by address, each in pieces: one whole would be the largest thing in memory.

    A file is taken to its end before the next one; the last holds the checksums of the others.
    """

    def records() -> Iterator[dict[str, Any]]:
        return (statement_record(one, corpus.documents[one.path]) for one in corpus.statements)

    def examinations() -> Iterator[str]:
        told = (
            examination_record(next(one for one in document.examinations if one.key == e.key), document)
            for e in corpus.examinations.values()
            for document in e.documents
        )
        between = "[\n "
        for record in told:
            # One record as it stands in the list: a space further to the right.
            yield between + json.dumps(record, ensure_ascii=False, indent=1).replace("\n", "\n ")
            between = ",\n "
        yield "\n]\n" if between != "[\n " else "[]\n"

    sums: dict[str, str] = {}

    def summed(name: str, texts: Iterable[str]) -> Iterator[bytes]:
        seen = hashlib.sha256()
        for text in texts:
            data = text.encode()
            seen.update(data)
            yield data
        sums[name] = seen.hexdigest()

    files = {
        "examinations.json": examinations(),
        "statements.csv": table(records()),
        "statements.jsonl": jsonl(records()),
    }
    for name, texts in files.items():
        yield f"data/{name}", summed(name, texts)
    yield "data/SHA256SUMS", (f"{sums[name]}  {name}\n".encode() for name in files)
