"""Who said what: every sentence of a document becomes statements with kind, speaker and the cue that told them.

Takes a `Document` and its `Examination`. Gives `Statement`s in the order of the text, the disposition of every block,
and notes on what is doubtful. `acts` finds acts of speech in one sentence, `reading` makes statements of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.extract.acts import STATE_SIDE
from generator.extract.conclusions import Listing
from generator.extract.dialogue import in_dialogue
from generator.extract.filing import file_statements
from generator.extract.reading import TOO_LONG, Reader
from generator.model import BlockKind, Confidence, Disposition, Document, Examination, Kind, Speaker, Statement
from generator.text.source import Location
from generator.vocabulary import Vocabulary

__all__ = ["STATE_SIDE", "extract", "file_statements"]


def extract(
    document: Document, examination: Examination, vocabulary: Vocabulary
) -> tuple[list[Statement], list[Disposition], list[Diagnostic]]:
    """All statements of a document, in its order; where the language has no cues, none but background."""
    examination = in_dialogue(document, examination, vocabulary)
    reader = Reader(document, examination, vocabulary)
    family = vocabulary.families.get(document.family or "")
    listing = (
        Listing(document, vocabulary, family.conclusions, reader.paragraph) if family and family.conclusions else None
    )
    statements: list[Statement] = []
    for index, paragraph in enumerate(document.paragraphs):
        listed = listing is not None and paragraph.section.part == "conclusions"
        statements += listing.paragraph(index) if listing and listed else reader.paragraph(index)
    if listing:
        statements = listing.taken_over(statements)
        listing.found += _unlisted(document, statements)
    notes = [
        Diagnostic(
            Location(document.source.path, statement.line, statement.spans[0].col_start + 1),
            "X001",
            f"{statement.kind} {_doubt(statement)}: “{statement.text[:70]}…”",
        )
        for statement in statements
        if statement.confidence is Confidence.LOW and statement.kind not in (Kind.PROCEDURAL, Kind.BACKGROUND)
    ]
    long = [
        Diagnostic(
            Location(document.source.path, statement.line, statement.spans[0].col_start + 1),
            "X002",
            f"{len(statement.text):,} characters without the end of a sentence: “{statement.text[:70]}…”",
        )
        for statement in statements
        if statement.rule == TOO_LONG
    ]
    return statements, _dispositions(document), [*(listing.found if listing else ()), *long, *notes]


def _unlisted(document: Document, statements: list[Statement]) -> Iterator[Diagnostic]:
    """An error where the conclusions, which list recommendations, yield none."""
    lines = [one.passage.pieces[0].line for one in document.paragraphs if one.section.part == "conclusions"]
    if lines and not any(statement.listed for statement in statements):
        message = f"no recommendation was read in the conclusions, which hold {len(lines)} paragraphs"
        yield Diagnostic(Location(document.source.path, lines[0], 1), "R016", message)


def _doubt(statement: Statement) -> str:
    named = statement.speaker not in (Speaker.AUTHOR, Speaker.UNATTRIBUTED)
    return "by a rule that often takes praise or questions for it" if named else "without a named speaker"


_DISPOSITIONS = {
    BlockKind.BLANK: Disposition.BLANK,
    BlockKind.MASTHEAD: Disposition.FURNITURE,
    BlockKind.TITLE: Disposition.CONTEXT,
    BlockKind.SESSION_LINE: Disposition.CONTEXT,
    BlockKind.HEADING: Disposition.CONTEXT,
    BlockKind.CONTENTS: Disposition.CONTENTS,
    BlockKind.FURNITURE: Disposition.FURNITURE,
    BlockKind.FRONT_MATTER: Disposition.NOTE,
    BlockKind.RULE: Disposition.FURNITURE,
    BlockKind.TABLE_HEAD: Disposition.CONTEXT,
    BlockKind.NOTE: Disposition.NOTE,
    BlockKind.CAPTION: Disposition.CAPTION,
    BlockKind.STRUCK: Disposition.STRUCK,
    BlockKind.MARK: Disposition.MARK,
}


def _dispositions(document: Document) -> list[Disposition]:
    """What became of each block: sentences were made of it, its form says what it is, or it was not read."""
    read = {index for paragraph in document.paragraphs if paragraph.sentences for index in paragraph.blocks}
    return [
        Disposition.STATEMENT if index in read else _DISPOSITIONS.get(block.kind, Disposition.UNREAD)
        for index, block in enumerate(document.blocks)
    ]
