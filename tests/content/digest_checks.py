"""What can be checked mechanically of a digest against the document it rests on.

Takes a digest and that document. Gives complaints: a paragraph that is not there, a State, a number or a date that its
paragraphs do not name, words that were copied, a count that is not the document's.

    python tests/content/digest_checks.py DIGEST.md DOCUMENT.md
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from generator.extract import extract
from generator.parse import parse
from generator.recognise import recognise
from generator.text.source import SourceText
from generator.vocabulary import Vocabulary, fold, level, load_vocabulary

LONGEST_RUN = 9  # words in a row that a paraphrase may share with its document: names of laws and bodies are long
_REFERENCE = re.compile(r"\s*\((?P<paragraphs>paras?\. [^()]+)\)\.?$")
_PART = re.compile(r"(\d+)(?:\.(\d+))?(?:\s*[-–]\s*(\d+)(?:\.(\d+))?)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_COUNTED = re.compile(r"\b(?P<all>\d+) numbered recommendations")
_POSITIONS = {
    "supported": "supported",
    "implemented": "already",
    "pending": "later",
    "noted": "noted",
    "not-supported": "not support",
}
_HEAD = re.compile(r"^(?:The delegation was headed|The Working Group)")


@dataclass(frozen=True)
class Rested:
    """The document a digest rests on: its paragraphs by number, and how many recommendations have each position."""

    paragraphs: Mapping[str, str]
    positions: Mapping[str | None, int]
    state: str


def rested(vocabulary: Vocabulary, path: Path) -> Rested:
    """Read the document."""
    document, _ = parse(SourceText.from_bytes(path.name, path.read_bytes()), vocabulary)
    examination = recognise(document, vocabulary)[0][0]
    texts: dict[str, list[str]] = defaultdict(list)
    last = ""
    for paragraph in document.paragraphs:
        last = (paragraph.number or last).split(" ")[0]
        texts[last].append(level(paragraph.passage.text))
    positions: Counter[str | None] = Counter()
    numbers: dict[str, str | None] = {}
    for one in extract(document, examination, vocabulary)[0]:
        if one.listed and one.number and "." in one.number:
            numbers[one.number.split(" ")[0]] = one.response
    positions.update(numbers.values())
    state = examination.state.value if examination.state else ""
    return Rested({number: " ".join(parts) for number, parts in texts.items()}, positions, state)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a digest's body with their lines: everything under its first heading of the second level."""
    body = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            body = True
        elif body and line.strip():
            for sentence in re.split(r"(?<=\)\.) (?=[A-Z])", line.strip()):
                yield number, sentence


def cited(reference: str) -> Iterator[str]:
    """The numbers of paragraphs that a reference names, ranges spelled out."""
    for first, item, to, to_item in _PART.findall(reference):
        if not to:
            yield f"{first}.{item}" if item else first
        elif item:
            last = int(to_item or to)
            yield from (f"{first}.{n}" for n in range(int(item), last + 1))
        else:
            yield from map(str, range(int(first), int(to) + 1))


def complaints(text: str, document: Rested, vocabulary: Vocabulary) -> Iterator[str]:
    """What does not agree."""
    for line, sentence in sentences(text):
        match = _REFERENCE.search(sentence)
        if match is None:
            yield f"{line}: no paragraphs are named: {sentence[:80]}"
            continue
        said = level(sentence[: match.start()])
        numbers = list(cited(match["paragraphs"]))
        gone = [number for number in numbers if number not in document.paragraphs]
        if gone or not numbers:
            yield f"{line}: the document has no paragraph {', '.join(gone) or match['paragraphs']}: {sentence[:80]}"
            continue
        told = " ".join(document.paragraphs.get(number, "") for number in numbers)
        if counted := _COUNTED.search(said):
            yield from (f"{line}: {one}" for one in _counts(said, counted["all"], document))
            continue
        yield from (f"{line}: {one}: {sentence[:90]}" for one in _compared(said, told, document, vocabulary))


def _compared(said: str, told: str, document: Rested, vocabulary: Vocabulary) -> Iterator[str]:
    states = set(_states(said, vocabulary)) - {document.state} - set(_states(told, vocabulary))
    if states:
        yield f"not named there: {', '.join(sorted(states))}"
    known = set(_numbers(told))
    unknown = [number for number in _numbers(said) if number not in known]
    if unknown:
        yield f"no such number there: {', '.join(unknown)}"
    run = longest_run(said, told)
    if len(run) > LONGEST_RUN and not _HEAD.match(said):
        yield f"{len(run)} words in a row are the document's: “{' '.join(run)}”"


def _states(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    for match in vocabulary.states.speaking.finditer(text):
        yield from (code for code, _, _ in vocabulary.states.listed(match[0])[0])


def _numbers(text: str) -> Iterator[str]:
    """Numbers, in digits or in words to twenty, all as digits."""
    for match in _NUMBER.finditer(text):
        yield match[0].replace(",", "").rstrip(".")
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _WORDS and word != "one":
            yield str(_WORDS.index(word))


def longest_run(said: str, told: str) -> Sequence[str]:
    """The longest row of words that both have."""
    one, other = fold(said).split(), fold(told).split()
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


def _counts(said: str, everything: str, document: Rested) -> Iterator[str]:
    total = sum(document.positions.values())
    if int(everything) != total:
        yield f"there are {total} numbered recommendations, not {everything}"
    for position, number in document.positions.items():
        if position and number and not re.search(rf"\b{number}\b", said):
            yield f"{number} are {_POSITIONS[position]}, which is not said"


def main(digest: Path, document: Path) -> int:
    """Print what does not agree."""
    vocabulary = load_vocabulary([Path("content/vocabularies")], ["content/vocabularies"])
    found = list(complaints(digest.read_text(encoding="utf-8"), rested(vocabulary, document), vocabulary))
    print("\n".join(found) or "nothing found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
