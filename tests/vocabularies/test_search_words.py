"""The families of words, proved where they are declared."""

from __future__ import annotations

import pytest

from generator.datafile import DatafileError, loads
from generator.search.words import phrase
from generator.vocabulary import Vocabulary
from generator.vocabulary.wordforms import load_word_forms


def test_it_is_proved_where_it_is_declared() -> None:
    for proof in ("together: [[woman, wombat]]", "apart: [[right, rights]]"):
        text = f"languages:\n- id: en\n  irregular: {{women: woman}}\n  endings: [[[s, '', 3]]]\n  {proof}\n"
        root = loads(text, "search.yaml")
        with pytest.raises(DatafileError) as error:
            load_word_forms(root, root.get("languages").items())
        assert error.value.diagnostic.location.line == 5


def test_a_word_with_a_digit_or_of_three_letters_is_its_own_family(vocabulary: Vocabulary) -> None:
    for word in ("has", "1325s", "ilo", "x"):
        assert vocabulary.search.key(word, "en") == word


def test_a_language_without_data_has_families_of_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.search.key("women", "xx") == "women"


def test_every_meaning_of_an_abbreviation_is_written_once(vocabulary: Vocabulary) -> None:
    names = [phrase(one) for group in vocabulary.search.abbreviations for one in group]
    assert len(set(names)) == len(names)
    assert all(names)
