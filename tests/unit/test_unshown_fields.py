"""No field of a document whose terms let nothing be shown reaches a file: a marker word stands in each of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from invented import examination, report, review, say, told
from staging import Stage, plain_theme

from generator.build import Output, prepare
from generator.build.bundle import write_bundle
from generator.build.editions import built_edition
from generator.build.lines import LineFinder
from generator.changes import Edition, compare
from generator.changes.rendering import render_json, render_markdown, render_text
from generator.corpus import LinkedDocument, link
from generator.diagnostics import Diagnostic
from generator.diagnostics import render_text as findings_as_text
from generator.model import Block, BlockKind, Citation, Due, Examination, Fact, Passage, Section, Statement
from generator.rights import (
    NOT_SHOWN,
    OF_EXAMINATIONS,
    OF_STATEMENTS,
    Withheld,
    files_about,
    findings,
    linked_document,
    statement,
    words,
)
from generator.text.source import Location, Span

MARK = "zquorl"
HIDDEN = f"""{MARK} press of the invented summaries

<!-- {MARK} -->

# STATE PARTY EXAMINATION OF FREEDONIA’S THIRD AND FOURTH PERIODIC REPORT

102<sup>ND</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD{"  "}
25<sup>TH</sup> MAY 2026 {MARK}

## Content

Opening Comments........... 1
{MARK.capitalize()} Measures........... 2

*Freedonia ratified the Convention on the Rights of the Child (CRC) on 3 March 1993 in {MARK} town.*

## Opening Comments on {MARK}

The delegation of Freedonia was led by Ms. Philippa Wrenfield, Minister of {MARK.capitalize()} Affairs. She was \
supported by a delegation of representatives from the Ministry of {MARK.capitalize()} and the Ministry of Health.

Ms. Odile Marchbanks, the Country Rapporteur, thanked the delegation for its {MARK}.

Note: This report is written by the {MARK} society. It is neither official nor complete.

[www.{MARK}.org/invented](http://www.{MARK}.org/invented)

## General {MARK} Measures

### ***Deeper {MARK}***

The Committee was concerned about {MARK} in schools. The delegation replied that the {MARK} of the concern about \
{MARK} had been counted under article 12 of the {MARK.capitalize()} Act. Mr. {MARK.capitalize()} Bramble asked why the \
{MARK} of girls had not been heard. The Committee recommended that the State party forbid {MARK} by June 2029, as the \
Committee’s general comment No. 13 on {MARK} says. The delegation stated that it would end {MARK} by the end of 2027.

The author finds that {MARK} was passed over. Some {MARK} were told nothing at all.[^1]

| {MARK} | table |
| --- | --- |
| {MARK} | cell |

> {MARK} in a quote

![{MARK}](figure-{MARK}.png "{MARK}")

```
{MARK} in code
```

1 See the {MARK} paper.

[^1]: A note on {MARK}.
"""
CORRECTIONS = f"""format: corrections/1
corrections:
- quote: "The Committee was concerned about {MARK} in schools."
  expect: {{kind: concern, speaker: committee}}
  set: {{kind: recommendation, speaker_name: "{MARK.capitalize()} Bramble"}}
  reason: It asks for something.
  date: 2026-10-01
- quote: "The delegation stated that it would end {MARK}"
  expect: {{kind: commitment, speaker: delegation}}
  set: {{due: "2028"}}
  reason: As decided.
  date: 2026-10-01
- quote: "Some {MARK} were told nothing at all."
  expect: {{kind: background, speaker: unattributed}}
  drop: true
  reason: Nobody says it.
  date: 2026-10-02
facts:
- fact: head
  expect: philippa-wrenfield
  set: Philippa Wren
  reason: A misprint.
  date: 2026-10-03
"""
# A document that its editor must look at is not published, and its findings quote it.
BROKEN = f"""format: corrections/1
corrections:
- quote: "No such {MARK} words are there"
  expect: {{kind: background, speaker: unattributed}}
  drop: true
  reason: It finds nothing.
"""
REVIEW = review(
    f"Open more {MARK} schools, as the {MARK} plan has it (Freedonia);",
    f"Keep the {MARK} register complete (Ruritania);",
    dialogue=f"6. Freedonia welcomed the {MARK} law. It recommended that Arcadia open more {MARK} schools.",
)
SOURCES = """format: sources/1
sources:
- {file: shown.md, kind: summary, publisher: One, source_text: full}
- {file: freedonia.md, kind: summary, publisher: Two, source_text: none}
- {file: broken.md, kind: summary, publisher: Two, source_text: none}
- {file: review.md, kind: un-report, publisher: Three, source_text: none}
"""
FILES = {
    "shown.md": report("ARCADIA"),
    "freedonia.md": HIDDEN,
    "review.md": REVIEW.replace("Minister of Justice", f"Minister of {MARK.capitalize()}"),
    "corrections/freedonia.yaml": CORRECTIONS,
    "broken.md": report("RURITANIA", f"The Committee was concerned about {MARK}."),
    "corrections/broken.yaml": BROKEN,
    "sources.yaml": SOURCES,
}


def leaks(folder: Path) -> list[str]:
    """The files in which the marker stands, in whatever letters, and the names that hold it."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), data.decode(errors="replace"))
        if MARK in text.lower() or MARK in path.name.lower():
            at = text.lower().find(MARK)
            found.append(f"{path.relative_to(folder)}: {text[max(0, at - 60) : at + 30]!r}")
    return found


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory, invented_vocabulary: Any) -> Stage:
    """Two documents of which nothing may be shown, beside one that is shown."""
    made = Stage(tmp_path_factory.mktemp("hidden"), invented_vocabulary)
    made.put(FILES)
    return made


@pytest.fixture(scope="module", params=["", "https://example.org/crc/"])
def site(request: pytest.FixtureRequest, hidden: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of them, whole, without a public address and with one."""
    publication = prepare(replace(hidden.project, site_url=request.param))
    folder = tmp_path_factory.mktemp("site") / "site"
    publication.write(Output(folder), plain_theme(publication, folder))
    return folder


def test_every_field_was_read(hidden: Stage) -> None:
    """Else nothing would be proved: the marker stands in what was read, in every field that can hold words."""
    reading = prepare(hidden.project).reading
    assert [Path(name).name for name in reading.withheld] == ["broken.md"]
    freedonia = next(one for one in reading.documents if one.stem == "freedonia")
    (facts,) = freedonia.examinations
    assert facts.key == "xfr-crc-102"
    # The editor corrected the name, and with it the post: the post as the source puts it is the review's.
    assert facts.delegation
    assert any(MARK in fact.text.lower() for fact in facts.delegation)
    said = freedonia.statements
    assert {"concern", "recommendation", "reply", "commitment", "question"} & {one.kind for one in said}
    assert all(MARK in one.text for one in said if one.kind == "concern")
    assert any(one.due for one in said)
    assert any(MARK in (cited.law or "").lower() for one in said for cited in one.cites)
    assert any(MARK in title for one in said for title in one.section.path)
    assert any(MARK in (one.speaker_name or "").lower() for one in said)
    head = next(one for one in reading.documents if one.stem == "review").examination.head
    assert head is not None
    assert MARK in head.of.lower()
    assert [one.code for one in reading.diagnostics if MARK in one.message.lower()]


def test_no_file_of_the_site_holds_it(site: Path) -> None:
    assert (site / "countries/xfr/crc-102/index.html").is_file()
    assert (site / "countries/xar/upr-90/index.html").is_file()
    assert leaks(site) == []


def test_no_file_of_the_bundle_holds_it(site: Path, tmp_path: Path) -> None:
    write_bundle(site, tmp_path / "bundle.zip", ())
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert (tmp_path / "unpacked/site/index.html").is_file()
    assert leaks(tmp_path / "unpacked") == []


def test_what_a_reviewer_is_shown_does_not_hold_it(hidden: Stage, site: Path) -> None:
    publication = prepare(hidden.project)
    reading = publication.reading
    told_of = findings(reading.diagnostics, reading.restricted)
    assert len(told_of) == len(reading.diagnostics)
    text = findings_as_text(told_of, LineFinder(hidden.folder, reading.restricted))
    assert text
    assert MARK not in text.lower()
    now = built_edition(publication, "now", "the sources", site, ())
    changes = compare(Edition("before", "nothing", [], diagnostics=()), now, None)
    for rendered in (render_text(changes), render_markdown(changes, ""), render_json(changes)):
        assert "xfr-crc-102" in rendered
        assert MARK not in rendered.lower()


def test_ids_counts_and_places_stay(hidden: Stage) -> None:
    reading = prepare(hidden.project).reading
    before, after = reading.gathered, reading.corpus
    assert [one.id for one in before.statements] == [one.id for one in after.statements]
    assert [one.statement.spans for one in before.statements] == [one.statement.spans for one in after.statements]
    assert [one.statement.themes for one in before.statements] == [one.statement.themes for one in after.statements]
    for path, document in before.linked.items():
        assert document.unanswered == after.linked[path].unanswered
        texts_ = [one.document.document.source for one in (document, after.linked[path])]
        lengths = [[len(text.line(n + 1).strip()) for n in range(text.line_count)] for text in texts_]
        assert lengths[0] == lengths[1]


def test_what_is_corrected_is_told_without_words(site: Path) -> None:
    text = (site / "about/corrections/index.html").read_text()
    assert text.count(NOT_SHOWN) == 3
    assert "As decided." in text
    assert "Philippa Wren" in text


def test_the_facts_stay_and_their_wording_goes(site: Path) -> None:
    text = (site / "countries/xar/upr-90/index.html").read_text()
    assert "Ignace Tillery" in text
    assert "Minister" not in text
    assert "A/HRC/99/7" in text


# --- the gate -----------------------------------------------------------------------------------------------------


def test_each_field_of_a_statement_is_decided() -> None:
    """A field that is added stays out until somebody says that it holds no words."""
    made_anew = {"text", "cue", "section", "speaker_name", "cites", "due", "notes"}
    undecided = {one.name for one in fields(Statement)} - set(OF_STATEMENTS) - made_anew
    assert undecided == set(), "add it to OF_STATEMENTS if it never holds words of the source"


def test_each_fact_is_decided() -> None:
    undecided = {one.name for one in fields(Examination)} - set(OF_EXAMINATIONS) - {"body", "mechanism", "delegation"}
    assert undecided == set(), "add it to OF_EXAMINATIONS if it establishes something"


def texts(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text that a value holds, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from texts(one, at)
    elif is_dataclass(value) and not isinstance(value, type):
        for slot in fields(value):
            yield from texts(getattr(value, slot.name), f"{at}.{slot.name}" if at else slot.name)


def marked_fact(name: str) -> Fact:
    return Fact("value", "A Name", f"words {name} {MARK}", "rule", (Span(1, 0, 1),), of=MARK)


def marked(source_text: str) -> LinkedDocument:
    """A document with the marker in every field that is not data."""
    held = examination(
        head=marked_fact("head"),
        rapporteurs=(marked_fact("rapporteur"),),
        delegation=(Fact(MARK, MARK, MARK, "rule", (Span(1, 0, 1),)),),
    )
    one = say(
        f"The Committee spoke of {MARK}.",
        cue=MARK,
        section=Section((MARK, f"deeper {MARK}"), 2, 3),
        speaker_name=f"A Name and {MARK}",
        cites=(Citation(None, MARK, "12", MARK), Citation("CRC", MARK)),
        due=Due("2029", "year", MARK),
    )
    read = told(one, facts=(held,), source_text=source_text)
    passage = Passage((), (), MARK, (), ())
    document = replace(
        read.document,
        blocks=(Block(BlockKind.PARAGRAPH, 1, 2),),
        sections=(Section((MARK,), 1, 1),),
        contents=(MARK,),
        title=passage,
        session_line=passage,
        furniture=((MARK, passage),),
    )
    read = replace(read, document=document)
    return LinkedDocument(read, tuple(link(read)))


def test_a_document_passes_without_words() -> None:
    before = marked("none")
    after = linked_document(before)
    assert {at for at, text in texts(before.document) if MARK in text}
    assert [(at, text) for at, text in (*texts(after.document), *texts(after.statements)) if MARK in text] == []
    (one,) = after.statements
    assert (one.statement.speaker_name, one.statement.due.date) == ("A Name", "2029")
    assert words(one.statement.text) is None
    assert one.statement.section.path == ("Section 1", "Section 1.1")
    assert one.statement is after.document.statements[0]
    assert linked_document(after).statements == after.statements


def test_a_document_that_may_be_shown_is_the_very_same() -> None:
    before = marked("full")
    assert linked_document(before) is before


def test_excerpts_keep_the_lines_of_statements_and_no_others() -> None:
    shown, hidden_ = "The Committee was concerned about quillfeathers.", "A line that no statement stands in."
    one = say(shown, spans=(Span(2, 0, len(shown)),))
    read = told(one, source_text="excerpts")
    source = type(read.document.source).from_str("a.md", f"{hidden_}\n{shown}\n")
    after = linked_document(LinkedDocument(replace(read, document=replace(read.document, source=source)), ()))
    text = after.document.document.source
    assert (text.line(2), "statement" in text.line(1)) == (shown, False)
    assert len(text.line(1)) == len(hidden_)
    assert after.document.excerpts == {2}
    assert after.document.statements == (one,)


def test_repeated_headings_stay_apart_and_nested_ones_together() -> None:
    names = [("A",), ("A", "B"), ("C",), ("A", "D"), ()]
    said = [say(f"Words {n}.", at=n, section=Section(path, len(path), n)) for n, path in enumerate(names)]
    read = told(*said, source_text="none")
    after = linked_document(LinkedDocument(read, tuple(link(read))))
    assert [one.statement.section.path for one in after.statements] == [
        ("Section 1",), ("Section 1", "Section 1.1"), ("Section 2",), ("Section 1", "Section 1.2"), ()
    ]  # fmt: skip


def test_a_statement_alone_passes_as_well() -> None:
    before = marked("none")
    alone = statement(before.statements[0].statement, before.document)
    assert isinstance(alone.text, Withheld)
    assert [text for _, text in texts(alone) if MARK in text] == []


def test_findings_elsewhere_keep_their_words() -> None:
    document = marked("none").document
    assert files_about(marked("full").document) == frozenset()
    names = files_about(document)
    about, other = (Diagnostic(Location(path, 3, 1), "L002", f"not {MARK}", MARK) for path in ("arcadia.md", "b.md"))
    found = findings((about, other), names)
    assert (MARK in repr(found[0]), found[1]) == (False, other)
    assert found[0].location == about.location
