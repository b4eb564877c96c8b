"""Reading by an executor: what is read of each path does not depend on who reads it.

Takes the paths of a project. Gives what was read of each, in the order of the paths. Everything is taken from disk
here, and what is read comes back here: workers get values and give values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.build.executors import AUTO, Choice, executor
from generator.build.project import Source, Surroundings
from generator.diagnostics import Diagnostic
from generator.model import ReadDocument
from generator.vocabulary import Vocabulary

Outcome = tuple[ReadDocument | None, list[Diagnostic]]
Read = Callable[[Source, Vocabulary], Outcome]


def read_each(paths: Sequence[Path], surroundings: Surroundings, read: Read, who: str = AUTO) -> Iterator[Outcome]:
    """What is read of each path, in their order, by those whom `who` names (see `executors.FORMS`).

    Diagnostics about what stands beside the sources go to `surroundings`. Raises ExecutorError where they
    cannot read.
    """
    size = sum(path.stat().st_size for path in paths if path.is_file())
    with executor(Choice.of(who), surroundings.vocabulary, len(paths), size) as workers:
        yield from workers.map(read, map(surroundings.take, paths))
