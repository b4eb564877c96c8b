"""What waits for an editor's decision, most doubtful first, and a corrections skeleton to decide it in.

Takes the corpus. Gives `Doubt`s in the order in which an editor should look at them, and YAML text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from generator.corpus import Corpus, LinkedStatement
from generator.health import DAMAGED
from generator.model import Confidence, Kind, Speaker


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that can be read otherwise, why, and how pressing that is (the higher the more)."""

    linked: LinkedStatement
    why: str
    weight: int
    # Which of the document's statements that begin with the same words it is, from 1.
    occurrence: int


def doubts(corpus: Corpus) -> list[Doubt]:
    """Statements that wait for a decision: most doubtful first, then in the order of the corpus."""
    found = []
    for one in corpus.statements:
        weight, why = _weight(one)
        if weight and not one.statement.reviewed:
            quote = _opening(one.statement.text)
            alike = [s for s in corpus.documents[one.path].statements if s.text.startswith(quote)]
            found.append(Doubt(one, why, weight, 1 + [id(s) for s in alike].index(id(one.statement))))
    return sorted(found, key=lambda doubt: -doubt.weight)


def _weight(one: LinkedStatement) -> tuple[int, str]:
    statement = one.statement
    others = {(other.kind, other.speaker) for other in statement.alternatives}
    if statement.kind is Kind.PROCEDURAL:
        return 0, ""
    if DAMAGED in statement.flags:
        return 6, "its words are damaged in the source"
    if statement.confidence is Confidence.LOW and statement.kind is not Kind.BACKGROUND:
        if statement.speaker is Speaker.AUTHOR:
            return 3, "the author's own judgement: is it nobody else's?"
        if statement.speaker is not Speaker.UNATTRIBUTED:
            return 5, f"the rule often takes praise or questions for a {statement.kind}"
        return 5, f"a {statement.kind} that no speaker is named for"
    if any(kind is Kind.CONCERN and speaker is Speaker.COMMITTEE for kind, speaker in others):
        return 4, "may be the Committee's concern"
    if statement.kind in (Kind.CONCERN, Kind.RECOMMENDATION) and statement.alternatives:
        return 4, "the speaker is carried on, or the verb is weak"
    if statement.kind is Kind.COMMITMENT and statement.alternatives:
        return 3, "told of the State; may be no promise"
    if statement.alternatives and statement.kind is not Kind.BACKGROUND:
        return 2, "carried on from the sentence before"
    return (1, "told by nobody named") if statement.kind is Kind.BACKGROUND and statement.alternatives else (0, "")


def skeleton(chosen: Sequence[Doubt]) -> str:
    """A corrections file for these statements, to be filled in; its reasons are empty on purpose."""
    lines = ["format: corrections/1", "corrections:"]
    for doubt in chosen:
        statement = doubt.linked.statement
        others = ", ".join(f"{other.kind}/{other.speaker}" for other in statement.alternatives) or "none known"
        lines += [
            f"# {doubt.linked.id}, line {statement.line}: {doubt.why}. Other readings: {others}.",
            f"- quote: {json.dumps(_opening(statement.text), ensure_ascii=False)}",
            *([f"  occurrence: {doubt.occurrence}"] if doubt.occurrence > 1 else []),
            f"  expect: {{kind: {statement.kind}, speaker: {statement.speaker}}}",
            f"  # set: {{kind: {statement.kind}, speaker: {statement.speaker}}}",
            "  confirm: true",
            '  reason: ""',
        ]
    return "\n".join(lines) + "\n"


def _opening(text: str, most: int = 80) -> str:
    """The first words of a statement, enough to find it again."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]
