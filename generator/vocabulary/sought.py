"""Patterns that are searched for only where they can be found.

Takes a pattern. Gives the same matches sooner: most searches find nothing, and to see that a text lacks the letters
which every match has takes a fraction of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from generator.vocabulary.patterns import needs

_MOST = 20  # pieces of text to look for; with more a search is as quick


class Sought:
    """A pattern to search whole texts for."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    @cached_property
    def needs(self) -> tuple[str, ...] | None:
        """Pieces of text one of which every match has; None where that cannot be told, or there are too many."""
        pieces = None if self.pattern.flags & re.IGNORECASE else needs(self.pattern.pattern)
        return tuple(sorted(pieces)) if pieces is not None and len(pieces) <= _MOST else None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self.pattern.search(text) if self._possible(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """All matches in the text."""
        return self.pattern.finditer(text) if self._possible(text) else ()

    def _possible(self, text: str) -> bool:
        return self.needs is None or any(map(text.__contains__, self.needs))
