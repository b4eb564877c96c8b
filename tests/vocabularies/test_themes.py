"""The thesaurus: labels, clusters, terms; and one scan that finds what each pattern finds alone."""

from __future__ import annotations

import re

import pytest

from generator.vocabulary import Lexicon
from generator.vocabulary.patterns import beginnings

LANGUAGES = ("en", "fr", "es")


def test_every_theme_has_a_label_a_definition_and_a_cluster(vocabulary) -> None:
    bare = [
        theme.id
        for theme in vocabulary.themes.values()
        if not (theme.label and theme.definition and theme.cluster in vocabulary.clusters)
    ]
    assert bare == []


def test_complete_themes_speak_three_languages(vocabulary) -> None:
    half = [
        (theme.id, lang)
        for theme in vocabulary.themes.values()
        for lang in LANGUAGES
        if theme.complete and not (theme.labels.get(lang) and lang in theme.terms)
    ]
    assert half == []


def test_every_theme_and_group_has_english_terms(vocabulary) -> None:
    entries = (*vocabulary.themes.values(), *vocabulary.groups.values())
    assert [entry.id for entry in entries if "en" not in entry.terms] == []


def test_no_label_stands_twice(vocabulary) -> None:
    labels = [theme.label for theme in vocabulary.themes.values()]
    assert sorted(labels) == sorted(set(labels))


def test_one_scan_finds_what_each_pattern_finds_alone(vocabulary, seed) -> None:
    text = seed.document.source.text
    alone = {
        (entry.id, match.start(), match.end())
        for entry in (*vocabulary.themes.values(), *vocabulary.groups.values())
        for match in entry.terms["en"].finditer(text)
    }
    assert {(entry.id, start, end) for entry, start, end in vocabulary.subjects["en"].find(text)} == alone


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("traffick\\w*", {"traffi"}),
        ("co-?ordinat\\w+", {"co"}),
        ("(?:public )?awareness", {"public", "awaren"}),
        ("\\bNGOs?\\b", {"ngo"}),
        ("[Pp]lans? of", {"plan"}),
        ("a(?:b|c)d", {"abd", "acd"}),
        ("play|game", {"play", "game"}),
        ("(?<!protocol to )the convention", {"the co"}),
        ("\\w+ law", {""}),
        ("a(b|c", None),
    ],
)
def test_beginnings(pattern: str, expected: set[str] | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="not closed"):
            beginnings("(?:b|c")
    else:
        assert beginnings(pattern) == expected


def test_a_lexicon_gives_places_in_order_without_overlap() -> None:
    lexicon = Lexicon(
        [("law", re.compile("laws?", re.I)), ("new", re.compile("new law")), ("any", re.compile(r"\w+d\b"))]
    )
    assert list(lexicon.find("New law, new law and LAWS")) == [
        ("law", 4, 7),
        ("new", 9, 16),
        ("law", 13, 16),
        ("any", 17, 20),
        ("law", 21, 25),
    ]
    assert list(Lexicon([]).find("anything")) == []
