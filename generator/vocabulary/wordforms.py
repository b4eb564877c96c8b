"""Which words a search takes for the same: the families of words, abbreviations and their meanings.

Takes `search.yaml`. Gives `WordForms`. What a word is, `generator/search/words.py` says. The browser finds families by
the same data and the same few lines (`templates/assets/words.js`); a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from generator.datafile import Node

_SHORTEST = 4  # letters; below that an ending is most of a word
_DIGIT = re.compile("[0-9]")

Ending = tuple[str, str, int]


@dataclass(frozen=True)
class WordForms:
    """Stop words, irregular forms and endings by language; `abbreviations` are lists of words for one thing."""

    stop: Mapping[str, frozenset[str]]
    kept: Mapping[str, frozenset[str]]
    irregular: Mapping[str, Mapping[str, str]]
    endings: Mapping[str, tuple[tuple[Ending, ...], ...]]
    abbreviations: tuple[tuple[str, ...], ...]
    _keys: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def key(self, word: str, language: str) -> str:
        """The name of a folded word's family. A language without data has families of one."""
        key = self._keys.get((word, language))
        if key is None:
            key = self._keys[word, language] = self._found(word, language)
        return key

    def _found(self, word: str, language: str) -> str:
        irregular, kept = self.irregular.get(language, {}), self.kept.get(language, frozenset())
        word = irregular.get(word, word)
        if len(word) < _SHORTEST or word in kept or _DIGIT.search(word):
            return word
        for number, step in enumerate(self.endings.get(language, ())):
            for ending, instead, least in step:
                if word.endswith(ending) and len(word) - len(ending) >= least:
                    word = word[: len(word) - len(ending)] + instead
                    break
            if number == 0:
                word = irregular.get(word, word)
                if word in kept:
                    return word
        return word

    def data(self, languages: Iterable[str]) -> dict[str, Any]:
        """What the browser needs of these languages."""
        return {
            language: {
                "stop": " ".join(sorted(self.stop.get(language, ()))),
                "kept": " ".join(sorted(self.kept.get(language, ()))),
                "irregular": dict(self.irregular.get(language, {})),
                "endings": self.endings.get(language, ()),
            }
            for language in languages
        }


def load_word_forms(root: Node, entries: Iterable[Node]) -> WordForms:
    """Check and build; a list of words that its proof contradicts is an error at its place."""
    stop, kept, irregular, endings, proofs = {}, {}, {}, {}, []
    for entry in entries:
        entry.mapping("id stop kept irregular endings together apart")
        language = entry.need("id").text()
        stop[language] = frozenset(entry.get("stop").texts())
        kept[language] = frozenset(entry.get("kept").texts())
        irregular[language] = {form: base.text() for form, base in entry.get("irregular").mapping().items()}
        endings[language] = tuple(
            tuple(sorted((_ending(one) for one in step.items()), key=lambda one: -len(one[0])))
            for step in entry.get("endings").items()
        )
        proofs.append((language, entry))
    abbreviations = tuple(one.texts() for one in root.get("abbreviations").items())
    forms = WordForms(stop, kept, irregular, endings, abbreviations)
    for language, entry in proofs:
        for one in entry.get("together").items():
            keys = {word: forms.key(word, language) for word in one.texts()}
            if len(set(keys.values())) > 1:
                raise one.fail(f"these are not one family: {keys}")
        for one in entry.get("apart").items():
            for first, second in combinations(one.texts(), 2):
                if forms.key(first, language) == forms.key(second, language):
                    raise one.fail(f"{first!r} and {second!r} are one family: {forms.key(first, language)!r}")
    return forms


def _ending(node: Node) -> Ending:
    ending, instead, least = node.items()
    return ending.text(), instead.optional() or "", least.integer()
