"""A place on the site, as views name it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the site: `address` from the root (`countries/lao/`), with an anchor of that page."""

    text: str
    address: str
    anchor: str = ""
    # A second line under it in lists.
    note: str = ""


def narrowed(**asked: str) -> Link:
    """The search page with these choices made: what a page shows, to be narrowed further."""
    return Link("Search and narrow these by State, session, year or speaker", f"search/index.html?{urlencode(asked)}")
