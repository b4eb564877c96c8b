"""YAML that remembers where each value stands.

Takes the text of a data file. Gives `Node`s: plain values with line and column, and readers that turn a wrong key or
type into a diagnostic at its place. No objects are ever made from tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.diagnostics import Diagnostic
from generator.source import Location

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40


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

    def texts(self) -> tuple[str, ...]:
        """This node as a list of texts."""
        return tuple(item.text() for item in self.items())

    def integer(self) -> int:
        """This node as a whole number."""
        try:
            return int(self.text())
        except ValueError:
            raise self.fail(f"found {self.value!r}, expected a whole number") from None

    def flag(self) -> bool:
        """This node as true or false."""
        if self.text() not in ("true", "false"):
            raise self.fail(f"found {self.value!r}, expected true or false")
        return self.value == "true"

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
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DatafileError(Diagnostic(Location(shown_as, 1, 1), "D001", f"not UTF-8: {error}")) from None
    except OSError as error:
        raise DatafileError(Diagnostic(Location(shown_as), "D001", f"cannot be read: {error.strerror}")) from None
    return loads(text, shown_as)


def loads(text: str, shown_as: str) -> Node:
    """The same from text in hand."""
    try:
        tree = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Location(shown_as, mark.line + 1, mark.column + 1) if mark else Location(shown_as, 1, 1)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        hint = getattr(error, "context", None) or ""
        raise DatafileError(Diagnostic(place, "D001", f"{problem}", hint)) from None
    return Node(None, Location(shown_as, 1, 1)) if tree is None else _node(tree, shown_as, 0)


def _node(tree: yaml.Node, path: str, depth: int) -> Node:
    place = Location(path, tree.start_mark.line + 1, tree.start_mark.column + 1)
    if depth > _DEEPEST:
        raise DatafileError(Diagnostic(place, "D001", f"nested more than {_DEEPEST} deep"))
    if isinstance(tree, yaml.MappingNode):
        return Node(dict(_pairs(tree, path, depth)), place)
    if isinstance(tree, yaml.SequenceNode):
        return Node([_node(item, path, depth + 1) for item in tree.value], place)
    empty = tree.style is None and tree.value in ("", "~", "null")
    return Node(None if empty else tree.value, place)


def _pairs(tree: yaml.MappingNode, path: str, depth: int) -> Iterator[tuple[str, Node]]:
    seen: set[str] = set()
    for key, value in tree.value:
        place = Location(path, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            raise DatafileError(Diagnostic(place, "D001", "a key must be text"))
        if key.value in seen:
            raise DatafileError(Diagnostic(place, "D001", f"the key {key.value!r} stands twice"))
        seen.add(key.value)
        yield key.value, _node(value, path, depth + 1)
