"""Shells are cut and filled, links are relative, and no text becomes markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import examination, report, say, told
from jinja2 import Environment
from staging import ROOT, plain_shell

from generator.build import Project, prepare
from generator.build.links import page_links
from generator.build.publication import load_templates
from generator.corpus import assemble
from generator.model import Fact, Section
from generator.pages import Link, Page, plan
from generator.render import BODY, CANONICAL, DESCRIPTION, PLACEHOLDER, TITLE, Renderer, Shell, links_from
from generator.text.source import Span

HOSTILE = "</title><script>alert(1)</script><img src=x onerror='alert(2)' alt=\"x\"> &amp; {{ 670 * 7 }} {% if %}"


@pytest.fixture(scope="session")
def renderer(arcadia) -> Renderer:
    return arcadia.renderer


@pytest.fixture
def published():
    """A renderer that knows a public address."""
    return lambda url: Renderer({"pages/p.html.j2": "{{ view }}", "partials/head.html.j2": ""}, url)


# --- shells -------------------------------------------------------------------------------------------------------


def test_a_shell_is_filled_where_the_theme_showed_the_placeholder() -> None:
    shell = Shell.cut(f"<title>{TITLE} - S</title><p>{TITLE}</p><h1 id='x'>\n {BODY}\n</h1><i>{DESCRIPTION}</i>")
    filled = shell.fill({TITLE: "T", DESCRIPTION: "D", BODY: "<h1>B</h1>"})
    assert filled == "<title>T - S</title><p>T</p><h1>B</h1><i>D</i>"


@pytest.mark.parametrize(
    ("html", "times"),
    [("<h1>Another</h1>", 0), (f"<h1>{BODY}</h1><h1>{BODY}</h1>", 2), (f"<h2>{BODY}</h2>", 0), ("", 0)],
)
def test_a_theme_that_does_not_show_the_body_once_is_refused(html: str, times: int) -> None:
    with pytest.raises(ValueError, match=f"shows the placeholder's body {times} times"):
        Shell.cut(html)


def test_the_heading_may_have_a_link_of_its_own() -> None:
    heading = f'<h1 id="x">{BODY}<a class="headerlink" href="#x" title="Permanent link">&para;</a></h1>'
    assert Shell.cut(heading).fill({BODY: "B"}) == "B"


def test_text_that_looks_like_a_sentinel_stays_text() -> None:
    shell = Shell.cut(f"<title>{TITLE}</title><h1>{BODY}</h1>")
    assert shell.fill({TITLE: "T", BODY: f"what is {TITLE}?"}) == f"<title>T</title>what is {TITLE}?"


def test_the_canonical_address_of_the_placeholder_is_replaced() -> None:
    shell = Shell.cut(f'<link rel="canonical" href="https://x.org/_/"><h1>{BODY}</h1>')
    assert shell.fill({CANONICAL: "https://x.org/a/", BODY: ""}) == '<link rel="canonical" href="https://x.org/a/">'


def test_the_placeholder_holds_each_sentinel() -> None:
    assert all(PLACEHOLDER.count(sentinel) == 1 for sentinel in (TITLE, DESCRIPTION, BODY))


# --- links --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "address", "anchor", "written"),
    [
        ("", "countries/", "", "countries/index.html"),
        ("", "", "", "index.html"),
        ("countries/", "", "", "../index.html"),
        ("countries/lao/opsc-69/", "themes/trafficking/", "", "../../../themes/trafficking/index.html"),
        ("countries/lao/opsc-69/", "countries/lao/opsc-69/source/", "L75", "source/index.html#L75"),
        ("countries/lao/opsc-69/2/", "countries/lao/", "", "../../index.html"),
        ("countries/lao/", "countries/laos/", "", "../laos/index.html"),
        ("countries/lao/", "countries/lao/", "x", "#x"),
        ("countries/lao/", "countries/lao/", "", "index.html"),
        ("data/", "data/states/lao.csv", "", "states/lao.csv"),
    ],
)
def test_a_link_is_written_for_the_page_it_stands_on(at: str, address: str, anchor: str, written: str) -> None:
    assert links_from(at)(Link("text", address, anchor)) == written


def test_what_stands_around_a_body_is_known_by_its_shell() -> None:
    shell = Shell.cut(f'<title>{TITLE}</title><p title="{TITLE}"><a href="a/"><h1>{BODY}</h1></a><p>')
    assert shell.around == ('<a href="a/">', "</a><p>")
    assert Shell.cut(f"<h1>{BODY}</h1>").around == ()
    # A title inside a tag ends what is known at the tag before.
    shared = Shell.cut(f'<p><h1>{BODY}</h1><i></i><img src="https://e.example/?t={TITLE}">')
    assert shared.around == ("<p>", "<i></i>")


def test_a_page_refers_to_the_same_whether_its_shell_is_known_or_not(arcadia, renderer) -> None:
    for page in arcadia.plan.pages:
        shell = plain_shell()
        html = renderer.page(page, shell)
        assert all(part in html for part in shell.around)
        assert page_links(html, shell.around) == page_links(html), page.address


# --- text is text -------------------------------------------------------------------------------------------------


def test_title_and_description_are_escaped(arcadia, renderer) -> None:
    page = replace(arcadia.plan.pages[0], title=HOSTILE, description=HOSTILE)
    html = renderer.page(page, plain_shell())
    head = html[: html.index("<body>")]
    escaped = (
        "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#x27;alert(2)&#x27; "
        "alt=&quot;x&quot;&gt; &amp;amp; {{ 670 * 7 }} {% if %}"
    )
    assert f"<title>{escaped} - Sessional</title>" in head
    assert f'content="{escaped}"' in head


def test_whatever_a_source_says_is_escaped_on_every_page(renderer, invented_vocabulary) -> None:
    hostile = Fact(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Span(1, 0, 1),), of=HOSTILE)
    facts = examination(head=hostile, rapporteurs=(hostile,), delegation=(hostile,), cycle=hostile, publisher=hostile)
    section = Section((HOSTILE, HOSTILE), 2, 1)
    words = [say(HOSTILE, kind, section=section, at=n) for n, kind in enumerate(("concern", "question", "commitment"))]
    named = replace(
        words[0], speaker_name=HOSTILE, cue=HOSTILE, rule=HOSTILE, correction=HOSTILE, themes=("trafficking",)
    )
    corpus, _ = assemble([told(named, *words[1:], path=f"{HOSTILE.replace('/', '')}.md", facts=(facts,))])
    for page in plan(corpus, invented_vocabulary).pages:
        html = renderer.content(page)
        assert "<script>alert" not in html, page.address
        assert "<img" not in html, page.address
        assert "4690" not in html, page.address


def test_a_states_name_is_escaped(stage, tmp_path) -> None:
    stage.put(
        {
            "a.md": report("HOSTILIA"),
            "voc/states.yaml": "format: states/1\nstates:\n- code: XHO\n  status: member\n  region: <b>R</b>\n"
            '  names: {en: {short: "<script>alert(\'s\')</script>", formal: "</title><i>"}}\n  strong: [Hostilia]\n',
        }
    )
    publication = prepare(Project(ROOT, (tmp_path / "sources",), (tmp_path / "voc",)))
    assert len(publication.reading.corpus.statements) == 3
    for page in publication.plan.pages:
        html = publication.renderer.page(page, plain_shell())
        assert "<script>alert" not in html, page.address
        assert "</title><i>" not in html, page.address
        assert "<b>R</b>" not in html, page.address
    assert "<script>alert" not in publication.home()


def test_a_template_that_names_what_is_not_there_fails() -> None:
    renderer = Renderer({"pages/p.html.j2": "{{ view.nothing }}"})
    with pytest.raises(Exception, match="nothing"):
        renderer.content(Page("p/", "p", "", "", object))


def test_what_pages_need_can_be_compiled_before_they_are_rendered(arcadia, monkeypatch) -> None:
    # With a word of their own, so that nobody has compiled them yet.
    templates = {name: f"{text}<!-- new -->" for name, text in load_templates(ROOT / "templates").items()}
    renderer, pages = Renderer(templates), {page.template: page for page in arcadia.plan.pages}
    del pages["data"]
    compiled = []
    translated = Environment._compile
    monkeypatch.setattr(Environment, "_compile", lambda *told: compiled.append(told) or translated(*told))
    renderer.prepare(pages.values())
    assert len(compiled) >= len(pages)
    compiled.clear()
    for page in pages.values():
        renderer.page(page, plain_shell())
    renderer.home(arcadia.plan.home)
    assert compiled == []


def test_a_direction_character_does_not_turn_the_text_around(renderer, invented_vocabulary) -> None:
    corpus, _ = assemble([told(say("The Committee was \u202edenrecnoc about data."))])
    page = next(p for p in plan(corpus, invented_vocabulary).pages if p.template == "examination")
    html = renderer.content(page)
    assert "\u202e" not in html or "<bdi" in html or "unicode-bidi" in html


# --- addresses ----------------------------------------------------------------------------------------------------


def test_a_canonical_address_needs_a_public_one(published) -> None:
    page = Page("themes/x/", "p", "", "", lambda: "view")
    shell = Shell.cut(f'<link rel="canonical" href="y"><h1>{BODY}</h1>')
    assert (
        published("https://x.org/a/").page(page, shell) == '<link rel="canonical" href="https://x.org/a/themes/x/">view'
    )
    assert published(None).page(page, shell) == '<link rel="canonical" href="">view'
