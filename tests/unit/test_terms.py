"""Terms of the field: marked in our own text where first used, explained in the glossary, never in quotations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented import examination, fact, report, review, say, told

from generator.corpus import assemble
from generator.datafile import DatafileError, loads
from generator.pages import plan
from generator.pages.link import Link
from generator.pages.terms import TermsUsed, earlier_name
from generator.text.source import SourceText
from generator.vocabulary import level
from generator.vocabulary.glossary import load_glossary

ADDRESS = "countries/xar/upr-90/"


def page(publication, address: str):
    (found,) = (one for one in publication.plan.pages if one.address == address)
    return found


# --- the data -----------------------------------------------------------------------------------------------------


def test_every_source_is_a_symbol_of_the_united_nations(vocabulary) -> None:
    read = {
        term.id: [one.symbol for one in vocabulary.symbols.find(level(f"See {term.source}."), "CRC")]
        for term in vocabulary.glossary.terms
        if not term.source.startswith("A/CONF.")  # older than the forms of symbols
    }
    assert {id_: found for id_, found in read.items() if len(found) != 1 or not found[0]} == {}


def test_definitions_are_short_and_whole_sentences(vocabulary) -> None:
    assert len(vocabulary.glossary.terms) >= 40
    for term in vocabulary.glossary.terms:
        assert term.definition.endswith(".")
        assert len(term.definition) <= 220, term.id


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Initial report under the OPSC", ["initial-report", "opsc"]),
        ("States parties and a State party report", ["state-party", "state-party-report"]),
        ("The Working Groups of a ngoma", []),
        ("RATIFIED", ["ratification"]),
    ],
)
def test_whole_words_and_the_longest_form(vocabulary, text, terms) -> None:
    pieces = list(vocabulary.glossary.cut(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert [term.id for _, term in pieces if term] == terms


def test_a_form_of_two_terms_is_an_error() -> None:
    root = loads(
        "glossary:\n- {id: a, term: A, forms: [x], definition: D., source: S}\n"
        "- {id: b, term: B, forms: [X], definition: D., source: S}\n",
        "glossary.yaml",
    )
    with pytest.raises(DatafileError, match="belongs to a already"):
        load_glossary(root.get("glossary").items())


# --- the pages ----------------------------------------------------------------------------------------------------


def test_a_term_is_marked_where_it_is_used_first(vocabulary) -> None:
    used = TermsUsed(vocabulary)
    first, second = used.marked("State party"), used.marked("State party, Troika")
    assert [one.to for one in first] == [Link("State party", "about/glossary/", "term-state-party")]
    assert [one.to and one.to.anchor for one in second] == [None, None, "term-troika"]


def test_each_mark_leads_to_the_glossary(stage) -> None:
    site, check = stage.write({"review.md": review()})
    html = Path(site / ADDRESS / "index.html").read_text()
    assert '<a class="s-term" href="../../../about/glossary/index.html#term-troika">Troika</a>' in html
    assert '<div id="term-troika" tabindex="-1"><dt>Troika</dt>' in (site / "about/glossary/index.html").read_text()
    assert check.diagnostics == ()


def test_quotations_bring_no_terms_and_are_not_marked(stage) -> None:
    publication = stage.publish({"a.md": report(body="The Committee was concerned about non-refoulement.")})
    (found,) = (one for one in publication.plan.pages if one.template == "examination")
    html = publication.renderer.content(found)
    assert "term-non-refoulement" not in html
    assert "was concerned about non-refoulement." in html


def test_the_title_of_the_protocol_is_explained(invented_vocabulary) -> None:
    for treaty, said in (("OPSC", True), ("CRC", False)):
        planned = plan(assemble([told(say("It was."), facts=(examination(treaty=treaty),))])[0], invented_vocabulary)
        (found,) = (one for one in planned.pages if one.template == "examination")
        assert any("child sexual abuse material" in note for note in found.view.of_their_time) is said


# --- names of another time ----------------------------------------------------------------------------------------


def called(vocabulary, code: str, text: str) -> str:
    document = told(say("It was."), facts=(examination(state=code),))
    document = replace(document, document=replace(document.document, source=SourceText.from_str("a.md", text)))
    (published,) = assemble([document])[0].examinations.values()
    return earlier_name(vocabulary, published, code)


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("SWZ", "The Committee examined Swaziland.", "Swaziland"),
        ("SWZ", "The Committee examined Eswatini.", ""),
        ("CPV", "A law of Cape Verdean origin.", ""),
        ("MKD", "A report of North Macedonia.", ""),
        ("MKD", "A report of the former Yugoslav Republic of Macedonia.", "the former Yugoslav Republic of Macedonia"),
        ("CHE", "A report of Switzerland.", ""),
    ],
)
def test_an_earlier_name_is_told_only_where_it_stands(vocabulary, code, text, name) -> None:
    assert called(vocabulary, code, text) == name


# --- other languages ----------------------------------------------------------------------------------------------


def test_words_in_another_language_say_which(invented_vocabulary, stage) -> None:
    french = told(say("Le Comité était préoccupé.", lang="fr"), facts=(examination(head=fact("A. B.")),))
    french = replace(french, document=replace(french.document, lang="fr"))
    planned = plan(assemble([french])[0], invented_vocabulary)
    views = {one.template: one.view for one in planned.pages if one.template in ("examination", "source")}
    (section,) = views["examination"].documents[0].sections
    assert section.lang == views["source"].lang == "fr"
    assert views["examination"].facts[0].lang == "fr"
    english = stage.publish({"a.md": report()})
    (found,) = (one for one in english.plan.pages if one.template == "examination")
    assert {one.lang for document in found.view.documents for one in document.sections} == {""}
