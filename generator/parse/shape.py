"""What the shape of a block says: whether it is finished, short, alone, cut off.

Takes parts of the draft. Gives answers that several passes need.
"""

from __future__ import annotations

import re

from generator.model import BlockKind
from generator.parse.draft import Part

ENDS = re.compile(r"[.!?:;…]['\"”’»)\]*_]*(?:\s?\d{1,3})?$")
BEGINS_LOWER = re.compile(r"[\"'“‘(\[]?[a-zà-öø-ÿ]")
SHORTEST_CUT = 60  # characters; a paragraph that stops in mid-sentence at a page's end is longer than a heading
LONGEST_HEADING = 120
_BROKEN_WORD = re.compile(r"[^\W\d_][-‐\u00ad]$")
_BOLD = re.compile(r"(?:\*\*|__)(?=\S).+?(?<=\S)(?:\*\*|__)|<(b|strong)>.+?</\1>", re.IGNORECASE)


def stands_alone(part: Part) -> bool:
    """One short line without an end mark."""
    return part.first == part.last and len(part.text) < LONGEST_HEADING and not ENDS.search(part.text)


def is_cut_short(part: Part) -> bool:
    """A paragraph, too long for a heading, that no mark ends; or one that ends in half a word."""
    if part.kind is BlockKind.HEADING or ENDS.search(part.text):
        return False
    return len(part.text) >= SHORTEST_CUT or is_broken(part)


def is_broken(part: Part) -> bool:
    """Whether a block ends in half a word."""
    return bool(_BROKEN_WORD.search(part.text))


def is_bold(raw: str) -> bool:
    """Whether all words of a raw line are in bold."""
    rest, bold = _BOLD.subn("", raw)
    return bool(bold) and not re.search(r"\w", rest)
