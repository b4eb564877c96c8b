"""Words that a conversion broke where nobody wrote a break: at a page's end, or between two marks of bold.

Takes the words of the whole document. Gives passages in which the halves are one word again – where each half is found
nowhere else in the document, and the whole is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from generator.parse.draft import Draft
from generator.text.passage import Passage
from generator.text.source import SourceText, Span

_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"\s*([a-zà-ÿ]+)(?![\w-])")
_LONGEST = 40  # characters of a word
_LAST = re.compile(r"(?<![\w-])([^\W\d_]+)$")
# Bold that ends and begins again with a space between: "**Comm** **ittee**".
_BETWEEN_MARKS = re.compile(r"(?<=[^\W\d_])(\*{1,3}|_{1,3})([ \t]+)\1(?=[a-zà-ÿ])")


class Words:
    """How often words are used in a document."""

    def __init__(self, draft: Draft) -> None:
        self.used = Counter(
            match[0].casefold() for part in draft.parts if part.passage for match in _WORD.finditer(part.text)
        )

    def are_halves(self, first: str, second: str) -> bool:
        """Whether two pieces are one word: together a word of the document, each alone used here only."""
        whole = self.used[(first + second).casefold()]
        return whole > 0 and self.used[first.casefold()] <= 1 and self.used[second.casefold()] <= 1


def join_marked_words(draft: Draft) -> None:
    """Words that marks of bold cut in two, space and all, are one word again."""
    source = draft.source
    broken = {
        source.location(match.start()).line
        for match in _BETWEEN_MARKS.finditer(source.text)
        if _is_one_word(source.text, match)
    }
    if not broken:
        return
    words = Words(draft)
    for part in draft.parts:
        if part.passage and part.passage.text and not broken.isdisjoint(range(part.first, part.last + 1)):
            part.passage = _rejoined(draft.source, part.passage, words)
            part.whole = _rejoined(draft.source, part.whole, words) if part.whole else None


def _is_one_word(text: str, match: re.Match[str]) -> bool:
    """Whether the letters on both sides stand together elsewhere: a quick look before words are counted."""
    start, end = match.span()
    before = _LAST.search(text, max(0, start - _LONGEST), start)
    after = _FIRST.match(text, end, end + _LONGEST)
    return before is not None and after is not None and before[1] + after[1] in text


def _rejoined(source: SourceText, passage: Passage, words: Words) -> Passage:
    pieces = list(passage.pieces)
    kept: list[Span] = []
    for index, piece in enumerate(pieces):
        before, after = (kept[-1] if kept else None), (pieces[index + 1] if index + 1 < len(pieces) else None)
        if before and after and before.line == piece.line == after.line and not source.slice(piece).strip():
            first, second = _LAST.search(source.slice(before)[-_LONGEST:]), _FIRST.match(source.slice(after)[:_LONGEST])
            if first and second and not second.start(1) and words.are_halves(first[1], second[1]):
                continue
        kept.append(piece)
    return passage if len(kept) == len(pieces) else Passage.of_words(source, kept, passage.calls)


def glued(draft: Draft, before: Passage, after: Passage) -> Passage:
    """The passage after a page's end, glued to the one before where the page cut a word without a hyphen."""
    source = draft.source
    first, second = _LAST.search(before.text[-_LONGEST:]), _FIRST.match(after.text[:_LONGEST])
    # most are two words: only those that are one elsewhere in the text are counted
    if not (first and second and first[1] + second[1] in source.text):
        return after
    if not Words(draft).are_halves(first[1], second[1]):
        return after
    pieces = after.spans(0, len(after.text))
    return Passage.of_words(source, (replace(pieces[0], glued=True), *pieces[1:]), after.calls)
