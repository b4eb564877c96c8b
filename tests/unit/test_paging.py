"""Long pages become several: what stands where, and that nothing is lost, doubled or too heavy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import report, review, say, told
from staging import INVENTED, ROOT, Rehearsal, Stage, plain_shell

from generator.build import prepare
from generator.corpus import assemble
from generator.pages import plan
from generator.pages.paging import Group, cut, items_in, sheets

TINY = 12  # items
LARGEST = 120 * 1024  # bytes of a page


def texts(pages) -> list[list[tuple[str, str, bool]]]:
    return [[(group.title, "".join(group.items), group.continued) for group in page] for page in pages]


def letters(*words: str) -> list[Group[str]]:
    return [Group(word, tuple(word)) for word in words]


# --- cutting ------------------------------------------------------------------------------------------------------


def test_what_fits_stays_on_one_page() -> None:
    assert texts(cut(letters("ab", "c"), lambda _: 1, 9)) == [[("ab", "ab", False), ("c", "c", False)]]


def test_a_group_goes_on_over_the_page() -> None:
    assert texts(cut(letters("abcd"), lambda _: 1, 2)) == [[("abcd", "ab", False)], [("abcd", "cd", True)]]


def test_a_heading_is_not_left_alone_at_the_end_of_a_page() -> None:
    assert texts(cut(letters("a", "b"), lambda _: 2, 3)) == [[("a", "a", False)], [("b", "b", False)]]


def test_what_is_heavier_than_a_page_stands_alone() -> None:
    assert texts(cut(letters("abc"), lambda one: 9 if one == "b" else 1, 3)) == [
        [("abc", "a", False)],
        [("abc", "b", True)],
        [("abc", "c", True)],
    ]


def test_a_heading_without_items_is_kept() -> None:
    assert texts(cut(letters("", "a"), lambda _: 1, 9)) == [[("", "", False), ("a", "a", False)]]


def test_there_is_always_a_page() -> None:
    assert cut([], len, 9) == [()]


@given(
    words=st.lists(st.text("abcdef", max_size=12), max_size=12),
    room=st.integers(1, 30),
    counted=st.integers(1, 9),
)
def test_cutting_keeps_every_item_once_and_in_order(words, room, counted) -> None:
    pages = cut(letters(*words), lambda _: counted, room)
    assert "".join(item for page in pages for group in page for item in group.items) == "".join(words)
    for page in pages:
        items = sum(len(group.items) for group in page)
        assert items <= 1 or counted * items <= room


def test_a_long_text_counts_as_several_items() -> None:
    assert [items_in("x" * length) for length in (0, 299, 300, 3000)] == [1, 1, 2, 11]


def test_the_first_page_keeps_the_address() -> None:
    found = sheets("themes/x/", letters("abc", "de"), lambda _: 1, 2)
    assert [sheet.address for sheet in found] == ["themes/x/", "themes/x/2/", "themes/x/3/"]
    assert [sheet.titled("X") for sheet in found] == ["X", "X (page 2 of 3)", "X (page 3 of 3)"]
    assert [link.text for link in found[0].pager.pages] == ["abc", "abc – de", "de"]
    assert [(s.pager.previous and s.pager.previous.address) for s in found] == [None, "themes/x/", "themes/x/2/"]
    assert [(s.pager.following and s.pager.following.address) for s in found] == ["themes/x/2/", "themes/x/3/", None]


def test_a_page_alone_has_no_pager() -> None:
    assert sheets("x/", letters("a"), lambda _: 1, 2)[0].pager is None


def test_a_page_of_very_many_lists_those_near_it() -> None:
    found = sheets("x/", letters("a" * 100), lambda _: 2, 3)
    shown = [[number for number, _ in sheet.pager.shown] for sheet in found]
    assert shown[0] == list(range(1, 101))
    assert shown[49] == [1, *range(40, 61), 100]


# --- the site -----------------------------------------------------------------------------------------------------


def long_review(number: int = 40) -> str:
    listed = [f"Open {n} more schools in the north of the country (Freedonia);" for n in range(number)]
    dialogue = "\n\n".join(f"6. Freedonia asked how many schools had been opened in {n}." for n in range(1990, 2020))
    return review(*listed, dialogue=dialogue)


@pytest.fixture
def tiny(stage: Stage) -> Stage:
    """A stage on which pages have room for a handful of statements."""
    return replace(stage, page_items=TINY)


def sources() -> dict[str, str]:
    files = {path.name: path.read_text() for path in sorted((INVENTED / "sources").glob("*.md"))}
    return {**files, "review.md": long_review(), "second.md": report(body="The Committee asked about schools.")}


def test_a_site_of_small_pages_has_every_link(tiny) -> None:
    site, check = tiny.write(sources())
    assert [one.message for one in check.diagnostics] == []
    names = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert {"countries/xar/upr-90/2", "countries/xar/upr-90/dialogue/2", "countries/xar/crc-101/2"} <= names
    assert {"countries/xar/crc-101/source/2", "questions/2", "themes/education/2"} <= names


def test_small_and_large_pages_hold_the_same_statements(stage, tiny) -> None:
    def anchors(on: Stage) -> dict[str, int]:
        publication = on.publish({"review.md": long_review(), "a.md": sources()["arcadia-crc-101.md"]})
        found: dict[str, int] = {}
        for page in publication.plan.pages:
            if page.template.startswith("examination"):
                html = publication.renderer.content(page)
                for one in publication.reading.corpus.statements:
                    if f'id="{one.id}"' in html:
                        found[one.id] = found.get(one.id, 0) + 1
                        assert publication.plan.views.permalink(one).address == page.address
        return found

    whole, cut_up = anchors(stage), anchors(tiny)
    assert whole == cut_up
    assert set(whole.values()) == {1}


def test_no_page_of_the_invented_site_is_heavier_than_a_page_may_be(invented_vocabulary) -> None:
    publication = prepare(Rehearsal(ROOT, (INVENTED / "sources",), known=invented_vocabulary))
    for page in publication.plan.pages:
        assert len(publication.renderer.page(page, plain_shell()).encode()) < LARGEST, page.address


def test_pages_are_cut_where_they_were_cut_before(invented_vocabulary) -> None:
    document = told(*(say(f"The Committee was concerned about matter {n}.", at=n) for n in range(60)))
    corpus, _ = assemble([document])
    first, second = (plan(corpus, invented_vocabulary, items=TINY) for _ in range(2))
    assert [page.address for page in first.pages] == [page.address for page in second.pages]
    assert len([page for page in first.pages if page.address.startswith("countries/xar/crc-101/")]) > 10
