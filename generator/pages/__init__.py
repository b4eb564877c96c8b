"""Which pages there are, at which address, with what they show: no templates, no disk.

Takes the `Corpus`, the vocabularies and what editors should know. Gives `Page`s, each with the name of its template
and a frozen view; every condition on data is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.pages.about import about_pages
from generator.pages.country import country_pages
from generator.pages.examination import examination_pages
from generator.pages.home import HomeView, home_view
from generator.pages.indexes import index_pages
from generator.pages.page import Page
from generator.pages.paging import LARGEST
from generator.pages.places import place_pages
from generator.pages.views import Link, StatementView, Views
from generator.threads import Confirmation
from generator.vocabulary import Vocabulary

__all__ = ["HomeView", "Link", "Page", "Plan", "StatementView", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """All pages of a site, what the home page shows, and what the pages were made with."""

    pages: tuple[Page, ...]
    home: HomeView
    views: Views


def plan(
    corpus: Corpus,
    vocabulary: Vocabulary,
    diagnostics: Sequence[Diagnostic] = (),
    largest: int = LARGEST,
    confirmations: Sequence[Confirmation] = (),
) -> Plan:
    """Every page, in the order of addresses, none much larger than `largest` bytes."""
    views = Views(corpus, vocabulary, largest)
    pages = sorted(_all(views, diagnostics, confirmations), key=lambda page: page.address)
    return Plan(tuple(pages), home_view(views), views)


def _all(views: Views, diagnostics: Sequence[Diagnostic], confirmations: Sequence[Confirmation]) -> Iterator[Page]:
    yield from examination_pages(views)
    yield from country_pages(views, confirmations)
    yield from place_pages(views)
    yield from index_pages(views)
    yield from about_pages(views, diagnostics)
