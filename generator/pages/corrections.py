"""What is published no more, and why: the page of corrections, its feed, and what stands at old addresses.

Takes `Views` with what editors retired. Gives pages and the feed. The words that were taken away are not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from generator.pages.page import Alternate, Page
from generator.pages.views import Link, TombstoneView, Views
from generator.registry import Retirement

ADDRESS = "about/corrections/"
FEED = f"{ADDRESS}feed.xml"
_BEFORE_ALL = "1970-01-01"  # of a feed that tells of nothing yet: a feed must have a day, and its bytes may not vary


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What was retired, latest first; `feed` on the page that tells of all."""

    intro: str
    rows: tuple[TombstoneView, ...]
    feed: Link | None


def corrections_pages(views: Views) -> Iterator[Page]:
    """The page of all corrections."""
    yield Page(
        ADDRESS,
        "corrections",
        "Corrections",
        "Statements that were published here and are no more: when, why, and what stands in their place.",
        partial(_all, views, views.retired),
        (Link("About", "about/"),),
        (("corpus", ""),),
        (Alternate("application/atom+xml", Link("Sessional: corrections", FEED)),),
    )


def gone_pages(views: Views) -> Iterator[Page]:
    """At the address of each examination that is published no more, a page that says so."""
    gone: dict[str, list[Retirement]] = {}
    for one in views.retired:
        if one.examination not in views.corpus.examinations:
            gone.setdefault(one.examination, []).append(one)
    for key, retired in sorted(gone.items()):
        state, _, stem = key.partition("-")
        yield Page(
            f"countries/{state}/{stem}/",
            "corrections",
            "No longer published",
            "An examination that was published here and is no more.",
            partial(_gone, views, tuple(retired)),
            (Link("Countries", "countries/"),),
            (("corpus", ""),),
        )


def _all(views: Views, retired: Sequence[Retirement]) -> CorrectionsView:
    intro = "Statements that were published here and are no more. Their words are not repeated."
    return CorrectionsView(intro, tuple(map(views.tombstone, retired)), Link("Follow by feed (Atom)", FEED))


def _gone(views: Views, retired: Sequence[Retirement]) -> CorrectionsView:
    intro = "An examination was published at this address. These statements of it were retired by an editor."
    return CorrectionsView(intro, tuple(map(views.tombstone, retired)), None)


def feed(views: Views) -> bytes:
    """The corrections as an Atom feed; its links are relative where the site's own address is not known."""
    base = f"{views.site_url}{ADDRESS}" if views.site_url else "index.html"
    latest = max((one.date for one in views.retired), default=_BEFORE_ALL)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        "<id>urn:sessional:corrections</id><title>Sessional: corrections</title>",
        f"<updated>{latest}T00:00:00Z</updated><author><name>Sessional</name></author>",
        f"<link href={quoteattr(base)}/>",
    ]
    for retired in views.retired:
        one = views.tombstone(retired)
        lines.append(
            f"<entry><id>urn:sessional:corrections:{escape(one.id)}</id>"
            f"<title>{escape(f'{one.id}: {one.what}')}</title>"
            f"<updated>{one.date}T00:00:00Z</updated><link href={quoteattr(f'{base}#{one.id}')}/>"
            f"<summary>{escape(one.note)}</summary></entry>"
        )
    return "".join(f"{line}\n" for line in (*lines, "</feed>")).encode()
