"""Who reads does not matter: one process or several give the same, in the same order."""

from __future__ import annotations

from pathlib import Path

from generator.build import Project, Surroundings, read_each, read_source
from generator.build.workers import workers_for

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "content/sources/lao-pdr-opsc-69.md", *sorted((ROOT / "tests/corpus/sources").glob("*.md"))]


def outcomes(paths: list[Path], jobs: int) -> list[str]:
    project = Project(ROOT, tuple(paths), (ROOT / "tests/corpus/vocabularies",))
    surroundings = Surroundings(project, project.vocabulary())
    read = [repr(outcome) for outcome in read_each(paths, project, surroundings, read_source, jobs)]
    return [*read, repr(surroundings.diagnostics)]


def test_two_processes_read_as_one() -> None:
    assert outcomes(SOURCES, 2) == outcomes(SOURCES, 1)


def test_what_stands_beside_the_sources_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources.yaml").write_text("format: sources/1\nsources: [\n")
    for path in SOURCES:
        (tmp_path / "sources" / path.name).write_bytes(path.read_bytes())
    paths = sorted((tmp_path / "sources").glob("*.md"))
    assert outcomes(paths, 2) == outcomes(paths, 1)


def test_little_is_read_by_one() -> None:
    assert workers_for(SOURCES, None) == 1
    assert workers_for(SOURCES, 2) == 2
    assert workers_for(SOURCES[:1], 8) == 1
    assert workers_for([], 4) == 1
