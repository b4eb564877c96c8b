"""The judged queries: what a predicate holds of, what is searchable, how an answer is scored."""

from __future__ import annotations

import re

import pytest
from judging import FORMAT, Answer, Judge, Judged, Query, failures, folded, indexed

FAMILIES = {"torture": r"\btortur", "police": r"\bpolice"}
NAMES = {"CIV": r"\bcote d'ivoire\b"}


def record(text="Torture.", **given):
    made = {
        "id": "a",
        "text": text,
        "state": "LAO",
        "kind": "concern",
        "speaker": "committee",
        "confidence": "high",
        "listed": False,
        "number": None,
        "recommending_states": [],
        "speaker_states": [],
        "source": {"path": "one.md"},
    }
    return {**made, **given}


def a_judge(*queries):
    return Judge({"format": FORMAT, "families": FAMILIES, "names": NAMES, "queries": queries})


def holds(predicate, **given) -> bool:
    one = record(**given)
    return a_judge().test(predicate)(one, folded(one["text"]))


def test_folding_takes_case_accents_and_curly_apostrophes_off():
    assert folded("CÔTE D’IVOIRE") == "cote d'ivoire"


@pytest.mark.parametrize(
    ("predicate", "given"),
    [
        ({"text": r"\bturkiye\b"}, {"text": "Türkiye replied."}),
        ({"words": ["torture", "police"]}, {"text": "Police tortured him."}),
        ({"about": "CIV"}, {"state": "CIV"}),
        ({"about": "CIV"}, {"speaker_states": ["CIV"]}),
        ({"about": "CIV"}, {"recommending_states": ["FRA", "CIV"]}),
        ({"about": "CIV"}, {"text": "Côte d’Ivoire asked."}),
        ({"state": ["LAO"], "kind": ["concern"]}, {}),
        ({"states": ["FRA"]}, {"speaker_states": ["FRA"]}),
        ({"number": "135.27"}, {"number": "135.27"}),
        ({"any_of": [{"text": "x"}, {"words": ["torture"]}]}, {}),
        ({"all_of": [{"text": "t"}, {"words": ["torture"]}], "none_of": [{"text": "x"}]}, {}),
    ],
)
def test_a_predicate_holds(predicate, given):
    assert holds(predicate, **given)


@pytest.mark.parametrize(
    ("predicate", "given"),
    [
        ({"words": ["torture", "police"]}, {}),
        ({"about": "CIV"}, {}),
        ({"state": ["LAO"], "kind": ["reply"]}, {}),
        ({"number": "135.2"}, {"number": "135.27"}),
        ({"none_of": [{"words": ["torture"]}]}, {}),
        ({"all_of": [{"words": ["torture"]}, {"text": "x"}]}, {}),
    ],
)
def test_a_predicate_does_not_hold(predicate, given):
    assert not holds(predicate, **given)


@pytest.mark.parametrize(
    "given",
    [{"kind": "procedural"}, {"kind": "background"}, {"confidence": "low"}, {"speaker": "author"}],
)
def test_doubtful_statements_are_not_searchable(given):
    assert indexed([record(**given)]) == []


def test_a_recommendation_only_voiced_is_left_out_where_the_document_lists():
    voiced = record(kind="recommendation", speaker="reviewing-state")
    listed = record(kind="recommendation", speaker="reviewing-state", listed=True)
    elsewhere = {**voiced, "source": {"path": "two.md"}}
    assert indexed([voiced, listed, elsewhere]) == [listed, elsewhere]


def test_what_may_be_shown_counts_neither_way():
    judged = Judged(frozenset("ab"), frozenset("c"))
    assert judged.recall("ac") == 0.5
    assert judged.precision("ac") == 1
    assert judged.precision("ad") == 0.5
    assert judged.precision("c") is None


def test_nothing_relevant_has_no_recall():
    assert Judged(frozenset(), frozenset()).recall("a") is None


def test_judging_gives_ids():
    judge = a_judge({"id": "q", "kind": "plain", "query": "torture", "want": "It.", "judge": {"words": ["torture"]}})
    assert judge.judge([record(), record("Peace.", id="b")])["q"].relevant == {"a"}


def test_an_unknown_key_is_refused():
    with pytest.raises(ValueError, match="unknown wants"):
        a_judge({"id": "q", "kind": "plain", "query": "a", "want": "It.", "wants": 1})


def answer(**given):
    made = {"total": 0, "said": "", "suggestions": (), "pages": (), "shown": (), "ms": 1.0, "found": None}
    return Answer(**{**made, **given})


def test_broken_promises_are_told(tmp_path):
    (tmp_path / "countries/tur").mkdir(parents=True)
    query = Query("q", "k", "x", "w", suggests="torture", page="countries/tur/", empty=True)
    assert len(failures(query, answer(total=2), [record()], tmp_path)) == 3
    kept = answer(suggestions=("Torture",), pages=("file:///site/countries/tur/index.html",))
    assert failures(query, kept, [record()], tmp_path) == []


def test_promises_about_what_the_site_lacks_are_left_out(tmp_path):
    query = Query("q", "k", "x", "w", suggests="torture", page="countries/tur/")
    assert failures(query, answer(), [record("Peace.")], tmp_path) == []


def test_the_file_of_queries_is_whole():
    judge = Judge.of_file()
    ids = [query.id for query in judge.queries]
    assert len(ids) == len(set(ids)) >= 60
    for query in judge.queries:
        for predicate in (query.judge, query.may):
            if predicate is not None:
                judge.test(predicate)
        assert query.want.endswith("."), query.id
        assert re.fullmatch(r"[a-z0-9-]+", query.id)
        assert (query.relevant or 0) > 0 or query.judge is None, query.id
