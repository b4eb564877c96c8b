"""Pages of what examinations have in common: sessions, treaties, people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Fact
from generator.pages.country import by_cluster, cluster_anchor
from generator.pages.follow import Follow, sessions_calendar
from generator.pages.home import LatestView, latest_view
from generator.pages.items import StateItems, state_items
from generator.pages.link import narrowed
from generator.pages.page import Page
from generator.pages.paging import Group, Pager, Sheet, one_item, sheets
from generator.pages.parts import (
    PartView,
    further_parts,
    list_pages,
    part,
    parts_of,
    statement_sheets,
)
from generator.pages.pictures import step
from generator.pages.views import NOT_A_SCORE, PUBLIC_ROLES, Link, Views
from generator.recognise import spoken_date
from generator.rights import wording
from generator.vocabulary import Person
from generator.wording import CLAIMS, Wording


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said to one State on one cluster, with the length of its bar; without a number there is no link."""

    number: int
    cluster: str
    link: Link | None
    step: int


@dataclass(frozen=True, slots=True)
class SessionView:
    """What a session page shows: dates, and a grid of States and clusters that shows silence."""

    name: str
    body: str
    # In words, and the first and last day as far as they are known.
    dates: str
    first: str
    last: str
    basis: str
    source: str
    examinations: tuple[LatestView, ...]
    # Whose rights the clusters are about, with how many of them; empty where it is the same for all.
    spans: tuple[tuple[str, int], ...]
    clusters: tuple[str, ...]
    grid: tuple[tuple[Link, tuple[Cell, ...]], ...]
    pager: Pager | None
    # Whose statements the grid counts.
    speakers: str
    narrow: Link
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
    cited: tuple[StateItems, ...]
    citing: int
    pager: Pager | None
    not_a_score: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """A public role somebody held at an examination, with the words that say so."""

    role: str
    state: Link
    examination: Link
    # How they are given, and whether they are the document's own.
    given: str
    quoted: bool
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
    """Sessions, treaties and people, each with its list."""
    yield from _sessions(views)
    yield from _treaties(views)
    yield from _people(views)


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
        yield from _session(views, body, number, examinations, dates)
    listed = list_pages(
        views,
        "sessions/",
        "Sessions",
        "Sessions of the bodies that examine States, with the States examined.",
        "Sessions with at least one examination on this site, the latest first.",
        [Group(body, tuple(links)) for body, links in by_body.items()],
        "A session holds more examinations than those shown: only those whose documents are here.",
    )
    calendar = sessions_calendar(views, tuple(views.corpus.examinations.values()))
    for page in listed:
        yield replace(page, follow=Follow(calendar=calendar)) if page.address == "sessions/" else page


def _session(
    views: Views, body: str, number: int, examinations: tuple[PublishedExamination, ...], dates: str
) -> Iterator[Page]:
    link = views.session(examinations[0])
    in_order = sorted(examinations, key=lambda e: views.vocabulary.states[e.state].short)
    cut_up = sheets(
        link.address, [Group("", tuple(in_order))], one_item, views.items // _ROOM_OF_STATE, partial(_from_to, views)
    )
    for sheet in cut_up:
        first = sheet.number == 1
        yield Page(
            sheet.address,
            "session",
            sheet.titled(link.text),
            f"{link.text}: the States examined and what was talked about{sheet.suffix}.",
            partial(_session_view, views, body, number, examinations, dates, sheet),
            (Link("Sessions", "sessions/"),),
            holds=tuple({one.id: one for held in examinations for one in held.statements}.values()) if first else None,
            follow=Follow(calendar=sessions_calendar(views, examinations)) if first else None,
            continues=sheet.continues,
        )


# A State's row of the grid, with what was written down of it, takes the room of four statements.
_ROOM_OF_STATE = 4


def _from_to(views: Views, groups: tuple[Group[PublishedExamination], ...]) -> str:
    """Which States a page of a session holds."""
    names = [views.vocabulary.states[one.state].short for group in groups for one in group.items]
    return f"{names[0]} – {names[-1]}"


def _session_view(
    views: Views,
    body: str,
    number: int,
    examinations: tuple[PublishedExamination, ...],
    dates: str,
    sheet: Sheet[PublishedExamination],
) -> SessionView:
    session = views.vocabulary.sessions.get((body, number))
    themes = views.vocabulary.themes
    said = {themes[t].cluster for e in examinations for one in e.statements for t in one.statement.themes}
    # The body's own clusters, where silence tells something, and those of which something was said: everybody's rights
    # before those of another body's guidelines.
    known = sorted(views.vocabulary.clusters.values(), key=lambda c: (c.body != body, c.body != ""))
    clusters = {c.id: c for c in known if c.body == body or c.id in said}
    spans = Counter(themes[c.people].label if c.people else "Rights of everybody" for c in clusters.values())
    in_order = [one for group in sheet.groups for one in group.items]
    counts = {e.key: by_cluster(views, e) for e in examinations}
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
            cells.append(Cell(number, cluster.label, link, step(number, most)))
        grid.append((Link(name, examination.address), tuple(cells)))
    examiner = views.body(examinations[0])
    return SessionView(
        name=views.session(examinations[0]).text,
        body=f"{examiner.name}{f', {examiner.of}' if examiner.of else ''}",
        dates=dates,
        first=(session.start or "") if session else "",
        last=(session.end or "") if session else "",
        basis=session.basis if session else "",
        source=session.source if session else "",
        examinations=tuple(replace(latest_view(views, e), examination=_in_session(views, e)) for e in in_order),
        spans=tuple(spans.items()) if len(spans) > 1 else (),
        clusters=tuple(cluster.label for cluster in clusters.values()),
        grid=tuple(grid),
        pager=sheet.pager,
        speakers="the Committee" if examinations[0].treaty else "reviewing States",
        narrow=narrowed(session=views.session(examinations[0]).text),
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
    cited = [
        one
        for one in views.corpus.statements
        if not views.corpus.comes_back(one) and any(c.id == treaty_id for c in one.statement.cites)
    ]
    cut_up = statement_sheets(views, f"treaties/{treaty_id.lower()}/", views.by_theme.by_state(cited))
    for sheet in cut_up:
        yield Page(
            sheet.address,
            "treaty" if sheet.number == 1 else "treaty-further",
            sheet.titled(f"{treaty.short} ({treaty_id})"),
            f"{treaty.title}: examinations, and where it is cited{sheet.suffix}.",
            partial(_treaty_view, views, treaty_id, len(cited), sheet),
            (Link("Treaties", "treaties/"),),
            (("corpus", ""),) if sheet.number == 1 else (),
            sheet.holds(cited),
            continues=sheet.continues,
        )


def _treaty_view(views: Views, treaty_id: str, citing: int, sheet: Sheet[LinkedStatement]) -> TreatyView:
    treaty = views.vocabulary.treaties.by_id[treaty_id]
    ratifications = views.vocabulary.ratifications
    # The pages after the first hold nothing but what cites it.
    first = sheet.number == 1
    bound = tuple(
        (
            views.state(code),
            str(ratifications.years[code][treaty_id])
            if treaty_id in ratifications.years.get(code, {})
            else "not recorded",
        )
        for code in (views.corpus.by_state if first else ())
    )
    return TreatyView(
        id=treaty_id,
        title=treaty.title,
        short=treaty.short,
        adopted=spoken_date(treaty.adopted) if treaty.adopted else "",
        in_force=spoken_date(treaty.in_force) if treaty.in_force else "",
        resolution=treaty.resolution,
        note=treaty.note,
        examinations=tuple(latest_view(views, e) for e in views.corpus.by_treaty.get(treaty_id, ()) if first),
        bound=bound,
        parties=sum(1 for years in ratifications.years.values() if treaty_id in years),
        as_of=ratifications.as_of,
        cited=state_items(views, sheet),
        citing=citing,
        pager=sheet.pager,
        not_a_score=NOT_A_SCORE,
    )


# --- people -----------------------------------------------------------------------------------------------------


def _people(views: Views) -> Iterator[Page]:
    roles: dict[str, list[tuple[PublishedExamination, str, Fact]]] = defaultdict(list)
    for examination in views.corpus.examinations.values():
        for name, fact in examination.told:
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
    cut_up = statement_sheets(views, address, [part(title, "", said.values(), "None is recorded.")])
    crumbs = (Link("People", "people/"),)
    yield Page(
        address,
        "person",
        name,
        f"{name}: public roles at examinations of States.",
        partial(_person_view, views, held, cut_up[0]),
        crumbs,
        holds=tuple(said.values()),
    )
    yield from further_parts(views, cut_up, name, crumbs)


def _given(fact: Fact, examination: PublishedExamination) -> str:
    """How the words that say a fact are given."""
    if fact.status == "corrected":
        return "corrected by the editor"
    return CLAIMS[wording(fact.text, examination.documents[0])].names.lower()


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
                _given(fact, e),
                wording(fact.text, e.documents[0]) is Wording.QUOTED,
                fact.text,
                fact.of,
                views.origin(e, fact),
            )
            for e, role, fact in held
        ),
        parts=parts_of(views, sheet),
        pager=sheet.pager,
    )
