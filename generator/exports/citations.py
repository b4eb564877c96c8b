"""The entries of an examination for reference managers: its page, and the documents it is based on.

Takes `Views` and a page. Gives files by address. The entry of one statement is made on the page, from what the page
has: in a file beside it each sentence would be written once more for each form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.citations import Citation, bibtex, cite_page, csl_json, ris
from generator.pages import Page
from generator.pages.views import Views


def citation_files(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The files of entries beside the page of an examination, by address."""
    examination = views.corpus.by_address[page.address]
    cited = [cite_page(page.address, page.title, views.site_url)]
    # All of its documents, and under its own address also one that it shares with another.
    cited += (views.cited(examination, document) for document in examination.documents)
    yield f"{page.address}index.ris", _joined(cited, ris, "\r\n").encode()
    yield f"{page.address}index.bib", _joined(cited, bibtex, "\n").encode()
    items = _joined(cited, csl_json, ",\n")
    yield f"{page.address}index.csl.json", f"[\n{items}\n]\n".encode()


def _joined(cited: Iterable[Citation], form: Callable[[Citation], str], between: str) -> str:
    return between.join(map(form, cited))
