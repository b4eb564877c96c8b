"""The home page's living parts: totals, latest examinations, ways in."""

from __future__ import annotations

from dataclasses import dataclass

from generator.corpus import PublishedExamination
from generator.model import Kind
from generator.pages.views import NOT_A_SCORE, Link, Tally, Views


@dataclass(frozen=True, slots=True)
class LatestView:
    """An examination in a list: which, when, and what was written down of it."""

    state: Link
    examination: Link
    session: Link
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows besides its own words."""

    documents: int
    examinations: int
    states: int
    statements: int
    tallies: tuple[Tally, ...]
    latest: tuple[LatestView, ...]
    themes: tuple[Link, ...]
    not_a_score: str


def home_view(views: Views, most: int = 6) -> HomeView:
    """Totals of the whole corpus, and the examinations last held."""
    corpus = views.corpus
    indexed = [one for kind in Kind for one in corpus.indexed(kind)]
    counts: dict[str, int] = {}
    for one in indexed:
        for theme in one.statement.themes:
            counts[theme] = counts.get(theme, 0) + 1
    common = sorted(counts, key=lambda theme: (-counts[theme], theme))[:12]
    return HomeView(
        documents=len({d.document.source.sha256 for e in corpus.examinations.values() for d in e.documents}),
        examinations=len(corpus.examinations),
        states=len(corpus.by_state),
        statements=len(indexed),
        tallies=views.tallies(corpus.statements),
        latest=tuple(latest_view(views, e) for e in latest_first(views)[:most]),
        themes=tuple(views.theme(theme) for theme in common),
        not_a_score=NOT_A_SCORE,
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
        views.tallies(examination.statements),
    )
