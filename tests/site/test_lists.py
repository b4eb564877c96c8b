"""Lists of statements on finished pages: what an item weighs, that it is the same everywhere, and light pages."""

from __future__ import annotations

import re
from collections import defaultdict

from building import Built

MOST, MEAN = 400, 210  # bytes of an item besides its words: of each, and on average
PAGE = 120 * 1024  # bytes of a page
_ITEM = re.compile(r'<li class="[bsan] [a-z]+[^"]*"><b>.*?</li>', re.DOTALL)
_WORDS = re.compile(r"<(q|p)(?: lang=\"\w+\")?>(.*?)</\1>", re.DOTALL)
_WAY = re.compile(r'href="(?:\.\./)*')


def lists(built: Built) -> dict[str, list[str]]:
    """The items of each page that has any, by address."""
    found = {}
    for path in sorted(built.site.rglob("index.html")):
        if items := _ITEM.findall(path.read_text(encoding="utf-8")):
            found[path.parent.relative_to(built.site).as_posix()] = items
    return found


def words(item: str) -> str:
    """The words of an item, as they are written."""
    match = _WORDS.search(item)
    assert match, item
    return match[2]


def test_an_item_is_light(project_site: Built) -> None:
    besides = [
        len((item.replace(words(item), "", 1)).encode()) for held in lists(project_site).values() for item in held
    ]
    assert len(besides) > 3000
    assert max(besides) <= MOST
    assert sum(besides) / len(besides) <= MEAN


def test_a_statement_is_the_same_item_on_every_page(project_site: Built) -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    for held in lists(project_site).values():
        for item in held:
            (id_,) = re.findall(r'#([^"]+)">lines? ', item)
            # What a later document says of its theme is told on the page of its State only.
            forms[id_].add(_WAY.sub('href="', item.partition('<p class="x">')[0].removesuffix("</li>")))
    assert len(forms) > 800
    assert {id_: told for id_, told in forms.items() if len(told) > 1} == {}


def test_no_sentence_stands_in_the_lists_of_a_page_twice(project_site: Built) -> None:
    for address, held in lists(project_site).items():
        ids = [re.findall(r'#([^"]+)">lines? ', item)[0] for item in held]
        assert len(ids) == len(set(ids)), address


def test_no_page_is_heavy(project_site: Built) -> None:
    weights = {path: path.stat().st_size for path in project_site.site.rglob("*.html")}
    assert {path: size for path, size in weights.items() if size > PAGE} == {}
