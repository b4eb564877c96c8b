"""The form of a text: blocks, outline, paragraphs, sentences, and what an editor is told."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostic
from generator.model import BlockKind, Document
from generator.parse import parse, sentences
from generator.text.source import Location, SourceText, Span
from generator.vocabulary import Vocabulary

HEAD = """\
# STATE PARTY EXAMINATION OF SUDAN’S THIRD AND FOURTH PERIODIC REPORT

55<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD
13 SEPTEMBER – 1 OCTOBER 2010

"""


@pytest.fixture(scope="module")
def form(vocabulary: Vocabulary):
    """Text -> document and findings."""
    return lambda text: parse(SourceText.from_str("report.md", text), vocabulary)


def blocks(document: Document) -> list[tuple[str, int, int]]:
    return [
        (block.kind.value, block.first, block.last) for block in document.blocks if block.kind is not BlockKind.BLANK
    ]


def texts(document: Document) -> list[list[str]]:
    return [[p.passage.text[start:end] for start, end in p.sentences] for p in document.paragraphs]


def findings(found: list[Diagnostic]) -> list[tuple[int, int, str, str]]:
    return [(d.location.line, d.location.column, d.code, d.message) for d in found]


# --- what cannot be read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "message"),
    [
        ("", 1, 1, "S002", "the file is empty"),
        (" \n\n", 1, 1, "S002", "the file holds only white space"),
        ("one\na\0b\0", 2, 2, "S001", "2 NUL bytes"),
    ],
)
def test_texts_that_are_none(form, text: str, line: int, column: int, code: str, message: str) -> None:
    document, found = form(text)
    assert findings(found) == [(line, column, code, message)]
    assert document.paragraphs == ()
    assert [(block.first, block.last) for block in document.blocks] == [(1, max(1, len(text.splitlines())))]


def test_tags_of_html_are_marks_and_others_are_announced(form) -> None:
    document, found = form("One.\n\nA <b>bold</b> word, 20<sup>th</sup>, by <somebody>.\n")
    assert texts(document) == [["One."], ["A bold word, 20th, by <somebody>."]]
    assert findings(found) == [(3, 41, "S004", "no tag of HTML, shown as text: '<somebody>'")]
    assert found[0].length == 10


def test_a_script_is_no_text(form) -> None:
    document, found = form("<script>alert(1)</script>\n\nThe Committee asked.\n")
    assert texts(document) == [["The Committee asked."]]
    assert [block.kind for block in document.blocks] == ["mark", "blank", "paragraph"]
    assert [one.message for one in found] == ["HTML is left out: '<script>' (2 such tags in the file)"]


def test_characters_that_do_not_show(form) -> None:
    _, found = form("caf\u200be")
    assert findings(found) == [(1, 4, "S008", "the character U+200B does not show")]


def test_another_encoding_is_announced_at_its_first_letter(vocabulary: Vocabulary) -> None:
    document, found = parse(SourceText.from_bytes("r.md", "one\ndéjà vu".encode("latin-1")), vocabulary)
    assert texts(document) == [["one déjà vu"]]
    assert findings(found) == [
        (2, 2, "S003", "decoded from windows-1252; 2 characters could be meant otherwise, the first here")
    ]


# --- blocks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blocks_partition_the_text(form, end: str) -> None:
    text = HEAD + "Text one.\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n***\n> quoted\n"
    document, _ = form(text.replace("\n", end))
    assert [(b.kind.value, b.first, b.last) for b in document.blocks] == [
        ("title", 1, 1),
        ("blank", 2, 2),
        ("session-line", 3, 4),
        ("blank", 5, 5),
        ("paragraph", 6, 6),
        ("blank", 7, 7),
        ("item", 8, 8),
        ("item", 9, 9),
        ("blank", 10, 10),
        ("table", 11, 13),
        ("blank", 14, 14),
        ("code", 15, 17),
        ("rule", 18, 18),
        ("paragraph", 19, 19),
    ]


def test_tables_and_code_are_said_to_be_unread(form) -> None:
    _, found = form("Text.\n\n| a |\n|---|\n| 1 |\n\n```\ncode\n```\n")
    assert findings(found) == [
        (3, 1, "P002", "3 lines were not read (table)"),
        (7, 1, "P002", "3 lines were not read (code)"),
    ]


def test_indented_prose_and_a_rule_under_prose_stay_prose(form) -> None:
    document, _ = form("    Indented by a PDF.\n\nProse.\n---\nMore.\n")
    assert texts(document) == [["Indented by a PDF."], ["Prose."], ["More."]]
    assert document.sections == ()


def test_front_matter_is_no_part_of_the_report(form) -> None:
    document, found = form("---\ntitle: x\n---\nText.\n")
    assert blocks(document) == [("front-matter", 1, 3), ("paragraph", 4, 4)]
    assert findings(found) == [(1, 1, "S006", "front matter is not part of the report")]


def test_broken_front_matter_is_named_at_its_line(form) -> None:
    document, found = form("---\ntitle: [\n---\nText.\n")
    assert blocks(document)[0] == ("front-matter", 1, 3)
    assert findings(found) == [(3, 1, "D001", "did not find expected node content")]


def test_prose_between_two_rules_is_no_front_matter(form) -> None:
    document, found = form("---\nThe Committee asked.\n\n---\nMore.\n")
    assert texts(document) == [["The Committee asked."], ["More."]]
    assert found == []


def test_items_know_what_leads_into_them(form) -> None:
    document, _ = form("The Committee urges the State party to:\n\n(a) Adopt a law;\n(b) Ratify it.\n\nText.\n")
    assert texts(document) == [["The Committee urges the State party to:"], ["Adopt a law;"], ["Ratify it."], ["Text."]]
    assert [p.lead_in for p in document.paragraphs] == [None, 0, 0, None]
    assert document.paragraphs[1].passage.pieces == (Span(3, 4, 16),)


@pytest.mark.parametrize("mark", ["-", "*", "+", "•", "–", "1.", "2)", "(iv)", "(a)", "B."])
def test_list_marks_are_no_words(form, mark: str) -> None:
    assert texts(form(f"{mark} Adopt a law.\n")[0]) == [["Adopt a law."]]


def test_a_day_at_the_line_start_is_no_list_mark(form) -> None:
    document, _ = form("27. MAY 2015 was the day.\n")
    assert texts(document) == [["27. MAY 2015 was the day."]]


def test_quoted_lines_are_one_paragraph_with_its_places(form) -> None:
    document, _ = form("> quoted text\n> goes on\n")
    assert document.paragraphs[0].passage.text == "quoted text goes on"
    assert document.paragraphs[0].passage.spans(0, 19) == (Span(1, 2, 13), Span(2, 2, 9))


# --- title, session line, contents, furniture ---------------------------------------------------------------------


def test_what_stands_before_the_title_is_the_masthead(form) -> None:
    document, _ = form("child rights connect  \nformerly the ngo group for the crc\n\n" + HEAD + "Text.\n")
    assert blocks(document) == [
        ("masthead", 1, 2),
        ("title", 4, 4),
        ("session-line", 6, 7),
        ("paragraph", 9, 9),
    ]


def test_a_title_in_two_blocks(form) -> None:
    text = HEAD.replace("EXAMINATION OF SUDAN’S", "EXAMINATION OF\n\nSUDAN’S") + "Text.\n"
    document, _ = form(text)
    assert blocks(document)[:2] == [("title", 1, 1), ("title", 3, 3)]
    assert document.title.text == "STATE PARTY EXAMINATION OF SUDAN’S THIRD AND FOURTH PERIODIC REPORT"


@pytest.mark.parametrize(
    "contents",
    [
        "## Content\n\nData.....\t1\nPrevention.....\t2\n",
        "## Content\n\nData ..... 1\n\nPrevention ..... 2\n",
        "**Table of contents**\n\nData . . . . . . 1\nPrevention . . . . 2\n",
        "## Contents\n\nData\t1\nPrevention\t2\n",
        "Data………1\nPrevention………2\n",
    ],
)
def test_contents_lists_in_all_their_forms(form, contents: str) -> None:
    document, _ = form(HEAD + contents + "\n## Data\n\nText.\n\n## Prevention\n\nMore.\n")
    assert document.contents == ("Data", "Prevention")
    assert texts(document) == [["Text."], ["More."]]


def test_heading_levels_come_from_the_contents_list(form) -> None:
    text = (
        HEAD
        + "## Content\n\nData.....1\nPrevention.....2\nLost.....3\n\n"
        + "### ***Data***\n\nA.\n\n#### Sub\n\nB.\n\n# Prevension\n\nC."
    )
    document, found = form(text)
    assert [(s.path, s.level) for s in document.sections] == [
        (("Data",), 2),
        (("Data", "Sub"), 3),
        (("Prevension",), 2),
    ]
    assert findings(found) == [(1, 1, "P004", "the contents list names 'Lost', which is no heading of the text")]


def test_heading_levels_from_the_section_scheme_where_there_is_no_list(form) -> None:
    document, _ = form(
        HEAD + "### General Principles\n\nA.\n\n## Birth registration\n\nB.\n\n# Special Protection Measures\n\nC."
    )
    assert [s.path for s in document.sections] == [
        ("General Principles",),
        ("General Principles", "Birth registration"),
        ("Special Protection Measures",),
    ]


def test_heading_levels_by_their_look_where_nothing_is_known(form) -> None:
    document, _ = form("# A\n\n### **B**\n\n### ***C***\n\ntext\n")
    assert [(s.path, s.level) for s in document.sections] == [(("A",), 2), (("A", "B"), 3), (("A", "B", "C"), 4)]


def test_bold_lines_are_headings(form) -> None:
    document, _ = form(
        "**Opening Comments**\n\nText one.\n\n**This whole sentence is bold.**\n\n__Data:__\n\nText two.\n"
    )
    assert [s.path for s in document.sections] == [("Opening Comments",), ("Data:",)]
    assert texts(document) == [["Text one."], ["This whole sentence is bold."], ["Text two."]]


@pytest.mark.parametrize(("line", "shown"), [("3", "3"), ("- 4 -", "4 -"), ("Page 2 of 7", "Page 2 of 7")])
def test_page_numbers_are_guessed_and_said_to_be(form, line: str, shown: str) -> None:
    document, found = form(f"One.\n\n{line}\n\nTwo.\n")
    assert blocks(document) == [("paragraph", 1, 1), ("furniture", 3, 3), ("paragraph", 5, 5)]
    assert findings(found) == [(3, 1, "P001", f"taken for furniture (page-number): {shown!r}")]


def test_the_publishers_note_ends_with_its_address(form) -> None:
    note = "Note: This report is prepared at the discretion of Child Rights Connect.\n\n[www.example.org](http://www.example.org)\n"
    document, found = form("One.\n\n" + note + "\nTwo.\n")
    assert blocks(document) == [("paragraph", 1, 1), ("furniture", 3, 3), ("furniture", 5, 5), ("paragraph", 7, 7)]
    assert found == []


# --- paragraphs and sentences -------------------------------------------------------------------------------------


def test_a_sentence_cut_by_a_page_break_is_joined_through_the_page_number(form) -> None:
    document, found = form("A framework has\n\n3\n\nbeen established. Next one.\n")
    passage = document.paragraphs[0].passage
    assert texts(document) == [["A framework has been established.", "Next one."]]
    assert passage.spans(*document.paragraphs[0].sentences[0]) == (Span(1, 0, 15), Span(5, 0, 17))
    assert findings(found)[1] == (5, 1, "P003", "joined to line 1: 'been established. Next one.'")


@pytest.mark.parametrize(
    "text",
    [
        "A framework has.\n\nbeen established.\n",
        "A framework has\n\nBeen established.\n",
        "A framework has\n\n## Heading\n\nbeen established.\n",
        "The list:\n\nbeen established.\n",
    ],
)
def test_what_is_not_joined(form, text: str) -> None:
    assert len(form(text)[0].paragraphs) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        (
            "Mr. Jorge Cardona and Ms. B. Gastaud asked. He left.",
            ["Mr. Jorge Cardona and Ms. B. Gastaud asked.", "He left."],
        ),
        (
            "Industry (e.g. mining, hydro project etc.), it said. Yes.",
            ["Industry (e.g. mining, hydro project etc.), it said.", "Yes."],
        ),
        ("Schools, hospitals, etc. The Committee asked.", ["Schools, hospitals, etc.", "The Committee asked."]),
        (
            "Under art. 3 and paras. 4-5 of No. 8 (2006) it is so.",
            ["Under art. 3 and paras. 4-5 of No. 8 (2006) it is so."],
        ),
        ("It “must be so”. The delegation left.", ["It “must be so”.", "The delegation left."]),
        ('It "must be so." The delegation left.', ['It "must be so."', "The delegation left."]),
        (
            'He said "125 women, yet no more. Initially, help came.',
            ['He said "125 women, yet no more.', "Initially, help came."],
        ),
        ("Projects; have been provided; with food.", ["Projects; have been provided; with food."]),
        ("The #1 item is trafficking. The goal is peace.", ["The #1 item is trafficking.", "The goal is peace."]),
        ("The rate was 3.5 per cent. In 2014 it fell.", ["The rate was 3.5 per cent.", "In 2014 it fell."]),
        ("Why was that? And what next? Nothing.", ["Why was that?", "And what next?", "Nothing."]),
        ("In 2015. 125 women came.", ["In 2015.", "125 women came."]),
        ("On 27. May 2015 it met.", ["On 27. May 2015 it met."]),
        (
            "The I.L.O. Convention was cited at 3 p.m. in Geneva.",
            ["The I.L.O. Convention was cited at 3 p.m. in Geneva."],
        ),
        ("H.E. Mr. Abc spoke.", ["H.E. Mr. Abc spoke."]),
        ("no capital. here it goes on.", ["no capital. here it goes on."]),
        ("", []),
    ],
)
def test_sentences(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, vocabulary.languages["en"])] == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The Committee asked for the data of the State.", "en"),
        ("Le Comité a demandé à la délégation des données sur les enfants.", "fr"),
        ("El Comité pidió a la delegación los datos de los niños.", "es"),
        ("12345", "en"),
    ],
)
def test_language(form, text: str, lang: str) -> None:
    assert form(text)[0].lang == lang


def test_nothing_of_a_good_report_is_announced_but_what_is(seed) -> None:
    form_codes = [(d.location, d.code) for d in seed.diagnostics if d.code[0] in "SP"]
    assert form_codes == [(Location("lao-pdr-opsc-69.md", 81, 1), "P003")]
