"""Places where a text is damaged, and the statements that hold them.

Takes statements with their spans. Gives for a place the statements whose words lie around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Statement


@dataclass(frozen=True, slots=True)
class Fault:
    """A damaged place: columns are half-open, from 0. `shown` is what an editor is shown of it."""

    measure: str
    line: int
    start: int
    end: int
    shown: str
    # What stands there, where it does no harm unless it is part of a statement's words.
    hidden: str = ""


class Places:
    """Which statements stand on which part of which line."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._lines: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for index, statement in enumerate(statements):
            edges: dict[int, tuple[int, int]] = {}
            for span in statement.spans:
                start, end = edges.get(span.line, (span.col_start, span.col_end))
                edges[span.line] = min(start, span.col_start), max(end, span.col_end)
            for line, (start, end) in edges.items():
                self._lines[line].append((index, start, end))

    def holding(self, fault: Fault) -> Iterator[int]:
        """The numbers of the statements between whose first and last word on its line the fault stands.

        What is no word, such as a character that does not show, lies between the spans of a statement.
        """
        for index, start, end in self._lines.get(fault.line, ()):
            if start < fault.end and fault.start < end and fault.hidden in self._statements[index].text:
                yield index
