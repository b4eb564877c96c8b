"""Which page of a list by theme holds a statement: of concerns, of recommendations, or of all else said on the theme.

Takes the `Corpus` and the vocabulary. Gives the sheets of these lists. A concern or a recommendation stands in the
index of its kind, to which the page of the theme leads for each State; all else stands on the page of the theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from generator.corpus import Corpus, LinkedStatement
from generator.model import Kind
from generator.pages.layout import statement_items
from generator.pages.paging import Group, Sheet, begins, sheets
from generator.vocabulary import Vocabulary

NO_THEME = "without-theme"
# The kinds with an index by theme, and its address.
INDEXES: Mapping[Kind, str] = {Kind.CONCERN: "concerns", Kind.RECOMMENDATION: "recommendations"}


class ThemeLists:
    """The lists of one collection by theme, so many items a page."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary, items: int) -> None:
        self._corpus = corpus
        self._vocabulary = vocabulary
        self._items = items

    @cached_property
    def told_of(self) -> Mapping[str, tuple[LinkedStatement, ...]]:
        """What was said on each theme: everything but recommendations that come back in their document's list."""
        told: dict[str, list[LinkedStatement]] = defaultdict(list)
        for examination in self._corpus.examinations.values():
            for document in examination.linked:
                for theme, linked in document.on_theme.items():
                    if counted := [one for one in linked if one.examination == examination.key]:
                        told[theme] += counted
        return {theme: tuple(linked) for theme, linked in told.items()}

    @cached_property
    def of_kind(self) -> Mapping[Kind, Mapping[str, tuple[LinkedStatement, ...]]]:
        """What each index holds of each theme, in the order of themes."""
        found: dict[Kind, dict[str, tuple[LinkedStatement, ...]]] = {}
        for kind in INDEXES:
            groups = by_theme(self._corpus.indexed(kind))
            order = [theme for theme in (*self._vocabulary.themes, NO_THEME) if theme in groups]
            found[kind] = {theme: tuple(groups[theme]) for theme in order}
        return found

    @cached_property
    def sheets_of_kind(self) -> Mapping[tuple[Kind, str], list[Sheet[LinkedStatement]]]:
        """The pages of each index on each theme."""
        return {
            (kind, theme): sheets(f"{INDEXES[kind]}/{theme}/", self.by_state(linked), statement_items, self._items)
            for kind, held in self.of_kind.items()
            for theme, linked in held.items()
        }

    @cached_property
    def sheets(self) -> Mapping[str, list[Sheet[LinkedStatement]]]:
        """The pages of each theme on which something was said, in the order of themes: each State has its group."""
        return {
            theme: sheets(f"themes/{theme}/", self._rest(theme), statement_items, self._items, heading=1)
            for theme in self._vocabulary.themes
            if theme in self.told_of
        }

    def _rest(self, theme: str) -> Iterator[Group[LinkedStatement]]:
        for group in self.by_state(self.told_of[theme]):
            yield Group(group.title, tuple(one for one in group.items if not self._has_index(one)), group.key)

    def _has_index(self, linked: LinkedStatement) -> bool:
        return linked.statement.kind in INDEXES and self._corpus.is_indexed(linked)

    @cached_property
    def in_indexes(self) -> Mapping[str, Mapping[str, tuple[tuple[Kind, int, str], ...]]]:
        """By theme and State: how many of each kind its index holds, and the address of the page where they begin."""
        found: dict[str, dict[str, tuple[tuple[Kind, int, str], ...]]] = defaultdict(dict)
        for (kind, theme), cut_up in self.sheets_of_kind.items():
            at = begins(cut_up)
            number: dict[str, int] = defaultdict(int)
            for sheet in cut_up:
                for group in sheet.groups:
                    number[group.key] += len(group.items)
            for code, count in number.items():
                found[theme][code] = (*found[theme].get(code, ()), (kind, count, at[code]))
        return found

    @cached_property
    def _begins(self) -> Mapping[tuple[str, str], str]:
        return {
            (theme, code): address for theme, cut_up in self.sheets.items() for code, address in begins(cut_up).items()
        }

    def told_at(self) -> Iterator[tuple[str, str]]:
        """States, each with the addresses of the pages on which themes tell of it, in the order of themes."""
        return ((code, address) for (_, code), address in self._begins.items())

    def address(self, theme: str, code: str) -> str | None:
        """The page on which a theme begins to tell of a State; None where nothing was said."""
        return self._begins.get((theme, code))

    def by_state(self, linked: Iterable[LinkedStatement]) -> list[Group[LinkedStatement]]:
        """What was said of each State, in the order of names, by examination; what the indexes hold comes first."""
        groups: dict[str, list[LinkedStatement]] = defaultdict(list)
        for one in linked:
            groups[self._corpus.examination_of(one).state].append(one)
        is_indexed, states = self._corpus.is_indexed, self._vocabulary.states
        found = []
        for code in sorted(groups, key=lambda code: states[code].short):
            order = {key: place for place, key in enumerate(dict.fromkeys(one.examination for one in groups[code]))}
            held = sorted(
                groups[code],
                key=lambda one: (not is_indexed(one), order[one.examination], not one.statement.listed),
            )
            found.append(Group(states[code].short, tuple(held), code))
        return found


def by_theme(linked: Iterable[LinkedStatement]) -> dict[str, list[LinkedStatement]]:
    """Statements by each of their themes; those without one under `NO_THEME`."""
    groups: dict[str, list[LinkedStatement]] = defaultdict(list)
    for one in linked:
        for theme in one.statement.themes or (NO_THEME,):
            groups[theme].append(one)
    return groups
