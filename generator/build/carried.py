"""What of a site a stick carries: all pages, the search, entries for reference managers and each State's table.

Takes names of a site's files, and its pages. Gives whether a file is carried, and a page without links to one that is
not. The words of each statement are in the tables of its examination, session, themes and kind, in its State's records
and in the JSON of its examination as well: half of what a site weighs, for who works on the web.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

# Beside pages, and of the data what repeats the States' tables, or tells of files by name.
_ON_THE_WEB = re.compile(
    r"(?:.+/)?(?:index\.csv|index\.json|feed\.xml)|data/states/.*\.jsonl|data/(?:datapackage\.json|SHA256SUMS)"
)
_LINK = re.compile(r'<a ((?:[^<>"]|"[^"]*")*)>(.*?)</a>', re.DOTALL)
_ALTERNATE = re.compile(r'<link rel="alternate"(?:[^<>"]|"[^"]*")*>')
# For programs that visit sites.
_FOR_PROGRAMS = re.compile(
    r'<script type="application/ld\+json">.*?</script>|<meta name="description"(?:[^<>"]|"[^"]*")*>', re.DOTALL
)
_HREF = re.compile(r'href="([^"#?]+)"')


def is_carried(name: str) -> bool:
    """Whether a file of a site, by its name in it, goes onto a stick."""
    return not _ON_THE_WEB.fullmatch(name)


def carried_page(name: str, html: str) -> str:
    """A page without what search engines read, whose links to files on the web are words, which say that."""
    folder = dirname(name)

    def is_left(attributes: str) -> bool:
        found = _HREF.search(attributes)
        return found is not None and ":" not in found[1] and not is_carried(normpath(join(folder, found[1])))

    def told(link: re.Match[str]) -> str:
        return f"{link[2]} <small>(on the web only)</small>" if is_left(link[1]) else link[0]

    html = _LINK.sub(told, _FOR_PROGRAMS.sub("", html))
    return _ALTERNATE.sub(lambda found: "" if is_left(found[0]) else found[0], html)
