"""Texts of the interface, by language: names of kinds, speakers and positions, badges, headings.

Takes them as data. Gives each text in every language the interface is ready for; one that is missing is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.datafile import Node

LANGUAGES = ("en", "fr", "es")
_PLACE = re.compile(r"\{[^{}]*\}")

# By id, then by language: singular and plural of a kind, word and title of a position, or one text.
Texts = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Interface:
    """The texts of each sort."""

    kinds: Texts
    speakers: Texts
    positions: Texts
    badges: Texts
    headings: Texts


def load_interface(
    kinds: Iterable[Node],
    speakers: Iterable[Node],
    positions: Iterable[Node],
    badges: Iterable[Node],
    headings: Iterable[Node],
) -> Interface:
    """Check and build: each entry has all languages, kinds and positions two texts in each, places the same in all."""
    return Interface(
        kinds=_texts(kinds, 2),
        speakers=_texts(speakers, 1),
        positions=_texts(positions, 2),
        badges=_texts(badges, 1),
        headings=_texts(headings, 1),
    )


def _texts(entries: Iterable[Node], number: int) -> Texts:
    return {entry.need("id").text(): _in_each_language(entry, number) for entry in entries}


def _in_each_language(entry: Node, number: int) -> dict[str, tuple[str, ...]]:
    entry.mapping(f"id {' '.join(LANGUAGES)}")
    found: dict[str, tuple[str, ...]] = {}
    for lang in LANGUAGES:
        node = entry.need(lang)
        texts = node.texts() if number > 1 else (node.text(),)
        if len(texts) != number or not all(texts):
            raise node.fail(f"found {len(texts)} texts, expected {number}")
        if [_PLACE.findall(text) for text in texts] != [_PLACE.findall(text) for text in found.get("en", texts)]:
            raise node.fail("its places in braces are not those of the English text")
        found[lang] = texts
    return found
