"""Words that turn the sense of a sentence round: what two wordings of one statement may not differ by unseen.

Takes `sense.yaml`, the names of months and of States. Gives `Sense`: of two wordings, the words for which an editor has
to say whether they still are one statement. It errs on the side of asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.datafile import Node
from generator.vocabulary.folding import level
from generator.vocabulary.states import StateNames

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_SHORTEST = 4  # letters that a word has besides its prefix: "in", "im" begin too many others


@dataclass(frozen=True, slots=True)
class Sense:
    """The words of all languages together: a document quotes in more than one."""

    words: frozenset[str]
    endings: tuple[str, ...]
    prefixes: tuple[str, ...]
    states: StateNames
    # Wordings that differ in sense (True), and that do not, as the file has them for the tests.
    pairs: tuple[tuple[bool, str, str], ...] = ()

    def turned(self, before: str, after: str) -> tuple[str, ...]:
        """The words by which the sense of two wordings may differ, as they stand there; none where it does not."""
        old, new = (_WORD.findall(level(text)) for text in (before, after))
        matcher = SequenceMatcher(None, [w.casefold() for w in old], [w.casefold() for w in new], autojunk=False)
        found: list[str] = []
        for same, first, last, start, end in matcher.get_opcodes():
            if same != "equal":
                found += self._differ(old[first:last], new[start:end])
        if not found:
            named = [self._named(text) for text in (before, after)]
            found += [name for name in (*named[0], *named[1]) if named[0].count(name) != named[1].count(name)]
        return tuple(dict.fromkeys(found))

    def _differ(self, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
        """What differs in sense between words that stand in the same place."""
        marked = [[word for word in words if self._marks(word)] for words in (old, new)]
        if [word.casefold() for word in marked[0]] != [word.casefold() for word in marked[1]]:
            yield from (*marked[0], *marked[1])
        # Where only spaces differ, no word was made its opposite.
        elif "".join(old).casefold() != "".join(new).casefold():
            yield from (word for word in old for other in new if self._opposite(word.casefold(), other.casefold()))

    def _marks(self, word: str) -> bool:
        """Whether a word is one of those, a number, or the name of a State."""
        small = word.casefold()
        listed = small in self.words or small.endswith(self.endings) or word[0].isdigit()
        return listed or (word[0].isupper() and self.states.find(word) is not None)

    def _opposite(self, one: str, other: str) -> bool:
        short, long = sorted((one, other), key=len)
        return len(short) >= _SHORTEST and any(long == prefix + short for prefix in self.prefixes)

    def _named(self, text: str) -> list[str]:
        """The names of States in a text, those of several words too."""
        return self.states.in_text.findall(level(text))


def load_sense(entries: Iterable[Node], months: Iterable[str], states: StateNames) -> Sense:
    """Check the file and put the languages together."""
    words = {month.casefold() for month in months}
    endings: list[str] = []
    prefixes: list[str] = []
    pairs: list[tuple[bool, str, str]] = []
    for entry in entries:
        entry.mapping("id words endings prefixes pairs")
        words.update(word.casefold() for word in entry.need("words").texts())
        endings += entry.get("endings").texts()
        prefixes += entry.get("prefixes").texts()
        for name, node in entry.need("pairs").mapping("turned same").items():
            for pair in node.items():
                if len(pair.texts()) != 2:
                    raise pair.fail(f"found {len(pair.texts())} wordings, expected two")
                pairs.append((name == "turned", *pair.texts()))  # type: ignore[arg-type]
    return Sense(frozenset(words), tuple(endings), tuple(dict.fromkeys(prefixes)), states, tuple(pairs))
