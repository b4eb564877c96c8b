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
from generator.text.source import SourceText, Span

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


def review(*supported: str, state: str = "Arcadia", symbol: str = "A/HRC/99/7", dialogue: str = "") -> str:
    """A report of the Working Group on the Universal Periodic Review; by default two recommendations, one to follow."""
    listed = supported or ("Open more schools (Freedonia);", "Keep its registers complete (Ruritania);")
    items = "\n\n".join(f"7.{number}. {text}" for number, text in enumerate(listed, 1))
    voiced = "6. Freedonia welcomed the new law on schools. It recommended that Arcadia open more schools."
    return (
        f"## United Nations {symbol}\n\n**Human Rights Council**\n\n### Report of the Working Group on the Universal "
        f"Periodic Review\n\n#### {state}\n\n#### Introduction\n\n"
        "1. The Working Group on the Universal Periodic Review, established in accordance with Human Rights Council "
        "resolution 5/1, held its ninetieth session from 4 to 15 May 2026. The review of "
        f"{state} was held at the 4th meeting, on 5 May 2026. The delegation of {state} was headed by Ignace Tillery, "
        "Minister of Justice. At its 10th meeting, held on 8 May 2026, the Working Group adopted the report on "
        f"{state}.\n\n2. On 14 January 2026, the Human Rights Council selected the following group of rapporteurs "
        f"(troika) to facilitate the review of {state}: Freedonia, Ruritania and Sylvania.\n\n"
        "#### I. Summary of the proceedings of the review process\n\n#### A. Presentation by the State under review\n\n"
        f"3. The delegation stated that {state} had adopted a law on schools.\n\n"
        "#### B. Interactive dialogue and responses by the State under review\n\n"
        f"{dialogue or voiced}\n\n#### II. Conclusions and/or recommendations\n\n"
        f"7. The following recommendations enjoy the support of {state}:\n\n{items}\n\n"
        f"8. The following recommendations will be examined by {state}, which will provide responses in due time:\n\n"
        "8.1. Abolish the death penalty (Freedonia, Sylvania).\n"
    )
