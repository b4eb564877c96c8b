"""The theme's style sheets: what our pages may show stays, what they have nothing of goes."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from generator.styles import used_rules


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        ("a{b:c}", "a{b:c}"),
        (".md-nav{b:c}", ""),
        (".md-nav,.md-grid{b:c}", ".md-grid{b:c}"),
        (".md-typeset .admonition p,.md-typeset p{b:c}", ".md-typeset p{b:c}"),
        # What stands in brackets may be one of several.
        (".md-typeset :is(.admonition,table){b:c}", ".md-typeset :is(.admonition,table){b:c}"),
        (".md-typeset table:not([class]){b:c}", ".md-typeset table:not([class]){b:c}"),
        ("[data-md-color-scheme=slate]{b:c}", "[data-md-color-scheme=slate]{b:c}"),
        ("[data-md-color-accent=red],[data-md-toggle=x]{b:c}", ""),
        ("@media print{.md-nav{b:c}a{b:c}}", "@media print{a{b:c}}"),
        ("@media print{.md-nav{b:c}}", ""),
        ("@media screen{@media print{.md-nav{b:c}a{b:c}}}", "@media screen{@media print{a{b:c}}}"),
        ('@charset "UTF-8";a{b:c}', '@charset "UTF-8";a{b:c}'),
        ("@keyframes x{0%{b:c}to{b:d}}", "@keyframes x{0%{b:c}to{b:d}}"),
        ('a:before{content:"}{;"}.md-nav{b:c}', 'a:before{content:"}{;"}'),
        (':root{--x:url("y;z");--c:#fff}', ":root{--c:#fff}"),
        (':root{--x:url("y;z")}.md-nav{b:var(--x)}', ""),
        (':root{--x:url("y;z")}a{b:var(--x)}', ':root{--x:url("y;z")}a{b:var(--x)}'),
    ],
)
def test_a_rule_stays_where_our_pages_may_have_what_it_asks_for(sheet: str, left: str) -> None:
    assert used_rules(sheet) == left
    assert used_rules(left) == left


def test_of_the_themes_own_sheet_little_is_left() -> None:
    (sheet,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css")
    whole = sheet.read_text(encoding="utf-8")
    left = used_rules(whole)
    assert len(left) * 5 < len(whole)
    assert left.count("{") == left.count("}")
    assert ".md-typeset h1{" in left
    assert not re.search(r"\.md-(?:nav|search|header|footer)\b", left)
