"""The home page's living parts: ways in, an exchange to read by way of example, latest examinations, totals.

Takes `Views`. Gives a `HomeView`; the page's own words stand in `content/pages/index.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.corpus import BODY_SIDE, Exchange, LinkedStatement, PublishedExamination, exchanges
from generator.model import Confidence, Kind
from generator.pages.follow import feed_links
from generator.pages.views import NOT_A_SCORE, Link, StatementView, Tally, Views
from generator.rights import wording_in
from generator.wording import CLAIMS, Claims, Wording

_MOST_LATEST, _MOST_THEMES = 6, 12
_EXAMPLE = 520  # characters of an exchange that is read at a glance


@dataclass(frozen=True, slots=True)
class LatestView:
    """An examination in a list: which, when, and what was written down of it."""

    state: Link
    examination: Link
    session: Link
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """A way into the collection. `count` is what stands there; empty where a number would say nothing."""

    to: Link
    count: str
    what: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """What was said to a State and what it answered, with the examination it stands in."""

    asked: StatementView
    answered: StatementView
    state: Link
    examination: Link
    # What is said of its words.
    claims: Claims


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows besides its own words."""

    documents: int
    examinations: int
    states: int
    statements: int
    tallies: tuple[Tally, ...]
    ways: tuple[WayView, ...]
    example: ExampleView | None
    latest: tuple[LatestView, ...]
    # By which the latest are followed.
    feeds: tuple[Link, ...]
    themes: tuple[Link, ...]
    not_a_score: str


def home_view(views: Views) -> HomeView:
    """Totals of the whole corpus, the ways into it, and the examinations last held."""
    corpus = views.corpus
    indexed = [one for kind in Kind for one in corpus.indexed(kind)]
    counts: dict[str, int] = {}
    for one in indexed:
        for theme in one.statement.themes:
            counts[theme] = counts.get(theme, 0) + 1
    common = sorted(counts, key=lambda theme: (-counts[theme], theme))[:_MOST_THEMES]
    latest = latest_first(views)
    return HomeView(
        documents=len({d.document.source.sha256 for e in corpus.examinations.values() for d in e.documents}),
        examinations=len(corpus.examinations),
        states=len(corpus.by_state),
        statements=len(indexed),
        tallies=views.tallies(corpus.statements),
        ways=_ways(views, indexed, len(counts)),
        example=next((found for one in latest if (found := _example(views, one))), None),
        latest=tuple(latest_view(views, e) for e in latest[:_MOST_LATEST]),
        feeds=feed_links(""),
        themes=tuple(views.theme(theme) for theme in common),
        not_a_score=NOT_A_SCORE,
    )


def _ways(views: Views, indexed: Sequence[LinkedStatement], themes: int) -> tuple[WayView, ...]:
    corpus = views.corpus
    sessions = {one.session_key for one in corpus.examinations.values()}
    number = Counter(one.statement.kind for one in indexed)
    unanswered = sum(one.statement.kind is Kind.QUESTION and corpus.is_unanswered(one) for one in indexed)
    dated = sum(one.statement.kind is Kind.COMMITMENT and one.statement.due is not None for one in indexed)
    ways = (
        ("Countries", "countries/", f"{len(corpus.by_state):,}", "every State with what was said to it, and when"),
        ("Sessions", "sessions/", f"{len(sessions):,}", "who was examined together, and on what"),
        ("Themes", "themes/", f"{themes:,}", "from adoption to violence, over all States"),
        ("Concerns", "concerns/", f"{number[Kind.CONCERN]:,}", "what worried those who examined"),
        ("Recommendations", "recommendations/", f"{number[Kind.RECOMMENDATION]:,}", "what States were told to do"),
        ("Questions", "questions/", f"{number[Kind.QUESTION]:,}", f"{unanswered:,} with no answer recorded"),
        ("Commitments", "commitments/", f"{number[Kind.COMMITMENT]:,}", f"what States promised, {dated:,} with a date"),
        ("People", "people/", "", "who led delegations and who reported"),
    )
    return tuple(WayView(Link(text, address), count, what) for text, address, count, what in ways)


def _example(views: Views, examination: PublishedExamination) -> ExampleView | None:
    """The first short exchange of an examination in words of its own: one thing asked or said, one answer."""
    for document in examination.documents:
        if wording_in(document) is not Wording.QUOTED:
            continue
        path = document.document.source.path
        for exchange in exchanges([one for one in examination.statements if one.path == path]):
            if _is_plain(exchange):
                asked, answered = views.statements(exchange.turns)
                here = views.examination(examination)
                return ExampleView(asked, answered, views.state(examination.state), here, CLAIMS[Wording.QUOTED])
    return None


def _is_plain(exchange: Exchange) -> bool:
    """Whether it can be read with nothing around it."""
    turns = [one.statement for one in exchange.turns]
    return (
        len(turns) == 2
        and len(exchange.asks) == len(exchange.answers) == 1
        and turns[0].speaker in BODY_SIDE
        and all(one.confidence is Confidence.HIGH and not one.flags for one in turns)
        and sum(len(one.text) for one in turns) <= _EXAMPLE
    )


def latest_first(views: Views) -> list[PublishedExamination]:
    """Examinations by day, the latest first; those without a day by their session, after."""
    return sorted(
        views.corpus.examinations.values(),
        key=lambda e: (e.facts.date.value if e.facts.date else "", e.session, e.key),
        reverse=True,
    )


def latest_view(views: Views, examination: PublishedExamination) -> LatestView:
    """One examination for a list."""
    return LatestView(
        views.state(examination.state),
        views.examination(examination),
        views.session(examination),
        views.tallies_of(examination),
    )
