"""What a converter, an editor or a mail program does to a report changes nothing that is read from it.

Every mutation is applied to every report and read beside the original: the same statements, the same facts, and spans
that prove their words. Where something is lost in principle, the test says exactly what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import codepoint2name
from pathlib import Path

import pytest

from generator.text.source import SourceText
from generator.vocabulary import level

ROOT = Path(__file__).parents[2]
SEED = ROOT / "content/sources/lao-pdr-opsc-69.md"
REPORTS = {path.stem: path for path in (SEED, *sorted((ROOT / "tests/corpus/sources").glob("*.md")))}
WIDTH = 72
CONTENTS = re.compile(r"\.{3,}|(?:\. ){3,}")


# --- the mutations: text -> text ----------------------------------------------------------------------------------


def by_line(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def in_prose(change: Callable[[str], str], longer_than: int = WIDTH) -> Callable[[str], str]:
    """Long lines only: no headings, no entries of a contents list."""
    return by_line(
        lambda line: (
            change(line)
            if len(line) > longer_than and line[0] not in "#[" and not CONTENTS.search(line) and line[:2] != "**"
            else line
        )
    )


def replacing(pairs: dict[str, str]) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(pairs))


def wrapped(line: str, hyphens: bool = False, width: int = WIDTH) -> str:
    """Broken at spaces before the margin; with hyphens, a long word that crosses the margin is cut in two."""
    lines, current = [], ""
    for word in line.split(" "):
        if not current or len(current) + 1 + len(word) <= width:
            current = f"{current} {word}" if current else word
            continue
        cut = cut_of(word) if hyphens and len(current) < width - 4 else 0
        lines.append(f"{current} {word[:cut]}-" if cut else current)
        current = word[cut:]
    return "\n".join([*lines, current])


# First parts of words that are written with a hyphen as often as without: not even a reader could say which.
DOUBTFUL = {"inter", "sub", "under", "over", "co", "non", "multi", "anti", "post", "semi"}


def cut_of(word: str) -> int:
    """Where a word of letters is cut: about its middle; 0 if it is short or no plain word."""
    plain = re.match(r"[A-Za-z]{7,}(?![-’'\w])", word)
    cut = plain.end() // 2 + 1 if plain else 0
    return cut + (word[:cut].casefold() in DOUBTFUL)


def entities(text: str) -> str:
    """Every character outside ASCII, and the straight quotation marks, as an entity."""

    def entity(match: re.Match[str]) -> str:
        name = codepoint2name.get(ord(match[0]))
        return f"&{name};" if name else f"&#{ord(match[0])};"

    return re.sub(r"[^\x00-\x7f]|\"|'", entity, text)


def heading_lines(text: str, as_line: Callable[[str], str]) -> str:
    """Headings, marked or bold, as something else; the lines of title and session in bold as well."""
    mark = re.compile(r"^(?:#+ )?\**([^*\n]+?)\**( *)$")
    return by_line(
        lambda line: mark.sub(lambda m: as_line(m[1]) + m[2], line) if line.startswith(("#", "**")) else line
    )(text)


def split_at(pattern: str, insert: str) -> Callable[[str], str]:
    """Long paragraphs cut at the fitting space next to their middle, with something between."""

    def cut(line: str) -> str:
        spaces = [match.start() for match in re.finditer(pattern, line) if match.start() > 90]
        at = min(spaces, key=lambda place: abs(place - len(line) // 2), default=0)
        return line[:at] + insert + line[at + 1 :] if at else line

    return in_prose(cut, 220)


LOWER, UPPER = r"(?<=[a-z]) (?=[a-z])", r"(?<=[a-z]) (?=[A-Z][a-z])"


def title_of(text: str) -> str:
    return next(line for line in text.split("\n") if "STATE PARTY EXAMINATION" in line).strip("#* ")


def under_running_head(text: str) -> str:
    return split_at(LOWER, f"\n\n2\n\n{title_of(text)}\n\n")(text)


def over_running_foot(text: str) -> str:
    """A foot that no vocabulary knows, on every page."""
    pages = iter(range(1, 100))
    return re.sub("@@", lambda _: str(next(pages)), split_at(LOWER, "\n\nSummary of the session – page @@\n\n")(text))


MUTATIONS: dict[str, Callable[[str], str]] = {
    "hard wraps": in_prose(wrapped),
    "hard wraps, title and headings too": by_line(
        lambda line: line if CONTENTS.search(line) or line[:2] == "**" else wrapped(line)
    ),
    "hard wraps, narrow": in_prose(lambda line: wrapped(line, width=38)),
    "hard wraps, wide": in_prose(lambda line: wrapped(line, width=97)),
    "hard wraps, one word a line": in_prose(lambda line: wrapped(line, width=1)),
    "hard breaks": in_prose(lambda line: wrapped(line).replace("\n", "  \n")),
    "hyphenation, narrow": in_prose(lambda line: wrapped(line, hyphens=True, width=45)),
    "hyphenation": in_prose(lambda line: wrapped(line, hyphens=True)),
    "hyphenation of the title": by_line(
        lambda line: wrapped(line, hyphens=True) if "STATE PARTY EXAMINATION" in line and line[0] == "#" else line
    ),
    "hyphenation by soft hyphens": in_prose(lambda line: wrapped(line, hyphens=True).replace("-\n", "\u00ad\n")),
    "soft hyphens in words": in_prose(
        lambda line: re.sub(r"(?<![\w&<])([A-Za-z]{4})([a-z]{4})", "\\1\u00ad\\2", line), 0
    ),
    "soft hyphens as entities": in_prose(
        lambda line: re.sub(r"(?<![\w&<])([A-Za-z]{4})([a-z]{4})", "\\1&shy;\\2", line), 0
    ),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "final newline": lambda text: text + "\n",
    "no final newline": str.rstrip,
    "blank lines at the end": lambda text: text + "\n\n\n",
    "extra blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "blank lines with spaces": lambda text: text.replace("\n\n", "\n   \n"),
    "blank lines with no-break spaces": lambda text: text.replace("\n\n", "\n\u00a0\n"),
    "trailing spaces": by_line(lambda line: line + "   "),
    "trailing tab": in_prose(lambda line: line + "\t", 0),
    "indents": by_line(lambda line: "    " + line if line else line),
    "deep indents": by_line(lambda line: "          " + line if line else line),
    "indents by tab": by_line(lambda line: "\t" + line if line else line),
    "indents by no-break spaces": by_line(lambda line: "\u00a0\u00a0" + line if line else line),
    "quoted": by_line(lambda line: "> " + line if line else ">"),
    "NBSP": replacing({" ": "\u00a0"}),
    "narrow no-break spaces": in_prose(replacing({" ": "\u202f"}), 0),
    "NBSP as entities": in_prose(replacing({" ": "&nbsp;"}), 0),
    "double spaces": in_prose(lambda line: line.replace(" ", "  "), 0),
    "tabs": in_prose(replacing({" ": "\t"}), 0),
    "straight quotes": replacing({"’": "'", "‘": "'", "“": '"', "”": '"'}),
    "curly quotes": lambda text: re.sub(r'(?<=\W)"(?=\w)', "“", text).replace('"', "”").replace("'", "’"),
    "other apostrophes": replacing({"’": "´", "'": "ʼ"}),
    "entities": entities,
    "numeric entities": lambda text: re.sub(r"[^\x00-\x7f]|\"|'", lambda m: f"&#x{ord(m[0]):X};", text),
    "sup in capitals": lambda text: re.sub("sup>", "SUP>", text),
    "sup with spaces": lambda text: re.sub(r"<(/?)sup>", r"<\1sup >", text),
    "space before sup": lambda text: text.replace("<sup>", " <sup>"),
    "space inside sup": lambda text: re.sub(r"<sup>(\w+)</sup>", r"<sup> \1 </sup>", text),
    "emphasis inside sup": lambda text: re.sub(r"<sup>(\w+)</sup>", r"<sup>*\1*</sup>", text),
    "no sup": lambda text: re.sub("</?sup>", "", text),
    "headings all of level 1": lambda text: re.sub(r"^#+ ", "# ", text, flags=re.MULTILINE),
    "headings all of level 6": lambda text: re.sub(r"^#+ ", "###### ", text, flags=re.MULTILINE),
    "headings in bold": lambda text: heading_lines(text, "**{}**".format),
    "headings in bold by underscores": lambda text: heading_lines(text, "__{}__".format),
    "headings in bold italic": lambda text: heading_lines(text, "***{}***".format),
    "headings marked and bold": lambda text: heading_lines(text, "## **{}**".format),
    "headings in capitals": lambda text: heading_lines(text, lambda title: "## " + title.upper()),
    "headings closed": lambda text: re.sub(r"^(#+ .*\S)", r"\1 ##", text, flags=re.MULTILINE),
    "headings without a space": lambda text: re.sub(r"^(#+) ", r"\1", text, flags=re.MULTILINE),
    "headings unmarked": lambda text: heading_lines(text, str),
    "page number in a sentence": split_at(LOWER, "\n\n3\n\n"),
    "page number before a capital": split_at(UPPER, "\n\n3\n\n"),
    "page number between lines": split_at(LOWER, "\n3\n"),
    "page number before a capital, between lines": split_at(UPPER, "\n3\n"),
    "publisher and page between lines": split_at(LOWER, "\nChild Rights Connect\nPage 3 of 9\n"),
    "page break": split_at(LOWER, "\n\n\f\n\n"),
    "form feed": split_at(LOWER, "\n\f"),
    "rule in a sentence": split_at(LOWER, "\n\n---\n\n"),
    "publisher in a sentence": split_at(LOWER, "\n\nChild Rights Connect\n\n"),
    "running head in a sentence": under_running_head,
    "running foot in a sentence": over_running_foot,
}


# --- what must stay -----------------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """Words whatever their quotation marks; a space that a mutation set before the end of an ordinal is closed up."""
    return re.sub(r"(?<=\d) (?=(?:st|nd|rd|th)\b)", "", level(text))


def statements(reading) -> list[tuple[object, ...]]:
    """Everything that readers see of the statements."""
    return [
        (
            folded(s.text),
            *(s.kind.value, s.speaker.value, s.attribution.value, s.confidence.value, s.embedded),
            *(s.rule, s.themes, s.groups, s.flags, s.due.date if s.due else None),
            *(tuple((c.id, c.article) for c in s.cites), tuple(fold_case(title) for title in s.section.path)),
        )
        for s in reading.statements
    ]


def fold_case(title: str) -> str:
    return folded(title).casefold()


def facts(reading) -> list[tuple[str, ...]]:
    return [
        (name, fact.value, folded(fact.name), fact.status, folded(fact.of))
        for examination in reading.examinations
        for name, fact in examination.facts()
    ]


def unproved(reading) -> Iterator[str]:
    """Words that their places in the source do not give."""
    quote = reading.document.source.quote
    yield from (s.text for s in reading.statements if quote(s.spans) != s.text)
    yield from (f.text for e in reading.examinations for _, f in e.facts() if quote(f.spans) != f.text)


@pytest.fixture(scope="module")
def read_report(invented, read_source):
    """Text -> its reading, with the invented States known."""
    return lambda text: read_source(invented, SourceText.from_str("report.md", text))


@pytest.fixture(scope="module")
def originals(read_report):
    texts = {name: path.read_text(encoding="utf-8") for name, path in REPORTS.items()}
    return {name: (text, read_report(text)) for name, text in texts.items()}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_nothing_is_lost(originals, read_report, mutation: str, name: str) -> None:
    text, original = originals[name]
    mutated = read_report(MUTATIONS[mutation](text))
    assert statements(mutated) == statements(original)
    # a report that prints its publisher on every page names it, even if it did not before
    known = {name for name, *_ in facts(original)} | ({"publisher"} - {mutation.split()[0]})
    assert [fact for fact in facts(mutated) if fact[0] in known] == facts(original)
    assert [*unproved(mutated)] == []


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_mutation_does_something(originals, mutation: str) -> None:
    assert [name for name, (text, _) in originals.items() if MUTATIONS[mutation](text) != text]


# --- what is lost in principle ------------------------------------------------------------------------------------


def words(reading) -> list[str]:
    return [folded(s.text) for s in reading.statements]


def test_headings_that_nothing_knows_become_sentences(originals, read_report) -> None:
    """Unmarked, in no contents list and in no scheme: they are read as text, and nothing else is lost."""
    text, original = originals["ruritania-crc-101"]
    titles = [section.title for section in original.document.sections]
    for number, title in enumerate(titles):
        text = text.replace(f"**{title}**", f"Chapter {'ABCDEFGHIJKLM'[number]}")
    mutated = read_report(text)
    assert mutated.document.sections == ()
    assert [word for word in words(mutated) if not word.startswith("Chapter ")] == words(original)
    assert len(words(mutated)) == len(words(original)) + len(titles)
    assert {s.kind.value for s in mutated.statements if s.text.startswith("Chapter ")} <= {"background", "procedural"}
    assert facts(mutated) == facts(original)


def test_a_hyphen_at_a_line_end_may_be_lost(originals, read_report) -> None:
    """Whether it broke the word or belongs to it, a line end does not tell: only known first parts keep it."""
    text, original = originals["lao-pdr-opsc-69"]
    mutated = read_report(in_prose(lambda line: re.sub(r"(?<=[a-z])-(?=[a-z])", "-\n", line))(text))
    lost = {
        (a, b)
        for one, other in zip(words(original), words(mutated), strict=True)
        for a, b in zip(one.split(), other.split(), strict=True)
        if a != b
    }
    assert lost == {("para-professional", "paraprofessional"), ("rural-urban", "ruralurban")}
    assert [(s.kind, s.speaker) for s in mutated.statements] == [(s.kind, s.speaker) for s in original.statements]
    assert facts(mutated) == facts(original)
    assert [*unproved(mutated)] == []


def test_a_sentence_cut_before_a_word_that_may_open_one_stays_cut(read_report) -> None:
    """It could be a lost full stop: two acts are never run together on a guess."""
    said = "The delegation replied that the law had been adopted by the House"
    text = f"## Education\n\n{said}\n\n3\n\nThe Committee asked.\n"
    assert words(read_report(text)) == [said, "The Committee asked."]


def test_every_word_of_a_report_that_is_joined_is_announced(originals, read_report) -> None:
    text, _ = originals["lao-pdr-opsc-69"]
    reading = read_report(MUTATIONS["page number between lines"](text))
    joined = [d.location.line for d in reading.diagnostics if d.code == "P003"]
    assert joined
    assert all(reading.document.source.line(line - 1).strip() in ("3", "") for line in joined)
