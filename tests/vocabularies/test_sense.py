"""Wordings that differ in sense are told from those that do not, both ways round."""

from __future__ import annotations

import pytest


def test_what_turns_the_sense_is_seen(vocabulary) -> None:
    sense = vocabulary.sense
    missed = [pair for turned, *pair in sense.pairs if turned and not sense.turned(*pair)]
    missed += [pair for turned, *pair in sense.pairs if turned and not sense.turned(*reversed(pair))]
    assert missed == []


def test_what_is_only_a_spelling_is_let_pass(vocabulary) -> None:
    sense = vocabulary.sense
    asked = [(pair, sense.turned(*pair)) for turned, *pair in sense.pairs if not turned and sense.turned(*pair)]
    assert asked == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("It was not done.", "It was done.", ("not",)),
        ("They shall act.", "They may act.", ("shall", "may")),
        ("Of 1,000 children.", "Of 1,500 children.", ("1,000", "1,500")),
        ("Asked by South Africa.", "Asked by South Sudan.", ("Sudan",)),
        ("A lawful act.", "An unlawful act.", ("lawful",)),
    ],
)
def test_the_words_are_named(vocabulary, before, after, words) -> None:
    assert set(words) <= set(vocabulary.sense.turned(before, after))
