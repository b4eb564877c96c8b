"""The draft that the passes of `parse` work on: blocks while they are being understood.

Takes a source, its regions and the vocabulary; every pass reads it and changes it in place. Gives the finished
`Document`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.model import Block, BlockKind, Document, NoteText, Paragraph, Section
from generator.text.passage import Passage
from generator.text.regions import Regions
from generator.text.source import Location, SourceText
from generator.vocabulary import Family, Vocabulary, fold


@dataclass(slots=True)
class Part:
    """A block while it is being understood, or a cell of a table. `role` is the part of the report its heading opens.

    `whole` are all its words; `passage` those without the mark of a list item.
    """

    kind: BlockKind
    first: int
    last: int
    passage: Passage | None = None
    level: int = 0
    rule: str = ""
    marker: str = ""
    marked: bool = False  # a heading by its markup
    runs_on: bool = False  # only furniture parts it from the part before, no blank line
    role: str = ""
    number: str | None = None  # of a numbered paragraph, or of an item in one
    whole: Passage | None = None
    row: int = 0  # of a table's cell: its row, counted through the document from 1
    inside: bool = False  # in the same block as the part before
    states: Passage | None = None  # of a recommendation in a table: the cell that names who makes it

    @property
    def text(self) -> str:
        return self.passage.text if self.passage else ""

    @property
    def all_words(self) -> Passage | None:
        """Its words with the mark of a list item."""
        return self.whole or self.passage


class Draft:
    def __init__(self, source: SourceText, vocabulary: Vocabulary, found: list[Diagnostic]) -> None:
        self.source = source
        self.regions = Regions.of(source)
        self.vocabulary = vocabulary
        self.found = found
        self.parts: list[Part] = []
        self.family: Family | None = None
        self.lang = "en"
        self.title: Passage | None = None
        self.session_line: Passage | None = None
        self.contents: list[str] = []
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self.notes: list[NoteText] = []
        self.rows = 0  # of tables whose cells are read

    @property
    def body(self) -> Iterator[Part]:
        """The parts whose place in the text is still open."""
        return (part for part in self.parts if part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING))

    @property
    def known_headings(self) -> set[str]:
        """Headings that the contents list or the family's scheme knows, folded."""
        scheme = self.family.sections if self.family else ()
        return {fold(title) for title in self.contents} | set(scheme)

    def note(self, line: int, code: str, message: str, hint: str = "") -> None:
        self.found.append(Diagnostic(Location(self.source.path, line, 1), code, message, hint))

    def add_note(self, label: str, line: int, passage: Passage) -> None:
        """Keep the words of a note."""
        if passage.text:
            self.notes.append(NoteText(label, line, passage))

    def document(self) -> Document:
        blocks = [part for part in self.parts if not part.inside]
        furniture = tuple(
            (part.rule, part.passage) for part in self.parts if part.kind is BlockKind.FURNITURE and part.passage
        )
        masthead = tuple(
            ("masthead", part.passage) for part in self.parts if part.kind is BlockKind.MASTHEAD and part.passage
        )
        return Document(
            source=self.source,
            family=self.family.id if self.family else None,
            lang=self.lang,
            blocks=tuple(Block(part.kind, part.first, part.last, part.level, part.rule) for part in blocks),
            sections=tuple(self.sections),
            paragraphs=tuple(self.paragraphs),
            contents=tuple(self.contents),
            title=self.title,
            session_line=self.session_line,
            furniture=masthead + furniture,
            notes=tuple(self.notes),
        )
