"""Reviews against a list made by hand, where `SESSIONAL_CORPUS` names the reports: figures may only rise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import surroundings

# One process reads all of them, and measures that once.
pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.xdist_group("reviews")]

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """What the bench measures, over all reports."""
    corpus = os.environ.get("SESSIONAL_CORPUS")
    if not corpus or not (Path(corpus) / "upr" / "reports.csv").is_file():
        pytest.skip("SESSIONAL_CORPUS names no reports of reviews: their reading is not measured")
    command = [sys.executable, str(ROOT / "bench" / "upr.py"), "--corpus", corpus, "--json"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_state_and_session_of_every_report(figures) -> None:
    assert figures["facts"] == figures["reports"]


def test_listed_recommendations(figures) -> None:
    assert figures["recall"] >= 0.983
    assert figures["precision"] >= 0.985


def test_who_recommends_and_what_the_state_answers(figures) -> None:
    assert figures["state"] >= 0.994
    assert figures["no_other_state"] >= 0.991
    assert figures["positions"] == 1.0


def test_the_dialogue(figures) -> None:
    assert figures["dialogue_kind"] >= 0.96
    assert figures["dialogue_speaker"] >= 0.98
    assert figures["dialogue_states"] == 1.0
