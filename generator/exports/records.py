"""One JSON object a statement, and one an examination with the origin of each fact.

Takes what was read of one document. Gives records; the field names and their meaning are the data contract, version 2
(`docs/data-contract.md`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator import rights
from generator.corpus import LinkedStatement
from generator.model import Examination, Fact, Health, ReadDocument
from generator.rights import words
from generator.text.source import Span

# Kept, for `json.dumps` makes one at each call that says how to write.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def statement_record(linked: LinkedStatement, document: ReadDocument) -> dict[str, Any]:
    """One statement as the contract has it; what its document does not tell is null."""
    source = document.document.source
    statement = rights.statement(linked.statement, document)
    examination = document.examinations_of(statement)[0]
    return {
        "id": linked.id,
        "examination": linked.examination,
        "examinations": list(linked.examinations),
        "state": examination.state.value if examination.state else None,
        "body": examination.body or None,
        "treaty": examination.treaty.value if examination.treaty else None,
        "session": int(examination.session.value) if examination.session else None,
        "date": examination.date.value if examination.date else None,
        "kind": statement.kind,
        "speaker": statement.speaker,
        "speaker_name": statement.speaker_name,
        "speaker_states": list(statement.speaker_states),
        "attribution": statement.attribution,
        "text": rights.words(statement.text),
        "lang": statement.lang,
        "section": [title for title in statement.section.path if rights.words(title) is not None],
        "themes": list(statement.themes),
        "groups": list(statement.groups),
        "cites": [
            {
                "id": c.id,
                "text": rights.words(c.text),
                "article": c.article,
                "law": c.law,
                "carried": c.carried,
                "symbol": c.symbol,
            }
            for c in statement.cites
        ],
        "number": statement.number,
        "page": None,
        "paragraph": _paragraph(statement.number),
        "listed": statement.listed,
        "recommending_states": list(statement.recommending_states),
        "response": statement.response,
        # Later documents of a State are not read yet, so its latest position is the one given here.
        "position": statement.response,
        "due": {
            "date": statement.due.date,
            "precision": statement.due.precision,
            "text": rights.words(statement.due.text),
        }
        if statement.due
        else None,
        "replies_to": list(linked.replies_to),
        "answered_by": list(linked.answered_by),
        "rule": statement.rule,
        "confidence": statement.confidence,
        "reviewed": statement.reviewed,
        "flags": list(statement.flags),
        "alternatives": [{"kind": a.kind, "speaker": a.speaker} for a in statement.alternatives],
        "notes": [
            {"label": note.label, "text": words(note.text), "spans": spans_record(note.spans)}
            for note in statement.notes
        ],
        "source_kind": document.provenance.kind or None,
        "source": {
            "path": source.path.rsplit("/", 1)[-1],
            "sha256": source.sha256,
            "spans": spans_record(statement.spans),
        },
    }


_PARAGRAPH = re.compile(r"\d+")


def _paragraph(number: str | None) -> str | None:
    """The paragraph that a number begins with: `135.1` is item 1 of paragraph 135, `26 (e)` a part of paragraph 26."""
    found = _PARAGRAPH.match(number or "")
    return found[0] if found else None


def known(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of a statement without the fields that have no value, as files of the site have it."""
    held = {name: value for name, value in record.items() if value is not None and value is not False and value != []}
    if held.get("examinations") == [held.get("examination")]:
        del held["examinations"]
    return held


def examination_record(examination: Examination, document: ReadDocument) -> dict[str, Any]:
    """One examination with every fact, where it is written and which rule found it."""
    examination = rights.facts(examination, document)
    facts: dict[str, Any] = {}
    several = ("ratifications", "delegation", "rapporteurs", "troika")
    for name, fact in examination.facts():
        record = _fact_record(fact)
        if name in several:
            facts.setdefault(name, []).append(record)
        else:
            facts[name] = record
    path = document.document.source.path.rsplit("/", 1)[-1]
    return {
        "examination": examination.key,
        "body": examination.body or None,
        "mechanism": examination.mechanism,
        "path": path,
        "facts": facts,
        "health": _health_record(document.health),
    }


def _health_record(health: Health) -> dict[str, Any]:
    return {
        "verdict": health.verdict,
        "measures": [
            {
                "name": one.name,
                "count": one.count,
                "share": one.share,
                "of": one.of,
                "verdict": one.verdict,
                "lines": list(one.lines),
            }
            for one in health.measures
        ],
    }


def _fact_record(fact: Fact) -> dict[str, Any]:
    return {
        "value": fact.value,
        "name": fact.name,
        **({"of": fact.of} if fact.of else {}),
        "status": fact.status,
        "text": rights.words(fact.text),
        "rule": fact.rule,
        "spans": spans_record(fact.spans),
    }


def spans_record(spans: Iterable[Span]) -> list[dict[str, Any]]:
    """Places in a source; `glued` is there only where it is true."""
    return [
        {"line": one.line, "col_start": one.col_start, "col_end": one.col_end, **({"glued": True} if one.glued else {})}
        for one in spans
    ]


def jsonl(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line a record."""
    return (f"{one_line(record)}\n" for record in records)


def one_line(record: Any) -> str:
    """A record as JSON, with no space but in its words."""
    return _encode(record)
