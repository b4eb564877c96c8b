"""Ids that hold, what answers what, and an order that depends on nothing but the words."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from invented import examination, say, told

from generator.corpus import LinkedDocument, assemble, exchanges, link, statement_id
from generator.model import Attribution, Confidence, Examination, Kind, Section, Speaker

ONE, TWO = Section(("Prevention",), 1, 1), Section(("Protection",), 1, 9)


def ids(*texts: str) -> list[str]:
    return [one.local for one in link(told(*(say(text, at=n) for n, text in enumerate(texts))))]


def answers(linked) -> dict[str, set[str]]:
    """What answers each ask, by words."""
    words = {one.id: one.statement.text for one in linked}
    return {words[one.id]: {words[other] for other in one.answered_by} for one in linked if one.answered_by}


def grouped(*statements) -> list[list[str]]:
    return [[turn.statement.text for turn in exchange.turns] for exchange in exchanges(link(told(*statements)))]


def open_asks(*statements) -> set[str]:
    document = linked_document(*statements)
    return {one.statement.text for one in document.statements if one.id in document.unanswered}


def linked_document(*statements) -> LinkedDocument:
    read = told(*statements)
    return LinkedDocument(read, tuple(link(read)))


# --- ids ----------------------------------------------------------------------------------------------------------


def test_an_id_names_the_examination_and_six_letters() -> None:
    (one,) = link(told(say("The Committee was concerned.")))
    assert one.id == "xar-crc-101.rtgnfr"
    assert one.local == "rtgnfr"


def test_an_id_comes_from_the_words_and_not_from_their_place() -> None:
    alone = ids("The Committee was worried.")
    assert ids("Before.", "The Committee was worried.", "After.")[1:2] == alone
    assert ids("After.", "The Committee was worried.", "Before.")[1:2] == alone


def test_an_id_outlives_case_quotation_marks_and_kind() -> None:
    (plain,) = ids('The State’s "plan" – café')
    assert ids("the state's “PLAN” - cafe") == [plain]
    (other_kind,) = link(told(say('The State’s "plan" – café', "question")))
    assert other_kind.local == plain


def test_equal_words_get_ids_of_their_own_in_their_order() -> None:
    first, second, third = ids("Same.", "same", "SAME!")
    assert len({first, second, third}) == 3
    assert ids("Same.") == [first]
    assert ids("Other.", "Same.", "Same.")[1:] == [first, second]


def test_words_without_letters_have_an_id_too() -> None:
    assert len(set(ids("***", "…", "?"))) == 3


def test_an_id_never_takes_one_that_is_taken() -> None:
    statement = say("The Committee was concerned.")
    first = statement_id(statement, "x", ())
    second = statement_id(statement, "x", {first})
    third = statement_id(statement, "x", {first, second})
    assert len({first, second, third}) == 3
    assert statement_id(statement, "x", {first, second}, said=2) == third


def test_without_an_examination_an_id_begins_with_the_files_name() -> None:
    (one,) = link(told(say("x"), path="sources/Étude n° 1.md", facts=(Examination("CRC"),)))
    assert one.id.split(".")[0] == "etude-n-1"
    assert one.examination is None


# --- exchanges ----------------------------------------------------------------------------------------------------


def test_questions_share_the_reply_that_follows() -> None:
    linked = link(told(say("Q1", "question", at=0), say("Q2", "question", at=1), say("R", "reply", at=2)))
    assert answers(linked) == {"Q1": {"R"}, "Q2": {"R"}}
    assert linked[2].replies_to == (linked[0].id, linked[1].id)


def test_one_question_may_have_several_replies() -> None:
    linked = link(told(say("Q", "question"), say("R", "reply", at=(0, 1)), say("C", "commitment", at=(0, 2))))
    assert answers(linked) == {"Q": {"R", "C"}}


def test_a_new_question_after_a_reply_begins_a_new_exchange() -> None:
    statements = [
        say(t, k, at=(0, n)) for n, (t, k) in enumerate([("Q1", "question"), ("R1", "reply"), ("Q2", "question")])
    ]
    assert grouped(*statements) == [["Q1", "R1"], ["Q2"]]
    assert answers(link(told(*statements))) == {"Q1": {"R1"}}


def test_a_heading_ends_an_exchange() -> None:
    statements = (say("Q", "question", section=ONE), say("R", "reply", section=TWO, at=1))
    assert grouped(*statements) == [["Q"], ["R"]]
    assert answers(link(told(*statements))) == {}


def test_two_headings_of_one_name_are_two_sections() -> None:
    again = Section(ONE.path, 1, 20)
    statements = (say("Q", "question", section=ONE), say("R", "reply", section=again, at=1))
    assert grouped(*statements) == [["Q"], ["R"]]
    assert open_asks(*statements) == {"Q"}


def test_praise_and_remarks_are_not_answered() -> None:
    linked = link(
        told(say("P", "positive"), say("B", "background", "committee", at=(0, 1)), say("R", "reply", at=(0, 2)))
    )
    assert answers(linked) == {}


def test_a_position_on_recommendations_answers_no_question() -> None:
    question, asked = say("a question", "question", at=(0, 0)), say("a recommendation", "recommendation", at=(0, 1))
    position = say("a position", "reply", at=(0, 2), rule="state-answered-recommendations")
    linked = {one.statement.text: one for one in link(told(question, asked, position))}
    assert linked["a position"].replies_to == (linked["a recommendation"].id,)
    assert linked["a question"].answered_by == ()


def test_the_author_is_not_answered_and_does_not_answer() -> None:
    linked = link(told(say("A", "concern", "author"), say("R", "reply", at=(0, 1)), say("Q", "question", at=1)))
    assert answers(linked) == {}
    assert open_asks(say("Q", "question"), say("A", "reply", "author", at=(0, 1))) == {"Q"}


def test_a_measure_that_nobody_tells_answers_nothing() -> None:
    statements = (say("Q", "question"), say("M", "background", at=(0, 1)))
    assert answers(link(told(*statements))) == {}
    assert open_asks(*statements) == {"Q"}


def test_a_concern_recalled_in_a_reply_comes_before_it() -> None:
    reply = say("In response to the concern about X, the delegation said Y", "reply")
    recalled = say("the concern about X", embedded=True, rule="committee-noun-concern")
    assert grouped(reply, recalled) == [[recalled.text, reply.text]]
    assert answers(link(told(reply, recalled))) == {recalled.text: {reply.text}}


def test_a_reaction_inside_a_reply_comes_after_it() -> None:
    reply = say("The delegation said Y, yet the Committee pointed out X", "reply")
    reaction = say("the Committee pointed out X", embedded=True, rule="committee-pointed-out")
    linked = link(told(reply, reaction))
    assert grouped(reply, reaction) == [[reply.text, reaction.text]]
    assert answers(linked) == {reply.text: {reaction.text}}
    assert linked[1].replies_to == (linked[0].id,)
    assert linked_document(reply, reaction).unanswered == set()


def test_every_statement_stands_in_one_exchange(arcadia) -> None:
    for one in arcadia.reading.corpus.examinations.values():
        turns = [turn.id for exchange in exchanges(one.statements) for turn in exchange.turns]
        assert sorted(turns) == sorted(linked.id for linked in one.statements)


# --- unanswered ---------------------------------------------------------------------------------------------------


def test_an_ask_is_open_until_the_state_speaks_under_its_heading() -> None:
    assert open_asks(say("Q", "question", section=ONE), say("R", "reply", section=TWO, at=1)) == {"Q"}
    assert open_asks(say("Q", "question", section=ONE), say("R", "reply", section=ONE, at=5)) == set()
    assert open_asks(say("R", "reply", section=ONE), say("Q", "question", section=ONE, at=5)) == {"Q"}


def test_a_state_that_is_told_to_act_has_spoken() -> None:
    told_to_act = say("Training would be rolled out", "commitment", attribution=Attribution.AGENT, at=1)
    assert open_asks(say("Q", "question"), told_to_act) == set()


def test_concerns_and_recommendations_can_be_open_too() -> None:
    assert open_asks(say("C"), say("R", "recommendation", at=1), say("P", "positive", at=2)) == {"C", "R"}


# --- the corpus ---------------------------------------------------------------------------------------------------


def test_the_same_bytes_are_published_once_with_a_warning() -> None:
    one = told(say("x"), path="sources/a.md")
    again = replace(one, document=replace(one.document, source=replace(one.document.source, path="sources/b.md")))
    corpus, found = assemble([again, one])
    assert [(linked.statement.text, linked.stem) for linked in corpus.statements] == [("x", "a")]
    assert [(d.code, d.location.path, d.message) for d in found] == [
        ("L001", "sources/b.md", "the same bytes as sources/a.md")
    ]


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        told(say("x"), say("y", at=1), path="b.md"),
        told(say("x"), path="a.md"),
        told(say("x"), path="c.md", facts=(examination("XFR"),)),
    ]
    corpora = [assemble(order)[0] for order in permutations(documents)]
    assert len({tuple(corpus.examinations) for corpus in corpora}) == 1
    assert len({tuple(one.id for one in corpus.statements) for corpus in corpora}) == 1


def test_two_documents_of_one_examination_share_it_and_no_id() -> None:
    corpus, found = assemble([told(say("x"), path="a.md"), told(say("x"), path="b.md")])
    assert list(corpus.examinations) == ["xar-crc-101"]
    assert [document.stem for document in corpus.examinations["xar-crc-101"].documents] == ["a", "b"]
    assert len(corpus.by_id) == 2
    assert found == []


def test_one_document_for_two_protocols_files_its_statements_once() -> None:
    both = (examination("XAR", "OPSC"), examination("XAR", "OPAC"))
    corpus, _ = assemble([told(say("x"), facts=both)])
    assert list(corpus.examinations) == ["xar-opac-101", "xar-opsc-101"]
    assert [one.id.split(".")[0] for one in corpus.statements] == ["xar-opsc-101"]
    sale, armed = corpus.examinations["xar-opsc-101"], corpus.examinations["xar-opac-101"]
    assert (armed.shared_with, sale.shared_with) == (("xar-opsc-101",), ("xar-opac-101",))
    assert armed.statements == sale.statements == corpus.statements


def test_what_belongs_to_one_of_two_protocols_is_told_there_only() -> None:
    both = (examination("XAR", "OPSC"), examination("XAR", "OPAC"))
    armed_only = say("y", treaties=("OPAC",), at=1)
    corpus, _ = assemble([told(say("x"), armed_only, facts=both)])
    found = {key: [one.statement.text for one in e.statements] for key, e in corpus.examinations.items()}
    assert found == {"xar-opac-101": ["x", "y"], "xar-opsc-101": ["x"]}
    assert [(one.examination, one.also) for one in corpus.statements] == [
        ("xar-opac-101", ()),
        ("xar-opsc-101", ("xar-opac-101",)),
    ]


def test_an_examination_without_state_treaty_or_session_is_not_published() -> None:
    corpus, _ = assemble([told(say("x"), facts=(Examination("CRC"),))])
    assert corpus.examinations == {}
    assert corpus.statements == ()


def test_examinations_are_found_by_what_they_have_in_common() -> None:
    facts = [("XAR", "CRC", "101"), ("XAR", "OPSC", "102"), ("XFR", "CRC", "101")]
    corpus, _ = assemble([told(say("x"), path=f"{n}.md", facts=(examination(*f),)) for n, f in enumerate(facts)])
    keys = {name: [e.key for e in found] for name, found in corpus.by_state.items()}
    assert keys == {"XAR": ["xar-opsc-102", "xar-crc-101"], "XFR": ["xfr-crc-101"]}
    assert {k: len(found) for k, found in corpus.by_session.items()} == {("CRC", 101): 2, ("CRC", 102): 1}
    assert {k: len(found) for k, found in corpus.by_treaty.items()} == {"CRC": 2, "OPSC": 1}
    assert corpus.examinations["xar-opsc-102"].address == "countries/xar/opsc-102/"


def test_an_index_leaves_out_the_author_and_the_doubtful() -> None:
    corpus, _ = assemble(
        [
            told(
                say("sure"),
                say("author", speaker="author", at=1),
                say("doubtful", confidence=Confidence.LOW, at=2),
                say("nobody", "background", at=3),
            )
        ]
    )
    assert [one.statement.text for one in corpus.indexed(Kind.CONCERN)] == ["sure"]
    assert [one.statement.text for one in corpus.indexed(Kind.BACKGROUND)] == []


def test_links_between_asks_and_answers_are_symmetric(arcadia) -> None:
    corpus = arcadia.reading.corpus
    for one in corpus.statements:
        assert all(one.id in corpus.by_id[other].replies_to for other in one.answered_by)
        assert all(one.id in corpus.by_id[other].answered_by for other in one.replies_to)
        assert all(corpus.by_id[other].examination == one.examination for other in (*one.replies_to, *one.answered_by))


def test_whoever_answers_is_the_state(arcadia) -> None:
    corpus = arcadia.reading.corpus
    for one in corpus.statements:
        if one.statement.kind is Kind.QUESTION:
            for other in one.answered_by:
                assert corpus.by_id[other].statement.speaker in (Speaker.DELEGATION, Speaker.STATE)
