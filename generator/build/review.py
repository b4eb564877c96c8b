"""What waits for an editor's decision, most doubtful first, and a corrections skeleton to decide it in.

Takes documents that were read. Gives `Doubt`s in the order in which an editor should look at them, and YAML text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.corpus import LinkedStatement, link
from generator.model import Confidence, Kind, ReadDocument, Speaker


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that can be read otherwise, why, and how pressing that is (the higher the more)."""

    linked: LinkedStatement
    path: str
    why: str
    weight: int


def doubts(documents: Iterable[ReadDocument]) -> list[Doubt]:
    """Statements that wait for a decision: most doubtful first, then in the order of their documents."""
    found = []
    for document in documents:
        for one in link(document):
            weight, why = _weight(one)
            if weight and not one.statement.reviewed:
                found.append(Doubt(one, document.document.source.path, why, weight))
    return sorted(found, key=lambda doubt: -doubt.weight)


def _weight(one: LinkedStatement) -> tuple[int, str]:
    statement = one.statement
    others = {(other.kind, other.speaker) for other in statement.alternatives}
    if statement.kind is Kind.PROCEDURAL:
        return 0, ""
    if statement.confidence is Confidence.LOW and statement.kind is not Kind.BACKGROUND:
        if statement.speaker is Speaker.AUTHOR:
            return 3, "the author's own judgement: is it nobody else's?"
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
            f"  expect: {{kind: {statement.kind}, speaker: {statement.speaker}}}",
            f"  # set: {{kind: {statement.kind}, speaker: {statement.speaker}}}",
            "  confirm: true",
            '  reason: ""',
        ]
    return "\n".join(lines) + "\n"


def _opening(text: str, most: int = 80) -> str:
    """The first words of a statement, enough to find it again."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]
