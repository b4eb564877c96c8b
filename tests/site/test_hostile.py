"""Over a hundred files that mean harm, through the whole build and a browser, beside two reports that mean well.

`pytest tests/site/test_hostile.py -s` prints what became of each.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import hostile
import pytest
from building import INVENTED, ROOT, WITH_INVENTED, Built, Order, site
from hostile import CASES, Case, folder_of
from patience import milliseconds, seconds
from test_web_quality import hosted

from generator.build import Project, read_project
from generator.build.bundle import refuse_unsafe
from generator.diagnostics import Diagnostic
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOWEST = 5  # seconds of a processor that one file may take
# What is said of any report that is not in the register, or in no session that is known.
USUAL = {"D003", "R005", "R006", "R009"}
GOOD_PAGES = ("countries/xar/crc-102/", "countries/xfr/crc-102/")


@site
def good_site(folder: Path) -> Order:
    """The two reports alone."""
    return Order(("--sources", hostile.good(folder / "good"), *WITH_INVENTED))


@site
def hostile_site(folder: Path) -> Order:
    """The same two, and all the others."""
    sources = [option for path in hostile.make(folder / "cases").values() for option in ("--sources", path)]
    overlay = ("--vocabularies", hostile.overlay(folder / "vocabularies"))
    return Order(("--sources", hostile.good(folder / "good"), *sources, *WITH_INVENTED, *overlay))


@dataclass(frozen=True)
class Fate:
    """What became of a case when it was read alone."""

    case: Case
    found: tuple[Diagnostic, ...]
    seconds: float

    @property
    def codes(self) -> list[str]:
        return sorted({one.code for one in self.found} - USUAL)


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> list[Fate]:
    """Each case read alone, and the table of them."""
    folder = tmp_path_factory.mktemp("alone")
    project = Project(ROOT, overlays=(INVENTED / "vocabularies", hostile.overlay(folder / "vocabularies")))
    vocabulary = project.vocabulary()
    found = [
        fate(case, sources, project, vocabulary)
        for case, sources in zip(CASES, hostile.make(folder).values(), strict=True)
    ]
    print(f"\n{'file':44} {'findings':22} seconds")
    for one in found:
        print(f"{one.case.name:44} {' '.join(one.codes) or one.case.why[:60]:22} {one.seconds:.2f}")
    said = sum(len(one.found) for one in found)
    slowest = max(found, key=lambda one: one.seconds)
    print(f"{len(found)} files, {said} findings; slowest: {slowest.case.name}, {slowest.seconds:.2f} s")
    return found


def fate(case: Case, sources: Path, project: Project, vocabulary: Vocabulary) -> Fate:
    begun = time.process_time()
    reading = read_project(replace(project, sources=(sources,)), vocabulary=vocabulary)
    return Fate(case, reading.diagnostics, time.process_time() - begun)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_file_is_told_of_or_harmless(fates: list[Fate], case: Case) -> None:
    one = fates[CASES.index(case)]
    if case.codes:
        assert {found.code for found in one.found} & set(case.codes.split())
    assert case.codes or case.why
    assert one.seconds < seconds(SLOWEST)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100
    assert len({folder_of(case) for case in CASES}) == len(CASES)


def test_the_build_ends_and_says_what_it_found(hostile_site: Built) -> None:
    assert hostile_site.status == 1  # errors were found; the others are built
    assert "Traceback" not in hostile_site.stderr
    assert "error[L0" not in hostile_site.stderr, "a link that leads nowhere, or asks another host"
    unseen = [c for c in hostile_site.stderr if not c.isprintable() and c != "\n"]
    assert unseen == []


def test_no_secret_is_published(hostile_site: Built) -> None:
    secret = Path("/etc/passwd").read_text().splitlines()[0]
    assert secret not in hostile_site.stderr
    for path in hostile_site.site.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


def test_the_good_reports_are_published_as_if_they_were_alone(good_site: Built, hostile_site: Built) -> None:
    assert good_site.status == 0, good_site.stderr
    for address in GOOD_PAGES:
        alone = {name: digest for name, digest in good_site.digests.items() if name.startswith(address)}
        assert len(alone) > 3
        assert {name: hostile_site.digests[name] for name in alone} == alone


def test_no_page_has_an_element_that_a_report_made(hostile_site: Built) -> None:
    never = {"iframe", "object", "embed", "base", "math", "video", "animate", "img", "style"}
    for address, tree in hostile_site.pages.items():
        for element in tree.walk():
            assert element.tag not in never, (address, element.tag)
            assert element.tag != "template" or element.attributes.get("class") == "s-entry", address
            assert not [name for name in element.attributes if name.startswith("on")], address
            link = element.attributes.get("href", "") or ""
            assert not link.lower().startswith(("javascript:", "data:", "vbscript:")), (address, link)
            led_to = [element.attributes.get(name) or "" for name in ("href", "src", "action")]
            assert element.tag not in ("script", "link", "form") or hostile.FAR not in "".join(led_to), address


def test_every_address_suits_every_disk(hostile_site: Built) -> None:
    refuse_unsafe(f"site/{name}" for name in hostile_site.digests)
    for name in hostile_site.digests:
        told = name.removeprefix("data/SHA256SUMS").removeprefix("data/README.md") or "data"
        assert re.fullmatch(r"[a-z0-9/._-]+", told), name


def test_what_does_not_show_is_shown(hostile_site: Built) -> None:
    marked = {
        element.attributes["data-unseen"]
        for tree in hostile_site.pages.values()
        for element in tree.all("bdi", "s-unseen")
    }
    assert marked >= {"U+202E", "U+2066", "U+200B", "U+2060", "U+FEFF", "U+E0041", "U+001B", "U+0007", "U+2028"}
    for address, tree in hostile_site.pages.items():
        bare = [
            e
            for e in tree.walk()
            # data for machines is never shown
            if e.tag != "script" and "s-unseen" not in e.attributes.get("class", "")
            for t in e.children
            if isinstance(t, str) and "\u202e" in t
        ]
        assert bare == [], address
    assert not any("\u202e" in one["text"] for one in hostile_site.statements), "what does not show is no word"


# --- in a browser -------------------------------------------------------------------------------------------------


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without the protection of its policy, so that only escaping protects it; and all that goes wrong."""
    context, wrong = browser.new_context(bypass_csp=True), []

    def asked(route, request) -> None:
        if request.url.startswith(("file:", "http://127.0.0.1:", "data:")):
            route.continue_()
        else:
            wrong.append(f"{page.url} asks {request.url}")
            route.abort()

    context.route("**/*", asked)
    page = context.new_page()
    page.on("dialog", lambda dialog: (wrong.append(f"{page.url} says {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda _: wrong.append(f"{page.url} opens a window"))
    yield page, wrong
    context.close()


def holding(built: Built) -> list[str]:
    """The addresses of pages that hold anything of what means harm."""
    marks = ("window.ran", "evil.example", "s-unseen", "javascript:")
    files = {f"{one}index.html": built.site / one / "index.html" for one in built.pages if not one.endswith(".html")}
    return [name for name, file in files.items() if any(mark in file.read_text(encoding="utf-8") for mark in marks)]


def looked_at(page: Page, wrong: list[str], address: str) -> None:
    page.goto(address, wait_until="load")
    if page.evaluate("window.ran !== undefined || parent.ran !== undefined"):
        wrong.append(f"{address} ran something")
    if page.url.split("#")[0].split("?")[0] != address.split("#")[0].split("?")[0]:
        wrong.append(f"{address} led to {page.url}")


@pytest.mark.browser
def test_nothing_runs_from_a_stick_and_nobody_is_asked(hostile_site: Built, watched: tuple[Page, list[str]]) -> None:
    page, wrong = watched
    addresses = holding(hostile_site)
    assert len(addresses) > len(CASES) // 2  # most of what means harm is a mark, which no page but the source's shows
    for address in addresses:
        looked_at(page, wrong, (hostile_site.site / address).as_uri())
    assert wrong == []
    print(f"\n{len(addresses)} pages from a stick: 0 ran anything, 0 asked anybody")


@pytest.mark.browser
def test_nothing_runs_over_http_and_nobody_is_asked(hostile_site: Built, watched: tuple[Page, list[str]]) -> None:
    page, wrong = watched
    addresses = [one for one in holding(hostile_site) if not one.endswith(("/source/index.html", "/brief/index.html"))]
    with hosted(hostile_site.site) as host:
        for address in addresses:
            looked_at(page, wrong, host + address)
    assert wrong == []
    print(f"\n{len(addresses)} pages over http: 0 ran anything, 0 asked anybody")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["window", "evil", "script OR img OR iframe", "constructor", "__proto__", "decrof"])
def test_nothing_runs_where_results_are_written_by_script(
    hostile_site: Built, watched: tuple[Page, list[str]], query: str
) -> None:
    page, wrong = watched
    page.goto((hostile_site.site / "search/index.html").as_uri())
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    page.locator("[data-done]").first.wait_for()
    page.goto((hostile_site.site / "countries/index.html").as_uri())
    page.locator("#s-header-q").fill(query)
    page.locator("#s-quick[data-done]").wait_for()
    page.wait_for_timeout(milliseconds(0.1))
    assert page.evaluate("window.ran") is None
    assert wrong == []


@pytest.mark.browser
def test_a_page_that_ran_something_would_be_seen(
    hostile_site: Built, tmp_path: Path, watched: tuple[Page, list[str]]
) -> None:
    page, wrong = watched
    text = (hostile_site.site / "about/index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(text.replace("</h1>", f"</h1>{hostile.SCRIPT}", 1), encoding="utf-8")
    looked_at(page, wrong, (tmp_path / "index.html").as_uri())
    assert [one.partition(" ")[2] for one in wrong] == ["says 1", f"asks {hostile.FAR}", "ran something"]
