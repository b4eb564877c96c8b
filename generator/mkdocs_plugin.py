"""The rim towards mkdocs: the theme renders a shell for each shape of page, `build` fills them.

Takes mkdocs' events. Gives mkdocs placeholder pages for everything in the navigation and one for each further shape,
collects what the theme makes of them, and calls `build` when mkdocs has written its part. Holds no rule about reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.build import AUTO, ExecutorError, LineFinder, Output, Project, Publication, Theme, prepare
from generator.datafile import DatafileError
from generator.diagnostics import Severity, count, render_text, summary
from generator.pages import Link
from generator.pages import Page as OurPage
from generator.policy import guarded
from generator.render import HEAD, HOME_MARK, PLACEHOLDER, Shell
from generator.slim import slim
from generator.styles import used_rules

# The theme’s scripts, its source maps and its mark: nothing on our pages asks for them.
_UNUSED = re.compile(r"assets/javascripts/.*|assets/.*\.map|assets/images/favicon\.png")
_STYLES = re.compile(r"assets/stylesheets/.*\.css")
_DEEPER = "_"  # folder of placeholders that stand below a part of the navigation


class SessionalConfig(Config):
    """Options in `mkdocs.yml`; the command line sets them too."""

    sources = options.ListOfItems(options.Type(str), default=[])
    vocabularies = options.ListOfItems(options.Type(str), default=[])
    only = options.ListOfItems(options.Type(str), default=[])
    strict = options.Type(bool, default=False)
    executor = options.Type(str, default=AUTO)


class SessionalPlugin(BasePlugin[SessionalConfig]):
    """See the module."""

    def __init__(self) -> None:
        self.publication: Publication | None = None
        # What the theme made; the command line takes it from here and writes the site itself.
        self.theme: Theme | None = None
        self._given = False
        self._placeholders: dict[str, str] = {}
        self._shells: dict[str, Shell] = {}
        self._hand_written: list[str] = []
        self._home = ""
        self._serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Know the development server of mkdocs: it writes a script of its own into each page."""
        self._serving = command == "serve"

    def project(self, config: MkDocsConfig) -> Project:
        """The project that the configuration describes."""
        url = config.site_url or None
        return Project(
            root=Path(config.config_file_path).parent if config.config_file_path else Path.cwd(),
            sources=tuple(Path(p) for p in self.config.sources),
            overlays=tuple(Path(p) for p in self.config.vocabularies),
            only=frozenset(self.config.only),
            site_url=f"{url.rstrip('/')}/" if url else None,
        )

    def give(self, publication: Publication) -> None:
        """Let the theme make its part for what was read and planned before; nothing else is written then."""
        self.publication, self._given = publication, True

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the sources and plan the pages; what stops this stops the build while the old site still stands."""
        if self._given:
            return
        project = self.project(config)
        try:
            self.publication = prepare(project, executor=self.config.executor)
        except DatafileError as error:
            click.echo(render_text([error.diagnostic], LineFinder(project.root)), err=True)
            raise PluginError(f"A vocabulary cannot be used: {error.diagnostic.location}") from None
        except ExecutorError as error:
            raise PluginError(str(error)) from None

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Mount a placeholder for each shape of page, and leave out what no page of ours asks for."""
        for file in [*files]:
            if _UNUSED.fullmatch(file.src_uri):
                files.remove(file)
            elif _STYLES.fullmatch(file.src_uri):
                files.remove(file)
                files.append(File.generated(config, file.src_uri, content=used_rules(file.content_string)))
        self._shells, self._hand_written, self._home = {}, [], ""
        self._placeholders = dict(self._wanted(config))
        for uri in self._placeholders:
            file = File.generated(config, uri, content=PLACEHOLDER)
            if _DEEPER in uri.split("/"):
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
        return files

    def _wanted(self, config: MkDocsConfig) -> Iterator[tuple[str, str]]:
        """Placeholders by file: one for each planned page in the navigation, one for each shape of the others."""
        assert self.publication is not None  # noqa: S101 - on_pre_build made it
        listed = set(_paths(config.nav))
        for page in self.publication.plan.pages:
            if f"{page.address}index.md" in listed:
                yield f"{page.address}index.md", page.address
            else:
                yield "/".join([page.section, *[_DEEPER] * (page.depth - 1), "index.md"]), page.shape

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Keep what the theme made of a placeholder and of the home page; mkdocs writes nothing for them."""
        output = self._finished(output)
        if HEAD in output and page.file.src_uri not in self._placeholders:
            output = self._with_head(output, page, config)
        if HOME_MARK in output:
            self._home = output
            self._hand_written.append("")
            return ""
        serves = self._placeholders.get(page.file.src_uri)
        if serves is None:
            self._hand_written.append(page.file.src_uri.removesuffix("index.md"))
            return output
        try:
            self._shells[serves] = Shell.cut(output)
        except ValueError as error:
            raise PluginError(f"{page.file.src_uri}: {error}") from None
        return ""

    def _with_head(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """A hand-written page with what the head of every page says to machines."""
        assert self.publication is not None  # noqa: S101 - on_pre_build made it
        address = page.file.src_uri.removesuffix("index.md")
        section, _, rest = address.partition("/")
        own = OurPage(
            address,
            "hand-written" if address else "home",
            str(page.meta.get("title") or page.title),
            str(page.meta.get("description") or config.site_description or ""),
            lambda: None,
            (Link(section.capitalize(), f"{section}/"),) if rest else (),
        )
        return self.publication.renderer.hand_written(output, own)

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The site's own map is written with its pages; mkdocs would list placeholders."""
        if template_name == "sitemap.xml":
            return ""
        output_content = output_content.replace(HEAD, "")
        return self._finished(output_content) if template_name.endswith(".html") else output_content

    def _finished(self, html: str) -> str:
        """A page of the theme with what we use of it, and with its policy; nothing of a report is in it yet."""
        try:
            html = slim(html)
            return html if self._serving else guarded(html)
        except ValueError as error:
            raise PluginError(f"The theme cannot be used: {error}") from None

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site, check it, say what was found; an error ends with status 1 after everything else is built."""
        assert self.publication is not None  # noqa: S101 - on_pre_build made it
        site = Path(config.site_dir)
        files = tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()))
        self.theme = Theme(self._shells, self._home, tuple(self._hand_written), files)
        if self._given:
            self._given = False  # mkdocs keeps a plugin that hears of its start from one build to the next
            return
        check = self.publication.write(Output(site), self.theme)
        reading = self.publication.reading
        found = [*reading.diagnostics, *check.diagnostics]
        shown = [d for d in found if d.severity is not Severity.NOTE]
        if shown:
            click.echo(render_text(shown, LineFinder(reading.project.root)), err=True)
        click.echo(f"Sessional: {summary(found)}; {check.links:,} links checked", err=True)
        errors = count(found, Severity.ERROR)
        if errors:
            what = f"{errors} error{'s' if errors != 1 else ''}"
            raise PluginError(f"{what}; the documents they concern are withheld, the rest is built")
        if self.config.strict and count(found, Severity.WARNING):
            raise PluginError("warnings are errors in strict mode")

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Watch what the site is made of."""
        root = Path(config.config_file_path).parent
        for path in (root / "content", root / "templates", *map(Path, self.config.sources)):
            if path.exists():
                server.watch(str(path))
        return server


def _paths(nav: Any) -> Iterator[str]:
    """The files a navigation names, at any depth."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for entry in nav.values():
            yield from _paths(entry)
    elif isinstance(nav, list):
        for entry in nav:
            yield from _paths(entry)
