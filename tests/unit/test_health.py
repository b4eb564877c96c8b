"""The health of a text: what is measured, what is withheld for it, and what stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from invented import review

from generator.build import Project, Surroundings
from generator.build.reading import read_source
from generator.diagnostics import RULES, Severity
from generator.health import DAMAGED
from generator.health.layout import mixed_columns, prose_headings
from generator.model import Confidence, Disposition, Kind, ReadDocument, Section, Speaker, Verdict
from generator.text.source import SourceText

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/health"
HEAD, REST = (CASES / "clean.md").read_text(encoding="utf-8").split("## Prevention\n")
REST = REST[REST.index("## Prohibition") :]


@pytest.fixture(scope="module")
def examined(invented):
    """Text -> the document read to the end, and the codes of what was found."""
    surroundings = Surroundings(Project(ROOT), invented)

    def read(text: str, name: str = "report.md") -> tuple[ReadDocument, list[str]]:
        taken = surroundings.take(ROOT / "content/sources/lao-pdr-opsc-69.md")
        document, found = read_source(_with(taken, name, text.encode()), invented)
        assert document is not None
        return document, [one.code for one in found if one.code[0] == "H"]

    return read


def _with(taken, name: str, data: bytes):
    return replace(taken, path=name, data=data, corrections=type(taken.corrections)())


@pytest.fixture(scope="module")
def case(examined):
    """The name of a case -> the same."""
    return lambda name: examined((CASES / f"{name}.md").read_text(encoding="utf-8"), f"{name}.md")


def report(words: str) -> str:
    """A report that says these words under one heading."""
    return f"{HEAD}## Prevention\n\n{words}\n\n{REST}"


def measure(document: ReadDocument, name: str):
    return next(one for one in document.health.measures if one.name == name)


def words(text: str) -> str:
    return "".join(filter(str.isalnum, text))


# --- what must be said

EXPECTED = [
    ("replacement-characters", "characters", "H001", 5, (12, 16)),
    ("glyph-names", "characters", "H001", 2, (12, 16)),
    ("character-ids", "characters", "H001", 2, (12, 16)),
    ("damaged-name", "characters", "H001", 3, (8,)),
    ("hyphens-in-lines", "pieces", "H002", 5, (12, 16, 20)),
    ("split-words", "pieces", "H002", 3, (12, 16, 20)),
    ("split-subject", "pieces", "H002", 1, (20,)),
    ("hyphens-in-subjects", "pieces", "H002", 2, (20,)),
    ("bullet-o", "pieces", "H002", 2, (14, 15)),
    ("two-columns", "columns", "H003", 5, (12, 13, 14, 15, 16)),
]


@pytest.mark.parametrize(("name", "what", "code", "count", "lines"), EXPECTED)
def test_damage_is_measured_and_said(case, name: str, what: str, code: str, count: int, lines: tuple[int, ...]) -> None:
    document, codes = case(name)
    found = measure(document, what)
    assert (found.count, found.lines) == (count, lines)
    assert found.verdict is not Verdict.FINE
    assert document.health.verdict is not Verdict.FINE
    assert code in codes


def test_cells_that_stand_one_a_line_are_not_read(case) -> None:
    found = measure(case("cells-one-a-line")[0], "tables")
    assert (found.count, found.lines) == (6, (14, 16, 18, 20, 22, 24))


def test_zero_width_characters_in_words_are_counted(case) -> None:
    assert measure(case("zero-width")[0], "characters").count == 2


def test_an_unread_table_is_measured_where_it_is_one(case) -> None:
    document, _ = case("prose-with-pipe")
    unread = Disposition.UNREAD in document.dispositions
    assert (measure(document, "tables").count > 0) is unread


# --- what must not be published

DAMAGED_CASES = sorted({name for name, *_ in EXPECTED})


@pytest.mark.parametrize("name", [*DAMAGED_CASES, "zero-width"])
def test_no_index_holds_words_that_the_clean_twin_does_not_have(case, name: str) -> None:
    clean, _ = case("clean")
    twin = {(words(s.text), s.kind, s.speaker) for s in clean.statements}
    for statement in case(name)[0].statements:
        if statement.indexed and (words(statement.text), statement.kind, statement.speaker) not in twin:
            assert name in ("bullet-o", "hyphens-in-subjects", "speaker-labels")  # their twin has other sentences
            assert statement.text in (
                "The Committee recommended that the State party:",
                "The Committee regretted that the law required proof of force.",
                "Ms. Marchbanks asked how many cases had been brought before the courts.",
            )


@pytest.mark.parametrize("name", DAMAGED_CASES)
def test_damaged_statements_are_flagged(case, name: str) -> None:
    flagged = [s for s in case(name)[0].statements if DAMAGED in s.flags]
    assert flagged
    assert {s.confidence for s in flagged} == {Confidence.LOW}


def test_a_damaged_sentence_inherits_no_speaker(examined) -> None:
    text = report("The Committee regretted that the law lacked clarity. Suffi cient training was regrettably lacking.")
    last = next(s for s in examined(text)[0].statements if "cient" in s.text)
    assert (last.speaker, last.kind, last.speaker_name) == (Speaker.UNATTRIBUTED, Kind.BACKGROUND, None)


def test_a_text_that_is_mostly_damaged_is_withheld(examined) -> None:
    _, codes = examined(HEAD + "## Prevention\n\n" + "The Comm ittee asked about pri sons. " * 8)
    assert "H008" in codes
    assert RULES["H008"].severity is Severity.ERROR


def test_a_damaged_name_is_not_recorded(examined) -> None:
    damaged = report("The Committee asked about prisons.").replace("Brünhild", "BrÃ¼nhild")
    assert examined(damaged)[0].examination.head is None
    assert examined(report("The Committee asked about prisons."))[0].examination.head is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "T he Committee asked about the law.",
        "The Committee s aid that the law was good.",
        "The Committee asked whether the l e g i s l a t i o n was in force.",
        "The Committee asked about the con ict in the north.",
        "The Committee asked about the bene ts for families.",
        "The Committee asked about the conict in the north.",
        "The Committee asked about the im ple mentation of the law.",
        "THE COMM ITTEE ASKED ABOUT THE LAW.",
        "The Committee asked about the «legis-lation» in force.",
        "The Committee asked about the recommen- dations of the year before.",
        "The Committee asked about the recommen -dations of the year before.",
        "The Committee asked about Sylva nia.",
        "The Committee asked about the \ue0a1gures of the year before.",
        "The Committee asked about the \x93gures\x94 of the year before.",
        "The Committee asked about the /g38/g72gures of the year before.",
        "The Committee asked about the ﬁgures that the dele gation had promised.",
    ],
)
def test_damage_of_these_kinds_is_found(examined, sentence: str) -> None:
    document, _ = examined(report(sentence))
    flagged = [s.text for s in document.statements if DAMAGED in s.flags]
    assert len(flagged) == 1
    assert not any(s.indexed for s in document.statements if s.text in flagged)


# --- what must stay as it is


@pytest.mark.parametrize("name", ["clean", "ligatures", "justified", "entities", "scripts"])
def test_sound_texts_are_fine(case, name: str) -> None:
    document, codes = case(name)
    assert (document.health.complaints, codes) == ((), [])


@pytest.mark.parametrize(
    "sentence",
    [
        "The Committee asked about self-help groups, re-entry, co-operation and non-refoulement.",
        "The Committee asked about pre- and post-natal care, and short- and long-term aid.",
        "The Committee asked about multi-sectoral, inter-agency and anti-retroviral programmes.",
        "The Committee asked about 40 per cent of care givers, an audio-visual room and on- going aid.",
        "The Committee asked about co-ordinated work, re-iterated pledges and well- being.",
        "The Committee asked about a venue, a broad plan, a lone parent and a mended law.",
        "The Committee asked about Ms. Al Amin, Abu Dhabi, Guinea-Bissau and Timor-Leste.",
        "The Committee asked what the agency had not, in any case, been tracking.",
        "The Committee asked about (a) schools, (b) prisons, (c) courts, (d) borders, (e) homes.",
        "The Committee asked about annexes B and C, vitamin D as well, and paragraphs f or g.",
        "The Committee asked about A, B, C and D; e.g. i.e. s. 3 (f) of the Act.",
        "The Committee asked and/or regretted what the /units of the police did.",
    ],
)
def test_sound_sentences_are_fine(examined, sentence: str) -> None:
    document, codes = examined(report(sentence))
    assert (document.health.complaints, codes) == ((), [])


def test_bullets_of_a_symbol_font_are_no_damage(examined) -> None:
    text = "The Committee recommended that the State party:\n\n\uf0b7 open shelters;\n\n\uf0b7 train judges."
    assert measure(examined(report(text))[0], "characters").count == 0


def test_a_bar_code_is_no_damage(examined) -> None:
    assert measure(examined(report("The Committee asked.\n\n���������"))[0], "characters").count == 0


def test_the_digests_and_the_first_report_are_fine(examined) -> None:
    for path in sorted((ROOT / "content/sources").glob("*.md")):
        document, codes = examined(path.read_text(encoding="utf-8"), path.name)
        assert (document.health.complaints, codes) == ((), []), path.name


# --- layout

COLUMNS = (
    "a left line of words    a right line\nanother left line       another right\nthe last of the left    and its end\n"
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (COLUMNS, [1, 2, 3]),
        ("\n".join(COLUMNS.split("\n")[:2]), []),
        ("5.     On the first day\n6.     On the second day\n7.     On the third day\n", []),
        ("a line  justified   by\nspaces in   several  of\nits   places  like this\n", []),
        ("some words | and   more\nsome words | and   more\nsome words | and   more\n", []),
        (COLUMNS.replace("    a right", "\ta right"), []),
    ],
)
def test_columns(text: str, lines: list[int]) -> None:
    assert [fault.line for fault in mixed_columns(SourceText.from_str("a.md", text))] == lines


def test_a_sentence_marked_as_heading_is_said(invented) -> None:
    titles = {
        "The Committee asked how many cases had been brought": True,
        "It recommended that the State party publish figures": True,
        "The ombudsman said that nobody had asked": True,
        "Recommendations made by the Committee to the State party": False,
        "Prohibition of the sale of children and related matters": False,
        "The Committee recommended": False,
        "Progress noted by the Committee since the last report": False,
    }
    for title, speaks in titles.items():
        source = SourceText.from_str("a.md", f"# {title}\n")
        document = SimpleNamespace(sections=(Section((title,), 1, 1),), source=source)
        assert bool(list(prose_headings(document, invented.cues["en"]))) is speaks, title  # type: ignore[arg-type]


# --- numbers


def test_a_review_without_its_numbers_is_said(examined) -> None:
    text = review()
    whole, codes = examined(text)
    assert measure(whole, "numbers").verdict is Verdict.FINE
    assert "H006" not in codes
    bare, codes = examined(re.sub(r"^\d+\. +", "", text, flags=re.MULTILINE))
    assert measure(bare, "numbers").verdict is not Verdict.FINE
    assert "H006" in codes


def test_a_text_of_nobody_is_said(examined) -> None:
    document, codes = examined(HEAD + "## Prevention\n\n" + "The weather in the north was cold.\n\n" * 9)
    assert measure(document, "unattributed").verdict is Verdict.BAD
    assert "H007" in codes
