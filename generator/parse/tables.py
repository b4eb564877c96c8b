"""Tables: pipe tables, HTML tables, and those that columns of dashes draw; what is said in their cells is read.

Takes the draft and the lines of a table. Gives parts: a cell that holds prose is a paragraph; a table of figures is
said to be unread; prose that happens to hold a pipe is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.model import BlockKind
from generator.parse.draft import Draft, Part
from generator.text.passage import Passage
from generator.text.regions import RegionKind
from generator.text.source import SourceText, Span
from generator.text.tags import TAG, as_tag

Cell = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, with its first and last line."""

    first: int
    last: int
    cells: tuple[Cell, ...]
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table on whole lines `first` to `last`."""

    first: int
    last: int
    rows: tuple[Row, ...]


_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"[\s>|:+=-]+")
_SENTENCE_INSIDE = re.compile(r"[a-zà-ÿ”’)][.?!] [A-ZÀ-Þ“]")
_LEADER = re.compile(r"[.…_·]{3,}|(?:[.…]\s){3,}")
_CELL_ENDS = re.compile(r"[.?!;:…]['\"”’»)\]]*$|\)[\s\W]*$")
_FEWEST_WORDS = 4  # of a cell that says something
_MANY_WORDS = 9
_EMPTY = re.compile(r"(?i)\W*|nan|none|null|n/?a")
_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,2}[.)]?")


def is_delimiter(line: str) -> bool:
    """Whether a line only parts the head of a table from its rows."""
    return bool(_DELIMITER.fullmatch(line))


def pipe_table(draft: Draft, first: int, last: int) -> Table | None:
    """A table of pipes; None where the lines are prose that holds a pipe."""
    source = draft.source
    lines = [number for number in range(first, last + 1) if not is_delimiter(source.line(number))]
    rows = tuple(Row(number, number, _pipe_cells(source.line(number), number), number == first) for number in lines)
    bare = not source.line(first).lstrip(" \t>").startswith("|")
    if bare and any(_SENTENCE_INSIDE.search(source.slice(span)) for cell in rows[0].cells for span in cell):
        return None
    return Table(first, last, rows)


def _pipe_cells(line: str, number: int) -> tuple[Cell, ...]:
    edges = [match.start() for match in _PIPE.finditer(line)]
    start = len(line) - len(line.lstrip(" \t>"))
    places = [(edge + 1, after) for edge, after in zip([start - 1, *edges], [*edges, len(line)], strict=True)]
    cells = [_trimmed(line, number, begin, end) for begin, end in places]
    held = [index for index, cell in enumerate(cells) if cell]
    return tuple(cells[held[0] : held[-1] + 1]) if held else ()


def _trimmed(line: str, number: int, start: int, end: int) -> Cell:
    text = line[start:end]
    begin = start + len(text) - len(text.lstrip())
    stop = end - (len(text) - len(text.rstrip()))
    return (Span(number, begin, stop),) if begin < stop else ()


def wiki_table(draft: Draft, first: int, last: int) -> Table | None:
    """A table of a wiki: "||Question||Reply||", "|The Committee asked …|", a cell perhaps on several lines."""
    source = draft.source
    if not source.line(first).lstrip().startswith("||"):
        return None
    lines = [source.line(number).strip() for number in range(first, last + 1)]
    if not lines[0].endswith("|"):
        return None
    rows: list[Row] = []
    cells: list[Cell] = []
    start = first
    for number, line in enumerate(lines, first):
        raw = source.line(number)
        found = [_trimmed(raw, number, *place) for place in _between_pipes(raw)]
        if cells and not line.startswith("|"):
            cells[-1] += found.pop(0)
        cells += [cell for cell in found if cell]
        if line.endswith("|") or number == last:
            rows.append(Row(start, number, tuple(cells), line.startswith("||")))
            cells, start = [], number + 1
    return Table(first, last, tuple(rows))


def _between_pipes(line: str) -> list[tuple[int, int]]:
    edges = [match.start() for match in _PIPE.finditer(line)]
    return [(edge + 1, after) for edge, after in zip([-1, *edges], [*edges, len(line)], strict=True)]


_PARAGRAPH_TAGS = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote section article hr table tr td th".split()
)


def split_at_tags(source: SourceText, pieces: Iterable[Span]) -> list[Cell]:
    """Raw parts of lines cut where a tag ends a paragraph; empty ones are left out."""
    found: list[Cell] = [()]
    for piece in pieces:
        line, start = source.line(piece.line), piece.col_start
        for match in TAG.finditer(line, start, piece.col_end) if "<" in line else ():
            if as_tag(match) in _PARAGRAPH_TAGS:
                found[-1] += _trimmed(line, piece.line, start, match.start())
                found.append(())
                start = match.end()
        found[-1] += _trimmed(line, piece.line, start, piece.col_end)
    return [group for group in found if group]


def html_tables(draft: Draft) -> Iterator[Table]:
    """Tables in HTML."""
    source = draft.source
    for region in draft.regions.found:
        if region.kind is not RegionKind.TABLE:
            continue
        lines = [line for line, _, _ in draft.regions.lines_of(region)]
        if not all(draft.regions.is_covered(line) or not source.line(line).strip() for line in lines):
            # something stands beside it; tags do not count
            edges = {line: TAG.sub("", source.line(line)[:start]) for line, start, _ in draft.regions.lines_of(region)}
            if any(text.strip() for text in edges.values()):
                continue
        rows = list(_html_rows(draft, region.start, region.end))
        if rows:
            yield Table(lines[0], lines[-1], tuple(rows))


def _html_rows(draft: Draft, start: int, end: int) -> Iterator[Row]:
    source = draft.source
    cells: list[Cell] = []
    opened = at = 0
    heads = False
    first = source.location(start).line
    for match in TAG.finditer(source.text, start, end):
        name = as_tag(match)
        if name not in ("td", "th", "tr", "table"):
            continue
        if opened:
            cells += split_at_tags(source, _cell(draft, opened, match.start()))
            opened = 0
        if name in ("td", "th") and not match["close"]:
            opened, heads = match.end(), heads or name == "th"
        elif name in ("tr", "table") and cells:
            at = source.location(match.start()).line
            yield Row(first, at, tuple(cells), heads)
            cells, heads = [], False
            first = at
    if cells:
        yield Row(first, max(first, at), tuple(cells), heads)


def _cell(draft: Draft, start: int, end: int) -> Cell:
    """The spans of a range of the source that may run over lines."""
    source = draft.source
    found: list[Span] = []
    first, last = source.location(start).line, source.location(max(start, end - 1)).line
    for number in range(first, last + 1):
        line, base = source.line(number), source.line_starts[number - 1]
        found += _trimmed(line, number, max(0, start - base), min(len(line), end - base))
    return tuple(found)


def _grid_cells(line: str, number: int) -> list[Cell]:
    """The cells of one line of a grid, empty ones too: a cell goes on over several lines."""
    return [_trimmed(line, number, *place) for place in _between_pipes(line)[1:-1]]


_RULER = re.compile(r"[ \t]{0,6}-{2,}(?:[ \t]+-{2,})+[ \t]*")
_FULL_RULE = re.compile(r"[ \t]{0,6}-{8,}[ \t]*")
_GRID_RULE = re.compile(r"[ \t]{0,6}\+(?:[-=:]{2,}\+)+[ \t]*")
_MOST_HEAD_LINES = 4


def column_tables(draft: Draft, skipped: int) -> Iterator[Table]:
    """Tables that dashes draw: Pandoc's simple and multi-line tables, and grids."""
    source = draft.source
    done = skipped
    for number in range(skipped + 1, source.line_count + 1):
        line = source.line(number)
        if number <= done or "--" not in line:
            continue
        table = None
        if _GRID_RULE.fullmatch(line):
            table = _grid(draft, number)
        elif _RULER.fullmatch(line):
            table = _simple(draft, number, done)
        if table:
            done = table.last
            yield table


def _grid(draft: Draft, first: int) -> Table | None:
    source = draft.source
    last = first
    while last < source.line_count and source.line(last + 1).lstrip().startswith(("|", "+")):
        last += 1
    rules = [number for number in range(first, last + 1) if _GRID_RULE.fullmatch(source.line(number))]
    rows = []
    for above, below in pairwise(rules):
        lines = [_grid_cells(source.line(number), number) for number in range(above + 1, below)]
        columns = max(map(len, lines), default=0)
        cells = tuple(tuple(span for line in lines if at < len(line) for span in line[at]) for at in range(columns))
        rows.append(Row(above + 1, below - 1, cells, "=" in source.line(below)))
    return Table(first, last, tuple(rows)) if rows else None


def _simple(draft: Draft, ruler: int, done: int) -> Table | None:
    source = draft.source
    line = source.line(ruler)
    edges = [match.start() for match in re.finditer(r"-+", line)]
    places = list(zip(edges, [*edges[1:], 10**6], strict=True))
    first = ruler
    while first - 1 > done and ruler - first < _MOST_HEAD_LINES and source.line(first - 1).strip():
        first -= 1
    closed = _FULL_RULE.fullmatch(source.line(first)) if first < ruler else None
    last = ruler
    if closed:
        while last < source.line_count and not _FULL_RULE.fullmatch(source.line(last)):
            last += 1
    else:
        while last < source.line_count and source.line(last + 1).strip():
            last += 1
    if last == ruler:
        return None
    inside = [n for n in range(first, last + 1) if not re.fullmatch(r"[\s-]*", source.line(n))]
    rows: list[Row] = []
    for group in _groups(inside, bool(closed), ruler):
        cells = tuple(
            tuple(span for n in group for span in _trimmed(source.line(n), n, start, min(end, len(source.line(n)))))
            for start, end in places
        )
        rows.append(Row(group[0], group[-1], cells, group[-1] < ruler))
    return Table(first, last, tuple(rows)) if rows else None


def _groups(lines: list[int], by_blanks: bool, ruler: int) -> Iterator[list[int]]:
    """The lines of each row: those up to a blank line where rows may have several, else each its own."""
    group: list[int] = []
    for number in lines:
        if group and (not by_blanks or number > group[-1] + 1 or (group[-1] < ruler < number)):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def parts_of_table(draft: Draft, table: Table) -> Iterator[Part]:
    """The parts of a table: cells as paragraphs where they hold prose, else one part that is not read."""
    rows = [(row, [Passage.of(draft.source, cell, draft.regions.labels) for cell in row.cells]) for row in table.rows]
    columns = max((len(cells) for _, cells in rows), default=0)
    if columns == 1 and all(_LEADER.search(cell.text) for _, cells in rows for cell in cells):
        # a contents list that a converter took for a table
        passage = Passage.joined(draft.source, [cell for _, cells in rows for cell in cells])
        yield Part(BlockKind.PARAGRAPH, table.first, table.last, passage)
        return
    if not any(_holds_prose(cells) for _, cells in rows):
        yield Part(BlockKind.TABLE, table.first, table.last)
        return
    done = table.first - 1
    for index, (row, cells) in enumerate(rows):
        last = rows[index + 1][0].first - 1 if index + 1 < len(rows) else table.last
        inside = last <= done  # several rows on one line
        first, last = done + 1, max(last, done)
        if row.heads and not any(_is_prose(cell) for cell in cells):
            yield Part(BlockKind.TABLE_HEAD, first, last, rule="table-head", inside=inside)
        else:
            draft.rows += 1
            yield from _cells(draft, [cell for cell in cells if not _EMPTY.fullmatch(cell.text)], first, last, inside)
        done = last


def _cells(draft: Draft, cells: Iterable[Passage], first: int, last: int, inside: bool) -> Iterator[Part]:
    begun = False
    for cell in cells:
        begun = True
        yield Part(BlockKind.PARAGRAPH, first, last, cell, row=draft.rows, inside=inside)
        inside = True
    if not begun and not inside:
        yield Part(BlockKind.RULE, first, last)


_ITEM_NUMBER = re.compile(r"\d{1,3}\.\d{1,3}\.?")


def _holds_prose(cells: Iterable[Passage]) -> bool:
    """Whether a row says something: in a cell that does, or after the number of an item."""
    texts = list(cells)
    numbered = any(_ITEM_NUMBER.fullmatch(cell.text) for cell in texts)
    return any(_is_prose(cell) or (numbered and len(cell.text.split()) >= _FEWEST_WORDS) for cell in texts)


def _is_prose(cell: Passage) -> bool:
    """Whether a cell says something: a sentence, or words enough for one."""
    words = cell.text.split()
    letters = sum(any(character.isalpha() for character in word) for word in words)
    return letters >= _MANY_WORDS or (letters >= _FEWEST_WORDS and bool(_CELL_ENDS.search(cell.text[-80:])))


def join_numbered_rows(draft: Draft) -> None:
    """In a numbered family the cell with a number begins the paragraph, and one of names of States ends it."""
    if draft.family is None or not draft.family.numbered:
        return
    parts: list[Part] = []
    row: list[Part] = []
    for part in [*draft.parts, None]:
        if row and (part is None or part.row != row[0].row):
            parts += _joined_row(draft, row)
            row = []
        if part is not None and part.row:
            row.append(part)
        elif part is not None:
            parts.append(part)
    draft.parts = parts


def _joined_row(draft: Draft, row: list[Part]) -> list[Part]:
    states = [part for part in row if _names_states(draft, part.text)]
    others = [part for part in row if part not in states]
    numbers = [part for part in others if _NUMBER.fullmatch(part.text)]
    prose = [part for part in others if part.passage and _is_prose(part.passage)]
    if not prose and numbers:  # "6.2", "Open a shelter in every province": the number says that it is one
        prose = [max(others, key=lambda part: len(part.text))]
    if not prose or prose[0] in numbers:
        return row
    made = prose[0]
    if numbers and numbers[0] is not made:
        made.passage = Passage.joined(draft.source, [numbers[0].passage, made.passage])  # type: ignore[list-item]
    made.whole = made.passage
    made.states = states[0].passage if states else None
    made.inside = row[0].inside
    rest = [part for part in others if part is not made and part not in numbers]
    for part in rest:
        part.inside = True
        if part not in prose:
            draft.note(part.first, "P002", f"a cell of a table was not read: {part.text[:60]!r}")
    return [made, *(part for part in rest if part in prose)]


def _names_states(draft: Draft, text: str) -> bool:
    found, unknown = draft.vocabulary.states.listed(text)
    return bool(found) and not unknown
