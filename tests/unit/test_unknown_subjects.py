"""Somebody speaks whom nothing knows: their words are nobody's, and whoever spoke before is not carried on."""

from __future__ import annotations

import pytest

from generator.model import Confidence, Kind, Speaker

HEAD = """# STATE PARTY EXAMINATION OF LAO PDR’S SECOND REPORT ON THE OPTIONAL PROTOCOL ON THE SALE OF CHILDREN

69<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD
20<sup>TH</sup> MAY 2015

## Prevention

"""
REGRETTED = "The Committee regretted that the law required proof of force."
REPLIED = "The delegation replied that the law had been changed."


@pytest.mark.parametrize(
    "sentence",
    [
        "The dele gation said that the prosecutors no longer applied it, which was regrettable.",
        "The delegat-ion added that it was no longer applied.",
        "In addition, the dele�ation replied that it was not applied.",
        "The ombudsman of the northern province stated that the law lacked clarity.",
        "The Govern-ment plans to repeal the law, which lacked clarity.",
        "Mr. Nowhere said that the law was not applied.",
        "Q: The law is not applied?",
        "Sylvania: the law lacked clarity.",
    ],
)
@pytest.mark.parametrize("before", [REGRETTED, REPLIED])
def test_an_unknown_speaker_is_nobody(read, before: str, sentence: str) -> None:
    first, second = read(f"{HEAD}{before} {sentence}").statements
    assert first.speaker in (Speaker.COMMITTEE, Speaker.DELEGATION)
    assert (second.speaker, second.confidence) == (Speaker.UNATTRIBUTED, Confidence.LOW)


@pytest.mark.parametrize("after", ["It added that prisons lacked clarity.", "That was regrettable."])
def test_nothing_is_carried_past_an_unknown_speaker(read, after: str) -> None:
    last = read(f"{HEAD}{REGRETTED} The dele gation said that it was not applied. {after}").statements[-1]
    assert last.speaker is Speaker.UNATTRIBUTED


def test_a_named_voice_is_heard_again(read) -> None:
    text = f"{REGRETTED} The dele gation said that it was not applied. {REPLIED} It added that judges knew."
    assert [s.speaker for s in read(HEAD + text).statements][2:] == [Speaker.DELEGATION] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "The law had been in force since 2012.",
        "The cases reported by the police had doubled.",
        "Measures announced in May were in place.",
        "Children below 15 were protected: no exceptions were made.",
    ],
)
def test_who_does_not_speak_is_carried(read, sentence: str) -> None:
    second = read(f"{HEAD}{REPLIED} {sentence}").statements[1]
    assert (second.kind, second.speaker) == (Kind.REPLY, Speaker.DELEGATION)


def test_an_unknown_speaker_asks_a_question_of_nobody(read) -> None:
    question = read(f"{HEAD}The Committee asked about prisons. Q: Were the figures broken down by sex?").statements[1]
    assert (question.kind, question.speaker) == (Kind.QUESTION, Speaker.UNATTRIBUTED)


FRENCH = "## Écoles\n\nLa délégation a répondu que la loi n'était plus appliquée dans les écoles du pays."
SPANISH = "## Escuelas\n\nLa delegación respondió que la ley ya no se aplicaba en las escuelas del país."


@pytest.mark.parametrize(
    ("lang", "before", "carried", "unknown"),
    [
        ("fr", FRENCH, "Les juges le savaient.", "La prési dence a déclaré que les juges le savaient."),
        ("es", SPANISH, "Los jueces lo sabían.", "La presi dencia declaró que los jueces lo sabían."),
    ],
)
def test_other_languages(read, lang: str, before: str, carried: str, unknown: str) -> None:
    assert read(f"{before} {carried}").document.lang == lang
    assert read(f"{before} {carried}").statements[-1].speaker is Speaker.DELEGATION
    assert read(f"{before} {unknown}").statements[-1].speaker is Speaker.UNATTRIBUTED
