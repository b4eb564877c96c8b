"""An item of the conclusions and the States in brackets that make it: "Ratify … (Arcadia); sign … (Sylvania)".

Takes the text of a paragraph made level and the names of States. Gives the `Piece`s it holds, each a recommendation,
and the `Opening` with which it goes on from the item before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.vocabulary import StateNames


class Piece(NamedTuple):
    """Part of an item: where its words begin and end, who made it, and words in brackets that name no State."""

    start: int
    end: int
    states: tuple[str, ...]
    unknown: tuple[str, ...]


# Possessive and bounded, so that a text of many open brackets takes no longer than another.
_BRACKET = re.compile(r"\((?P<inside>(?:[^()]++|\([^()]*+\)?+){0,60}+)\)|\((?P<open>[^()]{3,80})$")
_AFTER = re.compile(r"\s*(?P<mark>[;.:/]|,(?=\s*(?:and )?[A-Z])|(?=[A-Z][a-z]))?\s*")
_NOISE_END = re.compile(r"(?<![\s,;.:(~])[\s,;.:(~]++\Z")
_LEADING = re.compile(r"(?:\s|\[\d{1,3}\]|\((?:[a-z]|[ivx]+)\)\s|[,;.:/]|(?:and|but|as well as)\s(?=[a-z]))*")
_CAPITALS = re.compile(r"(?:[A-Z]{2,}[\w-]*|[^A-Z]*)$")
_WORD = re.compile(r"[^\W_]")
_NO_WORDS = re.compile(r"[^\w(]*")
_CLOSES = re.compile(r"\s*+(?:[;.:,]|\Z)")
_ENDS = re.compile(r"[ ;.]*+\Z")
_ENDS_IN_BRACKET = re.compile(r"\)[^\w)]*+\Z")
# What can stand alone: a verb, or a clause. "ICRMW" between two semicolons goes with the recommendation before.
_STANDS_ALONE = re.compile(r"(?:[Tt]o )?(?:[a-z]\w*|[A-Z][a-z]\w*|[A-Z] )[\s,-]+\w")
_LONGEST_WORD = 40  # characters looked back over
_WANTS_OBJECT = re.compile(r"\b(?:\w+ing|to|of|the|sign|ratify|accept|and|or|for|with|in|party|ratification)[\s,]*\Z")
# What stands beside States and names none: the number of a footnote, an instrument's abbreviation.
_MARK_OR_SHORT_TITLE = re.compile(r"\d+|[A-Z][A-Z -]+(?:\d+)?")
_SHORTEST_PIECE = 24  # characters


def ends_in_bracket(text: str) -> bool:
    """Whether a text ends as an item does: in a bracket and marks."""
    return bool(_ENDS_IN_BRACKET.search(text))


class Opening(NamedTuple):
    """States in brackets with which a paragraph begins, up to `end`; `alone` where no words follow."""

    end: int
    states: tuple[str, ...]
    unknown: tuple[str, ...]
    alone: bool


def opening(text: str, states: StateNames) -> Opening | None:
    """The brackets with which a text begins, where they end the words before it: "(Estonia); Ratify … (Chile)".

    None where the bracket is followed by the only words it can belong to: "(Estonia) Ratify the Convention".
    """
    named: list[str] = []
    unknown: list[str] = []
    end = at = _LEADING.match(text).end()  # type: ignore[union-attr]
    marked = False
    while bracket := _BRACKET.match(text, at):
        codes, strange = _in_brackets(bracket, text, states)
        if not codes and not strange:
            break
        named += [code for code in codes if code not in named]
        unknown += strange
        end = bracket.end()
        marked = bool(_CLOSES.match(text, end))
        at = _NO_WORDS.match(text, end).end()  # type: ignore[union-attr]
    if not named and not unknown:
        return None
    alone = _WORD.search(text, end) is None
    if not alone and not marked and not any(_in_brackets(b, text, states)[0] for b in _BRACKET.finditer(text, end)):
        return None
    return Opening(end, tuple(named), tuple(unknown), alone)


def pieces(text: str, states: StateNames, begins: re.Pattern[str], at: int = 0) -> list[Piece]:
    """An item cut where States in brackets end a recommendation and a mark or a verb (`begins`) opens the next.

    Read from `at` on, where its words begin: each piece has some. "Sign (Arcadia) and ratify (Ruritania) the Protocol"
    stays whole: a part alone would not be what either State said.
    """
    found: list[Piece] = []
    start = _LEADING.match(text, at).end()  # type: ignore[union-attr]
    named: list[str] = []
    unknown: list[str] = []
    end = start
    for bracket in _BRACKET.finditer(text, start):
        codes, strange = _in_brackets(bracket, text, states)
        if not codes and not strange:
            continue
        follows_bracket = bool(named or unknown) and not text[end : bracket.start()].strip(" )(,~*")
        end = end if follows_bracket else bracket.start()
        named += [code for code in codes if code not in named]
        unknown += strange
        after = _AFTER.match(text, bracket.end())
        at = after.end() if after else bracket.end()
        closed = at >= len(text) or bool(after and after["mark"] is not None)
        if not closed and end - start >= _SHORTEST_PIECE and begins.match(text, bracket.end()):
            closed = True
        if at < len(text) and _WANTS_OBJECT.search(text, max(start, end - _LONGEST_WORD), end):
            closed = False  # "Consider ratifying (Arcadia), sign (Ruritania) the Protocol"
        if not _WORD.search(text, start, end):
            closed = False  # "(Arcadia) Ratify the Protocol"
        if closed and not text.startswith("(", at) and _begins_piece(text, at, states):
            found.append(_piece(text, start, end, named, unknown))
            start = end = _LEADING.match(text, at).end()  # type: ignore[union-attr]
            named, unknown = [], []
    rest = _NOISE_END.sub("", text[start:])
    if named or unknown:
        # what follows the last bracket belongs to the words before it: "… (Cuba) in the near future"
        tail = text[text.rfind(")") + 1 :].strip(" ;.,:")
        whole = len(tail.split()) > 2 or not _WORD.search(text, start, end)
        found.append(_piece(text, start, len(text) if whole else end, named, unknown))
    elif rest:
        if found and len(rest.split()) < 4:
            last = found[-1]
            found[-1] = last._replace(end=start + len(rest))
        else:
            found.append(_piece(text, start, len(text), [], []))
    return found


def _begins_piece(text: str, at: int, states: StateNames) -> bool:
    """Whether what follows stands by itself, with States of its own – or nothing follows."""
    at = _LEADING.match(text, at).end()  # type: ignore[union-attr]
    if _ENDS.match(text, at):
        return True
    following = next((b for b in _BRACKET.finditer(text, at) if _in_brackets(b, text, states)[0]), None)
    if following is None:
        return False
    words = text[at : following.start()]
    return len(words.strip()) >= _SHORTEST_PIECE and bool(_STANDS_ALONE.match(text, at))


def _piece(text: str, start: int, end: int, named: Sequence[str], unknown: Sequence[str]) -> Piece:
    end = start + len(_NOISE_END.sub("", text[start:end]))
    return Piece(start, end, tuple(named), tuple(unknown))


def _in_brackets(bracket: re.Match[str], text: str, states: StateNames) -> tuple[list[str], list[str]]:
    """The States a bracket names; where it ends the item and names somebody else, those words."""
    inside = bracket["inside"] if bracket["inside"] is not None else bracket["open"]
    named, words = states.listed(inside.replace("~", " "))
    strange = [word for word in words if not _MARK_OR_SHORT_TITLE.fullmatch(word)]
    codes = [code for code, _, _ in named]
    if codes and (not strange or len(codes) >= 2 * len(strange)):
        return codes, strange
    after = text[bracket.end() : bracket.end() + 2].strip()
    closes = not after or after[0] in ";."
    proper = bool(inside[:1].isupper()) and not _CAPITALS.match(inside) and len(inside.split()) <= 8
    if closes and (codes or (proper and _ENDS.match(text, bracket.end()))):
        return codes, strange
    return [], []
