"""Calendars of what has a date (iCalendar, RFC 5545): commitments on the day they are due, sessions and examinations.

Takes `Views` and a page. Gives its calendar by address. Every event lasts whole days. A time that is no day – a year, a
month – stands on its last day, and the event says so with the document's own words.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.corpus import LinkedStatement, PublishedExamination
from generator.pages import Page
from generator.pages.follow import COMMITMENTS, SESSIONS, day_of, last_day, session_days
from generator.pages.link import Link
from generator.pages.views import Views
from generator.recognise import spoken_date

CALENDAR_FILES = (COMMITMENTS, SESSIONS)
_LINE = 75  # octets of a line without its end
_TITLE = 90  # characters of the words in an event's title: the whole words stand in its description
_CONTROL = dict.fromkeys((*range(9), *range(10, 32), 127), " ")
_BEFORE_ALL = datetime.date(1970, 1, 1)  # the stamp of what has no day of its own
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """Something on whole days, from the first to the last. `stamp` is the day from which it is known."""

    uid: str
    first: datetime.date
    last: datetime.date
    title: str
    text: str
    link: Link
    stamp: datetime.date
    category: str


def page_calendar(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The calendar beside a page, by address; none where the page has none."""
    calendar = page.follow.calendar if page.follow else None
    if calendar is None:
        return
    promised = (_promise(views, one) for one in calendar.due)
    sessions = {one.session_key: one for one in calendar.examinations}
    sat = (_session(views, one) for _, one in sorted(sessions.items()))
    held = (_examination(views, one) for one in calendar.examinations)
    events = [one for one in (*promised, *sat, *held) if one]
    name = page.title if calendar.name == SESSIONS else f"{page.title}: commitments with a date"
    name = "Commitments with a date" if page.address == "commitments/" else name
    yield f"{page.address}{calendar.name}", _calendar(views, f"Sessional: {name}", calendar.note, events)


# --- events -----------------------------------------------------------------------------------------------------


def _promise(views: Views, linked: LinkedStatement) -> Event:
    """A commitment on the last day of the time it is due in."""
    due, examination = linked.statement.due, views.corpus.examination_of(linked)
    assert due is not None  # noqa: S101 - the calendar of a page holds those with a date
    day = last_day(due)
    view = views.statement(linked, brief=True)
    who = f"{view.state.text} – {view.speaker}"
    if view.quoted:
        told = [f"The document gives the date in these words: “{due.text}”."]
        title, words = f"{who}: “{_first_words(view.text)}” ({view.due})", views.cited_statement(linked).abstract
    else:
        # What the source's terms keep back, and our own words for it, are no quotation.
        told, words = [], f"Commitment: {who}. {view.badge}"
        title = f"{who}: a commitment with a date"
    if due.precision != "day":
        told.append(f"No day is given: the event stands at the end of that time, on {spoken_date(day.isoformat())}.")
    told.append("Whether it was kept is not recorded here.")
    return Event(
        f"{linked.id}.due@sessional",
        day,
        day,
        title,
        "\n".join((" ".join(told), words)),
        view.permalink,
        _known_since(views, examination),
        "Commitment",
    )


def _session(views: Views, examination: PublishedExamination) -> Event | None:
    """The session in which an examination was held; what is known of it only in part stands on one day."""
    days = session_days(views, *examination.session_key)
    if days is None:
        return None
    link = views.session(examination)
    first, last = days[0] or days[1], days[1] or days[0]
    assert first is not None  # noqa: S101 - one of both is known
    assert last is not None  # noqa: S101
    edge = "" if all(days) else (": first day" if days[0] else ": last day")
    of = views.body(examination)
    text = f"{of.name}{f', {of.of}' if of.of else ''}."
    if edge:
        text += f" The {'last' if days[0] else 'first'} day of the session is not recorded."
    body, number = examination.session_key
    uid = f"session-{body}-{number}@sessional".lower()
    return Event(uid, first, last, f"{link.text}{edge}", text, link, first, "Session")


def _examination(views: Views, examination: PublishedExamination) -> Event | None:
    """An examination on its day."""
    day = day_of(examination)
    if day is None:
        return None
    link = views.examination(examination)
    told = ", ".join(one.text for one in views.tallies_of(examination)) or "no statements"
    documents = dict.fromkeys(f"{one.provenance.publisher}. {one.provenance.badge}" for one in examination.documents)
    text = f"{views.session(examination).text}. On the site: {told}. Source: {' '.join(documents)}"
    title = f"{views.state(examination.state).text} examined: {link.text}"
    return Event(f"{examination.key}@sessional", day, day, title, text, link, day, "Examination")


def _known_since(views: Views, examination: PublishedExamination) -> datetime.date:
    """The day of an examination, else the last known one of its session."""
    first, last = session_days(views, *examination.session_key) or (None, None)
    return day_of(examination) or last or first or _BEFORE_ALL


def _first_words(text: str) -> str:
    """As many whole words as fit into a title; the mark tells that they go on."""
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rsplit(' ', 1)[0]} […]"


# --- the file ---------------------------------------------------------------------------------------------------


def _calendar(views: Views, name: str, note: str, events: Iterable[Event]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sessional//Sessional//EN",
        "CALSCALE:GREGORIAN",
        # Of RFC 7986, and what calendars knew before it.
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"DESCRIPTION:{_text(note)}",
    ]
    for one in sorted(events, key=lambda event: (event.first, event.uid)):
        address = views.written(one.link)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{one.stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.last + _ONE_DAY:%Y%m%d}",
            f"SUMMARY:{_text(one.title)}",
            f"DESCRIPTION:{_text(f'{one.text} Page: {address}')}",
            f"CATEGORIES:{_text(one.category)}",
            "TRANSP:TRANSPARENT",
            *([f"URL:{address}"] if views.site_url else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line.encode()))


def folded(line: bytes) -> Iterator[bytes]:
    """A line in parts of at most 75 octets, cut between characters; those after the first begin with a space."""
    room = _LINE
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        yield line[:cut]
        line = b" " + line[cut:]
    yield line


def _text(text: str) -> str:
    """A value of type TEXT: its marks escaped, and no control character."""
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text.translate(_CONTROL)
