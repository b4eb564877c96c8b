"""Making in worker processes: where there are many pages or files to make, the cores of the machine share them.

Takes pages, or whatever else something is made of, and what makes it. Gives what was made of each, in their order: the
bytes are the same whoever makes them. Workers are forks of this process, so that nothing of what was read and planned
is sent to them; where a system cannot fork, this process makes all alone.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from generator.build.executors import end_with_parent

Item = TypeVar("Item")
Made = TypeVar("Made")

# Below this a fork, which makes its own copy of what it touches, costs more than it saves.
_WORTH_WORKERS = 250  # items
_MOST_WORKERS = 8
_AT_ONCE = 16  # items whose results are sent back together
# A fork has the memory of its parent until it touches it, and then a copy: so many items for each fork, and new
# forks begin.
_OF_A_FORK = 2_000


def workers_for(items: int, cores: int | None) -> int:
    """How many processes make so many."""
    if items < _WORTH_WORKERS or "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return max(1, min(cores or 1, _MOST_WORKERS))


def make_each(items: Sequence[Item], make: Callable[[Item], Made]) -> Iterator[Made]:
    """What is made of each item, in their order."""
    count = workers_for(len(items), os.cpu_count())
    if count < 2:
        yield from map(make, items)
        return
    global _here
    _here = items, make
    try:
        fork = multiprocessing.get_context("fork")
        for firsts in _portions(range(0, len(items), _AT_ONCE), count * _OF_A_FORK // _AT_ONCE):
            with ProcessPoolExecutor(count, fork, end_with_parent, (os.getpid(),)) as pool:
                for made in pool.map(_make, firsts):
                    yield from made
    finally:
        _here = None


def _portions(numbers: range, most: int) -> Iterator[range]:
    return (numbers[first : first + most] for first in range(0, len(numbers), most))


_here: tuple[Sequence[Any], Callable[[Any], Any]] | None = None


def _make(first: int) -> list[Any]:
    assert _here is not None  # noqa: S101 - a fork has what its parent had
    items, make = _here
    return [make(item) for item in items[first : first + _AT_ONCE]]
