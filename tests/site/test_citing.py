"""Citations on finished pages: entries in the files beside them, boxes, and single statements saved by a browser."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bibtexparser
import pytest
import rispy
from building import INVENTED, WITH_INVENTED, Built, Order, site
from records import statements_of_examination

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

EXAMINATION = "countries/lao/opsc-69/"
PUBLIC = "https://example.org/crc/"
THEME = "themes/trafficking/"


@site
def arcadia_published(_folder: Path) -> Order:
    """The invented corpus at a public address."""
    return Order(("--sources", INVENTED / "sources", *WITH_INVENTED), env={"SITE_URL": PUBLIC})


def items(built: Built, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((built.site / address / "index.csl.json").read_text(encoding="utf-8"))
    return found


def examinations(built: Built) -> dict[str, list[dict[str, Any]]]:
    """Addresses of examinations, with the records of the statements that their pages hold."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(built.site.rglob("index.json"))]
    return {file["page"]: statements_of_examination(file) for file in files}


@pytest.mark.parametrize("fixture", ["seed_site", "arcadia_published"])
def test_entries_are_the_page_and_its_documents(fixture: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(fixture)
    found = examinations(built)
    assert found
    for address, own in found.items():
        documents = {record["source"]["path"] for record in own}
        cited = items(built, address)
        assert [one["type"] for one in cited] == ["webpage", *["report"] * len(documents)], address
        assert not [one for one in cited if "abstract" in one]
        records = rispy.loads((built.site / address / "index.ris").read_text(encoding="utf-8"))
        library = bibtexparser.parse_file(str(built.site / address / "index.bib"))
        assert not library.failed_blocks
        assert [one["id"] for one in records] == [one.key for one in library.entries] == [one["id"] for one in cited]
    assert {path.parent.relative_to(built.site).as_posix() + "/" for path in built.site.rglob("index.ris")} == set(
        found
    )


def test_without_a_public_address_no_entry_has_one_of_ours(seed_site: Built) -> None:
    for file in seed_site.site.rglob("index.csl.json"):
        assert not [one for one in json.loads(file.read_text(encoding="utf-8")) if "URL" in one], file
    box = seed_site.pages[EXAMINATION].one("section", "s-cite")
    assert "This copy has no public address" in box.words
    assert "http" not in box.words


def test_with_a_public_address_the_box_gives_it(arcadia_published: Built) -> None:
    for address, tree in arcadia_published.pages.items():
        for box in tree.all("section", "s-cite"):
            assert f"{PUBLIC}{address}" in box.words
            assert "no public address" not in box.words


def test_every_page_that_lists_statements_says_how_to_cite_it(seed_site: Built, arcadia_published: Built) -> None:
    for built in (seed_site, arcadia_published):
        with_box = {address for address, tree in built.pages.items() if tree.all("section", "s-cite")}
        beside = {path.parent.relative_to(built.site).as_posix() + "/" for path in built.site.rglob("index.csv")}
        assert beside < with_box
        assert {f"countries/{path.stem}/" for path in (built.site / "data/states").glob("*.csv")} < with_box
        assert [address for address in with_box if re.fullmatch(r"concerns/[a-z-]+/", address)]


def test_the_committee_is_the_author_of_nothing(seed_site: Built) -> None:
    authors = {one["author"][0]["literal"] for one in items(seed_site, EXAMINATION)}
    assert authors == {"Sessional", "Child Rights Connect"}
    assert all("number" not in one for one in items(seed_site, EXAMINATION))


# --- in a browser -------------------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def shown(built: Built, how: str) -> Iterator[str]:
    """The address of a site, from its folder or from a server."""
    if how == "file":
        yield built.site.as_uri() + "/"
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built.site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("how", ["file", "http"])
def test_every_entry_of_the_box_can_be_copied(how: str, seed_site: Built, browser: Browser) -> None:
    with shown(seed_site, how) as root, opened(browser, f"{root}{EXAMINATION}index.html") as page:
        buttons = page.locator(".s-cite").get_by_role("button")
        assert buttons.count() == page.locator(".s-cite dt").count() == 6
        buttons.first.click()
        page.locator(".s-cite button", has_text="Copied").or_(
            page.locator(".s-cite button", has_text="Select the text")
        ).first.wait_for()


@pytest.mark.browser
def test_without_a_script_everything_to_cite_can_be_read(seed_site: Built, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{seed_site.site.as_uri()}/{EXAMINATION}index.html")
    line = page.locator("article.t").first.locator("blockquote + p > a").nth(-2)
    assert line.inner_text() == "line 23"
    box = page.locator("#cite")
    assert "Child Rights Connect" in box.inner_text()
    assert box.get_by_role("link", name="RIS").is_visible()
    context.close()
