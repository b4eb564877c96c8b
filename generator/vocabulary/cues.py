"""Cues: which words name a speaker, which tell the kind of speech. Patterns from data, compiled once.

A pattern may use `{fragment}`s of its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.model import Attribution, Kind, Speaker
from generator.vocabulary.lexicon import Starts
from generator.vocabulary.patterns import beginnings, longest_of
from generator.vocabulary.sought import Sought

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
    # Whether it is at the meeting and can answer; a court or a council only acts.
    answers: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a kind of speech. `kind` None: what the words say decides. `by` is whose predicate it is.

    `speaker` and `attribution` are set where they are not those of the subject.
    """

    id: str
    kind: Kind | None
    pattern: re.Pattern[str]
    # The same pattern, to search a whole sentence for.
    sought: Sought
    strong: bool
    by: str
    speaker: Speaker | None
    attribution: Attribution | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Syntax:
    """How sentences of a language are built: what joins clauses, how people are named, what pronouns agree with."""

    # What a clause may begin after, with the word that joins it to the one before.
    openers: Mapping[str, str]
    coordinate: frozenset[str]
    # What follows these is what was said or asked: "asked whether the delegation agreed" is no answer.
    introduces: frozenset[str]
    # Pronouns that stand for people only.
    persons: frozenset[str]
    plural: frozenset[str]
    # By which words of a subject its gender is known, where pronouns have one.
    masculine: re.Pattern[str] | None
    feminine: re.Pattern[str] | None
    honorific: str
    named: re.Pattern[str]
    apposed_name: re.Pattern[str]
    # What must not follow the name of a person or a State: "'s".
    name_ends: str
    state_article: str
    office: re.Pattern[str]
    # A verb at the beginning of a sentence that has no subject of its own: "Añadió que …".
    unsaid: re.Pattern[str] | None
    # After the verb: what is asked of others than the State: "urged the international community to help".
    to_others: re.Pattern[str] | None
    # A subject that no list knows with a verb of speech: "The ombudsman said that …".
    stranger: re.Pattern[str] | None
    label_asks: re.Pattern[str] | None
    label_answers: re.Pattern[str] | None
    nobodys_it: re.Pattern[str]
    fronted: re.Pattern[str]
    asked_when: re.Pattern[str]
    # From the verb on, what is said not to have been said: "raised no concerns".
    denied: re.Pattern[str] | None
    # Words set before the subject with a comma, after which a pronoun begins the clause.
    led_in: re.Pattern[str] | None
    inside_content: re.Pattern[str]
    of_another: re.Pattern[str]
    own_short_name: re.Pattern[str]
    own_papers: re.Pattern[str]
    and_then: re.Pattern[str]
    second_object: re.Pattern[str]
    second_ends: re.Pattern[str]
    clause_break: re.Pattern[str]
    # What a sentence has that names a noun's owner: a quick look before the long patterns.
    owner_sign: re.Pattern[str]
    beside: str

    def agree(self, pronoun: str, words: str) -> bool:
        """Whether a pronoun may stand for these words, as far as gender tells."""
        if self.masculine is None or self.feminine is None:
            return True
        if self.masculine.match(pronoun):
            return not self.feminine.match(words)
        return not (self.feminine.match(pronoun) and self.masculine.match(words))


@dataclass(frozen=True, slots=True)
class CueSet:
    """All cues of one language."""

    lang: str
    syntax: Syntax
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
    impersonals_begun: Starts[Cue]
    nouns: tuple[Cue, ...]
    openings: tuple[Cue, ...]
    author: tuple[Cue, ...]
    owned_by_another: re.Pattern[str]
    tells: re.Pattern[str]
    contents: Mapping[str, Sought]
    by_speaker: Mapping[Speaker, tuple[Cue, ...]]
    # Rules by the kind they are often wrong about: what they say of it is of low confidence.
    doubtful: Mapping[Kind, frozenset[str]]

    def is_doubtful(self, kind: Kind, rule: str) -> bool:
        """Whether a rule, or the item of a list it leads into, is often wrong about a kind."""
        return rule.removeprefix("item-of-") in self.doubtful.get(kind, ())

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


class CueSets(Mapping[str, CueSet]):
    """Cue sets by language, each compiled when it is first read with: most builds need one of them."""

    def __init__(self, entries: Iterable[Node]) -> None:
        self._entries = {entry.need("id").text(): entry for entry in entries}
        self._compiled: dict[str, CueSet] = {}

    def __getitem__(self, lang: str) -> CueSet:
        if lang not in self._compiled:
            self._compiled[lang] = _cue_set(self._entries[lang])
        return self._compiled[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def load_cues(entries: Iterable[Node]) -> CueSets:
    """Cue sets by language; a pattern that does not compile is an error at its place."""
    return CueSets(entries)


_GROUPS = (
    "syntax subjects predicates passives impersonals owners noun_of_owner owned_by_another tells nouns openings author "
    "contents doubtful"
)


def _cue_set(entry: Node) -> CueSet:
    entry.mapping("id fragments " + _GROUPS)
    fragments = {name: node.text() for name, node in entry.get("fragments").mapping().items()}
    noun_of_owner = _filled(
        entry.need("noun_of_owner"), {**fragments, "owners": _filled(entry.need("owners"), fragments), "noun": "%s"}
    )

    def cues(group: str, wrap: str = "%s") -> tuple[Cue, ...]:
        return tuple(_cue(node, fragments, wrap) for node in entry.get(group).items())

    subjects = tuple(_subject(node, fragments) for node in entry.get("subjects").items())
    predicates, impersonals = cues("predicates"), cues("impersonals")
    doubtful = entry.get("doubtful").mapping(" ".join(Kind))
    return CueSet(
        lang=entry.need("id").text(),
        syntax=_syntax(entry.need("syntax"), fragments),
        subjects=subjects,
        subject=_any_subject(entry.get("subjects"), subjects),
        begins=_begins(subject.pattern for subject in subjects),
        adverbs=entry.pattern(text=_filled(entry.get("fragments").need("adv"), fragments)),
        predicates=predicates,
        passives=cues("passives"),
        impersonals=impersonals,
        impersonals_begun=Starts((cue, cue.pattern) for cue in impersonals),
        nouns=cues("nouns", noun_of_owner),
        openings=cues("openings", "(?:%s)"),
        author=cues("author"),
        owned_by_another=_compile(entry.need("owned_by_another"), fragments),
        tells=_compile(entry.need("tells"), fragments),
        contents={name: Sought(_compile(node, fragments)) for name, node in entry.get("contents").mapping().items()},
        by_speaker={
            Speaker.COMMITTEE: tuple(cue for cue in predicates if cue.by == "committee"),
            # A reviewing State asks, worries and recommends as a Committee does.
            Speaker.REVIEWING_STATE: tuple(cue for cue in predicates if cue.by == "committee"),
            Speaker.DELEGATION: tuple(cue for cue in predicates if cue.by in ("delegation", "delegates")),
            Speaker.STATE: tuple(cue for cue in predicates if cue.by in ("delegation", "state")),
        },
        doubtful={Kind(kind): frozenset(node.texts()) for kind, node in doubtful.items()},
    )


_SYNTAX = (
    "office nobodys_it fronted asked_when inside_content of_another own_short_name own_papers and_then "
    "second_object second_ends clause_break owner_sign"
)


def _syntax(node: Node, fragments: Mapping[str, str]) -> Syntax:
    node.mapping(
        f"conjunctions coordinate introduces persons plural masculine feminine honorific name name_ends state_article "
        f"unsaid stranger label_asks label_answers to_others led_in denied beside {_SYNTAX}"
    )
    honorific, name = _filled(node.need("honorific"), fragments), _filled(node.need("name"), fragments)
    name_ends = node.need("name_ends").text()
    openers = dict.fromkeys((",", ", ", ";", "; ", ":", ": ", "(", "( ", '"', '" '), "")
    openers |= {
        form: word for word in node.need("conjunctions").texts() for form in (f"{word} ", f"{word.capitalize()} ")
    }
    return Syntax(
        openers=openers,
        coordinate=frozenset(node.need("coordinate").texts()),
        introduces=frozenset(node.need("introduces").texts()),
        persons=frozenset(node.get("persons").texts()),
        plural=frozenset(node.get("plural").texts()),
        masculine=_optional(node.get("masculine"), fragments),
        feminine=_optional(node.get("feminine"), fragments),
        honorific=honorific,
        named=node.need("name").pattern(text=rf"{honorific}(?P<name>{name}){name_ends}"),
        apposed_name=node.need("name").pattern(text=rf",? (?:{honorific})?({name})"),
        name_ends=name_ends,
        state_article=node.need("state_article").text(),
        unsaid=_optional(node.get("unsaid"), fragments),
        stranger=_optional(node.get("stranger"), fragments),
        label_asks=_optional(node.get("label_asks"), fragments),
        label_answers=_optional(node.get("label_answers"), fragments),
        to_others=_optional(node.get("to_others"), fragments),
        led_in=_optional(node.get("led_in"), fragments),
        denied=_optional(node.get("denied"), fragments),
        beside=node.need("beside").text(),
        **{key: _compile(node.need(key), fragments) for key in _SYNTAX.split()},
    )


def _begins(patterns: Iterable[str]) -> re.Pattern[str]:
    """The first letters these patterns can have, capitals apart: a class of capitals begins no small word."""
    found = {beginning for pattern in patterns for beginning in beginnings(_CAPITALS.sub("Z", pattern))}
    return re.compile(longest_of(found), re.IGNORECASE)


def _any_subject(node: Node, subjects: Iterable[Subject]) -> re.Pattern[str]:
    """One pattern for all subjects, each a group."""
    groups = "|".join(f"(?P<s{number}>{subject.pattern})" for number, subject in enumerate(subjects))
    return node.pattern(text=rf"(?<![\w'])(?:{groups})(?![\w-]|'s?\b)")


def _subject(node: Node, fragments: Mapping[str, str]) -> Subject:
    node.mapping("id speaker pattern veto_before apposition answers")
    speaker = node.need("speaker").one_of("committee reviewing-state delegation state pronoun")
    pattern = _filled(node.need("pattern"), fragments)
    node.need("pattern").pattern(text=pattern)
    return Subject(
        id=node.need("id").text(),
        speaker=None if speaker == "pronoun" else Speaker(speaker),
        pattern=pattern,
        veto_before=_optional(node.get("veto_before"), fragments),
        apposition=_optional(node.get("apposition"), fragments),
        answers=node.get("answers").flag(absent=True),
    )


def _cue(node: Node, fragments: Mapping[str, str], wrap: str) -> Cue:
    node.mapping("id by kind speaker attribution pattern weight examples counterexamples")
    kind = node.get("kind").value
    if kind is not None:
        node.get("kind").one_of("content " + " ".join(Kind))
    speaker, attribution = node.get("speaker"), node.get("attribution")
    pattern = node.need("pattern").pattern(text=wrap % _filled(node.need("pattern"), fragments))
    return Cue(
        id=node.need("id").text(),
        kind=None if kind in (None, "content") else Kind(kind),
        pattern=pattern,
        sought=Sought(pattern),
        strong=node.need("weight").one_of("strong weak") == "strong",
        by=node.get("by").one_of("committee delegation delegates state") if node.get("by").value else "",
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


def _compile(node: Node, fragments: Mapping[str, str]) -> re.Pattern[str]:
    return node.pattern(text=_filled(node, fragments))


def _optional(node: Node, fragments: Mapping[str, str]) -> re.Pattern[str] | None:
    return _compile(node, fragments) if node.value else None
