"""Which pages there are, at which address, with what they show: no templates, no disk.

Takes the `Corpus`, the vocabularies and what editors should know. Gives `Page`s, each with the name of its template
and a frozen view; every condition on data is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.corpus import Corpus
from generator.corrections import Corrections
from generator.diagnostics import Diagnostic
from generator.pages.about import about_pages
from generator.pages.brief import brief_pages
from generator.pages.corrections import corrections_pages
from generator.pages.country import country_pages
from generator.pages.departed import departed_pages
from generator.pages.examination import examination_pages
from generator.pages.home import HomeView, home_view
from generator.pages.indexes import index_pages
from generator.pages.page import Alternate, Page
from generator.pages.paging import ITEMS
from generator.pages.places import place_pages
from generator.pages.views import NOTHING_REGISTERED, Link, StatementView, Views
from generator.registry import Registry, is_further
from generator.threads import Confirmation
from generator.vocabulary import Vocabulary

__all__ = ["Alternate", "HomeView", "Link", "Page", "Plan", "StatementView", "find", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """All pages of a site, what the home page shows, and what the pages were made with."""

    pages: tuple[Page, ...]
    home: HomeView
    views: Views

    def addresses(self, hand_written: Collection[str] = ()) -> Mapping[str, int]:
        """What a registry remembers: each address, with the number of pages that it and those continuing it are."""
        real = {page.address for page in self.pages if not page.stub} | set(hand_written)
        counted = dict.fromkeys(sorted(one for one in real if not is_further(one, real)), 1)
        for one in real - counted.keys():
            counted[one.rstrip("/").rpartition("/")[0] + "/"] += 1
        return counted


def plan(
    corpus: Corpus,
    vocabulary: Vocabulary,
    diagnostics: Sequence[Diagnostic] = (),
    confirmations: Sequence[Confirmation] = (),
    items: int = ITEMS,
    site_url: str | None = None,
    registry: Registry = NOTHING_REGISTERED,
    corrections: Iterable[tuple[str, Corrections]] = (),
    hand_written: Collection[str] = (),
) -> Plan:
    """Every page, in the order of addresses; a page of a list holds so many `items`.

    `site_url`, where it is known, begins the addresses that are written out to be read on paper; `hand_written` are
    addresses of pages that others make.
    """
    views = Views(corpus, vocabulary, items, site_url, registry, corrections)
    pages = list(_all(views, diagnostics, confirmations))
    pages += departed_pages(views, {*hand_written, *(page.address for page in pages)})
    return Plan(tuple(sorted(pages, key=lambda page: page.address)), home_view(views), views)


def find(
    views: Views, address: str, diagnostics: Sequence[Diagnostic] = (), confirmations: Sequence[Confirmation] = ()
) -> Page | None:
    """The page at an address, None where there is none: hardly more is planned than what stands near it.

    Only what tells of an address that was left needs to know all others.
    """
    near = _near(views, address, diagnostics, confirmations)
    found = next((page for page in near if page.address == address), None)
    if found or not views.registry:
        return found
    published = {page.address for page in _all(views, diagnostics, confirmations)}
    return next((page for page in departed_pages(views, published) if page.address == address), None)


def _near(
    views: Views, address: str, diagnostics: Sequence[Diagnostic], confirmations: Sequence[Confirmation]
) -> Iterator[Page]:
    section, _, rest = address.partition("/")
    slug = rest.partition("/")[0]
    code = next((code for code in views.corpus.by_state if views.vocabulary.states[code].slug == slug), None)
    match section:
        case "countries" if code:
            held = [one for one in views.corpus.by_state[code] if address.startswith(one.address)]
            yield from examination_pages(views, held)
            yield from brief_pages(views, held)
            yield from () if held else country_pages(views, confirmations, (code,))
        case "countries":
            yield from country_pages(views, confirmations, ())
        case "about":
            yield from about_pages(views, diagnostics)
            yield from corrections_pages(views)
        case "sessions" | "treaties" | "people":
            yield from place_pages(views)
        case _:
            yield from index_pages(views, section)


def _all(views: Views, diagnostics: Sequence[Diagnostic], confirmations: Sequence[Confirmation]) -> Iterator[Page]:
    examinations = tuple(views.corpus.examinations.values())
    yield from examination_pages(views, examinations)
    yield from brief_pages(views, examinations)
    yield from country_pages(views, confirmations, tuple(views.corpus.by_state))
    yield from place_pages(views)
    yield from index_pages(views)
    yield from about_pages(views, diagnostics)
    yield from corrections_pages(views)
