"""Every trap of the first report has a test that names its line (content/sources/lao-pdr-opsc-69.md)."""

from __future__ import annotations

import pytest

from generator.model import BlockKind, Disposition
from generator.text.source import Span


@pytest.fixture(scope="module")
def on(seed):
    """Line -> its statements as (kind, speaker, attribution, first words or embedded words)."""

    def found(line: int) -> list[tuple[str, str, str]]:
        return [
            (s.kind.value, s.speaker.value, s.attribution.value)
            for s in seed.statements
            if s.line == line and not s.embedded
        ]

    return found


def embedded(seed, line: int) -> list[tuple[str, str, str]]:
    return [(s.kind.value, s.speaker.value, s.text) for s in seed.statements if s.line == line and s.embedded]


def block_at(seed, line: int) -> tuple[str, str]:
    block = next(b for b in seed.document.blocks if b.first <= line <= b.last)
    return block.kind.value, block.rule


def beginning(seed, text: str):
    (found,) = [s for s in seed.statements if s.text.startswith(text)]
    return found


def test_lines_1_to_4_are_blank_and_counted(seed) -> None:
    first = seed.document.blocks[0]
    assert (first.kind, first.first, first.last) == (BlockKind.BLANK, 1, 4)
    assert seed.document.blocks[-1].last == seed.document.source.line_count == 87


def test_lines_5_and_6_are_the_masthead(seed) -> None:
    assert block_at(seed, 5) == block_at(seed, 6) == ("masthead", "masthead")
    assert seed.document.furniture[0][1].text == "child rights connect formerly the ngo group for the crc"


def test_line_8_title_keeps_its_apostrophe_and_stops_at_the_ordinal(seed) -> None:
    state, cycle = seed.examinations[0].state, seed.examinations[0].cycle
    assert (state.value, state.text, state.spans) == ("LAO", "LAO PEOPLE'S DEMOCRATIC REPUBLIC", (Span(8, 29, 61),))
    assert (cycle.value, cycle.text) == ("initial", "FIRST")


def test_lines_10_and_11_are_one_session_line_without_sup(seed) -> None:
    assert block_at(seed, 10) == block_at(seed, 11) == ("session-line", "")
    assert seed.document.session_line.text == "69TH SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD 27TH MAY 2015"
    assert seed.examinations[0].date.spans == (Span(11, 0, 2), Span(11, 7, 9), Span(11, 15, 24))


def test_lines_13_to_21_are_the_contents_list(seed) -> None:
    assert block_at(seed, 13)[0] == block_at(seed, 15)[0] == block_at(seed, 21)[0] == "contents"
    assert seed.document.contents == (
        "Opening Comments",
        "General Measures of Implementation",
        "Prevention",
        "Prohibition and related matters",
        "Protection of the rights of victims",
        "International assistance and cooperation",
        "Concluding remarks",
    )


def test_line_23_second_protocol_is_inferred_and_the_citation_is_not(seed) -> None:
    found = [(f.of, f.value, f.status) for f in seed.examinations[0].ratifications]
    assert found == [("OPSC", "2006-09-20", "stated"), ("OPAC", "2006-09-20", "inferred")]
    (statement,) = [s for s in seed.statements if s.line == 23]
    assert [(c.id, c.text) for c in statement.cites] == [
        ("OPSC", "the optional Protocol on the Sale of Children, Child Prostitution and Child Pornography (OPSC)"),
        (None, "the Optional Protocol to the Convention on the Rights of the Child"),
    ]


def test_line_23_spans_leave_out_its_marks(seed) -> None:
    (statement,) = [s for s in seed.statements if s.line == 23]
    assert statement.spans == (Span(23, 1, 193), Span(23, 198, 200), Span(23, 206, 222))
    assert statement.text.endswith("on the 20th September 2006.")


def test_line_27_name_ends_at_the_comma_and_post_before_as_well_as(seed) -> None:
    head = seed.examinations[0].head
    assert head.name == "Khammoune Viphongxay"
    assert head.of == (
        "Vice Minister of Home Affairs and the Commissioner of the Lao National Commission for Mothers and Children"
    )
    bodies = [fact.name for fact in seed.examinations[0].delegation]
    assert "Ministry of Labour and Social Welfare" in bodies
    assert len(bodies) == 7


def test_line_29_one_honorific_two_names_one_sentence(seed) -> None:
    (statement,) = [s for s in seed.statements if s.line == 29]
    assert (statement.kind, statement.speaker) == ("positive", "committee")
    assert statement.speaker_name == "Jorge Cardona Llorens and Bernard Gastaud"


def test_lines_31_to_35_footnote_is_furniture_and_the_section_goes_on(seed) -> None:
    assert block_at(seed, 33) == block_at(seed, 35) == ("furniture", "publisher-note")
    assert beginning(seed, "The Committee noted that the government").section.path == (
        "General Measures of Implementation",
    )


def test_line_37_noted_with_a_negative_object_and_what_is_carried(on) -> None:
    assert on(37) == [
        ("concern", "committee", "explicit"),
        ("concern", "committee", "carried"),
        ("concern", "committee", "carried"),
        ("recommendation", "committee", "explicit"),
    ]


def test_line_37_the_committees_will_is_no_commitment(seed) -> None:
    statement = beginning(seed, "Most of the Committee’s final recommendations will")
    assert (statement.kind, statement.flags) == ("recommendation", ("forthcoming",))
    assert statement.text.endswith("systematized in the future”.")


def test_line_39_inverted_advice_and_a_passive(on) -> None:
    assert on(39) == [("recommendation", "committee", "explicit"), ("positive", "committee", "passive")]


def test_lines_41_to_53_headings_lose_their_emphasis_and_keep_level_3(seed) -> None:
    found = [(s.title, s.level) for s in seed.document.sections if 41 <= s.line <= 53]
    assert found == [
        ("Legislation", 3),
        ("Coordination and monitoring", 3),
        ("Dissemination and training", 3),
        ("Data collection", 3),
    ]


def test_line_43_it_is_the_committee_and_must_is_a_recommendation(seed, on) -> None:
    assert on(43) == [
        ("concern", "committee", "explicit"),
        ("recommendation", "committee", "pronoun"),
        ("commitment", "state", "explicit"),
    ]
    assert [c.id for c in beginning(seed, "It stated that the Convention must").cites] == ["CRC"]


def test_line_47_concern_is_embedded(seed, on) -> None:
    assert embedded(seed, 47) == [("concern", "committee", "the Committee’s concern over issues of coordination")]
    assert on(47)[0] == ("reply", "delegation", "explicit")


def test_line_47_these_committees_are_bodies_of_the_state(seed) -> None:
    statement = beginning(seed, "Each of these Committees")
    assert (statement.kind, statement.speaker, statement.attribution) == ("reply", "delegation", "carried")


def test_line_51_they_is_the_committee(on) -> None:
    assert on(51) == [
        ("question", "committee", "explicit"),
        ("question", "committee", "pronoun"),
        ("reply", "delegation", "explicit"),
    ]


def test_line_55_question_is_embedded(seed) -> None:
    assert embedded(seed, 55) == [("question", "committee", "When questioned about how data was collected")]


def test_line_55_concerned_citizens_and_committees_of_the_state_are_no_concern(on) -> None:
    assert on(55) == [("reply", "delegation", "explicit"), *[("reply", "delegation", "carried")] * 4]


def test_line_57_63_67_77_83_stand_at_the_top_level(seed) -> None:
    found = {s.line: s.level for s in seed.document.sections}
    assert {line: found[line] for line in (25, 31, 57, 63, 67, 77, 83)} == dict.fromkeys(
        (25, 31, 57, 63, 67, 77, 83), 2
    )


def test_line_59_hash_is_no_heading_and_measures_are_nobodys(seed, on) -> None:
    assert beginning(seed, "The #1 item").section.path == ("Prevention",)
    assert on(59) == [("background", "unattributed", "none")] * 4


def test_line_61_ongoing_commitment_of_a_ministry(seed, on) -> None:
    assert on(61)[0] == ("commitment", "state", "agent")
    assert beginning(seed, "The Ministry of Labour and Social Welfare").flags == ("ongoing",)


def test_line_65_article_220_has_the_law_of_article_219(seed) -> None:
    first, second = [s for s in seed.statements if s.line == 65]
    assert [(c.article, c.law, c.carried, c.id) for c in (*first.cites, *second.cites)] == [
        ("219", "Penal Code", False, None),
        ("220", "Penal Code", True, None),
    ]


def test_line_69_quotation_is_never_closed_and_every_sentence_is_found(seed) -> None:
    assert [s.text[:9] for s in seed.statements if s.line == 69 and not s.embedded] == [
        "The deleg",
        "Initially",
        "Following",
        "To avoid ",
        "Medical c",
        "While Com",
    ]


def test_line_69_concern_is_embedded(seed) -> None:
    assert embedded(seed, 69) == [
        ("concern", "committee", "the Committee pointed out how low this number is in reality")
    ]


def test_line_69_did_not_question_is_the_authors_opinion(seed) -> None:
    statement = beginning(seed, "While Committee members did not question")
    assert (statement.kind, statement.speaker, statement.flags) == ("concern", "author", ("author-opinion",))
    assert statement.indexed is False


def test_line_71_lone_quotation_mark_stays_and_mid_2016_is_half_a_year(seed) -> None:
    (statement,) = [s for s in seed.statements if s.line == 71]
    assert 'Child Protection Specialists" in selected' in statement.text
    assert (statement.kind, statement.speaker, statement.due.date, statement.due.precision) == (
        "commitment",
        "state",
        "2016-06",
        "half-year",
    )


def test_line_73_desire_is_a_weak_commitment(seed, on) -> None:
    assert on(73)[0] == ("commitment", "state", "explicit")
    assert beginning(seed, "The government expressed a desire").flags == ("weak-commitment",)


def test_line_75_abbreviations_and_a_stray_semicolon_end_nothing(seed, on) -> None:
    assert on(75) == [("concern", "committee", "explicit"), ("reply", "delegation", "explicit")]
    assert "(e.g. mining, hydro project etc.), therefore making particularly vulnerable" in (
        beginning(seed, "The Committee expressed concern for children").text
    )


def test_lines_79_to_81_are_one_sentence_in_two_spans(seed) -> None:
    statement = beginning(seed, "Through a fourth sub-regional Plan")
    assert [span.line for span in statement.spans] == [79, 81]
    assert statement.text.endswith(
        "a preliminary framework has been established for the six country anti-trafficking system."
    )
    assert seed.document.source.quote(statement.spans) == statement.text


def test_line_79_other_countries_are_not_the_one_examined(seed) -> None:
    assert seed.examinations[0].state.value == "LAO"
    assert [(s.kind.value, s.speaker.value) for s in seed.statements if s.line == 79] == [
        ("background", "unattributed")
    ] * 3


def test_line_85_head_is_named_again_and_agrees(seed, on) -> None:
    assert on(85) == [
        ("reply", "delegation", "explicit"),
        ("commitment", "delegation", "pronoun"),
        ("reply", "delegation", "pronoun"),
    ]
    assert [d.code for d in seed.diagnostics if d.code == "R010"] == []
    assert {s.speaker_name for s in seed.statements if s.line == 85} == {"Khammoune Viphongxay"}


def test_line_87_thanks_are_procedural_and_the_file_ends_without_a_line_end(seed, on) -> None:
    assert on(87) == [("procedural", "delegation", "pronoun")]
    assert seed.document.source.text.endswith("discussion.")


def test_nothing_falls_through(seed, vocabulary) -> None:
    from generator.extract import extract

    _, dispositions, _ = extract(seed.document, seed.examinations[0], vocabulary)
    assert len(dispositions) == len(seed.document.blocks)
    assert Disposition.UNREAD not in dispositions
