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

# Raised letters of an ordinal number: "102ᴺᴰ".
_HAS_RAISED = re.compile("[ʰ-ʸˠ-ˤᴬ-ᵡⁱⁿ]")
_RAISED = {
    ord(raised): plain
    for raised in map(chr, [*range(0x2B0, 0x2B9), *range(0x2E0, 0x2E5), *range(0x1D2C, 0x1D62), 0x2071, 0x207F])
    if len(plain := unicodedata.normalize("NFKC", raised)) == 1
}


def level(text: str) -> str:
    """Quotation marks and dashes made straight, one character for one."""
    if text.isascii():
        return text.replace("`", "'")
    for odd, straight in _LEVEL.items():
        text = text.replace(odd, straight)
    return text.translate(_RAISED) if _HAS_RAISED.search(text) else text


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WORDS = re.compile(r"\w+")
# Every sign of plain ASCII text as it is folded; a translation is three times as quick as a pattern.
_SMALL = {code: chr(code).lower() if chr(code).isalnum() or chr(code) == "_" else " " for code in range(128)}
_FOLDED = {**_SMALL, ord("&"): " and ", ord("'"): None, ord("`"): None, ord("*"): None}


def small_words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return text.translate(_SMALL).split() if text.isascii() else _WORDS.findall(text.lower())


def fold(text: str) -> str:
    """A name as it is looked up: case, diacritics, quotation marks, hyphens, `&`, `St.` and a leading `the` folded."""
    if text.isascii():
        words = text.translate(_FOLDED).split()
    else:
        plain = unicodedata.normalize("NFKD", level(text)).casefold()
        plain = _FOREIGN.sub(lambda match: "".join(c for c in match[0] if not unicodedata.combining(c)), plain)
        words = _WORDS.findall(plain.replace("&", " and ").replace("'", "").replace("*", ""))
    if words and words[0] == "the":
        words = words[1:]
    if "st" in words:
        words = ["saint" if word == "st" else word for word in words]
    return " ".join(words)


def slug(text: str) -> str:
    """An address part: ASCII letters, digits and hyphens; never empty, never a device name of any system."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:80].rstrip("-")
    if not name:
        return "x" + unicodedata.normalize("NFC", text).encode().hex()[:16]
    return name + "-" if name in _DEVICES else name


_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
