"""Long pages become several: the one way in which every list of the site is cut.

Takes groups of items in their order. Gives sheets: which groups stand on which page, at which address, with the way to
the page before, the page after and all others. A page holds a number of items; a long text counts as several. So the
same content is always cut at the same places, and no page is too heavy for an old telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.pages.link import Link

ITEMS = 210  # on a page of a list: with what stands round them less than 120 KB
_LONG = 300  # characters; of a text each further piece of this length counts as an item
_MANY, _NEAR = 40, 10  # of more pages than these, a page lists only so many to either side

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Items under one heading. `key` is what a view makes the heading of; `continued`: it began a page before."""

    title: str
    items: tuple[T, ...]
    key: Any = None
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among those it was cut into."""

    number: int
    of: int
    pages: tuple[Link, ...]

    @property
    def shown(self) -> tuple[tuple[int, Link], ...]:
        """The pages to list: all on the first page, and those near on the others where there are many."""
        numbers: Iterable[int] = range(1, self.of + 1)
        if self.number > 1 and self.of > _MANY:
            near = range(max(1, self.number - _NEAR), min(self.of, self.number + _NEAR) + 1)
            numbers = sorted({1, *near, self.of})
        return tuple((number, self.pages[number - 1]) for number in numbers)

    @property
    def previous(self) -> Link | None:
        """The page before."""
        return self.pages[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> Link | None:
        """The page after."""
        return self.pages[self.number] if self.number < self.of else None


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page's share of the groups. `pager` is None where all fit on one page."""

    address: str
    groups: tuple[Group[T], ...]
    pager: Pager | None = None

    @property
    def number(self) -> int:
        """Which page it is, from 1."""
        return self.pager.number if self.pager else 1

    @property
    def suffix(self) -> str:
        """What a title adds, so that no two pages have the same."""
        return f" (page {self.pager.number} of {self.pager.of})" if self.pager and self.pager.number > 1 else ""

    @property
    def continues(self) -> str:
        """The address of the first page, where this is one that follows."""
        return self.pager.pages[0].address if self.pager and self.pager.number > 1 else ""

    def titled(self, title: str) -> str:
        """The title of this page."""
        return title + self.suffix

    def holds(self, listed: Iterable[T]) -> tuple[T, ...] | None:
        """Everything that is listed, on the first page; the others only continue it."""
        return tuple(listed) if self.number == 1 else None


def begins(cut_up: Iterable[Sheet[Any]]) -> dict[Any, str]:
    """The address of the page on which each group begins, by its key."""
    return {group.key: sheet.address for sheet in cut_up for group in sheet.groups if not group.continued}


def one_item(_: Any) -> int:
    """What is counted of an item that is short, whatever it is."""
    return 1


def items_in(text: str) -> int:
    """As how many items a text counts."""
    return 1 + len(text) // _LONG


def cut(
    groups: Iterable[Group[T]], count: Callable[[T], int], room: int, heading: int = 0
) -> list[tuple[Group[T], ...]]:
    """The groups of each page that has room for so many items, as how many a heading counts too; never no page.

    A group goes on over the page where it does not fit; an item is never cut, and one that counts as more than a page
    stands alone on one.
    """
    pages: list[list[Group[T]]] = [[]]
    left = room
    for group in groups:
        held: list[T] = []
        continued = False
        if heading > left and pages[-1]:
            pages.append([])
            left = room
        left -= heading
        for item in group.items:
            counted = count(item)
            if counted > left and (held or pages[-1]):
                if held:
                    pages[-1].append(Group(group.title, tuple(held), group.key, continued))
                    continued = True
                pages.append([])
                held, left = [], room - heading
            held.append(item)
            left -= counted
        if held or not group.items:
            pages[-1].append(Group(group.title, tuple(held), group.key, continued))
    return [tuple(page) for page in pages]


def sheets(
    base: str,
    groups: Iterable[Group[T]],
    count: Callable[[T], int],
    room: int,
    label: Callable[[tuple[Group[T], ...]], str] | None = None,
    heading: int = 0,
) -> list[Sheet[T]]:
    """The groups on pages at `base`, `base/2/`, `base/3/` …; the first page keeps its address whatever follows."""
    pages = cut(groups, count, room, heading)
    if len(pages) == 1:
        return [Sheet(base, pages[0])]
    name = label or _span
    links = tuple(Link(name(page), address(base, number)) for number, page in enumerate(pages, 1))
    return [
        Sheet(link.address, page, Pager(number, len(pages), links))
        for number, (page, link) in enumerate(zip(pages, links, strict=True), 1)
    ]


def address(base: str, number: int) -> str:
    """Where a page of several stands."""
    return base if number == 1 else f"{base}{number}/"


def _span(groups: Sequence[Group[Any]]) -> str:
    """What a page holds, by its first and last heading."""
    titles = [group.title for group in groups if group.title]
    if not titles:
        return ""
    return titles[0] if titles[0] == titles[-1] else f"{titles[0]} – {titles[-1]}"
