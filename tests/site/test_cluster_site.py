"""The site of the first report, read on a cluster, is the site it is otherwise: the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import ROOT, Built, run
from clusters import scheduler, worker

pytest.importorskip("distributed")

pytestmark = pytest.mark.slow


def test_a_site_read_on_a_cluster_has_the_same_bytes(seed_site: Built, tmp_path: Path) -> None:
    with scheduler(tmp_path) as address, worker(tmp_path, address), worker(tmp_path, address):
        options = ("--sources", ROOT / "content/sources/lao-pdr-opsc-69.md", "--executor", f"dask://{address}")
        done = run("sessional", "build", *options, "--site-dir", tmp_path / "site")
        logs = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    built = Built(tmp_path / "site", done.returncode, done.stdout, done.stderr)
    assert built.status == 0, built.stderr
    assert "Receive client connection" in logs
    assert built.digests == seed_site.digests
    assert "Traceback" not in built.stderr
