"""The judged queries on the site of the project's own report: what is relevant is found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from building import Built
from judging import CLOCK, Judge, Judged, ask, failures, statements_of
from patience import milliseconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

JUDGE = Judge.of_file()
SCORED = [query for query in JUDGE.queries if query.seed]
PROMISED = [query for query in JUDGE.queries if query.suggests or query.page or query.empty or query.kind == "robust"]


@pytest.fixture(scope="module")
def judged(seed_site: Built) -> dict[str, Judged]:
    return JUDGE.judge(statements_of(seed_site.site))


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A page of a browser without network, in which no script may fail and no dialog may open."""
    context = browser.new_context(offline=True)
    context.add_init_script(CLOCK)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (troubles.append("a dialog opened"), dialog.dismiss()))
    yield page
    context.close()
    assert troubles == []


@pytest.mark.parametrize("query", SCORED, ids=lambda query: query.id)
def test_what_is_relevant_is_found(screen: Page, seed_site: Built, judged: dict[str, Judged], query) -> None:
    expected = judged[query.id]
    assert len(expected.relevant) == query.seed
    answer = ask(screen, f"{seed_site.site.as_uri()}/", query.query, ids=True, timeout=milliseconds(20))
    assert set(answer.found or ()) - expected.may == expected.relevant
    assert answer.total == len(answer.found or ())


@pytest.mark.parametrize("query", PROMISED, ids=lambda query: query.id)
def test_promises_are_kept(screen: Page, seed_site: Built, query) -> None:
    answer = ask(screen, f"{seed_site.site.as_uri()}/", query.query, ids=False, timeout=milliseconds(20))
    assert failures(query, answer, statements_of(seed_site.site), seed_site.site) == []
