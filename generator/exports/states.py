"""The data files of a State and of its examinations, made together so that each row and record is made once.

Takes `Views`. Gives files by address: `data/states/lao.csv`, `data/states/lao.jsonl`, and those of each examination:
`countries/lao/opsc-69/index.json` and others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.contract import STATES
from generator.corpus import PublishedExamination
from generator.exports.citations import citation_files
from generator.exports.compact import examination_json
from generator.exports.records import jsonl, known, statement_record
from generator.exports.tables import heading, statement_lines
from generator.pages import Page
from generator.pages.views import Views

CSV, JSONL = ".csv", ".jsonl"


@dataclass(frozen=True, slots=True)
class _Made:
    """The records of an examination's statements, and their rows."""

    records: Sequence[dict[str, Any]]
    rows: Sequence[bytes]


def _made(views: Views, examination: PublishedExamination) -> _Made:
    records = [statement_record(one, views.document(one)) for one in examination.statements]
    return _Made(records, [*statement_lines(records)])


def state_address(views: Views, code: str) -> str:
    """Where the files of a State are, without their endings."""
    return f"data/{STATES}{views.vocabulary.states[code].slug}"


def state_file_names(views: Views, code: str) -> tuple[str, str]:
    """The addresses of a State's table and of its records."""
    address = state_address(views, code)
    return f"{address}{CSV}", f"{address}{JSONL}"


def with_statements(views: Views) -> tuple[str, ...]:
    """The States of which something is recorded, by code."""
    return tuple(code for code, held in views.corpus.by_state.items() if any(one.statements for one in held))


def examination_page_files(views: Views, page: Page, made: _Made | None = None) -> Iterator[tuple[str, bytes]]:
    """The files beside the page of an examination."""
    examination = views.corpus.by_address[page.address]
    made = made or _made(views, examination)
    yield f"{page.address}index.json", examination_json(views, page, examination, made.records)
    yield f"{page.address}index.csv", b"".join((heading(), *made.rows))
    yield from citation_files(views, page)


def state_files(views: Views, code: str, pages: Sequence[Page] = ()) -> Iterator[tuple[str, bytes]]:
    """The files of a State in `data/`, after those beside these pages of its examinations."""
    by_address = {page.address: page for page in pages}
    rows, lines = [heading()], []
    for examination in sorted(views.corpus.by_state[code], key=lambda one: one.key):
        made = _made(views, examination)
        if examination.address in by_address:
            yield from examination_page_files(views, by_address[examination.address], made)
        # What two examinations share stands beside both, and here once.
        for one, record, row in zip(examination.statements, made.records, made.rows, strict=True):
            if one.examination == examination.key:
                rows.append(row)
                lines.append(known(record))
    table, records = state_file_names(views, code)
    yield table, b"".join(rows)
    yield records, "".join(jsonl(lines)).encode()
