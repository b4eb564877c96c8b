"""How the health of a text is measured: what damaged characters look like, and the limits of each measure.

Takes the entries of `health.yaml` and `words.yaml`. Gives the checked limits, the patterns of damage, and the words of
each language. A pattern that contradicts its examples is an error at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.model import Measure, Verdict

WHOLES = "sentences headings text paragraphs"
MEASURES = "characters pieces columns headings tables numbers unattributed"


@dataclass(frozen=True, slots=True)
class Limits:
    """A measure: what readers call it, what its share is a share of, and from which share on it is doubtful or bad."""

    says: str
    of: str
    doubtful: float
    bad: float

    def verdict(self, count: int, share: float) -> Verdict:
        """What so many places, and such a share, are taken for. The limit 0 is passed as soon as there is one."""
        if not count or share < self.doubtful:
            return Verdict.FINE
        return Verdict.BAD if share >= self.bad else Verdict.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a language that are written whole, and first parts that a hyphen may follow."""

    common: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()


# Outside ASCII, without the most common signs of print, which are never damage.
_RARE = re.compile("[^\x00-\x7f‘’“”–—]")


@dataclass(frozen=True, slots=True)
class Damage:
    """What one kind of damaged characters looks like, and a quick look that tells whether a text can have it."""

    pattern: re.Pattern[str]
    letters: re.Pattern[str] | None
    pieces: tuple[str, ...]

    def possible(self, text: str, rare: str) -> bool:
        """Whether it can be in a text; `rare` are the text's characters outside ASCII, each once."""
        return bool(self.letters and self.letters.search(rare)) or any(map(text.__contains__, self.pieces))


@dataclass(frozen=True, slots=True)
class HealthRules:
    """All of it."""

    limits: Mapping[str, Limits]
    # The share of damaged sentences from which a text is withheld.
    withhold: float
    damages: tuple[Damage, ...]
    words: Mapping[str, Words]

    def damage(self, text: str) -> list[re.Match[str]]:
        """Every place with damaged characters, in the order of the text."""
        rare = "" if text.isascii() else "".join(set(_RARE.findall(text)))
        kinds = (damage for damage in self.damages if damage.possible(text, rare))
        return sorted((match for kind in kinds for match in kind.pattern.finditer(text)), key=re.Match.start)

    def measure(self, name: str, count: int, share: float, lines: Iterable[int]) -> Measure:
        """What was counted, with its verdict."""
        limits = self.limits[name]
        return Measure(name, count, share, limits.of, limits.verdict(count, share), tuple(sorted(set(lines))))


def load_health(root: Node, characters: Iterable[Node], words: Iterable[Node]) -> HealthRules:
    """Check and build: every measure has its limits, every pattern agrees with its examples."""
    root.mapping("format withhold characters measures")
    limits = {node.need("id").one_of(MEASURES): _limits(node) for node in root.need("measures").items()}
    if missing := set(MEASURES.split()) - set(limits):
        raise root.need("measures").fail(f"no limits for {', '.join(sorted(missing))}")
    return HealthRules(limits, _share(root.need("withhold")), tuple(map(_damage, characters)), _Words(words))


def _limits(node: Node) -> Limits:
    node.mapping("id says of doubtful bad")
    doubtful, bad = _share(node.need("doubtful")), _share(node.need("bad"))
    if bad < doubtful:
        raise node.fail("a measure is bad before it is doubtful")
    of = node.need("of").one_of(WHOLES)
    return Limits(node.need("says").text(), of, doubtful, bad)


def _share(node: Node) -> float:
    text = node.text()
    if not re.fullmatch(r"0|1|0\.\d{1,4}", text):
        raise node.fail(f"{text!r} is no share", "write it as 0.05")
    return float(text)


def _damage(entry: Node) -> Damage:
    entry.mapping("id letters pieces pattern examples counterexamples")
    letters = entry.get("letters").pattern() if entry.get("letters").value else None
    damage = Damage(entry.need("pattern").pattern(), letters, entry.get("pieces").texts())
    for example in entry.need("examples").texts():
        if not (damage.possible(example, example) and damage.pattern.search(example)):
            raise entry.fail(f"{example!r} is not found")
    for example in entry.need("counterexamples").texts():
        if damage.pattern.search(example):
            raise entry.fail(f"{example!r} is found")
    return damage


class _Words(Mapping[str, Words]):
    """Words by language, each list cut when it is first asked for; a language without one has none."""

    def __init__(self, entries: Iterable[Node]) -> None:
        self._entries = {entry.need("id").text(): entry for entry in entries}
        self._cut: dict[str, Words] = {}

    def __getitem__(self, lang: str) -> Words:
        if lang not in self._cut:
            entry = self._entries.get(lang)
            if entry is None:
                return Words()
            entry.mapping("id prefixes words")
            parts = (frozenset(entry.need(key).text().split()) for key in ("words", "prefixes"))
            self._cut[lang] = Words(*parts)
        return self._cut[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
