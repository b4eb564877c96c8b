"""The check of the finished site: every internal link and anchor leads somewhere, nothing asks another host.

Takes a site's folder. Gives what it counted and a diagnostic for each fault, at the file and line where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
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


@dataclass(frozen=True, slots=True)
class _Reference:
    target: str
    line: int
    loads: bool


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.twice: list[tuple[str, int]] = []
        self.references: list[_Reference] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in given:
            if given["id"] in self.ids:
                self.twice.append((given["id"], line))
            self.ids.add(given["id"])
        if tag == "a" and given.get("name"):
            self.ids.add(given["name"])
        self._in_style = tag == "style"
        self.references += [_Reference(target, line, loads) for target, loads in _references(tag, given)]

    def handle_data(self, data: str) -> None:
        if self._in_style:
            found = _STYLE_LOADS.finditer(data)
            self.references += [_Reference(match[1], self.getpos()[0], loads=True) for match in found]

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    handle_startendtag = handle_starttag


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
    pages: dict[str, _Page] = {}
    found: list[Diagnostic] = []
    for name in sorted(files):
        if name.endswith(".html"):
            pages[name] = page = _Page()
            page.feed((site / name).read_text(encoding="utf-8"))
            page.close()
            found += [_fault(shown, name, line, f"the id {id_!r} stands twice") for id_, line in page.twice]
        elif name.endswith(".css"):
            found += _foreign_styles(site, shown, name)
    links = anchors = 0
    for name, page in pages.items():
        for reference in page.references:
            parts = urlsplit(reference.target)
            if parts.scheme not in _HARMLESS and not reference.loads:
                found.append(_fault(shown, name, reference.line, f"{reference.target[:80]!r} runs or opens no page"))
                continue
            if parts.scheme or parts.netloc:
                if reference.loads and parts.scheme != "data":
                    place = Location(f"{shown}/{name}", reference.line, 1)
                    found.append(
                        Diagnostic(place, "L004", f"asks {parts.netloc or parts.scheme} for {reference.target[:80]!r}")
                    )
                continue
            links += 1
            target = _target(name, unquote(parts.path), base)
            if target not in files:
                found.append(_fault(shown, name, reference.line, f"{reference.target!r} leads nowhere"))
            elif parts.fragment and target in pages:
                anchors += 1
                if unquote(parts.fragment) not in pages[target].ids:
                    found.append(_fault(shown, name, reference.line, f"{target} has no place {parts.fragment!r}"))
    return LinkCheck(len(pages), links, anchors, tuple(_once(found)))


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


def _target(page: str, path: str, base: str) -> str:
    """The file a link leads to, from the site's root; folders are not resolved: from a stick they open a listing."""
    if not path:
        return page
    if path.startswith("/"):
        inside = path[len(base) :] if path.startswith(base) else path.lstrip("/")
        return inside if inside and not inside.endswith("/") else f"{inside}index.html"
    return normpath(str(PurePosixPath(page).parent / path))
