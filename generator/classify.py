"""What statements are about: themes and groups of people.

Takes `Statement`s and the thesaurus. Gives the same statements with themes, most telling first, and groups. The terms
of a theme decide; the heading a statement stands under is the answer only where no term speaks, and titles of
instruments, names of bodies and ministries are masked first, so that "Ministry of Labour" is not child labour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from generator.model import Kind, Statement
from generator.vocabulary import Theme, Vocabulary, fold, level

MOST_THEMES = 3

_NAMES = re.compile(
    r"\b(?:Ministr(?:y|ies)|Minister|Department|Directorate|Permanent Mission|Commissioner|Unions?) (?:of|for|to) (?:the )?"
    r"[A-Z][\w'-]+(?:,? (?:(?:and|of|for|the|on) )*[A-Z][\w'-]+)*"
    r"|\bCommittees? (?:on|for) the (?:Rights|Protection|Elimination)(?: (?:of|and|the|against|in)| [A-Z][\w'-]+)*"
    r"|\b(?:Lao )?National Commissions? for [A-Z]\w+(?: and [A-Z]\w+)*(?= noted|,? the Commissioner)"
)


def classify(statements: Iterable[Statement], vocabulary: Vocabulary) -> list[Statement]:
    """The statements with their themes and groups. An embedded statement has its own words' themes."""
    classifier = _Classifier(vocabulary)
    return [classifier.themed(statement) for statement in statements]


class _Classifier:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        titles = [p.pattern for treaty in vocabulary.treaties.by_id.values() for p in treaty.patterns]
        self.titles = re.compile("|".join([f"(?:{title})" for title in titles] or ["(?!)"]), re.IGNORECASE)
        self.cut_titles = vocabulary.treaties.cut_titles

    def themed(self, statement: Statement) -> Statement:
        """One statement with its themes and groups."""
        if statement.kind is Kind.PROCEDURAL:
            return statement
        text = level(statement.text)
        masked = self.masked(text)
        lang = statement.lang
        found = [(theme, hits) for theme in self.vocabulary.themes.values() if (hits := _hits(theme, masked, lang))]
        found.sort(key=lambda pair: (-len(pair[1]), pair[1][0]))
        themes = [theme.id for theme, _ in found[:MOST_THEMES]]
        prior = self._prior(statement)
        if not themes and prior:
            themes = [prior]
        elif prior in {theme.id for theme, _ in found} and prior not in themes:
            themes[-1] = prior
        groups = [g.id for g in self.vocabulary.groups.values() if (p := g.terms.get(lang)) and p.search(masked)]
        return replace(statement, themes=tuple(themes), groups=tuple(groups))

    def masked(self, text: str) -> str:
        """The text with titles and names blanked, character for character."""
        for pattern in (self.cut_titles, _LONG_TITLE, _NAMES):
            text = pattern.sub(_blank, text)
        return self.titles.sub(lambda match: _blank(match) if len(match[0]) > 45 else match[0], text)

    def _prior(self, statement: Statement) -> str | None:
        """The theme its nearest heading is a heading of."""
        for title in reversed(statement.section.path):
            folded = fold(title)
            for theme in self.vocabulary.themes.values():
                if folded in theme.headings:
                    return theme.id
        return None


_LONG_TITLE = re.compile(
    r"\b(?:International )?Convention on the (?:Elimination|Rights of (?:Persons|All))[^,.;]*", re.IGNORECASE
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _hits(theme: Theme, text: str, lang: str) -> list[int]:
    """Where the theme's terms stand, apart from those a veto overlaps."""
    pattern = theme.terms.get(lang)
    if pattern is None:
        return []
    vetoed = [match.span() for match in theme.vetoes.finditer(text)] if theme.vetoes else []
    return [
        match.start()
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in vetoed)
    ]
