"""How a statement was read and how it is cited, in as few characters as `cards.js` needs to say it in sentences.

Takes a statement, or a document with its citation. Gives the attribute of a card, and what a page says once of a
document. Letters stand for closed lists: the same lists, with their words, are in `cards.js`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.citations import Citation, csl
from generator.model import Attribution, Kind, Speaker, Statement

ATTRIBUTIONS: Mapping[Attribution, str] = {
    Attribution.EXPLICIT: "e",
    Attribution.PRONOUN: "p",
    Attribution.PASSIVE: "v",
    Attribution.CARRIED: "c",
    Attribution.AGENT: "a",
    Attribution.NARRATIVE: "n",
    Attribution.NONE: "x",
}
KINDS: Mapping[Kind, str] = {
    Kind.CONCERN: "c",
    Kind.RECOMMENDATION: "r",
    Kind.POSITIVE: "p",
    Kind.QUESTION: "q",
    Kind.REPLY: "a",
    Kind.COMMITMENT: "m",
    Kind.PROCEDURAL: "o",
    Kind.BACKGROUND: "b",
}
SPEAKERS: Mapping[Speaker, str] = {
    Speaker.COMMITTEE: "c",
    Speaker.REVIEWING_STATE: "r",
    Speaker.DELEGATION: "d",
    Speaker.STATE: "s",
    Speaker.AUTHOR: "a",
    Speaker.UNATTRIBUTED: "u",
}


def evidence(statement: Statement, described: int = 0) -> str:
    """`eh|rule|alternatives|cue`: attribution and confidence, and which description of its document it has, if not
    the first; of each alternative the kind and the speaker. What is empty at the end is left out."""
    how = f"{ATTRIBUTIONS[statement.attribution]}{statement.confidence[0]}{described or ''}"
    others = "".join(f"{KINDS[one.kind]}{SPEAKERS[one.speaker]}" for one in statement.alternatives)
    return f"{how}|{statement.rule}|{others}|{statement.cue}".rstrip("|")


def document_data(cited: Citation, described: Sequence[str], author: str, says: str, paraphrased: bool) -> str:
    """What is said once of a document, for the citations of its statements: JSON on one line.

    `described` are its descriptions, `author` what its own voice is called, `says` the form of a quotation.
    """
    told: dict[str, object] = {
        "item": csl(cited),
        "described": described,
        "kind": cited.kind,
        "author": author,
        "says": says,
    }
    told |= {"paraphrased": 1} if paraphrased else {}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
