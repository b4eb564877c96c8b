"""The vocabularies: everything the program knows of the field, as data that editors can read and extend.

Takes the folders that hold `*.yaml` (a later folder adds to an earlier one and replaces entries of the same id).
Gives one checked `Vocabulary`. A wrong key, value or pattern is a `DatafileError` at its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.datafile import DatafileError, Node, load
from generator.diagnostics import Diagnostic
from generator.text.source import Location
from generator.vocabulary.cues import Cue, CueSet, Subject, load_cues
from generator.vocabulary.families import (
    Conclusions,
    ContentsList,
    Family,
    Furniture,
    load_contents_list,
    load_families,
    load_furniture,
)
from generator.vocabulary.folding import fold, level, slug
from generator.vocabulary.glossary import Glossary, load_glossary
from generator.vocabulary.grammar import Dates, Language, WrittenDate, load_languages, ordinals
from generator.vocabulary.health import HealthRules, Words, load_health
from generator.vocabulary.interface import Interface, load_interface
from generator.vocabulary.lexicon import Lexicon
from generator.vocabulary.registers import (
    Body,
    Person,
    Ratifications,
    Session,
    Treaties,
    Treaty,
    load_bodies,
    load_people,
    load_ratifications,
    load_sessions,
    load_treaties,
    surnames,
)
from generator.vocabulary.sense import Sense, load_sense
from generator.vocabulary.states import State, StateNames, load_states
from generator.vocabulary.symbols import Symbols, load_symbols
from generator.vocabulary.telling import Telling
from generator.vocabulary.themes import (
    Cluster,
    Group,
    Theme,
    load_clusters,
    load_groups,
    load_instruments,
    load_names,
    load_themes,
    subject_lexicon,
)
from generator.vocabulary.tiles import Tiles, load_tiles
from generator.vocabulary.wordforms import WordForms, load_word_forms

__all__ = [
    "Body",
    "Cluster",
    "Conclusions",
    "ContentsList",
    "Cue",
    "CueSet",
    "Dates",
    "Family",
    "Furniture",
    "Glossary",
    "Group",
    "HealthRules",
    "Interface",
    "Language",
    "Lexicon",
    "Person",
    "Ratifications",
    "Sense",
    "Session",
    "State",
    "StateNames",
    "Subject",
    "Symbols",
    "Telling",
    "Theme",
    "Tiles",
    "Treaties",
    "Treaty",
    "Vocabulary",
    "Words",
    "WrittenDate",
    "fold",
    "level",
    "load_vocabulary",
    "ordinals",
    "slug",
]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All vocabularies, checked."""

    states: StateNames
    treaties: Treaties
    bodies: Mapping[str, Body]
    sessions: Mapping[tuple[str, int], Session]
    people: Mapping[str, Person]
    # Name by surname, where it is the surname of one member only.
    members: Mapping[str, str]
    ratifications: Ratifications
    clusters: Mapping[str, Cluster]
    themes: Mapping[str, Theme]
    groups: Mapping[str, Group]
    subjects: Mapping[str, Lexicon[Theme | Group]]
    # Names of bodies and titles of instruments that hold no theme, with the length from which they are blanked.
    names: Lexicon[int]
    # Names of instruments and committees with the themes they carry.
    instruments: Lexicon[tuple[str, ...]]
    languages: Mapping[str, Language]
    dates: Dates
    cues: Mapping[str, CueSet]
    families: Mapping[str, Family]
    furniture: tuple[Furniture, ...]
    contents_list: ContentsList
    symbols: Symbols
    glossary: Glossary
    interface: Interface
    # Which words a search takes for the same.
    search: WordForms
    # Where each State stands on the map of equal squares.
    tiles: Tiles
    # What two wordings of one statement may not differ by unseen.
    sense: Sense
    # How the health of a text is measured.
    health: HealthRules

    def person_named(self, written: str) -> Person | None:
        """The Committee member whose whole name this is, in any form that is known; None if two share it."""
        form = fold(written)
        found = [person for person in self.people.values() if form in person.forms]
        return found[0] if len(found) == 1 else None


def load_vocabulary(folders: Sequence[Path], shown_as: Sequence[str]) -> Vocabulary:
    """Read the vocabularies of the folders, each named in messages as `shown_as` says. Raises DatafileError."""
    files = _Files([*zip(folders, shown_as, strict=True)])
    languages = load_languages(files.entries("languages"))
    clusters = load_clusters(files.entries("themes", "clusters"))
    themes = load_themes(files.entries("themes"), clusters)
    groups = load_groups(files.entries("themes", "affected_groups"))
    treaties = load_treaties(files.root("treaties"), files.entries("treaties"))
    people = load_people(files.entries("people"))
    states = load_states(files.entries("states", key="code"))
    return Vocabulary(
        states=states,
        treaties=treaties,
        bodies=load_bodies(files.entries("bodies")),
        sessions=load_sessions(files.entries("sessions", key="body session mechanism")),
        people=people,
        members=surnames(people.values()),
        ratifications=load_ratifications(files.root("ratifications")),
        clusters=clusters,
        themes=themes,
        groups=groups,
        subjects={lang: subject_lexicon(lang, themes.values(), groups.values()) for lang in languages},
        names=load_names(files.root("themes"), treaties),
        instruments=load_instruments(files.entries("themes", "instruments"), themes),
        languages=languages,
        dates=Dates(languages.values()),
        cues=load_cues(files.entries("cues", "languages")),
        families=load_families(files.entries("families")),
        furniture=load_furniture(files.entries("furniture")),
        contents_list=load_contents_list(files.root("furniture").need("contents")),
        symbols=load_symbols(files.root("symbols"), files.entries("symbols")),
        interface=load_interface(
            *(files.entries("interface", sort) for sort in ("kinds", "speakers", "positions", "badges", "headings"))
        ),
        glossary=load_glossary(files.entries("glossary")),
        search=load_word_forms(files.root("search"), files.entries("search", "languages")),
        tiles=load_tiles(files.root("tiles"), states.by_code),
        sense=load_sense(
            files.entries("sense", "languages"), (name for lang in languages.values() for name in lang.months), states
        ),
        health=load_health(
            files.root("health"), files.entries("health", "characters"), files.entries("words", "languages")
        ),
    )


class _Files:
    """The YAML files of several folders, read once, their lists merged by id."""

    def __init__(self, folders: list[tuple[Path, str]]) -> None:
        self._folders = folders
        self._roots: dict[str, list[Node]] = {}

    def roots(self, name: str) -> list[Node]:
        if name not in self._roots:
            found = []
            for folder, shown in self._folders:
                path = folder / f"{name}.yaml"
                if path.is_file():
                    node = load(path, f"{shown}/{name}.yaml")
                    if node.need("format").text() != f"{name}/1":
                        raise node.need("format").fail(f"found {node.get('format').value!r}, expected '{name}/1'")
                    found.append(node)
            if not found:
                place = Location(f"{self._folders[0][1]}/{name}.yaml")
                raise DatafileError(Diagnostic(place, "D001", "the vocabulary is missing"))
            self._roots[name] = found
        return self._roots[name]

    def root(self, name: str) -> Node:
        """The first file of this name: what is not a list is not merged."""
        return self.roots(name)[0]

    def entries(self, name: str, under: str = "", key: str = "id") -> Iterable[Node]:
        merged: dict[tuple[object, ...], Node] = {}
        for root in self.roots(name):
            for entry in root.get(under or name).items():
                merged[tuple(_name(entry.get(part)) for part in key.split())] = entry
        return merged.values()


_SAFE = re.compile(r"[\w-]+(?:[ .][\w-]+)*")


def _name(node: Node) -> object:
    """What an entry is called by: it becomes part of addresses and paths, so it holds no slash and begins no dot."""
    if node.value and not _SAFE.fullmatch(str(node.value)):
        raise node.fail(f"{node.value!r} cannot be part of an address", "use letters, digits and hyphens")
    return node.value
