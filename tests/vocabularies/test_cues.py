"""Cues prove themselves: each fires on its examples and is silent on its counterexamples."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from generator.vocabulary import Vocabulary

GROUPS = ("predicates", "passives", "impersonals", "nouns", "openings", "author")
# How a sentence begins that names nobody, and who is then named before it.
PRONOUNS = {
    "en": (("It ", "They ", "He ", "She "), "The Committee asked why. ", "The head of the delegation replied. "),
    "fr": (("Il ", "Elle ", "Ils "), "Le Comité a demandé pourquoi. ", "La délégation a répondu. "),
    "es": (("También ", "Añadió ", "Asimismo"), "El Comité preguntó por qué. ", "La delegación respondió. "),
}
FRENCH_RAPPORTEUR = "La rapporteuse a demandé pourquoi. "


def said_by(cue, sentence: str, lang: str) -> str:
    """A report of one sentence; a pronoun has somebody named before it."""
    pronouns, committee, delegation = PRONOUNS[lang]
    before = ""
    if sentence.startswith(pronouns) and cue.by:
        before = committee if cue.by == "committee" else delegation
        before = FRENCH_RAPPORTEUR if before == committee and sentence.startswith("Elle ") else before
    return f"## Education\n\n{before}{sentence}\n"


def proofs(vocabulary: Vocabulary, kind: str) -> Iterator[tuple[str, object, str, str]]:
    for language in vocabulary.cues.values():
        for group in GROUPS:
            for cue in getattr(language, group):
                yield from ((f"{group}: {cue.id}", cue, sentence, language.lang) for sentence in getattr(cue, kind))


def fires(read, cue, sentence: str, lang: str) -> bool:
    return any(s.rule.endswith(f"-{cue.id}") for s in read(said_by(cue, sentence, lang)).statements)


def test_every_cue_fires_on_its_examples(read, vocabulary) -> None:
    silent = [
        (name, text) for name, cue, text, lang in proofs(vocabulary, "examples") if not fires(read, cue, text, lang)
    ]
    assert silent == []


def test_no_cue_fires_on_its_counterexamples(read, vocabulary) -> None:
    wrong = [
        (name, text) for name, cue, text, lang in proofs(vocabulary, "counterexamples") if fires(read, cue, text, lang)
    ]
    assert wrong == []


def test_every_cue_has_an_example_and_a_counterexample(vocabulary) -> None:
    bare = [
        cue.id
        for language in vocabulary.cues.values()
        for group in GROUPS
        for cue in getattr(language, group)
        if not cue.examples or not cue.counterexamples
    ]
    assert bare == []


def test_the_kind_an_example_is_read_as_is_the_cues(read, vocabulary) -> None:
    wrong = []
    for name, cue, text, lang in proofs(vocabulary, "examples"):
        kinds = {s.kind for s in read(said_by(cue, text, lang)).statements if s.rule.endswith(f"-{cue.id}")}
        if cue.kind and cue.kind not in kinds:
            wrong.append((name, text, kinds))
    assert wrong == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The police receive information from concerned citizens.",
        "The authorities concerned had been informed.",
        "Areas of concern were listed in the annex.",
        "Committee members did not question the practices.",
        "UNICEF recommended that school fees be abolished.",
        "Fiji urged the Council to act.",
    ],
)
def test_veto_sentences_put_nothing_into_the_committees_mouth(read, sentence: str) -> None:
    assert [s.speaker for s in read(f"## Education\n\n{sentence}\n").statements if s.speaker == "committee"] == []


def test_patterns_for_contents_have_no_capitals(vocabulary) -> None:
    capitals = re.compile(r"(?<!\\)[A-Z]")
    patterns = {
        name: p.pattern.pattern for language in vocabulary.cues.values() for name, p in language.contents.items()
    }
    assert [name for name, pattern in patterns.items() if capitals.search(pattern)] == []


def test_making_recommendations_is_no_recommendation(read) -> None:
    (statement,) = read("## Education\n\nThe Committee made recommendations.\n").statements
    assert (statement.kind, statement.rule) == ("procedural", "committee-made-recommendations")
