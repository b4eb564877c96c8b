"""Every link has its way back: what one page names, names that page too."""

from __future__ import annotations

import re
from collections import defaultdict
from posixpath import normpath

from building import Built

# What names what, both ways; a page that is cut into several counts as one.
TYPES = {
    "country": r"countries/[a-z]{3}/",
    "examination": r"countries/[a-z]{3}/[a-z]+-\d+/",
    "session": r"sessions/[a-z]+-\d+/",
    "theme": r"themes/[a-z-]+/",
    "treaty": r"treaties/[a-z]+/",
    "person": r"people/[a-z-]+/",
}
BOTH_WAYS = [
    ("country", "examination"),
    ("session", "examination"),
    ("theme", "examination"),
    ("theme", "theme"),
    ("treaty", "examination"),
    ("person", "examination"),
    ("examination", "examination"),
]


def linked(built: Built) -> dict[str, set[str]]:
    """The pages that each page leads to, by address."""
    leads: defaultdict[str, set[str]] = defaultdict(set)
    for address in built.pages:
        for one in built.pages[address].one("article", "md-content__inner").all("a"):
            target = one.attributes.get("href", "").split("#")[0]
            if "://" not in target and target.endswith("index.html"):
                there = normpath(f"{address}{target}").removesuffix("index.html")
                leads[whole(address)].add(whole(there))
    return leads


def whole(address: str) -> str:
    """The first of the pages that one was cut into."""
    return re.sub(r"(?<=/)(dialogue/)?(\d+/)?$", "", address)


def sort_of(address: str) -> str | None:
    return next((name for name, pattern in TYPES.items() if re.fullmatch(pattern, address)), None)


def lost_ways(built: Built) -> tuple[int, list[str]]:
    """How many links there are that want a way back, and those that have none."""
    leads = linked(built)
    pairs = {*BOTH_WAYS, *((b, a) for a, b in BOTH_WAYS)}
    walked = [
        (here, there)
        for here, all_ in leads.items()
        for there in all_
        if here != there and (sort_of(here), sort_of(there)) in pairs
    ]
    # From a theme, concerns and recommendations are a step further, in the indexes of their kinds.
    for here in [one for one in leads if sort_of(one) == "theme"]:
        for kind in ("concerns", "recommendations"):
            if (index := here.replace("themes/", f"{kind}/")) in leads[here]:
                leads[here] = leads[here] | leads[index]
    return len(walked), [f"{here} -> {there}" for here, there in walked if here not in leads[there]]


def test_what_a_page_names_names_it_too(seed_site: Built, arcadia_site: Built) -> None:
    for built in (seed_site, arcadia_site):
        walked, lost = lost_ways(built)
        assert walked > 20
        assert lost == []


def test_every_page_can_be_reached_from_home(seed_site: Built, arcadia_site: Built) -> None:
    for built in (seed_site, arcadia_site):
        leads = linked(built)
        # The bar at the top, which every page has, stands outside of what a page says itself.
        reached, ahead = (
            set(),
            ["", "about/", "data/", "search/", "treaties/", "about/sources/", "about/diagnostics/", "about/glossary/"],
        )
        while ahead:
            here = ahead.pop()
            if here not in reached:
                reached.add(here)
                ahead += leads.get(here, ())
        assert {whole(one) for one in built.pages} - reached == {"404.html"}
