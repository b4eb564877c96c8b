"""Rendering in worker processes: where there is much to render, the cores of the machine share it.

Takes pages and what renders one. Gives what was made of each, in their order: the bytes are the same whoever renders.
Workers are forks of this process, so that nothing of what was read and planned is sent to them; where a system cannot
fork, this process renders alone.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from generator.build.executors import end_with_parent
from generator.build.links import PageLinks
from generator.pages import Page

Rendered = tuple[bytes, PageLinks]
Render = Callable[[Page], Rendered]

# Below this a fork, which makes its own copy of what it touches, costs more than it saves.
_WORTH_WORKERS = 400  # pages
_MOST_WORKERS = 8
_AT_ONCE = 16  # pages that are sent back together


def workers_for(pages: int, cores: int | None) -> int:
    """How many processes render so many pages."""
    if pages < _WORTH_WORKERS or "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return max(1, min(cores or 1, _MOST_WORKERS))


def render_each(pages: Sequence[Page], render: Render) -> Iterator[Rendered]:
    """What is made of each page, in their order."""
    count = workers_for(len(pages), os.cpu_count())
    if count < 2:
        yield from map(render, pages)
        return
    global _here
    _here = pages, render
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(count, fork, end_with_parent, (os.getpid(),)) as pool:
            for made in pool.map(_render, range(0, len(pages), _AT_ONCE)):
                yield from made
    finally:
        _here = None


_here: tuple[Sequence[Page], Render] | None = None


def _render(first: int) -> list[Rendered]:
    assert _here is not None  # noqa: S101 - a fork has what its parent had
    pages, render = _here
    return [render(page) for page in pages[first : first + _AT_ONCE]]
