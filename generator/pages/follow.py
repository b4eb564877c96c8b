"""What a page offers to those who come back: a feed of what is new on it, and a calendar of its dates.

Takes what pages plan. Gives `Follow`, from which the files are made, and their names with what a reader calls them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Due, Kind
from generator.pages.link import Link
from generator.pages.views import Views

# Name, what a reader calls it, media type.
FEED = ("feed.xml", "Atom", "application/atom+xml")
COMMITMENTS, SESSIONS = "commitments.ics", "sessions.ics"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A file of dates: `due` are commitments with a date, `examinations` stand on their days with their sessions.

    `note` says how many dates it holds, of how many things.
    """

    name: str
    note: str
    due: tuple[LinkedStatement, ...] = ()
    examinations: tuple[PublishedExamination, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """How a page can be followed: by a feed with an entry for each examination, where its list has one; by dates."""

    # Told of in any case, whether statements of them are listed or not.
    examinations: tuple[PublishedExamination, ...] = ()
    # Where the page, or one that continues it, begins to tell of a State, by code.
    begins: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar | None = None


def feed_links(address: str) -> tuple[Link, ...]:
    """The feed beside a page."""
    name, label, media = FEED
    return (Link(label, f"{address}{name}", note=media),)


def commitments_calendar(views: Views, linked: Iterable[LinkedStatement]) -> Calendar | None:
    """The commitments of a page that have a date, by date; None where none has."""
    made = [one for one in linked if one.statement.kind is Kind.COMMITMENT and views.corpus.is_indexed(one)]
    due = sorted((one for one in made if one.statement.due), key=lambda one: (one.statement.due.date, one.id))  # type: ignore[union-attr]
    note = f"{_counted(len(due), len(made), 'commitment')}: those for which a date is given"
    return Calendar(COMMITMENTS, note, due=tuple(due)) if due else None


def sessions_calendar(views: Views, examinations: Sequence[PublishedExamination]) -> Calendar | None:
    """Sessions as far as a day of them is known, and examinations whose day is; None where no day is known."""
    sessions = {one.session_key for one in examinations}
    known = sum(session_days(views, *key) is not None for key in sessions)
    days = sum(day_of(one) is not None for one in examinations)
    note = (
        f"{_counted(known, len(sessions), 'session')} and {_counted(days, len(examinations), 'examination')}: "
        "those whose days are recorded"
    )
    return Calendar(SESSIONS, note, examinations=tuple(examinations)) if known or days else None


def _counted(number: int, of: int, what: str) -> str:
    return f"{number} of {of} {what}{'s' * (of != 1)}"


# --- days -------------------------------------------------------------------------------------------------------


def day_of(examination: PublishedExamination) -> datetime.date | None:
    """The day of an examination; None where only a month, a year or nothing is recorded."""
    return _day(examination.facts.date.value) if examination.facts.date else None


def session_days(views: Views, body: str, number: int) -> tuple[datetime.date | None, datetime.date | None] | None:
    """The first and the last day of a session, as far as they are recorded; None where neither is."""
    session = views.vocabulary.sessions.get((body, number))
    if session is None:
        return None
    first, last = _day(session.start or ""), _day(session.end or "")
    return (first, last) if first or last else None


def last_day(due: Due) -> datetime.date:
    """The last day of the time that something is due in: `2027` ends on 31 December 2027.

    Times of the year count as their last month, as `Due` writes them: mid-2016 ends with June.
    """
    year, *rest = map(int, due.date.rpartition("/")[2].split("-"))
    if len(rest) == 2:
        return datetime.date(year, *rest)
    month = rest[0] if rest else 12
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def _day(iso: str) -> datetime.date | None:
    """A date that names a day."""
    return datetime.date.fromisoformat(iso) if len(iso) == len("2015-05-27") else None
