"""The finished data of a site as one SQLite database with full-text search, for Datasette, DuckDB and SQL by hand.

Takes a built site, of either version of the data contract. Gives a file, written whole: it is there complete, or as it
was. It is no part of the site, for its bytes depend on the library that writes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.contract import COLUMNS, LICENCE, TERMS
from generator.published import PublishedError, data_files, records
from generator.registry import address_of

_INTEGERS = frozenset({"session", "listed", "page", "line", "reviewed"})
# The table's columns, and what else a record has that fits in a cell.
_STATEMENT = (*COLUMNS, *"lang attribution section groups response replies_to answered_by rule sha256".split())
_EXAMINATION = (
    "id state state_name body mechanism treaty session date session_dates cycle adopted symbol head rapporteurs troika "
    "publisher paths health address"
).split()
_THEMES = "themes.jsonld"
_SEARCHED = ("text", "section")


class DatabaseError(Exception):
    """The database cannot be made; says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A database that was written: where, how large in bytes, and how many rows each table has."""

    path: Path
    size: int
    rows: Mapping[str, int]


def write_database(site: Path, to: Path) -> Made:
    """Write the database of a site. Raises DatabaseError; then what stood at `to` still stands."""
    data = site / "data"
    files = data_files(site)
    if not files:
        raise DatabaseError(f"{site} holds no data: neither data/states/*.jsonl nor data/statements.jsonl")
    if to.resolve().is_relative_to(site.resolve()):
        raise DatabaseError(f"{to} lies in the site, which the database is no part of")
    unfinished = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as base:
            metadata = _metadata(data / "datapackage.json", (data / "examinations.json", *files))
            rows = _fill(base, _examinations(data / "examinations.json"), files, metadata, _themes(data / _THEMES))
        size = unfinished.stat().st_size
        unfinished.replace(to)
    except PublishedError as error:
        raise DatabaseError(str(error)) from None
    except sqlite3.Error as error:
        raise DatabaseError(f"{to} cannot be written: {error}") from None
    except OSError as error:
        raise DatabaseError(f"{to} cannot be written: {error.strerror or error}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Made(to, size, rows)


# --- tables -------------------------------------------------------------------------------------------------------


def _fill(
    base: sqlite3.Connection,
    examinations: Iterable[Mapping[str, Any]],
    files: Iterable[Path],
    metadata: Iterable[Any],
    themes: Iterable[Any],
) -> dict[str, int]:
    """Make and fill all tables; gives how many rows each has."""
    # Nothing is lost where this breaks off: the file is thrown away.
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    if not base.execute("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").fetchone()[0]:
        raise DatabaseError("the SQLite of this Python has no full-text search (FTS5)")
    base.execute("BEGIN")
    for name, columns in _TABLES.items():
        base.execute(f"CREATE TABLE {name} ({columns})")
    _insert(base, "metadata", metadata)
    _insert(base, "theme", themes)
    _insert(base, "examination", ([one[name] for name in _EXAMINATION] for one in examinations))
    for file in files:
        held = records(file)
        try:
            _insert(base, "statement", ([_cell(one, name) for name in ("", *_STATEMENT)] for one in held))
        except sqlite3.IntegrityError:
            raise DatabaseError(f"{file} has a statement whose id another one has") from None
        _insert(base, "statement_theme", (_rows(one["id"], one.get("themes")) for one in held), many=True)
        states = ((one["id"], _states(one)) for one in held)
        _insert(base, "statement_state", ([(id_, *state) for state in found] for id_, found in states), many=True)
    # A theme that the thesaurus does not have, or of a site without one, is known by its id.
    base.execute(
        "INSERT INTO theme(id) SELECT DISTINCT theme FROM statement_theme WHERE theme NOT IN (SELECT id FROM theme)"
    )
    for index in _INDEXES:
        base.execute(f"CREATE INDEX {index}")
    # Datasette finds the search table of a table by this way of writing its name.
    base.execute(
        f'CREATE VIRTUAL TABLE statement_search USING fts5({", ".join(_SEARCHED)}, content="statement", '
        "content_rowid=\"rowid\", tokenize='unicode61 remove_diacritics 2')"
    )
    base.execute("INSERT INTO statement_search(statement_search) VALUES ('rebuild')")
    base.execute("COMMIT")
    return {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _TABLES}  # noqa: S608


def _columns(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        key = {"id": " NOT NULL UNIQUE", "examination": " REFERENCES examination(id)"}.get(name, "")
        yield f'"{name}" {"INTEGER" if name in _INTEGERS else "TEXT"}{key}'


_TABLES = {
    "metadata": "name TEXT PRIMARY KEY, value TEXT",
    "theme": "id TEXT NOT NULL UNIQUE, label TEXT, description TEXT",
    "examination": ", ".join(_columns(_EXAMINATION)),
    "statement": ", ".join(("rowid INTEGER PRIMARY KEY", *_columns(_STATEMENT))),
    "statement_theme": "statement TEXT NOT NULL REFERENCES statement(id), place INTEGER NOT NULL, "
    "theme TEXT NOT NULL REFERENCES theme(id)",
    "statement_state": "statement TEXT NOT NULL REFERENCES statement(id), role TEXT NOT NULL, state TEXT NOT NULL",
}
_INDEXES = (
    "statement_of_examination ON statement(examination)",
    "statement_of_state ON statement(state, kind)",
    "theme_of_statement ON statement_theme(statement)",
    "statement_of_theme ON statement_theme(theme)",
    "state_of_statement ON statement_state(statement)",
    "statement_by_state ON statement_state(state, role)",
)


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[Any], *, many: bool = False) -> None:
    """Rows of a table; with `many`, the rows of each statement together."""
    number = _TABLES[table].count(",") + 1
    flat = (row for held in rows for row in held) if many else rows
    base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * number)})", flat)  # noqa: S608


# --- rows ---------------------------------------------------------------------------------------------------------


def _cell(record: Mapping[str, Any], name: str) -> Any:
    """A field of a record as a cell; the empty name stands for the number of the row, which SQLite gives."""
    source = record.get("source") or {}
    if name == "line":
        spans = source.get("spans")
        return spans[0]["line"] if spans else None
    if name in ("path", "sha256"):
        return source.get(name)
    if name == "due":
        return (record.get("due") or {}).get("date")
    # Version 1 knew of no later position than that of the document.
    value = record.get(name, record.get("response") if name == "position" else None)
    return (";".join(value) or None) if isinstance(value, list) else value


def _rows(id_: str, names: Iterable[str] | None) -> list[tuple[str, int, str]]:
    return [(id_, place, name) for place, name in enumerate(names or (), 1)]


def _states(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each State of a statement, and what it does: it is examined, speaks, or recommends."""
    if record.get("state"):
        yield "examined", record["state"]
    for role, name in (("speaks", "speaker_states"), ("recommends", "recommending_states")):
        for state in record.get(name) or ():
            yield role, state


def _examinations(file: Path) -> list[dict[str, Any]]:
    """A row for each examination, of all its documents; what several tell is taken from the first."""
    found: dict[str, dict[str, Any]] = {}
    for record in _json(file, list):
        try:
            id_, facts = record["examination"], record["facts"]
            # Of a report that names no State or session.
            if id_ is None:
                continue
            row = found.setdefault(id_, {**dict.fromkeys(_EXAMINATION), "id": id_, "address": address_of(id_)})
            told = {
                **{name: _fact(facts.get(name)) for name in _EXAMINATION},
                "state_name": facts.get("state", {}).get("name"),
                "body": record.get("body"),
                "mechanism": record.get("mechanism"),
                "health": record.get("health", {}).get("verdict"),
            }
            paths = ";".join(filter(None, (row["paths"], record["path"])))
        except (AttributeError, KeyError, TypeError):
            raise DatabaseError(f"{file} is no list of examinations of the data contract") from None
        row |= {name: value for name, value in told.items() if row[name] is None} | {"paths": paths}
    return list(found.values())


def _fact(fact: Any) -> str | None:
    if isinstance(fact, list):
        return ";".join(one["value"] for one in fact)
    return fact["value"] if fact else None


def _themes(file: Path) -> list[tuple[str, str | None, str | None]]:
    """A row for each theme of the thesaurus, with what it is called and means in English."""
    told = _json(file, dict) if file.is_file() else {}
    return [
        (one["skos:notation"][0], _english(one, "skos:prefLabel"), _english(one, "skos:scopeNote"))
        for one in told.get("@graph", ())
        if one["@type"] == "skos:Concept"
    ]


def _english(concept: Mapping[str, Any], name: str) -> str | None:
    return next((one["@value"] for one in concept.get(name, ()) if one["@language"] == "en"), None)


def _metadata(file: Path, data: Iterable[Path]) -> Iterator[tuple[str, str]]:
    package = _json(file, dict) if file.is_file() else {}
    yield "version", str(package.get("version", ""))
    yield "homepage", str(package.get("homepage", ""))
    seen = hashlib.sha256()
    for one in data:
        if one.is_file():
            seen.update(one.read_bytes())
    yield "sha256", seen.hexdigest()
    yield "terms", TERMS
    yield "licence", LICENCE
    yield "counts", "Counts say how much was written down, not how a State performs."


def _json(file: Path, of: type) -> Any:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatabaseError(f"{file} cannot be read: {error}") from None
    if not isinstance(told, of):
        raise DatabaseError(f"{file} is not what the data contract says")
    return told
