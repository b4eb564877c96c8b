"""The stages strung together: sources in, a site out. The only reader and writer of disk.

Takes a `Project` and, from the theme, one rendered shell for each part of the navigation and depth. Gives the site's
pages, data and search index on disk, and the check of the finished site.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from generator.build.bundle import Bundle, chosen_states, write_bundle
from generator.build.links import LinkCheck, SiteLinks, page_links
from generator.build.project import Project, Surroundings, find_root
from generator.build.reading import Progress, Reading, read_project, read_source
from generator.build.review import Doubt, doubts, skeleton
from generator.build.whole import SiteInUseError, made_whole
from generator.build.workers import read_each
from generator.exports import export_files, list_files, place_files, starter_files
from generator.pages import Plan, plan
from generator.render import Renderer, Shell
from generator.search import search_files
from generator.source import Location, SourceText

__all__ = [
    "Bundle",
    "Doubt",
    "LineFinder",
    "LinkCheck",
    "Progress",
    "Project",
    "Publication",
    "Reading",
    "SiteInUseError",
    "Surroundings",
    "chosen_states",
    "doubts",
    "find_root",
    "made_whole",
    "prepare",
    "read_each",
    "read_project",
    "read_source",
    "skeleton",
    "write_bundle",
]

ASSETS = "assets/sessional/"


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a site needs but the theme: what was read, the pages planned, the renderer."""

    reading: Reading
    plan: Plan
    renderer: Renderer

    def home(self) -> str:
        """The living part of the home page."""
        return self.renderer.home(self.plan.home)

    def write(
        self,
        site: Path,
        shells: Mapping[str, Shell],
        progress: Progress,
        hand_written: Sequence[str] = (),
        called: Path | None = None,
    ) -> LinkCheck:
        """Write pages, data, search index and assets into the theme's site, and check the whole.

        `shells` holds one for each page in the navigation, by address, and one for each shape of the others;
        `hand_written` are the addresses of the pages that the theme wrote itself; `called` is the folder that messages
        name, where the site is built in another.
        """
        site_url = self.reading.project.site_url
        links = SiteLinks((urlsplit(site_url).path if site_url else "/") or "/")
        total = len(self.plan.pages)
        for number, page in enumerate(self.plan.pages):
            progress("writing", number, total)
            shell = shells.get(page.address) or shells[page.shape]
            name, text = f"{page.address}index.html", self.renderer.page(page, shell)
            _write(site, name, text.encode())
            links.add(name, page_links(text))
        progress("writing", total, total)
        for name, data in self._files():
            _write(site, name, data)
        for name, pieces in export_files(self.reading.corpus):
            _write(site, name, pieces)
        if site_url:
            addresses = sorted({*hand_written, *(page.address for page in self.plan.pages)})
            _write(site, "sitemap.xml", _sitemap(site_url, addresses))
        return links.check(site, self.reading.project.shown(called or site))

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield from search_files(self.plan.views, self.plan.pages)
        yield from place_files(self.plan.views)
        yield from starter_files(self.plan.views)
        yield from list_files(self.plan.views)
        for path in sorted((self.reading.project.templates / "assets").iterdir()):
            yield f"{ASSETS}{path.name}", path.read_bytes()


def prepare(project: Project, progress: Progress = lambda _what, _done, _of: None) -> Publication:
    """Read the sources and plan the site. Raises DatafileError where a vocabulary cannot be used."""
    reading = read_project(project, progress)
    # What was read stays to the end: the collector need not walk through all of it again and again.
    gc.freeze()
    return Publication(
        reading,
        plan(
            reading.corpus,
            reading.vocabulary,
            reading.diagnostics,
            reading.confirmations,
            largest=project.largest_page,
            site_url=project.site_url,
        ),
        Renderer(_templates(project.templates), project.site_url),
    )


def _templates(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for part in ("pages", "partials")
        for path in sorted((folder / part).rglob("*.j2"))
    }


def _write(site: Path, name: str, data: bytes | Iterator[bytes]) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines((data,) if isinstance(data, bytes) else data)


def _sitemap(site_url: str, addresses: Sequence[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(site_url + address, quote=False)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


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
