"""Searching in a real browser, from a server and from a stick alike; the page says what was searched."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from building import Built
from patience import milliseconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def served(seed_site: Built) -> Iterator[str]:
    """The seed's site on a server of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(seed_site.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages; at the end nothing may have gone wrong."""
    faults: list[str] = []
    contexts = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(milliseconds(10))
        # What a page had asked for when another was opened is given up, not missed.
        page.on("requestfailed", lambda one: one.failure != "net::ERR_ABORTED" and faults.append(f"failed: {one.url}"))
        page.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def ask(page: Page, site: Path | str, query: str, more: str = "") -> str:
    """Open the address of a search; gives what the page says was searched."""
    base = site if isinstance(site, str) else f"{site.as_uri()}/"
    page.goto(f"{base}search/index.html?q={quote(query)}{more}")
    page.locator("#s-searched[data-done]").wait_for()
    return page.locator("#s-searched").inner_text()


def ids(page: Page) -> list[str]:
    """What is shown, by id."""
    return page.locator("#s-results article").evaluate_all("all => all.map(one => one.dataset.id)")


def test_a_server_and_a_stick_answer_alike(seed_site: Built, served: str, visitor: Callable[..., Page]) -> None:
    page = visitor()
    for query in ("trafficking", "children OR women", '"Committee asked"', "law NOT Committee", "Laos"):
        by_file = ask(page, seed_site.site, query), ids(page)
        assert by_file == (ask(page, served, query), ids(page))
        assert by_file[1]


def test_it_says_what_was_searched(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()
    said = ask(page, seed_site.site, "child")
    assert "children" in said
    assert said.split()[0] == page.locator("#s-searched").get_attribute("data-done")
    assert (
        ask(page, seed_site.site, "child -children")
        == "No statement for (child OR children) AND NOT (children OR child)."
    )
    assert "too common" in ask(page, seed_site.site, "the of")
    assert "Operators or brackets" in ask(page, seed_site.site, "(trafficking AND")
    assert "quotation mark" in ask(page, seed_site.site, '"Lao PDR')


def test_operators_never_leak(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()

    def found(query: str) -> set[str]:
        ask(page, seed_site.site, query)
        return set(page.evaluate("window.__sessionalFound()"))

    one, other = found("Committee"), found("law")
    assert one
    assert other
    assert found("Committee law") == found("Committee AND law") == one & other
    assert found("Committee OR law") == one | other
    assert found("Committee NOT law") == found("Committee -law") == one - other
    assert found("(Committee OR law) NOT (Committee AND law)") == one ^ other
    everything = found("NOT xyzzy")
    assert found("NOT Committee") == everything - one
    assert len(everything) == int(page.evaluate("SessionalSearch.meta().statements"))


@pytest.mark.parametrize(
    "query",
    [
        "(((",
        "AND OR NOT",
        '"',
        "<img src=x onerror=alert(1)>",
        "حقوق الطفل",
        "x" * 10_000,
        "a b " * 2500,
        "__proto__",
        "*",
    ],
    ids=["brackets", "operators", "quote", "markup", "arabic", "long word", "many words", "proto", "star"],
)
def test_no_query_breaks_the_page(seed_site: Built, visitor: Callable[..., Page], query: str) -> None:
    page = visitor()
    page.goto(f"{seed_site.site.as_uri()}/search/index.html")
    page.get_by_label("Words").fill(query)
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("#s-searched[data-done]").wait_for()
    assert page.locator("#s-searched").inner_text() or query == "*"
    assert page.locator("#s-searched img, #s-results img").count() == 0
    if len(query) > 1000:
        assert "Only the first 400 characters" in page.locator("#s-searched").inner_text()


def test_a_typing_error_is_named_and_not_replaced(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()
    assert ask(page, seed_site.site, "traficking children") == "No statement for traficking AND (children OR child)."
    page.locator("#s-suggestions").get_by_role("link", name="trafficking").click()
    page.locator("#s-searched[data-done]:not([data-done='0'])").wait_for()
    assert page.get_by_label("Words").input_value() == "trafficking children"


def test_narrowing_is_part_of_the_address(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()
    ask(page, seed_site.site, "children")
    button = page.locator("#s-kinds button").first
    number, kind = button.inner_text().split()[0], button.get_attribute("data-kind")
    button.click()
    page.locator(f"#s-searched[data-done='{number}']").wait_for()
    assert f"kind={kind}" in page.url
    shown = ids(page)
    page.goto(page.url)
    page.locator(f"#s-searched[data-done='{number}']").wait_for()
    assert ids(page) == shown
    page.locator("#s-facets summary").click()
    page.locator("#s-facets[data-facets-done]").wait_for()
    options = page.locator("#s-facets [name=session] option").all_inner_texts()
    assert options == ["any", f"CRC 69th session ({number})"]


def test_without_words_everything_of_a_kind_can_be_listed(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()
    ask(page, seed_site.site, "", "&kind=concern&state=LAO")
    number = sum(
        one["kind"] == "concern" and one["confidence"] != "low" and one["speaker"] != "author"
        for one in seed_site.statements
    )
    assert page.locator("#s-searched").get_attribute("data-done") == str(number)


def test_words_typed_before_the_script_runs_are_kept(served: str, visitor: Callable[..., Page]) -> None:
    page, held = visitor(), []
    page.route("**/search-view.js", lambda route: held.append(route))
    page.goto(f"{served}search/index.html", wait_until="commit")
    page.locator("#q").fill("trafficking")
    for _ in range(200):  # the page's policy lets nothing be evaluated that waits for it
        if held:
            break
        page.wait_for_timeout(milliseconds(0.025))
    held[0].continue_()
    page.locator("#s-searched[data-done]").wait_for()
    assert page.locator("#q").input_value() == "trafficking"
    assert ids(page)


def test_results_can_be_downloaded(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor(accept_downloads=True)
    ask(page, seed_site.site, "children")
    with page.expect_download() as download:
        page.locator("#s-download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    texts = {one["id"]: one["text"] for one in seed_site.statements}
    assert [row["id"] for row in rows][: len(ids(page))] == ids(page)
    assert all(row["text"] == texts[row["id"]] for row in rows)
    assert len(rows) == int(page.locator("#s-searched").get_attribute("data-done"))


def test_every_result_leads_to_its_sentence(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()
    ask(page, seed_site.site, "Committee")
    quoted = page.locator("#s-results article blockquote").first.inner_text()
    page.locator("#s-results article a").first.click()
    assert page.locator(":target blockquote").inner_text() == quoted


@pytest.mark.parametrize("where", ["", "countries/lao/opsc-69/", "themes/trafficking/"])
def test_the_box_at_the_top_is_opened_and_walked_by_keys(
    seed_site: Built, visitor: Callable[..., Page], where: str
) -> None:
    page = visitor()
    page.goto(f"{seed_site.site.as_uri()}/{where}index.html")
    page.keyboard.press("/")
    page.keyboard.type("traffick")
    page.locator("#s-quick[data-done]").wait_for()
    assert "trafficking" in page.locator("#s-quick [role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('#s-quick') !== null")
    page.keyboard.press("Escape")
    assert not page.locator("#s-quick").is_visible()
    page.keyboard.press("Enter")
    page.locator("#s-results article").first.wait_for()
    assert page.url.split("?")[0].endswith("/search/index.html")


# Two words are put in before the first can be answered; gives what is said when an answer is first marked as done.
FIRST_DONE = """([box, shown, said]) => new Promise(resolve => {
  box = document.querySelector(box), shown = document.querySelector(shown), said = document.querySelector(said);
  new MutationObserver(() => shown.hasAttribute("data-done") && resolve(said.textContent))
    .observe(shown, {attributes: true, attributeFilter: ["data-done"]});
  for (const word of ["children", "traffick"]) {
    box.value = word;
    box.dispatchEvent(new Event("input", {bubbles: true}));
  }
})"""


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("index.html", ["#s-header-q", "#s-quick", "#s-quick [role=status]"]),
        ("search/index.html", ["#q", "#s-searched", "#s-searched"]),
    ],
    ids=["header", "page"],
)
def test_only_the_answer_to_what_stands_in_the_box_is_done(
    seed_site: Built, visitor: Callable[..., Page], where: str, parts: list[str]
) -> None:
    page = visitor()
    page.goto(f"{seed_site.site.as_uri()}/{where}")
    page.locator(parts[0]).focus()
    page.locator(parts[1]).wait_for(state="attached")
    assert "trafficking" in page.evaluate(FIRST_DONE, parts)


def test_the_box_works_without_a_script(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor(java_script_enabled=False)
    page.goto(f"{seed_site.site.as_uri()}/themes/index.html")
    page.locator("#s-header-q").fill("children")
    page.locator("#s-header-q").press("Enter")
    page.wait_for_url("**/search/index.html?q=children")
    assert "needs JavaScript" in page.locator("noscript").inner_text()


def test_words_are_marked_where_they_stand(seed_site: Built, visitor: Callable[..., Page]) -> None:
    page = visitor()
    ask(page, seed_site.site, "trafficking")
    marks = {mark.casefold() for mark in page.locator("#s-results mark").all_inner_texts()}
    assert marks
    assert all(mark.startswith("traffick") for mark in marks)
