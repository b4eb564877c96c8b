"""Pages of what examinations have in common: countries, sessions, treaties, people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Fact, Kind
from generator.pages.examination import is_unanswered_question
from generator.pages.home import LatestView, latest_view
from generator.pages.page import Page
from generator.pages.views import NOT_A_SCORE, PUBLIC_ROLES, Link, StatementView, Tally, Views
from generator.recognise import spoken_date
from generator.vocabulary import Person


@dataclass(frozen=True, slots=True)
class ListView:
    """A top-level index: entries in groups, with what it holds and leaves out."""

    intro: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """What was said of one State on one theme, by examination."""

    theme: Link
    cells: tuple[tuple[Link, int], ...]
    total: int


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
    commitments: tuple[StatementView, ...]
    questions: tuple[StatementView, ...]
    tallies: tuple[Tally, ...]
    not_a_score: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """What a session page shows: dates, and a grid of States and clusters that shows silence."""

    name: str
    body: str
    dates: str
    basis: str
    source: str
    examinations: tuple[LatestView, ...]
    clusters: tuple[str, ...]
    grid: tuple[tuple[Link, tuple[int, ...]], ...]
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
    cited: tuple[StatementView, ...]
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
    statements: tuple[StatementView, ...]


def place_pages(views: Views) -> Iterator[Page]:
    """Countries, sessions, treaties and people, each with its list."""
    yield from _countries(views)
    yield from _sessions(views)
    yield from _treaties(views)
    yield from _people(views)


def _open_questions(views: Views, linked: Iterable[LinkedStatement]) -> Iterator[StatementView]:
    for one in linked:
        if is_unanswered_question(one, views.corpus.unanswered) and views.corpus.is_indexed(one):
            yield views.statement(one)


# --- countries --------------------------------------------------------------------------------------------------


def _countries(views: Views) -> Iterator[Page]:
    by_region: dict[str, list[Link]] = defaultdict(list)
    for code, examinations in views.corpus.by_state.items():
        state = views.vocabulary.states[code]
        number = len(examinations)
        link = Link(state.short, f"countries/{state.slug}/", note=f"{number} examination{'s' * (number != 1)}")
        by_region[state.region].append(link)
    groups = tuple(
        (region, tuple(sorted(by_region[region], key=lambda link: link.text))) for region in sorted(by_region)
    )
    yield Page(
        "countries/",
        "list",
        "Countries",
        "The States whose examinations are published here.",
        ListView(
            "Every State with an examination on this site, by region (United Nations M49).",
            groups,
            "Names follow United Nations usage and express no opinion on the legal status of any country or territory. "
            "A State that is not listed has no document here yet.",
        ),
    )
    for code in views.corpus.by_state:
        yield _country(views, code)


def _country(views: Views, code: str) -> Page:
    state = views.vocabulary.states[code]
    examinations = views.corpus.by_state[code]
    linked = list({one.id: one for e in examinations for one in e.statements}.values())
    years = views.vocabulary.ratifications.years.get(code, {})
    treaties = sorted(views.vocabulary.treaties.by_id.values(), key=lambda treaty: (treaty.adopted, treaty.id))
    ratified = tuple(
        (Link(treaty.id, views.treaty(treaty.id).address, note=treaty.short), str(years.get(treaty.id, "not recorded")))
        for treaty in treaties
    )
    view = CountryView(
        name=state.short,
        formal=state.formal,
        names=tuple((lang, name) for lang, name in state.names.items() if lang != "en"),
        former=tuple(f"{name} (until {year})" if year else name for name, year in state.former),
        region=state.subregion or state.region,
        ratifications=ratified,
        as_of=views.vocabulary.ratifications.as_of,
        examinations=tuple(latest_view(views, e) for e in examinations),
        themes=tuple(_theme_rows(views, examinations)),
        commitments=views.statements(s for s in _promises(views, linked)),
        questions=tuple(_open_questions(views, linked)),
        tallies=views.tallies(linked),
        not_a_score=NOT_A_SCORE,
    )
    return Page(
        f"countries/{state.slug}/",
        "country",
        state.short,
        f"{state.short} before the United Nations on human rights: examinations, concerns, promises.",
        view,
        (Link("Countries", "countries/"),),
    )


def _promises(views: Views, linked: list[LinkedStatement]) -> list[LinkedStatement]:
    """Commitments, those with a date first and by date."""
    found = [one for one in linked if one.statement.kind is Kind.COMMITMENT and views.corpus.is_indexed(one)]
    return sorted(
        found, key=lambda one: (one.statement.due is None, one.statement.due.date if one.statement.due else "")
    )


def _theme_rows(views: Views, examinations: tuple[PublishedExamination, ...]) -> Iterator[ThemeRow]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    once: dict[str, set[str]] = defaultdict(set)
    for examination in examinations:
        for one in examination.statements:
            if views.corpus.is_indexed(one):
                for theme in one.statement.themes:
                    counts[theme][examination.key] += 1
                    once[theme].add(one.id)
    for theme in views.vocabulary.themes:
        if theme in counts:
            cells = tuple((views.examination(e), counts[theme][e.key]) for e in examinations)
            yield ThemeRow(views.theme(theme), cells, len(once[theme]))


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
        by_body[body].append(
            Link(views.session(examinations[0]).text, views.session(examinations[0]).address, note=note)
        )
        yield _session(views, body, number, examinations, dates)
    yield Page(
        "sessions/",
        "list",
        "Sessions",
        "Sessions of the bodies that examine States, with the States examined.",
        ListView(
            "Sessions with at least one examination on this site, the latest first.",
            tuple((body, tuple(links)) for body, links in by_body.items()),
            "A session holds more examinations than those shown: only those whose documents are here.",
        ),
    )


def _session(views: Views, body: str, number: int, examinations: tuple[PublishedExamination, ...], dates: str) -> Page:
    session = views.vocabulary.sessions.get((body, number))
    themes = views.vocabulary.themes
    said = {themes[t].cluster for e in examinations for one in e.statements for t in one.statement.themes}
    # The body's own clusters, where silence tells something, and those of which something was said.
    clusters = {id_: c for id_, c in views.vocabulary.clusters.items() if c.body == body or id_ in said}
    grid = []
    for examination in sorted(examinations, key=lambda e: views.vocabulary.states[e.state].short):
        counts = dict.fromkeys(clusters, 0)
        for one in examination.statements:
            if views.corpus.is_indexed(one):
                for cluster in {themes[theme].cluster for theme in one.statement.themes}:
                    counts[cluster] += 1
        name = f"{views.vocabulary.states[examination.state].short} ({examination.treaty})"
        grid.append((Link(name, examination.address), tuple(counts.values())))
    link = views.session(examinations[0])
    return Page(
        link.address,
        "session",
        link.text,
        f"{link.text}: the States examined and what was talked about.",
        SessionView(
            name=link.text,
            body=body,
            dates=dates,
            basis=session.basis if session else "",
            source=session.source if session else "",
            examinations=tuple(latest_view(views, e) for e in sorted(examinations, key=lambda e: e.key)),
            clusters=tuple(cluster.label for cluster in clusters.values()),
            grid=tuple(grid),
            not_a_score=NOT_A_SCORE,
        ),
        (Link("Sessions", "sessions/"),),
    )


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
        yield _treaty(views, treaty.id)
    yield Page(
        "treaties/",
        "list",
        "Treaties",
        "The treaties under which States are examined.",
        ListView("The Convention on the Rights of the Child and its three Optional Protocols.", (("", tuple(links)),)),
    )


def _treaty(views: Views, treaty_id: str) -> Page:
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
    cited = [
        one
        for one in views.corpus.statements
        if views.corpus.is_indexed(one) and any(c.id == treaty_id for c in one.statement.cites)
    ]
    return Page(
        f"treaties/{treaty_id.lower()}/",
        "treaty",
        f"{treaty.short} ({treaty_id})",
        f"{treaty.title}: examinations, and where it is cited.",
        TreatyView(
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
            cited=views.statements(cited),
            not_a_score=NOT_A_SCORE,
        ),
        (Link("Treaties", "treaties/"),),
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
        page = _person(views, address, held)
        for role in sorted({PUBLIC_ROLES[name] for _, name, _ in held}):
            groups[role].append(Link(page.title, address, note=f"{len(held)} role{'s' * (len(held) != 1)}"))
        yield page
    yield Page(
        "people/",
        "list",
        "People",
        "People in public roles at examinations: heads of delegation, Country Rapporteurs.",
        ListView(
            "Public roles only: heads of delegation and the Committee’s Country Rapporteurs, as documents name them.",
            tuple((role, tuple(links)) for role, links in sorted(groups.items())),
            "Nobody else who is named in a source has a page: no staff, no children, no victims.",
        ),
    )


def _nominated_by(views: Views, person: Person | None) -> Link | None:
    """The State that nominated a member, where it has a page."""
    known = person is not None and person.state is not None and person.state in views.corpus.by_state
    return views.state(person.state) if known else None  # type: ignore[union-attr, arg-type]


def _person(views: Views, address: str, held: list[tuple[PublishedExamination, str, Fact]]) -> Page:
    _, role, first = held[0]
    person = views.vocabulary.people.get(first.value) if role == "rapporteurs" else None
    name = person.name if person else first.name
    said = {
        one.id: views.statement(one)
        for examination, _, fact in held
        for one in examination.statements
        if fact.name in (one.statement.speaker_name or "").split(" and ")
    }
    view = PersonView(
        name=name,
        known=person is not None,
        terms=person.terms if person else (),
        nominated_by=views.state(person.state)
        if person and person.state and person.state in views.corpus.by_state
        else None,
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
        statements=tuple(said.values()),
    )
    return Page(
        address, "person", name, f"{name}: public roles at examinations of States.", view, (Link("People", "people/"),)
    )
