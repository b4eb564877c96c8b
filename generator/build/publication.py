"""A site written whole or in part: what was read becomes pages, data and a search index on disk, and is checked.

Takes a `Project` and, from the theme, shells for our pages. Gives the finished site; of one that stands already, with
its manifest, everything that rests on the same as before is kept.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from generator.build import inputs
from generator.build.inputs import digest
from generator.build.links import LinkCheck, check_links
from generator.build.manifest import Manifest, opened
from generator.build.output import Output
from generator.build.project import Project
from generator.build.reading import Progress, Reading, read_project
from generator.build.standing import Standing, identity
from generator.build.theme import Theme
from generator.build.whole import made_whole
from generator.corpus import PublishedExamination
from generator.exports import EXAMINATION_FILES, examination_files, export_files
from generator.pages import Plan, plan
from generator.pages.page import Page
from generator.pages.stamps import Stamps
from generator.render import HOME_MARK, Renderer
from generator.search import search_files

ASSETS = "assets/sessional/"
_silent: Progress = lambda _what, _done, _of: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a site needs but the theme: what was read, the pages planned, the renderer."""

    reading: Reading
    plan: Plan
    renderer: Renderer

    def home(self) -> str:
        """The living part of the home page."""
        return self.renderer.home(self.plan.home)

    def shapes(self) -> set[str]:
        """The shapes of pages, and the addresses of those that may stand in the navigation."""
        return {text for page in self.plan.pages for text in (page.shape, page.address if page.depth == 1 else "")}

    def write(
        self,
        output: Output,
        theme: Theme,
        theme_key: bytes = b"",
        progress: Progress = _silent,
        called: Path | None = None,
    ) -> LinkCheck:
        """Write pages, data, search index and assets into the theme's site, and check the whole.

        `called` is the folder of the site that messages name, where it is built in another. With the key of the
        theme, what rests on the same as in the site before is taken from there.
        """
        if theme_key:
            stamps, base = self._stamps(theme_key)
            self._pages(theme, output, lambda page: digest([base, stamps.of(page)]), progress)
            self._beside(output, lambda one: digest([base, stamps.examination(one.key)]))
        else:
            self._pages(theme, output, lambda _page: b"", progress)
            self._beside(output, lambda _one: b"")
        if theme.home:
            output.write("index.html", theme.home.replace(HOME_MARK, self.home()).encode())
        for name, data in self._files():
            stamp = digest([data]) if theme_key else b""
            if not output.take([name], stamp):
                output.write(name, data, stamp)
        site_url = self.reading.project.site_url
        if site_url:
            addresses = sorted({*theme.hand_written, *(page.address for page in self.plan.pages)})
            output.write("sitemap.xml", _sitemap(site_url, addresses))
        base_path = urlsplit(site_url).path if site_url else "/"
        return check_links(output.site, self.reading.project.shown(called or output.site), base_path or "/")

    def _stamps(self, theme_key: bytes) -> tuple[Stamps, bytes]:
        """What tells pages apart, and what all of them rest on."""
        project, reading = self.reading.project, self.reading
        told = repr((reading.diagnostics, reading.withheld)).encode()
        base = digest(
            [
                inputs.vocabularies(project),
                inputs.templates(project),
                theme_key,
                f"{project.site_url} {project.largest_page}",
            ]
        )
        return Stamps(self.plan.views, reading.keys, told), base

    def _pages(self, theme: Theme, output: Output, stamp_of: Callable[[Page], bytes], progress: Progress) -> None:
        total = len(self.plan.pages)
        for number, page in enumerate(self.plan.pages):
            progress("writing", number, total)
            name, stamp = f"{page.address}index.html", stamp_of(page)
            if not output.take([name], stamp):
                output.write(name, self.renderer.page(page, theme.shell(page)).encode(), stamp)
        progress("writing", total, total)

    def _beside(self, output: Output, stamp_of: Callable[[PublishedExamination], bytes]) -> None:
        """What stands beside the pages of each examination."""
        for examination in self.reading.corpus.examinations.values():
            names, stamp = [f"{examination.address}{name}" for name in EXAMINATION_FILES], stamp_of(examination)
            if not output.take(names, stamp):
                for name, data in examination_files(self.plan.views, examination):
                    output.write(name, data, stamp)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """What is made of the whole collection, and the assets."""
        yield from export_files(self.reading.corpus).items()
        yield from search_files(self.plan.views, self.plan.pages)
        for path in sorted((self.reading.project.templates / "assets").iterdir()):
            yield f"{ASSETS}{path.name}", path.read_bytes()


def prepare(project: Project, progress: Progress = _silent, manifest: Manifest | None = None) -> Publication:
    """Read the sources and plan the site. Raises DatafileError where a vocabulary cannot be used."""
    reading = read_project(project, progress, manifest=manifest)
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


def publish(
    project: Project,
    site: Path,
    make_theme: Callable[[Publication, Path], Theme],
    progress: Progress = _silent,
    clean: bool = False,
) -> tuple[Publication, LinkCheck]:
    """Build a site in its place: what changed since the last time, or all (`clean`); the bytes are the same either way.

    `make_theme` lets the theme write its part into a folder. Raises DatafileError where a vocabulary cannot be used,
    SiteInUseError where another build is at work; the site that stood there stands whenever this raises.
    """
    site = site.resolve()
    with made_whole(site) as folder, opened(site, clean) as manifest:
        standing = Standing(project.root, project.sources, project.overlays)
        publication = prepare(project, progress, manifest)
        manifest.commit()  # what was read is worth keeping whatever becomes of this build
        before = site if identity(site) == manifest.about("site") else None
        output = Output(folder, before, manifest.keys("file"))
        key = inputs.theme(project, publication.shapes())
        theme = manifest.find("theme", "", key)
        if theme is None or not output.take(theme.files, key):
            theme = make_theme(publication, folder)
            output.note(theme.files, key)
            manifest.keep("theme", [("", key, theme)])
        check = publication.write(output, theme, key, progress, called=site)
        manifest.replace("file", output.keys)
        manifest.tell({"site": identity(folder), "state": standing.state, "counts": ""})
        manifest.commit()
    return publication, check


def _templates(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for part in ("pages", "partials")
        for path in sorted((folder / part).rglob("*.j2"))
    }


def _sitemap(site_url: str, addresses: Sequence[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(site_url + address, quote=False)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()
