"""Indexes of what was said: concerns, recommendations, themes, questions, commitments, and the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.corpus import LinkedStatement
from generator.model import Kind
from generator.pages.page import Page
from generator.pages.views import NOT_A_SCORE, Link, StatementView, Tally, Views, kind_count

NO_THEME = "without-theme"


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme in an index, with how much it holds."""

    link: Link
    number: int
    states: int
    text: str


@dataclass(frozen=True, slots=True)
class KindIndexView:
    """The top of an index: clusters with their themes."""

    kind: Kind
    label: str
    intro: str
    clusters: tuple[tuple[str, tuple[ThemeEntry, ...]], ...]
    total: int
    statements: int
    left_out: str
    not_a_score: str


@dataclass(frozen=True, slots=True)
class StateGroup:
    """What was said of one State. `others` stand in no index: told by nobody named, or the author's own voice."""

    state: Link
    statements: tuple[StatementView, ...]
    others: tuple[StatementView, ...] = ()


@dataclass(frozen=True, slots=True)
class KindThemeView:
    """One theme's part of an index, by State."""

    kind: Kind
    label: str
    theme: Link | None
    definition: str
    count: str
    states: tuple[StateGroup, ...]
    other: tuple[Link, ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class ThemeView:
    """What a theme page shows: everything said, by State and kind."""

    id: str
    label: str
    labels: tuple[tuple[str, str], ...]
    definition: str
    cluster: str
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    siblings: tuple[Link, ...]
    articles: tuple[tuple[Link | None, str, str], ...]
    uhri: str
    sdg: tuple[str, ...]
    tallies: tuple[Tally, ...]
    states: tuple[StateGroup, ...]
    indexes: tuple[Link, ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Questions or commitments in two parts, the first being what a reader looks for."""

    intro: str
    parts: tuple[tuple[str, str, tuple[StatementView, ...]], ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class DataView:
    """What can be downloaded. `files` are filled by name, note; sizes are known only when they are written."""

    statements: int
    examinations: int
    files: tuple[Link, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page."""

    statements: int


def index_pages(views: Views) -> Iterator[Page]:
    """All indexes."""
    yield from _kind_pages(views, Kind.CONCERN, "concerns")
    yield from _kind_pages(views, Kind.RECOMMENDATION, "recommendations")
    yield from _theme_pages(views)
    yield _questions(views)
    yield _commitments(views)
    yield _data(views)
    yield Page(
        "search/",
        "search",
        "Search",
        "Search every statement.",
        SearchView(sum(1 for kind in Kind for _ in views.corpus.indexed(kind))),
    )


def _by_theme(linked: Iterable[LinkedStatement]) -> dict[str, list[LinkedStatement]]:
    groups: dict[str, list[LinkedStatement]] = defaultdict(list)
    for one in linked:
        for theme in one.statement.themes or (NO_THEME,):
            groups[theme].append(one)
    return groups


def _by_state(views: Views, linked: Iterable[LinkedStatement]) -> tuple[StateGroup, ...]:
    groups: dict[str, list[LinkedStatement]] = defaultdict(list)
    for one in linked:
        groups[views.corpus.examination_of(one).state].append(one)
    ordered = sorted(groups, key=lambda code: views.vocabulary.states[code].short)
    return tuple(
        StateGroup(
            views.state(code),
            views.statements(one for one in groups[code] if views.corpus.is_indexed(one)),
            views.statements(one for one in groups[code] if not views.corpus.is_indexed(one)),
        )
        for code in ordered
    )


# --- concerns, recommendations ----------------------------------------------------------------------------------

_INTROS = {
    Kind.CONCERN: "What the Committee was worried about, in the words of each source.",
    Kind.RECOMMENDATION: "What the Committee told States they ought to do, in the words of each source. What it "
    "adopted stands in its concluding observations; a summary tells what was said in the room.",
}


def _kind_pages(views: Views, kind: Kind, address: str) -> Iterator[Page]:
    listed = list(views.corpus.indexed(kind))
    groups = _by_theme(listed)
    label = address.capitalize()
    clusters = []
    for cluster in views.vocabulary.clusters.values():
        entries = tuple(
            _entry(views, kind, Link(theme.label, f"{address}/{theme.id}/"), groups[theme.id])
            for theme in views.vocabulary.themes.values()
            if theme.cluster == cluster.id and theme.id in groups
        )
        if entries:
            clusters.append((cluster.label, entries))
    if NO_THEME in groups:
        entry = _entry(views, kind, Link("Without a theme", f"{address}/{NO_THEME}/"), groups[NO_THEME])
        clusters.append(("No term of the thesaurus", (entry,)))
    everywhere = [one for one in views.corpus.statements if one.statement.kind is kind]
    yield Page(
        f"{address}/",
        "kind",
        label,
        f"{_INTROS[kind]} By theme, then by State.",
        KindIndexView(
            kind=kind,
            label=label,
            intro=_INTROS[kind],
            clusters=tuple(clusters),
            total=len(listed),
            statements=len(everywhere),
            left_out=_left_out(kind, len(everywhere) - len(listed)),
            not_a_score=NOT_A_SCORE,
        ),
    )
    themes = views.vocabulary.themes
    order = [theme for theme in (*themes, NO_THEME) if theme in groups]
    for theme_id in order:
        theme = themes.get(theme_id)
        name = theme.label if theme else "Without a theme"
        yield Page(
            f"{address}/{theme_id}/",
            "kind-theme",
            f"{label}: {name}",
            f"{label} on {name.lower()}, by State.",
            KindThemeView(
                kind=kind,
                label=label,
                theme=views.theme(theme_id) if theme else None,
                definition=theme.definition if theme else "Statements in which no term of the thesaurus stands.",
                count=kind_count(kind, len(groups[theme_id])),
                states=_by_state(views, groups[theme_id]),
                other=tuple(
                    Link(themes[o].label if o in themes else "Without a theme", f"{address}/{o}/")
                    for o in order
                    if o != theme_id
                ),
                not_a_score=NOT_A_SCORE,
            ),
            (Link(label, f"{address}/"),),
        )


def _entry(views: Views, kind: Kind, link: Link, linked: list[LinkedStatement]) -> ThemeEntry:
    states = {views.corpus.examination_of(one).state for one in linked}
    return ThemeEntry(link, len(linked), len(states), kind_count(kind, len(linked)))


def _left_out(kind: Kind, number: int) -> str:
    if not number:
        return "Nothing is left out: every one of this kind that was read stands here."
    what = kind_count(kind, number)
    return (
        f"Left out: {what} without a named speaker or in the author’s own voice; they stand on the examination’s page."
    )


# --- themes -----------------------------------------------------------------------------------------------------


def _theme_pages(views: Views) -> Iterator[Page]:
    groups = _by_theme(one for kind in Kind for one in views.corpus.indexed(kind))
    clusters = []
    for cluster in views.vocabulary.clusters.values():
        members = [
            theme for theme in views.vocabulary.themes.values() if theme.cluster == cluster.id and theme.id in groups
        ]
        entries = []
        for theme in members:
            number = len(groups[theme.id])
            states = len({views.corpus.examination_of(one).state for one in groups[theme.id]})
            entries.append(
                ThemeEntry(views.theme(theme.id), number, states, f"{number} statement{'s' * (number != 1)}")
            )
        if entries:
            clusters.append((cluster.label, tuple(entries)))
    yield Page(
        "themes/",
        "themes",
        "Themes",
        "What the examinations were about, by the Committee’s reporting clusters.",
        KindIndexView(
            kind=Kind.BACKGROUND,
            label="Themes",
            intro="What the examinations were about, after the clusters of the Committee’s reporting guidelines.",
            clusters=tuple(clusters),
            total=sum(1 for kind in Kind for _ in views.corpus.indexed(kind)),
            statements=len(views.corpus.statements),
            left_out="Themes of which nothing was said have no page yet.",
            not_a_score=NOT_A_SCORE,
        ),
    )
    treaties = views.vocabulary.treaties.by_id
    for theme in views.vocabulary.themes.values():
        linked = groups.get(theme.id, [])
        shown = [one for one in views.corpus.statements if theme.id in one.statement.themes]
        if not shown:
            continue
        with_page = {t for one in views.corpus.statements for t in one.statement.themes}
        others = [t for t in views.vocabulary.themes.values() if t.id in with_page and t.id != theme.id]
        near = {theme.broader, *(t.id for t in others if t.broader == theme.id)}
        indexes = [
            Link(kind_count(kind, number), f"{address}/{theme.id}/")
            for kind, address in ((Kind.CONCERN, "concerns"), (Kind.RECOMMENDATION, "recommendations"))
            if (number := sum(1 for one in linked if one.statement.kind is kind))
        ]
        yield Page(
            f"themes/{theme.id}/",
            "theme",
            theme.label,
            theme.definition,
            ThemeView(
                id=theme.id,
                label=theme.label,
                labels=tuple((lang, label) for lang, label in theme.labels.items() if lang != "en"),
                definition=theme.definition,
                cluster=views.vocabulary.clusters[theme.cluster].label,
                broader=tuple(views.theme(t.id) for t in others if t.id == theme.broader),
                narrower=tuple(views.theme(t.id) for t in others if t.broader == theme.id),
                siblings=tuple(views.theme(t.id) for t in others if t.cluster == theme.cluster and t.id not in near),
                articles=tuple(
                    (views.treaty(treaty) if treaty in treaties else None, treaty, ", ".join(numbers))
                    for treaty, numbers in theme.articles.items()
                    if numbers
                ),
                uhri=theme.uhri,
                sdg=theme.sdg,
                tallies=views.tallies(linked),
                states=_by_state(views, shown),
                indexes=tuple(indexes),
                not_a_score=NOT_A_SCORE,
            ),
            (Link("Themes", "themes/"),),
        )


# --- questions, commitments, data -------------------------------------------------------------------------------


def _questions(views: Views) -> Page:
    open_ids = views.corpus.unanswered
    asked = list(views.corpus.indexed(Kind.QUESTION))
    parts = (
        (
            "No answer is recorded",
            "After these, the summary records no word of the State before the next heading. It may have answered.",
            views.statements(one for one in asked if one.id in open_ids),
        ),
        (
            "Followed by a reply",
            "The State spoke after these. Where questions follow one another, one reply may answer several.",
            views.statements(one for one in asked if one.id not in open_ids),
        ),
    )
    return Page(
        "questions/",
        "ledger",
        "Questions",
        "What the Committee asked; first, the questions after which no answer is recorded.",
        LedgerView("What the Committee asked the States.", parts, NOT_A_SCORE),
    )


def _commitments(views: Views) -> Page:
    promised = list(views.corpus.indexed(Kind.COMMITMENT))
    dated = sorted((one for one in promised if one.statement.due), key=lambda one: (one.statement.due.date, one.id))  # type: ignore[union-attr]
    parts = (
        ("With a date", "By the day they are due.", views.statements(dated)),
        (
            "Without a date",
            "Promised, planned or wished for, with no date given.",
            views.statements(one for one in promised if not one.statement.due),
        ),
    )
    return Page(
        "commitments/",
        "ledger",
        "Commitments",
        "What States said they would do; first, what has a date.",
        LedgerView("What States said they would do, in the words of each source.", parts, NOT_A_SCORE),
    )


_FIELDS = (
    ("id", "stable id; also the anchor on the examination’s page"),
    ("examination, state, body, treaty, session, date", "which examination it belongs to"),
    ("kind, speaker, speaker_name, attribution", "what it is, whose words, and how the speaker was found"),
    ("text, lang, section", "the source’s words, their language, the headings they stand under"),
    ("themes, groups, cites", "what it is about, whom it concerns, which instruments it names"),
    ("replies_to, answered_by", "ids of what it answers and of what answers it"),
    ("rule, confidence, alternatives, reviewed, flags", "how it was read, how sure that is, and other readings"),
    ("source", "file, sha256, and the spans: line, col_start, col_end (lines from 1, columns half-open code points)"),
)


def _data(views: Views) -> Page:
    files = [
        Link("statements.jsonl", "data/statements.jsonl", note="every statement, one JSON object a line"),
        Link("statements.csv", "data/statements.csv", note="the same as a table"),
        Link(
            "examinations.json",
            "data/examinations.json",
            note="every examination with its facts and where each is written",
        ),
        Link("SHA256SUMS", "data/SHA256SUMS", note="checksums of these files"),
    ]
    return Page(
        "data/",
        "data",
        "Data",
        "Everything on this site as data.",
        DataView(len(views.corpus.statements), len(views.corpus.examinations), tuple(files), _FIELDS),
    )
