"""What converters make of a report changes nothing that is read from it, and lets nobody say anything new.

Each conversion is applied to the first report and the invented ones and read beside the clean text; to one review by
States, where the corpus of real ones is at hand, whose listed recommendations must stay the same.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from generator.text.source import SourceText
from generator.vocabulary import level
from tests.properties.converters import CONVERTERS

ROOT = Path(__file__).parents[2]
REPORTS = {
    path.stem: path
    for path in (
        ROOT / "content/sources/lao-pdr-opsc-69.md",
        *(path for path in sorted((ROOT / "tests/corpus/sources").glob("*.md")) if "broken" not in path.stem),
    )
}
REVIEW = Path(os.environ.get("SESSIONAL_CORPUS", "")) / "upr/reports/iceland2011.md"


@pytest.fixture(scope="module")
def read_report(invented, read_source):
    """Text -> its reading, with the invented States known."""
    return lambda text: read_source(invented, SourceText.from_str("report.md", text))


@pytest.fixture(scope="module")
def originals(read_report):
    texts = {name: path.read_text(encoding="utf-8") for name, path in REPORTS.items()}
    return {name: (text, said(read_report(text))) for name, text in texts.items()}


def said(reading) -> Counter[tuple[str, ...]]:
    """Who said what, word for word, and how sure that is."""
    return Counter(
        (level(s.text), s.kind.value, s.speaker.value, s.confidence.value, str(s.speaker_name))
        for s in reading.statements
    )


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("converter", CONVERTERS)
def test_a_converted_report_says_the_same(originals, read_report, converter: str, name: str) -> None:
    text, original = originals[name]
    reading = read_report(CONVERTERS[converter](text))
    converted = said(reading)
    assert {"lost": original - converted, "new": converted - original} == {"lost": Counter(), "new": Counter()}
    assert [s.text for s in reading.statements if reading.document.source.quote(s.spans) != s.text] == []


@pytest.mark.parametrize("converter", CONVERTERS)
def test_every_converter_changes_something(converter: str) -> None:
    assert any(CONVERTERS[converter](text) != text for text in map(Path.read_text, REPORTS.values()))


@pytest.fixture(scope="module")
def review(read_report):
    if not REVIEW.is_file():
        pytest.skip("SESSIONAL_CORPUS names no folder with the review")
    text = REVIEW.read_text(encoding="utf-8")
    return text, listed(read_report(text))


def listed(reading) -> Counter[tuple[str, ...]]:
    return Counter((level(s.text), *s.recommending_states) for s in reading.statements if s.listed)


@pytest.mark.parametrize("converter", CONVERTERS)
def test_a_converted_review_lists_the_same(review, read_report, converter: str) -> None:
    text, original = review
    converted = listed(read_report(CONVERTERS[converter](text)))
    assert {"lost": original - converted, "new": converted - original} == {"lost": Counter(), "new": Counter()}
