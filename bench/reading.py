"""How fast reports are read: milliseconds a report on one core, and where the time goes.

    python bench/reading.py [FILE…] [--runs N]

Without files: the project's own sources. Prints the median of N runs of the whole reading (parse, recognise, extract,
classify, link), by the clock and by the processor's own account, what that is for 9 KiB, and the ten functions that
take most of it. On a machine that is busy with other things the processor's account is the one to compare.
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

_USUAL = 9  # KiB; the first report has 8.8


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
        times = [_once(path, surroundings) for _ in range(given.runs)]
        size = path.stat().st_size / 1024
        clock, processor = ([1000 * one[which] for one in times] for which in (0, 1))
        median = statistics.median(processor)
        print(
            f"{path.name}: {size:.1f} KiB, median {statistics.median(clock):.1f} ms (best {min(clock):.1f}), "
            f"of the processor {median:.1f} ms (best {min(processor):.1f}), {median * _USUAL / size:.1f} ms for 9 KiB"
        )
        profile = cProfile.Profile()
        profile.runcall(_once, path, surroundings)
        pstats.Stats(profile).sort_stats("tottime").print_stats(10)


def _once(path: Path, surroundings: Surroundings) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    started, used = time.perf_counter(), time.process_time()
    document, _ = read_source(surroundings.take(path), surroundings.vocabulary)
    if document:
        link(document)
    return time.perf_counter() - started, time.process_time() - used


if __name__ == "__main__":
    main()
