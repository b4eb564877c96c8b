"""The files beside each page that lists statements: the same statements for machines, under the page's own name.

Takes `Views` and a page. Gives files by address: `index.json` beside `index.html`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.exports.citations import citation_files
from generator.pages import Page
from generator.pages.page import CITATION_FILES, FILES
from generator.pages.views import Views

PAGE_FILES = tuple(name for name, _, _ in (*FILES, *CITATION_FILES))


def page_files(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The files beside a page, by address; none where it lists no statements."""
    if not page.holds:
        return
    ids: dict[str, list[str]] = {}
    for one in page.holds:
        ids.setdefault(views.corpus.examination_of(one).key, []).append(one.id)
    told = {
        "page": page.address,
        "title": page.title,
        "count": len(page.holds),
        "examinations": [
            {"examination": key, "page": views.corpus.examinations[key].address, "statements": held}
            for key, held in ids.items()
        ],
    }
    yield f"{page.address}index.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    yield from citation_files(views, page)
