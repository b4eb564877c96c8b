"""States and other parties: codes, names, and what a written name stands for.

A name is found by exact match of its folded form, never by likeness. Strong names are safe alone in running text; weak
ones (demonyms, two-letter codes, words that are also something else) count only where a State is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from generator.datafile import Node
from generator.vocabulary.folding import fold, level


@dataclass(frozen=True, slots=True)
class State:
    """A State party or another party that documents name. `code` is ISO 3166-1 alpha-3 or the vocabulary's own."""

    code: str
    status: str
    region: str
    subregion: str
    short: str
    formal: str
    names: Mapping[str, str]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    former: tuple[tuple[str, str], ...]
    successors: tuple[str, ...]
    years: tuple[str | None, str | None]

    @property
    def slug(self) -> str:
        """The last part of its address: `lao`."""
        return self.code.lower()


_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*\.?")
_LONGEST_NAME = 10  # words: "United Kingdom of Great Britain and Northern Ireland" has eight
_SHORTEST_SOLID = 4  # letters of a name written without spaces
_MOST_LISTS = 20_000  # kept: one State in brackets stands in hundreds of recommendations
_BETWEEN_STATES = frozenset(("and", "the", "", "as", "well", "also", "et", "y", "on", "behalf", "of"))
_COMMA = re.compile(r"[,;/]")
_BREAKS_LIST = re.compile(r"[,;/&()]")
# In capitals and without its apostrophe: "POLAND S", "SUDAN'S", "NETHERLANDS'".
_POSSESSIVE = re.compile(r"(?:'s|'| s)$", re.IGNORECASE)


class StateNames:
    """Which State a written name stands for."""

    def __init__(self, states: Iterable[State]) -> None:
        self.by_code = {state.code: state for state in states}
        self._strong: dict[str, str] = {}
        self._weak: dict[str, str] = {}
        for state in self.by_code.values():
            for name in state.strong:
                self._strong[fold(name)] = state.code
            for name in state.weak:
                self._weak[fold(name)] = state.code
        self._words: frozenset[str] | None = None
        self._pattern: re.Pattern[str] | None = None
        self._solid: dict[str, str] | None = None
        self._speaking: re.Pattern[str] | None = None
        self._lists: dict[str, tuple[list[tuple[str, int, int]], list[str]]] = {}

    def __iter__(self) -> Iterator[State]:
        return iter(self.by_code.values())

    def __getitem__(self, code: str) -> State:
        return self.by_code[code]

    @property
    def words(self) -> frozenset[str]:
        """Every word of a State's name, folded; single letters are none."""
        if self._words is None:
            self._words = frozenset(word for name in self._strong for word in name.split() if len(word) > 1)
        return self._words

    def find(self, written: str, *, expected: bool = True) -> str | None:
        """The code a name stands for, or None. Weak names count only where a State is `expected`."""
        for form in self._forms(written):
            if form in self._strong:
                return self._strong[form]
            if expected and form in self._weak:
                return self._weak[form]
        return None

    def _forms(self, written: str) -> Iterator[str]:
        name = level(written).strip(" *.,;:")
        yield fold(name)
        bare = _POSSESSIVE.sub("", name)
        if bare != name:
            yield fold(bare)

    def run_together(self, letters: str) -> str | None:
        """The State whose name these letters are, written without spaces as in a file's name."""
        if self._solid is None:
            self._solid = {name.replace(" ", ""): code for name, code in (*self._weak.items(), *self._strong.items())}
        return self._solid.get(fold(letters).replace(" ", "")) if len(letters) >= _SHORTEST_SOLID else None

    def listed(self, written: str) -> tuple[list[tuple[str, int, int]], list[str]]:
        """The States of a list ("Chile, the Czech Republic and Iran (Islamic Republic of)"): codes with their places,
        in its order, and the words that name none. The longest name that fits counts."""
        if written not in self._lists:
            if len(self._lists) > _MOST_LISTS:
                self._lists.clear()
            self._lists[written] = self._listed(written)
        found, unknown = self._lists[written]
        return [*found], [*unknown]

    def _listed(self, written: str) -> tuple[list[tuple[str, int, int]], list[str]]:
        words = [(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(level(written))]
        found: list[tuple[str, int, int]] = []
        unknown: list[str] = []
        at, bad = 0, None
        while at < len(words):
            comma = _COMMA.search(written, words[at][2])
            within = sum(1 for _, start, _ in words[at : at + _LONGEST_NAME] if not comma or start < comma.start())
            for size in range(within, 0, -1):
                name = fold(" ".join(word for word, _, _ in words[at : at + size]))
                code = self._strong.get(name) or self._weak.get(name)
                if code and name:
                    break
            else:
                size, code = 1, None
            first, last = words[at][1], words[at + size - 1][2]
            if code is not None:
                found.append((code, first, last))
                bad = None
            elif words[at][0] not in _BETWEEN_STATES:
                if bad is not None and not _BREAKS_LIST.search(written, words[at - 1][2], first):
                    unknown[-1] = written[bad:last]
                else:
                    bad = first
                    unknown.append(written[first:last])
            at += size
        return found, unknown

    def suggest(self, written: str, limit: int = 3) -> list[str]:
        """Names an editor may have meant, for a hint; never an answer."""
        names = {fold(state.short): state.short for state in self.by_code.values()}
        found = process.extract(fold(written), names.keys(), scorer=fuzz.WRatio, limit=limit, score_cutoff=70)
        return [names[name] for name, _, _ in found]

    @property
    def in_text(self) -> re.Pattern[str]:
        """Strong names as they stand in running text (with straight quotation marks), longest first."""
        if self._pattern is None:
            names = sorted(
                {level(name) for s in self.by_code.values() for name in s.strong}, key=lambda n: (-len(n), n)
            )
            self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
        return self._pattern

    @property
    def speaking(self) -> re.Pattern[str]:
        """One State or several where a sentence's subject stands: "The Czech Republic", "Norway, Sweden and Chile"."""
        if self._speaking is None:
            names = {level(n) for s in self.by_code.values() for n in (*s.strong, *s.weak) if n[:1].isupper()}
            # the longest of two names that begin alike: "Guinea-Bissau", "Guinea"
            longest = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
            one = rf"(?:[Tt]he )?(?=[A-Z])(?:{longest})(?![\w-])"
            self._speaking = re.compile(rf"{one}(?:(?:, {one})*,? and {one})?")
        return self._speaking

    def in_subject_place(self, code: str, article: str = "(?:[Tt]he )?") -> str:
        """A pattern of one State's own names, for the place of a sentence's subject."""
        state = self.by_code.get(code)
        names = sorted({level(name) for name in state.strong}, key=lambda n: (-len(n), n)) if state else []
        return article + "(?:" + "|".join(map(re.escape, names)) + ")" if names else r"(?!)"


def load_states(entries: Iterable[Node]) -> StateNames:
    """Check and build the table; a folded name that two codes claim is an error at its place."""
    states: list[State] = []
    owner: dict[str, str] = {}
    for entry in entries:
        state = _state(entry)
        for name in (*state.strong, *state.weak):
            other = owner.setdefault(fold(name), state.code)
            if other != state.code:
                raise entry.fail(f"the name {name!r} of {state.code} belongs to {other} already")
        states.append(state)
    return StateNames(states)


def _state(entry: Node) -> State:
    entry.mapping("code status region subregion names strong weak weak_short former years succeeded_by")
    names = {lang: node.need("short").text() for lang, node in entry.need("names").mapping("en fr es").items()}
    english = entry.need("names").need("en")
    formal = english.get("formal")
    former = tuple(
        (item.need("name").text(), item.get("until").text() if item.get("until").value else "")
        for item in entry.get("former").items()
    )
    weak = list(entry.get("weak").texts())
    if entry.get("weak_short").flag(absent=False):
        weak.append(names["en"])
    weak_folded = {fold(name) for name in weak}
    own = [*names.values(), *([formal.text()] if formal.value else []), *entry.get("strong").texts()]
    strong = dict.fromkeys(n for n in (*own, *(name for name, _ in former)) if fold(n) not in weak_folded)
    years = entry.get("years")
    return State(
        code=entry.need("code").text(),
        status=entry.need("status").one_of("member observer former other-party territory"),
        region=entry.need("region").text(),
        subregion=entry.get("subregion").value or "",
        short=names["en"],
        formal=formal.value or names["en"],
        names=names,
        strong=tuple(strong),
        weak=tuple(weak),
        former=former,
        successors=entry.get("succeeded_by").texts(),
        years=(years.get("from").value, years.get("until").value),
    )
