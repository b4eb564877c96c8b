"""The words of a search: families proved where they are declared, and the browser's engine the same as the build's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.datafile import DatafileError, loads
from generator.vocabulary import Vocabulary
from generator.vocabulary.wordforms import load_word_forms

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
ODD = "Türkiye Côte d’Ivoire STRASSE Straße œuvre Łódź ıĞ naïve 135.27 A/HRC/16/5 ﬁnance x² re-education Ærø þing حقوق"


def test_it_is_proved_where_it_is_declared() -> None:
    for proof in ("together: [[woman, wombat]]", "apart: [[right, rights]]"):
        text = f"languages:\n- id: en\n  irregular: {{women: woman}}\n  endings: [[[s, '', 3]]]\n  {proof}\n"
        root = loads(text, "search.yaml")
        with pytest.raises(DatafileError) as error:
            load_word_forms(root, root.get("languages").items())
        assert error.value.diagnostic.location.line == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Committee’s report", ["the", "committee", "s", "report"]),
        ("Türkiye, Côte d’Ivoire", ["turkiye", "cote", "d", "ivoire"]),
        ("non-refoulement (135.27)", ["non", "refoulement", "135", "27"]),
        ("Straße, œuvre, Łódź", ["strasse", "oeuvre", "lodz"]),
        ("snake_case <b>x</b>", ["snake", "case", "b", "x", "b"]),
        ("", []),
    ],
)
def test_words_are_folded(vocabulary: Vocabulary, text: str, words: list[str]) -> None:
    assert vocabulary.search.fold_words(text) == words


def test_a_word_with_a_digit_or_of_three_letters_is_its_own_family(vocabulary: Vocabulary) -> None:
    for word in ("has", "1325s", "ilo", "x"):
        assert vocabulary.search.key(word, "en") == word


def test_a_language_without_data_has_families_of_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.search.key("women", "xx") == "women"


def test_every_meaning_of_an_abbreviation_is_written_once(vocabulary: Vocabulary) -> None:
    names = [" ".join(vocabulary.search.fold_words(one)) for group in vocabulary.search.abbreviations for one in group]
    assert len(set(names)) == len(names)
    assert all(names)


@pytest.mark.browser
def test_the_browser_finds_the_same_words_and_families(vocabulary: Vocabulary, browser: Browser) -> None:
    forms = vocabulary.search
    text = ODD + "".join(path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("*.yaml"))
    languages = ["en", "fr", "es"]
    page = browser.new_page()
    page.add_script_tag(path=str(ROOT / "templates/assets/words.js"))
    found = page.evaluate(
        """([data, text, languages]) => {
          const words = SessionalWords(data), found = words.fold(text);
          return [found.map(one => one.word), found.map(one => languages.map(of => words.key(one.word, of))),
                  found.every(one => words.fold(text.slice(one.start, one.end))[0].word === one.word)];
        }""",
        [json.loads(json.dumps(forms.data(languages))), text, languages],
    )
    expected = forms.fold_words(text)
    assert len(set(expected)) > 3000
    assert found[0] == expected
    assert found[1] == [[forms.key(word, language) for language in languages] for word in expected]
    assert found[2]
    page.close()
