"""Texts of the interface: all three languages are there, and English is what the pages show."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.datafile import DatafileError, loads
from generator.model import Kind, Speaker
from generator.pages.views import KIND_LABELS, POSITIONS, SPEAKERS
from generator.vocabulary.interface import LANGUAGES, load_interface

ROOT = Path(__file__).parents[2]


def english(texts) -> dict[str, tuple[str, ...]]:
    return {id_: by_lang["en"] for id_, by_lang in texts.items()}


def test_every_text_has_every_language(vocabulary) -> None:
    interface = vocabulary.interface
    for texts in (interface.kinds, interface.speakers, interface.positions, interface.badges, interface.headings):
        assert texts
        for id_, by_lang in texts.items():
            assert tuple(by_lang) == LANGUAGES, id_


def test_english_is_what_the_pages_use(vocabulary) -> None:
    interface = vocabulary.interface
    assert english(interface.kinds) == {kind.value: labels for kind, labels in KIND_LABELS.items()}
    assert english(interface.speakers) == {speaker.value: (label,) for speaker, label in SPEAKERS.items()}
    assert english(interface.positions) == {key or "none": labels for key, labels in POSITIONS.items()}
    assert set(interface.kinds) == {kind.value for kind in Kind}
    assert set(interface.speakers) == {speaker.value for speaker in Speaker} - {"author"}


def test_badges_are_those_of_the_families(vocabulary) -> None:
    badges = {family.source_kind: family.badge for family in vocabulary.families.values()}
    assert {id_: text for id_, (text,) in english(vocabulary.interface.badges).items()} == badges


@pytest.mark.parametrize(("sort", "where"), [("headings", "templates"), ("headings", "mkdocs.yml")])
def test_headings_stand_in_the_site(vocabulary, sort, where) -> None:
    path = ROOT / where
    files = [path] if path.is_file() else [*path.rglob("*.j2")]
    text = "\n".join(file.read_text() for file in files)
    tops = {"countries", "sessions", "concerns", "recommendations", "themes", "questions", "commitments", "people"}
    tops |= {"treaties", "search"}
    wanted = {
        id_: heading
        for id_, (heading,) in english(getattr(vocabulary.interface, sort)).items()
        if (id_ in tops) == path.is_file()
    }
    assert {id_: heading for id_, heading in wanted.items() if heading not in text} == {}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{id: a, en: [A, b], fr: [C, d]}", "'es' is missing"),
        ("{id: a, en: [A, b], fr: [C], es: [D, e]}", "expected 2"),
        ("{id: a, en: [A, 'b {state}'], fr: [C, 'd'], es: [E, 'f {state}']}", "places"),
        ("{id: a, en: [A, b], fr: [C, d], es: [E, f], de: [G, h]}", "unknown key"),
    ],
)
def test_what_is_missing_is_an_error_at_its_place(entry, said) -> None:
    entries = loads(f"kinds:\n- {entry}\n", "interface.yaml").get("kinds").items()
    with pytest.raises(DatafileError, match=said):
        load_interface(entries, (), (), (), ())
