"""The JSON beside an examination: what is known of it and of its documents, and every statement in few bytes.

Takes `Views`, a page, and the records of its statements. Gives one JSON object. What most statements of a document have
in common – State, session, date, the file – is said once, with the document, and so is each heading and each rule,
which statements name by number; a statement says what is its own. What neither says has no value
(`docs/data-contract.md`, "Beside pages").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.contract import TERMS
from generator.corpus import LinkedStatement, PublishedExamination
from generator.exports.package import rights
from generator.exports.records import examination_record, known, one_line
from generator.exports.schemas import BY_NUMBER, COMMON, FOLDER
from generator.model import Kind, ReadDocument
from generator.pages import Page
from generator.pages.views import Views

Record = Mapping[str, Any]


def examination_json(views: Views, page: Page, examination: PublishedExamination, records: Sequence[Record]) -> bytes:
    """The file beside an examination's page; `records` are those of its statements, in their order."""
    held, corpus = examination.statements, views.corpus
    shared = [_shared(number, of, _records_in(of, held, records)) for number, of in enumerate(examination.documents)]
    by_path = {one.path: one for one in shared}
    head = {
        "schema": f"{'../' * page.depth}{FOLDER}examination.json",
        "page": page.address,
        "title": page.title,
        "terms": TERMS,
        "count": len(held),
        "examination": examination.key,
        "state": {"code": examination.state, "name": views.state(examination.state).text},
        "shared_with": list(examination.shared_with),
        "documents": [
            _document(examination, document) | {"common": one.common, **one.lists}
            for document, one in zip(examination.documents, shared, strict=True)
        ],
        "unanswered": [o.id for o in held if o.statement.kind is Kind.QUESTION and corpus.is_unanswered(o)],
        "retired": [
            {"id": one.id, "what": one.what, "note": one.note, "date": one.date, "into": one.into and one.into.anchor}
            for one in views.tombstones(examination)
        ],
        "pages": _places(views, page, held),
    }
    lines = (one_line(_own(record, by_path[one.path])) for one, record in zip(held, records, strict=True))
    members = [f'"{name}":{one_line(value)}' for name, value in head.items()]
    return "".join(("{", ",\n".join((*members, '"statements":[\n')), ",\n".join(lines), "\n]}\n")).encode()


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the statements of a document share. `lists` has the values that they name by number."""

    number: int
    path: str
    common: Record
    lists: Mapping[str, list[Any]]
    numbers: Mapping[str, Mapping[str, int]]


def _records_in(document: ReadDocument, held: Sequence[LinkedStatement], records: Sequence[Record]) -> list[Record]:
    path = document.document.source.path
    return [record for one, record in zip(held, records, strict=True) if one.path == path]


def _shared(number: int, document: ReadDocument, records: Sequence[Record]) -> _Shared:
    common, lists, numbers = {}, {}, {}
    if records:
        most = {name: Counter(record[name] for record in records).most_common(1)[0][0] for name in COMMON}
        common = known(most)
    for name, called in BY_NUMBER.items():
        values = {one_line(record[name]): record[name] for record in records if record[name]}
        lists[called] = list(values.values())
        numbers[name] = {value: number for number, value in enumerate(values)}
    return _Shared(number, document.document.source.path, common, lists, numbers)


def _document(examination: PublishedExamination, document: ReadDocument) -> dict[str, Any]:
    facts = next(one for one in document.examinations if one.key == examination.key)
    known_of = document.provenance
    record = examination_record(facts, document)
    # What was measured and not found is in `examinations.json`.
    health = record["health"]
    record["health"] = {**health, "measures": [one for one in health["measures"] if one["count"]]}
    return {
        **record,
        "kind": known_of.kind,
        "publisher": known_of.publisher,
        "notice": known_of.notice,
        "date": known_of.date,
        "url": known_of.url,
        "sha256": document.document.source.sha256,
        "rights": rights(document),
    }


def _own(record: Record, shared: _Shared) -> dict[str, Any]:
    """A record without what is said with its document; what differs from that is there, be it null."""
    own = {"id": record["id"], "document": shared.number} if shared.number else {"id": record["id"]}
    own |= known({name: value for name, value in record.items() if name not in shared.common and name != "source"})
    own |= {name: record[name] for name, value in shared.common.items() if record[name] != value}
    own |= {name: numbers[one_line(record[name])] for name, numbers in shared.numbers.items() if record[name]}
    if len(record["examinations"]) == 1:
        own.pop("examinations", None)
    # From the line where it begins: line, first column, last column; a fourth is 1 where it continues a word.
    spans = record["source"]["spans"]
    own["spans"] = [[o["line"], o["col_start"], o["col_end"], *((1,) if "glued" in o else ())] for o in spans]
    return own


def _places(views: Views, page: Page, held: Sequence[LinkedStatement]) -> list[dict[str, Any]]:
    """The other pages that show statements, each with the ids that are its anchors."""
    pages: dict[str, list[str]] = {}
    for one in held:
        if (place := views.place(one)) != page.address:
            pages.setdefault(place, []).append(one.id)
    return [{"address": address, "statements": ids} for address, ids in pages.items()]
