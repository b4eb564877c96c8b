"""Words that are withheld: a statement or a person's name taken out of everything that is published.

Takes what was read of a document and the editors' `redactions.yaml`. Gives the document without those words: where they
stood the text is blacked out, character for character, so that every position stays; statements, facts and names that
held them are gone. An entry does not repeat the words: it knows them by their mark, a digest of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from generator.datafile import Node
from generator.diagnostics import Diagnostic
from generator.model import Examination, Fact, ReadDocument, Statement
from generator.text.marks import marks
from generator.text.normaliser import Places, normalise_with_offsets
from generator.text.source import Location, SourceText, Span
from generator.vocabulary import fold

FILE = "redactions.yaml"
REASONS = "safety privacy rights court other"
BLACK = "█"
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_QUOTED = re.compile(r"“[^”]*”|'[^']*'|‘[^’]*’")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redaction:
    """An editor's word that something is withheld. `id` is the statement's, or for a person a name of the entry.

    `marks` know the words: pairs of how many there are and their digest, one for each way to write them.
    """

    id: str
    kind: str
    marks: tuple[tuple[int, str], ...]
    reason: str
    note: str
    date: str
    editor: str
    location: Location = field(compare=False)


def words(text: str) -> list[str]:
    """The words of a text as marks are made of them: without case, diacritics and signs."""
    return [fold(match[0]) or match[0] for match in _WORD.finditer(text)]


def mark(said: Sequence[str]) -> tuple[int, str]:
    """What stands for these words: how many there are, and a digest of them."""
    return len(said), hashlib.sha256(" ".join(said).encode()).hexdigest()


def load_redactions(root: Node) -> Iterator[Redaction]:
    """Check a `redactions.yaml`. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format redactions")
    if root.need("format").text() != "redactions/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'redactions/1'")
    for entry in root.get("redactions").items():
        entry.mapping("id kind marks reason note date editor")
        kind, day, note = entry.need("kind").one_of("statement person"), entry.need("date"), entry.need("note")
        try:
            date.fromisoformat(day.text())
        except ValueError:
            raise day.fail(f"{day.value!r} is no day", "as in 2026-03-31") from None
        if not note.text().strip():
            raise note.fail("the note is empty", "say in a sentence why; readers see it; name nobody")
        yield Redaction(
            id=entry.need("id").text(),
            kind=kind,
            marks=tuple(_mark(one) for one in entry.need("marks").items()),
            reason=entry.need("reason").one_of(REASONS),
            note=note.text().strip(),
            date=day.text(),
            editor=entry.need("editor").text(),
            location=entry.location,
        )


def _mark(node: Node) -> tuple[int, str]:
    number, _, digest = node.text().partition(":")
    if not number.isdecimal() or not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise node.fail(f"{node.value!r} is no mark", "`sessional redact` writes it")
    return int(number), digest


def dump_redaction(one: Redaction) -> str:
    """An entry as it stands in the file."""
    quoted = [f'  {key}: "{_escaped(text)}"\n' for key, text in (("note", one.note), ("date", one.date))]
    marks = "".join(f'  - "{number}:{digest}"\n' for number, digest in one.marks)
    head = f'- id: "{_escaped(one.id)}"\n  kind: {one.kind}\n  marks:\n{marks}  reason: {one.reason}\n'
    return f'{head}{"".join(quoted)}  editor: "{_escaped(one.editor)}"\n'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def withhold(
    document: ReadDocument, found: list[Diagnostic], redactions: Sequence[Redaction]
) -> tuple[ReadDocument, list[Diagnostic]]:
    """The document, and what was found in it, without the words that are withheld; the same where it has none."""
    source = document.document.source
    persons = _Finder(mark for one in redactions if one.kind == "person" for mark in one.marks)
    said = {mark: one for one in redactions if one.kind == "statement" for mark in one.marks}
    hidden: list[tuple[int, int]] = list(persons.places_in(source.text))
    gone = []
    for statement in document.statements if said else ():
        if mark(words(statement.text)) in said:
            gone.append(statement)
            hidden += (_offsets(source, span) for span in statement.spans)
    if not hidden:
        return document, found
    black = _blacked(source, hidden)
    clean = _Cleaner(persons)
    statements = tuple(_statements(document.statements, gone, black, hidden, clean))
    examinations = tuple(_facts(examination, black, hidden, clean) for examination in document.examinations)
    cleaned = replace(
        clean(replace(document, document=replace(document.document, source=_EMPTY), statements=(), examinations=())),
        examinations=examinations,
        statements=statements,
        withheld=tuple(sorted(_told(redactions, source, document))),
    )
    lines = {source.location(start).line for start, _ in hidden}
    told = [_without_words(one, clean) if one.location.line in lines else clean(one) for one in found]
    return replace(cleaned, document=replace(cleaned.document, source=black)), told


def places_of(redaction: Redaction, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text as received, in their row."""
    return _Finder(redaction.marks).places_in(text)


def without(record: dict[str, Any], redactions: Sequence[Redaction]) -> dict[str, Any]:
    """A record of the data contract, made before something was withheld, without those words."""
    said = {mark for one in redactions if one.kind == "statement" for mark in one.marks}
    clean = _Cleaner(_Finder(mark for one in redactions if one.kind == "person" for mark in one.marks))
    text, name = record.get("text"), record.get("speaker_name")
    if isinstance(text, str) and mark(words(text)) in said:
        return {**record, "text": None, "cites": [], "due": None}
    kept = {key: clean(value) for key, value in (("text", text), ("speaker_name", name)) if value is not None}
    return {**record, **kept}


_EMPTY = SourceText.from_str("", "")


class _Finder:
    """Finds rows of words by their marks."""

    def __init__(self, marks: Iterable[tuple[int, str]]) -> None:
        self._marks = frozenset(marks)
        self._lengths = sorted({number for number, _ in self._marks}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._marks)

    def places_in(self, raw: str) -> Iterator[tuple[int, int]]:
        """Where they stand in a text as received: marks of emphasis and line ends between them do not count."""
        if not self._marks:
            return
        found = dict.fromkeys(self._places(*normalise_with_offsets(raw)))
        if marks(raw):  # as it stands, and as a reader sees it: a caption or the title of a link may hold them, too
            found |= dict.fromkeys(self._places(*_without_marks(raw)))
        yield from found

    def _places(self, text: str, starts: Places, ends: Places) -> Iterator[tuple[int, int]]:
        found = [(match.start(), match.end(), fold(match[0]) or match[0]) for match in _WORD.finditer(text)]
        said = [word for _, _, word in found]
        for number in self._lengths:
            for at in range(len(said) - number + 1):
                if mark(said[at : at + number]) in self._marks:
                    yield starts[found[at][0]], ends[found[at + number - 1][1] - 1]


class _Cleaner:
    """Takes the words out of every text that a value holds; what holds none stays the very same."""

    def __init__(self, finder: _Finder) -> None:
        self._finder = finder
        self._known: dict[int, tuple[Any, Any]] = {}  # by identity, with what keeps it alive: sections are shared

    def __call__(self, value: T) -> T:
        """The value without them."""
        if isinstance(value, str):
            return self._text(value)  # type: ignore[return-value]
        if not isinstance(value, tuple) and (not is_dataclass(value) or isinstance(value, type)):
            return value
        if id(value) not in self._known:
            self._known[id(value)] = value, self._parts(value)
        cleaned: T = self._known[id(value)][1]
        return cleaned

    def _parts(self, value: Any) -> Any:
        if isinstance(value, tuple):
            parts = tuple(map(self, value))
            return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
        changed = {
            name: new
            for name in _names(type(value))
            if (new := self(old := getattr(value, name))) is not old and new != old
        }
        return replace(value, **changed) if changed else value

    def _text(self, text: str) -> str:
        places = sorted(self._finder.places_in(text)) if self._finder else []
        for start, end in reversed(places):
            text = text[:start] + BLACK * (end - start) + text[end:]
        return text


def _without_marks(raw: str) -> tuple[str, Places, Places]:
    """The words of a raw text without what marks them up, each character with its place in the raw text."""
    kept = [True] * len(raw)
    for mark_ in marks(raw):
        kept[mark_.start : mark_.end] = [False] * (mark_.end - mark_.start)
    places = [at for at, stays in enumerate(kept) if stays]
    text, starts, ends = normalise_with_offsets("".join(raw[at] for at in places))
    return text, [places[at] for at in starts], [places[at - 1] + 1 for at in ends]


_names: Callable[[type], tuple[str, ...]] = cache(lambda of: tuple(slot.name for slot in fields(of) if slot.init))


def _offsets(source: SourceText, span: Span) -> tuple[int, int]:
    start = source.line_starts[span.line - 1]
    return start + span.col_start, start + span.col_end


def _blacked(source: SourceText, hidden: Iterable[tuple[int, int]]) -> SourceText:
    """The text with these places blacked out; line ends stay."""
    text = source.text
    for start, end in hidden:
        text = text[:start] + re.sub(r"[^\r\n]", BLACK, text[start:end]) + text[end:]
    return replace(source, text=text)


def _overlaps(source: SourceText, spans: Iterable[Span], hidden: Sequence[tuple[int, int]]) -> bool:
    places = [_offsets(source, span) for span in spans]
    return any(start < last and first < end for start, end in places for first, last in hidden)


def _statements(
    statements: Iterable[Statement],
    gone: Sequence[Statement],
    black: SourceText,
    hidden: Sequence[tuple[int, int]],
    clean: _Cleaner,
) -> Iterator[Statement]:
    """Those that stay: with words blacked out inside them, and without names of speakers that are withheld."""
    for statement in statements:
        if any(statement is one for one in gone):
            continue
        kept = clean(statement)
        if _overlaps(black, statement.spans, hidden):
            text = black.quote(statement.spans)
            if not re.search(rf"[^\W{BLACK}]", text):
                continue  # told inside a statement that is withheld
            kept = replace(kept, text=text, cue="" if BLACK in text else kept.cue, cites=(), due=None)
        if kept.speaker_name and BLACK in kept.speaker_name:
            names = [name for name in kept.speaker_name.split(" and ") if BLACK not in name]
            kept = replace(kept, speaker_name=" and ".join(names) or None)
        yield kept


def _facts(
    examination: Examination, black: SourceText, hidden: Sequence[tuple[int, int]], clean: _Cleaner
) -> Examination:
    """The facts that stay: one whose words are withheld is not known any more."""

    def stays(fact: Fact) -> bool:
        return clean(fact) is fact and not _overlaps(black, fact.spans, hidden)

    changed: dict[str, Any] = {}
    for slot in fields(examination):
        value = getattr(examination, slot.name)
        if isinstance(value, Fact) and not stays(value):
            changed[slot.name] = None
        elif isinstance(value, tuple) and not all(map(stays, value)):
            changed[slot.name] = tuple(filter(stays, value))
    return replace(examination, **changed) if changed else examination


def _told(redactions: Iterable[Redaction], source: SourceText, document: ReadDocument) -> Iterator[str]:
    """The redactions that hide something here."""
    said = {mark(words(statement.text)) for statement in document.statements}
    for one in redactions:
        finder = _Finder(one.marks)
        if said & set(one.marks) if one.kind == "statement" else any(finder.places_in(source.text)):
            yield one.id


def _without_words(found: Diagnostic, clean: _Cleaner) -> Diagnostic:
    """A finding on a line that is blacked out, without what it quotes from there."""
    return clean(replace(found, message=_QUOTED.sub("“…”", found.message)))
