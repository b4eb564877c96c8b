"""The quick parser of blocks gives what markdown-it-py gives by the same rules, token for token."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token
from staging import ROOT

from generator.parse.blocks import block_parser, blocks

PLAIN = block_parser()

# Lines of every kind of block, and of those that look like one.
_LINES = (
    st.sampled_from(["", "a", "The Committee asked.", "a. lettered", "é accented", "Δ greek", "“quoted”", "  indented"])
    | st.sampled_from(["- item", "* item", "1. first", "1) first", "2015 was", "> quoted", "> - both", "-", "1.", ">"])
    | st.sampled_from(["# Heading", "#Tight", "## End ##", "***", "---", "===", "```", "~~~", "[ref]: x", "<div>"])
    | st.sampled_from(["a | b", "--- | ---", "| c | d |", "|---|---|", ":-:|:-:", "- | -", "\tTab", "  ", "    deeper"])
)
_NESTED = st.tuples(st.sampled_from(["", "", "> ", "  ", "    ", "- ", "1. ", "> > "]), _LINES).map("".join)


def told(tokens: Iterable[Token]) -> list[dict[str, object]]:
    return [token.as_dict() for token in tokens]


@given(st.lists(_NESTED, max_size=14).map("\n".join))
def test_made_up_blocks_are_the_same(text: str) -> None:
    assert told(blocks(text)) == told(PLAIN.parse(text))


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]) | st.sampled_from("\n#->*|` 1.a")))
def test_any_text_is_the_same(text: str) -> None:
    assert told(blocks(text)) == told(PLAIN.parse(text))


def _same(folder: Path) -> int:
    files = sorted(folder.rglob("*.md"))
    for file in files:
        text = "\n".join(file.read_text("utf-8", "replace").replace("\0", "").splitlines())
        assert told(blocks(text)) == told(PLAIN.parse(text)), file.name
    return len(files)


@pytest.mark.parametrize("folder", ["content/sources", "tests"])
def test_reports_and_invented_texts_are_the_same(folder: str) -> None:
    assert _same(ROOT / folder)


@pytest.mark.slow
def test_a_collection_is_the_same() -> None:
    folder = os.environ.get("SESSIONAL_CORPUS")
    if folder is None:
        pytest.skip("SESSIONAL_CORPUS names no collection: the blocks of its reports are not compared")
    assert _same(Path(folder))
