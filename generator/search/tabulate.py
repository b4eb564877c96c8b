"""The table of characters that the words of a search are made with: `python -m generator.search.tabulate` writes it.

Takes Python's Unicode data. Gives `characters.json`, which the index and the browser both read, so that neither goes by
the Unicode version it happens to run with. docs/search-words.md says what each part of the table means.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("characters.json")

_HYPHENS = "-\u058a\u05be\u2010\u2011\ufe63\uff0d"
# Letters by name that are printed and typed as apostrophes: as separate as those.
_APOSTROPHES = "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf"
# What lengthens or fills a word and says nothing: the Arabic and the N'Ko stroke, the Hangul fillers.
_FILLERS = "\u0640\u07fa\u115f\u1160\u3164\uffa0"
# Marks without a class that choose or join a shape.
_SELECTORS = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Letters that no decomposition makes plain: of Latin script, and the Arabic ones that are written for each other.
_PLAIN = {
    **{"ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ı": "i", "þ": "th"},
    **{"\u0671": "\u0627", "\u0629": "\u0647", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643"},
}
_WITH_MARK = re.compile("LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")
_HANGUL = range(0xAC00, 0xD7A4)  # taken apart by arithmetic
# Blocks of scripts that put no space between words.
_UNSPACED = [
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x1B00, 0x1B7F),  # Balinese
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xA000, 0xA4CF),  # Yi
    (0xA980, 0xA9FF),  # Javanese, Myanmar
    (0xAA60, 0xAADF),  # Myanmar, Tai Viet
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B16F),
    (0x20000, 0x323AF),
]
# Classes of the marks that are part of the spelling: vowels, nuktas, viramas and the tones of single scripts.
_SPELLING = {0, 6, 7, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132}


def table() -> dict[str, Any]:
    """The whole table; ranges are written as gaps and lengths in turn."""
    folded = {code: into for code, into in _folded() if into != chr(code)}
    same = [code for code, into in _folded() if into == chr(code)]
    marks = [code for code in same if unicodedata.category(chr(code))[0] == "M"]
    unspaced = [
        code
        for first, last in _UNSPACED
        for code in range(first, last + 1)
        if chr(code).isalpha() or unicodedata.category(chr(code)) == "Nl"
    ]
    classes = {code: unicodedata.combining(chr(code)) for code in marks if unicodedata.combining(chr(code))}
    return {
        "format": "characters/1",
        "unicode": unicodedata.unidata_version,
        "same": _ranges(same),
        "folded": _ranges(folded),
        "into": "|".join(folded.values()),
        "marks": _ranges(marks),
        "unspaced": _ranges(set(unspaced) & set(same)),
        "classes": _by_class(classes),
        "hyphens": _HYPHENS,
    }


def _folded() -> Iterator[tuple[int, str]]:
    """Every character that is in a word or is left out of one, and what stands for it."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if code in _HANGUL or character in _APOSTROPHES:
            continue
        if _is_left_out(character):
            yield code, ""
        elif unicodedata.category(character)[0] in "LNM":
            yield code, _fold(character)


def _is_left_out(character: str) -> bool:
    category, of = unicodedata.category(character), unicodedata.combining(character)
    if category in ("Mn", "Mc"):
        return of not in _SPELLING or bool(_SELECTORS.match(character))
    # A control that is no white space does not show, like what Unicode calls a format character.
    return category in ("Cf", "Me") or character in _FILLERS or (category == "Cc" and not character.isspace())


def _fold(character: str) -> str:
    before, text = "", character
    while text != before:
        before = text
        apart = (c for c in unicodedata.normalize("NFKD", text) if not _is_left_out(c))
        text = "".join(map(_plain, "".join(apart).casefold()))
    return "".join(c if unicodedata.category(c)[0] in "LNM" and c not in _APOSTROPHES else " " for c in text)


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    named = _WITH_MARK.match(unicodedata.name(character, ""))
    return named[1].lower() if named else _PLAIN.get(character, character)


def _ranges(codes: Iterable[int]) -> list[int]:
    """Numbers as ranges: how many are skipped before each, and how many it has."""
    found: list[int] = []
    for before, code in pairwise([-1, *sorted(codes)]):
        if code == before + 1 and found:
            found[-1] += 1
        else:
            found += [code - before - 1, 1]
    return found


def _by_class(classes: Mapping[int, int]) -> list[list[Any]]:
    return [[of, _ranges(c for c, other in classes.items() if other == of)] for of in sorted({*classes.values()})]


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(), ensure_ascii=True, separators=(",", ":")) + "\n", encoding="ascii")
