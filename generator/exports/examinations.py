"""What stands beside an examination: where its statements are, its whole list, and a table for a shadow report.

Takes `Views` and an examination. Gives files by address.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from generator.corpus import LinkedStatement, PublishedExamination
from generator.exports.records import one_line
from generator.exports.tables import MARK, cell
from generator.model import Kind
from generator.pages.brief import selections
from generator.pages.views import DOCUMENT_WORDS, StatementView, Views
from generator.render import links_from
from generator.text.normaliser import visible

# What stands beside an examination's pages; not all of it beside each.
EXAMINATION_FILES = ("places.js", "starter.csv", "list.js")


def examination_files(views: Views, examination: PublishedExamination) -> Iterator[tuple[str, bytes]]:
    """The files beside an examination's pages, by address."""
    yield from _place_files(views, examination)
    yield _starter_file(views, examination)
    yield from _list_files(views, examination)


def _place_files(views: Views, examination: PublishedExamination) -> Iterator[tuple[str, bytes]]:
    """Of an examination of several pages, what stands on those after the first: an old address finds its page.

    A script, as the search index is, so that it works without a server. What it does not name is told of on the first
    page, where what is published no more is told of too.
    """
    if place := views.places(examination):
        pages: dict[str, list[str]] = {}
        for id_, address in views.layout(examination).places.items():
            if further := address.removeprefix(examination.address):
                pages.setdefault(further, []).append(id_.rsplit(".", 1)[-1])
        told = json.dumps({page: " ".join(ids) for page, ids in pages.items()}, separators=(",", ":"))
        yield place.address, f"__sessionalPlaces({told});\n".encode()


# The columns of a starter table for a shadow report; the last three are its author's to fill.
_STARTER = ("Id", "Kind", "Speaker", "Words", "Note", "Theme", "Source line", "Permalink")
_AUTHORS = ("What has happened since", "Evidence", "What should be asked")


def _starter_file(views: Views, examination: PublishedExamination) -> tuple[str, bytes]:
    """What a shadow report answers, as a table to fill in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*_STARTER, *_AUTHORS))
    writer.writerows(
        [*map(cell, _starter_row(views, one, selection.kind is Kind.QUESTION)), *("" for _ in _AUTHORS)]
        for selection in selections(views, examination)
        for one in selection.linked
    )
    return f"{examination.address}starter.csv", f"{MARK}{out.getvalue()}".encode()


def _starter_row(views: Views, linked: LinkedStatement, unanswered: bool) -> tuple[str, ...]:
    view, document = views.statement(linked, brief=True), views.document(linked)
    what = DOCUMENT_WORDS.get(document.provenance.kind, "document")
    file, symbol = document.document.source.path.rsplit("/", 1)[-1], document.examination.symbol
    where = f"{what} {symbol.value}" if symbol else f"{document.provenance.publisher}, {what}, {file}"
    notes = [view.label, view.number, view.position, view.due, *view.notes]
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
        f"{where}, {view.line}",
        views.written(view.permalink),
    )


def _speaker(view: StatementView) -> str:
    """Who speaks, with the names that are known."""
    names = ", ".join(who.text for who in view.states or view.people)
    return f"{view.speaker}: {names}" if names else view.speaker


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
                words = (visible(row.text), row.lang, int(row.quoted))
                label = (row.label,) if row.label else ()
                rows.append([*place, *words, row.by, row.response, one.statement.themes, *label])
        told = {"states": states, "themes": themes, "positions": positions, "pages": pages}
        yield file.address, f"__sessionalList({one_line(told)});\n".encode()
