"""Addresses that went or came from one edition to the next, in groups that a person can take in.

Takes addresses, and the kinds of files of which the registry says that they ended. Gives groups, each with all of its
addresses and what follows them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.registry import EndedFiles, ended

# So many names beside each other are told one by one; more are told as `*`.
_MOST_NAMES = 4
_DIGIT = re.compile(r"\d")
# A page that only continues another, and says no more than that with its address.
_FURTHER = re.compile(r"(.+/)\d+/index\.html")
_CUT_OTHERWISE = "It continued another page, whose list is cut otherwise now."


@dataclass(frozen=True, slots=True)
class ChangedAddress:
    """An address that went or came; `follows` is the file, or the pattern of files, to take now, or empty."""

    address: str
    follows: str = ""


@dataclass(frozen=True, slots=True)
class AddressGroup:
    """Addresses of one pattern. `follows` and `says` are what the registry has on them, or empty."""

    pattern: str
    addresses: tuple[ChangedAddress, ...]
    follows: str = ""
    says: str = ""

    @property
    def examples(self) -> Sequence[str]:
        """The first few, to show what the pattern means."""
        return [one.address for one in self.addresses[:3]]

    @property
    def told(self) -> str:
        """The pattern, how many addresses it stands for, the first of them, and what follows, on one line."""
        number, examples = len(self.addresses), ", ".join(self.examples)
        such = f", such as {examples}" if number > 1 else f", {examples}" if self.pattern != examples else ""
        follows = f" → {self.follows}" if self.follows else ""
        return f"{self.pattern}: {number:,}{such}{follows}{f'. {self.says}' if self.says else ''}"


@dataclass(frozen=True, slots=True)
class AddressChanges:
    """Addresses of pages and files that went, and those that came."""

    gone: tuple[AddressGroup, ...]
    come: tuple[AddressGroup, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)


def address_changes(old: Collection[str], new: Collection[str], kinds: Sequence[EndedFiles]) -> AddressChanges:
    """What differs between the addresses of two editions, each in its group."""
    before, after = set(old), set(new)
    further = {one for one in before - after if (first := _first_page(one)) and first in after}
    told: dict[EndedFiles | None, list[str]] = defaultdict(list)
    for address in sorted(before - after - further):
        told[ended(address, kinds)].append(address)
    known = (
        AddressGroup(
            kind.pattern,
            tuple(ChangedAddress(address, _follows(kind, address, after)) for address in told[kind]),
            kind.follows,
            kind.says,
        )
        for kind in kinds
        if kind in told
    )
    return AddressChanges((*known, *_grouped(told[None]), *_continuing(further)), tuple(_grouped(after - before)))


def _follows(kind: EndedFiles, address: str, after: Collection[str]) -> str:
    """What follows an address, unless that is a single file and is not there."""
    found = kind.followed_by(address)
    return found if "*" in found or found in after else ""


def _first_page(address: str) -> str:
    """The page that one of this address continues, if it is of the form of one that does."""
    match = _FURTHER.fullmatch(address)
    return f"{match[1]}index.html" if match else ""


def _continuing(further: Iterable[str]) -> Iterator[AddressGroup]:
    """Groups of pages that continued others; the first page of each follows."""
    for group in _grouped(further):
        addresses = tuple(ChangedAddress(one.address, _first_page(one.address)) for one in group.addresses)
        follows = addresses[0].follows if len(addresses) == 1 else f"{group.pattern.rsplit('/', 2)[0]}/index.html"
        yield AddressGroup(group.pattern, addresses, follows, _CUT_OTHERWISE)


def _grouped(addresses: Iterable[str]) -> Iterator[AddressGroup]:
    """Addresses by pattern. A name becomes `*` if it has digits, or if its folder holds many of that ending."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for parts, address in _patterns([(tuple(one.split("/")), one) for one in sorted(addresses)], ()):
        groups[parts].append(address)
    for parts, held in sorted(groups.items()):
        yield AddressGroup(held[0] if len(held) == 1 else "/".join(parts), tuple(map(ChangedAddress, held)))


_Split = tuple[tuple[str, ...], str]


def _patterns(some: Sequence[_Split], before: tuple[str, ...]) -> Iterator[_Split]:
    """Each address with the parts of its pattern, folder by folder; `some` have the parts before in common."""
    depth = len(before)
    by_name: dict[tuple[bool, str], list[_Split]] = defaultdict(list)
    for one in some:
        # A file keeps its ending, and is never one with a folder.
        name, is_file = one[0][depth], len(one[0]) == depth + 1
        by_name[is_file, name].append(one)
    many = {
        (is_file, ending)
        for is_file, ending in {(is_file, _ending(name, is_file)) for is_file, name in by_name}
        if depth and sum((file, _ending(name, file)) == (is_file, ending) for file, name in by_name) > _MOST_NAMES
    }
    merged: dict[tuple[bool, str], list[_Split]] = defaultdict(list)
    for (is_file, name), held in by_name.items():
        ending = _ending(name, is_file)
        starred = (is_file, ending) in many or (depth and _DIGIT.search(name.removesuffix(ending)))
        merged[is_file, f"*{ending}" if starred else name] += held
    for (is_file, name), held in merged.items():
        if is_file:
            yield from (((*before, name), address) for _, address in held)
        else:
            yield from _patterns(held, (*before, name))


def _ending(name: str, is_file: bool) -> str:
    """`.csl.json` of `index.csl.json`; of a folder nothing."""
    stem, dot, rest = name.partition(".")
    return f"{dot}{rest}" if is_file and stem else ""
