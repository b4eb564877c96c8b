"""Who reads does not matter: this process or several give the same, in the same order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from patience import seconds

from generator.build import Choice, ExecutorError, Project, Surroundings, read_each, read_source
from generator.build.executors import InProcess, Processes, executor
from generator.cli import cli, main

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "content/sources/lao-pdr-opsc-69.md", *sorted((ROOT / "tests/corpus/sources").glob("*.md"))]


def outcomes(paths: list[Path], who: str) -> list[str]:
    project = Project(ROOT, tuple(paths), (ROOT / "tests/corpus/vocabularies",))
    surroundings = Surroundings(project, project.vocabulary())
    read = [repr(outcome) for outcome in read_each(paths, surroundings, read_source, who)]
    return [*read, repr(surroundings.diagnostics)]


def doubled(task: int, shared: int) -> int:
    return task * 2 + shared


def ended(task: int, _shared: int) -> int:
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def test_two_processes_read_as_one() -> None:
    assert outcomes(SOURCES, "processes:2") == outcomes(SOURCES, "in-process")


def test_what_stands_beside_the_sources_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources.yaml").write_text("format: sources/1\nsources: [\n")
    for path in SOURCES:
        (tmp_path / "sources" / path.name).write_bytes(path.read_bytes())
    paths = sorted((tmp_path / "sources").glob("*.md"))
    told = outcomes(paths, "in-process")
    assert told[-1].count("Diagnostic(") == 1
    assert outcomes(paths, "processes:2") == told


def test_a_source_is_taken_with_what_stands_beside_it(tmp_path: Path) -> None:
    """What a worker gets must do without the disk."""
    (tmp_path / "sources").mkdir()
    path = tmp_path / "sources" / "a.md"
    path.write_bytes(SOURCES[0].read_bytes())
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "a.yaml").write_text("format: corrections/2\n")
    (tmp_path / "sources.yaml").write_text(
        "format: sources/1\nsources:\n- {file: a.md, kind: summary, publisher: Invented, sha256: abc,\n"
        "   source_text: full}\n"
    )
    project = Project(ROOT, (path,))
    surroundings = Surroundings(project, project.vocabulary())
    taken = surroundings.take(path)
    for file in sorted(tmp_path.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    document, found = read_source(taken, surroundings.vocabulary)
    assert document is not None
    assert document.provenance.publisher == "Invented"
    assert {"D002", "D004"} <= {d.code for d in found}


# --- who reads ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("auto", Choice()),
        ("in-process", Choice(processes=1)),
        ("processes:7", Choice(processes=7)),
        ("dask://reader-1.example:8786", Choice(address="reader-1.example:8786")),
        ("dask://[::1]:8786", Choice(address="[::1]:8786")),
    ],
)
def test_what_the_option_says(said: str, understood: Choice) -> None:
    assert Choice.of(said) == understood


def test_processes_without_a_number_are_one_a_core() -> None:
    assert 1 <= Choice.of("processes").processes <= 8


@pytest.mark.parametrize(
    "said",
    ["dask://", "dask://host", "dask://host:0", "dask://host:99999", "dask:host:8786", "dask://a b:1", "dask://h:1/x"],
)
def test_a_malformed_address_is_told_with_a_good_one(said: str) -> None:
    with pytest.raises(ExecutorError, match=r"write dask://host:port, as dask://127\.0\.0\.1:8786"):
        Choice.of(said)


@pytest.mark.parametrize(
    "said", ["", "threads", "processes:0", "processes:", "processes:100", "in-process ", "tcp://a:1"]
)
def test_other_words_are_told_with_those_that_are_known(said: str) -> None:
    with pytest.raises(ExecutorError, match="write auto, in-process, processes, processes:4 or dask://host:port"):
        Choice.of(said)


def test_little_is_read_in_this_process_and_much_by_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert Choice().count(tasks=100, size=10_000) == 1
    assert Choice().count(tasks=100, size=10_000_000) == 4
    assert Choice().count(tasks=2, size=10_000_000) == 2
    assert Choice(processes=2).count(tasks=100, size=10) == 2
    assert Choice(processes=8).count(tasks=1, size=10) == 1
    assert Choice(processes=4).count(tasks=0, size=0) == 1


def test_where_there_is_nothing_to_read_nobody_is_called() -> None:
    assert isinstance(executor(Choice(address="nowhere.invalid:1"), None, tasks=0, size=0), InProcess)


# --- the seam -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [Choice(processes=1), Choice(processes=2)])
def test_answers_come_in_the_order_of_the_tasks_and_know_what_is_shared(choice: Choice) -> None:
    with executor(choice, 1000, tasks=50, size=0) as workers:
        assert list(workers.map(doubled, range(50))) == [1000 + 2 * n for n in range(50)]


@pytest.mark.parametrize(("choice", "most"), [(Choice(processes=1), 1), (Choice(processes=2), 8)])
def test_only_a_few_tasks_are_taken_ahead(choice: Choice, most: int) -> None:
    taken: list[int] = []

    def take(task: int) -> int:
        taken.append(task)
        return task

    with executor(choice, 0, tasks=100, size=0) as workers:
        for given, _ in enumerate(workers.map(doubled, map(take, range(100)))):
            assert len(taken) - given <= most


def test_a_process_that_is_killed_is_told_without_a_traceback() -> None:
    with Processes(2, 0) as workers, pytest.raises(ExecutorError, match="ended from outside") as told:
        list(workers.map(ended, range(8)))
    assert told.value.__suppress_context__


INTERRUPTED = """
import multiprocessing, os, signal, sys
from generator.build.executors import processes
signal.signal(signal.SIGINT, signal.default_int_handler)
begun, fork = 0, os.fork
def interrupted():
    global begun
    child = fork()
    begun += child > 0
    if child and begun == int(sys.argv[1]):
        os.killpg(0, signal.SIGINT)
    return child
os.fork = interrupted
try:
    with processes(2, multiprocessing.get_context("fork")) as pool:
        print("worked:", sum(pool.map(abs, range(100))))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not fork")
@pytest.mark.parametrize(("after", "said"), [(1, "interrupted"), (2, "interrupted"), (3, "worked: 4950")])
def test_ctrl_c_between_two_forks_leaves_nobody_to_wait_for(after: int, said: str) -> None:
    """A fork forgets the signals that its parent has not yet answered, and the next one was never told."""
    build = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(after)],
        capture_output=True,
        text=True,
        timeout=seconds(30),
        process_group=0,
    )
    assert (build.stdout, build.stderr) == (f"{said}\n", "")


# --- the command line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build", "check", "review", "bundle", "read"])
def test_every_command_that_reads_refuses_what_it_does_not_understand(command: str) -> None:
    files = [str(SOURCES[0])] if command == "read" else []
    result = CliRunner().invoke(cli, [command, *files, "--executor", "dask://8786"])
    assert result.exit_code == 2
    assert "Invalid value for '--executor': 'dask://8786' is no address" in result.output


def test_jobs_are_short_for_processes() -> None:
    result = CliRunner().invoke(cli, ["read", str(SOURCES[0]), "--jobs", "2", "--executor", "in-process"])
    assert result.exit_code == 2
    assert "--jobs 4 is short for --executor processes:4" in result.output


def test_readers_that_fail_end_with_2_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_given: object) -> None:
        raise ExecutorError("no scheduler answers")

    monkeypatch.setattr("generator.build.reading.read_project", fail)
    monkeypatch.setattr("sys.argv", ["sessional", "check"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert capsys.readouterr().err == "Error: no scheduler answers\n"
