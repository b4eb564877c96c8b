"""How well sentences labelled by hand are met, after docs/guideline.md.

Takes statements and gold sentences. Gives a `Score`. A gold sentence is met by the statements whose words lie in it or
around it; for an ambiguous one any alternative is right too, and leaving it out is no miss where background or
procedural is among them. Procedural and background statements are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from rapidfuzz import fuzz

COUNTED = ("concern", "recommendation", "positive", "question", "reply", "commitment")
VOICES = ("committee", "delegation", "reviewing-state")
_ALIKE, _SAME = 85, 70  # per cent


class Labelled(Protocol):
    """What is compared with a label: words, their kind, whose they are."""

    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def speaker(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the data contract as far as it is scored."""

    text: str
    kind: str
    speaker: str


@dataclass(slots=True)
class Score:
    """Counts, and what went wrong in words."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    voices: int = 0
    voices_right: int = 0
    misattributed: list[str] = field(default_factory=list)
    not_embedded: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the statements given, how many are right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the sentences labelled, how many are found."""
        return _share(self.right, self.right + self.missed)

    @property
    def speakers(self) -> float:
        """Of the right statements, how many are the labelled speaker's."""
        return _share(self.voices_right, self.voices)


def score(statements: Iterable[Labelled], gold: Sequence[Mapping[str, Any]]) -> Score:
    """The lenient score of these statements."""
    counted = [(_fold(s.text), s) for s in statements if s.kind in COUNTED]
    result = Score()
    used: set[int] = set()
    for sentence in gold:
        words = _fold(sentence["text"])
        near = [i for i, (text, _) in enumerate(counted) if len(text) > 8 and fuzz.partial_ratio(text, words) >= _ALIKE]
        used.update(near)
        _score_one(result, sentence, [counted[i] for i in near])
    strays = [s for i, (_, s) in enumerate(counted) if i not in used]
    result.wrong += len(strays)
    result.faults += [f"stray {s.kind}: {s.text}" for s in strays]
    return result


def _score_one(result: Score, gold: Mapping[str, Any], found: Sequence[tuple[str, Labelled]]) -> None:
    embedded = [(e["kind"], _fold(e["text"])) for e in gold.get("embedded", [])]
    others = gold.get("alternatives", []) if gold.get("ambiguous") else []
    allowed = {gold["kind"], *(other.get("kind", gold["kind"]) for other in others)}
    kinds = {str(s.kind) for _, s in found}
    for kind, words in embedded:
        if not any(s.kind == kind and fuzz.partial_ratio(text, words) >= _ALIKE for text, s in found):
            result.not_embedded.append(f"{kind}: {words}")
    if gold["kind"] in COUNTED:
        if kinds & allowed:
            result.right += 1
        elif kinds or not allowed & {"background", "procedural"}:
            result.missed += 1
            result.faults.append(f"missed {gold['kind']}, got {sorted(kinds)}: {gold['text']}")
    extra = kinds - allowed - {kind for kind, _ in embedded}
    result.wrong += len(extra)
    result.faults += [f"extra {kind}: {gold['text']}" for kind in sorted(extra)]
    whole = [s for text, s in found if not any(fuzz.ratio(text, words) >= _SAME for _, words in embedded)]
    hits = [s for s in whole if s.kind in allowed]
    speakers = {gold["speaker"], *(other["speaker"] for other in others if other.get("speaker"))}
    result.voices += bool(hits)
    result.voices_right += any(s.speaker in speakers for s in hits)
    if gold["speaker"] in ("author", "unattributed"):
        result.misattributed += [f"{s.speaker}: {s.text}" for s in whole if s.speaker in VOICES]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
