"""Headings: which blocks are, which only look so, and their levels.

Takes the draft. Conversions from PDF mark headings as they like: the contents list and the family's scheme say more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from generator.model import BlockKind, Speaker
from generator.parse.draft import Draft, Part
from generator.parse.shape import BEGINS_LOWER, ENDS, LONGEST_HEADING, is_bold, stands_alone
from generator.vocabulary import Vocabulary, fold, level

_SAME_HEADING = 90  # per cent alike: typing errors reach 98, other headings stay under 79


_MOST_WORDS = 14  # of a heading that is only bold
_FEWEST_WORDS_OF_SENTENCE = 5
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*$")
_NUMBER_BEFORE = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])[.)]\s+")
_SENTENCE_INSIDE = re.compile(r"\w{2}[.!?]['\"”’»)]* [\"“]?[A-ZÀ-Þ]")


def mark_bold_headings(draft: Draft) -> None:
    """A short paragraph wholly in bold is a heading whose level is still unknown; one that the next block goes on from
    is half a sentence: "***The Committee***", "asked about data."."""
    for index, part in enumerate(draft.parts):
        if part.kind is not BlockKind.PARAGRAPH or part.first != part.last or part.row:
            continue
        short = len(part.text.split()) <= _MOST_WORDS and not part.text.endswith((".", ";", ","))
        if short and is_bold(draft.source.line(part.first)) and not _is_gone_on_from(draft, index):
            part.kind, part.marked = BlockKind.HEADING, True


def _is_gone_on_from(draft: Draft, index: int) -> bool:
    """Whether the next block begins with a small letter, and so in the middle of a sentence."""
    following = _following(draft.parts, index)
    if following is None or following.kind is not BlockKind.PARAGRAPH:
        return False
    return bool(BEGINS_LOWER.match(following.text)) and not draft.parts[index].text.endswith(":")


def _following(parts: Sequence[Part], index: int) -> Part | None:
    """The next block that is not blank."""
    for at in range(index + 1, len(parts)):
        if parts[at].kind is not BlockKind.BLANK:
            return parts[at]
    return None


def read_prose_headings(draft: Draft) -> None:
    """Prose that a converter marked as a heading is prose: a sentence is nobody's heading."""
    known = draft.known_headings
    for part in draft.parts:
        if part.kind is not BlockKind.HEADING or fold(part.text) in known or part.text.isupper():
            continue
        if _opens_part(draft, part) or not _is_sentence(draft, part.text):
            continue
        part.kind, part.level, part.marked = BlockKind.PARAGRAPH, 0, False
        draft.note(part.first, "P007", f"read as a sentence, not as a heading: {part.text[:60]!r}")


def _opens_part(draft: Draft, part: Part) -> bool:
    return bool(draft.family) and any(known.heading.match(level(part.text)) for known in draft.family.parts)  # type: ignore[union-attr]


def _is_sentence(draft: Draft, text: str) -> bool:
    """Whether a text is a sentence: it ends or goes on like one, or somebody says something in it."""
    text = _NUMBER_BEFORE.sub("", text)
    words = len(text.split())
    if words >= _FEWEST_WORDS_OF_SENTENCE and _SENTENCE_END.search(text):
        return True
    if words > _FEWEST_WORDS_OF_SENTENCE and _SENTENCE_INSIDE.search(text):
        return True
    return words >= _FEWEST_WORDS_OF_SENTENCE and says_something(text, draft.vocabulary, draft.lang)


def says_something(text: str, vocabulary: Vocabulary, lang: str) -> bool:
    """Whether somebody who speaks in reports is the text's first words, and a verb of speech follows."""
    cues = vocabulary.cues.get(lang)
    if cues is None:
        return False
    plain = level(text)
    subject = cues.subject.match(plain)
    if subject is None or plain[subject.end() : subject.end() + 1] != " ":
        return False
    adverbs = cues.adverbs.match(plain, subject.end() + 1)
    at = adverbs.end() if adverbs else subject.end() + 1
    speaker = cues.subject_of(subject).speaker or Speaker.COMMITTEE
    return any(cue.pattern.match(plain, at) for cue in cues.of(speaker))


def mark_plain_headings(draft: Draft) -> None:
    """A line of its own that the contents list or the family's scheme knows is a heading, marked or not."""
    known = draft.known_headings
    for part in draft.body:
        alone = part.kind is BlockKind.PARAGRAPH and part.first == part.last and len(part.text) < LONGEST_HEADING
        if alone and not part.text.endswith((".", ";", ",")) and fold(part.text) in known:
            part.kind = BlockKind.HEADING


def mark_headings_by_place(draft: Draft) -> None:
    """Where no heading is marked at all, a short line of its own between finished text and text is one.

    Only after a heading that the contents list or the scheme knows: names and dates stand before the first.
    """
    if any(part.marked and part.kind is BlockKind.HEADING for part in draft.parts):
        return
    body = list(draft.body)
    for before, part, after in zip(body, body[1:], body[2:], strict=False):
        finished = before.kind is BlockKind.HEADING or bool(ENDS.search(before.text))
        alone = part.kind is BlockKind.PARAGRAPH and stands_alone(part) and len(part.text.split()) <= 8
        if finished and alone and part.text[:1].isupper() and not part.text.endswith(",") and len(after.text) > 30:
            headed = any(one.kind is BlockKind.HEADING and one.first < part.first for one in body)
            part.kind = BlockKind.HEADING if headed else part.kind


def repair_levels(draft: Draft) -> None:
    """Heading levels by the contents list, else by the section scheme, else by the look of the markup.

    Conversions from PDF give headings any level (lao-pdr-opsc-69:57 – a top section as `###`).
    """
    if draft.family and draft.family.parts:
        return  # its parts have their levels
    headings = [part for part in draft.parts if part.kind is BlockKind.HEADING]
    listed = [fold(title) for title in draft.contents]
    scheme = sorted(draft.family.sections) if draft.family else []
    for known in (listed, scheme):
        tops = [part for part in headings if _is_one_of(fold(part.text), known)]
        tops = tops if known is listed else _without_the_deepest(tops)
        if tops:
            for part in headings:
                part.level = 2 if part in tops else 3
            break
    else:
        own = sorted({_looks(draft, part) for part in headings})
        for part in headings:
            part.level = 2 + own.index(_looks(draft, part))
    texts = [fold(part.text) for part in headings]
    for title in draft.contents:
        if not _is_one_of(fold(title), texts):
            draft.note(1, "P004", f"the contents list names {title!r}, which is no heading of the text")


def _without_the_deepest(tops: list[Part]) -> list[Part]:
    """Headings the scheme knows, without one that stands deeper than all others: "Data" under general measures."""
    deepest = max((part.level for part in tops), default=0)
    alone = [part for part in tops if part.level == deepest]
    return [part for part in tops if part not in alone] if len(alone) == 1 and len(tops) > 2 else tops


_BOLD_ITALIC = re.compile(r"\*\*\*|\*\*_|_\*\*|___")


def _looks(draft: Draft, part: Part) -> tuple[int, int]:
    """How a heading looks: its number of hashes, and bold before bold italic."""
    raw = draft.source.line(part.first)
    return part.level or 9, 1 if _BOLD_ITALIC.search(raw) else 0


def _is_one_of(text: str, known: Sequence[str]) -> bool:
    return any(text == one or fuzz.ratio(text, one) >= _SAME_HEADING for one in known)
