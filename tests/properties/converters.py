"""What programs that turn PDF, Word and web pages into Markdown make of a text: clean text -> converted text.

Each is written after outputs of that program; the notations are theirs, the texts are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

WIDTH = 72
CONTENTS = re.compile(r"\.{3,}|(?:\. ){3,}")
HEAD = "Examination of a State party – summary of the dialogue"


def is_prose(line: str) -> bool:
    """Whether a line is long and none of a heading, a contents list, the title, the publisher's note."""
    if len(line) <= WIDTH or line[0] in "#[|" or line.startswith(("**", "Note:")):
        return False
    return not CONTENTS.search(line)


def prose(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(line) if is_prose(line) else line for line in text.split("\n"))


def headings(change: Callable[[str, str], str]) -> Callable[[str], str]:
    """Marked headings: their hashes and their words."""
    return lambda text: re.sub(r"^(#+) +(.+?) *$", lambda m: change(m[1], m[2]), text, flags=re.MULTILINE)


def chain(*changes: Callable[[str], str]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        for change in changes:
            text = change(text)
        return text

    return changed


def cut_at(insert: Callable[[int], str], within_word: bool = False) -> Callable[[str], str]:
    """Paragraphs cut near their middle, between two words in small letters or in one, with something between."""

    def convert(text: str) -> str:
        pages = iter(range(1, 400))

        def cut(line: str) -> str:
            if len(line) < 220:
                return line
            pattern = r"(?<=[a-z]{4})(?=[a-z]{4})(?<![-’'&])" if within_word else r"(?<=[a-z]) (?=[a-z])"
            places = [
                m.start() for m in re.finditer(pattern, line) if m.start() > 90 and is_plain_word(line, m.start())
            ]
            at = min(places, key=lambda place: abs(place - len(line) // 2), default=0)
            if not at:
                return line
            return f"{line[:at]}{'-' * within_word}{insert(next(pages))}{line[at + (not within_word) :]}"

        return prose(cut)(text)

    return convert


# First parts of words that are written with a hyphen as often as without: no reader could say which.
DOUBTFUL = re.compile(
    r"\b(?:inter|under|over|anti|multi|post|semi|counter|cross|full|half|long|short|well|self|trans)$"
)


def is_plain_word(line: str, at: int) -> bool:
    """Whether a place is in no tag, no entity and after no first part of a word."""
    before = line[:at]
    return before.rfind("<") <= before.rfind(">") and not DOUBTFUL.search(before) and "http" not in before[-40:]


def escaped(signs: str) -> Callable[[str], str]:
    """The signs escaped outside of tags."""

    def convert(line: str) -> str:
        parts = re.split(r"(<[^<>]*>|\*+|\]\([^()]*\))", line)
        return "".join(
            part if index % 2 else re.sub(f"([{re.escape(signs)}])", r"\\\1", part) for index, part in enumerate(parts)
        )

    return prose(convert)


def sup(form: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"<sup>(\w+)</sup>", lambda m: form.replace("@", m[1]), text)


def first_words(line: str, form: str) -> str:
    """The first two words of a paragraph in another form, where they are plain."""
    match = re.match(r"([A-Z][a-z]+ [A-Za-z]+)(?= )", line)
    return form.replace("@", match[1]) + line[match.end() :] if match else line


def noted(call: str, body: str) -> Callable[[str], str]:
    """A note called after the second full stop of some paragraphs, its words after the paragraph."""

    def convert(text: str) -> str:
        out: list[str] = []
        number = 0
        for line in text.split("\n"):
            ends = [m.end() for m in re.finditer(r"(?<=[a-z]{3})\.(?= [A-Z])", line)]
            if not is_prose(line) or not ends or len(line) < 200:
                out.append(line)
                continue
            number += 1
            out.append(line[: ends[0]] + call.replace("@", str(number)) + line[ends[0] :])
            out += ["", body.replace("@", str(number)).replace("TEXT", "The Committee recommended closing the office.")]
        return "\n".join(out)

    return convert


def between(*blocks: str) -> Callable[[str], str]:
    """Blocks of another kind put between paragraphs, one after the other."""

    def convert(text: str) -> str:
        waiting = cycle(blocks)
        after = (
            f"{line}\n\n{next(waiting)}" if is_prose(line) and line.endswith(".") else line for line in text.split("\n")
        )
        return "\n".join(after)

    return convert


def cycle(blocks: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from blocks


def wrapped(text: str) -> str:
    def wrap(line: str) -> str:
        out, current = [], ""
        for word in line.split(" "):
            if current and len(current) + 1 + len(word) > WIDTH:
                out.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        return "\n".join([*out, current])

    return prose(wrap)(text)


CONVERTERS: dict[str, Callable[[str], str]] = {
    "pymupdf4llm": chain(
        headings(lambda hashes, words: f"{hashes} **{words.strip('*')}** "),
        prose(lambda line: f"{line} "),
        cut_at(lambda page: f" \n\n{page} \n\n--- end of page.page_number={page} ---\n\n{HEAD} \n\n"),
    ),
    "pymupdf4llm, in mid word": cut_at(
        lambda page: f" \n\n{page} \n\n--- end of page.page_number={page} ---\n\n{HEAD} \n\n", within_word=True
    ),
    "pymupdf4llm, older": chain(sup("[@]"), cut_at(lambda _: "\n\n\n-----\n\n")),
    "pymupdf4llm, words in bold": headings(
        lambda hashes, words: f"{hashes} " + " ".join(f"**{word}**" for word in words.strip("*").split())
    ),
    "marker": chain(
        headings(lambda hashes, words: f'{hashes} <span id="page-1-0"></span>**{words.strip("*")}**'),
        prose(lambda line: f'<span id="page-2-1"></span>{line}'),
        cut_at(lambda page: f"\n\n{{{page}}}{'-' * 48}\n\n"),
    ),
    "docling": chain(escaped("_*"), between("<!-- image -->"), cut_at(lambda page: f"\n\n<!-- page {page} -->\n\n")),
    "mammoth": escaped(".-()!#+[]{}"),
    "markitdown, PDF": cut_at(lambda page: f"\n\n{page}\n\n\f{HEAD}\n\n"),
    "pandoc": chain(wrapped, sup("^@^")),
    "pandoc, GitHub": chain(wrapped, between('![](media/image1.png){width="2in" height="1in"}')),
    "pandoc, notes": noted("[^@]", "[^@]: TEXT"),
    "nougat": chain(sup("\\({}^{\\text{@}}\\)"), cut_at(lambda page: f"\n\n[MISSING_PAGE_FAIL:{page}]\n\n")),
    "mathpix": sup("$^{\\mathrm{@}}$"),
    "olmocr": chain(
        lambda text: f"---\nprimary_language: en\nis_table: False\n---\n{text.lstrip()}",
        noted("\\textsuperscript{@}", "\\textsuperscript{@} TEXT"),
    ),
    "Google Docs": headings(lambda hashes, words: f"{hashes} **{words.strip('*')}** {{#heading-1}}"),
    "Word, web page": chain(
        headings(lambda hashes, words: f'<h{len(hashes)}><a name="_Toc1"></a>{words}</h{len(hashes)}>'),
        prose(lambda line: f'<p class="MsoNormal">{line}</p>'),
    ),
    "numbers of notes, glued": noted("@", "@ TEXT"),
    "numbers of notes, raised": noted("<sup>@</sup>", "<sup>@</sup> TEXT"),
    "numbers of notes, in brackets": noted("[@]", "[@] TEXT"),
    "captions": between(
        "![The Committee urged Sylvania to abolish the office](images/a1.jpg)",
        "**==> picture [226 x 30] intentionally omitted <==**",
        '<img src="a.png" alt="The delegation refused to answer"/>',
        "Figure 3: The Committee recommended a ban on schools.",
        "**----- Start of picture text -----**<br>\nThe Committee asked nothing.<br>\n"
        "**----- End of picture text -----**<br>",
    ),
    "comments": between(
        "<!-- note to self: the Committee recommended nothing here -->",
        "<!-- the delegation\n\nsaid that it left -->",
        '[7]: https://example.org/a "The Committee recommends closing all shelters"',
    ),
    "emphasis": prose(lambda line: first_words(line, "**@**")),
    "emphasis in a word": prose(lambda line: re.sub(r"^([A-Z][a-z])([a-z]+)(?= )", r"**\1**\2", line)),
    "links": prose(lambda line: first_words(line, '[@](https://example.org/a_(b) "The State refused")')),
    "underlined": prose(lambda line: first_words(line, "<u>@</u>")),
    "struck": prose(lambda line: f"~~The Committee urged a moratorium.~~ {line}"),
    "tracked": prose(lambda line: first_words(line, '[@]{.insertion author="A"}[The Committee]{.deletion author="A"}')),
    "zero-width spaces": prose(lambda line: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u200b", line, count=5)),
    "page of pages": cut_at(lambda page: f"\n\nPage {page} of 9\n\nwww.example.org\n\n"),
    "running head alone": cut_at(lambda _: f"\n\n{HEAD}\n\n"),
}
