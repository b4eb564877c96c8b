"""What a sentence, or a part of it, is taken for, and the readings beside it that can be defended.

Takes kinds, speakers and cues. Gives `Reading`s and `Alternative`s; decides nothing about a text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.extract.acts import BODY_SIDE, Voice
from generator.model import Alternative, Attribution, Confidence, Kind, Speaker
from generator.vocabulary import Cue


@dataclass(slots=True)
class Reading:
    """What a sentence, or a part of it, is taken for. `start` and `end` are places in the sentence."""

    kind: Kind
    speaker: Speaker
    attribution: Attribution
    rule: str
    confidence: Confidence
    cue: Cue | None = None
    cue_words: str = ""
    name: str | None = None
    start: int = 0
    end: int | None = None
    embedded: bool = False
    states: tuple[str, ...] = ()


def carried(kind: Kind, speaker: Speaker, rule: str, name: str | None) -> Reading:
    low = speaker in (Speaker.AUTHOR, Speaker.UNATTRIBUTED)
    confidence = Confidence.LOW if low else Confidence.MEDIUM
    return Reading(kind, speaker, Attribution.CARRIED, rule, confidence, name=name)


def nobody(kind: Kind = Kind.BACKGROUND) -> Reading:
    return Reading(kind, Speaker.UNATTRIBUTED, Attribution.NONE, "no-speaker", Confidence.LOW)


def as_item(reading: Reading) -> Reading:
    """An item of a list has the kind and speaker of what leads into it; "made recommendations:" leads into some."""
    listed = reading.kind is Kind.PROCEDURAL and reading.rule.endswith("-made-recommendations")
    kind = Kind.RECOMMENDATION if listed else reading.kind
    return replace(reading, kind=kind, rule=f"item-of-{reading.rule.removeprefix('item-of-')}")


def of_other_states(named: Voice | None, voice: Voice) -> bool:
    """Whether a sentence names other States for its subject than those that spoke: it is not carried on from them."""
    return voice.speaker is Speaker.REVIEWING_STATE and bool(named and named.states and named.states != voice.states)


def otherwise(reading: Reading) -> tuple[Alternative, ...]:
    """What the same speaker may have done with words whose rule is often wrong about their kind."""
    kinds = (Kind.POSITIVE, Kind.QUESTION, Kind.CONCERN, Kind.BACKGROUND)
    return tuple(Alternative(kind, reading.speaker) for kind in kinds if kind is not reading.kind)


def alternatives(reading: Reading) -> tuple[Alternative, ...]:
    """The readings a careful editor could defend instead (guideline, section 3)."""
    author = Alternative(Kind.BACKGROUND, Speaker.AUTHOR)
    kind, speaker, cue = reading.kind, reading.speaker, reading.cue
    if reading.attribution is Attribution.CARRIED:
        return (Alternative(Kind.CONCERN, Speaker.AUTHOR), author) if kind is Kind.CONCERN else (author,)
    if speaker is Speaker.UNATTRIBUTED and kind is Kind.BACKGROUND:
        return (Alternative(Kind.REPLY, Speaker.DELEGATION),)
    if reading.attribution is Attribution.AGENT and cue is not None:
        return Alternative(Kind.BACKGROUND, Speaker.UNATTRIBUTED), Alternative(Kind.REPLY, Speaker.DELEGATION)
    if speaker is Speaker.AUTHOR and kind is Kind.CONCERN:
        return (author,)
    if speaker in BODY_SIDE and kind is Kind.CONCERN and cue is not None and not cue.strong:
        return (Alternative(Kind.BACKGROUND, speaker),)
    return ()
