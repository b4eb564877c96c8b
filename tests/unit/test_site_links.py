"""What the check of links needs of a page is read from its text alone, and the check needs no page twice."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.build.links import PageLinks, SiteLinks, check_links, page_links


def checked(site: Path, **pages: str) -> list[str]:
    """Messages of a site whose pages are only in memory; `a__b` is the file `a/b.html`."""
    links = SiteLinks()
    for name, text in pages.items():
        file = site / f"{name.replace('__', '/')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        links.add(file.relative_to(site).as_posix(), page_links(text))
    return [one.message for one in links.check(site, "site").diagnostics]


def test_a_page_is_told_by_what_it_has_and_refers_to() -> None:
    text = (
        '<h1 id="top" class="x">A &amp; B</h1><a name="old"></a><p class="s-note" id="a&amp;b">'
        '<a class="x" href="b/c.html#d">1</a><a href="b/c.html#e" title="t">2</a><a href="b/c.html#e">3</a>'
        '<a href="#top"><img src="i.png"><a href="https://example.org/#x" rel="external">'
    )
    expected = PageLinks(
        frozenset({"top", "old", "a&b"}), {"b/c.html": ("d", "e"), "": ("top",), "i.png": ()}, links=5, anchors=4
    )
    assert page_links(text) == expected
    assert pickle.loads(pickle.dumps(expected)) == expected  # noqa: S301


@pytest.mark.parametrize(
    ("inside", "links", "faults"),
    [
        ('<p id="a"><a href="#foot">', 5, 0),
        ('<p id="foot">', 4, 1),
        ('<img src="https://e.example/i.png">', 4, 1),
        ("", 4, 0),
    ],
)
def test_parts_that_other_pages_have_too_are_read_once(inside, links, faults) -> None:
    around = ('<header id="head"><a href="../a.html#b">', '<footer id="foot"><a href="#head"><a href="../a.html">')
    text = f"<link rel='stylesheet' href='s.css'>{around[0]}{inside}{around[1]}\n"
    whole = page_links(text)
    assert (whole.links, len(whole.faults)) == (links, faults)
    assert page_links(text, around) == whole
    assert page_links(text, ("<p>nowhere",)) == whole


@pytest.mark.parametrize(
    "text",
    [
        "<!-- <a href='b'> <p id='x'> -->",
        "<!-- <a href='b'> and no end",
        '<script>if (a <b) \'<a href="b" id="x">\'</script>',
        "<SCRIPT type='x'><a href='b'></SCRIPT >",
        '<p class="<a href=&quot;b&quot; id=x>" title="<a href=b>">',
        '<p>a < b <3 id="x" href="b"',
        "</a href='b' id='x'>",
    ],
)
def test_what_only_looks_like_a_tag_is_none(text) -> None:
    assert page_links(text + ("<p id='y'>" if "no end" not in text else "")).wanted == {}
    assert "x" not in page_links(text).ids


def test_an_attribute_may_hold_what_looks_like_a_tag() -> None:
    assert page_links('<p data-x="<script>"><a href="b.html">').wanted == {"b.html": ()}
    assert page_links('<p class="<style>"><a href="b.html">').wanted == {"b.html": ()}


def test_the_first_of_two_attributes_counts() -> None:
    assert page_links('<a href="one.html" href="two.html" id="x" id="y">').wanted == {"one.html": ()}
    assert page_links('<p id="x" id="y">').ids == {"x"}


def test_pages_may_come_in_any_order(tmp_path) -> None:
    ahead = '<a href="b/c.html#x"></a><a href="b/c.html#gone"></a>'
    back = '<p id="x"><a href="../a.html#none"></a>'
    one = checked(tmp_path / "1", a=ahead, b__c=back)
    other = checked(tmp_path / "2", b__c=back, a=ahead)
    assert one == other == ["b/c.html has no place 'gone'", "a.html has no place 'none'"]


def test_ways_to_write_an_address_lead_to_one_file(tmp_path) -> None:
    links = (
        "c.html#x",
        "../b/c.html#x",
        "./c.html#x",
        "../d/../b/c.html#x",
        "/b/c.html#x",
        "c.html?q=1#x",
        "%63.html#%78",
    )
    page = "".join(f'<a href="{link}">' for link in (*links, "%63.html#%78"))
    assert checked(tmp_path, b__a=page, b__c='<p id="x">') == []
    assert checked(tmp_path, b__a=page, b__c='<p id="y">') == ["b/c.html has no place 'x'"]


def test_a_link_above_the_site_leads_nowhere(tmp_path) -> None:
    assert checked(tmp_path, a__b='<a href="../../a/b.html">') == ["'../../a/b.html' leads nowhere"]


def test_pages_that_nobody_told_of_are_read(tmp_path) -> None:
    (tmp_path / "b.html").write_text('<a href="gone.html">')
    assert checked(tmp_path, a='<a href="b.html">') == ["'gone.html' leads nowhere"]
    assert [one.message for one in check_links(tmp_path, "site").diagnostics] == ["'gone.html' leads nowhere"]


def test_a_fault_in_a_style_sheet_of_a_page_has_its_line() -> None:
    text = "<p>\n<style>\na{}\n@import url(https://e.example/f.css);</style>"
    assert page_links(text).faults == ((4, "L004", "asks e.example for 'https://e.example/f.css'"),)
