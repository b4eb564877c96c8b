"""The editor's last word: applied last, anchored by words, stale when it no longer fits, never in the source."""

from __future__ import annotations

import pytest
from invented import report
from staging import Stage

from generator.diagnostics import Diagnostic
from generator.model import ReadDocument

BODY = (
    "The Committee was concerned about the lack of data on trafficking. The delegation replied that a register had "
    "been opened. The State party should hire inspectors, and it asked how many there were."
)
CONCERN = "The Committee was concerned about the lack of data on trafficking."
REPLY = "The delegation replied that a register had been opened."


class Correcting:
    """One invented report with a corrections file beside it."""

    def __init__(self, stage: Stage, body: str = BODY) -> None:
        self._stage, self.text = stage, report(body=body)

    def __call__(
        self, entries: str, *, facts: str = "", accepted: str = "", text: str | bytes = ""
    ) -> ReadDocument | None:
        lists = {"corrections": entries, "facts": facts, "accepted": accepted}
        yaml = "format: corrections/1\n" + "".join(f"{name}:\n{found}" for name, found in lists.items() if found)
        self._stage.put({"corrections/a.yaml": yaml})
        publication = self._stage.publish({"a.md": text or self.text})
        self.diagnostics: list[Diagnostic] = [d for d in publication.reading.diagnostics if d.code != "D003"]
        self.publication = publication
        return publication.reading.documents[0] if publication.reading.documents else None

    @property
    def findings(self) -> list[tuple[str, str]]:
        """Code and place of what was found."""
        return [(d.code, f"{d.location.path.rsplit('/', 1)[-1]}:{d.location.line}") for d in self.diagnostics]


@pytest.fixture
def correcting(stage: Stage) -> Correcting:
    return Correcting(stage)


def statement(document: ReadDocument, begins: str):
    (found,) = (one for one in document.statements if one.text.startswith(begins))
    return found


# --- set, confirm, drop -------------------------------------------------------------------------------------------


def test_set_changes_what_it_names_and_says_why(correcting) -> None:
    document = correcting(
        "- quote: The Committee was concerned about\n"
        "  expect: {kind: concern, speaker: committee}\n"
        "  set: {kind: question, speaker: author, speaker_name: Ann, themes: [trafficking], groups: []}\n"
        "  reason: I was there.\n"
    )
    one = statement(document, "The Committee was")
    assert (one.kind, one.speaker, one.speaker_name, one.themes, one.groups) == (
        "question",
        "author",
        "Ann",
        ("trafficking",),
        (),
    )
    assert (one.confidence, one.reviewed, one.correction, one.alternatives) == ("high", True, "I was there.", ())
    assert (one.text, one.spans[0].line) == (CONCERN, 12)
    assert correcting.findings == []


def test_set_leaves_the_others_alone(correcting) -> None:
    before = correcting("")
    after = correcting("- {quote: The delegation replied, expect: {kind: reply}, set: {themes: []}, reason: r}\n")
    assert [a for a, b in zip(before.statements, after.statements, strict=True) if a != b] == [statement(before, REPLY)]


def test_a_corrected_statement_keeps_its_address(correcting) -> None:
    correcting("")
    before = [one.id for one in correcting.publication.reading.corpus.statements]
    correcting("- {quote: The delegation replied, expect: {}, set: {kind: commitment}, reason: r}\n")
    assert [one.id for one in correcting.publication.reading.corpus.statements] == before


def test_the_page_says_that_it_was_corrected(correcting) -> None:
    correcting("- {quote: The delegation replied, expect: {}, set: {kind: commitment}, reason: 'Because <b>.'}\n")
    page = next(p for p in correcting.publication.plan.pages if p.template == "examination")
    assert "Corrected by the editor: Because &lt;b&gt;." in correcting.publication.renderer.content(page)


def test_a_due_date_is_written_as_one_writes_it(correcting) -> None:
    entry = "- {quote: The delegation replied, expect: {}, set: {kind: commitment, due: %s}, reason: r}\n"
    due = statement(correcting(entry % "mid-2027"), REPLY).due
    assert (due.date, due.precision, due.text) == ("2027-06", "half-year", "mid-2027")
    assert correcting(entry % "someday") is None
    assert correcting.findings == [("D002", "a.yaml:3")]


def test_a_change_of_kind_takes_what_belonged_to_the_old_kind(stage) -> None:
    correcting = Correcting(stage, "The government plans to open a school by 2027.")
    assert statement(correcting(""), "The government").due is not None
    entry = "- {quote: The government plans, expect: {kind: commitment}, set: {kind: reply}, reason: r}\n"
    assert statement(correcting(entry), "The government").due is None


def test_confirm_settles_what_was_doubtful(correcting) -> None:
    document = correcting("- {quote: The State party should, expect: {}, confirm: true, reason: r}\n")
    one = statement(document, "The State party should")
    assert (one.reviewed, one.confidence, one.alternatives, one.correction) == (True, "high", (), None)


def test_drop_removes_a_statement_and_its_mark(correcting) -> None:
    document = correcting("- {quote: The delegation replied, expect: {kind: reply}, drop: true, reason: r}\n")
    assert REPLY not in [one.text for one in document.statements]
    source = next(p for p in correcting.publication.plan.pages if p.template == "source")
    pieces = [piece for line in source.view.lines for piece in line.pieces if REPLY in piece.text]
    assert [(piece.kind, piece.id, piece.place) for piece in pieces] == [("", "", None)]


# --- where it points ----------------------------------------------------------------------------------------------


def test_a_quote_may_be_written_as_the_source_or_as_the_page(stage) -> None:
    correcting = Correcting(stage, "The *delegation* replied that 5<sup>th</sup> graders &amp; others were heard.")
    for quote in ("The *delegation* replied that 5<sup>th</sup>", "The delegation replied that 5th graders & others"):
        document = correcting(f"- {{quote: '{quote}', expect: {{}}, drop: true, reason: r}}\n")
        assert "The delegation" not in [one.text[:14] for one in document.statements if "5th" in one.text]
        assert correcting.findings == []


THREE = "The Committee asked about visits.\n\nThe Committee asked about visits.\n\nThe Committee asked about visits."


@pytest.mark.parametrize("occurrence", [1, 2, 3])
def test_occurrence_counts_statements_that_begin_alike(stage, occurrence) -> None:
    document = Correcting(stage, THREE)(
        f"- {{quote: The Committee asked, occurrence: {occurrence}, expect: {{}}, set: {{kind: concern}}, reason: r}}\n"
    )
    changed = [n for n, one in enumerate(s for s in document.statements if "visits" in s.text) if one.kind == "concern"]
    assert changed == [occurrence - 1]


def test_an_occurrence_that_is_not_there_is_stale(stage) -> None:
    correcting = Correcting(stage, THREE)
    entry = "- {quote: The Committee asked, occurrence: 4, expect: {}, drop: true, reason: r}\n"
    assert correcting(entry) is None
    assert correcting.findings == [("C001", "a.yaml:3")]


def test_occurrence_does_not_depend_on_corrections_before(stage) -> None:
    correcting = Correcting(stage, THREE)
    drop = "- {quote: The Committee asked, occurrence: 1, expect: {}, drop: true, reason: r}\n"
    last = "- {quote: The Committee asked, occurrence: 3, expect: {}, set: {kind: concern}, reason: r}\n"
    document = correcting(drop + last)
    assert correcting.findings == []
    assert [one.kind for one in document.statements if "visits" in one.text] == ["question", "concern"]


@pytest.mark.parametrize("quote", ["The Committee asked", "Nothing like this"])
@pytest.mark.parametrize("occurrence", [0, -1])
def test_an_occurrence_counts_from_one(stage, occurrence, quote) -> None:
    correcting = Correcting(stage, THREE)
    correcting(f"- {{quote: {quote}, occurrence: {occurrence}, expect: {{}}, drop: true, reason: r}}\n")
    assert [code for code, _ in correcting.findings] == ["D002"]


# --- stale and superfluous ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("quote: Words nobody said, expect: {}", "no statement begins with 'Words nobody said'"),
        ("quote: lack of data on trafficking, expect: {}", "no statement begins with 'lack of data on trafficking'"),
        (
            "quote: The Committee was, expect: {kind: question}",
            "expected kind 'question', but the program now reads 'concern'",
        ),
        (
            "quote: The Committee was, expect: {speaker: state}",
            "expected speaker 'state', but the program now reads 'committee'",
        ),
    ],
)
def test_what_no_longer_fits_is_stale_and_withholds_the_document(correcting, entry, message) -> None:
    assert correcting(f"- {{{entry}, set: {{kind: positive}}, reason: r}}\n") is None
    assert [(d.code, d.message) for d in correcting.diagnostics] == [("C001", message)]
    assert correcting.findings == [("C001", "a.yaml:3")]


def test_what_changes_nothing_is_superfluous(correcting) -> None:
    document = correcting("- {quote: The delegation replied, expect: {kind: reply}, set: {kind: reply}, reason: r}\n")
    assert correcting.findings == [("C002", "a.yaml:3")]
    assert not statement(document, REPLY).reviewed


def test_a_second_correction_expects_what_the_program_read(correcting) -> None:
    first = "- {quote: The delegation replied, expect: {kind: reply}, set: {kind: commitment}, reason: r}\n"
    second = "- {quote: The delegation replied, expect: {kind: %s}, set: {themes: []}, reason: s}\n"
    one = statement(correcting(first + second % "reply"), REPLY)
    assert (one.kind, one.themes, one.correction) == ("commitment", (), "s")
    assert correcting(first + second % "commitment") is None
    assert correcting.findings == [("C001", "a.yaml:4")]


def test_a_statement_that_was_taken_away_cannot_be_corrected_again(correcting) -> None:
    drop = "- {quote: The delegation replied, expect: {}, drop: true, reason: r}\n"
    assert correcting(drop + drop) is None
    assert [(d.code, d.message) for d in correcting.diagnostics] == [
        ("C001", "another correction took this statement away")
    ]


def test_what_was_merged_can_be_set(correcting) -> None:
    merge = "- {quote: The Committee was concerned, expect: {kind: concern}, merge: 2, reason: r}\n"
    change = "- {quote: The Committee was concerned, expect: {kind: concern}, set: {kind: positive}, reason: s}\n"
    one = statement(correcting(merge + change), CONCERN)
    assert (one.kind, one.text) == ("positive", f"{CONCERN} {REPLY}")


def test_a_corrections_file_without_a_source_is_stale(stage) -> None:
    entry = "- {quote: The delegation replied, expect: {}, drop: true, reason: r}\n"
    stage.put({"corrections/renamed.yaml": f"format: corrections/1\ncorrections:\n{entry}"})
    publication = stage.publish({"a.md": report()})
    assert "C001" in {d.code for d in publication.reading.diagnostics}


# --- split, merge, add --------------------------------------------------------------------------------------------


def test_split_makes_statements_of_the_parts(correcting) -> None:
    document = correcting(
        "- quote: The State party should\n  expect: {}\n  reason: r\n"
        "  split:\n  - {at: 'it asked how many', kind: question, speaker: committee}\n"
    )
    parts = [one for one in document.statements if one.text[:5] in ("The S", "it as")]
    assert [(one.text, one.reviewed) for one in parts] == [
        ("The State party should hire inspectors, and", True),
        ("it asked how many there were.", True),
    ]
    assert (parts[1].kind, parts[1].speaker) == ("question", "committee")
    for one in parts:
        assert document.document.source.quote(one.spans) == one.text


def test_a_split_at_words_that_are_not_there_is_stale(correcting) -> None:
    assert (
        correcting("- {quote: The delegation replied, expect: {}, split: [{at: no such words}], reason: r}\n") is None
    )
    assert correcting.findings == [("C001", "a.yaml:3")]


def test_merge_joins_statements_of_a_paragraph(correcting) -> None:
    document = correcting("- {quote: The Committee was concerned, expect: {}, merge: 2, reason: r}\n")
    one = statement(document, "The Committee was")
    assert one.text == f"{CONCERN} {REPLY}"
    assert document.document.source.quote(one.spans) == one.text
    assert REPLY not in [other.text for other in document.statements]


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_merge_of_what_is_not_together_is_stale(correcting, number) -> None:
    assert correcting(f"- {{quote: The Committee was concerned, expect: {{}}, merge: {number}, reason: r}}\n") is None
    assert [code for code, _ in correcting.findings] == ["C001"]


def test_add_makes_a_statement_of_words_in_the_source(correcting) -> None:
    document = correcting("- {quote: the lack of data, add: {kind: concern, speaker: committee}, reason: r}\n")
    one = statement(document, "the lack of data")
    assert (one.kind, one.speaker, one.rule, one.embedded, one.reviewed) == (
        "concern",
        "committee",
        "correction",
        True,
        True,
    )
    assert document.document.source.quote(one.spans) == one.text
    assert correcting.findings == []


@pytest.mark.parametrize("quote", ["words that nobody said", REPLY])
def test_add_needs_words_that_are_there_and_no_statement_yet(correcting, quote) -> None:
    assert correcting(f"- {{quote: '{quote}', add: {{kind: reply, speaker: state}}, reason: r}}\n") is None
    assert correcting.findings == [("C001", "a.yaml:3")]


# --- facts --------------------------------------------------------------------------------------------------------


def test_a_corrected_fact_is_shown_as_corrected_with_its_reason(correcting) -> None:
    document = correcting(
        "", facts="- {fact: date, expect: '2026-05-25', set: '2026-05-26', reason: The record says so.}\n"
    )
    date = document.examination.date
    assert (date.value, date.name, date.status, date.text, date.spans) == (
        "2026-05-26",
        "26 May 2026",
        "corrected",
        "The record says so.",
        (),
    )
    page = next(p for p in correcting.publication.plan.pages if p.template == "examination")
    assert "Corrected by the editor: The record says so." in correcting.publication.renderer.content(page)


def test_a_corrected_state_files_the_examination_elsewhere(stage) -> None:
    correcting = Correcting(stage)
    misspelt = report("ARCADJA")
    assert correcting("", text=misspelt) is None
    document = correcting("", facts="- {fact: state, expect: null, set: XAR, reason: Misspelt.}\n", text=misspelt)
    assert document.examination.key == "xar-crc-102"
    assert correcting.findings == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{fact: state, expect: XFR, set: XSY, reason: r}", "C001"),
        ("{fact: state, expect: XAR, set: XAR, reason: r}", "C002"),
        ("{fact: state, expect: XAR, set: NOWHERE, reason: r}", "D002"),
        ("{fact: treaty, expect: CRC, set: CEDAW, reason: r}", "D002"),
        ("{fact: session, expect: '102', set: spring, reason: r}", "D002"),
        ("{fact: date, expect: '2026-05-25', set: May 2026, reason: r}", "D002"),
        ("{fact: weather, expect: null, set: fine, reason: r}", "D002"),
        ("{fact: date, set: '2026-05-26', reason: r}", "D002"),
    ],
)
def test_a_correction_of_a_fact_is_checked(correcting, entry, code) -> None:
    correcting("", facts=f"- {entry}\n")
    assert [found for found, _ in correcting.findings] == [code]


def test_a_corrected_head_of_delegation_has_a_page(correcting) -> None:
    facts = "- {fact: head, expect: ignace-tillery, set: Ann Smith, reason: Misheard.}\n"
    assert correcting("", facts=facts) is not None
    assert "people/ann-smith/" in {page.address for page in correcting.publication.plan.pages}


BOTH = (
    "STATE PARTY EXAMINATION OF ARCADIA’S INITIAL REPORTS ON THE OPTIONAL PROTOCOL ON THE SALE OF CHILDREN, CHILD "
    "PROSTITUTION AND CHILD PORNOGRAPHY AND ON THE OPTIONAL PROTOCOL ON THE INVOLVEMENT OF CHILDREN IN ARMED "
    "CONFLICT"
)


def test_a_fact_of_a_document_for_two_treaties_is_corrected_in_both(correcting) -> None:
    facts = "- {fact: session, expect: '102', set: '101', reason: r}\n"
    correcting("", facts=facts, text=report(title=BOTH))
    assert list(correcting.publication.reading.corpus.examinations) == ["xar-opac-101", "xar-opsc-101"]


def test_a_corrected_treaty_of_a_document_for_two_leaves_the_other(correcting) -> None:
    facts = "- {fact: treaty, expect: OPSC, set: CRC, reason: r}\n"
    correcting("", facts=facts, text=report(title=BOTH))
    assert list(correcting.publication.reading.corpus.examinations) == ["xar-crc-102", "xar-opac-102"]


# --- accepted findings --------------------------------------------------------------------------------------------


def test_a_finding_can_be_accepted(stage) -> None:
    correcting = Correcting(stage)
    other = report().replace("25<sup>TH</sup> MAY 2026", "11 – 29 MAY 2026")
    correcting("", text=other)
    assert [code for code, _ in correcting.findings] == ["R005"]
    correcting("", accepted="- {code: R005, reason: Nobody knows.}\n", text=other)
    assert correcting.findings == []


def test_an_accepted_finding_that_is_not_found_is_superfluous(correcting) -> None:
    assert correcting("", accepted="- {code: R005, quote: MAY 2026, reason: r}\n") is not None
    assert correcting.findings == [("C002", "a.yaml:3")]


def test_an_error_cannot_be_accepted(stage) -> None:
    correcting = Correcting(stage)
    assert correcting("", accepted="- {code: R001, reason: r}\n", text=report("ARCADJA")) is None
    assert sorted(code for code, _ in correcting.findings) == ["C002", "R001"]


# --- the file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("", "a.yaml:1:1 D002 the key 'format' is missing"),
        ("format: corrections/9\n", "a.yaml:1:9 D002 found 'corrections/9', expected 'corrections/1'"),
        ("format: corrections/1\ncorrection: []\n", "a.yaml:2:13 D002 unknown key 'correction'"),
        ("format: corrections/1\ncorrections:\n- {quote: x\n", "a.yaml:4:1 D001 did not find expected ',' or '}'"),
        ("- x\n", "a.yaml:1:1 D002 found a list, expected a mapping"),
    ],
)
def test_a_broken_file_is_named_with_its_place(stage, yaml, place) -> None:
    stage.put({"corrections/a.yaml": yaml})
    publication = stage.publish({"a.md": report()})
    (found,) = (d for d in publication.reading.diagnostics if d.code in ("D001", "D002"))
    assert f"{str(found.location).rsplit('/', 1)[1]} {found.code} {found.message}" == place
    assert publication.reading.documents == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("expect: {}, drop: true, reason: r", "the key 'quote' is missing"),
        ("quote: The delegation, drop: true, reason: r", "the key 'expect' is missing"),
        ("quote: The delegation, expect: {}, drop: true", "the key 'reason' is missing"),
        ("quote: The delegation, expect: {}, reason: r", "a correction does one of"),
        ("quote: The delegation, expect: {}, drop: true, merge: 2, reason: r", "a correction does one of"),
        ("quote: The delegation, expect: {}, drop: false, reason: r", "found 'false', expected true"),
        ("quote: The delegation, expect: {}, drop: yes, reason: r", "found 'yes', expected true or false"),
        ("quote: The, expect: {}, drop: true, reason: r", "'The' is too short"),
        ("quote: '', expect: {}, drop: true, reason: r", "'' is too short"),
        ("quote: [The delegation], expect: {}, drop: true, reason: r", "found a list, expected text"),
        ("quote: The delegation, expect: {kid: reply}, drop: true, reason: r", "unknown key 'kid'"),
        (
            "quote: The delegation, expect: {}, set: {kind: rumour}, reason: r",
            "found 'rumour', expected one of: concern",
        ),
        ("quote: The delegation, expect: {}, set: {speaker: me}, reason: r", "found 'me', expected one of: committee"),
        ("quote: The delegation, expect: {}, set: {themes: [trafic]}, reason: r", "found 'trafic', expected one of"),
        ("quote: The delegation, expect: {}, set: {text: other}, reason: r", "unknown key 'text'"),
        (
            "quote: The delegation, occurrence: two, expect: {}, drop: true, reason: r",
            "found 'two', expected a whole number",
        ),
        ("quote: The delegation, add: {kind: reply}, reason: r", "an added statement needs kind and speaker"),
        ("quote: The delegation, expect: {}, drop: true, reason: ''", "the reason is empty"),
        ("quote: The delegation, expect: {}, drop: true, reason: ' '", "the reason is empty"),
        ("quote: The delegation, expect: {}, set: {at: words, kind: positive}, reason: r", "unknown key 'at'"),
        (
            "quote: The delegation, occurrence: 0, expect: {}, drop: true, reason: r",
            "found 0, expected 1 for the first",
        ),
    ],
)
def test_a_wrong_entry_withholds_the_document(correcting, entry, message) -> None:
    assert correcting(f"- {{{entry}}}\n") is None
    assert correcting.findings == [("D002", "a.yaml:3")]
    assert correcting.diagnostics[0].message.startswith(message)


def test_the_source_is_never_changed(stage, correcting) -> None:
    correcting("- {quote: The delegation replied, expect: {}, set: {kind: commitment}, reason: r}\n")
    assert (stage.folder / "sources/a.md").read_text(encoding="utf-8") == correcting.text
