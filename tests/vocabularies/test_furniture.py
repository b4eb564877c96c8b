"""Page furniture: each pattern fits its examples whole and none of its counterexamples."""

from __future__ import annotations

from generator.vocabulary import level


def test_furniture_fits_its_examples(vocabulary) -> None:
    missed = [(f.id, text) for f in vocabulary.furniture for text in f.examples if not f.pattern.fullmatch(level(text))]
    assert missed == []


def test_furniture_spares_its_counterexamples(vocabulary) -> None:
    taken = [
        (f.id, text) for f in vocabulary.furniture for text in f.counterexamples if f.pattern.fullmatch(level(text))
    ]
    assert taken == []


def test_furniture_has_both(vocabulary) -> None:
    assert [f.id for f in vocabulary.furniture if not f.examples or not f.counterexamples] == []
