"""What is shown of the records, and what a search can be narrowed by.

Takes `Views` and the records in their order. Gives blocks of records, each one file, and the table of examinations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.pages import Page
from generator.pages.views import POSITIONS, Views
from generator.rights import wording
from generator.search.postings import numbers
from generator.search.records import Shelves, What
from generator.text.normaliser import visible
from generator.wording import Wording, wording_of

BLOCK = 40  # records of a file: a page of results loads one for each, for they stand far apart


def blocks(views: Views, shelves: Shelves) -> Iterator[tuple[str, int, Any]]:
    """Blocks of records: names that several share stand once, in front."""
    own = {one.key: one.address for one in views.corpus.examinations.values()}
    block = _Block(views, 0)
    for number, what in shelves.numbered():
        if number // BLOCK != block.number:
            yield "d", block.number, block.data()
            block = _Block(views, number // BLOCK)
        block.rows[number % BLOCK] = _row(views, what, block, own)
    if block.rows:
        yield "d", block.number, block.data()


class _Block:
    """One file of records."""

    def __init__(self, views: Views, number: int) -> None:
        self.number = number
        self._views = views
        self.rows: dict[int, list[Any]] = {}
        self._names: dict[Any, int] = {}

    def name(self, name: Any) -> int:
        """The place of a name in the block's list."""
        return self._names.setdefault(name, len(self._names))

    def data(self) -> list[Any]:
        """Names, then rows; a number that nothing has is 0."""
        last = max(self.rows, default=-1)
        names = [self._told(name) if isinstance(name, tuple) else name for name in self._names]
        return [names, [self.rows.get(n, 0) for n in range(last + 1)]]

    def _told(self, name: tuple[tuple[str, ...], str]) -> list[str]:
        """An examination: its key, its name, the kind of its source, its State and its address."""
        keys, badge = name
        examinations = [self._views.corpus.examinations[key] for key in keys]
        first = examinations[0]
        called = " and ".join(self._views.examination(one).text for one in examinations)
        return [keys[0], called, badge, self._views.vocabulary.states[first.state].short, first.address]


def _row(views: Views, one: What, block: _Block, own: Mapping[str, str]) -> list[Any]:
    """A page, or a statement; what few statements have stands at its end and is left out otherwise."""
    if isinstance(one, Page):
        return [one.address, visible(one.title), visible(one.description)]
    statement, document = one.statement, views.document(one)
    provenance, whose = document.provenance, wording(statement.text, document)
    address = views.place(one)
    row = [
        one.local,
        block.name((one.examinations, provenance.badge)),
        # The first name of a block is an examination: 0 is the address of the statement's own one.
        0 if address == own[one.examination or ""] else block.name(address),
        block.name(views.who(one)),
        0 if whose is Wording.WITHHELD else visible(statement.text),
    ]
    by, digest = visible(statement.speaker_name or ""), int(wording_of(provenance.kind) is Wording.PARAPHRASED)
    if not by and (states := statement.speaker_states or statement.recommending_states):
        by = ", ".join(views.vocabulary.states[code].short for code in states)
    if statement.listed:
        number = f"No. {statement.number}" if statement.number else ""
        row += [by, digest, " · ".join(filter(None, (number, POSITIONS[statement.response][0])))]
    elif by or digest:
        row += [by, digest]
    return row


def facets(views: Views, shelves: Shelves) -> dict[str, Any]:
    """States and themes by name, and the examinations by State: columns of numbers, and what the numbers stand for.

    `counts` has for each shelf how many records it has of each examination.
    """
    counts = Counter((part.shelf, part.state, key) for part in shelves.parts for key, _ in part.records)
    ranked = sorted({one[1:] for one in counts}, key=lambda one: (one[0], shelves.rank(one[1])))
    frames, sessions, years = _Column(), _Column(), _Column()
    for _, key in ranked:
        examination = views.corpus.examinations.get(key)
        date = examination.facts.date if examination else None
        frames.add(views.frame(examination) if examination else "")
        sessions.add(views.session(examination).text if examination else "")
        years.add(date.value[:4] if date else "")
    states, themes = views.vocabulary.states, views.vocabulary.themes.values()
    told = {theme for one in views.corpus.statements for theme in one.statement.themes}
    return {
        "states": [["", ""], *([states[code].short, states[code].region] for code in shelves.states[1:])],
        "themes": [[theme.id, theme.label] for theme in themes if theme.id in told],
        "state": numbers(shelves.states.index(state) for state, _ in ranked),
        "treaty": frames.data(),
        "session": sessions.data(),
        "year": years.data(),
        "counts": numbers(counts[shelf, *one] for shelf in shelves.shelves for one in ranked),
    }


class _Column:
    """Values that come again and again."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._values: list[int] = []

    def add(self, value: str) -> None:
        """The next value."""
        self._values.append(self._places.setdefault(value, len(self._places)))

    def data(self) -> list[Any]:
        """The values that occur, and which of them stands where."""
        return [list(self._places), numbers(self._values)]
