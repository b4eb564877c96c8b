"""Who reads: this process, processes of this machine, or a cluster – behind one small seam.

Takes the words of `--executor` and what all tasks share. Gives an `Executor`, whose `map` answers in the order of the
tasks and has only a few of them under way, so that memory stays bounded however many there are. Knows nothing of
reports: a task is a value, and the function that is called with it depends on nothing else.
"""

from __future__ import annotations

import ctypes
import gc
import os
import re
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

Shared = TypeVar("Shared")
_Shared_co = TypeVar("_Shared_co", covariant=True)
Task = TypeVar("Task")
Result = TypeVar("Result")

AUTO = "auto"
FORMS = "auto, in-process, processes, processes:4 or dask://host:port"

_PROCESSES = re.compile(r"processes(?::([1-9]\d?))?")
_DASK = re.compile(r"dask://((?:[\w.-]+|\[[0-9a-fA-F:.%]+\]):(\d{1,5}))")
# Below this a worker's start costs more than it saves.
_WORTH_WORKERS = 600_000  # bytes to read
_MOST_PROCESSES = 8
_PR_SET_PDEATHSIG = 1  # of Linux
AHEAD = 4  # tasks under way for each process, so that none waits for us


class ExecutorError(Exception):
    """Those who were to read cannot, or would read otherwise than we; the message says what to do."""


class Executor(Protocol[_Shared_co]):
    """The `map` and the `with` of `concurrent.futures.Executor`; each call is also given what all share."""

    def map(self, function: Callable[[Task, _Shared_co], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """What the function makes of each task, in their order. Tasks are taken as they are needed."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """What `--executor` says: `processes`, where a number is given (0: as many as pay), or a scheduler's address."""

    processes: int = 0
    address: str = ""

    @classmethod
    def of(cls, text: str) -> Choice:
        """Understand one of `FORMS`. Raises ExecutorError."""
        if text == AUTO:
            return cls()
        if text == "in-process":
            return cls(processes=1)
        if found := _PROCESSES.fullmatch(text):
            return cls(processes=int(found[1] or min(os.cpu_count() or 1, _MOST_PROCESSES)))
        if (found := _DASK.fullmatch(text)) and 0 < int(found[2]) < 65536:
            return cls(address=found[1])
        if text.startswith("dask:"):
            raise ExecutorError(
                f"{text!r} is no address of a scheduler: write dask://host:port, as dask://127.0.0.1:8786"
            )
        raise ExecutorError(f"{text!r} is not known: write {FORMS}")

    def count(self, tasks: int, size: int) -> int:
        """How many processes read so many tasks of so many bytes: as many as asked for, else as many as pay."""
        wanted = self.processes or (1 if size < _WORTH_WORKERS else min(os.cpu_count() or 1, _MOST_PROCESSES))
        return max(1, min(wanted, tasks))


def executor(choice: Choice, shared: Shared, tasks: int, size: int) -> Executor[Shared]:
    """The executor of a choice, for so many tasks of so many bytes in all. Raises ExecutorError."""
    if choice.address and tasks:
        from generator.build.cluster import Cluster

        return Cluster(choice.address, shared)
    count = choice.count(tasks, size)
    return InProcess(shared) if count < 2 else Processes(count, shared)


def in_order(submit: Callable[[Task], Result], tasks: Iterable[Task], at_once: int) -> Iterator[Result]:
    """What submitting each task gives, in their order; no more than `at_once` of them are under way."""
    under_way: deque[Result] = deque()
    for task in tasks:
        under_way.append(submit(task))
        if len(under_way) == at_once:
            yield under_way.popleft()
    yield from under_way


class InProcess(Generic[Shared]):
    """Reads in this process, one after another, when asked for the next."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def map(self, function: Callable[[Task, Shared], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """See `Executor`."""
        return (function(task, self._shared) for task in tasks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class Processes(Generic[Shared]):
    """Reads in processes of this machine; each is given once what all share."""

    def __init__(self, count: int, shared: Shared) -> None:
        self._count, self._shared = count, shared
        self._held = ExitStack()
        self._pool = self._held.enter_context(processes(count, begin=partial(_begin, shared)))

    def map(self, function: Callable[[Task, Shared], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """See `Executor`. Raises ExecutorError where a process was ended from outside."""
        from concurrent.futures.process import BrokenProcessPool

        rest = iter(tasks)
        # The first is read here: what is worked out for it, patterns above all, the others are forked with.
        yield from (function(task, self._shared) for task in islice(rest, 1))
        try:
            for future in in_order(lambda task: self._pool.submit(_call, function, task), rest, AHEAD * self._count):
                yield future.result()
        except BrokenProcessPool:
            raise ExecutorError(
                "a process that reads was ended from outside, perhaps because memory was short; "
                "`--executor in-process` needs least of it"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()


@contextmanager
def processes(
    count: int, context: BaseContext | None = None, begin: Callable[[], None] | None = None
) -> Iterator[ProcessPoolExecutor]:
    """So many processes, which have begun; what they have not begun when this is left, they will not do.

    They end when this process does, and Ctrl-C is for this process alone: one that is told of it while it begins, or
    that began just after it, would be waited for for ever.
    """
    from concurrent.futures import ProcessPoolExecutor  # here: who makes all alone need not wait for it

    pool = ProcessPoolExecutor(count, context, _begin_with_parent, (os.getpid(), begin))
    try:
        with _interrupt_held():
            pool.submit(int)  # the first task begins them
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Hear of Ctrl-C when this is left; a process that begins here never does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_shared: list[Any] = []


# A build makes millions of small objects, and hardly any in circles: with its own habits Python looks for circles in
# all of them again and again, for a tenth of the time of a build.
_COLLECTED = (50_000, 20, 50)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look for objects in circles less often for a while; processes that are forked meanwhile do so too."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin_with_parent(parent: int, begin: Callable[[], None] | None) -> None:
    """Let this process end when its parent does, even if that is killed: it would wait for work for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    if begin:
        begin()


def _begin(shared: object) -> None:
    _shared[:] = [shared]


def _call(function: Callable[[Task, Shared], Result], task: Task) -> Result:
    return function(task, _shared[0])
