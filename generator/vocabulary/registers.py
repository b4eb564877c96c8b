"""Facts that stand in tables: treaties, sessions with their dates, Committee members, years of ratification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.datafile import Node
from generator.vocabulary.folding import fold, level
from generator.vocabulary.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty under which States are examined."""

    id: str
    body: str
    title: str
    short: str
    adopted: str
    in_force: str
    resolution: str
    symbol_prefix: str
    protocol_to: str | None
    note: str
    patterns: tuple[re.Pattern[str], ...]
    # Headings of sections that only reports under this treaty have.
    headings: tuple[re.Pattern[str], ...] = ()

    def heads(self, title: str) -> bool:
        """Whether a heading is one of a section that only reports under this treaty have."""
        return any(pattern.search(title) for pattern in self.headings)


@dataclass(frozen=True, slots=True)
class Treaties:
    """The treaties, titles that break off, and short forms that mean the treaty under examination."""

    by_id: Mapping[str, Treaty]
    titles: Lexicon[Treaty]
    cut_titles: Lexicon[None]
    cut_patterns: tuple[re.Pattern[str], ...]
    # All of these in one scan: a treaty, or what else is named – "cut" or "short".
    mentions: Lexicon[Treaty | str]


@dataclass(frozen=True, slots=True)
class Body:
    """Who examines States: a treaty body, or a mechanism `of` another body."""

    id: str
    name: str
    short: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a body, with the dates a source gives."""

    body: str
    number: int
    start: str | None
    end: str | None
    basis: str
    source: str
    number_inferred: bool

    @property
    def key(self) -> str:
        """Its address part: `crc-69`."""
        return f"{self.body.lower()}-{self.number}"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a Committee: a public role. `forms` are the folded ways the name is written."""

    id: str
    name: str
    forms: frozenset[str]
    body: str
    state: str | None
    terms: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratifications:
    """Years of ratification or accession, by State and treaty; treaties only signed, and those neither signed."""

    as_of: str
    source: str
    years: Mapping[str, Mapping[str, int]]
    signed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    neither: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_treaties(root: Node, entries: Iterable[Node]) -> Treaties:
    """The treaties in their order: where two patterns match at one place, the longer match counts."""
    found = {}
    for entry in entries:
        entry.mapping(
            "id body title short adopted in_force resolution symbol_prefix protocol_to note patterns headings"
        )
        treaty = Treaty(
            id=entry.need("id").text(),
            body=entry.need("body").text(),
            title=entry.need("title").text(),
            short=entry.need("short").text(),
            adopted=entry.get("adopted").value or "",
            in_force=entry.get("in_force").value or "",
            resolution=entry.get("resolution").value or "",
            symbol_prefix=entry.need("symbol_prefix").text(),
            protocol_to=entry.get("protocol_to").value,
            note=entry.get("note").value or "",
            patterns=tuple(node.pattern(re.IGNORECASE) for node in entry.need("patterns").items()),
            headings=tuple(node.pattern(re.IGNORECASE) for node in entry.get("headings").items()),
        )
        found[treaty.id] = treaty
    titles = Lexicon((treaty, pattern) for treaty in found.values() for pattern in treaty.patterns)
    named: list[tuple[Treaty | str, re.Pattern[str]]] = [
        (treaty, pattern) for treaty in found.values() for pattern in treaty.patterns
    ]
    cut = [node.pattern(re.IGNORECASE) for node in root.get("cut_titles").items()]
    short = [node.pattern(re.IGNORECASE) for node in root.get("short_forms").items()]
    mentions = Lexicon([*named, *(("cut", pattern) for pattern in cut), *(("short", pattern) for pattern in short)])
    return Treaties(found, titles, Lexicon((None, pattern) for pattern in cut), tuple(cut), mentions)


def load_bodies(entries: Iterable[Node]) -> dict[str, Body]:
    """Those who examine States, by whose sessions are counted."""
    found = {}
    for entry in entries:
        entry.mapping("id name short of")
        body = Body(
            entry.need("id").text(), entry.need("name").text(), entry.need("short").text(), entry.get("of").optional()
        )
        found[body.id] = body
    return found


def load_sessions(entries: Iterable[Node]) -> dict[tuple[str, int], Session]:
    """Sessions by body and number."""
    found = {}
    for entry in entries:
        entry.mapping("body mechanism session start end basis source further_sources number_inferred")
        session = Session(
            body=entry.get("mechanism").value or entry.need("body").text(),
            number=entry.need("session").integer(),
            start=entry.get("start").value,
            end=entry.get("end").value,
            basis=entry.get("basis").value or "",
            source=entry.get("source").value or "",
            number_inferred=bool(entry.get("number_inferred").value),
        )
        found[session.body, session.number] = session
    return found


def load_people(entries: Iterable[Node]) -> dict[str, Person]:
    """People by id."""
    found = {}
    for entry in entries:
        entry.mapping("id name also body state terms sources")
        name = entry.need("name").text()
        person = Person(
            id=entry.need("id").text(),
            name=name,
            forms=frozenset(fold(form) for form in (name, *entry.get("also").texts())),
            body=entry.get("body").value or "",
            state=entry.get("state").value,
            terms=entry.get("terms").texts(),
            sources=entry.get("sources").texts(),
        )
        found[person.id] = person
    return found


def surnames(people: Iterable[Person]) -> dict[str, str]:
    """Names of Committee members by the surname alone, where only one member has it."""
    found: dict[str, set[str]] = {}
    for person in people:
        found.setdefault(level(person.name).split()[-1], set()).add(person.name)
    return {surname: names.pop() for surname, names in found.items() if len(names) == 1}


def load_ratifications(root: Node) -> Ratifications:
    """The table; a year that is none is an error at its place."""
    years = {
        code: {treaty: year.integer() for treaty, year in row.mapping().items()}
        for code, row in root.get("ratifications").mapping().items()
    }
    signed, neither = (
        {code: treaties.texts() for code, treaties in root.get(key).mapping().items()}
        for key in ("signed_only", "no_action")
    )
    return Ratifications(
        root.get("as_of").value or "not recorded", root.get("source").value or "", years, signed, neither
    )
