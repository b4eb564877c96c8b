"""A bill of health: what is damaged in a text is measured before it is believed.

Takes a parsed `Document`, its statements and the dispositions of its blocks. Gives a `Health`, the statements (those
whose own words are damaged with low confidence), and diagnostics that say what to do. `characters`, `pieces` and
`layout` find the places, `faults` the statements that hold them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.health.characters import damaged_characters
from generator.health.faults import Fault, Places
from generator.health.layout import loose_cells, mixed_columns, mixed_lines, prose_headings
from generator.health.pieces import broken_words
from generator.model import (
    Attribution,
    BlockKind,
    Confidence,
    Disposition,
    Document,
    Examination,
    Fact,
    Health,
    Kind,
    Measure,
    Paragraph,
    Speaker,
    Statement,
    Verdict,
)
from generator.text.normaliser import visible
from generator.text.source import Location
from generator.vocabulary import HealthRules, Vocabulary

__all__ = ["DAMAGED", "examine", "without_damaged_names"]

# The flag of a statement whose own words are damaged.
DAMAGED = "damaged"
_CODES = {"characters": "H001", "pieces": "H002", "columns": "H003", "headings": "H004"}
_MESSAGES = {
    "characters": "damaged characters: “{}”",
    "pieces": "a word in pieces: “{}”",
    "columns": "two columns are read across: “{}”",
    "headings": "a sentence is marked as a heading: “{}”",
}
_HINT = "export the text again from the original, or correct the statement in the corrections file"
_LONGEST_SHOWN = 60  # characters


def examine(
    document: Document, statements: Sequence[Statement], dispositions: Sequence[Disposition], vocabulary: Vocabulary
) -> tuple[Health, list[Statement], list[Diagnostic]]:
    """Measure a text; statements that are damaged lose their confidence, and a speaker that was only carried on."""
    rules = vocabulary.health
    faults = [
        *damaged_characters(document.source, rules),
        *broken_words(document, rules.words[document.lang], vocabulary.states.words),
        *mixed_columns(document.source),
        *mixed_lines(document),
    ]
    damaged: dict[str, set[int]] = defaultdict(set)
    counted: list[Fault] = []
    places = Places(statements) if faults else None
    for fault in faults:
        held = list(places.holding(fault)) if places else []
        damaged[fault.measure].update(held)
        if held or fault.measure == "characters":  # columns of what is no statement, such as a table, mix no sentence
            counted.append(fault)
    whole = [index for index, statement in enumerate(statements) if not statement.embedded]
    harmed = {index for held in damaged.values() for index in held}
    measures = [
        rules.measure(name, len(found), _share(len(damaged[name].intersection(whole)), len(whole)), _lines(found))
        for name in ("characters", "pieces", "columns")
        for found in [[fault for fault in counted if fault.measure == name]]
    ]
    headings = list(prose_headings(document, vocabulary.cues.get(document.lang)))
    cells = list(loose_cells(document))
    measures += [
        rules.measure("headings", len(headings), _share(len(headings), len(document.sections)), _lines(headings)),
        _tables(document, dispositions, cells, rules),
        _numbers(document, vocabulary),
        _unattributed([statements[index] for index in whole], rules),
    ]
    health = Health.of(measures)
    diagnostics = [*_of_faults(document, [*counted, *headings]), *_of_cells(document, cells)]
    diagnostics += _of_measures(document, health, vocabulary)
    share = _share(len(harmed.intersection(whole)), len(whole))
    if share > rules.withhold:
        message = f"{100 * share:.0f} % of its {len(whole):,} sentences are damaged; nothing of it is published"
        diagnostics.append(Diagnostic(Location(document.source.path, 1, 1), "H008", message, _HINT))
    return health, [_capped(s) if index in harmed else s for index, s in enumerate(statements)], diagnostics


def without_damaged_names(examinations: Sequence[Examination], vocabulary: Vocabulary) -> tuple[Examination, ...]:
    """The examinations without people whose names are damaged: better not recorded than wrong."""

    def sound(fact: Fact | None) -> bool:
        read = fact is not None and fact.status != "corrected"
        return not (read and vocabulary.health.damage(f"{fact.name} {fact.of} {fact.text}"))  # type: ignore[union-attr]

    return tuple(
        replace(
            examination,
            head=examination.head if sound(examination.head) else None,
            delegation=tuple(filter(sound, examination.delegation)),
            rapporteurs=tuple(filter(sound, examination.rapporteurs)),
        )
        for examination in examinations
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _lines(faults: Sequence[Fault]) -> list[int]:
    return [fault.line for fault in faults]


def _capped(statement: Statement) -> Statement:
    """A statement nobody should rely on: it stands on its document's page only."""
    capped = replace(statement, confidence=Confidence.LOW, flags=(*statement.flags, DAMAGED))
    if statement.attribution is not Attribution.CARRIED or statement.rule.startswith("item-"):
        return capped
    # Who speaks was read from what is missing in damaged words: from the lack of a subject.
    kind = Kind.QUESTION if statement.kind is Kind.QUESTION else Kind.BACKGROUND
    return replace(
        capped,
        kind=kind,
        speaker=Speaker.UNATTRIBUTED,
        attribution=Attribution.NONE,
        rule="no-speaker",
        speaker_name=None,
        speaker_states=(),
        due=None,
        alternatives=(),
    )


def _tables(
    document: Document, dispositions: Sequence[Disposition], cells: Sequence[Sequence[Paragraph]], rules: HealthRules
) -> Measure:
    """What was not read, and tables whose cells were read as lines: their share of the characters."""
    source = document.source
    unread = [
        block
        for block, disposition in zip(document.blocks, dispositions, strict=True)
        if disposition is Disposition.UNREAD
    ]
    taken = sum(len(source.line(n).strip()) for block in unread for n in range(block.first, block.last + 1))
    taken += sum(len(paragraph.passage.text) for run in cells for paragraph in run)
    lines = [*(block.first for block in unread), *(run[0].passage.line_at(0) for run in cells)]
    return rules.measure("tables", len(lines), _share(taken, len(source.text)), lines)


def _numbers(document: Document, vocabulary: Vocabulary) -> Measure:
    """Of a family that numbers its paragraphs, those that have none."""
    family = vocabulary.families.get(document.family or "")
    if not (family and family.numbered):
        return vocabulary.health.measure("numbers", 0, 0.0, ())
    texts = [
        paragraph
        for paragraph in document.paragraphs
        if paragraph.section.path
        and paragraph.lead_in is None
        and all(document.blocks[index].kind is BlockKind.PARAGRAPH for index in paragraph.blocks)
    ]
    bare = [paragraph for paragraph in texts if paragraph.number is None]
    lines = [paragraph.passage.line_at(0) for paragraph in bare]
    return vocabulary.health.measure("numbers", len(bare), _share(len(bare), len(texts)), lines)


def _unattributed(statements: Sequence[Statement], rules: HealthRules) -> Measure:
    nobodys = [statement for statement in statements if statement.speaker is Speaker.UNATTRIBUTED]
    lines = [statement.line for statement in nobodys]
    return rules.measure("unattributed", len(nobodys), _share(len(nobodys), len(statements)), lines)


def _of_faults(document: Document, faults: Sequence[Fault]) -> Iterator[Diagnostic]:
    """One diagnostic a place; lines of the same two columns are one place."""
    before: Fault | None = None
    for fault in faults:
        follows = before is not None and before.measure == fault.measure == "columns" and fault.line == before.line + 1
        before = fault
        if follows:
            continue
        shown = fault.shown if len(fault.shown) <= _LONGEST_SHOWN else f"{fault.shown[:_LONGEST_SHOWN]}…"
        place = Location(document.source.path, fault.line, fault.start + 1)
        message = _MESSAGES[fault.measure].format(visible(shown))
        yield Diagnostic(place, _CODES[fault.measure], message, _HINT, max(1, fault.end - fault.start))


def _of_cells(document: Document, cells: Sequence[Sequence[Paragraph]]) -> Iterator[Diagnostic]:
    for run in cells:
        first, last = run[0].passage, run[-1].passage
        lines = f"lines {first.line_at(0)} to {last.line_at(0)}"
        ends = f"from “{visible(first.text)}” to “{visible(last.text)}”"
        message = f"{len(run)} short lines, {ends}, look like the cells of a table ({lines})"
        yield Diagnostic(Location(document.source.path, first.line_at(0), 1), "H005", message)


def _of_measures(document: Document, health: Health, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """What is a fault of the text as a whole."""
    codes = {"numbers": "H006", "unattributed": "H007"}
    for measure in health.measures:
        if measure.name in codes and measure.verdict is not Verdict.FINE:
            says = vocabulary.health.limits[measure.name].says.lower()
            message = f"{says}: {measure.count:,}, {100 * measure.share:.0f} % of the {measure.of}"
            place = Location(document.source.path, measure.lines[0] if measure.lines else 1, 1)
            yield Diagnostic(place, codes[measure.name], message)
