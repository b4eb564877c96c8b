"""Which runs of `*` and `_` are marks of emphasis, by the rules of CommonMark.

Takes a text and its runs. Gives the ranges that are marks. Converters lose one half of a pair at a page's end: a run
that has no partner is a mark still where no writer means the character itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LONGEST_RUN = 3  # of `_`: a longer one is a line to write on


@dataclass(slots=True)
class Run:
    """A run of one character, `start` to `end`. `opens` and `closes` are used up from the right and from the left."""

    character: str
    start: int
    end: int
    can_open: bool
    can_close: bool
    opened: int = 0
    closed: int = 0

    @property
    def left(self) -> int:
        """How many of its characters have no partner."""
        return self.end - self.start - self.opened - self.closed


def run_at(text: str, start: int, end: int) -> Run:
    """A run with what it may do, by the characters beside it."""
    before = text[start - 1 : start] or " "
    after = text[end : end + 1] or " "
    before_space, after_space = before.isspace(), after.isspace()
    before_mark, after_mark = _is_punctuation(before), _is_punctuation(after)
    left = not after_space and (not after_mark or before_space or before_mark)
    right = not before_space and (not before_mark or after_space or after_mark)
    if text[start] == "_":
        return Run("_", start, end, left and (not right or before_mark), right and (not left or after_mark))
    return Run("*", start, end, left, right)


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"


def pair(runs: Sequence[Run]) -> None:
    """Pair closing runs with the nearest opening ones before them. Time grows with the number of runs."""
    openers: list[Run] = []
    for run in runs:
        while run.can_close and run.left and openers:
            found = next((at for at in range(len(openers) - 1, -1, -1) if _fit(openers[at], run)), None)
            if found is None:
                break
            del openers[found + 1 :]  # what was opened in between is closed by nothing
            opener = openers[found]
            used = 2 if opener.left >= 2 and run.left >= 2 else 1
            opener.opened += used
            run.closed += used
            if not opener.left:
                openers.pop()
        if run.can_open and run.left:
            openers.append(run)
            del openers[:-_DEEPEST]


_DEEPEST = 32  # nobody nests emphasis so deep: runs that no other closes must not be looked through for ever


def _fit(opener: Run, closer: Run) -> bool:
    if opener.character != closer.character:
        return False
    both = opener.can_close or closer.can_open
    sizes = opener.end - opener.start, closer.end - closer.start
    return not (both and sum(sizes) % 3 == 0 and any(size % 3 for size in sizes))


def used(run: Run) -> Iterator[tuple[int, int]]:
    """The characters of a run that are marks, with or without a partner."""
    if run.closed:
        yield run.start, run.start + run.closed
    if run.opened:
        yield run.end - run.opened, run.end


def is_broken_mark(text: str, run: Run) -> bool:
    """Whether a run without a partner is a mark that lost its other half, and no character somebody wrote."""
    before, after = text[run.start - 1 : run.start], text[run.end : run.end + 1]
    if run.character == "*":
        return run.left >= 2 or (bool(after.strip()) and not before.strip())
    inside = _is_of_word(before) and _is_of_word(after)
    alone = not before.strip() and not after.strip()
    return run.left <= _LONGEST_RUN and not inside and not alone


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
