"""Whose dialogue a text of no known family tells: the Committee's with a State, or that of States in a review.

Takes a `Document` whose title was not understood. Gives the examination as it must be taken to read its sentences; what
is only taken for that purpose is no fact and is not published.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from generator.model import Document, Examination, Fact, Speaker
from generator.vocabulary import CueSet, Vocabulary, level

_FEWEST = 3  # States that must speak: one may be named in any text


def in_dialogue(document: Document, examination: Examination, vocabulary: Vocabulary) -> Examination:
    """The examination, under a mechanism where several States are told to speak as a Committee does.

    The State that most paragraphs name is then the one under review: it is asked, and does not ask.
    """
    cues = vocabulary.cues.get(document.lang)
    mechanism = next((family.mechanism for family in vocabulary.families.values() if family.mechanism), None)
    if document.family is not None or cues is None or mechanism is None:
        return examination
    speaking: Counter[str] = Counter()
    named: Counter[str] = Counter()
    committee = 0
    states = vocabulary.states
    for paragraph in document.paragraphs:
        text = level(paragraph.passage.text)
        named.update({states.find(match[0]) or "" for match in states.in_text.finditer(text)})
        for start, end in paragraph.sentences:
            sentence = text[start:end]
            code = _speaker(sentence, cues, vocabulary)
            speaking[code] += bool(code)
            subject = cues.subject.match(sentence)
            committee += bool(subject and cues.subject_of(subject).speaker is Speaker.COMMITTEE)
    under_review = max(named, key=lambda code: (named[code], code), default="")
    others = [code for code in speaking if code and code != under_review]
    if len(others) < _FEWEST or committee >= speaking.total():
        return examination
    taken = Fact(under_review, states[under_review].short, "", "named-most", ()) if under_review else None
    return replace(examination, mechanism=mechanism, state=taken)


def _speaker(sentence: str, cues: CueSet, vocabulary: Vocabulary) -> str:
    """The State that is the subject of a sentence and does what a Committee does; empty where none does."""
    match = vocabulary.states.speaking.match(sentence)
    if match is None or sentence[match.end() : match.end() + 1] != " ":
        return ""
    adverbs = cues.adverbs.match(sentence, match.end() + 1)
    at = adverbs.end() if adverbs else match.end() + 1
    if not any(cue.pattern.match(sentence, at) for cue in cues.of(Speaker.REVIEWING_STATE)):
        return ""
    return vocabulary.states.find(match[0]) or ""
