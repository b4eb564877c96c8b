"""Reading on a cluster: a real scheduler of Dask with two workers in processes of their own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from clusters import scheduler, worker
from patience import seconds

from generator.build import Choice, ExecutorError, Project, Surroundings, cluster, read_each, read_source
from generator.build.executors import executor

pytest.importorskip("distributed")

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "content/sources/lao-pdr-opsc-69.md", *sorted((ROOT / "tests/corpus/sources").glob("*.md"))]
OVERLAY = ROOT / "tests/corpus/vocabularies"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with two workers."""
    folder = tmp_path_factory.mktemp("dask")
    with scheduler(folder) as at, worker(folder, at), worker(folder, at):
        yield at


def outcomes(paths: list[Path], who: str) -> tuple[list[object], list[object]]:
    project = Project(ROOT, tuple(paths), (OVERLAY,))
    surroundings = Surroundings(project, project.vocabulary())
    return list(read_each(paths, surroundings, read_source, who)), list(surroundings.diagnostics)


def pid_and_sum(task: int, shared: int) -> tuple[int, int]:
    time.sleep(0.02)
    return os.getpid(), task + shared


def deadly(task: int, shared: Path) -> int:
    """Kills the worker that does the fifth task, once."""
    if task == 5 and not shared.exists():
        shared.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def poisoned(task: int, _shared: object) -> int:
    if task == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def wrong(_task: int, _shared: object) -> int:
    raise LookupError("a fault of reading")


def test_a_cluster_reads_as_this_process_and_as_several(address: str, tmp_path: Path) -> None:
    """A few dozen documents, among them one without a register, one that is broken and one that is not there."""
    (tmp_path / "sources").mkdir()
    paths = []
    for number in range(3):
        for path in SOURCES:
            paths.append(tmp_path / "sources" / f"{number}-{path.name}")
            paths[-1].write_bytes(path.read_bytes() + f"\n\nThe Committee welcomed report {number}.\n".encode())
    (tmp_path / "sources" / "broken.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / f"{paths[0].stem}.yaml").write_text("format: corrections/1\nfacts: 3\n")
    (tmp_path / "sources.yaml").write_text("format: sources/1\nsources: [\n")
    paths += [tmp_path / "sources" / "broken.md", tmp_path / "sources" / "missing.md", *SOURCES]
    assert len(paths) >= 24
    here = outcomes(paths, "in-process")
    assert outcomes(paths, f"dask://{address}") == here
    assert outcomes(paths, "processes:2") == here


def test_all_workers_work_and_answers_come_in_order(address: str) -> None:
    with executor(Choice(address=address), 1000, tasks=100, size=0) as workers:
        answers = list(workers.map(pid_and_sum, range(100)))
    assert [number for _, number in answers] == list(range(1000, 1100))
    assert len({pid for pid, _ in answers}) == 2


def test_only_a_few_tasks_are_under_way(address: str) -> None:
    taken: list[int] = []

    def take(task: int) -> int:
        taken.append(task)
        return task

    with executor(Choice(address=address), 0, tasks=100, size=0) as workers:
        for given, _ in enumerate(workers.map(pid_and_sum, map(take, range(100)))):
            assert len(taken) - given <= 32


def test_a_fault_of_reading_is_shown_as_it_is(address: str) -> None:
    with executor(Choice(address=address), 0, tasks=1, size=0) as workers, pytest.raises(LookupError, match="a fault"):
        list(workers.map(wrong, [1]))


def test_another_worker_takes_over_where_one_dies(tmp_path: Path) -> None:
    with (
        scheduler(tmp_path) as address,
        worker(tmp_path, address),
        worker(tmp_path, address),
        executor(Choice(address=address), tmp_path / "died", tasks=40, size=0) as workers,
    ):
        assert list(workers.map(deadly, range(40))) == list(range(40))
    assert (tmp_path / "died").exists()


def test_workers_that_die_over_and_over_end_the_reading(tmp_path: Path) -> None:
    """Without anybody to give the work to, it is not waited for ever."""
    with (
        scheduler(tmp_path) as address,
        worker(tmp_path, address),
        pytest.MonkeyPatch.context() as patched,
        executor(Choice(address=address), 0, tasks=2, size=0) as workers,
    ):
        patched.setattr(cluster, "_PATIENCE", 0.3)
        patched.setattr(cluster, "_ALONE", 0.5)
        with pytest.raises(ExecutorError, match=r"all workers of dask://.* are gone"):
            list(workers.map(poisoned, range(3)))


def test_a_scheduler_that_goes_ends_the_reading(tmp_path: Path) -> None:
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patched:
        patched.setattr(cluster, "_PATIENCE", 1.0)
        running = ExitStack()
        address = running.enter_context(scheduler(tmp_path))
        running.enter_context(worker(tmp_path, address))
        workers = stack.enter_context(executor(Choice(address=address), 0, tasks=200, size=0))
        answers = workers.map(pid_and_sum, range(200))
        next(answers)
        running.close()
        with pytest.raises(ExecutorError, match=r"dask://.* (is|are) gone"):
            list(answers)


def test_a_worker_with_another_program_is_refused(tmp_path: Path) -> None:
    """Its package has one more line of code."""
    other = tmp_path / "other" / "generator"
    subprocess.run(["cp", "-r", str(ROOT / "generator"), str(other.parent.mkdir() or other)], check=True)
    (other / "cli.py").write_text((other / "cli.py").read_text() + "\n# another version\n")
    with (
        scheduler(tmp_path) as address,
        worker(tmp_path, address, PYTHONPATH=str(other.parent)),
        pytest.raises(
            ExecutorError,
            match=r"the worker at tcp://\S+ would not read as this process does: sessional \S+ \(\w{12}\) instead of",
        ),
    ):
        executor(Choice(address=address), 0, tasks=1, size=0)


def test_a_worker_with_another_program_that_comes_later_is_refused(address: str, monkeypatch) -> None:
    ours = dict(cluster.program())
    with executor(Choice(address=address), 0, tasks=1, size=0) as workers:
        monkeypatch.setattr(cluster, "program", lambda: {**ours, "rapidfuzz": "0.0.1"})
        with pytest.raises(
            ExecutorError, match=r"would not read as this process does: rapidfuzz \S+ instead of 0\.0\.1"
        ):
            list(workers.map(pid_and_sum, [1]))


def test_a_scheduler_without_workers_is_told_with_the_command(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    with scheduler(tmp_path) as address, pytest.raises(ExecutorError, match=f"no worker; .*: dask worker {address}"):
        executor(Choice(address=address), 0, tasks=1, size=0)


@pytest.fixture
def nothing_there() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_a_scheduler_that_is_not_there_is_told_soon(nothing_there: int, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    started = time.monotonic()
    with pytest.raises(ExecutorError, match=f"no scheduler answers at dask://127.0.0.1:{nothing_there}"):
        executor(Choice(address=f"127.0.0.1:{nothing_there}"), 0, tasks=1, size=0)
    assert time.monotonic() - started < seconds(10)


def test_something_else_at_the_address_is_no_scheduler(monkeypatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(ExecutorError, match=f"no scheduler answers at dask://127.0.0.1:{port}"):
            executor(Choice(address=f"127.0.0.1:{port}"), 0, tasks=1, size=0)


def test_without_the_package_the_extra_is_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError, match=r"pip install --editable '\.\[cluster\]'"):
        executor(Choice(address="127.0.0.1:8786"), 0, tasks=1, size=0)
