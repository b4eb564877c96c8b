"""The list of recommendations narrowed in a real browser, from a stick: what is left agrees with the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import WITH_INVENTED, Built, Order, site
from invented import review
from patience import milliseconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG, SHORT = "countries/xar/upr-90", "countries/xfr/upr-90"
_BY = ("Freedonia", "Ruritania", "Sylvania", "Freedonia, Sylvania")


@site
def reviewed_site(folder: Path) -> Order:
    """Two reviews: one whose list fills several pages, one whose list stands on one."""
    schools = [
        f"Open {n} more schools in the north of the country, {'and roads ' * 40}({_BY[n % 4]});" for n in range(240)
    ]
    sources = folder / "reviews"
    sources.mkdir()
    (sources / "arcadia.md").write_text(review(*schools))
    (sources / "freedonia.md").write_text(review(state="Freedonia").replace("(Freedonia", "(Arcadia"))
    return Order(("--sources", sources, *WITH_INVENTED))


@pytest.fixture
def reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens offline pages; at the end no script may have failed."""
    faults: list[str] = []
    contexts = []

    def opened(built: Built, address: str, **options: object) -> Page:
        contexts.append(browser.new_context(offline=True, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(milliseconds(10))
        page.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        path, _, rest = address.partition("?")
        page.goto((built.site / path / "index.html").as_uri() + (f"?{rest}" if rest else ""))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def listed(built: Built, address: str) -> list[dict]:
    key = address.split("/", 1)[1].replace("/", "-")
    return [one for one in built.statements if one["listed"] and one["examination"] == key]


def numbers(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".s-listed tbody tr:visible td:first-child").all_inner_texts()]


def said(page: Page) -> str:
    status = page.locator(".s-filter [role=status]")
    status.filter(has_text=re.compile(r"\d of \d")).wait_for()
    return status.inner_text()


@pytest.mark.parametrize("address", [LONG, f"{LONG}/2", SHORT])
@pytest.mark.parametrize(("by", "position"), [("XSY", ""), ("", "pending"), ("XSY", "pending"), ("XSY", "supported")])
def test_what_is_left_agrees_with_the_data(reader, reviewed_site, address, by, position) -> None:
    whole = listed(reviewed_site, address.removesuffix("/2"))
    expected = [
        one["number"]
        for one in whole
        if (not by or by in one["recommending_states"]) and (not position or one["response"] == position)
    ]
    page = reader(reviewed_site, address)
    if by and not page.locator(f"select[name=by] option[value={by}]").count():
        assert expected == []
        return
    page.select_option("select[name=by]", by)
    page.select_option("select[name=position]", position)
    assert said(page) == f"{len(expected)} of {len(whole)} recommendations"
    assert sorted(numbers(page)) == sorted(expected)


def test_each_choice_says_how_many_it_leaves(reader, reviewed_site) -> None:
    whole = listed(reviewed_site, LONG)
    options = reader(reviewed_site, LONG).locator("select[name=by] option").all_inner_texts()
    counts = [sum(code in one["recommending_states"] for one in whole) for code in ("XFR", "XRU", "XSY")]
    assert options == ["all States", *(f"{name} ({n})" for name, n in zip(_BY[:3], counts, strict=True))]


def test_the_choice_is_kept_in_the_address_and_reopened_from_it(reader, reviewed_site) -> None:
    page = reader(reviewed_site, LONG)
    page.select_option("select[name=by]", "XSY")
    page.select_option("select[name=position]", "pending")
    assert said(page).startswith("1 of ")
    assert page.url.endswith("?by=XSY&position=pending")
    again = reader(reviewed_site, f"{LONG}?by=XSY&position=pending")
    assert said(again).startswith("1 of ")
    assert numbers(again) == ["8.1"]


def test_a_choice_made_while_the_list_is_loading_counts_each_row_once(reader, reviewed_site) -> None:
    page = reader(reviewed_site, LONG)
    page.evaluate("""() => [["by", "XSY"], ["position", "pending"]].forEach(([name, value]) => {
        const select = document.querySelector(`select[name=${name}]`);
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
    })""")
    assert said(page).startswith("1 of ")
    assert page.locator(".s-elsewhere").count() == 1


def test_a_row_of_another_page_leads_to_its_own_place(reader, reviewed_site) -> None:
    page = reader(reviewed_site, f"{LONG}?position=pending")
    said(page)
    page.click(".s-elsewhere tr:visible td:first-child a")
    (pending,) = (one for one in listed(reviewed_site, LONG) if one["response"] == "pending")
    assert page.url.endswith(f"#{pending['id']}")
    assert page.locator(f"tr[id='{pending['id']}'] td p >> nth=0").inner_text() == pending["text"]


def test_show_all_shows_the_page_as_it_was(reader, reviewed_site) -> None:
    page = reader(reviewed_site, LONG)
    before = numbers(page)
    page.select_option("select[name=by]", "XSY")
    said(page)
    assert numbers(page) != before
    page.click(".s-filter [type=reset]")
    page.locator(".s-filter [role=status]").filter(has_text=re.compile("^$")).wait_for(state="attached")
    assert numbers(page) == before
    assert "?" not in page.url


def test_a_choice_that_is_none_leaves_the_list_whole(reader, reviewed_site) -> None:
    page = reader(reviewed_site, f"{LONG}?by=NOBODY")
    assert page.locator(".s-listed tbody tr:visible").count() == page.locator(".s-listed tbody tr").count() > 10


def test_on_a_telephone_nothing_hidden_is_shown(reader, reviewed_site) -> None:
    page = reader(reviewed_site, f"{LONG}?position=pending", viewport={"width": 360, "height": 800})
    said(page)
    assert numbers(page) == ["8.1"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_a_script_the_whole_list_stands_there(reader, reviewed_site) -> None:
    whole, found = listed(reviewed_site, LONG), []
    page = reader(reviewed_site, LONG, java_script_enabled=False)
    assert page.locator(".s-filter").is_hidden()
    assert page.locator(".s-jump a[href$='#position-pending']").is_visible()
    while True:
        found += [row.get_attribute("id") for row in page.locator(".s-listed tbody tr:visible").all()]
        assert "not endorsed by the Working Group as a whole" in page.locator(".s-own-words").inner_text()
        following = page.locator(".s-pager a[rel=next]").first
        if not following.count():
            break
        following.click()
    assert found == [one["id"] for one in whole]


def test_no_page_of_the_list_is_too_heavy(reviewed_site) -> None:
    assert [p for p in (reviewed_site.site / LONG).rglob("*.html") if p.stat().st_size > 160 * 1024] == []


def test_how_we_know_a_list_is_one_keystroke_away(reader, reviewed_site) -> None:
    page = reader(reviewed_site, LONG, java_script_enabled=False)
    details = page.locator(".s-list-of details", has_text="How we know").first
    details.locator("summary").focus()
    assert not details.locator("p").first.is_visible()
    page.keyboard.press("Enter")
    told = details.locator("p").first.inner_text()
    assert "rule" in told.lower()
    assert "confidence high" in told
