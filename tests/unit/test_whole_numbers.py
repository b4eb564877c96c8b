"""A number is never a part of a longer one: of sessions, reports, articles, years, paragraphs."""

from __future__ import annotations

import pytest
from invented import report

from generator.extract.conclusions import _references
from generator.recognise import Cited, citations
from generator.vocabulary.grammar import ordinals


@pytest.mark.parametrize("number", ["99999999999999999999", "1102", "1,102", "2/102"])
def test_no_session_is_cut_from_a_longer_number(read, number: str) -> None:
    session = f"{number}<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n25<sup>TH</sup> MAY 2026"
    reading = read(report("SUDAN", session=session))
    assert reading.examinations[0].session is None
    assert "R002" in [d.code for d in reading.diagnostics]


def test_a_session_is_still_read(read) -> None:
    assert read(report("SUDAN")).examinations[0].session.value == "102"


@pytest.mark.parametrize(("lang", "written"), [("en", "1102nd"), ("en", "1,003rd"), ("fr", "1102e"), ("es", "1102ª")])
def test_no_ordinal_is_cut_from_a_longer_number(lang: str, written: str) -> None:
    assert ordinals(written, lang) == ()


def test_no_report_number_is_cut_from_a_longer_number(read) -> None:
    reading = read(report(title="STATE PARTY EXAMINATION OF SUDAN’S 1102ND PERIODIC REPORT"))
    assert reading.examinations[0].cycle is None


@pytest.mark.parametrize(
    ("lang", "text", "article"),
    [
        ("en", "It cited article 1234 of the Penal Code.", None),
        ("en", "It cited article 123 of the Penal Code.", "123"),
        ("fr", "Il a cité l'article 1234 du Code pénal.", None),
        ("es", "Citó el artículo 1234 del Código Penal.", None),
        ("es", "Citó el artículo 123 del Código Penal.", "123"),
    ],
)
def test_no_article_is_cut_from_a_longer_number(vocabulary, lang: str, text: str, article: str | None) -> None:
    found = citations(text, vocabulary, "CRC", Cited(), lang)
    assert [one.article for one in found] == ([article] if article else [])


@pytest.mark.parametrize("text", ["held on 5 May 20123", "held on 1 to 5 May 20123", "held in May 20123"])
def test_no_year_is_cut_from_a_longer_number(vocabulary, text: str) -> None:
    assert vocabulary.dates.find(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The recommendations in paragraphs 92.1 and 92.3 are accepted.", ["92.1", "92.3"]),
        ("The recommendations in paragraphs 1234 are accepted.", []),
        ("The recommendations in paragraphs 92.1234 are accepted.", []),
        ("The recommendations in paragraphs 92.1 to 92.3 are accepted.", ["92.1", "92.2", "92.3"]),
    ],
)
def test_no_paragraph_is_cut_from_a_longer_number(text: str, numbers: list[str]) -> None:
    assert [one.number for one in _references(text, "93", None, 1)] == numbers
