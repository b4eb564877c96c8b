"""States in brackets that open a paragraph of the conclusions belong to the item before; no statement is empty."""

from __future__ import annotations

import pytest
from invented import say

from generator.text.source import SourceText

HEAD = """# Report of the Working Group on the Universal Periodic Review

Sylvania

1. The Working Group on the Universal Periodic Review, established in accordance with Human Rights Council resolution \
5/1, held its thirteenth session from 21 May to 4 June 2012.

2. Freedonia congratulated Sylvania on the plan of action.

3. Ruritania considered that the institutions were strong.

## II. Conclusions and/or recommendations

5. The recommendations listed below have been examined by Sylvania and enjoy the support of Sylvania:

"""


@pytest.fixture
def listed(read_source, invented):
    """Text of the items -> (words, codes of the States) of each recommendation listed, and the findings' codes."""

    def read(items: str) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
        reading = read_source(invented, SourceText.from_str("review.md", HEAD + items))
        assert all(s.text == reading.document.source.quote(s.spans) for s in reading.statements)
        found = [(s.text, s.recommending_states) for s in reading.statements if s.listed]
        return found, [d.code for d in reading.diagnostics if d.code in ("R012", "R013", "R014", "R015")]

    return read


def test_a_bracket_alone_with_nothing_before_it_is_said(listed, read_source, invented) -> None:
    assert listed("(Arcadia);\n") == ([], ["R015"])
    reading = read_source(invented, SourceText.from_str("review.md", HEAD + "(Arcadia);\n"))
    assert [s.kind for s in reading.statements if s.text.startswith("(Arcadia)")] == ["background"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("5.1. Open more schools\n\n(Arcadia);\n", [("Open more schools", ("XAR",))]),
        ("Open more schools in the north\n\n(Arcadia);\n", [("Open more schools in the north", ("XAR",))]),
        ("5.1. Open more schools (Ruritania);\n\n(Arcadia);\n", [("Open more schools", ("XRU", "XAR"))]),
        ("5.1. Open more schools\n\n(Arcadia);\n\n(Ruritania);\n", [("Open more schools", ("XAR", "XRU"))]),
        (
            "5.1. Open more schools\n\n(Arcadia); Keep its registers of births complete (Ruritania);\n",
            [("Open more schools", ("XAR",)), ("Keep its registers of births complete", ("XRU",))],
        ),
        (
            "5.1. Open more schools (Ruritania);\n\n(Arcadia) Keep its registers of births complete;\n\n"
            "5.2. Abolish the death penalty (Ruritania).\n",
            [("Open more schools", ("XRU",)), ("Abolish the death penalty", ("XRU",))],
        ),
    ],
    ids=["of a number", "of none", "two States", "two brackets", "and words after it", "before its own words"],
)
def test_a_bracket_belongs_to_the_item_before(listed, items: str, expected: list[object]) -> None:
    assert listed(items) == (expected, [])


def test_an_item_after_another_paragraph_is_not_joined(listed) -> None:
    remark = "5.1. Open more schools (Ruritania);\n\n6. The review went on in the afternoon.\n\n"
    again = "7. The following recommendations enjoy the support of Sylvania:\n\n(Arcadia);\n"
    assert listed(remark + again) == ([("Open more schools", ("XRU",))], ["R015"])


def test_an_unknown_state_in_a_bracket_of_its_own_is_said(listed) -> None:
    found, codes = listed("5.1. Open more schools (Arcadia);\n\n(Atlantis);\n")
    assert (found, codes) == ([("Open more schools", ("XAR",))], ["R012"])


@pytest.mark.parametrize("changed", [{"text": ""}, {"text": " \n"}, {"spans": ()}], ids=ascii)
def test_a_statement_without_words_or_place_cannot_be_made(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="by-hand"):
        say(**{"text": "The Committee was concerned.", **changed})
