"""A source cut into blocks, as CommonMark sees them; every line belongs to exactly one.

Takes the draft. Gives its parts: paragraphs, items of lists, headings, cells of tables, and what is no text at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from generator.datafile import DatafileError, loads
from generator.model import BlockKind
from generator.parse.blocks import blocks, deepest
from generator.parse.draft import Draft, Part
from generator.parse.tables import (
    Table,
    column_tables,
    html_tables,
    is_delimiter,
    parts_of_table,
    pipe_table,
    split_at_tags,
    wiki_table,
)
from generator.text.marks import MarkKind, marks
from generator.text.passage import Passage
from generator.text.regions import RegionKind
from generator.text.source import Span
from generator.text.tags import TAG, as_tag
from generator.vocabulary import Vocabulary

_WORD = re.compile(r"\w")
_TABLE_CAPTION = re.compile(r"\s{0,3}(?::|Table:)\s")
# Lines that only draw: the underline of a heading, the fence of a division.
_DRAWING = frozenset("=-: ")
_DRAWN = re.compile(r"\s*(?:={2,}|-{3,}|:{3,}.*)\s*")
_PREFIX = re.compile(r"[\s>]*")
# A word at a line's beginning ("year. The delegation …") is no list mark: letters are single or Roman numbers.
_MARKER = re.compile(r"(?:[-*+•‣▪●◦·–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,5}|([a-z])\1|[A-Z])[.)])\s+(?=\S)")
_BULLET = re.compile(r"[*+•‣▪●◦·]")
_BEFORE_ITEM = re.compile(r"(?:[.:;,!?…)]['\"”’»*_]*|\b(?:and|or|et|ou|y|o))\s*$")
_HASHES = re.compile(r"#{1,6}\s*")
_HASHES_AFTER = re.compile(r"\s*#*\s*$")
# To the block rules all white space is the same, and a heading needs no space after its hashes ("#1" is none).
_SPACES = re.compile(r"[^\S \t\n]")
_TIGHT_HASHES = re.compile(r"(\s{0,12}#{1,6})(?=[^\W\d_]|[*_]{1,3}\w)")
_LEAVES = {"heading_open": BlockKind.HEADING, "paragraph_open": BlockKind.PARAGRAPH, "fence": BlockKind.CODE}
_LEAVES |= {"table_open": BlockKind.TABLE, "hr": BlockKind.RULE}
_REGIONS = {
    RegionKind.COMMENT: BlockKind.MARK,
    RegionKind.HIDDEN: BlockKind.MARK,
    RegionKind.DEFINITION: BlockKind.MARK,
    RegionKind.NOTE: BlockKind.NOTE,
    RegionKind.CAPTION: BlockKind.CAPTION,
    RegionKind.TABLE: BlockKind.TABLE,
}
# Tags before the words of a line that make no block of their own, and those that do.
_LEADING_TAGS = frozenset("a span div p section article center font html body main img o:p ul ol blockquote".split())
_BREAKING_TAG = re.compile(r"\s*</?(?:p|div|li|h[1-6]|section|article|ul|ol|blockquote)\b", re.IGNORECASE)
_HEADING_TAG = re.compile(r"h[1-6]")


@dataclass(slots=True)
class _View:
    """The lines that the block rules are given, and for each the line of the source it stands for."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        self.lines.append(line)
        self.numbers.append(number)

    def place(self, token: Token) -> tuple[int, int]:
        """First and last line of the source that a block lies on."""
        first, end = token.map or (0, 0)
        return self.numbers[first], self.numbers[end - 1]


def cut_into_blocks(draft: Draft) -> None:
    """Blocks as CommonMark sees them; every line belongs to exactly one."""
    source = draft.source
    skipped = _front_matter(draft)
    if skipped:
        draft.parts.append(Part(BlockKind.FRONT_MATTER, 1, skipped, rule="front-matter"))
    tables = {table.first: table for table in (*html_tables(draft), *column_tables(draft, skipped))}
    inside = {number for table in tables.values() for number in range(table.first, table.last + 1)}
    view = _view(draft, skipped, inside)
    done = skipped
    items = 0
    tokens = blocks("\n".join(view.lines))
    if (token := deepest(tokens)) and token.map:
        draft.note(view.numbers[token.map[0]], "S010", "what stands deeper than this was not read")
    for token in tokens:
        items += (token.type == "list_item_open") - (token.type == "list_item_close")
        kind = _LEAVES.get(token.type)
        if kind is None or token.map is None:
            continue
        first, last = view.place(token)
        first = max(first, done + 1)
        while last >= first and not source.line(last).strip():
            last -= 1
        if last < first:
            continue
        draft.parts.extend(_between(draft, done + 1, first - 1, tables))
        draft.parts.extend(_leaf(draft, kind, first, last, token, bool(items)))
        done = last
    draft.parts.extend(_between(draft, done + 1, source.line_count, tables))


def _view(draft: Draft, skipped: int, tables: Iterable[int]) -> _View:
    """Lines for the block rules: without what is no text, and with a break where a tag makes one."""
    source, regions, view = draft.source, draft.regions, _View()
    gone = {*range(1, skipped + 1), *tables}
    for number in range(1, source.line_count + 1):
        raw = source.line(number)
        if number in gone or regions.is_covered(number):
            view.add(number, "")
            continue
        kept = (
            raw
            if regions.is_outside(number)
            else "".join(source.slice(span) for span in regions.outside(number, 0, len(raw)))
        )
        if raw.lstrip().startswith(":::"):
            view.add(number, "")
            continue
        if "<" in raw and _BREAKING_TAG.match(raw) and view.lines and view.lines[-1]:
            view.add(max(1, number - 1), "")
        view.add(number, _as_block_rules_want(kept))
    return view


def _as_block_rules_want(line: str) -> str:
    if "<" in line:
        line = _without_leading_tags(line)
    if not line.isprintable():  # there is white space of another kind, perhaps
        line = _SPACES.sub(" ", line)
    return _TIGHT_HASHES.sub(r"\1 ", line, count=1) if "#" in line else line


def _without_leading_tags(line: str) -> str:
    """A line as its first tags make it: `<h2>` a heading, `<li>` an item, anchors nothing."""
    at = len(line) - len(line.lstrip(" \t>"))
    before = line[:at]
    while match := TAG.match(line, at):
        name = as_tag(match)
        if name and _HEADING_TAG.fullmatch(name) and not match["close"]:
            return f"{before}{'#' * int(name[1])} {line[match.end() :]}"
        if name == "li":
            return f"{before}- {line[match.end() :]}"
        if name not in _LEADING_TAGS:
            break
        at = match.end()
    return before + line[at:]


def _leaf(draft: Draft, kind: BlockKind, first: int, last: int, token: Token, in_list: bool) -> Iterator[Part]:
    """The parts that one block of the block rules makes."""
    if kind is BlockKind.PARAGRAPH:
        yield from _paragraph(draft, first, last, in_list)
    elif kind is BlockKind.HEADING:
        passage = Passage.of(draft.source, _pieces(draft, first, last, heading=True), draft.regions.labels)
        yield Part(kind, first, last, passage, int(token.tag[1]), marked=True)
    elif kind is BlockKind.TABLE:
        table = pipe_table(draft, first, last)
        yield from parts_of_table(draft, table) if table else _paragraph(draft, first, last, in_list, is_delimiter)
    else:
        yield Part(kind, first, last)


_KEY = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")


def _front_matter(draft: Draft) -> int:
    """Number of lines of front matter: keys between two `---`, the first on line 1. It is never read as data.

    Prose between two rules is a part of the report like any other.
    """
    source = draft.source
    if source.line(1).strip() != "---":
        return 0
    last = min(source.line_count, 200)
    end = next((n for n in range(2, last + 1) if source.line(n).strip() in ("---", "...")), 0)
    inside = [source.line(number) for number in range(2, end)]
    opening = next((line for line in inside if line.strip() and not line.startswith("#")), "")
    if not _KEY.match(opening):
        return 0
    try:
        loads("\n" + "\n".join(inside), source.path)
    except DatafileError as error:
        draft.found.append(error.diagnostic)
    else:
        draft.note(1, "S006", "front matter is not part of the report", "record what it says in sources.yaml")
    return end


def _between(draft: Draft, first: int, last: int, tables: dict[int, Table]) -> Iterator[Part]:
    """Lines between two blocks: blank ones, regions, and marks (an empty list item) that hold no words."""
    number = start = first
    while number <= last:
        table = tables.get(number)
        if table or draft.source.line(number).strip():
            if start < number:
                yield Part(BlockKind.BLANK, start, number - 1)
            if table:
                yield from parts_of_table(draft, table)
                number = table.last
            else:
                part = _region_part(draft, number, last) or Part(BlockKind.RULE, number, number)
                yield part
                number = part.last
            start = number + 1
        number += 1
    if start <= last:
        yield Part(BlockKind.BLANK, start, last)


def _region_part(draft: Draft, number: int, last: int) -> Part | None:
    """The part that a line makes which lies in regions; that of a note takes all the note's lines."""
    if not draft.regions.is_covered(number):
        return None
    region = draft.regions.at(number)
    if region is None:
        return None
    lines = [line for line, _, _ in draft.regions.lines_of(region) if number <= line <= last]
    end = number
    while end + 1 in lines and (draft.regions.is_covered(end + 1) or not draft.source.line(end + 1).strip()):
        end += 1
    part = Part(_REGIONS[region.kind], number, end, rule=region.kind)
    if region.kind is RegionKind.NOTE:
        pieces = [
            Span(line, max(start, stop - len(draft.source.line(line)[start:stop].lstrip())), stop)
            for line, start, stop in draft.regions.lines_of(region, region.body)
            if draft.source.line(line)[start:stop].strip()
        ]
        part.passage = Passage.of(draft.source, pieces, draft.regions.labels)
        draft.add_note(region.label, number, part.passage)
    return part


def _paragraph(
    draft: Draft, first: int, last: int, in_list: bool, without: Callable[[str], object] | None = None
) -> Iterator[Part]:
    """A paragraph, or the bulleted and lettered lines in it, each an item; lines that are `without` words are marks."""
    source = draft.source
    raw = tuple(p for p in _pieces(draft, first, last) if not without or not without(source.line(p.line)))
    if _TABLE_CAPTION.match(source.line(first)) and draft.parts and _last_kind(draft) is BlockKind.TABLE:
        yield Part(BlockKind.CAPTION, first, last, rule="table-caption")
        return
    if table := wiki_table(draft, first, last):
        yield from parts_of_table(draft, table)
        return
    if first == last and len(blocks := split_at_tags(source, raw)) > 1:
        for index, block in enumerate(blocks):
            passage = Passage.of(source, block, draft.regions.labels)
            yield Part(BlockKind.PARAGRAPH, first, last, passage, inside=index > 0)
        return
    whole = Passage.of(source, raw, draft.regions.labels)
    if not _WORD.search(whole.text):
        yield Part(_nothing(draft, raw), first, last, rule="no-words")
        return
    lines = {line: (start, end) for line, start, end in whole.lines()}
    marked = [line for line, (start, end) in lines.items() if _is_marked(whole.text, start, end, draft.vocabulary)]
    if not marked:
        yield Part(BlockKind.PARAGRAPH, first, last, whole, whole=whole)
        return
    texts = {line: whole.text[start:end].strip() for line, (start, end) in lines.items()}
    # "until\n18. Following this": inside running text a mark that nothing leads up to is where a line was broken
    starts = [line for line in marked if first in marked or _opens_item(texts, line)]
    if not starts or (len(starts) == 1 and not in_list and starts[0] != first):
        starts = []
    for start, end in pairwise([*sorted({first, *starts}), last + 1]):
        held = [place for line, place in lines.items() if start <= line < end]
        if not held:
            yield Part(BlockKind.MARK, start, end - 1, rule="no-words")
            continue
        own = whole if len(held) == len(lines) else whole.part(source, held[0][0], held[-1][1])
        marker = _MARKER.match(own.text) if start in starts else None
        passage = own.part(source, marker.end()) if marker else own
        kind = BlockKind.ITEM if start in starts else BlockKind.PARAGRAPH
        yield Part(kind, start, end - 1, passage, marker=marker[0].strip() if marker else "", whole=own)


def _last_kind(draft: Draft) -> BlockKind:
    """The kind of the last block that is not blank."""
    return next((part.kind for part in reversed(draft.parts) if part.kind is not BlockKind.BLANK), BlockKind.BLANK)


def _nothing(draft: Draft, raw: Sequence[Span]) -> BlockKind:
    """What a block without words is: a picture's caption, struck words, or marks."""
    found = {mark.kind for mark in marks("\n".join(map(draft.source.slice, raw)), draft.regions.labels)}
    if MarkKind.CAPTION in found:
        return BlockKind.CAPTION
    return BlockKind.STRUCK if MarkKind.STRUCK in found else BlockKind.MARK


def _opens_item(texts: dict[int, str], number: int) -> bool:
    """Whether the line before, or the mark itself, tells that an item begins here."""
    before = texts.get(number - 1, "")
    return bool(_BULLET.match(texts[number]) or not before or _BEFORE_ITEM.search(before))


def _is_marked(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a line of a text begins with a list mark; the day in "27. MAY 2015" is none."""
    marker = _MARKER.match(text, start, end)
    return bool(marker) and not vocabulary.dates.month_name.match(text, marker.end())  # type: ignore[union-attr]


def _pieces(draft: Draft, first: int, last: int, heading: bool = False) -> tuple[Span, ...]:
    """The raw parts of these lines that may hold words: without quotation and heading marks, outside of regions."""
    found: list[Span] = []
    for number in range(first, last + 1):
        line = draft.source.line(number)
        if line[:1] in _DRAWING and _DRAWN.fullmatch(line):
            continue
        start, end = _PREFIX.match(line).end(), len(line.rstrip())  # type: ignore[union-attr]
        if heading:
            while (tag := TAG.match(line, start)) and as_tag(tag):
                start = tag.end()
            start = (_HASHES.match(line, start) or _PREFIX.match(line, start)).end()  # type: ignore[union-attr]
            end = _HASHES_AFTER.search(line, start).start()  # type: ignore[union-attr]
        if start < end and draft.regions.is_outside(number):
            found.append(Span(number, start, end))
        elif start < end:
            found += draft.regions.outside(number, start, end)
    return tuple(found)
