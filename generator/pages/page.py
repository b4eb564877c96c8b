"""A page: where it is, what it is called, which template shows it and with what."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.views import Link


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `address` ends with a slash; `view` is what its template shows."""

    address: str
    template: str
    title: str
    description: str
    view: object
    crumbs: tuple[Link, ...] = ()

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
