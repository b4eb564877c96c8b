"""A page: where it is, what it is called, which template shows it and with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.pages.link import Link

# All examinations of a State, `("state", "LAO")`; the names of those of a session, `("session", ("CRC", 69))`.
Beside = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `address` ends with a slash; `make` makes what its template shows, when it is written."""

    address: str
    template: str
    title: str
    description: str
    make: Callable[[], Any]
    crumbs: tuple[Link, ...] = ()
    # What its view looks at besides what its maker was given and names; see `stamps`.
    beside: tuple[Beside, ...] = ()
    # On a page that only tells where something was: the page that stands there now, if any, and whether to go on to it.
    stub: bool = False
    instead: Link | None = None
    leaves: bool = False

    @property
    def view(self) -> Any:
        """What the template shows. Made anew each time: the views of a large site would not fit into memory."""
        return self.make()

    @property
    def section(self) -> str:
        """The top-level part of the navigation it belongs to."""
        return self.address.split("/", 1)[0]

    @property
    def depth(self) -> int:
        """How many folders below the root it stands."""
        return self.address.count("/")

    @property
    def shape(self) -> str:
        """Pages of one shape differ in title, description and content only: part of the navigation, and depth."""
        return f"{self.section}/{self.depth}"
