"""How documents are cited: each form gives the symbols of its examples, and none of its counterexamples."""

from __future__ import annotations

from time import process_time

import pytest
from patience import seconds

from generator.recognise import Cited, citations
from generator.vocabulary import level


def found(vocabulary, text: str) -> list:
    return list(vocabulary.symbols.find(level(text), "CRC"))


def test_forms_give_the_symbols_of_their_examples(vocabulary) -> None:
    wrong = []
    for form in vocabulary.symbols.forms:
        for text, symbols in form.examples.items():
            given = found(vocabulary, text)
            if not given or tuple(one.symbol for one in given if one.symbol) != symbols:
                wrong.append((form.id, text, given))
    assert wrong == []


def test_counterexamples_cite_nothing(vocabulary) -> None:
    texts = [text for form in vocabulary.symbols.forms for text in form.counterexamples]
    assert [(text, found(vocabulary, text)) for text in texts if found(vocabulary, text)] == []


def test_every_form_has_both(vocabulary) -> None:
    assert [f.id for f in vocabulary.symbols.forms if not f.examples or not f.counterexamples] == []


def test_ilo_conventions_have_a_name(vocabulary) -> None:
    laws = [one.law for one in found(vocabulary, "It had not ratified ILO Conventions Nos. 138 and 182.")]
    assert laws == ["ILO Convention No. 138", "ILO Convention No. 182"]


@pytest.mark.parametrize(
    ("symbol", "address"),
    [
        ("CRC/C/GC/8", "https://undocs.org/CRC/C/GC/8"),
        ("A/HRC/WG.6/17/NGA/1", "https://undocs.org/A/HRC/WG.6/17/NGA/1"),
        ("S/RES/1325(2000)", "https://undocs.org/S/RES/1325(2000)"),
    ],
)
def test_a_symbol_has_an_address(vocabulary, symbol: str, address: str) -> None:
    assert vocabulary.symbols.link(symbol) == address


def test_a_body_that_is_not_known_has_no_general_comments(vocabulary) -> None:
    (citation,) = citations("See general comment No. 13 (2011).", vocabulary, None, Cited())
    assert (citation.text, citation.symbol) == ("general comment No. 13 (2011)", None)


def test_no_symbol_ends_a_sentence_and_every_place_is_kept(read) -> None:
    text = (
        "The Committee referred to general comment No. 13 (2011) and to A/HRC/25/6. "
        "The delegation cited ILO Convention No. 182, the observation in CRC/C/58/Rev.3 and A/51/18."
    )
    statements = read(f"## Education\n\n{text}\n").statements
    assert [[c.text for c in s.cites] for s in statements] == [
        ["general comment No. 13 (2011)", "A/HRC/25/6"],
        ["ILO Convention No. 182", "CRC/C/58/Rev.3", "A/51/18"],
    ]
    assert [(s.spans[0].col_start, s.spans[0].col_end) for s in statements] == [(0, 74), (75, len(text))]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Éducation", "Le Comité a cité l'observation générale n° 13 (2011) et la convention n° 182 de l'OIT."),
        ("Educación", "El Comité citó la observación general núm. 13 (2011) y el Convenio núm. 182 de la OIT."),
    ],
)
def test_french_and_spanish_numbers_end_no_sentence(read, heading: str, text: str) -> None:
    (statement,) = read(f"## {heading}\n\n{text}\n").statements
    assert statement.text == text


@pytest.mark.parametrize(
    "text", ["A/" * 5000, "CRC/C/" + "A1/" * 3000, "ILO 1 " + "Aa " * 4000, "1/" * 5000, "general comment 1, " * 800]
)
def test_long_runs_of_half_a_symbol_cite_nothing_slowly(vocabulary, text: str) -> None:
    began = process_time()
    found(vocabulary, text)
    assert process_time() - began < seconds(1)
