"""Pages about the collection: each source with its rights, what the program found to say, and terms explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.corpus import PublishedExamination
from generator.diagnostics import RULES, Diagnostic, Rule
from generator.model import ReadDocument
from generator.pages.page import Page
from generator.pages.paging import Group, Pager, Sheet, one_item, sheets
from generator.pages.terms import GLOSSARY, TermView, explained
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
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class DiagnosticsView:
    """The rules and what they found."""

    rules: tuple[tuple[Rule, int], ...]
    findings: int


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """All terms that are explained, by name, each with the other ways to write it."""

    terms: tuple[tuple[TermView, tuple[str, ...]], ...]


def about_pages(views: Views, diagnostics: Sequence[Diagnostic]) -> Iterator[Page]:
    """The register of sources, the diagnostics, and the glossary."""
    crumbs = (Link("About", "about/"),)
    sources = tuple(
        (examination, document)
        for examination in views.corpus.examinations.values()
        for document in examination.documents
    )

    def label(groups: tuple[Group[Source], ...]) -> str:
        first, last = groups[0].items[0][0], groups[0].items[-1][0]
        return f"{views.state(first.state).text} – {views.state(last.state).text}"

    cut_up = sheets("about/sources/", [Group("", sources)] if sources else [], one_item, views.full_items, label)
    for sheet in cut_up:
        yield Page(
            sheet.address,
            "register",
            sheet.titled("Sources"),
            f"Each source: publisher, rights, date, checksum{sheet.suffix}.",
            partial(_sources, views, sheet),
            crumbs if sheet.number == 1 else (*crumbs, Link("Sources", "about/sources/")),
        )
    counts = dict.fromkeys(RULES, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.code] += 1
    yield Page(
        "about/diagnostics/",
        "diagnostics",
        "Diagnostics",
        "What the program says about documents it could not read with certainty, and why.",
        lambda: DiagnosticsView(tuple((rule, counts[rule.code]) for rule in RULES.values()), len(diagnostics)),
        crumbs,
    )
    yield Page(
        GLOSSARY,
        "glossary",
        "Glossary",
        "Terms of the United Nations human rights system, each in a sentence or two, with the document that says so.",
        partial(_glossary, views),
        crumbs,
    )


def _glossary(views: Views) -> GlossaryView:
    terms = sorted(views.vocabulary.glossary.terms, key=lambda term: term.term.lower())
    return GlossaryView(tuple((explained(views.vocabulary, term), term.forms[1:]) for term in terms))


Source = tuple[PublishedExamination, ReadDocument]


def _sources(views: Views, sheet: Sheet[Source]) -> SourcesView:
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
        for group in sheet.groups
        for examination, document in group.items
    )
    return SourcesView(rows, sheet.pager)
