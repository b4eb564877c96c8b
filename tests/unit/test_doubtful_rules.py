"""Concerns by rules that often take praise or questions for them are of low confidence and wait for an editor."""

from __future__ import annotations

import pytest
from invented import review
from staging import Stage

from generator.build import doubts, prepare, read_project

NOTED = "Freedonia noted that schools were not safe."
CARRIED = "Freedonia welcomed the law. Nevertheless, the lack of schools was a serious problem."


@pytest.mark.parametrize("said", [NOTED, CARRIED], ids=["pointed out", "carried"])
def test_a_doubtful_concern_waits_for_an_editor(stage: Stage, said: str) -> None:
    publication = stage.publish({"a.md": review(dialogue=f"6. {said}")})
    corpus = publication.reading.corpus
    (one,) = [s for s in corpus.statements if s.statement.kind == "concern"]
    assert one.statement.rule in ("reviewing-state-pointed-out", "carried-from-reviewing-state")
    assert one.statement.confidence == "low"
    assert not corpus.is_indexed(one)
    assert {"positive", "question"} <= {other.kind for other in one.statement.alternatives}
    assert one.id in [doubt.linked.id for doubt in doubts(corpus)]


def test_an_editor_makes_it_sure_and_nothing_is_noted_any_more(stage: Stage) -> None:
    stage.put({"a.md": review(dialogue=f"6. {NOTED}")})
    assert "X001" in [d.code for d in read_project(stage.project).diagnostics]
    entry = f'- quote: "{NOTED}"\n  expect: {{kind: concern}}\n  confirm: true\n  reason: read\n'
    stage.put(
        {
            "corrections/a.yaml": f"format: corrections/1\ncorrections:\n{entry}",
            "sources.yaml": "format: sources/1\nsources: []\n",
        }
    )
    reading = prepare(stage.project).reading
    assert [d.code for d in reading.diagnostics if d.code in ("X001", "C001", "D002")] == []
    assert [s.statement.confidence for s in reading.corpus.statements if s.statement.text == NOTED] == ["high"]


def test_a_concern_in_words_of_concern_stays_sure(stage: Stage) -> None:
    publication = stage.publish({"a.md": review(dialogue="6. Freedonia was concerned about unsafe schools.")})
    assert [s.statement.confidence for s in publication.reading.corpus.statements if s.statement.kind == "concern"] == [
        "high"
    ]


def test_praise_by_the_same_rule_stays_as_sure_as_it_was(stage: Stage) -> None:
    publication = stage.publish({"a.md": review(dialogue="6. Freedonia highlighted the success of the schools.")})
    found = [
        s.statement for s in publication.reading.corpus.statements if s.statement.rule == "reviewing-state-pointed-out"
    ]
    assert [(s.kind, s.confidence) for s in found] == [("positive", "medium")]
