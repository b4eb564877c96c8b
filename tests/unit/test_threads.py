"""Threads: what is suggested by rule, what an editor may decide, and what a country's page makes of both."""

from __future__ import annotations

import pytest
from invented import examination, fact, review, say, told

from generator.corpus import Corpus, assemble
from generator.datafile import DatafileError, loads
from generator.model import Confidence, Due, Examination
from generator.pages import Plan, plan
from generator.threads import Confirmation, Status, Step, load_confirmations, stale, threads

THEME = "trafficking"


def document(session: str, *statements, treaty: str = "CRC", date: str = ""):
    """An invented examination of Arcadia."""
    day = {"date": fact(date)} if date else {}
    held = examination(treaty=treaty, session=session, **day)
    return told(*statements, path=f"{treaty}-{session}.md".lower(), facts=(held,))


def raised(text: str = "a concern", **more):
    return say(text, themes=(THEME,), **more)


def corpus_of(*documents) -> Corpus:
    return assemble(documents)[0]


def steps(vocabulary, corpus: Corpus, theme: str = THEME, confirmations=()) -> dict[str, Step]:
    """The steps of Arcadia's thread on a theme, by the key of the examination."""
    found = threads(corpus, vocabulary.themes, "XAR", confirmations)
    return {step.examination.key: step for thread in found if thread.theme == theme for step in thread.steps}


def statuses(vocabulary, corpus: Corpus, theme: str = THEME) -> dict[str, Status | None]:
    return {key: step.status for key, step in steps(vocabulary, corpus, theme).items()}


# --- the rule -----------------------------------------------------------------------------------------------------


def test_what_was_raised_before_is_raised_again(invented_vocabulary) -> None:
    corpus = corpus_of(document("99", raised("once")), document("101", raised("twice")))
    assert statuses(invented_vocabulary, corpus) == {"xar-crc-99": None, "xar-crc-101": Status.RAISED_AGAIN}


def test_an_examination_without_an_earlier_one_has_no_status(invented_vocabulary) -> None:
    assert statuses(invented_vocabulary, corpus_of(document("101", raised()))) == {"xar-crc-101": None}


def test_what_no_earlier_document_speaks_of_is_new(invented_vocabulary) -> None:
    corpus = corpus_of(document("99", say("of other things", themes=("education",))), document("101", raised()))
    assert statuses(invented_vocabulary, corpus)["xar-crc-101"] is Status.NEW


def test_what_an_earlier_document_only_praises_is_not_called_new(invented_vocabulary) -> None:
    corpus = corpus_of(document("99", say("praise", "positive", themes=(THEME,))), document("101", raised()))
    assert statuses(invented_vocabulary, corpus)["xar-crc-101"] is None


def test_what_a_later_document_does_not_speak_of_is_not_mentioned(invented_vocabulary) -> None:
    corpus = corpus_of(document("99", raised()), document("101", say("of other things", themes=("education",))))
    assert statuses(invented_vocabulary, corpus) == {"xar-crc-99": None, "xar-crc-101": Status.NOT_MENTIONED}


@pytest.mark.parametrize(
    "mention",
    [
        say("a reply", "reply", themes=(THEME,)),
        say("told by nobody", "background", themes=(THEME,)),
        raised("doubtful", confidence=Confidence.LOW),
    ],
    ids=["reply", "background", "doubtful"],
)
def test_any_word_of_it_keeps_a_theme_from_being_called_not_mentioned(invented_vocabulary, mention) -> None:
    corpus = corpus_of(document("99", raised()), document("101", mention))
    assert statuses(invented_vocabulary, corpus)["xar-crc-101"] is None


def test_a_narrower_theme_is_a_mention(invented_vocabulary) -> None:
    narrow = next(one for one in invented_vocabulary.themes.values() if one.broader)
    corpus = corpus_of(
        document("99", say("broad", themes=(narrow.broader,))), document("101", say("narrow", themes=(narrow.id,)))
    )
    assert statuses(invented_vocabulary, corpus, narrow.broader)["xar-crc-101"] is None
    assert statuses(invented_vocabulary, corpus, narrow.id)["xar-crc-101"] is None


def test_other_treaties_and_mechanisms_are_not_compared(invented_vocabulary) -> None:
    upr = Examination("HRC", mechanism="UPR", state=fact("XAR"), session=fact("90", "90th session"))
    corpus = corpus_of(
        document("99", raised("a")),
        document("101", say("b", themes=("education",)), treaty="OPSC"),
        told(raised("c", speaker="reviewing-state"), path="u.md", facts=(upr,)),
    )
    found = steps(invented_vocabulary, corpus)
    assert {key: (step.status, step.compared) for key, step in found.items()} == {
        "xar-crc-99": (None, ()),
        "xar-opsc-101": (None, ()),
        "xar-upr-90": (None, ()),
    }


def test_each_statement_of_a_theme_stands_in_one_place(invented_vocabulary) -> None:
    corpus = corpus_of(
        document(
            "101",
            raised("ask", at=0),
            say("reply", "reply", themes=(THEME,), at=1),
            say("promise", "commitment", themes=(THEME,), at=2),
            say("praise", "positive", themes=(THEME,), at=3),
            raised("the author", speaker="author", at=4),
        )
    )
    (step,) = steps(invented_vocabulary, corpus).values()
    texts = [[one.statement.text for one in part] for part in (step.raised, step.answered, step.further)]
    assert texts == [["ask"], ["reply", "promise"], ["praise"]]


# --- the editor's file --------------------------------------------------------------------------------------------

ENTRY = (
    "- {state: XAR, theme: trafficking, examination: xar-crc-101, status: raised-again, note: Same law., editor: Ann}\n"
)


def read(vocabulary, entries: str) -> tuple[Confirmation, ...]:
    return load_confirmations(loads(f"format: threads/1\nthreads:\n{entries}", "threads.yaml"), vocabulary)


def test_a_decision_names_what_it_decides(invented_vocabulary) -> None:
    (one,) = read(invented_vocabulary, ENTRY)
    assert (one.place, one.status, one.note, one.editor) == (
        ("xar-crc-101", THEME),
        Status.RAISED_AGAIN,
        "Same law.",
        "Ann",
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("state: XAR", "state: QQQ", "3:11", "no State has the code 'QQQ'"),
        ("theme: trafficking", "theme: weather", "3:23", "there is no theme 'weather'"),
        ("xar-crc-101", "xfr-crc-101", "3:49", "'xfr-crc-101' is no examination of XAR"),
        ("status: raised-again", "status: dropped", "3:70", "found 'dropped', expected one of"),
        ("note:", "notes:", "3:91", "unknown key 'notes'"),
        ("status: raised-again, ", "", "3:3", "the key 'status' is missing"),
    ],
)
def test_a_wrong_entry_is_told_at_its_place(invented_vocabulary, old, new, place, message) -> None:
    with pytest.raises(DatafileError) as failed:
        read(invented_vocabulary, ENTRY.replace(old, new))
    at = failed.value.diagnostic.location
    assert f"{at.line}:{at.column}" == place
    assert message in failed.value.diagnostic.message
    assert (failed.value.diagnostic.code, at.path) == ("D002", "threads.yaml")


def test_two_decisions_about_one_place_are_one_too_many(invented_vocabulary) -> None:
    with pytest.raises(DatafileError, match="decided on line 3 already"):
        read(invented_vocabulary, ENTRY * 2)


def test_another_format_is_refused(invented_vocabulary) -> None:
    with pytest.raises(DatafileError, match="expected 'threads/1'"):
        load_confirmations(loads("format: threads/9\nthreads:\n", "threads.yaml"), invented_vocabulary)


def test_an_editor_may_call_new_what_the_rule_calls_raised_again(invented_vocabulary) -> None:
    corpus = corpus_of(document("99", raised("once")), document("101", raised("twice")))
    decided = read(invented_vocabulary, ENTRY.replace("raised-again", "new"))
    assert not list(stale(corpus, invented_vocabulary, decided))
    step = steps(invented_vocabulary, corpus, confirmations=decided)["xar-crc-101"]
    assert (step.status, step.confirmed) == (Status.NEW, decided[0])


@pytest.mark.parametrize(
    ("earlier", "here", "status", "message"),
    [
        (raised("a"), raised("b"), "not-mentioned", "it cannot be called not mentioned"),
        (say("a", themes=("education",)), raised("b"), "raised-again", "cannot be raised again"),
        (raised("a"), say("b", themes=("education",)), "raised-again", "nothing on trafficking is raised"),
        (raised("a"), say("b", themes=("education",)), "new", "nothing on trafficking is raised"),
        (None, raised("b"), "new", "no earlier document under the same treaty or mechanism"),
        (raised("a"), None, "new", "there is no examination xar-crc-101 here"),
    ],
)
def test_a_decision_against_the_documents_is_stale_and_not_shown(
    invented_vocabulary, earlier, here, status, message
) -> None:
    documents = [document(session, one) for session, one in (("99", earlier), ("101", here)) if one]
    corpus = corpus_of(*documents)
    decided = read(invented_vocabulary, ENTRY.replace("raised-again", status))
    (found,) = stale(corpus, invented_vocabulary, decided)
    assert (found.code, found.location.line) == ("C001", 3)
    assert message in found.message
    assert all(step.confirmed is None for step in steps(invented_vocabulary, corpus, confirmations=decided).values())


def test_the_file_stands_beside_the_sources(stage) -> None:
    stage.put({"threads.yaml": "format: threads/1\nthreads:\n- {state: XAR}\n"})
    broken = stage.publish({"a.md": review()}).reading
    assert [
        (d.code, d.location.path.rsplit("/", 1)[-1], d.location.line) for d in broken.diagnostics if d.code == "D002"
    ] == [("D002", "threads.yaml", 3)]
    assert len(broken.documents) == 1
    stage.put({"threads.yaml": f"format: threads/1\nthreads:\n{ENTRY}"})
    outdated = stage.publish({"a.md": review()}).reading
    assert [d.location.line for d in outdated.diagnostics if d.code == "C001"] == [3]


# --- the page -----------------------------------------------------------------------------------------------------


def view_of(vocabulary, *documents, confirmations=(), address: str = "countries/xar/"):
    planned: Plan = plan(corpus_of(*documents), vocabulary, confirmations=confirmations)
    (found,) = (one for one in planned.pages if one.address == address)
    return found.view


def test_a_page_says_who_says_so(invented_vocabulary) -> None:
    documents = document("99", raised("once")), document("101", raised("twice"))
    (row,) = view_of(invented_vocabulary, *documents).themes
    assert [cell.status and (cell.status.text, cell.status.says) for cell in row.cells] == [
        None,
        ("raised again", "suggested by rule; an editor has not confirmed it"),
    ]
    decided = read(invented_vocabulary, ENTRY)
    (row,) = view_of(invented_vocabulary, *documents, confirmations=decided).themes
    assert row.cells[-1].status.says == "confirmed by Ann"
    listed = view_of(invented_vocabulary, *documents, confirmations=decided, address="countries/xar/")
    assert [step.status and step.status.note for step in listed.steps] == [None, "Same law."]


@pytest.mark.parametrize(
    ("kind", "label", "empty"),
    [
        ("summary", "not mentioned in this document", "Not mentioned in this document."),
        ("digest", "not mentioned in this digest, which tells a choice", "the document it rests on may speak of it"),
    ],
)
def test_a_digest_that_leaves_something_out_says_so(invented_vocabulary, kind: str, label: str, empty: str) -> None:
    held = examination(session="101")
    later = told(say("of other things", themes=("education",)), path="b.md", facts=(held,), kind=kind)
    documents = document("99", raised("once")), later
    rows = {row.theme.address: row for row in view_of(invented_vocabulary, *documents).themes}
    status = rows[f"themes/{THEME}/"].cells[-1].status
    assert status.text == label
    steps = view_of(invented_vocabulary, *documents, address="countries/xar/").steps
    assert any(empty in step.empty for step in steps)


def test_a_promise_names_later_documents_on_its_theme_and_only_those(invented_vocabulary) -> None:
    promise = say("promise", "commitment", themes=(THEME,), due=Due("2027", "year", "by 2027"), at=1)
    view = view_of(
        invented_vocabulary,
        document("99", raised("before", at=0)),
        document("100", promise),
        document("101", raised("after")),
        document("102", say("of other things", themes=("education",))),
    )
    ((((promised,),),),) = (((one.items for one in state.held) for state in part.states) for part in view.parts[:1])
    assert [(link.address, link.anchor) for link in promised.later] == [("countries/xar/", "trafficking.crc-101")]


def test_the_time_line_goes_by_date_whatever_the_body(invented_vocabulary) -> None:
    upr = Examination("HRC", mechanism="UPR", state=fact("XAR"), session=fact("90"), date=fact("2024-05-05"))
    line = view_of(
        invented_vocabulary,
        document("99", raised("a"), date="2020-01-10"),
        document("101", raised("b"), date="2026-01-14"),
        told(raised("c", speaker="reviewing-state"), path="u.md", facts=(upr,)),
    ).timeline
    assert [one.examination.address for one in line.events] == [
        "countries/xar/crc-99/",
        "countries/xar/upr-90/",
        "countries/xar/crc-101/",
    ]
    places = [one.at for one in line.events]
    assert places == sorted(places)
    assert all(0 < place < 100 for place in places)
    assert [one.lane for one in line.events] == [0, 1, 0]
    assert len(line.ticks) <= 7


def test_an_examination_without_any_date_is_listed_and_not_drawn(invented_vocabulary) -> None:
    line = view_of(invented_vocabulary, document("7", raised())).timeline
    assert [one.when for one in line.events] == ["day not recorded"]
    assert (line.drawn, line.ticks) == ((), ())


def test_a_statement_stands_once_on_the_page_and_is_led_to_from_its_other_themes(invented_vocabulary) -> None:
    both = say("of both", themes=(THEME, "education"), at=0)
    before = document("99", say("earlier", themes=(THEME, "education")))
    view = view_of(invented_vocabulary, before, document("101", both, raised("of one", at=1)))
    told_of = {step.anchor.split(".")[0]: step for step in view.steps if step.anchor.endswith("101")}
    first, second = sorted(told_of.values(), key=lambda step: bool(step.above))
    assert "of both" in [item.linked.statement.text for item in first.items]
    assert "of both" not in [item.linked.statement.text for item in second.items]
    assert [(link.text, link.address) for link in second.above] == [("concern, line 1", "countries/xar/crc-101/")]


def test_long_threads_have_pages_of_their_own_and_short_ones_stand_on_the_page_of_the_state(
    invented_vocabulary,
) -> None:
    corpus = corpus_of(document("99", *(raised(f"S{n}", at=n) for n in range(30))), document("101", raised("again")))
    long, short = (plan(corpus, invented_vocabulary, items=items).pages for items in (20, 240))
    assert "countries/xar/threads/" in [page.address for page in long]
    assert "countries/xar/threads/" not in [page.address for page in short]


def test_without_anything_to_compare_there_is_no_thread(invented_vocabulary) -> None:
    view = view_of(invented_vocabulary, document("101", raised("once")))
    assert (view.steps, view.groups) == ((), ())
    assert [link.anchor for row in view.clusters for link, _ in row.themes] == ["xar"]
