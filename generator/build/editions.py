"""The two sides of a difference, from disk: data files, built sites, revisions of the project, its working tree.

Takes what a person wrote (`site/`, `lao.jsonl`, `main`, `.`). Gives an `Edition`, or the content of a revision
in a folder. A revision's content is read by this program and planned with its templates, so that a difference is one of
content. The only user of git.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.build.expectations import share_read
from generator.build.links import check_links
from generator.build.project import Project
from generator.build.publication import Publication, prepare
from generator.build.reading import Progress, silent
from generator.changes import Edition
from generator.datafile import DatafileError, load
from generator.diagnostics import Diagnostic
from generator.exports import statement_record
from generator.published import PublishedError, data_files, records
from generator.redactions import FILE as REDACTIONS
from generator.redactions import load_redactions, without
from generator.registry import EndedFiles
from generator.rights import findings

WORKING_TREE = frozenset({".", "WORKTREE"})


class EditionError(Exception):
    """What was given names nothing that can be compared."""


def edition(written: str, root: Path, progress: Progress = silent) -> Edition:
    """What a person means by `written`. A file or folder that is there comes before a revision of that name.

    Raises EditionError. Where the vocabularies of a revision do not suffice for this program, those of the working tree
    serve, and the edition's origin says so.
    """
    if written in WORKING_TREE:
        return _of_content(root, "the working tree", "content of the working tree, read by this program", progress)
    path = Path(written)
    if path.is_file():
        return _withheld(Edition(path.name, f"data file {path.name}", _records(path)), root)
    if path.is_dir():
        return _withheld(_of_folder(path), root)
    with checked_out(written, root) as there:
        return _of_content(there.root, there.name, there.origin, progress)


def _withheld(found: Edition, root: Path) -> Edition:
    """Without what is withheld today: older data still hold the words."""
    file = root / "content" / REDACTIONS
    if not file.is_file():
        return found
    redactions = tuple(load_redactions(load(file, REDACTIONS)))
    return replace(found, statements=[without(dict(record), redactions) for record in found.statements])


def _of_folder(folder: Path) -> Edition:
    files = data_files(folder)
    if not files:
        raise EditionError(
            f"{folder} holds neither data/states/ nor data/statements.jsonl; a revision of that name is {folder}~0"
        )
    name, statements = folder.resolve().name, _records(*files)
    if not (folder / "index.html").is_file() or folder / "data" not in files[0].parents:
        return Edition(name, f"data of folder {name}", statements)
    return Edition(
        name,
        f"site {name}",
        statements,
        pages=_pages(folder),
        page_sort="site",
        links=check_links(folder, "site").diagnostics,
        files=_files(folder),
    )


def _files(site: Path) -> frozenset[str]:
    return frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _pages(site: Path) -> dict[str, str]:
    """The digest of each page of a site, by its address."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("index.html"))
    }


def _records(*files: Path) -> list[dict[str, Any]]:
    """The statements of data files; raises EditionError at the first line that is none."""
    try:
        return [record for file in files for record in records(file)]
    except PublishedError as error:
        raise EditionError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Checkout:
    """The content of a revision in a folder, with this program's templates: a project of its own."""

    root: Path
    name: str
    origin: str


@contextmanager
def checked_out(written: str, root: Path) -> Iterator[Checkout]:
    """The content of a revision of the project, for as long as it is needed. Raises EditionError."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{written}^{{commit}}")
    commit = _git(root, *asked).decode().strip()
    if not commit:
        raise EditionError(f"{written!r} is no file, no folder with data, and no revision of this project")
    # The project may stand in a folder of the repository.
    inside = _git(root, "rev-parse", "--show-prefix").decode().strip()
    packed = _git(root, "archive", "--format=tar", f"{commit}:{inside}content")
    if not packed:
        raise EditionError(f"revision {written!r} has no content/")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        there = Path(folder)
        archive.extractall(there / "content", filter="data")
        shutil.copytree(root / "templates", there / "templates")
        if (root / "content" / REDACTIONS).is_file():  # what is withheld today is withheld of the past as well
            shutil.copy(root / "content" / REDACTIONS, there / "content" / REDACTIONS)
        shutil.copy(root / "mkdocs.yml", there)
        origin = f"content of commit {commit[:10]}, read by this program"
        try:
            Project(there).vocabulary()
        except DatafileError:
            # This program asks for more than the vocabularies of that time hold.
            shutil.rmtree(there / "content/vocabularies", ignore_errors=True)
            shutil.copytree(root / "content/vocabularies", there / "content/vocabularies")
            origin += " with the vocabularies of the working tree"
        yield Checkout(there, written, origin)


@dataclass(frozen=True, slots=True)
class State:
    """Where the working tree stands: its commit, whether more was changed, and the revision to compare it with."""

    commit: str
    changed: bool
    # The last commit that it has in common with the branch main, and what that is called; empty where there is none.
    base: str
    base_name: str


def state_of(root: Path) -> State:
    """Where the working tree stands; all is empty without git."""
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
        changed = bool(_git(root, "status", "--porcelain", "--", "."))
        for branch in ("origin/main", "main"):
            if base := _git(root, "merge-base", "HEAD", branch).decode().strip():
                return State(commit, changed, base, f"{branch} ({base[:10]})")
    except EditionError:
        return State("", False, "", "")
    return State(commit, changed, "", "")


def labels_of(root: Path) -> Mapping[str, Any] | None:
    """The project's sentences labelled by hand, where it has any."""
    file = root / "tests/gold/gold_seed.json"
    if not file.is_file():
        return None
    labels: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return labels


def ended_files_of(root: Path) -> tuple[EndedFiles, ...]:
    """What the project's registry has of files that ended. Raises DatafileError."""
    return Project(root).ended_files()


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing where it fails."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        raise EditionError("git is not installed, so no revision can be read; give data files") from None
    return done.stdout if done.returncode == 0 else b""


def _of_content(root: Path, name: str, origin: str, progress: Progress) -> Edition:
    publication = prepare(Project(root), progress)
    pages = {
        page.address: hashlib.sha256(publication.renderer.content(page).encode()).hexdigest()
        for page in publication.plan.pages
    }
    return replace(_of_publication(publication, name, origin), pages=pages, page_sort="content")


def built_edition(publication: Publication, name: str, origin: str, site: Path, links: Sequence[Diagnostic]) -> Edition:
    """The edition of a site that was just built, with the faults of its links as its check gave them."""
    shown = publication.reading.project.shown(site)
    placed = [
        replace(one, location=replace(one.location, path=f"site{one.location.path.removeprefix(shown)}"))
        for one in links
    ]
    edition = _of_publication(publication, name, origin)
    return replace(edition, pages=_pages(site), page_sort="site", links=placed, files=_files(site))


def _of_publication(publication: Publication, name: str, origin: str) -> Edition:
    reading = publication.reading
    # What may be published, and no more: a difference is shown to others as well.
    corpus = publication.plan.views.corpus
    shares = [share_read(document) for document in reading.documents]
    return Edition(
        name,
        origin,
        [statement_record(one, corpus.documents[one.path]) for one in corpus.statements],
        diagnostics=findings(reading.diagnostics, reading.restricted),
        read=sum(shares) / len(shares) if shares else None,
    )
