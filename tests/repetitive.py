"""Reports that say one thing over and over, made at random: what some pattern or loop may be slow on.

Takes a number. Gives an `Input`, which can be written out at any size. Used by the property test and by
`bench/slowness.py`, which tries as many as time allows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

SUMMARY = (
    "# STATE PARTY EXAMINATION OF ARCADIA’S SECOND PERIODIC REPORT\n\n"
    "102<sup>ND</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n25<sup>TH</sup> MAY 2026\n\n"
    "## Prevention\n\n"
)
_REVIEW = (
    "# Report of the Working Group on the Universal Periodic Review\n\nSylvania\n\n"
    "1. The Working Group on the Universal Periodic Review, established in accordance with Human Rights Council "
    "resolution 5/1, held its thirteenth session from 21 May to 4 June 2012.\n\n"
    "2. Arcadia congratulated Sylvania on the plan of action.\n\n3. Freedonia considered that it was strong.\n\n"
)
DIALOGUE = f"{_REVIEW}## B. Interactive dialogue and responses by the State under review\n\n4. "
CONCLUSIONS = (
    f"{_REVIEW}## II. Conclusions and/or recommendations\n\n"
    "5. The recommendations listed below have been examined by Sylvania and enjoy the support of Sylvania:\n\n5.1. "
)
HEADS = {"summary": SUMMARY, "dialogue": DIALOGUE, "conclusions": CONCLUSIONS}

_MARKS = [*"()[]{}<>*_#`~|&;:,.!?\"'“”‘’—–-/\\=+1a \n\t", "\u00a0", "\u00ad", "\u200b", "**", "__", "> ", "- ", "\n\n"]
# A low line stands for a space.
_WORDS = """the The of and that which to it It he He they They him said asked asked_about replied_that concern question
was_concerned_about recommended_that welcomed recommendation children schools training officials labour
vocational_training Committee the_Committee the_delegation The_delegation delegates the_Government the_State Arcadia
Freedonia Mr. Ms._Vera_Strand the_Minister_of_Justice the_Convention the_Optional_Protocol article_3 articles
article_3_of_the_Convention paragraph_5 paragraphs_5.1_to_5.9 recommendations_1_to_9 general_comment_No._8 CRC/C/GC/8
resolution_1325_(2000) by_2020 5_May_2026 21_May_to_4_June_2012 May 2012 (a) (i) (Arcadia) (Arcadia,_Freedonia)
(Atlantis) (of_note) 5.1. 6. 1.1 Ratify_it Ratify_the_Protocol_(Arcadia); enjoy_the_support_of_Sylvania. <sup>1</sup>
&amp; [a](b) ![a](b) **a** |_a_| http://example.org ## é œ 中 ﬁ U.N. No. however in_response_to_a_question""".split()
_TOKENS = [word.replace("_", " ") for word in _WORDS]
_JOINTS = ("", " ", " ", " ", ". ", ", ", "; ", "\n", "\n\n")
_LAST = ("", "x", ".", ")", "a.", ") x", "\n\nThe Committee asked about schools.")


@dataclass(frozen=True)
class Input:
    """A head, then `unit` as often as the size wants it, then `last`."""

    head: str
    unit: str
    last: str

    def text(self, size: int) -> str:
        """The report, of about so many characters."""
        return HEADS[self.head] + self.unit * max(1, size // len(self.unit)) + self.last + "\n"


def repetitive(number: int) -> Input:
    """The input of a number."""
    rng = random.Random(number)  # noqa: S311 - not for secrets
    joint = rng.choice(_JOINTS)
    parts = [rng.choice(_TOKENS if rng.random() < 0.7 else _MARKS) for _ in range(rng.choice((1, 1, 2, 3, 5, 8)))]
    return Input(rng.choice(tuple(HEADS)), joint.join(parts) + joint, rng.choice(_LAST))
