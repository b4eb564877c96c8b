"""The registry of ids: what was published once keeps its id, and none is lost in silence.

Takes the `Corpus` with the ids that words give, and the files of `content/registry/`. Gives the corpus with the ids
that were promised – a statement whose spelling was corrected keeps its own –, and a `Comparison` that says which were
kept, by what likeness, which are gone and which are new. An id that is gone needs an entry in `retired.yaml`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import fuzz

from generator.corpus import Corpus, LinkedStatement, statement_id
from generator.datafile import DatafileError, Node
from generator.diagnostics import Diagnostic
from generator.source import Location
from generator.vocabulary import fold

# Two wordings are one statement that was corrected where this share of their letters agrees, of 100: a word in ten.
LIKENESS = 88.0
REASONS = "removed merged corrected"
RETIRED = "retired.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """An id that was published, with the words it stood for; None once it is retired."""

    id: str
    words: str | None
    location: Location = field(compare=False)

    @property
    def examination(self) -> str:
        """The examination's key."""
        return self.id.rsplit(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Retirement:
    """An editor's word on an id that is published no more: why, when, and what stands in its place."""

    id: str
    reason: str
    note: str
    date: str
    editor: str
    into: str | None
    location: Location = field(compare=False)

    @property
    def examination(self) -> str:
        """The examination's key."""
        return self.id.rsplit(".", 1)[0]

    @property
    def local(self) -> str:
        """The part of the id after the examination."""
        return self.id.rsplit(".", 1)[-1]


@dataclass(frozen=True, slots=True)
class Registry:
    """Every id ever published, and those retired, both by id."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    retired: Mapping[str, Retirement] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries or self.retired)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A corpus beside a registry. `similar` pairs what was registered with what now has its id."""

    similar: tuple[tuple[Entry, LinkedStatement], ...] = ()
    lost: tuple[Entry, ...] = ()
    new: tuple[LinkedStatement, ...] = ()


def load_entries(text: str, shown_as: str) -> Iterator[Entry]:
    """The lines of one examination's file. Raises DatafileError at a line that cannot be used."""
    for number, line in enumerate(text.splitlines(), 1):
        place = Location(shown_as, number, 1)
        try:
            told = json.loads(line)
            id_, words = told["id"], told["words"]
        except (ValueError, KeyError, TypeError):
            hint = 'one statement a line: {"id": …, "words": …}; `sessional register` writes it'
            raise DatafileError(Diagnostic(place, "D001", "this line is no entry of a registry", hint)) from None
        if not isinstance(id_, str) or "." not in id_ or not (words is None or isinstance(words, str)):
            raise DatafileError(Diagnostic(place, "D002", "an id and its words are text"))
        yield Entry(id_, words, place)


def load_retired(root: Node) -> Iterator[Retirement]:
    """Check a `retired.yaml`. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format retired")
    if root.need("format").text() != "retired/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'retired/1'")
    for entry in root.get("retired").items():
        entry.mapping("id reason into note date editor")
        id_, day, reason = entry.need("id"), entry.need("date"), entry.need("reason").one_of(REASONS)
        if "." not in id_.text():
            raise id_.fail(f"{id_.value!r} is no id of a statement", "as in lao-opsc-69.k3f9q2")
        try:
            date.fromisoformat(day.text())
        except ValueError:
            raise day.fail(f"{day.value!r} is no day", "as in 2026-03-31") from None
        into = entry.get("into").optional()
        if reason == "merged" and not into:
            raise entry.fail("what it was merged into is missing", "into: the id that stands for it now")
        note = entry.need("note").text().strip()
        if not note:
            raise entry.need("note").fail("the note is empty", "say in a sentence why; readers see it")
        yield Retirement(id_.text(), reason, note, day.text(), entry.need("editor").text(), into, entry.location)


def dump_entries(entries: Iterable[tuple[str, str | None]]) -> str:
    """One examination's file, by id: what moves in a report moves nothing here."""
    lines = (json.dumps({"id": id_, "words": words}, ensure_ascii=False) for id_, words in sorted(entries))
    return "".join(f"{line}\n" for line in lines)


def settle(corpus: Corpus, registry: Registry) -> tuple[Corpus, Comparison]:
    """The corpus with the ids that were promised, and how it compares; without a registry, as it is."""
    if not registry:
        return corpus, Comparison()
    said: dict[str, list[LinkedStatement]] = defaultdict(list)
    for one in corpus.statements:
        if one.examination:
            said[one.examination].append(one)
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in registry.entries.values():
        if entry.words is not None and entry.id not in registry.retired:
            held[entry.examination].append(entry)
    renamed: dict[str, str] = {}
    similar: list[tuple[Entry, LinkedStatement]] = []
    new: list[LinkedStatement] = []
    lost = [
        entry
        for entry in registry.entries.values()
        if entry.words is None and entry.id not in registry.retired and entry.id not in corpus.by_id
    ]
    for key in sorted(said.keys() | held.keys()):
        pairs, alike, gone, fresh = _matched(said[key], held[key])
        renamed |= {one.id: entry.id for entry, one in (*pairs, *alike) if one.id != entry.id}
        similar += alike
        lost += gone
        new += fresh
        # Words that were said before by a statement that goes on under their id: they need one of their own.
        used = {entry.id for entry in held[key]} | {one.id for one in said[key]}
        promised = {entry.id for entry, _ in (*pairs, *alike)}
        for one in fresh:
            if one.id in promised:
                renamed[one.id] = statement_id(one.statement, key, used)
                used.add(renamed[one.id])
    settled = _renamed(corpus, renamed)
    by_old = {old: settled.by_id[id_] for old, id_ in renamed.items()}
    return settled, Comparison(
        tuple((entry, by_old.get(one.id, one)) for entry, one in similar),
        tuple(sorted(lost, key=lambda entry: entry.id)),
        tuple(by_old.get(one.id, one) for one in new),
    )


Pairs = list[tuple[Entry, LinkedStatement]]


def _matched(
    said: Sequence[LinkedStatement], held: Sequence[Entry]
) -> tuple[Pairs, Pairs, list[Entry], list[LinkedStatement]]:
    """What is registered beside what is said in one examination: by equal words, by likeness, gone, new."""
    by_id = {entry.id: entry for entry in held}
    same: Pairs = []
    open_said: list[LinkedStatement] = []
    for one in said:
        entry = by_id.get(one.id)
        if entry and (entry.words == one.statement.text or fold(entry.words or "") == fold(one.statement.text)):
            same.append((by_id.pop(one.id), one))
        else:
            open_said.append(one)
    words = {one.id: fold(one.statement.text) for one in open_said}
    before = {entry.id: fold(entry.words or "") for entry in by_id.values()}
    scored = sorted(
        (-score, id_, number)
        for id_ in by_id
        for number, one in enumerate(open_said)
        if (score := fuzz.ratio(before[id_], words[one.id], score_cutoff=LIKENESS))
    )
    alike: Pairs = []
    found: set[int] = set()
    for score, id_, number in scored:
        if id_ in by_id and number not in found:
            (same if score == -100 else alike).append((by_id.pop(id_), open_said[number]))
            found.add(number)
    return same, alike, list(by_id.values()), [one for number, one in enumerate(open_said) if number not in found]


def _renamed(corpus: Corpus, names: Mapping[str, str]) -> Corpus:
    """The corpus with other ids, wherever they stand."""
    if not names:
        return corpus

    def renamed(one: LinkedStatement) -> LinkedStatement:
        if one.id not in names and not any(other in names for other in (*one.replies_to, *one.answered_by)):
            return one
        replies, answers = (tuple(names.get(i, i) for i in ids) for ids in (one.replies_to, one.answered_by))
        return replace(one, id=names.get(one.id, one.id), replies_to=replies, answered_by=answers)

    examinations = {
        key: replace(examination, statements=tuple(map(renamed, examination.statements)))
        for key, examination in corpus.examinations.items()
    }
    return replace(corpus, examinations=examinations)


def complaints(corpus: Corpus, registry: Registry, found: Comparison) -> Iterator[Diagnostic]:
    """Ids that are gone and that nobody retired, and retirements that do not fit what is published."""
    by_examination: dict[str, list[Entry]] = defaultdict(list)
    for entry in found.lost:
        by_examination[entry.examination].append(entry)
    for key, lost in by_examination.items():
        if key not in corpus.examinations:
            message = f"{key} is not published any more; {_number(len(lost))} under it led to a statement"
            yield Diagnostic(lost[0].location, "I001", message, "bring the report back, or retire each id")
            continue
        for entry in lost:
            began = f", which began “{entry.words[:60]}”" if entry.words else ""
            hint = f"bring the words back, or say in {RETIRED} why they are gone"
            yield Diagnostic(entry.location, "I001", f"no statement has the id {entry.id}{began}", hint)
    for entry, one in found.similar:
        message = f"{entry.id} goes on with corrected words: “{one.statement.text[:60]}”"
        yield Diagnostic(entry.location, "I002", message, "run `sessional register` when it is the same statement")
    for told in registry.retired.values():
        if told.id in corpus.by_id:
            yield Diagnostic(told.location, "I003", f"{told.id} is retired here, but published", "remove this entry")
        elif told.id not in registry.entries:
            yield Diagnostic(told.location, "I003", f"{told.id} was never registered", "is the id written rightly?")
        if told.into and told.into not in corpus.by_id and told.into not in registry.retired:
            yield Diagnostic(told.location, "I003", f"{told.into}, named in its place, is not published")


def _number(ids: int) -> str:
    return f"{ids} id{'' if ids == 1 else 's'}"
