"""The files by which a page is followed: its feed and its calendar.

Takes `Views` and a page. Gives files by address.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.exports.calendars import CALENDAR_FILES, page_calendar
from generator.exports.feeds import FEED_FILE, page_feeds
from generator.pages import Page
from generator.pages.views import Views

FOLLOW_FILES = (FEED_FILE, *CALENDAR_FILES)


def follow_files(views: Views, page: Page) -> Iterator[tuple[str, bytes]]:
    """The files that `Page.followed` names."""
    yield from page_feeds(views, page)
    yield from page_calendar(views, page)
