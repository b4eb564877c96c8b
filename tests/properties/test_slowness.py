"""Reading takes time in proportion to length, whatever a report repeats.

`SESSIONAL_TEST_SLOWNESS` (1 by default) says how many times as slow as usual this machine is. The time is that of the
processor, the least of several, so that other work on the machine does not fail a test.
"""

from __future__ import annotations

import gc
import os
import time

import pytest
from repetitive import CONCLUSIONS, SUMMARY, Input, repetitive

from generator.build.project import Source
from generator.build.reading import read_source
from generator.vocabulary import Vocabulary

SLOWNESS = float(os.environ.get("SESSIONAL_TEST_SLOWNESS", "1"))
SMALL, TIMES = 10_000, 6
# What has been slow, and what is most likely to be.
KNOWN = (
    Input("summary", "vocational training of officials, ", ""),
    Input("summary", "schools; ", ""),
    Input("summary", "é schools ", ""),
    Input("summary", "It asked about schools. ", ""),
    Input("summary", "They replied that schools were open. ", ""),
    Input("dialogue", "article 3 of the Convention, ", ""),
    Input("dialogue", "article 3, ", " of the Convention."),
    Input("conclusions", "the Convention on the Rights of the Child ", ""),
    Input("conclusions", "(Arcadia) ", "x"),
    Input("conclusions", "(Arcadia);\n\n", ""),
    Input("conclusions", ") ", "x"),
    Input("conclusions", ";:,.( ", "x"),
    Input("conclusions", "Ratify the Optional Protocol (Arcadia); ", ""),
    Input("conclusions", "recommendations 1, 2, 3 and 4, ", "enjoy the support of Sylvania."),
    Input("summary", "“", "x"),
    Input("summary", "**a ", "x"),
    Input("summary", "> ", "x"),
    Input("summary", "on 5 May 2026 ", ""),
    Input("dialogue", "Arcadia, ", "asked."),
    Input("summary", "9", "TH SESSION"),
)


def seconds(vocabulary: Vocabulary, text: str, tries: int = 2) -> float:
    """Of the processor, to read a text: the least of several."""
    found = []
    for _ in range(tries):
        gc.collect()
        begun = time.process_time()
        document, diagnostics = read_source(Source("report.md", text.encode()), vocabulary)
        found.append(time.process_time() - begun)
        assert document is not None, diagnostics
        if found[-1] < 0.1:
            break
    return min(found)


@pytest.fixture(scope="module")
def warm(invented: Vocabulary) -> Vocabulary:
    """The vocabulary, with all patterns made that are made when they are first asked for."""
    for head in (SUMMARY, CONCLUSIONS):
        seconds(invented, f"{head}The Committee asked about schools. The delegation replied that (Arcadia) it was.\n")
    return invented


@pytest.mark.parametrize("what", [*KNOWN, *map(repetitive, range(20))], ids=lambda one: f"{one.head}-{one.unit!a}")
def test_reading_takes_time_in_proportion(warm: Vocabulary, what: Input) -> None:
    small = seconds(warm, what.text(SMALL))
    large = seconds(warm, what.text(SMALL * TIMES))
    assert large < 2.5 * TIMES * small + 0.4 * SLOWNESS
    assert large < 6 * SLOWNESS


def test_a_sentence_of_5000_lines(warm: Vocabulary) -> None:
    lines = "the rights of children in schools and villages\n" * 5_000
    text = f"{SUMMARY}The Committee asked about\n{lines}.\n"
    assert seconds(warm, text) < 5 * SLOWNESS
    document, found = read_source(Source("report.md", text.encode()), warm)
    assert document is not None
    (long,) = [one for one in found if one.code == "X002"]
    assert long.location.line == text[: text.index("The Committee asked")].count("\n") + 1
    (kept,) = [s for s in document.statements if s.text.endswith("villages .")]
    assert (kept.kind, kept.speaker, kept.indexed) == ("background", "unattributed", False)
