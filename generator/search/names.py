"""Names that mean one thing: a State's former and other names, an abbreviation and the words it stands for.

Takes `Views` and the words of the records. Gives `Group`s: a query that holds one of a group's names finds what any of
them finds. A State's names in running text are its strong ones; a query may also hold what is unsafe there (`Holland`,
`Dutch`), because the visitor is told what it was taken for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.pages.views import Views
from generator.search.postings import Postings
from generator.search.words import phrase, split

_SHORTEST = 4  # letters of a name that is unsafe in running text; shorter ones are words of their own ("us", "car")


class Group(NamedTuple):
    """One thing. `key` is a State's code or an abbreviation; `names` find it, `said` are all that a query may hold."""

    key: str
    label: str
    names: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def is_state(self) -> bool:
        """Whether it is a State; abbreviations have keys in small letters."""
        return self.key.isupper()


def groups_of(views: Views, codes: Iterable[str]) -> list[Group]:
    """The groups of these States and of all abbreviations."""
    search, found = views.vocabulary.search, []

    def folded(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(phrase(name) for name in names))

    for code in sorted(codes):
        state = views.vocabulary.states[code]
        # Names are written with a capital; the words of other languages for a State's people are not.
        unsafe = [name for name in state.weak if len(name) >= _SHORTEST and name[0].isupper()]
        names = folded(state.strong)
        found.append(Group(code, state.short, names, tuple(dict.fromkeys((*names, *folded(unsafe))))))
    for meaning in search.abbreviations:
        names = folded(meaning)
        found.append(Group(names[0].replace(" ", "-"), " or ".join(meaning), names, names))
    return found


def named(views: Views, groups: Iterable[Group], languages: Mapping[str, Postings]) -> dict[str, list[int]]:
    """The records in which each group is named, by its key; a group that is named nowhere has none."""
    longer = _Longer(views)
    found = {}
    for group in groups:
        records: set[int] = set()
        for name in group.names:
            within = longer.of(name, group.key) if group.is_state else ()
            for postings in languages.values():
                records.update(postings.phrase(name.split(), within))
        if records:
            found[group.key] = sorted(records)
    return found


class _Longer:
    """Names of other States that hold a name: "Guinea" is not named where "Equatorial Guinea" is."""

    def __init__(self, views: Views) -> None:
        self._with_word: defaultdict[str, dict[str, str]] = defaultdict(dict)  # word → name → State
        for state in views.vocabulary.states.by_code.values():
            for name in state.strong:
                words = split(name).places
                for word in words:
                    self._with_word[word][" ".join(words)] = state.code

    def of(self, name: str, code: str) -> list[list[str]]:
        """The longer names, as words."""
        others = (other for other, owner in self._with_word[name.split()[0]].items() if owner != code and other != name)
        return [other.split() for other in others if f" {name} " in f" {other} "]
