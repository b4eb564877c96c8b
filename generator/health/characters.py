"""Damaged characters: what a conversion leaves where it could not tell a letter.

Takes the raw source and the rules of `health.yaml`. Gives the places.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.health.faults import Fault
from generator.text.source import SourceText
from generator.vocabulary import HealthRules

_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_WIDEST = 40  # characters of a word that are shown


def damaged_characters(source: SourceText, rules: HealthRules) -> Iterator[Fault]:
    """Every place; a line of nothing else is a bar code or a drawing, and no words."""
    found = rules.damage(source.text)
    damaged: dict[int, str] = {}
    places = [source.location(match.start()) for match in found]
    for match, place in zip(found, places, strict=True):
        line = damaged.get(place.line, source.line(place.line))
        damaged[place.line] = line.replace(match[0], " ")
    for match, place in zip(found, places, strict=True):
        if not any(map(str.isalpha, damaged[place.line])):
            continue
        line = source.line(place.line)
        start = place.column - 1
        end = start + len(match[0])
        hidden = match[0] if _ZERO_WIDTH.issuperset(match[0]) else ""
        yield Fault("characters", place.line, start, end, _word_around(line, start, end), hidden)


def _word_around(line: str, start: int, end: int) -> str:
    """The word in which the damage stands, as far as it can be shown."""
    first = line.rfind(" ", max(0, start - _WIDEST), start) + 1 or max(0, start - _WIDEST)
    last = line.find(" ", end, end + _WIDEST)
    return line[first : last if last >= 0 else end + _WIDEST]
