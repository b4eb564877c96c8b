"""The ways in on the home page stand in even rows, and the mark of the site is small without styles too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_ways_in_of_a_row_end_on_one_line(browser: Browser, seed_site: Built) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((seed_site.site / "index.html").as_uri())
    rows: dict[int, set[int]] = {}
    for tile in page.locator(".s-ways a").all():
        box = tile.bounding_box()
        assert box is not None
        rows.setdefault(round(box["y"]), set()).add(round(box["y"] + box["height"]))
    page.close()
    assert len(rows) > 1
    assert all(len(ends) == 1 for ends in rows.values()), rows


def test_the_mark_of_the_site_is_small_without_styles(browser: Browser, seed_site: Built) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.route("**/*.css", lambda route: route.abort())
    page.goto((seed_site.site / "index.html").as_uri())
    box = page.locator("header svg").bounding_box()
    page.close()
    assert box is not None
    assert box["width"] <= 24
