"""Copies of text for matching: same words, without the accidents of print. Never shown to anybody.

`level` keeps every character in its place (equal length), `fold` does not.
"""

from __future__ import annotations

import re
import unicodedata

_LEVEL = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "‟": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "‐": "-",
    "\u00a0": " ",
}
_ODD = re.compile(f"[{''.join(_LEVEL)}]")


def level(text: str) -> str:
    """Quotation marks and dashes made straight, one character for one."""
    return _ODD.sub(lambda match: _LEVEL[match[0]], text)


_WORDS = re.compile(r"[^\w*]+")


def fold(text: str) -> str:
    """A name as it is looked up: case, diacritics, quotation marks, hyphens, `&`, `St.` and a leading `the` folded."""
    plain = unicodedata.normalize("NFKD", level(text)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("&", " and ").replace("'", "").replace("*", "")
    words = _WORDS.sub(" ", plain).split()
    if words and words[0] == "the":
        words = words[1:]
    return " ".join("saint" if word == "st" else word for word in words)


def slug(text: str) -> str:
    """An address part: ASCII letters, digits and hyphens; never empty, never a device name of any system."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:80].rstrip("-")
    if not name:
        return "x" + unicodedata.normalize("NFC", text).encode().hex()[:16]
    return name + "-" if name in _DEVICES else name


_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
