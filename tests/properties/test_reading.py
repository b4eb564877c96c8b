"""What holds for any text: the reading half never raises, loses no line, and proves every word it gives."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.classify import classify
from generator.extract import extract
from generator.model import BlockKind
from generator.parse import parse
from generator.recognise import recognise
from generator.text.normaliser import normalise, normalise_with_offsets
from generator.text.source import SourceText
from generator.vocabulary import level

ANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
FEWER = settings(ANY, max_examples=60)

# Pieces of reports and of trouble, thrown together in any order.
PIECES = st.sampled_from(
    [
        "# STATE PARTY EXAMINATION OF SUDAN\u2019S SECOND PERIODIC REPORT",
        "69<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD",
        "27<sup>TH</sup> MAY 2015",
        "## Content",
        "Data.....\t1\nPrevention.....\t2",
        "### ***Data***",
        "**Prevention**",
        "The Committee asked why births went unregistered. ",
        "They replied that a law would be adopted by mid-2016. ",
        "While welcoming the new law, the Committee, in particular Ms. Aidoo, was concerned that it failed. ",
        "In response to the Committee\u2019s concern about schools, the delegation said \u201cnone. ",
        "The delegation was led by Ms. A. B, Minister of X, as well as representatives of the Y. ",
        "Article 219 of the Penal Code; Article 220; the Protocol. ",
        "(a) to adopt;\n(b) to ratify.",
        "- one\n- two",
        "a broken-\nword and *emphasis* &amp; &nbsp; entities\u00ad",
        "3",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```\ncode\n```",
        "---",
        "Note: This report is prepared at the discretion of Child Rights Connect.",
        "www.example.org",
        "\t",
        "\r\n",
        "\u2028",
        "\u202e",
        "<b>x</b>",
        "\u0130stanbul \ufb01nds",
        "",
    ]
)
REPORTS = st.lists(PIECES | st.text(max_size=30), max_size=25).flatmap(
    lambda pieces: st.sampled_from(["\n\n", "\n", " ", "\r\n", "\r"]).map(lambda joint: joint.join(pieces))
)


@ANY
@given(text=REPORTS | st.text(max_size=300))
def test_blocks_partition_the_lines(vocabulary, text: str) -> None:
    source = SourceText.from_str("r.md", text)
    document, _ = parse(source, vocabulary)
    lines = [line for block in document.blocks for line in range(block.first, block.last + 1)]
    assert lines == list(range(1, max(1, source.line_count) + 1))


@FEWER
@given(text=REPORTS)
def test_every_statement_proves_its_words(vocabulary, text: str) -> None:
    source = SourceText.from_str("r.md", text)
    document, _ = parse(source, vocabulary)
    examinations, _ = recognise(document, vocabulary)
    statements, dispositions, _ = extract(document, examinations[0], vocabulary)
    assert [s.text for s in classify(statements, vocabulary) if source.quote(s.spans) != s.text] == []
    assert [fact.text for _, fact in examinations[0].facts() if source.quote(fact.spans) != fact.text] == []
    assert len(dispositions) == len(document.blocks)


@FEWER
@given(text=REPORTS)
def test_every_sentence_has_one_main_statement(vocabulary, text: str) -> None:
    document, _ = parse(SourceText.from_str("r.md", text), vocabulary)
    statements, _, _ = extract(document, recognise(document, vocabulary)[0][0], vocabulary)
    places = [(s.paragraph, s.sentence) for s in statements if not s.embedded]
    assert places == [(i, n) for i, p in enumerate(document.paragraphs) for n in range(len(p.sentences))]


_NO_WORDS = frozenset({BlockKind.RULE, BlockKind.MARK, BlockKind.CAPTION, BlockKind.NOTE, BlockKind.FURNITURE})


@FEWER
@given(data=st.binary(max_size=200))
@example(data=b"<body>")
@example(data=b"&nbsp;")
def test_any_bytes_are_read_or_refused(vocabulary, data: bytes) -> None:
    document, found = parse(SourceText.from_bytes("r.md", data), vocabulary)
    # What has letters and is neither read nor reported is a mark of some kind, and said to be one: "<body>", "&nbsp;".
    lost = [
        block
        for block in document.blocks
        if block.kind not in _NO_WORDS
        and any(c.isalpha() for line in range(block.first, block.last + 1) for c in document.source.line(line))
    ]
    assert document.paragraphs or found or lost == []


@ANY
@given(text=st.text(max_size=200))
def test_the_normaliser_keeps_its_places(text: str) -> None:
    normal, starts, ends = normalise_with_offsets(text)
    assert len(normal) == len(starts) == len(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    assert "  " not in normal
    assert normal == normal.strip(" ")


@ANY
@given(text=st.text(alphabet="ab -*_&;\n\t\u00ad", max_size=40))
def test_normalising_lines_one_by_one_is_normalising_them_together(text: str) -> None:
    source = SourceText.from_str("r.md", text)
    assert normalise(text) == normalise("\n".join(source.line(n) for n in range(1, source.line_count + 1)))


@ANY
@given(text=st.text(max_size=200))
def test_level_keeps_the_length(text: str) -> None:
    assert len(level(text)) == len(text)
