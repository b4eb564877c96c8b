"""The contents list of a report: its heading, and blocks of which every line is an entry.

Takes the draft. Gives the titles listed, by which headings are known and their levels repaired.
"""

from __future__ import annotations

import re
from itertools import pairwise

from generator.model import BlockKind
from generator.parse.draft import Draft, Part
from generator.vocabulary import fold, level

_LONGEST_ENTRY = 240
_LONGEST_CONTENTS = 6000  # of a contents list that was run together


def find_contents(draft: Draft) -> None:
    """The contents list: its heading, and blocks of which every line is an entry."""
    look = draft.vocabulary.contents_list
    under_heading = False
    for part in draft.body:
        if (part.kind is BlockKind.HEADING or part.first == part.last) and fold(part.text) in look.headings:
            part.kind, under_heading = BlockKind.CONTENTS, True
            continue
        entries = _entries(draft, part, under_heading) or (_linked(draft, part) if under_heading else [])
        if entries:
            part.kind = BlockKind.CONTENTS
            draft.contents.extend(entries)
        elif draft.contents and not _stands_in_list(draft, part):
            return
        elif part.kind is not BlockKind.HEADING:
            under_heading = False


_LINK_WITHIN = re.compile(r"[\s>]*(?:[-*+]|\d{1,3}[.)])?\s*\[(?P<title>[^\[\]]+)\]\(#[^\s()]*\)[\s\d.]*")


def _linked(draft: Draft, part: Part) -> list[str]:
    """The titles of a block that is nothing but links to headings."""
    lines = [draft.source.line(number) for number in range(part.first, part.last + 1)]
    matches = [_LINK_WITHIN.fullmatch(line) for line in lines if len(line) < _LONGEST_ENTRY * 2]
    return [match["title"] for match in matches if match] if len(matches) == len(lines) and all(matches) else []


def _stands_in_list(draft: Draft, part: Part) -> bool:
    """A short line between two entries belongs to the list: "Annex" over "Composition of the delegation …… 27"."""
    following = [one for one in draft.body if one.first > part.first][:2]
    inside = len(part.text) < _LONGEST_ENTRY // 4 and any(_entries(draft, one, True) for one in following)
    if inside:
        part.kind = BlockKind.CONTENTS
    return inside


_LEADER = re.compile(r"[.…_·]{3,}|(?:[.…]\s){3,}|\t|\s{3,}|\s\d{1,3}\s*[-–]\s*\d{1,3}\s+\d{1,3}\W*$")


def _entries(draft: Draft, part: Part, under_heading: bool) -> list[str]:
    """The titles a block lists, if it is (part of) a contents list: one a line, or run together in one text."""
    entry = draft.vocabulary.contents_list.entry
    lines = _lines(draft, part)
    size = max(map(len, lines), default=0)
    if not lines or size > _LONGEST_CONTENTS or not _LEADER.search(lines[0]):
        return []
    matches = [_entry(entry, line) if _LEADER.search(line) else None for line in lines]
    if all(matches) and (len(lines) > 1 or under_heading or draft.contents):
        return [match["title"].strip(" .…*_") for match in matches if match]
    text = " ".join(level(line) for line in lines)
    ends = [
        page.end() for page in _PAGE.finditer(text) if _LEADS.search(text[max(0, page.start() - 12) : page.start()])
    ]
    if len(ends) < 3 or len(text) > _LONGEST_CONTENTS or text[ends[-1] :].strip():
        return []
    run_in = [_entry(entry, text[start:end]) for start, end in pairwise([0, *ends])]
    return [match["title"].strip(" .…*_0123456789") for match in run_in if match] if all(run_in) else []


def _lines(draft: Draft, part: Part) -> list[str]:
    """The lines of a block as they stand, tabs and all, but without marks."""
    lines: dict[int, str] = {}
    for piece in part.passage.pieces if part.passage else ():
        lines[piece.line] = lines.get(piece.line, "") + draft.source.slice(piece)
    return list(lines.values())


_PAGE = re.compile(r"\d{1,3}(?!\S)")
_LEADS = re.compile(r"(?:[.…_·]{3}|(?:[.…]\s){3}|\t|\s{3})[\s.…_·]*$")


def _entry(entry: re.Pattern[str], line: str) -> re.Match[str] | None:
    """An entry of a contents list. The pattern tries every length of a title, so that a long line costs dear."""
    text = level(line).strip()
    return entry.fullmatch(text) if text[-1:].isdigit() and len(line) < _LONGEST_ENTRY else None  # a page ends it
