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

_LONGEST = 3  # letters of a beginning
_WORD = re.compile(rf"(?<!\w)\w{{1,{_LONGEST}}}")
_ASSERTION = re.compile(r"\\b|\(\?<?[!=][^()]*\)")
_LETTERS = re.compile(r"[^\W\d_]+")
_CHOICE = re.compile(r"\[([^\W\d_])([^\W\d_])\]")


class Lexicon(Generic[T]):
    """Entries with patterns. A pattern of which the beginning cannot be worked out is tried at every word."""

    def __init__(self, entries: Iterable[tuple[T, re.Pattern[str]]]) -> None:
        self._by_beginning: dict[str, list[tuple[int, T, re.Pattern[str]]]] = defaultdict(list)
        for number, (entry, pattern) in enumerate(entries):
            for beginning in beginnings(pattern.pattern):
                self._by_beginning[beginning].append((number, entry, pattern))

    def find(self, text: str) -> Iterator[tuple[T, int, int]]:
        """Every place of every pattern, in the order of the text; places of one pattern do not overlap."""
        ends: dict[int, int] = {}
        folded = text.casefold()
        same = len(folded) == len(text)
        for word in _WORD.finditer(folded if same else text.lower()):
            start, letters = word.start(), word[0]
            for length in range(len(letters) + 1):
                for number, entry, pattern in self._by_beginning.get(letters[:length], ()):
                    if start < ends.get(number, 0):
                        continue
                    match = pattern.match(text, start)
                    if match and match.end() > start:
                        ends[number] = match.end()
                        yield entry, start, match.end()


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
        first, second = choice[1].casefold(), choice[2].casefold()
        return _beginnings_of_one(first + pattern[choice.end() :]) if first == second else {first, second}
    letters = _LETTERS.match(pattern)
    if not letters:
        return {""}
    certain = letters[0].casefold()
    if pattern[letters.end() : letters.end() + 1] in ("?", "*", "{"):
        certain = certain[:-1]
    return {certain[:_LONGEST]}


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
