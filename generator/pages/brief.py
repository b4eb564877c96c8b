"""A brief of each examination: what weighs most, nothing of it shortened, on two printed sides.

Takes an examination. Gives the page `brief/`, and the four parts that it and the starter table for a shadow report are
made of: concerns, recommendations, commitments, questions with no answer recorded. Two sides do not hold all of a long
document. What stands there is chosen by a rule that the page states, and nothing is shortened. Room is counted in lines
of so many characters, narrower than those of common type, so that other type on other machines fits as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Kind, ReadDocument
from generator.pages.examination import FACTS, fact_view, is_unanswered_question, subtitle
from generator.pages.page import Page
from generator.pages.views import (
    DOCUMENT_WORDS,
    NOT_A_SCORE,
    FactView,
    Link,
    StatementView,
    Tally,
    Views,
    by_due_date,
    kind_count,
)
from generator.rights import wording_in
from generator.wording import CLAIMS, Claims, Wording, brief_claim

# Two sides of US Letter, which is shorter than A4, in lines of a quotation, less what is lost where a side ends.
ROOM = 109
LONGEST = 9  # lines; what is longer leaves no room beside it, and a statement is never cut
# Characters in a line of a quotation, of what stands under it, of a theme, of a fact, of what is said around.
_QUOTE, _FOOT, _THEME, _FACT, _AROUND = 84, 104, 19, 38, 98
# Lines of a quotation that are taken by a line of what stands under it, of a theme, of a fact, of what is said around.
_FOOT_LINE, _SMALL_LINE = 0.8, 0.9
_GAP = 0.45  # between two quotations
_HEADING, _NOTE, _MORE = 1.7, 1.0, 0.9  # of a part
_TITLE, _TALLY, _CHOICE = 1.6, 2.6, 3.2  # what stands under the title, the counts, what is said of the choice

NO_THEME = "No theme"
_MARKS = "A sentence ends with its id: after the address above and a “#”, the id opens the sentence in its place."
_NO_ADDRESS = "Addresses go on from where this site is kept: its public address is not recorded."


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements of one kind that somebody who prepares for the next examination needs, in their order."""

    title: str
    note: str
    empty: str
    linked: tuple[LinkedStatement, ...]
    kind: Kind


class Candidate(NamedTuple):
    """A statement that might stand in the brief, with its theme and the lines it takes."""

    linked: LinkedStatement
    theme: str
    lines: float


@dataclass(frozen=True, slots=True)
class BriefFact:
    """What is known of the examination; without values it is not recorded."""

    label: str
    values: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class BriefGroup:
    """What is quoted on one theme."""

    theme: Link
    quotations: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class BriefPart:
    """A part of the brief. `more` tells how many are left out, and `at` where they stand."""

    title: str
    note: str
    empty: str
    total: int
    groups: tuple[BriefGroup, ...]
    more: str
    at: Link
    address: str


@dataclass(frozen=True, slots=True)
class BriefSource:
    """A document that the brief quotes: whose it is, and on what terms."""

    name: str
    what: str
    badge: str
    notice: str
    publisher: str
    rights: str
    terms: str
    source: Link
    address: str
    # What may be claimed of its words, and what is said of that.
    wording: Wording
    claims: Claims


@dataclass(frozen=True, slots=True)
class BriefView:
    """What a brief shows."""

    state: Link
    subtitle: str
    examination: Link
    address: str
    facts: tuple[BriefFact, ...]
    tallies: tuple[Tally, ...]
    not_a_score: str
    # How the statements are given.
    given: str
    parts: tuple[BriefPart, ...]
    sources: tuple[BriefSource, ...]
    starters: tuple[Link, ...]
    # What to know of addresses on paper.
    addresses: str


def brief_pages(views: Views, examinations: Iterable[PublishedExamination]) -> Iterator[Page]:
    """The brief of each examination."""
    for examination in examinations:
        state, label = views.state(examination.state).text, views.examination(examination).text
        yield Page(
            f"{examination.address}brief/",
            "brief",
            f"Brief: {state}, {label}",
            f"Two sides to print: concerns, recommendations, promises, open questions. {state}, {label}.",
            partial(_brief, views, examination),
            (Link("Countries", "countries/"), views.state(examination.state), views.examination(examination)),
        )


# --- what there is ----------------------------------------------------------------------------------------------


def selections(views: Views, examination: PublishedExamination) -> tuple[Selection, ...]:
    """The parts of a brief and of a starter table, whole: of what the indexes hold, these four."""
    found = [one for one in examination.statements if views.corpus.is_indexed(one)]

    def of(kind: Kind) -> tuple[LinkedStatement, ...]:
        return tuple(one for one in found if one.statement.kind is kind)

    promised = sorted(of(Kind.COMMITMENT), key=by_due_date)
    unanswered = tuple(one for one in found if is_unanswered_question(views, one))
    return (
        Selection("Main concerns", "", "No concern is recorded.", of(Kind.CONCERN), Kind.CONCERN),
        Selection("Recommendations", "", "None is recorded.", of(Kind.RECOMMENDATION), Kind.RECOMMENDATION),
        Selection(
            "Open commitments",
            "Promised, planned or wished for, those with a date first; whether it was done is not recorded here.",
            "None is recorded.",
            tuple(promised),
            Kind.COMMITMENT,
        ),
        Selection(
            "Questions with no answer recorded",
            "No word of the State is recorded before the next heading. It may have answered.",
            "After every question that is recorded, the State spoke.",
            unanswered,
            Kind.QUESTION,
        ),
    )


# --- the choice -------------------------------------------------------------------------------------------------


def choose(candidates: Sequence[Candidate], room: float) -> tuple[Candidate, ...]:
    """What stands in this many lines: the first on each theme, then the second on each, and so on, in their order.

    One that does not fit into what is left is passed over, as is one that is longer than `LONGEST`.
    """
    times: Counter[str] = Counter()
    turns = []
    for candidate in candidates:
        turns.append((times[candidate.theme], candidate))
        times[candidate.theme] += 1
    kept = set()
    for _, candidate in sorted(turns, key=lambda turn: turn[0]):
        if candidate.lines <= min(room, LONGEST):
            kept.add(candidate.linked.id)
            room -= candidate.lines
    return tuple(candidate for candidate in candidates if candidate.linked.id in kept)


def fill(parts: Sequence[Sequence[Candidate]], room: float) -> list[tuple[Candidate, ...]]:
    """What is chosen of each part: the smallest first, each with an equal share of the room that is left."""
    chosen: list[tuple[Candidate, ...]] = [()] * len(parts)
    by_size = sorted(range(len(parts)), key=lambda number: sum(one.lines for one in parts[number]))
    for done, number in enumerate(by_size):
        chosen[number] = choose(parts[number], room / (len(parts) - done))
        room -= sum(one.lines for one in chosen[number])
    return chosen


def lines(text: str, width: int) -> int:
    """How many lines of so many characters a text takes; at least one."""
    return max(1, -(-len(text) // width))


# --- the page ---------------------------------------------------------------------------------------------------


def _brief(views: Views, examination: PublishedExamination) -> BriefView:
    made = _Quotations(views)
    found = selections(views, examination)
    facts = tuple(_facts(views, examination))
    sources = tuple(_source(views, examination, document) for document in examination.documents)
    state, under = views.state(examination.state), subtitle(views, examination)
    room = ROOM - sum(_around(state.text, under, facts, sources)) - sum(map(_frame, found))
    parts = [[made.candidate(one) for one in selection.linked] for selection in found]
    here = views.examination(examination)
    return BriefView(
        state=state,
        subtitle=under,
        examination=here,
        address=views.written(here),
        facts=facts,
        tallies=views.tallies_of(examination),
        not_a_score=NOT_A_SCORE,
        given=brief_claim(one.wording for one in sources),
        parts=tuple(
            _part(made, selection, chosen, here) for selection, chosen in zip(found, fill(parts, room), strict=True)
        ),
        sources=sources,
        starters=views.paper(examination)[1:],
        addresses=_MARKS if views.site_url else f"{_MARKS} {_NO_ADDRESS}",
    )


class _Quotations:
    """Makes views of statements once, and measures them."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self._made: dict[str, StatementView] = {}

    def candidate(self, linked: LinkedStatement) -> Candidate:
        """A statement measured as it will be shown."""
        shown, theme = self(linked), self.theme(linked).text
        words = lines(shown.text, _QUOTE) + _FOOT_LINE * _foot(shown)
        return Candidate(linked, theme, _GAP + max(words, _SMALL_LINE * lines(theme, _THEME)))

    def theme(self, linked: LinkedStatement) -> Link:
        """The theme it stands under: its first."""
        themes = linked.statement.themes
        return self.views.theme(themes[0]) if themes else Link(NO_THEME, "")

    def __call__(self, linked: LinkedStatement) -> StatementView:
        if linked.id not in self._made:
            self._made[linked.id] = self.views.statement(linked, brief=True)
        return self._made[linked.id]


def _foot(one: StatementView) -> int:
    """Lines of what stands under a quotation."""
    undated = "no date given" if one.kind is Kind.COMMITMENT else ""
    told = [
        one.label,
        one.speaker,
        *(who.text for who in one.states or one.people),
        one.number,
        one.position,
        one.due or undated,
    ]
    return lines("   ".join(filter(None, (*told, *one.notes, one.line, one.id))), _FOOT)


def _part(made: _Quotations, selection: Selection, chosen: Iterable[Candidate], here: Link) -> BriefPart:
    by_theme: dict[str, list[LinkedStatement]] = {}
    for candidate in chosen:
        by_theme.setdefault(candidate.theme, []).append(candidate.linked)
    left = len(selection.linked) - sum(map(len, by_theme.values()))
    return BriefPart(
        title=selection.title,
        note=selection.note,
        empty="" if selection.linked else selection.empty,
        total=len(selection.linked),
        groups=tuple(BriefGroup(made.theme(held[0]), tuple(map(made, held))) for held in by_theme.values()),
        more=(f"And {left:,} more, at" if by_theme else f"{kind_count(selection.kind, left)}, at") if left else "",
        at=here,
        address=made.views.written(here),
    )


def _facts(views: Views, examination: PublishedExamination) -> Iterator[BriefFact]:
    """What a title page tells, and where it tells nothing."""
    told: dict[str, list[FactView]] = {}
    for name, fact in examination.told:
        told.setdefault(name, []).append(fact_view(views, examination, name, fact))
    wanted = "state treaty session date head rapporteurs"
    if examination.treaty is None:
        wanted = "state session date head troika"
        yield BriefFact("Mechanism", (_unwritten(views.body(examination).name),))
    for name in wanted.split():
        values = tuple(told.get(name, ()))
        yield BriefFact(values[0].label if values else FACTS[name], values)


def _unwritten(value: str) -> FactView:
    """What no line of the document has to say."""
    return FactView("", value, None, "stated", Link("", ""), "")


def _source(views: Views, examination: PublishedExamination, document: ReadDocument) -> BriefSource:
    provenance = document.provenance
    symbol = document.examination.symbol
    link = Link("line by line", views.source_address(examination, document))
    return BriefSource(
        name=symbol.value if symbol else document.document.source.path.rsplit("/", 1)[-1],
        what=DOCUMENT_WORDS.get(provenance.kind, "document"),
        badge=provenance.badge,
        notice=provenance.notice,
        publisher=provenance.publisher,
        rights=provenance.rights.holder,
        terms=provenance.rights.terms if provenance.rights.terms != provenance.rights.holder else "",
        source=link,
        address=views.written(link),
        wording=wording_in(document),
        claims=CLAIMS[wording_in(document)],
    )


def _frame(selection: Selection) -> float:
    """The lines of a part that are not quotations."""
    return _HEADING + (_MORE if selection.linked else _NOTE) + (_NOTE if selection.note and selection.linked else 0)


def _around(title: str, under: str, facts: Sequence[BriefFact], sources: Iterable[BriefSource]) -> Iterator[float]:
    """The lines that stand around the parts."""
    yield 1.7 * lines(title, 45) + _SMALL_LINE * lines(under, 90) + _TITLE + _TALLY + _CHOICE
    heights = [max(1, sum(lines(_told(one), _FACT) for one in fact.values)) for fact in facts]
    # Two stand side by side.
    yield from (_SMALL_LINE * max(heights[number : number + 2]) for number in range(0, len(heights), 2))
    yield _HEADING
    for source in sources:
        yield 0.9 + _SMALL_LINE * lines(f"{source.badge} {source.notice} {source.publisher}" + 90 * " ", _AROUND)
        told = f"{source.name} {source.what} {source.publisher} {source.rights} {source.terms} {source.address}"
        yield 0.3 + _SMALL_LINE * lines(told + 40 * " ", _AROUND)


def _told(fact: FactView) -> str:
    """A fact as it is shown, with its line."""
    status = fact.status if fact.status != "stated" else ""
    return "  ".join(filter(None, (fact.value, fact.note, status, fact.origin.text)))
