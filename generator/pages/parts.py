"""Statements under headings, cut into pages: what indexes, countries, treaties and people have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from generator.corpus import LinkedStatement
from generator.pages.items import NO_LATER, Later, StateItems, by_examination
from generator.pages.layout import statement_items
from generator.pages.link import Link
from generator.pages.page import Page
from generator.pages.paging import Group, Pager, Sheet, one_item, sheets
from generator.pages.pictures import TileMap
from generator.pages.views import NOT_A_SCORE, Views

_ENTRIES = 2  # of a list of links, where a page holds one statement


@dataclass(frozen=True, slots=True)
class PartView:
    """Statements under one heading: as many as stand on this page, of `total`; `empty` is said where there are none.

    They stand by State, which is `named` where there may be several.
    """

    title: str
    note: str
    states: tuple[StateItems, ...]
    total: int
    empty: str = ""
    continued: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class PartsView:
    """A further page of statements under headings."""

    heading: str
    back: Link
    parts: tuple[PartView, ...]
    pager: Pager | None
    not_a_score: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A top-level index: entries in groups, with what it holds and leaves out."""

    intro: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    note: str = ""
    pager: Pager | None = None
    # A map of the entries, on the first page.
    map: TileMap | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a part is called, what is said under its heading, and what where it is empty."""

    title: str
    note: str
    empty: str
    total: int


def part(title: str, note: str, linked: Iterable[LinkedStatement], empty: str = "") -> Group[LinkedStatement]:
    """A part of a page of statements."""
    items = tuple(linked)
    return Group(title, items, Heading(title, note, empty, len(items)))


def statement_sheets(
    views: Views,
    base: str,
    groups: Iterable[Group[LinkedStatement]],
    label: Callable[[tuple[Group[LinkedStatement], ...]], str] | None = None,
) -> list[Sheet[LinkedStatement]]:
    """Statements under headings, cut into pages."""
    return sheets(base, groups, statement_items, views.items, label)


def parts_of(
    views: Views, sheet: Sheet[LinkedStatement], later: Later = NO_LATER, named: bool = True
) -> tuple[PartView, ...]:
    """The parts that stand on a page; `later` tells, by id, where a later document speaks of the same theme."""
    return tuple(
        PartView(
            group.key.title,
            group.key.note,
            tuple(_states(views, group.items, later)),
            group.key.total,
            group.key.empty,
            group.continued,
            named,
        )
        for group in sheet.groups
    )


def _states(views: Views, linked: Iterable[LinkedStatement], later: Later) -> Iterator[StateItems]:
    """Statements in their order, under the State they are about."""
    for code, run in groupby(linked, key=lambda one: views.corpus.examination_of(one).state):
        yield StateItems(views.state(code), by_examination(views, run, later), ())


def further_parts(
    views: Views,
    cut_up: Sequence[Sheet[LinkedStatement]],
    title: str,
    crumbs: tuple[Link, ...],
    later: Later = NO_LATER,
) -> Iterator[Page]:
    """The pages after the first of something that holds statements under headings."""
    for sheet in cut_up[1:]:
        yield Page(
            sheet.address,
            "parts",
            sheet.titled(title),
            f"{title}: what was said, continued{sheet.suffix}.",
            partial(_parts_view, views, title, Link(title, cut_up[0].address), sheet, later),
            (*crumbs, Link(title, cut_up[0].address)),
            continues=sheet.continues,
        )


def _parts_view(views: Views, title: str, back: Link, sheet: Sheet[LinkedStatement], later: Later) -> PartsView:
    named = len({views.corpus.examination_of(one).state for group in sheet.groups for one in group.items}) > 1
    return PartsView(title, back, parts_of(views, sheet, later, named), sheet.pager, NOT_A_SCORE)


def list_pages(
    views: Views,
    address: str,
    title: str,
    description: str,
    intro: str,
    groups: Sequence[Group[Link]],
    note: str = "",
    picture: TileMap | None = None,
) -> Iterator[Page]:
    """A list of links under headings, on as many pages as it takes."""

    def view(sheet: Sheet[Link]) -> ListView:
        shown = tuple((group.title, group.items) for group in sheet.groups)
        return ListView(intro, shown, note, sheet.pager, picture if sheet.number == 1 else None)

    made: Callable[[Sheet[Link]], ListView] = view
    for sheet in sheets(address, groups, one_item, _ENTRIES * views.items):
        yield Page(
            sheet.address, "list", sheet.titled(title), description, partial(made, sheet), crumbs_to(sheet, title)
        )


def crumbs_to(sheet: Sheet[Any], title: str) -> tuple[Link, ...]:
    """The way back to the first page of a list, from the others."""
    return (Link(title, sheet.pager.pages[0].address),) if sheet.pager and sheet.number > 1 else ()
