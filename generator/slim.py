"""The theme's page with what our pages use of it, and not a byte more: every page carries this.

Takes the HTML that the theme made of one page, before anything of a report is in it. Gives the same without the theme's
own switches, scripts and notices, and without white space that nobody sees. Each thing taken away must be there: a
theme that no longer has it was changed, and somebody has to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Rule:
    """What of the theme's frame becomes what; it stands once on every page."""

    what: str
    found: re.Pattern[str]
    becomes: str = ""


def _rule(what: str, found: str, becomes: str = "") -> _Rule:
    return _Rule(what, re.compile(found, re.DOTALL), becomes)


_RULES = (
    _rule("the beginning", r"<html lang=\"([a-z-]+)\" class=\"no-js\">", r'<html lang="\1">'),
    _rule("the body", r"<body dir=\"(ltr|rtl)\"[^>]*>", r'<body dir="\1" id="top">'),
    _rule("the switch of the drawer", r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>'),
    _rule("the switch of the search", r'<input class="md-toggle" data-md-toggle="search"[^>]*>'),
    _rule("the overlay of the drawer", r'<label class="md-overlay"[^>]*>\s*</label>'),
    # The theme has a link past its bar only where a page has headings; ours has it on every page.
    _rule("the link to the content", r'<div data-md-component="skip">.*?</div>'),
    _rule("the place of announcements", r'<div data-md-component="announce">\s*</div>'),
    _rule("the main part", r'<main class="md-main"[^>]*>', '<main class="md-main" id="main">'),
    _rule("the place of dialogues", r'<div class="md-dialog"[^>]*>\s*<div[^>]*>\s*</div>\s*</div>'),
    _rule("the script of settings", r"<script>__md_scope=.*?</script>"),
    _rule("the script of tabs", r"<script>var target=.*?</script>"),
)
# What the theme's script would look for.
_FOR_A_SCRIPT = re.compile(r' data-md-component="[^"]*"')

# A whole element whose white space counts, or a tag.
_KEPT = ("pre", "textarea", "script", "style")
_TAG = re.compile(
    rf"(<(?:{'|'.join(_KEPT)})\b.*?</(?:{'|'.join(_KEPT)})\s*>|<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_IN_TAG = re.compile(r"(\"[^\"]*\"|'[^']*')|[ \t\r\n\f]+(/?>)?")
# Beside these white space does not show.
_BLOCKS = frozenset(
    "!doctype article aside base blockquote body caption dd details div dl dt figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 head header hr html legend li link main meta nav ol option p pre script section select style "
    "summary table tbody td template tfoot th thead title tr ul".split()
)


def slim(html: str) -> str:
    """The theme's page without what our pages do not use.

    Raises ValueError where the theme has not what is to be taken away, or has it more than once.
    """
    for rule in _RULES:
        html, times = rule.found.subn(rule.becomes, html)
        if times != 1:
            raise ValueError(f"it has {rule.what} {times} times, not once (generator/slim.py)")
    return without_space(_FOR_A_SCRIPT.sub("", html))


def without_space(html: str) -> str:
    """HTML without white space that does not show: beside blocks, more than one, between attributes."""
    parts = _TAG.split(html)
    # Texts stand at even places, tags at odd ones; the ends of the page are as the beside of a block.
    beside = [True, *(_is_block(tag) for tag in parts[1::2]), True]
    for at in range(0, len(parts), 2):
        text = _SPACE.sub(" ", parts[at])
        text = text.lstrip(" ") if beside[at // 2] else text
        parts[at] = text.rstrip(" ") if beside[at // 2 + 1] else text
    for at in range(1, len(parts), 2):
        parts[at] = _tag_without_space(parts[at])
    return "".join(parts)


def _is_block(tag: str) -> bool:
    if tag[:2].lower() == "<!" and not tag.startswith("<!--"):
        return True
    name = _NAME.match(tag)
    return name is not None and name[1].lower() in _BLOCKS


def _tag_without_space(tag: str) -> str:
    name = _NAME.match(tag)
    if tag.startswith("<!--") or (name and name[1].lower() in _KEPT):
        return tag
    return _IN_TAG.sub(lambda found: found[1] or found[2] or " ", tag)
