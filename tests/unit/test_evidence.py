"""How a statement was read, in letters: the same in the program and in the script that tells it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from invented import report, say, told

from generator.corpus import assemble
from generator.model import Alternative, Attribution, Confidence, Kind, Speaker
from generator.pages.evidence import ATTRIBUTIONS, KINDS, SPEAKERS, evidence
from generator.pages.views import KIND_LABELS, listed_names
from generator.pages.views import SPEAKERS as SPEAKER_WORDS

CARDS = (Path(__file__).parents[2] / "templates/assets/cards.js").read_text(encoding="utf-8")


def table(name: str) -> dict[str, str]:
    """A list of the script, by letter."""
    found = re.search(rf"var {name} = {{(.*?)}};", CARDS)
    assert found
    return dict(re.findall(r'(\w): "([^"]*)"', found[1]))


def test_every_letter_has_its_words_in_the_script() -> None:
    assert table("HOW").keys() == set(ATTRIBUTIONS.values())
    assert len(ATTRIBUTIONS) == len(Attribution) == len(set(table("HOW").values()))
    assert table("SURE") == {one.value[0]: one.value for one in Confidence}
    assert {kind: table("KIND")[letter] for kind, letter in KINDS.items()} == {
        kind: "procedure" if kind is Kind.PROCEDURAL else KIND_LABELS[kind][0].lower() for kind in Kind
    }
    # What the author is called, the page says with its document.
    assert table("WHO") == {SPEAKERS[one]: words for one, words in SPEAKER_WORDS.items()}
    assert SPEAKERS.keys() == set(Speaker)


@pytest.mark.parametrize(
    ("given", "described", "letters"),
    [
        ({"rule": "r", "cue": "noted"}, 0, "eh|r||noted"),
        ({"rule": "r", "cue": ""}, 0, "eh|r"),
        (
            {"rule": "r", "cue": "a|b", "attribution": Attribution.CARRIED, "confidence": Confidence.LOW},
            12,
            "cl12|r||a|b",
        ),
        ({"rule": "r", "cue": "", "alternatives": (Alternative(Kind.REPLY, Speaker.STATE),)}, 0, "eh|r|as"),
    ],
)
def test_letters(given, described, letters) -> None:
    assert evidence(say("It was.", **given), described) == letters


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_joined_as_they_are_said(names, text) -> None:
    assert listed_names(names) == text


def test_what_is_told_inside_a_sentence_is_found_in_it_once() -> None:
    outer = say("The delegation said Y, yet the Committee noted X and asked Z.", "reply")
    inside = [say(words, embedded=True) for words in ("the Committee noted X", "asked Z", "words that are not there")]
    (document,) = assemble([told(outer, *inside)])[0].linked.values()
    (found,) = document.inside.values()
    assert [(start, one.statement.text) for start, one in found] == [(27, "the Committee noted X"), (53, "asked Z")]


def test_what_is_said_of_a_document_is_json(stage) -> None:
    publication = stage.publish({"a.md": report()})
    (view,) = (page.view for page in publication.plan.pages if page.template == "examination")
    data = json.loads(view.documents[0].data)
    assert data["says"] == "“{words}”"
    assert data["item"]["type"] == "report"
    (described,) = data["described"]
    assert re.match(r"summary of the examination of Arcadia under the CRC, ", described)
