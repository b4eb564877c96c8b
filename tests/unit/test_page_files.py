"""The files beside pages: what an examination's hold and a list's do not, whose words, and on how many pages."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from invented import examination, fact, report, review, say, told
from staging import Stage

from generator.corpus import assemble
from generator.exports import export_files, page_files
from generator.model import Speaker
from generator.pages import plan
from generator.pages.stamps import Stamps
from generator.pages.views import NOT_SHOWN

EXAMINATION, COUNTRY, SESSION = "countries/xar/crc-101/", "countries/xar/", "sessions/crc-101/"
THEME, ON_THEME = "themes/trafficking/", "concerns/trafficking/"


def files_of(planned) -> dict[str, str]:
    """Every file beside a page, by its address."""
    views = planned.views
    return {name: b"".join(data).decode() for page in planned.pages for name, data in page_files(views, page)}


def planned(vocabulary, *statements, **how):
    return plan(assemble([told(*statements, **how)])[0], vocabulary)


def table(text: str) -> list[dict[str, str]]:
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.fixture
def concern(invented_vocabulary) -> dict[str, str]:
    """The files of one concern."""
    return files_of(planned(invented_vocabulary, say("Girls are sold.", themes=("trafficking",))))


def test_an_examination_has_everything(concern) -> None:
    found = json.loads(concern[f"{EXAMINATION}index.json"])
    assert (found["examination"], found["count"]) == ("xar-crc-101", 1)
    assert found["state"] == {"code": "XAR", "name": "Arcadia"}
    (document,) = found["documents"]
    assert document["facts"]["state"]["value"] == "XAR"
    assert document["rights"] == {"holder": "nobody", "terms": "CC0-1.0", "url": None, "source_text": "full"}
    (statement,) = found["statements"]
    assert statement["text"] == "Girls are sold."
    assert found["pages"] == [{"address": EXAMINATION, "statements": [statement["id"]]}]
    (row,) = table(concern[f"{EXAMINATION}index.csv"])
    assert (row["id"], row["text"]) == (statement["id"], "Girls are sold.")


@pytest.mark.parametrize("address", [COUNTRY, SESSION, THEME, ON_THEME, "concerns/"])
def test_a_list_names_statements_and_says_where_they_stand(concern, address) -> None:
    found = json.loads(concern[f"{address}index.json"])
    (one,) = found["examinations"]
    assert one["data"] == f"{'../' * address.count('/')}{EXAMINATION}index.json"
    assert one["pages"][0]["address"] == EXAMINATION
    assert "Girls" not in concern[f"{address}index.json"]


@pytest.mark.parametrize(
    ("address", "worded"), [(COUNTRY, False), (SESSION, False), (THEME, False), (ON_THEME, True), ("concerns/", True)]
)
def test_the_table_of_a_list_has_words_where_a_kind_is_asked_for(concern, address, worded) -> None:
    (row,) = table(concern[f"{address}index.csv"])
    assert row.get("Text") == ("Girls are sold." if worded else None)
    assert (row["State"], row["Session"], row["Date"]) == ("Arcadia", "CRC, 101th session", "not recorded")
    assert (row["Kind"], row["Speaker"], row["Themes"]) == ("Concern", "Committee", "Trafficking and abduction")
    assert row["Permalink"] == f"{EXAMINATION}#{row['Id']}"


def test_the_author_is_never_shown_as_the_committee(invented_vocabulary) -> None:
    found = files_of(planned(invented_vocabulary, say("x", speaker=Speaker.AUTHOR, themes=("trafficking",))))
    (row,) = table(found[f"{THEME}index.csv"])
    assert row["Speaker"] == "The Author, not the Committee"


def test_no_table_runs_anything(invented_vocabulary) -> None:
    found = files_of(planned(invented_vocabulary, say("=1+1", speaker_name="@x", themes=("trafficking",))))
    tables = [text for name, text in found.items() if name.endswith(".csv")]
    assert len(tables) > 4
    cells = [cell for text in tables for row in table(text) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_words_that_may_not_be_shown_are_in_no_file(invented_vocabulary) -> None:
    secret = say("Girls are sold.", themes=("trafficking",))
    found = files_of(planned(invented_vocabulary, secret, source_text="none"))
    assert not [name for name, text in found.items() if "Girls" in text]
    assert table(found[f"{ON_THEME}index.csv"])[0]["Text"] == NOT_SHOWN
    assert table(found[f"{EXAMINATION}index.csv"])[0]["text"] == ""
    assert json.loads(found[f"{EXAMINATION}index.json"])["documents"][0]["rights"]["source_text"] == "none"


def test_questions_without_an_answer_are_named(invented_vocabulary) -> None:
    asked = planned(invented_vocabulary, say("Why?", "question"), say("Because.", "reply", at=1))
    silent = planned(invented_vocabulary, say("Why?", "question"))
    (statement,) = silent.views.corpus.statements
    assert json.loads(files_of(asked)[f"{EXAMINATION}index.json"])["unanswered"] == []
    assert json.loads(files_of(silent)[f"{EXAMINATION}index.json"])["unanswered"] == [statement.id]


def test_what_is_cut_into_pages_has_its_files_once(tmp_path, invented_vocabulary) -> None:
    many = [f"Open school number {number} of the {number} that were closed (Freedonia);" for number in range(1, 60)]
    stage = Stage(tmp_path, invented_vocabulary, largest_page=40_000)
    made = stage.publish({"arcadia.md": review(*many)}).plan
    found = files_of(made)
    address = "countries/xar/upr-90/"
    assert len([page for page in made.pages if page.address.startswith(address)]) > 3
    names = ("index.json", "index.csv", "index.ris", "index.bib", "index.csl.json")
    assert [name for name in found if name.startswith(address)] == [f"{address}{name}" for name in names]
    told_of = json.loads(found[f"{address}index.json"])
    assert len(told_of["pages"]) > 2
    assert sum(len(page["statements"]) for page in told_of["pages"]) == told_of["count"] == len(told_of["statements"])
    assert told_of["count"] == len(made.views.corpus.statements)


def test_recommendations_have_the_names_of_the_index(stage) -> None:
    text = review("Open more schools (Freedonia, Ruritania);", "Keep its registers complete (Sylvania);")
    made = stage.publish({"arcadia.md": text}).plan
    files = {name: b"".join(pieces).decode() for name, pieces in export_files(made.views)}
    rows = list(csv.DictReader(io.StringIO(files["data/recommendations-uhri.csv"], newline="")))
    assert [row["Text"] for row in rows] == [
        "Open more schools",
        "Keep its registers complete",
        "Abolish the death penalty",
    ]
    first, last = rows[0], rows[-1]
    assert (first["Countries Concerned"], first["Reccomending Body"]) == ("Arcadia", "UPR")
    assert (first["Document Symbol"], first["UPR Session"]) == ("A/HRC/99/7", "90")
    assert (first["UPR Reccomending States"], first["UPR Position"]) == ("Freedonia;Ruritania", "Supported")
    assert (first["number"], first["listed"], first["response"]) == ("7.1", "true", "supported")
    # A position that is still to come is none.
    assert (last["UPR Position"], last["response"]) == ("", "pending")


def test_a_page_that_tells_another_number_is_another_page(invented_vocabulary) -> None:
    made = planned(invented_vocabulary, say("x", themes=("trafficking",)), say("y", themes=("trafficking",), at=1))
    stamps = Stamps(made.views, {"arcadia.md": b"key"}, b"")
    (page,) = (page for page in made.pages if page.address == THEME)
    fewer = replace(page, holds=page.holds[:1])
    assert stamps.of(page) != stamps.of(fewer)
    assert stamps.files(page) != stamps.files(fewer)


def test_a_document_of_two_treaties_is_counted_once(invented_vocabulary) -> None:
    facts = (examination(), examination(treaty="OPSC", session="101", date=fact("2026-01-14")))
    found = files_of(planned(invented_vocabulary, say("x"), facts=facts))
    both = [json.loads(found[f"countries/xar/{stem}-101/index.json"]) for stem in ("crc", "opsc")]
    assert [one["count"] for one in both] == [1, 1]
    assert [one["statements"][0]["examination"] for one in both] == ["xar-crc-101", "xar-crc-101"]
    assert both[1]["pages"] == both[0]["pages"]
    assert json.loads(found[f"{SESSION}index.json"])["count"] == 1


def test_a_report_without_statements_has_no_files(stage) -> None:
    made = stage.publish({"a.md": report(body="")}).plan
    for page in made.pages:
        assert bool(page.files) == bool(page.holds) == bool(list(page_files(made.views, page))), page.address
