"""Indexes of what was said: concerns, recommendations, themes, questions, commitments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import filterfalse

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Kind
from generator.pages.data import data_pages
from generator.pages.follow import Follow, commitments_calendar
from generator.pages.items import StateItems, state_items
from generator.pages.link import narrowed
from generator.pages.page import Alternate, Page
from generator.pages.paging import Group, Pager, Sheet, begins
from generator.pages.parts import PartView, crumbs_to, part, parts_of, statement_sheets
from generator.pages.pictures import Panel, RegionBar, by_region, over_time
from generator.pages.theme_lists import INDEXES, NO_THEME, by_theme
from generator.pages.views import (
    KIND_LABELS,
    NOT_A_SCORE,
    OWN_RECOMMENDATIONS,
    Link,
    Tally,
    Views,
    kind_count,
)
from generator.rights import wording
from generator.wording import index_claim


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
    narrow: Link | None
    not_a_score: str


@dataclass(frozen=True, slots=True)
class KindThemeView:
    """One theme's part of an index, by State."""

    kind: Kind
    label: str
    theme: Link | None
    definition: str
    count: str
    states: tuple[StateItems, ...]
    # The same kind on other themes.
    others: Link
    # That the recommendations of a review are those of the States that made them; empty where there are none.
    own: str
    pager: Pager | None
    narrow: Link | None
    not_a_score: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What was said on a theme, by year and by region; `apart` says of what there is too little to compare."""

    years: tuple[str, ...]
    panels: tuple[tuple[Tally, Panel], ...]
    # The kinds of which nothing is recorded, in words.
    none: str
    regions: tuple[RegionBar, ...]
    apart: str


@dataclass(frozen=True, slots=True)
class ThemeView:
    """What a theme page shows: by State, what was said beside concerns and recommendations, and where those stand."""

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
    compared: Compared | None
    states: tuple[StateItems, ...]
    # Those of concerns and recommendations, which the page does not repeat.
    indexes: tuple[Link, ...]
    pager: Pager | None
    narrow: Link
    not_a_score: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Questions or commitments in two parts, the first being what a reader looks for."""

    intro: str
    parts: tuple[PartView, ...]
    pager: Pager | None
    narrow: Link
    not_a_score: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page: how much it finds, and what a search can be narrowed by."""

    statements: str
    facets: tuple[tuple[str, str], ...]
    not_a_score: str


_NARROWED_BY = (
    ("speaker", "Speaker"),
    ("state", "State examined"),
    ("region", "Region"),
    ("treaty", "Treaty or review"),
    ("session", "Session"),
    ("year", "Year"),
    ("theme", "Theme"),
    ("reviewed", "Checked by an editor"),
)


def index_pages(views: Views, section: str = "") -> Iterator[Page]:
    """All indexes, or that of one section."""
    for name, made in _INDEXES.items():
        if section in ("", name):
            yield from made(views)


# --- concerns, recommendations ----------------------------------------------------------------------------------

_INTROS = {
    Kind.CONCERN: "What worried those who examined a State – the Committee, or other States in a Universal Periodic "
    "Review –{claim}.",
    Kind.RECOMMENDATION: "What States were told they ought to do{claim}: by the Committee in the "
    "room – what it adopted stands in its concluding observations –, and by other States in a Universal Periodic "
    "Review.",
}


def _claim(views: Views, listed: Iterable[LinkedStatement]) -> str:
    """Whose words an index lists."""
    return index_claim({wording(one.statement.text, views.document(one)) for one in listed})


def _kind_pages(kind: Kind, views: Views) -> Iterator[Page]:
    address = INDEXES[kind]
    listed = list(views.corpus.indexed(kind))
    groups = views.by_theme.of_kind[kind]
    label, intro = address.capitalize(), _INTROS[kind].format(claim=_claim(views, listed))
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
    left_out = _left_out(views, kind, [one for one in everywhere if not views.corpus.is_indexed(one)])
    yield Page(
        f"{address}/",
        "kind",
        label,
        f"{intro} By theme, then by State.",
        lambda: KindIndexView(
            kind=kind,
            label=label,
            intro=intro,
            clusters=tuple(clusters),
            total=len(listed),
            statements=len(everywhere),
            left_out=left_out,
            narrow=narrowed(kind=kind),
            not_a_score=NOT_A_SCORE,
        ),
        holds=tuple(listed),
        follow=Follow(),
    )
    for theme, linked in groups.items():
        name = _theme_name(views, theme)
        count = kind_count(kind, len(linked))
        own = OWN_RECOMMENDATIONS if any(one.statement.listed for one in linked) else ""
        for sheet in views.by_theme.sheets_of_kind[kind, theme]:
            yield Page(
                sheet.address,
                "kind-theme",
                sheet.titled(f"{label}: {name}"),
                f"{label} on {name.lower()}, by State{sheet.suffix}.",
                partial(_kind_theme, views, kind, address, theme, count, own, sheet),
                (Link(label, f"{address}/"),),
                holds=sheet.holds(linked),
                continues=sheet.continues,
            )


def _theme_name(views: Views, theme: str) -> str:
    return views.vocabulary.themes[theme].label if theme in views.vocabulary.themes else "Without a theme"


def _kind_theme(
    views: Views,
    kind: Kind,
    address: str,
    theme_id: str,
    count: str,
    own: str,
    sheet: Sheet[LinkedStatement],
) -> KindThemeView:
    theme = views.vocabulary.themes.get(theme_id)
    return KindThemeView(
        kind=kind,
        label=address.capitalize(),
        theme=views.theme(theme_id) if theme else None,
        definition=theme.definition if theme else "Statements in which no term of the thesaurus stands.",
        count=count,
        states=state_items(views, sheet),
        others=Link(f"{address.capitalize()} on other themes", f"{address}/"),
        own=own,
        pager=sheet.pager,
        narrow=narrowed(kind=kind, theme=theme_id) if theme else None,
        not_a_score=NOT_A_SCORE,
    )


def _entry(views: Views, kind: Kind, link: Link, linked: Sequence[LinkedStatement]) -> ThemeEntry:
    states = {views.corpus.examination_of(one).state for one in linked}
    return ThemeEntry(link, len(linked), len(states), kind_count(kind, len(linked)))


def _left_out(views: Views, kind: Kind, missing: list[LinkedStatement]) -> str:
    """What of a kind stands in no index, and why."""
    voiced = sum(1 for one in missing if views.corpus.comes_back(one))
    unsure = len(missing) - voiced
    reasons = []
    if unsure:
        reasons.append(f"{kind_count(kind, unsure)} without a named speaker or in the author’s own voice")
    if voiced:
        reasons.append(f"{kind_count(kind, voiced)} voiced in a dialogue whose document lists its recommendations")
    if not reasons:
        return "Nothing is left out: every one of this kind that was read stands here."
    return f"Left out: {'; '.join(reasons)}. They stand on the examinations’ pages."


# --- themes -----------------------------------------------------------------------------------------------------


def _theme_pages(views: Views) -> Iterator[Page]:
    groups = by_theme(one for kind in Kind for one in views.corpus.indexed(kind))
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
        "What the examinations were about, by clusters of themes.",
        lambda: KindIndexView(
            kind=Kind.BACKGROUND,
            label="Themes",
            intro="What the examinations were about: children’s rights after the clusters of the Committee’s reporting "
            "guidelines, and human rights in general.",
            clusters=tuple(clusters),
            total=sum(1 for kind in Kind for _ in views.corpus.indexed(kind)),
            statements=len(views.corpus.statements),
            left_out="Themes of which nothing was said have no page yet.",
            narrow=None,
            not_a_score=NOT_A_SCORE,
        ),
        alternates=_AS_SKOS,
    )
    for theme_id, cut_up in views.by_theme.sheets.items():
        theme = views.vocabulary.themes[theme_id]
        linked = groups.get(theme.id, [])
        tallies = views.tallies(linked)
        indexes = tuple(
            Link(tally.text, f"{INDEXES[tally.kind]}/{theme.id}/") for tally in tallies if tally.kind in INDEXES
        )
        for sheet in cut_up:
            yield Page(
                sheet.address,
                "theme",
                sheet.titled(theme.label),
                f"{theme.definition}{sheet.suffix}",
                partial(
                    _theme,
                    views,
                    theme.id,
                    tallies,
                    linked if sheet.number == 1 else None,
                    indexes,
                    _in_indexes(views, theme.id, sheet),
                    sheet,
                ),
                (Link("Themes", "themes/"),),
                holds=sheet.holds(views.by_theme.told_of[theme.id]),
                follow=Follow(begins=begins(cut_up)) if sheet.number == 1 else None,
                continues=sheet.continues,
            )


def _in_indexes(views: Views, theme_id: str, sheet: Sheet[LinkedStatement]) -> Mapping[str, tuple[Link, ...]]:
    """By State that begins on a page: where the indexes hold what this page does not repeat, and how much."""
    held = views.by_theme.in_indexes.get(theme_id, {})
    return {
        group.key: tuple(
            Link(kind_count(kind, number), address, views.vocabulary.states[group.key].slug)
            for kind, number, address in held.get(group.key, ())
        )
        for group in sheet.groups
        if not group.continued
    }


def _theme(
    views: Views,
    theme_id: str,
    tallies: tuple[Tally, ...],
    compared: list[LinkedStatement] | None,
    indexes: tuple[Link, ...],
    in_indexes: Mapping[str, tuple[Link, ...]],
    sheet: Sheet[LinkedStatement],
) -> ThemeView:
    theme = views.vocabulary.themes[theme_id]
    treaties = views.vocabulary.treaties.by_id
    others = [t for t in views.vocabulary.themes.values() if t.id in views.by_theme.told_of and t.id != theme.id]
    near = {theme.broader, *(t.id for t in others if t.broader == theme.id)}
    return ThemeView(
        id=theme.id,
        label=theme.label,
        labels=tuple((lang, label) for lang, label in theme.labels.items() if lang != "en"),
        definition=theme.definition,
        cluster=views.vocabulary.clusters[theme.cluster].label,
        broader=(views.theme(theme.broader),) if theme.broader else (),
        narrower=tuple(views.theme(t.id) for t in others if t.broader == theme.id),
        siblings=tuple(views.theme(t.id) for t in others if t.cluster == theme.cluster and t.id not in near),
        articles=tuple(
            (views.treaty(treaty) if treaty in treaties else None, treaty, ", ".join(numbers))
            for treaty, numbers in theme.articles.items()
            if numbers
        ),
        uhri=theme.uhri,
        sdg=theme.sdg,
        tallies=tallies,
        compared=_compared(views, compared) if compared else None,
        states=state_items(views, sheet, in_indexes),
        indexes=indexes,
        narrow=narrowed(theme=theme.id),
        pager=sheet.pager,
        not_a_score=NOT_A_SCORE,
    )


# The kinds that are compared over time: what was said to a State, and what it said.
_OVER_TIME = (Kind.CONCERN, Kind.RECOMMENDATION, Kind.QUESTION, Kind.REPLY, Kind.COMMITMENT)


def _compared(views: Views, linked: list[LinkedStatement]) -> Compared:
    """By year of the examination and by region of the State."""
    years: dict[Kind, Counter[int]] = {kind: Counter() for kind in _OVER_TIME}
    undated = 0
    said: Counter[str] = Counter()
    states: dict[str, set[str]] = defaultdict(set)
    for one in linked:
        examination = views.corpus.examination_of(one)
        region = views.vocabulary.states[examination.state].region
        said[region] += 1
        states[region].add(examination.state)
        if one.statement.kind in years:
            if year := _year(views, examination):
                years[one.statement.kind][year] += 1
            else:
                undated += 1
    examined = Counter(views.vocabulary.states[code].region for code in views.corpus.by_state)
    regions = by_region({region: (said[region], len(states[region]), examined[region]) for region in said})
    series = over_time(years)
    apart = []
    if not series and (when := sorted({year for counts in years.values() for year in counts})):
        apart.append(f"All that is dated here was said in {when[0]}: there is no other year to compare it with yet.")
    if series and undated:
        apart.append(f"{undated} more stand{'s' * (undated == 1)} in examinations whose year is not recorded.")
    if not regions:
        (region,) = said
        number = len(states[region])
        apart.append(f"It concerns {number} State{'s' * (number != 1)}, in one region: {region}.")
    return Compared(
        years=series.years if series else (),
        panels=tuple(
            (Tally(panel.kind, panel.total, kind_count(panel.kind, panel.total)), panel)
            for panel in (series.panels if series else ())
        ),
        none=", ".join(KIND_LABELS[panel.kind][1] for panel in (series.panels if series else ()) if not panel.total),
        regions=regions,
        apart=" ".join(apart),
    )


def _year(views: Views, examination: PublishedExamination) -> int | None:
    """The year of an examination: of its day, else of its session."""
    session = views.vocabulary.sessions.get(examination.session_key)
    held = (session.start or session.end) if session else None
    day = examination.facts.date.value if examination.facts.date else held
    return int(day[:4]) if day else None


# --- questions, commitments -------------------------------------------------------------------------------------


def _questions(views: Views) -> Iterator[Page]:
    unanswered = views.corpus.is_unanswered
    asked = list(views.corpus.indexed(Kind.QUESTION))
    parts = [
        part(
            "No answer is recorded",
            "After these, the document records no word of the State before the next heading. It may have answered.",
            _by_name(views, filter(unanswered, asked)),
            "None is recorded.",
        ),
        part(
            "Followed by a reply",
            "The State spoke after these. Where questions follow one another, one reply may answer several.",
            _by_name(views, filterfalse(unanswered, asked)),
            "None is recorded.",
        ),
    ]
    yield from _ledger(
        views,
        "questions/",
        "Questions",
        "What States were asked; first, the questions after which no answer is recorded.",
        "What States were asked: by the Committee, or by other States in a Universal Periodic Review.",
        Kind.QUESTION,
        parts,
    )


def _commitments(views: Views) -> Iterator[Page]:
    promised = list(views.corpus.indexed(Kind.COMMITMENT))
    dated = sorted((one for one in promised if one.statement.due), key=lambda one: (one.statement.due.date, one.id))  # type: ignore[union-attr]
    parts = [
        part("With a date", "By the day they are due.", dated, "None is recorded."),
        part(
            "Without a date",
            "Promised, planned or wished for, with no date given. By State.",
            _by_name(views, (one for one in promised if not one.statement.due)),
            "None is recorded.",
        ),
    ]
    yield from _ledger(
        views,
        "commitments/",
        "Commitments",
        "What States said they would do; first, what has a date.",
        f"What States said they would do{_claim(views, promised)}.",
        Kind.COMMITMENT,
        parts,
    )


def _by_name(views: Views, linked: Iterable[LinkedStatement]) -> list[LinkedStatement]:
    """In the order of the names of States, so that a page can say from which to which it goes."""
    return sorted(linked, key=lambda one: views.vocabulary.states[views.corpus.examination_of(one).state].short)


def _ledger(
    views: Views,
    address: str,
    title: str,
    description: str,
    intro: str,
    kind: Kind,
    parts: list[Group[LinkedStatement]],
) -> Iterator[Page]:
    told = [one for held in parts for one in held.items]
    for sheet in statement_sheets(views, address, parts, label=partial(_states_of, views)):
        yield Page(
            sheet.address,
            "ledger",
            sheet.titled(title),
            f"{description}{sheet.suffix}",
            partial(_ledger_view, views, intro, kind, sheet),
            crumbs_to(sheet, title),
            holds=sheet.holds(told),
            follow=Follow(calendar=commitments_calendar(views, told)) if sheet.number == 1 else None,
            continues=sheet.continues,
        )


def _ledger_view(views: Views, intro: str, kind: Kind, sheet: Sheet[LinkedStatement]) -> LedgerView:
    return LedgerView(intro, parts_of(views, sheet), sheet.pager, narrowed(kind=kind), NOT_A_SCORE)


def _states_of(views: Views, groups: tuple[Group[LinkedStatement], ...]) -> str:
    """What a page of a ledger holds: its parts, and from which State to which."""
    named = []
    for group in groups:
        states = [views.vocabulary.states[views.corpus.examination_of(one).state].short for one in group.items]
        if len(set(states)) > 1 and group.title != "With a date":
            named.append(f"{group.title}, {states[0]} – {states[-1]}")
        else:
            named.append(group.title)
    return "; ".join(named)


# The themes as programs for thesauri read them.
_AS_SKOS = tuple(
    Alternate(type_, Link(f"Themes as SKOS ({name})", f"data/{file}"))
    for type_, name, file in (
        ("application/ld+json", "JSON-LD", "themes.jsonld"),
        ("text/turtle", "Turtle", "themes.ttl"),
    )
)


def _search(views: Views) -> Iterator[Page]:
    yield Page(
        "search/",
        "search",
        "Search",
        "Search every statement.",
        lambda: SearchView(
            f"{sum(1 for kind in Kind for _ in views.corpus.indexed(kind)):,}", _NARROWED_BY, NOT_A_SCORE
        ),
    )


_INDEXES: dict[str, Callable[[Views], Iterator[Page]]] = {
    **{address: partial(_kind_pages, kind) for kind, address in INDEXES.items()},
    "themes": _theme_pages,
    "questions": _questions,
    "commitments": _commitments,
    "data": data_pages,
    "search": _search,
}
