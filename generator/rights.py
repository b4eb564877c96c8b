"""The one place that decides which words of a source may be shown, and takes out all others.

Takes a `Corpus` as it was read. Gives it `Published`: documents whose terms let nothing be shown have no word of their
source left, those that allow excerpts have the lines of their statements. Pages, exports, search, feeds and previews
are made of this corpus, so that none of them needs to ask. What stays is data, not words: ids, kinds, themes, numbers,
counts, places; and of facts what they establish – State, treaty, session, dates, cycle, symbols, publisher, and the
names of people in public roles –, never how the source puts it: a post, a list of bodies, a heading, a date in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import PurePath
from typing import Any
from weakref import WeakKeyDictionary

from generator.corpus import Corpus, LinkedDocument, LinkedStatement, PublishedExamination
from generator.corrections import Correction, Corrections
from generator.diagnostics import Diagnostic
from generator.model import Citation, Document, Due, Examination, Fact, Note, ReadDocument, Section, Statement
from generator.redactions import BLACK
from generator.text.source import Location, SourceText, Span
from generator.wording import Wording, wording_of

NOT_SHOWN = "The source’s terms do not let us show these words."


class Withheld(str):
    """What stands where words stood that may not be shown. It is our own text and holds none of them."""

    __slots__ = ()


def words(text: str) -> str | None:
    """The words of a source for a record; None where they are withheld."""
    return None if isinstance(text, Withheld) else text


def wording(text: str, document: ReadDocument) -> Wording:
    """What may be claimed of a text of a document."""
    return Wording.WITHHELD if isinstance(text, Withheld) else wording_of(document.provenance.kind)


def wording_in(document: ReadDocument) -> Wording:
    """What may be claimed of the words of a document as a whole."""
    return Wording.WITHHELD if _hidden(document) else wording_of(document.provenance.kind)


def _hidden(document: ReadDocument) -> bool:
    """Whether nothing of its source may be shown."""
    return document.provenance.rights.source_text == "none"


def restricted(document: ReadDocument) -> bool:
    """Whether not all of its source may be shown."""
    return document.provenance.rights.source_text != "full"


# --- the corpus ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an editor corrected of a reading, and the id of the statement it left. `anchor` lasts while the entry does.

    The words it names stay in `correction.quote` only where they may be shown.
    """

    correction: Correction
    anchor: str
    statement: str | None


@dataclass(frozen=True)
class Published(Corpus):
    """A corpus that holds no word which may not be shown. `corrected` is by the path of the source."""

    corrected: Mapping[str, tuple[Corrected, ...]] = field(default_factory=dict)


# Kept as long as what they were made from: a process that reads again and again changes few documents.
_documents: WeakKeyDictionary[LinkedDocument, LinkedDocument] = WeakKeyDictionary()
_examinations: WeakKeyDictionary[PublishedExamination, PublishedExamination] = WeakKeyDictionary()


def published(corpus: Corpus, corrections: Iterable[tuple[str, Corrections]] = ()) -> Published:
    """The corpus without words that may not be shown, and what editors corrected of it; one that is so stays."""
    if isinstance(corpus, Published):
        return corpus
    examinations = {key: _examination(one) for key, one in corpus.examinations.items()}
    corrected = {path: tuple(_corrected(corpus, path, one)) for path, one in corrections if path in corpus.linked}
    return Published(examinations, corpus.withheld, corrected)


def _examination(one: PublishedExamination) -> PublishedExamination:
    if not any(restricted(linked.document) for linked in one.linked):
        return one
    if one not in _examinations:
        # Its facts are those of its first document.
        kept = facts(one.facts, one.linked[0].document)
        linked = tuple(map(linked_document, one.linked))
        _examinations[one] = PublishedExamination(one.key, kept, linked, one.shared_with)
    return _examinations[one]


def linked_document(linked: LinkedDocument) -> LinkedDocument:
    """A document with its statements, without words that may not be shown; the very same where all may be."""
    if not restricted(linked.document):
        return linked
    if linked not in _documents:
        _documents[linked] = _without_words(linked) if _hidden(linked.document) else _excerpts(linked)
    return _documents[linked]


def _excerpts(linked: LinkedDocument) -> LinkedDocument:
    """Of the text, the lines of statements; and the words of facts, which are told with these."""
    read = linked.document
    lines = frozenset(span.line for statement in read.statements for span in statement.spans)
    told = [span for one in read.examinations for _, fact in one.facts() for span in fact.spans]
    source = _blacked(read.document.source, lines, told)
    kept = replace(read, document=_document(read.document, source), excerpts=lines)
    return LinkedDocument(replace(kept, document=replace(kept.document, title=read.document.title)), linked.statements)


def _without_words(linked: LinkedDocument) -> LinkedDocument:
    read = linked.document
    sections, names = _Sections(), _in_public_roles(read)
    statements = tuple(
        replace(one, statement=_statement(one.statement, sections(one.statement.section), names))
        for one in linked.statements
    )
    document = ReadDocument(
        document=_document(read.document, _blacked(read.document.source)),
        examinations=tuple(facts(one, read) for one in read.examinations),
        statements=tuple(one.statement for one in statements),
        dispositions=read.dispositions,
        provenance=read.provenance,
        withheld=read.withheld,
        excerpts=frozenset(),
    )
    return LinkedDocument(document, statements)


def _document(document: Document, source: SourceText) -> Document:
    """What is known of a document, with another text; whatever else might hold words is left out."""
    return Document(source, document.family, document.lang, document.blocks, (), (), (), None, None)


# A symbol of the United Nations: the name of a document, by which rules tell which records there are.
_SYMBOL = re.compile(r"(?<![\w/])[A-Z]{1,8}(?:/[A-Z0-9.\-]+)+(?![\w/])")
_LETTER = re.compile(r"\S")


def _blacked(source: SourceText, lines: Collection[int] = (), spans: Iterable[Span] = ()) -> SourceText:
    """The text blacked out, but for these lines, these places, and symbols: every position and every length stays."""
    starts = source.line_starts
    kept = [match.span() for match in _SYMBOL.finditer(source.text)]
    kept += [(starts[n - 1], starts[n - 1] + len(source.line(n))) for n in lines]
    kept += [(starts[one.line - 1] + one.col_start, starts[one.line - 1] + one.col_end) for one in spans]
    pieces, at = [], 0
    for start, end in sorted(kept):
        if start > at:
            pieces.append(_LETTER.sub(BLACK, source.text[at:start]))
        pieces.append(source.text[max(at, start) : end])
        at = max(at, end)
    return replace(source, text="".join((*pieces, _LETTER.sub(BLACK, source.text[at:]))))


# --- statements ---------------------------------------------------------------------------------------------------

# What is known of a statement besides its words. A field that is not named here does not pass.
OF_STATEMENTS = (
    "kind speaker attribution spans paragraph sentence rule confidence lang speaker_states embedded flags alternatives "
    "themes groups number listed recommending_states response reviewed correction treaties"
).split()


def statement(statement: Statement, document: ReadDocument) -> Statement:
    """A statement of a document, without words that may not be shown; the very same where they may be."""
    if not _hidden(document) or isinstance(statement.text, Withheld):
        return statement
    return _statement(statement, _Sections()(statement.section), _in_public_roles(document))


def _statement(statement: Statement, section: Section, names: Collection[str]) -> Statement:
    speaking = [name for name in (statement.speaker_name or "").split(" and ") if name in names]
    given: dict[str, Any] = {name: getattr(statement, name) for name in OF_STATEMENTS}
    return Statement(
        text=Withheld(NOT_SHOWN),
        cue="",
        section=section,
        speaker_name=" and ".join(speaking) or None,
        cites=tuple(map(_citation, statement.cites)),
        due=_due(statement.due) if statement.due else None,
        notes=tuple(Note(note.label, Withheld(NOT_SHOWN), note.spans) for note in statement.notes),
        **given,
    )


def _citation(cited: Citation) -> Citation:
    # A law with an article is called as the source calls it; any other name is the vocabulary's.
    law = cited.law if cited.article is None else None
    return Citation(cited.id, Withheld(NOT_SHOWN), cited.article, law, cited.carried, cited.symbol)


def _due(due: Due) -> Due:
    return Due(due.date, due.precision, Withheld(due.date))


def _in_public_roles(document: ReadDocument) -> frozenset[str]:
    """The names of people whose public roles the examinations of a document record."""
    told = [fact for one in document.examinations for fact in (one.head, *one.rapporteurs) if fact]
    return frozenset(fact.name for fact in told)


class _Sections:
    """Sections of one document by number instead of their headings; one that comes again is the same again."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], str] = {}
        self._below: Counter[tuple[str, ...]] = Counter()
        self._known: dict[int, tuple[Section, Section]] = {}  # by identity, with what keeps it alive

    def __call__(self, section: Section) -> Section:
        if id(section) not in self._known:
            depths = range(1, len(section.path) + 1)
            path = tuple(Withheld(f"Section {self._number(section.path[:depth])}") for depth in depths)
            self._known[id(section)] = section, Section(path, section.level, section.line, section.part)
        return self._known[id(section)][1]

    def _number(self, path: tuple[str, ...]) -> str:
        if path not in self._numbers:
            above = path[:-1]
            self._below[above] += 1
            before = f"{self._number(above)}." if above else ""
            self._numbers[path] = f"{before}{self._below[above]}"
        return self._numbers[path]


# --- facts --------------------------------------------------------------------------------------------------------

# Facts that establish something; `delegation` lists bodies as the source writes them, and does not pass.
OF_EXAMINATIONS = (
    "state treaty session date adopted session_dates cycle last_examined ratifications head rapporteurs troika symbol "
    "publisher official"
).split()


def facts(examination: Examination, document: ReadDocument) -> Examination:
    """The facts of an examination as its document may tell them; the very same where its words may be shown."""
    if not _hidden(document):
        return examination
    kept: dict[str, Any] = {}
    for name in OF_EXAMINATIONS:
        value = getattr(examination, name)
        kept[name] = tuple(_fact(name, one) for one in value) if isinstance(value, tuple) else _fact(name, value)
    return Examination(examination.body, examination.mechanism, **kept)


def _fact(name: str, fact: Fact | None) -> Fact | None:
    """A fact without the words that say it. Why an editor corrected one is the editor's word."""
    if fact is None:
        return None
    text = fact.text if fact.status == "corrected" else Withheld(NOT_SHOWN)
    of = fact.of if name == "ratifications" else ""  # a treaty's id; else a post, as the source puts it
    return Fact(fact.value, fact.name, text, fact.rule, fact.spans, fact.status, of)


# --- what editors did ---------------------------------------------------------------------------------------------


def reading_anchor(stem: str, what: str) -> str:
    """A name for a correction that lasts while the editor's entry does."""
    return f"reading-{blake2b(f'{stem}|{what}'.encode(), digest_size=5).hexdigest()}"


def _corrected(corpus: Corpus, path: str, corrections: Corrections) -> Iterator[Corrected]:
    """The corrections of a document that changed something, each with what it left."""
    document, said = corpus.documents[path], list(_said(corpus, path))
    names = _in_public_roles(document)
    for one in corrections.statements:
        linked = _left_by(said, one)
        # One that changes nothing is a warning to the editor, and no correction.
        if one.action != "confirm" and (linked or one.action == "drop"):
            anchor = reading_anchor(document.stem, f"{one.quote}|{one.occurrence}|{one.action}")
            # An excerpt is what stands on the site as a statement.
            hidden = _hidden(document) or (restricted(document) and linked is None)
            kept = _without_quote(one, names) if hidden else replace(one, quote=_as_told(one, linked))
            yield Corrected(kept, anchor, linked.id if linked else None)


def _said(corpus: Corpus, path: str) -> Iterator[LinkedStatement]:
    """The statements of a document, by the examinations it is of."""
    held = [one for one in corpus.examinations.values() if any(other.path == path for other in one.linked)]
    for number, one in enumerate(held):
        for linked in one.statements:
            if linked.path == path and (number == 0 or linked.examination == one.key):
                yield linked


def _left_by(said: Iterable[LinkedStatement], correction: Correction) -> LinkedStatement | None:
    """The statement that a correction left, by its first words and its reason."""
    found = [
        one
        for one in said
        if one.statement.text.startswith(correction.quote) and one.statement.correction == correction.reason
    ]
    return found[min(correction.occurrence, len(found)) - 1] if found else None


def _as_told(correction: Correction, linked: LinkedStatement | None) -> str:
    """The first words of a statement, marked as such."""
    whole = linked is not None and linked.statement.text == correction.quote
    return correction.quote if whole or correction.quote.endswith(".") else f"{correction.quote} …"


def _without_quote(correction: Correction, names: Collection[str]) -> Correction:
    changes = dict(correction.changes)
    if isinstance(due := changes.get("due"), Due):
        changes["due"] = _due(due)
    if changes.get("speaker_name") not in (None, *names):
        changes["speaker_name"] = Withheld("a name that is not shown")
    return replace(correction, quote=Withheld(NOT_SHOWN), changes=changes, parts=())


# --- findings -----------------------------------------------------------------------------------------------------


def files_about(document: ReadDocument) -> frozenset[str]:
    """The names of files that hold words of a document not all of which may be shown; none of others.

    Without their endings: its own, that of its corrections, and the register of its examinations.
    """
    if not restricted(document):
        return frozenset()
    return frozenset({document.stem, *(one.key for one in document.examinations if one.key)})


def is_about(found: Location, names: Collection[str]) -> bool:
    """Whether a place is in one of these files."""
    return PurePath(found.path).stem in names


def findings(found: Iterable[Diagnostic], names: Collection[str]) -> tuple[Diagnostic, ...]:
    """Findings as they may be published: those in files of these names without what they quote."""
    return tuple(_without_quotes(one) if is_about(one.location, names) else one for one in found)


def _without_quotes(found: Diagnostic) -> Diagnostic:
    return replace(found, message=Withheld(found.rule.name.replace("-", " ")), hint="")
