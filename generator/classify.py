"""What statements are about: themes and groups of people.

Takes `Statement`s and the thesaurus. Gives the same statements with themes, most telling first, and groups. The terms
of a theme decide; the heading a statement stands under is the answer only where no term speaks, and titles of
instruments, names of bodies and ministries are masked first, so that "Ministry of Labour" is not child labour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.model import Kind, Statement
from generator.vocabulary import Theme, Vocabulary, fold, level

MOST_THEMES = 3


def classify(statements: Iterable[Statement], vocabulary: Vocabulary) -> list[Statement]:
    """The statements with their themes and groups. An embedded statement has its own words' themes."""
    classifier = _Classifier(vocabulary)
    return [classifier.themed(statement) for statement in statements]


class _Classifier:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.order = {id_: place for place, id_ in enumerate(vocabulary.themes)}
        self.priors: dict[str, str | None] = {}

    def themed(self, statement: Statement) -> Statement:
        """One statement with its themes and groups."""
        if statement.kind is Kind.PROCEDURAL or statement.lang not in self.vocabulary.subjects:
            return statement
        text = masked(level(statement.text), self.vocabulary)
        hits: dict[str, list[int]] = {}
        groups: set[str] = set()
        for subject, start, end in self.vocabulary.subjects[statement.lang].find(text):
            if not isinstance(subject, Theme):
                groups.add(subject.id)
            elif not _vetoed(subject, text, start, end):
                hits.setdefault(subject.id, []).append(start)
        themes = self._most_telling(hits, self._prior(statement))
        if not themes and not groups:
            return statement
        return replace(statement, themes=themes, groups=tuple(id_ for id_ in self.vocabulary.groups if id_ in groups))

    def _most_telling(self, hits: Mapping[str, list[int]], prior: str | None) -> tuple[str, ...]:
        """Themes by number of terms, then by place, then in the thesaurus' order; its heading's theme is kept."""
        found = sorted(hits, key=lambda id_: (-len(hits[id_]), hits[id_][0], self.order[id_]))
        themes = found[:MOST_THEMES]
        if not themes and prior:
            themes = [prior]
        elif prior in found and prior not in themes:
            themes[-1] = prior
        return tuple(themes)

    def _prior(self, statement: Statement) -> str | None:
        """The theme its nearest heading is a heading of."""
        for title in reversed(statement.section.path):
            if title not in self.priors:
                folded = fold(title)
                themes = self.vocabulary.themes.values()
                self.priors[title] = next((theme.id for theme in themes if folded in theme.headings), None)
            if self.priors[title]:
                return self.priors[title]
        return None


def masked(text: str, vocabulary: Vocabulary) -> str:
    """The text with titles of instruments and names of bodies blanked, character for character."""
    places = [(start, end) for shortest, start, end in vocabulary.names.find(text) if end - start > shortest]
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _vetoed(theme: Theme, text: str, start: int, end: int) -> bool:
    """Whether words that the theme excludes overlap this place: "vocational training" is no training of officials."""
    if theme.vetoes is None:
        return False
    return any(start < veto.end() and veto.start() < end for veto in theme.vetoes.finditer(text))
