"""What stands at an old address: a page that leads on to the new one, or says that there is none.

Takes `Views`, with the registry, and the addresses of all other pages. Gives a page for each registered address that is
not among them and of which an editor said something: where it moved, why it is gone. An examination that was renamed
has on its old page a row for each id of its statements, so that an old link finds its statement without a script too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.pages.page import Page
from generator.pages.views import Link, TombstoneView, Views
from generator.registry import Departure, Retirement, address_of, stubs


@dataclass(frozen=True, slots=True)
class MovedView:
    """A page that leads on. `keys` are the old and the new key of an examination that was renamed."""

    to: Link
    reason: str
    date: str
    editor: str
    keys: tuple[str, str] | None
    # Where each statement is that stood here, by its old id.
    statements: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GoneView:
    """A page that says what stood here is published no more; `rows` are statements of it that editors retired."""

    reason: str
    date: str
    editor: str
    rows: tuple[TombstoneView, ...]
    told: Link


def departed_pages(views: Views, published: Collection[str]) -> Iterator[Page]:
    """A page for each address that was left; `published` are the addresses of the others."""
    retired = _of_gone_examinations(views)
    keys = {renaming.departure.address: key for key, renaming in views.registry.addresses.renamed.items()}
    made = set()
    for address, told, end in stubs(views.registry.addresses, published):
        made.add(address)
        if end is None:
            yield _gone(views, address, told, retired.get(address, []))
            continue
        key = keys.get(told.address, "") if told else ""
        ids = _ids_of(views, key) if key and address == address_of(key) else ()
        # Without a script the rows of the statements are what an old link looks for.
        page = moved_page(address, Link("", end), partial(_moved, views, end, told, key, ids), leaves=not ids)
        yield replace(page, beside=(("corpus", ""),))
    # An examination all of whose statements were retired needs no other word; nor do the pages below it.
    for address, held in sorted(retired.items()):
        whole = views.registry.taken_away(address)
        below = (one for one in views.registry.addresses.known if whole and one.startswith(address))
        for one in dict.fromkeys((address, *sorted(below))):
            if one not in published and one not in made:
                yield _gone(views, one, None, held if one == address else [])


def moved_page(address: str, to: Link, make: Callable[[], MovedView], *, leaves: bool = True) -> Page:
    """A page at an old address that leads on; `leaves`: readers are sent on at once."""
    return Page(
        address,
        "moved",
        "This page has moved",
        "What was published at this address has another one now.",
        make,
        stub=True,
        instead=to,
        leaves=leaves,
    )


def _of_gone_examinations(views: Views) -> dict[str, list[Retirement]]:
    """What was retired of examinations that are published no more, by their address."""
    gone: dict[str, list[Retirement]] = {}
    for one in views.retired:
        if views.registry.addresses.key(one.examination) not in views.corpus.examinations:
            gone.setdefault(address_of(one.examination), []).append(one)
    return gone


def _ids_of(views: Views, key: str) -> tuple[str, ...]:
    """The ids that were registered under a key."""
    return tuple(sorted(one for one in views.registry.entries if one.startswith(f"{key}.")))


def _moved(views: Views, end: str, told: Departure | None, key: str, ids: tuple[str, ...]) -> MovedView:
    rows = []
    retired = {views.registry.current(one.id) for one in views.retired}
    for id_ in ids:
        now = views.registry.current(id_)
        if held := views.corpus.by_id.get(now):
            rows.append(Link(id_, views.place(held), now))
        elif now in retired:  # told of at the foot of the examination
            rows.append(Link(id_, end, now))
    return MovedView(
        to=Link(_name(views, end), end),
        reason=told.reason if told else "There are fewer pages of this than there were.",
        date=told.date if told else "",
        editor=told.editor if told else "",
        keys=(key, views.registry.addresses.key(key)) if key else None,
        statements=tuple(rows),
    )


def _name(views: Views, address: str) -> str:
    """What stands at an address: an examination by its name, anything else by its address."""
    held = next((one for one in views.corpus.examinations.values() if address == one.address), None)
    return f"{views.state(held.state).text}, {views.examination(held).text}" if held else address


def _gone(views: Views, address: str, told: Departure | None, retired: list[Retirement]) -> Page:
    return Page(
        address,
        "gone",
        "No longer published",
        "What was published at this address is published no more.",
        partial(_gone_view, views, told, tuple(retired)),
        beside=(("corpus", ""),),
        stub=True,
    )


def _gone_view(views: Views, told: Departure | None, retired: tuple[Retirement, ...]) -> GoneView:
    return GoneView(
        reason=told.reason if told else "Statements that stood here were retired by an editor.",
        date=told.date if told else "",
        editor=told.editor if told else "",
        rows=tuple(map(views.tombstone, retired)),
        told=Link("All corrections", "about/corrections/"),
    )
