"""On which page of an examination each of its statements stands.

Takes an examination and the room of a page. Gives the examination's parts, each cut into sheets, and the
address of the page that holds each statement: permalinks, sources, search and indexes all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.corpus import Exchange, LinkedStatement, PublishedExamination, exchanges
from generator.model import Section
from generator.pages.paging import Group, Sheet, cut, items_in, sheets
from generator.vocabulary import slug


@dataclass(frozen=True, slots=True)
class Portion:
    """An exchange, or as much of it as a page holds; `last` where nothing of it follows."""

    exchange: Exchange
    turns: tuple[LinkedStatement, ...]
    last: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of a document, as the page shows it. `level` 0 is the top."""

    path: str
    title: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Recommendations that a document lists together, with the position it gives."""

    path: str
    response: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class PartLayout:
    """A part of an examination with pages of its own; the first part, `id` empty, stands at its address."""

    id: str
    title: str
    sheets: tuple[Sheet[Portion], ...]
    statements: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of an examination. `listed` holds the recommendations its documents list, and stands first."""

    listed: tuple[Sheet[LinkedStatement], ...]
    parts: tuple[PartLayout, ...]
    # The address of the page that holds a statement, by its id.
    places: Mapping[str, str]


# The pages beside a list of recommendations, and the parts of the document that each shows.
_BESIDE = (
    ("presentation", "Presentation by the State under review", ("", "introduction", "proceedings", "presentation")),
    ("dialogue", "Interactive dialogue", ("dialogue",)),
    ("conclusions", "Conclusions and commitments", ("conclusions", "commitments", "annex")),
)


def lay_out(examination: PublishedExamination, room: int) -> Layout:
    """Everything told of an examination, so many items a page. Without a list of recommendations there is one part."""
    told = examination.statements
    paths = tuple(document.document.source.path for document in examination.documents)
    listed = [one for one in told if one.statement.listed]
    rest = [one for one in told if not one.statement.listed] if listed else list(told)
    base = examination.address
    lists: tuple[Sheet[LinkedStatement], ...] = ()
    parts = []
    if listed:
        lists = tuple(sheets(base, _listings(listed, paths), statement_items, room, _numbers))
        for id_, title, of in _BESIDE:
            held = [
                one
                for one in rest
                if (one.statement.section.part if one.statement.section.part in _KNOWN else "") in of
            ]
            if held:
                parts.append(_part(f"{base}{id_}/", id_, title, held, paths, room))
    else:
        parts.append(_part(base, "", "", rest, paths, room))
    places = {one.id: sheet.address for sheet in lists for group in sheet.groups for one in group.items}
    for part in parts:
        for sheet in part.sheets:
            for portions in sheet.groups:
                places.update((turn.id, sheet.address) for portion in portions.items for turn in portion.turns)
    return Layout(lists, tuple(parts), places)


_KNOWN = frozenset(part for _, _, parts in _BESIDE for part in parts)


def statement_items(linked: LinkedStatement) -> int:
    """As how many items a statement counts."""
    return items_in(linked.statement.text)


def _listings(listed: Sequence[LinkedStatement], paths: Sequence[str]) -> Iterator[Group[LinkedStatement]]:
    """By document and position, each in the order in which it first comes."""
    for number, path in enumerate(paths, 1):
        by_position: dict[str | None, list[LinkedStatement]] = {}
        for one in listed:
            if one.path == path:
                by_position.setdefault(one.statement.response, []).append(one)
        for response, found in by_position.items():
            anchor = f"position-{response or 'none'}" + (f"-{number}" if len(paths) > 1 else "")
            yield Group(response or "", tuple(found), Listing(path, response, anchor))


def _numbers(groups: tuple[Group[LinkedStatement], ...]) -> str:
    """The numbers of the recommendations on a page: `135.1 – 135.80`."""
    numbers = [one.statement.number for group in groups for one in group.items if one.statement.number]
    return f"{numbers[0]} – {numbers[-1]}" if numbers else ""


def _part(base: str, id_: str, title: str, held: list[LinkedStatement], paths: Sequence[str], room: int) -> PartLayout:
    groups = [
        group
        for number, path in enumerate(paths, 1)
        for group in _sections(
            [one for one in held if one.path == path],
            path,
            f"document-{number}-" if len(paths) > 1 else "section-",
            room,
        )
    ]
    cut_up = sheets(base, groups, _portion_items, room, _lines)
    return PartLayout(id_, title, tuple(cut_up), len(held))


def _lines(groups: tuple[Group[Portion], ...]) -> str:
    """What a page of a dialogue holds: its headings where there are several, and the lines of the source."""
    turns = [turn.statement for group in groups for portion in group.items for turn in portion.turns]
    lines = f"lines {turns[0].line}–{turns[-1].spans[-1].line}" if turns else ""
    titles = list(dict.fromkeys(group.title for group in groups if group.title and group.items))
    return f"{titles[0]} – {titles[-1]}, {lines}" if len(titles) > 1 else lines


def _sections(linked: list[LinkedStatement], path: str, prefix: str, room: int) -> Iterator[Group[Portion]]:
    """Sections in the order of the document, each with its exchanges; a parent without any keeps its heading."""
    seen: list[tuple[str, ...]] = []
    held: list[list[Portion]] = []
    section: Section | None = None
    for exchange in exchanges(linked):
        if exchange.section != section:
            names = exchange.section.path
            for depth in range(1, len(names)):
                if not seen or seen[-1][:depth] != names[:depth]:
                    seen.append(names[:depth])
                    held.append([])
            section = exchange.section
            seen.append(names)
            held.append([])
        held[-1] += _portions(exchange, room)
    used: set[str] = set()
    for names, portions in zip(seen, held, strict=True):
        title = names[-1] if names else "Before the first heading"
        anchor = prefix + unique(slug(title), used)
        yield Group(title, tuple(portions), Heading(path, title, anchor, max(0, len(names) - 1)))


def _portions(exchange: Exchange, room: int) -> Iterator[Portion]:
    """An exchange whole, or in portions where it is longer than a page."""
    pages = cut([Group("", exchange.turns)], statement_items, room)
    for number, groups in enumerate(pages, 1):
        yield Portion(exchange, groups[0].items, number == len(pages))


def _portion_items(portion: Portion) -> int:
    return sum(map(statement_items, portion.turns))


def unique(name: str, used: set[str]) -> str:
    """The name, with a number if it is used already; adds it to those used."""
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found
