"""Calendars: what has a date stands on it, a time that is no day is said to be none, and any program reads it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from invented import SESSION, examination, fact, report, say, told

from generator.corpus import assemble
from generator.exports.calendars import folded, page_calendar
from generator.model import Due, Kind
from generator.pages import plan
from generator.pages.follow import last_day

PROMISE = "The delegation stated that the Government would ratify the Optional Protocol by 2027."
LATER = "The delegation stated that it would open shelters."


def site_of(vocabulary, *documents, site_url: str | None = None):
    return plan(assemble(documents)[0], vocabulary, site_url=site_url)


def calendar(site, address: str) -> bytes | None:
    (page,) = [one for one in site.pages if one.address == address]
    return next((data for _, data in page_calendar(site.views, page)), None)


def events(data: bytes | None) -> list:
    return [] if data is None else list(Calendar.from_ical(data).walk("VEVENT"))


def promise(due: Due | None = Due("2027", "year", "2027"), text: str = PROMISE, **how):  # noqa: B008 - frozen
    return told(say(text, "commitment", "delegation", due=due), facts=(examination(date=fact("2026-01-14")),), **how)


# --- commitments ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "precision", "day"),
    [
        ("2016-06-30", "day", "2016-06-30"),
        ("2016-02", "month", "2016-02-29"),
        ("2015-12", "month", "2015-12-31"),
        ("2027", "year", "2027-12-31"),
        ("2016-06", "half-year", "2016-06-30"),
        ("2016-01", "start-of-year", "2016-01-31"),
        ("2016-12", "end-of-year", "2016-12-31"),
        ("2018", "range", "2018-12-31"),
        ("2018-03-05", "range", "2018-03-05"),
    ],
)
def test_a_time_ends_on_its_last_day(written, precision, day) -> None:
    assert last_day(Due(written, precision, "…")).isoformat() == day


@pytest.mark.parametrize("address", ["commitments/", "countries/xar/"])
def test_a_promise_stands_on_its_day_with_whose_words_it_is(invented_vocabulary, address) -> None:
    (event,) = events(calendar(site_of(invented_vocabulary, promise()), address))
    assert event["SUMMARY"].startswith("Arcadia – Delegation: “The delegation stated that")
    assert event["SUMMARY"].endswith("[…]” (due 2027)") or event["SUMMARY"].endswith("” (due 2027)")
    assert event["DTSTART"].dt == date(2027, 12, 31)
    assert event["DTEND"].dt == date(2028, 1, 1)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert f"“{PROMISE}” – Commitment, Delegation. The Author" in event["DESCRIPTION"]
    assert "in these words: “2027”. No day is given" in event["DESCRIPTION"]
    assert event["DTSTAMP"].dt.date() == date(2026, 1, 14)


def test_of_a_day_nothing_is_said_to_be_missing(invented_vocabulary) -> None:
    due = Due("2027-03-05", "day", "5 March 2027")
    (event,) = events(calendar(site_of(invented_vocabulary, promise(due)), "commitments/"))
    assert event["DTSTART"].dt == date(2027, 3, 5)
    assert "No day is given" not in event["DESCRIPTION"]


def test_a_promise_without_a_date_is_in_no_calendar_and_the_page_counts(invented_vocabulary) -> None:
    without = say(LATER, "commitment", "delegation", at=1)
    dated = say(PROMISE, "commitment", "delegation", due=Due("2027", "year", "2027"))
    site = site_of(invented_vocabulary, told(dated, without, facts=(examination(date=fact("2026-01-14")),)))
    assert len(events(calendar(site, "commitments/"))) == 1
    (page,) = [one for one in site.pages if one.address == "commitments/"]
    assert page.calendar is not None
    assert page.calendar.note == "1 of 2 commitments: those for which a date is given"


def test_where_no_promise_has_a_date_there_is_no_calendar(invented_vocabulary) -> None:
    site = site_of(invented_vocabulary, promise(None))
    for page in site.pages:
        if page.address in ("commitments/", "countries/xar/", "questions/"):
            assert page.calendar is None
            assert calendar(site, page.address) is None


@pytest.mark.parametrize("how", [{"source_text": "none"}, {"kind": "digest"}])
def test_words_that_may_not_be_shown_or_are_ours_are_not_quoted(invented_vocabulary, how) -> None:
    data = calendar(site_of(invented_vocabulary, promise(**how)), "commitments/")
    assert data is not None
    text = data.replace(b"\r\n ", b"").decode()
    assert "ratify" not in text
    assert "“" not in text
    assert "Arcadia – Delegation: a commitment with a date" in text


def test_an_event_keeps_its_id_wherever_the_site_is(invented_vocabulary) -> None:
    here, there = (site_of(invented_vocabulary, promise(), site_url=url) for url in (None, "https://example.org/a/"))
    (one,), (other,) = events(calendar(here, "commitments/")), events(calendar(there, "commitments/"))
    assert one["UID"] == other["UID"]
    assert "URL" not in one
    assert other["URL"].startswith("https://example.org/a/countries/xar/crc-101/#xar-crc-101.")
    assert one["UID"].startswith("xar-crc-101.")


# --- sessions -------------------------------------------------------------------------------------------------------


def test_a_session_lasts_its_days_and_an_examination_its_day(stage) -> None:
    site = stage.publish({"a.md": report(), "b.md": report("FREEDONIA")}).plan
    told_of = {event["SUMMARY"]: event for event in events(calendar(site, "sessions/crc-102/"))}
    session = told_of.pop("CRC 102nd session")
    assert (session["DTSTART"].dt, session["DTEND"].dt) == (date(2026, 5, 11), date(2026, 5, 30))
    assert sorted(told_of) == ["Arcadia examined: CRC, 102nd session", "Freedonia examined: CRC, 102nd session"]
    assert {event["DTSTART"].dt for event in told_of.values()} == {date(2026, 5, 25)}
    assert len(events(calendar(site, "sessions/"))) == 3


def test_of_a_session_known_in_part_the_known_day_is_told(invented_vocabulary) -> None:
    site = site_of(invented_vocabulary, told(say(LATER, "reply"), facts=(examination(session="44"),)))
    (event,) = events(calendar(site, "sessions/crc-44/"))
    assert event["SUMMARY"].endswith(": last day")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2007, 2, 2), date(2007, 2, 3))
    assert "first day of the session is not recorded" in event["DESCRIPTION"]


def test_without_any_day_there_is_no_calendar(invented_vocabulary) -> None:
    site = site_of(invented_vocabulary, told(say(LATER, "reply"), facts=(examination(session="177"),)))
    for address in ("sessions/", "sessions/crc-177/"):
        assert calendar(site, address) is None
        (page,) = [one for one in site.pages if one.address == address]
        assert page.calendar is None


# --- the standard ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "a" * 75, "a" * 76, "é" * 200, "𝔘" * 90, "a" * 74 + "é" + "b" * 74])
def test_lines_are_folded_between_characters(text) -> None:
    parts = list(folded(text.encode()))
    assert all(len(part) <= 75 for part in parts)
    assert all(part.decode() for part in parts[1:])
    assert all(part.startswith(b" ") for part in parts[1:])
    assert b"\r\n".join(parts).replace(b"\r\n ", b"").decode() == text


def test_every_mark_of_the_format_is_text_in_words(invented_vocabulary) -> None:
    words = "The delegation stated: by law; a \\ sign, BEGIN:VEVENT and “é”\xa0– 𝔘 – would be ended by 2027."
    (event,) = events(calendar(site_of(invented_vocabulary, promise(text=words)), "commitments/"))
    assert f"“{words}”" in event["DESCRIPTION"]


def ics_faults(data: bytes) -> list[str]:
    """What RFC 5545 asks of a calendar and this one lacks."""
    faults = []
    if b"\n" in data.replace(b"\r\n", b"") or not data.endswith(b"\r\n"):
        faults.append("a line does not end in CRLF")
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        faults.append("a line is too long")
    try:
        read = Calendar.from_ical(data)
    except ValueError as error:
        return [*faults, str(error)]
    faults += [f"no {name}" for name in ("VERSION", "PRODID") if name not in read]
    uids = []
    for event in read.walk("VEVENT"):
        faults += [f"no {name}" for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY") if name not in event]
        faults += [str(error) for error in event.errors]
        uids.append(str(event.get("UID")))
        if "DTSTART" in event and "DTEND" in event and not event["DTEND"].dt - event["DTSTART"].dt >= timedelta(1):
            faults.append("an event that ends before it begins")
    return faults if len(uids) == len(set(uids)) else [*faults, "an id twice"]


def test_every_calendar_is_one(arcadia) -> None:
    found = {}
    for page in arcadia.plan.pages:
        for name, data in page_calendar(arcadia.plan.views, page):
            assert page.calendar is not None
            assert page.calendar.address == name
            assert ics_faults(data) == [], name
            again = Calendar.from_ical(Calendar.from_ical(data).to_ical())
            assert [e["SUMMARY"] for e in again.walk("VEVENT")] == [e["SUMMARY"] for e in events(data)]
            found[name] = len(events(data))
        assert page.calendar is None or page.calendar.address in found
    assert {"commitments/commitments.ics", "sessions/sessions.ics", "countries/xar/commitments.ics"} <= found.keys()
    dated = [one for one in arcadia.reading.corpus.indexed(Kind.COMMITMENT) if one.statement.due]
    assert found["commitments/commitments.ics"] == len(dated) > 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\n", b"\n"),
        (b"BEGIN:VEVENT\r\n", b""),
        (b"DTSTAMP:20260114T000000Z\r\n", b""),
        (b"DTEND;VALUE=DATE:20280101", b"DTEND;VALUE=DATE:20271231"),
        (b"PRODID", b"X-PRODID"),
        (b"UID:", b"X-UID:"),
        (b"\r\n ", b""),
    ],
)
def test_a_broken_calendar_is_found(invented_vocabulary, old, new) -> None:
    data = calendar(site_of(invented_vocabulary, promise()), "commitments/")
    assert data is not None
    assert old in data
    assert ics_faults(data) == []
    assert ics_faults(data.replace(old, new)) != []


def test_a_calendar_hears_no_clock(stage) -> None:
    files = {"a.md": report(body=PROMISE, session=SESSION)}
    first, second = (calendar(stage.publish(files).plan, "commitments/") for _ in range(2))
    assert first == second
    assert first is not None
    assert b"DTSTAMP:20260525T000000Z" in first
