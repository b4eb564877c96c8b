"""The check of the finished site: every internal link and anchor leads somewhere, nothing asks another host.

Takes the text of each page where it is made, which gives a small `PageLinks`, and at the end the site's folder. Gives
what was counted and a diagnostic for each fault, at the file and line where it stands.
"""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostic
from generator.text.source import Location

# Attributes by which a page asks for something as soon as it is opened or used.
_LOADS = frozenset("src srcset poster action formaction data ping background manifest xlink:href".split())
_LOADED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\";]+)", re.IGNORECASE)
_HARMLESS = frozenset({"", "http", "https", "mailto"})
_STYLE_LOADS = re.compile(r"""(?:@import\s+(?:url\()?|url\()\s*["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """What was checked, and the faults."""

    pages: int
    links: int
    anchors: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What one page has and refers to: all that the check needs of it.

    `wanted` holds the addresses of this site as the page writes them, each with the places named of it; `faults` are
    those that the page alone shows, each as line, code and message.
    """

    ids: frozenset[str]
    wanted: dict[str, tuple[str, ...]]
    links: int
    anchors: int
    faults: tuple[tuple[int, str, str], ...] = ()


# --- one page -----------------------------------------------------------------------------------------------------

# What an attribute that is only shown looks like (most often it is a class), and any attributes at all.
_SHOWN = r"""[ ](?:class|lang|dir|title|scope|role|tabindex|rel|type|for|value|data-[a-z-]+|aria-[a-z]+)="[^"<]*+\""""
_CLASS = r"""(?:[ ]class="[^"<]*+")?+"""
_GIVEN = r"""((?>[^"'>]+|"[^"]*"|'[^']*'|["'])*+)"""
# A start tag, or a comment. An end tag refers to nothing, nor does one whose attributes are only shown: most tags are
# such, and are passed over (but for those with a "<" in an attribute, where another would seem to begin). Of the others
# most have but a link or an id; then those whose content is no HTML.
_TAG = re.compile(
    rf"""<(?!/)(?:
        a{_CLASS}[ ]href="(?P<link>[^"]++)"(?:{_SHOWN})*+>
      | !--.*?(?:-->|\Z)
      | (?!(?!script|style)[a-z0-9]++{_CLASS}(?:{_SHOWN})*+/?>)
        (?: (?!script|style)[a-z0-9]++(?:{_SHOWN})*+[ ]id="(?P<id>[^"]++)"(?:{_SHOWN})*+>
          | (?P<raw>(?i:script|style))(?=[\s/>]){_GIVEN}>(?P<content>[^<]*+(?:(?!</(?i:(?P=raw))\b)<[^<]*+)*+)
          | (?P<tag>[A-Za-z][^\s/>]*){_GIVEN}>))""",
    re.DOTALL | re.VERBOSE,
)
# One attribute: `href="x"`, `href='x'`, `href=x`, `hidden`.
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>][^\s>]*))?""")

_END = "\0"  # stands in no page: ends each id in a text of several
_Reference = tuple[str, bool]  # what a tag refers to, and whether it is loaded without being followed


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a tag gives: ids, names that links may lead to as well, and what it refers to."""

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    references: tuple[_Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a page gives: ids, names, and what it refers to with how often."""

    ids: list[str]
    names: list[str]
    references: Counter[_Reference]


def page_links(text: str, known: Sequence[str] = ()) -> PageLinks:
    """What the text of a page has and refers to. A fault costs a second look at the text, for its line.

    `known` are parts of the text, cut between tags and in their order, that other pages have too: they are read once.
    """
    rest, parts = text, []
    for one in known:
        before, there, after = rest.partition(one)
        if there:
            parts += [_part(before), _known(one)]
            rest = after
    parts.append(_part(rest))
    ids = [one for part in parts for one in part.ids]
    names = [one for part in parts for one in part.names]
    references: Counter[_Reference] = Counter()
    for part in parts:
        references.update(part.references)
    wanted: dict[str, list[str]] = {}
    number = anchors = 0
    sound = len(set(ids)) == len(ids)
    for (target, loads), times in references.items():
        address, _, fragment = target.partition("#")
        scheme, host, path = _split(address)
        if scheme or host:
            sound = sound and _refused(target, loads) is None
            continue
        number += times
        places = wanted.setdefault(path, [])
        if fragment and (not path or path.endswith((".html", "/"))):
            places.append(unquote(fragment))
            anchors += times
    return PageLinks(
        frozenset((*ids, *names)),
        {path: tuple(places) for path, places in wanted.items()},
        number,
        anchors,
        () if sound else tuple(_faults(text)),
    )


def _part(text: str) -> _Part:
    """A part of a page that begins and ends between tags."""
    found = _TAG.findall(text)
    part = _Part([html.unescape(id_) for _, id_, *_ in found if id_], [], Counter())
    for link, times in Counter([one[0] for one in found]).items():
        if link:
            part.references[html.unescape(link), False] = times
    for one in found:
        if not (one[0] or one[1]):
            tag = _tag(*one[2:])
            part.ids.extend(tag.ids)
            part.names.extend(tag.names)
            for reference in tag.references:
                part.references[reference] += 1
    return part


_known = lru_cache(maxsize=256)(_part)


def _tag(raw: str, of_raw: str, content: str, name: str, given: str) -> _Tag:
    """A tag that is more than a plain link or a place; with a style sheet, what that loads."""
    if not raw:
        return _read(name.lower(), given) if name else _Tag()
    tag = _read(raw.lower(), of_raw)
    loaded = _STYLE_LOADS.findall(content) if raw.lower() == "style" else ()
    return replace(tag, references=(*tag.references, *((target, True) for target in loaded)))


@lru_cache(maxsize=4096)
def _read(tag: str, attributes: str) -> _Tag:
    given: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(attributes):
        # Of two with one name a browser takes the first.
        given.setdefault(name.lower(), html.unescape(value.strip("\"'")))
    return _Tag(
        (given["id"],) if "id" in given else (),
        (given["name"],) if tag == "a" and given.get("name") else (),
        tuple(_references(tag, given)),
    )


def _references(tag: str, given: dict[str, str]) -> Iterator[_Reference]:
    for name, value in given.items():
        if name in _LOADS:
            yield value, True
        elif name == "style":
            yield from ((match[1], True) for match in _STYLE_LOADS.finditer(value))
        elif name == "href":
            relation = set(given.get("rel", "").split()) if tag == "link" else set()
            if tag == "link" and "canonical" in relation and not relation & _LOADED_LINKS:
                continue
            yield value, tag not in ("a", "area", "link") or bool(relation & _LOADED_LINKS)
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        yield from ((match[1].strip(), True) for match in _REFRESH.finditer(given.get("content", "")))


@lru_cache(maxsize=65536)
def _split(address: str) -> tuple[str, str, str]:
    """Scheme, host and path of an address without its fragment."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc, unquote(parts.path)


def _refused(target: str, loads: bool) -> tuple[str, str] | None:
    """Why a page may not refer to an address that leaves the site, as code and message; None where it may."""
    scheme, host, _ = _split(target.partition("#")[0])
    if scheme not in _HARMLESS and not loads:
        return "L003", f"{target[:80]!r} runs or opens no page"
    if loads and (scheme or host) and scheme != "data":
        return "L004", f"asks {host or scheme} for {target[:80]!r}"
    return None


def _placed(text: str) -> Iterator[tuple[int, str, bool]]:
    """Every reference with where it stands: at its tag, or where a style sheet loads it."""
    for match in _TAG.finditer(text):
        link, id_, *others = match.groups("")
        references = ((html.unescape(link), False),) if link else _tag(*others).references
        for target, loads in references if not id_ else ():
            inside = match["content"] and text.find(target, match.start("content"), match.end("content"))
            yield inside if inside and inside > 0 else match.start(), target, loads


def _faults(text: str) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a page whatever else the site holds."""
    seen: set[str] = set()
    for match in _TAG.finditer(text):
        _, id_, *others = match.groups("")
        for one in (html.unescape(id_),) if id_ else _tag(*others).ids:
            if one in seen:
                yield _line(text, match.start()), "L003", f"the id {one!r} stands twice"
            seen.add(one)
    for at, target, loads in _placed(text):
        if refused := _refused(target, loads):
            yield _line(text, at), *refused


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


# --- the site -----------------------------------------------------------------------------------------------------


class SiteLinks:
    """What the pages of a site have and refer to, taken one by one and checked when all are there.

    `base` is the path the site stands under, for the one page with absolute addresses (404).
    """

    def __init__(self, base: str = "/") -> None:
        self._base = base
        # The ids of each page in one text, a tenth of a set of them; and by the file that a link leads to, the places
        # it names that are not known to be there.
        self._places: dict[str, str] = {}
        self._wanted: dict[str, set[str]] = {}
        self._faults: dict[str, tuple[tuple[int, str, str], ...]] = {}
        self._links = self._anchors = 0

    def add(self, name: str, page: PageLinks) -> None:
        """Take a page, `name` being its file."""
        folder = name.rpartition("/")[0]
        up = "../" * name.count("/")
        self._places[name] = _END + _END.join(page.ids) + _END
        self._wanted.get(name, set()).difference_update(page.ids)
        self._links += page.links
        self._anchors += page.anchors
        if page.faults:
            self._faults[name] = page.faults
        for path, places in page.wanted.items():
            # Most links begin at the site's root.
            whole = path.startswith(up) and path[:1] not in ("", "/")
            target = path[len(up) :] if whole else _target(folder, path, self._base) or name
            if (wanted := self._wanted.get(target)) is None:
                wanted = self._wanted[target] = set()
            if (known := self._places.get(target)) is not None:
                places = tuple([place for place in places if f"{_END}{place}{_END}" not in known])
            wanted.update(places)

    def check(self, site: Path, shown: str) -> LinkCheck:
        """Check the site, with the pages that nobody has taken yet; `shown` is how messages call its folder."""
        files = frozenset(_files(site))
        for name in files:
            if name.endswith(".html") and name not in self._places:
                self.add(name, page_links(_text(site, name)))
        found = [
            Diagnostic(Location(f"{shown}/{name}", line, 1), code, message)
            for name, faults in self._faults.items()
            for line, code, message in faults
        ]
        for name in files:
            if name.endswith(".css"):
                found += _foreign_styles(site, shown, name)
        if not all(self._leads(target, places, files) for target, places in self._wanted.items()):
            found += self._broken(site, shown, files)
        found.sort(key=lambda one: one.location)
        return LinkCheck(len(self._places), self._links, self._anchors, tuple(_once(found)))

    def _leads(self, target: str, places: set[str], files: frozenset[str]) -> bool:
        target = target if target in files else normpath(target)
        return target in files and all(self._has(target, place) for place in places)

    def _has(self, name: str, place: str) -> bool:
        """Whether a file has a place; one that is no page has any."""
        return name not in self._places or f"{_END}{place}{_END}" in self._places[name]

    def _broken(self, site: Path, shown: str, files: frozenset[str]) -> Iterator[Diagnostic]:
        """Where links stand that lead nowhere: the pages are read again, for nothing was kept of where anything is."""
        for name in self._places:
            text, folder = _text(site, name), name.rpartition("/")[0]
            for at, target, _ in _placed(text):
                address, _, fragment = target.partition("#")
                scheme, host, path = _split(address)
                if scheme or host:
                    continue
                file, place = _target(folder, path, self._base) or name, unquote(fragment)
                if file not in files:
                    message = f"{target!r} leads nowhere"
                elif place and not self._has(file, place):
                    message = f"{file} has no place {place!r}"
                else:
                    continue
                yield Diagnostic(Location(f"{shown}/{name}", _line(text, at), 1), "L003", message)


def check_links(site: Path, shown: str, base: str = "/") -> LinkCheck:
    """Check a site of which nothing is known but its folder."""
    return SiteLinks(base).check(site, shown)


def _files(site: Path) -> Iterator[str]:
    root = os.fspath(site)
    for folder, _, names in os.walk(root):
        inside = folder[len(root) + 1 :].replace(os.sep, "/")
        yield from (f"{inside}/{name}" if inside else name for name in names)


def _text(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def _once(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """One diagnostic a fault, where it first stands: navigation repeats the same broken link on every page."""
    same: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        same.setdefault(diagnostic.message.replace("../", ""), []).append(diagnostic)
    for first, *others in same.values():
        hint = f"the same on {len(others)} other page{'s' if len(others) != 1 else ''}" if others else first.hint
        yield replace(first, hint=hint)


def _foreign_styles(site: Path, shown: str, name: str) -> Iterator[Diagnostic]:
    text = _text(site, name)
    for match in _STYLE_LOADS.finditer(text):
        place = Location(f"{shown}/{name}", _line(text, match.start()), 1)
        yield Diagnostic(place, "L004", f"asks another host for {match[1][:80]!r}")


@lru_cache(maxsize=65536)
def _target(folder: str, path: str, base: str) -> str:
    """The file a link leads to, from the site's root; empty where that is the page itself.

    Folders are not resolved: from a stick they open a listing.
    """
    if path.startswith("/"):
        inside = path[len(base) :] if path.startswith(base) else path.lstrip("/")
        return inside if inside and not inside.endswith("/") else f"{inside}index.html"
    return normpath(join(folder, path)) if path else ""
