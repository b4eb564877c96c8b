"""Which pages there are, where they stand, and what each may say."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from invented import EXCHANGE, examination, fact, report, say, told
from staging import shown

from generator.build import Publication
from generator.corpus import assemble
from generator.diagnostics import Diagnostic
from generator.model import Confidence, Due, Fact, Kind, ReadDocument, Section
from generator.pages import Page, Plan, plan
from generator.text.source import Location, Span

BOTH = (
    "STATE PARTY EXAMINATION OF FREEDONIA’S INITIAL REPORTS ON THE OPTIONAL PROTOCOL ON THE SALE OF CHILDREN, CHILD "
    "PROSTITUTION AND CHILD PORNOGRAPHY AND ON THE OPTIONAL PROTOCOL ON THE INVOLVEMENT OF CHILDREN IN ARMED CONFLICT"
)
SALE_ONLY = BOTH.split(" AND ON ")[0]
EXAMINATION = "countries/xar/crc-102/"


def page(planned: Publication | Plan, address: str) -> Page:
    pages = (planned.plan if isinstance(planned, Publication) else planned).pages
    (found,) = (one for one in pages if one.address == address)
    return found


def by_hand(vocabulary, *documents: ReadDocument) -> Plan:
    return plan(assemble(documents)[0], vocabulary)


def cards(planned: Publication | Plan, address: str = "countries/xar/crc-101/") -> list[tuple[list[str], str]]:
    """The words and the note of each dialogue card of an examination."""
    sections = [section for document in page(planned, address).view.documents for section in document.sections]
    return [([turn.text for turn in card.turns], card.note) for section in sections for card in section.cards]


def paths(publication: Publication) -> set[str]:
    return {one.address for one in publication.plan.pages}


# --- addresses ----------------------------------------------------------------------------------------------------


def test_addresses_of_the_invented_corpus(arcadia) -> None:
    by_theme = re.compile(r"(?:themes|concerns|recommendations)/.+")
    assert [one.address for one in arcadia.plan.pages if not by_theme.fullmatch(one.address)] == [
        "about/corrections/",
        "about/diagnostics/",
        "about/glossary/",
        "about/sources/",
        "commitments/",
        "concerns/",
        "countries/",
        "countries/xar/",
        "countries/xar/crc-101/",
        "countries/xar/crc-101/brief/",
        "countries/xar/crc-101/source/",
        "countries/xar/opsc-102/",
        "countries/xar/opsc-102/brief/",
        "countries/xar/opsc-102/source/",
        "countries/xfr/",
        "countries/xfr/opac-102/",
        "countries/xfr/opac-102/brief/",
        "countries/xfr/opac-102/source/",
        "countries/xru/",
        "countries/xru/crc-101/",
        "countries/xru/crc-101/brief/",
        "countries/xru/crc-101/source/",
        "data/",
        "people/",
        "people/bertrand-oakhollow/",
        "people/casimir-eddelrath/",
        "people/gwendolen-harrowgate-pim/",
        "people/odile-marchbanks/",
        "people/philippa-wrenfield/",
        "people/teodor-quillan/",
        "questions/",
        "recommendations/",
        "search/",
        "sessions/",
        "sessions/crc-101/",
        "sessions/crc-102/",
        "themes/",
        "treaties/",
        "treaties/crc/",
        "treaties/opac/",
        "treaties/opic/",
        "treaties/opsc/",
    ]


def test_every_address_is_plain_and_stands_once(arcadia) -> None:
    addresses = [one.address for one in arcadia.plan.pages]
    assert len(addresses) == len(set(addresses))
    assert addresses == sorted(addresses)
    assert [address for address in addresses if not re.fullmatch(r"(?:[a-z0-9-]+/)+", address)] == []


def test_a_theme_has_a_page_where_something_was_said_of_it(arcadia) -> None:
    statements = arcadia.reading.corpus.statements
    themes = {theme for one in statements for theme in one.statement.themes}
    assert {a.split("/")[1] for a in paths(arcadia) if re.match(r"themes/.", a)} == themes


def test_a_page_knows_its_part_of_the_site() -> None:
    one = Page("countries/lao/opsc-69/", "examination", "", "", None)
    assert (one.section, one.depth, one.shape) == ("countries", 3, "countries/3")
    assert replace(one, address="about/").shape == "about/1"


def test_an_empty_corpus_has_the_pages_that_the_navigation_names(stage) -> None:
    publication = stage.publish({})
    top = "about/corrections about/sources about/diagnostics commitments concerns countries data people questions"
    assert paths(publication) == {
        f"{name}/"
        for name in (
            *top.split(),
            *"about/glossary recommendations search sessions themes treaties".split(),
            *"crc opac opic opsc".split(),
        )
    } - {"crc/", "opac/", "opic/", "opsc/"} | {f"treaties/{name}/" for name in "crc opac opic opsc".split()}
    assert publication.plan.home.examinations == 0


def test_a_name_of_a_person_is_safe_in_an_address(stage) -> None:
    hostile = "Mr. Ålesund ../../etc Con, Minister of Finance"
    publication = stage.publish(
        {"a.md": report(led_by=hostile), "b.md": report("FREEDONIA", led_by="Ms. 李小明, Minister")}
    )
    people = {a for a in paths(publication) if re.match("people/.", a)}
    assert all(re.fullmatch(r"people/[a-z0-9-]+/", address) for address in people)


def test_two_documents_have_a_source_page_each(stage) -> None:
    other = report(body="The Committee asked about schools.")
    publication = stage.publish({"One Report (final).md": report(), "two.md": other})
    source = f"{EXAMINATION}source/"
    assert {a for a in paths(publication) if a.startswith(source)} == {
        source,
        f"{source}one-report-final/",
        f"{source}two/",
    }
    assert [link.text for link in page(publication, source).view.documents] == ["One Report (final)", "two"]


# --- sections and cards -------------------------------------------------------------------------------------------


def test_sections_stand_in_the_order_of_the_document(arcadia) -> None:
    (document,) = page(arcadia, "countries/xar/crc-101/").view.documents
    titles = [section.title for section in document.sections]
    assert titles[:6] == [
        "Before the first heading",
        "Opening Comments",
        "General Measures of Implementation",
        "Legislation and coordination",
        "Data collection",
        "Definition of the Child",
    ]
    levels = dict(zip(titles, (section.level for section in document.sections), strict=True))
    assert (levels["Opening Comments"], levels["Data collection"]) == (0, 1)


def test_sections_of_one_name_under_two_headings_have_places_of_their_own(invented_vocabulary) -> None:
    sections = [Section(path, len(path), n) for n, path in enumerate([("A", "Data"), ("B", "Data")])]
    statements = [say(f"S{n}", section=section, at=n) for n, section in enumerate(sections)]
    (document,) = page(by_hand(invented_vocabulary, told(*statements)), "countries/xar/crc-101/").view.documents
    assert [(s.title, s.anchor, s.level, len(s.cards)) for s in document.sections] == [
        ("A", "section-a", 0, 0),
        ("Data", "section-data", 1, 1),
        ("B", "section-b", 0, 0),
        ("Data", "section-data-2", 1, 1),
    ]


def test_a_numbered_heading_does_not_take_the_place_of_another(invented_vocabulary) -> None:
    sections = [Section(path, len(path), n) for n, path in enumerate([("A", "Data"), ("B", "Data"), ("Data 2",)])]
    statements = [say(f"S{n}", section=section, at=n) for n, section in enumerate(sections)]
    (document,) = page(by_hand(invented_vocabulary, told(*statements)), "countries/xar/crc-101/").view.documents
    anchors = [section.anchor for section in document.sections]
    assert len(anchors) == len(set(anchors))


def test_two_headings_of_one_name_keep_their_order(invented_vocabulary) -> None:
    names = ("Prevention", "Protection", "Prevention")
    statements = [say(f"S{n}", section=Section((name,), 1, n), at=n) for n, name in enumerate(names)]
    planned = by_hand(invented_vocabulary, told(*statements))
    assert [words for words, _ in cards(planned)] == [["S0"], ["S1"], ["S2"]]


def test_a_part_of_a_chapter_stands_in_its_chapter(invented_vocabulary) -> None:
    there, between, part = (Section(path, len(path), n) for n, path in enumerate([("A",), ("B",), ("A", "Data")]))
    statements = [say(f"S{n}", section=section, at=n) for n, section in enumerate((there, between, part))]
    (document,) = page(by_hand(invented_vocabulary, told(*statements)), "countries/xar/crc-101/").view.documents
    assert [(section.title, section.level) for section in document.sections] == [
        ("A", 0),
        ("B", 0),
        ("A", 0),
        ("Data", 1),
    ]


@pytest.mark.parametrize(
    ("spoken", "note"),
    [
        ([("Q", "question")], "No answer is recorded in this summary."),
        ([("Q", "question"), ("R", "question")], "No answer is recorded in this summary."),
        ([("C", "concern")], "No reply is recorded in this summary."),
        ([("Q", "question"), ("C", "concern")], "No reply is recorded in this summary."),
        ([("Q", "question"), ("R", "reply")], ""),
        (
            [("Q", "question"), ("C", "concern"), ("R", "reply")],
            "2 statements come before one reply: it may answer any of them.",
        ),
        ([("P", "positive")], ""),
        ([("R", "reply")], ""),
        ([("B", "background")], ""),
    ],
)
def test_what_a_card_says_of_the_answer(invented_vocabulary, spoken, note) -> None:
    statements = [say(text, kind, at=(0, n)) for n, (text, kind) in enumerate(spoken)]
    assert cards(by_hand(invented_vocabulary, told(*statements))) == [([text for text, _ in spoken], note)]


def test_a_state_that_speaks_further_on_has_not_been_silent(invented_vocabulary) -> None:
    statements = [say("Q", "question", at=0), say("P", "positive", at=1), say("R", "reply", at=2)]
    notes = [note for _, note in cards(by_hand(invented_vocabulary, told(*statements)))]
    assert notes == ["No answer follows directly; the State speaks further on under this heading.", "", ""]


def test_a_reply_to_several_may_answer_each(invented_vocabulary) -> None:
    spoken = [("Q", "question"), ("C", "concern"), ("R", "reply"), ("M", "commitment")]
    statements = [say(text, kind, at=(0, n)) for n, (text, kind) in enumerate(spoken)]
    planned = by_hand(invented_vocabulary, told(*statements))
    (card,) = page(planned, "countries/xar/crc-101/").view.documents[0].sections[0].cards
    assert [turn.reply_note for turn in card.turns] == ["", "", "may answer", "may answer"]
    assert card.answered


def test_a_reaction_is_said_to_be_one(invented_vocabulary) -> None:
    reply = say("The delegation said Y, yet the Committee pointed out X", "reply")
    reaction = say("the Committee pointed out X", embedded=True, rule="committee-pointed-out")
    planned = by_hand(invented_vocabulary, told(reply, reaction))
    (card,) = page(planned, "countries/xar/crc-101/").view.documents[0].sections[0].cards
    (turn,) = card.turns
    # Its words are in the sentence, so it has no card of its own that repeats them.
    assert [(one.reply_note, one.kind) for one in (turn, *turn.inside)] == [("", "reply"), ("in reaction", "concern")]
    assert [(part.text, part.kind) for part in turn.parts] == [
        ("The delegation said Y, yet ", ""),
        ("the Committee pointed out X", "concern"),
    ]
    assert card.note == ""


def test_the_author_is_never_shown_as_the_committee(invented_vocabulary) -> None:
    planned = by_hand(invented_vocabulary, told(say("A", speaker="author", confidence=Confidence.LOW)))
    (card,) = page(planned, "countries/xar/crc-101/").view.documents[0].sections[0].cards
    (turn,) = card.turns
    assert (turn.voice, turn.kind_label, turn.speaker) == ("author", "Author’s view", "The Author, not the Committee")
    (source,) = page(planned, "countries/xar/crc-101/").view.documents
    assert json.loads(source.data)["author"] == turn.speaker
    assert card.note == ""
    assert planned.home.tallies == ()


def test_the_author_of_a_digest_is_told_from_whom_it_digests(invented_vocabulary) -> None:
    """Reviews know no Committee."""
    planned = by_hand(invented_vocabulary, told(say("A", speaker="author"), kind="digest"))
    (card,) = page(planned, "countries/xar/crc-101/").view.documents[0].sections[0].cards
    assert [turn.speaker for turn in card.turns] == ["The Author, not the United Nations"]


# --- the source ---------------------------------------------------------------------------------------------------


def test_source_lines_are_cut_where_statements_begin_and_end(stage) -> None:
    publication = stage.publish({"a.md": report(body=EXCHANGE)})
    lines = {line.number: line for line in page(publication, f"{EXAMINATION}source/").view.lines}
    pieces = [(piece.text, piece.kind, bool(piece.id), bool(piece.place)) for piece in lines[12].pieces]
    assert pieces == [
        ("The Committee was concerned about the lack of data on trafficking.", "concern", True, True),
        (" ", "", False, False),
        ("The delegation replied that a register had been opened.", "reply", True, True),
    ]
    text = report(body=EXCHANGE).split("\n")
    assert ["".join(piece.text for piece in lines[n].pieces) for n in sorted(lines)] == text[:-1]


def test_a_statement_inside_another_is_cut_out_of_it(arcadia) -> None:
    for one in arcadia.plan.pages:
        if one.template == "source":
            pieces = [piece for line in one.view.lines for piece in line.pieces]
            assert all(piece.kind for piece in pieces if piece.id or piece.place or piece.anchors)
            # A statement has one anchor, and one link that leads to it.
            anchors = [id_ for piece in pieces for id_ in (piece.id, *piece.anchors) if id_]
            places = [piece.place.anchor for piece in pieces if piece.place]
            assert sorted(anchors) == sorted(set(anchors)) == sorted(set(places)) == sorted(places)


RIGHTS = "format: sources/1\nsources:\n- {file: a.md, kind: %s, publisher: Us, source_text: %s}\n"


def test_rights_to_excerpts_show_quoted_lines_only(stage) -> None:
    publication = stage.publish({"a.md": report(), "sources.yaml": RIGHTS % ("summary", "excerpts")})
    view = page(publication, f"{EXAMINATION}source/").view
    assert [line.number for line in view.lines] == [8, 12]
    assert view.shown.startswith("Only the lines that are quoted")


def test_without_rights_no_words_of_the_source_are_shown(stage) -> None:
    site, _ = stage.write({"a.md": report(), "sources.yaml": RIGHTS % ("summary", "none")})
    for path in site.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode(errors="replace")
            assert "register had been opened" not in text, path
            assert "lack of data" not in text, path


@pytest.mark.parametrize("shown", ["excerpts", "none"])
def test_no_link_leads_to_a_line_that_may_not_be_shown(stage, shown) -> None:
    _, check = stage.write({"a.md": report(), "sources.yaml": RIGHTS % ("summary", shown)})
    assert [str(diagnostic.message) for diagnostic in check.diagnostics] == []


def test_our_digest_is_shown_in_our_own_voice(stage) -> None:
    publication = stage.publish({"a.md": report(), "sources.yaml": RIGHTS % ("digest", "full")})
    (words, _) = cards(publication, EXAMINATION)[-1]
    assert words[-1] == "The delegation replied that a register had been opened."


# --- several documents, several treaties --------------------------------------------------------------------------


def test_sections_of_two_documents_have_places_of_their_own(stage) -> None:
    publication = stage.publish({"a.md": report(), "b.md": report(body="The Committee asked about schools.")})
    anchors = [s.anchor for document in page(publication, EXAMINATION).view.documents for s in document.sections]
    assert len(anchors) == len(set(anchors))


def test_what_one_document_answers_is_not_called_unanswered_because_of_another(invented_vocabulary) -> None:
    first = told(say("Q1", "question", at=1), say("R1", "reply", at=2), path="a.md")
    section = Section(("Elsewhere",), 1, 1)
    second = told(say("C", "positive", section=section, at=1), say("D", "positive", section=section, at=2), path="b.md")
    questions = page(by_hand(invented_vocabulary, first, second), "questions/").view
    assert [(part.title, [one.text for one in shown(part)]) for part in questions.parts] == [
        ("No answer is recorded", []),
        ("Followed by a reply", ["Q1"]),
    ]


def test_documents_with_similar_names_have_a_source_page_each(stage) -> None:
    publication = stage.publish({"a b.md": report(), "a-b.md": report(body="The Committee asked about schools.")})
    addresses = [one.address for one in publication.plan.pages]
    assert len(addresses) == len(set(addresses))


def test_documents_of_one_name_in_two_folders_are_kept_apart(stage) -> None:
    other = report(body="The Committee asked about schools.")
    publication = stage.publish({"sources/2025/x.md": report(), "sources/2026/x.md": other})
    view = page(publication, EXAMINATION).view
    shown = [turn.id for d in view.documents for s in d.sections for card in s.cards for turn in card.turns]
    assert len(shown) == len(set(shown))


def test_a_long_file_name_makes_no_address_too_long_for_a_stick(stage) -> None:
    long = "summary of the examination of the State party by the committee on the rights of the child in may"
    other = report(body="The Committee asked about schools.")
    publication = stage.publish({f"{long}.md": report(), "other.md": other})
    assert max(len(f"site/{one.address}index.html") for one in publication.plan.pages) <= 120


def test_one_document_for_two_treaties_is_shown_at_both(stage) -> None:
    publication = stage.publish({"a.md": report(title=BOTH)})
    sale, armed = (page(publication, f"countries/xfr/{name}-102/").view for name in ("opsc", "opac"))
    assert [link.address for link in sale.shared] == ["countries/xfr/opac-102/"]
    assert [link.address for link in armed.shared] == ["countries/xfr/opsc-102/"]
    assert armed.tallies == sale.tallies != ()


def test_a_sentence_of_one_treaty_is_shown_there_and_counted_once(stage) -> None:
    body = (
        "The Committee asked about training.\n\n## Recruitment into armed forces\n\n"
        "The Committee asked about volunteers.\n\n## Sale of children\n\nThe Committee asked about adoption."
    )
    publication = stage.publish({"a.md": report(title=BOTH, body=body)})
    asked = {
        name: [
            turn.text.rsplit(" ", 1)[-1]
            for d in page(publication, f"countries/xfr/{name}-102/").view.documents
            for s in d.sections
            for card in s.cards
            for turn in card.turns
            if turn.kind == "question"
        ]
        for name in ("opsc", "opac")
    }
    assert asked == {"opsc": ["training.", "adoption."], "opac": ["training.", "volunteers."]}
    country = page(publication, "countries/xfr/").view
    assert [one.text for one in country.tallies] == ["3 questions"]
    home = page(publication, "questions/").view
    assert sum(len(shown(part)) for part in home.parts) == 3


def test_a_document_for_one_treaty_is_not_shown_at_another(stage) -> None:
    sale_only = report(title=SALE_ONLY, body="The Committee asked about sales only.")
    publication = stage.publish({"both.md": report(title=BOTH), "sale.md": sale_only})
    armed = page(publication, "countries/xfr/opac-102/").view
    assert [document.name for document in armed.documents] == ["both"]


def test_a_session_is_not_silent_on_a_treaty_whose_words_stand_elsewhere(stage) -> None:
    view = page(stage.publish({"a.md": report(title=BOTH)}), "sessions/crc-102/").view
    rows = {link.text: sum(cell.number for cell in cells) for link, cells in view.grid}
    assert rows["Freedonia (OPAC)"] == rows["Freedonia (OPSC)"] > 0


def test_a_country_is_not_silent_on_a_treaty_whose_words_stand_elsewhere(stage) -> None:
    view = page(stage.publish({"a.md": report(title=BOTH)}), "countries/xfr/").view
    assert view.clusters
    for row in view.clusters:
        assert len(set(row.cells)) == 1, row.label


def test_earlier_and_later_examinations_of_a_state(arcadia) -> None:
    earlier, later = (page(arcadia, f"countries/xar/{name}/").view for name in ("crc-101", "opsc-102"))
    assert (earlier.previous, earlier.following.address) == (None, "countries/xar/opsc-102/")
    assert (later.previous.address, later.following) == ("countries/xar/crc-101/", None)


# --- places -------------------------------------------------------------------------------------------------------


def test_a_session_shows_what_was_not_talked_about(arcadia) -> None:
    view = page(arcadia, "sessions/crc-101/").view
    assert [link.text for link, _ in view.grid] == ["Arcadia (CRC)", "Ruritania (CRC)"]
    assert all(len(cells) == len(view.clusters) for _, cells in view.grid)
    assert any(cell.number == 0 for _, cells in view.grid for cell in cells)
    assert (view.dates, view.basis) == ("12 to 30 January 2026", "invented")


def test_the_author_is_not_counted_in_a_grid_even_where_sure(invented_vocabulary) -> None:
    confirmed = say("opinion", speaker="author", confidence=Confidence.HIGH, themes=("trafficking",))
    planned = by_hand(invented_vocabulary, told(confirmed))
    ((_, cells),) = page(planned, "sessions/crc-101/").view.grid
    assert sum(cell.number for cell in cells) == 0
    assert page(planned, "countries/xar/").view.themes == ()


def test_a_country_counts_by_theme_and_examination(arcadia) -> None:
    view = page(arcadia, "countries/xar/").view
    assert [one.examination.text for one in view.examinations] == ["OPSC, 102nd session", "CRC, 101st session"]
    themes = {link.address: number for row in view.clusters for link, number in row.themes}
    held = [one for one in arcadia.plan.views.by_theme.told_of["data-collection"] if one.examination.startswith("xar-")]
    assert themes["themes/data-collection/"] == sum(map(arcadia.plan.views.corpus.is_indexed, held)) > 0


def test_promises_with_a_date_come_first_and_by_date(invented_vocabulary) -> None:
    def promise(text: str, date: str = "") -> object:
        return say(text, "commitment", due=Due(date, "year", f"by {date}") if date else None, at=int(text))

    document = told(promise("1"), promise("2", "2030"), promise("3"), promise("4", "2027-06"))
    planned = by_hand(invented_vocabulary, document)
    dated, undated = page(planned, "commitments/").view.parts
    assert [one.text for one in shown(dated)] == ["4", "2"]
    assert [one.text for one in shown(undated)] == ["1", "3"]
    assert [one.text for one in shown(page(planned, "countries/xar/").view.parts[0])] == ["4", "2", "1", "3"]
    assert [one.due for one in shown(dated)] == ["due by 2027-06", "due by 2030"]


def test_questions_without_an_answer_come_first(invented_vocabulary) -> None:
    there, here = Section(("A",), 1, 1), Section(("B",), 1, 2)
    document = told(
        say("Q1", "question", section=there),
        say("R", "reply", section=there, at=1),
        say("Q2", "question", section=here, at=2),
    )
    planned = by_hand(invented_vocabulary, document)
    no_answer, answered = page(planned, "questions/").view.parts
    assert [one.text for one in shown(no_answer)] == ["Q2"]
    assert [one.text for one in shown(answered)] == ["Q1"]
    assert [one.text for one in shown(page(planned, "countries/xar/").view.parts[1])] == ["Q2"]


def test_an_index_says_what_it_leaves_out(invented_vocabulary) -> None:
    document = told(
        say("sure"), say("author", speaker="author", at=1), say("doubtful", confidence=Confidence.LOW, at=2)
    )
    view = page(by_hand(invented_vocabulary, document), "concerns/").view
    assert (view.total, view.statements) == (1, 3)
    assert view.left_out.startswith("Left out: 2 concerns without a named speaker or in the author’s own voice")
    whole = page(by_hand(invented_vocabulary, told(say("sure"))), "concerns/").view
    assert whole.left_out.startswith("Nothing is left out")


def test_what_has_no_theme_can_be_found_too(invented_vocabulary) -> None:
    planned = by_hand(invented_vocabulary, told(say("no theme"), say("theme", themes=("trafficking",), at=1)))
    view = page(planned, "concerns/without-theme/").view
    assert [one.text for group in view.states for one in shown(group)] == ["no theme"]
    assert view.others.address == "concerns/"


def test_people_have_pages_for_their_public_roles(arcadia) -> None:
    view = page(arcadia, "people/odile-marchbanks/").view
    assert {(role.role, role.examination.address) for role in view.roles} >= {
        ("Country Rapporteur", "countries/xar/crc-101/"),
        ("Country Rapporteur", "countries/xfr/opac-102/"),
    }
    assert view.nominated_by.address == "countries/xru/"
    assert view.known
    head = page(arcadia, "people/philippa-wrenfield/").view
    assert [role.role for role in head.roles] == ["Head of delegation"]
    assert not head.known
    named = [[(link.text, link.address) for link in one.people] for one in shown(head.parts[0])]
    assert named == [[("Philippa Wrenfield", "people/philippa-wrenfield/")]] * len(named) != []


def test_a_statement_stands_once_on_the_page_of_its_speaker(invented_vocabulary) -> None:
    facts = (examination(head=fact("Ann Smith"), rapporteurs=(fact("Ann Smith"),)),)
    planned = by_hand(invented_vocabulary, told(say("x", speaker_name="Ann Smith"), facts=facts))
    assert [one.text for one in shown(page(planned, "people/ann-smith/").view.parts[0])] == ["x"]


def test_somebody_without_a_public_role_has_no_page(invented_vocabulary) -> None:
    planned = by_hand(invented_vocabulary, told(say("x", speaker_name="Bo Li")))
    assert [one.address for one in planned.pages if one.template == "person"] == []
    (card,) = page(planned, "countries/xar/crc-101/").view.documents[0].sections[0].cards
    assert [(link.text, link.address) for link in card.turns[0].people] == [("Bo Li", "")]


def test_a_head_of_delegation_and_a_member_of_one_name_are_two(invented_vocabulary) -> None:
    member = fact("teodor-quillan", "Teodor Quillan")
    head = Fact("teodor-quillan", "Teodor Quillan", "Teodor Quillan", "by-hand", (Span(1, 0, 1),), of="Minister")
    facts = (examination("XAR", head=head, rapporteurs=(member,)),)
    planned = by_hand(invented_vocabulary, told(facts=facts))
    pages = [found for found in planned.pages if found.template == "person"]
    assert [len({role.role for role in found.view.roles}) for found in pages] == [1, 1]


def test_two_people_are_not_made_one(invented_vocabulary) -> None:
    one = told(path="a.md", facts=(examination("XAR", head=fact("José Pérez")),))
    other = told(path="b.md", facts=(examination("XFR", head=fact("Jose Perez")),))
    planned = by_hand(invented_vocabulary, one, other)
    pages = [found for found in planned.pages if found.address.startswith("people/") and found.template == "person"]
    assert [len({role.state.text for role in found.view.roles}) for found in pages] == [1, 1]


def test_symbols_of_official_records_are_built_by_rule(arcadia) -> None:
    # Lists of issues of so late a session have symbols of another form.
    assert [(one.name, one.symbol) for one in page(arcadia, "countries/xar/crc-101/").view.records] == [
        ("Concluding observations", "CRC/C/XAR/CO/3-4"),
        ("State party report", "CRC/C/XAR/3-4"),
    ]
    assert page(arcadia, "countries/xfr/opac-102/").view.records[0].symbol == "CRC/C/OPAC/XFR/CO/1"


def test_diagnostics_are_counted_by_rule(invented_vocabulary) -> None:
    found = [Diagnostic(Location("a.md", 1, 1), code, "m") for code in ("R005", "P001", "P001")]
    view = page(plan(assemble([])[0], invented_vocabulary, found), "about/diagnostics/").view
    counts = {rule.code: number for rule, number in view.rules}
    assert (counts["P001"], counts["R005"], counts["S001"], view.findings) == (2, 1, 0, 3)


def test_the_register_names_each_source_with_its_rights(arcadia) -> None:
    rows = {row.name: row for row in page(arcadia, "about/sources/").view.rows}
    assert len(rows) == 4
    row = rows["arcadia-crc-101.md"]
    assert (row.holder, row.terms, row.date) == ("nobody (invented)", "CC0-1.0", "2026-02-20")
    assert row.source.address == "countries/xar/crc-101/source/"


def test_home_counts_what_each_way_leads_to(arcadia) -> None:
    home, corpus = arcadia.plan.home, arcadia.plan.views.corpus
    counts = {way.to.address: way.count for way in home.ways}
    assert counts["countries/"] == str(len(corpus.by_state))
    assert counts["concerns/"] == str(sum(1 for _ in corpus.indexed(Kind.CONCERN)))
    assert counts["people/"] == ""
    assert counts.keys() <= {one.address for one in arcadia.plan.pages}


def test_home_shows_an_exchange_by_way_of_example(invented_vocabulary) -> None:
    concern, reply = say("The Committee was worried."), say("It had acted.", "reply", "delegation", at=1)
    example = plan(assemble([told(concern, reply)])[0], invented_vocabulary).home.example
    assert (example.asked.text, example.answered.text) == (concern.text, reply.text)
    assert plan(assemble([told(concern)])[0], invented_vocabulary).home.example is None
    long = say("It had acted. " * 50, "reply", "delegation", at=1)
    assert plan(assemble([told(concern, long)])[0], invented_vocabulary).home.example is None


def test_home_shows_the_latest_first(arcadia) -> None:
    home = arcadia.plan.home
    assert [one.examination.address for one in home.latest] == [
        "countries/xfr/opac-102/",
        "countries/xar/opsc-102/",
        "countries/xru/crc-101/",
        "countries/xar/crc-101/",
    ]
    assert (home.documents, home.examinations, home.states) == (4, 4, 3)
    assert home.statements == sum(tally.number for tally in home.tallies)


def test_a_theme_shows_what_is_broader_and_narrower(invented_vocabulary) -> None:
    said = (say("one", themes=("trafficking",)), say("two", themes=("trafficking-in-persons",), at=1))
    planned = by_hand(invented_vocabulary, told(*said))
    exact, general = (page(planned, f"themes/{id_}/").view for id_ in ("trafficking", "trafficking-in-persons"))
    assert [link.address for link in exact.broader] == ["themes/trafficking-in-persons/"]
    assert [link.address for link in general.narrower] == ["themes/trafficking/"]
    assert (exact.narrower, general.broader) == ((), ())


def test_articles_of_treaties_without_a_page_are_no_links(invented_vocabulary) -> None:
    planned = by_hand(invented_vocabulary, told(say("one", themes=("death-penalty",))))
    articles = page(planned, "themes/death-penalty/").view.articles
    assert [(link is not None, treaty) for link, treaty, _ in articles] == [(False, "ICCPR"), (True, "CRC")]


def test_a_session_shows_other_clusters_only_where_something_was_said_of_them(invented_vocabulary) -> None:
    own = [cluster.label for cluster in invented_vocabulary.clusters.values() if cluster.body == "CRC"]
    for theme, more in (("trafficking", []), ("elections", ["Civil and political rights"])):
        planned = by_hand(invented_vocabulary, told(say("one", themes=(theme,))))
        (view,) = (one.view for one in planned.pages if re.fullmatch(r"sessions/.+/", one.address))
        assert list(view.clusters) == [*own, *more]
