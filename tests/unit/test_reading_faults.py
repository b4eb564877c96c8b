"""A fault while one document is read withholds that document, by name; everything else is published."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from invented import report
from staging import ROOT, Stage

from generator.build import Project, Surroundings, prepare, read_project, read_source, reading
from generator.cli import cli
from generator.datafile import DatafileError
from generator.diagnostics import Diagnostic
from generator.redactions import Redaction, mark, words
from generator.text.source import Location

QUOTED = "The Committee was concerned about Anna Example."


def failing(monkeypatch, error: BaseException, name: str = "bad.md") -> None:
    """Let a pass raise at the document of this name."""
    real = reading.extract

    def extract(document, *more):
        if document.source.path.endswith(name):
            raise error
        return real(document, *more)

    monkeypatch.setattr(reading, "extract", extract)


@pytest.fixture
def two(stage: Stage) -> Stage:
    """A good report and one that will fail."""
    stage.put({"good.md": report("ARCADIA"), "bad.md": report("FREEDONIA")})
    return stage


def take(stage: Stage, name: str = "bad.md"):
    return Surroundings(stage.project, stage.vocabulary).take(stage.folder / "sources" / name)


@pytest.mark.parametrize(
    "error", [IndexError("tuple index out of range"), MemoryError(), RecursionError("too deep"), AssertionError()]
)
def test_whatever_is_raised_is_a_finding_of_that_document(two: Stage, monkeypatch, error: Exception) -> None:
    failing(monkeypatch, error)
    document, found = read_source(take(two), two.vocabulary)
    assert document is None
    assert [d.code for d in found] == ["S011"]
    assert type(error).__name__ in found[0].message
    assert found[0].location.path.endswith("bad.md")
    assert "bad.md" in found[0].message
    assert found[0].detail.startswith("Traceback (most recent call last):")
    assert "in extract" in found[0].detail
    assert type(error).__name__ in found[0].detail.splitlines()[-1]


def test_a_recursion_without_end_is_a_finding(two: Stage, monkeypatch) -> None:
    def deeper(*arguments):
        return deeper(*arguments)

    monkeypatch.setattr(reading, "classify", deeper)
    document, found = read_source(take(two), two.vocabulary)
    assert (document, [d.code for d in found]) == (None, ["S011"])
    assert len(found[0].detail) < 25_000


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SystemExit(3), DatafileError(Diagnostic(Location("cues.yaml"), "D002", "x"))]
)
def test_what_is_no_fault_of_a_document_ends_reading(two: Stage, monkeypatch, error: BaseException) -> None:
    failing(monkeypatch, error)
    with pytest.raises(type(error)):
        read_source(take(two), two.vocabulary)


def test_a_fault_beside_a_document_is_a_finding_of_it(two: Stage, monkeypatch) -> None:
    def unreadable(*_arguments):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Surroundings, "_corrections", unreadable)
    found = [d for d in read_project(two.project).diagnostics if d.code == "S011"]
    assert [d.location.path.rpartition("/")[2] for d in found] == ["bad.md", "good.md"]


def test_withheld_words_do_not_come_out_with_a_fault(two: Stage, monkeypatch) -> None:
    hidden = Redaction(
        "xfr-crc-102.aaaaaa", "statement", (mark(words(QUOTED)),), "safety", "x", "2026-01-01", "x", Location("x")
    )
    monkeypatch.setattr(Surroundings, "_redactions_of", lambda *_: (hidden,))
    failing(monkeypatch, ValueError(QUOTED))
    _, found = read_source(take(two), two.vocabulary)
    assert [d.code for d in found] == ["S011"]
    assert "Anna" not in f"{found[0].message}{found[0].hint}{found[0].detail}"


def test_everything_else_is_published_as_without_it(two: Stage, monkeypatch) -> None:
    (two.folder / "sources/bad.md").rename(two.folder / "aside")
    alone = prepare(two.project)
    (two.folder / "aside").rename(two.folder / "sources/bad.md")
    failing(monkeypatch, LookupError("gone"))
    both = prepare(two.project)
    assert [path.rpartition("/")[2] for path in both.reading.withheld] == ["bad.md"]
    assert [one.id for one in both.reading.corpus.statements] == [one.id for one in alone.reading.corpus.statements]
    assert [page.address for page in both.plan.pages] == [page.address for page in alone.plan.pages]


# --- the command line ---------------------------------------------------------------------------------------------


@pytest.fixture
def run(two: Stage, monkeypatch):
    """Runs a command on both files, of which one fails."""
    monkeypatch.setattr(Project, "vocabulary", lambda _self: two.vocabulary)
    monkeypatch.chdir(ROOT)
    failing(monkeypatch, IndexError("tuple index out of range"))
    files = [str(two.folder / "sources" / name) for name in ("bad.md", "good.md")]
    return lambda *arguments: CliRunner().invoke(cli, [*arguments, *files])


def test_read_goes_on_with_the_next_file(run) -> None:
    result = run("read", "--executor", "in-process", "--format", "jsonl")
    assert result.exit_code == 1
    assert "lack of data on trafficking" in result.stdout
    assert "error[S011] reading-failed: IndexError while" in result.stderr
    assert "Traceback" not in result.stderr


def test_read_goes_on_where_printing_fails(run, monkeypatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("generator.cli._statements", lambda *_: (_ for _ in ()).throw(KeyError("x")))
    result = run("read", "--executor", "in-process")
    assert (result.exit_code, result.stderr.count("error[S011]")) == (1, 2)


@pytest.mark.parametrize("command", ["read", "check"])
def test_debug_shows_the_traceback(run, command: str) -> None:
    result = run("--debug", command, "--executor", "in-process")
    assert result.exit_code == 1
    assert "bad.md error[S011]" in result.output
    assert "Traceback (most recent call last):" in result.output
    assert "raise error\n    IndexError: tuple index out of range" in result.output
