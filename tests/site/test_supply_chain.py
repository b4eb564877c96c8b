"""What the program and its sites are made of is pinned, listed and named with its licence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

import pytest
from building import ROOT, Built
from patience import seconds

LOCKS = sorted((ROOT / "locks").glob("*.txt"))
LICENCES = (ROOT / "templates/bundle/licences.txt").read_text(encoding="utf-8")


def locked(lock: Path) -> dict[str, str]:
    """What a lock says of each package, by its name."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.replace("\\\n", "").strip())
    return {re.split(r"[=\s;\[]", block, maxsplit=1)[0]: block for block in blocks}


def names(asked: list[str]) -> set[str]:
    """The packages that are asked for, without their versions."""
    return {re.split(r"[<>=\[]", one, maxsplit=1)[0].lower() for one in asked}


@pytest.mark.parametrize("lock", LOCKS, ids=[lock.name for lock in LOCKS])
def test_every_package_is_pinned_with_a_hash(lock: Path) -> None:
    packages = locked(lock)
    assert len(packages) > 20
    for name, block in packages.items():
        assert re.match(
            rf"{re.escape(name)}(?:\[[\w,-]+\])?==[\w.!+-]+(?: ;[^-]*)?\s+--hash=sha256:[0-9a-f]{{64}}\b", block
        ), block
        assert "http" not in block
    assert all("@" not in block for block in packages.values()), "a package comes from an address"


def test_what_is_needed_at_run_time_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names(project["dependencies"]) <= {name.lower() for name in locked(ROOT / "locks/site.txt")}


def test_what_is_asked_for_is_decided() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = asked["project"], asked["dependency-groups"]
    more = project["optional-dependencies"]
    needed = names([*project["dependencies"], *chain(*more.values(), *groups.values())])
    rows = (ROOT / "docs/decisions/0005-dependencies.md").read_text(encoding="utf-8").splitlines()
    decided = {name for row in rows if row.startswith("| ") for name in row.split("|")[1].strip().split(", ")}
    assert needed == decided - {"package", "---"}


def test_an_installation_asks_for_the_hashes() -> None:
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all("--require-hashes" in line for line in make.splitlines() if re.search(r"install .*-r locks/", line))


def test_the_list_of_what_the_program_is_made_of(tmp_path: Path) -> None:
    pytest.importorskip("cyclonedx_py", reason="cyclonedx-bom is not installed")
    tool = Path(sys.executable).parent / "cyclonedx-py"
    made = []
    for number in range(2):
        target = tmp_path / f"{number}.json"
        lock = [str(ROOT / "locks/site.txt"), "--pyproject", str(ROOT / "pyproject.toml")]
        subprocess.run(
            [tool, "requirements", *lock, "--output-reproducible", "-o", target], check=True, timeout=seconds(120)
        )
        made.append(target.read_bytes())
    assert made[0] == made[1]
    told = json.loads(made[0])
    assert told["metadata"]["component"]["name"] == "sessional"
    assert {one["name"].lower() for one in told["components"]} >= {
        one.lower() for one in locked(ROOT / "locks/site.txt")
    }


# --- what the site holds of others --------------------------------------------------------------------------------


def test_every_file_of_the_theme_is_named_with_its_licence(seed_site: Built) -> None:
    patterns = re.findall(r"^\s+site/(assets/\S+)$", LICENCES, re.MULTILINE)
    foreign = [
        one for one in seed_site.digests if one.startswith("assets/") and not one.startswith("assets/sessional/")
    ]
    assert foreign
    for pattern in patterns:
        assert any(fnmatch(name, pattern) for name in foreign), f"{pattern} is no longer there"
    for name in foreign:
        assert any(fnmatch(name, pattern) for pattern in patterns), name
    others = [one for one in seed_site.digests if one.endswith((".js", ".css", ".woff2", ".png", ".svg"))]
    assert {one.split("/")[0] for one in others} <= {"assets", "search", "countries"}


def test_every_package_in_the_themes_files_is_named(seed_site: Built) -> None:
    theme = Path(str(distribution("mkdocs-material").locate_file("material/templates")))
    shipped = [name for name in seed_site.digests if name.startswith(("assets/javascripts/", "assets/stylesheets/"))]
    packages = set()
    for name in shipped:
        told = json.loads((theme / f"{name}.map").read_bytes())
        packages |= {
            match[1] for one in told["sources"] if (match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", one))
        }
    assert packages
    assert {
        name for name in packages if not re.search(rf"^\s+{re.escape(name)}(?:\.js)?\s", LICENCES, re.MULTILINE)
    } == set()
