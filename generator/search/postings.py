"""Where words occur, and how lists of that are written so that a script reads them fast.

Takes words of numbered records. Gives for each word the numbers of its records and its places in them, as short
strings: differences between neighbours, each in as few characters as it needs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from operator import call, sub

from generator.search.words import Words

# Signs that need no escape in a script. The first 56 end a number, the other 32 say that more follows.
_SIGNS = [chr(code) for code in range(35, 124) if chr(code) != "\\"]
_ENDS, _GOES_ON = 56, 32
_BITS = "~"  # begins signs of six bits, of which the first is the smallest number
_CLOSE = 5  # one number in so many; packed, the bits are the shorter from here on
_PLACES = 10  # bits for the place of a word in its record
LAST_PLACE = (1 << _PLACES) - 1  # which all words after it share


def number(value: int) -> str:
    """A number in signs, its smallest part first."""
    text = ""
    while value >= _ENDS:
        text += _SIGNS[_ENDS + value % _GOES_ON]
        value //= _GOES_ON
    return text + _SIGNS[value]


_NUMBERS = [number(value) for value in range(1 << 16)]


def numbers(values: Iterable[int]) -> str:
    """Several numbers, one after the other."""
    values = list(values)
    try:
        return "".join(map(_NUMBERS.__getitem__, values))
    except IndexError:
        return "".join(map(number, values))


def rising(values: Sequence[int]) -> str:
    """Rising numbers, each as its distance from the one before; where they stand close, as signs of six bits each."""
    if values and len(values) * _CLOSE > values[-1]:
        return _BITS + _bits(values)
    return numbers([*values[:1], *map(sub, values[1:], values)])


def _bits(values: Sequence[int]) -> str:
    cells = bytearray(values[-1] // 6 + 1)
    for value in values:
        cells[value // 6] |= 1 << value % 6
    return "".join(map(_SIGNS.__getitem__, cells))


class _Appends(dict[str, Callable[[int], None]]):
    """For each word what adds to its occurrences: found at once, for it is asked millions of times."""

    def __init__(self, occurrences: dict[str, array[int]]) -> None:
        self._occurrences = occurrences

    def __missing__(self, word: str) -> Callable[[int], None]:
        self._occurrences[word] = array("I")
        append = self[word] = self._occurrences[word].append
        return append


# A place as it is written: twice its number, and one more where its record has another one.
_LAST_OF_RECORD = [number(2 * place) for place in range(LAST_PLACE + 1)]
_MORE_OF_RECORD = [number(2 * place + 1) for place in range(LAST_PLACE + 1)]


class Postings:
    """Every occurrence of every word of one language. `compounds` have records only: their parts have the places."""

    def __init__(self) -> None:
        self.compounds: defaultdict[str, list[int]] = defaultdict(list)
        self._occurrences: dict[str, array[int]] = {}
        self._append = _Appends(self._occurrences)

    def add(self, record: int, words: Words) -> None:
        """The words of a record; records come in the order of their numbers."""
        for compound in dict.fromkeys(words.compounds):
            self.compounds[compound].append(record)
        first, last = record << _PLACES, record << _PLACES | LAST_PLACE
        occurrences = chain(range(first, last), repeat(last))
        deque(map(call, map(self._append.__getitem__, words.places), occurrences), maxlen=0)

    def words(self) -> Iterable[str]:
        """All words and compounds."""
        return chain(self._occurrences.keys(), self.compounds.keys())

    def records(self, word: str) -> list[int]:
        """The numbers of the records a word occurs in."""
        if word in self.compounds:
            return self.compounds[word]
        return list(dict.fromkeys([one >> _PLACES for one in self._occurrences[word]]))

    def places(self, word: str) -> str:
        """Its places: for each occurrence twice the place, and one more where its record has another one."""
        if word in self.compounds:
            return ""
        here = self._occurrences[word]
        following = [*here[1:], 0]
        last, more = _LAST_OF_RECORD, _MORE_OF_RECORD
        # Two occurrences are of one record where nothing but the place differs.
        return "".join(
            [
                more[a & LAST_PLACE] if a ^ b <= LAST_PLACE else last[a & LAST_PLACE]
                for a, b in zip(here, following, strict=True)
            ]
        )

    def phrase(self, words: Sequence[str], within: Iterable[Sequence[str]] = ()) -> list[int]:
        """The numbers of the records in which these words follow each other, but not as part of those in `within`."""
        starts = self._starts(words)
        for longer in within if starts else ():
            shift = next(n for n in range(len(longer)) if longer[n : n + len(words)] == words)
            parts = {one + shift for one in self._starts(longer)}
            starts = [one for one in starts if one not in parts]
        return list(dict.fromkeys(one >> _PLACES for one in starts))

    def _starts(self, words: Sequence[str]) -> list[int]:
        if not all(word in self._occurrences for word in words):
            return []
        rarest = min(range(len(words)), key=lambda n: len(self._occurrences[words[n]]))
        starts = [one - rarest for one in self._occurrences[words[rarest]]]
        for at, word in enumerate(words):
            if at != rarest:
                here = self._occurrences[word]
                starts = [one for one in starts if _holds(here, one + at)]
        return starts


def _holds(rising_values: array[int], value: int) -> bool:
    at = bisect_left(rising_values, value)
    return at < len(rising_values) and rising_values[at] == value
