"""Patterns that are searched for only where they can be found.

Takes a pattern. Gives the same matches sooner: most searches find nothing, and to see that a text lacks the letters
which every match has takes a fraction of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from generator.vocabulary.patterns import needs

_MOST = 30  # pieces of text to look for; with more a search is as quick


class Sought:
    """A pattern to search whole texts for."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._any_case = bool(pattern.flags & re.IGNORECASE) or "(?i:" in pattern.pattern

    @cached_property
    def needs(self) -> tuple[str, ...] | None:
        """Pieces of text one of which every match has; None where that cannot be told, or there are too many."""
        pieces = needs(self.pattern.pattern.replace("(?i:", "(?:"))
        if pieces is None or len(pieces) > _MOST:
            return None
        return tuple(sorted({piece.lower() for piece in pieces} if self._any_case else pieces))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self.pattern.search(text) if self.possible(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """All matches in the text."""
        return self.pattern.finditer(text) if self.possible(text) else ()

    def possible(self, text: str) -> bool:
        """Whether a match can be in the text."""
        if self.needs is None:
            return True
        if self._any_case:
            if not text.isascii():  # outside ASCII, letters may match whose small form is another
                return True
            text = text.lower()
        return any(map(text.__contains__, self.needs))
