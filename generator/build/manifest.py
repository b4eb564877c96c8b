"""What a site was made of: what was read of each source, what the theme gave, what each page rests on.

Takes the folder of a site. Gives a `Manifest`, a SQLite file beside it that the next build asks what it need not do
again. It is never more than a memory: without it, or with one that cannot be read, everything is made anew, and the
bytes are the same.
"""

from __future__ import annotations

import io
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from generator.build.neighbours import Neighbours

_FORMAT = "2"
_MEMORY = -32_000  # of SQLite's own, in KiB
_TABLES = """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE kept (room TEXT NOT NULL, name TEXT NOT NULL, key BLOB NOT NULL, value BLOB, PRIMARY KEY (room, name));
"""
# The modules whose classes, and the names, that alone a remembered value may load – nothing that such a module imports:
# a manifest that somebody else laid there runs nothing.
_MODULES = frozenset(
    f"generator.{name}"
    for name in ("build.links", "build.theme", "diagnostics", "model", "render", "text.passage", "text.source")
)
_NAMES = frozenset({("array", "array"), ("array", "_array_reconstructor"), ("builtins", "range")})
# What SQLite says of the machine or of another process, and not of the file.
_OF_THE_MACHINE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


class DamagedError(Exception):
    """A manifest in use is damaged. Says which file, and how; a build can start again without it."""


class Memory(Protocol):
    """Values by name, each with the key it was made under."""

    def keys(self) -> dict[str, bytes]:
        """The keys of all values, by name."""

    def find(self, name: str, key: bytes) -> Any:
        """What was made under this key; None where it is not known or cannot be loaded."""

    def keep(self, made: Iterable[tuple[str, bytes, Any]]) -> None:
        """Remember values with their names and keys; None is a value too."""

    def forget(self, names: Iterable[str]) -> None:
        """Remember these no longer."""

    def settled(self, name: str) -> bytes:
        """The key of what cannot have changed since it was kept; empty where it may have."""


class Manifest:
    """Words about the last build, and memories of what was made; what is kept takes effect with `commit`, at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.readings, self.links = Room(connection, "reading"), Room(connection, "links")
        self.themes, self.files = Room(connection, "theme"), WholeRoom(connection, "file")
        # The site that is put by, as far as its files are others than those of the site that stands.
        self.spare = WholeRoom(connection, "spare")

    def about(self, name: str) -> str:
        """A word about the last build; empty where nothing is known."""
        return _word(self._connection, name)

    def tell(self, words: Mapping[str, str]) -> None:
        """Keep words about this build."""
        self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", words.items())

    def commit(self) -> None:
        """Let what was kept and forgotten take effect."""
        self._connection.commit()


class Room:
    """A memory in a manifest."""

    def __init__(self, connection: sqlite3.Connection, room: str) -> None:
        self._connection, self._room = connection, room

    def keys(self) -> dict[str, bytes]:
        """The keys of all values, by name."""
        known = self._connection.execute("SELECT name, key FROM kept WHERE room = ?", (self._room,)).fetchall()
        if not all(type(name) is str and type(key) is bytes for name, key in known):
            raise sqlite3.DatabaseError("a name or a key of what was made is none")
        return dict(known)

    def find(self, name: str, key: bytes) -> Any:
        """What was made under this key; None where it is not known or cannot be loaded."""
        row = self._connection.execute(
            "SELECT value FROM kept WHERE room = ? AND name = ? AND key = ?", (self._room, name, key)
        ).fetchone()
        try:
            return _loaded(row[0]) if row and row[0] else None
        except (pickle.UnpicklingError, AttributeError, EOFError, TypeError, ValueError, zlib.error):
            return None

    def keep(self, made: Iterable[tuple[str, bytes, Any]]) -> None:
        """Remember values with their names and keys; None is a value too."""
        rows = ((self._room, name, key, _dumped(value)) for name, key, value in made)
        self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)

    def forget(self, names: Iterable[str]) -> None:
        """Remember these no longer."""
        rows = ((self._room, one) for one in names)
        self._connection.executemany("DELETE FROM kept WHERE room = ? AND name = ?", rows)

    def settled(self, name: str) -> bytes:  # noqa: ARG002
        """Nothing is known of what others did since the last build."""
        return b""


class WholeRoom(Room):
    """A memory of keys alone, of use only where none is missing: a file that it does not name would not be made."""

    def keys(self) -> dict[str, bytes]:
        """The keys of all values, by name."""
        known = super().keys()
        if known and _word(self._connection, self._sum_of) != _sum(known):
            raise sqlite3.DatabaseError(f"what it has of each {self._room} is not what was kept")
        return known

    def replace(self, keys: Mapping[str, bytes]) -> None:
        """Hold these keys and no others; the values are None."""
        known = super().keys()  # whether all are there does not matter: those that are not are kept again
        self.forget(known.keys() - keys.keys())
        self.keep((name, key, None) for name, key in keys.items() if known.get(name) != key)
        self._connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (self._sum_of, _sum(keys)))

    @property
    def _sum_of(self) -> str:
        return f"sum of {self._room}"


@contextmanager
def opened(site: Path, anew: bool = False) -> Iterator[Manifest]:
    """The manifest of a site, beside it; one that cannot be used is put away, or any (`anew`).

    Raises DamagedError where, while it is used, it turns out to be damaged.
    """
    file = Neighbours(site).manifest
    connection = None if anew else _connect(file)
    if connection is None:
        for left in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)
        connection = _connect(file)
        assert connection is not None  # noqa: S101 - a file that was not there is made
    try:
        yield Manifest(connection)
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            raise DamagedError(f"{file} is damaged: {error}") from error
        raise
    finally:
        connection.close()


def _connect(file: Path) -> sqlite3.Connection | None:
    """A connection to a file of ours, made where there is none; None where the file is another."""
    connection = sqlite3.connect(file)
    try:
        connection.execute(f"PRAGMA cache_size = {_MEMORY}")
        connection.execute(
            "PRAGMA synchronous = OFF"
        )  # it is a memory: one that a fall of the machine broke is made anew
        found = connection.execute("SELECT name FROM sqlite_master").fetchall()
        if not found:
            connection.executescript(_TABLES)
            connection.execute("INSERT INTO about VALUES ('format', ?)", (_FORMAT,))
            connection.commit()
        elif ("about",) not in found or Manifest(connection).about("format") != _FORMAT:
            connection.close()
            return None
    except sqlite3.DatabaseError as error:
        connection.close()
        if _is_damage(error):
            return None
        raise
    return connection


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error tells of the file; one without a code is Python's, of a value that it cannot take."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or (code & 0xFF) not in _OF_THE_MACHINE


class _Loader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in _MODULES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        elif (module, name) in _NAMES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not loaded from a manifest")


def _word(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
    if row and type(row[0]) is not str:
        raise sqlite3.DatabaseError("a word about the last build is none")
    return row[0] if row else ""


def _sum(keys: Mapping[str, bytes]) -> str:
    """A digest of names and keys, in whatever order they come."""
    made = blake2b(digest_size=16)
    for name, key in sorted(keys.items()):
        made.update(b"%b\0%b\0" % (name.encode(errors="surrogateescape"), key.hex().encode()))
    return made.hexdigest()


def _dumped(value: Any) -> bytes | None:
    return None if value is None else zlib.compress(pickle.dumps(value, 5), 1)


def _loaded(data: bytes) -> Any:
    return _Loader(io.BytesIO(zlib.decompress(data))).load()
