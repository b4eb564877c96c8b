"""Invented reports, as short as a test wants them, and statements made by hand where reading is not what is tested."""

from __future__ import annotations

from typing import Any

from generator.model import (
    FRONT,
    Attribution,
    Confidence,
    Document,
    Examination,
    Fact,
    Kind,
    Provenance,
    ReadDocument,
    Rights,
    Section,
    Speaker,
    Statement,
)
from generator.source import SourceText, Span

SESSION = "102<sup>ND</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n25<sup>TH</sup> MAY 2026"
EXCHANGE = (
    "The Committee was concerned about the lack of data on trafficking. "
    "The delegation replied that a register had been opened."
)


def report(
    state: str = "ARCADIA",
    body: str = EXCHANGE,
    *,
    title: str = "",
    session: str = SESSION,
    led_by: str = "Mr. Ignace Tillery, Minister of Social Welfare",
) -> str:
    """A summary of an examination of a State; by default under the Convention, with one concern and one reply."""
    title = title or f"STATE PARTY EXAMINATION OF {state}’S SECOND PERIODIC REPORT"
    return (
        f"# {title}\n\n{session}\n\n## Opening Comments\n\nThe delegation was led by {led_by}.\n\n"
        f"## Prevention\n\n{body}\n"
    )


_KINDS = {
    Kind.REPLY: Speaker.DELEGATION,
    Kind.COMMITMENT: Speaker.STATE,
    Kind.BACKGROUND: Speaker.UNATTRIBUTED,
    Kind.PROCEDURAL: Speaker.AUTHOR,
}


def say(text: str, kind: str = "concern", speaker: str = "", *, section: Section = FRONT, **more: Any) -> Statement:
    """A statement. `at` is its paragraph, or its paragraph and sentence; a kind has its usual speaker."""
    at = more.pop("at", 0)
    paragraph, sentence = at if isinstance(at, tuple) else (at, 0)
    what = Kind(kind)
    spans = more.pop("spans", (Span(paragraph + 1, 1000 * sentence, 1000 * sentence + len(text)),))
    given: dict[str, Any] = {
        "attribution": Attribution.EXPLICIT,
        "rule": "by-hand",
        "cue": "",
        "confidence": Confidence.HIGH,
    }
    return Statement(
        kind=what,
        speaker=Speaker(speaker) if speaker else _KINDS.get(what, Speaker.COMMITTEE),
        text=text,
        spans=spans,
        section=section,
        paragraph=paragraph,
        sentence=sentence,
        **{**given, **more},
    )


def fact(value: str, name: str = "") -> Fact:
    """A fact that stands on the first line."""
    return Fact(value, name or value, name or value, "by-hand", (Span(1, 0, 1),))


def examination(state: str = "XAR", treaty: str = "CRC", session: str = "101", **more: Any) -> Examination:
    """The facts of an examination."""
    number = fact(session, f"{session}th session")
    return Examination("CRC", state=fact(state), treaty=fact(treaty), session=number, **more)


def told(
    *statements: Statement,
    path: str = "arcadia.md",
    facts: tuple[Examination, ...] = (),
    source_text: str = "full",
    kind: str = "summary",
) -> ReadDocument:
    """A document that holds these statements, of which only the statements are real."""
    source = SourceText.from_str(path, f"{path}\n" + "\n".join(one.text for one in statements))
    document = Document(source, None, "en", (), (), (), (), None, None)
    rights = Rights("nobody", "CC0-1.0", None, source_text)
    provenance = Provenance(kind, "The Author", "A badge.", "A notice.", rights, listed=True)
    return ReadDocument(document, facts or (examination(),), statements, (), provenance)
