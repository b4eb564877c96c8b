"""What a reviewer of a change needs, in one folder: the site with a notice on every page, and what differs.

Takes a project, what to compare it with, and what builds a site. Gives a folder with the site, the bundle, the
difference as a page, a comment and data, the findings, pictures of pages, and a page that leads to all of it. The site
is built as ever and marked afterwards, so that a published page knows nothing of previews.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.build.bundle import write_bundle
from generator.build.editions import (
    EditionError,
    built_edition,
    checked_out,
    edition,
    ended_files_of,
    labels_of,
    state_of,
)
from generator.build.lines import LineFinder
from generator.build.links import LinkCheck
from generator.build.output import remove
from generator.build.publication import Publication, load_templates
from generator.build.reading import Progress, silent
from generator.build.whole import made_whole
from generator.changes import Changes, Edition, compare
from generator.changes.rendering import DiffView, escape_markdown, render_json, render_markdown, view
from generator.datafile import DatafileError
from generator.diagnostics import Severity, count, render_text
from generator.render import Renderer
from generator.rights import findings

# Pages whose pictures show a change of look, where no page's content differs; and how many pages are shown at most.
_ALWAYS = ("home", "country", "examination", "theme", "search")
_MOST_SHOWN = 8
_MOST_LISTED = 200
_OF_KIND = "of them "
_NOT_COMPARED = "nothing: there is no branch main to compare with"

Build = Callable[[Path, Path], tuple[Publication, LinkCheck]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a preview is of. `called` is for people: "pull request 12". `against`: a revision, or a built site.

    Without `against` it is the last commit that the working tree has in common with the branch main.
    """

    root: Path
    called: str = ""
    against: str = ""
    screens: bool = True
    # Whether what is read is the project's own content: a revision has no other.
    own_sources: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A preview that stands: its folder, errors and warnings, and whether something published would be lost."""

    folder: Path
    errors: int
    warnings: int
    loses: bool


# --- what its pages show ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice on each page. `top` leads to the preview's own page; empty where that is not at hand."""

    called: str
    commit: str
    against: str
    top: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its file, width, height, and colour scheme."""

    file: str
    width: int
    height: int
    scheme: str

    @property
    def wide(self) -> bool:
        """Whether it is of a desk's screen."""
        return self.width >= 800


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of which there are pictures."""

    title: str
    address: str
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A total before and after; None where it is not known."""

    name: str
    old: str
    new: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that differs: its sign, address, and where it stands; empty where it is gone."""

    sign: str
    address: str
    href: str


@dataclass(frozen=True, slots=True)
class PreviewView:
    """All that the preview's own page shows."""

    notice: Notice
    diff: DiffView | None
    totals: tuple[Row, ...]
    pages: tuple[Listed, ...]
    more_pages: int
    broken: tuple[str, ...]
    screens: tuple[Shown, ...]
    why_screens: str
    findings: str
    bundle_size: str


# --- making it ----------------------------------------------------------------------------------------------------


def write_preview(wanted: Wanted, build: Build, output: Path, progress: Progress = silent) -> Made:
    """Write the folder of a preview, whole or not at all.

    `build` builds the site of a project's folder into another. Raises what it raises, EditionError where there is
    nothing of the name `wanted.against`, ValueError where the site cannot be put on a stick.
    """
    state = state_of(wanted.root)
    commit = f"{state.commit[:10]}{', with changes that are not committed' if state.changed else ''}"
    commit = commit if state.commit else "not recorded"
    name = wanted.called or "the working tree"
    with made_whole(output) as folder:
        folder.mkdir()
        site = folder / "site"
        publication, check = build(wanted.root, site)
        new = built_edition(
            publication, name, f"content of commit {commit}, read by this program", site, check.diagnostics
        )
        against, old = _before(wanted, state.base, state.base_name, build, progress)
        changes = compare(old, new, labels_of(wanted.root), ended_files_of(wanted.root)) if old else None
        renderer = Renderer(load_templates(wanted.root / "templates"))
        reading = publication.reading
        told = [*findings(reading.diagnostics, reading.restricted), *check.diagnostics]
        shown = [one for one in told if one.severity is not Severity.NOTE]
        listed_findings = render_text(shown, LineFinder(wanted.root, reading.restricted), every=True)
        _write(folder / "diagnostics.txt", f"{listed_findings}\n" if listed_findings else "")
        if changes:
            _write(folder / "diff.html", renderer.alone("diff", view(changes)))
            _write(folder / "diff.json", render_json(changes))
            _write(folder / "comment.md", render_markdown(changes, "diff.html"))
        else:
            told_of = escape_markdown(f"Compared with {against}.")
            _write(folder / "comment.md", f"### Preview of {escape_markdown(name)}\n\n{told_of}\n")
        notice = Notice(name, commit, against)
        mark(site, renderer, notice)
        bundle = write_bundle(site, folder / "bundle.zip", (), progress)
        _link_up(site, renderer, notice)
        chosen = _chosen(publication, changes)
        screens, why = _screens(site, folder / "screens", chosen) if wanted.screens else ((), "None were asked for.")
        totals = tuple(_totals(old, new))
        data = {
            "format": "preview/1", "of": name, "commit": state.commit or None, "not_committed": state.changed,
            "against": against, "loses": changes.loses if changes else None,
            "totals": [asdict(row) for row in totals], "bundle": {"bytes": bundle.size, "sha256": bundle.sha256},
        }  # fmt: skip
        _write(folder / "preview.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        listed = tuple(_listed(changes))
        page = PreviewView(
            notice,
            view(changes) if changes else None,
            totals,
            listed[:_MOST_LISTED],
            max(0, len(listed) - _MOST_LISTED),
            tuple(f"{one.location}: {one.message}" for one in new.links or ()),
            screens,
            why,
            listed_findings,
            f"{bundle.size / 1e6:.1f} MB",
        )
        _write(folder / "index.html", renderer.alone("preview", page))
        for left in folder.glob(".site.*"):  # what the next build of a site would have taken up
            remove(left)
    errors, warnings = count(told, Severity.ERROR), count(told, Severity.WARNING)
    return Made(output, errors, warnings, bool(changes and changes.loses))


def _before(wanted: Wanted, base: str, base_name: str, build: Build, progress: Progress) -> tuple[str, Edition | None]:
    """What the preview is compared with, and what that is called."""
    if wanted.against and Path(wanted.against).exists():
        return f"the built site {wanted.against}", edition(wanted.against, wanted.root, progress)
    if not wanted.own_sources:
        return "nothing: sources from elsewhere are compared with a built site only", None
    revision = wanted.against or base
    if not revision:
        return _NOT_COMPARED, None
    called = wanted.against or base_name
    with ExitStack() as stack:
        try:
            there = stack.enter_context(checked_out(revision, wanted.root))
            site = there.root / "site"
            publication, check = build(there.root, site)
        except (EditionError, DatafileError) as error:
            if wanted.against:
                raise
            return f"nothing: {called} cannot be read ({error})", None
        return called, built_edition(publication, called, there.origin, site, check.diagnostics)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


# --- the notice ---------------------------------------------------------------------------------------------------

# Before the head of the page, so that the link which skips it stays the first; else at the page's beginning.
_PLACE = re.compile(r"(?=<header\b)|(?<=<body>)")
_MARK = "<!-- sessional: preview -->"


def mark(site: Path, renderer: Renderer, notice: Notice) -> None:
    """Put the notice on every page, forbid search engines all of them, and take the map away that invites them."""
    banner = renderer.alone("preview-notice", notice)
    robots = '<meta name="robots" content="noindex, nofollow">'
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        text = text.replace("<title>", f"{robots}<title>Preview: ", 1)
        marked = _PLACE.sub(lambda _: f"{_MARK}{banner}{_MARK}", text, count=1)
        _replace(page, marked)
    (site / "sitemap.xml").unlink(missing_ok=True)
    _replace(site / "robots.txt", "User-agent: *\nDisallow: /\n")


def _link_up(site: Path, renderer: Renderer, notice: Notice) -> None:
    """Let the notice lead to the preview's own page, which does not stand beside the bundle's pages."""
    notices: dict[int, str] = {}
    for page in sorted(site.rglob("*.html")):
        depth = len(page.relative_to(site).parts)
        if depth not in notices:
            linked = Notice(notice.called, notice.commit, notice.against, "../" * depth)
            notices[depth] = renderer.alone("preview-notice", linked)
        before, _, after = page.read_text(encoding="utf-8").split(_MARK, 2)
        _replace(page, f"{before}{notices[depth]}{after}")


def _replace(file: Path, text: str) -> None:
    """Write a file anew: the old one may be another's too, by a second name."""
    file.unlink(missing_ok=True)
    _write(file, text)


# --- what is shown of it ------------------------------------------------------------------------------------------


def _totals(old: Edition | None, new: Edition) -> Iterator[Row]:
    before, after = (dict(_counted(one)) if one else {} for one in (old, new))
    for name in (*after, *(name for name in before if name not in after)):
        sides = before.get(name), after.get(name)
        if old and name.startswith(_OF_KIND):  # a kind of which there is none
            sides = sides[0] or 0, sides[1] or 0
        was, now = ("not recorded" if side is None else f"{side:,}" for side in sides)
        yield Row(name, was, now, None not in sides and was != now)


def _counted(one: Edition) -> Iterator[tuple[str, int]]:
    records = one.statements
    yield "documents", len({record["source"]["path"] for record in records})
    yield "examinations", len({record["examination"] for record in records})
    yield "statements", len(records)
    for kind, number in sorted(Counter(record["kind"] for record in records).items()):
        yield f"{_OF_KIND}{kind}", number
    if one.pages is not None:
        yield "pages", len(one.pages)
    if one.links is not None:
        yield "broken links", len(one.links)
    if one.diagnostics is not None:
        for severity in (Severity.ERROR, Severity.WARNING):
            yield f"{severity}s", count(one.diagnostics, severity)


def _listed(changes: Changes | None) -> Iterator[Listed]:
    if changes and (pages := changes.pages):
        for sign, addresses in (("+", pages.added), ("~", pages.changed), ("-", pages.removed)):
            for address in addresses:
                yield Listed(sign, address or "home", "" if sign == "-" else f"site/{address}index.html")


def _chosen(publication: Publication, changes: Changes | None) -> list[tuple[str, str]]:
    """Types of pages and the address of one of each: the first that differs, else those that show a change of look."""
    kinds = {page.address: page.template for page in publication.plan.pages}
    kinds[""] = "home"
    pages = changes.pages if changes else None
    differ = (*pages.added, *pages.changed) if pages else ()
    found = _first_of_each((kinds[address], address) for address in sorted(differ) if address in kinds)
    if not found:
        found = _first_of_each((kind, address) for address, kind in sorted(kinds.items()) if kind in _ALWAYS)
    order = {kind: number for number, kind in enumerate(_ALWAYS)}
    return sorted(found.items(), key=lambda one: (order.get(one[0], len(order)), one))[:_MOST_SHOWN]


def _first_of_each(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, address in pages:
        found.setdefault(kind, address)
    return found


def _screens(site: Path, folder: Path, chosen: Sequence[tuple[str, str]]) -> tuple[tuple[Shown, ...], str]:
    """Pictures of pages, or why there are none."""
    try:
        from generator.build.screens import ScreensError, take_screens  # asks for pipes as Unix has them
    except ImportError:
        return (), "This system cannot hand pipes to a browser."
    wanted = [(kind, site / address / "index.html") for kind, address in chosen]
    try:
        taken: Mapping[str, Sequence[Shot]] = {
            kind: [Shot(f"screens/{one.name}", one.width, one.height, one.scheme) for one in screens]
            for kind, screens in take_screens(wanted, folder).items()
        }
    except ScreensError as error:
        return (), f"No pictures: {error}."
    return tuple(Shown(kind, address, tuple(taken[kind])) for kind, address in chosen), ""
