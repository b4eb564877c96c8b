"""The site as it would be built, page by page when it is asked for: what an editor sees while writing.

Takes a `Project` and what makes the theme's part. Gives the bytes of any file of the site, made from what the sources
say now. A change costs the reading of what changed; a page costs hardly more than itself, however large the collection.
"""

from __future__ import annotations

import gc
import mimetypes
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from generator.build import inputs
from generator.build.lines import LineFinder
from generator.build.manifest import DamagedError, Memory, opened
from generator.build.project import Project
from generator.build.publication import ASSETS, Publication, load_templates, plan_of
from generator.build.reading import Before, Progress, Reading, read_project, silent
from generator.build.standing import Standing
from generator.build.theme import Theme
from generator.build.watching import Watch
from generator.datafile import DatafileError
from generator.diagnostics import Diagnostic, Severity, render_text
from generator.discovery import NAMES, discovery_files
from generator.exports import (
    EXAMINATION_FILES,
    FOLLOW_FILES,
    PAGE_FILES,
    SITE_FEEDS,
    examination_files,
    export_files,
    follow_files,
    page_files,
    site_feeds,
)
from generator.pages import Page, Plan, find
from generator.pages.home import home_view
from generator.pages.views import Views
from generator.render import HOME_MARK, Renderer
from generator.search import search_files
from generator.skos import theme_files
from generator.vocabulary import Vocabulary

MakeTheme = Callable[[Publication, Path], Theme]


@dataclass(frozen=True)
class Edition:
    """What the sources say at one time, with what was made of it so far."""

    reading: Reading
    renderer: Renderer

    @cached_property
    def views(self) -> Views:
        """Views of the corpus."""
        project = self.reading.project
        return Views(
            self.reading.corpus,
            self.reading.vocabulary,
            project.page_items,
            project.site_url,
            self.reading.registry,
            self.reading.corrections,
        )

    @cached_property
    def plan(self) -> Plan:
        """All pages; only the search and the theme ask for them."""
        return plan_of(self.reading)

    @cached_property
    def data(self) -> dict[str, bytes]:
        """What is made of the whole collection, by name."""
        exported = {name: b"".join(pieces) for name, pieces in export_files(self.plan.views)}
        self.views.sizes.update((name, len(data)) for name, data in exported.items())
        themes = dict(theme_files(self.reading.vocabulary, self.reading.project.site_url))
        self.views.sizes.update((name, len(data)) for name, data in themes.items())
        return {**exported, **themes, **dict(search_files(self.plan.views, self.plan.pages))}


class Preview:
    """The files of a site by name. `refresh` looks whether anything changed; the rest tells of what it found last."""

    def __init__(self, project: Project, site: Path, make_theme: MakeTheme, progress: Progress = silent) -> None:
        """What the manifest of `site` knows is not read again. Raises DatafileError where a vocabulary is no good."""
        self._project, self._make_theme = project, make_theme
        self._memory, self._before = _Memory(), Before()
        self._folder = tempfile.TemporaryDirectory(prefix="sessional-")
        self._theme, self._theme_folder, self._theme_key = Theme({}), Path(self._folder.name), b""
        self._templates = self._vocabulary_key = b""
        self._vocabulary: Vocabulary | None = None
        self._broken: DatafileError | None = None
        self._standing = self._look()
        try:
            with opened(site) as manifest:
                self._memory.behind = manifest.readings
                self.edition = self._read(progress)
        except DamagedError:  # the next build makes it anew
            self._memory.behind = None
            self.edition = self._read(progress)
        self._memory.behind = None
        # What was read first stays: the collector need not walk through it at every change.
        gc.freeze()

    def refresh(self) -> list[Diagnostic] | None:
        """Look, and read what changed. Gives errors and warnings that are new; None if nothing changed."""
        standing = self._look()
        if standing.state == self._standing.state:
            return None
        changed = {Path(path).resolve() for path in standing.changed(self._standing)}
        only_sources = all(map(self._is_source, changed))
        self._memory.unsettled = {self._project.shown(path) for path in changed} if only_sources else None
        if not only_sources:
            self._before = Before()
        before = {one.message for one in self._found()}
        try:
            self.edition = self._read()
            self._broken = None
        except DatafileError as error:
            self._broken = error
        self._standing = standing
        return [one for one in self._found() if one.message not in before]

    def get(self, name: str) -> tuple[bytes, str] | None:
        """A file with its type; None where the site has none of this name."""
        if self._broken and name.endswith(".html"):
            return self._complaint(self._broken), "text/html"
        data = self._made(name)
        return None if data is None else (data, mimetypes.guess_type(name)[0] or "application/octet-stream")

    def watch(self) -> Watch:
        """A word of changes where most are made; what changes elsewhere is seen by who looks."""
        project = self._project
        inside = [one for one in project.source_paths if one.is_dir()]
        beside = [one.parent for one in project.source_paths]
        return Watch((project.root / "content", project.templates, *project.overlays, *inside), (project.root, *beside))

    def lines(self) -> LineFinder:
        """Lines of the files that diagnostics name, as they are now."""
        return LineFinder(self._project.root)

    def _look(self) -> Standing:
        return Standing(self._project.root, self._project.sources, self._project.overlays)

    def _is_source(self, path: Path) -> bool:
        """Whether it is a report or a folder of reports: what is changed there decides of no other report."""
        given = [one.resolve() for one in self._project.source_paths]
        inside = any(one == path or one in path.parents for one in given)
        return inside and (path.is_dir() or path.suffix == ".md")

    def _found(self) -> list[Diagnostic]:
        if self._broken:
            return [self._broken.diagnostic]
        return [one for one in self.edition.reading.diagnostics if one.severity is not Severity.NOTE]

    def _read(self, progress: Progress = silent) -> Edition:
        project = self._project
        key = inputs.vocabularies(project)
        if self._vocabulary is None or key != self._vocabulary_key:
            self._vocabulary, self._vocabulary_key = project.vocabulary(), key
        reading = read_project(project, progress, memory=self._memory, before=self._before, vocabulary=self._vocabulary)
        key = inputs.templates(project)
        if key != self._templates:
            self._templates = key
            self._renderer = Renderer(load_templates(project.templates), project.site_url)
        edition = Edition(reading, self._renderer)
        self._dress(edition)
        return edition

    def _dress(self, edition: Edition, again: bool = False) -> None:
        """Let the theme make its part where what it is made of changed."""
        key = inputs.theme(self._project, ())
        if again or key != self._theme_key:
            publication = Publication(edition.reading, edition.plan, edition.renderer)
            folder = Path(tempfile.mkdtemp(dir=self._folder.name))
            self._theme, self._theme_folder = self._make_theme(publication, folder), folder
            self._theme_key = key

    def _made(self, name: str) -> bytes | None:
        edition = self.edition
        folder, _, last = name.rpartition("/")
        if name == "index.html" and self._theme.home:
            home = edition.renderer.home(home_view(edition.views))
            return self._theme.home.replace(HOME_MARK, home).encode()
        if name in self._theme.files:
            return (self._theme_folder / name).read_bytes()
        if name.startswith(ASSETS):
            path = self._project.templates / "assets" / last
            return path.read_bytes() if name == f"{ASSETS}{last}" and path.is_file() else None
        if name in SITE_FEEDS:
            return dict(site_feeds(edition.views))[name]
        if last in PAGE_FILES or last in FOLLOW_FILES:
            page = self._planned(f"{folder}/")
            if page is None:
                return None
            if last in FOLLOW_FILES:
                return dict(follow_files(edition.views, page)).get(name)
            return dict(page_files(edition.views, page)).get(name)
        if name in NAMES:
            return dict(discovery_files((), self._project.site_url)).get(name)
        if name.startswith(("data/", "search/")) and last != "index.html":
            return edition.data.get(name)
        if last in EXAMINATION_FILES:
            held = (one for one in edition.views.corpus.examinations.values() if one.address == f"{folder}/")
            return next((dict(examination_files(edition.views, one)).get(name) for one in held), None)
        return self._page(f"{folder}/") if last == "index.html" else None

    def _page(self, address: str) -> bytes | None:
        edition = self.edition
        page = self._planned(address)
        if page is None:
            return None
        if address == "data/":
            edition.data  # noqa: B018 - its page tells how large its files are
        if not {page.address, page.shape} & self._theme.shells.keys():
            self._dress(edition, again=True)
        return edition.renderer.page(page, self._theme.shell(page)).encode()

    def _planned(self, address: str) -> Page | None:
        edition = self.edition
        return find(edition.views, address, edition.reading.published_findings, edition.reading.confirmations)

    def _complaint(self, error: DatafileError) -> bytes:
        """A page that shows why there is none."""
        text = escape(render_text([error.diagnostic], self.lines()))
        return (
            f"<!doctype html><html lang=en><title>Cannot be read</title><body><pre>{text}</pre></body></html>".encode()
        )


@dataclass
class _Memory:
    """What was read of each source, in this process; behind it, for the first time, what a manifest knows."""

    held: dict[str, tuple[bytes, Any]] = field(default_factory=dict)
    behind: Memory | None = None
    # What may have changed since it was kept; None where anything may.
    unsettled: set[str] | None = None

    def keys(self) -> dict[str, bytes]:
        if self.behind:
            return self.behind.keys()
        return {name: key for name, (key, _) in self.held.items()}

    def find(self, name: str, key: bytes) -> Any:
        if self.behind:
            found = self.behind.find(name, key)
            if found:
                self.held[name] = (key, found)
            return found
        return self.held[name][1]

    def keep(self, made: Iterable[tuple[str, bytes, Any]]) -> None:
        self.held.update((name, (key, value)) for name, key, value in made)

    def settled(self, name: str) -> bytes:
        sure = self.unsettled is not None and name not in self.unsettled and name in self.held
        return self.held[name][0] if sure else b""

    def forget(self, names: Iterable[str]) -> None:
        for name in names:
            self.held.pop(name, None)
