"""Parts of a whole source that are no running text: comments, definitions of links and notes, pictures' words, tables.

Takes a `SourceText`. Gives its `Regions`: ranges that may run over paragraphs, found before the text is cut into
blocks, and the labels that links and notes refer to. What only begins like one of these and never ends is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from generator.text.marks import SUPERSCRIPTS, Labels, folded_label
from generator.text.source import LINE_END, SourceText, Span


class RegionKind(StrEnum):
    """What a region is."""

    COMMENT = "comment"
    HIDDEN = "hidden-element"
    DEFINITION = "link-definition"
    NOTE = "note"
    CAPTION = "caption"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Region:
    """A range of the source's text. `body` is where the words of a note begin; `label` names it."""

    kind: RegionKind
    start: int
    end: int
    label: str = ""
    body: int = 0


_ELEMENTS = (
    ("<!--", "-->", RegionKind.COMMENT),
    ("<script", "</script>", RegionKind.HIDDEN),
    ("<style", "</style>", RegionKind.HIDDEN),
    ("<figcaption", "</figcaption>", RegionKind.CAPTION),
    ("<page_number", "</page_number>", RegionKind.HIDDEN),
    ("<watermark", "</watermark>", RegionKind.HIDDEN),
    ("<table", "</table>", RegionKind.TABLE),
)
_PICTURE = re.compile(
    r"\*{0,2}-{3,}\s?Start of picture text\s?-{3,}\*{0,2}.{0,20000}?"
    r"\*{0,2}-{3,}\s?End of picture text\s?-{3,}\*{0,2}(?:<br>)?",
    re.DOTALL | re.IGNORECASE,
)
_LINK = re.compile(
    r"""^[ ]{0,3}\[(?P<label>[^\]\n^][^\]\n]{0,98})\]:[ \t]*
        (?P<address><[^<>\n]{0,900}>|(?=\S*[/.\#@:?])\S{1,900})
        (?:(?:[ \t]+|[ \t]*\n[ \t]+)(?:"[^"]{0,900}"|'[^']{0,900}'|\([^()]{0,900}\)))?[ \t]*$""",
    re.VERBOSE | re.MULTILINE,
)
_NOTE = re.compile(r"^[ ]{0,3}\[\^(?P<label>[^\]\s]{1,60})\]:[ \t]*", re.MULTILINE)
_NEXT_DEFINITION = re.compile(r"[ ]{0,3}\[\^?[^\]\n]{1,98}\]:")
# The words of a note that converters leave as a paragraph: "1 Law No. 14", "[1] See", "<sup>2</sup> Figures", "¹ Ibid."
_TAGS = r"(?P<{}>(?:</?[a-zA-Z][^<>\n]{{0,300}}>[ \t]?){{0,9}})"
_LOOSE_NOTE = re.compile(
    rf"""[ \t>]{{0,8}}{_TAGS.format("before")}
    (?: \[?\\?\[(?P<bracket>\d{{1,3}}|[*†‡])\\?\]\]?(?:\(\#[^()\s]*\))?
      | (?P<raised>[⁰¹²³⁴-⁹]{{1,3}}) | \\?\^(?P<caret>\d{{1,3}})\\?\^
      | (?:\$|\\\()(?:\{{\s?\}}\s?)?\^\{{?(?P<maths>\d{{1,3}})\}}?(?:\$|\\\))
      | \\textsuperscript\{{(?P<latex>\d{{1,3}})\}}
      | (?:[Ff]oot|FOOT)?[Nn](?:ote|OTE)\s(?P<named>\d{{1,3}})(?=[:.]) | (?P<star>(?:\\\*){{1,3}}|\*{{2,3}}|[†‡])
      | (?P<plain>\d{{1,3}})(?![.)]) )
    {_TAGS.format("after")}[.):]?[ \t\u00a0]*(?<=[ \t\u00a0>)])(?=[A-ZÀ-Þ“"‘'(«]|https?:|www\.)""",
    re.VERBOSE,
)


def loose_note(line: str) -> tuple[str, int, bool] | None:
    """Label of the note whose words a line may begin, where they begin, and whether its form alone says so."""
    match = _LOOSE_NOTE.match(line)
    if match is None:
        return None
    names = ("bracket", "raised", "caret", "maths", "latex", "named", "star", "plain")
    label = next(match[name] for name in names if match[name]).translate(SUPERSCRIPTS).replace("\\", "")
    raised = "<sup" in match["before"].lower() or "href" in match["before"].lower()
    return label, match.end(), raised or (match["plain"] is None and match["star"] is None)


@dataclass(slots=True)
class Regions:
    """The regions of a source in order, none inside another, and what their labels are."""

    source: SourceText
    found: list[Region] = field(default_factory=list)
    labels: Labels = field(default_factory=Labels)
    _cuts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: SourceText) -> Regions:
        """All regions of a source."""
        text = source.text
        found = [*_elements(text), *_pictures(text)] if "<" in text or "picture text" in text else []
        if "]:" in text:
            found += _definitions(text)
        if ":::" in text:
            found += _divisions(text)
        kept: list[Region] = []
        for region in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or region.start >= kept[-1].end:
                kept.append(region)
        links = {folded_label(match["label"]) for match in _LINK.finditer(text)} if "]:" in text else set()
        notes = {region.label for region in kept if region.kind is RegionKind.NOTE}
        notes |= {match[0] for match in map(loose_note, LINE_END.split(text)) if match}
        regions = cls(source, kept, Labels(frozenset(links), frozenset(notes)))
        for region in kept:
            for line, start, end in regions.lines_of(region):
                regions._cuts.setdefault(line, []).append((start, end))
        return regions

    def lines_of(self, region: Region, begin: int = 0) -> Iterator[tuple[int, int, int]]:
        """Each line that a region lies on, from its place `begin` on, with the columns it takes of the line."""
        starts = self.source.line_starts
        first = begin or region.start
        line = bisect_right(starts, first)
        while line <= len(starts) and starts[line - 1] < region.end:
            start, size = starts[line - 1], len(self.source.line(line))
            yield line, max(0, first - start), min(size, region.end - start)
            line += 1

    def at(self, line: int) -> Region | None:
        """The first region that lies on a line."""
        start = self.source.line_starts[line - 1]
        end = start + len(self.source.line(line)) + 1
        return next((region for region in self._from(start) if region.start < end), None)

    def _from(self, start: int) -> Iterator[Region]:
        """The regions that end after a place."""
        at = bisect_right(self.found, start, key=lambda region: region.end)
        return iter(self.found[at:])

    def is_outside(self, line: int) -> bool:
        """Whether no region lies on a line."""
        return line not in self._cuts

    def outside(self, line: int, start: int, end: int) -> Iterator[Span]:
        """What of a part of a line lies in no region."""
        for first, last in self._cuts.get(line, ()):
            if start < min(first, end):
                yield Span(line, start, min(first, end))
            start = max(start, last)
        if start < end:
            yield Span(line, start, end)

    def is_covered(self, line: int) -> bool:
        """Whether a line holds something, and all of it lies in regions."""
        if line not in self._cuts:
            return False
        raw = self.source.line(line)
        rest = "".join(raw[span.col_start : span.col_end] for span in self.outside(line, 0, len(raw)))
        return not rest.strip(" \t>*\\")


def _elements(text: str) -> Iterator[Region]:
    small = text.lower()
    for opening, closing, kind in _ELEMENTS:
        at = small.find(opening)
        while at >= 0:
            end = _closing(small, opening, closing, at + len(opening))
            if end < 0:
                break
            yield Region(kind, at, end + len(closing))
            at = small.find(opening, end)


def _closing(text: str, opening: str, closing: str, at: int) -> int:
    """Where an element ends that may hold others of its kind; -1 where it does not."""
    end = text.find(closing, at)
    inner = text.find(opening, at) if opening == "<table" else -1
    while 0 <= inner < end:
        inner = text.find(opening, inner + len(opening))
        end = text.find(closing, end + len(closing))
    return end


_DIVISION = re.compile(r"^[ ]{0,3}:{3,}[ \t]*(\{[^{}\n]{1,200}\}|[\w-]+)?[ \t]*:*$", re.MULTILINE)
_OF_CAPTIONS = re.compile(r"caption|figure|footnote", re.IGNORECASE)


def _divisions(text: str) -> Iterator[Region]:
    """Pandoc's divisions that hold captions."""
    opened: list[tuple[int, bool]] = []
    for match in _DIVISION.finditer(text):
        if match[1]:
            opened.append((match.start(), bool(_OF_CAPTIONS.search(match[1]))))
        elif opened:
            start, caption = opened.pop()
            if caption:
                yield Region(RegionKind.CAPTION, start, match.end())


def _pictures(text: str) -> Iterator[Region]:
    if "picture text" in text:
        for match in _PICTURE.finditer(text):
            yield Region(RegionKind.CAPTION, *match.span())


def _definitions(text: str) -> Iterator[Region]:
    for match in _LINK.finditer(text):
        yield Region(RegionKind.DEFINITION, *match.span())
    for match in _NOTE.finditer(text):
        yield Region(RegionKind.NOTE, match.start(), _note_end(text, match.end()), match["label"], match.end())


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def _note_end(text: str, at: int) -> int:
    """Where the words of a defined note end: at an empty line that no indented one follows, or the next definition."""
    end = at
    blank = False
    for match in _LINE.finditer(text, at):
        line = match[0]
        if not line:
            break
        if match.start() > at and line.strip():
            goes_on = line.startswith(("    ", "\t")) if blank else not _NEXT_DEFINITION.match(line)
            if not goes_on:
                break
        blank = not line.strip()
        end = end if blank else match.start() + len(line.rstrip())
    return end
