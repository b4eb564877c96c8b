"""The policy of every type of page holds in a browser, over http and from a stick: nothing of ours is refused, and
what somebody would plant is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import Built, run
from patience import milliseconds
from test_web_quality import hosted, types_of_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LISTEN = "window.refused = []; addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
EXAMINATION = "countries/lao/opsc-69/index.html"


@pytest.fixture(scope="module")
def stick(seed_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the seed's site, unpacked."""
    folder = tmp_path_factory.mktemp("stick")
    done = run("sessional", "bundle", "--site-dir", seed_site.site, "--output", folder / "bundle.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        archive.extractall(folder / "stick")
    return folder / "stick"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    opened.set_default_timeout(milliseconds(10))
    opened.add_init_script(LISTEN)
    yield opened
    opened.close()


@contextmanager
def listening(context: BrowserContext) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what the console says that should not be there."""
    page, said = context.new_page(), []
    page.on("console", lambda one: said.append(f"{page.url}: {one.text}") if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    yield page, said
    page.close()


def used(page: Page) -> None:
    """Ask a page for what its scripts do: colours, the search in its head, the list of its filter."""
    page.locator(".s-scheme").click()
    if page.locator("#s-header-q").is_visible():  # the search's own page has but one box
        page.locator("#s-header-q").fill("trafficking")
        page.locator("#s-quick[data-done]").wait_for()
    for details in page.locator("details > summary").all()[:3]:
        if details.is_visible():
            details.click()


@pytest.mark.browser
@pytest.mark.parametrize("over_http", [True, False], ids=["http", "file"])
@pytest.mark.parametrize("which", ["seed", "arcadia"])
def test_nothing_of_ours_is_refused(
    context: BrowserContext, seed_site: Built, arcadia_site: Built, which: str, over_http: bool
) -> None:
    built = seed_site if which == "seed" else arcadia_site
    pages = types_of_pages(built)
    assert len(pages) > 20
    refused = {}
    with hosted(built.site) as host, listening(context) as (page, said):
        for address in pages.values():
            if address == "404.html" and not over_http:
                continue  # only a host shows it; its addresses are absolute
            name = address if address.endswith(".html") else f"{address}index.html"
            page.goto(host + name if over_http else (built.site / name).as_uri())
            used(page)
            refused[address] = page.evaluate("window.refused")
            if address == "search/":
                page.locator("#q").fill("trafficking OR education")
                page.locator("#q").press("Enter")
                page.locator("[data-done]").first.wait_for()
    assert {address: found for address, found in refused.items() if found} == {}
    assert [line for line in said if "favicon.ico" not in line] == []


@pytest.mark.browser
@pytest.mark.parametrize("over_http", [True, False], ids=["http", "file"])
def test_the_search_form_may_be_sent(context: BrowserContext, seed_site: Built, over_http: bool) -> None:
    with hosted(seed_site.site) as host, listening(context) as (page, said):
        page.goto(host if over_http else (seed_site.site / "index.html").as_uri())
        page.locator("#home-q").fill("trafficking")
        page.locator("#home-q").press("Enter")
        page.wait_for_url("**/search/index.html?q=trafficking*")
        page.locator("[data-done]").first.wait_for()
        assert page.evaluate("window.refused") == []
    assert said == []


PLANTED = {
    "script": "<script>window.ran = 1</script>",
    "handler": '<img src="nothing.png" onerror="window.ran = 1">',
    "svg": '<svg onload="window.ran = 1"></svg>',
    "link": '<a id="planted" href="javascript:void(window.ran = 1)">x</a>',
    "image": '<img src="https://evil.example/x.png">',
    "style": '<style>@import "https://evil.example/x.css";</style>',
    "sheet": '<link rel="stylesheet" href="https://evil.example/x.css">',
    "far script": '<script src="https://evil.example/x.js"></script>',
    "data script": '<script src="data:text/javascript,window.ran=1"></script>',
    "frame": '<iframe src="https://evil.example/"></iframe>',
    "object": '<object data="https://evil.example/x"></object>',
    "form": '<form id="planted" action="https://evil.example/"><button>x</button></form>',
    "base": '<base href="https://evil.example/">',
    "worker": '<script>new Worker("data:text/javascript,0")</script>',
}


@pytest.mark.browser
@pytest.mark.parametrize("over_http", [True, False], ids=["http", "file"])
def test_what_is_planted_is_refused(context: BrowserContext, seed_site: Built, tmp_path: Path, over_http: bool) -> None:
    text = (seed_site.site / EXAMINATION).read_text(encoding="utf-8")
    asked: list[str] = []
    context.route("**/evil.example/**", lambda route: (asked.append(route.request.url), route.abort()))
    caught = {}
    for number, html in enumerate(PLANTED.values()):
        (tmp_path / f"{number}.html").write_text(text.replace("</h1>", f"</h1>{html}", 1), encoding="utf-8")
    with hosted(tmp_path) as host, listening(context) as (page, _):
        for number, name in enumerate(PLANTED):
            file = f"{number}.html"
            page.goto(host + file if over_http else (tmp_path / file).as_uri())
            if page.locator("#planted").count():
                page.locator("#planted button, a#planted").click(no_wait_after=True)
            page.wait_for_timeout(milliseconds(0.1))
            assert page.evaluate("window.ran") is None, name
            caught[name] = bool(page.evaluate("window.refused.length"))
    assert asked == []
    assert caught == dict.fromkeys(PLANTED, True)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["START-HERE.html", "SELF-CHECK.html"])
def test_the_pages_beside_the_site_have_a_policy_of_their_own(
    context: BrowserContext, stick: Path, tmp_path: Path, name: str
) -> None:
    with listening(context) as (page, said):
        page.goto((stick / name).as_uri())
        if name == "SELF-CHECK.html":
            page.locator("#loaded", has_text="Scripts and styles can be loaded").wait_for()
            page.get_by_label("Choose the folder").set_input_files(stick)
            page.locator("#result", has_text="as they were published").wait_for()
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
        assert page.evaluate("window.refused") == []
    assert said == []
    planted = tmp_path / name
    planted.write_text((stick / name).read_text("utf-8").replace("</h1>", f"</h1>{PLANTED['script']}"), "utf-8")
    with listening(context) as (page, _):
        page.goto(planted.as_uri())
        assert page.evaluate("window.ran") is None
        assert page.evaluate("window.refused") == ["script-src-elem"]


@pytest.mark.parametrize("which", ["seed", "arcadia"])
def test_every_page_has_a_policy_and_no_style_of_its_own(seed_site: Built, arcadia_site: Built, which: str) -> None:
    for address, tree in (seed_site if which == "seed" else arcadia_site).pages.items():
        metas = [one for one in tree.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy"]
        assert len(metas) == 1, address
        # Not one script stands in a page, so none is named: everything that runs is a file of the site.
        assert not re.search("unsafe|sha256", metas[0].attributes["content"]), address
        styled = [one for one in tree.walk() if "style" in one.attributes or one.tag == "style"]
        handled = [one for one in tree.walk() if any(name.startswith("on") for name in one.attributes)]
        assert (styled, handled) == ([], []), address
