"""A fault while a worker reads is a finding of that document, in processes of this machine and on a cluster."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from building import INVENTED, ROOT
from clusters import scheduler, worker
from invented import report

from generator.build import Project, Surroundings, read_each, read_source


def read_with_a_fault(taken, vocabulary):
    """Reads; a pass raises at the document called so."""
    if not taken.path.endswith("bad.md"):
        return read_source(taken, vocabulary)
    with mock.patch("generator.build.reading.classify", side_effect=RecursionError("a fault of ours")):
        return read_source(taken, vocabulary)


@pytest.mark.parametrize("who", ["in-process", "processes:2", "dask"])
def test_a_fault_in_a_worker_withholds_its_document_alone(tmp_path: Path, who: str) -> None:
    paths = []
    for name, state in (("a.md", "ARCADIA"), ("bad.md", "FREEDONIA"), ("c.md", "RURITANIA")):
        paths.append(tmp_path / "sources" / name)
        paths[-1].parent.mkdir(exist_ok=True)
        paths[-1].write_text(report(state), encoding="utf-8")
    project = Project(ROOT, tuple(paths), (INVENTED / "vocabularies",))
    surroundings = Surroundings(project, project.vocabulary())
    with ExitStack() as held:
        if who == "dask":
            pytest.importorskip("distributed")
            address = held.enter_context(scheduler(tmp_path))
            held.enter_context(worker(tmp_path, address))
            who = f"dask://{address}"
        outcomes = list(read_each(paths, surroundings, read_with_a_fault, who))
    assert [document is not None for document, _ in outcomes] == [True, False, True]
    (found,) = outcomes[1][1]
    assert (found.code, found.location.path.rpartition("/")[2]) == ("S011", "bad.md")
    assert "RecursionError" in found.message
    assert found.detail.startswith("Traceback")
    assert "RecursionError: a fault of ours" in found.detail
