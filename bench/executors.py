"""Who reads fastest: this process, two processes, or a scheduler of Dask with two workers – and is it the same?

    python bench/executors.py FOLDER [--runs 3] [--json FILE]

Prints, for each, the median of N readings of a folder of reports by the clock and by the processor's account of all
processes that took part, and one hash of everything that was read. Scheduler and workers run on this machine, are
started before and not counted until the reading begins. On a busy machine the processor's account is the one to
compare.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import psutil
from clusters import scheduler, worker

from generator.build import Project, Surroundings, find_root, read_each, read_source


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    paths = sorted(given.folder.rglob("*.md"))
    project = Project(find_root(Path.cwd()), (given.folder,))
    surroundings = Surroundings(project, project.vocabulary())
    rows = []
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(scheduler(logs))
        for _ in range(2):
            stack.enter_context(worker(logs, address))
        for name, who in (
            ("in process", "in-process"),
            ("two processes", "processes:2"),
            ("Dask scheduler, two workers", f"dask://{address}"),
        ):
            runs = [_once(paths, surroundings, who) for _ in range(given.runs)]
            clock, processor = (round(statistics.median(run[which] for run in runs), 2) for which in (0, 1))
            (digest,) = {run[2] for run in runs}
            rows.append({"executor": name, "seconds": clock, "processor_seconds": processor, "sha256": digest})
    result = {
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "reports": len(paths),
        "bytes": sum(path.stat().st_size for path in paths),
        "runs": given.runs,
        "same": len({row["sha256"] for row in rows}) == 1,
        "executors": rows,
    }
    print(f"{result['machine']}, load {result['load']}; {len(paths)} reports, medians of {given.runs}\n")
    print("| executor | seconds | of the processor | sha256 |\n| --- | --- | --- | --- |")
    for row in rows:
        print(f"| {row['executor']} | {row['seconds']} | {row['processor_seconds']} | {str(row['sha256'])[:12]} |")
    print(f"\nthe same was read: {'yes' if result['same'] else 'NO'}")
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit(not result["same"])


def _once(paths: Sequence[Path], surroundings: Surroundings, who: str) -> tuple[float, float, str]:
    """Seconds by the clock, of all processes that took part, and the hash of what was read, itself not counted."""
    before, started = _spent(), time.perf_counter()
    found = list(read_each(paths, surroundings, read_source, who))
    took, spent = time.perf_counter() - started, _spent() - before
    total = hashlib.sha256()
    for outcome in found:
        total.update(repr(outcome).encode())
    return took, spent, total.hexdigest()


def _spent() -> float:
    """Seconds of the processor of this process, of those it ended, and of those it started that still run."""
    ours = os.times()
    running = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return ours.user + ours.system + ours.children_user + ours.children_system + sum(t.user + t.system for t in running)


if __name__ == "__main__":
    main()
