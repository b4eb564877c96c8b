"""Words known by their marks: found however they are written, taken out of everything, and nothing else with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import report

from generator.build.reading import read_source
from generator.datafile import DatafileError, loads
from generator.redactions import BLACK, Redaction, dump_redaction, load_redactions, mark, places_of, words
from generator.text.source import Location

NOWHERE = Location("redactions.yaml", 1, 1)


def person(*forms: str) -> Redaction:
    marks = tuple(mark(words(form)) for form in forms)
    return Redaction("name-1", "person", marks, "privacy", "Withheld.", "2026-01-01", "A. Editor", NOWHERE)


@pytest.mark.parametrize(
    "text",
    [
        "It was led by Anna María Example.",
        "It was led by ANNA MARIA EXAMPLE.",
        "It was led by *Anna*  María\nExample, Minister.",
        "It was led by Anna Ma-\nría Example.",
        "It was led by Anna Mari\u0301a Example.",
        "Anna&nbsp;María Example led it",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    (place,) = places_of(person("Anna María Example"), text)
    assert text[slice(*place)].startswith(("Anna", "ANNA"))
    assert text[slice(*place)].lower().endswith("example")


@pytest.mark.parametrize("text", ["Anna Example", "Hanna María Example", "Anna María Examples", "Example, Anna María"])
def test_others_are_not(text: str) -> None:
    assert list(places_of(person("Anna María Example"), text)) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_searched(before: str, after: str) -> None:
    text = f"{before} Anna Example {after}"
    assert all(0 <= start < end <= len(text) for start, end in places_of(person("Anna Example"), text))


def test_what_is_written_is_read_again() -> None:
    one = Redaction("name-1", "person", (mark(["a"]),), "other", 'He said "no" \\ yes', "2026-01-01", "É. D.", NOWHERE)
    text = f"format: redactions/1\nredactions:\n{dump_redaction(one)}"
    assert list(load_redactions(loads(text, "redactions.yaml"))) == [one]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("redactions/1", "redactions/2"),
        ("kind: person", "kind: somebody"),
        ('"2026-01-01"', '"soon"'),
        ('note: "Withheld."', 'note: " "'),
        ("reason: privacy", "reason: whim"),
        ('"1:', '"x:'),
    ],
)
def test_a_wrong_entry_is_an_error_at_its_place(old: str, new: str) -> None:
    text = f"format: redactions/1\nredactions:\n{dump_redaction(person('Anna'))}"
    assert old in text
    with pytest.raises(DatafileError):
        list(load_redactions(loads(text.replace(old, new), "redactions.yaml")))


def test_a_fact_that_is_withheld_is_not_known(stage) -> None:
    stage.put({"a.md": report(led_by="Ms. Anna Example, Minister of Justice")})
    plain = stage.publish({})
    (told,) = plain.reading.corpus.examinations.values()
    assert told.facts.head
    entry = dump_redaction(person("Anna Example"))
    published = stage.publish({"redactions.yaml": f"format: redactions/1\nredactions:\n{entry}"})
    (examination,) = published.reading.corpus.examinations.values()
    assert examination.facts.head is None
    assert [page.address for page in published.plan.pages if page.address.startswith("people/anna")] == []
    document = examination.documents[0]
    assert document.withheld == ("name-1",)
    assert BLACK * len("Anna Example") in document.document.source.text
    assert len(document.document.source.text) == len(plain.reading.documents[0].document.source.text)


def test_a_redaction_that_hides_nothing_is_told(stage) -> None:
    entry = dump_redaction(person("Nobody Here"))
    published = stage.publish({"a.md": report(), "redactions.yaml": f"format: redactions/1\nredactions:\n{entry}"})
    assert [one.code for one in published.reading.diagnostics if one.code == "I007"] == ["I007"]


def test_without_redactions_nothing_changes(stage) -> None:
    stage.put({"a.md": report()})
    from generator.build import Surroundings

    taken = Surroundings(stage.project, stage.vocabulary).take(stage.folder / "sources/a.md")
    document, _ = read_source(taken, stage.vocabulary)
    assert document
    assert document.withheld == ()
