"""What a built site weighs: files and bytes of each kind, bytes of HTML a statement, the largest page, and the source.

    python bench/weight.py SITE --sources FILE_OR_FOLDER… [--json FILE]

SITE is a folder that `sessional build --site-dir SITE --sources …` wrote; the sources are those it was built from. A
statement is counted by its own place: each id that stands on a page of an examination. Reads sites of either version of
the data contract, so that an older one can be weighed with the same rule.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FURTHER = re.compile(r"\d+")
_LINES = ("data/statements.jsonl", "data/states/*.jsonl")


@dataclass(slots=True)
class Weight:
    """Bytes and files by kind, and the largest page."""

    size: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    largest: tuple[int, str] = (0, "")

    def of(self, pages: bool) -> int:
        """Bytes of pages, or of everything else."""
        return sum(size for kind, size in self.size.items() if kind.startswith("page ") == pages)


def weigh(site: Path) -> Weight:
    """Everything in a folder."""
    found = Weight()
    for path in site.rglob("*"):
        if path.is_file():
            size, name = path.stat().st_size, path.relative_to(site).as_posix()
            kind = kind_of(name)
            found.size[kind] += size
            found.files[kind] += 1
            if path.suffix == ".html":
                found.largest = max(found.largest, (size, name))
    return found


def kind_of(name: str) -> str:
    """What a file of a site is: `page countries/source`, `countries csv`, `data jsonl`."""
    *folders, file = name.split("/")
    ending = file.partition(".")[2]
    if ending == "html":
        told = [part for part in folders[3:4] if not _FURTHER.fullmatch(part)] if folders[:1] == ["countries"] else []
        if len(folders) > 2 and folders[0] == "countries":
            told = told or ["threads" if folders[2] == "threads" else "examination"]
        return f"page {'/'.join([*folders[:1], *told]) or 'home'}"
    return f"{folders[0] if folders else 'root'} {ending}"


def statements(site: Path) -> int:
    """How many statements a site holds, by its data."""
    lines = (path for pattern in _LINES for path in site.glob(pattern))
    return sum(path.read_bytes().count(b"\n") for path in lines)


def source_bytes(sources: Iterable[Path]) -> int:
    """The bytes of all sources."""
    files = (file for one in sources for file in (one.glob("*.md") if one.is_dir() else (one,)))
    return sum(file.stat().st_size for file in files)


def lines(found: Weight, held: int, source: int) -> Iterator[str]:
    """The table."""
    yield "| files | number | MB | bytes a statement |"
    yield "| --- | --- | --- | --- |"
    for kind, size in found.size.most_common():
        yield f"| {kind} | {found.files[kind]:,} | {size / 1e6:.2f} | {size / held:.0f} |"
    total, number = found.size.total(), found.files.total()
    pages = sum(count for kind, count in found.files.items() if kind.startswith("page "))
    yield ""
    yield f"{total / 2**20:.1f} MiB ({total / 1e6:.1f} MB); {number:,} files, {number / pages:.2f} a page of {pages:,}"
    yield f"{total / source:.1f} times its sources ({source:,} bytes); {held:,} statements"
    html, others = found.of(pages=True) / held, found.of(pages=False) / held
    yield f"HTML a statement: {html:,.0f} bytes; other files: {others:,.0f}"
    yield f"largest page: {found.largest[0]:,} bytes, {found.largest[1]}"


def main() -> None:
    """Weigh and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("site", type=Path)
    options.add_argument("--sources", type=Path, nargs="+", required=True)
    options.add_argument("--json", type=Path, help="the figures as JSON")
    given = options.parse_args()
    found, held, source = weigh(given.site), statements(given.site), source_bytes(given.sources)
    if not held:
        raise SystemExit(f"{given.site} holds no statements: is it a built site?")
    print("\n".join(lines(found, held, source)))
    if given.json:
        told = {
            "size": found.size,
            "files": found.files,
            "largest": found.largest,
            "statements": held,
            "source": source,
        }
        given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
