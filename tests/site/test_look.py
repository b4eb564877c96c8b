"""What only a browser can say: nothing runs off a narrow screen, the dark is dark, a quotation looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from addresses import ARCADIA_PAGES, SEED_PAGES
from building import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 1280)
_WIDTHS_OF = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
_STYLE = """([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"""


@pytest.fixture(scope="module")
def screen(browser_of_fonts: Browser) -> Iterator[Page]:
    """A page in a light, offline browser."""
    context = browser_of_fonts.new_context(offline=True, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def screen_without_script(browser_of_fonts: Browser) -> Iterator[Page]:
    """The same where scripts are turned off."""
    context = browser_of_fonts.new_context(offline=True, color_scheme="light", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def dark_screen(browser: Browser) -> Iterator[Page]:
    """A page for somebody who prefers the dark."""
    context = browser.new_context(offline=True, color_scheme="dark")
    yield context.new_page()
    context.close()


def show(screen: Page, built: Built, address: str) -> None:
    screen.goto((built.site / address / "index.html").as_uri())


def too_wide(screen: Page) -> list[tuple[int, int]]:
    """Widths of the screen at which a page is wider, and how wide it is."""
    found = []
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": 800})
        needs, has = screen.evaluate(_WIDTHS_OF)
        if needs > has:
            found.append((width, needs))
    return found


def style(screen: Page, selector: str, name: str) -> str:
    return screen.evaluate(_STYLE, [selector, name])


def luminance(colour: str) -> float:
    """Relative luminance of `rgb(r, g, b)`, as WCAG 2 defines it."""
    channels = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("address", SEED_PAGES.values(), ids=SEED_PAGES)
def test_no_page_of_the_seed_runs_off_the_screen(screen: Page, seed_site: Built, address: str) -> None:
    show(screen, seed_site, address)
    assert too_wide(screen) == []


@pytest.mark.parametrize("address", ARCADIA_PAGES.values(), ids=ARCADIA_PAGES)
def test_no_page_of_several_examinations_runs_off_the_screen(
    screen_without_script: Page, arcadia_site: Built, address: str
) -> None:
    show(screen_without_script, arcadia_site, address)
    assert too_wide(screen_without_script) == []


def test_without_a_script_no_long_title_runs_off_the_screen(screen_without_script: Page, seed_site: Built) -> None:
    show(screen_without_script, seed_site, "countries/lao/opsc-69/")
    assert too_wide(screen_without_script) == []


def test_quotations_are_set_in_another_type_than_our_words(screen: Page, seed_site: Built) -> None:
    for address in ("countries/lao/opsc-69/", "themes/trafficking/", "commitments/"):
        show(screen, seed_site, address)
        ours, theirs = style(screen, "body", "fontFamily"), style(screen, ".t blockquote, .q q", "fontFamily")
        assert theirs != ours
        assert theirs.endswith("serif")
        assert not theirs.endswith("sans-serif")
        assert ours.endswith("sans-serif")
        assert style(screen, ".t > p:first-child, .q > li > b", "fontFamily") == ours


def test_the_source_is_set_like_a_quotation(screen: Page, seed_site: Built) -> None:
    show(screen, seed_site, "countries/lao/opsc-69/source/")
    quoted = style(screen, "#L75", "fontFamily")
    assert quoted.endswith("serif")
    assert style(screen, "#L75 > a:first-child", "fontFamily") != quoted


def test_the_state_stands_one_step_in_from_the_committee(screen: Page, seed_site: Built) -> None:
    screen.set_viewport_size({"width": 1280, "height": 800})
    show(screen, seed_site, "countries/lao/opsc-69/")
    card = screen.locator(".d.y").first
    asked, answered = (
        card.locator(".t.b").first.bounding_box(),
        card.locator(".t.s").first.bounding_box(),
    )
    assert answered["x"] > asked["x"] + 16
    assert answered["y"] > asked["y"]


@pytest.mark.parametrize("address", ["", "countries/lao/opsc-69/", "countries/lao/opsc-69/source/", "sessions/crc-69/"])
def test_the_dark_is_dark(dark_screen: Page, seed_site: Built, address: str) -> None:
    show(dark_screen, seed_site, address)
    paper = style(dark_screen, "body", "backgroundColor")
    assert luminance(paper) < 0.05
    for selector in ("h1", "main a", ".s-note"):
        assert contrast(paper, style(dark_screen, selector, "color")) >= 4.5, selector


def test_the_light_is_light(screen: Page, seed_site: Built) -> None:
    show(screen, seed_site, "countries/lao/opsc-69/")
    paper = style(screen, "body", "backgroundColor")
    assert luminance(paper) > 0.8
    for selector in ("h1", "main a", ".s-note", ".t > p:first-child", ".t p a", ".t b"):
        assert contrast(paper, style(screen, selector, "color")) >= 4.5, selector


@pytest.mark.parametrize("address", ["commitments/", "themes/trafficking/"])
def test_small_words_are_not_faded(screen: Page, seed_site: Built, address: str) -> None:
    show(screen, seed_site, address)
    inks = screen.locator("small").evaluate_all("all => all.map(one => getComputedStyle(one).opacity)")
    assert inks
    assert set(inks) == {"1"}


def test_each_kind_has_a_word_a_shape_and_a_colour_of_its_own(screen: Page, seed_site: Built) -> None:
    show(screen, seed_site, "countries/lao/opsc-69/")
    looks = {
        kind: (
            style(screen, f".t.{kind}:not(.a) > p b", "color"),
            screen.locator(f".t.{kind}:not(.a) > p b").first.evaluate("e => getComputedStyle(e, '::before').maskImage"),
            screen.locator(f".t.{kind}:not(.a) > p b").first.inner_text(),
        )
        for kind in ("concern", "recommendation", "positive", "question", "reply", "commitment", "background")
    }
    for part in range(3):
        assert len({look[part] for look in looks.values()}) == len(looks)
