"""Reading in worker processes: where there is much to read, the cores of the machine share it.

Takes the paths of a project. Gives what was read of each, in the order of the paths, as if one process had read all:
documents are read each alone, so that nothing depends on who reads which.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from generator.build.project import Project, Surroundings
from generator.diagnostics import Diagnostic
from generator.model import ReadDocument

Outcome = tuple[ReadDocument | None, list[Diagnostic]]
Read = Callable[[Path, Project, Surroundings], Outcome]

# Below this a worker's start, in which it loads the vocabularies, costs more than it saves.
_WORTH_WORKERS = 600_000  # bytes to read
_MOST_WORKERS = 8


def workers_for(paths: Sequence[Path], jobs: int | None) -> int:
    """How many processes read these files: as many as asked for, else one for little and one a core for much."""
    if jobs is not None:
        return max(1, min(jobs, len(paths)))
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return 1 if size < _WORTH_WORKERS else max(1, min(os.cpu_count() or 1, _MOST_WORKERS, len(paths)))


def read_each(
    paths: Sequence[Path], project: Project, surroundings: Surroundings, read: Read, jobs: int | None = None
) -> Iterator[Outcome]:
    """What is read of each path, in their order. Diagnostics about what stands beside them go to `surroundings`."""
    count = workers_for(paths, jobs)
    if count < 2:
        yield from (read(path, project, surroundings) for path in paths)
        return
    with ProcessPoolExecutor(count, initializer=_start, initargs=(project, read)) as pool:
        for outcome, beside in pool.map(_read, paths, chunksize=2):
            surroundings.diagnostics += [one for one in beside if one not in surroundings.diagnostics]
            yield outcome


_here: tuple[Project, Surroundings, Read] | None = None


def _start(project: Project, read: Read) -> None:
    global _here
    _here = project, Surroundings(project, project.vocabulary()), read


def _read(path: Path) -> tuple[Outcome, list[Diagnostic]]:
    assert _here is not None  # noqa: S101 - the pool starts every worker
    project, surroundings, read = _here
    return read(path, project, surroundings), surroundings.diagnostics
