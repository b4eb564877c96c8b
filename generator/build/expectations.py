"""Totals of the collection that a change must not lose in silence.

Takes the corpus and `expectations.yaml` beside the sources. Gives a diagnostic, at its line, for each total that is not
as recorded, and for each document of which less was read than the least share. Without the file there is nothing to
meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.build.project import Project
from generator.corpus import Corpus
from generator.datafile import DatafileError, Node, load
from generator.diagnostics import Diagnostic
from generator.model import Disposition, Kind, ReadDocument
from generator.text.source import Location


def unmet(project: Project, corpus: Corpus, documents: Sequence[ReadDocument]) -> list[Diagnostic]:
    """What is not as expected, for each folder of sources that has expectations."""
    found: list[Diagnostic] = []
    for given in project.source_paths:
        file = given.resolve().parent / "expectations.yaml"
        if given.is_dir() and file.is_file() and len(project.source_paths) == 1:
            try:
                found += _compare(load(file, project.shown(file)), corpus, documents)
            except DatafileError as error:
                found.append(error.diagnostic)
    return found


def _compare(root: Node, corpus: Corpus, documents: Sequence[ReadDocument]) -> Iterator[Diagnostic]:
    root.mapping("format documents examinations statements least_read")
    totals = {"documents": len(documents), "examinations": len(corpus.examinations)}
    for name, total in totals.items():
        yield from _total(root.need(name), name, total)
    for kind, node in root.need("statements").mapping(" ".join(Kind)).items():
        yield from _total(node, f"statements of kind {kind}", sum(1 for _ in corpus.indexed(Kind(kind))))
    least = root.need("least_read").integer()
    for document in documents:
        share = share_read(document)
        if share < least:
            place = Location(document.document.source.path, 1, 1)
            yield Diagnostic(place, "D005", f"{share:.0f} per cent of the text was read, expected at least {least}")


def _total(node: Node, name: str, total: int) -> Iterator[Diagnostic]:
    if node.integer() != total:
        yield Diagnostic(node.location, "D005", f"{name}: {total}, expected {node.integer()}")


def share_read(document: ReadDocument) -> float:
    """Characters in blocks that became statements or context, in per cent of all that hold words."""
    source = document.document.source
    read = total = 0
    for block, disposition in zip(document.document.blocks, document.dispositions, strict=True):
        size = sum(len(source.line(number).strip()) for number in range(block.first, block.last + 1))
        total += size
        read += size * (disposition in (Disposition.STATEMENT, Disposition.CONTEXT))
    return 100 * read / total if total else 0.0
