"""Report families: how the texts of one publisher are recognised, titled, sectioned, and what their pages carry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.datafile import Node
from generator.vocabulary.folding import fold
from generator.vocabulary.grammar import ORDINAL

# What a State may have said to a recommendation, as its document gives it. A closed list.
RESPONSES = ("supported", "implemented", "pending", "noted", "not-supported")


@dataclass(frozen=True, slots=True)
class Titles:
    """The grammars of a family's titles, tried in their order."""

    patterns: tuple[re.Pattern[str], ...]

    def search(self, text: str) -> re.Match[str] | None:
        """The first grammar that fits."""
        return next((match for pattern in self.patterns if (match := pattern.search(text))), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that every text of a family has, known by its heading: "dialogue", "conclusions"."""

    id: str
    heading: re.Pattern[str]
    level: int


@dataclass(frozen=True, slots=True)
class Position:
    """What a conclusion says of the recommendations it speaks of: `response` None where it only lists them."""

    id: str
    response: str | None
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """How the conclusions of a family list recommendations. Patterns are matched on text made level.

    `opens` – the sentence introduces items that follow; `above` – it speaks of items listed before; `names` – it names
    paragraphs or items by number; `pledges` – the items that follow are promises; `comments` and `remark` – the State
    speaks of items; `closing` – it speaks of none; `begins` – the verb of a further recommendation, with the words that
    join it to the one before.
    """

    positions: tuple[Position, ...]
    opens: re.Pattern[str]
    above: re.Pattern[str]
    names: re.Pattern[str]
    pledges: re.Pattern[str]
    comments: re.Pattern[str]
    remark: re.Pattern[str]
    closing: re.Pattern[str]
    begins: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Family:
    """One family. Patterns are matched on text as read, with straight quotation marks."""

    id: str
    name: str
    lang: str
    source_kind: str
    body: str
    publisher: str
    publisher_signs: tuple[re.Pattern[str], ...]
    badge: str
    notice: str
    not_official: re.Pattern[str] | None
    signs: tuple[re.Pattern[str], ...]
    title: Titles
    default_treaty: str | None
    session: re.Pattern[str]
    sections: frozenset[str]
    # Under a body's mechanism, not a treaty: "UPR".
    mechanism: str | None
    # Whether its paragraphs are numbered through.
    numbered: bool
    symbol: re.Pattern[str] | None
    parts: tuple[Part, ...]
    conclusions: Conclusions | None


@dataclass(frozen=True, slots=True)
class Furniture:
    """A thing a printed page carries besides its text; `guessed` where its shape alone tells, `missing` where it says
    that a page is not there, `caption` where it is a picture's or table's."""

    id: str
    what: str
    pattern: re.Pattern[str]
    guessed: bool
    missing: bool
    caption: bool
    until: re.Pattern[str] | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


def load_families(entries: Iterable[Node]) -> dict[str, Family]:
    """Families by id."""
    found = {}
    for entry in entries:
        entry.mapping(
            "id name lang source_kind body publisher publisher_signs badge notice not_official signs title "
            "default_treaty session sections mechanism numbered symbol parts conclusions"
        )
        lang = entry.get("lang").value or "en"
        family = Family(
            id=entry.need("id").text(),
            name=entry.need("name").text(),
            lang=lang,
            source_kind=entry.need("source_kind").one_of("summary un-report digest"),
            body=entry.need("body").text(),
            publisher=entry.need("publisher").text(),
            publisher_signs=tuple(_pattern(node, re.IGNORECASE) for node in entry.get("publisher_signs").items()),
            badge=entry.need("badge").text(),
            notice=entry.need("notice").text(),
            not_official=_pattern(entry.get("not_official"), re.IGNORECASE)
            if entry.get("not_official").value
            else None,
            signs=tuple(_pattern(node) for node in entry.need("signs").items()),
            title=Titles(_patterns(entry.need("title"), lang)),
            default_treaty=entry.get("default_treaty").value,
            session=_pattern(entry.need("session"), lang=lang),
            sections=frozenset(fold(section) for section in entry.get("sections").texts()),
            mechanism=entry.get("mechanism").value,
            numbered=entry.get("numbered").flag(absent=False),
            symbol=_pattern(entry.get("symbol")) if entry.get("symbol").value else None,
            parts=tuple(_part(node) for node in entry.get("parts").items()),
            conclusions=_conclusions(entry.get("conclusions")) if entry.get("conclusions").value else None,
        )
        found[family.id] = family
    return found


def _part(node: Node) -> Part:
    node.mapping("id heading level")
    return Part(node.need("id").text(), _pattern(node.need("heading"), re.IGNORECASE), node.need("level").integer())


def _conclusions(node: Node) -> Conclusions:
    patterns = "opens above names pledges comments remark closing"
    node.mapping(f"positions verbs {patterns}")
    verbs = "|".join(node.need("verbs").texts())
    return Conclusions(
        begins=re.compile(rf"\s*,?\s*(?:(?:and|as well as|but) )?(?:also )?(?:to )?(?:[a-z]+ly )?(?:{verbs})\b"),
        positions=tuple(_position(one) for one in node.need("positions").items()),
        **{key: _pattern(node.need(key), re.IGNORECASE) for key in patterns.split()},
    )


def _position(node: Node) -> Position:
    node.mapping("id response pattern examples counterexamples")
    response = node.get("response").value
    return Position(
        id=node.need("id").text(),
        response=node.get("response").one_of(" ".join(RESPONSES)) if response is not None else None,
        pattern=_pattern(node.need("pattern"), re.IGNORECASE),
        examples=node.get("examples").texts(),
        counterexamples=node.get("counterexamples").texts(),
    )


@dataclass(frozen=True, slots=True)
class ContentsList:
    """What a contents list looks like: folded headings over it, and the pattern of one entry."""

    headings: frozenset[str]
    entry: re.Pattern[str]


def load_contents_list(node: Node) -> ContentsList:
    """The look of contents lists."""
    node.mapping("headings entry")
    return ContentsList(
        frozenset(fold(heading) for heading in node.need("headings").texts()), _pattern(node.need("entry"))
    )


def load_furniture(entries: Iterable[Node]) -> tuple[Furniture, ...]:
    """Furniture in its order: the first pattern that fits a whole block names it."""
    found = []
    for entry in entries:
        entry.mapping("id what pattern until guessed missing caption examples counterexamples")
        found.append(
            Furniture(
                id=entry.need("id").text(),
                what=entry.need("what").text(),
                pattern=_pattern(entry.need("pattern"), re.DOTALL),
                guessed=entry.get("guessed").flag(absent=False),
                missing=entry.get("missing").flag(absent=False),
                caption=entry.get("caption").flag(absent=False),
                until=_pattern(entry.get("until")) if entry.get("until").value else None,
                examples=entry.get("examples").texts(),
                counterexamples=entry.get("counterexamples").texts(),
            )
        )
    return tuple(found)


def _patterns(node: Node, lang: str) -> tuple[re.Pattern[str], ...]:
    """One pattern or a list of them."""
    nodes = node.items() if isinstance(node.value, list) else (node,)
    return tuple(_pattern(one, lang=lang) for one in nodes)


def _pattern(node: Node, flags: int = 0, lang: str = "en") -> re.Pattern[str]:
    return node.pattern(flags, node.text().replace("{ordinal}", ORDINAL[lang]))
