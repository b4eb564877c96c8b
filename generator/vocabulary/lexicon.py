"""Many patterns, one scan: which of hundreds of terms stand where in a text.

Takes patterns that match at the start of a word. Gives their places. Trying each pattern over the whole text is what
made reading slow (59 themes, 16 titles of treaties); so the first letters of each pattern are worked out once, and a
pattern is tried only at words that begin with them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_LONGEST = 6  # characters of a beginning: enough for "the op", too few to grow long tables
_ASSERTION = re.compile(r"\\b|\(\?<?[!=][^()]*\)")
_LETTERS = re.compile(r"(?:[^\W_]|[ '-])+")
_CHOICE = re.compile(r"\[([^\W\d_])([^\W\d_])\]")


class Lexicon(Generic[T]):
    """Entries with patterns. A pattern of which the beginning cannot be worked out is tried at every word."""

    def __init__(self, entries: Iterable[tuple[T, re.Pattern[str]]]) -> None:
        self._entries = tuple(entries)
        self._by_beginning: dict[str, list[tuple[int, T, re.Pattern[str]]]] = defaultdict(list)
        self._candidates = re.compile("(?!)")
        self._lengths: list[int] = []

    def _prepare(self) -> None:
        """Work out the beginnings, once and only for a language that is read."""
        for number, (entry, pattern) in enumerate(self._entries):
            for beginning in beginnings(pattern.pattern):
                self._by_beginning[beginning].append((number, entry, pattern))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})
        self._candidates = re.compile(rf"(?<!\w)(?=\w)(?={any_of(self._by_beginning)})")

    def find(self, text: str) -> Iterator[tuple[T, int, int]]:
        """Every place of every pattern, in the order of the text; places of one pattern do not overlap."""
        if self._entries and not self._lengths:
            self._prepare()
        ends: dict[int, int] = {}
        folded = text.lower()
        if len(folded) != len(text):  # a letter whose small form is two
            folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        for candidate in self._candidates.finditer(folded):
            start = candidate.start()
            for length in self._lengths:
                for number, entry, pattern in self._by_beginning.get(folded[start : start + length], ()):
                    if start < ends.get(number, 0):
                        continue
                    match = pattern.match(text, start)
                    if match and match.end() > start:
                        ends[number] = match.end()
                        yield entry, start, match.end()


def any_of(words: Iterable[str]) -> str:
    """A pattern for the start of any of these words that decides letter by letter, so that most fail at the first."""
    tails: dict[str, set[str]] = defaultdict(set)
    for word in words:
        if not word:
            return ""
        tails[word[0]].add(word[1:])
    branches = [re.escape(letter) + ("" if "" in rest else any_of(rest)) for letter, rest in sorted(tails.items())]
    return f"(?:{'|'.join(branches)})"


def beginnings(pattern: str) -> set[str]:
    """The first letters, case folded, with which a match can begin; `{""}` where that cannot be told."""
    found: set[str] = set()
    for alternative in _alternatives(pattern):
        found |= _beginnings_of_one(alternative)
    return {""} if "" in found else found


def _beginnings_of_one(pattern: str) -> set[str]:
    while assertion := _ASSERTION.match(pattern):
        pattern = pattern[assertion.end() :]
    if pattern.startswith("(?:"):
        close = _closing(pattern)
        inner, rest = pattern[3:close], pattern[close + 1 :]
        optional = rest[:1] in ("?", "*")
        rest = rest.lstrip("?*+")
        found = {start for choice in _alternatives(inner) for start in beginnings(choice + rest)}
        return found | (beginnings(rest) if optional else set())
    if choice := _CHOICE.match(pattern):
        first, second = choice[1].lower(), choice[2].lower()
        return {first, second} if first != second else _continued(first, pattern[choice.end() :])
    letters = _LETTERS.match(pattern)
    if not letters:
        return {""}
    certain, rest = letters[0].lower(), pattern[letters.end() :]
    if rest[:1] in ("?", "*", "{"):
        return {certain[:-1][:_LONGEST]}
    return _continued(certain, rest)


def _continued(certain: str, rest: str) -> set[str]:
    """What is certain with what can follow it, as long as that is short."""
    if len(certain) >= _LONGEST or not rest:
        return {certain[:_LONGEST]}
    return {(certain + following)[:_LONGEST] for following in _beginnings_of_one(rest)}


def _closing(pattern: str) -> int:
    """Where the group that opens the pattern is closed."""
    depth = 0
    for place, character in _signs(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    raise ValueError(f"a group is not closed in {pattern!r}")


def _alternatives(pattern: str) -> list[str]:
    """The parts between the bars that stand outside every group."""
    depth, start, parts = 0, 0, []
    for place, character in _signs(pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


def _signs(pattern: str) -> Iterator[tuple[int, str]]:
    """Brackets and bars that mean something: not escaped, not in a class of characters."""
    in_class = escaped = False
    for place, character in enumerate(pattern):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character in "()|":
            yield place, character
