"""The editor's last word: corrections that stand beside a source, never in it.

Takes a document's `Statement`s and its corrections file. Gives the final statements and diagnostics. A correction is
anchored by words of the source and says what the program read then (`expect`) and why it is changed (`reason`); one
that no longer fits is stale – an error – and one that changes nothing is superfluous.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.datafile import Node
from generator.diagnostics import Diagnostic
from generator.model import Confidence, Kind, Speaker, Statement
from generator.source import Location, normalise

_KEYS = "quote occurrence expect set drop reason"
_FIELDS = "kind speaker themes groups"


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of an editor about one statement."""

    quote: str
    occurrence: int
    expect: Mapping[str, str]
    changes: Mapping[str, str | tuple[str, ...]]
    drop: bool
    reason: str
    location: Location


def load_corrections(root: Node, themes: Sequence[str], groups: Sequence[str]) -> list[Correction]:
    """Check a corrections file. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format corrections")
    if root.need("format").text() != "corrections/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'corrections/1'")
    return [_correction(entry, themes, groups) for entry in root.get("corrections").items()]


def _correction(entry: Node, themes: Sequence[str], groups: Sequence[str]) -> Correction:
    entry.mapping(_KEYS)
    changes: dict[str, str | tuple[str, ...]] = {}
    for key, node in entry.get("set").mapping(_FIELDS).items():
        if key in ("kind", "speaker"):
            changes[key] = node.one_of(" ".join(Kind if key == "kind" else Speaker))
        else:
            known = themes if key == "themes" else groups
            changes[key] = tuple(item.one_of(" ".join(known)) for item in node.items())
    drop = bool(entry.get("drop").value) and entry.get("drop").flag()
    if not changes and not drop:
        raise entry.fail("a correction must `set` something or `drop` the statement")
    expect = {key: node.text() for key, node in entry.need("expect").mapping("kind speaker").items()}
    occurrence = entry.get("occurrence").integer() if entry.get("occurrence").value else 1
    return Correction(
        quote=normalise(entry.need("quote").text()),
        occurrence=occurrence,
        expect=expect,
        changes=changes,
        drop=drop,
        reason=entry.need("reason").text(),
        location=entry.location,
    )


def correct(
    statements: Sequence[Statement], corrections: Sequence[Correction]
) -> tuple[list[Statement], list[Diagnostic]]:
    """Apply the corrections in their order."""
    final: list[Statement | None] = list(statements)
    found: list[Diagnostic] = []
    for correction in corrections:
        places = [i for i, s in enumerate(final) if s is not None and s.text.startswith(correction.quote)]
        if len(places) < correction.occurrence:
            message = f"no statement begins with {correction.quote[:60]!r}"
            found.append(Diagnostic(correction.location, "C001", message, "quote the statement's first words exactly"))
            continue
        place = places[correction.occurrence - 1]
        statement = final[place]
        assert statement is not None  # noqa: S101 - places are of statements
        if wrong := _unexpected(statement, correction):
            found.append(
                Diagnostic(correction.location, "C001", wrong, "read the sentence again and renew the correction")
            )
        elif correction.drop:
            final[place] = None
        elif all(_value(statement, key) == value for key, value in correction.changes.items()):
            found.append(Diagnostic(correction.location, "C002", "the program reads it that way by itself"))
        else:
            final[place] = _changed(statement, correction)
    return [statement for statement in final if statement is not None], found


def _value(statement: Statement, key: str) -> object:
    value = getattr(statement, key)
    return value if isinstance(value, tuple) else str(value)


def _unexpected(statement: Statement, correction: Correction) -> str | None:
    for key, expected in correction.expect.items():
        if _value(statement, key) != expected:
            return f"expected {key} {expected!r}, but the program now reads {_value(statement, key)!r}"
    return None


def _changed(statement: Statement, correction: Correction) -> Statement:
    changed = replace(
        statement, confidence=Confidence.HIGH, reviewed=True, correction=correction.reason, alternatives=()
    )
    for key, value in correction.changes.items():
        match key, value:
            case "kind", str():
                changed = replace(changed, kind=Kind(value))
            case "speaker", str():
                changed = replace(changed, speaker=Speaker(value))
            case "themes", tuple():
                changed = replace(changed, themes=value)
            case "groups", tuple():
                changed = replace(changed, groups=value)
    return changed
