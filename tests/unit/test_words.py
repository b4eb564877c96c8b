"""What a word is, in the index and in a query: docs/search-words.md states it."""

from __future__ import annotations

import pytest

from generator.search.words import phrase, solid, split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Committee’s report", "the committee s report"),
        ("Türkiye, Côte d’Ivoire", "turkiye cote d ivoire"),
        ("Brünhild Ōtsuka-Faleńska", "brunhild otsuka falenska"),
        ("non-refoulement (135.27)", "non refoulement 135 27"),
        ("Straße, œuvre, Łódź, Ħamrun, Ɓaɗe", "strasse oeuvre lodz hamrun bade"),
        ("snake_case <b>x</b>", "snake case b x b"),
        ("traﬃckers of the oﬀice", "traffickers of the office"),
        ("pros\u00adecution, traf\u200bficking, traf[U+200B]ficking", "prosecution trafficking trafficking"),
        ("the A_B% #9 {plan} 14/2023", "the a b 9 plan 14 2023"),
        ("ΣΊΣΥΦΟΣ σίσυφος ᾳ", "σισυφοσ σισυφοσ α"),
        ("", ""),
        ("–", ""),
    ],
)
def test_words_are_folded(text: str, words: str) -> None:
    assert split(text).places == words.split()


def test_vowel_signs_belong_to_their_words_and_points_do_not() -> None:
    assert split("बालकों के अधिकार").places == ["बालकों", "के", "अधिकार"]
    assert split("حُقُوقُ الطِّفْلِ أولاً").places == split("حقوق الطفل اولا").places == ["حقوق", "الطفل", "اولا"]
    assert split("שָׁלוֹם").places == ["שלום"]
    assert split("مـــحـــمـــد إلى مدرسة ١٤٣٥").places == ["محمد", "الي", "مدرسه", "1435"]


def test_scripts_without_spaces_are_cut_into_pairs_of_letters_with_their_marks() -> None:
    assert split("ສະຫວັດ").places == ["ສະ", "ະຫ", "ຫວັ", "ວັດ", "ດ"]
    assert split("ที่นี่").places == ["ที่นี่", "นี่"]
    assert split("大塚 (東)").places == ["大塚", "塚", "東"]
    assert split("第3回CRC").places == ["第", "3", "回", "crc"]


def test_equal_texts_have_equal_words() -> None:
    assert split("か\u3099こう").places == split("がこう").places
    assert split("한국").places == split("\u1112\u1161\u11ab\u1100\u116e\u11a8").places
    assert split("क़").places == split("क\u093c").places
    assert split("ກຸ່").places == split("ກ\u0ec8\u0eb8").places


@pytest.mark.parametrize(
    ("text", "compounds"),
    [
        ("whistle-blower", "whistle-blower"),
        ("whistle‐blower, whistle‑blower", "whistle-blower whistle-blower"),
        ("Re-entry of self-help’s", "re-entry self-help"),
        ("COVID-19, a 14-year-old, mid-2027", "covid-19 14-year-old mid-2027"),
        ("2011-2015, 16-17-year", "17-year"),
        ("word--word, -word, word-, word - word, –", ""),
        ("a-b-c-d", "a-b-c-d"),
        ("a-b-c-d-e", ""),
        ("大-塚, Tokyo-東京, x-大-y", ""),
    ],
)
def test_hyphens_make_compounds(text: str, compounds: str) -> None:
    found = split(text)
    assert found.compounds == compounds.split()
    assert [solid(one) for one in found.compounds] == compounds.replace("-", "").split()
    assert not any("-" in word for word in found.places)


def test_a_name_is_its_words() -> None:
    assert phrase("Guinea-Bissau") == "guinea bissau"
