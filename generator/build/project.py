"""Where a project keeps its things, and what stands beside a source: its register entry, corrections, threads.

Takes paths. Gives `Project` and, from disk, each `Source` with what stands beside it; `reading` reads it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from generator.build.faults import fault
from generator.corrections import Corrections, load_corrections
from generator.datafile import DatafileError, Node, load, read_data
from generator.diagnostics import Diagnostic
from generator.model import After, Provenance, Rights
from generator.pages.paging import ITEMS
from generator.parse import LARGEST as LARGEST_SOURCE
from generator.redactions import FILE as REDACTIONS
from generator.redactions import Redaction, load_redactions
from generator.registry import (
    FILE_KINDS,
    FILES,
    MOVED,
    PAGES,
    RETIRED,
    WITHHELD,
    Address,
    Departure,
    EndedFiles,
    Entry,
    FileKind,
    Registry,
    Renaming,
    Retirement,
    addresses_from,
    load_addresses,
    load_ended,
    load_entries,
    load_file_kinds,
    load_moved,
    load_retired,
)
from generator.text.source import Location
from generator.threads import Confirmation, load_confirmations
from generator.vocabulary import Family, Vocabulary, load_vocabulary

CORRECTIONS, REGISTRY = "corrections", "registry"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `mkdocs.yml`, `content/` and `templates/`. `sources` are files or folders of reports.

    With `only`, codes of States, documents of other States are left out.

    What a page holds is cut into several where it would be more than `page_items`.
    """

    root: Path
    sources: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    site_url: str | None = None
    page_items: int = ITEMS
    only: frozenset[str] = frozenset()

    @property
    def source_paths(self) -> tuple[Path, ...]:
        """The given sources, else the project's own."""
        return self.sources or (self.root / "content" / "sources",)

    @property
    def templates(self) -> Path:
        """The folder of page templates."""
        return self.root / "templates"

    @property
    def hand_written(self) -> frozenset[str]:
        """The addresses of the hand-written pages."""
        pages = self.root / "content" / "pages"
        return frozenset(
            f"{path.parent.relative_to(pages).as_posix()}/" for path in pages.rglob("index.md") if path.parent != pages
        )

    def ended_files(self) -> tuple[EndedFiles, ...]:
        """The files that ended with versions of the data contract, whatever the sources. Raises DatafileError."""
        file = self.root / "content" / REGISTRY / FILES
        return tuple(load_ended(load(file, self.shown(file)))) if file.is_file() else ()

    def shown(self, path: Path) -> str:
        """A path as messages show it: from the project where it is inside, else from the current folder or whole."""
        return _shown(path, self.root, Path.cwd())

    @property
    def vocabulary_folders(self) -> tuple[Path, ...]:
        """The project's own vocabularies, and those laid over them."""
        return (self.root / "content" / "vocabularies", *self.overlays)

    def vocabulary(self) -> Vocabulary:
        """The project's vocabularies with the overlays. Raises DatafileError."""
        return load_vocabulary(self.vocabulary_folders, [self.shown(folder) for folder in self.vocabulary_folders])


@lru_cache(maxsize=65536)
def _shown(path: Path, root: Path, here: Path) -> str:
    """Asked several times of each source, and slow for the links that a path may hold."""
    # a link is called by its own name, not by that of what it leads to
    whole = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
    for base in (root.resolve(), here):
        try:
            return whole.relative_to(base).as_posix()
        except ValueError:
            continue
    return path.as_posix()


@dataclass(frozen=True, slots=True)
class Source:
    """A source and what stands beside it, as taken from disk: with the vocabulary, all that its reading depends on."""

    path: str  # as messages show it
    data: bytes = b""
    # Why there is no data.
    unopened: Diagnostic | None = None
    corrections: Corrections = field(default_factory=Corrections)
    # Why corrections that are there cannot be used.
    no_corrections: Diagnostic | None = None
    # What the register says of it, or why the register cannot be read.
    listed: Provenance | None = None
    no_register: Diagnostic | None = None
    # The sha256 the register has for it, and where it says so.
    checksum: tuple[str, Location] | None = None
    # What is withheld, here or elsewhere, or why that cannot be known.
    redactions: tuple[Redaction, ...] = ()
    no_redactions: Diagnostic | None = None

    def provenance(self, family: Family | None) -> Provenance:
        """The register's entry; without one, the habits of its family."""
        if self.listed:
            return self.listed
        if family is None:
            return Provenance("", "not recorded", "The kind of this source is not recorded.", "")
        return Provenance(family.source_kind, family.publisher, family.badge, family.notice)


def _is_there(file: Path) -> bool:
    """Whether there is something of this name, be it a file that can be read or not."""
    return file.is_symlink() or file.exists()


def _address(node: Node) -> str | None:
    """An address that may be left out."""
    return None if node.value is None else node.web_address()


@dataclass(slots=True)
class Surroundings:
    """What stands beside the sources of one folder: `sources.yaml`, `corrections/`, `threads.yaml`, `registry/` …

    What decides of several sources is looked up on disk once, and what is wrong with it said once.
    """

    project: Project
    vocabulary: Vocabulary
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _registers: dict[Path, dict[str, Provenance]] = field(default_factory=dict)
    _broken: dict[Path, Diagnostic] = field(default_factory=dict)
    _checksums: dict[tuple[Path, str], tuple[str, Location]] = field(default_factory=dict)
    _folders: dict[str, Path] = field(default_factory=dict)
    _redactions: dict[Path, tuple[Redaction, ...]] = field(default_factory=dict)
    _unsafe: dict[Path, Diagnostic] = field(default_factory=dict)
    _listed: dict[Path, frozenset[str]] = field(default_factory=dict)
    _confirmed: dict[Path, Sequence[Confirmation]] = field(default_factory=dict)
    _known: dict[tuple[Path, ...], Registry] = field(default_factory=dict)

    def take(self, path: Path) -> Source:
        """A source, with what stands beside it. One that cannot be opened, or is no report by its size, says so."""
        shown = self.project.shown(path)
        try:
            return self._taken(path, shown)
        except Exception as error:
            return Source(shown, unopened=fault(shown, error, quiet=True))

    def _taken(self, path: Path, shown: str) -> Source:
        try:
            if path.stat().st_size > LARGEST_SOURCE:
                size = path.stat().st_size / 1024 / 1024
                too_large = f"{size:.0f} MiB; the largest report has under one"
                return Source(shown, unopened=Diagnostic(Location(shown), "S005", too_large))
            with path.open("rb") as file:
                data = file.read(LARGEST_SOURCE + 1)  # it may have grown meanwhile
        except OSError as error:
            return Source(shown, unopened=Diagnostic(Location(shown), "S001", f"cannot be read: {error.strerror}"))
        corrections, no_corrections = Corrections(), None
        try:
            corrections = self._corrections(path)
        except DatafileError as error:
            no_corrections = error.diagnostic
        listed = self._register(path).get(path.name)
        folder = self._beside(path)
        return Source(
            path=shown,
            data=data,
            corrections=corrections,
            no_corrections=no_corrections,
            listed=listed,
            no_register=self._broken.get(folder),
            checksum=self._checksums.get((folder, path.name)),
            redactions=self._redactions_of(folder),
            no_redactions=self._unsafe.get(folder),
        )

    def told(self, path: Path) -> str:
        """All that stands beside a source and decides what is read of it, in a form to compare."""
        listed, corrections = self._register(path).get(path.name), self._corrections_of(path)
        folder = self._beside(path)
        corrected = None
        if corrections.is_file():
            with corrections.open("rb") as file:
                corrected = file.read(LARGEST_SOURCE)
        withheld = (self._redactions_of(folder), self._unsafe.get(folder))
        return repr((listed, self._checksums.get((folder, path.name)), self._broken.get(folder), corrected, withheld))

    def redactions(self, paths: Sequence[Path]) -> tuple[Redaction, ...]:
        """Everything that is withheld from what is made of these sources."""
        return tuple(one for folder in self._all_beside(paths) for one in self._redactions_of(folder))

    def _redactions_of(self, folder: Path) -> tuple[Redaction, ...]:
        if folder not in self._redactions:
            self._redactions[folder] = ()
            file = folder / REDACTIONS
            if _is_there(file):
                try:
                    self._redactions[folder] = tuple(load_redactions(load(file, self.project.shown(file))))
                except DatafileError as error:
                    self.diagnostics.append(error.diagnostic)
                    self._unsafe[folder] = error.diagnostic
        return self._redactions[folder]

    def _register(self, path: Path) -> dict[str, Provenance]:
        folder = self._beside(path)
        if folder not in self._registers:
            self._registers[folder] = {}
            file = folder / "sources.yaml"
            if _is_there(file):
                try:
                    self._registers[folder] = self._entries(folder, load(file, self.project.shown(file)))
                except DatafileError as error:
                    self.diagnostics.append(error.diagnostic)
                    self._broken[folder] = error.diagnostic
        return self._registers[folder]

    def _entries(self, folder: Path, root: Node) -> dict[str, Provenance]:
        root.mapping("format sources")
        badges = {family.source_kind: family.badge for family in self.vocabulary.families.values()}
        found = {}
        for entry in root.get("sources").items():
            entry.mapping("file kind publisher notice date url sha256 rights source_text after")
            kind = entry.need("kind").one_of("summary un-report digest")
            rights = entry.get("rights")
            rights.mapping("holder terms url")
            name = entry.need("file").text()
            found[name] = Provenance(
                kind=kind,
                publisher=entry.need("publisher").text(),
                badge=badges.get(kind, ""),
                notice=entry.get("notice").optional() or "",
                rights=Rights(
                    holder=rights.get("holder").optional() or "not recorded",
                    terms=rights.get("terms").optional() or "not recorded",
                    url=_address(rights.get("url")),
                    source_text=entry.need("source_text").one_of("full excerpts none"),
                ),
                date=entry.get("date").optional(),
                url=_address(entry.get("url")),
                listed=True,
                after=_after(entry.get("after")),
            )
            if entry.get("sha256").value:
                self._checksums[folder, name] = (entry.get("sha256").text(), entry.get("sha256").location)
        return found

    def orphans(self, paths: Iterable[Path]) -> Iterator[Diagnostic]:
        """Corrections whose source is not there any more, in the folders beside these sources."""
        stems: dict[Path, set[str]] = defaultdict(set)
        for path in paths:
            stems[self._beside(path)].add(path.stem)
        for folder, known in sorted(stems.items()):
            for stem in sorted(self._corrected(folder) - known):
                place = Location(self.project.shown(folder / CORRECTIONS / f"{stem}.yaml"), 1, 1)
                yield Diagnostic(place, "C001", f"no source is called {stem}.md", "rename or remove the file")

    def _corrections(self, path: Path) -> Corrections:
        file = self._corrections_of(path)
        if not _is_there(file):
            return Corrections()
        return load_corrections(load(file, self.project.shown(file)), self.vocabulary)

    def _corrections_of(self, path: Path) -> Path:
        return self._beside(path) / CORRECTIONS / f"{path.stem}.yaml"

    def corrections(self, files: Mapping[str, Path]) -> tuple[tuple[str, Corrections], ...]:
        """What editors corrected, by the source as messages show it; a file that cannot be used is told elsewhere."""
        found = []
        for name, path in files.items():
            if path.stem in self._corrected(self._beside(path)):
                with suppress(DatafileError):
                    if (corrections := self._corrections(path)) != Corrections():
                        found.append((name, corrections))
        return tuple(found)

    def _corrected(self, folder: Path) -> frozenset[str]:
        """The sources that there are corrections of, in the folder beside them: listed once for all."""
        if folder not in self._listed:
            files = (folder / CORRECTIONS).glob("*.yaml")
            self._listed[folder] = frozenset(file.stem for file in files)
        return self._listed[folder]

    def confirmations(self, paths: Sequence[Path]) -> tuple[Confirmation, ...]:
        """What editors decided about threads, from `threads.yaml` beside these sources; a broken file is a finding."""
        return tuple(one for folder in self._all_beside(paths) for one in self._confirmations_of(folder))

    def _confirmations_of(self, folder: Path) -> Sequence[Confirmation]:
        if folder not in self._confirmed:
            self._confirmed[folder] = ()
            file = folder / "threads.yaml"
            if _is_there(file):
                try:
                    self._confirmed[folder] = load_confirmations(load(file, self.project.shown(file)), self.vocabulary)
                except DatafileError as error:
                    self.diagnostics.append(error.diagnostic)
        return self._confirmed[folder]

    def registry(self, paths: Iterable[Path]) -> Registry:
        """What was ever published, from `registry/` beside these sources; a broken file is a finding.

        In it, a statement that is withheld counts as retired.
        """
        folders = tuple(self._all_beside(paths))
        if folders not in self._known:
            registry = self._registry(folders)
            withheld = {
                one.id: Retirement(one.id, WITHHELD, one.note, one.date, one.editor, None, one.location)
                for folder in folders
                for one in self._redactions_of(folder)
                if one.kind == "statement"
            }
            self._known[folders] = replace(registry, retired={**registry.retired, **withheld}) if withheld else registry
        return self._known[folders]

    def _registry(self, folders: Iterable[Path]) -> Registry:
        entries: dict[str, Entry] = {}
        retired: dict[str, Retirement] = {}
        addresses: list[Address] = []
        departures: list[Departure] = []
        renamed: list[Renaming] = []
        files: list[FileKind] = []
        for folder in (beside / REGISTRY for beside in folders):
            for file in (*sorted(folder.glob("*.jsonl")), *folder.glob("*.txt"), *folder.glob("*.yaml")):
                shown = self.project.shown(file)
                try:
                    if file.name == RETIRED:
                        retired |= {one.id: one for one in load_retired(load(file, shown))}
                    elif file.name == MOVED:
                        more, names = load_moved(load(file, shown))
                        departures += more
                        renamed += names
                    elif file.name == PAGES:
                        addresses += load_addresses(read_data(file, shown), shown)
                    elif file.name == FILE_KINDS:
                        files += load_file_kinds(read_data(file, shown), shown)
                    elif file.suffix == ".jsonl":
                        entries |= {one.id: one for one in load_entries(read_data(file, shown), shown)}
                except DatafileError as error:
                    self.diagnostics.append(error.diagnostic)
        ended: tuple[EndedFiles, ...] = ()
        try:
            ended = self.project.ended_files()
        except DatafileError as error:
            self.diagnostics.append(error.diagnostic)
        return Registry(entries, retired, addresses_from(addresses, departures, renamed), tuple(files), ended)

    def registries(self, files: Mapping[str, Path]) -> dict[str, Path]:
        """The folder that remembers the ids of each source, by the source as messages show it."""
        beside = {name: self._beside(path) for name, path in files.items()}
        folders = {folder: folder / REGISTRY for folder in set(beside.values())}
        return {name: folders[folder] for name, folder in beside.items()}

    def _all_beside(self, paths: Iterable[Path]) -> list[Path]:
        return sorted({self._beside(path) for path in paths})

    def _beside(self, path: Path) -> Path:
        """The folder that holds `sources.yaml` for a source: `content/` for `content/sources/report.md`, however deep.

        Looked up on disk once for all sources of a folder.
        """
        folder = os.path.dirname(path)  # noqa: PTH120 - asked of each source, and paths are slow to make
        if folder not in self._folders:
            above = path.parent.resolve().parents[:3]
            self._folders[folder] = next((one for one in above if (one / "sources.yaml").is_file()), above[0])
        return self._folders[folder]


def _after(entry: Node) -> After | None:
    """The document a digest rests on; None where the register names none."""
    if entry.value is None:
        return None
    entry.mapping("symbol author title date url")
    return After(
        symbol=entry.need("symbol").text(),
        author=entry.get("author").optional() or "",
        title=entry.get("title").optional() or "",
        date=entry.get("date").optional(),
        url=entry.get("url").optional(),
    )
