"""One summary for two protocols: to which of them a sentence belongs."""

from __future__ import annotations

import pytest

from generator.extract import file_statements

TITLE = (
    "# STATE PARTY EXAMINATION OF VIET NAM’S INITIAL REPORTS ON THE OPTIONAL PROTOCOLS ON THE SALE OF CHILDREN, "
    "CHILD PROSTITUTION AND CHILD PORNOGRAPHY AND ON THE INVOLVEMENT OF CHILDREN IN ARMED CONFLICT\n\n"
    "43RD SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD\n\n"
)


@pytest.fixture
def filed(read, vocabulary):
    """The statements of a summary with these sections."""

    def of(body: str):
        reading = read(TITLE + body)
        return file_statements(reading.statements, reading.examinations, vocabulary)

    return of


@pytest.mark.parametrize(
    ("heading", "text", "treaties"),
    [
        ("Training", "The Committee asked about training.", ("OPSC", "OPAC")),
        ("Training", "The Committee asked about training on the OPAC.", ("OPAC",)),
        ("Training", "The Committee asked about training on the OPSC and the OPAC.", ("OPSC", "OPAC")),
        ("Recruitment", "The Committee asked about training.", ("OPAC",)),
        ("Recruitment", "The Committee asked about training on the OPSC.", ("OPAC",)),
        ("Sale of children", "The Committee asked about training.", ("OPSC",)),
        ("Optional Protocol on children in armed conflict", "The Committee asked about training.", ("OPAC",)),
        ("OPSC and OPAC", "The Committee asked about training.", ("OPSC", "OPAC")),
        ("Training", "The Committee asked when the Convention was signed.", ("OPSC", "OPAC")),
    ],
)
def test_the_heading_decides_then_the_words_else_both(filed, heading: str, text: str, treaties: tuple) -> None:
    (statement,) = filed(f"## {heading}\n\n{text}\n")
    assert statement.treaties == treaties


def test_the_nearest_heading_counts(filed) -> None:
    text = "The Committee asked about training."
    told = filed(f"## OPSC\n\n### Recruitment\n\n{text}\n\n### Training\n\n{text}\n")
    assert [one.treaties for one in told] == [("OPAC",), ("OPSC",)]


def test_what_is_told_inside_a_sentence_goes_with_it(filed) -> None:
    text = "In response to a question on the OPAC, the delegation said that nobody was recruited."
    assert [(one.embedded, one.treaties) for one in filed(f"## Training\n\n{text}\n")] == [
        (False, ("OPAC",)),
        (True, ("OPAC",)),
    ]


def test_the_protocol_is_that_of_the_section_or_of_none(filed) -> None:
    text = "The Committee asked about training on the Protocol."
    told = filed(f"## Training\n\n{text}\n\n## Recruitment\n\n{text}\n")
    assert [[cited.id for cited in one.cites] for one in told] == [[], ["OPAC"]]


def test_a_summary_of_one_treaty_is_left_as_it_is(read, vocabulary) -> None:
    reading = read("## Education\n\nThe Committee asked about the OPAC.\n")
    assert file_statements(reading.statements, reading.examinations, vocabulary) == reading.statements
