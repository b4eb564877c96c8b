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


def read_entries(saved: dict[str, str]) -> dict[str, dict[str, str]]:
    """What the entry of one statement says in each form, by the names of CSL."""
    (ris,), (csl,) = rispy.loads(saved["RIS"]), json.loads(saved["CSL-JSON"])
    library = bibtexparser.parse_string(saved["BibTeX"])
    assert not library.failed_blocks
    (entry,) = library.entries
    bibtex = {name: field.value.replace("\\", "") for name, field in entry.fields_dict.items()}
    return {
        "RIS": {"id": ris["id"], "abstract": ris["abstract"], "section": ris["section"], "note": ris["notes"][0]},
        "BibTeX": {"id": entry.key, "section": bibtex["pages"], **{k: bibtex[k] for k in ("abstract", "note")}},
        "CSL-JSON": {name: csl[name] for name in ("id", "abstract", "section", "note")},
    }


@pytest.mark.browser
@pytest.mark.parametrize("how", ["file", "http"])
@pytest.mark.parametrize("fixture", ["seed_site", "arcadia_published"])
def test_the_entry_of_one_statement_is_saved_in_each_form(
    fixture: str, how: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    built = request.getfixturevalue(fixture)
    address = sorted(examinations(built))[0]
    with shown(built, how) as root, opened(browser, f"{root}{address}index.html") as page:
        turn = page.locator("article.s-turn[id]").nth(1)
        turn.get_by_text("How we know, and how to cite").click()
        id_ = turn.get_attribute("id") or ""
        saved = {}
        for name in ("RIS", "BibTeX", "CSL-JSON"):
            with page.expect_download() as waiting:
                turn.get_by_role("button", name=name, exact=True).click()
            assert waiting.value.suggested_filename.startswith(id_)
            saved[name] = Path(waiting.value.path()).read_bytes().decode()
    (record,) = (one for one in examinations(built)[address] if one["id"] == id_)
    told = read_entries(saved)
    assert told["RIS"] == told["BibTeX"] == told["CSL-JSON"]
    entry = told["CSL-JSON"]
    assert entry["id"] == id_
    assert record["text"] in entry["abstract"]
    assert f"line {record['source']['spans'][0]['line']}" in entry["section"]
    assert entry["note"].startswith(f"Statement {id_}. ")


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
    turn = page.locator("article.s-turn").first
    turn.get_by_text("How we know, and how to cite").click()
    assert "Chicago: Child Rights Connect, summary, line 23. APA: (Child Rights Connect, 2015, line 23)" in (
        turn.inner_text()
    )
    turn.get_by_role("link", name="Entries, files").click()
    assert page.locator("#cite:target").get_by_role("link", name="RIS").is_visible()
    context.close()
