"""How fast reports are read: milliseconds a report on one core, and where the time goes.

    python bench/reading.py [FILE…] [--runs N]

Without files: the project's own sources. Prints the median of N runs of the whole reading (parse, recognise, extract,
classify, link) and the ten functions that take most of it.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import time
from pathlib import Path

from generator.build import Project, Surroundings, find_root, read_source
from generator.corpus import link


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--runs", type=int, default=20)
    given = options.parse_args()
    root = find_root(Path.cwd())
    project = Project(root)
    started = time.perf_counter()
    surroundings = Surroundings(project, project.vocabulary())
    print(f"vocabularies loaded in {1000 * (time.perf_counter() - started):.0f} ms")
    for path in given.files or sorted((root / "content" / "sources").glob("*.md")):
        times = [_once(path, project, surroundings) for _ in range(given.runs)]
        size = path.stat().st_size / 1024
        took = f"median {1000 * statistics.median(times):.1f} ms, best {1000 * min(times):.1f} ms"
        print(f"{path.name}: {size:.1f} KiB, {took}")
        profile = cProfile.Profile()
        profile.runcall(_once, path, project, surroundings)
        pstats.Stats(profile).sort_stats("tottime").print_stats(10)


def _once(path: Path, project: Project, surroundings: Surroundings) -> float:
    started = time.perf_counter()
    document, _ = read_source(path, project, surroundings)
    if document:
        link(document)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
