"""Limits of time in tests: each is written as on a quiet machine and multiplied by `SESSIONAL_TEST_SLOWNESS`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAME = "SESSIONAL_TEST_SLOWNESS"


def slowness(environment: Mapping[str, str] = os.environ) -> float:
    """How many times as long as on a quiet machine everything may take: 1 where nothing is said.

    Raises ValueError for what is no factor of at least 1.
    """
    given = environment.get(NAME) or "1"
    try:
        factor = float(given)
    except ValueError:
        factor = 0.0
    if not 1 <= factor <= 1000:
        raise ValueError(f"{NAME} is {given!r}: write a factor from 1 to 1000, as 4")
    return factor


_FACTOR = slowness()


def seconds(quiet: float) -> float:
    """Takes a limit for a quiet machine. Gives the limit for this one."""
    return quiet * _FACTOR


def milliseconds(quiet: float) -> float:
    """The same for Playwright: takes seconds, gives milliseconds."""
    return seconds(quiet) * 1000


def patient(browser: Browser) -> Browser:
    """A browser whose pages wait half a minute, on a quiet machine, for what a test expects of them."""

    def limited(make: Callable[..., Page | BrowserContext]) -> Callable[..., Any]:
        def made(**options: Any) -> Page | BrowserContext:
            opened = make(**options)
            opened.set_default_timeout(milliseconds(30))
            return opened

        return made

    # The objects of Playwright's synchronous interface are its own; only what makes a page is replaced.
    browser.new_page, browser.new_context = limited(browser.new_page), limited(browser.new_context)  # type: ignore[method-assign]
    return browser
