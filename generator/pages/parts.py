"""Statements under headings, cut into pages: what indexes, countries, treaties and people have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from generator.corpus import LinkedStatement
from generator.pages.layout import weight
from generator.pages.link import Link
from generator.pages.page import Page
from generator.pages.paging import Group, Pager, Sheet, sheets
from generator.pages.pictures import TileMap
from generator.pages.views import NOT_A_SCORE, StatementView, Views

_ENTRY = 230  # bytes of HTML that an entry of a list takes
_MAP = 32_000  # and a map where every State has a link


@dataclass(frozen=True, slots=True)
class StateGroup:
    """What was said of one State. `others` stand in no index: told by nobody named, or the author's own voice.

    `listed` are recommendations that a document lists; `continued`: the group began a page before.
    """

    state: Link
    statements: tuple[StatementView, ...]
    others: tuple[StatementView, ...] = ()
    listed: tuple[StatementView, ...] = ()
    continued: bool = False

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.state.address.split("/")[1] if self.state.address else ""


@dataclass(frozen=True, slots=True)
class PartView:
    """Statements under one heading: as many as stand on this page, of `total`; `empty` is said where there are none."""

    title: str
    note: str
    statements: tuple[StatementView, ...]
    total: int
    empty: str = ""
    continued: bool = False


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
    first: int = 0,
    label: Callable[[tuple[Group[LinkedStatement], ...]], str] | None = None,
    weigh: Callable[[LinkedStatement], int] = weight,
) -> list[Sheet[LinkedStatement]]:
    """Statements under headings, cut into pages."""
    return sheets(base, groups, weigh, views.room, min(first, views.room), label)


Later = Mapping[str, tuple[Link, ...]]


def parts_of(views: Views, sheet: Sheet[LinkedStatement], later: Later = MappingProxyType({})) -> tuple[PartView, ...]:
    """The parts that stand on a page; `later` tells, by id, where a later document speaks of the same theme."""
    return tuple(
        PartView(
            group.key.title,
            group.key.note,
            tuple(
                replace(views.statement(one), later=later[one.id]) if one.id in later else views.statement(one)
                for one in group.items
            ),
            group.key.total,
            group.key.empty,
            group.continued,
        )
        for group in sheet.groups
    )


def further_parts(
    views: Views,
    cut_up: Sequence[Sheet[LinkedStatement]],
    title: str,
    crumbs: tuple[Link, ...],
    later: Later = MappingProxyType({}),
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
    return PartsView(title, back, parts_of(views, sheet, later), sheet.pager, NOT_A_SCORE)


def state_groups(views: Views, sheet: Sheet[LinkedStatement]) -> tuple[StateGroup, ...]:
    """The States of a page, each with what was said of it."""
    indexed = views.corpus.is_indexed
    return tuple(
        StateGroup(
            views.state(group.key),
            views.statements(one for one in group.items if indexed(one) and not one.statement.listed),
            views.statements(one for one in group.items if not indexed(one)),
            views.statements(one for one in group.items if indexed(one) and one.statement.listed),
            group.continued,
        )
        for group in sheet.groups
    )


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

    def weigh(link: Link) -> int:
        return _ENTRY + 2 * len(link.text) + len(link.note) + len(link.address)

    def view(sheet: Sheet[Link]) -> ListView:
        shown = tuple((group.title, group.items) for group in sheet.groups)
        return ListView(intro, shown, note, sheet.pager, picture if sheet.number == 1 else None)

    made: Callable[[Sheet[Link]], ListView] = view
    first = min(_MAP, views.room) if picture else 0
    for sheet in sheets(address, groups, weigh, views.room, first):
        yield Page(
            sheet.address, "list", sheet.titled(title), description, partial(made, sheet), crumbs_to(sheet, title)
        )


def crumbs_to(sheet: Sheet[Any], title: str) -> tuple[Link, ...]:
    """The way back to the first page of a list, from the others."""
    return (Link(title, sheet.pager.pages[0].address),) if sheet.pager and sheet.number > 1 else ()
