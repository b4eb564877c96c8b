"""A report maimed in any way is still read: nothing raises, no line is lost, every word is proved, in time."""

from __future__ import annotations

import gc
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import seconds

from generator.parse import parse
from generator.recognise import recognise
from generator.text.normaliser import normalise
from generator.text.source import SourceText

ROOT = Path(__file__).parents[2]
SEED = (ROOT / "content/sources/lao-pdr-opsc-69.md").read_bytes()
REVIEWS = (ROOT / "tests/cases/reviews/whole-review.md").read_bytes().split(b"```report\n")[1:]
REVIEW = b"\n".join(text.split(b"```")[0] for text in REVIEWS)
MARKS = [*"*_#<>[]()|`~&;:.-!?\"'\\\t\r\n", "\u00a0", "\u00ad", "\u2028", "\u202e", "\ufeff", "\u0301", "\U0001f600"]
MARKS += ["<sup>", "</sup>", "&amp;", "-\n", "\n\n", "**", "```", "---", "| a |\n|---|\n", "- ", "1. ", "> ", "\x00"]
SEEDS = range(25)


def mangled(rng: random.Random, seed: bytes = SEED) -> bytes:
    """A report after some random deletions, insertions, repetitions and swaps, of bytes and of lines."""
    lines = seed.split(b"\n")
    for _ in range(rng.randint(1, 12)):
        here, there = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(5):
            case 0:
                del lines[here : here + rng.randint(1, 4)]
            case 1:
                lines[here:here] = lines[there : there + rng.randint(1, 6)]
            case 2:
                lines[here], lines[there] = lines[there], lines[here]
            case 3:
                lines[here] += lines[there]
            case _:
                lines[here] = rng.choice(MARKS).encode() * rng.randint(1, 300)
        lines = lines or [b""]
    data = b"\n".join(lines)
    for _ in range(rng.randint(0, 60)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0:
                data = data[:at] + data[at + rng.randint(1, 40) :]
            case 1:
                data = data[:at] + rng.choice(MARKS).encode() + data[at:]
            case 2:
                data = data[:at] + chr(rng.choice([*range(1, 0xD800), 0x1F600])).encode() + data[at:]
            case _:
                data = data[:at] + data[max(0, at - rng.randint(1, 200)) : at] + data[at:]
    return data + bytes(rng.randrange(256) for _ in range(rng.choice([0, 0, 0, 4])))


def examine(reading) -> None:
    """What holds for every reading."""
    document = reading.document
    lines = [line for block in document.blocks for line in range(block.first, block.last + 1)]
    assert lines == list(range(1, max(1, document.source.line_count) + 1))
    assert [s.text for s in reading.statements if document.source.quote(s.spans) != s.text] == []
    stated = [fact for examination in reading.examinations for _, fact in examination.facts()]
    assert [fact.text for fact in stated if document.source.quote(fact.spans) != fact.text] == []


@pytest.mark.slow
@pytest.mark.parametrize("number", SEEDS)
def test_a_mangled_report(vocabulary, read_source, number: int) -> None:
    data = mangled(random.Random(number))  # noqa: S311 - not for secrets
    examine(read_source(vocabulary, SourceText.from_bytes("report.md", data)))


@pytest.mark.slow
@pytest.mark.parametrize("number", SEEDS)
def test_a_mangled_review(invented, read_source, number: int) -> None:
    data = mangled(random.Random(number), REVIEW)  # noqa: S311 - not for secrets
    examine(read_source(invented, SourceText.from_bytes("review.md", data)))


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 12_000), st.integers(0, 60), st.sampled_from(MARKS) | st.text(max_size=8)), max_size=30
    )
)
def test_an_edited_report(vocabulary, read_source, edits: list[tuple[int, int, str]]) -> None:
    text = SEED.decode()
    for at, cut, new in edits:
        text = text[:at] + new + text[at + cut :]
    examine(read_source(vocabulary, SourceText.from_str("report.md", text)))


# --- time ---------------------------------------------------------------------------------------------------------

SIZE = 200_000
LINES = ["[", "*", "<", "&", "_", "`", "#", ">", "|", "~", "(", '"', "-", " ", "\t", "\u00a0", "\u00ad", "\n", "\r"]
LINES += [".", "!", "x", "1", "…", "<sup> ", "&amp;", "[a](", "**a", "a....1 ", "\u00ad ", "a ", "A. "]


@pytest.mark.parametrize("piece", LINES, ids=ascii)
def test_the_form_of_200_kilobytes_of_one_thing(vocabulary, piece: str) -> None:
    text = "# STATE PARTY EXAMINATION OF SUDAN’S SECOND PERIODIC REPORT\n\n" + piece * (SIZE // len(piece))
    begun = time.process_time()
    document, _ = parse(SourceText.from_str("report.md", text), vocabulary)
    recognise(document, vocabulary)
    assert time.process_time() - begun < seconds(3)


@pytest.mark.parametrize(
    "piece", ["(a", "(Arcadia) ", "; (a) ", "1. ", "1.1. ", "(Arcadia); to act ", "paragraphs 1 (a), "], ids=ascii
)
def test_conclusions_of_50_kilobytes_of_one_thing(invented, read_source, piece: str) -> None:
    head = "Report of the Working Group on the Universal Periodic Review\n\nFreedonia\n\n"
    head += "II. Conclusions and/or recommendations\n\n1. The following recommendations enjoy its support:\n\n1. "
    text = head + piece * (50_000 // len(piece))
    begun = time.process_time()
    examine(read_source(invented, SourceText.from_str("review.md", text)))
    assert time.process_time() - begun < seconds(5)


def test_a_deep_list(vocabulary, read_source) -> None:
    text = "\n".join(f"{'  ' * depth}- item" for depth in range(300))
    examine(read_source(vocabulary, SourceText.from_str("report.md", text)))


@pytest.mark.parametrize(
    "block", ["no end\n\n", "No end\n\n", "**Bold**\n\n", "3\n\n", "A.....1\n", "word-\n"], ids=ascii
)
def test_many_blocks_take_time_in_proportion(vocabulary, block: str) -> None:
    def spent(times: int) -> float:
        """Seconds of a reading: the least of three, without the collector, whose work grows with what others hold."""
        text, tries = SourceText.from_str("report.md", block * times), []
        for _ in range(3):
            gc.disable()
            begun = time.process_time()
            parse(text, vocabulary)
            tries.append(time.process_time() - begun)
            gc.enable()
        return min(tries)

    spent(50)
    assert spent(2400) < 12 * spent(400) + seconds(0.1)


@pytest.mark.parametrize(
    "piece", ["<sup> ", "\u00ad ", "* ", "a-\n", "a\u00ad\n", "&amp;", "-", "_a", "**a"], ids=ascii
)
def test_normalising_takes_time_in_proportion(piece: str) -> None:
    begun = time.process_time()
    normalise(piece * (SIZE // len(piece)))
    assert time.process_time() - begun < seconds(2)


@pytest.mark.parametrize("number", [126, 190, 282])
def test_a_contents_list_that_runs_into_a_paragraph_costs_nothing(vocabulary, number: int) -> None:
    data = mangled(random.Random(number))  # noqa: S311
    begun = time.process_time()
    parse(SourceText.from_bytes("report.md", data), vocabulary)
    assert time.process_time() - begun < seconds(1)
