"""What can be told of a regular expression without trying it: how its matches begin, and what they hold.

Takes patterns as the vocabularies give them: groups, choices, classes, assertions; no spaces that mean nothing. Where
something cannot be told, it says so, and the pattern has to be tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache

# What opens a group that is part of a match, what closes or divides groups, and what says how often something stands.
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_CLASS = r"\[\^?\]?(?:\\.|[^]\\])*\]"
_SIGN = re.compile(rf"\\.|{_CLASS}|([()|])", re.DOTALL)
_TIMES = re.compile(r"(?:[*+?]|\{[\d,]*\})[?+]?")
_MAYBE_NONE = ("?", "*", "{0", "{,")


def longest_of(words: Iterable[str]) -> str:
    """A pattern for the longest of these words that decides letter by letter, so that most texts fail at the first."""
    tails: dict[str, set[str]] = defaultdict(set)
    ends = False
    for word in words:
        if word:
            tails[word[0]].add(word[1:])
        else:
            ends = True
    branches = [re.escape(letter) + longest_of(rest) for letter, rest in sorted(tails.items())]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""


# --- how a match begins -----------------------------------------------------------------------------------------

LONGEST = 6  # characters of a beginning: enough for "the op", too few to grow long tables
_ASSERTION = re.compile(r"\\b|\(\?<?[!=][^()]*\)")
_LETTERS = re.compile(r"(?:[^\W_]|[ '-])+")
_CHOICE = re.compile(r"\[([^\W\d_])([^\W\d_])\]")


def beginnings(pattern: str) -> set[str]:
    """The first letters, case folded, with which a match can begin; `{""}` where that cannot be told."""
    found: set[str] = set()
    for alternative in _alternatives(pattern):
        found |= _beginnings_of_one(alternative)
    return {""} if "" in found else found


@cache
def _beginnings_of_one(pattern: str) -> Set[str]:
    while assertion := _ASSERTION.match(pattern):
        pattern = pattern[assertion.end() :]
    if pattern.startswith("(?:"):
        close = _closing(pattern)
        inner, rest = pattern[3:close], pattern[close + 1 :]
        times = _TIMES.match(rest)
        optional = rest.startswith(_MAYBE_NONE)
        rest = rest[times.end() :] if times else rest
        # after one choice of a repeated group may stand another
        after = "." if times and not times[0].startswith("?") else rest
        found = {start for choice in _alternatives(inner) for start in beginnings(choice + after)}
        return found | (beginnings(rest) if optional else set())
    if choice := _CHOICE.match(pattern):
        first, second, rest = choice[1].lower(), choice[2].lower(), pattern[choice.end() :]
        if rest.startswith(_MAYBE_NONE):
            return {""}
        return {first, second} if first != second else _continued(first, rest)
    letters = _LETTERS.match(pattern)
    if not letters:
        return {""}
    certain, rest = letters[0].lower(), pattern[letters.end() :]
    if rest[:1] in ("?", "*", "{"):
        return {certain[:-1][:LONGEST]}
    return _continued(certain, rest)


def _continued(certain: str, rest: str) -> Set[str]:
    """What is certain with what can follow it, as long as that is short."""
    if len(certain) >= LONGEST or not rest:
        return {certain[:LONGEST]}
    return {(certain + following)[:LONGEST] for following in _beginnings_of_one(rest)}


# --- what a match holds -----------------------------------------------------------------------------------------

_SHORTEST, _TELLING = 3, 5  # letters: with fewer a piece is in every sentence; more tell no more
_ITEM = re.compile(rf"(?P<letters>(?:[^\W_]|[ '-]|\\[.])+)|(?P<group>\()|{_CLASS}|\\.|.", re.DOTALL)


def needs(pattern: str) -> frozenset[str] | None:
    """Pieces of text one of which every match of a pattern holds; None where that cannot be told."""
    found: set[str] = set()
    for alternative in _alternatives(pattern):
        best = max(_needs_of_parts(alternative), key=_how_telling, default=None)
        if best is None:
            return None
        found |= best
    return frozenset(one for one in found if not any(other != one and other in one for other in found))


def _how_telling(pieces: frozenset[str]) -> tuple[int, int]:
    """Long pieces are rarer, and few are sooner looked for."""
    return min(_TELLING, *map(len, pieces)), -len(pieces)


def _needs_of_parts(pattern: str) -> Iterator[frozenset[str]]:
    """What each part needs of those that stand in a row: a match has them all."""
    at = 0
    while item := _ITEM.match(pattern, at):
        end = _closing(pattern, at) + 1 if item["group"] else item.end()
        times = _TIMES.match(pattern, end)
        at = times.end() if times else end
        optional = times is not None and times[0].startswith(_MAYBE_NONE)
        if item["letters"]:
            letters = item["letters"].replace("\\.", ".")
            letters = letters[:-1] if optional else letters
            if len(letters) >= _SHORTEST:
                yield frozenset((letters,))
        elif not optional and item["group"] and (opened := _GROUP.match(pattern, item.start())):
            inside = needs(pattern[opened.end() : end - 1])
            if inside:
                yield inside


# --- the form of patterns ---------------------------------------------------------------------------------------


def _closing(pattern: str, opened: int = 0) -> int:
    """Where the group is closed that opens at this place."""
    depth = 0
    for place, character in _signs(pattern, opened):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    raise ValueError(f"a group is not closed in {pattern!r}")


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand outside every group."""
    if "|" not in pattern:
        return [pattern]
    depth, start, parts = 0, 0, []
    for place, character in _signs(pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


def _signs(pattern: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Brackets and bars that mean something: not escaped, not in a class of characters."""
    return ((match.start(), match[1]) for match in _SIGN.finditer(pattern, start) if match[1])
