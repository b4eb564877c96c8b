"""The proof of a quotation, written apart from the program: only the data contract and the standard library.

Whoever holds a source and our data can check each statement with these few lines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.exports.records import spans_record
from generator.text.source import SourceText

ROOT = Path(__file__).parents[2]
KEPT = (
    "anti co counter cross decision follow full half inter long mid multi non post pre pro quasi re self semi short so "
    "socio sub trans ultra well sous demi contre après avant ex vice guinea timor"
).split()
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f]"
)


def raw_words(lines: Sequence[str], spans: Sequence[Mapping[str, Any]]) -> str:
    """1. Spans on one line, and glued ones, follow each other. 2. Others are parted by a line end."""
    out = ""
    for before, span in zip([None, *spans], spans, strict=False):
        apart = before is not None and before["line"] != span["line"] and not span.get("glued")
        out += "\n" * apart + lines[span["line"] - 1][span["col_start"] : span["col_end"]]
    return out


def joined(match: re.Match[str]) -> str:
    """3. A line-end hyphen goes. 4. After certain first parts it stays, and 5. before a capital but in capitals."""
    first, hyphen, second = match["first"], match["hyphen"], match["second"]
    if hyphen in "\u00ad¬":
        return first + second
    if second.isdigit():
        return f"{first}-{second}"
    capitals = len(first) > 1 and first.isupper() and second.isupper()
    stays = first.casefold() in KEPT or (second[0].isupper() and not capitals)
    return first + "-" * stays + second


def character(match: re.Match[str]) -> str:
    """6. Character references that HTML knows are decoded, those of characters that do not show to nothing."""
    decoded = html.unescape(match[0])
    return "" if UNSEEN.match(decoded) else decoded


def check(raw: str) -> str:
    letters = r"[^\W\d_]+"
    raw = re.sub(
        rf"(?P<first>{letters})(?P<hyphen>[-‐\u00ad¬])[^\S\n]*(?:\n|<[bB][rR]\b[^<>]*>)\s*(?P<second>{letters}|\d)",
        joined,
        raw,
    )
    raw = re.sub(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});", character, raw)
    raw = re.sub(r"(?i)<br\b[^<>]*>", " ", raw)  # 7. `<br>` is white space
    raw = raw.replace("\u00ad", "")  # 8. soft hyphens go
    raw = re.sub(r"\s+", " ", raw)  # 9. white space is one space
    return raw.strip(" ")  # 10. and none at the ends


@pytest.mark.parametrize("folder", ["content/sources", "tests/corpus/sources", "tests/converters"])
def test_every_statement_can_be_proved_without_the_program(read_source, invented, folder: str) -> None:
    checked = 0
    for path in sorted((ROOT / folder).glob("*.md")):
        source = SourceText.from_bytes(path.name, path.read_bytes())
        lines = re.split(r"\r\n|\n|\r", source.text)
        for statement in read_source(invented, source).statements:
            assert check(raw_words(lines, spans_record(statement.spans))) == statement.text
            checked += 1
    assert checked > 20
