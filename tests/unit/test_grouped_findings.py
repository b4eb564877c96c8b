"""Findings that are alike are shown together for people, each by itself for programs."""

from __future__ import annotations

import json

from generator.diagnostics import Diagnostic, group, render_github, render_json, render_text
from generator.text.source import Location


def found(code: str, line: int, message: str = "m", path: str = "a.md") -> Diagnostic:
    return Diagnostic(Location(path, line, 1), code, message, "a hint")


ALIKE = [found("H002", line, f"a word in pieces: {line}") for line in range(1, 44)]


def test_alike_are_those_of_one_rule_in_one_file() -> None:
    others = [found("H001", 2), found("H002", 2, path="b.md")]
    assert [len(alike) for alike in group([*ALIKE, *others])] == [43, 1, 1]


def test_each_error_is_shown_unless_it_says_the_same() -> None:
    errors = [found("D002", 1, "one"), found("D002", 2, "two"), found("D002", 3, "two")]
    assert [len(alike) for alike in group(errors)] == [1, 2]


def test_the_first_is_shown_and_how_many_more() -> None:
    text = render_text(ALIKE, lambda _: None)
    assert text == (
        "a.md:1:1 warning[H002] word-in-pieces: a word in pieces: 1\n"
        "    hint: a hint\n"
        "    and 42 more like this (lines 2, 3, 4, 5, 6, 7, 8, 9, …)"
    )
    assert render_text(ALIKE[:2], lambda _: None).endswith("and 1 more like this (line 2)")


def test_all_are_shown_when_asked_for() -> None:
    assert render_text(ALIKE, lambda _: None, every=True).count("word-in-pieces") == 43


def test_programs_get_each() -> None:
    assert len(json.loads(render_json(ALIKE))) == 43
    assert len(render_github(ALIKE).splitlines()) == 43
