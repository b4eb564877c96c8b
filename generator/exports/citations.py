"""The entries of a page for reference managers: itself, the documents it rests on, and its own statements.

Takes `Views` and a page. Gives files by address. The page of an examination is the place of its statements: it has an
entry for each. Other pages list the documents that their statements rest on, so that no file grows with the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.citations import Citation, bibtex, cite_page, csl_json, ris
from generator.corpus import LinkedStatement
from generator.pages import Page
from generator.pages.views import Views


def citation_files(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The files of entries beside a page, by address."""
    held = page.holds or ()
    cited = [cite_page(page.address, page.title, views.site_url), *_documents(views, page, held)]
    if page.address in views.examined_at:
        cited += map(views.cited_statement, held)
    yield f"{page.address}index.ris", _joined(cited, ris, "\r\n").encode()
    yield f"{page.address}index.bib", _joined(cited, bibtex, "\n").encode()
    items = _joined(cited, csl_json, ",\n")
    yield f"{page.address}index.csl.json", f"[\n{items}\n]\n".encode()


def _documents(views: Views, page: Page, held: Iterable[LinkedStatement]) -> Iterator[Citation]:
    """The documents, each once, in the order of what the page holds."""
    corpus = views.corpus
    if examination := views.examined_at.get(page.address):
        # All of its documents, and under its own address also one that it shares with another.
        yield from (views.cited(examination, document) for document in examination.documents)
        return
    first = {one.path: one for one in reversed(list(held))}
    for path in dict.fromkeys(one.path for one in held):
        yield views.cited(corpus.examination_of(first[path]), corpus.documents[path])


def _joined(cited: Iterable[Citation], form: Callable[[Citation], str], between: str) -> str:
    return between.join(map(form, cited))
