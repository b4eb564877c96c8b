"""The exact text of a source and the places in it.

Takes the bytes of a file. Gives a `SourceText` that is never edited and the `Span`s that point into it. Leaves
complaints about what the bytes looked like to `parse`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TypeVar

from generator.text.normaliser import join, normalise

LINE_END = re.compile(r"\r\n|\n|\r")

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
    """Part of one raw line: `line` counts from 1, columns are half-open Unicode code points from 0.

    `glued` where its first word is the rest of the word before, which the end of a page broke without a hyphen.
    """

    line: int
    col_start: int
    col_end: int
    glued: bool = False


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
        return normalise(join((span.line, span.glued, self.slice(span)) for span in spans))

    def location(self, offset: int) -> Location:
        """Line and column of a character of `text`."""
        line = bisect_right(self.line_starts, offset)
        return Location(self.path, line, offset - self.line_starts[line - 1] + 1)


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
