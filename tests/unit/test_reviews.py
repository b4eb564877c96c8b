"""Reviews: examinations without a treaty, with a list of recommendations that States made to one another."""

from __future__ import annotations

import json
import re

import pytest
from invented import report, review, say, told
from staging import Stage

from generator.build import Publication
from generator.corpus import assemble
from generator.model import Examination, Kind
from generator.pages import Page, plan

ADDRESS = "countries/xar/upr-90/"


def page(publication: Publication, address: str) -> Page:
    (found,) = (one for one in publication.plan.pages if one.address == address)
    return found


@pytest.fixture
def published(stage: Stage) -> Publication:
    return stage.publish({"review.md": review()})


def facts(published: Publication) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in page(published, ADDRESS).view.facts:
        found.setdefault(one.label, []).append(one.value)
    return found


def test_a_review_is_named_after_its_mechanism(published) -> None:
    one = page(published, ADDRESS)
    assert one.title == "Arcadia: Universal Periodic Review, 90th session"
    assert "".join(piece.text for piece in one.view.subtitle).startswith(
        "Universal Periodic Review · Working Group on the Universal Periodic Review of the Human Rights Council, 90th"
    )
    assert one.view.treaty is None
    assert one.view.session.address == "sessions/upr-90/"
    assert page(published, "sessions/upr-90/").view.body.endswith("Human Rights Council")
    (listed,) = page(published, "countries/xar/").view.examinations
    assert listed.examination.text == "Universal Periodic Review, 90th session"


def test_facts_of_a_review(published) -> None:
    told_facts = facts(published)
    assert told_facts["State under review"] == ["Arcadia"]
    assert told_facts["Troika"] == ["Freedonia", "Ruritania", "Sylvania"]
    assert told_facts["Report adopted"] == ["8 May 2026"]
    assert told_facts["Document symbol"] == ["A/HRC/99/7"]
    (symbol,) = (one for one in page(published, ADDRESS).view.facts if one.label == "Document symbol")
    assert symbol.outside == "https://undocs.org/A/HRC/99/7"
    assert "State party" not in told_facts


def test_recommendations_stand_by_position_in_the_order_of_the_document(published) -> None:
    (document,) = page(published, ADDRESS).view.documents
    assert [(one.title, [(row.number, row.text) for row in one.rows]) for one in document.listed] == [
        ("Supported by Arcadia", [("7.1", "Open more schools"), ("7.2", "Keep its registers complete")]),
        ("To be examined by Arcadia, which gives no position in this document", [("8.1", "Abolish the death penalty")]),
    ]
    assert document.sections == ()


def test_each_recommending_state_leads_to_its_recommendations(published) -> None:
    view = page(published, ADDRESS).view
    assert [(one.state.text, [link.text for link in one.numbers]) for one in view.recommending] == [
        ("Freedonia", ["7.1", "8.1"]),
        ("Ruritania", ["7.2"]),
        ("Sylvania", ["8.1"]),
    ]
    assert [(link.text[:9], link.anchor, link.note) for link in view.positions] == [
        ("Supported", "position-supported", "2"),
        ("To be exa", "position-pending", "1"),
    ]


def test_the_parts_of_a_review_have_pages_of_their_own(published) -> None:
    view = page(published, f"{ADDRESS}dialogue/").view
    words = [t.text for d in view.documents for s in d.sections for c in s.cards for t in c.turns]
    assert "Freedonia welcomed the new law on schools." in words
    assert [(link.text, link.address) for link in view.parts[:3]] == [
        ("Recommendations", ADDRESS),
        ("Presentation by the State under review", f"{ADDRESS}presentation/"),
        ("Interactive dialogue", ""),
    ]


def test_a_reviewing_state_is_named_and_is_no_person(published) -> None:
    view = page(published, f"{ADDRESS}dialogue/").view
    turn = next(t for d in view.documents for s in d.sections for c in s.cards for t in c.turns if "welcomed" in t.text)
    assert (turn.speaker, [link.text for link in turn.states], turn.people) == ("Reviewing State", ["Freedonia"], ())
    assert [one.address for one in published.plan.pages if one.template == "person"] == ["people/ignace-tillery/"]


def test_a_state_without_an_examination_has_no_page_to_lead_to(published) -> None:
    (document,) = page(published, ADDRESS).view.documents
    assert [(link.text, link.address) for link in document.listed[0].rows[0].states] == [("Freedonia", "")]


def test_what_a_report_does_not_answer_is_not_said_of_a_summary(published) -> None:
    for one in published.plan.pages:
        if one.address.startswith(ADDRESS):
            assert "in this summary" not in published.renderer.content(one), one.address


def test_a_citation_names_symbol_and_number(published) -> None:
    (document,) = page(published, ADDRESS).view.documents
    views = published.plan.views
    citation = views.cited_statement(views.corpus.by_id[document.listed[0].rows[0].id]).abstract
    assert "report of the examination of Arcadia in the Universal Periodic Review, 90th session" in citation
    assert "A/HRC/99/7, 7.1, line" in citation
    assert "Reviewing State: Freedonia" in citation


def test_indexes_count_what_a_document_lists(published) -> None:
    corpus = published.reading.corpus
    assert sum(one.statement.kind is Kind.RECOMMENDATION for one in corpus.statements) == 4
    assert len(list(corpus.indexed(Kind.RECOMMENDATION))) == 3
    view = page(published, "recommendations/").view
    assert (view.total, view.statements) == (3, 4)
    assert "1 recommendation voiced in a dialogue whose document lists its recommendations" in view.left_out


def test_a_document_without_a_list_keeps_what_was_voiced(invented_vocabulary) -> None:
    planned = plan(assemble([told(say("do it", "recommendation"))])[0], invented_vocabulary)
    (view,) = (one.view for one in planned.pages if one.address == "recommendations/")
    assert view.total == 1


def test_a_country_says_what_it_recommended_to_others(stage) -> None:
    publication = stage.publish({"a.md": review(), "b.md": report("FREEDONIA")})
    assert page(publication, "countries/xfr/").view.recommended == "2 recommendations to 1 State"
    assert page(publication, "countries/xar/").view.recommended == ""


def test_one_symbol_on_one_examination_is_published_once(stage) -> None:
    publication = stage.publish({"a.md": review(), "b.md": review() + "\n\nAnnex\n"})
    (found,) = (one for one in publication.reading.diagnostics if one.code == "L001")
    assert "the same symbol and examination as" in found.message
    assert len(publication.reading.corpus.documents) == 1


def test_one_symbol_on_two_examinations_is_no_reason_to_drop_one(stage) -> None:
    publication = stage.publish({"a.md": review(), "b.md": review(state="Freedonia")})
    assert [one.code for one in publication.reading.diagnostics if one.code == "L001"] == []
    assert len(publication.reading.corpus.examinations) == 2


def test_every_link_of_a_review_leads_somewhere(stage) -> None:
    _, check = stage.write({"a.md": review(), "b.md": report(), "c.md": report("FREEDONIA")})
    assert [one.message for one in check.diagnostics] == []


def test_a_statement_that_moved_can_be_found_again(stage) -> None:
    site, _ = stage.write({"a.md": review()})
    script = (site / ADDRESS / "places.js").read_text()
    places = json.loads(re.fullmatch(r"__sessionalPlaces\((.*)\);\n", script)[1])
    # What is nowhere else is told of on the first page.
    assert set(places) == {"presentation/", "dialogue/", "conclusions/"}
    for folder, ids in places.items():
        html = (site / ADDRESS / folder / "index.html").read_text()
        assert all(f'id="xar-upr-90.{local}"' in html for local in ids.split()), folder


def test_an_examination_on_one_page_needs_no_such_file(stage) -> None:
    site, _ = stage.write({"a.md": report()})
    assert list(site.rglob("places.js")) == []


def test_nothing_needs_a_treaty(invented_vocabulary) -> None:
    bare = Examination("HRC", mechanism="UPR", state=told().examination.state, session=told().examination.session)
    planned = plan(assemble([told(say("x"), facts=(bare,))])[0], invented_vocabulary)
    assert all(one.view is not None for one in planned.pages)


def test_a_theme_that_only_a_voiced_recommendation_has_is_named_without_a_page(stage) -> None:
    dialogue = "6. Freedonia recommended that Arcadia fight trafficking in children."
    site, check = stage.write({"a.md": review(dialogue=dialogue)})
    assert [one.message for one in check.diagnostics] == []
    assert not (site / "themes/trafficking").exists()
    assert "Trafficking and abduction" in (site / ADDRESS / "dialogue/index.html").read_text()
