"""Symbols of the United Nations' records: built only where the rule for them is safe, and told as derived."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import examination, fact, review, say, told

from generator.corpus import assemble
from generator.datafile import DatafileError, loads
from generator.pages import plan
from generator.vocabulary.symbols import load_symbols


def symbols(vocabulary, **facts) -> list[str]:
    """The symbols that the page of an examination shows."""
    cycle = facts.pop("cycle", None)
    held = examination(**facts, **({"cycle": fact(cycle)} if cycle else {}))
    planned = plan(assemble([told(say("The Committee was concerned."), facts=(held,))])[0], vocabulary)
    (page,) = (one for one in planned.pages if one.template == "examination")
    return [one.symbol for one in page.view.records]


@pytest.mark.parametrize(
    ("state", "treaty", "session", "cycle", "symbol"),
    [
        ("LAO", "OPSC", "69", "initial", "CRC/C/OPSC/LAO/CO/1"),
        ("AUS", "OPSC", "60", "initial", "CRC/C/OPSC/AUS/CO/1"),
        ("KHM", "OPSC", "68", "initial", "CRC/C/OPSC/KHM/Q/1"),
        ("IRQ", "CRC", "68", "2-4", "CRC/C/IRQ/CO/2-4"),
        ("ETH", "CRC", "69", "4-5", "CRC/C/ETH/Q/4-5"),
        ("COD", "OPAC", "59", "initial", "CRC/C/OPAC/COD/CO/1"),
        ("KHM", "OPSC", "68", "initial", "CRC/C/OPSC/KHM/1"),
    ],
)
def test_symbols_that_are_known_come_out(vocabulary, state, treaty, session, cycle, symbol) -> None:
    assert symbol in symbols(vocabulary, state=state, treaty=treaty, session=session, cycle=cycle)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"state": "LAO", "treaty": "OPSC", "session": "69"}, "the report's number is not known"),
        ({"state": "LAO", "treaty": "CRC", "session": "15", "cycle": "initial"}, "symbols were of another form"),
        ({"state": "ROU", "treaty": "CRC", "session": "51", "cycle": "3-4"}, "the code in symbols was another"),
        ({"state": "XKX", "treaty": "CRC", "session": "69", "cycle": "initial"}, "no State under this code"),
    ],
)
def test_no_symbol_where_the_rule_is_not_safe(vocabulary, facts, why) -> None:
    assert symbols(vocabulary, **facts) == [], why


def test_lists_of_issues_end_where_their_symbols_change(vocabulary) -> None:
    found = symbols(vocabulary, state="CHE", treaty="CRC", session="88", cycle="5-6")
    assert "CRC/C/CHE/CO/5-6" in found
    assert not any("/Q/" in one for one in found)


def view(stage, text: str):
    (page,) = (one for one in stage.publish({"review.md": text}).plan.pages if one.template == "examination")
    return page.view


def test_a_review_has_three_documents_before_it(stage) -> None:
    told_of = view(stage, review())
    assert [one.symbol for one in told_of.records] == [f"A/HRC/WG.6/90/XAR/{number}" for number in (1, 2, 3)]
    assert told_of.records[0].url == "https://undocs.org/A/HRC/WG.6/90/XAR/1"


def test_what_the_document_names_otherwise_is_left_out(stage) -> None:
    named = "2. The national report (A/HRC/WG.6/88/XAR/1) was issued.\n\n2. On 14"
    told_of = view(stage, review().replace("2. On 14", named, 1))
    assert [one.symbol for one in told_of.records] == ["A/HRC/WG.6/90/XAR/2", "A/HRC/WG.6/90/XAR/3"]
    assert "national report" in told_of.records_note


def test_the_page_says_that_they_are_derived(stage) -> None:
    site, _ = stage.write({"review.md": review()})
    html = Path(site / "countries/xar/upr-90/index.html").read_text()
    assert html.count("derived – not confirmed") == 3
    assert 'href="https://undocs.org/A/HRC/WG.6/90/XAR/3"' in html


def test_a_place_that_is_none_is_an_error_at_its_line() -> None:
    root = loads(
        "address: x\nrecords:\n- {id: a, name: A, held_by: CRC, symbol: 'A/{number}', first: 1}\n", "symbols.yaml"
    )
    with pytest.raises(DatafileError, match="unknown place"):
        load_symbols(root, [])


def test_examinations_of_one_session_lead_to_each_other(arcadia) -> None:
    views = {one.address: one.view for one in arcadia.plan.pages if one.template == "examination"}
    before = {address: view.before and view.before.address for address, view in views.items()}
    after = {address: view.after and view.after.address for address, view in views.items()}
    assert after["countries/xar/crc-101/"] == "countries/xru/crc-101/"
    assert before["countries/xru/crc-101/"] == "countries/xar/crc-101/"
    assert before["countries/xar/crc-101/"] is None
    assert all(before[following] == address for address, following in after.items() if following)
