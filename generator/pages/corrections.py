"""What is published no more or otherwise, and why: the page of corrections.

Takes `Views` with what editors retired, corrected and moved. Gives the page and what its feed tells. Words that were
taken away are not repeated; a reading that an editor corrected is shown with what the program had read, for the words
stand in the source. What has no day is told without one, and not in the feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.corpus import PublishedExamination
from generator.corrections import FactCorrection
from generator.model import ReadDocument, Speaker
from generator.pages.examination import FACTS
from generator.pages.follow import feed_links
from generator.pages.page import Alternate, Page
from generator.pages.views import KIND_LABELS, SPEAKERS, Link, TombstoneView, Views, speaker_label
from generator.registry import Departure, Retirement
from generator.rights import Corrected, reading_anchor, wording
from generator.wording import Wording

ADDRESS = "about/corrections/"
_LABELS = {str(kind): one for kind, (one, _) in KIND_LABELS.items()} | {str(who): one for who, one in SPEAKERS.items()}
_FIELDS = {
    "kind": "kind",
    "speaker": "speaker",
    "speaker_name": "speaker’s name",
    "themes": "themes",
    "groups": "groups of people",
    "due": "due date",
}
_DONE = {
    "drop": "no statement",
    "add": "a statement of its own",
    "split": "several statements",
    "merge": "one statement with what follows it",
}


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading that an editor corrected: the words, what they were read as, what they are now, and why."""

    anchor: str
    quote: str
    # Whether these are words that were said, to be set so.
    said: bool
    lang: str
    before: str
    now: str
    reason: str
    date: str
    statement: Link | None
    examination: Link


@dataclass(frozen=True, slots=True)
class MoveView:
    """An address that was left."""

    address: str
    anchor: str
    to: Link | None
    reason: str
    date: str
    editor: str


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What was retired, what was corrected, what moved: each latest first."""

    intro: str
    rows: tuple[TombstoneView, ...]
    readings: tuple[ReadingView, ...]
    moves: tuple[MoveView, ...]
    feeds: tuple[Link, ...]


def corrections_pages(views: Views) -> Iterator[Page]:
    """The page of all corrections."""
    departures = views.registry.addresses.departures.values()
    yield Page(
        ADDRESS,
        "corrections",
        "Corrections",
        "What was published here and is no more, and what editors corrected: when, why, and what stands there now.",
        partial(_all, views, (views.retired, views.corpus.corrected, views.corrected_facts), tuple(departures)),
        (Link("About", "about/"),),
        (("corpus", ""),),
        alternates=tuple(
            Alternate(one.note, Link(f"Sessional: corrections ({one.text})", one.address))
            for one in feed_links(ADDRESS)
        ),
    )


# What the page is made of, which decides when it is made again: retired, corrected statements, corrected facts.
_Told = tuple[Sequence[Retirement], Mapping[str, Sequence[Corrected]], Sequence[tuple[str, Sequence[FactCorrection]]]]


def _all(views: Views, told: _Told, departures: Sequence[Departure]) -> CorrectionsView:
    return CorrectionsView(
        intro="What was published here and is no more, and what an editor reads otherwise than the program.",
        rows=tuple(map(views.tombstone, told[0])),
        readings=tuple(readings(views)),
        moves=tuple(_moves(departures)),
        feeds=feed_links(ADDRESS),
    )


def _moves(departures: Sequence[Departure]) -> Iterator[MoveView]:
    for one in sorted(sorted(departures, key=lambda one: one.address), key=lambda one: one.date, reverse=True):
        # The old address has a page that leads on, or says why there is none.
        to = Link(one.to, one.to) if one.to else None
        yield MoveView(one.address, _anchor_of(one.address), to, one.reason, one.date, one.editor)


def readings(views: Views) -> list[ReadingView]:
    """What editors corrected in documents that are published: latest first, then what has no day."""
    found = [
        view
        for path, facts in views.corrected_facts
        if path in views.corpus.documents
        for view in _of_document(views, path, facts)
    ]
    return sorted(found, key=lambda one: one.date, reverse=True)


def _of_document(views: Views, path: str, facts: Sequence[FactCorrection]) -> Iterator[ReadingView]:
    held = [
        one for one in views.corpus.examinations.values() if any(d.document.source.path == path for d in one.documents)
    ]
    document, examination = views.corpus.documents[path], held[0]
    for one in views.corpus.corrected[path]:
        yield _reading(views, document, examination, one)
    for fact in facts:
        yield _fact(views, document, examination, fact)


def _reading(
    views: Views, document: ReadDocument, examination: PublishedExamination, corrected: Corrected
) -> ReadingView:
    correction = corrected.correction
    linked = views.corpus.by_id[corrected.statement] if corrected.statement else None
    whose = wording(correction.quote, document)
    expected = [_word(value, document) for value in correction.expect.values()]
    if correction.action == "set":
        now = "; ".join(f"{_FIELDS[name]}: {_value(views, name, value)}" for name, value in correction.changes.items())
    else:
        now = _DONE[correction.action]
        changed = [
            _word(str(correction.changes[name]), document) for name in ("kind", "speaker") if name in correction.changes
        ]
        now += f": {', '.join(changed)}" if changed else ""
    return ReadingView(
        anchor=corrected.anchor,
        quote=correction.quote,
        said=whose is Wording.QUOTED,
        lang=linked.statement.lang if linked and whose is not Wording.WITHHELD else "",
        before=", ".join(expected) or "no statement",
        now=now,
        reason=correction.reason,
        date=correction.date or "",
        statement=Link("the statement", views.place(linked), linked.id) if linked else None,
        examination=Link(
            f"{views.state(examination.state).text}, {views.examination(examination).text}", examination.address
        ),
    )


def _fact(views: Views, document: ReadDocument, examination: PublishedExamination, fact: FactCorrection) -> ReadingView:
    return ReadingView(
        anchor=reading_anchor(document.stem, fact.fact),
        quote=f"{FACTS[fact.fact]} of the examination",
        said=False,
        lang="",
        before=fact.expect or "not recorded",
        now=fact.name,
        reason=fact.reason,
        date=fact.date or "",
        statement=None,
        examination=Link(
            f"{views.state(examination.state).text}, {views.examination(examination).text}", examination.address
        ),
    )


def _word(value: str, document: ReadDocument) -> str:
    """A kind or a speaker, as the site calls it."""
    if value == "author":
        return speaker_label(Speaker.AUTHOR, document.provenance)
    return _LABELS.get(value, value)


def _value(views: Views, name: str, value: object) -> str:
    """A corrected value, in words."""
    if name == "themes":
        return ", ".join(views.theme(one).text for one in value) or "none"  # type: ignore[attr-defined]
    if name == "groups":
        return ", ".join(views.vocabulary.groups[one].label for one in value) or "none"  # type: ignore[attr-defined]
    if value is None:
        return "not recorded"
    return _LABELS.get(str(value), str(getattr(value, "text", value)))


def dated(views: Views) -> list[tuple[str, str, str, str, str]]:
    """The corrections that have a day, latest first: day, name, title, what is told, and the anchor on the page."""
    told = [
        (one.date, one.id, f"{one.id}: {one.what}", one.note, one.anchor) for one in map(views.tombstone, views.retired)
    ]
    told += [
        (
            one.date,
            one.anchor,
            f"{one.examination.text}: a reading was corrected",
            f"{one.before} → {one.now}. {one.reason}",
            one.anchor,
        )
        for one in readings(views)
        if one.date
    ]
    told += [
        (one.date, one.address, f"{one.address}: {'moved' if one.to else 'gone'}", one.reason, one.anchor)
        for one in _moves(tuple(views.registry.addresses.departures.values()))
    ]
    return sorted(told, key=lambda one: one[0], reverse=True)


def _anchor_of(address: str) -> str:
    """Where the page of corrections tells of an address."""
    return f"page-{address.strip('/').replace('/', '-')}"
