"""YAML that remembers where each value stands.

Takes the text of a data file. Gives `Node`s: plain values with line and column, and readers that turn a wrong key or
type into a diagnostic at its place. No objects are ever made from tags, and aliases are refused: ten short lines of
them can stand for a billion values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.diagnostics import Diagnostic
from generator.text.normaliser import HIDDEN
from generator.text.source import Location

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_LARGEST = 8 * 1024 * 1024  # bytes; the largest data file has under one
_ADDRESS = re.compile(rf"(?:https?://[^\s{HIDDEN}/]|mailto:[^\s{HIDDEN}])[^\s{HIDDEN}]*", re.IGNORECASE)


class DatafileError(Exception):
    """A data file that cannot be used; holds the diagnostic that says why and where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"{diagnostic.location} {diagnostic.message}")
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a data file and its place. `value` is a str, None, a list of nodes or a dict of str to node."""

    value: Any
    location: Location

    def fail(self, message: str, hint: str = "") -> DatafileError:
        """The error that points here."""
        return DatafileError(Diagnostic(self.location, "D002", message, hint))

    def mapping(self, allowed: str = "") -> dict[str, Node]:
        """This node as a mapping. `allowed` lists the keys it may have, separated by spaces; empty allows all."""
        if self.value is None:
            return {}
        if not isinstance(self.value, dict):
            raise self.fail(f"found {self._shape()}, expected a mapping")
        known = allowed.split()
        for key, node in self.value.items():
            if known and key not in known:
                raise node.fail(f"unknown key {key!r}", f"known here: {', '.join(known)}")
        return self.value

    def items(self) -> list[Node]:
        """This node as a list; an absent value is an empty one."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise self.fail(f"found {self._shape()}, expected a list")
        return self.value

    def text(self) -> str:
        """This node as text."""
        if not isinstance(self.value, str):
            raise self.fail(f"found {self._shape()}, expected text")
        return self.value

    def optional(self) -> str | None:
        """This node as text, or None where it is absent."""
        return None if self.value is None else self.text()

    def web_address(self) -> str:
        """This node as an address that a link may have: http, https or mailto, without white space or controls."""
        text = self.text()
        if not _ADDRESS.fullmatch(text):
            raise self.fail(f"{text[:80]!r} is no address of the web", "it begins with https://, http:// or mailto:")
        return text

    def texts(self) -> tuple[str, ...]:
        """This node as a list of texts."""
        return tuple(item.text() for item in self.items())

    def integer(self) -> int:
        """This node as a whole number."""
        try:
            return int(self.text())
        except ValueError:
            raise self.fail(f"found {self.value!r}, expected a whole number") from None

    def day(self) -> str:
        """This node as a day, as in 2026-03-31."""
        try:
            return date.fromisoformat(self.text()).isoformat()
        except ValueError:
            raise self.fail(f"{self.value!r} is no day", "as in 2026-03-31") from None

    def pattern(self, flags: int = 0, text: str | None = None) -> re.Pattern[str]:
        """This node as a regular expression; `text` is what was made of its own, where that is not the pattern."""
        try:
            return re.compile(self.text() if text is None else text, flags)
        except re.error as error:
            raise self.fail(f"no regular expression: {error}") from None

    def flag(self, absent: bool | None = None) -> bool:
        """This node as true or false; where it may be absent, `absent` is what that means."""
        if absent is not None and not self.value:
            return absent
        text = self.text()
        if text not in ("true", "false"):
            raise self.fail(f"found {text!r}, expected true or false")
        return text == "true"

    def one_of(self, choices: str) -> str:
        """This node as one of the words in `choices`."""
        if self.text() not in choices.split():
            raise self.fail(f"found {self.value!r}, expected one of: {', '.join(choices.split())}")
        return self.text()

    def get(self, key: str) -> Node:
        """The value under `key`, or an absent one at this place."""
        found: Node | None = self.mapping().get(key)
        return Node(None, self.location) if found is None else found

    def need(self, key: str) -> Node:
        """The value under `key`; its absence is an error."""
        if key not in self.mapping():
            raise self.fail(f"the key {key!r} is missing")
        return self.mapping()[key]

    def _shape(self) -> str:
        match self.value:
            case None:
                return "nothing"
            case dict():
                return "a mapping"
            case list():
                return "a list"
            case _:
                return repr(self.value)


def load(path: Path, shown_as: str) -> Node:
    """Read a data file; `shown_as` is its path in messages. Raises DatafileError where it is not YAML."""
    return loads(read_data(path, shown_as), shown_as)


def read_data(path: Path, shown_as: str) -> str:
    """The text of a data file. Raises DatafileError where it is none: a link, a device, too large, not UTF-8."""
    problem = ""
    try:
        if path.is_symlink():
            problem = "this is a symbolic link"
        elif path.exists() and not path.is_file():
            problem = "this is no plain file"
        elif path.stat().st_size > _LARGEST:
            problem = f"larger than {_LARGEST // 1024 // 1024} MiB"
        else:
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatafileError(Diagnostic(Location(shown_as, 1, 1), "D001", f"not UTF-8: {error}")) from None
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    raise DatafileError(Diagnostic(Location(shown_as), "D001", problem))


def loads(text: str, shown_as: str) -> Node:
    """The same from text in hand."""
    try:
        return _build(yaml.parse(text, Loader=_Loader), shown_as)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Location(shown_as, mark.line + 1, mark.column + 1) if mark else Location(shown_as, 1, 1)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        hint = getattr(error, "context", None) or ""
        raise DatafileError(Diagnostic(place, "D001", f"{problem}", hint)) from None


def _build(events: Iterator[yaml.Event], path: str) -> Node:
    """The tree of these events, built without recursion: nesting and aliases of a hostile file cost nothing."""
    root = Node(None, Location(path, 1, 1))
    open_: list[_Open] = []
    for event in events:
        mark = event.start_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else root.location
        match event:
            case yaml.AliasEvent():
                hint = "write the value out; repeated ones would grow without end"
                raise DatafileError(Diagnostic(place, "D001", f"the alias *{event.anchor} is not allowed", hint))
            case yaml.DocumentStartEvent() if root.value is not None:
                raise DatafileError(Diagnostic(place, "D001", "a second document begins; expected one"))
            case yaml.ScalarEvent():
                empty = not event.style and event.value in ("", "~", "null")
                node = Node(None if empty else event.value, place)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(open_) >= _DEEPEST:
                    raise DatafileError(Diagnostic(place, "D001", f"nested more than {_DEEPEST} deep"))
                open_.append(_Open(Node({} if isinstance(event, yaml.MappingStartEvent) else [], place)))
                continue
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                node = open_.pop().node
            case _:
                continue
        if open_:
            open_[-1].add(node)
        else:
            root = node
    return root


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun: where the next node goes."""

    node: Node
    key: Node | None = None

    def add(self, node: Node) -> None:
        """Put a node in: as the next item, the next key, or the value of the last key."""
        if isinstance(self.node.value, list):
            self.node.value.append(node)
        elif self.key is not None:
            self.node.value[self.key.value] = node
            self.key = None
        else:
            key = "" if node.value is None else node.value
            if not isinstance(key, str):
                raise DatafileError(Diagnostic(node.location, "D001", "a key must be text"))
            if key in self.node.value:
                raise DatafileError(Diagnostic(node.location, "D001", f"the key {key!r} stands twice"))
            self.key = Node(key, node.location)
