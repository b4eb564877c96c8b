"""Feeds of what is new, in Atom 1.0 (RFC 4287).

Takes `Views` and a page. Gives files by address. An entry tells of one examination: how much a page lists of it, whose
words these are, where they stand, and at most one of them as a quotation. Its date is the day of the examination: when
something came to this site is not recorded, and a clock would make other bytes of the same content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Confidence, Kind
from generator.pages import Page
from generator.pages.corrections import ADDRESS as CORRECTIONS
from generator.pages.corrections import dated as dated_corrections
from generator.pages.follow import FEED, day_of, session_days
from generator.pages.link import Link
from generator.pages.views import PAGE_LANG, Views, kind_count, speaker_label
from generator.recognise import spoken_date
from generator.render import links_from
from generator.text.normaliser import visible

MOST = 30  # entries of a feed: readers fetch it again and again
_LONGEST = 300  # characters of a quotation: none is cut
_BEFORE_ALL = "1970-01-01"  # of a feed that tells of nothing yet: a feed must have a day, and its bytes may not vary
_RIGHTS = (
    "Quotations belong to their sources; the site’s register of sources names the holder and the terms of each. "
    "Our own metadata – counts, kinds, themes, links – may be reused under CC BY 4.0."
)
# Characters that no XML can hold, however they are written.
_NOT_XML = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}"
)
_KINDS = list(Kind)

FEED_FILE = FEED[0]
# The feeds that are no index page's: of the whole site, and of corrections.
SITE_FEEDS = tuple(f"{address}{FEED_FILE}" for address in ("", CORRECTIONS))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new. `day` is ISO 8601; what `link` names may stand on any page."""

    id: str
    title: str
    day: str
    link: Link
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new on the page at `address`, latest first."""

    id: str
    address: str
    title: str
    subtitle: str
    entries: tuple[Entry, ...]


def page_feeds(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The feed beside a page, by address; none where it cannot be followed by one."""
    if page.feeds and page.follow:
        held: dict[str, list[LinkedStatement]] = {one.key: [] for one in page.follow.examinations}
        for one in page.holds or ():
            for key in one.examinations:
                held.setdefault(key, []).append(one)

        def place(examination: PublishedExamination, listed: Sequence[LinkedStatement]) -> Link:
            assert page.follow is not None  # noqa: S101 - asked for above
            if at := page.follow.begins.get(examination.state):
                return Link("", at, views.vocabulary.states[examination.state].slug)
            # A ledger has no part for each State.
            return views.permalink(listed[0]) if page.template == "ledger" else _at(examination)

        told = [(views.corpus.examinations[key], listed) for key, listed in held.items()]
        dated = _latest(views, told)
        entries = (_entry(views, page.address, *one, place(one[0], one[1])) for one in dated[:MOST])
        about = f"{page.description} {_what_is_in(len(told), len(dated))}"
        feed = Feed(f"urn:sessional:feed:{page.address}", page.address, f"Sessional: {page.title}", about, (*entries,))
        yield _file(views, feed)


def site_feeds(views: Views) -> Iterator[tuple[str, bytes]]:
    """The feeds of the whole site: the latest examinations, and corrections."""
    told = [(one, one.statements) for one in views.corpus.examinations.values()]
    dated = _latest(views, told)
    entries = tuple(_entry(views, "", *one, _at(one[0])) for one in dated[:MOST])
    about = f"Examinations of States on human rights. {_what_is_in(len(told), len(dated))}"
    yield _file(views, Feed("urn:sessional:feed:", "", "Sessional: latest examinations", about, entries))
    corrected = tuple(
        Entry(f"urn:sessional:corrections:{name}", title, day, Link("", CORRECTIONS, anchor), told)
        for day, name, title, told, anchor in dated_corrections(views)
    )
    about = "What was published here and is no more, what an editor reads otherwise than the program, and what moved."
    yield _file(views, Feed("urn:sessional:corrections", CORRECTIONS, "Sessional: corrections", about, corrected))


# --- entries ----------------------------------------------------------------------------------------------------

Dated = tuple[PublishedExamination, Sequence[LinkedStatement], str, str]


def _latest(views: Views, told: Iterable[tuple[PublishedExamination, Sequence[LinkedStatement]]]) -> list[Dated]:
    """Examinations that have a date, latest first, each with its day and what is to be said of that."""
    dated = [(*one, *when) for one in told if (when := _when(views, one[0]))]
    return sorted(sorted(dated, key=lambda one: one[0].key), key=lambda one: one[2], reverse=True)


def _when(views: Views, examination: PublishedExamination) -> tuple[str, str] | None:
    """The day of an examination, else the last known one of its session, which is then said; None where none is."""
    if day := day_of(examination):
        return day.isoformat(), f"Examined on {spoken_date(day.isoformat())}."
    first, last = session_days(views, *examination.session_key) or (None, None)
    if day := last or first:
        edge = "last" if last else "first"
        said = f"The day of the examination is not recorded; dated here by the {edge} day of the session"
        return day.isoformat(), f"{said}, {spoken_date(day.isoformat())}."
    return None


def _what_is_in(number: int, dated: int) -> str:
    """What an entry is, and what is left out."""
    said = "Each entry is one examination, dated by its day."
    if dated > MOST:
        said += f" These are the latest {MOST} of {dated}; older ones are on the page."
    if missing := number - dated:
        said += f" Left out: {missing} whose day and session’s days are not recorded; on the page."
    return said


def _entry(
    views: Views,
    address: str,
    examination: PublishedExamination,
    listed: Sequence[LinkedStatement],
    day: str,
    when: str,
    place: Link,
) -> Entry:
    counted = ", ".join(one.text for one in views.tallies(listed)) or _statements(len(listed))
    return Entry(
        id=f"urn:sessional:entry:{address}:{examination.key}",
        title=f"{views.state(examination.state).text}, {views.examination(examination).text}: {counted}",
        day=day,
        link=place,
        summary=" ".join(filter(None, (when, _whose(views, listed), _sources(examination), _quotation(views, listed)))),
    )


def _statements(number: int) -> str:
    return f"{number or 'no'} statement{'s' * (number != 1)}"


def _whose(views: Views, listed: Sequence[LinkedStatement]) -> str:
    """How many of which kind whose words are, as far as the indexes hold them; and how many more there are."""
    indexed = views.corpus.is_indexed
    counts = Counter(
        (one.statement.kind, speaker_label(one.statement.speaker, views.document(one).provenance))
        for one in listed
        if indexed(one)
    )
    ordered = sorted(counts.items(), key=lambda item: (_KINDS.index(item[0][0]), -item[1], item[0][1]))
    parts = [f"{kind_count(kind, number)} ({speaker})" for (kind, speaker), number in ordered]
    if rest := len(listed) - sum(counts.values()):
        parts.append(f"{rest} {'more' if parts else 'statement' + 's' * (rest != 1)} that no index counts")
    return f"Listed here: {'; '.join(parts) or 'none of its statements'}."


def _sources(examination: PublishedExamination) -> str:
    """Who publishes the documents, and what kind of document each is."""
    told = dict.fromkeys(f"{one.provenance.publisher}. {one.provenance.badge}" for one in examination.documents)
    return f"Source: {' '.join(told)}"


def _quotation(views: Views, listed: Sequence[LinkedStatement]) -> str:
    """The first words that can be quoted whole, with whose they are; none of a source that gives none."""
    for one in listed:
        statement = one.statement
        sure = statement.confidence is Confidence.HIGH and views.corpus.is_indexed(one)
        if sure and len(statement.text) <= _LONGEST and (view := views.statement(one, brief=True)).quoted:
            names = " and ".join(who.text for who in view.states or view.people)
            who = f"{view.kind_label}, {view.speaker}{f': {names}' if names else ''}"
            return f"For example, in the document’s words – {who}: “{view.text}”"
    return ""


def _at(examination: PublishedExamination) -> Link:
    return Link("", examination.address)


# --- files ------------------------------------------------------------------------------------------------------


def _file(views: Views, feed: Feed) -> tuple[str, bytes]:
    name = f"{feed.address}{FEED_FILE}"
    return name, _atom(views, feed, name).encode()


def _hrefs(views: Views, feed: Feed, file: str) -> tuple[list[str], str, str]:
    """Where each entry is, the page, and the file itself: whole where the site's address is known, else from here."""
    from_here, here = links_from(file), "../" * file.count("/") + feed.address

    def href(link: Link) -> str:
        return views.written(link) if views.site_url else from_here(link).removeprefix(here)

    return [href(one.link) for one in feed.entries], href(Link("", feed.address)), href(Link("", file))


def _atom(views: Views, feed: Feed, file: str) -> str:
    hrefs, page, own = _hrefs(views, feed, file)
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{PAGE_LANG}">',
        f"<id>{_text(feed.id)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<subtitle>{_text(feed.subtitle)}</subtitle>",
        f"<updated>{_moment(_updated(feed))}</updated>",
        "<author><name>Sessional</name></author>",
        "<generator>Sessional</generator>",
        f"<rights>{_text(_RIGHTS)}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
    ]
    for one, href in zip(feed.entries, hrefs, strict=True):
        rows += [
            "<entry>",
            f"<id>{_text(one.id)}</id>",
            f"<title>{_text(one.title)}</title>",
            f"<updated>{_moment(one.day)}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(href)}/>',
            f"<summary>{_text(one.summary)}</summary>",
            "</entry>",
        ]
    return "".join(f"{row}\n" for row in (*rows, "</feed>"))


def _updated(feed: Feed) -> str:
    return max((one.day for one in feed.entries), default=_BEFORE_ALL)


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    """As character data of XML, which has no form for some control characters; what is printable has none of those."""
    return escape(text if text.isprintable() else visible(text.translate(_NOT_XML)))
