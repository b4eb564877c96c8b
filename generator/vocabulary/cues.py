"""Cues: which words name a speaker, which tell the kind of speech. Patterns from data, compiled once per document.

A pattern may use `{fragment}`s of its language; `{state_name}` stands for the names of the State examined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.model import Attribution, Kind, Speaker

_FRAGMENT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who may open a clause. `speaker` is None for pronouns, which sentences before resolve."""

    id: str
    speaker: Speaker | None
    pattern: str
    veto_before: re.Pattern[str] | None
    apposition: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a kind of speech. `kind` None: what the words say decides. `by` is empty outside predicates.

    `speaker` and `attribution` are set where they are not those of the subject.
    """

    id: str
    kind: Kind | None
    pattern: re.Pattern[str]
    strong: bool
    by: str
    speaker: Speaker | None
    attribution: Attribution | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueSet:
    """All cues of one language."""

    lang: str
    subjects: tuple[Subject, ...]
    predicates: tuple[Cue, ...]
    passives: tuple[Cue, ...]
    impersonals: tuple[Cue, ...]
    nouns: tuple[Cue, ...]
    openings: tuple[Cue, ...]
    author: tuple[Cue, ...]
    owners: str
    owned_by_another: re.Pattern[str]
    tells: re.Pattern[str]
    contents: Mapping[str, re.Pattern[str]]

    def all(self) -> Iterable[Cue]:
        """Every cue with examples."""
        return (*self.predicates, *self.passives, *self.impersonals, *self.nouns, *self.openings, *self.author)


def load_cues(entries: Iterable[Node]) -> dict[str, CueSet]:
    """Cue sets by language; a pattern that does not compile is an error at its place."""
    return {entry.need("id").text(): _cue_set(entry) for entry in entries}


_GROUPS = "subjects predicates passives impersonals owners owned_by_another tells nouns openings author contents"


def _cue_set(entry: Node) -> CueSet:
    entry.mapping("id fragments " + _GROUPS)
    fragments = {name: node.text() for name, node in entry.get("fragments").mapping().items()}
    owners = _filled(entry.need("owners"), fragments)

    def cues(group: str, flags: int, wrap: str = "%s") -> tuple[Cue, ...]:
        return tuple(_cue(node, fragments, flags, wrap) for node in entry.get(group).items())

    return CueSet(
        lang=entry.need("id").text(),
        subjects=tuple(_subject(node, fragments) for node in entry.get("subjects").items()),
        predicates=cues("predicates", 0),
        passives=cues("passives", 0),
        impersonals=cues("impersonals", 0),
        nouns=cues("nouns", 0, f"(?<![\\w']){owners.replace('%', '%%')}(?:%s)(?!\\w)"),
        openings=cues("openings", 0, "^(?:%s)"),
        author=cues("author", 0),
        owners=owners,
        owned_by_another=_compile(entry.need("owned_by_another"), fragments),
        tells=_compile(entry.need("tells"), fragments),
        contents={
            name: _compile(node, fragments, re.IGNORECASE) for name, node in entry.get("contents").mapping().items()
        },
    )


def _subject(node: Node, fragments: Mapping[str, str]) -> Subject:
    node.mapping("id speaker pattern veto_before apposition")
    speaker = node.need("speaker").one_of("committee delegation state pronoun")
    pattern = _filled(node.need("pattern"), fragments, keep=("state_name",))
    _checked(node.need("pattern"), pattern.replace("{state_name}", "X"))
    return Subject(
        id=node.need("id").text(),
        speaker=None if speaker == "pronoun" else Speaker(speaker),
        pattern=pattern,
        veto_before=_optional(node.get("veto_before"), fragments),
        apposition=_optional(node.get("apposition"), fragments),
    )


def _cue(node: Node, fragments: Mapping[str, str], flags: int, wrap: str) -> Cue:
    node.mapping("id by kind speaker attribution pattern weight examples counterexamples")
    kind = node.get("kind").value
    if kind is not None:
        node.get("kind").one_of("content " + " ".join(Kind))
    speaker, attribution = node.get("speaker"), node.get("attribution")
    return Cue(
        id=node.need("id").text(),
        kind=None if kind in (None, "content") else Kind(kind),
        pattern=_checked(node.need("pattern"), wrap % _filled(node.need("pattern"), fragments), flags),
        strong=node.need("weight").one_of("strong weak") == "strong",
        by=node.get("by").one_of("committee delegation state") if node.get("by").value else "",
        speaker=Speaker(speaker.one_of(" ".join(Speaker))) if speaker.value else None,
        attribution=Attribution(attribution.one_of(" ".join(Attribution))) if attribution.value else None,
        examples=node.get("examples").texts(),
        counterexamples=node.get("counterexamples").texts(),
    )


def _filled(node: Node, fragments: Mapping[str, str], keep: tuple[str, ...] = ()) -> str:
    """The pattern with its fragments put in; an unknown fragment is an error."""

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name in keep:
            return match[0]
        if name not in fragments:
            raise node.fail(f"no fragment {name!r}", f"known: {', '.join(fragments)}")
        return fragments[name]

    text = node.text()
    for _ in range(3):  # fragments may use fragments
        text = _FRAGMENT.sub(put, text)
    return text


def _checked(node: Node, pattern: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise node.fail(f"no regular expression: {error}") from None


def _compile(node: Node, fragments: Mapping[str, str], flags: int = 0) -> re.Pattern[str]:
    return _checked(node, _filled(node, fragments), flags)


def _optional(node: Node, fragments: Mapping[str, str]) -> re.Pattern[str] | None:
    return _compile(node, fragments) if node.value else None
