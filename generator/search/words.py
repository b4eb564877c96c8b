"""What a word is, for the index and for a query alike: docs/search-words.md states it, a test holds both sides to it.

Takes a text. Gives its `Words`: one for each place, and the compounds that its hyphens join. The browser does the same
with the same table of characters (`templates/assets/words.js`).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from generator.search.tabulate import TABLE

MOST_PARTS = 4  # of a compound; longer chains are lists, or lines drawn with hyphens

# A character that does not show, as pages name it.
_NAMED = re.compile(r"\[U\+(10[0-9A-F]{4}|[0-9A-F]{4,5})\]")
_DIGITS = "0123456789"
_FIRST_HANGUL, _LAST_HANGUL = 0xAC00, 0xD7A3


class Words(NamedTuple):
    """The words of a text by place, and its compounds (`self-help`), whose parts are words of their own."""

    places: list[str]
    compounds: list[str]


def split(text: str) -> Words:
    """The words of a text."""
    characters = _characters()
    if "[U+" in text:
        text = _NAMED.sub(lambda found: chr(int(found[1], 16)), text)
    folded = text.translate(characters)
    if "-" not in folded and folded.isascii():
        return Words(folded.split(), [])
    words = Words([], [])
    for chunk in characters.in_order(folded).split():
        if chunk.isascii() and "-" not in chunk:
            words.places.append(chunk)
            continue
        parts = [(part, characters.runs(part)) for part in chunk.split("-")]
        for _, pieces in parts:
            for piece, is_run in pieces:
                words.places.extend(_pairs(characters.clusters(piece)) if is_run else [piece])
        words.compounds.extend(_compounds([part if part and not _has_run(pieces) else "" for part, pieces in parts]))
    return words


def phrase(text: str) -> str:
    """The words of a name, as a query that holds it has them."""
    return " ".join(split(text).places)


def solid(word: str) -> str:
    """A word without the hyphens of a compound."""
    return word.replace("-", "")


def _pairs(clusters: Sequence[str]) -> Iterator[str]:
    """Each cluster with the one after it; the last one alone."""
    for n, cluster in enumerate(clusters):
        yield cluster + (clusters[n + 1] if n + 1 < len(clusters) else "")


def _compounds(parts: Sequence[str]) -> Iterator[str]:
    """Parts that hyphens join: not two numbers, nothing empty."""
    chain: list[str] = []
    for part in (*parts, ""):
        if chain and part and not (chain[-1][-1] in _DIGITS and part[0] in _DIGITS):
            chain.append(part)
            continue
        if 1 < len(chain) <= MOST_PARTS:
            yield "-".join(chain)
        chain = [part] if part else []


def _has_run(pieces: Sequence[tuple[str, bool]]) -> bool:
    return any(is_run for _, is_run in pieces)


class Characters(dict[int, str]):
    """What stands for each character, for `str.translate`: "-" for a hyphen, a space for all that separates."""

    def __init__(self, table: dict[str, Any]) -> None:
        super().__init__(zip(_codes(table["folded"]), table["into"].split("|"), strict=True))
        self._same = list(accumulate(table["same"]))  # where each range begins and ends
        self.update((ord(hyphen), "-") for hyphen in table["hyphens"])
        marks = _class(table["marks"])
        cluster = f"[{_class(table['unspaced'])}][{marks}]*"
        self._run = re.compile(f"((?:{cluster})+)")
        self._cluster = re.compile(cluster)
        self._class_of = {chr(code): of for of, ranges in table["classes"] for code in _codes(ranges)}
        self._ordered = re.compile(f"[{''.join(map(re.escape, self._class_of))}]{{2,}}")

    def __missing__(self, code: int) -> str:
        if not _FIRST_HANGUL <= code <= _LAST_HANGUL:
            into = self[code] = chr(code) if bisect_right(self._same, code) % 2 else " "
            return into
        first, rest = divmod(code - _FIRST_HANGUL, 588)
        vowel, last = divmod(rest, 28)
        return chr(0x1100 + first) + chr(0x1161 + vowel) + (chr(0x11A7 + last) if last else "")

    def in_order(self, text: str) -> str:
        """A text in which marks that stand on one letter have Unicode's order, however they were typed."""
        if text.isascii():
            return text
        return self._ordered.sub(lambda found: "".join(sorted(found[0], key=self._class_of.__getitem__)), text)

    def runs(self, part: str) -> list[tuple[str, bool]]:
        """The pieces of a part, each with whether it is of a script without spaces."""
        if part.isascii():
            return [(part, False)] if part else []
        return [(piece, bool(n % 2)) for n, piece in enumerate(self._run.split(part)) if piece]

    def clusters(self, run: str) -> list[str]:
        """Letters with their marks."""
        return self._cluster.findall(run)


def _codes(ranges: Sequence[int]) -> Iterator[int]:
    """The numbers of ranges, which are written as gaps and lengths in turn."""
    at = 0
    for gap, length in zip(islice(ranges, 0, None, 2), islice(ranges, 1, None, 2), strict=True):
        yield from range(at + gap, at + gap + length)
        at += gap + length


def _class(ranges: Sequence[int]) -> str:
    """Ranges as the inside of a regular expression's class."""
    runs = groupby(enumerate(_codes(ranges)), key=lambda one: one[1] - one[0])
    found = [[code for _, code in run] for _, run in runs]
    return "".join(f"\\U{codes[0]:08x}-\\U{codes[-1]:08x}" for codes in found)


@cache
def _characters() -> Characters:
    return Characters(table())


@cache
def table() -> dict[str, Any]:
    """The table of characters."""
    return dict(json.loads(Path(TABLE).read_text(encoding="ascii")))
