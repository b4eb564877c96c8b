"""Cues: which words name a speaker, which tell the kind of speech. Patterns from data, compiled once.

A pattern may use `{fragment}`s of its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.model import Attribution, Kind, Speaker
from generator.vocabulary.lexicon import any_of, beginnings

_CAPITALS = re.compile(r"\[A-Z[^]]*\]")
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
    """Words that tell a kind of speech. `kind` None: what the words say decides. `by` is whose predicate it is.

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
    # All subjects in one pattern; the group that matched tells which.
    subject: re.Pattern[str]
    # How a subject may begin that has no capital: a quick look before the long pattern.
    begins: re.Pattern[str]
    # Between a subject and its predicate.
    adverbs: re.Pattern[str]
    predicates: tuple[Cue, ...]
    passives: tuple[Cue, ...]
    impersonals: tuple[Cue, ...]
    impersonal_begins: re.Pattern[str]
    nouns: tuple[Cue, ...]
    openings: tuple[Cue, ...]
    author: tuple[Cue, ...]
    owned_by_another: re.Pattern[str]
    tells: re.Pattern[str]
    contents: Mapping[str, re.Pattern[str]]
    by_speaker: Mapping[Speaker, tuple[Cue, ...]]

    def subject_of(self, match: re.Match[str]) -> Subject:
        """Which subject a match of `subject` is."""
        return self.subjects[int((match.lastgroup or "s0")[1:])]

    def of(self, speaker: Speaker) -> tuple[Cue, ...]:
        """The predicates this speaker may have, in their order; the State also has those of its delegation."""
        return self.by_speaker.get(speaker, ())

    def says(self, what: str, plain: str, at: int = 0) -> bool:
        """Whether the words from `at` on say such a thing: "concern", "commitment"."""
        return bool(self.contents[what].search(plain[at:].lower()))

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

    def cues(group: str, wrap: str = "%s") -> tuple[Cue, ...]:
        return tuple(_cue(node, fragments, wrap) for node in entry.get(group).items())

    subjects = tuple(_subject(node, fragments) for node in entry.get("subjects").items())
    predicates, impersonals = cues("predicates"), cues("impersonals")
    return CueSet(
        lang=entry.need("id").text(),
        subjects=subjects,
        subject=_any_subject(entry.get("subjects"), subjects),
        begins=_begins(subject.pattern for subject in subjects),
        adverbs=_checked(entry, _filled(entry.get("fragments").need("adv"), fragments)),
        predicates=predicates,
        passives=cues("passives"),
        impersonals=impersonals,
        impersonal_begins=_begins(cue.pattern.pattern for cue in impersonals),
        nouns=cues("nouns", f"(?<![\\w']){owners.replace('%', '%%')}'s? (?:%s)(?!\\w)"),
        openings=cues("openings", "(?:%s)"),
        author=cues("author"),
        owned_by_another=_compile(entry.need("owned_by_another"), fragments),
        tells=_compile(entry.need("tells"), fragments),
        contents={name: _compile(node, fragments) for name, node in entry.get("contents").mapping().items()},
        by_speaker={
            Speaker.COMMITTEE: tuple(cue for cue in predicates if cue.by == "committee"),
            Speaker.DELEGATION: tuple(cue for cue in predicates if cue.by == "delegation"),
            Speaker.STATE: tuple(cue for cue in predicates if cue.by in ("delegation", "state")),
        },
    )


def _begins(patterns: Iterable[str]) -> re.Pattern[str]:
    """The first letters these patterns can have, capitals apart: a class of capitals begins no small word."""
    found = {beginning for pattern in patterns for beginning in beginnings(_CAPITALS.sub("Z", pattern))}
    return re.compile(any_of(found), re.IGNORECASE)


def _any_subject(node: Node, subjects: Iterable[Subject]) -> re.Pattern[str]:
    """One pattern for all subjects, each a group."""
    groups = "|".join(f"(?P<s{number}>{subject.pattern})" for number, subject in enumerate(subjects))
    return _checked(node, rf"(?<![\w'])(?:{groups})(?![\w-]|'s?\b)")


def _subject(node: Node, fragments: Mapping[str, str]) -> Subject:
    node.mapping("id speaker pattern veto_before apposition")
    speaker = node.need("speaker").one_of("committee delegation state pronoun")
    pattern = _filled(node.need("pattern"), fragments)
    _checked(node.need("pattern"), pattern)
    return Subject(
        id=node.need("id").text(),
        speaker=None if speaker == "pronoun" else Speaker(speaker),
        pattern=pattern,
        veto_before=_optional(node.get("veto_before"), fragments),
        apposition=_optional(node.get("apposition"), fragments),
    )


def _cue(node: Node, fragments: Mapping[str, str], wrap: str) -> Cue:
    node.mapping("id by kind speaker attribution pattern weight examples counterexamples")
    kind = node.get("kind").value
    if kind is not None:
        node.get("kind").one_of("content " + " ".join(Kind))
    speaker, attribution = node.get("speaker"), node.get("attribution")
    return Cue(
        id=node.need("id").text(),
        kind=None if kind in (None, "content") else Kind(kind),
        pattern=_checked(node.need("pattern"), wrap % _filled(node.need("pattern"), fragments)),
        strong=node.need("weight").one_of("strong weak") == "strong",
        by=node.get("by").one_of("committee delegation state") if node.get("by").value else "",
        speaker=Speaker(speaker.one_of(" ".join(Speaker))) if speaker.value else None,
        attribution=Attribution(attribution.one_of(" ".join(Attribution))) if attribution.value else None,
        examples=node.get("examples").texts(),
        counterexamples=node.get("counterexamples").texts(),
    )


def _filled(node: Node, fragments: Mapping[str, str]) -> str:
    """The pattern with its fragments put in; an unknown fragment is an error."""

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in fragments:
            raise node.fail(f"no fragment {name!r}", f"known: {', '.join(fragments)}")
        return fragments[name]

    text = node.text()
    for _ in range(3):  # fragments may use fragments
        text = _FRAGMENT.sub(put, text)
    return text


def _checked(node: Node, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise node.fail(f"no regular expression: {error}") from None


def _compile(node: Node, fragments: Mapping[str, str]) -> re.Pattern[str]:
    return _checked(node, _filled(node, fragments))


def _optional(node: Node, fragments: Mapping[str, str]) -> re.Pattern[str] | None:
    return _compile(node, fragments) if node.value else None
