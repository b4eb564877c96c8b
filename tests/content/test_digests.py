"""Each digest against the document it rests on, as far as a machine can tell; the sense is for readers to check.

The documents are read from the folder that `SESSIONAL_CORPUS` names.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
import yaml
from digest_checks import Rested, cited, complaints, longest_run, rested, sentences

from generator.text.source import SourceText

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "content/sources"
DIGESTS = {
    entry["file"]: entry
    for entry in yaml.safe_load((ROOT / "content/sources.yaml").read_text(encoding="utf-8"))["sources"]
    if entry["kind"] == "digest"
}
DOCUMENT = Rested(
    paragraphs={
        "7": "Norway noted with concern that 12 per cent of the girls in rural areas had left school by 2009.",
        "8": "Freedonia and the Dominican Republic asked about the age of marriage.",
        "96": "The recommendations listed below enjoy the support of the State:",
        "96.1": "Raise the age of marriage to eighteen (Norway);",
        "96.2": "Continue to build schools in all of the provinces of the country without delay (Dominican Republic).",
    },
    positions={"supported": 2, "pending": 1},
    state="LAO",
)


def found(sentence: str, vocabulary) -> list[str]:
    return list(complaints(f"# A\n\n## Education\n\n{sentence}\n", DOCUMENT, vocabulary))


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway was concerned that 12 per cent of rural girls were out of school by 2009 (para. 7).",
        "Norway recommended 18 as the age of marriage (para. 96.1).",
        "The Dominican Republic asked how old one must be to marry (para. 8).",
        "Lao PDR supported both recommendations (paras. 96.1-96.2).",
        "Lao PDR supported 2 of the 3 numbered recommendations and left 1 for later (paras. 96-96.2).",
    ],
)
def test_what_agrees_is_passed(sentence: str, vocabulary) -> None:
    assert found(sentence, vocabulary) == []


@pytest.mark.parametrize(
    ("sentence", "complaint"),
    [
        ("Norway was concerned about girls out of school.", "no paragraphs are named"),
        ("Norway was concerned about girls out of school (para. 9).", "no paragraph 9"),
        ("Sweden was concerned about girls out of school (para. 7).", "not named there: SWE"),
        (
            "Norway was concerned that 13 per cent of rural girls were out of school (para. 7).",
            "no such number there: 13",
        ),
        ("Norway was concerned that five girls were out of school (para. 7).", "no such number there: 5"),
        (
            "The Dominican Republic asked to build schools in all of the provinces of the country soon (para. 96.2).",
            "11 words in a row",
        ),
        ("Lao PDR supported 2 of the 4 numbered recommendations and left 1 for later (para. 96).", "there are 3"),
        ("Lao PDR supported 2 of the 3 numbered recommendations (para. 96).", "1 are later, which is not said"),
    ],
)
def test_what_does_not_agree_is_told(sentence: str, complaint: str, vocabulary) -> None:
    (told,) = found(sentence, vocabulary)
    assert complaint in told
    assert told.startswith("5: ")


def test_references_are_spelled_out() -> None:
    assert list(cited("paras. 7, 96.15-96.17 and 99-101")) == ["7", "96.15", "96.16", "96.17", "99", "100", "101"]


def test_only_the_body_is_checked() -> None:
    told = list(sentences("# TITLE\n\n*A digest.*\n\n## One\n\nA said (para. 1). B said (para. 2).\n"))
    assert told == [(7, "A said (para. 1)."), (7, "B said (para. 2).")]


def test_the_longest_run_is_of_words() -> None:
    assert longest_run("They said, the law was old", "… that the law was very old") == ["the", "law", "was"]


@pytest.fixture(scope="module")
def documents() -> dict[str, Path]:
    """The documents of the corpus by symbol."""
    corpus = os.environ.get("SESSIONAL_CORPUS")
    if not corpus:
        pytest.skip("SESSIONAL_CORPUS names no reports of reviews: digests are not compared with their documents")
    folder = Path(corpus) / "upr"
    with (folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        return {row["symbol"]: folder / "reports" / f"{row['report']}.md" for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", DIGESTS)
def test_a_digest_agrees_with_its_document(name: str, documents, vocabulary) -> None:
    text = (SOURCES / name).read_text(encoding="utf-8")
    document = rested(vocabulary, documents[DIGESTS[name]["after"]["symbol"]])
    assert list(complaints(text, document, vocabulary)) == []


@pytest.mark.parametrize("name", DIGESTS)
def test_a_digest_has_the_form(name: str, read_source, vocabulary) -> None:
    """State, session, date and head are recognised, and nobody's words stand under the clusters."""
    data = (SOURCES / name).read_bytes()
    text = data.decode()
    reading = read_source(vocabulary, SourceText.from_bytes(name, data))
    facts = reading.examinations[0]
    assert all((facts.state, facts.session, facts.date, facts.head))
    assert reading.document.family == "upr-digest"
    assert 700 <= len(text.split()) <= 1500
    assert DIGESTS[name]["after"]["symbol"] in text
    assert [
        one.text
        for one in reading.statements
        if one.section.path not in ((), ("The review",)) and one.speaker in ("unattributed", "author")
    ] == []
