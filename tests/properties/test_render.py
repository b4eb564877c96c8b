"""Any text survives rendering and reading back."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.build import Publication, prepare
from generator.build.project import Project
from generator.pages import Link, Page
from generator.pages.examination import LineView, Words
from generator.pages.items import ExaminationItems, StateItems
from generator.pages.parts import PartView
from generator.pages.views import Part
from generator.render import BODY, DESCRIPTION, TITLE, Shell
from generator.text.normaliser import visible

ROOT = Path(__file__).parents[2]

anything = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</blockquote>",
        "&lt;",
        "&amp;amp;",
        "&#60;",
        "{{ 1 }}",
        "{% raw %}",
        "<!--",
        "]]>",
        "\"'",
    ]
)
texts = st.lists(anything | hostile, min_size=1).map("".join)


class _Words(HTMLParser):
    """The text inside each element of one class or name (`<q>`: of that name only), and attributes by name."""

    def __init__(self, cls: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.titles: list[str] = []
        self._cls, self._depth = cls, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = {name: value or "" for name, value in attrs}
        if "title" in given_:
            self.titles.append(given_["title"])
        if self._depth:
            self._depth += 1
        elif self._cls in (*given_.get("class", "").split(), tag, f"<{tag}>"):
            self._depth = 1
            self.found.append("")

    def handle_endtag(self, _tag: str) -> None:
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.found[-1] += data


def words(html: str, cls: str) -> list[str]:
    parser = _Words(cls)
    parser.feed(html)
    parser.close()
    return parser.found


class Seed:
    """The first report, planned. No data class, for Hypothesis shows each field of one with every example."""

    def __init__(self, publication: Publication) -> None:
        self.renderer = publication.renderer
        self._pages = publication.plan.pages
        # An item is made once for each id: every example has its own.
        self.numbers = count()

    def page(self, template: str) -> Page:
        return next(page for page in self._pages if page.template == template)


@pytest.fixture(scope="module")
def seed() -> Seed:
    return Seed(prepare(Project(ROOT, (ROOT / "content/sources/lao-pdr-opsc-69.md",))))


@given(text=texts, inner=texts)
@example(text=" leading", inner="trailing\n")
@example(text="\x00\x0b\u2028\u202e\ufeff", inner="</p></blockquote></article>")
def test_a_statement_reads_back_as_it_was(seed: Seed, text: str, inner: str) -> None:
    page = seed.page("examination")
    (document,) = page.view.documents
    section, card = next((section, card) for section in document.sections for card in section.cards)
    parts = (Part(text), Part(inner, "concern", "body", inner), Part(text))
    shown = replace(card.turns[0], parts=parts, speaker=inner)
    sections = (replace(section, cards=(replace(card, turns=(shown,)),)),)
    changed = replace(page.view, documents=(replace(document, sections=sections),))
    html = seed.renderer.content(replace(page, make=lambda: changed))
    assert words(html, "blockquote") == [text + inner + text]
    assert inner in words(html, "span")
    assert inner in words(html, "t")[0]


@given(text=texts, inner=texts)
@example(text="</q></li><>", inner="</b>")
def test_an_item_of_a_list_reads_back_as_it_was(seed: Seed, text: str, inner: str) -> None:
    page = seed.page("ledger")
    (one, *_) = (item for state in page.view.parts[1].states for held in state.held for item in held.items)
    number = next(seed.numbers)
    shown = replace(one.view, text=text, speaker=inner)
    item = SimpleNamespace(linked=SimpleNamespace(id=f"item-{number}"), view=shown, later=())
    states = (StateItems(Link("A", ""), (ExaminationItems(Link("B", ""), "C", (item,)),), ()),)
    changed = replace(page.view, parts=(PartView("A", "B", states, 1),))
    html = seed.renderer.content(replace(page, make=lambda: changed))
    assert words(html, "<q>") == [text]
    assert inner in words(html, "q")[0]


@given(text=texts)
def test_a_line_of_a_source_reads_back_as_it_was(seed: Seed, text: str) -> None:
    page = seed.page("source")
    line = LineView(1, "statement", (Words(text),))
    changed = replace(page.view, lines=(line,))
    html = seed.renderer.content(replace(page, make=lambda: changed))
    (shown,) = words(html, "s-source")
    assert shown.removeprefix("\n").removesuffix("\n") == f"1{text}"


@given(title=texts, description=texts)
def test_a_title_reads_back_as_it_was(seed: Seed, title: str, description: str) -> None:
    shell = Shell.cut(f'<title>{TITLE}</title><p class="d">{DESCRIPTION}</p><i title="{TITLE}"></i><h1>{BODY}</h1>')
    page = replace(seed.page("search"), title=title, description=description)
    html = seed.renderer.page(page, shell)
    assert words(html[: html.index("<i ")], "d") == [visible(description)]
    parser = _Words("d")
    parser.feed(html)
    assert parser.titles[0] == visible(title)
