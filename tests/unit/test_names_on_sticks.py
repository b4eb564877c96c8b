"""Names that a stick can hold, and what parts of the collection are called."""

from __future__ import annotations

import pytest

from generator.build import chosen_states
from generator.build.bundle import refuse_unsafe
from generator.vocabulary import Vocabulary


def test_the_longest_name_is_told() -> None:
    assert refuse_unsafe(["site/a.html", "site/console/auxiliary.html", "b"]) == "site/console/auxiliary.html"


@pytest.mark.parametrize(
    "names",
    [
        *(["site/a" + sign + "b"] for sign in '<>:"|?*\\\n\x7f'),
        ["site/dot./a"],
        ["site/space /a"],
        ["site/con/index.html"],
        ["site/NUL.txt"],
        ["com1"],
        ["site/A.html", "site/a.html"],
        ["x" * 121],
    ],
)
def test_names_that_a_stick_cannot_hold_are_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match=r"character|ends in|device|one name"):
        refuse_unsafe(names)


def test_states_and_regions_by_any_name(vocabulary: Vocabulary) -> None:
    states = vocabulary.states
    for written in ("LAO", "lao", "Lao People's Democratic Republic", "Laos"):
        assert chosen_states([written], states) == ({"LAO"}, ("Lao People's Democratic Republic",), "lao")
    codes, names, slug = chosen_states(["africa", "LAO"], states)
    assert {"KEN", "DZA", "LAO"} < codes
    assert "FRA" not in codes
    assert (names, slug) == (("Africa", "Lao People's Democratic Republic"), "africa-lao")
    assert chosen_states(["KEN", "LAO", "FRA", "DZA", "ALB"], states)[2] == "ken-lao-fra-dza-and-1-more"


def test_near_names_are_told(vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueError, match="near: Africa"):
        chosen_states(["Afrika"], vocabulary.states)
    with pytest.raises(ValueError, match=r"called 'Xqzw'$"):
        chosen_states(["Xqzw"], vocabulary.states)
