"""Running text as a reader reads it, with the way back to the source.

Takes parts of raw lines. Gives a `Passage`: their words, parted from marks, notes and captions, put together by the
quotation normaliser, and for each character where it stands in the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from generator.text.marks import NO_LABELS, Labels, Mark, MarkKind, marks
from generator.text.normaliser import join, normalise_with_offsets
from generator.text.source import SourceText, Span, packed


class Call(NamedTuple):
    """The call of a note: the place it has in the source, and its label. `body` holds words that stand in the call."""

    line: int
    column: int
    label: str
    body: tuple[Span, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Passage:
    """`pieces` are the words' places, in order, and `bases` where each begins in their join; `text` is what the
    quotation normaliser makes of that join; `starts[i]` and `ends[i]` say where `text[i]` stands in it.
    """

    pieces: tuple[Span, ...]
    bases: tuple[int, ...]
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    calls: tuple[Call, ...] = ()

    @classmethod
    def of(cls, source: SourceText, parts: Iterable[Span], labels: Labels = NO_LABELS) -> Passage:
        """The passage that raw parts of lines make together: their words, without what marks them up."""
        raw_parts = tuple(parts)
        pieces, calls, raw = words(source, raw_parts, labels)
        if pieces is raw_parts:
            return cls(pieces, _bases(pieces), *normalise_with_offsets(raw))
        return cls.of_words(source, pieces, calls)

    @classmethod
    def of_words(cls, source: SourceText, pieces: Iterable[Span], calls: Iterable[Call] = ()) -> Passage:
        """The passage of words whose places are known."""
        kept = tuple(pieces)
        if len(kept) == 1:
            return cls(kept, (0,), *normalise_with_offsets(source.slice(kept[0])), tuple(calls))
        text = normalise_with_offsets(join((piece.line, piece.glued, source.slice(piece)) for piece in kept))
        return cls(kept, _bases(kept), *text, tuple(calls))

    @classmethod
    def joined(cls, source: SourceText, passages: Sequence[Passage]) -> Passage:
        """One passage of several, in their order; most texts are of one."""
        if len(passages) == 1:
            return passages[0]
        pieces = (piece for passage in passages for piece in passage.pieces)
        return cls.of_words(source, pieces, (call for passage in passages for call in passage.calls))

    def part(self, source: SourceText, start: int, end: int | None = None) -> Passage:
        """The passage of `text[start:end]`."""
        last = len(self.text) if end is None else end
        return Passage.of_words(source, self.spans(start, last), self.calls_in(start, last))

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The places in the source of `text[start:end]`, in order; empty for an empty range."""
        if start >= end:
            return ()
        return tuple(_places(self.pieces, self.bases, self.starts[start], self.ends[end - 1]))

    def line_at(self, index: int) -> int:
        """The source line on which `text[index]` stands."""
        return self.pieces[bisect_right(self.bases, self.starts[index]) - 1].line

    def lines(self) -> Iterator[tuple[int, int, int]]:
        """Each source line that holds words, with where in `text` they begin and end."""
        if len(self.pieces) == 1:
            yield self.pieces[0].line, 0, len(self.text)
            return
        start = 0
        plain = isinstance(self.starts, range)  # then each character stands at its own number
        for index in range(1, len(self.pieces) + 1):
            if index == len(self.pieces) or self.pieces[index].line != self.pieces[index - 1].line:
                base = self.bases[index] if index < len(self.pieces) else None
                end = len(self.text) if base is None else base if plain else bisect_left(self.starts, base)
                yield self.pieces[index - 1].line, start, end
                start = end

    def calls_in(self, start: int, end: int) -> tuple[Call, ...]:
        """The calls of notes in `text[start:end]`: one right after a sentence is that sentence's."""
        if not self.calls:
            return ()
        return tuple(
            call for call in self.calls if start < (at := self._index_of(call)) <= end or (at <= start and start == 0)
        )

    def _index_of(self, call: Call) -> int:
        """How many characters of `text` stand before a call."""
        at = bisect_right([(piece.line, piece.col_start) for piece in self.pieces], (call.line, call.column)) - 1
        if at < 0:
            return 0
        piece = self.pieces[at]
        size = piece.col_end - piece.col_start
        inside = min(call.column - piece.col_start, size) if call.line == piece.line else size
        return bisect_right(self.ends, self.bases[at] + inside)


def visible_words(raw: str) -> str:
    """The words of a text in hand, as a reader sees them: what an editor copied, marks and all."""
    source = SourceText.from_str("", raw)
    parts = [Span(number, 0, len(source.line(number))) for number in range(1, source.line_count + 1)]
    return Passage.of(source, parts).text


def words(
    source: SourceText, parts: tuple[Span, ...], labels: Labels
) -> tuple[tuple[Span, ...], tuple[Call, ...], str]:
    """The places of the words in raw parts of lines, the notes that are called among them, and the parts' raw text.

    The places are the very parts where nothing marks the words up.
    """
    raws = [source.slice(part) for part in parts]
    raw = join((part.line, part.glued, raw) for part, raw in zip(parts, raws, strict=True))
    found = marks(raw, labels)
    if not found:
        return parts, (), raw
    bases = _bases(parts)
    size = len(raw)
    edges = [0, *(edge for mark in found for edge in (mark.start, mark.end)), size]
    kept: list[Span] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        kept += _places(parts, bases, start, end)
    return tuple(kept), tuple(_calls(parts, bases, found)), raw


def _bases(parts: Sequence[Span]) -> tuple[int, ...]:
    """Where each part begins in the join of all."""
    sizes = (one.col_end - one.col_start + _is_apart(one, after) for one, after in pairwise(parts))
    return tuple(accumulate(sizes, initial=0)) if parts else ()


def _is_apart(one: Span, after: Span) -> bool:
    """Whether a line end stands between two parts in their join."""
    return one.line != after.line and not after.glued


def _places(parts: Sequence[Span], bases: Sequence[int], start: int, end: int) -> Iterator[Span]:
    """The places of a range of the join of parts, one a part; the first is glued to nothing."""
    begun = False
    for index in range(max(0, bisect_right(bases, start) - 1), len(parts)):
        part, base = parts[index], bases[index]
        if base >= end:
            break
        begin, stop = max(0, start - base), min(part.col_end - part.col_start, end - base)
        if begin < stop:
            glued = part.glued and not begin and begun
            yield Span(part.line, part.col_start + begin, part.col_start + stop, glued)
            begun = True


def _calls(parts: Sequence[Span], bases: Sequence[int], found: Iterable[Mark]) -> Iterator[Call]:
    for mark in found:
        if mark.kind is MarkKind.NOTE:
            index = bisect_right(bases, mark.start) - 1
            body = tuple(_places(parts, bases, *mark.body)) if mark.body else ()
            yield Call(parts[index].line, parts[index].col_start + mark.start - bases[index], mark.label, body)
