"""Examination pages, and the source behind each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from generator.corpus import LinkedStatement, PublishedExamination, is_answer, is_ask
from generator.model import Disposition, Fact, Kind, ReadDocument, Speaker
from generator.pages.citing import EntryView, entry
from generator.pages.evidence import document_data
from generator.pages.layout import Heading, Listing, PartLayout, Portion
from generator.pages.page import Page
from generator.pages.paging import Group, Pager, Sheet
from generator.pages.terms import Piece, TermsUsed, earlier_name, notes_in_time
from generator.pages.views import (
    DOCUMENT_WORDS,
    KIND_LABELS,
    NOBODY,
    NOT_A_SCORE,
    OWN_RECOMMENDATIONS,
    PAGE_LANG,
    POSITIONS,
    Cite,
    FactView,
    Link,
    StatementView,
    Tally,
    TombstoneView,
    Views,
    kind_count,
    speaker_label,
)
from generator.rights import wording, wording_in
from generator.text.source import SourceText, Span
from generator.wording import CLAIMS, Claims, Wording, wording_of


@dataclass(frozen=True, slots=True)
class CardView:
    """A dialogue card: turns in the order of what was said, and what may be said of the answer."""

    turns: tuple[StatementView, ...]
    answered: bool
    note: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the document with its cards. `level` 0 is the top; `continued`: it began a page before."""

    title: str
    anchor: str
    level: int
    cards: tuple[CardView, ...]
    continued: bool = False
    # The language of its title where it is not the page's own.
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ListedView:
    """Recommendations that a document lists together: the position it gives, and how many in all."""

    title: str
    anchor: str
    count: str
    rows: tuple[StatementView, ...]
    continued: bool
    # How the list was read: how many by which rule, and how sure that is.
    how: str
    # How most of its rows were read, in letters.
    evidence: str
    # The themes of these rows, by name: each row names its own.
    themes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DispositionView:
    """How much of a document became what, in characters."""

    name: str
    label: str
    characters: int
    share: float
    # What stands before it in the bar.
    before: float


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document of an examination: what it is, whose, and how much of it was read."""

    name: str
    # How a document of its kind is called: a summary, a report; and the kind itself.
    word: str
    kind: str
    lang: str
    # What may be claimed of its words, and what is said of that.
    wording: Wording
    claims: Claims
    # The United Nations' symbol of it, and where that can be read.
    symbol: str
    url: str
    publisher: str
    badge: str
    notice: str
    # The document that a digest rests on.
    rests: Cite | None
    rights: str
    terms: str
    source: Link
    sections: tuple[SectionView, ...]
    listed: tuple[ListedView, ...]
    coverage: tuple[DispositionView, ...]
    sentences: int
    statements: int
    cited: EntryView
    # What the citations of its statements are made of.
    data: str


@dataclass(frozen=True, slots=True)
class RecommendingView:
    """What one State recommended: each of its recommendations by number, wherever it stands."""

    state: Link
    numbers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record of the United Nations: what it is, its symbol, and where that can be read."""

    name: str
    symbol: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list can be narrowed to, and how many recommendations that leaves."""

    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class NarrowingView:
    """By what the list of recommendations can be narrowed; `elsewhere` is the file that holds those of all pages."""

    by: tuple[Choice, ...]
    positions: tuple[Choice, ...]
    number: int
    elsewhere: Link | None
    # Whose words these are, and whose they are not.
    own: str


@dataclass(frozen=True, slots=True)
class ExaminationView:
    """What the first page of an examination shows. `parts` are its further pages, `positions` its lists."""

    state: Link
    formal: str
    treaty: Link | None
    # Under what, by whom, when, in our words; and the name by which the document calls the State, where it is another.
    subtitle: tuple[Piece, ...]
    called: str
    body: str
    session: Link
    # The day it was held, or the first and last with a slash between; empty where none is recorded.
    held: str
    facts: tuple[FactView, ...]
    delegation: tuple[FactView, ...]
    # How the names in it are given.
    delegation_names: str
    tallies: tuple[Tally, ...]
    documents: tuple[DocumentView, ...]
    records: tuple[RecordView, ...]
    records_note: str
    parts: tuple[Link, ...]
    positions: tuple[Link, ...]
    recommending: tuple[RecommendingView, ...]
    narrowing: NarrowingView | None
    pager: Pager | None
    # The file that tells on which of its pages each statement stands; None where all stand on this one.
    places: Link | None
    previous: Link | None
    following: Link | None
    # The examinations of its session that stand before and after it, by name of the State.
    before: Link | None
    after: Link | None
    # Examinations that its documents tell of too.
    shared: tuple[Link, ...]
    # Words and names of another time.
    of_their_time: tuple[str, ...]
    not_a_score: str
    # What is made of it to take away: a brief to print, a table to begin a report of one's own with.
    paper: tuple[Link, ...]
    # What was published here and is no more.
    tombstones: tuple[TombstoneView, ...]


@dataclass(frozen=True, slots=True)
class FurtherView:
    """What a further page of an examination shows: more of its list, or a part of the document as cards."""

    state: Link
    examination: Link
    body: str
    title: str
    intro: tuple[Piece, ...]
    # What to know of this part.
    note: str
    documents: tuple[DocumentView, ...]
    parts: tuple[Link, ...]
    narrowing: NarrowingView | None
    pager: Pager | None
    places: Link | None
    # Words and names of another time.
    of_their_time: tuple[str, ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class Words:
    """Part of a source line: plain text, or words of a statement: of the innermost, where one is told inside another.

    `id` is that of the statement whose first words these are, `place` leads to it: once, from the first piece of it
    that is not too small to hit. What follows of it is only marked.
    """

    text: str
    kind: str = ""
    author: bool = False
    id: str = ""
    # Ids of the statements around it that begin here too.
    anchors: tuple[str, ...] = ()
    place: Link | None = None


@dataclass(frozen=True, slots=True)
class LineView:
    """One raw line of a source."""

    number: int
    disposition: str
    pieces: tuple[Words, ...]
    # What it is, where it is no running text.
    label: str = ""
    # Whether it does not follow the line before.
    leaps: bool = False


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure of a text's health that is not fine; `lines` are the first of those concerned."""

    says: str
    count: int
    share: float
    of: str
    verdict: str
    lines: tuple[int, ...]
    more: bool


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
    # Whether the text is a document's own words.
    quoted: bool
    # The language of the text where it is not the page's own.
    lang: str
    lines: tuple[LineView, ...]
    pager: Pager | None
    # The kinds of what is marked on this page, with their words.
    kinds: tuple[tuple[str, str], ...]
    # What is not fine in the text, as far as it was measured.
    health: tuple[MeasureView, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceListView:
    """The documents of an examination that has several."""

    examination: Link
    documents: tuple[Link, ...]


def examination_pages(views: Views, examinations: Iterable[PublishedExamination]) -> Iterator[Page]:
    """The pages of each examination and of each of its sources."""
    for examination in examinations:
        state = views.vocabulary.states[examination.state]
        label = views.examination(examination).text
        name, body = f"{state.short}: {label}", views.body(examination).name
        crumbs = (Link("Countries", "countries/"), views.state(examination.state))
        here = (*crumbs, views.examination(examination))
        beside = (("state", examination.state), ("session", examination.session_key))
        layout = views.layout(examination)
        yield Page(
            examination.address,
            "examination",
            name,
            f"What the {body} and {state.short} said to each other: {label}."
            if examination.treaty
            else f"What {state.short} was recommended, said and promised: {label}.",
            partial(_examination, views, examination),
            crumbs,
            beside,
            examination.statements,
        )
        for sheet in layout.listed[1:]:
            yield Page(
                sheet.address,
                "examination-further",
                sheet.titled(f"{name}, recommendations"),
                f"What other States recommended to {state.short}: {label}{sheet.suffix}.",
                partial(_further_list, views, examination, sheet),
                here,
                continues=examination.address,
            )
        for part in layout.parts:
            for portions in part.sheets:
                if portions.address != examination.address:
                    yield Page(
                        portions.address,
                        "examination-further",
                        portions.titled(f"{name}, {part.title[:1].lower()}{part.title[1:]}" if part.title else name),
                        f"{part.title or 'What was said'}: {state.short}, {label}{portions.suffix}.",
                        partial(_further_part, views, examination, part, portions),
                        here,
                        continues=examination.address,
                    )
        if len(examination.documents) > 1:
            yield Page(
                f"{examination.address}source/",
                "sources",
                f"Sources: {state.short}, {label}",
                f"The documents that tell of the examination of {state.short}.",
                partial(_source_list, views, examination),
                here,
            )
        for document in examination.documents:
            for lines in views.source_sheets(examination, document):
                yield Page(
                    lines.address,
                    "source",
                    lines.titled(f"Source: {state.short}, {label}"),
                    f"The text as received, line by line, with every statement marked: {state.short}, {label}.",
                    partial(_source, views, examination, document, lines),
                    here,
                )


# --- the examination --------------------------------------------------------------------------------------------

FACTS = {
    "state": "State party",
    "treaty": "Treaty",
    "cycle": "Report",
    "session": "Session",
    "date": "Examined",
    "adopted": "Report adopted",
    "session_dates": "Session’s dates",
    "last_examined": "Last examined",
    "ratifications": "Ratified",
    "head": "Head of delegation",
    "rapporteurs": "Country Rapporteur",
    "troika": "Troika",
    "symbol": "Document symbol",
    "publisher": "Written by",
    "official": "Official record",
}


def _examination(views: Views, examination: PublishedExamination) -> ExaminationView:
    facts = examination.facts
    state = views.vocabulary.states[examination.state]
    siblings = [e for e in views.corpus.by_state[examination.state] if e.facts.sitting == facts.sitting]
    siblings.sort(key=lambda e: (e.session, e.key))
    place = siblings.index(examination)
    before, after = _beside(views, examination)
    records = _records(views, examination)
    layout = views.layout(examination)
    first = layout.listed[0] if layout.listed else layout.parts[0].sheets[0]
    used = TermsUsed(views.vocabulary)
    heading = used.marked(subtitle(views, examination))
    fact_views = tuple(
        _explained(used, fact_view(views, examination, n, f)) for n, f in facts.facts() if n != "delegation"
    )
    return ExaminationView(
        state=views.state(examination.state),
        formal=state.formal,
        treaty=views.treaty(examination.treaty) if examination.treaty else None,
        subtitle=heading,
        called=earlier_name(views.vocabulary, examination, examination.state),
        body=views.body(examination).name,
        session=views.session(examination),
        held=facts.date.value if facts.date else "",
        facts=fact_views,
        delegation=tuple(
            _explained(used, fact_view(views, examination, n, f)) for n, f in facts.facts() if n == "delegation"
        ),
        delegation_names=CLAIMS[wording_in(examination.documents[0])].names,
        tallies=views.tallies_of(examination),
        documents=tuple(_documents(views, examination, first)),
        records=records,
        records_note=_records_note(views, examination, records),
        parts=_parts(views, examination, examination.address),
        positions=tuple(_positions(views, examination)),
        recommending=tuple(_recommending(views, examination)),
        narrowing=_narrowing(views, examination) if layout.listed else None,
        pager=first.pager,
        places=views.places(examination),
        previous=views.examination(siblings[place - 1]) if place else None,
        following=views.examination(siblings[place + 1]) if place + 1 < len(siblings) else None,
        before=before,
        after=after,
        shared=tuple(views.examination(views.corpus.examinations[key]) for key in examination.shared_with),
        of_their_time=_of_their_time(views, examination, first),
        not_a_score=NOT_A_SCORE,
        paper=views.paper(examination),
        tombstones=views.tombstones(examination),
    )


def _of_their_time(
    views: Views, examination: PublishedExamination, sheet: Sheet[LinkedStatement] | Sheet[Portion]
) -> tuple[str, ...]:
    """Notes on words of the treaty's title, and on names of the States that a page names."""
    told = _told(sheet)
    named = (code for one in told for code in (*one.statement.speaker_states, *one.statement.recommending_states))
    return tuple(notes_in_time(views.vocabulary, examination, dict.fromkeys([examination.state, *sorted(set(named))])))


def _told(sheet: Sheet[Any]) -> Iterator[LinkedStatement]:
    """The statements of a page, of its list or of its cards."""
    for group in sheet.groups:
        for item in group.items:
            yield from item.turns if isinstance(item, Portion) else (item,)


def _beside(views: Views, examination: PublishedExamination) -> tuple[Link | None, Link | None]:
    """The examinations of the same session before and after this one, in the order of States' names."""

    def link(one: PublishedExamination | None) -> Link | None:
        if one is None:
            return None
        name = views.vocabulary.states[one.state].short
        return Link(f"{name}, {views.frame(one)}" if one.treaty is not None else name, one.address)

    before, after = views.neighbours[examination.key]
    return link(before), link(after)


def subtitle(views: Views, examination: PublishedExamination) -> str:
    """Under what, by whom, when: `Initial report under the … · Committee on …, 69th session · examined 27 May 2015`."""
    facts, body = examination.facts, views.body(examination)
    when = f" · examined {facts.date.name}" if facts.date else ""
    session = facts.session.name if facts.session else ""
    if examination.treaty is None:
        return f"{body.short} · {body.name}{f' of the {body.of}' if body.of else ''}, {session}{when}"
    treaty = views.vocabulary.treaties.by_id[examination.treaty]
    cycle = f"{facts.cycle.name[0].upper()}{facts.cycle.name[1:]} under the" if facts.cycle else "Under the"
    return f"{cycle} {treaty.short} ({treaty.id}) · {body.name}, {session}{when}"


def _parts(views: Views, examination: PublishedExamination, here: str) -> tuple[Link, ...]:
    """The parts that have pages of their own, the one that begins `here` without a link; none where there is one."""
    layout = views.layout(examination)
    parts = [(part.sheets[0], part.title, part.statements) for part in layout.parts if part.id]
    if not layout.listed or not parts:
        return ()
    number = sum(len(group.items) for sheet in layout.listed for group in sheet.groups)
    first = Link("Recommendations", examination.address if here != examination.address else "", note=f"{number} listed")
    return (
        first,
        *(
            Link(title, sheet.address if sheet.address != here else "", note=f"{n} sentence{'s' * (n != 1)}")
            for sheet, title, n in parts
        ),
    )


def _positions(views: Views, examination: PublishedExamination) -> Iterator[Link]:
    """Where the recommendations of each position begin, and how many there are."""
    state = views.vocabulary.states[examination.state].short
    counts = _counts(views, examination)
    for sheet in views.layout(examination).listed:
        for group in sheet.groups:
            if not group.continued:
                title = POSITIONS[group.key.response][1].format(state=state)
                yield Link(title, sheet.address, group.key.anchor, str(counts[group.key.anchor]))


def _counts(views: Views, examination: PublishedExamination) -> Counter[str]:
    counts: Counter[str] = Counter()
    for sheet in views.layout(examination).listed:
        for group in sheet.groups:
            counts[group.key.anchor] += len(group.items)
    return counts


def _recommending(views: Views, examination: PublishedExamination) -> Iterator[RecommendingView]:
    """By State, in the order of their names: the numbers of what it recommended, each with its place."""
    numbers: dict[str, list[Link]] = {}
    for sheet in views.layout(examination).listed:
        for group in sheet.groups:
            for one in group.items:
                for code in one.statement.recommending_states:
                    link = Link(one.statement.number or "no number", sheet.address, one.id)
                    numbers.setdefault(code, []).append(link)
    for code in sorted(numbers, key=lambda code: views.vocabulary.states[code].short):
        yield RecommendingView(views.state(code), tuple(numbers[code]))


def _narrowing(views: Views, examination: PublishedExamination) -> NarrowingView:
    """The choices of the whole list, with their counts: States by name, positions in the order of the document."""
    listed = [one.statement for one in examination.statements if one.statement.listed]
    by = Counter(code for one in listed for code in one.recommending_states or (NOBODY,))
    positions = Counter(one.response for one in listed)
    names = {code: "no State named" if code == NOBODY else views.vocabulary.states[code].short for code in by}
    return NarrowingView(
        by=tuple(Choice(code, names[code], by[code]) for code in sorted(by, key=names.__getitem__)),
        positions=tuple(Choice(key or NOBODY, POSITIONS[key][0], number) for key, number in positions.items()),
        number=len(listed),
        elsewhere=views.listing(examination),
        own=OWN_RECOMMENDATIONS,
    )


def _further_list(views: Views, examination: PublishedExamination, sheet: Sheet[LinkedStatement]) -> FurtherView:
    """More of the recommendations that the documents list."""
    return replace(_further(views, examination, "Recommendations", sheet), narrowing=_narrowing(views, examination))


def _further_part(
    views: Views, examination: PublishedExamination, part: PartLayout, sheet: Sheet[Portion]
) -> FurtherView:
    """A part of the document, or more of it."""
    note = (
        "States speak one after the other, and the State under review answers several at a time: a reply may answer "
        "any of those before it. A recommendation voiced here comes back in the list of recommendations, which counts."
    )
    title = part.title or "What was said"
    return replace(_further(views, examination, title, sheet), note=note if part.id == "dialogue" else "")


def _further(
    views: Views, examination: PublishedExamination, title: str, sheet: Sheet[LinkedStatement] | Sheet[Portion]
) -> FurtherView:
    used = TermsUsed(views.vocabulary)
    return FurtherView(
        state=views.state(examination.state),
        examination=views.examination(examination),
        body=views.body(examination).name,
        title=title,
        intro=used.marked(subtitle(views, examination)),
        note="",
        documents=tuple(_documents(views, examination, sheet)),
        parts=_parts(views, examination, sheet.address),
        narrowing=None,
        pager=sheet.pager,
        places=views.places(examination),
        of_their_time=_of_their_time(views, examination, sheet),
        not_a_score=NOT_A_SCORE,
    )


def _explained(used: TermsUsed, fact: FactView) -> FactView:
    """A fact whose label explains its terms."""
    return replace(fact, label_parts=used.marked(fact.label))


def fact_view(views: Views, examination: PublishedExamination, name: str, fact: Fact) -> FactView:
    """A fact as pages show it: with the page it leads to, and the line that says it."""
    link, outside = None, ""
    value, note = fact.name, fact.of
    match name:
        case "state" | "troika":
            link = views.state(fact.value)
        case "symbol":
            outside = views.vocabulary.symbols.link(fact.value)
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
    label = "State under review" if name == "state" and examination.treaty is None else FACTS.get(name, name)
    # Its facts are those of its first document.
    whose = wording(fact.text, examination.documents[0])
    return FactView(
        label=label,
        lang=foreign(examination.documents[0]),
        value=value,
        link=link,
        status=fact.status,
        origin=views.origin(examination, fact),
        says=f"Corrected by the editor: {fact.text}"
        if fact.status == "corrected"
        else CLAIMS[whose].fact.format(words=fact.text),
        note=note,
        quoted=whose is Wording.QUOTED,
        outside=outside,
    )


def _records(views: Views, examination: PublishedExamination) -> tuple[RecordView, ...]:
    """The United Nations' own records whose symbols a rule gives; none that needs a number which is not known.

    One that the document names by another symbol is left out: the rule does not hold for it.
    """
    facts, state = examination.facts, views.vocabulary.states[examination.state]
    treaty = views.vocabulary.treaties.by_id[examination.treaty] if examination.treaty else None
    report = facts.cycle.value if facts.cycle else ""
    places = {
        "prefix": treaty.symbol_prefix if treaty else "",
        "state": state.code,
        "session": str(examination.session),
        "report": "1" if report == "initial" else report,
    }
    texts = [document.document.source.text for document in examination.documents]
    found = []
    for form in views.vocabulary.symbols.records:
        needed = [place for place in places if "{" + place + "}" in form.symbol]
        safe = state.status in ("member", "observer") and form.holds(facts.sitting, examination.session, state.code)
        if safe and all(places[place] for place in needed):
            symbol = form.symbol.format(**places)
            if not any(form.named_otherwise(text, symbol) for text in texts):
                found.append(RecordView(form.name, symbol, views.vocabulary.symbols.link(symbol)))
    return tuple(found)


def _records_note(views: Views, examination: PublishedExamination, records: tuple[RecordView, ...]) -> str:
    """What the list of records leaves out, and why."""
    left = [f for f in views.vocabulary.symbols.records if f.held_by == examination.facts.sitting]
    names = [form.name[:1].lower() + form.name[1:] for form in left if form.name not in {one.name for one in records}]
    said = "Derived: built by rule, not confirmed by anybody. A link leads to the United Nations." if records else ""
    if names:
        said += f" No symbol can be built safely for: {', '.join(names)}."
    if examination.treaty:
        said += " Summary record and meeting summary: not recorded in this document."
    return said.strip()


def _documents(
    views: Views, examination: PublishedExamination, sheet: Sheet[LinkedStatement] | Sheet[Portion]
) -> Iterator[DocumentView]:
    """The documents of an examination with as much of each as stands on this page."""
    first = sheet.address == examination.address
    groups: tuple[Group[Any], ...] = sheet.groups
    for document in examination.documents:
        own = [group for group in groups if group.key.path == document.document.source.path]
        if own or first:
            sections = _under(tuple(_section(views, document, g) for g in own if isinstance(g.key, Heading)))
            listed = tuple(_listed(views, examination, g) for g in own if isinstance(g.key, Listing))
            yield _document(views, examination, document, sections, listed, _coverage(document) if first else ())


def _under(sections: tuple[SectionView, ...]) -> tuple[SectionView, ...]:
    """The sections of a page, the first at the top: its heading may have begun below another, pages before."""
    return (replace(sections[0], level=0), *sections[1:]) if sections else ()


def _document(
    views: Views,
    examination: PublishedExamination,
    document: ReadDocument,
    sections: tuple[SectionView, ...],
    listed: tuple[ListedView, ...],
    coverage: tuple[DispositionView, ...],
) -> DocumentView:
    path, provenance, whose = document.document.source.path, document.provenance, wording_in(document)
    cited = views.cited(examination, document)
    main = [one.statement for one in examination.statements if one.path == path and not one.statement.embedded]
    return DocumentView(
        name=document.stem,
        word=DOCUMENT_WORDS.get(provenance.kind, "document"),
        kind=provenance.kind,
        lang=document.document.lang,
        wording=whose,
        claims=CLAIMS[whose],
        symbol=symbol.value if (symbol := document.examination.symbol) else "",
        url=provenance.url or (views.vocabulary.symbols.link(symbol.value) if symbol else ""),
        publisher=provenance.publisher,
        badge=provenance.badge,
        notice=provenance.notice,
        rests=views.rests(provenance),
        rights=provenance.rights.holder,
        terms=provenance.rights.terms,
        source=Link("the source, line by line", views.source_address(examination, document)),
        sections=sections,
        listed=listed,
        coverage=coverage,
        sentences=len(main),
        statements=sum(1 for one in main if one.kind not in (Kind.BACKGROUND, Kind.PROCEDURAL)),
        cited=entry(cited),
        data=document_data(
            cited,
            views.descriptions(examination, document),
            speaker_label(Speaker.AUTHOR, provenance),
            CLAIMS[whose].cited,
            wording_of(provenance.kind) is Wording.PARAPHRASED,
        ),
    )


# A mark of a footnote at the end of a heading: "Conclusions [*]".
_NOTE_MARK = re.compile(r"\s*\[[\s*∗†]*\]$")


def _section(views: Views, document: ReadDocument, group: Group[Portion]) -> SectionView:
    heading = group.key
    cards = tuple(card for portion in group.items if (card := _card(views, document, portion)).turns or card.note)
    title = _NOTE_MARK.sub("", heading.title)
    return SectionView(title, heading.anchor, heading.level, cards, group.continued, foreign(document))


def _listed(views: Views, examination: PublishedExamination, group: Group[LinkedStatement]) -> ListedView:
    state = views.vocabulary.states[examination.state].short
    rows = tuple(map(views.statement, group.items))
    ((most, _),) = Counter(row.evidence for row in rows).most_common(1)
    return ListedView(
        title=POSITIONS[group.key.response][1].format(state=state),
        anchor=group.key.anchor,
        count=kind_count(Kind.RECOMMENDATION, _counts(views, examination)[group.key.anchor]),
        rows=tuple(replace(row, evidence="") if row.evidence == most else row for row in rows),
        continued=group.continued,
        how=_how_read(group.items),
        evidence=most,
        themes=tuple(sorted({theme for row in rows for theme in row.themes}, key=lambda theme: theme.text)),
    )


def _how_read(listed: Sequence[LinkedStatement]) -> str:
    """By which rules the rows of a list on a page were read, with the confidence of each."""
    rules = Counter((one.statement.rule, one.statement.confidence) for one in listed)
    told = "; ".join(f"{number} by the rule {rule}, confidence {sure}" for (rule, sure), number in rules.most_common())
    return f"Read on this page: {told}. Each row leads to its lines in the source."


def foreign(document: ReadDocument) -> str:
    """The language of a document where it is not that of our pages."""
    return "" if document.document.lang == PAGE_LANG else document.document.lang


def _card(views: Views, document: ReadDocument, portion: Portion) -> CardView:
    asks, answers = portion.exchange.asks, portion.exchange.answers
    # What is told inside a reply is shown there.
    before = [ask for ask in asks if ask.id not in views.stand_inside]
    note = ""
    if asks and not answers:
        kinds = {ask.statement.kind for ask in asks}
        what = "answer" if kinds == {Kind.QUESTION} else "reply"
        if all(map(views.corpus.is_unanswered, asks)):
            where = DOCUMENT_WORDS.get(document.provenance.kind, "document")
            note = f"No {what} is recorded in this {where}."
        elif not _answered_in_blocks(asks):
            note = f"No {what} follows directly; the State speaks further on under this heading."
    elif len(before) > 1 and answers:
        note = f"{len(before)} statements come before one reply: it may answer any of them."
    turns = []
    for turn in portion.turns:
        if turn.id in views.stand_inside:
            continue
        view = replace(views.statement(turn), reply_note=_reply_note(turn, len(asks)))
        if view.inside:
            inside = [(one, views.corpus.by_id[one.id]) for one in view.inside]
            told = tuple(replace(one, reply_note=_reply_note(linked, len(asks))) for one, linked in inside)
            view = replace(view, inside=told)
        turns.append(view)
    return CardView(tuple(turns), bool(before and answers), note if portion.last else "")


def _reply_note(turn: LinkedStatement, asks: int) -> str:
    """What is said of an answer to several, and of what is said to an answer."""
    if not turn.replies_to:
        return ""
    if is_answer(turn.statement):
        return "may answer" if asks > 1 else ""
    return "in reaction"


def _answered_in_blocks(asks: Sequence[LinkedStatement]) -> bool:
    """Whether States ask one after the other and are answered together: said once for the dialogue, not under each."""
    return all(ask.statement.speaker is Speaker.REVIEWING_STATE for ask in asks)


_DISPOSITION_LABELS = {
    Disposition.STATEMENT: "read as sentences",
    Disposition.CONTEXT: "title, session line, headings",
    Disposition.CONTENTS: "contents list",
    Disposition.FURNITURE: "page furniture",
    Disposition.NOTE: "notes",
    Disposition.CAPTION: "captions of pictures and tables",
    Disposition.STRUCK: "struck words",
    Disposition.MARK: "marks and comments",
    Disposition.UNREAD: "not read",
}


def _coverage(document: ReadDocument) -> tuple[DispositionView, ...]:
    source = document.document.source
    characters: Counter[Disposition] = Counter()
    for block, disposition in zip(document.document.blocks, document.dispositions, strict=True):
        characters[disposition] += sum(len(source.line(n).strip()) for n in range(block.first, block.last + 1))
    total = sum(characters.values()) or 1
    parts: list[DispositionView] = []
    for disposition, label in _DISPOSITION_LABELS.items():
        if characters[disposition]:
            before = parts[-1].before + parts[-1].share if parts else 0.0
            share = 100 * characters[disposition] / total
            parts.append(DispositionView(disposition, label, characters[disposition], share, before))
    return tuple(parts)


# --- the source -------------------------------------------------------------------------------------------------


def _source_list(views: Views, examination: PublishedExamination) -> SourceListView:
    documents = tuple(Link(d.stem, views.source_address(examination, d)) for d in examination.documents)
    return SourceListView(views.examination(examination), documents)


def _source(views: Views, examination: PublishedExamination, document: ReadDocument, sheet: Sheet[int]) -> SourceView:
    source, rights = document.document.source, document.provenance.rights
    whose = wording_in(document)
    lines = tuple(_lines(views, examination, document, {n for group in sheet.groups for n in group.items}))
    marked = {piece.kind for line in lines for piece in line.pieces}
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
        shown=CLAIMS[whose].whole if document.excerpts is None else CLAIMS[whose].parts,
        quoted=whose is Wording.QUOTED,
        lang=foreign(document),
        lines=lines,
        kinds=tuple((kind, KIND_LABELS[kind][0]) for kind in Kind if kind in marked),
        pager=sheet.pager,
        health=tuple(_measures(views, document)),
    )


_MOST_LINES = 12  # of one measure; check names them all


def _measures(views: Views, document: ReadDocument) -> Iterator[MeasureView]:
    """What is not fine in a text."""
    for one in document.health.complaints:
        says = views.vocabulary.health.limits[one.name].says
        lines, more = one.lines[:_MOST_LINES], len(one.lines) > _MOST_LINES
        yield MeasureView(says, one.count, 100 * one.share, one.of, one.verdict, lines, more)


def _lines(
    views: Views, examination: PublishedExamination, document: ReadDocument, wanted: set[int]
) -> Iterator[LineView]:
    """These lines, cut where statements begin and end, so that each piece belongs to whole statements."""
    source = document.document.source
    by_line: dict[int, list[tuple[int, int, LinkedStatement, bool]]] = {}
    for one in examination.statements:
        if one.path == source.path:
            for index, span in enumerate(_shown_spans(source, one.statement.spans)):
                if span.line in wanted:
                    by_line.setdefault(span.line, []).append((span.col_start, span.col_end, one, index == 0))
    led_to: set[str] = set()
    before = 0
    for block, disposition in zip(document.document.blocks, document.dispositions, strict=True):
        for number in range(block.first, block.last + 1):
            if number in wanted:
                pieces = tuple(_cut(views, source.line(number), by_line.get(number, []), led_to))
                label = _LINE_LABELS.get(disposition, "") if source.line(number).strip() else ""
                yield LineView(number, disposition, pieces, label, number != before + 1)
                before = number


# What a line is that holds no statement, said beside it; furniture and the contents list are grey.
_LINE_LABELS = {
    Disposition.NOTE: "note",
    Disposition.CAPTION: "caption",
    Disposition.STRUCK: "struck out",
    Disposition.MARK: "mark",
    Disposition.UNREAD: "not read",
}
_TAGS = re.compile(r"<[^<>]*>")


def _shown_spans(source: SourceText, spans: Sequence[Span]) -> list[Span]:
    """The places of a statement as they are marked: over signs and tags between them, which hold no words."""
    shown: list[Span] = []
    for span in spans:
        before = shown[-1] if shown else None
        if before and before.line == span.line:
            between = source.slice(Span(span.line, before.col_end, span.col_start))
            if not re.search(r"\w", _TAGS.sub("", between)):
                shown[-1] = Span(span.line, before.col_start, span.col_end)
                continue
        shown.append(span)
    return shown


def _cut(
    views: Views, line: str, marks: list[tuple[int, int, LinkedStatement, bool]], led_to: set[str]
) -> Iterator[Words]:
    """A line in pieces; `led_to` are the statements that the page leads to already."""
    if not marks:
        if line:
            yield Words(line)
        return
    cuts = sorted({0, len(line), *(start for start, *_ in marks), *(end for _, end, *_ in marks)})
    for start, end in pairwise(cuts):
        over = [(one, first and at == start) for at, to, one, first in marks if at <= start and end <= to]
        over.sort(key=lambda pair: pair[0].statement.embedded)
        if not over:
            yield Words(line[start:end])
            continue
        inner, begins = over[-1]
        # A full stop left over behind a statement inside is too small a target to hit.
        leads = inner.id not in led_to and any(map(str.isalnum, line[start:end]))
        if leads:
            led_to.add(inner.id)
        yield Words(
            line[start:end],
            inner.statement.kind,
            inner.statement.speaker is Speaker.AUTHOR,
            inner.id if begins else "",
            tuple(one.id for one, first in over[:-1] if first),
            views.permalink(inner) if leads else None,
        )


def is_unanswered_question(views: Views, linked: LinkedStatement) -> bool:
    """Whether a question has no State word after it before the next heading."""
    return linked.statement.kind is Kind.QUESTION and is_ask(linked.statement) and views.corpus.is_unanswered(linked)
