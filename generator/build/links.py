"""The check of the finished site: every internal link and anchor leads somewhere, nothing asks another host.

Takes a site's folder. Gives what it counted and a diagnostic for each fault, at the file and line where it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostic
from generator.source import Location

# Attributes by which a page asks for something as soon as it is opened or used.
_LOADS = frozenset("src srcset poster action formaction data ping background manifest xlink:href".split())
_LOADED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\";]+)", re.IGNORECASE)
_HARMLESS = frozenset({"", "http", "https", "mailto", "data", "tel"})
_STYLE_LOADS = re.compile(r"""(?:@import\s+(?:url\()?|url\()\s*["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """What was checked, and the faults."""

    pages: int
    links: int
    anchors: int
    diagnostics: tuple[Diagnostic, ...]


# A comment, or a start tag with its attributes: `<a href="x">`, `<IMG SRC=x>`. An end tag refers to nothing, nor does
# a tag with none but attributes that are only shown (`<p class="s-note">`): most tags are such, and are passed over.
_TAG = re.compile(
    r"""<(?:!--.*?(?:-->|\Z)
      | (?!/ | (?!script|style)[a-z0-9]+(?:[ ](?:class|lang|title|scope|role|tabindex|rel|aria-[a-z]+)="[^"]*")*>)
        ([A-Za-z][^\s/>]*)((?>[^"'>]+|"[^"]*"|'[^']*'|["'])*+)>)""",
    re.DOTALL | re.VERBOSE,
)
# One attribute: `href="x"`, `href='x'`, `href=x`, `hidden`.
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>][^\s>]*))?""")
# What stands in these is no HTML.
_RAW_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}


@dataclass(frozen=True, slots=True)
class _Reference:
    target: str
    at: int
    loads: bool


class _Page:
    """The places of a page and what it refers to, each with where in its text it stands."""

    def __init__(self, text: str) -> None:
        self.ids: set[str] = set()
        self.twice: list[tuple[str, int]] = []
        self.references: list[_Reference] = []
        at = 0
        while match := _TAG.search(text, at):
            at = match.end()
            if not match[1]:
                continue
            tag = match[1].lower()
            self._read(tag, _attributes(match[2]), match.start())
            if tag in _RAW_END:
                end = _RAW_END[tag].search(text, at)
                stop = end.start() if end else len(text)
                if tag == "style":
                    found = _STYLE_LOADS.finditer(text, at, stop)
                    self.references += [_Reference(load[1], load.start(), loads=True) for load in found]
                at = stop

    def _read(self, tag: str, given: dict[str, str], at: int) -> None:
        if "id" in given:
            if given["id"] in self.ids:
                self.twice.append((given["id"], at))
            self.ids.add(given["id"])
        if tag == "a" and given.get("name"):
            self.ids.add(given["name"])
        self.references += [_Reference(target, at, loads) for target, loads in _references(tag, given)]


@lru_cache(maxsize=4096)
def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name a browser takes the first."""
    given: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        given.setdefault(name.lower(), html.unescape(value.strip("\"'")))
    return given


@lru_cache(maxsize=65536)
def _split(address: str) -> tuple[str, str, str]:
    """Scheme, host and path of an address without its fragment."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc, unquote(parts.path)


def _references(tag: str, given: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """What a tag refers to, and whether it is loaded without being followed."""
    for name, value in given.items():
        if name in _LOADS:
            yield value, True
        elif name == "style":
            yield from ((match[1], True) for match in _STYLE_LOADS.finditer(value))
        elif name == "href":
            relation = set(given.get("rel", "").split()) if tag == "link" else set()
            if tag == "link" and relation & {"canonical", "alternate"} and not relation & _LOADED_LINKS:
                continue
            yield value, tag not in ("a", "area", "link") or bool(relation & _LOADED_LINKS)
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        yield from ((match[1].strip(), True) for match in _REFRESH.finditer(given.get("content", "")))


def check_links(site: Path, shown: str, base: str = "/") -> LinkCheck:
    """Check a site. `base` is the path the site stands under, for the one page with absolute addresses (404)."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    places: dict[str, set[str]] = {}
    wanted: dict[tuple[str, str], _Wanted] = {}
    found: list[Diagnostic] = []
    links = 0
    for name in sorted(files):
        if name.endswith(".html"):
            text = (site / name).read_text(encoding="utf-8")
            page, folder = _Page(text), name.rpartition("/")[0]
            places[name] = page.ids
            faults = [(at, f"the id {id_!r} stands twice") for id_, at in page.twice]
            for reference in page.references:
                address, _, fragment = reference.target.partition("#")
                scheme, host, path = _split(address)
                if scheme not in _HARMLESS and not reference.loads:
                    faults.append((reference.at, f"{reference.target[:80]!r} runs or opens no page"))
                    continue
                if scheme or host:
                    if reference.loads and scheme != "data":
                        place = Location(f"{shown}/{name}", _line(text, reference.at), 1)
                        message = f"asks {host or scheme} for {reference.target[:80]!r}"
                        found.append(Diagnostic(place, "L004", message))
                    continue
                links += 1
                target = _target(name, folder, path, base)
                if target not in files:
                    faults.append((reference.at, f"{reference.target!r} leads nowhere"))
                elif fragment and target.endswith(".html"):
                    key = (target, unquote(fragment))
                    if key in wanted:
                        wanted[key].times += 1
                    else:
                        wanted[key] = _Wanted(name, reference.at)
            found += [_fault(shown, name, _line(text, at), message) for at, message in faults]
        elif name.endswith(".css"):
            found += _foreign_styles(site, shown, name)
    for (target, fragment), want in wanted.items():
        if fragment not in places[target]:
            line = _line((site / want.name).read_text(encoding="utf-8"), want.at)
            found += [_fault(shown, want.name, line, f"{target} has no place {fragment!r}")] * want.times
    anchors = sum(want.times for want in wanted.values())
    return LinkCheck(len(places), links, anchors, tuple(_once(found)))


@dataclass(slots=True)
class _Wanted:
    """A place that links name: where the first of them stands, and how many they are."""

    name: str
    at: int
    times: int = 1


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _once(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """One diagnostic a fault, where it first stands: navigation repeats the same broken link on every page."""
    same: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        same.setdefault(diagnostic.message.replace("../", ""), []).append(diagnostic)
    for first, *others in same.values():
        hint = f"the same on {len(others)} other page{'s' if len(others) != 1 else ''}" if others else first.hint
        yield replace(first, hint=hint)


def _fault(shown: str, name: str, line: int, message: str) -> Diagnostic:
    return Diagnostic(Location(f"{shown}/{name}", line, 1), "L003", message)


def _foreign_styles(site: Path, shown: str, name: str) -> Iterator[Diagnostic]:
    text = (site / name).read_text(encoding="utf-8")
    for match in _STYLE_LOADS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Diagnostic(Location(f"{shown}/{name}", line, 1), "L004", f"asks another host for {match[1][:80]!r}")


@lru_cache(maxsize=65536)
def _target(page: str, folder: str, path: str, base: str) -> str:
    """The file a link leads to, from the site's root; folders are not resolved: from a stick they open a listing."""
    if not path:
        return page
    if path.startswith("/"):
        inside = path[len(base) :] if path.startswith(base) else path.lstrip("/")
        return inside if inside and not inside.endswith("/") else f"{inside}index.html"
    return normpath(join(folder, path))
