"""Lines of files for the messages about them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.rights import is_about
from generator.text.source import Location, SourceText


class LineFinder:
    """Lines of files that diagnostics name, read once each; none of `restricted` files (see `rights.files_about`)."""

    def __init__(self, root: Path, restricted: Collection[str] = ()) -> None:
        self._root = root
        self._restricted = restricted
        self._texts: dict[str, SourceText | None] = {}

    def __call__(self, place: Location) -> str | None:
        """The line's text; None where the file or line is not there, or its words may not be shown."""
        if is_about(place, self._restricted):
            return None
        if place.path not in self._texts:
            path = next((p for p in (self._root / place.path, Path(place.path)) if p.is_file()), None)
            self._texts[place.path] = SourceText.from_bytes(place.path, path.read_bytes()) if path else None
        text = self._texts[place.path]
        return text.line(place.line) if text and 1 <= place.line <= text.line_count else None
