"""What a document names: every fact with its origin, and a finding where one is missing or doubtful."""

from __future__ import annotations

import pytest

from generator.model import Citation, Due, Fact
from generator.recognise import Cited, citations, due_date, ordinal, spoken_date
from generator.text.source import Span
from generator.vocabulary import Vocabulary

LINE_10 = "69<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n27<sup>TH</sup> MAY 2015"

SALE = "THE OPTIONAL PROTOCOL ON THE SALE OF CHILDREN, CHILD PROSTITUTION AND CHILD PORNOGRAPHY"
ARMED = "THE OPTIONAL PROTOCOL ON THE INVOLVEMENT OF CHILDREN IN ARMED CONFLICT"


def report(title: str = "SUDAN’S SECOND PERIODIC REPORT", session: str = LINE_10, opening: str = "Text.") -> str:
    return f"# STATE PARTY EXAMINATION OF {title}\n\n{session}\n\n## Opening Comments\n\n{opening}\n"


def short(fact: Fact | None) -> tuple[str, str, int] | None:
    """A fact's value, its words and its line."""
    return fact and (fact.value, fact.text, fact.spans[0].line)


def codes(reading) -> list[str]:
    return [d.code for d in reading.diagnostics if d.code[0] == "R"]


# --- the seed -----------------------------------------------------------------------------------------------------


def test_facts_of_the_seed(seed) -> None:
    facts = [(name, fact.value, fact.spans[0].line, fact.rule) for name, fact in seed.examinations[0].facts()]
    assert facts == [
        ("state", "LAO", 8, "title-state"),
        ("treaty", "OPSC", 8, "title-treaty"),
        ("session", "69", 10, "session-line"),
        ("date", "2015-05-27", 11, "session-line-day"),
        ("cycle", "initial", 8, "title-cycle"),
        ("ratifications", "2006-09-20", 23, "ratified-on"),
        ("ratifications", "2006-09-20", 23, "ratified-on-cut-title"),
        ("head", "khammoune-viphongxay", 27, "delegation-led-by"),
        ("delegation", "national-assembly", 27, "delegation-member"),
        ("delegation", "ministry-of-public-security", 27, "delegation-member"),
        ("delegation", "ministry-of-national-defence", 27, "delegation-member"),
        ("delegation", "ministry-of-foreign-affairs", 27, "delegation-member"),
        ("delegation", "lao-womens-unions", 27, "delegation-member"),
        ("delegation", "ministry-of-labour-and-social-welfare", 27, "delegation-member"),
        (
            "delegation",
            "permanent-mission-of-lao-peoples-democratic-republic-to-the-united-nations-office-at-geneva",
            27,
            "delegation-member",
        ),
        ("rapporteurs", "jorge-cardona-llorens", 29, "country-rapporteur"),
        ("rapporteurs", "bernard-gastaud", 29, "country-rapporteur"),
        ("publisher", "child-rights-connect", 5, "publisher-sign"),
        ("official", "false", 33, "publisher-says-not-official"),
    ]


def test_the_seed_is_one_examination_with_an_address(seed) -> None:
    assert [(e.key, e.stem, e.body) for e in seed.examinations] == [("lao-opsc-69", "opsc-69", "CRC")]


def test_every_fact_of_the_seed_is_in_its_words(seed) -> None:
    for _, fact in seed.examinations[0].facts():
        assert seed.document.source.quote(fact.spans) == fact.text


def test_a_cut_title_is_inferred_and_said_to_be(seed) -> None:
    stated, inferred = seed.examinations[0].ratifications
    assert (stated.of, stated.status, inferred.of, inferred.status) == ("OPSC", "stated", "OPAC", "inferred")
    assert [(d.location.line, d.code) for d in seed.diagnostics if d.code[0] == "R"] == [(23, "R007")]


# --- titles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "state", "words", "treaty", "cycle", "name"),
    [
        (
            f"LAO PEOPLE'S DEMOCRATIC REPUBLIC FIRST REPORT ON {SALE}",
            "LAO",
            "LAO PEOPLE'S DEMOCRATIC REPUBLIC",
            "OPSC",
            "initial",
            "initial report",
        ),
        ("SUDAN’S THIRD AND FOURTH PERIODIC REPORT", "SDN", "SUDAN", "CRC", "3-4", "3rd and 4th periodic reports"),
        (f"POLAND S INITIAL PERIODIC REPORT ON {ARMED}", "POL", "POLAND", "OPAC", "initial", "initial report"),
        (
            f"CAMBODIA S INITIAL REPORT ON {SALE.replace(',', '')}",
            "KHM",
            "CAMBODIA",
            "OPSC",
            "initial",
            "initial report",
        ),
        (
            "THE FEDERAL DEMOCRATIC REPUBLIC OF ETHIOPIA S FOURTH TO FIFTH PERIODIC REPORT",
            "ETH",
            "FEDERAL DEMOCRATIC REPUBLIC OF ETHIOPIA",
            "CRC",
            "4-5",
            "4th and 5th periodic reports",
        ),
        (
            "THE UNITED REPUBLIC OF TANZANIA S THIRD TO FIFTH PERIODIC REPORT",
            "TZA",
            "UNITED REPUBLIC OF TANZANIA",
            "CRC",
            "3-5",
            "3rd, 4th and 5th periodic reports",
        ),
        ("THE NETHERLANDS' FOURTH PERIODIC REPORT", "NLD", "NETHERLANDS", "CRC", "4", "4th periodic report"),
        ("CYPRUS THIRD PERIODIC REPORT", "CYP", "CYPRUS", "CRC", "3", "3rd periodic report"),
        (
            "HONDURAS'S COMBINED 3RD AND 4TH PERIODIC REPORTS",
            "HND",
            "HONDURAS",
            "CRC",
            "3-4",
            "3rd and 4th periodic reports",
        ),
        (
            "THE DEMOCRATIC PEOPLE’S REPUBLIC OF KOREA’S SECOND PERIODIC REPORT",
            "PRK",
            "DEMOCRATIC PEOPLE’S REPUBLIC OF KOREA",
            "CRC",
            "2",
            "2nd periodic report",
        ),
        (
            "THE REPUBLIC OF KOREA'S SECOND PERIODIC REPORT",
            "KOR",
            "REPUBLIC OF KOREA",
            "CRC",
            "2",
            "2nd periodic report",
        ),
        ("NIGER'S SECOND PERIODIC REPORT", "NER", "NIGER", "CRC", "2", "2nd periodic report"),
    ],
)
def test_titles(read, title: str, state: str, words: str, treaty: str, cycle: str, name: str) -> None:
    found = read(report(title)).examinations[0]
    assert (found.state.value, found.state.text, found.treaty.value) == (state, words, treaty)
    assert (found.cycle.value, found.cycle.name) == (cycle, name)


def test_a_title_without_a_number_still_names_the_state(read) -> None:
    found = read(report("SUDAN’S REPORT")).examinations[0]
    assert (found.state.value, found.cycle) == ("SDN", None)


def test_one_summary_for_two_protocols_is_two_examinations(read) -> None:
    found = read(report("VIET NAM'S INITIAL REPORTS ON THE OPSC AND THE OPAC")).examinations
    assert [e.key for e in found] == ["vnm-opsc-69", "vnm-opac-69"]


def test_an_unknown_state_gives_a_suggestion_and_never_an_answer(read) -> None:
    reading = read(report("FREDONJA’S SECOND PERIODIC REPORT"))
    assert reading.examinations[0].state is None
    assert reading.examinations[0].key is None
    (found,) = [d for d in reading.diagnostics if d.code == "R001"]
    assert (found.location.line, found.message) == (1, "no State is called 'FREDONJA'")
    (found,) = [d for d in read(report("AUSTRALA'S SECOND PERIODIC REPORT")).diagnostics if d.code == "R001"]
    assert found.hint.startswith("did the title mean Australia")


def test_an_unknown_treaty(read) -> None:
    reading = read(report("SUDAN'S SECOND PERIODIC REPORT ON THE TREATY OF WESTPHALIA"))
    assert reading.examinations[0].treaty is None
    assert [(d.code, d.message) for d in reading.diagnostics if d.code == "R003"] == [
        ("R003", "no treaty is called 'THE TREATY OF WESTPHALIA'")
    ]


def test_no_family_no_facts(read) -> None:
    reading = read("# Minutes of a meeting\n\nText.\n")
    assert list(reading.examinations[0].facts()) == []
    assert codes(reading) == ["R004"]


# --- session and dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number"),
    [
        (LINE_10, "69"),
        ("50 TH SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD", "50"),
        ("SIXTY-NINTH SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD", "69"),
        ("69th Session of the Committee on the Rights of the Child, 27 May 2015", "69"),
        ("COMMITTEE ON THE RIGHTS OF THE CHILD, 69TH SESSION", "69"),
        ("**101ST SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD**", "101"),
    ],
)
def test_session_lines(read, line: str, number: str) -> None:
    found = read(report(session=line)).examinations[0].session
    assert (found.value, found.spans[0].line) == (number, 3)


def test_no_session_line(read) -> None:
    reading = read(report(session="GENEVA"))
    assert reading.examinations[0].session is None
    assert [(d.location.line, d.code, d.message) for d in reading.diagnostics if d.code == "R002"] == [
        (1, "R002", "no session line was found under the title")
    ]


@pytest.mark.parametrize(
    "day", ["27<sup>TH</sup> MAY 2015", "27. MAY 2015", "MAY 27, 2015", "27 may 2015", "27 May, 2015"]
)
def test_a_day_is_the_examination(read, day: str) -> None:
    found = read(report(session=f"69TH SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n{day}")).examinations[0]
    assert (found.date.value, found.session_dates) == ("2015-05-27", None)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("13 SEPTEMBER – 1 OCTOBER 2010", "2010-09-13/2010-10-01"),
        ("18 MAY-5 JUNE 2015", "2015-05-18/2015-06-05"),
        ("12 to 30 January 2009", "2009-01-12/2009-01-30"),
    ],
)
def test_a_range_is_never_the_examination(read, written: str, iso: str) -> None:
    session = f"55<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD\n{written}"
    reading = read(report(session=session))
    assert (reading.examinations[0].date, short(reading.examinations[0].session_dates)) == (None, (iso, written, 4))
    assert "R005" in codes(reading)


def test_the_day_told_in_the_opening(read) -> None:
    session = "55<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD\n13 SEPTEMBER – 1 OCTOBER 2010"
    opening = (
        "Sudan ratified the Convention on the Rights of the Child (CRC) on 3 August 1990. On 20 September 2010, the "
        "Committee on the Rights of the Child (the Committee) examined the third and fourth periodic report of Sudan. "
        "It was last examined on 24 September 2002."
    )
    found = read(report(session=session, opening=opening)).examinations[0]
    assert short(found.date) == ("2010-09-20", "20 September 2010", 8)
    assert short(found.last_examined) == ("2002-09-24", "24 September 2002", 8)
    assert [(fact.of, fact.value) for fact in found.ratifications] == [("CRC", "1990-08-03")]


def test_two_days_disagree(read) -> None:
    reading = read(report(opening="On 28 May 2015, the Committee examined the second periodic report of Sudan."))
    assert reading.examinations[0].date.value == "2015-05-27"
    assert [d.message for d in reading.diagnostics if d.code == "R010"] == ["examined on 2015-05-27 or on 2015-05-28"]


def test_a_day_outside_the_session_warns(read) -> None:
    reading = read(report(session="69TH SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD\n27 MAY 2016"))
    assert [(d.location.line, d.message) for d in reading.diagnostics if d.code == "R006"] == [
        (3, "examined on 2016-05-27, but the 69th session ran from 2015-05-18 to 2015-06-05")
    ]


def test_a_session_that_is_not_listed_warns(read) -> None:
    reading = read(report(session="149TH SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD\n27 MAY 2039"))
    assert reading.examinations[0].session.value == "149"
    assert "R009" in codes(reading)


# --- people -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "name", "post"),
    [
        (
            "The delegation of Sudan was led by Ms Amira Fadil, Minister of Welfare.",
            "Amira Fadil",
            "Minister of Welfare",
        ),
        (
            "The delegation was headed by H.E. Mr. Jean de la Tour, Minister of Justice, supported by X.",
            "Jean de la Tour",
            "Minister of Justice",
        ),
        ("The delegation was led by the Minister of Justice, Mr. Abdul Ahmed.", "Abdul Ahmed", "Minister of Justice"),
        ("The delegation of Sudan was led by Amira Fadil.", "Amira Fadil", ""),
    ],
)
def test_heads_of_delegation(read, sentence: str, name: str, post: str) -> None:
    found = read(report(opening=sentence)).examinations[0].head
    assert (found.name, found.of, found.spans[0].line) == (name, post, 8)


def test_no_head_is_said(read) -> None:
    reading = read(report())
    assert (reading.examinations[0].head, codes(reading)) == (None, ["R008"])


def test_two_heads_disagree(read) -> None:
    reading = read(
        report(opening="The delegation was led by Ms. Amira Fadil. The head of delegation, Mr. Omar Said, spoke.")
    )
    assert [d.message for d in reading.diagnostics if d.code == "R010"] == [
        "head of delegation is Amira Fadil or Omar Said"
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "Mr. Jorge Cardona Llorens and Bernard Gastaud, the Country Rapporteurs, welcomed it.",
            ["jorge-cardona-llorens", "bernard-gastaud"],
        ),
        ("The Country Rapporteur, Ms. Agnes Akosua Aidoo, asked why.", ["agnes-akosua-aidoo"]),
        (
            "The Country Rapporteurs were Ms. Agnes Akosua Aidoo and Mr. Bernard Gastaud.",
            ["agnes-akosua-aidoo", "bernard-gastaud"],
        ),
        ("Ms. Agnes Akosua Aidoo, Country Rapporteur, asked why.", ["agnes-akosua-aidoo"]),
    ],
)
def test_rapporteurs(read, sentence: str, names: list[str]) -> None:
    assert [fact.value for fact in read(report(opening=sentence)).examinations[0].rapporteurs] == names


# --- mentions inside sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("The Convention is not applicable.", (Citation("CRC", "The Convention"),)),
        ("It must sign the Convention against Torture.", ()),
        ("In regards to both OPSC and OPAC.", (Citation("OPSC", "OPSC"), Citation("OPAC", "OPAC"))),
        ("The ratification of the Protocol.", (Citation("OPSC", "the Protocol"),)),
        (
            "Article 219 of the Penal Code applies.",
            (Citation(None, "Article 219 of the Penal Code", "219", "Penal Code"),),
        ),
        ("Under article 2 of the Convention.", (Citation("CRC", "the Convention", "2"),)),
        ("The Committee on the Rights of the Child met.", ()),
        ("Read CRC/C/LAO/CO/2.", (Citation(None, "CRC/C/LAO/CO/2", symbol="CRC/C/LAO/CO/2"),)),
        (
            "General comment No. 8 and CRC/C/OPSC/LAO/1 cite the Convention.",
            (
                Citation(None, "General comment No. 8", symbol="CRC/C/GC/8"),
                Citation(None, "CRC/C/OPSC/LAO/1", symbol="CRC/C/OPSC/LAO/1"),
                Citation("CRC", "the Convention"),
            ),
        ),
        (
            "It ratified ILO Conventions Nos. 138 and 182.",
            (
                Citation(None, "ILO Conventions Nos. 138", law="ILO Convention No. 138"),
                Citation(None, "182", law="ILO Convention No. 182"),
            ),
        ),
        (
            "Ratified the Optional Protocol to the Convention on the Rights of the Child on 20 September 2006.",
            (Citation(None, "the Optional Protocol to the Convention on the Rights of the Child"),),
        ),
    ],
)
def test_citations(vocabulary: Vocabulary, text: str, cites: tuple[Citation, ...]) -> None:
    assert citations(text, vocabulary, "OPSC", Cited()) == cites


def test_a_law_is_carried_to_the_next_article(vocabulary: Vocabulary) -> None:
    before = Cited()
    citations("Article 219 of the Penal Code applies.", vocabulary, "OPSC", before)
    assert citations("Also Article 220 does.", vocabulary, "OPSC", before) == (
        Citation(None, "Article 220", "220", "Penal Code", carried=True),
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("By mid-2016, training would be rolled out.", Due("2016-06", "half-year", "mid-2016")),
        ("It will be adopted by the end of 2026.", Due("2026-12", "end-of-year", "the end of 2026")),
        ("It will be adopted before 1 May 2016.", Due("2016-05-01", "day", "1 May 2016")),
        ("A plan for 2015-2018 will follow.", None),
        ("The law of 2008 will be amended.", None),
    ],
)
def test_due_dates(vocabulary: Vocabulary, text: str, due: Due | None) -> None:
    assert due_date(text, vocabulary) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("It would sign in 2008.", None),
        ("It would sign in 2009.", "2009"),
        ("It would sign by January 2009.", None),
        ("It would sign by February 2009.", "2009-02"),
        ("It had signed in November 2000 and would ratify by 2011.", "2011"),
    ],
)
def test_what_was_over_when_it_was_said_is_not_due(text: str, due: str | None, vocabulary) -> None:
    found = due_date(text, vocabulary, said="2009-02-11")
    assert (found and found.date) == due


@pytest.mark.parametrize(
    ("iso", "spoken"),
    [
        ("2015", "2015"),
        ("2015-05", "May 2015"),
        ("2015-05-27", "27 May 2015"),
        ("2010-09-13/2010-10-01", "13 September to 1 October 2010"),
        ("2008-04-07/2008-04-18", "7 to 18 April 2008"),
        ("2015-12-30/2016-01-05", "30 December 2015 to 5 January 2016"),
        ("2010-05-01/2011-05-01", "1 May 2010 to 1 May 2011"),
        ("2015-05/2015-06", "May to June 2015"),
    ],
)
def test_spoken_dates(iso: str, spoken: str) -> None:
    assert spoken_date(iso) == spoken


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 69, 101, 112)] == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 69th 101st 112th".split()
    )


def test_facts_know_their_columns(seed) -> None:
    assert seed.examinations[0].date.spans == (Span(11, 0, 2), Span(11, 7, 9), Span(11, 15, 24))
    assert seed.examinations[0].state.spans == (Span(8, 29, 61),)
