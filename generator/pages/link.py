"""A place on the site, as views name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the site: `address` from the root (`countries/lao/`), with an anchor of that page."""

    text: str
    address: str
    anchor: str = ""
    # A second line under it in lists.
    note: str = ""
