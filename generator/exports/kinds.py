"""The kinds of files that the program publishes for people to keep and follow, as patterns: `themes/*/feed.xml`.

Gives the same whatever was read: which single files there are follows from pages and statements, whose addresses and
ids are registered. What only serves pages and robots – assets, the search index, site maps – is no file to keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.contract import ABOUT_FILES, DATA_FILES, STATE_FILES, STATES
from generator.exports.feeds import SITE_FEEDS
from generator.exports.schemas import FOLDER as SCHEMAS
from generator.exports.schemas import schemas
from generator.pages.follow import COMMITMENTS, FEED, SESSIONS
from generator.pages.page import CITATION_FILES, FILES, TABLE, WITH_FEED, WITH_TABLE

_DATA = "data/"
# Where pages of a template stand.
_PAGES = {
    "country": ("countries/*/",),
    "theme": ("themes/*/",),
    "session": ("sessions/*/",),
    "kind": ("concerns/", "recommendations/", "questions/"),
    "ledger": ("commitments/",),
}
_CALENDARS = (
    f"commitments/{COMMITMENTS}",
    f"countries/*/{COMMITMENTS}",
    f"sessions/*/{SESSIONS}",
    f"sessions/{SESSIONS}",
)


def file_kinds() -> frozenset[str]:
    """All of them; `*` stands for any name in a folder."""
    return frozenset((*_of_collection(), *_beside_pages(), *_CALENDARS))


def _of_collection() -> Iterator[str]:
    yield from SITE_FEEDS
    yield from (f"{_DATA}{STATES}*{one.name}" for one in STATE_FILES)
    yield from (f"{_DATA}{one.name}" for one in (*DATA_FILES, *ABOUT_FILES))
    yield from (f"{SCHEMAS}{name}" for name in schemas())


def _beside_pages() -> Iterator[str]:
    yield from (f"countries/*/*/{name}" for name, _, _ in (*FILES, *CITATION_FILES))
    yield "countries/*/*/starter.csv"
    for template, places in _PAGES.items():
        for place in places:
            if template in WITH_TABLE:
                yield f"{place}{TABLE[0]}"
            if template in WITH_FEED:
                yield f"{place}{FEED[0]}"
