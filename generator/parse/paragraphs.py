"""Paragraphs under their sections; a sentence cut by the end of a page is whole again.

Takes the draft, whose blocks are understood. Gives its sections and paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import FRONT, BlockKind, Paragraph, Section
from generator.parse.broken_words import glued
from generator.parse.draft import Draft, Part
from generator.parse.loose_tables import LOOSE
from generator.parse.shape import BEGINS_LOWER, ENDS, SHORTEST_CUT
from generator.text.passage import Passage

_WORD = re.compile(r"\w*")
_FEWEST_WORDS = 3
_LONGEST_WORD = 60  # characters looked back over
_ABBREVIATION = re.compile(r"([\w.]+)\.$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
# What may stand between the halves of a sentence.
_BETWEEN = frozenset(
    (BlockKind.BLANK, BlockKind.FURNITURE, BlockKind.RULE, BlockKind.MARK, BlockKind.NOTE, BlockKind.CAPTION)
)
_FLOATING = _BETWEEN | {BlockKind.TABLE, BlockKind.STRUCK}


@dataclass(slots=True)
class _Open:
    """A paragraph that may still go on."""

    section: Section
    passages: list[Passage]
    blocks: list[int]
    lead_in: int | None
    place: int  # of its last part
    size: int
    number: str | None
    part: Part
    follows: bool = False

    @property
    def end(self) -> str:
        """The text of its last part."""
        return self.passages[-1].text


def build_paragraphs(draft: Draft) -> None:
    """Paragraphs under their sections; a sentence cut by a page break is joined (lao-pdr-opsc-69:79)."""
    section = FRONT
    path: list[tuple[int, str]] = []
    found: list[_Open] = []
    lead_in: int | None = None
    role = ""
    block = -1
    for place, part in enumerate(draft.parts):
        block += not part.inside
        match part.kind:
            case BlockKind.HEADING:
                path = [entry for entry in path if entry[0] < part.level] + [(part.level, part.text)]
                role = part.role or role
                section = Section(tuple(title for _, title in path), part.level, part.first, role)
                draft.sections.append(section)
                lead_in = None
            case BlockKind.PARAGRAPH | BlockKind.ITEM if part.passage and part.text:
                previous = found[-1] if found and found[-1].section is section else None
                if previous and part.kind is BlockKind.PARAGRAPH and _goes_on(draft, previous, place):
                    line = previous.passages[-1].pieces[-1].line
                    draft.note(part.first, "P003", f"joined to line {line}: {part.text[:50]!r}")
                    previous.passages.append(glued(draft, previous.passages[-1], part.passage))
                    previous.blocks.append(block)
                    previous.place, previous.size = place, previous.size + len(part.text)
                    lead_in = len(found) - 1 if part.text.endswith(":") else lead_in
                    continue
                listed = part.kind is BlockKind.ITEM or (previous is not None and _is_led_into(previous, part))
                if not listed:
                    lead_in = len(found) if part.text.endswith(":") or part.number else None
                under = lead_in if listed else None
                follows = previous is not None and _follows(draft, previous, place)
                passages = [part.passage]
                found.append(
                    _Open(section, passages, [block], under, place, len(part.text), part.number, part, follows)
                )
            case BlockKind.TABLE | BlockKind.CODE if part.rule != LOOSE:
                draft.note(part.first, "P002", f"{part.last - part.first + 1} lines were not read ({part.kind})")
    draft.paragraphs = [
        Paragraph(
            Passage.joined(draft.source, one.passages),
            (),
            one.section,
            tuple(one.blocks),
            one.lead_in,
            one.number,
            one.part.states,
            one.follows,
        )
        for one in found
    ]


def _follows(draft: Draft, previous: _Open, place: int) -> bool:
    """Whether only the form parts a block from the paragraph before: then a pronoun may reach back."""
    part = draft.parts[place]
    if draft.family and draft.family.numbered:
        return False  # each paragraph is another speaker's
    if part.row or previous.part.row:
        return bool(part.row and previous.part.row)
    if part.kind is BlockKind.ITEM and previous.part.kind is BlockKind.ITEM:
        return True
    between = draft.parts[previous.place + 1 : place]
    return any(one.kind in (BlockKind.FURNITURE, BlockKind.RULE) for one in between)


def _is_led_into(previous: _Open, part: Part) -> bool:
    """Whether a paragraph is a list that lost its marks: "… urged the State party to:", "extend the code; train …"."""
    return previous.end.endswith(":") and not part.number and not part.row and bool(BEGINS_LOWER.match(part.text))


def _goes_on(draft: Draft, previous: _Open, place: int) -> bool:
    """Whether the block continues the paragraph: no end mark before, a small letter after, no words between."""
    between = draft.parts[previous.place + 1 : place]
    part = draft.parts[place]
    if part.number or part.row:
        return False
    if previous.part.row and not (draft.family and draft.family.numbered and previous.number):
        return False  # a cell is whole, but for a numbered item whose other lines a converter left outside
    lower = bool(BEGINS_LOWER.match(part.text))
    finished = bool(ENDS.search(previous.end)) and not _ends_in_title(draft, previous.end)
    may_stand = _FLOATING if lower and not finished else _BETWEEN
    if not all(one.kind in may_stand for one in between):
        return False
    if part.runs_on:
        return True
    if draft.family and draft.family.numbered and previous.number:
        return _runs_on_unnumbered(previous, part)
    if finished:
        return False
    if lower or _ends_in_title(draft, previous.end):
        return True
    if _wants_more(draft, previous):
        return True
    return _is_unfinished(previous) and not _may_open_sentence(draft, part.text)


def _ends_in_title(draft: Draft, text: str) -> bool:
    """Whether a text ends in an abbreviation that ends no sentence: "Ms."."""
    language = draft.vocabulary.languages[draft.lang]
    last = _ABBREVIATION.search(text[-_LONGEST_WORD:])
    return bool(last) and last[1] in language.abbreviations and last[1] not in language.may_end  # type: ignore[index]


def _wants_more(draft: Draft, previous: _Open) -> bool:
    """Whether a text of some length breaks off after a word that ends no sentence: "responded that", "of the"."""
    last = _LAST_WORD.search(previous.end[-_LONGEST_WORD:])
    words = draft.vocabulary.languages[draft.lang].words
    several = len(previous.end.split()) > _FEWEST_WORDS and not previous.end.isupper()
    return several and bool(last) and last[0] in words  # type: ignore[index]


def _is_unfinished(previous: _Open) -> bool:
    """Whether a text that no mark ends is prose cut at a margin, and no heading, name or date."""
    if previous.size < SHORTEST_CUT or previous.part.kind is BlockKind.ITEM:
        return False
    return bool(_LAST_WORD.search(previous.end[-_LONGEST_WORD:])) and not previous.end.isupper()


def _may_open_sentence(draft: Draft, text: str) -> bool:
    """Whether a text may be the beginning of a sentence; "Ministry" after "the" goes on, "The" does not."""
    word = _WORD.match(text)[0]  # type: ignore[index]
    return not word[:1].isupper() or word.casefold() in draft.vocabulary.languages[draft.lang].words


_NAMED_STATES_END = re.compile(r"\)[\s\W]*$")


def _runs_on_unnumbered(previous: _Open, part: Part) -> bool:
    """Where every paragraph has a number, words without one go on from those before, unless those are finished.

    A recommendation is finished by the States that make it, in brackets.
    """
    if BEGINS_LOWER.match(part.text) or not ENDS.search(previous.end):
        return True
    listed = previous.section.part == "conclusions" and bool(previous.number and "." in previous.number)
    return listed and not _NAMED_STATES_END.search(previous.end)
