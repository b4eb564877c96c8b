"""Words that look like a statement and are none, or another's: labelled from the guideline before they were read.

Each text is the only paragraph of a section. Sentences of context come first; the last line of a label is the sentence
that matters. `+` marks what is embedded.
"""

from __future__ import annotations

import pytest

SENTENCES = [
    # --- "concerned" that is no concern
    ("All concerned were invited to a hearing in the capital.", ["background unattributed"]),
    ("The delegation replied that the ministries concerned met every month.", ["reply delegation"]),
    ("The delegation said that all concerned had been consulted.", ["reply delegation"]),
    ("Letters from concerned parents were sent to every school.", ["background unattributed"]),
    ("The children concerned live in the border districts.", ["background unattributed"]),
    ("The delegation described the measures concerning street children.", ["reply delegation"]),
    ("The Committee asked about measures concerning asylum-seeking children.", ["question committee"]),
    ("The Committee asked which authorities were concerned.", ["question committee"]),
    ("The delegation said that, as far as refugees were concerned, a new law applied.", ["reply delegation"]),
    ("The delegation explained that this concerned only children over 15.", ["reply delegation"]),
    ("The Children's Act is the main law of concern to the courts.", ["background unattributed"]),
    ("No concern was raised about vaccination.", ["background author"]),
    ("The delegation said that child labour was an area of concern to the government.", ["reply delegation"]),
    (
        "The delegation shared the Committee's concern about street children.",
        ["reply delegation", "+ concern committee"],
    ),
    # --- "question" that is no question
    ("Committee members did not question the figures.", ["background author"]),
    ("The impartiality of the courts was called into question by lawyers.", ["background unattributed"]),
    ("The question of birth registration is governed by a decree of 2004.", ["background unattributed"]),
    ("The delegation said that the question of corporal punishment was under review.", ["reply delegation"]),
    ("The Committee asked for the floor.", ["procedural committee"]),
    ("The delegation asked for the floor.", ["procedural delegation"]),
    ("The delegation asked for more time to answer.", ["procedural delegation"]),
    ("The delegation asked whether the Committee wanted the figures in writing.", ["procedural delegation"]),
    ("The delegation thanked the Committee for its questions.", ["procedural delegation"]),
    ("The delegation replied that pupils were asked about bullying every year.", ["reply delegation"]),
    ("The police must question children in the presence of a parent.", ["background unattributed"]),
    # --- "recommendation" that is none
    ("Several members of the Committee made recommendations.", ["procedural committee"]),
    ("The Committee made recommendations in 2009.", ["procedural committee"]),
    ("The Committee asked about follow-up to its recommendation on adoption.", ["question committee"]),
    ("The Committee asked whether the recommendations of 2009 had been carried out.", ["question committee"]),
    ("The delegation replied that the recommendation on adoption had been carried out.", ["reply delegation"]),
    ("The delegation said that the Ombudsman had recommended a higher age of marriage.", ["reply delegation"]),
    ("The delegation stated that judges should be trained.", ["reply delegation"]),
    ("The delegation said that parents must send their children to school.", ["reply delegation"]),
    ("The Minister said that more schools should have been built by then.", ["reply delegation"]),
    ("The delegation believed that it was necessary to review the law.", ["reply delegation"]),
    ("The delegation noted that the law needed to be changed.", ["reply delegation"]),
    ("The delegation urged the Committee to read its written replies.", ["reply delegation"]),
    ("The delegation said that the government encouraged parents to register births.", ["reply delegation"]),
    ("The delegation explained that the courts invited children to speak.", ["reply delegation"]),
    ("The recommendations of the Committee will be published in June.", ["procedural author"]),
    # --- "committee" that is not the Committee
    ("The parliamentary committee recommended that the budget be doubled.", ["background unattributed"]),
    ("The village committees are concerned about the lack of teachers.", ["background unattributed"]),
    ("The National Committee for Children will open two offices by 2020.", ["commitment state"]),
    ("The Inter-ministerial Committee on Children regretted the delay.", ["background unattributed"]),
    ("The Committee against Torture had been concerned about pre-trial detention.", ["background unattributed"]),
    ("The delegation said that the committee had recommended a new law.", ["reply delegation"]),
    ("These committees urge parents to vaccinate their children.", ["background unattributed"]),
    ("The steering committee welcomed the plan.", ["background unattributed"]),
    ("The Human Rights Committee urged the State party to close the camp.", ["background unattributed"]),
    # --- "will" and "would" that promise nothing
    ("The Committee will adopt its concluding observations on 5 June.", ["procedural committee"]),
    ("The Committee hoped that the law would be adopted soon.", ["recommendation committee"]),
    ("The Committee asked whether the law would be adopted in 2016.", ["question committee"]),
    ("The Committee asked when the government would ratify the Protocol.", ["question committee"]),
    ("The Committee asked if the State party intended to ratify the Protocol.", ["question committee"]),
    ("The Committee was concerned that the plan would not be funded.", ["concern committee"]),
    ("The delegation said that it would not be possible to close the homes.", ["reply delegation"]),
    # --- praise that is none
    ("The Committee welcomed the delegation.", ["procedural committee"]),
    ("The delegation welcomed the comments of the Committee.", ["procedural delegation"]),
    ("The delegation commended its own police for their efforts.", ["reply delegation"]),
    ("The delegation noted with satisfaction that enrolment had doubled.", ["reply delegation"]),
    ("The school was commended by UNESCO.", ["background unattributed"]),
    # --- nouns and pronouns that name nobody
    ("A child may keep the room that he shares with a parent.", ["background unattributed"]),
    ("The share of girls in school rose to 48 per cent.", ["background unattributed"]),
    ("The concerned ministry has two offices.", ["background unattributed"]),
    ("It is regrettable that the report was late, in the view of the author.", ["concern author"]),
    (
        "The Committee asked about orphans. The delegation replied that they lived with relatives. "
        "They should be visited every month.",
        ["question committee", "reply delegation", "reply delegation"],
    ),
    (
        "The delegation replied that an ombudsman existed. He recommended that the law be changed.",
        ["reply delegation", "reply delegation"],
    ),
    # --- more of the same, of other shapes
    ("The concern of many parents was the cost of uniforms.", ["background unattributed"]),
    ("The delegation was concerned about the safety of witnesses.", ["reply delegation"]),
    ("The delegation took note of the Committee's concern about orphans.", ["reply delegation", "+ concern committee"]),
    ("Members of the National Committee for Children recommended a helpline.", ["background unattributed"]),
    ("The Special Rapporteur on the sale of children recommended a new law.", ["background unattributed"]),
    ("The Committee of Ministers welcomed the new law.", ["background unattributed"]),
    ("The Constitutional Court regretted the length of the proceedings.", ["background unattributed"]),
    ("The delegation recalled that the Committee had recommended a new code.", ["reply delegation"]),
    ("The delegation asked the Committee to repeat the question.", ["procedural delegation"]),
    ("The delegation answered that social workers were urged to visit families.", ["reply delegation"]),
    ("The delegation criticised the figures of the newspapers.", ["reply delegation"]),
    ("Teachers were asked to report absences to the head of the school.", ["background unattributed"]),
    ("Questions from pupils were answered by the Ombudsman.", ["background unattributed"]),
    ("The Committee did not comment on the figures.", ["background author"]),
    ("The Committee's recommendations were translated into two languages.", ["background unattributed"]),
    ("The concluding observations of the Committee will be available in October.", ["procedural author"]),
    # --- whoever else speaks
    ("The State party was praised by UNESCO.", ["background unattributed"]),
    ("The government was urged by the Human Rights Committee to close the camp.", ["background unattributed"]),
    ("Concern was expressed by parents about the distance to school.", ["background unattributed"]),
    ("Questions were asked by pupils about their rights.", ["background unattributed"]),
    ("The Rapporteur on torture recommended that the cells be closed.", ["background unattributed"]),
    ("The Oxfam representative said that the wells were dry.", ["background unattributed"]),
    ("A ban was recommended by experts.", ["background unattributed"]),
    ("Several experts on nutrition recommended fruit.", ["background unattributed"]),
    ("Teachers and members of staff asked for better pay.", ["background unattributed"]),
    ("Mr. Aldous Penhallow (Norway) asked for a report.", ["background unattributed"]),
    ("In the village, members asked for a well.", ["background unattributed"]),
    ("It was recommended by UNICEF that the age be raised.", ["background unattributed"]),
    ("It was suggested in the press that the figures were wrong.", ["background unattributed"]),
    ("The project was explained by the delegation to the press.", ["background unattributed"]),
    ("Ms. Vera Strand (UNICEF) said that funds were short.", ["background unattributed"]),
    (
        "The children told the Committee that they were afraid. They asked for help.",
        ["background unattributed", "background unattributed"],
    ),
    (
        "The Committee asked about the ban. The delegation shrugged off the question.",
        ["question committee", "background unattributed"],
    ),
    (
        "The delegation said that a ban was in place. The Committee frowned on the exceptions.",
        ["reply delegation", "background unattributed"],
    ),
]


# What is read wrongly today, and as what. A sentence that is mended must leave this list.
WRONG: dict[str, str] = {}


def labels(reading) -> list[str]:
    return [f"{'+ ' * s.embedded}{s.kind} {s.speaker}" for s in reading.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            text, expected, marks=pytest.mark.xfail(strict=True, reason=WRONG[text]) if text in WRONG else (), id=text
        )
        for text, expected in SENTENCES
    ],
)
def test_no_false_statement(read, text: str, expected: list[str]) -> None:
    assert labels(read(f"## Education\n\n{text}\n")) == expected


def test_what_is_wrong_is_among_the_sentences() -> None:
    assert WRONG.keys() - {text for text, _ in SENTENCES} == set()
