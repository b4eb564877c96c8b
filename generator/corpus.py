"""Everything that was read, joined: stable ids, question ↔ reply, and the indexes that pages walk both ways.

Takes `ReadDocument`s. Gives a `Corpus` whose order does not depend on the order of the files. An id comes from what a
statement says, not from where it stands, so that moving a sentence does not break a link.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.diagnostics import Diagnostic
from generator.model import Attribution, Examination, Fact, Kind, ReadDocument, Section, Speaker, Statement
from generator.text.source import Location
from generator.vocabulary import fold

_ALPHABET = "0123456789bcdfghjkmnpqrstvwxyz"  # no vowels, so that no id is a word
_ID_LENGTH = 6

STATE_SIDE = (Speaker.DELEGATION, Speaker.STATE)
BODY_SIDE = (Speaker.COMMITTEE, Speaker.REVIEWING_STATE)
ASKS = (Kind.QUESTION, Kind.CONCERN, Kind.RECOMMENDATION)
ANSWERS = (Kind.REPLY, Kind.COMMITMENT)


@dataclass(frozen=True, slots=True)
class LinkedStatement:
    """A statement with its id, its place in the corpus, and what it answers and is answered by."""

    id: str
    statement: Statement
    # The one it is counted under; `also` are others it belongs to, where one summary covers several treaties.
    examination: str | None
    # The document it stands in, by the path of its source.
    path: str
    replies_to: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def examinations(self) -> tuple[str, ...]:
        """All examinations it belongs to."""
        return (self.examination, *self.also) if self.examination else ()

    @property
    def local(self) -> str:
        """The part of the id after the examination."""
        return self.id.rsplit(".", 1)[-1]

    @property
    def stem(self) -> str:
        """The name of its document."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Turns that belong together: what was asked or said to the State, what it answered, and the reaction."""

    section: Section
    turns: tuple[LinkedStatement, ...]

    @property
    def asks(self) -> tuple[LinkedStatement, ...]:
        """What the State could have answered."""
        return tuple(t for t in self.turns if is_ask(t.statement) and not t.replies_to)

    @property
    def answers(self) -> tuple[LinkedStatement, ...]:
        """What the State said."""
        return tuple(t for t in self.turns if is_answer(t.statement))


@dataclass(frozen=True, eq=False)
class LinkedDocument:
    """A document with its statements as they are published, and what can be said of them without another document.

    What is said here is said once, however often the collection around it changes.
    """

    document: ReadDocument
    statements: tuple[LinkedStatement, ...]

    @property
    def path(self) -> str:
        """The path of its source."""
        return self.document.document.source.path

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """Ids of asks after which the State says nothing before the next heading."""
        return frozenset(_unanswered_in(self.statements))

    @cached_property
    def come_back(self) -> frozenset[str]:
        """Ids of recommendations that are voiced in the dialogue, where the document lists its recommendations."""
        if not any(one.statement.listed for one in self.statements):
            return frozenset()
        return frozenset(one.id for one in self.statements if _is_voiced(one.statement))

    @cached_property
    def indexed(self) -> frozenset[str]:
        """Ids of what the indexes hold: sure enough, not the author's own voice, and listed where the document lists.

        Each statement is asked for on many pages.
        """
        return frozenset(
            one.id
            for one in self.statements
            if one.statement.indexed and one.statement.speaker is not Speaker.AUTHOR and one.id not in self.come_back
        )

    @cached_property
    def on_theme(self) -> Mapping[str, tuple[LinkedStatement, ...]]:
        """What pages of themes show, by theme: everything but recommendations that come back in the list."""
        told: dict[str, list[LinkedStatement]] = defaultdict(list)
        for one in self.statements:
            if one.id not in self.come_back:
                for theme in one.statement.themes:
                    told[theme].append(one)
        return {theme: tuple(linked) for theme, linked in told.items()}

    @cached_property
    def embedded(self) -> Mapping[tuple[int, int], list[LinkedStatement]]:
        """Statements told inside another, by paragraph and sentence."""
        found: dict[tuple[int, int], list[LinkedStatement]] = defaultdict(list)
        for one in self.statements:
            if one.statement.embedded:
                found[one.statement.paragraph, one.statement.sentence].append(one)
        return dict(found)

    @cached_property
    def inside(self) -> Mapping[str, tuple[tuple[int, LinkedStatement], ...]]:
        """By the id of a sentence, the statements told inside it, each with the position of its first character."""
        found: dict[str, tuple[tuple[int, LinkedStatement], ...]] = {}
        left = {place: list(told) for place, told in self.embedded.items()}
        for outer in self.statements if left else ():
            told = left.get((outer.statement.paragraph, outer.statement.sentence))
            if told and not outer.statement.embedded:
                found[outer.id] = tuple(_found_in(outer.statement.text, told))
                # A sentence may have been split in two: what is found in the first half is not sought in the second.
                told[:] = [one for one in told if one not in [inner for _, inner in found[outer.id]]]
        return found


@dataclass(frozen=True, eq=False)
class PublishedExamination:
    """An examination with the documents that tell of it, in the order of their names."""

    key: str
    facts: Examination
    linked: tuple[LinkedDocument, ...]
    # The examinations that its documents tell of beside it.
    shared_with: tuple[str, ...] = ()

    @cached_property
    def documents(self) -> tuple[ReadDocument, ...]:
        """The documents as they were read."""
        return tuple(one.document for one in self.linked)

    @cached_property
    def statements(self) -> tuple[LinkedStatement, ...]:
        """What belongs to it; where one summary covers two protocols some belongs to the other examination too."""
        return tuple(one for document in self.linked for one in document.statements if self.key in one.examinations)

    @cached_property
    def told(self) -> tuple[tuple[str, Fact], ...]:
        """Its facts, each with its name."""
        return tuple(self.facts.facts())

    @property
    def state(self) -> str:
        """The State's code."""
        assert self.facts.state is not None  # noqa: S101 - a published examination is complete
        return self.facts.state.value

    @property
    def treaty(self) -> str | None:
        """The treaty's id; None under a mechanism."""
        return self.facts.treaty.value if self.facts.treaty else None

    @property
    def frame(self) -> str:
        """What it is held under: the treaty's id, or the mechanism."""
        assert self.facts.frame is not None  # noqa: S101
        return self.facts.frame

    @property
    def session(self) -> int:
        """The session's number."""
        assert self.facts.session is not None  # noqa: S101
        return int(self.facts.session.value)

    @property
    def session_key(self) -> tuple[str, int]:
        """Body – or mechanism – and number."""
        return self.facts.sitting, self.session

    @property
    def address(self) -> str:
        """Its folder on the site: `countries/lao/opsc-69/`."""
        return f"countries/{self.state.lower()}/{self.facts.stem}/"


@dataclass(frozen=True)
class Corpus:
    """All examinations and statements, in an order that depends on them alone."""

    examinations: Mapping[str, PublishedExamination]
    withheld: tuple[str, ...] = field(default=())

    @cached_property
    def statements(self) -> tuple[LinkedStatement, ...]:
        """Every statement once, by examination and then in the order of its document."""
        return tuple(s for e in self.examinations.values() for s in e.statements if s.examination == e.key)

    @cached_property
    def linked(self) -> Mapping[str, LinkedDocument]:
        """Documents with their statements, by the path of their source."""
        return {d.path: d for e in self.examinations.values() for d in e.linked}

    @cached_property
    def documents(self) -> Mapping[str, ReadDocument]:
        """Documents as they were read, by the path of their source."""
        return {path: one.document for path, one in self.linked.items()}

    def is_unanswered(self, linked: LinkedStatement) -> bool:
        """Whether it is an ask after which no word of the State is recorded, whichever examination it belongs to."""
        return linked.id in self.linked[linked.path].unanswered

    @cached_property
    def by_id(self) -> Mapping[str, LinkedStatement]:
        """Statements by id."""
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def by_address(self) -> Mapping[str, PublishedExamination]:
        """Examinations by the address of their page."""
        return {examination.address: examination for examination in self.examinations.values()}

    @cached_property
    def by_state(self) -> Mapping[str, tuple[PublishedExamination, ...]]:
        """Examinations of a State, latest first."""
        return self._grouped(lambda e: (e.state,))

    @cached_property
    def by_session(self) -> Mapping[tuple[str, int], tuple[PublishedExamination, ...]]:
        """Examinations of a session, by State."""
        return self._grouped(lambda e: (e.session_key,))

    @cached_property
    def by_treaty(self) -> Mapping[str, tuple[PublishedExamination, ...]]:
        """Examinations under a treaty."""
        return self._grouped(lambda e: (e.treaty,) if e.treaty else ())

    def _grouped(self, keys: Any) -> dict[Any, tuple[PublishedExamination, ...]]:
        groups: dict[Any, list[PublishedExamination]] = defaultdict(list)
        for examination in self.examinations.values():
            for key in keys(examination):
                groups[key].append(examination)
        return {key: tuple(_latest_first(found)) for key, found in sorted(groups.items())}

    def is_indexed(self, linked: LinkedStatement) -> bool:
        """Whether the indexes hold it: sure enough, not the author's own voice, and listed where its document lists."""
        return linked.id in self.linked[linked.path].indexed

    def comes_back(self, linked: LinkedStatement) -> bool:
        """Whether it is a recommendation voiced in the dialogue of a document that lists its recommendations."""
        return linked.id in self.linked[linked.path].come_back

    def indexed(self, kind: Kind) -> Iterator[LinkedStatement]:
        """What the index of a kind lists."""
        return (linked for linked in self.statements if linked.statement.kind is kind and self.is_indexed(linked))

    def examination_of(self, linked: LinkedStatement) -> PublishedExamination:
        """The examination a statement is counted under."""
        assert linked.examination is not None  # noqa: S101 - statements of a corpus have one
        return self.examinations[linked.examination]


def _latest_first(found: Iterable[PublishedExamination]) -> list[PublishedExamination]:
    """By day where every one has a day – sessions of two bodies are counted apart –, else by session."""
    ordered = sorted(found, key=lambda e: e.key)
    if all(e.facts.date for e in ordered):
        return sorted(ordered, key=lambda e: (e.facts.date.value if e.facts.date else "", e.session), reverse=True)
    return sorted(ordered, key=lambda e: e.session, reverse=True)


class Linker:
    """Links documents, and joins them to examinations; what is as it was before is not made again."""

    def __init__(self) -> None:
        self._documents: dict[str, tuple[frozenset[str], LinkedDocument]] = {}
        self._examinations: dict[str, PublishedExamination] = {}

    def document(self, read: ReadDocument, taken: Collection[str]) -> LinkedDocument:
        """A document linked; `taken` ids belong to another already."""
        path, ids = read.document.source.path, frozenset(taken)
        held = self._documents.get(path)
        if held is None or held[1].document is not read or held[0] != ids:
            held = self._documents[path] = (ids, LinkedDocument(read, tuple(link(read, taken))))
        return held[1]

    def examination(
        self, key: str, facts: Examination, told: tuple[LinkedDocument, ...], shared: tuple[str, ...]
    ) -> PublishedExamination:
        """An examination with its documents."""
        held = self._examinations.get(key)
        if held is None or held.facts is not facts or held.linked != told or held.shared_with != shared:
            held = self._examinations[key] = PublishedExamination(key, facts, told, shared)
        return held

    def forget(self, corpus: Corpus) -> None:
        """Hold nothing but what a corpus has."""
        self._documents = {path: held for path, held in self._documents.items() if path in corpus.linked}
        self._examinations = {key: held for key, held in self._examinations.items() if key in corpus.examinations}


def assemble(documents: Iterable[ReadDocument], linker: Linker | None = None) -> tuple[Corpus, list[Diagnostic]]:
    """Join documents into a corpus; an identical document is published once. A `linker` remembers what it did before.

    Where several documents tell of one examination, the ids of the first are taken when the next is linked.
    """
    linker = linker or Linker()
    found: list[Diagnostic] = []
    kept: list[ReadDocument] = []
    first_with: dict[tuple[str, ...], str] = {}
    for document in sorted(documents, key=lambda d: d.document.source.path):
        path = document.document.source.path
        marks = dict(_marks(document))
        same = next((mark for mark in marks if mark in first_with), None)
        if same is not None:
            message = f"the same {marks[same]} as {first_with[same]}"
            found.append(Diagnostic(Location(path), "L001", message, "published once, from there"))
        else:
            kept.append(document)
            first_with.update(dict.fromkeys(marks, path))
    told: dict[str, list[tuple[Examination, LinkedDocument]]] = defaultdict(list)
    for document in kept:
        keys = [(examination.key, examination) for examination in document.examinations if examination.key]
        before = [other for key, _ in keys for _, other in told[key]]
        linked = linker.document(document, {one.id for other in before for one in other.statements})
        for key, examination in keys:
            told[key].append((examination, linked))
    examinations = {}
    for key in sorted(told):
        here = tuple(linked for _, linked in told[key])
        shared = dict.fromkeys(e.key for one in here for e in one.document.examinations if e.key and e.key != key)
        examinations[key] = linker.examination(key, told[key][0][0], here, tuple(shared))
    return Corpus(examinations), found


def _marks(document: ReadDocument) -> Iterator[tuple[tuple[str, ...], str]]:
    """What makes a document the same as another: its bytes, or the United Nations' symbol on the same examination."""
    yield (document.document.source.sha256,), "bytes"
    symbol, key = document.examination.symbol, document.examination.key
    if symbol and key:
        yield (symbol.value, key), "symbol and examination"


def link(document: ReadDocument, taken: Collection[str] = ()) -> list[LinkedStatement]:
    """The statements of one document with ids and replies; `taken` ids belong to another document already."""
    used = set(taken)
    said: Counter[str] = Counter()
    linked = []
    for statement in document.statements:
        key, *also = (examination.key for examination in document.examinations_of(statement))
        prefix = key or fold(document.stem).replace(" ", "-")
        id_ = statement_id(statement, prefix, used, said[statement.text])
        used.add(id_)
        said[statement.text] += 1
        others = tuple(other for other in also if other)
        linked.append(LinkedStatement(id_, statement, key, document.document.source.path, also=others))
    return _with_replies(linked)


def statement_id(statement: Statement, prefix: str, taken: Collection[str], said: int = 0) -> str:
    """`lao-opsc-69.k3f9q2`: a hash of the folded words; the second of two equal ones counts its occurrence in.

    `said` tells how often the same words were given an id before: so many are taken.
    """
    words = fold(statement.text) or statement.text
    for occurrence in range(said + 1, said + len(taken) + 2):
        seed = words if occurrence == 1 else f"{words}#{occurrence}"
        number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
        digits = []
        for _ in range(_ID_LENGTH):
            number, digit = divmod(number, len(_ALPHABET))
            digits.append(_ALPHABET[digit])
        if (id_ := f"{prefix}.{''.join(digits)}") not in taken:
            return id_
    raise AssertionError("more occurrences than ids taken")


def _is_voiced(statement: Statement) -> bool:
    """Whether it is a recommendation that is only voiced, not listed."""
    return statement.kind is Kind.RECOMMENDATION and statement.speaker in BODY_SIDE and not statement.listed


# --- question ↔ reply -------------------------------------------------------------------------------------------


def _found_in(text: str, told: Iterable[LinkedStatement]) -> Iterator[tuple[int, LinkedStatement]]:
    """The statements that occur in a sentence, in order, each with the position of its first character."""
    at = 0
    for inner in told:
        start = text.find(inner.statement.text, at)
        # Texts that may not be shown are all replaced by the same words: equal texts are not one inside the other.
        if start >= 0 and inner.statement.text != text:
            yield start, inner
            at = start + len(inner.statement.text)


def is_ask(statement: Statement) -> bool:
    """Whether the State could answer it."""
    return statement.kind in ASKS and statement.speaker in BODY_SIDE


def is_answer(statement: Statement) -> bool:
    """Whether it is the State's word."""
    return statement.kind in ANSWERS and statement.speaker in STATE_SIDE


def exchanges(linked: Sequence[LinkedStatement]) -> list[Exchange]:
    """The turns of a document in groups: asks, then the answers to them, then the reaction; a heading ends a group."""
    groups: list[Exchange] = []
    turns: list[LinkedStatement] = []
    answered = False
    for one in _as_spoken(linked):
        statement = one.statement
        new_paragraph = bool(turns) and turns[-1].statement.paragraph != statement.paragraph
        reaction = _is_reaction(statement, turns)
        opens = (
            not turns
            or turns[-1].statement.section is not statement.section
            or (is_ask(statement) and answered and not reaction)
            or (new_paragraph and (answered or not any(is_ask(t.statement) for t in turns)))
            or (new_paragraph and not is_answer(statement) and not is_ask(statement))
        )
        if opens and turns:
            groups.append(Exchange(turns[0].statement.section, tuple(turns)))
            turns, answered = [], False
        turns.append(one)
        answered = answered or is_answer(statement)
    if turns:
        groups.append(Exchange(turns[0].statement.section, tuple(turns)))
    return groups


def _as_spoken(linked: Sequence[LinkedStatement]) -> list[LinkedStatement]:
    """In the order of what was said: a concern recalled at a reply's opening comes before the reply."""
    return sorted(
        linked,
        key=lambda one: (
            one.statement.paragraph,
            one.statement.sentence,
            0 if one.statement.embedded and _recalled(one.statement) else 1,
            one.statement.embedded,
            one.statement.spans[0],
        ),
    )


def _recalled(statement: Statement) -> bool:
    """Whether an embedded statement recalls what the main clause answers."""
    return statement.rule.startswith(("opening-", "committee-noun-"))


def _is_reaction(statement: Statement, turns: Sequence[LinkedStatement]) -> bool:
    """An answer's own sentence goes on with the Committee's word on it: "…, yet the Committee pointed out …"."""
    if not turns or not statement.embedded or _recalled(statement) or statement.speaker not in BODY_SIDE:
        return False
    last = turns[-1].statement
    return is_answer(last) and (last.paragraph, last.sentence) == (statement.paragraph, statement.sentence)


def _with_replies(linked: list[LinkedStatement]) -> list[LinkedStatement]:
    """Link asks to the answers of their exchange, and a reaction to the answer it reacts to – both ways."""
    replies_to: dict[str, list[str]] = defaultdict(list)
    answered_by: dict[str, list[str]] = defaultdict(list)
    for exchange in exchanges(linked):
        asked: list[LinkedStatement] = []
        before: list[LinkedStatement] = []
        for turn in exchange.turns:
            if _is_reaction(turn.statement, before):
                replies_to[turn.id].append(before[-1].id)
                answered_by[before[-1].id].append(turn.id)
            elif is_ask(turn.statement):
                asked.append(turn)
            elif is_answer(turn.statement):
                for ask in (one for one in asked if _can_answer(turn.statement, one.statement)):
                    replies_to[turn.id].append(ask.id)
                    answered_by[ask.id].append(turn.id)
            before.append(turn)
    return [
        replace(one, replies_to=tuple(replies_to[one.id]), answered_by=tuple(answered_by[one.id]))
        if one.id in replies_to or one.id in answered_by
        else one
        for one in linked
    ]


def _can_answer(answer: Statement, ask: Statement) -> bool:
    """Whether an answer may be meant for what was asked: "it supported these recommendations" answers no question."""
    return ask.kind is Kind.RECOMMENDATION or not answer.rule.endswith("answered-recommendations")


def _unanswered_in(linked: Sequence[LinkedStatement]) -> set[str]:
    """Ids of asks after which the State says nothing before the next heading of their document."""
    open_asks: set[str] = set()
    pending: list[str] = []
    section = None
    for one in _as_spoken(linked):
        if one.statement.section is not section:
            open_asks.update(pending)
            pending, section = [], one.statement.section
        if is_ask(one.statement) and not one.replies_to:
            pending.append(one.id)
        elif is_answer(one.statement) or one.statement.attribution is Attribution.AGENT:
            pending = []
    return open_asks | set(pending)
