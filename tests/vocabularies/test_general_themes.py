"""Themes of everybody's rights: each proved both ways in three languages; crosswalks and UHRI labels that exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.classify import MOST_THEMES, MOST_THEMES_OF_RECOMMENDATION, classify
from generator.datafile import DatafileError, loads
from generator.model import FRONT, Attribution, Confidence, Kind, Speaker, Statement
from generator.text.source import Span
from generator.vocabulary import Vocabulary
from generator.vocabulary.lexicon import beginnings
from generator.vocabulary.themes import load_clusters, load_instruments, load_themes

LANGUAGES = ("en", "fr", "es")
HERE = Path(__file__).parent
EXAMPLES = yaml.safe_load((HERE / "theme_examples.yaml").read_text(encoding="utf-8"))
UHRI = set((HERE / "uhri_themes.txt").read_text(encoding="utf-8").splitlines()[2:])
VOCABULARIES = HERE.parents[1] / "content/vocabularies"
CROSSWALKS = yaml.safe_load((VOCABULARIES / "crosswalks.yaml").read_text(encoding="utf-8"))["crosswalks"]

Themes = Callable[..., tuple[str, ...]]


@pytest.fixture(scope="module")
def themes(vocabulary: Vocabulary) -> Themes:
    """Sentence -> themes, as those of a recommendation by another State, or as said to a body."""
    plain = Statement(
        Kind.RECOMMENDATION,
        Speaker.REVIEWING_STATE,
        Attribution.EXPLICIT,
        ".",
        (Span(1, 0, 1),),
        FRONT,
        0,
        0,
        "",
        "",
        Confidence.HIGH,
    )

    def found(text: str, lang: str = "en", body: str = "UPR", kind: Kind = Kind.RECOMMENDATION) -> tuple[str, ...]:
        (statement,) = classify([replace(plain, text=text, lang=lang, kind=kind)], vocabulary, body)
        return statement.themes

    return found


def general(vocabulary: Vocabulary) -> list[str]:
    return [id_ for id_, theme in vocabulary.themes.items() if not vocabulary.clusters[theme.cluster].body]


# --- the data ---------------------------------------------------------------------------------------------------


def test_every_theme_of_everybody_has_examples(vocabulary: Vocabulary) -> None:
    assert list(EXAMPLES) == general(vocabulary)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", EXAMPLES)
def test_a_theme_is_found_in_its_example(themes: Themes, theme: str, lang: str) -> None:
    assert theme in themes(EXAMPLES[theme][lang], lang)


@pytest.mark.parametrize("theme", [theme for theme, told in EXAMPLES.items() if "not" in told])
def test_a_theme_is_not_found_in_its_counterexample(themes: Themes, theme: str) -> None:
    assert theme not in themes(EXAMPLES[theme]["not"])


def test_every_theme_has_three_languages(vocabulary: Vocabulary) -> None:
    half = [
        (theme.id, lang)
        for theme in vocabulary.themes.values()
        for lang in LANGUAGES
        if not (theme.labels.get(lang) and lang in theme.terms)
    ]
    assert half == []


def test_terms_begin_with_letters_that_are_known(vocabulary: Vocabulary) -> None:
    """A term that can begin with anything would be tried at every word."""
    terms = [(t.id, pattern.pattern) for t in vocabulary.themes.values() for pattern in t.terms.values()]
    assert [id_ for id_, pattern in terms if "" in beginnings(pattern)] == []


def test_what_is_broader_has_nothing_broader_that_leads_back(vocabulary: Vocabulary) -> None:
    for theme in vocabulary.themes.values():
        above = [theme.id]
        while broader := vocabulary.themes[above[-1]].broader:
            assert broader not in above
            above.append(broader)


def test_clusters_of_a_body_name_the_theme_of_its_people(vocabulary: Vocabulary) -> None:
    named = {(cluster.body, cluster.people) for cluster in vocabulary.clusters.values()}
    assert named == {("", ""), ("CRC", "rights-of-the-child")}
    assert "rights-of-the-child" in vocabulary.themes


def test_uhri_labels_are_names_of_the_index(vocabulary: Vocabulary) -> None:
    assert len(UHRI) == 100
    assert {theme.uhri for theme in vocabulary.themes.values() if theme.uhri} <= UHRI


def test_crosswalks_join_themes_and_labels_that_exist(vocabulary: Vocabulary) -> None:
    for crosswalk in CROSSWALKS:
        assert set(crosswalk["themes"]) <= set(vocabulary.themes)
        assert {label for labels in crosswalk["themes"].values() for label in labels} == set(crosswalk["issues"])


def test_a_broader_theme_that_is_not_there_is_an_error_at_its_place() -> None:
    root = loads(
        "clusters:\n- {id: X, label: X}\n"
        "themes:\n- {id: a, label: {en: A}, definition: A, cluster: X, broader: b, cues: {en: [a]}}\n",
        "themes.yaml",
    )
    with pytest.raises(DatafileError, match=r"themes.yaml:4:63 no theme 'b'"):
        load_themes(root.get("themes").items(), load_clusters(root.get("clusters").items()))


def test_an_instrument_carries_themes_that_exist() -> None:
    root = loads("instruments:\n- {id: X, themes: [nothing], short: [X]}\n", "themes.yaml")
    with pytest.raises(DatafileError, match="no theme 'nothing'"):
        load_instruments(root.get("instruments").items(), {})


# --- the rules --------------------------------------------------------------------------------------------------


def test_a_title_tells_what_is_to_be_ratified(themes: Themes) -> None:
    assert set(themes("Ratify CEDAW")) == {"international-instruments", "womens-rights"}
    assert set(themes("Accede to the OP-CAT")) == {"international-instruments", "torture", "detention"}


def test_a_longer_title_wins_over_the_one_inside_it(themes: Themes) -> None:
    text = "Sign the Second Optional Protocol to the International Covenant on Civil and Political Rights"
    assert set(themes(text)) == {"international-instruments", "death-penalty"}


def test_the_committee_on_the_child_hears_no_theme_in_a_title(themes: Themes) -> None:
    assert themes("Arcadia had ratified CEDAW.", body="CRC") == ("ratification-instruments",)


def test_childrens_themes_need_children_where_another_body_examines(themes: Themes) -> None:
    assert themes("Receive refugees with dignity") == ("refugees-asylum",)
    assert "refugee-asylum-migration" in themes("Receive refugee children with dignity")


def test_themes_of_whoever_it_is_need_no_children(themes: Themes) -> None:
    assert "hiv-aids" in themes("Treat HIV free of charge")


def test_own_themes_come_first_and_others_only_where_they_are_silent(themes: Themes) -> None:
    def said(text: str) -> tuple[str, ...]:
        return themes(text, body="CRC", kind=Kind.CONCERN)

    assert said("The Committee regretted that refugees and elections were forgotten.") == ("refugee-asylum-migration",)
    assert said("The Committee regretted that the elections had been put off.") == ("elections",)


def test_what_an_own_theme_says_more_exactly_is_left_to_it(themes: Themes) -> None:
    assert themes("The Committee spoke of children and the treaty.", body="CRC", kind=Kind.CONCERN) == ()


def test_an_unknown_body_has_no_own_themes(themes: Themes) -> None:
    assert themes("Receive refugees with dignity", body="") == ("refugees-asylum",)


def test_a_recommendation_of_a_state_may_have_more_themes(themes: Themes) -> None:
    text = (
        "Protect refugees, migrants, journalists, prisoners, minorities, indigenous peoples, older persons and workers"
    )
    assert len(themes(text)) == MOST_THEMES_OF_RECOMMENDATION
    assert len(themes(text, kind=Kind.CONCERN)) == MOST_THEMES
