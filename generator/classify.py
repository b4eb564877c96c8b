"""What statements are about: themes and groups of people.

Takes `Statement`s, the thesaurus and the body that examines. Gives the same statements with themes, most telling
first, and groups. The terms of a theme decide; the heading a statement stands under is the answer only where no term
speaks, and titles of instruments, names of bodies and ministries are masked first, so that "Ministry of Labour" is not
child labour.

The thesaurus holds the themes of the children's Committee and those of everybody's rights. Where the body examines to
which themes belong, these come first and the others speak only where they are silent. Where another body examines,
theirs are meant only in sentences that speak of its people: "schools" is education, "schools for girls" is also the
education of children. There a title tells what is asked ("Ratify the Convention against Torture"), so instruments
carry their themes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.model import Kind, Statement
from generator.vocabulary import Theme, Vocabulary, fold, level

MOST_THEMES = 3
# A State can name half a dozen treaties or fields in one recommendation of the Universal Periodic Review. Against
# labels by hand three themes gave F .850, four .873, five .880, six .882, eight no more (bench/themes.py, held out).
MOST_THEMES_OF_RECOMMENDATION = 6


def classify(statements: Iterable[Statement], vocabulary: Vocabulary, body: str = "CRC") -> list[Statement]:
    """The statements of an examination by this body with themes and groups. Embedded ones have their own words'."""
    classifier = _Classifier(vocabulary, body)
    return [classifier.themed(statement) for statement in statements]


class _Classifier:
    def __init__(self, vocabulary: Vocabulary, body: str) -> None:
        self.vocabulary = vocabulary
        clusters = {id_: vocabulary.clusters[theme.cluster] for id_, theme in vocabulary.themes.items()}
        self.order = {id_: place for place, id_ in enumerate(vocabulary.themes)}
        self.own = {id_ for id_, cluster in clusters.items() if body and cluster.body == body}
        # What an own theme says more exactly, and the people all of them are about.
        self.understood = {clusters[id_].people for id_ in self.own}
        self.understood |= {vocabulary.themes[id_].broader for id_ in self.own}
        self.people = {
            id_: cluster.people
            for id_, cluster in clusters.items()
            if cluster.people and id_ not in self.own and not vocabulary.themes[id_].everyone
        }
        self.priors: dict[str, str | None] = {}

    def themed(self, statement: Statement) -> Statement:
        """One statement with its themes and groups."""
        if statement.kind is Kind.PROCEDURAL or statement.lang not in self.vocabulary.subjects:
            return statement
        whole = level(statement.text)
        text = masked(whole, self.vocabulary)
        hits: dict[str, list[int]] = {}
        groups: set[str] = set()
        if not self.own:
            carried = list(self._carried(whole))
            text = _blanked(text, ((start, end) for _, start, end in carried))
            for themes, start, _ in carried:
                for id_ in themes:
                    hits.setdefault(id_, []).append(start)
        vetoes = _Vetoes(text)
        for subject, start, end in self.vocabulary.subjects[statement.lang].find(text):
            if not isinstance(subject, Theme):
                groups.add(subject.id)
            elif not vetoes.overlap(subject, start, end):
                hits.setdefault(subject.id, []).append(start)
        themes = self._most_telling(hits, self._prior(statement), self._most(statement))
        if not themes and not groups:
            return statement
        return replace(statement, themes=themes, groups=tuple(id_ for id_ in self.vocabulary.groups if id_ in groups))

    def _carried(self, text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Themes of the instruments named, with their places; a longer name wins over one inside it."""
        reached = 0
        for themes, start, end in sorted(self.vocabulary.instruments.find(text), key=lambda one: (one[1], -one[2])):
            if start >= reached:
                yield themes, start, end
                reached = end

    def _most(self, statement: Statement) -> int:
        long = statement.kind is Kind.RECOMMENDATION and not self.own
        return MOST_THEMES_OF_RECOMMENDATION if long else MOST_THEMES

    def _most_telling(self, hits: Mapping[str, list[int]], prior: str | None, most: int) -> tuple[str, ...]:
        """Themes by number of terms, then by place, then in the thesaurus' order; its heading's theme is kept."""
        meant = self._meant(hits, prior)
        found = sorted(meant, key=lambda id_: (-len(hits[id_]), hits[id_][0], self.order[id_]))
        themes = found[:most]
        if not themes and prior:
            themes = [prior]
        elif prior in found and prior not in themes:
            themes[-1] = prior
        return tuple(themes)

    def _meant(self, hits: Mapping[str, list[int]], prior: str | None) -> list[str]:
        """Of the themes whose terms speak, those that this body's examination is about."""
        own = [id_ for id_ in hits if id_ in self.own]
        if own or (self.own and prior):
            return own
        meant = [id_ for id_ in hits if self.people.get(id_, id_) in hits and id_ not in self.understood]
        return [id_ for id_ in meant if not self.vocabulary.themes[id_].alone] or meant

    def _prior(self, statement: Statement) -> str | None:
        """The theme its nearest heading is a heading of."""
        for title in reversed(statement.section.path):
            if title not in self.priors:
                folded = fold(title)
                passed_over = self.people.keys() | self.understood
                themes = [theme for id_, theme in self.vocabulary.themes.items() if id_ not in passed_over]
                self.priors[title] = next((theme.id for theme in themes if folded in theme.headings), None)
            if self.priors[title]:
                return self.priors[title]
        return None


def masked(text: str, vocabulary: Vocabulary) -> str:
    """The text with titles of instruments and names of bodies blanked, character for character."""
    return _blanked(
        text, ((start, end) for shortest, start, end in vocabulary.names.find(text) if end - start > shortest)
    )


def _blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with these places blanked, in one walk: a text may have thousands."""
    parts, reached = [], 0
    for start, end in sorted(places):
        if end > reached:
            parts += [text[reached:start], " " * (end - max(start, reached))]
            reached = end
    return "".join([*parts, text[reached:]])


class _Vetoes:
    """Where words stand in one text that a theme excludes: "vocational training" is no training of officials.

    They are searched for once a theme, however often the theme's terms stand there.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, tuple[list[int], list[int]]] = {}

    def overlap(self, theme: Theme, start: int, end: int) -> bool:
        """Whether such words overlap this place."""
        if theme.vetoes is None:
            return False
        if theme.id not in self._found:
            places = [match.span() for match in theme.vetoes.finditer(self._text)]
            self._found[theme.id] = [first for first, _ in places], [last for _, last in places]
        starts, ends = self._found[theme.id]
        before = bisect_left(starts, end)  # they do not overlap each other: only the last that begins before can reach
        return before > 0 and start < ends[before - 1]
