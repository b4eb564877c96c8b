"""Builds by the real command line: each site once in a run, two at a time.

`@site` turns a function that says how a site is built into a session fixture of that name. All sites that the tests
of a run ask for are begun together, so that a test seldom waits for more than its own. Processes that share the tests
of a run share its sites.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from commands import surroundings
from filelock import FileLock
from patience import seconds
from reading_back import Element, read_file
from records import statements_of_site

ROOT = Path(__file__).parents[2]
INVENTED = ROOT / "tests/corpus"
WITH_INVENTED = ("--vocabularies", INVENTED / "vocabularies")
_SCRIPTS = Path(sys.executable).parent

Arguments = tuple[str | Path, ...]


@dataclass(frozen=True)
class Order:
    """How a site is built: the options of `sessional build`, or another command; `env` adds to a small, fixed one."""

    options: Arguments = ()
    command: Arguments = ("sessional", "build")
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Built:
    """A finished build: its site, its status, and what it said."""

    site: Path
    status: int
    stdout: str
    stderr: str

    @cached_property
    def digests(self) -> dict[str, str]:
        """The sha256 of every file of the site, by name."""
        return {
            path.relative_to(self.site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.site.rglob("*"))
            if path.is_file()
        }

    @cached_property
    def statements(self) -> list[dict[str, Any]]:
        """The records of all States, each with all its fields."""
        return statements_of_site(self.site)

    @cached_property
    def search(self) -> dict[str, str]:
        """The files of the search index, by name."""
        return {
            path.relative_to(self.site).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((self.site / "search").rglob("*.js"))
        }

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Every page, by its address; `404.html` by its name."""
        return {
            path.relative_to(self.site).as_posix().removesuffix("index.html"): read_file(path)
            for path in sorted(self.site.rglob("*.html"))
        }


def run(
    *command: str | Path, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run a console script of the environment that the tests run in, from the project's folder."""
    name, *arguments = map(str, command)
    return subprocess.run(
        [str(_SCRIPTS / name), *arguments],
        cwd=ROOT,
        env=surroundings(**(env or {})),
        umask=umask,
        capture_output=True,
        text=True,
        timeout=seconds(120),
        check=False,
    )


Plan = Callable[[Path], Order]
_PLANS: dict[str, Plan] = {}


def site(plan: Plan) -> Any:
    """Make a session fixture of a function that, given a folder of its own, says how a site is built."""
    _PLANS[plan.__name__] = plan

    @pytest.fixture(scope="session", name=plan.__name__)
    def fixture(builder: Builder) -> Built:
        return builder.get(plan.__name__)

    return fixture


class Builder:
    """The builds of a session, in `folder`. `sharing`: others build there too, each what no other has begun."""

    def __init__(self, asked_for: Iterable[str], folder: Path, sharing: bool = False) -> None:
        wanted = set(asked_for)
        self._pool = ThreadPoolExecutor(1 if sharing else 2)
        self._sites: dict[str, Future[Built]] = {
            name: self._pool.submit(_once, plan, folder / name) for name, plan in _PLANS.items() if name in wanted
        }

    def get(self, name: str) -> Built:
        """A finished build."""
        return self._sites[name].result()

    def close(self) -> None:
        """Begin no further build and wait for those that run."""
        self._pool.shutdown(cancel_futures=True)


def _once(plan: Plan, folder: Path) -> Built:
    """What this process builds, or another has built or is building."""
    site, told = folder / "site", folder / "told.json"
    with FileLock(folder.with_suffix(".lock")):
        if not told.is_file():
            folder.mkdir()
            order = plan(folder)
            done = run(*order.command, "--site-dir", site, *order.options, env=order.env)
            told.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
    return Built(site, *json.loads(told.read_text(encoding="utf-8")))
