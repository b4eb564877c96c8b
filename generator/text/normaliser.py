"""The quotation normaliser: what the words of a source read when they are put together.

Takes raw characters: the slices of a statement's spans, joined by `join`. Gives the text that pages quote, and for each
of its characters where it stands in the raw ones. Marks – emphasis, tags, escapes, link targets – are not its business:
spans leave them out (`marks`). The operations are part of the data contract, so that others can prove our quotations
without this program.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterable, Sequence
from html.entities import html5

# Characters that do not show, or that make others show in another order or place, as the inside of a regular
# expression's class: controls that are no white space of a text, marks of direction, of no width, and tags.
HIDDEN = (
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f"
)
_HIDDEN = re.compile(f"[{HIDDEN}]")

# First parts after which a hyphen at a line end belongs to the word ("self-\nesteem"), folded.
_KEEPS_HYPHEN = frozenset(
    "anti co counter cross decision follow full half inter long mid multi non post pre pro quasi re self semi short "
    "so socio sub trans ultra well sous demi contre après avant ex vice guinea timor".split()
)

# Each alternative begins with the character it looks for: what must stand before it is checked after it, which is ten
# times quicker.
_CHANGES = re.compile(
    r"""
      (?P<hyphen>[-‐\u00ad¬](?<=[^\W\d_].)[^\S\n]*(?:\n|<[bB][rR]\b[^<>]{0,99}>)\s*(?=[^\W_]))  # at a line end
    | (?P<space>(?:[ ](?=\s|<[bB][rR]\b[^<>]{0,99}>) | [^\S ] | <[bB][rR]\b[^<>]{0,99}>)  # but for one plain space
        (?:\s | <[bB][rR]\b[^<>]{0,99}>)*)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)
    | \u00ad
    """,
    re.VERBOSE,
)
_BROKEN = re.compile("[-‐¬]\n")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_DIGIT = re.compile(r"(?:\s|<[^<>]*>)*\d")  # "mid-\n2027"
_FIRST_WORD = re.compile(r"[^\W\d_]+")

Places = Sequence[int]


def join(slices: Iterable[tuple[int, bool, str]]) -> str:
    """The raw characters of spans, each with its line and whether it is glued to the span before.

    Spans of one line and glued ones follow each other, others are kept apart by a line end.
    """
    out: list[str] = []
    before = 0
    for line, glued, raw in slices:
        if out and line != before and not glued:
            out.append("\n")
        out.append(raw)
        before = line
    return "".join(out)


def normalise(raw: str) -> str:
    """The words and nothing else.

    Joins words broken by a line-end hyphen, takes `<br>` for white space, folds white space, decodes entities, removes
    soft hyphens. Everything else – typing errors, lost quotation marks – stays.
    """
    return normalise_with_offsets(raw)[0]


def normalise_with_offsets(raw: str) -> tuple[str, Places, Places]:
    """`normalise(raw)` and, for each of its characters, where in `raw` it begins and ends."""
    flat = raw.replace("\n", " ")
    if _is_plain(flat) and not _BROKEN.search(raw):
        return flat, range(len(raw)), range(1, len(raw) + 1)
    out: list[str] = []
    starts, ends = array("I"), array("I")  # four bytes a place: a large collection is held whole
    at = 0
    for match in _CHANGES.finditer(raw):
        start, end = match.span()
        if at < start and raw[at] == " " and _ends_in_space(out):
            at += 1
        if at < start:
            out.append(raw[at:start])
            starts.extend(range(at, start))
            ends.extend(range(at + 1, start + 1))
        at = end
        if match["space"]:
            piece = " "
        elif match["hyphen"]:
            piece = _joined(raw, start)
        elif match["entity"]:
            piece = _decoded(match[0])
        else:
            piece = ""
        if not piece or (piece == " " and _ends_in_space(out)):
            continue
        out.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    if raw[at : at + 1] == " " and _ends_in_space(out):
        at += 1
    out.append(raw[at:])
    starts.extend(range(at, len(raw)))
    ends.extend(range(at + 1, len(raw) + 1))
    text = "".join(out)
    kept = text.rstrip(" ")
    return kept, starts[: len(kept)], ends[: len(kept)]


def hidden(text: str) -> list[re.Match[str]]:
    """The characters of a text that do not show."""
    return list(_HIDDEN.finditer(text))


def visible(text: str) -> str:
    """A text in which what does not show is named, for places that no mark-up can reach: `[U+202E]`."""
    return _HIDDEN.sub(lambda found: f"[{code_point(found[0])}]", text)


def code_point(character: str) -> str:
    """The standard's name of a character by number: `U+202E`."""
    return f"U+{ord(character):04X}"


def _is_plain(text: str) -> bool:
    """Whether there is surely nothing to normalise: printable text has no soft hyphens, and no white space but " "."""
    return (
        text.isprintable()
        and "  " not in text
        and not ("&" in text or "<" in text)
        and text[:1] != " "
        and text[-1:] != " "
    )


def _ends_in_space(out: list[str]) -> bool:
    """Whether the last character written so far is a space (so that two never follow each other)."""
    return not out or out[-1][-1] == " "


def _decoded(entity: str) -> str:
    """The character an entity names; a name that HTML does not know is text like any other."""
    if entity[1] != "#" and entity[1:] not in html5:
        return entity
    character = html.unescape(entity)
    if character.isspace():
        return " "
    return "" if character == "\u00ad" or _HIDDEN.match(character) else character


def _joined(raw: str, start: int) -> str:
    """What stands for a line-end hyphen: nothing where it broke a word, the hyphen where it belongs to it."""
    if raw[start] in "\u00ad¬":
        return ""
    if _DIGIT.match(raw, start + 1):
        return "-"
    before = _LAST_WORD.search(raw, max(0, start - 24), start)
    after = _FIRST_WORD.search(raw, start + 1)
    if before and before[0].casefold() in _KEEPS_HYPHEN:
        return "-"
    capitals = before and after and len(before[0]) > 1 and before[0].isupper() and after[0].isupper()
    return "-" if after and after[0][0].isupper() and not capitals else ""
