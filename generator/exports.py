"""The same facts for machines: one JSON object a statement, tables, examinations with the origin of each fact.

Takes the `Corpus`, or one document that was read. Gives records and files by address. The field names and their
meaning are the data contract, version 1 (`docs/data-contract.md`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.corpus import Corpus, LinkedStatement, PublishedExamination
from generator.model import Examination, Fact, Kind, ReadDocument
from generator.pages.brief import selections
from generator.pages.views import DOCUMENT_WORDS, StatementView, Views
from generator.render import links_from


def statement_record(linked: LinkedStatement, document: ReadDocument) -> dict[str, Any]:
    """One statement as the contract has it; what its document does not tell is null."""
    statement, source = linked.statement, document.document.source
    examination = document.examinations_of(statement)[0]
    shown = document.provenance.rights.source_text != "none"
    return {
        "id": linked.id,
        "examination": linked.examination,
        "examinations": list(linked.examinations),
        "state": examination.state.value if examination.state else None,
        "body": examination.body or None,
        "treaty": examination.treaty.value if examination.treaty else None,
        "session": int(examination.session.value) if examination.session else None,
        "date": examination.date.value if examination.date else None,
        "kind": statement.kind,
        "speaker": statement.speaker,
        "speaker_name": statement.speaker_name,
        "speaker_states": list(statement.speaker_states),
        "attribution": statement.attribution,
        "text": statement.text if shown else None,
        "lang": statement.lang,
        "section": list(statement.section.path),
        "themes": list(statement.themes),
        "groups": list(statement.groups),
        "cites": [
            {
                "id": c.id,
                "text": c.text if shown else None,
                "article": c.article,
                "law": c.law,
                "carried": c.carried,
                "symbol": c.symbol,
            }
            for c in statement.cites
        ],
        "number": statement.number,
        "listed": statement.listed,
        "recommending_states": list(statement.recommending_states),
        "response": statement.response,
        "due": {
            "date": statement.due.date,
            "precision": statement.due.precision,
            "text": statement.due.text if shown else None,
        }
        if statement.due
        else None,
        "replies_to": list(linked.replies_to),
        "answered_by": list(linked.answered_by),
        "rule": statement.rule,
        "confidence": statement.confidence,
        "reviewed": statement.reviewed,
        "flags": list(statement.flags),
        "alternatives": [{"kind": a.kind, "speaker": a.speaker} for a in statement.alternatives],
        "source_kind": document.provenance.kind or None,
        "source": {
            "path": source.path.rsplit("/", 1)[-1],
            "sha256": source.sha256,
            "spans": [{"line": s.line, "col_start": s.col_start, "col_end": s.col_end} for s in statement.spans],
        },
    }


def examination_record(examination: Examination, document: ReadDocument) -> dict[str, Any]:
    """One examination with every fact, where it is written and which rule found it."""
    shown = document.provenance.rights.source_text != "none"
    facts: dict[str, Any] = {}
    several = ("ratifications", "delegation", "rapporteurs", "troika")
    for name, fact in examination.facts():
        record = _fact_record(fact, shown)
        if name in several:
            facts.setdefault(name, []).append(record)
        else:
            facts[name] = record
    path = document.document.source.path.rsplit("/", 1)[-1]
    return {
        "examination": examination.key,
        "body": examination.body or None,
        "mechanism": examination.mechanism,
        "path": path,
        "facts": facts,
    }


def _fact_record(fact: Fact, shown: bool) -> dict[str, Any]:
    return {
        "value": fact.value,
        "name": fact.name,
        **({"of": fact.of} if fact.of else {}),
        "status": fact.status,
        "text": fact.text if shown else None,
        "rule": fact.rule,
        "spans": [{"line": s.line, "col_start": s.col_start, "col_end": s.col_end} for s in fact.spans],
    }


def jsonl(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line a record."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n"


_COLUMNS = (
    "id examination state body treaty session date kind speaker speaker_name attribution text lang section themes "
    "groups due replies_to answered_by rule confidence reviewed flags source_kind path line number listed "
    "recommending_states response speaker_states"
).split()


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
        "statements.csv": _table(records()),
        "statements.jsonl": jsonl(records()),
    }
    for name, texts in files.items():
        yield f"data/{name}", summed(name, texts)
    yield "data/SHA256SUMS", (f"{sums[name]}  {name}\n".encode() for name in files)


# What stands beside an examination's pages; not all of it beside each.
EXAMINATION_FILES = ("places.js", "starter.md", "starter.csv", "list.js")


def examination_files(views: Views, examination: PublishedExamination) -> Iterator[tuple[str, bytes]]:
    """The files beside an examination's pages, by address."""
    yield from _place_files(views, examination)
    yield from _starter_files(views, examination)
    yield from _list_files(views, examination)


def _place_files(views: Views, examination: PublishedExamination) -> Iterator[tuple[str, bytes]]:
    """Of an examination of several pages, on which of them its statements stand: an old address finds its page.

    A script, as the search index is, so that it works without a server.
    """
    if place := views.places(examination):
        pages: dict[str, list[str]] = {}
        for id_, address in views.layout(examination).places.items():
            pages.setdefault(address.removeprefix(examination.address), []).append(id_.rsplit(".", 1)[-1])
        # What is published no more is told of on the first page.
        for gone in views.tombstones(examination):
            pages.setdefault("", []).append(gone.anchor.rsplit(".", 1)[-1])
        told = json.dumps({page: " ".join(ids) for page, ids in pages.items()}, separators=(",", ":"))
        yield place.address, f"__sessionalPlaces({told});\n".encode()


# The columns of a starter table for a shadow report; the last three are its author's to fill.
_STARTER = ("Id", "Kind", "Speaker", "Words", "Note", "Theme", "Source line", "Permalink")
_AUTHORS = ("What has happened since", "Evidence", "What should be asked")


def _starter_files(views: Views, examination: PublishedExamination) -> Iterator[tuple[str, bytes]]:
    """What a shadow report answers, as tables to fill: Markdown, and CSV for a spreadsheet."""
    rows = [
        _starter_row(views, one, selection.kind is Kind.QUESTION)
        for selection in selections(views, examination)
        for one in selection.linked
    ]
    yield f"{examination.address}starter.md", _starter_markdown(views, examination, rows).encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*_STARTER, *_AUTHORS))
    writer.writerows([*map(_cell, row), *("" for _ in _AUTHORS)] for row in rows)
    # A spreadsheet takes a file without the mark for an older encoding.
    yield f"{examination.address}starter.csv", b"\xef\xbb\xbf" + out.getvalue().encode()


def _starter_row(views: Views, linked: LinkedStatement, unanswered: bool) -> tuple[str, ...]:
    view, document = views.statement(linked, brief=True), views.document(linked)
    what = DOCUMENT_WORDS.get(document.provenance.kind, "document")
    symbol = document.examination.symbol.value if document.examination.symbol else ""
    file = document.document.source.path.rsplit("/", 1)[-1]
    notes = [view.number, view.position, view.due, *view.notes]
    if unanswered:
        notes.append(f"no answer is recorded in this {what}")
    if view.kind is Kind.COMMITMENT and not view.due:
        notes.append("no date given")
    return (
        view.id,
        view.kind,
        _speaker(view),
        view.text,
        "; ".join(filter(None, notes)),
        "; ".join(theme.text for theme in view.themes),
        f"{document.provenance.publisher}, {what}, {symbol or file}, {view.line}",
        views.written(view.permalink),
    )


def _speaker(view: StatementView) -> str:
    """Who speaks, with the names that are known."""
    names = ", ".join(who.text for who in view.states or view.people)
    return f"{view.speaker}: {names}" if names else view.speaker


def _starter_markdown(views: Views, examination: PublishedExamination, rows: Iterable[tuple[str, ...]]) -> str:
    """The table with a head that says whose words these are."""
    name = f"{views.state(examination.state).text}: {views.examination(examination).text}"
    told = [f"# Starter table for a shadow report: {_markdown(name)}", ""]
    for document in examination.documents:
        one = document.provenance
        told += [
            _markdown(
                f"{one.badge} {one.notice} Written by {one.publisher}. Rights: {one.rights.holder}. {one.rights.terms}"
            ),
            "",
        ]
    columns = (*_STARTER, *_AUTHORS)
    told += [
        "Words are quoted word for word, each with whose they are. The last three columns are yours.",
        "",
        f"| {' | '.join(columns)} |",
        f"|{' --- |' * len(columns)}",
    ]
    told += [f"| {' | '.join(map(_markdown, row))} |{'  |' * len(_AUTHORS)}" for row in rows]
    return "\n".join(told) + "\n"


_MARKS = re.compile(r"([\\`*_\[\]<>|~&#])")


def _markdown(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no mark of its own, no cell's end, no HTML."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _list_files(views: Views, examination: PublishedExamination) -> Iterator[tuple[str, bytes]]:
    """Of a list of recommendations that fills several pages, all its rows: what a reader narrows is the whole list.

    A script like the file of places; its links are written as from the examination's own page.
    """
    if file := views.listing(examination):
        href = links_from(examination.address)
        states: dict[str, list[str]] = {}
        themes: dict[str, list[str]] = {}
        positions: dict[str, str] = {}
        pages: dict[str, list[list[Any]]] = {}
        for sheet in views.layout(examination).listed:
            rows = pages.setdefault(sheet.address.removeprefix(examination.address), [])
            for one in (item for group in sheet.groups for item in group.items):
                row = views.statement(one, brief=True)
                for names, ids, links in ((states, row.by, row.states), (themes, one.statement.themes, row.themes)):
                    for id_, link in zip(ids, links, strict=True):
                        names[id_] = [link.text, href(link) if link.address else ""]
                positions[row.response] = row.position
                place = (one.id.rsplit(".", 1)[-1], row.number)
                words = (row.text, row.lang, int(row.quoted))
                rows.append([*place, *words, row.by, row.response, one.statement.themes])
        told = {"states": states, "themes": themes, "positions": positions, "pages": pages}
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        yield file.address, f"__sessionalList({text});\n".encode()


def _table(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line a record, under one with the names of the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for record in records:
        row = {**record, "path": record["source"]["path"], "line": record["source"]["spans"][0]["line"]}
        row["due"] = record["due"]["date"] if record["due"] else ""
        writer.writerow([_cell(row[column]) for column in _COLUMNS])
        yield out.getvalue()
        out.seek(out.truncate(0))
    yield out.getvalue()


def _cell(value: Any) -> str:
    """Lists joined by `;`; what a spreadsheet would run as a formula is kept from running by an apostrophe."""
    if isinstance(value, list):
        text = ";".join(map(str, value))
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
