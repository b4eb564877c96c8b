"""Under which treaty a statement belongs, where one summary tells of several examinations.

Takes the statements of a document and its examinations. Gives the statements with `treaties`: that of the nearest
heading above, else the one its own words cite, else all. Nothing to do for a document of one examination.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.model import Citation, Examination, Statement
from generator.recognise import cited_treaties
from generator.vocabulary import Vocabulary, level


def file_statements(
    statements: Iterable[Statement], examinations: Sequence[Examination], vocabulary: Vocabulary
) -> list[Statement]:
    """The statements, each with the treaties it belongs to."""
    examined = tuple(examination.treaty.value for examination in examinations if examination.treaty)
    if len(examined) < 2:
        return list(statements)
    filing = _Filing(examined, vocabulary)
    return [filing.filed(statement) for statement in statements]


class _Filing:
    def __init__(self, examined: tuple[str, ...], vocabulary: Vocabulary) -> None:
        self.examined = examined
        self.treaties = vocabulary.treaties
        self.main: Statement | None = None

    def filed(self, statement: Statement) -> Statement:
        """One statement; what is told inside a sentence goes with it."""
        self.main = self.main if statement.embedded and self.main else statement
        treaties = self._of_headings(self.main.section.path) or self._of_words(self.main.text)
        return replace(statement, treaties=treaties, cites=tuple(self._cites(statement, treaties)))

    def _of_headings(self, path: Sequence[str]) -> tuple[str, ...]:
        """The treaties of the nearest heading that names any, by title or as a section that only its reports have."""
        for title in reversed(path):
            named = self._named(title)
            named |= {id_ for id_ in self.examined if self.treaties.by_id[id_].heads(level(title))}
            if named:
                return self._in_order(named)
        return ()

    def _of_words(self, text: str) -> tuple[str, ...]:
        named = self._named(text)
        return self._in_order(named) if len(named) == 1 else self.examined

    def _named(self, text: str) -> set[str]:
        return {treaty.id for treaty, _, _ in cited_treaties(level(text), self.treaties)} & set(self.examined)

    def _in_order(self, named: set[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in self.examined if id_ in named)

    def _cites(self, statement: Statement, treaties: tuple[str, ...]) -> Iterable[Citation]:
        """ "The Protocol" is that of the statement; where it belongs to several, nobody knows which."""
        for cited in statement.cites:
            if cited.id not in self.examined or self._named(cited.text):
                yield cited
            elif len(treaties) == 1:
                yield replace(cited, id=treaties[0])
