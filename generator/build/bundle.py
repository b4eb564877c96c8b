"""The offline bundle: one zip of the site with a page to begin at, the same bytes whenever and wherever it is made.

Takes a built site and, where it is a part of the collection, what the part is called. Gives a zip with the site – as
far as `carried` says, or whole –, `START-HERE.html`, `SELF-CHECK.html`, `LICENCES.txt` and `SHA256SUMS`, and a
`.sha256` beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from html import escape, unescape
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from string import Template
from time import gmtime
from typing import Any

from generator.build.carried import carried_page, is_carried
from generator.policy import guarded
from generator.published import data_files
from generator.vocabulary.states import StateNames

_HOME = Path(__file__).resolve().parents[2]
_EARLIEST = 315532800  # zip knows no time before 1980
_LATEST = 4354819199  # nor after 2107
_LONGEST_PATH = 120  # what old Windows and FAT tools still open below a drive letter
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_TABLES = (
    "<li>Every statement is in a table of its State, in <code>site/data/states/</code>. Tables of single pages, JSON "
    "and feeds are on the web only.</li>\n"
)
_ENOUGH = 16  # digits of a checksum, to find damage
_MOST_NAMES = 4  # that a file's name tells
# What the self-check loads to see whether scripts and styles can be loaded at all; those that are there.
_PROBES = ("search/meta.js", "assets/sessional/sessional.js", "assets/sessional/sessional.css")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written. `size` is that of the zip."""

    path: Path
    files: int
    size: int
    sha256: str
    longest_path: str
    unpacked: int
    examinations: int
    statements: int
    documents: int


@dataclass(frozen=True, slots=True)
class _Content:
    """What the site holds, by its own data."""

    examinations: int = 0
    documents: int = 0
    statements: int = 0
    states: tuple[str, ...] = ()


def write_bundle(
    site: Path,
    target: Path,
    part: tuple[str, ...] = (),
    progress: Callable[[str, int, int], None] = lambda _what, _done, _of: None,
    *,
    whole: bool = False,
) -> Bundle:
    """Zip a site in a fixed order with fixed stamps and modes. `part`: the regions and States it is restricted to.

    `whole`: with every file, also those that say again what the tables of States have.

    Raises ValueError where there is no site, or a name does not suit every stick.
    """
    if not (site / "index.html").is_file():
        raise ValueError(f"{site} holds no site; build it first")
    named = ((path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file())
    files = {f"site/{name}": path for name, path in named if whole or is_carried(name)}
    longest = refuse_unsafe(files)
    held = _content(site)
    contents = _own_files(site, held, part, whole)

    def read(name: str) -> bytes:
        if name in contents:
            return contents[name]
        data = files[name].read_bytes()
        if whole or not name.endswith(".html"):
            return data
        return carried_page(name.removeprefix("site/"), data.decode()).encode()

    stamp = gmtime(max(_EARLIEST, _epoch()))[:6]
    sums: list[tuple[str, int, str]] = []
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, data: bytes) -> None:
            sums.append((name, len(data), hashlib.sha256(data).hexdigest()))
            _add(archive, name, data, stamp)

        names = sorted({*files, *contents})
        for number, name in enumerate(names):
            add(name, read(name))
            progress("zipping", number + 1, len(names))
        add("checksums.js", _checksums(sums, held))
        lines = "".join(f"{digest}  {name}\n" for name, _, digest in sums)
        _add(archive, "SHA256SUMS", lines.encode(), stamp)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(target.name + ".sha256").write_text(f"{digest}  {target.name}\n", encoding="utf-8")
    unpacked = sum(size for _, size, _ in sums) + len(lines.encode())
    size = target.stat().st_size
    return Bundle(
        target, len(sums) + 1, size, digest, longest, unpacked, held.examinations, held.statements, held.documents
    )


def refuse_unsafe(names: Iterable[str]) -> str:
    """The longest of the names. Raises ValueError for one that FAT or Windows cannot hold, or two that they confuse."""
    folded: dict[str, str] = {}
    for name in sorted(names):
        if len(name) > _LONGEST_PATH:
            raise ValueError(f"{name} is longer than {_LONGEST_PATH} characters")
        if _FORBIDDEN.search(name):
            raise ValueError(f'{name!r} holds a character that a stick cannot keep: <>:"|?*\\ or a control character')
        for piece in name.split("/"):
            if piece.endswith((".", " ")):
                raise ValueError(f"{name!r}: {piece!r} ends in a dot or space, which Windows drops")
            if _DEVICE.match(piece):
                raise ValueError(f"{name!r}: {piece!r} is the name of a device on Windows")
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            raise ValueError(f"{name!r} and {other!r} are one name on a stick")
    return max(folded.values(), key=lambda name: (len(name), name))


def chosen_states(written: Iterable[str], states: StateNames) -> tuple[frozenset[str], tuple[str, ...], str]:
    """Regions and States by code, address or name: the codes meant, what they are called, the part of a file's name.

    Raises ValueError, with near names, for one that is not known.
    """
    regions: dict[str, tuple[str, set[str]]] = {}
    for state in states:
        for region in filter(None, (state.region, state.subregion)):
            regions.setdefault(region.casefold(), (region, set()))[1].add(state.code)
    codes: set[str] = set()
    names: dict[str, str] = {}
    for one in written:
        code = one.upper() if one.upper() in states.by_code else states.find(one)
        if found := regions.get(one.strip().casefold()):
            names[found[0]] = re.sub(r"[^a-z]+", "-", found[0].lower())
            codes |= found[1]
        elif code:
            names[states[code].short] = states[code].slug
            codes.add(code)
        else:
            near = [regions[name][0] for name in get_close_matches(one.casefold(), regions, 2)] + states.suggest(one)
            raise ValueError(f"no region or State is called {one!r}" + (f"; near: {', '.join(near)}" if near else ""))
    slugs = [*names.values()]
    more = [f"and-{len(slugs) - _MOST_NAMES}-more"] if len(slugs) > _MOST_NAMES else []
    return frozenset(codes), tuple(names), "-".join([*slugs[:_MOST_NAMES], *more])


def _epoch() -> int:
    """The day of the bundle in seconds since 1970; 0 where none is given. Raises ValueError for what is no such day."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or "0"
    if not (given.isascii() and given.isdecimal() and int(given) <= _LATEST):
        raise ValueError(f"SOURCE_DATE_EPOCH is {given!r}: write the seconds since 1970 of a day before 2108")
    return int(given)


def _content(site: Path) -> _Content:
    """Counted in the site's data; a site without any holds nothing."""
    examinations = site / "data/examinations.json"
    if not examinations.is_file():
        return _Content()
    records: list[dict[str, Any]] = json.loads(examinations.read_bytes())
    number = sum(file.read_bytes().count(b"\n") for file in data_files(site))
    return _Content(
        len({one["examination"] for one in records}),
        len({one["path"] for one in records}),
        number,
        tuple(sorted({one["facts"]["state"]["name"] for one in records if "state" in one["facts"]})),
    )


def _own_files(site: Path, held: _Content, part: tuple[str, ...], whole: bool) -> Mapping[str, bytes]:
    """What stands beside the site."""
    folder = _HOME / "templates" / "bundle"

    def filled(name: str, **values: str) -> bytes:
        return Template((folder / name).read_text(encoding="utf-8")).substitute(values).encode()

    def page(name: str, **values: str) -> bytes:
        whole = (folder / name).read_text(encoding="utf-8").replace("$style", style)
        return Template(guarded(whole)).substitute(values).encode()

    style = (folder / "style.css").read_text(encoding="utf-8")
    of = ""
    if part:
        rows = {"Part": f"Only {', '.join(part)}", "States": ", ".join(held.states)}
        of = "".join(f"<dt>{title}</dt><dd>{escape(value)}</dd>\n" for title, value in rows.items())
    epoch = _epoch()
    start = page(
        "start-here.html",
        part=of,
        tables="" if whole else _TABLES,
        examinations=f"{held.examinations:,}",
        statements=f"{held.statements:,}",
        documents=f"{held.documents:,}",
        date=datetime.fromtimestamp(epoch, UTC).date().isoformat() if epoch else "date not recorded",
        version=_version("sessional"),
    )
    licences = filled(
        "licences.txt",
        version=_version("sessional"),
        theme=_version("mkdocs-material"),
        sources=_rights(site),
        apache=(_HOME / "LICENSE").read_text(encoding="utf-8"),
        mit=distribution("mkdocs-material").read_text("licenses/LICENSE") or "not recorded",
    )
    return {
        "START-HERE.html": start,
        "SELF-CHECK.html": page("self-check.html"),
        "self-check.js": (folder / "self-check.js").read_bytes(),
        "LICENCES.txt": licences,
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "version not recorded"


def _rights(site: Path) -> str:
    """Each source's publisher and rights, as the site's register of sources tells them."""
    found = {}
    for page in sorted((site / "about" / "sources").rglob("index.html")):
        for row in re.findall(r'<section class="s-register">(.*?)</section>', page.read_text(encoding="utf-8"), re.S):
            text = {title: _plain(value) for title, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", row, re.S)}
            name = _plain(row[: row.index("</h2>")])
            shown = f"   {name}\n     Publisher: {text.get('Publisher')}\n     Rights: {text.get('Rights')}\n"
            found[name] = f"{shown}     Text shown: {text.get('Text shown')}\n"
    return "\n".join(found.values()) or "   No source is recorded.\n"


def _plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def _checksums(sums: Iterable[tuple[str, int, str]], held: _Content) -> bytes:
    """The list for the self-check, as a script: a page from a stick may load scripts but read no file.

    The beginning of a checksum finds damage; the whole ones are in `SHA256SUMS`.
    """
    listed = [(name, size, digest[:_ENOUGH]) for name, size, digest in sums]
    names = {name for name, _, _ in listed}
    record = {
        "statements": held.statements,
        "probes": [f"site/{name}" for name in _PROBES if f"site/{name}" in names],
        "files": listed,
    }
    return f"window.sessionalChecksums = {json.dumps(record, separators=(',', ':'))};\n".encode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, stamp: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(name, stamp)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
