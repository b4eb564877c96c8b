"""Feeds and calendars of a real site: every page that offers one has it, and it holds what the page shows."""

from __future__ import annotations

import re

import feedparser
import pytest
from building import Built
from icalendar import Calendar
from reading_back import content, turns

FOLLOWED = ("countries/xar/", "themes/data-collection/", "concerns/", "recommendations/", "questions/", "commitments/")


def offered(built: Built, address: str) -> list[str]:
    """The files by which a page says it can be followed."""
    return [href for block in content(built.site, address).all(cls="s-follow") for href in block.hrefs]


def events(built: Built, name: str) -> list:
    return list(Calendar.from_ical((built.site / name).read_bytes()).walk("VEVENT"))


@pytest.mark.parametrize("address", FOLLOWED)
def test_an_index_offers_its_feed(arcadia_site, address) -> None:
    feeds = [href.rsplit("/", 1)[-1] for href in offered(arcadia_site, address) if "feed" in href]
    assert feeds == ["feed.xml"]
    parsed = feedparser.parse((arcadia_site.site / address / "feed.xml").read_bytes())
    assert not parsed.bozo
    for entry in parsed.entries:
        target, _, anchor = entry.link.partition("#")
        place = (arcadia_site.site / address / target).resolve()
        assert place.is_file(), entry.link
        assert not anchor or f'id="{anchor}"' in place.read_text()


def test_other_pages_offer_nothing(arcadia_site) -> None:
    followed = {address for address in arcadia_site.pages if arcadia_site.pages[address].all(cls="s-follow")}
    beside = {
        path.parent.relative_to(arcadia_site.site).as_posix() + "/"
        for pattern in ("feed.xml", "*.ics")
        for path in arcadia_site.site.rglob(pattern)
    }
    assert {address.removesuffix("index.html") for address in followed} == beside - {"./", "about/corrections/"}


def test_the_calendar_of_commitments_holds_those_with_a_date(arcadia_site) -> None:
    tree = content(arcadia_site.site, "commitments/")
    shown = [turn for turn in turns(tree) if any(one.words.startswith("due ") for one in turn.all("b"))]
    found = events(arcadia_site, "commitments/commitments.ics")
    assert len(found) == len(shown) > 5
    (number,) = re.findall(r"calendar: (\d+) of \d+ commitments", tree.one(cls="s-follow").words)
    assert int(number) == len(found)


def test_the_home_page_names_the_feed_of_the_site(seed_site) -> None:
    assert "feed.xml" in content(seed_site.site, "").hrefs
    (entry,) = feedparser.parse((seed_site.site / "feed.xml").read_bytes()).entries
    assert entry.title.startswith("Lao People's Democratic Republic, OPSC, 69th session: ")
    assert entry.summary.count("“") == 1


def test_corrections_are_followed_by_a_feed(seed_site) -> None:
    assert "feed.xml" in content(seed_site.site, "about/corrections/").hrefs
    assert not feedparser.parse((seed_site.site / "about/corrections/feed.xml").read_bytes()).bozo
