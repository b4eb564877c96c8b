"""Faults of the layout: two columns read across, sentences that are marked as headings, cells that stand one a line.

Takes a parsed `Document`. Gives the places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.health.faults import Fault
from generator.model import BlockKind, Document, Paragraph
from generator.text.source import SourceText
from generator.vocabulary import CueSet, level

# A gap too wide for justified text, between words.
_GAP = re.compile(r"   (?<=[^\s|]   ) *(?=[^\s|])")
_TAB = re.compile(r"\t(?<=[^\s|]\t)[ \t]*(?=[^\s|])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_GAP = 3  # spaces
_WORDS_LEFT = 2
_LEAST_LINES = 3  # that begin their right half at the same place; two can do so by chance
_SHIFT = 1  # characters by which those places may differ
_LEAST_WORDS = 6  # of a heading that is a sentence; "The Committee recommended" is none
_LEAST_CELLS = 4  # short lines that follow each other
_LONGEST_CELL = 40  # characters
_CELL_WORDS = 4


# "concerned that the The delegation stated": lines of two columns that follow each other. No sentence goes so.
_INTERLEAVED = re.compile(r"\b(?:the|a|an|of|in|to|by|for|with) (?:The|It|They|In|This) [a-z]+ [a-z]+")


def mixed_lines(document: Document) -> Iterator[Fault]:
    """Paragraphs in which the lines of two columns follow each other."""
    source = document.source
    for paragraph in document.paragraphs:
        if _INTERLEAVED.search(paragraph.passage.text):
            for number in dict.fromkeys(piece.line for piece in paragraph.passage.pieces):
                yield Fault("columns", number, 0, len(source.line(number)), source.line(number).strip())


def mixed_columns(source: SourceText) -> Iterator[Fault]:
    """Lines on which two columns stand side by side."""
    done = 0
    found = [match for gap in (_GAP, _TAB) for match in gap.finditer(source.text)]
    for match in sorted(found, key=re.Match.start):
        place = source.location(match.end())
        first, column = place.line, place.column - 1
        line = source.line(first)
        # left of the gap stands a line of words, not the number of a paragraph; cells have their own marks
        if first <= done or "|" in line or len(_WORD.findall(line, 0, column)) < _WORDS_LEFT:
            continue
        last = first
        while last < source.line_count and _goes_on(source.line(last + 1), column):
            last += 1
        if last - first + 1 >= _LEAST_LINES:
            for number in range(first, last + 1):
                line = source.line(number)
                yield Fault("columns", number, 0, len(line), line.strip())
            done = last


def _goes_on(line: str, column: int) -> bool:
    """Whether a line has the same right column, whatever its left."""
    return any(
        len(line) > start and not line[start].isspace() and line[start - _LEAST_GAP : start].isspace()
        for start in range(max(_LEAST_GAP, column - _SHIFT), column + _SHIFT + 1)
    )


def prose_headings(document: Document, cues: CueSet | None) -> Iterator[Fault]:
    """Headings that are sentences with a verb of speech: what is said in them is read as a heading."""
    if cues is None:
        return
    for section in document.sections:
        title = level(section.title)
        if len(title.split()) >= _LEAST_WORDS and _speaks(title, cues):
            yield Fault("headings", section.line, 0, len(document.source.line(section.line)), section.title)


def _speaks(title: str, cues: CueSet) -> bool:
    """Whether somebody, named or not, says something in these words."""
    subject = cues.subject.match(title)
    if subject and cues.subject_of(subject).speaker is None:  # a pronoun speaks as any subject does
        title = f"Somebody{title[subject.end() :]}"
    return bool(cues.syntax.stranger and cues.syntax.stranger.match(title))


def loose_cells(document: Document) -> Iterator[Sequence[Paragraph]]:
    """Runs of short lines that end no sentence: the cells of a table that was taken apart."""
    run: list[Paragraph] = []
    for paragraph in document.paragraphs:
        if _is_cell(document, paragraph) and (not run or run[-1].section is paragraph.section):
            run.append(paragraph)
            continue
        if len(run) >= _LEAST_CELLS:
            yield run
        run = [paragraph] if _is_cell(document, paragraph) else []
    if len(run) >= _LEAST_CELLS:
        yield run


def _is_cell(document: Document, paragraph: Paragraph) -> bool:
    text = paragraph.passage.text
    return (
        0 < len(text) <= _LONGEST_CELL
        and len(text.split()) <= _CELL_WORDS
        and text[-1] not in ".:;?!,"
        and paragraph.number is None
        and bool(paragraph.section.path)
        and all(document.blocks[index].kind is BlockKind.PARAGRAPH for index in paragraph.blocks)
    )
