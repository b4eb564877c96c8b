"""Examination pages, and the source behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.corpus import Exchange, LinkedStatement, PublishedExamination, exchanges, is_answer, is_ask
from generator.model import Disposition, Fact, Kind, ReadDocument, Section, Speaker
from generator.pages.page import Page
from generator.pages.views import NOT_A_SCORE, FactView, Link, StatementView, Tally, Views, unique
from generator.vocabulary import slug


@dataclass(frozen=True, slots=True)
class CardView:
    """A dialogue card: turns in the order of what was said, and what may be said of the answer."""

    turns: tuple[StatementView, ...]
    answered: bool
    note: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the document with its cards. `level` 0 is the top."""

    title: str
    anchor: str
    level: int
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class DispositionView:
    """How much of a document became what, in characters."""

    name: str
    label: str
    characters: int
    share: float


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document of an examination: what it is, whose, and how much of it was read."""

    name: str
    publisher: str
    badge: str
    notice: str
    rights: str
    terms: str
    source: Link
    sections: tuple[SectionView, ...]
    coverage: tuple[DispositionView, ...]
    sentences: int
    statements: int
    listed: bool


@dataclass(frozen=True, slots=True)
class ExaminationView:
    """What an examination page shows."""

    state: Link
    formal: str
    treaty: Link
    treaty_title: str
    subtitle: str
    body: str
    session: Link
    facts: tuple[FactView, ...]
    delegation: tuple[FactView, ...]
    tallies: tuple[Tally, ...]
    documents: tuple[DocumentView, ...]
    records: tuple[tuple[str, str], ...]
    previous: Link | None
    following: Link | None
    # Examinations that its documents tell of too.
    shared: tuple[Link, ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a source line: plain text, or the words of statements (their ids and kinds), innermost last."""

    text: str
    ids: tuple[str, ...]
    kind: str
    voice: str
    # Ids whose first words these are: the anchors.
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """One raw line of a source."""

    number: int
    disposition: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a source page shows: every line as received, or what its rights allow."""

    examination: Link
    state: Link
    name: str
    sha256: str
    encoding: str
    badge: str
    publisher: str
    rights: str
    terms: str
    shown: str
    lines: tuple[LineView, ...]
    statements: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class SourceListView:
    """The documents of an examination that has several."""

    examination: Link
    documents: tuple[Link, ...]


def examination_pages(views: Views) -> Iterator[Page]:
    """A page for each examination and one for each of its sources."""
    for examination in views.corpus.examinations.values():
        state = views.vocabulary.states[examination.state]
        label = views.examination(examination).text
        crumbs = (Link("Countries", "countries/"), views.state(examination.state))
        yield Page(
            examination.address,
            "examination",
            f"{state.short}: {label}",
            f"What the {_body(examination)} and {state.short} said to each other: {label}.",
            _examination(views, examination),
            crumbs,
        )
        here = (*crumbs, views.examination(examination))
        if len(examination.documents) > 1:
            documents = tuple(Link(d.stem, views.source_address(examination, d)) for d in examination.documents)
            yield Page(
                f"{examination.address}source/",
                "sources",
                f"Sources: {state.short}, {label}",
                f"The documents that tell of the examination of {state.short}.",
                SourceListView(views.examination(examination), documents),
                here,
            )
        for document in examination.documents:
            yield Page(
                views.source_address(examination, document),
                "source",
                f"Source: {state.short}, {label}",
                f"The text as received, line by line, with every statement marked: {state.short}, {label}.",
                _source(views, examination, document),
                here,
            )


def _body(examination: PublishedExamination) -> str:
    return "Committee on the Rights of the Child" if examination.facts.body == "CRC" else examination.facts.body


# --- the examination --------------------------------------------------------------------------------------------

_FACTS = {
    "state": "State party",
    "treaty": "Treaty",
    "cycle": "Report",
    "session": "Session",
    "date": "Examined",
    "session_dates": "Session’s dates",
    "last_examined": "Last examined",
    "ratifications": "Ratified",
    "head": "Head of delegation",
    "rapporteurs": "Country Rapporteur",
    "publisher": "Written by",
    "official": "Official record",
}


def _examination(views: Views, examination: PublishedExamination) -> ExaminationView:
    facts = examination.facts
    state = views.vocabulary.states[examination.state]
    treaty = views.vocabulary.treaties.by_id[examination.treaty]
    siblings = sorted(views.corpus.by_state[examination.state], key=lambda e: (e.session, e.key))
    place = siblings.index(examination)
    when = f" · examined {facts.date.name}" if facts.date else ""
    cycle = f"{facts.cycle.name[0].upper()}{facts.cycle.name[1:]} under the" if facts.cycle else "Under the"
    session = facts.session.name if facts.session else ""
    return ExaminationView(
        state=views.state(examination.state),
        formal=state.formal,
        treaty=views.treaty(treaty.id),
        treaty_title=treaty.title,
        subtitle=f"{cycle} {treaty.short} ({treaty.id}) · {_body(examination)}, {session}{when}",
        body=_body(examination),
        session=views.session(examination),
        facts=tuple(_fact(views, examination, n, f) for n, f in facts.facts() if n != "delegation"),
        delegation=tuple(_fact(views, examination, n, f) for n, f in facts.facts() if n == "delegation"),
        tallies=views.tallies(examination.statements),
        documents=tuple(
            _document(views, examination, document, number if len(examination.documents) > 1 else 0)
            for number, document in enumerate(examination.documents, 1)
        ),
        records=_records(views, examination),
        previous=views.examination(siblings[place - 1]) if place else None,
        following=views.examination(siblings[place + 1]) if place + 1 < len(siblings) else None,
        shared=tuple(views.examination(views.corpus.examinations[key]) for key in examination.shared_with),
        not_a_score=NOT_A_SCORE,
    )


def _fact(views: Views, examination: PublishedExamination, name: str, fact: Fact) -> FactView:
    link = None
    value, note = fact.name, fact.of
    match name:
        case "state":
            link = views.state(fact.value)
        case "treaty":
            link, value = views.treaty(fact.value), f"{fact.value}"
        case "session":
            link = views.session(examination)
        case "head" | "rapporteurs":
            link = views.person(examination, name, fact)
        case "ratifications":
            value, note = f"{fact.of}: {fact.name}", ""
        case "official":
            value = "No"
    return FactView(
        label=_FACTS.get(name, name),
        value=value,
        link=link,
        status=fact.status,
        origin=views.origin(examination, fact),
        says=f"“{fact.text}”" if fact.status != "corrected" else f"Corrected by the editor: {fact.text}",
        note=note,
    )


def _records(views: Views, examination: PublishedExamination) -> tuple[tuple[str, str], ...]:
    """Symbols of the United Nations' own records, built by rule and not yet confirmed by anybody."""
    cycle = examination.facts.cycle
    if cycle is None:
        return ()
    prefix = views.vocabulary.treaties.by_id[examination.treaty].symbol_prefix
    number = "1" if cycle.value == "initial" else cycle.value
    return (
        ("Concluding observations", f"{prefix}/{examination.state}/CO/{number}"),
        ("List of issues", f"{prefix}/{examination.state}/Q/{number}"),
        ("State party report", f"{prefix}/{examination.state}/{number}"),
    )


def _document(views: Views, examination: PublishedExamination, document: ReadDocument, number: int) -> DocumentView:
    linked = [one for one in examination.statements if one.path == document.document.source.path]
    main = [one for one in linked if not one.statement.embedded]
    provenance = document.provenance
    return DocumentView(
        name=document.stem,
        publisher=provenance.publisher,
        badge=provenance.badge,
        notice=provenance.notice,
        rights=provenance.rights.holder,
        terms=provenance.rights.terms,
        source=Link("the source, line by line", views.source_address(examination, document)),
        sections=tuple(_sections(views, linked, f"document-{number}-" if number else "section-")),
        coverage=_coverage(document),
        sentences=len(main),
        statements=sum(1 for one in main if one.statement.kind not in (Kind.BACKGROUND, Kind.PROCEDURAL)),
        listed=provenance.listed,
    )


def _sections(views: Views, linked: list[LinkedStatement], prefix: str) -> Iterator[SectionView]:
    """Sections in the order of the document, each with its cards; a parent without cards keeps its heading."""
    open_asks = views.corpus.unanswered
    seen: list[tuple[str, ...]] = []
    cards: list[list[CardView]] = []
    section: Section | None = None
    for exchange in exchanges(linked):
        if exchange.section != section:
            path = exchange.section.path
            for depth in range(1, len(path)):
                if not seen or seen[-1][:depth] != path[:depth]:
                    seen.append(path[:depth])
                    cards.append([])
            section = exchange.section
            seen.append(path)
            cards.append([])
        cards[-1].append(_card(views, exchange, open_asks))
    used: set[str] = set()
    for path, held in zip(seen, cards, strict=True):
        title = path[-1] if path else "Before the first heading"
        yield SectionView(title, prefix + unique(slug(title), used), max(0, len(path) - 1), tuple(held))


def _card(views: Views, exchange: Exchange, open_asks: set[str]) -> CardView:
    asks, answers = exchange.asks, exchange.answers
    note = ""
    if asks and not answers:
        kinds = {ask.statement.kind for ask in asks}
        what = "answer" if kinds == {Kind.QUESTION} else "reply"
        if all(ask.id in open_asks for ask in asks):
            note = f"No {what} is recorded in this summary."
        else:
            note = f"No {what} follows directly; the State speaks further on under this heading."
    elif len(asks) > 1 and answers:
        note = f"{len(asks)} statements come before one reply: it may answer any of them."
    turns = []
    for turn in exchange.turns:
        view = views.statement(turn)
        if is_answer(turn.statement) and len(asks) > 1 and turn.replies_to:
            view = replace(view, reply_note="may answer")
        elif turn.replies_to and not is_answer(turn.statement):
            view = replace(view, reply_note="in reaction")
        turns.append(view)
    return CardView(tuple(turns), bool(asks and answers), note)


_DISPOSITION_LABELS = {
    Disposition.STATEMENT: "read as sentences",
    Disposition.CONTEXT: "title, session line, headings",
    Disposition.CONTENTS: "contents list",
    Disposition.FURNITURE: "page furniture",
    Disposition.NOTE: "notes",
    Disposition.UNREAD: "not read",
}


def _coverage(document: ReadDocument) -> tuple[DispositionView, ...]:
    source = document.document.source
    characters: Counter[Disposition] = Counter()
    for block, disposition in zip(document.document.blocks, document.dispositions, strict=True):
        characters[disposition] += sum(len(source.line(n).strip()) for n in range(block.first, block.last + 1))
    total = sum(characters.values()) or 1
    return tuple(
        DispositionView(disposition, label, characters[disposition], 100 * characters[disposition] / total)
        for disposition, label in _DISPOSITION_LABELS.items()
        if characters[disposition]
    )


# --- the source -------------------------------------------------------------------------------------------------


def _source(views: Views, examination: PublishedExamination, document: ReadDocument) -> SourceView:
    source, rights = document.document.source, document.provenance.rights
    linked = [one for one in examination.statements if one.path == source.path]
    lines = tuple(_lines(document, linked))
    if rights.source_text == "excerpts":
        lines = tuple(line for line in lines if any(piece.ids for piece in line.pieces))
    elif rights.source_text == "none":
        lines = ()
    shown = {
        "full": "The whole text as received.",
        "excerpts": "Only the lines that are quoted: the source’s terms allow excerpts.",
        "none": "The source’s terms do not allow its text to be shown.",
    }[rights.source_text]
    return SourceView(
        examination=views.examination(examination),
        state=views.state(examination.state),
        name=source.path.rsplit("/", 1)[-1],
        sha256=source.sha256,
        encoding=source.encoding,
        badge=document.provenance.badge,
        publisher=document.provenance.publisher,
        rights=rights.holder,
        terms=rights.terms,
        shown=shown,
        lines=lines,
        statements=tuple((one.id, views.statement(one).permalink) for one in linked),
    )


def _lines(document: ReadDocument, linked: list[LinkedStatement]) -> Iterator[LineView]:
    """Every line cut where statements begin and end, so that each piece belongs to whole statements."""
    source = document.document.source
    by_line: dict[int, list[tuple[int, int, LinkedStatement, bool]]] = {}
    for one in linked:
        for index, span in enumerate(one.statement.spans):
            by_line.setdefault(span.line, []).append((span.col_start, span.col_end, one, index == 0))
    for block, disposition in zip(document.document.blocks, document.dispositions, strict=True):
        for number in range(block.first, block.last + 1):
            yield LineView(number, disposition, tuple(_cut(source.line(number), by_line.get(number, []))))


def _cut(line: str, marks: list[tuple[int, int, LinkedStatement, bool]]) -> Iterator[Piece]:
    cuts = sorted({0, len(line), *(start for start, *_ in marks), *(end for _, end, *_ in marks)})
    for start, end in pairwise(cuts):
        over = [(one, first and at == start) for at, to, one, first in marks if at <= start and end <= to]
        over.sort(key=lambda pair: pair[0].statement.embedded)
        inner = over[-1][0].statement if over else None
        yield Piece(
            line[start:end],
            tuple(one.id for one, _ in over),
            inner.kind if inner else "",
            "author" if inner and inner.speaker is Speaker.AUTHOR else "",
            tuple(one.id for one, begins in over if begins),
        )


def is_unanswered_question(linked: LinkedStatement, open_asks: set[str]) -> bool:
    """Whether a question has no State word after it before the next heading."""
    return linked.statement.kind is Kind.QUESTION and is_ask(linked.statement) and linked.id in open_asks
