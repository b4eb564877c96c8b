"""What can be found: statements and pages, in the order in which they are numbered.

Takes `Views` and the planned pages. Gives `Record`s by `Shelf` – what kind of thing, said by whom, how long – and by
State, so that most of what a visitor may narrow a search by is a range of numbers and costs nothing to know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from generator import rights
from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import Kind, Speaker
from generator.pages import Page
from generator.pages.views import KIND_LABELS, SPEAKERS, Views
from generator.search.words import Words, split

SLOT = 16  # numbers that a shelf's part of one State is rounded up to: one statement more moves no other State's
_SHORT, _LONG = 120, 270  # characters; the shorter of two statements with the same words says more of them
_PAGES = {"country", "examination", "session", "theme", "person", "treaty"}
_STATE = re.compile(r"countries/([a-z]{3})/")
_FURTHER = re.compile(r"/\d+/$")


class Shelf(NamedTuple):
    """Records of one sort. `kind` and `speaker` are places in their lists; pages come first, as kind -1."""

    kind: int
    speaker: int
    unreviewed: bool
    length: int

    def told(self) -> list[object]:
        """As the browser is told."""
        if self.kind < 0:
            return ["page", "Page", "pages", "", 0, 0]
        kind, speaker = list(Kind)[self.kind], list(Speaker)[self.speaker]
        return [kind, *KIND_LABELS[kind], SPEAKERS.get(speaker, ""), int(not self.unreviewed), self.length]


PAGE = Shelf(-1, -1, unreviewed=False, length=0)
_KINDS = {kind: number for number, kind in enumerate(Kind)}
_SPEAKERS = {speaker: number for number, speaker in enumerate(Speaker)}

What = LinkedStatement | Page


class Part(NamedTuple):
    """The records of one shelf and State, from `first` on, each with its examination."""

    shelf: Shelf
    state: str
    first: int
    records: Sequence[tuple[str, What]]


class Shelves:
    """All records in their order. `states` are the codes in use, the first one being none."""

    def __init__(self, views: Views, pages: Iterable[Page]) -> None:
        self.states = ["", *sorted(views.corpus.by_state)]
        self._ranks = {e.key: n for n, e in enumerate(_by_day(views.corpus.examinations.values()))}
        placed: defaultdict[tuple[Shelf, str], list[tuple[str, What]]] = defaultdict(list)
        for shelf, state, examination, what in chain(_statements(views), _pages(views, pages)):
            placed[shelf, state].append((examination, what))
        self.parts: list[Part] = []
        first = 0
        for (shelf, state), records in sorted(placed.items()):
            records.sort(key=lambda one: self.rank(one[0]))
            self.parts.append(Part(shelf, state, first, records))
            first += -(-len(records) // SLOT) * SLOT
        self.shelves = sorted({part.shelf for part in self.parts})

    def rank(self, examination: str) -> int:
        """The place of an examination among those of its State; pages of no examination come before."""
        return self._ranks.get(examination, -1)

    def numbered(self) -> Iterator[tuple[int, What]]:
        """Every record with its number."""
        for part in self.parts:
            for number, (_, what) in enumerate(part.records, part.first):
                yield number, what


Placed = tuple[Shelf, str, str, What]  # shelf, State, examination


def _by_day(examinations: Iterable[PublishedExamination]) -> list[PublishedExamination]:
    return sorted(examinations, key=lambda e: (e.state, e.facts.date.value if e.facts.date else "", e.session, e.key))


def _statements(views: Views) -> Iterator[Placed]:
    corpus = views.corpus
    shelves: dict[tuple[Kind, Speaker, bool, int], Shelf] = {}
    for one in corpus.statements:
        if corpus.is_indexed(one):
            statement = one.statement
            size = len(statement.text)
            length = 0 if size <= _SHORT else 1 if size <= _LONG else 2
            sort = statement.kind, statement.speaker, not statement.reviewed, length
            shelf = shelves.get(sort)
            if shelf is None:
                shelf = shelves[sort] = Shelf(_KINDS[sort[0]], _SPEAKERS[sort[1]], *sort[2:])
            examination = corpus.examination_of(one)
            yield shelf, examination.state, examination.key, one


def _pages(views: Views, pages: Iterable[Page]) -> Iterator[Placed]:
    by_address = {e.address: e.key for e in views.corpus.examinations.values()}
    for page in pages:
        if page.template in _PAGES and not _FURTHER.search(page.address):
            state = _STATE.match(page.address)
            yield PAGE, state[1].upper() if state else "", by_address.get(page.address, ""), page


def words_of(what: What) -> Words:
    """The words that find a record. What stands beside the words on its card finds it too: never as if in them."""
    if isinstance(what, Page):
        return split(what.title)
    statement = what.statement
    words = split(shown) if (shown := rights.words(statement.text)) else Words([], [])
    if statement.number or statement.speaker_name:
        beside = split(f"{statement.number or ''} {statement.speaker_name or ''}")
        words = Words([*words.places, "", *beside.places], [*words.compounds, *beside.compounds])
    return words
