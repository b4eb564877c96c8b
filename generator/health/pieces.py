"""Words in pieces: "dele gation", "recom-mended", "ad- vised", and words that lost letters: "con ict", "ffer".

Takes the paragraphs of a document and the words of its language. Gives the places. A pair is one broken word where its
join is a word and one of the two is none; so "self-help", "re-entry" and "per cent" stay what they are. What is a word
is known from `words.yaml`, from the names of States and, for a language without a list, from the document itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from generator.health.faults import Fault
from generator.model import BlockKind, Document, Paragraph
from generator.vocabulary import Words, fold

_EDGES = "\"'()[]{}.,;:!?*_#“”‘’«»…"
_ENDS = _EDGES.replace("(", "").replace("[", "").replace("{", "")
_LETTERS = re.compile(r"[^\W\d_]+")
# Letters that stand apart from each other: "C o m m i t t e e".
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")
# Ligatures and hyphens as they are typed.
_PRINTED = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "‐": "-", "‑": "-", "–": "-"}
)
_SENTENCE_ENDS = frozenset(".:;?!")
_SHORTEST = 4  # letters of a word that can be broken
_LONGEST = 40  # nobody writes a longer one; what is longer is no word with a lost ligature
_MOST_PIECES = 4
# A word of the document that stands in for a list must stand there as often as this.
_OFTEN = 2


@lru_cache(maxsize=8)
def _without_ligature(common: frozenset[str]) -> frozenset[str]:
    """What is left of words that lose a ligature: "conict" of "conflict"."""
    return frozenset(
        word[:place] + word[place + len(ligature) :]
        for ligature in _LIGATURES
        for word in common
        if ligature in word
        for place in range(len(word))
        if word.startswith(ligature, place)
    )


@lru_cache(maxsize=8)
def _in_order(common: frozenset[str], names: frozenset[str], backwards: bool) -> tuple[str, ...]:
    """All words in their order, or each read backwards: among them a first or a last part is soon found."""
    return tuple(sorted(word[::-1] if backwards else word for word in (*common, *names)))


def _starts_one(letters: str, ordered: Sequence[str]) -> bool:
    place = bisect_left(ordered, letters)
    return place < len(ordered) and ordered[place].startswith(letters)


class _Lexicon:
    """What is a word in this document."""

    def __init__(self, document: Document, words: Words, names: frozenset[str]) -> None:
        self.words, self.names = words, names
        self._first: dict[str, bool] = {}
        self._last: dict[str, bool] = {}
        self.own: Counter[str] = Counter()
        if not words.common:
            for paragraph in document.paragraphs:
                self.own.update(_LETTERS.findall(paragraph.passage.text.lower()))

    def whole(self, letters: str) -> bool:
        """Whether these letters are a word."""
        return letters in self.words.common or letters in self.names or self.own[letters] >= _OFTEN

    def odd(self, letters: str) -> bool:
        """Whether they can be a piece: no word, no first part of words, no name that stands by itself elsewhere."""
        return not self.whole(letters) and letters not in self.words.prefixes

    def lost_ligature(self, token: str) -> bool:
        """Whether a token is no word but for a ligature: "conict" for "conflict"."""
        core = token.strip(_EDGES)
        return (
            _SHORTEST <= len(core) <= _LONGEST
            and core in _without_ligature(self.words.common)
            and core.islower()
            and core.isalpha()
        )

    def begins_a_word(self, token: str) -> bool:
        """Whether a token may be the first piece of a word; without a list of words any may."""
        if token not in self._first:
            piece = token.lstrip(_EDGES).lower().translate(_PRINTED)
            listed = self.words.common
            self._first[token] = not listed or _starts_one(piece, _in_order(listed, self.names, False))
        return self._first[token]

    def ends_a_word(self, token: str) -> bool:
        """Whether a token may be the last piece of a word."""
        if token not in self._last:
            piece = token.rstrip(_ENDS).lower().translate(_PRINTED)[::-1]
            listed = self.words.common
            self._last[token] = not listed or _starts_one(piece, _in_order(listed, self.names, True))
        return self._last[token]


def broken_words(document: Document, words: Words, names: frozenset[str]) -> Iterator[Fault]:
    """Every place where a word is in pieces or has lost letters."""
    lexicon = _Lexicon(document, words, names)
    texts = [paragraph.passage.text.split(" ") for paragraph in document.paragraphs]
    distinct = set().union(*texts) - words.common
    unsound = {token for token in distinct if not _is_sound(token, lexicon)}
    singles = {token for token in unsound if len(token) == 1}
    for paragraph, tokens in zip(document.paragraphs, texts, strict=True):
        if unsound.isdisjoint(tokens):
            continue
        for first, last in _broken(tokens, unsound, lexicon):
            start = sum(map(len, tokens[:first])) + first
            yield _fault(paragraph, start, start + len(" ".join(tokens[first : last + 1])))
        for spaced in () if singles.isdisjoint(tokens) else _SPACED.finditer(paragraph.passage.text):
            yield _fault(paragraph, *spaced.span())
    yield from _lost_first_letters(document, lexicon)


def _fault(paragraph: Paragraph, start: int, end: int) -> Fault:
    spans = paragraph.passage.spans(start, end)
    shown = paragraph.passage.text[start:end].strip(_EDGES)
    return Fault("pieces", spans[0].line, spans[0].col_start, spans[0].col_end, shown)


def _is_sound(token: str, lexicon: _Lexicon) -> bool:
    """Whether a token needs no second look: a word, or nothing that has to do with words."""
    core = token.strip(_EDGES).lower()
    if core in lexicon.words.common:
        return True
    if not core.isascii():
        core = core.translate(_PRINTED)
    if core.isalpha():
        return lexicon.whole(core)
    if "-" not in core or not core.replace("-", "").isalpha():
        return True
    parts = core.split("-")
    return all(parts) and not any(_is_split(left, right, lexicon) for left, right in pairwise(parts))


def _broken(tokens: Sequence[str], unsound: Set[str], lexicon: _Lexicon) -> Iterator[tuple[int, int]]:
    """The first and the last token of each broken word; no token is counted twice."""
    done = -1
    for index, token in enumerate(tokens):
        if token not in unsound or index <= done:
            continue
        core = token.strip(_EDGES).lower().translate(_PRINTED)
        found = None
        if "-" in core:
            found = _hyphenated(tokens, index, core, lexicon)
        elif core:
            found = _spaced_out(tokens, index, done, unsound, lexicon)
            if not found and lexicon.lost_ligature(token):
                found = index, index
        if found:
            yield found
            done = found[1]


def _hyphenated(tokens: Sequence[str], index: int, core: str, lexicon: _Lexicon) -> tuple[int, int] | None:
    """ "recom-mended", "ad- vised"; a space after the hyphen of a compound ("long- standing") breaks no word."""
    parts = core.split("-")
    if len(parts) == 2 and not parts[1] and index + 1 < len(tokens):
        after = tokens[index + 1].rstrip(_ENDS).translate(_PRINTED)
        return (index, index + 1) if after.islower() and _is_split(parts[0], after, lexicon) else None
    if len(parts) == 2 and not parts[0] and index:
        before = tokens[index - 1].lstrip(_EDGES).lower().translate(_PRINTED)
        return (index - 1, index) if _is_split(before, parts[1], lexicon) else None
    return (index, index) if all(parts) else None


def _is_split(left: str, right: str, lexicon: _Lexicon) -> bool:
    """Whether these are two parts of a word, and not two words."""
    parts = left.isalpha() and right.isalpha() and min(len(left), len(right)) > 1
    return parts and lexicon.whole(left + right) and (lexicon.odd(left) or lexicon.odd(right))


def _spaced_out(
    tokens: Sequence[str], index: int, done: int, unsound: Set[str], lexicon: _Lexicon
) -> tuple[int, int] | None:
    """ "dele gation", "rec om mended": neighbours of which this is one, with nothing but a space between them.

    More than two are looked at only where a neighbour is unsound too.
    """
    beside = tokens[max(done + 1, index - 1) : index] or tokens[index + 1 : index + 2]
    most = _MOST_PIECES if not unsound.isdisjoint((*beside, *tokens[index + 1 : index + 2])) else 2
    for number in range(2, most + 1):
        for first in range(max(done + 1, index - number + 1), min(index, len(tokens) - number) + 1):
            if not (lexicon.begins_a_word(tokens[first]) and lexicon.ends_a_word(tokens[first + number - 1])):
                continue
            pieces = _pieces(tokens[first : first + number])
            begins = not first or tokens[first - 1][-1:] in _SENTENCE_ENDS
            if pieces and lexicon.odd(pieces[index - first]) and _one_word(pieces, begins, lexicon):
                return first, first + number - 1
    return None


def _pieces(tokens: Sequence[str]) -> list[str]:
    """These tokens as pieces of one word; none where a mark stands between them or a name begins."""
    first, last = tokens[0], tokens[-1]
    if not (first[-1:].isalpha() and last[:1].isalpha()):
        return []
    inner = [first.lstrip(_EDGES), *tokens[1:-1], last.rstrip(_ENDS)]
    if not all(map(str.isalpha, inner)):
        return []
    if not all(map(str.islower, inner[1:])) and not all(map(str.isupper, inner)):
        return []
    return [piece.lower().translate(_PRINTED) for piece in inner]


def _one_word(pieces: Sequence[str], begins: bool, lexicon: _Lexicon) -> bool:
    """Whether pieces, one of them odd, make a word. `begins` says that a sentence does."""
    joined = "".join(pieces)
    telling = any(len(piece) > 1 and lexicon.odd(piece) for piece in pieces)
    # "T he delegation s aid": a single letter tells where no list of letters can be meant ("annexes B and C").
    single = len(pieces) == 2 and len(pieces[0]) == 1 and (begins or (len(pieces[1]) > 2 and pieces[1] != "and"))
    if not (telling and len(joined) >= _SHORTEST) and not (single and len(joined) > 2):
        return False
    if lexicon.whole(joined):
        return True
    return telling and len(pieces) == 2 and any(lexicon.whole(ligature.join(pieces)) for ligature in _LIGATURES)


def _lost_first_letters(document: Document, lexicon: _Lexicon) -> Iterator[Fault]:
    """Items whose first "o" was taken for a bullet: "ffer training"; then "pen shelters" beside it is one too."""
    lists: dict[int | None, list[tuple[Paragraph, str]]] = {}
    for paragraph in document.paragraphs:
        if document.blocks[paragraph.blocks[0]].kind is BlockKind.ITEM:
            word = _LETTERS.match(paragraph.passage.text)
            if word and word[0].islower() and fold("o" + word[0]) in lexicon.words.common:
                lists.setdefault(paragraph.lead_in, []).append((paragraph, word[0]))
    for items in lists.values():
        if any(lexicon.odd(word) for _, word in items):
            yield from (_fault(paragraph, 0, len(word)) for paragraph, word in items)
