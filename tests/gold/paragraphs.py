"""Paragraphs labelled by hand, in a form that is quick to write and read: see the head of `prose.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def paragraphs(name: str = "prose.txt") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Title and sentences of each paragraph; sentences as the scorer takes them."""
    for part in (HERE / name).read_text(encoding="utf-8").split("\n== ")[1:]:
        title, *lines = part.splitlines()
        sentences: list[dict[str, Any]] = []
        for line in filter(None, lines):
            label, _, text = line.partition(": ")
            mark, kind, speaker = ("", *label.split()) if label[0] not in "+~" else label.split()
            if mark == "+":
                sentences[-1].setdefault("embedded", []).append({"kind": kind, "speaker": speaker, "text": text})
            elif mark == "~":
                sentences[-1]["ambiguous"] = True
                sentences[-1].setdefault("alternatives", []).append({"kind": kind, "speaker": speaker})
            else:
                sentences.append({"kind": kind, "speaker": speaker, "text": text})
        yield title, sentences


def as_report(told: list[list[dict[str, Any]]]) -> str:
    """The paragraphs as a summary of an invented State's examination, each a section of its own."""
    head = (
        "# STATE PARTY EXAMINATION OF ARCADIA’S SECOND PERIODIC REPORT\n\n"
        "102ND SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD\n\n25 MAY 2026\n\n"
        "## Opening Comments\n\nThe delegation was led by Mr. Ignace Tillery, Minister of Social Welfare.\n\n"
    )
    body = (
        f"## Part {number}\n\n{' '.join(sentence['text'] for sentence in sentences)}\n"
        for number, sentences in enumerate(told, 1)
    )
    return head + "\n".join(body)
