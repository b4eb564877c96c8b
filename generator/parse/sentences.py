"""Sentences: where they end in a normalised text, and in the items of a list inside one.

Takes texts and what a language says of its abbreviations. Gives half-open ranges. Quotation marks need not balance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.model import Paragraph
from generator.parse.draft import Draft
from generator.vocabulary import Language, fold


def cut_sentences(draft: Draft) -> None:
    language = draft.vocabulary.languages[draft.lang]
    draft.paragraphs = [
        replace(
            paragraph, sentences=tuple(_with_items(paragraph, sentences(paragraph.passage.text, language), language))
        )
        for paragraph in draft.paragraphs
    ]


_ITEM_LETTER = re.compile(r"(?<=[;:,.]) (?:and )?(?=\(?([b-z])\) )|(?<=:) (?=\(?(a)\) )|(?<= and) (?=\(?([b-z])\) )")
_FIRST_ITEM = re.compile(r"(?<![\w(])\(?a\) ")


def _with_items(
    paragraph: Paragraph, found: Iterator[tuple[int, int]], language: Language
) -> Iterator[tuple[int, int]]:
    """Sentences of a numbered paragraph, cut at the letters of a list in it: "to (a) ratify …; (b) adopt …"."""
    text = paragraph.passage.text
    letter = (paragraph.number or "").partition("(")[2][:1]
    listed = bool(letter) or bool(paragraph.number and _FIRST_ITEM.search(text))
    expected = chr(ord(letter) + 1) if letter else "a"
    if paragraph.lead_in is not None and not paragraph.number and "; " in text:
        yield from _run_together(text, found, language)
        return
    for start, end in found:
        for match in _ITEM_LETTER.finditer(text, start, end) if listed else ():
            letter = match[1] or match[2] or match[3]
            if letter >= expected:
                yield start, match.start()
                start = match.end()
                expected = chr(ord(letter) + 1)
        yield start, end


_ITEM_END = re.compile(r";(?: and| or| et| ou| y| o)? (?=([a-zà-ÿ]+) \w+ \w)")


def _run_together(text: str, found: Iterator[tuple[int, int]], language: Language) -> Iterator[tuple[int, int]]:
    """Items of a list that a conversion put on one line: "extend the code; train inspectors; and allocate …"."""
    for start, end in found:
        for match in _ITEM_END.finditer(text, start, end):
            if match[1] not in language.words:
                yield start, match.end() - 1
                start = match.end()
        yield start, end


_END_MARK = re.compile(r"(?P<mark>[.!?…](?<![.!?…].)[.!?…]*)(?P<close>['\"”’»)\]]*)(?=\s)(?=\s[\"'“‘«(\[¿¡]*[\w¿¡])")
_FOLLOWING = re.compile(r"[ \"'“‘«(\[¿¡]*(.?)", re.DOTALL)
_LAST_TOKEN = re.compile(r"[\w.'’&-]+$")
_INITIAL = re.compile(r"[^\W\d_]$")
_WORD = re.compile(r"\w*")


def sentences(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the sentences of a normalised text. Quotation marks need not balance."""
    start = 0
    for match in _END_MARK.finditer(text):
        if _ends_sentence(text, match, language):
            yield start, match.end()
            start = match.end() + 1
    if start < len(text):
        yield start, len(text)


def _ends_sentence(text: str, match: re.Match[str], language: Language) -> bool:
    following = _FOLLOWING.match(text, match.end())[1]  # type: ignore[index]
    if match["mark"] != ".":
        return following.isupper() or following.isdigit() or (match["mark"] == "?" and not match["close"])
    if not (following.isupper() or following.isdigit()):
        return False
    if match["close"]:
        return True
    last = _LAST_TOKEN.search(text, max(0, match.start() - 24), match.start())
    word = last[0].strip("'’") if last else ""
    if word.isdigit() and fold(_WORD.match(text, match.end() + 1)[0]) in language.months:  # type: ignore[index]
        return False  # "27. May 2015"
    if word in language.abbreviations:
        return word in language.may_end and following.isupper()
    # "J. Cardona", "art. 3": an initial ends nothing; "phase I." and "annex A." are rarer than names.
    return not (_INITIAL.fullmatch(word) and word.isupper() and following.isupper())
