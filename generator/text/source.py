"""The exact text of a source and the places in it.

Takes the bytes of a file. Gives a `SourceText` that is never edited, the `Span`s that point into it, and the one
quotation normaliser through which words of a source reach a page – and through which they are proved afterwards.
Leaves complaints about what the bytes looked like to `parse`.
"""

from __future__ import annotations

import hashlib
import html
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from html.entities import html5
from operator import attrgetter
from typing import TypeVar

LINE_END = re.compile(r"\r\n|\n|\r")
# Characters that do not show, or that make others show in another order or place, as the inside of a regular
# expression's class: controls that are no white space of a text, marks of direction, of no width, and tags.
HIDDEN = (
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f"
)
_HIDDEN = re.compile(f"[{HIDDEN}]")

T = TypeVar("T")


def packed(cls: type[T]) -> type[T]:
    """A frozen dataclass that pickles as its class with the values of its fields.

    Frozen classes with slots pickle field by field, in Python; documents hold thousands of spans.
    """
    values = attrgetter(*(slot.name for slot in fields(cls)))  # type: ignore[arg-type]

    def reduced(self: T) -> tuple[type[T], tuple[object, ...]]:
        return cls, values(self)

    cls.__reduce__ = reduced  # type: ignore[method-assign, assignment]
    return cls


@packed
@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place to point an editor at. `line` and `column` count from 1; 0 where the whole file is meant."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@packed
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Part of one raw line: `line` counts from 1, columns are half-open Unicode code points from 0."""

    line: int
    col_start: int
    col_end: int


@packed
@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as received: `text` is the decoded file (without a byte order mark), line ends and all."""

    path: str
    sha256: str
    encoding: str
    text: str
    line_starts: tuple[int, ...]
    # How many characters were not plainly there in this encoding, and where in `text` the first of them stands.
    guessed: int = 0
    first_guessed: int = 0

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> SourceText:
        """Decode UTF-8 (with or without mark), UTF-16 with mark, or else Windows-1252; never raises.

        A text that is UTF-8 but for some bytes stays so: only those are taken for Windows-1252.
        """
        encoding, text, guessed = _decode(data)
        starts = (0, *(match.end() for match in LINE_END.finditer(text)))
        digest = hashlib.sha256(data).hexdigest()
        return cls(path, digest, encoding, text, starts, len(guessed), guessed[0] if guessed else 0)

    @classmethod
    def from_str(cls, path: str, text: str) -> SourceText:
        """The same from text in hand, for tests and for documents that are not files."""
        return cls.from_bytes(path, text.encode("utf-8", "surrogatepass"))

    @property
    def line_count(self) -> int:
        """Number of lines; a final line end opens no further line."""
        return len(self.line_starts) - (self.line_starts[-1] == len(self.text))

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The raw characters of one span."""
        start = self.line_starts[span.line - 1]
        return self.text[start + span.col_start : start + span.col_end]

    def quote(self, spans: Iterable[Span]) -> str:
        """What a page may quote of these spans: the proof of a statement is that this gives its text."""
        return normalise("\n".join(self.slice(span) for span in spans))

    def location(self, offset: int) -> Location:
        """Line and column of a character of `text`."""
        line = bisect_right(self.line_starts, offset)
        return Location(self.path, line, offset - self.line_starts[line - 1] + 1)


def hidden(text: str) -> list[re.Match[str]]:
    """The characters of a text that do not show."""
    return list(_HIDDEN.finditer(text))


def visible(text: str) -> str:
    """A text in which what does not show is named, for places that no mark-up can reach: `[U+202E]`."""
    return _HIDDEN.sub(lambda found: f"[{code_point(found[0])}]", text)


def code_point(character: str) -> str:
    """The standard's name of a character by number: `U+202E`."""
    return f"U+{ord(character):04X}"


def _decode(data: bytes) -> tuple[str, str, Sequence[int]]:
    """Encoding, text, and where in the text characters stand that another encoding would give another way."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
        return "utf-16", text, [at for at, character in enumerate(text) if character == "\ufffd"]
    try:
        return "utf-8", data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    # What is no UTF-8 is kept byte by byte, in characters that no text holds.
    mixed = data.decode("utf-8-sig", "surrogateescape")
    foreign = [at for at, character in enumerate(mixed) if "\udc80" <= character <= "\udcff"]
    if sum(not character.isascii() for character in mixed) >= 2 * len(foreign):
        return "utf-8 and windows-1252", _FOREIGN.sub(lambda byte: _single(ord(byte[0]) - 0xDC00), mixed), foreign
    text = "".join(map(_single, data))
    return "windows-1252", text, [at for at, character in enumerate(text) if not character.isascii()]


_FOREIGN = re.compile("[\udc80-\udcff]")
# Windows-1252 leaves five bytes free; browsers take them for the controls of ISO 8859-1.
_SINGLE = [bytes([byte]).decode("windows-1252", "replace") for byte in range(256)]
_SINGLE = [chr(byte) if character == "\ufffd" else character for byte, character in enumerate(_SINGLE)]
_single = _SINGLE.__getitem__


# First parts after which a hyphen at a line end belongs to the word ("self-\nesteem"), folded.
_KEEPS_HYPHEN = frozenset(
    "anti co counter cross decision follow full half inter long mid multi non post pre pro quasi re self semi short "
    "so socio sub trans ultra well sous demi contre après avant ex vice guinea timor".split()
)

# Each alternative begins with the character it looks for: what must stand before it is checked after it, which is ten
# times quicker.
_NOISE = re.compile(
    r"""
      (?P<hyphen>[-‐\u00ad](?<=[^\W\d_].)[^\S\n]*\n\s*(?=[^\W\d_]))      # a word broken by a line-end hyphen
    | (?P<space>(?:[ ](?=\s)|[^\S ])\s*)                                  # all white space but one plain space
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)
    | (?P<mark></?[sS][uU][pPbB][ ]?>
        | \u00ad
        | \*{1,3}(?=\S) | \*(?<=\S.)\*{0,2}                               # emphasis; a star between spaces stays
        | _(?<!\w.)_{0,2}(?=[^\W_]) | _(?<=[^\s_].)_{0,2}(?!\w))
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def normalise(raw: str) -> str:
    """The quotation normaliser: the source's words and nothing else.

    Removes emphasis marks, `<sup>`/`<sub>` tags and soft hyphens, decodes entities, joins words broken by a
    line-end hyphen, folds white space. Everything else – typing errors, lost quotation marks – stays.
    """
    return normalise_with_offsets(raw)[0]


def normalise_with_offsets(raw: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """`normalise(raw)` and, for each of its characters, where in `raw` it begins and ends."""
    flat = raw.replace("\n", " ")
    if _is_plain(flat) and "-\n" not in raw and "‐\n" not in raw:
        return flat, range(len(raw)), range(1, len(raw) + 1)
    out: list[str] = []
    starts, ends = array("I"), array("I")  # four bytes a place: a large collection is held whole
    at = 0
    for match in _NOISE.finditer(raw):
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


def _is_plain(text: str) -> bool:
    """Whether there is surely nothing to normalise: printable text has no soft hyphens, and no white space but " "."""
    return (
        text.isprintable()
        and "  " not in text
        and not ("*" in text or "_" in text or "&" in text or "<" in text)
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
    return "" if character == "\u00ad" else character


def _joined(raw: str, start: int) -> str:
    """What stands for a line-end hyphen: nothing where it broke a word, the hyphen where it belongs to it."""
    if raw[start] == "\u00ad":
        return ""
    before = _LAST_WORD.search(raw, max(0, start - 24), start)
    after = _FIRST_WORD.search(raw, start + 1)
    if before and before[0].casefold() in _KEEPS_HYPHEN:
        return "-"
    capitals = before and after and len(before[0]) > 1 and before[0].isupper() and after[0].isupper()
    return "-" if after and after[0][0].isupper() and not capitals else ""
