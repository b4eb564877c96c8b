"""Reading on a cluster of Dask: workers on other machines that share neither memory nor disk with this one.

Takes the address of a scheduler. Gives an executor (see `executors`) that sends each worker once what all tasks share,
and makes sure that workers run the same program as this process: otherwise the bytes might differ. Dask gives a task
to another worker where one dies.
"""

from __future__ import annotations

import platform
import socket
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from functools import cache
from importlib.metadata import version
from typing import Any, Generic, Self

from generator.build.executors import AHEAD, ExecutorError, Result, Shared, Task, in_order
from generator.build.inputs import code

_PATIENCE = 5.0  # seconds for a scheduler to answer, and for a first worker to be there
_ALONE = 60.0  # seconds without any worker after which reading ends
_LEAST_UNDER_WAY = 32  # so that workers who join later find work


@cache
def program() -> Mapping[str, str]:
    """What decides how a text is read besides text and vocabulary; Python, because it knows which signs are letters."""
    python = ".".join(platform.python_version_tuple()[:2])
    packages = {name: version(name) for name in ("markdown-it-py", "rapidfuzz")}
    return {"sessional": f"{version('sessional')} ({code().hex()[:12]})", "Python": python, **packages}


def differences(ours: Mapping[str, str]) -> str:
    """How the program of this process differs from another's; empty where it does not."""
    return ", ".join(
        f"{name} {program().get(name)} instead of {ours[name]}" for name in ours if program()[name] != ours[name]
    )


class Cluster(Generic[Shared]):
    """Reads on the workers of a Dask scheduler. Raises ExecutorError where they cannot be used."""

    def __init__(self, address: str, shared: Shared) -> None:
        try:
            import distributed
        except ImportError:
            raise ExecutorError(
                "reading on a cluster needs the extra \"cluster\": pip install --editable '.[cluster]'"
            ) from None
        self._address = f"dask://{address}"
        self._killed = distributed.KilledWorker
        try:
            _listen(address)
            with warnings.catch_warnings():
                # Of versions that differ we speak ourselves, where they matter.
                warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
                self._client = distributed.Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ExecutorError(f"no scheduler answers at {self._address} ({_first_line(error)})") from None
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
            self._refuse_others()
            # A task, not data put there: where the worker that has it dies, Dask makes it again.
            self._shared = self._client.submit(_itself, shared, pure=False)
        except TimeoutError:
            self._client.close()
            raise ExecutorError(
                f"the scheduler at {self._address} has no worker; start one: dask worker {address} --nthreads 1"
            ) from None
        except BaseException:
            self._client.close()
            raise

    def map(self, function: Callable[[Task, Shared], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """See `Executor`. Raises ExecutorError where workers fail, not where the function does."""

        def submit(task: Task) -> Any:
            return self._client.submit(_on_worker, function, program(), task, self._shared, pure=False)

        at_once = max(_LEAST_UNDER_WAY, AHEAD * sum(self._client.nthreads().values()))
        for future in in_order(submit, tasks, at_once):
            yield self._answer(future)

    def _answer(self, future: Any) -> Any:
        """What became of a task. Waits as long as there is somebody to do it."""
        alone = 0.0
        while True:
            try:
                return future.result(timeout=_PATIENCE)
            except self._killed:
                raise ExecutorError(
                    f"workers of {self._address} died over and over while they read; was their memory short?"
                ) from None
            except CancelledError:
                raise ExecutorError(f"the scheduler at {self._address} is gone") from None
            except TimeoutError:
                if future.done():
                    raise
                alone = 0.0 if self._client.nthreads() else alone + _PATIENCE
                if alone >= _ALONE:
                    raise ExecutorError(f"all workers of {self._address} are gone") from None
            except Exception:
                # A worker that joined later and has another program may fail in any way.
                self._refuse_others()
                raise

    def _refuse_others(self) -> None:
        """Raise ExecutorError where a worker runs another program, or none."""
        answers = self._client.run(differences, dict(program()), on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, Exception):
                raise ExecutorError(f"the worker at {worker} has no such program as this: {_first_line(answer)}")
            if answer:
                raise ExecutorError(f"{_OTHERWISE.format(worker)}: {answer}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


_OTHERWISE = "the worker at {} would not read as this process does"


def _listen(address: str) -> None:
    """Wait for the greeting of a scheduler, which the client would wait for without end. Raises OSError."""
    host, _, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE) as line:
        if not line.recv(1):
            raise OSError("the connection was closed")


def _itself(value: Shared) -> Shared:
    return value


def _on_worker(
    function: Callable[[Task, Shared], Result], ours: Mapping[str, str], task: Task, shared: Shared
) -> Result:
    """Asked again with each task: workers may join at any time."""
    if unlike := differences(ours):
        from distributed import get_worker

        raise ExecutorError(f"{_OTHERWISE.format(get_worker().address)}: {unlike}")
    return function(task, shared)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
