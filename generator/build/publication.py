"""A site written whole or in part: what was read becomes pages, data and a search index on disk, and is checked.

Takes a `Project` and, from the theme, shells for our pages. Gives the finished site; of one that stands already, with
its manifest, everything that rests on the same as before is kept.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from generator.build import inputs
from generator.build.executors import AUTO, collected_seldom
from generator.build.links import LinkCheck, PageLinks, SiteLinks, page_links
from generator.build.manifest import DamagedError, Manifest, opened
from generator.build.neighbours import Neighbours
from generator.build.output import Output, remove
from generator.build.project import Project
from generator.build.reading import Progress, Reading, read_project, silent
from generator.build.rendering import make_each
from generator.build.standing import Standing, identity
from generator.build.theme import Theme
from generator.build.whole import made_whole
from generator.diagnostics import Diagnostic
from generator.discovery import discovery_files
from generator.exports import (
    EXAMINATION_FILES,
    PAGE_FILES,
    examination_files,
    export_files,
    file_kinds,
    follow_files,
    list_tables,
    site_feeds,
    state_file_names,
    state_files,
    with_statements,
)
from generator.pages import Page, Plan, plan
from generator.pages.stamps import Stamps, digest
from generator.registry import lost_addresses, lost_files
from generator.render import HOME_MARK, Renderer
from generator.search import search_files
from generator.skos import theme_files

ASSETS = "assets/sessional/"

_MakeFiles = Callable[[], Iterable[tuple[str, bytes]]]


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
        progress: Progress = silent,
        called: Path | None = None,
        remembered: Remembered | None = None,
    ) -> LinkCheck:
        """Write pages, data, search index and assets into the theme's site, and check the whole.

        `called` is the folder of the site that messages name, where it is built in another. What rests on the same as
        what is `remembered` is taken from there.
        """
        stamps = self._stamps(remembered.theme) if remembered else None
        self._write_beside(output, stamps, progress)
        # Before the pages, because the one about them tells how large they are.
        progress("data of the collection", 0, 1)
        for name, pieces in export_files(self.plan.views, output.read):
            self.plan.views.sizes[name] = output.write(name, pieces)
        site_url = self.reading.project.site_url
        themes = theme_files(self.reading.vocabulary, site_url)
        self.plan.views.sizes.update((name, len(data)) for name, data in themes)
        links = SiteLinks((urlsplit(site_url).path if site_url else "/") or "/")
        anew: list[tuple[Page, bytes]] = []
        progress("comparing pages", 0, 1)
        for page in self.plan.pages:
            name, stamp = f"{page.address}index.html", stamps.of(page) if stamps else b""
            told = remembered.links(name, stamp) if remembered and output.take([name], stamp) else None
            if told is None:
                anew.append((page, stamp))
            else:
                links.add(name, told)
        total, pages = len(anew), [page for page, _ in anew]
        self.renderer.prepare(pages)
        with closing(make_each(pages, partial(self._rendered, theme))) as rendered:
            for number, ((page, stamp), (data, told)) in enumerate(zip(anew, rendered, strict=True)):
                progress("writing", number, total)
                name = f"{page.address}index.html"
                output.write(name, data, stamp)
                links.add(name, told)
                if remembered:
                    remembered.keep(name, stamp, told)
        progress("writing", total, total)
        for name, data in self._files(theme, progress):
            stamp = digest([data]) if stamps else b""
            if not output.take([name], stamp):
                output.write(name, data, stamp)
        output.finish()
        progress("checking links", 0, 1)
        check = links.check(output.site, self.reading.project.shown(called or output.site))
        return replace(check, diagnostics=(*lost_pages(self.reading, self.plan), *check.diagnostics))

    def _write_beside(self, output: Output, stamps: Stamps | None, progress: Progress) -> None:
        """Write all files that are not pages: data, citations, feeds, calendars and those of each examination."""
        views = self.plan.views
        anew: list[tuple[_MakeFiles, bytes]] = []

        def ask(names: Iterable[str], stamp: bytes, make: _MakeFiles) -> None:
            if not output.take(names, stamp):
                anew.append((make, stamp))

        examined: dict[str, list[Page]] = {code: [] for code in with_statements(views)}
        lists: list[tuple[Page, bytes]] = []
        for page in self.plan.pages:
            followed = [one.address for one in page.followed]
            stamp = stamps.files(page) if stamps and (page.holds or followed) else b""
            if page.is_examination and page.holds:
                examined[views.corpus.by_address[page.address].state].append(page)
            if page.has_table and not output.take([one.address for one in page.files], stamp):
                lists.append((page, stamp))
            if followed:
                ask(followed, stamp, partial(follow_files, views, page))
        for code, pages in examined.items():
            stamp = digest(map(stamps.files, pages)) if stamps else b""
            names = (f"{page.address}{name}" for page in pages for name in PAGE_FILES)
            ask((*names, *state_file_names(views, code)), stamp, partial(state_files, views, code, pages))
        for examination in views.corpus.examinations.values():
            stamp = stamps.examination(examination.key) if stamps else b""
            names = (f"{examination.address}{name}" for name in EXAMINATION_FILES)
            ask(names, stamp, partial(examination_files, views, examination))
        total = len(anew)
        with closing(make_each([make for make, _ in anew], _made_whole)) as made:
            for number, ((_, stamp), files) in enumerate(zip(anew, made, strict=True)):
                progress("data beside pages", number, total)
                for name, data in files:
                    output.write(name, data, stamp)
        for name, data in list_tables(views, [page for page, _ in lists], output.read):
            output.append(name, data)
        for page, stamp in lists:
            output.note((one.address for one in page.files), stamp)
        progress("data beside pages", total, total)

    def _rendered(self, theme: Theme, page: Page) -> tuple[bytes, PageLinks]:
        shell = theme.shell(page)
        text = self.renderer.page(page, shell)
        return text.encode(), page_links(text, shell.around)

    def _stamps(self, theme: bytes) -> Stamps:
        """What tells pages apart."""
        project, reading = self.reading.project, self.reading
        known = (inputs.vocabularies(project), inputs.templates(project), theme)
        everywhere = digest([*known, f"{project.site_url} {project.page_items}"])
        return Stamps(self.plan.views, reading.keys, everywhere, repr((reading.diagnostics, reading.withheld)).encode())

    def _files(self, theme: Theme, progress: Progress) -> Iterator[tuple[str, bytes]]:
        """What is made of the whole collection, and the assets."""
        if theme.home:
            yield "index.html", theme.home.replace(HOME_MARK, self.home()).encode()
        progress("search index", 0, 1)
        yield from site_feeds(self.plan.views)
        yield from search_files(self.plan.views, self.plan.pages)
        for path in sorted((self.reading.project.templates / "assets").iterdir()):
            yield f"{ASSETS}{path.name}", path.read_bytes()
        yield from theme_files(self.reading.vocabulary, self.reading.project.site_url)
        addresses = sorted({*theme.hand_written, *(page.address for page in self.plan.pages if not page.stub)})
        yield from discovery_files(addresses, self.reading.project.site_url)


def _made_whole(make: _MakeFiles) -> list[tuple[str, bytes]]:
    """Files as another process sends them."""
    return list(make())


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a manifest knows of the pages that stand: what each refers to. `theme` is the key of the theme's part."""

    manifest: Manifest
    theme: bytes

    def links(self, name: str, stamp: bytes) -> PageLinks | None:
        """What a page has and refers to."""
        found: PageLinks | None = self.manifest.links.find(name, stamp)
        return found

    def keep(self, name: str, stamp: bytes, links: PageLinks) -> None:
        """Remember it for the next build."""
        self.manifest.links.keep([(name, stamp, links)])


def prepare(
    project: Project, progress: Progress = silent, executor: str = AUTO, manifest: Manifest | None = None
) -> Publication:
    """Read the sources and plan the site. Raises what `read_project` raises."""
    reading = read_project(project, progress, executor, memory=manifest.readings if manifest else None)
    progress("planning", 0, 1)
    # What is read and planned stays to the end: the collector need not walk through all of it again and again.
    gc.disable()
    try:
        planned = plan_of(reading)
        gc.freeze()
    finally:
        gc.enable()
    return Publication(reading, planned, Renderer(load_templates(project.templates), project.site_url))


def plan_of(reading: Reading) -> Plan:
    """All pages of what was read."""
    return plan(
        reading.corpus,
        reading.vocabulary,
        reading.published_findings,
        reading.confirmations,
        items=reading.project.page_items,
        site_url=reading.project.site_url,
        registry=reading.registry,
        corrections=reading.corrections,
        hand_written=reading.project.hand_written,
    )


def lost_pages(reading: Reading, planned: Plan | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong with the addresses of pages and files that were published once.

    Of a part, pages are left out on purpose.
    """
    registry, addresses = reading.registry, reading.registry.addresses
    files = tuple(lost_files(registry.files, file_kinds(), registry.ended))
    if reading.project.only or not (addresses.known or addresses.departures):
        return files
    pages = (planned or plan_of(reading)).pages
    real = {page.address for page in pages if not page.stub} | reading.project.hand_written
    told = (page for page in pages if page.stub)
    explained = {page.address for page in told if page.instead or reading.registry.taken_away(page.address)}
    return tuple(sorted((*files, *lost_addresses(addresses, real, explained))))


def publish(
    project: Project,
    site: Path,
    make_theme: Callable[[Publication, Path], Theme],
    progress: Progress = silent,
    executor: str = AUTO,
    clean: bool = False,
    tell: Callable[[str], None] = lambda _said: None,
) -> tuple[Publication, LinkCheck]:
    """Build a site in its place: what changed since the last time, or all (`clean`); the bytes are the same either way.

    `make_theme` lets the theme write its part into a folder; `tell` hears that what the last build left is damaged, and
    that all is made anew. Raises what `read_project` raises, SiteInUseError where another build is at work,
    NotPutAwayError where the site that stood there lies beside the new one; it stands whenever this raises anything
    else.
    """
    try:
        return _publish(project, site.resolve(), make_theme, progress, executor, clean)
    except DamagedError as error:
        if clean:
            raise
        tell(f"{error}; everything is made anew.")
    return _publish(project, site.resolve(), make_theme, progress, executor, clean=True)


def _publish(
    project: Project,
    site: Path,
    make_theme: Callable[[Publication, Path], Theme],
    progress: Progress,
    executor: str,
    clean: bool,
) -> tuple[Publication, LinkCheck]:
    put_by = False
    with collected_seldom(), made_whole(site, lambda: put_by) as folder, opened(site, clean) as manifest:
        standing = Standing(project.root, project.sources, project.overlays)
        publication = prepare(project, progress, executor, manifest)
        manifest.commit()  # what was read is worth keeping whatever becomes of this build
        progress("theme", 0, 1)
        known = manifest.files.keys()
        told_of = manifest.about("site") == identity(site) != ""
        output = _begun(folder, site if told_of else None, Neighbours(site).spare, manifest, known)
        key = inputs.theme(project, publication.shapes())
        theme = manifest.themes.find("", key)
        if theme is None or not output.take(theme.files, key):
            output.begin_anew()
            theme = make_theme(publication, folder)
            output.note(theme.files, key)
            manifest.themes.keep([("", key, theme)])
        check = publication.write(output, theme, progress, site, Remembered(manifest, key))
        progress("putting in place", 0, 1)
        manifest.links.forget(manifest.links.keys().keys() - output.keys.keys())
        manifest.files.replace(output.keys)
        # What is withheld, or gone with its source or page, is not put by.
        published = _published(publication.reading, theme)
        put_by = told_of and published == manifest.about("published")
        manifest.spare.replace(_differences(known, output.keys) if put_by else {})
        about = {"site": identity(folder), "spare": identity(site) if put_by else "", "published": published}
        manifest.tell({**about, "state": standing.state, "counts": ""})
        manifest.commit()
    return publication, check


def _begun(folder: Path, before: Path | None, spare: Path, manifest: Manifest, known: Mapping[str, bytes]) -> Output:
    """Where a site is written, from the one that stands if the manifest tells of it, begun with the one put by."""
    output = Output(folder, before, known)
    if before and manifest.about("spare") == identity(spare) != "":
        output.begin_with(spare, _with_differences(known, manifest.spare.keys()))
    else:
        remove(spare)
    return output


def _published(reading: Reading, theme: Theme) -> str:
    """Of which sources how much is published, and which pages were written by hand, in a few letters."""
    rights = [(one.document.source.path, one.provenance.rights.source_text) for one in reading.documents]
    told = (sorted(rights), reading.withheld, reading.redactions, sorted(theme.hand_written))
    return digest([repr(told)]).hex()


# The files of one site by those of another: what differs, each with its key, and no key where there is no such file.
_NO_FILE = b""


def _differences(known: Mapping[str, bytes], others: Mapping[str, bytes]) -> dict[str, bytes]:
    names = known.keys() | others.keys()
    return {name: known.get(name, _NO_FILE) for name in names if known.get(name) != others.get(name)}


def _with_differences(others: Mapping[str, bytes], differences: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: key for name, key in {**others, **differences}.items() if key != _NO_FILE}


def load_templates(folder: Path) -> dict[str, str]:
    """The page templates by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for part in ("pages", "partials")
        for path in sorted((folder / part).rglob("*.j2"))
    }
