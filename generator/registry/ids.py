"""The registry of ids: what was published once keeps its id, and none is lost in silence.

Takes the `Corpus` with the ids that words give, the files of `content/registry/` and the words that turn a sense round.
Gives the corpus with the ids that were promised – a statement whose spelling was corrected keeps its own –, and a
`Comparison` that says which were kept, which may have changed their sense, which are gone and which are new. An id that
is gone needs an entry in `retired.yaml`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz import fuzz

from generator.corpus import Corpus, LinkedDocument, LinkedStatement, PublishedExamination, statement_id
from generator.datafile import DatafileError, Node
from generator.diagnostics import Diagnostic
from generator.registry.addresses import Addresses, address_of
from generator.registry.files import EndedFiles, FileKind
from generator.text.source import Location
from generator.vocabulary import Sense, fold

# Two wordings are one statement that was corrected where this share of their letters agrees, of 100: a word in ten.
LIKENESS = 88.0
REASONS = "removed merged corrected"
WITHHELD = "withheld"  # by a redaction: the words are nobody's business
RETIRED = "retired.yaml"
_FEW = 4  # words that a message names


@dataclass(frozen=True, slots=True)
class Entry:
    """An id that was published, with the words it stood for; None once it is retired or has another name."""

    id: str
    words: str | None
    location: Location = field(compare=False)
    # The id it was published under, where its examination was renamed since.
    former: str = ""

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


@dataclass(frozen=True)
class Registry:
    """Every id ever published, those retired, both by id, the addresses of pages, kinds of files, those that ended."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    retired: Mapping[str, Retirement] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    files: tuple[FileKind, ...] = ()
    ended: tuple[EndedFiles, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries or self.retired)

    def current(self, id_: str) -> str:
        """The id that stands for one now: another only where its examination was renamed."""
        key, _, local = id_.rpartition(".")
        return f"{self.addresses.key(key)}.{local}"

    def taken_away(self, address: str) -> bool:
        """Whether an address is of an examination all of whose statements were retired, or stands below it."""
        held = [id_ for id_ in self.entries if address.startswith(address_of(id_.rpartition(".")[0]))]
        return bool(held) and all(id_ in self.retired for id_ in held)

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """The entries whose statements have to be published, under the ids that they have now."""
        return tuple(self._standing())

    def _standing(self) -> Iterator[Entry]:
        gone = {self.current(id_) for id_ in self.retired}
        for entry in self.entries.values():
            now = self.current(entry.id)
            if now in gone or (now != entry.id and now in self.entries):
                continue
            yield entry if now == entry.id else replace(entry, id=now, former=entry.id)

    @cached_property
    def held(self) -> Mapping[str, tuple[Entry, ...]]:
        """The standing entries with their words, by examination."""
        held: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.standing:
            if entry.words is not None:
                held[entry.examination].append(entry)
        return {key: tuple(entries) for key, entries in held.items()}

    @cached_property
    def wordless(self) -> tuple[Entry, ...]:
        """The standing entries of which no words are kept."""
        return tuple(entry for entry in self.standing if entry.words is None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A corpus beside a registry. `similar` pairs what was registered with what now has its id.

    `turned` pairs an id that is lost with what is nearly said now, and the words by which the sense may have changed.
    """

    similar: tuple[tuple[Entry, LinkedStatement], ...] = ()
    turned: tuple[tuple[Entry, LinkedStatement, tuple[str, ...]], ...] = ()
    lost: tuple[Entry, ...] = ()
    new: tuple[LinkedStatement, ...] = ()


def load_entries(text: str, shown_as: str) -> Iterator[Entry]:
    """The lines of one examination's file. Raises DatafileError at a line that cannot be used."""
    for number, line in enumerate(text.splitlines(), 1):
        place = Location(shown_as, number, 1)
        try:
            told = json.loads(line)
            id_, words = told["id"], told["words"]
        except (ValueError, KeyError, TypeError, RecursionError):
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
        id_, day, reason = entry.need("id"), entry.need("date").day(), entry.need("reason").one_of(REASONS)
        if "." not in id_.text():
            raise id_.fail(f"{id_.value!r} is no id of a statement", "as in lao-opsc-69.k3f9q2")
        into = entry.get("into").optional()
        if reason == "merged" and not into:
            raise entry.fail("what it was merged into is missing", "into: the id that stands for it now")
        note = entry.need("note").text().strip()
        if not note:
            raise entry.need("note").fail("the note is empty", "say in a sentence why; readers see it")
        yield Retirement(id_.text(), reason, note, day, entry.need("editor").text(), into, entry.location)


def dump_entries(entries: Iterable[tuple[str, str | None]]) -> str:
    """One examination's file, by id: what moves in a report moves nothing here."""
    lines = (json.dumps({"id": id_, "words": words}, ensure_ascii=False) for id_, words in sorted(entries))
    return "".join(f"{line}\n" for line in lines)


class Settler:
    """Settles again and again: an examination and its entries that are those of the last time are not compared anew."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[PublishedExamination | None, tuple[Entry, ...], _Match]] = {}

    def settle(
        self, corpus: Corpus, registry: Registry, sense: Sense, kept: Collection[str] = ()
    ) -> tuple[Corpus, Comparison]:
        """The corpus with the ids that were promised, and how it compares; without a registry, as it is.

        `kept` are ids of which an editor decided that they stand for their new words, whatever has changed in them;
        they and `sense` are the same each time.
        """
        if not registry:
            return corpus, Comparison()
        before, self._held = self._held, {}
        for key in sorted(corpus.examinations.keys() | registry.held.keys()):
            examination, entries = corpus.examinations.get(key), registry.held.get(key, ())
            held = before.get(key)
            if held is None or held[0] is not examination or held[1] is not entries:
                said = [one for one in examination.statements if one.examination == key] if examination else []
                held = (examination, entries, _matched(said, entries, sense, kept))
            self._held[key] = held
        found = [match for _, _, match in self._held.values() if match.differs]
        renamed = {one.id: id_ for match in found for one, id_ in match.renamed}
        corpus, now = _renamed(corpus, renamed, {one.path for match in found for one, _ in match.renamed})
        lost = [entry for match in found for entry in match.gone]
        lost += [entry for entry in registry.wordless if entry.id not in corpus.by_id]
        return corpus, Comparison(
            tuple((entry, now.get(one.id, one)) for match in found for entry, one in match.alike),
            tuple((entry, now.get(one.id, one), words) for match in found for entry, one, words in match.turned),
            tuple(sorted(lost, key=lambda entry: entry.id)),
            tuple(now.get(one.id, one) for match in found for one in match.fresh),
        )


@dataclass(slots=True)
class _Match:
    """What is registered beside what is said in one examination: by likeness, gone, new; and who gets another id.

    What is `turned` is gone and new too, until an editor decides. What is said in equal words is not held.
    """

    alike: list[tuple[Entry, LinkedStatement]] = field(default_factory=list)
    turned: list[tuple[Entry, LinkedStatement, tuple[str, ...]]] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    fresh: list[LinkedStatement] = field(default_factory=list)
    renamed: list[tuple[LinkedStatement, str]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether anything is other than it was."""
        return bool(self.alike or self.turned or self.gone or self.fresh or self.renamed)


def _matched(said: Sequence[LinkedStatement], held: Sequence[Entry], sense: Sense, kept: Collection[str]) -> _Match:
    found = _Match()
    by_id = {entry.id: entry for entry in held}
    open_: dict[int, LinkedStatement] = {}
    for number, one in enumerate(said):
        entry = by_id.get(one.id)
        if entry and (entry.words == one.statement.text or fold(entry.words or "") == fold(one.statement.text)):
            del by_id[one.id]
        else:
            open_[number] = one
    if not by_id and not open_:
        return found
    same: list[tuple[Entry, LinkedStatement]] = []
    words = {number: fold(one.statement.text) for number, one in open_.items()}
    before = {entry.id: fold(entry.words or "") for entry in by_id.values()}
    scored = sorted(
        (-score, id_, number)
        for id_ in by_id
        for number in open_
        if (score := fuzz.ratio(before[id_], words[number], score_cutoff=LIKENESS))
    )
    doubtful = []
    for score, id_, number in scored:
        if id_ in by_id and number in open_:
            decided = score == -100 or id_ in kept or by_id[id_].former in kept
            changed = () if decided else sense.turned(by_id[id_].words or "", open_[number].statement.text)
            if changed:
                doubtful.append((id_, number, changed))
            else:
                (same if score == -100 else found.alike).append((by_id.pop(id_), open_.pop(number)))
    found.gone, found.fresh = list(by_id.values()), list(open_.values())
    # Each id that is in doubt with the nearest words that nobody else has.
    for id_, number, changed in doubtful:
        if id_ in by_id and number in open_:
            found.turned.append((by_id.pop(id_), open_.pop(number), changed))
    found.renamed = [(one, entry.id) for entry, one in (*same, *found.alike) if one.id != entry.id]
    # Words that were said before by a statement that goes on under their id, or that the id no longer stands for: they
    # need one of their own.
    promised = {entry.id for entry in held}
    used = promised | {one.id for one in said}
    for one in found.fresh:
        if one.id in promised and one.examination:
            found.renamed.append((one, statement_id(one.statement, one.examination, used)))
            used.add(found.renamed[-1][1])
    return found


def _renamed(
    corpus: Corpus, names: Mapping[str, str], paths: Collection[str]
) -> tuple[Corpus, Mapping[str, LinkedStatement]]:
    """The corpus with other ids, wherever they stand – in the documents of these paths –, and those that have one now.

    By the ids that they had.
    """
    if not names:
        return corpus, {}

    def renamed(one: LinkedStatement) -> LinkedStatement:
        replies, answers = (tuple(names.get(i, i) for i in ids) for ids in (one.replies_to, one.answered_by))
        return replace(one, id=names.get(one.id, one.id), replies_to=replies, answered_by=answers)

    now: dict[str, LinkedStatement] = {}
    documents: dict[str, LinkedDocument] = {}
    for path in paths:
        before = corpus.linked[path]
        documents[path] = after = replace(before, statements=tuple(map(renamed, before.statements)))
        now |= {old.id: one for old, one in zip(before.statements, after.statements, strict=True) if old.id in names}
    examinations = {
        key: replace(examination, linked=tuple(documents.get(one.path, one) for one in examination.linked))
        if any(one.path in documents for one in examination.linked)
        else examination
        for key, examination in corpus.examinations.items()
    }
    return replace(corpus, examinations=examinations), now


def complaints(corpus: Corpus, registry: Registry, found: Comparison) -> Iterator[Diagnostic]:
    """Ids that are gone and that nobody retired, and retirements that do not fit what is published."""
    turned = {entry.id: (one, words) for entry, one, words in found.turned}
    by_examination: dict[str, list[Entry]] = defaultdict(list)
    for entry in found.lost:
        by_examination[entry.examination].append(entry)
    for key, lost in by_examination.items():
        if key not in corpus.examinations:
            message = f"{key} is not published any more; {_number(len(lost))} under it led to a statement"
            yield Diagnostic(lost[0].location, "I001", message, "bring the report back, or retire each id")
            continue
        for entry in lost:
            name = f"{entry.id} (once {entry.former})" if entry.former else entry.id
            if entry.id in turned:
                one, words = turned[entry.id]
                by = ", ".join(f"“{word}”" for word in words[:_FEW])
                message = f"the sense of {name} may have changed, by {by}; now: “{one.statement.text[:120]}”"
                hint = f"`sessional register --keep {entry.id}` if it is still the same statement; else retire it"
                yield Diagnostic(entry.location, "I004", message, f"{hint}, into: {one.id}")
                continue
            began = f", which began “{entry.words[:60]}”" if entry.words else ""
            hint = f"bring the words back, or say in {RETIRED} why they are gone"
            yield Diagnostic(entry.location, "I001", f"no statement has the id {name}{began}", hint)
    for entry, one in found.similar:
        message = f"{entry.id} goes on with corrected words: “{one.statement.text[:60]}”"
        yield Diagnostic(entry.location, "I002", message, "run `sessional register` when it is the same statement")
    retired = {registry.current(id_) for id_ in registry.retired}
    for told in registry.retired.values():
        into = registry.current(told.into) if told.into else ""
        if registry.current(told.id) in corpus.by_id:
            yield Diagnostic(told.location, "I003", f"{told.id} is retired here, but published", "remove this entry")
        elif told.id not in registry.entries and told.reason != WITHHELD:
            yield Diagnostic(told.location, "I003", f"{told.id} was never registered", "is the id written rightly?")
        if into and into not in corpus.by_id and into not in retired:
            yield Diagnostic(told.location, "I003", f"{told.into}, named in its place, is not published")


def _number(ids: int) -> str:
    return f"{ids} id{'' if ids == 1 else 's'}"
