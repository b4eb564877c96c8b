"""The whole build beside others': ours, Hugo, Pagefind, Eleventy and mkdocs-material over the same pages in one run.

    python bench/build.py [--count REPORTS] [--runs N] [--sizes N,N…] [--corpus DIR] [--only PEER…] [--json FILE]

Makes synthetic reports (`synthetic.py`), builds them with `sessional build` as a fresh process, takes the finished
pages apart for the peers (`peers.py` says what each is given, and why that is the form it is fastest in), and then
builds in rounds – ours, ours without the search index, Hugo, Pagefind over what Hugo wrote, Eleventy, mkdocs-material,
and again – so that whatever else the machine does hits all alike. The build whose pages they are given is ours of the
first round. What a build wrote is put aside before the next one, and removed at the end: where a disk keeps no journal,
each file that is made within a minute after many were removed takes a millisecond instead of a tenth of one, and who
makes most files would pay most. Whatever a build reads has been written or read just before and is in the page cache.
At the end one report is changed and ours builds again into the same folder, then once more with nothing changed.
`measured.py` says what seconds and MiB are; those given are medians of the runs, and of memory the highest.

mkdocs-material takes so long that it is measured with at most `--material` reports, beside a third of them; only if a
page costs the same at both, within a tenth, is its time extrapolated, and the table says so. `--sizes` builds ours at
several sizes, to see whether a page costs the same; `--corpus` (or SESSIONAL_CORPUS) real reports as well.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import peers
from measured import FailedError, Run, machine, measure
from outcome import HEAD, Claim, Row, claims
from peers import HERE, ROOT, Unavailable

_PYTHON = Path(sys.executable)
_SESSIONAL: tuple[str | Path, ...] = (_PYTHON.parent / "sessional",)
_WITHOUT: tuple[str | Path, ...] = (_PYTHON, ROOT / "bench" / "without_search.py")
_PEERS = ("hugo", "pagefind", "eleventy", "material")
_REMOVED = 65  # seconds until files are made as quickly as before others were removed
_ROUND = ("without", *_PEERS)
_NAMES = {
    "ours": "ours, cold",
    "without": "ours, cold, without search",
    "hugo": "Hugo, the same pages",
    "pagefind": "Pagefind over Hugo's pages",
    "eleventy": "Eleventy, the same pages",
    "material": "mkdocs-material, 4 pages in nav, no search",
    "changed": "ours, one report changed",
    "unchanged": "ours, nothing changed",
}


class Bench:
    """One run of the bench: where it works, what it has found."""

    def __init__(self, folder: Path, runs: int, only: Sequence[str]) -> None:
        self.folder, self.runs, self.only = folder, runs, only
        self.rows: list[Row] = []
        self.missing: dict[str, str] = {}

    # --- steps ----------------------------------------------------------------------------------------------

    def side_by_side(self, reports: int, material: bool) -> dict[str, Row]:
        """All builders over the pages of so many reports, in rounds; then one report changed."""
        sources, site = self._reports(reports), self.folder / "ours" / "site"
        first, pages = self._ours_cold(_SESSIONAL, [sources], site)
        self._said(f"ours, whose pages the peers are given: {first.wall:.2f} s")
        self._prepare(site, material)
        wanted = [one for one in _ROUND if one in self.only and (one != "material" or material)]
        rows = {one: Row(_NAMES[one], reports, pages) for one in ("ours", *wanted)}
        rows["ours"].runs.append(first)
        for round_ in range(1, self.runs + 1):
            for name, row in rows.items():
                if name in self.missing or (name == "ours" and round_ == 1):
                    continue
                if name == "without":
                    other = self.folder / "without" / "site"
                    row.runs.append(self._ours_cold(_WITHOUT, [sources], other)[0])
                    self._gone(other.parent)
                elif name == "ours":
                    row.runs.append(self._ours_cold(_SESSIONAL, [sources], site)[0])
                else:
                    self._peer(name, row, site)
                if row.runs:
                    self._said(f"round {round_} of {self.runs}: {row.name} {row.runs[-1].wall:.2f} s")
            self._gone(self.folder / "output-hugo")
        for name in rows:
            self._known(rows[name])
        self._gone(self.folder / "peers")
        return {**rows, **self._changed(reports, [sources], site, pages)}

    def material(self, sizes: Sequence[int]) -> list[tuple[Row, Row]]:
        """Ours and mkdocs-material in turn, at sizes that can be waited for."""
        found = []
        for reports in sizes:
            sources, site = self._reports(reports), self.folder / "ours" / "site"
            pages = self._ours_cold(_SESSIONAL, [sources], site)[1]
            self._prepare(site, material=True)
            ours, theirs = (Row(_NAMES[name], reports, pages) for name in ("ours", "material"))
            for round_ in range(1, self.runs + 1):
                ours.runs.append(self._ours_cold(_SESSIONAL, [sources], site)[0])
                self._peer("material", theirs, site)
                if "material" in self.missing:
                    break
                self._said(f"{reports:,} reports, {round_} of {self.runs}: {theirs.name} {theirs.runs[-1].wall:.1f} s")
            self._known(ours)
            self._known(theirs)
            if "material" in self.missing:
                break
            found.append((ours, theirs))
        return found

    def size(self, reports: int) -> dict[str, float]:
        """Ours at another size."""
        sources, site = self._reports(reports), self.folder / "ours" / "site"
        row = Row(_NAMES["ours"], reports, 0)
        for round_ in range(1, self.runs + 1):
            run, row.pages = self._ours_cold(_SESSIONAL, [sources], site)
            row.runs.append(run)
            self._said(f"{reports:,} reports, {round_} of {self.runs}: {run.wall:.1f} s")
        kib = sum(path.stat().st_size for path in site.rglob("*.html")) / 1024 / row.pages
        row.note = f"{kib:.1f} KiB of HTML a page"
        self._known(row)
        return {"reports": reports, "ms": 1000 * row.wall / row.pages, "cpu_ms": 1000 * row.cpu / row.pages, "kib": kib}

    def real(self, corpus: Path) -> None:
        """Real reports, from a copy, for one of them is changed."""
        copy, site = self.folder / "real", self.folder / "ours" / "site"
        self._gone(copy)
        shutil.copytree(corpus / "upr" / "reports", copy)
        sources = [ROOT / "content" / "sources", copy]
        documents = sum(len(list(one.rglob("*.md"))) for one in sources)
        row = Row("ours, cold, real reports", documents, 0)
        for round_ in range(1, self.runs + 1):
            run, row.pages = self._ours_cold(_SESSIONAL, sources, site)
            row.runs.append(run)
            self._said(f"real reports, {round_} of {self.runs}: {run.wall:.1f} s")
        self._known(row)
        self._changed(documents, sources, site, row.pages, "real reports")
        self._gone(copy)

    def timings(self) -> None:
        """Where the time of one build goes, if the program tells."""
        told = subprocess.run([*_SESSIONAL, "build", "--help"], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
        if "--timings" in told.stdout:
            command = self._command(_SESSIONAL, [self._reports(300)], self.folder / "ours" / "site")
            self._gone(self.folder / "ours")
            told = subprocess.run([*command, "--timings"], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
            found = re.search(r"^stage .*?^together[^\n]*", told.stderr, re.DOTALL | re.MULTILINE)
            table = found[0] if found else "not told"
            print(f"\nWhere the time of one build of 300 reports goes:\n\n{table}", flush=True)

    # --- their parts ----------------------------------------------------------------------------------------

    def _gone(self, folder: Path) -> None:
        """Put a folder aside, if it is there; where room is short, remove what was put aside, and wait that over."""
        if folder.exists():
            aside = self.folder / "aside"
            aside.mkdir(exist_ok=True)
            folder.rename(Path(tempfile.mkdtemp(dir=aside)) / folder.name)
            room = shutil.disk_usage(aside)
            if room.free < room.total / 8:
                self._said("the disk is short of room: removing what was put aside")
                _removed(aside)
                os.sync()
                time.sleep(_REMOVED)

    def _reports(self, count: int) -> Path:
        """A folder of so many reports; a process of its own makes them, so that this one stays small."""
        sources = self.folder / "sources"
        self._gone(sources)
        command = [str(_PYTHON), str(ROOT / "bench" / "synthetic.py"), "--count", str(count), "--to", str(sources)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return sources

    def _command(self, program: Sequence[str | Path], sources: Sequence[Path], site: Path) -> list[str | Path]:
        given = [part for one in sources for part in ("--sources", one)]
        return [*program, "build", *given, "--site-dir", site]

    def _ours(self, program: Sequence[str | Path], sources: Sequence[Path], site: Path) -> Run:
        """Ours; a document that is withheld ends with 1, and the others are built."""
        return measure(self._command(program, sources, site), ROOT, {"SITE_URL": ""}, accepted=(0, 1))

    def _ours_cold(self, program: Sequence[str | Path], sources: Sequence[Path], site: Path) -> tuple[Run, int]:
        """Ours into a folder that is not there; the run and how many pages it made."""
        self._gone(site.parent)
        site.parent.mkdir(parents=True)
        run = self._ours(program, sources, site)
        return run, sum(1 for _ in peers.page_files(site))

    def _prepare(self, site: Path, material: bool) -> None:
        """Take the pages of a site apart for the peers."""
        self._gone(self.folder / "peers")
        peers.prepare(site, self.folder / "peers", material)

    def _peer(self, name: str, row: Row, site: Path) -> None:
        """A peer's cold build; where it cannot be had, that is noted and the run goes on."""
        output = self.folder / f"output-{'hugo' if name == 'pagefind' else name}"
        try:
            command, cwd, environment = peers.command(name, self.folder / "peers", output)
            if name != "pagefind":
                self._gone(output)
            row.runs.append(measure(command, cwd, environment))
        except (Unavailable, FailedError) as why:
            self.missing[name] = row.note = f"not measured: {' '.join(str(why).split())[:300]}"
            return
        if len(row.runs) == 1 and name in ("hugo", "eleventy"):
            same, of = peers.same_pages(site, output)
            row.note = f"{same:,} of {of:,} pages the same as ours"
        if name not in ("hugo", "pagefind"):
            self._gone(output)

    def _changed(self, reports: int, sources: Sequence[Path], site: Path, pages: int, of: str = "") -> dict[str, Row]:
        """One report changed, then nothing changed, into the folder of the last build."""
        rows = {
            name: Row(_NAMES[name] + (f", {of}" if of else ""), reports, pages) for name in ("changed", "unchanged")
        }
        report = sorted(sources[-1].rglob("*.md"))[0]
        before = report.read_text(encoding="utf-8")
        middle = before.index(" the ", len(before) // 2)
        for number in range(self.runs):
            report.write_text(f"{before[:middle]} the {number + 2}{before[middle + 4 :]}", encoding="utf-8")
            for row in rows.values():
                row.runs.append(self._ours(_SESSIONAL, sources, site))
                if not _made_of(site, report):
                    raise FailedError(f"{site} is not made of {report.name} as it is now")
                self._said(f"{row.name}, {number + 1} of {self.runs}: {row.runs[-1].wall:.2f} s")
        report.write_text(before, encoding="utf-8")
        for row in rows.values():
            self._known(row)
        return rows

    def _known(self, row: Row) -> None:
        """A row that is known is shown at once."""
        if not self.rows:
            print(HEAD)
        self.rows.append(row)
        print(row.line(), flush=True)

    def _said(self, what: str) -> None:
        print(f"  {what}", file=sys.stderr, flush=True)


def _made_of(site: Path, report: Path) -> bool:
    """Whether the site tells statements of this report, as its bytes are now."""
    checksum = hashlib.sha256(report.read_bytes()).hexdigest().encode()
    return any(checksum in file.read_bytes() for file in (site / "data" / "states").glob("*.jsonl"))


def _removed(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


# --- the run ----------------------------------------------------------------------------------------------------


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000, help="synthetic reports beside the peers")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--sizes", type=_numbers, default=[], metavar="N,N…", help="reports; ours alone")
    options.add_argument("--material", type=int, default=900, help="the most reports mkdocs-material is measured with")
    options.add_argument("--corpus", type=Path, default=os.environ.get("SESSIONAL_CORPUS") or None, help="real reports")
    options.add_argument("--only", nargs="*", choices=_ROUND, default=list(_ROUND), help="these beside ours")
    options.add_argument("--folder", type=Path, default=HERE / "build", help="where it works; removed at the end")
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    bench = Bench(given.folder.resolve(), given.runs, given.only)
    about = {**machine(), **{name: peers.version(name) for name in _PEERS if name in given.only}}
    print(_introduced(about, given.runs))
    try:
        result = _run(bench, given)
    finally:
        _removed(given.folder)
    print("\n| claim | here | wanted | holds |\n|---|---|---|---|")
    for claim in result:
        print(f"| {claim.what} | {claim.figure} | {claim.wanted} | {_WORDS[claim.holds]} |")
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        data = {
            "machine": about,
            "load_at_end": round(os.getloadavg()[0], 1),
            "rows": [row.data() for row in bench.rows],
            "claims": [{"what": c.what, "figure": c.figure, "wanted": c.wanted, "holds": c.holds} for c in result],
        }
        given.json.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


_WORDS = {True: "yes", False: "**no**", None: "–"}


def _run(bench: Bench, given: argparse.Namespace) -> list[Claim]:
    """All steps; small ones first, so that what is known early is shown early."""
    few = given.count <= given.material
    apart: list[tuple[Row, Row]] = []
    if not few and "material" in given.only:
        apart = bench.material([given.material // 3, given.material])
    rows = bench.side_by_side(given.count, material=few)
    if few and rows.get("material") and rows["material"].runs:
        apart = [(rows["ours"], rows["material"])]
    sizes = [bench.size(reports) for reports in given.sizes]
    if given.corpus:
        bench.real(given.corpus)
    else:
        print("\nNo real reports: give --corpus or set SESSIONAL_CORPUS.")
    bench.timings()
    return list(claims(rows, apart, sizes))


def _introduced(about: dict[str, Any], runs: int) -> str:
    versions = ", ".join(f"{name} {about[name]}" for name in _PEERS if name in about)
    return (
        f"{about['cpu']}, {about['cores']} cores, {about['ram_gib']} GiB, {about['system']}, Python {about['python']}, "
        f"load at the start {about['load']}; {versions}; medians of {runs} runs, the highest of memory\n"
    )


def _numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


if __name__ == "__main__":
    main()
