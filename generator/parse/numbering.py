"""Numbered paragraphs and the parts of a report, in texts whose family says that they have them.

Takes the draft after furniture is known. Gives headings of parts their role, ends the report where its annex begins,
and gives every numbered paragraph and item its number, which is taken off the words. A number counts only where it is
the next: "2008. The plan" opens no paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import BlockKind
from generator.parse.draft import Draft, Part
from generator.vocabulary import level

_LONGEST_PART_HEADING = 160
_FOOTNOTE_MARK = re.compile(r"[\s*\u2217\u2020\d\[\]().]*$")
_OPEN_BLOCKS = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)


def mark_parts(draft: Draft) -> None:
    """Headings of the family's parts; what follows the heading of the annex is furniture: names of delegates."""
    if draft.family is None or not draft.family.parts:
        return
    ended = begun = False
    for part in draft.parts:
        if ended and part.kind is not BlockKind.BLANK:
            part.kind, part.rule = BlockKind.FURNITURE, "annex"
        if part.kind not in _OPEN_BLOCKS or len(part.text) > _LONGEST_PART_HEADING:
            continue
        text = level(part.text)
        for known in draft.family.parts:
            match = known.heading.match(text)
            if match and _FOOTNOTE_MARK.fullmatch(text, match.end()):
                ended = known.id == "annex" and begun
                if ended or known.id != "annex":
                    part.kind, part.role, part.level = BlockKind.HEADING, known.id, known.level
                begun = begun or known.id == "conclusions"
                break
        else:
            if part.kind is BlockKind.HEADING:
                part.level = 4


# A label at a line's beginning: "92.1. Accede", "69.", "(a)", "-".
_LABEL = re.compile(
    r"""\s?(?:[-\u2022*]\s(?=\d))?
    (?: (?P<main>\d{1,3})\s?[.)](?:\s?(?P<sub>\d{1,3})(?:\s?\.)?(?![\d%]))?(?=[\s(A-Z\u201c"])
      | \((?P<letter>[a-z]{1,2}|[ivx]{1,4})\)(?=\s*["'\u201c]?[^\W\d_])
      | (?P<bullet>[-\u2022\u25cf\u25aa\u00b7\u2013\u2014])(?=\s)
    )\s*""",
    re.VERBOSE,
)
_FINISHED = re.compile(r"[.;:,?!)][\W_]*$|\b(?:and|or)[\W_]*$")
_CHAPEAU = re.compile(r"(?i)\b(?:recommendations?|conclusions?|comments?|commitments?)\b")
_WORDS_AHEAD = 400  # characters that may tell whether a number opens a paragraph
_MOST_LOST = 60  # numbers of paragraphs that a conversion may have lost with whole pages
_MOST_MISSED = 3  # numbers in a row that a conversion may have lost


@dataclass(slots=True)
class _Count:
    """Where the counting stands: the last paragraph, and the last item under it in the conclusions."""

    main: int = 0
    item: int = 0
    letter: str = ""
    before: str = ""  # the words before: a letter opens an item only where they are finished
    listing: bool = False  # in the conclusions, where items are counted under a paragraph
    upcoming: int = 0  # the next number that opens a block to come

    def follows(self, number: int) -> bool:
        """Whether the next number to come is the one after: what was lost before it may be more than a few."""
        return self.upcoming == number + 1


def number_paragraphs(draft: Draft) -> None:
    """The number of every paragraph and item; parts are cut where another begins."""
    if draft.family is None or not draft.family.numbered:
        return
    count = _Count()
    parts: list[Part] = []
    for part, upcoming in zip(draft.parts, _upcoming(draft), strict=True):
        count.upcoming = upcoming
        if part.kind is BlockKind.HEADING and part.role:
            count.listing = part.role in ("conclusions", "commitments")
            count.item = 0
        elif part.kind is BlockKind.HEADING and count.listing and not _is_marked(draft, part):
            part.kind, part.level = BlockKind.PARAGRAPH, 0
        if part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and part.passage:
            parts.extend(_numbered(draft, part, count))
        else:
            parts.append(part)
    draft.parts = parts


def _upcoming(draft: Draft) -> list[int]:
    """For each part, the number with which a part after it begins, the nearest; 0 where none does."""
    found = []
    following = 0
    for part in reversed(draft.parts):
        found.append(following)
        if part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and part.passage:
            label = _LABEL.match(part.all_words.text)  # type: ignore[union-attr]
            if label and label["main"] and not label["sub"]:
                following = int(label["main"])
    return found[::-1]


def _is_marked(draft: Draft, part: Part) -> bool:
    """A heading by hashes: what is only bold and short may be the end of a recommendation, which is bold too."""
    return draft.source.line(part.first).lstrip().startswith("#")


def _numbered(draft: Draft, part: Part, count: _Count) -> Iterator[Part]:
    """A part as the numbered paragraphs and items it holds."""
    whole = part.all_words
    assert whole is not None  # noqa: S101 - the caller looked
    lines = list(whole.lines())
    found: list[tuple[int, str | None, BlockKind, int]] = []
    for index, (line, start, end) in enumerate(lines):
        raw = whole.text[start:end]
        label = _LABEL.match(raw)
        before = whole.text[:start].rstrip()[-80:] if index else count.before
        begins = bool(_FINISHED.search(before)) or (index == 0 and not (label and label["letter"]))
        number = _number(count, label, whole.text[start : start + _WORDS_AHEAD]) if label and begins else None
        if number is not None and label:
            at = label.end()
            if count.listing and (letter := _LABEL.match(raw, at)) and letter["letter"]:
                number, at = f"{number} ({letter['letter']})", letter.end()
                count.letter = letter["letter"]
            kind = BlockKind.PARAGRAPH if label["main"] and not _is_item(number) else BlockKind.ITEM
            found.append((line, number or None, kind, start + at))
        elif index == 0:
            found.append((part.first, None, BlockKind.PARAGRAPH, start))
    if not found:
        yield part
        return
    ends = {line: start for line, start, _ in lines}
    for index, (first, number, kind, start) in enumerate(found):
        following = found[index + 1][0] if index + 1 < len(found) else 0
        last = following - 1 if following else part.last
        end = ends[following] if following else len(whole.text)
        passage = whole.part(draft.source, start, end)
        count.before = passage.text or count.before
        made = Part(kind, part.first if index == 0 else first, last, passage, number=number, whole=passage)
        made.runs_on = part.runs_on and index == 0
        made.row, made.inside, made.states = part.row, part.inside and index == 0, part.states
        yield made


def _is_item(number: str) -> bool:
    return not number.isdigit()


def _number(count: _Count, label: re.Match[str], words: str) -> str | None:
    """What a label is the number of, if it is the next; an empty text for an item that has a mark but no number."""
    if label["letter"]:
        letter = label["letter"]
        if not count.main or letter not in ("a", "i", _next_letter(count.letter)):
            return None
        count.letter = letter
        return f"{_here(count)} ({letter})"
    if label["bullet"]:
        return "" if count.main else None
    main, count.letter = int(label["main"]), ""
    if label["sub"]:
        if count.listing and count.main - 1 <= main <= count.main + _MOST_LOST:
            count.main, count.item = max(main, count.main), int(label["sub"])
            return f"{main}.{label['sub']}"
        return None
    next_main = count.main < main <= count.main + _MOST_MISSED or (
        not count.listing and count.main < main <= count.main + _MOST_LOST and count.follows(main)
    )
    if count.listing and count.main and count.item < main <= count.item + _MOST_MISSED:
        both = next_main and main == count.main + 1
        if not both or not _CHAPEAU.search(words[:260]) or (main == count.item + 1 and not _chapeau_for_sure(words)):
            count.item = main
            return f"{count.main}.{main}"
    if next_main:
        count.main, count.item = main, 0
        return str(main)
    return None


_SURE = re.compile(
    r"(?i)^\W*\d{1,3}\W+(?:all |the |these |other |one )?(?:following |recommendations?|conclusions?|responses?)|"
    r"\b(?:enjoy|examined by|support of|listed below|the following|in the course of)\b"
)


def _next_letter(letter: str) -> str:
    """The letter or small Roman number that follows in a list."""
    romans = "i ii iii iv v vi vii viii ix x".split()
    if letter in romans and letter not in ("i", "v", "x"):
        return romans[(romans.index(letter) + 1) % 10]
    return "ii" if letter == "i" else chr(ord(letter[-1]) + 1) if letter else ""


def _chapeau_for_sure(words: str) -> bool:
    """Whether a number that could be the next item's opens a paragraph of the conclusions."""
    return bool(_SURE.search(words[:260]))


def _here(count: _Count) -> str:
    return f"{count.main}.{count.item}" if count.item else str(count.main)
