"""What is said not to have been said is no concern, question or recommendation of anybody."""

from __future__ import annotations

import pytest
from invented import review

from generator.text.source import SourceText

NOTHING = """No question or recommendation touched on the rights of older persons.
No questions, concerns or recommendations were addressed to the delegation.
Neither questions nor concerns were raised about prisons.
There were no questions or concerns about the age of marriage.
There were no recommendations from the Committee on adoption.
The Committee made no recommendations on adoption.
The Committee raised no concerns about adoption.
The Committee had absolutely no questions about adoption.
The Committee asked no questions about adoption.
The delegation was asked no questions about adoption.
The Committee did not raise concerns about adoption.
The Committee did not make any recommendation on adoption.
No member of the Committee expressed concern about adoption.
No delegation expressed concern about prisons.""".splitlines()
IN_REVIEWS = """No question or recommendation was addressed to the delegation on older persons.
Freedonia made no recommendations.
Freedonia asked no questions.
Freedonia did not make recommendations.
Freedonia expressed no concern about prisons.
No State recommended abolition of the death penalty.""".splitlines()
SAID = {
    "The Committee was concerned that no recommendation had been carried out.": "concern committee",
    "The Committee asked why no question had been answered.": "question committee",
    "The Committee recommended that no child be detained.": "recommendation committee",
    "The Committee raised concerns about laws that made no mention of girls.": "concern committee",
}


@pytest.mark.parametrize("sentence", NOTHING)
@pytest.mark.parametrize(
    "before", ["", "The Committee was concerned about prisons. "], ids=["alone", "after a concern"]
)
def test_nothing_is_said_in_a_dialogue(read, before: str, sentence: str) -> None:
    (found,) = [s for s in read(f"## Education\n\n{before}{sentence}\n").statements if s.text == sentence]
    assert (found.kind, found.speaker) == ("background", "author")


@pytest.mark.parametrize("sentence", IN_REVIEWS)
def test_nothing_is_said_in_a_review(read_source, invented, sentence: str) -> None:
    text = review(dialogue=f"6. Freedonia welcomed the law on schools. {sentence}")
    (found,) = [s for s in read_source(invented, SourceText.from_str("r.md", text)).statements if s.text == sentence]
    assert (found.kind, found.speaker) == ("background", "author")


@pytest.mark.parametrize(("sentence", "expected"), SAID.items())
def test_a_denial_inside_what_is_said_changes_nothing(read, sentence: str, expected: str) -> None:
    (found,) = read(f"## Education\n\n{sentence}\n").statements
    assert f"{found.kind} {found.speaker}" == expected


def test_a_denied_verb_is_no_second_act(read) -> None:
    sentence = "The Committee welcomed the law and raised no concerns about it."
    assert [s.kind for s in read(f"## Education\n\n{sentence}\n").statements] == ["positive"]
