"""What a printed page carries besides its text: page numbers, running heads, marks of a page's end.

Takes the draft and the patterns of the vocabulary. What cuts a sentence in two, or comes back on every
page, is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from generator.model import BlockKind
from generator.parse.draft import Draft, Part
from generator.parse.shape import BEGINS_LOWER, ENDS, SHORTEST_CUT, is_broken, stands_alone
from generator.text.passage import Passage
from generator.vocabulary import fold, level

_DIGITS = re.compile(r"\d+")
_FIRST_WORDS = 40  # characters
_LONGEST_TITLE = 500
_SHORTEST_HEAD = 12
_FEWEST_HEADS = 3


def find_repeated_title(draft: Draft) -> None:
    """The title again, as the running head of a later page."""
    title = fold(draft.title.text) if draft.title else ""
    for part in draft.body:
        if title and _folds_to(part.text, title):
            part.kind, part.rule = BlockKind.FURNITURE, "repeated-title"


def _folds_to(text: str, folded: str) -> bool:
    """Whether a text is this one when folded; most differ in their first words, so that the rest need not be."""
    first_words = fold(text[:_FIRST_WORDS]).rpartition(" ")[0]  # without the last, which may be cut
    return folded.startswith(first_words) and fold(text) == folded


_ONLY_MARKS = (BlockKind.BLANK, BlockKind.FURNITURE, BlockKind.RULE, BlockKind.MARK)
_MOST_BETWEEN = 5  # lines that a page's end puts between the halves of a sentence
_LONGEST_HEAD = 120


def find_page_ends(draft: Draft) -> None:
    """Running heads and feet: short lines that stand between the halves of a sentence, and those alike elsewhere."""
    known = draft.known_headings
    for heads in (_that_come_back(draft), _that_cut(draft)):
        for words, parts in heads.items():
            parts = [part for part in parts if fold(part.text) not in known]
            if not words or not parts:
                continue
            for part in parts:
                part.kind, part.rule = BlockKind.FURNITURE, "repeated-line"
            draft.note(parts[0].first, "P001", f"taken for furniture (repeated-line): {parts[0].text[:60]!r}")


def _that_come_back(draft: Draft) -> dict[str, list[Part]]:
    """Short lines alike but for their numbers of which one cuts a sentence, or two stand at marks of a page's end."""
    parts = [part for part in _from_first_sentence(draft) if part.kind is not BlockKind.BLANK]
    alike: dict[str, list[int]] = {}
    for index, part in enumerate(parts):
        if _is_short(part):
            alike.setdefault(_without_digits(part.text), []).append(index)
    found = {}
    for words, indexes in alike.items():
        cuts = any(_cuts(parts, index, words) for index in indexes)
        headings = any(parts[index].kind is BlockKind.HEADING for index in indexes)
        marked = sum(_is_at_page_end(parts, index) for index in indexes)
        if len(indexes) > 1 and (cuts or (marked > 1 and not headings)):
            found[words] = [parts[index] for index in indexes]
    return found


def _cuts(parts: list[Part], index: int, words: str) -> bool:
    """Whether a line stands between the halves of a sentence."""
    before = next((p for p in reversed(parts[max(0, index - _MOST_BETWEEN) : index]) if _is_text(p, words)), None)
    after = next((p for p in parts[index + 1 : index + 1 + _MOST_BETWEEN] if _is_text(p, words)), None)
    if before is None or after is None or before.kind is BlockKind.HEADING:
        return False
    return after.kind is not BlockKind.HEADING and _are_halves(before, after)


def _is_text(part: Part, words: str) -> bool:
    text = part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)
    return text and _without_digits(part.text) not in ("", words)


def _is_at_page_end(parts: list[Part], index: int) -> bool:
    beside = parts[max(0, index - 1) : index] + parts[index + 1 : index + 2]
    return any(part.kind in (BlockKind.FURNITURE, BlockKind.RULE) for part in beside)


_OPENING = (BlockKind.TITLE, BlockKind.SESSION_LINE, BlockKind.CONTENTS, BlockKind.HEADING, BlockKind.MASTHEAD)


def _from_first_sentence(draft: Draft) -> list[Part]:
    """The parts from the block with the first sentence on: short lines before it are those of a title page."""
    start = 0
    for index, part in enumerate(draft.parts):
        if part.kind in _OPENING:
            start = index + 1
        elif part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _is_prose(part.text):
            return draft.parts[start:]
    return []


def _is_prose(text: str) -> bool:
    return len(text) >= _LONGEST_HEAD or (len(text) >= SHORTEST_CUT and bool(ENDS.search(text)))


def _that_cut(draft: Draft) -> dict[str, list[Part]]:
    """Short lines that stand once, between the halves of a sentence."""
    found: dict[str, list[Part]] = {}
    for gap, cuts in _gaps(draft):
        for part in gap if cuts else ():
            if part.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
                found.setdefault(_without_digits(part.text), []).append(part)
    return found


def _without_digits(text: str) -> str:
    return _DIGITS.sub("", fold(text)).strip()


def _gaps(draft: Draft) -> Iterator[tuple[list[Part], bool]]:
    """Runs of short blocks between two paragraphs, and whether they cut a sentence in two."""
    before: Part | None = None
    gap: list[Part] = []
    for part in _from_first_sentence(draft):
        if part.kind in (BlockKind.TITLE, BlockKind.SESSION_LINE, BlockKind.CONTENTS):
            before, gap = None, []
        elif part.kind in _ONLY_MARKS or _is_short(part):
            gap.append(part)
        elif part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            cuts = before is not None and _are_halves(before, part) and _count(gap) <= _MOST_BETWEEN
            if _count(gap):
                yield gap, cuts
            before, gap = part, []
        elif part.kind is BlockKind.HEADING:
            before, gap = None, [*gap, part] if len(part.text) < _LONGEST_HEAD else []
    if _count(gap):
        yield gap, False


def _is_short(part: Part) -> bool:
    """Whether a block could be the head or foot of a page: one short line that nothing ends, a heading perhaps."""
    if part.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or part.row or BEGINS_LOWER.match(part.text):
        return False
    return stands_alone(part) and not is_broken(part)


def _count(gap: list[Part]) -> int:
    return sum(part.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) for part in gap)


def _are_halves(before: Part, after: Part) -> bool:
    return not ENDS.search(before.text) and bool(BEGINS_LOWER.match(after.text))


def free_furniture(draft: Draft) -> None:
    """Page numbers and running heads that stand between the lines of a paragraph become parts of their own.

    A line as short as that is no line of the paragraph: the first word of the next would have fitted on it.
    """
    title = fold(draft.title.text) if draft.title else ""
    repeated = _repeated_lines(draft)
    parts: list[Part] = []
    for part in draft.parts:
        if part.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or part.first == part.last or not part.passage:
            parts.append(part)
            continue
        runs = [
            (rule, [number for number, _ in run])
            for rule, run in groupby(_ruled_lines(draft, part, title, repeated), key=lambda line: line[1])
        ]
        if len(runs) == 1:
            parts.append(part)
            continue
        for index, (rule, numbers) in enumerate(runs):
            kind = part.kind if index == 0 and not rule else BlockKind.FURNITURE if rule else BlockKind.PARAGRAPH
            made = Part(kind, numbers[0], numbers[-1], _on(draft, part.passage, numbers), rule=rule, runs_on=index > 1)
            made.whole = _on(draft, part.all_words, numbers)  # type: ignore[arg-type]
            parts.append(made)
            if rule:
                draft.note(made.first, "P001", f"taken for furniture ({rule}): {made.text[:60]!r}")
    draft.parts = parts


def _on(draft: Draft, passage: Passage, numbers: list[int]) -> Passage:
    """What of a passage stands on these lines."""
    pieces = [piece for piece in passage.pieces if piece.line in numbers]
    return Passage.of_words(draft.source, pieces, [call for call in passage.calls if call.line in numbers])


_PARAGRAPH_NUMBER = re.compile(r"\W{0,3}\d{1,3}(?:\.\d{1,3})?[.)]\s|\W?\(?[a-z]\)\s")


def _repeated_lines(draft: Draft) -> set[str]:
    """Lines inside paragraphs that come back with a number that rises from page to page, folded, without it."""
    seen: dict[str, list[int]] = {}
    for part in draft.parts:
        if part.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and part.passage and part.first < part.last:
            for _, start, end in part.passage.lines():
                text = part.passage.text[start:end].strip()
                if not _SHORTEST_HEAD <= len(text) < _LONGEST_HEAD:
                    continue
                numbers = _DIGITS.findall(text)
                if len(numbers) == 1 and _may_be_head(text):
                    seen.setdefault(_without_digits(text), []).append(int(numbers[0][:9]))
    return {
        words
        for words, numbers in seen.items()
        if words and len(numbers) >= _FEWEST_HEADS and numbers == sorted(set(numbers))
    }


def _may_be_head(text: str) -> bool:
    return not ENDS.search(text) and not BEGINS_LOWER.match(text) and not _PARAGRAPH_NUMBER.match(text)


def _ruled_lines(draft: Draft, part: Part, title: str, repeated: set[str]) -> list[tuple[int, str]]:
    """The lines of a paragraph, each with the rule by which it is furniture, or nothing."""
    assert part.passage is not None  # noqa: S101 - the caller looked
    texts = dict.fromkeys(range(part.first, part.last + 1), "")
    texts |= {line: part.passage.text[start:end].strip() for line, start, end in part.passage.lines()}
    if max(map(len, texts.values())) < SHORTEST_CUT and not repeated:
        return [(number, "") for number in texts]
    found = []
    for number, raw in texts.items():
        text = level(raw) if len(raw) < _LONGEST_TITLE else ""
        rule = "repeated-title" if title and text and fold(text) == title else ""
        if text and repeated and _without_digits(text) in repeated and _may_be_head(text):
            rule = rule or "repeated-line"
        for furniture in draft.vocabulary.furniture:
            if text and not furniture.until and not furniture.caption and furniture.pattern.fullmatch(text):
                rule = rule or furniture.id
        # the end of a paragraph may be a number: only after an end mark is it a page's
        if rule and number == part.last and not ENDS.search(texts[number - 1]):
            rule = rule if rule == "repeated-line" else ""
        found.append((number, rule))
    return found


def find_furniture(draft: Draft) -> None:
    """What a printed page carries besides its text, by the patterns of the vocabulary."""
    body = list(draft.body)
    page = 0
    for index, part in enumerate(body):
        if part.kind is BlockKind.FURNITURE:
            continue
        text = level(part.all_words.text if part.all_words else "")
        for furniture in draft.vocabulary.furniture:
            if not furniture.pattern.fullmatch(text):
                continue
            if furniture.caption:
                part.kind, part.rule = BlockKind.CAPTION, furniture.id
                break
            end = index
            if furniture.until:
                ends = (
                    i for i in range(index, min(index + 5, len(body))) if furniture.until.search(level(body[i].text))
                )
                end = next(ends, index)
            for member in body[index : end + 1]:
                member.kind, member.rule = BlockKind.FURNITURE, furniture.id
            number = int(text) if text.isdigit() and len(text) <= 3 else 0
            if furniture.missing:
                draft.note(part.first, "P005", f"a page is missing: {part.text[:60]!r}")
            if furniture.guessed and not page < number <= page + 2:  # the number of the next page is no guess
                draft.note(part.first, "P001", f"taken for furniture ({furniture.id}): {part.text[:60]!r}")
            page = number or page
            break
