"""A source becomes a document: blocks that partition it, a repaired outline, paragraphs, sentences.

Takes `SourceText` and the vocabularies. Gives `Document` and what an editor should know. The only user of
markdown-it-py, and only of its block rules: words and columns are ours, so that every character keeps its place.
Never raises, whatever the text.
"""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import Block, BlockKind, Document
from generator.parse.broken_words import join_marked_words
from generator.parse.complaints import BEGUN, LARGEST, complaints
from generator.parse.contents import find_contents
from generator.parse.cut import cut_into_blocks
from generator.parse.draft import Draft
from generator.parse.furniture import find_furniture, find_page_ends, find_repeated_title, free_furniture
from generator.parse.headings import (
    mark_bold_headings,
    mark_headings_by_place,
    mark_plain_headings,
    read_prose_headings,
    repair_levels,
)
from generator.parse.loose_tables import find_loose_tables
from generator.parse.notes import find_notes
from generator.parse.numbering import mark_parts, number_paragraphs
from generator.parse.opening import find_session_line, find_title, know_family
from generator.parse.paragraphs import build_paragraphs
from generator.parse.sentences import cut_sentences, sentences
from generator.parse.tables import join_numbered_rows
from generator.text.source import SourceText
from generator.vocabulary import Vocabulary

__all__ = ["BEGUN", "LARGEST", "PASSES", "parse", "sentences"]

PASSES = (
    cut_into_blocks,
    join_marked_words,
    mark_bold_headings,
    know_family,
    find_title,
    find_session_line,
    find_contents,
    mark_plain_headings,
    read_prose_headings,
    free_furniture,
    find_repeated_title,
    find_furniture,
    find_loose_tables,
    find_page_ends,
    join_numbered_rows,
    mark_parts,
    find_notes,
    number_paragraphs,
    mark_headings_by_place,
    repair_levels,
    build_paragraphs,
    cut_sentences,
)


def parse(source: SourceText, vocabulary: Vocabulary) -> tuple[Document, list[Diagnostic]]:
    """Read the form of a source: everything but what it means."""
    found = list(complaints(source))
    if any(diagnostic.code in ("S001", "S002", "S005") for diagnostic in found):
        unread = Block(BlockKind.CODE, 1, max(1, source.line_count), rule=found[0].rule.name)
        return Document(source, None, "en", (unread,), (), (), (), None, None), found
    draft = Draft(source, vocabulary, found)
    for apply in PASSES:
        apply(draft)
    return draft.document(), found
