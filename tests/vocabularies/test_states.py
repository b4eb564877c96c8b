"""Names of States: every spelling stands for one State, and none for two."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from generator.datafile import DatafileError, loads
from generator.vocabulary import fold
from generator.vocabulary.states import load_states

NAMES = [*csv.DictReader((Path(__file__).parent / "state_names.csv").open(encoding="utf-8"))]


@pytest.mark.parametrize("row", NAMES, ids=[row["name"] for row in NAMES])
def test_written_names(vocabulary, row: dict[str, str]) -> None:
    assert (vocabulary.states.find(row["name"]) or "") == row["expected"]


def test_no_folded_name_is_two_states(vocabulary) -> None:
    owners = defaultdict(set)
    for state in vocabulary.states:
        for name in (*state.strong, *state.weak):
            owners[fold(name)].add(state.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_a_name_that_two_states_claim_is_refused() -> None:
    text = """
- {code: AAA, status: member, region: X, names: {en: {short: Arcadia}}}
- {code: BBB, status: member, region: X, names: {en: {short: Borduria}}, strong: [ARCADIA]}
"""
    with pytest.raises(DatafileError) as caught:
        load_states(loads(text, "states.yaml").items())
    assert caught.value.diagnostic.message == "the name 'ARCADIA' of BBB belongs to AAA already"
    assert str(caught.value.diagnostic.location) == "states.yaml:3:3"


@pytest.mark.parametrize(
    ("name", "code"), [("Niger", "NER"), ("Guinea", "GIN"), ("Dominica", "DMA"), ("Congo", "COG"), ("Georgia", "GEO")]
)
def test_names_inside_other_names(vocabulary, name: str, code: str) -> None:
    assert vocabulary.states.find(name) == code


def test_weak_names_count_only_where_a_state_is_expected(vocabulary) -> None:
    weak = [(state.code, name) for state in vocabulary.states for name in state.weak]
    assert [(code, name) for code, name in weak if vocabulary.states.find(name, expected=False) is not None] == []
    assert [(code, name) for code, name in weak if vocabulary.states.find(name) != code] == []


def test_suggestions_are_never_answers(vocabulary) -> None:
    assert vocabulary.states.find("Australa") is None
    assert vocabulary.states.suggest("Australa")[0] == "Australia"
