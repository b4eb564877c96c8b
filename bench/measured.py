"""A command run and measured: seconds by the clock, seconds of the processors, and the most memory it held.

Takes a command. Gives a `Run`. The clock runs from the start of the process to its end, imports included. Processor
time is user and system together, of the process and of all its children, as the kernel accounts it when they end
(`wait4`). Memory is that of the whole tree of processes: while it runs, /proc is read up to twenty times a second and
the proportional shares (PSS: what is shared counts once) are added up; of a single process the kernel's own peak is
known, and the larger of the two is taken. What it says of a process that never lived 50 ms beside others is exact.
"""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_OFTEN = 0.05  # seconds
# The kernel walks through all of a process's memory to tell its share: of large ones we ask less often, so that the
# measure takes no more than a twentieth of a processor from what is measured.
_AT_MOST = 20


class FailedError(Exception):
    """A command ended with another status than was accepted; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    wall: float  # seconds
    cpu: float  # seconds
    peak: float  # MiB


def measure(
    command: Sequence[str | Path],
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    accepted: Sequence[int] = (0,),
) -> Run:
    """Run the command once. What was written before is on disk first, so that nobody pays for another's bytes."""
    os.sync()
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the commands of this bench
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        watch = _Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        watch.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-2000:]
            raise FailedError(f"{' '.join(str(part) for part in command)} ended with {process.returncode}:\n{words}")
    return Run(wall, used.ru_utime + used.ru_stime, max(used.ru_maxrss / 1024, watch.peak / 1024))


class _Watch(threading.Thread):
    """Adds up the memory of a process and its descendants until told to end; `peak` is in KiB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak, self._pid, self._ended = 0, pid, threading.Event()
        self.start()

    def run(self) -> None:
        taken = 0.0
        while not self._ended.wait(max(_OFTEN, _AT_MOST * taken)):
            started = time.perf_counter()
            tree = list(_tree(self._pid))
            if len(tree) > 1:  # of one alone the kernel says it exactly
                self.peak = max(self.peak, sum(map(_share, tree)))
            taken = time.perf_counter() - started

    def end(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> Iterator[int]:
    """The process and its descendants."""
    yield pid
    with suppress(OSError):  # it may have ended
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _tree(int(child))


def _share(pid: int) -> int:
    """KiB of a process, of shared pages its share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def machine() -> dict[str, str | int | float]:
    """What it all ran on, and how busy that was with other things."""
    cpu = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "").partition(":")[2]
    memory = next((line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0 0").split()[1]
    return {
        "cpu": cpu.strip() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "ram_gib": round(int(memory) / 2**20, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
