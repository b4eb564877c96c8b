"""The files beside each page that lists statements: the same statements for machines, under the page's own name.

Takes `Views` and a page. Gives files by address, in pieces: `index.json` and `index.csv` beside `index.html`. Beside
the page of an examination they hold everything. Beside a list they name what it lists; its records stand with their
examinations, for ten lists would repeat every word ten times (docs/decisions/0011-data-beside-pages.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from generator.contract import TERMS
from generator.corpus import LinkedStatement, PublishedExamination
from generator.exports.citations import citation_files
from generator.exports.package import rights
from generator.exports.records import examination_record, one_line, statement_record
from generator.exports.schemas import FOLDER
from generator.exports.tables import MARK, rows, table
from generator.model import Kind
from generator.pages import Page
from generator.pages.page import CITATION_FILES, FILES
from generator.pages.views import KIND_LABELS, POSITIONS, Views, speaker_label

PAGE_FILES = tuple(name for name, _, _ in (*FILES, *CITATION_FILES))

# The columns beside a list, for people; those of an examination are the contract's.
_LISTED = (
    "Id, State, Session, Date, Kind, Speaker, Speaking, Text, Themes, Number, Position, Recommended by, "
    "Kind of source, Permalink"
).split(", ")

_Held = Callable[[PublishedExamination], tuple[str, str, str]]

# The member that holds the records of an examination; what stands between two members of a list, and after the last.
_STATEMENTS, _BETWEEN, _AFTER = "statements", ",\n  ", "\n ]\n}\n"


def page_files(views: Views, page: Page) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files beside a page, by address; none where it lists no statements."""
    if not page.holds:
        return
    whole = views.corpus.by_address.get(page.address)
    told, held = (_list(views, page), _listed(views, page)) if whole is None else _examination(views, page, whole)
    yield f"{page.address}index.json", map(str.encode, told)
    yield f"{page.address}index.csv", map(str.encode, _marked(held))
    yield from ((name, iter((data,))) for name, data in citation_files(views, page))


def _marked(texts: Iterable[str]) -> Iterator[str]:
    yield MARK
    yield from texts


def _head(page: Page, schema: str) -> dict[str, Any]:
    assert page.holds is not None  # noqa: S101 - asked before
    up = "../" * page.depth
    return {
        "schema": f"{up}{FOLDER}{schema}",
        "page": page.address,
        "title": page.title,
        "terms": TERMS,
        "count": len(page.holds),
    }


def _written(head: dict[str, Any], name: str, records: Iterable[Any]) -> Iterator[str]:
    """An object whose last member is a list, one record a line: neither it nor its text is ever whole in memory."""
    yield f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "{name}": ['
    between = "\n  "
    for line in map(one_line, records):
        yield between + line
        between = _BETWEEN
    yield _AFTER


# --- the page of an examination -----------------------------------------------------------------------------------


def _examination(views: Views, page: Page, examination: PublishedExamination) -> tuple[Iterator[str], Iterator[str]]:
    held, corpus = examination.statements, views.corpus
    asked = (one.id for one in held if one.statement.kind is Kind.QUESTION and corpus.is_unanswered(one))
    head = _head(page, "examination.json") | {
        "examination": examination.key,
        "state": {"code": examination.state, "name": views.state(examination.state).text},
        "shared_with": list(examination.shared_with),
        "documents": [_document(examination, document) for document in examination.documents],
        "unanswered": list(asked),
        "retired": [
            {"id": one.id, "what": one.what, "note": one.note, "date": one.date, "into": one.into and one.into.anchor}
            for one in views.tombstones(examination)
        ],
        "pages": _places(views, held),
    }

    def records() -> Iterator[dict[str, Any]]:
        return (statement_record(one, views.document(one)) for one in held)

    return _written(head, _STATEMENTS, records()), table(records())


def lines_of(data: bytes) -> bytes:
    """The records in the JSON beside an examination, one a line."""
    # No record has a line's end in it, and only the object's own members stand one space to the right.
    records = data.partition(f'\n "{_STATEMENTS}": [\n  '.encode())[2].removesuffix(_AFTER.encode())
    return records.replace(_BETWEEN.encode(), b"\n") + b"\n"


def rows_of(data: bytes) -> bytes:
    """The lines of the table beside an examination, without that of the names."""
    return data.partition(b"\r\n")[2]


def _document(examination: PublishedExamination, document: Any) -> dict[str, Any]:
    facts = next(one for one in document.examinations if one.key == examination.key)
    known = document.provenance
    return {
        **examination_record(facts, document),
        "kind": known.kind,
        "publisher": known.publisher,
        "notice": known.notice,
        "date": known.date,
        "url": known.url,
        "sha256": document.document.source.sha256,
        "rights": rights(document),
    }


# --- lists --------------------------------------------------------------------------------------------------------


def _list(views: Views, page: Page) -> Iterator[str]:
    groups: dict[str, list[LinkedStatement]] = {}
    for one in page.holds or ():
        groups.setdefault(views.corpus.examination_of(one).key, []).append(one)
    up = "../" * page.depth
    told = (
        {
            "examination": key,
            "data": f"{up}{views.corpus.examinations[key].address}index.json",
            "pages": _places(views, held),
        }
        for key, held in groups.items()
    )
    return _written(_head(page, "page.json"), "examinations", told)


def _places(views: Views, held: Iterable[LinkedStatement]) -> list[dict[str, Any]]:
    """Where statements are shown: pages, each with the ids that are its anchors."""
    pages: dict[str, list[str]] = {}
    for one in held:
        pages.setdefault(views.place(one), []).append(one.id)
    return [{"address": address, "statements": ids} for address, ids in pages.items()]


def _listed(views: Views, page: Page) -> Iterator[str]:
    columns = [one for one in _LISTED if page.worded or one != "Text"]
    # What is said of an examination is said in the row of each of its statements.
    held = cache(partial(_held, views))
    return rows(columns, (_row(views, one, page.worded, held) for one in page.holds or ()))


def _row(views: Views, linked: LinkedStatement, worded: bool, held: _Held) -> list[object]:
    statement, document = linked.statement, views.document(linked)
    provenance = document.provenance
    speaking = [statement.speaker_name] if statement.speaker_name else _named(views, statement.speaker_states)
    return [
        linked.id,
        *held(views.corpus.examination_of(linked)),
        KIND_LABELS[statement.kind][0],
        speaker_label(statement.speaker, provenance),
        speaking,
        *([statement.text] if worded else ()),
        [views.theme(theme).text for theme in statement.themes],
        statement.number,
        POSITIONS[statement.response][0] if statement.listed else "",
        _named(views, statement.recommending_states),
        provenance.kind,
        views.written(views.permalink(linked)),
    ]


def _held(views: Views, examination: PublishedExamination) -> tuple[str, str, str]:
    """State, session and date of an examination."""
    facts = examination.facts
    return (
        views.state(examination.state).text,
        f"{examination.frame}, {facts.session.name if facts.session else examination.session}",
        facts.date.value if facts.date else "not recorded",
    )


def _named(views: Views, codes: Iterable[str]) -> list[str]:
    return [views.state(code).text for code in codes]
