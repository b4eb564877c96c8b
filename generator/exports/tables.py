"""Tables that a spreadsheet opens and does not run.

Takes records of statements, or rows. Gives lines of comma-separated values, as RFC 4180 has them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from generator.contract import COLUMNS

# A spreadsheet takes a file without it for one in an older encoding.
MARK = "\ufeff"
_RUN = frozenset("=+-@\t\r")  # a cell that begins with one of these is run
_PIECE = 1 << 15  # characters that are given at once


def table(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line a record, under one with the names of the columns of the contract."""
    return rows(COLUMNS, map(_row, records))


def rows(columns: Sequence[str], held: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A line a row, under one with the names of the columns."""
    return chain([heading(columns)], _lines(held))


def heading(columns: Sequence[str] = COLUMNS) -> str:
    """The line with the names of the columns: of the contract, or others."""
    return "".join(_lines([columns]))


def body(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line a record, without that of the names."""
    return _lines(map(_row, records))


def _row(record: Mapping[str, Any]) -> list[Any]:
    due, source = record["due"], record["source"]
    own = {"path": source["path"], "line": source["spans"][0]["line"], "due": due["date"] if due else None}
    return [own[column] if column in own else record[column] for column in COLUMNS]


def _lines(held: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A line a row."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    for row in held:
        # Most are short words that need nothing: these are not asked about one by one.
        write([one if type(one) is str and one[:1] not in _RUN else cell(one) for one in row])
        if out.tell() > _PIECE:
            yield out.getvalue()
            out.seek(out.truncate(0))
    yield out.getvalue()


def cell(value: Any) -> str:
    """Lists joined by `;`; what a spreadsheet would run as a formula is kept from running by an apostrophe."""
    # In the order of how often each is asked about.
    if value is None:
        return ""
    if isinstance(value, list):
        text = ";".join(map(str, value))
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = str(value)
    return f"'{text}" if text[:1] in _RUN else text
