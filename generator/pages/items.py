"""A statement as lists show it: short, with one link to its own place, and the same on each page.

Takes statements and `Views`. Gives `Item`s, of which a page's view may hold thousands: what is shown of one is made
when a page first shows it, and kept by the renderer. Gives them in the groups of a list: by State, and by examination.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from generator.corpus import LinkedStatement
from generator.pages.link import Link
from generator.pages.paging import Sheet
from generator.pages.views import StatementView, Views

# By id of a statement, where a later document speaks of a theme of it.
Later = Mapping[str, tuple[Link, ...]]
NO_LATER: Later = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """A statement of a list. What a later document says on a theme of it tells nothing of what was done."""

    linked: LinkedStatement
    views: Views
    later: tuple[Link, ...] = ()

    @property
    def view(self) -> StatementView:
        """What is shown of it."""
        return self.views.statement(self.linked, brief=True)


@dataclass(frozen=True, slots=True)
class ExaminationItems:
    """What a list tells of one examination. `badge` says what kind of document its words stand in."""

    examination: Link
    badge: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class StateItems:
    """What a list tells of one State. `others` stand in no index: told by nobody named, or the author's own voice.

    `continued`: the group began a page before. `elsewhere`: lists that hold more of the same, with how much.
    """

    state: Link
    held: tuple[ExaminationItems, ...]
    others: tuple[ExaminationItems, ...]
    continued: bool = False
    elsewhere: tuple[Link, ...] = ()

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.state.address.split("/")[1] if self.state.address else ""


def by_examination(
    views: Views, linked: Iterable[LinkedStatement], later: Later = NO_LATER
) -> tuple[ExaminationItems, ...]:
    """Statements in their order, under the examination they were made at and the document they stand in."""

    def made(run: Sequence[LinkedStatement]) -> ExaminationItems:
        return ExaminationItems(
            views.examination(views.corpus.examination_of(run[0])),
            views.document(run[0]).provenance.badge,
            tuple(Item(one, views, later.get(one.id, ())) for one in run),
        )

    return tuple(made(tuple(run)) for _, run in groupby(linked, key=lambda one: (one.examination, one.path)))


def state_items(
    views: Views, sheet: Sheet[LinkedStatement], elsewhere: Mapping[str, tuple[Link, ...]] = NO_LATER
) -> tuple[StateItems, ...]:
    """The States of a page, each with what was said of it; `elsewhere`, by State, leads to lists that hold more."""
    indexed = views.corpus.is_indexed
    return tuple(
        StateItems(
            views.state(group.key),
            by_examination(views, filter(indexed, group.items)),
            by_examination(views, (one for one in group.items if not indexed(one))),
            group.continued,
            elsewhere.get(group.key, ()),
        )
        for group in sheet.groups
    )
