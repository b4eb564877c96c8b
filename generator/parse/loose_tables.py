"""Tables that a converter let fall apart: their cells stand one after the other, a block each.

Takes the draft. Runs of short blocks, most of them figures, are no text; that they were not read is said.
"""

from __future__ import annotations

import re

from generator.model import BlockKind
from generator.parse.draft import Draft, Part

LOOSE = "loose-table"
_FEWEST_ROWS = 2
_MOST_WORDS_OF_CELL = 6


def find_loose_tables(draft: Draft) -> None:
    """Tables that a converter let fall apart: short blocks one after the other, most of them figures, are not read."""
    run: list[Part] = []
    for part in [*draft.parts, None]:
        if part is not None and part.kind in (BlockKind.BLANK, BlockKind.RULE, BlockKind.MARK):
            continue
        if part is not None and _may_be_cell(part):
            run.append(part)
            continue
        figures = [one for one in run if _is_figures(one.text)]
        if len(figures) >= _FEWEST_ROWS and len(run) > _FEWEST_ROWS and sum(len(_figures(p.text)) for p in figures) > 2:
            for one in run:
                one.kind, one.rule = BlockKind.TABLE, LOOSE
            draft.note(run[0].first, "P002", f"a table of {len(run)} short lines was not read: {run[0].text[:60]!r}")
        run = []


def _may_be_cell(part: Part) -> bool:
    if part.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.FURNITURE) or part.row or part.level:
        return False
    if part.kind is BlockKind.FURNITURE and not part.text.isdigit():
        return False
    lines = [part.text[start:end] for _, start, end in part.passage.lines()] if part.passage else []
    return bool(lines) and all(len(line.split()) <= _MOST_WORDS_OF_CELL for line in lines) and not _ends(part.text)


def _ends(text: str) -> bool:
    return bool(re.search(r"[.?!;:,…]['\"”’»)\]]*$", text))


def _figures(text: str) -> list[str]:
    return re.findall(r"\d[\d.,%]*", text)


def _is_figures(text: str) -> bool:
    """Whether a text is mostly numbers."""
    return 2 * len(_figures(text)) >= len(text.split()) > 0
