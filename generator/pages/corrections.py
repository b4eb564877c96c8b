"""What is published no more, and why: the page of corrections, and what stands at old addresses.

Takes `Views` with what editors retired. Gives pages. The words that were taken away are not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.pages.follow import feed_links
from generator.pages.page import Page
from generator.pages.views import Link, TombstoneView, Views
from generator.registry import Retirement

ADDRESS = "about/corrections/"


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What was retired, latest first; `feeds` on the page that tells of all."""

    intro: str
    rows: tuple[TombstoneView, ...]
    feeds: tuple[Link, ...] = ()


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
    return CorrectionsView(intro, tuple(map(views.tombstone, retired)), feed_links(ADDRESS))


def _gone(views: Views, retired: Sequence[Retirement]) -> CorrectionsView:
    intro = "An examination was published at this address. These statements of it were retired by an editor."
    return CorrectionsView(intro, tuple(map(views.tombstone, retired)))
