"""The editor's last word: corrections that stand beside a source, never in it.

Takes what was read of a document and its corrections file. Gives the final statements, facts and diagnostics. A
correction is anchored by words of the source, says what the program read then (`expect`) and why it is changed
(`reason`); one that no longer fits is stale – an error – and one that changes nothing is superfluous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.datafile import Node
from generator.diagnostics import Diagnostic, Severity
from generator.model import (
    Attribution,
    Confidence,
    Document,
    Due,
    Examination,
    Fact,
    Kind,
    Paragraph,
    Speaker,
    Statement,
)
from generator.recognise import ordinal, spoken_date
from generator.text.passage import visible_words
from generator.text.source import Location
from generator.vocabulary import Vocabulary

_ACTIONS = ("set", "confirm", "drop", "add", "split", "merge")
_SHORTEST_QUOTE = 8  # characters
_FIELDS = "kind speaker speaker_name themes groups due"
_SINGLE_FACTS = "state treaty session date cycle head last_examined"
# What a corrected fact answers.
_ANSWERS = {
    "state": ("R001",),
    "treaty": ("R003",),
    "session": ("R002",),
    "date": ("R005", "R006", "R010"),
    "head": ("R008", "R010"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Where a split statement goes on as another: its first words, and what changes there."""

    at: str
    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of an editor about one statement."""

    action: str
    quote: str
    occurrence: int
    expect: Mapping[str, str]
    changes: Mapping[str, object]
    parts: tuple[Part, ...]
    merge: int
    reason: str
    location: Location
    # The day it was decided, where the editor wrote it down.
    date: str | None = None


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """One decision about a fact of the examination. `expect` None: the program read none."""

    fact: str
    expect: str | None
    value: str
    name: str
    reason: str
    location: Location
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning or note that an editor has looked at and accepts."""

    code: str
    quote: str
    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class Corrections:
    """A corrections file."""

    statements: tuple[Correction, ...] = ()
    facts: tuple[FactCorrection, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


# --- reading the file -------------------------------------------------------------------------------------------


def load_corrections(root: Node, vocabulary: Vocabulary) -> Corrections:
    """Check a corrections file. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format corrections facts accepted")
    if root.need("format").text() != "corrections/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'corrections/1'")
    return Corrections(
        tuple(_correction(entry, vocabulary) for entry in root.get("corrections").items()),
        tuple(_fact_correction(entry, vocabulary) for entry in root.get("facts").items()),
        tuple(_acceptance(entry) for entry in root.get("accepted").items()),
    )


def _correction(entry: Node, vocabulary: Vocabulary) -> Correction:
    entry.mapping("quote occurrence expect reason date " + " ".join(_ACTIONS))
    actions = [action for action in _ACTIONS if entry.get(action).value is not None]
    if len(actions) != 1:
        raise entry.fail(f"a correction does one of: {', '.join(_ACTIONS)}; this one does {len(actions) or 'none'}")
    action = actions[0]
    changes: Mapping[str, object] = {}
    if action in ("set", "add"):
        changes = _changes(entry.need(action), vocabulary)
    if action in ("drop", "confirm") and not entry.need(action).flag():
        raise entry.need(action).fail("found 'false', expected true")
    if action == "add" and not {"kind", "speaker"} <= changes.keys():
        raise entry.need("add").fail("an added statement needs kind and speaker")
    quote = visible_words(entry.need("quote").text())
    if len(quote) < _SHORTEST_QUOTE:
        hint = "YAML takes “ #” and “: ” for its own: put the words in quotation marks"
        raise entry.need("quote").fail(f"{quote!r} is too short to be sure of its place", hint)
    wants = entry.get("expect") if action == "add" else entry.need("expect")
    return Correction(
        action=action,
        quote=quote,
        occurrence=_occurrence(entry.get("occurrence")),
        expect={key: node.text() for key, node in wants.mapping("kind speaker").items()},
        changes=changes,
        parts=tuple(_part(node, vocabulary) for node in entry.get("split").items()) if action == "split" else (),
        merge=entry.need("merge").integer() if action == "merge" else 0,
        reason=_reason(entry),
        location=entry.location,
        date=_day(entry.get("date")),
    )


def _occurrence(node: Node) -> int:
    number = 1 if node.value is None else node.integer()
    if number < 1:
        raise node.fail(f"found {number}, expected 1 for the first, 2 for the second …")
    return number


def _reason(entry: Node) -> str:
    node = entry.need("reason")
    if not node.text().strip():
        raise node.fail("the reason is empty", "readers are shown it: say what the program read wrongly")
    return node.text()


def _day(node: Node) -> str | None:
    return None if node.value is None else node.day()


def _part(node: Node, vocabulary: Vocabulary) -> Part:
    return Part(visible_words(node.need("at").text()), _changes(node, vocabulary, also="at "))


def _changes(node: Node, vocabulary: Vocabulary, also: str = "") -> dict[str, object]:
    changes: dict[str, object] = {}
    for key, value in node.mapping(also + _FIELDS).items():
        match key:
            case "kind":
                changes[key] = Kind(value.one_of(" ".join(Kind)))
            case "speaker":
                changes[key] = Speaker(value.one_of(" ".join(Speaker)))
            case "speaker_name":
                changes[key] = value.text() if value.value else None
            case "themes":
                changes[key] = tuple(item.one_of(" ".join(vocabulary.themes)) for item in value.items())
            case "groups":
                changes[key] = tuple(item.one_of(" ".join(vocabulary.groups)) for item in value.items())
            case "due":
                changes[key] = _due(value, vocabulary)
    return changes


def _due(node: Node, vocabulary: Vocabulary) -> Due | None:
    if node.value is None:
        return None
    found = vocabulary.dates.find(node.text())
    if len(found) != 1:
        raise node.fail(f"found {node.value!r}, expected one date, such as 2016-06-30 or mid-2016")
    return Due(found[0].iso.split("/")[-1], found[0].precision, node.text())


def _fact_correction(entry: Node, vocabulary: Vocabulary) -> FactCorrection:
    entry.mapping("fact expect set reason date")
    fact, value = entry.need("fact").one_of(_SINGLE_FACTS), entry.need("set")
    name = value.text()
    match fact:
        case "state":
            if name not in vocabulary.states.by_code:
                raise value.fail(f"no State has the code {name!r}", "ISO 3166-1 alpha-3, as in states.yaml")
            name = vocabulary.states[name].short
        case "treaty":
            name = vocabulary.treaties.by_id[value.one_of(" ".join(vocabulary.treaties.by_id))].title
        case "session":
            name = f"{ordinal(value.integer())} session"
        case "date" | "last_examined":
            dates = vocabulary.dates.find(name)
            if [date.iso for date in dates] != [name] or dates[0].precision != "day":
                raise value.fail(f"found {name!r}, expected a day such as 2015-05-27")
            name = spoken_date(name)
    expect = entry.need("expect").value
    return FactCorrection(fact, expect, value.text(), name, _reason(entry), entry.location, _day(entry.get("date")))


def _acceptance(entry: Node) -> Acceptance:
    entry.mapping("code quote reason")
    quote = visible_words(entry.get("quote").text()) if entry.get("quote").value else ""
    return Acceptance(entry.need("code").text(), quote, _reason(entry), entry.location)


# --- statements -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """One slot for each statement the program read, with what became of it: anchors always mean what was read."""

    document: Document
    read: tuple[Statement, ...]
    slots: list[list[Statement]]
    added: list[Statement] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def stale(self, correction: Correction, message: str, hint: str = "") -> None:
        self.found.append(Diagnostic(correction.location, "C001", message, hint))

    def statements(self) -> list[Statement]:
        """What is left, in the order of the text."""
        final = [statement for slot in self.slots for statement in slot]
        for one in self.added:
            before = [i for i, s in enumerate(final) if (s.paragraph, s.sentence) <= (one.paragraph, one.sentence)]
            final.insert(before[-1] + 1 if before else 0, one)
        return final


def correct(
    document: Document, statements: Sequence[Statement], corrections: Sequence[Correction]
) -> tuple[list[Statement], list[Diagnostic]]:
    """Apply the corrections in their order."""
    draft = _Draft(document, tuple(statements), [[statement] for statement in statements])
    for correction in corrections:
        if correction.action == "add":
            _add(draft, correction)
            continue
        places = [i for i, s in enumerate(draft.read) if s.text.startswith(correction.quote)]
        if len(places) < correction.occurrence:
            draft.stale(
                correction,
                f"no statement begins with {correction.quote[:60]!r}",
                "quote the statement's first words exactly",
            )
            continue
        place = places[correction.occurrence - 1]
        if not draft.slots[place]:
            draft.stale(correction, "another correction took this statement away", "remove one of the two")
        elif wrong := _unexpected(draft.read[place], correction):
            draft.stale(correction, wrong, "read the sentence again and renew the correction")
        else:
            _DO[correction.action](draft, correction, place)
    return draft.statements(), draft.found


def _unexpected(statement: Statement, correction: Correction) -> str | None:
    for key, expected in correction.expect.items():
        if getattr(statement, key) != expected:
            return f"expected {key} {expected!r}, but the program now reads {str(getattr(statement, key))!r}"
    return None


def _decided(statement: Statement, changes: Mapping[str, object], reason: str) -> Statement:
    """A statement as an editor left it: sure, reviewed, and saying why."""
    if changes.get("kind", statement.kind) is not statement.kind:
        changes = {"flags": (), "due": None, **changes}  # both belong to the kind that was read
    return replace(
        statement,
        **changes,  # type: ignore[arg-type]
        confidence=Confidence.HIGH,
        reviewed=True,
        correction=reason,
        alternatives=(),
    )


def _set(draft: _Draft, correction: Correction, place: int) -> None:
    statement = draft.slots[place][0]
    if all(getattr(statement, key) == value for key, value in correction.changes.items()):
        draft.found.append(Diagnostic(correction.location, "C002", "the program reads it that way by itself"))
    else:
        draft.slots[place][0] = _decided(statement, correction.changes, correction.reason)


def _confirm(draft: _Draft, _correction: Correction, place: int) -> None:
    """Read as the program reads it, and looked at by an editor: nothing is corrected, nothing is open any more."""
    statement = draft.slots[place][0]
    draft.slots[place][0] = replace(statement, confidence=Confidence.HIGH, reviewed=True, alternatives=())


def _drop(draft: _Draft, _correction: Correction, place: int) -> None:
    draft.slots[place] = []


def _split(draft: _Draft, correction: Correction, place: int) -> None:
    """One statement becomes several, each beginning with words the editor names."""
    statement = draft.slots[place][0]
    paragraph = draft.document.paragraphs[statement.paragraph]
    start, end = _range(paragraph, statement)
    cuts = [start]
    for part in correction.parts:
        at = paragraph.passage.text.find(part.at, cuts[-1] + 1, end)
        if at < 0:
            draft.stale(correction, f"{part.at[:60]!r} does not stand in the statement")
            return
        cuts.append(at)
    parts = []
    for index, (first, last) in enumerate(zip(cuts, [*cuts[1:], end], strict=True)):
        changes = correction.parts[index - 1].changes if index else {}
        words = _words(paragraph, first, last)
        if not words["text"]:
            draft.stale(correction, "a part of the statement would have no words", "cut it where a word begins")
            return
        whole = replace(statement, **words)  # type: ignore[arg-type]
        parts.append(replace(_decided(whole, changes, correction.reason), embedded=statement.embedded or index > 0))
    # What was found inside the sentence and is now a part of its own would stand twice.
    draft.slots = [[s for s in slot if not _repeats(s, parts)] for slot in draft.slots]
    draft.slots[place] = parts


def _repeats(statement: Statement, parts: Sequence[Statement]) -> bool:
    """Whether an embedded statement says what a part of its sentence now says."""
    return statement.embedded and any(
        part.embedded
        and (part.paragraph, part.sentence) == (statement.paragraph, statement.sentence)
        and (part.kind, part.speaker) == (statement.kind, statement.speaker)
        and (statement.text in part.text or part.text in statement.text)
        for part in parts
    )


def _merge(draft: _Draft, correction: Correction, place: int) -> None:
    """Statements of one paragraph become one."""
    slots = draft.slots[place : place + correction.merge]
    together = [slot[0] for slot in slots if len(slot) == 1]
    if len(together) < max(2, correction.merge) or len({s.paragraph for s in together}) != 1:
        draft.stale(correction, f"there are no {correction.merge} statements to join here in one paragraph")
        return
    paragraph = draft.document.paragraphs[together[0].paragraph]
    first = min(_range(paragraph, s)[0] for s in together)
    last = max(_range(paragraph, s)[1] for s in together)
    whole = replace(together[0], **_words(paragraph, first, last))  # type: ignore[arg-type]
    draft.slots[place : place + correction.merge] = [
        [_decided(whole, {}, correction.reason)],
        *([] for _ in together[1:]),
    ]


def _add(draft: _Draft, correction: Correction) -> None:
    """A statement of words that were read otherwise or not at all."""
    places = list(_find(draft.document, correction.quote))
    if len(places) < correction.occurrence:
        draft.stale(correction, f"the source does not say {correction.quote[:60]!r}")
        return
    index, start, end = places[correction.occurrence - 1]
    paragraph = draft.document.paragraphs[index]
    sentence = next((n for n, (first, last) in enumerate(paragraph.sentences) if first <= start < last), 0)
    whole = paragraph.sentences[sentence] == (start, end) if paragraph.sentences else False
    words = _words(paragraph, start, end)
    if not words["text"]:
        draft.stale(correction, "the quotation holds no words", "quote the words of the statement")
        return
    if any(s.spans == words["spans"] for s in draft.statements()):
        draft.stale(correction, "these words are a statement already", "change it with `set`")
        return
    added = Statement(
        kind=Kind.BACKGROUND,
        speaker=Speaker.UNATTRIBUTED,
        attribution=Attribution.EXPLICIT,
        section=paragraph.section,
        paragraph=index,
        sentence=sentence,
        rule="correction",
        cue="",
        confidence=Confidence.HIGH,
        lang=draft.document.lang,
        embedded=not whole,
        **words,  # type: ignore[arg-type]
    )
    draft.added.append(_decided(added, correction.changes, correction.reason))


def _find(document: Document, quote: str) -> Iterator[tuple[int, int, int]]:
    """Every place where these words stand in running text: paragraph, start, end."""
    for index, paragraph in enumerate(document.paragraphs):
        at = paragraph.passage.text.find(quote)
        while at >= 0:
            yield index, at, at + len(quote)
            at = paragraph.passage.text.find(quote, at + 1)


def _range(paragraph: Paragraph, statement: Statement) -> tuple[int, int]:
    """Where a statement stands in its paragraph's text."""
    start, end = paragraph.sentences[statement.sentence]
    if statement.embedded:
        start = paragraph.passage.text.find(statement.text, start)
        end = start + len(statement.text)
    return start, end


def _words(paragraph: Paragraph, start: int, end: int) -> dict[str, object]:
    """Text and spans of part of a paragraph, without the white space at its ends."""
    text = paragraph.passage.text
    while end > start and text[end - 1] == " ":
        end -= 1
    return {"text": text[start:end], "spans": paragraph.passage.spans(start, end)}


_DO: Mapping[str, Callable[[_Draft, Correction, int], None]] = {
    "set": _set,
    "confirm": _confirm,
    "drop": _drop,
    "split": _split,
    "merge": _merge,
}


# --- facts and diagnostics --------------------------------------------------------------------------------------


def correct_facts(
    examinations: Sequence[Examination], corrections: Sequence[FactCorrection], found: Sequence[Diagnostic]
) -> tuple[tuple[Examination, ...], list[Diagnostic]]:
    """Facts as the editor decided; what a corrected fact answers is no longer a finding."""
    final, remaining = list(examinations), list(found)
    for correction in corrections:
        current: Fact | None = getattr(final[0], correction.fact)
        value = current.value if current else None
        if value != correction.expect:
            message = f"expected {correction.fact} {correction.expect!r}, but the program now reads {value!r}"
            remaining.append(Diagnostic(correction.location, "C001", message))
        elif value == correction.value:
            remaining.append(Diagnostic(correction.location, "C002", "the program reads it that way by itself"))
        else:
            fact = Fact(correction.value, correction.name, correction.reason, "correction", (), "corrected")
            final = [_with_fact(one, correction, fact) for one in final]
            remaining = [d for d in remaining if d.code not in _ANSWERS.get(correction.fact, ())]
    return tuple(final), remaining


def _with_fact(examination: Examination, correction: FactCorrection, fact: Fact) -> Examination:
    """The examination with the fact, where it had the value that was wrong: two treaties in one document differ."""
    current: Fact | None = getattr(examination, correction.fact)
    if (current.value if current else None) != correction.expect:
        return examination
    return replace(examination, **{correction.fact: fact})  # type: ignore[arg-type]


def accept(document: Document, accepted: Sequence[Acceptance], found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings without those an editor accepts; errors cannot be accepted, and an acceptance of nothing is told."""
    remaining = list(found)
    for acceptance in accepted:
        met = [d for d in remaining if _accepts(document, acceptance, d)]
        if not met:
            message = f"no warning or note {acceptance.code} is found there"
            remaining.append(Diagnostic(acceptance.location, "C002", message))
        remaining = [d for d in remaining if d not in met]
    return remaining


def _accepts(document: Document, acceptance: Acceptance, diagnostic: Diagnostic) -> bool:
    if diagnostic.code != acceptance.code or diagnostic.severity is Severity.ERROR:
        return False
    if diagnostic.location.path != document.source.path:
        return False
    line = diagnostic.location.line
    return not acceptance.quote or (line > 0 and acceptance.quote in visible_words(document.source.line(line)))
