"""What a page may load and run is named in the page before anything of a report is in it."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from generator.policy import guarded


def rules(html: str) -> dict[str, list[str]]:
    """The directives of a page's policy."""
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy
    return {name: values for name, *values in (rule.split() for rule in policy[1].split("; "))}


def named(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_each_inline_script_and_style_is_named_once() -> None:
    page = '<meta charset="utf-8"><style>p { color: red }</style><script>a = "é"\n</script><SCRIPT>b()</SCRIPT >'
    page += "<script>b()</script>"
    assert rules(guarded(page)) == {
        "default-src": ["'none'"],
        "script-src": ["'self'", "file:", named('a = "é"\n'), named("b()")],
        "style-src": ["'self'", "file:", named("p { color: red }")],
        "img-src": ["'self'", "file:", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", "file:"],
    }


def test_files_and_data_need_no_name() -> None:
    page = '<meta charset="utf-8"><script src="a.js"></script><script type="application/json">{"a": 1}</script>'
    assert rules(guarded(page))["script-src"] == ["'self'", "file:"]


def test_nothing_runs_from_another_host_and_nothing_inline_unnamed() -> None:
    given = rules(guarded('<meta charset="utf-8">'))
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"} & {
        *given["script-src"],
        *given["style-src"],
    }


def test_the_policy_stands_before_all_it_concerns() -> None:
    html = guarded('<!doctype html><head><meta charset="utf-8"><link rel="stylesheet" href="a.css"></head>')
    assert html.index("charset") < html.index("Content-Security-Policy") < html.index("<link")


@pytest.mark.parametrize("html", ["<p>", '<script>a()</script><meta charset="utf-8">'])
def test_a_page_that_could_run_something_before_its_policy_is_refused(html: str) -> None:
    with pytest.raises(ValueError, match="no <meta charset> stands before"):
        guarded(html)
