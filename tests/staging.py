"""Small sites without the theme, for tests of the publishing half."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build import LinkCheck, Output, Project, Publication, Theme, prepare
from generator.pages import StatementView
from generator.pages.paging import ITEMS
from generator.render import BODY, CANONICAL, DESCRIPTION, HEAD, HOME_MARK, TITLE, Shell
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).parents[1]
INVENTED = ROOT / "tests/corpus"


def shown(held) -> list[StatementView]:
    """What a part of a page, or a State's group on it, shows of statements, in order."""
    states = held.states if hasattr(held, "states") else (held,)
    return [item.view for state in states for one in (*state.held, *state.others) for item in one.items]


@dataclass(frozen=True)
class Rehearsal(Project):
    """The project with a vocabulary that was loaded before."""

    known: Vocabulary | None = None

    def vocabulary(self) -> Vocabulary:
        assert self.known is not None
        return self.known


@dataclass(frozen=True)
class Stage:
    """A folder for sources and what stands beside them, and the site made of it."""

    folder: Path
    vocabulary: Vocabulary
    page_items: int = ITEMS

    def put(self, files: Mapping[str, str | bytes]) -> None:
        """Write files; a bare name is a source."""
        for name, text in files.items():
            path = self.folder / (name if "/" in name or name.endswith(".yaml") else f"sources/{name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    @property
    def project(self) -> Project:
        """What the command line would work on."""
        (self.folder / "sources").mkdir(exist_ok=True)
        return Rehearsal(ROOT, (self.folder / "sources",), page_items=self.page_items, known=self.vocabulary)

    def publish(self, files: Mapping[str, str | bytes]) -> Publication:
        """Read these files and plan their site."""
        self.put(files)
        return prepare(self.project)

    def write(self, files: Mapping[str, str | bytes]) -> tuple[Path, LinkCheck]:
        """The site itself, in plain shells, and its check."""
        publication, site = self.publish(files), self.folder / "site"
        return site, publication.write(Output(site), plain_theme(publication, site))


def plain_theme(publication: Publication, site: Path) -> Theme:
    """A theme that adds nothing; it writes a page that ours link to."""
    (site / "about").mkdir(parents=True)
    (site / "about/index.html").write_text("")
    shells = {page.shape: plain_shell() for page in publication.plan.pages}
    return Theme(shells, HOME_MARK, ("about/",), ("about/index.html",))


def plain_shell() -> Shell:
    """A theme's page without a theme."""
    head = f"<title>{TITLE} - Sessional</title><meta name='description' content=\"{DESCRIPTION}\">"
    canonical = f'<link rel="canonical" href="{CANONICAL}">'
    return Shell.cut(f"<html><head>{head}{canonical}{HEAD}</head><body><h1>{BODY}</h1></body></html>")


def framed(content: str, charset: str = '<meta charset="utf-8">') -> str:
    """What the theme makes of a page: its frame with what `generator.slim` takes away."""
    return f"""<!doctype html>
<html lang="en" class="no-js">
  <head>
    {charset}
    <script>__md_scope=new URL("..",location),__md_hash=e=>[...e].reduce(((e,_)=>(e<<5)),0)</script>
  </head>
  <body dir="ltr" data-md-color-scheme="default">
    <input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
    <input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">
    <label class="md-overlay" for="__drawer"></label>
    <div data-md-component="skip">
      <a href="#a" class="md-skip">Skip to content</a>
    </div>
    <div data-md-component="announce">
    </div>
    <header>h</header>
    <main class="md-main" data-md-component="main">
      <div class="md-content" data-md-component="content">
      {content}
      </div>
      <script>var target=document.getElementById(location.hash.slice(1))</script>
    </main>
    <div class="md-dialog" data-md-component="dialog">
      <div class="md-dialog__inner md-typeset"></div>
    </div>
  </body>
</html>
"""
