"""Old addresses in a real browser: an address that moved leads on with its place, with and without a script."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import INVENTED, ROOT, WITH_INVENTED, Built, Order, site
from invented import report
from patience import milliseconds

from generator.build import Project, read_project, register

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EARLIER = "101<sup>ST</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n14<sup>TH</sup> JANUARY 2026"
TAKEN = "The Committee welcomed the new law on adoption."
# As many as fill several pages.
SAID = [
    f"The Committee was concerned about the lack of data on trafficking in district {n}, where many children who had "
    "been found at work were sent away again without any record of their names, their ages or their families."
    for n in range(100, 280)
]
WHO = "date: 2026-11-25, editor: A. B."


def _ids(folder: Path) -> dict[str, str]:
    project = Project(ROOT, (folder / "sources",), (INVENTED / "vocabularies",))
    return {one.statement.text: one.id for one in read_project(project).corpus.statements}


@site
def departed_site(folder: Path) -> Order:
    """A report that was published under another session, with a statement more."""
    (folder / "sources").mkdir()
    source = folder / "sources/arcadia.md"
    source.write_text(report(body="\n\n".join([*SAID, TAKEN])))
    register(read_project(Project(ROOT, (folder / "sources",), (INVENTED / "vocabularies",))))
    taken = _ids(folder)[TAKEN]
    source.write_text(report(body="\n\n".join(SAID), session=EARLIER))
    (folder / "registry/retired.yaml").write_text(
        f"format: retired/1\nretired:\n- {{id: {taken}, reason: removed, note: It was doubled., {WHO}}}\n"
    )
    (folder / "registry/moved.yaml").write_text(
        "format: moved/1\n"
        f"renamed:\n- {{from: xar-crc-102, to: xar-crc-101, reason: The session was wrong., {WHO}}}\n"
        f"moved:\n- {{from: sessions/crc-102/, to: sessions/crc-101/, reason: The session was wrong., {WHO}}}\n"
        f"gone:\n- {{address: themes/adoption/, reason: Nothing is said of it any more., {WHO}}}\n"
    )
    return Order(("--sources", folder / "sources", *WITH_INVENTED))


@pytest.fixture
def ids(departed_site: Built) -> dict[str, str]:
    return {one["text"]: one["id"] for one in departed_site.statements}


def ends_at(browser: Browser, built: Built, address: str, script: bool = True) -> str:
    """Where a reader arrives who opens an address of the site, from its root."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{built.site.as_uri()}/{address}")
    page.wait_for_timeout(milliseconds(0.6))
    ended = page.url.removeprefix(f"{built.site.as_uri()}/")
    context.close()
    return ended


NEW, OLD = "countries/xar/crc-101", "countries/xar/crc-102"


@pytest.mark.browser
def test_a_page_that_moved_leads_on_with_and_without_a_script(browser: Browser, departed_site: Built) -> None:
    ends = partial(ends_at, browser, departed_site)
    for script in (True, False):
        assert ends("sessions/crc-102/index.html", script) == "sessions/crc-101/index.html"
    assert ends("sessions/crc-102/index.html#prevention") == "sessions/crc-101/index.html#prevention"


@pytest.mark.browser
def test_an_old_id_of_a_renamed_examination_finds_its_statement(
    browser: Browser, departed_site: Built, ids: dict[str, str]
) -> None:
    ends = partial(ends_at, browser, departed_site)
    led = next(words for words in ids if words.startswith("The delegation was led by"))
    first, last = (ids[words].rpartition(".")[2] for words in (led, SAID[-1]))
    assert ends(f"{OLD}/index.html#xar-crc-102.{first}") == f"{NEW}/index.html#xar-crc-101.{first}"
    # One that stands on a further page, asked for where it stood then or on the first page.
    places = {ends(f"{OLD}/{further}index.html#xar-crc-102.{last}") for further in ("", "2/")}
    assert len(places) == 1
    assert re.fullmatch(rf"{NEW}/\d/index\.html#xar-crc-101\.{last}", places.pop())
    # Without a script the old page stays, and has a row for the id.
    assert ends(f"{OLD}/index.html#xar-crc-102.{last}", False) == f"{OLD}/index.html#xar-crc-102.{last}"
    assert f'id="xar-crc-102.{last}"' in (departed_site.site / OLD / "index.html").read_text()


@pytest.mark.browser
def test_a_retired_id_is_found_from_any_page(browser: Browser, departed_site: Built) -> None:
    ends = partial(ends_at, browser, departed_site)
    corrections = (departed_site.site / "about/corrections/index.html").read_text()
    local = corrections.split('<li id="xar-crc-101.')[1].split('"')[0]
    found = f"{NEW}/index.html#xar-crc-101.{local}"
    assert f'id="xar-crc-101.{local}"' in (departed_site.site / NEW / "index.html").read_text()
    assert ends(f"{OLD}/index.html#xar-crc-102.{local}") == found
    assert ends(f"{NEW}/2/index.html#xar-crc-101.{local}") == found


def test_without_a_script_a_page_of_several_says_where_to_look(departed_site: Built) -> None:
    for address in (NEW, f"{NEW}/2"):
        text = (departed_site.site / address / "index.html").read_text()
        assert "<noscript>" in text
        assert "If nothing is marked, look for it on the pages of this examination" in text


def test_a_page_that_is_gone_says_why(departed_site: Built) -> None:
    text = (departed_site.site / "themes/adoption/index.html").read_text()
    assert "Nothing is said of it any more." in text
    assert '<meta name="robots" content="noindex">' in text
