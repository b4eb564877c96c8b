"""The page of a State: its examinations on a time line, threads from one to the next, promises, open questions.

Takes the corpus by `Views` and what editors decided about threads. Gives the list of countries and, for each State, its
page and the pages of its threads.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.corpus import BODY_SIDE, LinkedStatement, PublishedExamination
from generator.model import Kind
from generator.pages.departed import MovedView, moved_page
from generator.pages.examination import is_unanswered_question
from generator.pages.follow import Follow, commitments_calendar
from generator.pages.home import LatestView, latest_view
from generator.pages.items import Item, Later
from generator.pages.layout import statement_items
from generator.pages.link import narrowed
from generator.pages.page import Drawn, Page
from generator.pages.paging import Group, Pager, Sheet, sheets
from generator.pages.parts import PartView, further_parts, list_pages, part, parts_of, statement_sheets
from generator.pages.pictures import tile_map
from generator.pages.views import DOCUMENT_WORDS, NOT_A_SCORE, Link, Tally, Views, by_due_date, kind_count
from generator.recognise import spoken_date
from generator.threads import Confirmation, Status, Step, Thread, threads
from generator.wording import Wording, wording_of

STATUSES = {
    Status.RAISED_AGAIN: "raised again",
    Status.NEW: "new",
    Status.NOT_MENTIONED: "not mentioned in this document",
}
_SUGGESTED = "suggested by rule; an editor has not confirmed it"
# Headings of the table of threads: what the latest compared examination of a theme is.
_GROUPS = (
    ("Raised again", Status.RAISED_AGAIN),
    ("New", Status.NEW),
    ("Not mentioned in the latest document", Status.NOT_MENTIONED),
    ("Other themes", None),
)


@dataclass(frozen=True, slots=True)
class EventView:
    """An examination on the time line. `at` is its place from left to right, in per cent; `lane` its line, from 0."""

    number: int
    when: str
    body: str
    session: Link
    sources: tuple[str, ...]
    examination: Link
    statements: int
    at: float | None
    lane: int


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The examinations of a State from the first to the last; `ticks` are years with their place in per cent."""

    title: str
    description: str
    events: tuple[EventView, ...]
    lanes: tuple[str, ...]
    ticks: tuple[tuple[int, float], ...]
    undated: bool

    @property
    def drawn(self) -> tuple[EventView, ...]:
        """Those whose time is known."""
        return tuple(event for event in self.events if event.at is not None)


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status in words, and who says so."""

    id: str
    text: str
    confirmed: bool
    says: str
    note: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A theme at an examination: how much was raised and said, where it is listed, and the status."""

    examination: Link
    raised: int
    answered: int
    further: int
    to: Link
    status: StatusView | None

    @property
    def number(self) -> int:
        """How many statements."""
        return self.raised + self.answered + self.further


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """What was said of one State on one theme, by examination in the order of time."""

    theme: Link
    cells: tuple[CellView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster of themes. `cells`: statements of each examination, and those said to the State."""

    label: str
    anchor: str
    cells: tuple[tuple[int, int], ...]
    themes: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class BoundView:
    """A treaty and what the register of ratifications says of the State: `text` is a year, or words."""

    treaty: Link
    text: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One examination of a thread, with its statements as far as they stand on this page.

    A statement stands once on a page, under the first of its themes; `above` leads there from the others.
    """

    anchor: str
    theme: Link | None
    examination: Link
    status: StatusView | None
    # What kind of document its words stand in.
    badge: str
    items: tuple[Item, ...]
    above: tuple[Link, ...]
    empty: str
    continued: bool


@dataclass(frozen=True, slots=True)
class CountryView:
    """What a country page shows. `status` is that in the vocabulary: member, observer, territory, other party."""

    code: str
    status: str
    name: str
    formal: str
    names: tuple[tuple[str, str], ...]
    former: tuple[str, ...]
    region: str
    ratifications: tuple[BoundView, ...]
    as_of: str
    source: str
    examinations: tuple[LatestView, ...]
    timeline: TimelineView
    columns: tuple[Link, ...]
    groups: tuple[tuple[str, tuple[ThemeRow, ...]], ...]
    compared: bool
    confirmed: int
    suggested: str
    clusters: tuple[ClusterRow, ...]
    # What it promised, and questions with no answer recorded.
    parts: tuple[PartView, ...]
    pager: Pager | None
    # The threads themselves, where they are short; else they have pages of their own.
    steps: tuple[StepView, ...]
    # What it recommended to other States, in words; empty where it recommended nothing.
    recommended: str
    tallies: tuple[Tally, ...]
    narrow: Link
    not_a_score: str

    @property
    def themes(self) -> tuple[ThemeRow, ...]:
        """All rows of the table of threads."""
        return tuple(row for _, rows in self.groups for row in rows)


@dataclass(frozen=True, slots=True)
class ThreadsView:
    """A page of threads."""

    state: Link
    steps: tuple[StepView, ...]
    pager: Pager | None
    suggested: str
    not_a_score: str


# --- the list ---------------------------------------------------------------------------------------------------


def country_pages(views: Views, confirmations: Sequence[Confirmation], codes: Sequence[str]) -> Iterator[Page]:
    """The list of countries; and the page of each of these with its threads."""
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
    made = _recommended(views) if codes else {}
    for code in codes:
        yield from _country(views, code, tuple(one for one in confirmations if one.state == code), made.get(code, ""))


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


# --- the page of a State ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """What the documents on a State tell, one with another.

    `sheet` is what its page lists of it; `joined` holds the threads where they stand on the same page.
    """

    linked: tuple[LinkedStatement, ...]
    threads: tuple[Thread, ...]
    places: Places
    later: Later
    sheet: Sheet[LinkedStatement]
    joined: Sheet[_Mention] | None


def _country(views: Views, code: str, confirmed: tuple[Confirmation, ...], recommended: str) -> Iterator[Page]:
    state = views.vocabulary.states[code]
    examinations = views.corpus.by_state[code]
    told = threads(views.corpus, views.vocabulary.themes, code, confirmed)
    linked = tuple({one.id: one for e in examinations for one in e.statements}.values())
    crumbs = (Link("Countries", "countries/"),)
    # Where nothing can be compared a theme has no thread: its words stand on the page of the theme.
    compared = tuple(one for one in told if any(step.compared or step.confirmed for step in one.steps))
    listed = _thread_sheets(views, state.slug, compared)
    shown = [
        part(
            "What it promised",
            "Commitments that documents record, those with a date first. Whether one was kept is not for this page "
            "to say: it shows where a later document speaks of the same theme.",
            _promises(views, linked),
            "No commitment is recorded in the documents here.",
        ),
        part(
            "Questions with no answer recorded",
            "",
            _open_questions(views, linked),
            "After every question that is recorded here, the State spoke.",
        ),
    ]
    cut_up = statement_sheets(views, f"countries/{state.slug}/", shown)
    joined = _joined(listed, cut_up, views.full_items)
    places = _places((joined,) if joined else listed)
    later = _later(views, told, places, linked)
    record = _Told(linked, told, places, later, cut_up[0], joined)
    source = (examinations, confirmed)
    yield Page(
        cut_up[0].address,
        "country",
        state.short,
        f"{state.short} before the United Nations on human rights: examinations, concerns, promises.",
        partial(_country_view, views, code, Drawn(record, source), recommended),
        crumbs,
        (("state", code),),
        linked,
        Follow(examinations=examinations, calendar=commitments_calendar(views, linked)),
    )
    yield from further_parts(views, cut_up, state.short, crumbs, later)
    here = Link(state.short, f"countries/{state.slug}/")
    if (joined or not compared) and listed[0].address in views.registry.addresses.known:
        yield moved_page(listed[0].address, here, partial(_moved, here))
    for sheet in listed if compared and not joined else ():
        yield Page(
            sheet.address,
            "threads",
            sheet.titled(f"{state.short}, theme by theme"),
            f"What was said to {state.short} on each theme, from one examination to the next{sheet.suffix}.",
            partial(_threads_view, views, here, Drawn(sheet, (*source, sheet.address))),
            (*crumbs, here),
        )


def _moved(here: Link) -> MovedView:
    """Threads that had a page of their own stand on the page of the State now."""
    return MovedView(here, "What was said theme by theme stands on the page of the State.", "", "", None, ())


def _country_view(
    views: Views,
    code: str,
    drawn: Drawn[_Told],
    recommended: str,
) -> CountryView:
    state, vocabulary = views.vocabulary.states[code], views.vocabulary
    examinations = views.corpus.by_state[code]
    record = drawn.value
    groups, compared = _rows(views, record.threads, record.places)
    if not compared:  # the table of clusters leads to the same words
        groups = ()
    return CountryView(
        code=code,
        status=state.status,
        name=state.short,
        formal=state.formal,
        names=tuple((lang, name) for lang, name in state.names.items() if name != state.short),
        former=tuple(f"known as {name} until {year}" if year else f"known as {name}" for name, year in state.former),
        region=", ".join(dict.fromkeys(filter(None, (state.region, state.subregion)))),
        ratifications=tuple(_bound(views, code)),
        as_of=vocabulary.ratifications.as_of,
        source=vocabulary.ratifications.source,
        examinations=tuple(latest_view(views, e) for e in examinations),
        timeline=timeline(views, state.short, tuple(reversed(examinations))),
        columns=tuple(views.examination(e) for e in reversed(examinations)),
        groups=groups,
        compared=compared,
        confirmed=sum(step.confirmed is not None for thread in record.threads for step in thread.steps),
        suggested=_SUGGESTED,
        clusters=tuple(_clusters(views, record.threads, tuple(reversed(examinations)))),
        parts=parts_of(views, record.sheet, record.later, named=False),
        pager=record.sheet.pager,
        steps=tuple(_step_views(views, record.joined, _ids(record.sheet))) if record.joined else (),
        recommended=recommended,
        tallies=views.tallies(record.linked),
        narrow=narrowed(state=code),
        not_a_score=NOT_A_SCORE,
    )


def _clusters(
    views: Views, told: tuple[Thread, ...], examinations: tuple[PublishedExamination, ...]
) -> Iterator[ClusterRow]:
    """What was said by clusters, each with its themes as links to the State's words on them."""
    counted = [by_cluster(views, examination) for examination in examinations]
    for cluster in views.vocabulary.clusters.values():
        cells = tuple(found.get(cluster.id, (0, 0)) for found in counted)
        if any(number for number, _ in cells):
            threads_of = [one for one in told if views.vocabulary.themes[one.theme].cluster == cluster.id and one.total]
            state = examinations[0].state
            themes = tuple(
                (replace(views.said_of(state, one.theme), text=views.theme(one.theme).text), one.total)
                for one in threads_of
            )
            yield ClusterRow(cluster.label, cluster_anchor(cluster.id), cells, themes)


def cluster_anchor(cluster: str) -> str:
    """Where a cluster stands on a country's page."""
    return f"on-{cluster.lower()}"


def by_cluster(views: Views, examination: PublishedExamination) -> dict[str, tuple[int, int]]:
    """By cluster: how many statements of an examination the indexes hold, and how many of them were said to it."""
    themes = views.vocabulary.themes
    found: dict[str, tuple[int, int]] = {}
    for one in examination.statements:
        if views.corpus.is_indexed(one):
            for cluster in {themes[theme].cluster for theme in one.statement.themes}:
                told, to_state = found.get(cluster, (0, 0))
                found[cluster] = (told + 1, to_state + (one.statement.speaker in BODY_SIDE))
    return found


def _bound(views: Views, code: str) -> Iterator[BoundView]:
    """Every treaty, in the order of adoption, with what the register says."""
    register = views.vocabulary.ratifications
    for treaty in sorted(views.vocabulary.treaties.by_id.values(), key=lambda one: (one.adopted, one.id)):
        year = register.years.get(code, {}).get(treaty.id)
        text = "not recorded"
        if year is not None:
            text = str(year)
        elif treaty.id in register.signed.get(code, ()):
            text = "signed, not bound"
        elif treaty.id in register.neither.get(code, ()):
            text = "not bound"
        yield BoundView(Link(treaty.id, views.treaty(treaty.id).address, note=treaty.short), text)


def _open_questions(views: Views, linked: Iterable[LinkedStatement]) -> Iterator[LinkedStatement]:
    for one in linked:
        if is_unanswered_question(views, one) and views.corpus.is_indexed(one):
            yield one


def _promises(views: Views, linked: Sequence[LinkedStatement]) -> list[LinkedStatement]:
    """Commitments, those with a date first and by date."""
    found = [one for one in linked if one.statement.kind is Kind.COMMITMENT and views.corpus.is_indexed(one)]
    return sorted(found, key=by_due_date)


# --- the time line ----------------------------------------------------------------------------------------------

_MOST_TICKS = 6  # years that stand beside each other on a telephone
_LEFT, _WIDTH = 3.0, 94.0  # of the line, in per cent: a mark at its end is not cut off


def timeline(views: Views, name: str, examinations: Sequence[PublishedExamination]) -> TimelineView:
    """These examinations by their day, or by the first day of the session where no day is recorded."""
    days = {e.key: _day(views, e) for e in examinations}
    ordered = sorted(examinations, key=lambda e: (days[e.key] or "9999", e.key))
    known = [_year(day) for day in days.values() if day]
    first, last = (int(min(known)), int(max(known)) + 1) if known else (0, 1)
    if last - first == 1:  # one year alone stands in the middle
        first, last = first - 1, last + 1
    lanes = list(dict.fromkeys(views.frame(e) for e in ordered))
    step = -(-(last - first) // (_MOST_TICKS - 1))

    def place(year: float) -> float:
        return round(_LEFT + _WIDTH * (year - first) / (last - first), 2)

    events = tuple(
        EventView(
            number=number,
            when=_when(views, e),
            body=views.body(e).name,
            session=Link(e.facts.session.name if e.facts.session else "", views.session(e).address),
            sources=tuple(
                dict.fromkeys(
                    f"{DOCUMENT_WORDS.get(d.provenance.kind, 'document')}, "
                    f"{d.provenance.publisher or 'publisher not recorded'}"
                    for d in e.documents
                )
            ),
            examination=views.examination(e),
            statements=sum(map(views.corpus.is_indexed, e.statements)),
            at=place(_year(day)) if (day := days[e.key]) else None,
            lane=lanes.index(views.frame(e)),
        )
        for number, e in enumerate(ordered, 1)
    )
    told = "; ".join(f"{event.number}: {event.examination.text}, {event.when}" for event in events)
    return TimelineView(
        title=f"Examinations of {name} by date",
        description=f"{told}.",
        events=events,
        lanes=tuple(lanes),
        ticks=tuple((year, place(year)) for year in range(first, last + 1, step)) if known else (),
        undated=len(known) < len(events),
    )


def _day(views: Views, examination: PublishedExamination) -> str | None:
    """The day of an examination, else the first of its session."""
    if examination.facts.date:
        return examination.facts.date.value.split("/")[0]
    session = views.vocabulary.sessions.get(examination.session_key)
    return session.start if session else None


def _year(day: str) -> float:
    """A day as a year with its fraction."""
    at = datetime.date.fromisoformat(day)
    return at.year + (at.timetuple().tm_yday - 1) / 366


def _when(views: Views, examination: PublishedExamination) -> str:
    if examination.facts.date:
        return examination.facts.date.name
    day = _day(views, examination)
    return f"day not recorded; the session began on {spoken_date(day)}" if day else "day not recorded"


# --- threads ----------------------------------------------------------------------------------------------------

# A statement of a step, None where it has none; and whether it stands first, under the step's heading.
_Mention = tuple[LinkedStatement | None, bool]
# Where a theme's examination is listed.
Places = dict[tuple[str, str], Link]


def _thread_sheets(views: Views, slug: str, told: tuple[Thread, ...]) -> list[Sheet[_Mention]]:
    """Threads on as many pages as they take: a group for each theme at each examination."""
    groups: list[Group[_Mention]] = []
    for thread in told:
        for number, step in enumerate(thread.steps):
            items = tuple((one, place == 0) for place, one in enumerate(step.statements)) or ((None, True),)
            groups.append(Group(views.theme(thread.theme).text, items, (thread.theme, step, number == 0)))
    return sheets(f"countries/{slug}/threads/", groups, _mention_items, views.items)


def _mention_items(mention: _Mention) -> int:
    return statement_items(mention[0]) if mention[0] else 1


def _joined(
    listed: Sequence[Sheet[_Mention]], beside: Sequence[Sheet[LinkedStatement]], room: int
) -> Sheet[_Mention] | None:
    """The threads as part of the page of the State, where both are short; None where they need pages of their own."""
    if len(listed) > 1 or len(beside) > 1:
        return None
    threads_, lists = (sum(len(group.items) for group in one.groups) for one in (listed[0], beside[0]))
    return replace(listed[0], address=beside[0].address) if threads_ and threads_ + lists <= room else None


def _ids(sheet: Sheet[LinkedStatement]) -> set[str]:
    return {one.id for group in sheet.groups for one in group.items}


def _places(listed: Sequence[Sheet[_Mention]]) -> Places:
    found: Places = {}
    for sheet in listed:
        for group in sheet.groups:
            theme, step, _ = group.key
            if not group.continued:
                name = _anchor(theme, step)
                found[theme, step.examination.key] = Link("", sheet.address, name)
    return found


def _anchor(theme: str, step: Step) -> str:
    return f"{theme}.{step.examination.facts.stem}"


def _place(views: Views, places: Places, theme: str, step: Step) -> Link:
    """Where the words of a step stand: in its thread, else with all that was said of the State on the theme."""
    return places.get((theme, step.examination.key)) or views.said_of(step.examination.state, theme)


def _rows(
    views: Views, told: tuple[Thread, ...], places: Places
) -> tuple[tuple[tuple[str, tuple[ThemeRow, ...]], ...], bool]:
    """The table of threads in groups, by the status of the latest examination that could be compared."""
    compared = any(step.compared for thread in told for step in thread.steps)
    grouped: dict[Status | None, list[ThemeRow]] = defaultdict(list)
    for thread in told:
        cells = tuple(
            CellView(
                views.examination(step.examination),
                len(step.raised),
                len(step.answered),
                len(step.further),
                _place(views, places, thread.theme, step),
                _status(step),
            )
            for step in thread.steps
        )
        row = ThemeRow(views.theme(thread.theme), cells, thread.total)
        latest = next((step for step in reversed(thread.steps) if step.compared), None)
        grouped[latest.status if latest else None].append(row)
    if not compared:
        return ((("Themes", tuple(grouped[None])),) if grouped[None] else ()), False
    return tuple((title, tuple(grouped[status])) for title, status in _GROUPS if grouped[status]), True


def _status(step: Step) -> StatusView | None:
    if step.status is None:
        return None
    one = step.confirmed
    says = f"confirmed by {one.editor or 'an editor'}" if one else _SUGGESTED
    label = STATUSES[step.status]
    if step.status is Status.NOT_MENTIONED and _is_digest(step):
        label = "not mentioned in this digest, which tells a choice"
    return StatusView(step.status, label, one is not None, says, one.note if one else "")


def _is_digest(step: Step) -> bool:
    """Whether all that is here of an examination is a digest, which may leave out what its document says."""
    return all(wording_of(one.provenance.kind) is Wording.PARAPHRASED for one in step.examination.documents)


def _later(
    views: Views, told: tuple[Thread, ...], places: Places, linked: Iterable[LinkedStatement]
) -> dict[str, tuple[Link, ...]]:
    """For each commitment, the examinations held after it whose documents speak of a theme of it."""
    by_theme = {thread.theme: thread for thread in told}
    found: dict[str, tuple[Link, ...]] = {}
    for one in linked:
        if one.statement.kind is not Kind.COMMITMENT:
            continue
        made = views.corpus.examination_of(one)
        links: dict[str, Link] = {}
        for theme in one.statement.themes:
            for step in by_theme[theme].steps if theme in by_theme else ():
                after = step.examination
                if step.statements and after.key not in links and _is_after(views, after, made):
                    to = _place(views, places, theme, step)
                    text = f"{views.theme(theme).text}, {views.examination(after).text}"
                    links[after.key] = Link(text, to.address, to.anchor)
        if links:
            found[one.id] = tuple(links.values())
    return found


def _is_after(views: Views, one: PublishedExamination, other: PublishedExamination) -> bool:
    """Whether an examination was held after another, as far as that is known."""
    if one.session_key == other.session_key:
        return False
    if one.facts.sitting == other.facts.sitting:
        return one.session > other.session
    day, before = _day(views, one), _day(views, other)
    return bool(day and before and day > before)


def _threads_view(views: Views, state: Link, drawn: Drawn[Sheet[_Mention]]) -> ThreadsView:
    sheet = drawn.value
    return ThreadsView(state, tuple(_step_views(views, sheet, set())), sheet.pager, _SUGGESTED, NOT_A_SCORE)


def _step_views(views: Views, sheet: Sheet[_Mention], shown: set[str]) -> Iterator[StepView]:
    """The steps of a page on which these statements are shown already; each further one is shown once."""
    for number, group in enumerate(sheet.groups):
        theme, step, begins = group.key
        told = [one for one, _ in group.items if one]
        new = [one for one in told if one.id not in shown]
        shown |= {one.id for one in new}
        yield StepView(
            anchor=_anchor(theme, step) + ("-continued" if group.continued else ""),
            # The theme stands over its first examination, and again where a page begins inside it.
            theme=views.theme(theme) if (begins and not group.continued) or number == 0 else None,
            examination=views.examination(step.examination),
            status=_status(step),
            badge=views.document(told[0]).provenance.badge if told else "",
            items=tuple(Item(one, views) for one in new),
            above=tuple(_read_it(views, one) for one in told if one not in new),
            empty="" if step.statements else _nothing(step),
            continued=group.continued,
        )


def _read_it(views: Views, linked: LinkedStatement) -> Link:
    """A statement by its kind and line, with its own place."""
    kind = kind_count(linked.statement.kind, 1).removeprefix("1 ")
    return Link(f"{kind}, line {linked.statement.line}", views.place(linked), linked.id)


def _nothing(step: Step) -> str:
    """What is said of an examination at which the indexes hold nothing on a theme."""
    if step.status is Status.NOT_MENTIONED and _is_digest(step):
        return "Not mentioned in this digest, which tells a choice: the document it rests on may speak of it."
    if step.status is Status.NOT_MENTIONED:
        return "Not mentioned in this document."
    if step.mentioned:
        return "Spoken of, but nothing that the indexes hold."
    if not step.compared:
        return "Nothing recorded on this theme; no earlier document here to compare with."
    return "Nothing recorded on this theme."
