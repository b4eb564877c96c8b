"""Schedulers and workers of Dask in processes of their own, on loopback; they are ended with their `with`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from patience import seconds

ROOT = Path(__file__).parents[1]


@contextmanager
def dask(tmp_path: Path, *arguments: str, says: str, env: dict[str, str] | None = None) -> Iterator[str]:
    """A process of Dask, and what its log says once it runs; it is ended afterwards."""
    log = tmp_path / f"{arguments[0]}-{time.monotonic_ns()}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(
                    str(ROOT / name) for name in ("", "tests", "tests/processes", "tests/site")
                ),
                **(env or {}),
            },
        )
    try:
        end = time.monotonic() + seconds(20)
        while not (found := re.search(says, log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield found[1]
    finally:
        process.kill()
        process.wait()


@contextmanager
def scheduler(tmp_path: Path) -> Iterator[str]:
    arguments = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    with dask(tmp_path, *arguments, says=r"Scheduler at:\s+tcp://(127\.0\.0\.1:\d+)") as address:
        yield address


def worker(tmp_path: Path, address: str, **env: str) -> ExitStack:
    """A worker without a nanny, so that killing it leaves nothing behind."""
    stack = ExitStack()
    arguments = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    stack.enter_context(dask(tmp_path, *arguments, says=r"Registered to:\s+(\S+)", env=env))
    return stack
