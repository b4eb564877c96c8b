"""Every frozen value that crosses from one stage to the next.

Takes `SourceText` and `Span` from `source`. Gives the one model of documents, examinations, statements and the corpus
from which pages, search and exports are derived. Holds no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from generator.text.passage import Passage
from generator.text.source import SourceText, Span, packed


class Kind(StrEnum):
    """What a statement is. A closed list."""

    CONCERN = "concern"
    RECOMMENDATION = "recommendation"
    POSITIVE = "positive"
    QUESTION = "question"
    REPLY = "reply"
    COMMITMENT = "commitment"
    PROCEDURAL = "procedural"
    BACKGROUND = "background"


class Speaker(StrEnum):
    """Whose words a statement reports. A closed list."""

    COMMITTEE = "committee"
    REVIEWING_STATE = "reviewing-state"
    DELEGATION = "delegation"
    STATE = "state"
    AUTHOR = "author"
    UNATTRIBUTED = "unattributed"


class Attribution(StrEnum):
    """How the speaker was found."""

    EXPLICIT = "explicit"
    PRONOUN = "pronoun"
    PASSIVE = "passive"
    CARRIED = "carried"
    AGENT = "agent"
    NARRATIVE = "narrative"
    NONE = "none"


class Confidence(StrEnum):
    """How sure the reading is: explicit speaker and strong cue; carried or weaker cue; no speaker."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Disposition(StrEnum):
    """What became of a block of the source."""

    STATEMENT = "statement"
    CONTEXT = "context"
    CONTENTS = "contents"
    FURNITURE = "furniture"
    NOTE = "note"
    CAPTION = "caption"
    STRUCK = "struck"
    MARK = "mark"
    UNREAD = "unread"
    BLANK = "blank"


class Verdict(StrEnum):
    """What a measure of a text's health says of it."""

    FINE = "fine"
    DOUBTFUL = "doubtful"
    BAD = "bad"


class BlockKind(StrEnum):
    """The form of a block."""

    BLANK = "blank"
    MASTHEAD = "masthead"
    TITLE = "title"
    SESSION_LINE = "session-line"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CONTENTS = "contents"
    FURNITURE = "furniture"
    FRONT_MATTER = "front-matter"
    TABLE = "table"
    TABLE_HEAD = "table-head"
    NOTE = "note"
    CAPTION = "caption"
    STRUCK = "struck"
    MARK = "mark"
    CODE = "code"
    RULE = "rule"


@packed
@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of the source, `first` to `last` inclusive, counted from 1. A document's blocks partition it."""

    kind: BlockKind
    first: int
    last: int
    level: int = 0
    # Why it is furniture or unread, in the vocabulary's words.
    rule: str = ""


@packed
@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `path` holds the titles from the top level down to this one.

    `part` says which part of a report it is, where the family's texts have parts: "dialogue", "conclusions".
    """

    path: tuple[str, ...]
    level: int
    line: int
    part: str = ""

    @property
    def title(self) -> str:
        """The heading itself; empty for what stands before the first heading."""
        return self.path[-1] if self.path else ""


FRONT = Section((), 0, 0)


@packed
@dataclass(frozen=True, slots=True)
class NoteText:
    """The words of a note of the document: its label, the line it begins on, and the words."""

    label: str
    line: int
    passage: Passage


@packed
@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text between two breaks, repaired: one passage, its sentences as half-open ranges of its text.

    `blocks` are the indexes of the blocks it was made from (several where a page break cut it). An item of a list
    knows the paragraph that leads into it. `number` is the document's own, of a paragraph ("69") or of an item in
    one ("92.1", "69 (a)"). `states` is a cell beside it in a table that names States.
    """

    passage: Passage
    sentences: tuple[tuple[int, int], ...]
    section: Section
    blocks: tuple[int, ...]
    lead_in: int | None = None
    number: str | None = None
    states: Passage | None = None
    # Whether only the form parts it from the paragraph before: the end of a page, an item of a list, a cell.
    follows: bool = False


@packed
@dataclass(frozen=True, slots=True)
class Document:
    """A source read into blocks, sections and sentences. `family` is the id of its report family, if known.

    `paragraphs` are for the stages of reading: of a document read to the end they are empty.
    """

    source: SourceText
    family: str | None
    lang: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    contents: tuple[str, ...]
    title: Passage | None
    session_line: Passage | None
    furniture: tuple[tuple[str, Passage], ...] = ()
    notes: tuple[NoteText, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an examination with its origin: the rule that found it and the words that say it.

    `status` is `stated`, `inferred` or `corrected`; `name` is the value as people read it.
    """

    value: str
    name: str
    text: str
    rule: str
    spans: tuple[Span, ...]
    status: str = "stated"
    # What belongs to the value: a treaty for a ratification, a post for a person.
    of: str = ""


@packed
@dataclass(frozen=True, slots=True)
class Examination:
    """State party × treaty (or mechanism) × session, as one document tells it. A fact that is not there is None."""

    body: str
    # What it is held under where that is no treaty: "UPR".
    mechanism: str | None = None
    state: Fact | None = None
    treaty: Fact | None = None
    session: Fact | None = None
    date: Fact | None = None
    adopted: Fact | None = None
    session_dates: Fact | None = None
    cycle: Fact | None = None
    last_examined: Fact | None = None
    ratifications: tuple[Fact, ...] = ()
    head: Fact | None = None
    delegation: tuple[Fact, ...] = ()
    rapporteurs: tuple[Fact, ...] = ()
    troika: tuple[Fact, ...] = ()
    symbol: Fact | None = None
    publisher: Fact | None = None
    official: Fact | None = None

    @property
    def frame(self) -> str | None:
        """What it is held under: a treaty's id or a mechanism; None while the treaty is unknown."""
        return self.mechanism or (self.treaty.value if self.treaty else None)

    @property
    def sitting(self) -> str:
        """Whose sessions are counted: the mechanism's where there is one, else the body's."""
        return self.mechanism or self.body

    @property
    def key(self) -> str | None:
        """`lao-opsc-69`; None while State, treaty or session is unknown."""
        return f"{self.state.value}-{self.stem}".lower() if self.state and self.stem else None

    @property
    def stem(self) -> str | None:
        """The last part of its address: `opsc-69`, `upr-17`."""
        return f"{self.frame}-{self.session.value}".lower() if self.frame and self.session else None

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every fact there is, with its name, in the order of a title page."""
        for slot in fields(self):
            value = getattr(self, slot.name)
            if isinstance(value, Fact):
                yield slot.name, value
            elif isinstance(value, tuple):
                yield from ((slot.name, fact) for fact in value)


@packed
@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading an editor could defend."""

    kind: Kind
    speaker: Speaker


@packed
@dataclass(frozen=True, slots=True)
class Citation:
    """An instrument or law the words cite: `id` of a known instrument, else None; `article` only if stated.

    `carried` tells that the law was named in the sentence before; `symbol` is the UN's, of a document cited.
    """

    id: str | None
    text: str
    article: str | None = None
    law: str | None = None
    carried: bool = False
    symbol: str | None = None


@packed
@dataclass(frozen=True, slots=True)
class Note:
    """A note of the document that a statement's words call: its label and words. Nobody said it in the dialogue."""

    label: str
    text: str
    spans: tuple[Span, ...]


@packed
@dataclass(frozen=True, slots=True)
class Due:
    """When something promised is due: ISO 8601 as far as it is known, how exact that is, and the words."""

    date: str
    precision: str
    text: str


@packed
@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said, in the words of the source: `text` is what the normaliser makes of the spans.

    There is none without words and a place: an empty quotation would pass every proof.
    """

    kind: Kind
    speaker: Speaker
    attribution: Attribution
    text: str
    spans: tuple[Span, ...]
    section: Section
    paragraph: int
    sentence: int
    rule: str
    cue: str
    confidence: Confidence
    lang: str = "en"
    speaker_name: str | None = None
    speaker_states: tuple[str, ...] = ()
    embedded: bool = False
    flags: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    due: Due | None = None
    number: str | None = None
    listed: bool = False
    recommending_states: tuple[str, ...] = ()
    response: str | None = None
    reviewed: bool = False
    correction: str | None = None
    # Those of its document's treaties it belongs to; empty where it belongs to all.
    treaties: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if not self.spans or not self.text or self.text.isspace():
            what = f"{self.kind} by rule {self.rule}, paragraph {self.paragraph}, sentence {self.sentence}"
            raise ValueError(f"a statement needs words and their place in the source ({what})")

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.spans[0].line

    @property
    def indexed(self) -> bool:
        """Whether it stands in the indexes: doubtful ones stand on their document's page only."""
        return self.kind not in (Kind.PROCEDURAL, Kind.BACKGROUND) and self.confidence is not Confidence.LOW


@packed
@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was counted in a text: `share` is a share of its sentences, headings, paragraphs or characters."""

    name: str
    count: int
    share: float
    of: str
    verdict: Verdict
    # The lines where it was found, each once.
    lines: tuple[int, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Health:
    """What was measured of a text before it was believed; `verdict` is that of the worst measure."""

    measures: tuple[Measure, ...] = ()
    verdict: Verdict = Verdict.FINE

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> Health:
        """The health that these measures tell."""
        kept, order = tuple(measures), list(Verdict)
        return cls(kept, max((measure.verdict for measure in kept), key=order.index, default=Verdict.FINE))

    @property
    def complaints(self) -> tuple[Measure, ...]:
        """The measures that are not fine."""
        return tuple(measure for measure in self.measures if measure.verdict is not Verdict.FINE)


@packed
@dataclass(frozen=True, slots=True)
class Rights:
    """Who holds the rights in a source, on what terms it is shown, and how much of its text."""

    holder: str = "not recorded"
    terms: str = "not recorded"
    url: str | None = None
    source_text: str = "full"


@packed
@dataclass(frozen=True, slots=True)
class After:
    """The document of the United Nations that a digest rests on, as far as editors know it. `author` wrote that."""

    symbol: str
    author: str = ""
    title: str = ""
    date: str | None = None
    url: str | None = None


@packed
@dataclass(frozen=True, slots=True)
class Provenance:
    """What the editors know of a source: an entry of `sources.yaml`, or the habits of its family."""

    kind: str
    publisher: str
    badge: str
    notice: str
    rights: Rights = Rights()
    date: str | None = None
    url: str | None = None
    listed: bool = False
    after: After | None = None


@packed
@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One source, read to the end: what the corpus is made of. The dispositions are those of its blocks, in order."""

    document: Document
    examinations: tuple[Examination, ...]
    statements: tuple[Statement, ...]
    dispositions: tuple[Disposition, ...]
    provenance: Provenance
    # The redactions that hide words of it, by their ids.
    withheld: tuple[str, ...] = ()
    # The lines of its source that may be shown, where not all may; None where all may.
    excerpts: frozenset[int] | None = None
    health: Health = Health()

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.document.source.path.rsplit("/", 1)[-1].removesuffix(".md")

    def examinations_of(self, statement: Statement) -> tuple[Examination, ...]:
        """The examinations a statement belongs to: one, or several where one summary covers several treaties."""
        found = tuple(e for e in self.examinations if e.treaty and e.treaty.value in statement.treaties)
        return found or self.examinations

    @property
    def examination(self) -> Examination:
        """The first its title names: that of a statement which belongs to all."""
        return self.examinations[0]
