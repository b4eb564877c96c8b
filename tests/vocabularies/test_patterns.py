"""What is told of patterns without trying them must be true: a search that is left out would have found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from generator.vocabulary import Lexicon, Vocabulary
from generator.vocabulary.lexicon import Starts
from generator.vocabulary.patterns import beginnings, needs
from generator.vocabulary.sought import Sought


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:its |their )*fears?", {"fear", "its ", "their "}),
        ("(?:very ){0,2}poor", {"poor", "very "}),
        ("(?:no|not){1,2} law", {"no", "not"}),
        ("[Aa]?bout", {""}),
        ("(?:new )?law", {"law", "new la"}),
        ("a[(|)]b|c", {"a", "c"}),
    ],
)
def test_a_group_that_repeats_or_is_missing_ends_what_is_certain(pattern: str, expected: set[str]) -> None:
    assert beginnings(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:did not|never) (?:\w+ )?answer", {"answer"}),
        (r"\b(?:was|were) (?:\w+ly )?(?:unable|not able) to", {"unable", "not able"}),
        ("[Cc]oncerns? about", {"oncern"}),
        (r"author(?<=the author)(?! of)", {"author"}),
        ("(?P<what>plans?) of", {"plan"}),
        (r"[Aa]rt\. \d|[Aa]rticle", {"rt. ", "rticle"}),
        ("ratified|signed and ratified", {"ratified"}),
        ("(?:shall ){0,2}act on", {"act on"}),
        ("(?:shall ){1,2}act", {"shall "}),
        ("colou?r", {"colo"}),
        ("plan|no", None),
        (r"\w+ed\b", None),
        ("(?:new|old)? ?law", {"law"}),
        ("(?!never)(?<!not )as", None),
    ],
)
def test_needs(pattern: str, expected: set[str] | None) -> None:
    assert needs(pattern) == expected


def searched(vocabulary: Vocabulary) -> Iterator[Sought]:
    for cues in vocabulary.cues.values():
        yield from (cue.sought for cue in (*cues.author, *cues.nouns))
        yield from cues.contents.values()
    yield from (language.telling.law_article for language in vocabulary.languages.values())


def test_what_is_sought_is_found(vocabulary, seed) -> None:
    texts = [example for cues in vocabulary.cues.values() for cue in cues.all() for example in cue.examples]
    texts += [paragraph.passage.text for paragraph in seed.document.paragraphs]
    texts += [text.lower() for text in texts]
    for sought in searched(vocabulary):
        for text in texts:
            whole = [match.span() for match in sought.pattern.finditer(text)]
            assert [match.span() for match in sought.finditer(text)] == whole
            found = sought.search(text)
            assert (found.span() if found else None) == (whole[0] if whole else None)


def test_most_searches_of_the_reporters_voice_can_be_left_out(vocabulary) -> None:
    cues = vocabulary.cues["en"]
    assert [cue.id for cue in cues.author if not cue.sought.needs] == ["judgement-of-the-meeting"]
    assert vocabulary.languages["en"].telling.law_article.needs == ("rt.", "rticle")


def test_letters_without_a_case_of_their_own_are_searched_as_ever() -> None:
    sought = Sought(re.compile("Protocol", re.IGNORECASE))
    assert sought.needs == ("protocol",)
    assert sought.search("the PROTOCOL")
    assert not sought.search("nothing of the kind")
    assert Sought(re.compile("(?i:sk)etches")).search("\u017f\u212aetches")
    lexicon = Lexicon([("law", re.compile("the protocol", re.IGNORECASE))])
    assert list(lexicon.find("see the protocol")) == [("law", 4, 16)]
    assert list(lexicon.find("see the İ protocol or the PROTOCOL")) == [("law", 22, 34)]
    assert list(lexicon.find("nothing of the kind")) == []


def test_whatever_matches_at_a_place_is_among_what_starts_there(vocabulary, seed) -> None:
    """In every language, with and without a capital, at every character of what is read."""
    texts = [example for cues in vocabulary.cues.values() for cue in cues.all() for example in cue.examples]
    texts += [paragraph.passage.text for paragraph in seed.document.paragraphs]
    texts += [text.lower() for text in texts]
    for cues in vocabulary.cues.values():
        for text in texts:
            for place in range(len(text)):
                tried = cues.impersonals_begun.at(text, place)
                matching = [cue for cue in cues.impersonals if cue.pattern.match(text, place)]
                assert [cue for cue in tried if cue in matching] == matching


def test_a_class_of_capitals_starts_at_capitals_only() -> None:
    patterns = {"any": r"[A-ZÀ-Ý]\w+ said", "of": "of [A-Z]", "law": "[Ll]aw", "word": r"\w", "none": "[A-Z]?x"}
    starts = Starts((name, re.compile(pattern)) for name, pattern in patterns.items())
    assert starts.at("Law", 0) == ("any", "law", "word", "none")
    assert starts.at("law", 0) == ("law", "word", "none")
    assert starts.at("out of Chile", 4) == ("of", "word", "none")
    assert starts.at("İx", 0) == ("any", "word", "none")
    assert Starts([]).at("law", 0) == ()
