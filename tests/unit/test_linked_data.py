"""What pages tell to machines: what a page is and is about, in terms of schema.org, and no sentence of a report."""

from __future__ import annotations

import json

import pytest
from invented import examination, fact, say, told
from linked import linked, misused, nodes, of_type
from staging import ROOT, plain_shell

from generator.build.publication import load_templates
from generator.corpus import assemble
from generator.pages import Alternate, Link, Page, plan
from generator.render import Renderer

HOSTILE = "</script><script>alert(1)</script><!-- <script> &amp; \u2028 ]]>"
HERE = "countries/xar/crc-101/"


@pytest.fixture(scope="module")
def templates() -> dict[str, str]:
    return load_templates(ROOT / "templates")


@pytest.fixture
def said(templates, invented_vocabulary):
    """The linked data of the pages made of some documents, by address."""

    def of(*documents, url: str | None = None, items: int = 200):
        corpus, _ = assemble(documents)
        renderer = Renderer(templates, url)
        pages = plan(corpus, invented_vocabulary, items=items, site_url=url).pages
        return {page.address: linked(renderer.page(page, plain_shell())) for page in pages}

    return of


def test_an_examination_names_its_documents_those_who_took_part_and_its_data(said) -> None:
    page = said(
        told(
            say("The Committee was concerned about data."),
            say("The delegation replied that data were kept.", "reply", at=1),
        )
    )[HERE]
    event = page["mainEntity"]
    assert event["organizer"]["name"] == "Committee on the Rights of the Child"
    assert event["performer"]["name"] == "Delegation of Arcadia"
    assert event["about"]["@id"] == "../index.html#state"
    (document,) = event["subjectOf"]
    assert document["author"] == {"@type": "Organization", "name": "The Author"}
    assert document["url"] == "source/index.html"
    assert page["encoding"] == {"@type": "DataDownload", "contentUrl": "index.json"}


def test_no_delegation_is_named_where_none_is_told_of(said) -> None:
    assert "performer" not in said(told(say("The Committee was concerned about data.")))[HERE]["mainEntity"]


def test_a_digest_is_ours_and_says_on_what_it_rests(said) -> None:
    facts = examination(symbol=fact("A/HRC/99/7"))
    page = said(told(say("The Committee was concerned about data."), kind="digest", facts=(facts,)))[HERE]
    (document,) = page["mainEntity"]["subjectOf"]
    assert document["author"] == {"@type": "Project", "name": "Sessional"}
    assert document["isBasedOn"]["identifier"] == "A/HRC/99/7"


@pytest.mark.parametrize("kind", ["summary", "digest"])
def test_no_sentence_of_a_document_is_told(said, kind) -> None:
    """The page has each sentence once, and the file that is named here each with its place."""
    words = ("The Committee was concerned about zebras.", "The delegation replied that zebras were kept.")
    pages = said(told(say(words[0]), say(words[1], "reply", at=1), kind=kind))
    assert len(pages) > 10
    assert "zebras" not in json.dumps(pages)


def test_it_is_short(said) -> None:
    facts = examination(head=fact("a-b", "A B"), rapporteurs=(fact("c-d", "C D"),), date=fact("2026-01-14"))
    words = [
        say(f"The Committee was concerned about trafficking, {n}.", themes=("trafficking",), at=n) for n in range(40)
    ]
    for address, page in said(told(*words, facts=(facts,))).items():
        size = len(json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode())
        assert size <= (900 if address == HERE else 2_800 if address == "data/" else 500), address


def test_an_examination_is_an_event_with_its_day_and_no_place(said) -> None:
    page = said(told(say("The Committee was concerned."), facts=(examination(date=fact("2026-01-14")),)))[HERE]
    event = page["mainEntity"]
    assert (event["@type"], event["startDate"], event.get("endDate")) == ("Event", "2026-01-14", None)
    assert "location" not in event
    undated = said(told(say("The Committee was concerned.")))[HERE]["mainEntity"]
    assert not {"startDate", "endDate"} & undated.keys()


def test_no_text_ends_the_script(said, templates, invented_vocabulary) -> None:
    hostile = fact(HOSTILE)
    facts = examination(head=hostile, rapporteurs=(hostile,), publisher=hostile, symbol=hostile)
    corpus, _ = assemble([told(say(HOSTILE), facts=(facts,), path="a.md")])
    for page in plan(corpus, invented_vocabulary).pages:
        html = Renderer(templates).page(page, plain_shell())
        script = html[html.index("ld+json") : html.index("</head>")]
        assert script.count("</script>") == 1, page.address
        assert "<!--" not in script, page.address
        linked(html)
    (document,) = said(told(say("A."), facts=(facts,)))[HERE]["mainEntity"]["subjectOf"]
    assert document["identifier"] == HOSTILE


@pytest.mark.parametrize("url", [None, "https://example.org/crc/"])
def test_only_terms_of_schema_org_are_used(said, url) -> None:
    facts = examination(head=fact("a-b", "A B"), rapporteurs=(fact("c-d", "C D"),), date=fact("2026-01-14"))
    words = say("The Committee was concerned about trafficking.", themes=("trafficking",))
    pages = said(told(words, facts=(facts,)), told(say("A digest."), path="b.md", kind="digest"), url=url)
    assert {address: found for address, page in pages.items() if (found := misused(page))} == {}
    assert {one["@type"] for page in pages.values() for one in of_type(page, "Country", "Person", "Dataset")} == {
        "Country",
        "Person",
        "Dataset",
    }


def test_names_are_whole_where_the_site_knows_its_address(said) -> None:
    words = told(say("The Committee was concerned about data."))
    for address, page in said(words, url="https://example.org/crc/").items():
        named = [one["@id"] for one in nodes(page) if "@id" in one and not one["@id"].startswith("_:")]
        assert all(name.startswith("https://example.org/crc/") for name in named)
        assert page["@id"] == f"https://example.org/crc/{address}"
    for page in said(words).values():
        assert not [one["@id"] for one in nodes(page) if "://" in one.get("@id", "")]


def test_each_page_is_part_of_another_up_to_home(said) -> None:
    pages = said(told(say("The Committee was concerned.")), url="https://example.org/")
    known = {page["@id"]: page for page in pages.values()}
    for address, page in pages.items():
        way = [page["@id"]]
        while (above := known[way[-1]]["isPartOf"]["@id"]) in known:
            way.append(above)
        # The page about the site is written by hand.
        assert above == ("https://example.org/about/" if address.startswith("about/") else "https://example.org/#site")
        assert len(way) <= address.count("/") + 1
    assert known["https://example.org/" + HERE]["isPartOf"]["@id"] == "https://example.org/countries/xar/"


def test_a_page_names_what_it_has_in_other_forms(templates) -> None:
    other = Alternate("text/csv", Link('Two "rows"', "data/x.csv"))
    page = Page("a/b/", "p", "", "", lambda: "", alternates=(other,))
    html = Renderer({**templates, "pages/p.html.j2": ""}).page(page, plain_shell())
    assert '<link rel="alternate" type="text/csv" title="Two &#34;rows&#34;" href="../../data/x.csv">' in html
