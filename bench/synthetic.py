"""Synthetic reports in the publisher's form, always the same ones: what no real corpus is large enough for.

    python bench/synthetic.py --count N --to DIR

Each report is an examination of its own – State × treaty × session – of about 7 KB and 30 statements. Words are labels
of the themes and words made by rule, so that no sentence comes twice: repeated ones would flatter every compressor. How
often each comes is fitted to 64,533 real statements: 14 different words each; the word of rank r in 2.1 / (r + 15) of
them (measured: rank 2 in 12.3 %, 10 in 8.4 %, 30 in 4.1 %, 100 in 2.4 %, 500 in 0.6 %, 2,000 in 0.09 %); "children" in
a third, as in reports on their rights. `synthetic_corpus` makes the corpus of the same reports without writing and
reading them. Nothing in them was ever said by anybody.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from typing import Any

import yaml

from generator.corpus import Corpus, assemble
from generator.model import (
    Attribution,
    Confidence,
    Document,
    Examination,
    Fact,
    Kind,
    Provenance,
    ReadDocument,
    Rights,
    Section,
    Speaker,
    Statement,
)
from generator.text.source import SourceText, Span

_VOCABULARIES = Path(__file__).parent.parent / "content" / "vocabularies"
_FIRST_SESSION = 60
_TITLES = {
    "CRC": "SECOND PERIODIC REPORT",
    "OPSC": "FIRST REPORT ON THE OPTIONAL PROTOCOL ON THE SALE OF CHILDREN, CHILD PROSTITUTION AND CHILD PORNOGRAPHY",
    "OPAC": "FIRST REPORT ON THE OPTIONAL PROTOCOL ON THE INVOLVEMENT OF CHILDREN IN ARMED CONFLICT",
}
_TREATIES = {"CRC": "Convention", "OPSC": "Optional Protocol", "OPAC": "Optional Protocol"}
_HEADINGS = ("Legislation", "Data collection", "Dissemination and training", "Prevention", "Protection of victims")
_SIDES = (
    ("The Committee was concerned about {}.", Kind.CONCERN, Speaker.COMMITTEE),
    ("The delegation replied that {}.", Kind.REPLY, Speaker.DELEGATION),
    ("The Committee asked about {}.", Kind.QUESTION, Speaker.COMMITTEE),
    ("The delegation stated that {}.", Kind.REPLY, Speaker.DELEGATION),
    ("The Committee recommended that {}.", Kind.RECOMMENDATION, Speaker.COMMITTEE),
    ("The delegation explained that {}.", Kind.REPLY, Speaker.DELEGATION),
)
# What such reports speak of most, in this order; phrases stay together, as they do in reports.
_COMMON = (
    "children education violence law school families training access police health birth~registration data "
    "corporal~punishment trafficking services women poverty juvenile~justice child~labour discrimination budget "
    "disabilities refugees courts age marriage abuse exploitation teachers parents nutrition water adoption "
    "detention migrants recruitment victims shelters prostitution minorities protection sexual~abuse street~children "
    "domestic~violence early~marriage"
).split()
_SMALL = ("in", "of", "the", "and", "for", "with", "by", "to the", "on", "from the", "in the", "and the", "of the")
_SYLLABLES = ("ba", "cor", "den", "fil", "gra", "lam", "mon", "per", "ral", "sta", "tor", "ven")
_ENDINGS = ("ance", "ation", "ed", "er", "ers", "ing", "ity", "ment")
_SURNAMES = ("Abara", "Bellini", "Corday", "Dragan", "Eskola", "Farouk", "Gruber", "Halloran", "Ibarra", "Jansen")
_CONTENT, _CLAUSE = 8, 9  # content words of a sentence at least, and how many more it may have
_SHIFT, _CHILDREN = 15, 0.24  # of the law of how often a word comes; the weight of the first word


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is written: its facts, and what is said under each heading."""

    state: str
    name: str
    treaty: str
    session: int
    head: str
    said: tuple[tuple[str, tuple[tuple[Kind, Speaker, str, tuple[str, ...]], ...]], ...]

    @property
    def path(self) -> str:
        return f"{self.state}-{self.treaty}-{self.session}.md".lower()

    @property
    def text(self) -> str:
        """The report as its publisher would have set it."""
        number, sections = self.session, []
        for heading, said in self.said:
            paragraphs = (" ".join(one[2] for one in said[at : at + 2]) for at in range(0, len(said), 2))
            sections.append(f"## {heading}\n\n" + "\n\n".join(paragraphs))
        body = "\n\n".join(sections)
        return (
            f"# STATE PARTY EXAMINATION OF {self.name.upper()}’S {_TITLES[self.treaty]}\n\n"
            f"{number}<sup>{_ordinal(number).upper()}</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n\n"
            f"## Opening Comments\n\nThe delegation was led by {self.head}, Minister of Social Welfare.\n\n{body}\n"
        )


def drafts(count: int) -> Iterator[Draft]:
    """The first `count` reports; the same for the same count, and the first ones the same for every count."""
    states, words, themes = _states(), _words(), _themes()
    weights = list(accumulate([_CHILDREN, *(1 / (rank + _SHIFT) for rank in range(1, len(words)))]))
    small = list(accumulate(1 / (rank + 1) for rank in range(len(_SMALL))))
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - always the same ones are wanted
        rest, which = divmod(number, len(states))
        session, treaty = divmod(rest, len(_TITLES))
        code, name = states[which]
        said = []
        for heading in _HEADINGS:
            turns = []
            for frame, kind, speaker in _SIDES:
                length = _CONTENT + chance.randrange(_CLAUSE)
                content = chance.choices(words, cum_weights=weights, k=length)
                between = chance.choices(_SMALL, cum_weights=small, k=length)
                clause = " ".join(f"{a} {b}" for a, b in zip(content, between, strict=True)).rsplit(" ", 1)[0]
                clause = re.sub(r"( (?:in|of|the|and|for|with|by|to|on|from))+$", "", clause)
                if kind is Kind.REPLY:
                    clause = f"the Government had improved {clause}"
                elif kind is Kind.RECOMMENDATION:
                    clause = f"the State party improve {clause}"
                found = tuple(dict.fromkeys(themes[word] for word in content if word in themes))[:3]
                turns.append((kind, speaker, frame.format(clause), found))
            said.append((heading, tuple(turns)))
        head = f"{chance.choice(words[60:]).title()} {chance.choice(_SURNAMES)}"
        yield Draft(code, name, list(_TITLES)[treaty], _FIRST_SESSION + session, f"Mr. {head}", tuple(said))


def synthetic_corpus(count: int) -> Corpus:
    """The corpus of the first `count` reports, made without reading them."""
    rights = Rights("nobody", "CC0-1.0", None, "full")
    provenance = Provenance("summary", "The Author", "A badge.", "A notice.", rights, listed=True)
    return assemble(_told(draft, provenance) for draft in drafts(count))[0]


def _told(draft: Draft, provenance: Provenance) -> ReadDocument:
    statements = []
    for line, (heading, said) in enumerate(draft.said, 1):
        section = Section((heading,), 2, line)
        for at, (kind, speaker, text, themes) in enumerate(said):
            paragraph = 3 * line + at // 2
            span = Span(paragraph, 500 * (at % 2), 500 * (at % 2) + len(text))
            more: dict[str, Any] = {"themes": themes}
            statements.append(
                Statement(
                    kind, speaker, Attribution.EXPLICIT, text, (span,), section, paragraph, at % 2, "synthetic", "",
                    Confidence.HIGH, **more,
                )
            )  # fmt: skip
    source = SourceText.from_str(draft.path, f"{draft.path}\n")
    document = Document(source, None, "en", (), (), (), (), None, None)
    facts = Examination(
        "CRC",
        state=_fact(draft.state, draft.name),
        treaty=_fact(draft.treaty, _TREATIES[draft.treaty]),
        session=_fact(str(draft.session), f"{draft.session}{_ordinal(draft.session)} session"),
    )
    return ReadDocument(document, (facts,), tuple(statements), (), provenance)


def _fact(value: str, name: str) -> Fact:
    return Fact(value, name, name, "synthetic", (Span(1, 0, 1),))


def _ordinal(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _load(name: str) -> Any:
    return yaml.load((_VOCABULARIES / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def _states() -> list[tuple[str, str]]:
    """Codes and names of the Members of the United Nations."""
    members = (state for state in _load("states.yaml")["states"] if state["status"] == "member")
    return [(state["code"], state["names"]["en"]["short"]) for state in members]


@cache
def _words() -> list[str]:
    """Content words, the most frequent first: what reports speak of, words of the themes' labels, words by rule."""
    labels = (theme["label"]["en"] for theme in _load("themes.yaml")["themes"])
    of_themes = sorted({word for label in labels for word in re.findall(r"[a-z]{5,}", label.lower())})
    made = [f"{a}{b}{c}" for a, b, c in product(_SYLLABLES, _SYLLABLES, _ENDINGS)]
    made += [f"{a}{b}{c}{d}" for a, b, c, d in product(_SYLLABLES, _SYLLABLES, _SYLLABLES, _ENDINGS)]
    random.Random(0).shuffle(made)  # noqa: S311
    random.Random(1).shuffle(of_themes)  # noqa: S311
    return list(dict.fromkeys([*(word.replace("~", " ") for word in _COMMON), *of_themes, *made]))


@cache
def _themes() -> dict[str, str]:
    """The theme that a word of its label means."""
    found: dict[str, str] = {}
    for theme in _load("themes.yaml")["themes"]:
        for word in re.findall(r"[a-z]{5,}", theme["label"]["en"].lower()):
            found.setdefault(word, theme["id"])
    return found


def main() -> None:
    """Write the reports."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--to", type=Path, required=True)
    given = options.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    size = 0
    for draft in drafts(given.count):
        size += (given.to / draft.path).write_bytes(draft.text.encode())
    print(f"{given.count} reports of {size / given.count:.0f} bytes in {given.to}")


if __name__ == "__main__":
    main()
