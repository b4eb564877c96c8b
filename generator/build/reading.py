"""Sources become documents: every file through every stage, each alone.

Takes a `Project`. Gives a `Reading` with the documents that can be published, those withheld, and all diagnostics.
One broken file never hinders another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path

from generator.build.executors import AUTO
from generator.build.expectations import unmet
from generator.build.faults import fault
from generator.build.inputs import vocabularies
from generator.build.manifest import Memory
from generator.build.project import Project, Source, Surroundings
from generator.build.workers import Outcome, read_each
from generator.classify import classify
from generator.corpus import Corpus, Linker, assemble
from generator.corrections import Corrections, accept, correct, correct_facts
from generator.datafile import DatafileError
from generator.diagnostics import Diagnostic, Severity
from generator.extract import extract, file_statements
from generator.health import examine, without_damaged_names
from generator.model import Document, ReadDocument
from generator.pages.stamps import digest
from generator.parse import BEGUN, LARGEST, parse
from generator.recognise import recognise
from generator.redactions import Redaction, withhold
from generator.registry import Addresses, Comparison, Registry, Settler, complaints
from generator.rights import Published, files_about, published
from generator.text.passage import Passage
from generator.text.source import Location, SourceText
from generator.threads import Confirmation, stale
from generator.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


_SAFE_NAME = re.compile(r"[\w][\w .,()+'’&-]*\.md")


@dataclass(frozen=True, slots=True)
class Reading:
    """All sources read. `withheld` names those that an error keeps from being published."""

    project: Project
    vocabulary: Vocabulary
    documents: tuple[ReadDocument, ...]
    # What may be published; and the same with every word, for the commands that editors decide with.
    corpus: Published
    gathered: Corpus
    withheld: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    # What editors decided about threads.
    confirmations: tuple[Confirmation, ...] = ()
    # What each document was read from, by its path: with an equal key the same would be read.
    keys: Mapping[str, bytes] = field(default_factory=dict)
    # The ids ever published, how those of the corpus compare, and the folder that remembers each document's.
    registry: Registry = field(default_factory=Registry)
    compared: Comparison = field(default_factory=Comparison)
    registries: Mapping[str, Path] = field(default_factory=dict)
    # What editors withhold.
    redactions: tuple[Redaction, ...] = ()
    # What editors corrected of each reading, by the path of the source.
    corrections: tuple[tuple[str, Corrections], ...] = ()
    # The names of files that hold words which may not all be shown (see `rights.files_about`).
    restricted: frozenset[str] = frozenset()

    @property
    def published_findings(self) -> tuple[Diagnostic, ...]:
        """What the site tells of: nothing of what is withheld, so that a broken file changes no page."""
        withheld = {*self.withheld, *(d.location.path for d in self.diagnostics if d.code in _NO_DOCUMENT)}
        return tuple(d for d in self.diagnostics if d.location.path not in withheld)


# Errors about files that did not become documents at all.
_NO_DOCUMENT = ("S001", "S005", "S007")


@dataclass(slots=True)
class Before:
    """What a process that reads again and again knows from the last time. One that reads once needs none.

    It holds as long as nothing changes but reports.
    """

    linker: Linker = field(default_factory=Linker)
    settler: Settler = field(default_factory=Settler)
    surroundings: Surroundings | None = None


def read_project(
    project: Project,
    progress: Progress = silent,
    executor: str = AUTO,
    memory: Memory | None = None,
    before: Before | None = None,
    vocabulary: Vocabulary | None = None,
    kept: Collection[str] = (),
) -> Reading:
    """Read every source of a project, by those whom `executor` names (see `executors.FORMS`).

    What `memory` holds is not read again, and what is as it was `before` is not made again; `kept` are for `Settler`;
    `vocabulary` is the project's where it was loaded before. Raises DatafileError only where a vocabulary cannot be
    used, ExecutorError where those cannot read.
    """
    vocabulary = vocabulary or project.vocabulary()
    before = before or Before()
    surroundings = before.surroundings = before.surroundings or Surroundings(project, vocabulary)
    found: list[Diagnostic] = []
    documents: list[ReadDocument] = []
    withheld: list[str] = []
    files = dict(_sources(project, found))
    paths = list(files.values())
    keys: dict[str, bytes] = {}
    restricted: frozenset[str] = frozenset()
    for number, (name, key, outcome) in enumerate(_read(files, project, surroundings, executor, memory)):
        progress("reading", number + 1, len(files))
        document, diagnostics = outcome
        if key:
            keys[name] = key
        if document is not None and _of_others(document, project.only):
            continue
        found += diagnostics
        restricted |= files_about(document) if document else frozenset()
        if document is None or any(d.severity is Severity.ERROR or d.code == BEGUN for d in diagnostics):
            withheld.append(name)
        else:
            documents.append(document)
    corpus, more = assemble(documents, before.linker)
    redactions = surroundings.redactions(paths)
    registry = surroundings.registry(paths)
    if not all(given.is_dir() for given in project.source_paths):
        # Of single files, pages are left out on purpose: nothing leads on from where the others were.
        registry = replace(registry, addresses=Addresses())
    before.linker.forget(corpus)
    corpus, compared = before.settler.settle(corpus, registry, vocabulary.sense, kept)
    confirmations = surroundings.confirmations(paths)
    if all(given.is_dir() for given in project.source_paths):
        found += surroundings.orphans(paths)
        if not project.only:  # of a part, examinations are left out on purpose
            found += stale(corpus, vocabulary, confirmations)
            found += complaints(corpus, registry, compared)
            found += _idle(redactions, documents)
    corrections = surroundings.corrections(files)
    # the totals of the collection are not those of a part
    expected = [] if project.only else unmet(project, corpus, documents)
    found += [*surroundings.diagnostics, *more, *expected]
    return Reading(
        project,
        vocabulary,
        tuple(documents),
        published(corpus, corrections),
        corpus,
        tuple(withheld),
        tuple(sorted(found, key=_place)),
        confirmations,
        keys,
        registry,
        compared,
        surroundings.registries(files),
        redactions,
        corrections,
        restricted,
    )


def _place(one: Diagnostic) -> tuple[str, int, int, str, str, str, int]:
    """What diagnostics are sorted by: what comparing them compares, made once of each."""
    where = one.location
    return (where.path, where.line, where.column, one.code, one.message, one.hint, one.length)


def _read(
    files: Mapping[str, Path],
    project: Project,
    surroundings: Surroundings,
    executor: str,
    memory: Memory | None,
) -> Iterator[tuple[str, bytes, Outcome]]:
    """What is read of each file, with the key it can be remembered under; without a memory there is none."""
    if memory is None:
        for name, outcome in zip(
            files, read_each(list(files.values()), surroundings, read_source, executor), strict=True
        ):
            yield name, b"", outcome
        return
    known, base = memory.keys(), vocabularies(project)
    keys = {name: memory.settled(name) or _key(name, path, surroundings, base) for name, path in files.items()}
    anew = {name: path for name, path in files.items() if not keys[name] or known.get(name) != keys[name]}
    fresh = read_each(list(anew.values()), surroundings, read_source, executor)
    for name, path in files.items():
        key = keys[name]
        if name not in anew:
            known_outcome = memory.find(name, key)
            yield name, key, known_outcome or read_source(surroundings.take(path), surroundings.vocabulary)
            continue
        outcome = next(fresh)
        document, _ = outcome
        # A file that changed while it was read is remembered under no key that will be asked for.
        if document is None or key != _key(name, path, surroundings, base):
            key = os.urandom(len(key))
        else:
            memory.keep([(name, key, outcome)])
        yield name, key, outcome
    memory.forget(known.keys() - files.keys())


def _key(name: str, path: Path, surroundings: Surroundings, base: bytes) -> bytes:
    """What decides what is read of a source; empty where it cannot be read."""
    try:
        if path.stat().st_size <= LARGEST:
            return digest([base, name, path.read_bytes(), surroundings.told(path)])
    except Exception:  # noqa: S110 - taking it fails in the same way, and says so
        pass
    return b""


def _of_others(document: ReadDocument, only: frozenset[str]) -> bool:
    """Whether a document is known to be of other States than those wanted. One of an unknown State stays an error."""
    states = {examination.state.value for examination in document.examinations if examination.state}
    return bool(only and states and not states & only)


def _sources(project: Project, found: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    """The report files by the names that messages show, in their order.

    Links, what is no plain file and unusable names are errors.
    """
    for given in project.source_paths:
        if not given.exists() and not given.is_symlink():
            found.append(Diagnostic(Location(project.shown(given)), "S001", "there is no such file or folder"))
        elif given.is_dir():
            yield from _inside(project, given, found)
        elif given.is_symlink():
            found.append(_unsafe(project, given, "this is a symbolic link"))
        elif not given.is_file():
            found.append(_unsafe(project, given, "this is no plain file"))
        else:
            yield project.shown(given), given


def _inside(project: Project, given: Path, found: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    """What is called a report in a folder, however deep; folders that are links are not followed, and said.

    There may be many: a file is looked at as its folder lists it, and named after the one before it.
    """
    entries = sorted(_entries(project, os.fspath(given), (), found), key=itemgetter(0))
    folder: _Parts = ()
    shown = ""
    for parts, entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            found.append(_unsafe(project, path, "this is a symbolic link"))
        elif not entry.is_file():
            found.append(_unsafe(project, path, "this is no plain file"))
        elif not _SAFE_NAME.fullmatch(entry.name):
            found.append(_unsafe(project, path, f"the name {entry.name!r} cannot be used"))
        else:
            if not shown or parts[:-1] != folder:
                folder, shown = parts[:-1], project.shown(path).removesuffix(entry.name)
            yield f"{shown}{entry.name}", path


_Parts = tuple[str, ...]


def _entries(
    project: Project, folder: str, above: _Parts, found: list[Diagnostic]
) -> Iterator[tuple[_Parts, os.DirEntry[str]]]:
    """What is called a report in a folder and those inside it, each with its place below the first."""
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError as error:
        place = Location(project.shown(Path(error.filename or folder)))
        found.append(Diagnostic(place, "S001", f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        parts = (*above, entry.name)
        if entry.is_symlink() and Path(entry.path).is_dir():  # a link may lead to itself, which an entry cannot tell
            found.append(_unsafe(project, Path(entry.path), "this is a symbolic link to a folder"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _entries(project, entry.path, parts, found)
        elif entry.name.lower().endswith(".md"):
            yield parts, entry


def _unsafe(project: Project, path: Path, message: str) -> Diagnostic:
    shown = "".join(c if c.isprintable() else "�" for c in project.shown(path))
    return Diagnostic(Location(shown), "S007", message, "rename it with letters, digits, dots, hyphens")


def read_source(taken: Source, vocabulary: Vocabulary) -> tuple[ReadDocument | None, list[Diagnostic]]:
    """One source through parse, recognise, extract, classify, correct – and the proof of every quotation.

    Depends on nothing but what it is given. None where the file could not be opened, or where reading it failed:
    whatever is raised is a finding about this document. Raises DatafileError where a vocabulary cannot be used.
    """
    if taken.unopened:
        return None, [taken.unopened]
    try:
        return _read_opened(taken, vocabulary)
    except DatafileError:
        raise
    except Exception as error:
        return None, [fault(taken.path, error, quiet=bool(taken.redactions or taken.no_redactions))]


def _read_opened(taken: Source, vocabulary: Vocabulary) -> tuple[ReadDocument | None, list[Diagnostic]]:
    source = SourceText.from_bytes(taken.path, taken.data)
    document, found = parse(source, vocabulary)
    unreadable = any(d.severity is Severity.ERROR for d in found)
    corrections = taken.corrections
    if taken.no_corrections:
        found.append(taken.no_corrections)
    examinations, about = recognise(document, vocabulary)
    examinations = without_damaged_names(examinations, vocabulary)
    if any(d.code == BEGUN for d in found):  # of what is not there yet nothing is missed
        about = [d for d in about if d.severity is Severity.ERROR]
    examinations, about = correct_facts(examinations, corrections.facts, about)
    statements, dispositions, doubts = extract(document, examinations[0], vocabulary)
    statements = classify(statements, vocabulary, examinations[0].body)
    health, statements, complaints_of_health = examine(document, statements, dispositions, vocabulary)
    statements, stale = correct(document, statements, corrections.statements)
    statements = file_statements(statements, examinations, vocabulary)
    decided = {(one.line, one.spans[0].col_start + 1) for one in statements if one.reviewed}
    doubts = [d for d in doubts if d.code != "X001" or (d.location.line, d.location.column) not in decided]
    found += [*doubts, *stale] if unreadable else [*about, *complaints_of_health, *doubts, *stale]
    found = accept(document, corrections.accepted, found)
    for statement in statements:
        if source.quote(statement.spans) != statement.text:
            place = Location(source.path, statement.line, statement.spans[0].col_start + 1)
            found.append(Diagnostic(place, "L002", f"the source does not say {statement.text[:60]!r} here"))
    provenance = taken.provenance(vocabulary.families.get(document.family or ""))
    found += _register_complaints(source, taken)
    if taken.no_redactions:
        # Better nothing than what somebody asked us to withhold.
        where = taken.no_redactions.location
        return None, [Diagnostic(Location(source.path), "D001", f"what is withheld cannot be read ({where})")]
    read = ReadDocument(
        _spent(document), examinations, tuple(statements), tuple(dispositions), provenance, health=health
    )
    return withhold(read, found, taken.redactions) if taken.redactions else (read, found)


def _idle(redactions: Sequence[Redaction], documents: Sequence[ReadDocument]) -> Iterator[Diagnostic]:
    """Redactions that hide nothing."""
    at_work = {id_ for document in documents for id_ in document.withheld}
    for one in redactions:
        if one.id not in at_work:
            yield Diagnostic(one.location, "I007", f"no words of {one.id} are found", "does it still have its source?")


def _spent(document: Document) -> Document:
    """A document without what was needed to read it only: half of what it weighs in memory, and between processes.

    Of its title the words are kept: it is cited by them.
    """
    title = Passage((), (), document.title.text, (), ()) if document.title else None
    return replace(
        document, sections=(), paragraphs=(), contents=(), title=title, session_line=None, furniture=(), notes=()
    )


def _register_complaints(source: SourceText, taken: Source) -> Sequence[Diagnostic]:
    if taken.no_register:
        message = f"its register cannot be read ({taken.no_register.location}), so its rights are not known"
        return [Diagnostic(Location(source.path), "D001", message)]
    if not taken.listed:
        return [
            Diagnostic(
                Location(source.path), "D003", "no entry in sources.yaml", "add publisher, rights and sha256 there"
            )
        ]
    recorded = taken.checksum
    if recorded and recorded[0] != source.sha256:
        message = f"sha256 is {source.sha256[:12]}…, recorded is {recorded[0][:12]}… ({recorded[1]})"
        return [
            Diagnostic(Location(source.path), "D004", message, "sources are published as received: restore the file")
        ]
    return []
