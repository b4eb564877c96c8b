"""How a page, and a document it shows, is cited: the box at its end.

Takes a `Citation`, or a page and the public address. Gives views, and the item that a script makes entries of.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.citations import WEBPAGE, Citation, apa, chicago, cite_page, csl_json, plain
from generator.pages.page import Page

# What stands before a title, the title where its style sets it apart, and what follows.
Styled = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class EntryView:
    """The entry of a bibliography in each style; `item` is CSL-JSON on one line."""

    key: str
    chicago: Styled
    apa: Styled
    plain: str
    item: str


def entry(cited: Citation) -> EntryView:
    """The view of a citation. Chicago sets a web page's title in quotation marks and needs nothing else."""
    title = cited.title
    return EntryView(
        cited.key,
        (chicago(cited), "", "") if cited.type == WEBPAGE else chicago(cited).partition(title),
        apa(cited).partition(title),
        plain(cited),
        csl_json(cited),
    )


def page_entry(page: Page, site_url: str | None) -> EntryView | None:
    """How a page is cited that holds statements; none for one that only continues another."""
    return entry(cite_page(page.address, page.title, site_url or "")) if page.holds else None
