"""What pages tell to machines: the facts a page shows, in terms of schema.org, nobody's words in another's mouth."""

from __future__ import annotations

import json

import pytest
from invented import examination, fact, report, review, say, told
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

    def of(*documents, url: str | None = None, items: int = 240):
        corpus, _ = assemble(documents)
        renderer = Renderer(templates, url)
        pages = plan(corpus, invented_vocabulary, items=items, site_url=url).pages
        return {page.address: linked(renderer.page(page, plain_shell())) for page in pages}

    return of


def speaker(node, page):
    """The name of whoever a quotation is attributed to; who was named before is known by number."""
    of = node.get("spokenByCharacter")
    return of and next((one["name"] for one in nodes(page) if one.get("@id") == of.get("@id") and "name" in one), None)


def test_each_quotation_says_who_spoke_and_in_which_document(said) -> None:
    page = said(
        told(
            say("The Committee was concerned about data."),
            say("The delegation replied that data were kept.", "reply", at=1),
            say("The Government had opened a register.", "reply", "state", at=2),
            say("Nobody knows how many there are.", "background", "unattributed", at=3),
            say("The Committee asked for figures.", "question", at=4),
        )
    )[HERE]
    quotations = of_type(page, "Quotation")
    assert [speaker(one, page) for one in quotations] == [
        "Committee on the Rights of the Child",
        "Delegation of Arcadia",
        "Arcadia",
        None,
        "Committee on the Rights of the Child",
    ]
    assert quotations[0]["text"] == "The Committee was concerned about data."
    (document,) = [one for one in of_type(page, "Report") if "name" in one]
    assert document["author"] == {"@type": "Organization", "name": "The Author"}
    assert {one["isPartOf"]["@id"] for one in quotations} == {document["@id"]}


def test_the_authors_words_are_its_own_and_nobody_speaks_them(said) -> None:
    page = said(told(say("We believe that this is not enough.", "concern", "author")))[HERE]
    (one,) = of_type(page, "Quotation")
    assert one["creator"]["name"] == "The Author"
    assert "spokenByCharacter" not in one


def test_a_digest_is_a_claim_of_ours_and_never_a_quotation(said) -> None:
    facts = examination(symbol=fact("A/HRC/99/7"))
    page = said(told(say("The Committee was concerned about data."), kind="digest", facts=(facts,)))[HERE]
    assert of_type(page, "Quotation") == []
    (claim,) = of_type(page, "Claim")
    assert claim["creator"] == {"@type": "Project", "name": "Sessional"}
    (document,) = [one for one in of_type(page, "Report") if "name" in one]
    assert document["author"] == {"@type": "Project", "name": "Sessional"}
    assert document["isBasedOn"]["identifier"] == "A/HRC/99/7"


@pytest.mark.parametrize("kind", ["summary", "digest"])
def test_words_that_may_not_be_shown_are_not_told_to_machines_either(said, kind) -> None:
    pages = said(told(say("The Committee was concerned about data."), kind=kind, source_text="none"))
    assert "concerned" not in json.dumps(pages)
    assert of_type(pages[HERE], "Quotation", "Claim") == []


def test_an_examination_is_an_event_with_its_day_and_no_place(said) -> None:
    page = said(told(say("The Committee was concerned."), facts=(examination(date=fact("2026-01-14")),)))[HERE]
    event = page["mainEntity"]
    assert (event["@type"], event["startDate"], event["endDate"]) == ("Event", "2026-01-14", "2026-01-14")
    assert "location" not in event
    undated = said(told(say("The Committee was concerned.")))[HERE]["mainEntity"]
    assert not {"startDate", "endDate"} & undated.keys()


def test_recommendations_are_those_of_the_states_that_made_them(stage, templates) -> None:
    publication = stage.publish({"a.md": review()})
    renderer = Renderer(templates)
    pages = [page for page in publication.plan.pages if page.template == "examination"]
    page = linked(renderer.page(pages[0], plain_shell()))
    by = {one["text"]: one.get("spokenByCharacter") for one in of_type(page, "Quotation")}
    assert by["Open more schools"]["name"] == "Freedonia"
    assert by["Abolish the death penalty"][0]["@id"] == by["Open more schools"]["@id"]
    assert by["Abolish the death penalty"][1]["name"] == "Sylvania"


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
    (one,) = of_type(said(told(say(HOSTILE)))[HERE], "Quotation")
    assert one["text"] == HOSTILE


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


def test_the_way_from_home_is_told(said) -> None:
    steps = said(told(say("The Committee was concerned.")))[HERE]["breadcrumb"]["itemListElement"]
    assert [(one["position"], one["name"], one.get("item")) for one in steps] == [
        (1, "Sessional", "../../../index.html"),
        (2, "Countries", "../../index.html"),
        (3, "Arcadia", "../index.html"),
        (4, "Arcadia: CRC, 101th session", None),
    ]


def test_quotations_stand_on_the_page_that_holds_their_anchor_only(stage, templates) -> None:
    publication = stage.publish({"a.md": report()})
    for page in publication.plan.pages:
        html = Renderer(templates).page(page, plain_shell())
        for one in of_type(linked(html), "Quotation"):
            assert f'id="{one["@id"].removeprefix("#")}"' in html, page.address


def test_a_page_names_what_it_has_in_other_forms(templates) -> None:
    other = Alternate("text/csv", Link('Two "rows"', "data/x.csv"))
    page = Page("a/b/", "p", "", "", lambda: "", alternates=(other,))
    html = Renderer({**templates, "pages/p.html.j2": ""}).page(page, plain_shell())
    assert '<link rel="alternate " type="text/csv" title="Two &#34;rows&#34;" href="../../data/x.csv">' in html
