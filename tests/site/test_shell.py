"""The frame of every page: small, without a script of its own, and every part of the site in reach."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import material
import pytest
from building import Built
from patience import milliseconds

from generator.styles import CLASSES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST = 5_000
# The public address of the site that was built, and how long one can be: https://some-organisation.github.io/sessional/
_ADDRESS, _LONG = b"https://example.org/crc/", 50
_CONTENT = re.compile(rb'(?<=<article class="md-content__inner md-typeset">).*(?=</article>)', re.DOTALL)
_DATA = re.compile(rb'<script type="application/ld\+json">.*?</script>', re.DOTALL)
_SCRIPT = re.compile(r"<script\b([^>]*)>")


@pytest.mark.parametrize("which", ["seed_site", "seed_site_published", "arcadia_site"])
def test_no_page_has_a_large_frame(which: str, request: pytest.FixtureRequest) -> None:
    """Everything but the content, head included and linked data apart, at every depth and on hand-written pages too."""
    built: Built = request.getfixturevalue(which)
    sizes = {}
    for address in built.pages:
        html = (built.site / (address if address.endswith(".html") else f"{address}index.html")).read_bytes()
        own, times = _CONTENT.subn(b"", _DATA.sub(b"", html))
        assert times == 1, address
        sizes[address] = len(own) + own.count(_ADDRESS) * (_LONG - len(_ADDRESS))
    assert {address: size for address, size in sizes.items() if size > MOST} == {}
    assert {address.count("/") for address in sizes} >= {0, 1, 2, 3, 4}


def test_every_script_is_a_file_or_data(seed_site: Built) -> None:
    for address in seed_site.pages:
        name = address if address.endswith(".html") else f"{address}index.html"
        for given in _SCRIPT.findall((seed_site.site / name).read_text(encoding="utf-8")):
            assert 'src="' in given or given == ' type="application/ld+json"', f"{address}: {given}"


def test_each_class_of_the_theme_on_our_pages_has_its_rules(arcadia_site: Built) -> None:
    (sheet,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css")
    known = set(re.findall(r"\.(md-[\w-]+)", sheet.read_text(encoding="utf-8")))
    used = {
        name for address in arcadia_site.pages for one in arcadia_site.pages[address].walk() for name in one.classes
    }
    assert len(used & known) > 5
    assert used & known <= CLASSES


@pytest.mark.browser
def test_on_a_telephone_without_a_script_every_part_is_reached_with_the_keyboard(
    browser: Browser, seed_site: Built
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto((seed_site.site / "countries/lao/opsc-69/index.html").as_uri())
    names = page.locator(".s-tabs a").all_inner_texts()
    assert len(names) == 13
    reached = []
    for _ in range(len(names) + 4):  # past the link to the content, the name of the site and its search
        page.keyboard.press("Tab")
        reached += page.locator(".s-tabs a:focus").all_inner_texts()
        if page.locator(".s-tabs a:focus").count():
            box = page.locator(".s-tabs a:focus").bounding_box()
            assert box is not None
            assert 0 <= box["x"] < 360, reached
    assert reached == names
    assert not page.locator(".s-scheme").is_visible()
    page.locator(".s-tabs a", has_text="About").click()
    page.locator(".s-side a", has_text="Method").click()
    page.locator(".s-contents a", has_text="What is never done").click()
    page.locator(":target", has_text="What is never done").wait_for()
    context.close()


@pytest.mark.browser
def test_the_colours_are_kept_and_there_before_the_page_shows(browser: Browser, seed_site: Built) -> None:
    context = browser.new_context(color_scheme="light")
    context.set_default_timeout(milliseconds(10))
    page = context.new_page()
    scheme = "document.documentElement.getAttribute('data-md-color-scheme')"
    page.goto((seed_site.site / "index.html").as_uri())
    assert page.evaluate(scheme) == "default"
    for _ in range(2):
        page.locator(".s-scheme").click()
    assert page.evaluate(scheme) == "slate"
    assert page.get_by_role("button", name="Colours: dark").is_visible()
    # What is on when the body begins; nothing was painted before.
    page.add_init_script(f"new MutationObserver(() => document.body && (window.first ??= {scheme}))"
                         ".observe(document, {childList: true, subtree: true})")  # fmt: skip
    page.goto((seed_site.site / "themes/index.html").as_uri())
    assert page.evaluate("window.first") == "slate"
    page.locator(".s-scheme").click()
    for system, shown in (("dark", "slate"), ("light", "default")):
        page.emulate_media(color_scheme=system)
        page.locator(f"html[data-md-color-scheme={shown}]").wait_for(state="attached")
    context.close()


_FOOT = re.compile(rb'<section class="s-(?:take|follow)">.*(?=</article>)', re.DOTALL)


@pytest.mark.parametrize("which", ["seed_site", "arcadia_site"])
def test_how_to_take_cite_and_follow_a_page_is_said_shortly(which: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(which)
    large, seen = {}, 0
    for address in (one for one in built.pages if not one.endswith(".html")):
        foot = _FOOT.search((built.site / address / "index.html").read_bytes())
        seen += foot is not None
        most = 2_200 if re.fullmatch(r"countries/[a-z]+/[a-z]+-\d+/", address) else 1_300
        if foot and len(foot[0]) > most:
            large[address] = len(foot[0])
    assert seen > 20
    assert large == {}
