"""The stages strung together: sources in, a site out. The only reader and writer of disk.

Takes a `Project` and, from the theme, one rendered shell for each part of the navigation and depth. Gives the site's
pages, data and search index on disk, and the check of the finished site.
"""

from __future__ import annotations

from pathlib import Path

from generator.build.bundle import Bundle, chosen_states, write_bundle
from generator.build.links import LinkCheck
from generator.build.output import Output
from generator.build.project import Project, Surroundings, find_root
from generator.build.publication import Publication, prepare, publish
from generator.build.reading import Progress, Reading, read_project, read_source
from generator.build.review import Doubt, doubts, skeleton
from generator.build.theme import Theme
from generator.build.whole import SiteInUseError, made_whole
from generator.build.workers import read_each
from generator.source import Location, SourceText

__all__ = [
    "Bundle",
    "Doubt",
    "LineFinder",
    "LinkCheck",
    "Output",
    "Progress",
    "Project",
    "Publication",
    "Reading",
    "SiteInUseError",
    "Surroundings",
    "Theme",
    "chosen_states",
    "doubts",
    "find_root",
    "made_whole",
    "prepare",
    "publish",
    "read_each",
    "read_project",
    "read_source",
    "skeleton",
    "write_bundle",
]


class LineFinder:
    """Lines of files that diagnostics name, read once each."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, SourceText | None] = {}

    def __call__(self, place: Location) -> str | None:
        """The line's text; None where the file or line is not there."""
        if place.path not in self._texts:
            path = next((p for p in (self._root / place.path, Path(place.path)) if p.is_file()), None)
            self._texts[place.path] = SourceText.from_bytes(place.path, path.read_bytes()) if path else None
        text = self._texts[place.path]
        return text.line(place.line) if text and 1 <= place.line <= text.line_count else None
