"""Terms of the field on a page: marked where our own text first uses them, and explained in the glossary.

Takes the glossary and what a page says in our words. Gives pieces of text; quotations are not looked at, and so never
changed. Beside them stand notes on names and words of another time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.corpus import PublishedExamination
from generator.model import ReadDocument
from generator.pages.link import Link
from generator.rights import wording_in
from generator.vocabulary import Vocabulary
from generator.vocabulary.glossary import Term
from generator.wording import Wording


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of our own text; `to` leads to the term's explanation where it is used first."""

    text: str
    to: Link | None = None


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with its explanation."""

    anchor: str
    term: str
    definition: str
    source: str
    place: str
    url: str


GLOSSARY = "about/glossary/"


class TermsUsed:
    """Marks the terms of one page, each where it is used first in the order in which texts are given."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._used: set[str] = set()

    def marked(self, text: str) -> tuple[Piece, ...]:
        """The text with each term that the page has not used before."""
        return tuple(self._marked(text))

    def _marked(self, text: str) -> Iterator[Piece]:
        for piece, term in self._vocabulary.glossary.cut(text):
            if term is None or term.id in self._used:
                yield Piece(piece)
            else:
                self._used.add(term.id)
                yield Piece(piece, Link(piece, GLOSSARY, f"term-{term.id}"))


def explained(vocabulary: Vocabulary, term: Term) -> TermView:
    """A term with its explanation and the document that says so."""
    url = vocabulary.symbols.link(term.source)
    return TermView(f"term-{term.id}", term.term, term.definition, term.source, term.place, url)


def notes_in_time(vocabulary: Vocabulary, examination: PublishedExamination, codes: Iterable[str]) -> Iterator[str]:
    """What a title's words are called today, and which States of `codes` the document calls by an earlier name."""
    if examination.treaty and (note := vocabulary.treaties.by_id[examination.treaty].note):
        yield note
    for code in codes:
        for document in examination.documents:
            if name := earlier_name_in(vocabulary, document, code):
                what = "digest" if wording_in(document) is Wording.PARAPHRASED else "document"
                yield f"{vocabulary.states[code].short} is called “{name}” in this {what}."
                break


def earlier_name(vocabulary: Vocabulary, examination: PublishedExamination, code: str) -> str:
    """The earlier name by which an examination's documents call a State; empty if none, or if only we call it so."""
    quoted = (one for one in examination.documents if wording_in(one) is Wording.QUOTED)
    return next(filter(None, (earlier_name_in(vocabulary, one, code) for one in quoted)), "")


def earlier_name_in(vocabulary: Vocabulary, document: ReadDocument, code: str) -> str:
    """The earlier name by which a document calls a State that has another today; empty if none.

    An earlier name that is part of one of today's ("Macedonia" in "North Macedonia") tells nothing there.
    """
    state = vocabulary.states[code]
    earlier = sorted({name for name, _ in state.former}, key=lambda name: (-len(name), name))
    names = [name for name in earlier if name not in (state.short, state.formal)]
    if not names:
        return ""
    today = [name for name in (state.formal, state.short) if any(old in name for old in names)]
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, (*today, *names)))})(?![\w-])")
    text = document.document.source.text
    if any(name in text for name in names):
        return next((match[0] for match in words.finditer(text) if match[0] in names), "")
    return ""
