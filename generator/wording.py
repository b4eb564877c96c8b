"""What may be claimed of words that we show: that a document has them, or that they are ours.

Takes the kind of a source. Gives a `Wording`, and the sentences that pages, exports, feeds and citations may say of
words of that kind: no other place says that words are quoted. Words that may not be shown at all are the matter of
`rights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Kinds of sources whose text is our own account of another document.
_OURS = frozenset({"digest"})


class Wording(StrEnum):
    """Whose wording a text is. A closed list."""

    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Claims:
    """The sentences that may be said of words of one wording.

    `type` speaks of the type they are set in: what stands before the sample of it, the sample, what follows.
    """

    # Beside a single statement; empty where nothing need be said.
    label: str
    type: tuple[str, str, str]
    # How the statements of a brief are given.
    brief: str
    # After what an index of many documents lists.
    index: str
    # Over the citation of the document: of its kind.
    entry: str
    # Over its whole text, and over the parts of it that may be shown.
    whole: str
    parts: str
    # Round the words of a statement or of a fact.
    cited: str
    fact: str
    # Over names that are given as the document writes them.
    names: str


CLAIMS: Mapping[Wording, Claims] = {
    Wording.QUOTED: Claims(
        label="",
        type=("Words set like ", "this", " stand in the document; everything else is ours."),
        brief="Quoted word for word, none shortened",
        index=", in the words of each source",
        entry="The {kind} these words stand in",
        whole="The whole text as received.",
        parts="Only the lines that are quoted: the source’s terms allow excerpts.",
        cited="“{words}”",
        fact="“{words}”",
        names="As written",
    ),
    Wording.PARAPHRASED: Claims(
        label="our digest",
        type=("All of it is our paraphrase; each sentence names the paragraphs it is based on.", "", ""),
        brief="Our paraphrase, none shortened",
        index=", as our digests tell it",
        entry="The document this {kind} is based on",
        whole="The whole text of our digest.",
        parts="Only the lines of our digest that hold statements: its terms allow excerpts.",
        cited="Paraphrase: {words}",
        fact="Our digest: {words}",
        names="As our digest has them",
    ),
    Wording.WITHHELD: Claims(
        label="",
        type=("Its words are not shown here: the source’s terms do not allow it.", "", ""),
        brief="The places of statements, without words that may not be shown",
        index="",
        entry="The {kind} that is described here",
        whole="The source’s terms do not allow its text to be shown.",
        parts="The source’s terms do not allow its text to be shown.",
        cited="(text not shown)",
        fact="{words}",
        names="Not shown",
    ),
}
# Where quoted words stand beside others.
_BRIEF_MIXED = "None shortened; words in book type are quoted word for word, all others are ours"
_INDEX_MIXED = ", in the words of each source or, for a digest, in ours"


def wording_of(kind: str) -> Wording:
    """Whose wording the text of a source of this kind is."""
    return Wording.PARAPHRASED if kind in _OURS else Wording.QUOTED


def brief_claim(wordings: Iterable[Wording]) -> str:
    """How the statements of one brief are given."""
    return _of_all(wordings, {wording: one.brief for wording, one in CLAIMS.items()}, _BRIEF_MIXED)


def index_claim(wordings: Iterable[Wording]) -> str:
    """What is said after what an index lists; begins with a comma."""
    return _of_all(wordings, {wording: one.index for wording, one in CLAIMS.items()}, _INDEX_MIXED)


def _of_all(wordings: Iterable[Wording], claims: Mapping[Wording, str], mixed: str) -> str:
    """What is true of all: words that are withheld need no claim where others are shown."""
    found = set(wordings)
    if len(found) > 1:
        found -= {Wording.WITHHELD}
    if len(found) > 1:
        return mixed
    return claims[found.pop()] if found else claims[Wording.WITHHELD]
