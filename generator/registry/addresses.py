"""Addresses of pages that were published, and what editors say of those that are no more: moved, gone, renamed.

Takes `pages.txt`, which `sessional register` writes, and `moved.yaml`, which an editor does. Gives `Addresses`, which
tells where an old address leads now, and a diagnostic for each that is gone without a word. An entry covers what stands
below its address too. A page that only continues another is not an address of its own: how many there were is noted
with the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.datafile import DatafileError, Node
from generator.diagnostics import Diagnostic
from generator.text.source import Location

PAGES = "pages.txt"
MOVED = "moved.yaml"
_LINE = re.compile(r"((?:\w[\w.-]*/)+)(?: ([2-9]|[1-9]\d+))?")
_FURTHER = re.compile(r"(.+/)(\d+)/")
_KEY = re.compile(r"[a-z]{3}(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that was published; `pages` is how many it and those that continued it were at the most."""

    address: str
    pages: int
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Departure:
    """An editor's word on an address: where it moved (`to`), or that it is gone (None), why, when, by whom."""

    address: str
    to: str | None
    reason: str
    date: str
    editor: str
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Renaming:
    """An examination that has another key now: its pages moved, its statements keep the second part of their ids."""

    old: str
    new: str
    departure: Departure


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address ever published, what was said of those that are no more, and renamed examinations by old key."""

    known: Mapping[str, Address] = field(default_factory=dict)
    departures: Mapping[str, Departure] = field(default_factory=dict)
    renamed: Mapping[str, Renaming] = field(default_factory=dict)

    def departure(self, address: str) -> Departure | None:
        """What was said of an address: of itself, else of the nearest one above it."""
        while address:
            if address in self.departures:
                return self.departures[address]
            address = address.rstrip("/").rpartition("/")[0]
            address = f"{address}/" if address else ""
        return None

    def leads_to(self, address: str, published: Collection[str]) -> str | None:
        """The page that stands for an address that moved; None where there is none, or moves go round in a circle.

        What stands below an address that moved is looked for below the new one, else it leads to that itself.
        """
        seen: set[str] = set()
        while address not in published:
            told = self.departure(address)
            if told is None or told.to is None or address in seen:
                return None
            seen.add(address)
            below = told.to + address.removeprefix(told.address)
            address = below if below in published or below in self.departures else told.to
        return address

    def key(self, key: str) -> str:
        """The key that an examination has now."""
        seen: set[str] = set()
        while key in self.renamed and key not in seen:
            seen.add(key)
            key = self.renamed[key].new
        return key


def address_of(key: str) -> str:
    """Where the examination of a key stands, or stood."""
    state, _, stem = key.partition("-")
    return f"countries/{state}/{stem}/"


def is_further(address: str, published: Collection[str]) -> bool:
    """Whether a page only continues another."""
    match = _FURTHER.fullmatch(address)
    return match is not None and match[1] in published


# --- files --------------------------------------------------------------------------------------------------------


def load_addresses(text: str, shown_as: str) -> Iterator[Address]:
    """The lines of a `pages.txt`. Raises DatafileError at a line that cannot be used."""
    for number, line in enumerate(text.splitlines(), 1):
        place = Location(shown_as, number, 1)
        match = _LINE.fullmatch(line)
        if match is None:
            hint = "one a line, as in countries/lao/opsc-69/; `sessional register` writes it"
            raise DatafileError(Diagnostic(place, "D001", "this line is no address of a page", hint))
        yield Address(match[1], int(match[2] or 1), place)


def dump_addresses(known: Mapping[str, int]) -> str:
    """The file, sorted: each address, with the number of pages where there are several."""
    return "".join(f"{one}{f' {pages}' if pages > 1 else ''}\n" for one, pages in sorted(known.items()))


def load_moved(root: Node) -> tuple[list[Departure], list[Renaming]]:
    """Check a `moved.yaml`. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format moved gone renamed")
    if root.need("format").text() != "moved/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'moved/1'")
    departures, renamed = [], []
    for entry in root.get("moved").items():
        entry.mapping("from to reason date editor")
        departures.append(_departure(entry, _address(entry.need("from")), _address(entry.need("to"))))
    for entry in root.get("gone").items():
        entry.mapping("address reason date editor")
        departures.append(_departure(entry, _address(entry.need("address")), None))
    for entry in root.get("renamed").items():
        entry.mapping("from to reason date editor")
        old, new = (_key(entry.need(name)) for name in ("from", "to"))
        departures.append(_departure(entry, address_of(old), address_of(new)))
        renamed.append(Renaming(old, new, departures[-1]))
    seen: set[str] = set()
    for one in departures:
        if one.address in seen:
            raise DatafileError(Diagnostic(one.location, "D002", f"{one.address} has two entries"))
        seen.add(one.address)
    return departures, renamed


def _departure(entry: Node, address: str, to: str | None) -> Departure:
    reason = entry.need("reason").text().strip()
    if not reason:
        raise entry.need("reason").fail("the reason is empty", "say in a sentence why; readers see it")
    return Departure(address, to, reason, entry.need("date").day(), entry.need("editor").text(), entry.location)


def _address(node: Node) -> str:
    match = _LINE.fullmatch(node.text())
    if match is None or match[2]:
        raise node.fail(f"{node.value!r} is no address of a page", "from the site's root, as in themes/trafficking/")
    return match[1]


def _key(node: Node) -> str:
    if not _KEY.fullmatch(node.text()):
        raise node.fail(f"{node.value!r} is no key of an examination", "as in lao-opsc-69")
    return node.text()


# --- what is missing ----------------------------------------------------------------------------------------------


def lost_addresses(
    addresses: Addresses, published: Collection[str], explained: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Addresses that are gone without a word, and entries that do not fit; `published` are those of all real pages.

    `explained` are those of pages that say of themselves why nothing is there.
    """
    lost = [one for one in addresses.known.values() if one.address not in published and one.address not in explained]
    silent = [one for one in lost if addresses.departure(one.address) is None]
    below = {one.address: 0 for one in silent}
    for one in silent:
        above = next((other for other in below if other != one.address and one.address.startswith(other)), None)
        if above is not None:
            below[above] += 1
    for one in silent:
        if any(other != one.address and one.address.startswith(other) for other in below):
            continue
        more = f", nor are {below[one.address]} below it" if below[one.address] else ""
        hint = f"say in {MOVED} where it moved, or that it is gone"
        yield Diagnostic(one.location, "I005", f"the page {one.address} is not published any more{more}", hint)
    for told in addresses.departures.values():
        yield from _misfits(addresses, told, published)


def _misfits(addresses: Addresses, told: Departure, published: Collection[str]) -> Iterator[Diagnostic]:
    """What is wrong with an entry."""

    def misfit(message: str, hint: str = "") -> Diagnostic:
        return Diagnostic(told.location, "I006", message, hint)

    if told.address in published:
        yield misfit(f"{told.address} is published, so it has not left", "remove this entry")
    elif not any(one.startswith(told.address) for one in addresses.known):
        yield misfit(f"{told.address} was never registered", "is the address written rightly?")
    if told.to is None or told.to in published:
        return
    end = addresses.leads_to(told.address, published)
    if end is not None:
        yield misfit(f"{told.address} leads to {told.to}, which left itself", f"write where it is now: {end}")
    elif _goes_round(addresses, told.address):
        yield misfit(f"{told.address} leads back to itself", "one of the entries must name a page that is published")
    else:
        yield misfit(f"{told.address} leads to {told.to}, which is not published")


def _goes_round(addresses: Addresses, address: str) -> bool:
    seen: set[str] = set()
    while address not in seen:
        seen.add(address)
        told = addresses.departures.get(address)
        if told is None or told.to is None:
            return False
        address = told.to
    return True


def stubs(addresses: Addresses, published: Collection[str]) -> Iterator[tuple[str, Departure | None, str | None]]:
    """The old addresses that need a page: what an editor said of each, and the page it leads to, if any.

    Pages that only continued another, and are fewer now, lead to the first of them without a word of an editor.
    """
    for one in sorted(addresses.known.values(), key=lambda one: one.address):
        told, end = addresses.departure(one.address), addresses.leads_to(one.address, published)
        here = one.address in published
        if not here and told and (end or told.to is None):
            yield one.address, told, end
        for number in range(2, one.pages + 1):
            further = f"{one.address}{number}/"
            if further not in published and (here or (told and end)):
                yield further, None if here else told, end


def addresses_from(known: Iterable[Address], departures: Iterable[Departure], renamed: Iterable[Renaming]) -> Addresses:
    """All of them, by address and by old key."""
    return Addresses(
        {one.address: one for one in known},
        {one.address: one for one in departures},
        {one.old: one for one in renamed},
    )
