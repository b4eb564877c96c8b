"""Labels as speakers: "Sylvania: 41 cases had been opened.", "Q: Were they?", "COMMITTEE – How many?".

Takes the beginning of a paragraph, or a heading, and what a language calls those who ask and those who answer. Gives
the speaker and where the words begin. A label that nothing knows is nobody.
"""

from __future__ import annotations

import re

from generator.model import Speaker
from generator.vocabulary import CueSet, StateNames

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w.' ()-]{0,60}?)\s?(?P<sign>:|\s-(?=\s)|\.(?=\s|$))\s*")
_IN_BRACKETS = re.compile(r"\s?\([^()]*\)$")


class Labels:
    """The labels of one language under one examination; `reviewed` is the code of the State examined."""

    def __init__(self, cues: CueSet, states: StateNames, reviewed: str, body: Speaker) -> None:
        self._asks, self._answers = cues.syntax.label_asks, cues.syntax.label_answers
        self._states, self._reviewed, self._body = states, reviewed, body

    def at(self, plain: str) -> tuple[Speaker, int] | None:
        """Whose words a paragraph holds by the label before them, and where they begin."""
        match = _LABEL.match(plain)
        if match is None:
            return None
        speaker = self.named(match["label"])
        # a full stop ends "Q1." only: "Sylvania. The country" is a sentence
        if speaker is None or (match["sign"] == "." and not match["label"][-1].isdigit()):
            return None
        return speaker, match.end()

    def named(self, label: str) -> Speaker | None:
        """The speaker a label names."""
        bare = _IN_BRACKETS.sub("", label.strip(" :-."))
        if self._asks and self._asks.fullmatch(bare):
            return self._body
        if self._answers and self._answers.fullmatch(bare):
            return Speaker.DELEGATION
        return Speaker.DELEGATION if self._reviewed and self._states.find(bare) == self._reviewed else None
