"""Terms of the field with their explanations, and where they are used in a text of our own.

Takes the glossary as data. Gives the terms, and a text cut at each term it uses; the longest form that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.datafile import Node


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its forms, what it means in our words, and the UN document that says so."""

    id: str
    term: str
    forms: tuple[str, ...]
    definition: str
    source: str
    place: str


class Glossary:
    """All terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._by_form = {form.lower(): term for term in self.terms for form in term.forms}
        forms = sorted(self._by_form, key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)

    def cut(self, text: str) -> Iterator[tuple[str, Term | None]]:
        """The text in pieces, each with the term it is a form of; put together they are the text."""
        at = 0
        for match in self._pattern.finditer(text) if self.terms else ():
            if match.start() > at:
                yield text[at : match.start()], None
            yield match[0], self._by_form[match[0].lower()]
            at = match.end()
        if at < len(text):
            yield text[at:], None


def load_glossary(entries: Iterable[Node]) -> Glossary:
    """Check and build; a form that two terms claim is an error at its place."""
    terms: list[Term] = []
    owner: dict[str, str] = {}
    for entry in entries:
        entry.mapping("id term forms definition source place")
        name = entry.need("term").text()
        term = Term(
            id=entry.need("id").text(),
            term=name,
            forms=(name, *entry.get("forms").texts()),
            definition=entry.need("definition").text(),
            source=entry.need("source").text(),
            place=entry.get("place").value or "",
        )
        for form in term.forms:
            other = owner.setdefault(form.lower(), term.id)
            if other != term.id:
                raise entry.fail(f"the form {form!r} of {term.id} belongs to {other} already")
        terms.append(term)
    return Glossary(terms)
