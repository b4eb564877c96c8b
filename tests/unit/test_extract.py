"""Who said what: voices over sentences, embedded statements, what is doubtful. Cues prove themselves elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.diagnostics import Diagnostic
from generator.extract import extract
from generator.model import Alternative, Disposition, Due
from generator.text.source import Location, SourceText, Span


@pytest.fixture(scope="module")
def said(read):
    """Text of one paragraph -> (kind, speaker, attribution) of each main statement."""

    def found(text: str) -> list[tuple[str, str, str]]:
        statements = read(f"## Education\n\n{text}\n").statements
        return [(s.kind.value, s.speaker.value, s.attribution.value) for s in statements if not s.embedded]

    return found


@pytest.fixture(scope="module")
def inside(read):
    """Text -> (kind, speaker, words) of each embedded statement."""

    def found(text: str) -> list[tuple[str, str, str]]:
        statements = read(f"## Education\n\n{text}\n").statements
        return [(s.kind.value, s.speaker.value, s.text) for s in statements if s.embedded]

    return found


# --- pronouns and voices ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("The Committee asked why. It also regretted the delay.", ("concern", "committee", "pronoun")),
        ("The Committee asked why. They also asked how.", ("question", "committee", "pronoun")),
        ("The delegation said yes. It added that it was true.", ("reply", "delegation", "pronoun")),
        ("The Committee asked the delegation why. They replied that it was so.", ("reply", "delegation", "pronoun")),
        ("The head of the delegation said yes. She thanked the Committee.", ("procedural", "delegation", "pronoun")),
        ("The government said yes. It plans to do more.", ("commitment", "state", "pronoun")),
        ("The Committee asked why. He replied that it was so.", ("background", "unattributed", "none")),
    ],
)
def test_pronouns_stand_for_the_last_voice_that_has_the_verb(said, text: str, second: tuple[str, str, str]) -> None:
    assert said(text)[1] == second


def test_a_pronoun_does_not_reach_over_a_paragraph(said) -> None:
    assert said("The Committee asked why.\n\nIt regretted the delay.")[1] == ("background", "unattributed", "none")


def test_he_reaches_over_a_paragraph_to_a_person_but_not_over_a_heading(read) -> None:
    text = (
        "## A\n\nThe head of delegation said yes.\n\nHe thanked the Committee.\n\n## B\n\nHe thanked the Committee.\n"
    )
    assert [s.speaker.value for s in read(text).statements] == ["delegation", "delegation", "unattributed"]


# --- carrying -----------------------------------------------------------------------------------------------------


def test_the_states_sentences_are_carried_in_the_paragraph(said) -> None:
    assert said("The delegation said yes. Schools were built. A law will be adopted.\n\nSchools were built.") == [
        ("reply", "delegation", "explicit"),
        ("reply", "delegation", "carried"),
        ("commitment", "delegation", "carried"),
        ("background", "unattributed", "none"),
    ]


def test_the_committee_carries_only_what_sounds_like_it(said) -> None:
    assert said("The Committee regretted the delay. There was a lack of data. Schools were built in May.") == [
        ("concern", "committee", "explicit"),
        ("concern", "committee", "carried"),
        ("background", "unattributed", "none"),
    ]


def test_contrast_with_a_concern_breaks_the_states_chain(said) -> None:
    assert said("The delegation said yes. However, there is a lack of data. Schools were built.")[1:] == [
        ("background", "unattributed", "none"),
        ("background", "unattributed", "none"),
    ]


def test_a_direct_question_is_not_the_states(said) -> None:
    assert said("The delegation said yes. Why was that?")[1] == ("question", "unattributed", "none")


def test_thanks_carry_nothing(said) -> None:
    assert said("The delegation thanked the Committee. Schools were built.")[1] == (
        "background",
        "unattributed",
        "none",
    )


def test_items_inherit_from_their_lead_in(read) -> None:
    items = "(a) Adopt a law;\n(b) Ratify it.\n\nSchools exist.\n"
    text = f"## Education\n\nThe Committee urges the State party to:\n\n{items}"
    assert [(s.text, s.kind.value, s.speaker.value, s.rule) for s in read(text).statements] == [
        ("The Committee urges the State party to:", "recommendation", "committee", "committee-recommended"),
        ("Adopt a law;", "recommendation", "committee", "item-of-committee-recommended"),
        ("Ratify it.", "recommendation", "committee", "item-of-committee-recommended"),
        ("Schools exist.", "background", "unattributed", "no-speaker"),
    ]


# --- the author, and nobody ---------------------------------------------------------------------------------------


def test_the_authors_opinion_is_never_the_committees(said) -> None:
    assert said("The Committee asked why. Regrettably, there was no time to discuss the lack of data.")[1] == (
        "concern",
        "author",
        "narrative",
    )


def test_what_stands_before_the_first_heading_is_the_authors(read) -> None:
    (statement,) = read("Sudan ratified the Convention in 1990.\n\n## Education\n").statements
    assert (statement.kind, statement.speaker, statement.rule) == ("background", "author", "front-matter")


def test_a_promise_with_the_state_as_agent(said) -> None:
    assert said("By mid-2016, training would be rolled out by the government.") == [("commitment", "state", "agent")]


@pytest.mark.parametrize(
    "text",
    [
        "The provincial committee expressed concern about fees.",
        "This committee recommended a law.",
        "These Committees asked for funds.",
        "The central committee welcomed the plan.",
        "Committees for the Protection of Children were concerned.",
    ],
)
def test_committees_of_the_state_are_not_the_committee(said, text: str) -> None:
    assert [speaker for _, speaker, _ in said(text) if speaker == "committee"] == []


def test_the_committee_as_object_says_nothing(said) -> None:
    assert said("The delegation thanked the Committee for recommending a law.") == [
        ("procedural", "delegation", "explicit")
    ]


# --- several acts in a sentence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In response to the Committee’s concern over fees, the delegation said that there were none.",
            [("concern", "committee", "the Committee’s concern over fees")],
        ),
        (
            "When asked about fees, the delegation said that there were none.",
            [("question", "committee", "When asked about fees")],
        ),
        (
            "The delegation said yes, yet the Committee pointed out how low the number was.",
            [("concern", "committee", "the Committee pointed out how low the number was")],
        ),
        (
            "While welcoming the new law, the Committee regretted the delay.",
            [("positive", "committee", "While welcoming the new law")],
        ),
        ("While noting the difficult year, the Committee regretted the delay.", []),
        ("The delegation said that the Committee’s recommendations had been followed.", []),
        ("The Committee asked whether the delegation agreed that fees were high.", []),
        ("The Committee asked the delegation when the government would ratify it.", []),
        ("The Committee wondered why the delegation had said that fees were low.", []),
        (
            "The delegation agreed when the Committee pointed out how high fees were.",
            [],
        ),
        (
            "When the Committee asked about fees, the delegation said that there were none.",
            [("question", "committee", "the Committee asked about fees")],
        ),
    ],
)
def test_embedded(inside, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert inside(text) == expected


def test_an_embedded_statement_has_its_own_place(read) -> None:
    reading = read("## Education\n\nIn response to the Committee’s concern over fees, the delegation said no.\n")
    main, embedded = reading.statements
    assert (main.spans, embedded.spans) == ((Span(3, 0, 73),), (Span(3, 15, 48),))
    assert reading.document.source.quote(embedded.spans) == embedded.text


# --- what else a statement tells ----------------------------------------------------------------------------------


def test_confidence(read) -> None:
    text = "## Education\n\nThe Committee regretted the delay. There was a lack of data.\n\nSchools were built.\n"
    found = [(s.confidence.value, s.indexed, s.cue) for s in read(text).statements]
    assert found == [("high", True, "regretted"), ("medium", True, ""), ("low", False, "")]


def test_alternatives_say_what_an_editor_could_defend(read) -> None:
    text = "## Education\n\nThe Committee regretted the delay. There was a lack of data.\n\nSchools were built.\n"
    assert [s.alternatives for s in read(text).statements] == [
        (),
        (Alternative("concern", "author"), Alternative("background", "author")),
        (Alternative("reply", "delegation"),),
    ]


def test_due_dates_belong_to_commitments(read) -> None:
    text = "## Education\n\nThe delegation pledged to ratify it by mid-2016. It was adopted in 2014.\n"
    assert [s.due for s in read(text).statements] == [Due("2016-06", "half-year", "mid-2016"), None]


def test_a_doubtful_statement_is_noted_at_its_place(read) -> None:
    reading = read("## Education\n\nWhat had been done?\n")
    assert [d for d in reading.diagnostics if d.code == "X001"] == [
        Diagnostic(Location("report.md", 3, 1), "X001", "question without a named speaker: “What had been done?…”")
    ]


def test_dispositions(read, vocabulary) -> None:
    reading = read("# Minutes\n\nText.\n\n3\n\n| a |\n|---|\n| 1 |\n")
    _, dispositions, _ = extract(reading.document, reading.examinations[0], vocabulary)
    assert [d for d in dispositions if d is not Disposition.BLANK] == ["context", "statement", "furniture", "unread"]


def test_a_language_without_cues_gives_background_only(read_source, vocabulary) -> None:
    text = "## Écoles\n\nLe Comité a recommandé à la délégation de construire des écoles.\n"
    without = replace(vocabulary, cues={"en": vocabulary.cues["en"]})
    statements = read_source(without, SourceText.from_str("report.md", text)).statements
    assert [(s.kind.value, s.speaker.value, s.lang) for s in statements] == [("background", "unattributed", "fr")]
