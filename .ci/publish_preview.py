#!/usr/bin/env python3
"""Puts a preview on its own origin, and takes away those of pull requests that are closed.

Takes NUMBER and FOLDER (both empty: only take away), PREVIEW_URL, PREVIEW_REPOSITORY, PREVIEW_DEPLOY_KEY, SITE_URL and
GH_REPO from the environment. Says "address=…" where something was put there. Where no place is set up it says so and
ends well. The branch has one commit at a time: what is taken away is gone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

BRANCH = "gh-pages"
# https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
_GITHUB = "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n"
_NUMBER = re.compile(r"[1-9]\d{0,8}")


class SettingError(Exception):
    """A setting of the repository cannot be used."""


def another_origin(preview: str, production: str, repository: str) -> None:
    """Raises SettingError unless pages of the preview are strangers to the pages of production.

    Two repositories of one owner share an origin on github.io: a page of one can act as a page of the other.
    """
    place = urlsplit(preview)
    if place.scheme != "https" or not place.hostname or place.query or place.fragment or not place.path.endswith("/"):
        raise SettingError("PREVIEW_URL must be an address as https://previews.example.org/")
    ours = {f"{repository.partition('/')[0].lower()}.github.io", urlsplit(production).hostname or ""}
    if place.hostname in ours:
        raise SettingError(f"PREVIEW_URL is on {place.hostname}, as production is: a preview may hold any script")


def open_numbers(repository: str) -> set[str]:
    """The pull requests that are open. Raises where GitHub does not answer, so that nothing is taken away then."""
    query = ["gh", "api", "--paginate", f"repos/{repository}/pulls?state=open&per_page=100", "--jq", ".[].number"]
    return set(subprocess.run(query, capture_output=True, text=True, check=True).stdout.split())  # noqa: S603


class Branch:
    """The branch whose files are served."""

    def __init__(self, remote: str, folder: Path, key: str) -> None:
        self.tree, self._remote = folder / "tree", remote
        (folder / "key").touch(0o600)
        (folder / "key").write_text(f"{key.strip()}\n", encoding="utf-8")
        (folder / "hosts").write_text(_GITHUB, encoding="utf-8")
        ssh = f"ssh -i {folder}/key -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes"
        self._env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_TERMINAL_PROMPT": "0"}
        self._env["GIT_SSH_COMMAND"] = f"{ssh} -o UserKnownHostsFile={folder}/hosts"
        self.tree.mkdir()
        self._git("init", "-q", "-b", BRANCH)
        self.before = ""
        if self._git("ls-remote", "--heads", remote, BRANCH).strip():
            self._git("fetch", "-q", "--depth=1", remote, BRANCH)
            self.before = self._git("rev-parse", "FETCH_HEAD").strip()
            self._git("checkout", "-q", "FETCH_HEAD", "--", ".")

    def keep_only(self, numbers: set[str]) -> list[str]:
        """Take away the previews of all others; which they were."""
        folders = self.tree.glob("pr/*")
        gone = sorted(one.name for one in folders if _NUMBER.fullmatch(one.name) and one.name not in numbers)
        for name in gone:
            shutil.rmtree(self.tree / "pr" / name)
        return gone

    def put(self, number: str, folder: Path) -> None:
        """Put a preview in the place of the one of that number."""
        there = self.tree / "pr" / number
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(folder, there, symlinks=True)

    def push(self) -> None:
        """Let the branch be these files and nothing else."""
        (self.tree / ".nojekyll").touch()
        (self.tree / "robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
        self._git("add", "--all", "--force")
        who = ("-c", "user.name=Previews", "-c", "user.email=previews@invalid", "-c", "commit.gpgsign=false")
        tree = self._git("write-tree").strip()
        commit = self._git(*who, "commit-tree", "-m", "Previews of open pull requests", tree).strip()
        lease = f"--force-with-lease=refs/heads/{BRANCH}:{self.before}"
        self._git("push", "-q", lease, self._remote, f"{commit}:refs/heads/{BRANCH}")

    def _git(self, *arguments: str) -> str:
        command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false", *arguments]
        done = subprocess.run(command, cwd=self.tree, env=self._env, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SettingError(f"git {arguments[0]}: {done.stderr.strip()}")
        return done.stdout


def main() -> int:
    """The command."""
    given = os.environ.get
    number, folder = given("NUMBER", ""), given("FOLDER", "")
    address, repository, key = (
        given("PREVIEW_URL", ""),
        given("PREVIEW_REPOSITORY", ""),
        given("PREVIEW_DEPLOY_KEY", ""),
    )
    if not (address and repository and key):
        print(
            "PREVIEW_URL, PREVIEW_REPOSITORY or PREVIEW_DEPLOY_KEY is not set: nothing is published.", file=sys.stderr
        )
        return 0
    try:
        another_origin(address, given("SITE_URL", ""), os.environ["GH_REPO"])
        if not re.fullmatch(r"[\w-]+/[\w.-]+", repository) or repository == os.environ["GH_REPO"]:
            raise SettingError("PREVIEW_REPOSITORY must be another repository, as owner/name")
        if folder and not _NUMBER.fullmatch(number):
            raise SettingError(f"{number!r} is no number of a pull request")
        numbers = open_numbers(os.environ["GH_REPO"])
        with tempfile.TemporaryDirectory() as beside:
            branch = Branch(given("PREVIEW_REMOTE") or f"git@github.com:{repository}.git", Path(beside), key)
            gone = branch.keep_only(numbers)
            puts = bool(folder) and number in numbers
            if puts:
                branch.put(number, Path(folder))
            if puts or gone:
                branch.push()
    except SettingError as error:
        print(f"Nothing is published: {error}.", file=sys.stderr)
        return 1
    if gone:
        print(f"Taken away: {', '.join(gone)}.", file=sys.stderr)
    if puts:
        print(f"address={address}pr/{number}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
