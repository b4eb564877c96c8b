"""Many patterns, one scan: which of hundreds of terms stand where in a text.

Takes patterns that match at the start of a word. Gives their places. Trying each pattern over the whole text is what
made reading slow (59 themes, 16 titles of treaties); so the first letters of each pattern are worked out once, and a
pattern is tried only at words that begin with them – by a `Lexicon` at every word, by `Starts` where a clause begins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from generator.vocabulary.patterns import LONGEST, beginnings, longest_of, needs

T = TypeVar("T")

_Entry = tuple[int, T, re.Pattern[str]]

_MOST = 24  # pieces of text to look for; with more the scan is as quick
_FEW = 50  # patterns that can do with so few pieces


class Lexicon(Generic[T]):
    """Entries with patterns. A pattern of which the beginning cannot be worked out is tried at every word."""

    def __init__(self, entries: Iterable[tuple[T, re.Pattern[str]]]) -> None:
        self._entries = tuple(entries)
        # What to try at a word that begins so: all patterns that begin with these letters or with the first of them.
        self._by_beginning: dict[str, tuple[_Entry[T], ...]] = {}
        self._candidates = re.compile("(?!)")
        self._prepared = False
        self._needs: frozenset[str] | None = None

    def _prepare(self) -> None:
        """Work out the beginnings, once and only for a language that is read."""
        found: dict[str, list[_Entry[T]]] = defaultdict(list)
        for number, (entry, pattern) in enumerate(self._entries):
            for beginning in beginnings(pattern.pattern):
                found[beginning].append((number, entry, pattern))
        for beginning in found:
            fits = [one for length in range(len(beginning) + 1) for one in found.get(beginning[:length], ())]
            self._by_beginning[beginning] = tuple({one[0]: one for one in fits}.values())
        self._candidates = re.compile(rf"\b(?=\w)(?=({longest_of(found)}))")
        self._prepared = True
        if len(self._entries) <= _FEW:
            pieces = needs("|".join(pattern.pattern for _, pattern in self._entries).lower())
            self._needs = pieces if pieces and len(pieces) <= _MOST else None

    def find(self, text: str) -> Iterator[tuple[T, int, int]]:
        """Every place of every pattern, in the order of the text; places of one pattern do not overlap."""
        if self._entries and not self._prepared:
            self._prepare()
        folded = text.lower()
        # outside ASCII, letters may match whose small form is another
        if self._needs is not None and text.isascii() and not any(map(folded.__contains__, self._needs)):
            return
        if len(folded) != len(text):  # a letter whose small form is two
            folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        ends: dict[int, int] = {}
        for candidate in self._candidates.finditer(folded):
            start = candidate.start()
            for number, entry, pattern in self._by_beginning[candidate[1]]:
                if start < ends.get(number, 0):
                    continue
                match = pattern.match(text, start)
                if match and match.end() > start:
                    ends[number] = match.end()
                    yield entry, start, match.end()


# Stands for a class of capitals while beginnings are worked out: a letter that no pattern has.
_CAPITAL = "ℵ"
_CAPITALS = re.compile(r"\[A-Z[^]]*\]")


class Starts(Generic[T]):
    """Entries with patterns that are matched at one place, with their case: which of them can match there."""

    def __init__(self, entries: Iterable[tuple[T, re.Pattern[str]]]) -> None:
        small: dict[str, dict[int, T]] = defaultdict(dict)
        capital: dict[str, dict[int, T]] = defaultdict(dict)
        for number, (entry, pattern) in enumerate(entries):
            for beginning in beginnings(_CAPITALS.sub(_CAPITAL, pattern.pattern)):
                certain, any_capital, _ = beginning.partition(_CAPITAL)
                capital[certain][number] = entry
                if certain or not any_capital:
                    small[certain][number] = entry
        self._small, self._capital = _Beginnings(small), _Beginnings(capital)

    def at(self, text: str, place: int) -> tuple[T, ...]:
        """The entries whose patterns begin as the text does at this place, in their order."""
        piece = text[place : place + LONGEST]
        return (self._capital if piece[:1].isupper() else self._small).of(piece.lower())


class _Beginnings(Generic[T]):
    """Numbered entries by the letters they begin with."""

    def __init__(self, found: Mapping[str, Mapping[int, T]]) -> None:
        self._longest = re.compile(longest_of(found) or "(?!)")
        self._fitting: dict[str, tuple[T, ...]] = {}
        for beginning in found:
            fits: dict[int, T] = {}
            for length in range(len(beginning) + 1):
                fits |= found.get(beginning[:length], {})
            self._fitting[beginning] = tuple(entry for _, entry in sorted(fits.items(), key=lambda one: one[0]))

    def of(self, piece: str) -> tuple[T, ...]:
        """The entries that begin as this piece of text does, in the order of their numbers."""
        longest = self._longest.match(piece)
        return self._fitting[longest[0]] if longest else ()
