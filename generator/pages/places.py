"""Pages of what examinations have in common: countries, sessions, treaties, people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.corpus import BODY_SIDE, LinkedStatement, PublishedExamination
from generator.model import Fact, Kind
from generator.pages.examination import is_unanswered_question
from generator.pages.home import LatestView, latest_view
from generator.pages.layout import brief_weight
from generator.pages.page import Page
from generator.pages.paging import Group, Pager, Sheet
from generator.pages.parts import (
    PartView,
    StateGroup,
    further_parts,
    list_pages,
    part,
    parts_of,
    state_groups,
    statement_sheets,
)
from generator.pages.pictures import mark, tile_map
from generator.pages.views import NOT_A_SCORE, PUBLIC_ROLES, Link, Tally, Views, by_state
from generator.recognise import spoken_date
from generator.vocabulary import Person


@dataclass(frozen=True, slots=True)
class ClusterHead:
    """A cluster over its themes. `cells`: statements of each examination, and those said to the State."""

    label: str
    anchor: str
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """What was said of one State on one theme, by examination."""

    theme: Link
    cells: tuple[tuple[Link, int], ...]
    total: int
    # Where the words stand.
    said: Link
    # Where a cluster begins: how much was said of all its themes.
    cluster: ClusterHead | None = None


@dataclass(frozen=True, slots=True)
class CountryView:
    """What a country page shows."""

    name: str
    formal: str
    names: tuple[tuple[str, str], ...]
    former: tuple[str, ...]
    region: str
    ratifications: tuple[tuple[Link, str], ...]
    as_of: str
    examinations: tuple[LatestView, ...]
    themes: tuple[ThemeRow, ...]
    # What it promised, and questions with no answer recorded.
    parts: tuple[PartView, ...]
    pager: Pager | None
    # What it recommended to other States, in words; empty where it recommended nothing.
    recommended: str
    tallies: tuple[Tally, ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said to one State on one cluster. `mark` is a radius; without a number there is no link."""

    number: int
    cluster: str
    link: Link | None
    mark: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """What a session page shows: dates, and a grid of States and clusters that shows silence."""

    name: str
    body: str
    dates: str
    basis: str
    source: str
    examinations: tuple[LatestView, ...]
    # Whose rights the clusters are about, with how many of them; empty where it is the same for all.
    spans: tuple[tuple[str, int], ...]
    clusters: tuple[str, ...]
    grid: tuple[tuple[Link, tuple[Cell, ...]], ...]
    # Whose statements the grid counts.
    speakers: str
    not_a_score: str


@dataclass(frozen=True, slots=True)
class TreatyView:
    """What a treaty page shows."""

    id: str
    title: str
    short: str
    adopted: str
    in_force: str
    resolution: str
    note: str
    examinations: tuple[LatestView, ...]
    bound: tuple[tuple[Link, str], ...]
    parties: int
    as_of: str
    cited: tuple[StateGroup, ...]
    citing: int
    pager: Pager | None
    not_a_score: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """A public role somebody held at an examination, with the words that say so."""

    role: str
    state: Link
    examination: Link
    written: str
    post: str
    origin: Link


@dataclass(frozen=True, slots=True)
class PersonView:
    """What a person's page shows: public roles only."""

    name: str
    known: bool
    terms: tuple[str, ...]
    nominated_by: Link | None
    roles: tuple[RoleView, ...]
    parts: tuple[PartView, ...]
    pager: Pager | None


def place_pages(views: Views) -> Iterator[Page]:
    """Countries, sessions, treaties and people, each with its list."""
    yield from _countries(views)
    yield from _sessions(views)
    yield from _treaties(views)
    yield from _people(views)


def _open_questions(views: Views, linked: Iterable[LinkedStatement]) -> Iterator[LinkedStatement]:
    for one in linked:
        if is_unanswered_question(one, views.corpus.unanswered) and views.corpus.is_indexed(one):
            yield one


# --- countries --------------------------------------------------------------------------------------------------


def _countries(views: Views) -> Iterator[Page]:
    by_region: dict[str, list[Link]] = defaultdict(list)
    for code, examinations in views.corpus.by_state.items():
        state = views.vocabulary.states[code]
        number = len(examinations)
        link = Link(state.short, f"countries/{state.slug}/", note=f"{number} examination{'s' * (number != 1)}")
        by_region[state.region].append(link)
    groups = [
        Group(region, tuple(sorted(by_region[region], key=lambda link: link.text))) for region in sorted(by_region)
    ]
    held = {code: (views.state(code), len(examinations)) for code, examinations in views.corpus.by_state.items()}
    yield from list_pages(
        views,
        "countries/",
        "Countries",
        "The States whose examinations are published here.",
        "Every State with an examination on this site, by region (United Nations M49).",
        groups,
        "Names follow United Nations usage and express no opinion on the legal status of any country or territory. "
        "A State that is not listed has no document here yet.",
        tile_map(views.vocabulary.tiles, held),
    )
    made = _recommended(views)
    for code in views.corpus.by_state:
        yield from _country(views, code, made.get(code, ""))


def _recommended(views: Views) -> dict[str, str]:
    """What each State recommended to others, counted over the recommendations that documents list."""
    numbers: dict[str, int] = defaultdict(int)
    addressed: dict[str, set[str]] = defaultdict(set)
    for one in views.corpus.indexed(Kind.RECOMMENDATION):
        for code in one.statement.recommending_states:
            numbers[code] += 1
            addressed[code].add(views.corpus.examination_of(one).state)
    return {
        code: f"{number} recommendation{'s' * (number != 1)} to {len(addressed[code])} "
        f"State{'s' * (len(addressed[code]) != 1)}"
        for code, number in numbers.items()
    }


# Bytes of HTML that a cell of the table of themes takes, and what stands on a country's page besides.
_CELL, _BESIDE = 190, 6000


def _country(views: Views, code: str, recommended: str) -> Iterator[Page]:
    state = views.vocabulary.states[code]
    examinations = views.corpus.by_state[code]
    linked = list({one.id: one for e in examinations for one in e.statements}.values())
    rows = tuple(_theme_rows(views, examinations))
    heads = sum(1 for row in rows if row.cluster)
    cut_up = statement_sheets(
        views,
        f"countries/{state.slug}/",
        [
            part("What it promised", "", _promises(views, linked), "No commitment is recorded in the documents here."),
            part(
                "Questions with no answer recorded",
                "",
                _open_questions(views, linked),
                "After every question that is recorded here, the State spoke.",
            ),
        ],
        _BESIDE + 900 * len(examinations) + _CELL * (len(rows) + heads) * (1 + len(examinations)),
    )
    crumbs = (Link("Countries", "countries/"),)
    yield Page(
        cut_up[0].address,
        "country",
        state.short,
        f"{state.short} before the United Nations on human rights: examinations, concerns, promises.",
        partial(_country_view, views, code, linked, rows, cut_up[0], recommended),
        crumbs,
    )
    yield from further_parts(views, cut_up, state.short, crumbs)


def _country_view(
    views: Views,
    code: str,
    linked: list[LinkedStatement],
    rows: tuple[ThemeRow, ...],
    sheet: Sheet[LinkedStatement],
    recommended: str,
) -> CountryView:
    state = views.vocabulary.states[code]
    years = views.vocabulary.ratifications.years.get(code, {})
    treaties = sorted(views.vocabulary.treaties.by_id.values(), key=lambda treaty: (treaty.adopted, treaty.id))
    return CountryView(
        name=state.short,
        formal=state.formal,
        names=tuple((lang, name) for lang, name in state.names.items() if lang != "en"),
        former=tuple(f"{name} (until {year})" if year else name for name, year in state.former),
        region=state.subregion or state.region,
        ratifications=tuple(
            (
                Link(treaty.id, views.treaty(treaty.id).address, note=treaty.short),
                str(years.get(treaty.id, "not recorded")),
            )
            for treaty in treaties
        ),
        as_of=views.vocabulary.ratifications.as_of,
        examinations=tuple(latest_view(views, e) for e in views.corpus.by_state[code]),
        themes=rows,
        parts=parts_of(views, sheet),
        pager=sheet.pager,
        recommended=recommended,
        tallies=views.tallies(linked),
        not_a_score=NOT_A_SCORE,
    )


def _promises(views: Views, linked: list[LinkedStatement]) -> list[LinkedStatement]:
    """Commitments, those with a date first and by date."""
    found = [one for one in linked if one.statement.kind is Kind.COMMITMENT and views.corpus.is_indexed(one)]
    return sorted(
        found, key=lambda one: (one.statement.due is None, one.statement.due.date if one.statement.due else "")
    )


def _theme_rows(views: Views, examinations: tuple[PublishedExamination, ...]) -> Iterator[ThemeRow]:
    """Themes of which something was said, by clusters; the first of each cluster holds its numbers."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    once: dict[str, set[str]] = defaultdict(set)
    for examination in examinations:
        for one in examination.statements:
            if views.corpus.is_indexed(one):
                for theme in one.statement.themes:
                    counts[theme][examination.key] += 1
                    once[theme].add(one.id)
    by_examination = [_by_cluster(views, examination) for examination in examinations]
    for cluster in views.vocabulary.clusters.values():
        themes = [theme.id for theme in views.vocabulary.themes.values() if theme.cluster == cluster.id]
        head: ClusterHead | None = ClusterHead(
            cluster.label, cluster_anchor(cluster.id), tuple(found.get(cluster.id, (0, 0)) for found in by_examination)
        )
        for theme in themes:
            if theme in counts:
                cells = tuple((views.examination(e), counts[theme][e.key]) for e in examinations)
                place = views.said_of(examinations[0].state, theme)
                yield ThemeRow(views.theme(theme), cells, len(once[theme]), place, head)
                head = None


def cluster_anchor(cluster: str) -> str:
    """Where a cluster begins on a country's page."""
    return f"on-{cluster.lower()}"


def _by_cluster(views: Views, examination: PublishedExamination) -> dict[str, tuple[int, int]]:
    """By cluster: how many statements of an examination the indexes hold, and how many of them were said to it."""
    themes = views.vocabulary.themes
    found: dict[str, tuple[int, int]] = {}
    for one in examination.statements:
        if views.corpus.is_indexed(one):
            for cluster in {themes[theme].cluster for theme in one.statement.themes}:
                told, to_state = found.get(cluster, (0, 0))
                found[cluster] = (told + 1, to_state + (one.statement.speaker in BODY_SIDE))
    return found


# --- sessions ---------------------------------------------------------------------------------------------------


def _sessions(views: Views) -> Iterator[Page]:
    by_body: dict[str, list[Link]] = defaultdict(list)
    for (body, number), examinations in sorted(
        views.corpus.by_session.items(), key=lambda item: (item[0][0], -item[0][1])
    ):
        session = views.vocabulary.sessions.get((body, number))
        dates = (
            spoken_date(f"{session.start}/{session.end}")
            if session and session.start and session.end
            else "dates not recorded"
        )
        count = len(examinations)
        note = f"{dates} · {count} examination{'s' * (count != 1)}"
        by_body[views.body(examinations[0]).name].append(
            Link(views.session(examinations[0]).text, views.session(examinations[0]).address, note=note)
        )
        yield _session(views, body, number, examinations, dates)
    yield from list_pages(
        views,
        "sessions/",
        "Sessions",
        "Sessions of the bodies that examine States, with the States examined.",
        "Sessions with at least one examination on this site, the latest first.",
        [Group(body, tuple(links)) for body, links in by_body.items()],
        "A session holds more examinations than those shown: only those whose documents are here.",
    )


def _session(views: Views, body: str, number: int, examinations: tuple[PublishedExamination, ...], dates: str) -> Page:
    link = views.session(examinations[0])
    return Page(
        link.address,
        "session",
        link.text,
        f"{link.text}: the States examined and what was talked about.",
        partial(_session_view, views, body, number, examinations, dates),
        (Link("Sessions", "sessions/"),),
    )


def _session_view(
    views: Views, body: str, number: int, examinations: tuple[PublishedExamination, ...], dates: str
) -> SessionView:
    session = views.vocabulary.sessions.get((body, number))
    themes = views.vocabulary.themes
    said = {themes[t].cluster for e in examinations for one in e.statements for t in one.statement.themes}
    # The body's own clusters, where silence tells something, and those of which something was said: everybody's rights
    # before those of another body's guidelines.
    known = sorted(views.vocabulary.clusters.values(), key=lambda c: (c.body != body, c.body != ""))
    clusters = {c.id: c for c in known if c.body == body or c.id in said}
    spans = Counter(themes[c.people].label if c.people else "Rights of everybody" for c in clusters.values())
    in_order = sorted(examinations, key=lambda e: views.vocabulary.states[e.state].short)
    counts = {e.key: _by_cluster(views, e) for e in in_order}
    most = max((to_state for found in counts.values() for _, to_state in found.values()), default=0)
    grid = []
    for examination in in_order:
        name = views.vocabulary.states[examination.state].short
        name = f"{name} ({examination.treaty})" if examination.treaty else name
        cells = []
        for cluster in clusters.values():
            _, number = counts[examination.key].get(cluster.id, (0, 0))
            place = views.state(examination.state).address
            link = Link(str(number), place, cluster_anchor(cluster.id)) if number else None
            cells.append(Cell(number, cluster.label, link, mark(number, most)))
        grid.append((Link(name, examination.address), tuple(cells)))
    examiner = views.body(examinations[0])
    return SessionView(
        name=views.session(examinations[0]).text,
        body=f"{examiner.name}{f', {examiner.of}' if examiner.of else ''}",
        dates=dates,
        basis=session.basis if session else "",
        source=session.source if session else "",
        examinations=tuple(replace(latest_view(views, e), examination=_in_session(views, e)) for e in in_order),
        spans=tuple(spans.items()) if len(spans) > 1 else (),
        clusters=tuple(cluster.label for cluster in clusters.values()),
        grid=tuple(grid),
        speakers="the Committee" if examinations[0].treaty else "reviewing States",
        not_a_score=NOT_A_SCORE,
    )


def _in_session(views: Views, examination: PublishedExamination) -> Link:
    """An examination on the page of its session, whose name need not be said again."""
    link = views.examination(examination)
    return link if examination.treaty else replace(link, text="review")


# --- treaties ---------------------------------------------------------------------------------------------------


def _treaties(views: Views) -> Iterator[Page]:
    treaties = views.vocabulary.treaties.by_id
    links = []
    for treaty in treaties.values():
        count = len(views.corpus.by_treaty.get(treaty.id, ()))
        links.append(
            Link(
                treaty.short,
                f"treaties/{treaty.id.lower()}/",
                note=f"{treaty.id} · {count} examination{'s' * (count != 1)}",
            )
        )
        yield from _treaty(views, treaty.id)
    yield from list_pages(
        views,
        "treaties/",
        "Treaties",
        "The treaties under which States are examined.",
        "The Convention on the Rights of the Child and its three Optional Protocols.",
        [Group("", tuple(links))],
    )


def _treaty(views: Views, treaty_id: str) -> Iterator[Page]:
    treaty = views.vocabulary.treaties.by_id[treaty_id]
    examinations = views.corpus.by_treaty.get(treaty_id, ())
    cited = [
        one
        for one in views.corpus.statements
        if not views.corpus.comes_back(one) and any(c.id == treaty_id for c in one.statement.cites)
    ]
    cut_up = statement_sheets(
        views,
        f"treaties/{treaty_id.lower()}/",
        by_state(views, cited),
        3000 + 900 * len(examinations) + 150 * len(views.corpus.by_state),
        weigh=brief_weight,
    )
    for sheet in cut_up:
        yield Page(
            sheet.address,
            "treaty" if sheet.number == 1 else "treaty-further",
            sheet.titled(f"{treaty.short} ({treaty_id})"),
            f"{treaty.title}: examinations, and where it is cited{sheet.suffix}.",
            partial(_treaty_view, views, treaty_id, len(cited), sheet),
            (Link("Treaties", "treaties/"),),
        )


def _treaty_view(views: Views, treaty_id: str, citing: int, sheet: Sheet[LinkedStatement]) -> TreatyView:
    treaty = views.vocabulary.treaties.by_id[treaty_id]
    ratifications = views.vocabulary.ratifications
    bound = tuple(
        (
            views.state(code),
            str(ratifications.years[code][treaty_id])
            if treaty_id in ratifications.years.get(code, {})
            else "not recorded",
        )
        for code in views.corpus.by_state
    )
    return TreatyView(
        id=treaty_id,
        title=treaty.title,
        short=treaty.short,
        adopted=spoken_date(treaty.adopted) if treaty.adopted else "",
        in_force=spoken_date(treaty.in_force) if treaty.in_force else "",
        resolution=treaty.resolution,
        note=treaty.note,
        examinations=tuple(latest_view(views, e) for e in views.corpus.by_treaty.get(treaty_id, ())),
        bound=bound,
        parties=sum(1 for years in ratifications.years.values() if treaty_id in years),
        as_of=ratifications.as_of,
        cited=state_groups(views, sheet),
        citing=citing,
        pager=sheet.pager,
        not_a_score=NOT_A_SCORE,
    )


# --- people -----------------------------------------------------------------------------------------------------


def _people(views: Views) -> Iterator[Page]:
    roles: dict[str, list[tuple[PublishedExamination, str, Fact]]] = defaultdict(list)
    for examination in views.corpus.examinations.values():
        for name, fact in examination.facts.facts():
            if name in PUBLIC_ROLES:
                roles[views.person(examination, name, fact).address].append((examination, name, fact))
    groups: dict[str, list[Link]] = defaultdict(list)
    for address, held in sorted(roles.items()):
        name = _name(views, held)
        for role in sorted({PUBLIC_ROLES[role] for _, role, _ in held}):
            groups[role].append(
                Link(name, address, note=_held(views, [e for e, r, _ in held if PUBLIC_ROLES[r] == role]))
            )
        yield from _person(views, address, held)
    yield from list_pages(
        views,
        "people/",
        "People",
        "People in public roles at examinations: heads of delegation, Country Rapporteurs.",
        "Public roles only: heads of delegation and the Committee’s Country Rapporteurs, as documents name them.",
        [Group(role, tuple(links)) for role, links in sorted(groups.items())],
        "Nobody else who is named in a source has a page: no staff, no children, no victims.",
    )


def _held(views: Views, examinations: Sequence[PublishedExamination]) -> str:
    """Where a role was held: at one examination, or the first and how many more."""
    first = min(examinations, key=lambda one: (one.state, one.key))
    more = len(examinations) - 1
    where = f"{views.vocabulary.states[first.state].short}, {views.examination(first).text}"
    return f"{where}, and {more} more" if more else where


def _nominated_by(views: Views, person: Person | None) -> Link | None:
    """The State that nominated a member, where it has a page."""
    known = person is not None and person.state is not None and person.state in views.corpus.by_state
    return views.state(person.state) if known else None  # type: ignore[union-attr, arg-type]


Held = list[tuple[PublishedExamination, str, Fact]]


def _member(views: Views, held: Held) -> Person | None:
    _, role, first = held[0]
    return views.vocabulary.people.get(first.value) if role == "rapporteurs" else None


def _name(views: Views, held: Held) -> str:
    person = _member(views, held)
    return person.name if person else held[0][2].name


def _person(views: Views, address: str, held: Held) -> Iterator[Page]:
    said = {
        one.id: one
        for examination, _, fact in held
        for one in examination.statements
        if fact.name in (one.statement.speaker_name or "").split(" and ")
    }
    name = _name(views, held)
    title = "Statements that name this person as speaker"
    cut_up = statement_sheets(
        views, address, [part(title, "", said.values(), "None is recorded.")], 1000 + 500 * len(held)
    )
    crumbs = (Link("People", "people/"),)
    yield Page(
        address,
        "person",
        name,
        f"{name}: public roles at examinations of States.",
        partial(_person_view, views, held, cut_up[0]),
        crumbs,
    )
    yield from further_parts(views, cut_up, name, crumbs)


def _person_view(views: Views, held: Held, sheet: Sheet[LinkedStatement]) -> PersonView:
    person = _member(views, held)
    return PersonView(
        name=_name(views, held),
        known=person is not None,
        terms=person.terms if person else (),
        nominated_by=_nominated_by(views, person),
        roles=tuple(
            RoleView(
                PUBLIC_ROLES[role],
                views.state(e.state),
                views.examination(e),
                fact.text,
                fact.of,
                views.origin(e, fact),
            )
            for e, role, fact in held
        ),
        parts=parts_of(views, sheet),
        pager=sheet.pager,
    )
