"""What a page may load and run: the Content-Security-Policy that stands in the page itself.

Takes the HTML of a shell, or of a page that stands alone, before anything of a report is in it. Gives the same with a
policy that names each inline script and style by its sha256. What is put in later is not named, so it does not run: a
second line behind the escaping of templates. A `<meta>` works from http and from a stick alike.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_INLINE = re.compile(r"<(?P<tag>script|style)\b(?P<given>[^>]*)>(?P<content>.*?)</(?P=tag)\s*>", re.DOTALL | re.I)
_LOADED = re.compile(r"\ssrc\s*=", re.IGNORECASE)
# Data in a script element is not run; the theme keeps its settings so.
_DATA = re.compile(r"""\stype\s*=\s*["']?application/(?:ld\+)?json""", re.IGNORECASE)
# Files of the site itself. Some browsers do not take a file's folder for its origin; from http no `file:` is loaded.
_OWN = "'self' file:"


def guarded(html: str) -> str:
    """A page with its policy, which stands first of all that it could concern.

    Raises ValueError where the page does not begin with its character set.
    """
    start = _CHARSET.search(html)
    if start is None or any(inline.start() < start.start() for inline in _INLINE.finditer(html)):
        raise ValueError("no <meta charset> stands before the scripts and styles of the page")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_policy(html)}">'
    return f"{html[: start.end()]}{meta}{html[start.end() :]}"


def _policy(html: str) -> str:
    """The theme draws its symbols from `data:`; forms go to the site's own search."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join([_OWN, *_digests(html, "script")]),
        "style-src": " ".join([_OWN, *_digests(html, "style")]),
        "img-src": f"{_OWN} data:",
        "base-uri": "'none'",
        "form-action": _OWN,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digests(html: str, tag: str) -> Iterator[str]:
    """The inline scripts or styles of a page, each once."""
    seen = set()
    for inline in _INLINE.finditer(html):
        if inline["tag"].lower() != tag or _LOADED.search(inline["given"]) or _DATA.search(inline["given"]):
            continue
        digest = base64.b64encode(hashlib.sha256(inline["content"].encode()).digest()).decode()
        if digest not in seen:
            seen.add(digest)
            yield f"'sha256-{digest}'"
