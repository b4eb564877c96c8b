"""Tables that a spreadsheet opens and does not run.

Takes records of statements. Gives lines of comma-separated values, as RFC 4180 has them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_COLUMNS = (
    "id examination state body treaty session date kind speaker speaker_name attribution text lang section themes "
    "groups due replies_to answered_by rule confidence reviewed flags source_kind path line number listed "
    "recommending_states response speaker_states"
).split()


def table(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line a record, under one with the names of the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for record in records:
        row = {**record, "path": record["source"]["path"], "line": record["source"]["spans"][0]["line"]}
        row["due"] = record["due"]["date"] if record["due"] else ""
        writer.writerow([cell(row[column]) for column in _COLUMNS])
        yield out.getvalue()
        out.seek(out.truncate(0))
    yield out.getvalue()


def cell(value: Any) -> str:
    """Lists joined by `;`; what a spreadsheet would run as a formula is kept from running by an apostrophe."""
    if isinstance(value, list):
        text = ";".join(map(str, value))
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
