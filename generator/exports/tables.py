"""Tables that a spreadsheet opens and does not run.

Takes records of statements, or rows. Gives comma-separated values as RFC 4180 has them, in UTF-8 with a byte-order
mark, one line a row: a statement's line is the same in every table of the site.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.contract import COLUMNS

# A spreadsheet takes a file without it for one in an older encoding.
MARK = "\ufeff"
_RUN = frozenset("=+-@\t\r")  # a cell that begins with one of these is run
# What some program takes for the end of a line.
_ENDS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def lines(held: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A line a row."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    for row in held:
        # Most cells are short words that need nothing: these are not asked about one by one.
        write([one if type(one) is str and one[:1] not in _RUN and one.isprintable() else cell(one) for one in row])
        yield out.getvalue().encode()
        out.seek(out.truncate(0))


def cell(value: Any) -> str:
    """Lists joined by `;`, on one line; an apostrophe keeps a spreadsheet from running what it takes for a formula."""
    # In the order of how often each is asked about.
    if value is None:
        return ""
    if isinstance(value, list):
        text = ";".join(map(str, value))
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = str(value)
    return (f"'{text}" if text[:1] in _RUN else text).translate(_ENDS)


def heading(columns: Sequence[str] = COLUMNS) -> bytes:
    """The beginning of a table: the mark, and the line with the names of the columns."""
    return b"".join((MARK.encode(), *lines([columns])))


def statement_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A line a statement, with the columns of the contract."""
    return lines(map(_row, records))


def _row(record: Mapping[str, Any]) -> list[Any]:
    return [_OWN[column](record) if column in _OWN else record[column] for column in COLUMNS]


_OWN: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "line": lambda record: record["source"]["spans"][0]["line"],
    "path": lambda record: record["source"]["path"],
    "due": lambda record: record["due"]["date"] if record["due"] else None,
}


def by_id(table: bytes) -> dict[bytes, bytes]:
    """The lines of a table of statements, by id; without the heading."""
    # No cell has a line's end in it, and no id a comma or a quotation mark.
    return {line.partition(b",")[0]: line + b"\r\n" for line in table.split(b"\r\n")[1:-1]}
