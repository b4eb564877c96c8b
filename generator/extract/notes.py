"""The notes that a statement's words call.

Takes a passage and a range of its text. Gives `Note`s with the words that stand at the foot of the page, or in the call
itself. Numbering may begin again on each page: the words meant are the first of that label after the call.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Document, Note
from generator.text.passage import Call, Passage


def notes_of(document: Document, passage: Passage, start: int, end: int) -> tuple[Note, ...]:
    """The notes called in `text[start:end]`; those whose words are not in the document are left out."""
    if not passage.calls:
        return ()
    return tuple(note for call in passage.calls_in(start, end) for note in _notes(document, call))


def _notes(document: Document, call: Call) -> Iterator[Note]:
    if call.body:
        words = Passage.of_words(document.source, call.body)
        if words.text:
            yield Note(call.label, words.text, words.spans(0, len(words.text)))
        return
    same = [note for note in document.notes if note.label == call.label]
    after = [note for note in same if note.line >= call.line]
    for note in after[:1] or same[-1:]:
        yield Note(note.label, note.passage.text, note.passage.spans(0, len(note.passage.text)))
