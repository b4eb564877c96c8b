"""HTML tags in a text: which are tags at all, and of which the content is not read either.

Takes what looks like a tag. Gives its name where it is one of HTML's, of word processors' or of a converter's; a name
that none of them uses is a word in angle brackets.
"""

from __future__ import annotations

import re

TAG = re.compile(
    r"""<(?P<close>/)?(?P<name>[a-zA-Z][\w:-]{0,30})
        (?P<attributes>(?:\s+[\w:.-]{1,40}(?:\s?=\s?(?:"[^"<]{0,2000}"|'[^'<]{0,2000}'|[^\s"'<>=]{1,300}))?){0,20})
        \s*(?P<alone>/)?>""",
    re.VERBOSE,
)
_NAMES = frozenset(
    "a abbr acronym address article aside audio b base bdi bdo big blockquote body br button canvas caption "
    "center cite  code col colgroup data dd del details dfn dir div dl dt em embed fieldset figcaption figure "
    "font footer form frame  h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend "
    "li link main map mark math menu  meta meter nav noscript object ol option output p param picture pre "
    "progress q rp rt ruby s samp script section  select small source span strike strong style sub summary sup "
    "svg table tbody td template textarea tfoot th thead  time title tr track tt u ul var video wbr page "
    "page_number page-number watermark signature".split()
)
_LEFT_OUT = {
    **dict.fromkeys("del s strike".split(), "struck"),
    **dict.fromkeys("figcaption caption".split(), "caption"),
    **dict.fromkeys(
        "script style svg math ac:parameter page_number page-number watermark iframe object template".split(), "mark"
    ),
}


# Tags that reports and converters write for form alone: nothing is said of them.
_QUIET = frozenset(
    "a abbr b big blockquote body br caption center cite code col colgroup dd del div dl dt em figcaption figure font "
    "h1 h2 h3 h4 h5 h6 hr html i img ins li mark ol p page page_number page-number pre q s small span strike strong "
    "sub sup table tbody td tfoot th thead tr tt u ul o:p watermark".split()
)
_ACTING = re.compile(r"\son\w+\s?=|\s[\w:-]+\s?=\s?[\"']?\s?(?:javascript|vbscript|data):", re.IGNORECASE)


def is_quiet(match: re.Match[str]) -> bool:
    """Whether a tag is one of form, and does nothing."""
    return match["name"].lower() in _QUIET and not _ACTING.search(match["attributes"])


def as_tag(match: re.Match[str]) -> str | None:
    """The tag's name in small letters; None where nobody uses it."""
    name = match["name"].lower()
    return name if name in _NAMES or ":" in name else None


def is_left_out(tag: str) -> str:
    """What is between this tag and its end, where it is no words: "struck", "caption", "mark"; else empty."""
    return _LEFT_OUT.get(tag, "")
