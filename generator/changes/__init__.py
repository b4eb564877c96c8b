"""What two states of the collection say differently, statement by statement, word by word.

Takes two `Edition`s: the records of the data contract and, where they are known, findings, digests of pages, faults of
links and the share of text that was read. Gives `Changes`; `rendering` shows them. Pure: no disk, no git.

A statement is found again by its id, else by its words in the same examination or document, else by the likeness of
its words in the same examination: that last is a judgement, and each change says on what it rests. What says nothing
about the reading of a sentence is not compared: where it stands in the file, the file's checksum, the rule's name, the
order of themes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Indel

from generator.changes import scoring
from generator.changes.addresses import AddressChanges, address_changes
from generator.diagnostics import Diagnostic, Severity
from generator.registry import EndedFiles
from generator.vocabulary.folding import fold
from generator.wording import Wording, wording_of

Record = Mapping[str, Any]
NOT_RECORDED = "not recorded"
NOT_SHOWN = "(text not shown)"

# From this share of words in common, two sentences of one examination are taken for one that was edited.
_ALIKE = 0.6
# So many pairs of sentences are compared in one examination; of more, none: the document is another one.
_MOST_PAIRS = 2_000_000


class Sort(StrEnum):
    """What a change of a field means to a reader."""

    RETYPED = "retyped"
    REATTRIBUTED = "re-attributed"
    RETHEMED = "re-themed"
    REWORDED = "reworded"
    OTHER = "changed otherwise"


_SORTS: Mapping[str, Sort] = {
    "kind": Sort.RETYPED,
    **dict.fromkeys(
        ("speaker", "speaker_name", "speaker_states", "recommending_states", "attribution"), Sort.REATTRIBUTED
    ),
    **dict.fromkeys(("themes", "groups"), Sort.RETHEMED),
    "text": Sort.REWORDED,
    **dict.fromkeys(
        "examination examinations state body treaty session date lang section cites number listed response position "
        "due replies_to answered_by confidence reviewed flags alternatives source_kind".split(),
        Sort.OTHER,
    ),
}
# Lists whose order means nothing, and those that name other statements.
_UNORDERED = frozenset({"themes", "groups", "flags", "examinations"})
_LINKS = frozenset({"replies_to", "answered_by"})
# Those that hold words of the source.
_QUOTING = frozenset({"text", "cites", "due"})


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the collection. None means that it is not known, not that there is nothing."""

    name: str
    # Where it comes from, for people: "content of commit 1a2b3c4, read by this program".
    origin: str
    statements: Sequence[Record]
    diagnostics: Sequence[Diagnostic] | None = None
    # Digests of pages by address, and of what sort they are: only those of one sort can be compared.
    pages: Mapping[str, str] | None = None
    page_sort: str = ""
    links: Sequence[Diagnostic] | None = None
    # All files of a site, pages among them.
    files: Collection[str] | None = None
    # The share of the documents' text that was read, in per cent.
    read: float | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement as a change shows it: whose words, which, where. `text` is None where its rights keep it back."""

    id: str
    examination: str
    kind: str
    speaker: str
    name: str
    text: str | None
    path: str
    line: int
    # What kind of source it stands in.
    source_kind: str = ""

    @property
    def quoted(self) -> bool:
        """Whether the words are a document's own."""
        return self.text is not None and wording_of(self.source_kind) is Wording.QUOTED

    @property
    def place(self) -> str:
        """Path and line."""
        return f"{self.path}:{self.line}"

    @property
    def words(self) -> str:
        """The words, or that they are not shown."""
        return NOT_SHOWN if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in both (`=`), in the old one only (`-`) or in the new one only (`+`)."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as it was and as it is."""

    field: str
    sort: Sort
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is in both, and what differs. `likeness` is the share of words in common, in per cent.

    It is None where the statement was found again by its id or by the same words.
    """

    old: Quoted
    new: Quoted
    fields: tuple[FieldChange, ...]
    words: tuple[Run, ...]
    likeness: int | None = None

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """What happened to it, in the order of `Sort`."""
        found = {one.sort for one in self.fields}
        return tuple(sort for sort in Sort if sort in found)


@dataclass(frozen=True, slots=True)
class LostId:
    """An id that was published and is no more; `successor` is that of the statement taken for the same, or empty."""

    id: str
    successor: str


@dataclass(frozen=True, slots=True)
class Total:
    """A number before and after; None where it is not known."""

    name: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings that are new, and those that are gone."""

    new: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Addresses of pages."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two editions. None means that it could not be compared."""

    old: str
    new: str
    old_origin: str
    new_origin: str
    added: tuple[Quoted, ...] = ()
    removed: tuple[Quoted, ...] = ()
    changed: tuple[Change, ...] = ()
    lost: tuple[LostId, ...] = ()
    kinds: tuple[Total, ...] = ()
    scores: tuple[Total, ...] = ()
    diagnostics: Findings | None = None
    pages: PageChanges | None = None
    links: Findings | None = None
    addresses: AddressChanges | None = None
    # Examinations in which too much differs for edited sentences to be found again.
    unpaired: tuple[str, ...] = ()

    @property
    def loses(self) -> bool:
        """Whether something published is lost, or an error is new: what a reviewer must not overlook."""
        return bool(self.lost or self.errors)

    @property
    def errors(self) -> int:
        """How many errors are new, broken links among them."""
        found = [one for part in (self.diagnostics, self.links) if part for one in part.new]
        return sum(one.severity is Severity.ERROR for one in found)

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        parts = (self.diagnostics, self.links)
        findings = any(part and (part.new or part.gone) for part in parts)
        pages = self.pages and (self.pages.added or self.pages.removed or self.pages.changed)
        return not (self.added or self.removed or self.changed or self.lost or findings or pages or self.addresses)

    def count(self, sort: Sort) -> int:
        """How many statements changed in this manner."""
        return sum(sort in change.sorts for change in self.changed)


def compare(
    old: Edition, new: Edition, labels: Mapping[str, Any] | None = None, ended: Sequence[EndedFiles] = ()
) -> Changes:
    """What differs between two editions; with sentences labelled by hand, how well both read these.

    `ended` are the kinds of files of which it is known what follows them.
    """
    pairs, removed, added, unpaired = _pair(old.statements, new.statements)
    successors = {_text(one.get("id")): _text(other.get("id")) for one, other, _ in pairs}
    changed = []
    for one, other, likeness in pairs:
        fields = tuple(_fields(one, other, successors))
        if fields or likeness is not None:
            changed.append(_change(one, other, fields, likeness))
    ids = {_text(one.get("id")) for one in new.statements}
    gone = dict.fromkeys(_text(one.get("id")) for one in old.statements)
    return Changes(
        old.name,
        new.name,
        old.origin,
        new.origin,
        tuple(map(_quoted, added)),
        tuple(map(_quoted, removed)),
        tuple(changed),
        tuple(LostId(id_, successors.get(id_, "")) for id_ in gone if id_ not in ids),
        _totals(old.statements, new.statements, lambda one: [_text(one.get("kind"))]),
        (
            *_totals(old.statements, new.statements, _marks, _MARKS),
            *([Total("text read, in per cent", old.read, new.read)] if None not in (old.read, new.read) else ()),
            *(_read_as_labelled(old.statements, new.statements, labels) if labels else ()),
        ),
        _findings(old.diagnostics, new.diagnostics),
        _page_changes(old, new),
        _findings(old.links, new.links),
        None if old.files is None or new.files is None else address_changes(old.files, new.files, ended),
        unpaired,
    )


# --- finding statements again -------------------------------------------------------------------------------------

_Pair = tuple[Record, Record, int | None]
_Rest = list[Record]


def _pair(old: Sequence[Record], new: Sequence[Record]) -> tuple[list[_Pair], _Rest, _Rest, tuple[str, ...]]:
    """Pairs in the order of the old, what is left of each, and the examinations where likeness was not asked for."""
    found: list[tuple[Record, Record, int | None]] = []
    rest, others = list(old), list(new)
    for key in (_by_id, _by_words, _by_place):
        same, rest, others = _equal(rest, others, key)
        found += [(one, other, None) for one, other in same]
    alike, unpaired = _alike(rest, others)
    found += alike
    taken = {id(one) for pair in alike for one in pair[:2]}
    order = {id(one): number for number, one in enumerate(old)}
    found.sort(key=lambda pair: order[id(pair[0])])
    return (
        found,
        [one for one in rest if id(one) not in taken],
        [one for one in others if id(one) not in taken],
        unpaired,
    )


def _by_id(one: Record) -> Hashable:
    return one.get("id")


def _by_words(one: Record) -> Hashable:
    return (one.get("examination"), fold(one["text"])) if one.get("text") else None


def _by_place(one: Record) -> Hashable:
    """Words and document: for an examination that is recognised otherwise, where every id is another."""
    return (_source(one)[0], fold(one["text"])) if one.get("text") else None


def _equal(
    old: _Rest, new: _Rest, key: Callable[[Record], Hashable]
) -> tuple[list[tuple[Record, Record]], _Rest, _Rest]:
    """Statements with the same key, the first with the first; and what is left of both."""
    if not old or not new:
        return [], old, new
    places: dict[Hashable, list[int]] = defaultdict(list)
    for number, one in enumerate(new):
        places[key(one)].append(number)
    places.pop(None, None)
    unused = {name: iter(numbers) for name, numbers in places.items()}
    same: list[tuple[Record, Record]] = []
    rest: _Rest = []
    taken: set[int] = set()
    for one in old:
        at = next(unused.get(key(one), iter(())), None)
        if at is None:
            rest.append(one)
        else:
            taken.add(at)
            same.append((one, new[at]))
    return same, rest, [one for number, one in enumerate(new) if number not in taken]


def _alike(old: _Rest, new: _Rest) -> tuple[list[_Pair], tuple[str, ...]]:
    """Sentences of one examination that share most of their words, likest first: the same whichever side is the old."""
    groups: dict[str, tuple[_Rest, _Rest]] = defaultdict(lambda: ([], []))
    for side, records in enumerate((old, new)):
        for one in records:
            if one.get("text"):
                groups[_examination(one)][side].append(one)
    found: list[_Pair] = []
    unpaired = []
    for name, (olds, news) in groups.items():
        if not (olds and news):
            continue
        if len(olds) * len(news) > _MOST_PAIRS:
            unpaired.append(name)
            continue
        words = [fold(one["text"]).split() for one in news]
        candidates = []
        for one in olds:
            mine = fold(one["text"]).split()
            matches = process.extract(
                mine, words, scorer=Indel.normalized_similarity, processor=None, score_cutoff=_ALIKE, limit=None
            )
            candidates += [(float(score), one, news[number]) for _, score, number in matches if score >= _ALIKE]
        candidates.sort(key=lambda c: (-c[0], sorted(_text(side.get("id")) for side in c[1:])))
        taken: set[int] = set()
        for score, one, other in candidates:
            if taken.isdisjoint((id(one), id(other))):
                taken |= {id(one), id(other)}
                found.append((one, other, int(100 * score)))
    return found, tuple(unpaired)


# --- what differs in a pair ---------------------------------------------------------------------------------------


def _change(one: Record, other: Record, fields: tuple[FieldChange, ...], likeness: int | None) -> Change:
    old, new = _quoted(one), _quoted(other)
    if old.text is None or new.text is None:
        # What may no longer be shown, or could not be shown then, is shown on neither side.
        return Change(replace(old, text=None), replace(new, text=None), fields, (), likeness)
    return Change(old, new, fields, words_of(old.text, new.text), likeness)


def words_of(old: str, new: str) -> tuple[Run, ...]:
    """Two texts as one, word by word: the runs in both or in the old one give the old text, spaces folded."""
    before, after = old.split(), new.split()
    runs: list[Run] = []
    gone: list[str] = []
    come: list[str] = []

    def settle() -> None:
        runs.extend(Run(sign, " ".join(words)) for sign, words in (("-", gone), ("+", come)) if words)
        gone.clear()
        come.clear()

    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            settle()
            runs.append(Run("=", " ".join(before[step.src_start : step.src_end])))
        else:
            gone += before[step.src_start : step.src_end]
            come += after[step.dest_start : step.dest_end]
    settle()
    return tuple(runs)


def _fields(one: Record, other: Record, successors: Mapping[str, str]) -> Iterator[FieldChange]:
    """The fields that both have and that differ. Links to statements count as kept where these are the same."""
    for name, sort in _SORTS.items():
        old, new = one.get(name), other.get(name)
        if old == new or name not in one or name not in other:
            continue
        if name in _UNORDERED and sorted(map(_text, old or ())) == sorted(map(_text, new or ())):
            continue
        if name in _LINKS and [successors.get(_text(id_), _text(id_)) for id_ in old or ()] == list(new or ()):
            continue
        hidden = name in _QUOTING and None in (one.get("text"), other.get("text"))
        shown = (NOT_SHOWN, NOT_SHOWN) if hidden else (_shown(old), _shown(new))
        yield FieldChange(name.replace("_", " "), sort, *shown)


def _shown(value: Any) -> str:
    """A value of a record for people."""
    if value is None or value in ("", []):
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, Mapping):
        return " ".join(_text(part) for part in value.values() if part not in (None, False))
    return _text(value)


def _quoted(one: Record) -> Quoted:
    path, line = _source(one)
    names = [_text(one.get("speaker_name")), *map(_text, one.get("speaker_states") or ())]
    text = one.get("text")
    return Quoted(
        _text(one.get("id")),
        _examination(one),
        _text(one.get("kind")) or NOT_RECORDED,
        _text(one.get("speaker")) or NOT_RECORDED,
        ", ".join(filter(None, names)),
        None if text is None else " ".join(_text(text).split()),
        path,
        line,
        _text(one.get("source_kind")),
    )


def _examination(one: Record) -> str:
    return _text(one.get("examination")) or _source(one)[0]


def _source(one: Record) -> tuple[str, int]:
    """The name of the document, and the line where the statement begins; 0 where no line is told."""
    source = one.get("source") or {}
    spans = source.get("spans")
    return _text(source.get("path")), int(spans[0].get("line", 0)) if spans else 0


def _text(value: Any) -> str:
    return "" if value is None else str(value)


# --- totals, findings, pages --------------------------------------------------------------------------------------

_MARKS = ("of high confidence", "of medium confidence", "of low confidence", "reviewed by an editor", "open to doubt")


def _marks(one: Record) -> Iterator[str]:
    """How well a statement is known to be read."""
    yield f"of {one.get('confidence')} confidence"
    if one.get("reviewed"):
        yield "reviewed by an editor"
    if one.get("alternatives"):
        yield "open to doubt"


def _totals(
    old: Iterable[Record],
    new: Iterable[Record],
    names: Callable[[Record], Iterable[str]],
    only: Sequence[str] = (),
) -> tuple[Total, ...]:
    before, after = (Counter(name for one in records for name in names(one)) for records in (old, new))
    return tuple(Total(name, before[name], after[name]) for name in only or sorted(before.keys() | after.keys()))


def _read_as_labelled(old: Iterable[Record], new: Iterable[Record], labels: Mapping[str, Any]) -> Iterator[Total]:
    """Scores of the document whose sentences are labelled, in per cent; None where a side has not these bytes."""
    path, sha256 = labels["source"]["path"], labels["source"]["sha256"]

    def scores(records: Iterable[Record]) -> tuple[float | None, ...]:
        said = [
            scoring.Said(one["text"], _text(one.get("kind")), _text(one.get("speaker")))
            for one in records
            if one.get("text") and (one.get("source") or {}).get("sha256") == sha256
            if _source(one)[0].rpartition("/")[2] == path
        ]
        if not said:
            return (None, None, None)
        result = scoring.score(said, labels["sentences"])
        return tuple(100.0 * share for share in (result.precision, result.recall, result.speakers))

    names = ("precision", "recall", "speakers")
    for name, before, after in zip(names, scores(old), scores(new), strict=True):
        yield Total(f"{name} on labelled sentences, in per cent", before, after)


_NUMBERS = re.compile(r"(:\d+)+")


def _key(one: Diagnostic) -> Hashable:
    """A finding wherever it stands in the file: lines that move make no new findings."""
    return one.code, one.location.path, _NUMBERS.sub("", one.message)


def _findings(old: Iterable[Diagnostic] | None, new: Iterable[Diagnostic] | None) -> Findings | None:
    if old is None or new is None:
        return None
    before, after = list(old), list(new)
    return Findings(tuple(_beyond(after, before)), tuple(_beyond(before, after)))


def _beyond(some: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those of `some` that `others` do not have; of equal ones as many as there are more."""
    left = Counter(map(_key, others))
    for one in some:
        key = _key(one)
        if left[key]:
            left[key] -= 1
        else:
            yield one


def _page_changes(old: Edition, new: Edition) -> PageChanges | None:
    before, after = old.pages, new.pages
    if before is None or after is None or old.page_sort != new.page_sort:
        return None
    return PageChanges(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(address for address in before.keys() & after.keys() if before[address] != after[address])),
    )
