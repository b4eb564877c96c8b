"""The words of notes that a converter dropped between paragraphs.

Takes the draft after furniture is known. A paragraph is a note where its form says so ("[1] See …"), where a
call of its number stands in the text, or where it is the next of the notes; nobody in the dialogue said it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.model import BlockKind
from generator.parse.draft import Draft, Part
from generator.parse.shape import BEGINS_LOWER, ENDS
from generator.text.passage import Passage
from generator.text.regions import loose_note

_OPEN = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_BETWEEN = (BlockKind.BLANK, BlockKind.FURNITURE, BlockKind.RULE, BlockKind.MARK)


def find_notes(draft: Draft) -> None:
    """Paragraphs that are the words of notes become notes; several in one block become as many."""
    called = _called(draft)
    numbered = bool(draft.family and draft.family.numbered)
    expected = 1
    before = ""
    parts: list[Part] = []
    for part in draft.parts:
        if part.kind not in _OPEN or part.row or not part.passage or part.number:
            parts.append(part)
            before = part.text if part.kind in (*_OPEN, BlockKind.HEADING) else before
            continue
        if parts and _goes_on(parts, part, before):
            part.kind, part.rule = BlockKind.NOTE, "note"
            last = draft.notes[-1]
            passage = Passage.joined(draft.source, [last.passage, part.passage])
            draft.notes[-1] = replace(last, passage=passage)
            parts.append(part)
            continue
        found = loose_note(draft.source.line(part.first))
        label, _, sure = found or ("", 0, False)
        if _leads_back(draft, part):
            found, label, sure = found or ("", 0, True), label or part.marker.strip("().[]"), True
        finished = not before or bool(ENDS.search(before)) or part.kind is BlockKind.HEADING
        following = label.isdigit() and int(label) == expected and not numbered and finished
        if found and (label in called or following or (sure and finished)):
            notes = _notes_in(draft, part, label)
            expected = max((int(n) for n in notes if n.isdigit()), default=expected - 1) + 1
            part.kind, part.rule = BlockKind.NOTE, "note"
            if label not in called:
                draft.note(part.first, "P006", f"taken for the words of note {label}: {part.text[:60]!r}")
        else:
            before = part.text
        parts.append(part)
    draft.parts = parts


_WAY_BACK = re.compile(r"\[[^\w\[\]]{1,6}\]\(#|<a\b[^<>]{0,200}>[^\w<>]{1,6}</a>\s*$")


def _leads_back(draft: Draft, part: Part) -> bool:
    """Whether a block ends in a link that leads back to where a note is called: "[↑](#footnote-ref-2)"."""
    return bool(_WAY_BACK.search(draft.source.line(part.last)))


def _goes_on(parts: list[Part], part: Part, before: str) -> bool:
    """Whether a block is the rest of a note that a page's end cut: the text before the note is finished, it is not."""
    last = next((one for one in reversed(parts) if one.kind not in _BETWEEN), None)
    if last is None or last.kind is not BlockKind.NOTE or last.rule != "note":
        return False
    return not ENDS.search(last.text) and bool(ENDS.search(before)) and bool(BEGINS_LOWER.match(part.text))


def _called(draft: Draft) -> set[str]:
    """The labels that calls in the text name."""
    passages = (part.passage for part in draft.parts if part.passage)
    return {call.label for passage in passages for call in passage.calls if not call.body}


def _notes_in(draft: Draft, part: Part, label: str) -> list[str]:
    """The notes of one block, kept with their labels: each line that begins with the next number begins one."""
    whole = part.all_words
    assert whole is not None  # noqa: S101 - the caller looked
    starts: list[tuple[str, int, int]] = []
    for line, start, _ in whole.lines():
        found = loose_note(draft.source.line(line))
        follows = found is not None and found[0].isdigit() and starts and starts[-1][0].isdigit()
        if not starts or (found and follows and int(found[0]) == int(starts[-1][0]) + 1):
            starts.append((found[0] if found else label, line, start))
    for index, (name, line, start) in enumerate(starts):
        end = starts[index + 1][2] if index + 1 < len(starts) else len(whole.text)
        draft.add_note(name, line, _without_label(draft, whole, start, end, name))
    return [name for name, _, _ in starts]


def _without_label(draft: Draft, whole: Passage, start: int, end: int, label: str) -> Passage:
    text = whole.text[start:end]
    at = 0
    for sign in (f"[{label}]", f"{label}.", f"{label})", label):
        if text.lstrip().startswith(sign):
            at = len(text) - len(text.lstrip()) + len(sign)
            break
    at += len(text[at:]) - len(text[at:].lstrip())
    return whole.part(draft.source, start + at, start + len(text.rstrip()))
