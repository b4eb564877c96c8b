"""What a run of `build.py` found: a row for each builder and size, and what we claim beside what was measured.

Takes runs. Gives rows and claims, as lines of a table and as data. Measures and builds nothing itself.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from measured import Run

_ALIKE = 1.1  # how far apart two costs of a page may be and still count as the same


@dataclass(slots=True)
class Row:
    """What one builder took at one size."""

    name: str
    reports: int
    pages: int
    runs: list[Run] = field(default_factory=list)
    note: str = ""

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        return max(run.peak for run in self.runs)

    def data(self) -> dict[str, Any]:
        """For the file of results."""
        runs = [{"wall_s": round(r.wall, 3), "cpu_s": round(r.cpu, 3), "peak_mib": round(r.peak, 1)} for r in self.runs]
        shared = {"name": self.name, "reports": self.reports, "pages": self.pages, "note": self.note}
        if not self.runs:
            return shared
        medians = {"wall_s": round(self.wall, 3), "cpu_s": round(self.cpu, 3), "peak_mib": round(self.peak, 1)}
        return {**shared, **medians, "runs": runs}

    def line(self) -> str:
        """For the table."""
        if not self.runs:
            return f"| {self.name} | {self.reports:,} | {self.pages:,} | – | – | – | – | {self.note} |"
        each = 1000 / max(1, self.pages)
        return (
            f"| {self.name} | {self.reports:,} | {self.pages:,} | {self.wall:,.2f} | {self.cpu:,.2f} "
            f"| {self.wall * each:.2f} / {self.cpu * each:.2f} | {self.peak:,.0f} | {self.note} |"
        )


HEAD = "| build | reports | pages | wall s | CPU s | ms a page, wall / CPU | peak MiB | |\n" + 8 * "|---" + "|"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something we say of ourselves, and whether it is so here."""

    what: str
    figure: str
    wanted: str
    holds: bool | None  # None: nothing is claimed, or it was not measured


def claims(
    rows: Mapping[str, Row], material: Sequence[tuple[Row, Row]], sizes: Sequence[Mapping[str, float]]
) -> Iterable[Claim]:
    """Each claim with what was measured; `material` is ours and mkdocs-material at each size it was measured at."""
    ours = rows["ours"]
    if "without" in rows:
        yield _ratio("cold, without search / Hugo", rows["without"], _took(rows, "hugo"), 1.2)
    yield _ratio("cold, search included / Hugo + Pagefind", ours, _took(rows, "hugo", "pagefind"), 0.5)
    yield _ratio("cold, search included / Eleventy", ours, _took(rows, "eleventy"), None)
    what = "cold, search included / mkdocs-material, four pages in nav"
    if material:
        beside, theirs = material[-1]
        yield _ratio(f"{what}, {theirs.reports:,} reports", beside, (theirs.wall, theirs.cpu), 1 / 8)
    else:
        yield _ratio(what, ours, None, 1 / 8)
    if material and material[-1][1].reports != ours.reports:
        known = " and ".join(f"{theirs.reports:,}" for _, theirs in material)
        yield _ratio(
            f"{what}, {ours.reports:,} reports, extrapolated from {known}",
            ours,
            extrapolated([theirs for _, theirs in material], ours.pages),
            1 / 8,
        )
    yield Claim("peak memory, cold", f"{ours.peak:,.0f} MiB", "≤ 600 MiB", ours.peak <= 600)
    for name, most, mib in (("changed", 0.5, 200), ("unchanged", 0.2, None)):
        row = rows[name]
        wanted = f"≤ {most} s" + (f", ≤ {mib} MiB" if mib else "")
        figure = f"{row.wall:.2f} s (CPU {row.cpu:.2f}), {row.peak:,.0f} MiB"
        yield Claim(row.name, figure, wanted, row.wall <= most and (mib is None or row.peak <= mib))
    if len(sizes) > 1:
        for key, unit in (("ms", "ms"), ("cpu_ms", "CPU ms"), ("kib", "KiB of HTML")):
            each = [one[key] for one in sizes]
            figure = ", ".join(f"{one['reports']:,}: {one[key]:.1f}" for one in sizes)
            apart = max(each) / min(each) - 1
            yield Claim(
                f"{unit} a page by reports",
                f"{figure}; {100 * apart:.0f} % apart",
                "within 10 %",
                apart <= _ALIKE - 1,
            )


def _took(rows: Mapping[str, Row], *names: str) -> tuple[float, float] | None:
    """Seconds of peers together, by the clock and of the processors; None if one was not measured."""
    found = [rows[name] for name in names if name in rows and rows[name].runs]
    return (sum(row.wall for row in found), sum(row.cpu for row in found)) if len(found) == len(names) else None


def _ratio(what: str, ours: Row, theirs: Sequence[float] | None, most: float | None) -> Claim:
    """Ours by theirs; `theirs` is seconds by the clock and of the processors."""
    wanted = f"≤ {most:g}" if most else "stated"
    if theirs is None:
        return Claim(what, "not known", wanted, None)
    wall, cpu = ours.wall / theirs[0], ours.cpu / theirs[1]
    return Claim(what, f"{wall:.2f} by the clock, {cpu:.2f} of CPU seconds", wanted, wall <= most if most else None)


def extrapolated(measured: Sequence[Row], pages: int) -> tuple[float, float] | None:
    """What so many pages would take – by the clock, of the processors – if a page costs it the same at all sizes.

    None where it was measured at one size only, or a page does not cost the same within a tenth.
    """
    each = [row.cpu / row.pages for row in measured]
    if len(each) < 2 or max(each) > _ALIKE * min(each):
        return None
    last = measured[-1]
    return last.wall / last.pages * pages, last.cpu / last.pages * pages
