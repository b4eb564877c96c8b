"""One state of the program against another: cold builds of the same reports, in turn, on one machine in one run.

    python bench/against.py COMMIT [--count REPORTS] [--rounds N] [--json FILE]

Checks COMMIT out into a folder of its own, makes synthetic reports (`synthetic.py`), and builds them with either state
alternately, as fresh processes with this machine's packages. Prints seconds of the processors over the whole tree of
processes, by round and as medians, the ratio of each pair, and what either site weighs. Only ratios of one run count.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from measured import Run, machine, measure
from weight import source_bytes, statements, weigh

_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = "from generator.cli import main; main()"


def build(state: Path, sources: Path, site: Path) -> Run:
    """A cold build by the program in this folder. A report without an entry in the register of sources is a warning."""
    shutil.rmtree(site, ignore_errors=True)
    command = [sys.executable, "-c", _PROGRAM, "build", "--clean", "--sources", sources, "--site-dir", site]
    return measure(command, state, {"PYTHONPATH": str(state), "SITE_URL": ""}, accepted=(0, 1))


def main() -> None:
    """Build in turn and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("commit")
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    git = shutil.which("git") or "git"
    with tempfile.TemporaryDirectory(prefix="sessional-against-") as folder:
        before, sources = Path(folder) / "before", Path(folder) / "sources"
        subprocess.run([git, "worktree", "add", "--detach", "-q", before, given.commit], check=True, cwd=_ROOT)  # noqa: S603
        try:
            made = [sys.executable, _ROOT / "bench" / "synthetic.py", "--count", str(given.count), "--to", sources]
            subprocess.run(made, check=True, capture_output=True, cwd=_ROOT)  # noqa: S603
            states = {given.commit: before, "this": _ROOT}
            runs: dict[str, list[Run]] = {name: [] for name in states}
            print(f"{given.count} reports; {machine()}", flush=True)
            for round_ in range(1, given.rounds + 1):
                for name, state in states.items():
                    runs[name].append(build(state, sources, Path(folder) / name))
                told = ", ".join(f"{name} {found[-1].cpu:.1f}" for name, found in runs.items())
                print(f"round {round_}, CPU s: {told}", flush=True)
            ratios = [new.cpu / old.cpu for old, new in zip(runs[given.commit], runs["this"], strict=True)]
            for name, found in runs.items():
                site = Path(folder) / name
                total, held = weigh(site).size.total(), statements(site)
                cpu, wall = median(run.cpu for run in found), median(run.wall for run in found)
                print(
                    f"{name}: CPU {cpu:.1f} s, clock {wall:.1f} s, peak {max(run.peak for run in found):.0f} MiB; "
                    f"{held:,} statements, "
                    f"{total / 1e6:.1f} MB, {total / source_bytes([sources]):.1f} times the sources"
                )
            print(
                f"ratio of CPU: median {median(ratios):.2f}, of the rounds {', '.join(f'{one:.2f}' for one in ratios)}"
            )
        finally:
            subprocess.run([git, "worktree", "remove", "--force", before], check=False, cwd=_ROOT)  # noqa: S603
    if given.json:
        told = {name: [[run.wall, run.cpu, run.peak] for run in found] for name, found in runs.items()}
        given.json.write_text(json.dumps({"runs": told, "ratios": ratios}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
