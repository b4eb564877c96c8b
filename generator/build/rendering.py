"""Making in worker processes: where there is much to make, the cores of the machine share it.

Takes pages, or whatever else something is made of, and what makes it. Gives what was made of each, in their order: the
bytes are the same whoever makes them. The first are made here, and what then is left is shared. Who does not take all
that is made closes what it was given: else workers live on, and nobody knows how long. Workers are forks of
this process, so that nothing of what was read and planned is sent to them; where a system cannot fork, this process
makes all alone.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Generator, Sequence
from typing import Any, TypeVar

from generator.build.executors import processes

Item = TypeVar("Item")
Made = TypeVar("Made")

# What is done sooner than this is done here: a fork, which makes its own copy of what it touches, would cost more than
# it saves. Nobody knows before how long it takes: a list of ten thousand statements is a page like any other.
_WORTH_WORKERS = 0.3  # seconds
_MOST_WORKERS = 8
_AT_ONCE = 16  # items whose results are sent back together, at most
_TURNS = 8  # each worker is given at least so many portions, where there are enough items
# A fork has the memory of its parent until it touches it, and then a copy: so many items for each fork, and new
# forks begin.
_OF_A_FORK = 2_000


def workers_for(items: int, cores: int | None) -> int:
    """How many processes make so many."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return max(1, min(cores or 1, _MOST_WORKERS, items))


def make_each(items: Sequence[Item], make: Callable[[Item], Made]) -> Generator[Made]:
    """What is made of each item, in their order."""
    made, begun = 0, time.monotonic()
    while made < len(items) and time.monotonic() - begun < _WORTH_WORKERS:
        yield make(items[made])
        made += 1
    others = items[made:]
    count = workers_for(len(others), os.cpu_count())
    if count < 2:
        yield from map(make, others)
    else:
        yield from _shared(others, make, count)


def _shared(items: Sequence[Item], make: Callable[[Item], Made], count: int) -> Generator[Made]:
    global _here
    _here = items, make
    try:
        at_once = max(1, min(_AT_ONCE, len(items) // (count * _TURNS)))
        portions = [range(first, min(first + at_once, len(items))) for first in range(0, len(items), at_once)]
        of_forks = count * _OF_A_FORK // at_once
        fork = multiprocessing.get_context("fork")
        for first in range(0, len(portions), of_forks):
            with processes(count, fork) as pool:
                for made in pool.map(_make, portions[first : first + of_forks]):
                    yield from made
    finally:
        _here = None


_here: tuple[Sequence[Any], Callable[[Any], Any]] | None = None


def _make(portion: range) -> list[Any]:
    assert _here is not None  # noqa: S101 - a fork has what its parent had
    items, make = _here
    return [make(items[at]) for at in portion]
