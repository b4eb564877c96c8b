"""One finding, as people, programs and GitHub read it."""

from __future__ import annotations

import json

import pytest

from generator.diagnostics import (
    RULES,
    Diagnostic,
    Severity,
    count,
    explain,
    render_github,
    render_json,
    render_text,
    summary,
)
from generator.text.source import Location

LINE = "# EXAMINATION OF LAOS"
STATE = Diagnostic(Location("a.md", 8, 18), "R001", "no State is called 'LAOS'", "did the title mean Lao PDR?", 4)
FILE = Diagnostic(Location("b.md"), "S002", "the file is empty")


def test_text_shows_place_excerpt_mark_and_hint() -> None:
    assert render_text([FILE, STATE], lambda place: {8: LINE}.get(place.line)) == (
        "a.md:8:18 error[R001] state-not-recognised: no State is called 'LAOS'\n"
        "    8 | # EXAMINATION OF LAOS\n"
        "      |                  ^^^^\n"
        "    hint: did the title mean Lao PDR?\n"
        "b.md error[S002] empty-source: the file is empty"
    )


def test_text_without_the_line() -> None:
    assert render_text([STATE], lambda _: None) == (
        "a.md:8:18 error[R001] state-not-recognised: no State is called 'LAOS'\n    hint: did the title mean Lao PDR?"
    )


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 200 + "HERE" + "y" * 200
    shown = render_text([Diagnostic(Location("a.md", 3, 201), "P001", "m", length=4)], lambda _: line).splitlines()
    assert shown[1] == "    3 | …" + "x" * 33 + "HERE" + "y" * 63 + "…"
    assert shown[2] == "      | " + " " * 34 + "^^^^"


def test_what_does_not_print_is_shown_as_a_mark() -> None:
    shown = render_text([Diagnostic(Location("a.md", 1, 1), "S008", "m")], lambda _: "a\x07b\u202e")
    assert shown.splitlines()[1] == "    1 | a�b�"


def test_json() -> None:
    assert json.loads(render_json([STATE])) == [
        {
            "path": "a.md",
            "line": 8,
            "column": 18,
            "severity": "error",
            "code": "R001",
            "name": "state-not-recognised",
            "message": "no State is called 'LAOS'",
            "hint": "did the title mean Lao PDR?",
        }
    ]


def test_github_escapes_what_would_end_a_command() -> None:
    found = Diagnostic(Location("a,b:c.md", 2, 5), "P001", "50%\nmore", "look")
    assert render_github([found, FILE]) == (
        "::warning file=a%2Cb%3Ac.md,line=2,col=5,title=P001 furniture-guessed::50%25%0Amore look\n"
        "::error file=b.md,line=1,col=1,title=S002 empty-source::the file is empty"
    )


def test_findings_are_counted_by_severity() -> None:
    note = Diagnostic(Location("a.md", 1, 1), "P003", "joined")
    assert summary([STATE, FILE, note]) == "2 errors, 0 warnings, 1 note"
    assert count([STATE, FILE, note], Severity.ERROR) == 2


@pytest.mark.parametrize("asked", ["S007", "s007", " unsafe-source-name "])
def test_explain(asked: str) -> None:
    assert explain(asked) == (
        "S007 unsafe-source-name (error)\n\n"
        "The file's name or place cannot be used: a symbolic link, or a name that is no plain file name.\n\n"
        "Why: A name becomes an address; a link can publish a file that nobody meant to publish.\n\n"
        "What to do: Rename the file with letters, digits, dots, hyphens; replace the link by the file."
    )


def test_explain_knows_no_other() -> None:
    assert explain("Z999") is None


def test_every_rule_has_its_manual_page_and_a_name_of_its_own() -> None:
    assert [code for code, rule in RULES.items() if code != rule.code] == []
    assert [rule.code for rule in RULES.values() if not (rule.what and rule.why and rule.instead)] == []
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
