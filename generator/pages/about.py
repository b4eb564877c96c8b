"""Pages about the collection: each source with its rights, and what the program found to say about the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.diagnostics import RULES, Diagnostic, Rule
from generator.pages.page import Page
from generator.pages.views import Link, Views


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: whose it is, on what terms it is shown, its bytes."""

    name: str
    examination: Link
    state: Link
    publisher: str
    kind: str
    notice: str
    holder: str
    terms: str
    text: str
    date: str
    sha256: str
    source: Link


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The register of sources."""

    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class DiagnosticsView:
    """The rules and what they found."""

    rules: tuple[tuple[Rule, int], ...]
    findings: int


def about_pages(views: Views, diagnostics: Sequence[Diagnostic]) -> Iterator[Page]:
    """The register of sources and the diagnostics."""
    rows = tuple(
        SourceRow(
            name=document.document.source.path.rsplit("/", 1)[-1],
            examination=views.examination(examination),
            state=views.state(examination.state),
            publisher=document.provenance.publisher,
            kind=document.provenance.kind,
            notice=document.provenance.notice,
            holder=document.provenance.rights.holder,
            terms=document.provenance.rights.terms,
            text=document.provenance.rights.source_text,
            date=document.provenance.date or "not recorded",
            sha256=document.document.source.sha256,
            source=Link("text", views.source_address(examination, document)),
        )
        for examination in views.corpus.examinations.values()
        for document in examination.documents
    )
    crumbs = (Link("About", "about/"),)
    yield Page(
        "about/sources/",
        "register",
        "Sources",
        "Each source: publisher, rights, date, checksum.",
        SourcesView(rows),
        crumbs,
    )
    counts = dict.fromkeys(RULES, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.code] += 1
    yield Page(
        "about/diagnostics/",
        "diagnostics",
        "Diagnostics",
        "What the program says about documents it could not read with certainty, and why.",
        DiagnosticsView(tuple((rule, counts[rule.code]) for rule in RULES.values()), len(diagnostics)),
        crumbs,
    )
