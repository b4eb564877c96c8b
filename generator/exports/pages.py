"""The files beside each page that lists statements: the same statements for machines, under the page's own name.

Takes `Views` and a page. Gives files by address. Beside an examination they hold everything; beside a list there is a
table (docs/decisions/0014-say-each-thing-once.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.exports.lists import list_table
from generator.exports.states import examination_page_files
from generator.pages import Page
from generator.pages.page import CITATION_FILES, FILES
from generator.pages.views import Views

PAGE_FILES = tuple(name for name, _, _ in (*FILES, *CITATION_FILES))


def page_files(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The files beside a page, by address; none where it lists no statements, or none of its own."""
    if page.is_examination and page.holds:
        yield from examination_page_files(views, page)
    elif page.has_table:
        yield list_table(views, page)
