"""The search box's index: a script that only a script can read, holding what the indexes hold."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from invented import report, say, told

from generator.corpus import assemble
from generator.model import Confidence
from generator.search import search_files


def index(vocabulary, *documents) -> tuple[str, dict[str, Any]]:
    """The script's text, and the data it calls with."""
    ((name, data),) = search_files(assemble(documents)[0], vocabulary).items()
    assert name == "search/statements.js"
    script = data.decode()
    return script, json.loads(re.fullmatch(r"__sessionalSearch\((.*)\);\n", script, re.DOTALL)[1])


def test_a_row_names_its_statement_once_and_its_names_by_number(invented_vocabulary) -> None:
    document = told(say("The Committee was concerned."), say("The delegation replied.", "reply", at=1))
    _, data = index(invented_vocabulary, document)
    assert data["kinds"] == ["Concern", "Reply"]
    assert data["speakers"] == ["Committee", "Delegation"]
    assert data["states"] == ["Arcadia"]
    assert data["examinations"] == ["CRC, 101th session"]
    assert data["statements"] == [
        ["xar-crc-101.rtgnfr", "countries/xar/crc-101/", 0, 0, 0, 0, "The Committee was concerned."],
        [data["statements"][1][0], "countries/xar/crc-101/", 1, 1, 0, 0, "The delegation replied."],
    ]


def test_what_stands_in_no_index_is_not_found(invented_vocabulary) -> None:
    document = told(
        say("found"),
        say("opinion", speaker="author", confidence=Confidence.LOW, at=1),
        say("background", "background", at=2),
        say("procedural", "procedural", at=3),
        say("doubtful", confidence=Confidence.LOW, at=4),
    )
    _, data = index(invented_vocabulary, document)
    assert [row[-1] for row in data["statements"]] == ["found"]


def test_the_authors_voice_is_not_found_even_where_it_is_sure(invented_vocabulary) -> None:
    corrected = say("opinion", speaker="author", confidence=Confidence.HIGH)
    _, data = index(invented_vocabulary, told(corrected))
    assert [row[-1] for row in data["statements"]] == []


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", '"\\</', "\x00"]
)
def test_no_text_can_end_the_script(invented_vocabulary, text) -> None:
    script, data = index(invented_vocabulary, told(say(text)))
    assert data["statements"][0][-1] == text
    assert "</" not in script
    assert not re.search("[\u2028\u2029\x00]", script)
    assert script.count("\n") == 1


def test_other_names_of_a_state_find_it_too(invented_vocabulary) -> None:
    _, data = index(invented_vocabulary, told(say("x")))
    assert "Republic of Arcadia" in data["aliases"][0]
    assert len(data["aliases"]) == len(data["states"])


def test_words_that_may_not_be_shown_are_not_in_the_index(stage) -> None:
    rights = "format: sources/1\nsources:\n- {file: a.md, kind: summary, publisher: Us, source_text: none}\n"
    publication = stage.publish({"a.md": report(), "sources.yaml": rights})
    script = search_files(publication.reading.corpus, publication.reading.vocabulary)["search/statements.js"].decode()
    assert "register" not in script


def test_an_empty_corpus_has_an_index(invented_vocabulary) -> None:
    assert index(invented_vocabulary)[1]["statements"] == []
