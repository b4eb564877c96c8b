"""The offline bundle: one zip of the site with a page to begin at, the same bytes whenever and wherever it is made.

Takes a built site. Gives a zip with `START-HERE.html`, the site and `SHA256SUMS`, and a `.sha256` beside it.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from time import gmtime

_START = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=site/index.html">
<title>Sessional – start here</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem}</style></head>
<body><h1>Sessional</h1>
<p><a href="site/index.html">Open the site</a>. It needs no network and asks for none.</p>
<p>If a page does not open, unpack the whole archive into a folder first.</p></body>
</html>
"""
_EARLIEST = 315532800  # zip knows no time before 1980
_LONGEST_PATH = 120  # what old Windows and FAT tools still open below a drive letter


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written."""

    path: Path
    files: int
    size: int
    sha256: str
    longest_path: str


def write_bundle(site: Path, target: Path) -> Bundle:
    """Zip a site in a fixed order with fixed stamps and modes.

    Raises ValueError where there is no site, or a path is too long for a stick.
    """
    if not (site / "index.html").is_file():
        raise ValueError(f"{site} holds no site; build it first")
    files = {f"site/{path.relative_to(site).as_posix()}": path for path in site.rglob("*") if path.is_file()}
    longest = max(files, key=lambda name: (len(name), name))
    if len(longest) > _LONGEST_PATH:
        raise ValueError(f"{longest} is longer than {_LONGEST_PATH} characters")
    stamp = gmtime(max(_EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH") or 0)))[:6]
    contents = {"START-HERE.html": _START.encode()}
    sums = []
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted({*files, *contents}):
            data = contents[name] if name in contents else files[name].read_bytes()
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            _add(archive, name, data, stamp)
        _add(archive, "SHA256SUMS", "".join(sums).encode(), stamp)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(target.name + ".sha256").write_text(f"{digest}  {target.name}\n", encoding="ascii")
    return Bundle(target, len(sums) + 1, target.stat().st_size, digest, longest)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, stamp: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(name, stamp)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
