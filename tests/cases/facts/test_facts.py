"""Literate cases of facts: what a summary says of its examination, compared fact by fact. README.md tells the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.parse import parse
from generator.recognise import recognise
from generator.text.source import SourceText
from generator.vocabulary import Vocabulary

FOLDER = Path(__file__).parent
CASE = re.compile(
    r"\A# (?P<title>.+)\n\n(?P<why>.+?)\n\n"
    r"^~{6}source\n(?P<source>.*?)^~{6}\n\n^~{3}yaml\n(?P<labels>.*?)^~{3}\n\Z",
    re.M | re.S,
)
FACTS = (
    "state treaty session date session_dates cycle last_examined ratifications head delegation rapporteurs lang "
    "diagnostics sections"
).split()
OPTIONAL = {"delegation", "mutate", "xfail"}


def paths() -> list[Path]:
    return sorted(FOLDER.glob("[0-9][0-9]-*.md"))


def load(path: Path) -> tuple[str, dict[str, Any]]:
    case = CASE.match(path.read_text(encoding="utf-8"))
    assert case, f"{path.name} has not the form that README.md tells"
    return case["source"], yaml.safe_load(case["labels"])


# --- what a file cannot show ------------------------------------------------------------------------------------


def _every(pattern: str, number: int, change: Any, text: str) -> str:
    """The text with every so-many-th match changed."""
    count = 0

    def one(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return change(match[0]) if count % number == 0 else match[0]

    return re.sub(pattern, one, text)


def mutated(text: str, names: list[str]) -> bytes:
    encoding = "utf-8"
    for name in names:
        match name:
            case "crlf":
                text = text.replace("\n", "\r\n")
            case "bom":
                encoding = "utf-8-sig"
            case "nbsp":  # never the space that makes a heading
                text = _every(r"(?<=[^\s#]) (?=\S)", 7, lambda _: "\u00a0", text)
            case "soft-hyphens":
                text = _every(r"[^\W\d_]{8,}", 5, lambda word: f"{word[:4]}\u00ad{word[4:]}", text)
            case "latin-1":
                encoding = "windows-1252"
            case _:
                raise AssertionError(f"no mutation is called {name!r}")
    return text.encode(encoding)


# --- reading and comparing --------------------------------------------------------------------------------------


def facts_read(data: bytes, vocabulary: Vocabulary) -> dict[str, Any]:
    """Every fact as the labels write it."""
    document, _ = parse(SourceText.from_bytes("report.md", data), vocabulary)
    examinations, found = recognise(document, vocabulary)
    first = examinations[0]

    def value(name: str) -> str | None:
        fact = getattr(first, name)
        return fact.value if fact else None

    people = vocabulary.people
    return {
        "state": value("state"),
        "treaty": [examination.treaty.value for examination in examinations if examination.treaty],
        "session": int(first.session.value) if first.session else None,
        "date": value("date"),
        "session_dates": value("session_dates"),
        "cycle": value("cycle"),
        "last_examined": value("last_examined"),
        "ratifications": {fact.of: fact.value for fact in first.ratifications},
        "head": {"name": first.head.name, "post": first.head.of or None} if first.head else None,
        "delegation": [fact.name for fact in first.delegation],
        "rapporteurs": [people[f.value].name if f.value in people else f.name for f in first.rapporteurs],
        "lang": document.lang,
        "diagnostics": sorted({one.code for one in found if one.code.startswith("R")}),
        "sections": [section.title for section in document.sections if len(section.path) == 1],
    }


def differences(expected: dict[str, Any], read: dict[str, Any]) -> dict[str, str]:
    """The facts that differ, each with what the text says and what was read."""
    return {
        name: f"{name}\n    the text says  {expected[name]!r}\n    read was       {read[name]!r}"
        for name in FACTS
        if name in expected and expected[name] != read[name]
    }


def marked(labels: dict[str, Any]) -> set[str]:
    """The facts that `xfail` says are not read yet."""
    names = labels.get("xfail", "").partition(":")[0]
    return {name.strip() for name in names.split(",") if name.strip()}


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_every_fact_is_read(path: Path, vocabulary: Vocabulary) -> None:
    source, labels = load(path)
    wrong = differences(labels, facts_read(mutated(source, labels.get("mutate", [])), vocabulary))
    unread = marked(labels)
    listed = "\n  ".join(["", *(text for name, text in wrong.items() if name not in unread)])
    if not wrong.keys() <= unread:
        pytest.fail(f"{path.name}:{listed}", pytrace=False)
    if mended := sorted(unread - wrong.keys()):
        pytest.fail(f"{path.name}: {', '.join(mended)} is read now - take it out of `xfail`", pytrace=False)
    if unread:
        pytest.xfail(labels["xfail"])


# --- the cases themselves ---------------------------------------------------------------------------------------


def complaints(labels: dict[str, Any], source: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What is wrong with a case: keys, codes, a session that does not agree with the register."""
    missing = set(FACTS) - OPTIONAL - labels.keys()
    unknown = labels.keys() - set(FACTS) - OPTIONAL
    if missing or unknown:
        yield f"keys missing: {sorted(missing)}, unknown: {sorted(unknown)}"
    if not marked(labels) <= set(FACTS):
        yield f"`xfail` names no facts: {sorted(marked(labels) - set(FACTS))}"
    if labels["state"] and labels["state"] not in vocabulary.states.by_code:
        yield f"no State has the code {labels['state']}"
    session = vocabulary.sessions.get(("CRC", labels["session"]))
    if (session is None) != ("R009" in labels["diagnostics"]):
        yield "the session is not in sessions.yaml, or R009 is expected although it is"
    if session and session.start and session.end:
        days = labels["session_dates"]
        if days and days != f"{session.start}/{session.end}":
            yield f"the session ran from {session.start} to {session.end}"
        day = labels["date"]
        if day and (session.start <= day <= session.end) != ("R006" not in labels["diagnostics"]):
            yield f"{day} and R006 do not go together"
    if (labels["date"] is None) != ("R005" in labels["diagnostics"]):
        yield "R005 is expected where no day is told, and only there"
    if (labels["head"] is None) != ("R008" in labels["diagnostics"]):
        yield "R008 is expected where no head is told, and only there"
    words = re.sub(r"[*#]+", "", source)
    for title in labels["sections"]:
        if title not in words:
            yield f"no line of the source is the heading {title!r}"


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_the_case_is_sound(path: Path, vocabulary: Vocabulary) -> None:
    source, labels = load(path)
    assert list(complaints(labels, source, vocabulary)) == []
