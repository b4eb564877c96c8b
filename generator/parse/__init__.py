"""A source becomes a document: blocks that partition it, a repaired outline, paragraphs, sentences.

Takes `SourceText` and the vocabularies. Gives `Document` and what an editor should know. The only user of
markdown-it-py, and only of its block rules: words and columns are ours, so that every character keeps its place.
Never raises, whatever the text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from rapidfuzz import fuzz

from generator.datafile import DatafileError, loads
from generator.diagnostics import Diagnostic
from generator.model import FRONT, Block, BlockKind, Document, Paragraph, Passage, Section
from generator.parse.blocks import blocks, deepest
from generator.parse.draft import Draft, Part
from generator.parse.numbering import mark_parts, number_paragraphs
from generator.text.source import Location, SourceText, Span, code_point, hidden, normalise
from generator.vocabulary import Language, Vocabulary, fold, level

LARGEST = 8 * 1024 * 1024  # bytes; reports of these families have under one
BEGUN = "S009"  # a file that waits for its report
_LONGEST_TITLE = 500
_LONGEST_HEADING = 120
_LONGEST_ENTRY = 240
_FIRST_WORDS = 40  # characters
_LONGEST_CONTENTS = 6000  # of a contents list that was run together
_SAME_HEADING = 90  # per cent alike: typing errors reach 98, other headings stay under 79


def parse(source: SourceText, vocabulary: Vocabulary) -> tuple[Document, list[Diagnostic]]:
    """Read the form of a source: everything but what it means."""
    found = list(_complaints(source))
    if any(diagnostic.code in ("S001", "S002", "S005") for diagnostic in found):
        unread = Block(BlockKind.CODE, 1, max(1, source.line_count), rule=found[0].rule.name)
        return Document(source, None, "en", (unread,), (), (), (), None, None), found
    draft = Draft(source, vocabulary, found)
    for apply in PASSES:
        apply(draft)
    return draft.document(), found


# --- what the bytes looked like ---------------------------------------------------------------------------------

_TAG = re.compile(r"<(?!/?su[pb] ?>)(?:/?[a-zA-Z][^<>\n]{0,200}>|!--|script\b)", re.IGNORECASE)
# What `sessional new` leaves where the report is to stand.
_BEGUN = re.compile(r"^<!-- sessional: to be written\s*$", re.MULTILINE)
_CODED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")


def _complaints(source: SourceText) -> Iterator[Diagnostic]:
    start = Location(source.path, 1, 1)
    if len(source.text) > LARGEST:
        yield Diagnostic(start, "S005", f"{len(source.text):,} characters; the largest report has under a million")
    elif "\0" in source.text:
        place = source.location(source.text.index("\0"))
        yield Diagnostic(
            place, "S001", f"{source.text.count(chr(0))} NUL bytes", "this is not a text file; convert it to Markdown"
        )
    elif not source.text.strip():
        yield Diagnostic(start, "S002", "the file is empty" if not source.text else "the file holds only white space")
    else:
        if source.encoding != "utf-8":
            number = source.guessed
            hint = "check accented letters; save as UTF-8"
            if not number:
                message, place = f"decoded from {source.encoding}", start
            else:
                what = "cannot be read in it" if source.encoding == "utf-16" else "could be meant otherwise"
                some = f"{number:,} character{'s' if number > 1 else ''}"
                message, place = (
                    f"decoded from {source.encoding}; {some} {what}, the first here",
                    source.location(source.first_guessed),
                )
            yield Diagnostic(place, "S003", message, hint)
        if begun := _BEGUN.search(source.text):
            message = "its report is still to be put in, so it is not published"
            yield Diagnostic(source.location(begun.start()), BEGUN, message, "put it in the place of everything here")
        elif tag := _TAG.search(source.text):
            number = sum(1 for _ in _TAG.finditer(source.text))
            more = f" ({number} tags in the file)" if number > 1 else ""
            message = f"HTML is shown as text: {tag[0][:40]!r}{more}"
            yield Diagnostic(source.location(tag.start()), "S004", message, length=len(tag[0]))
        yield from _hidden_characters(source)


def _hidden_characters(source: SourceText) -> Iterator[Diagnostic]:
    """What does not show, as it stands or as a character reference: one finding, at the first."""
    found = [(match.start(), match[0]) for match in hidden(source.text)]
    if "&" in source.text:
        coded = ((match.start(), html.unescape(match[0])) for match in _CODED.finditer(source.text))
        found += [(at, character) for at, character in coded if hidden(character)]
    if found:
        at, character = min(found)
        more = f" (one of {len(found):,} such characters)" if len(found) > 1 else ""
        message = f"the character {code_point(character)} does not show{more}"
        yield Diagnostic(source.location(at), "S008", message)


# --- passes, in their order -------------------------------------------------------------------------------------

_PREFIX = re.compile(r"[\s>]*")
# A word at a line's beginning ("year. The delegation …") is no list mark: letters are single or Roman numbers.
_MARKER = re.compile(r"(?:[-*+•‣▪●◦·–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,5}|([a-z])\1|[A-Z])[.)])\s+(?=\S)")
_BULLET = re.compile(r"[*+•‣▪●◦·]")
_BEFORE_ITEM = re.compile(r"(?:[.:;,!?…)]['\"”’»*_]*|\b(?:and|or|et|ou|y|o))\s*$")
_HASHES = re.compile(r"#{1,6}\s*")
_HASHES_AFTER = re.compile(r"\s*#*\s*$")
# To the block rules all white space is the same, and a heading needs no space after its hashes ("#1" is none).
_SPACES = re.compile(r"[^\S \t\n]")
_TIGHT_HASHES = re.compile(r"(\s{0,12}#{1,6})(?=[^\W\d_]|[*_]{1,3}\w)")
_LEAVES = {"heading_open": BlockKind.HEADING, "paragraph_open": BlockKind.PARAGRAPH, "fence": BlockKind.CODE}
_LEAVES |= {"table_open": BlockKind.TABLE, "hr": BlockKind.RULE}


def _cut_into_blocks(draft: Draft) -> None:
    """Blocks as CommonMark sees them; every line belongs to exactly one."""
    source = draft.source
    skipped = _front_matter(draft)
    lines = [source.line(number) for number in range(1, source.line_count + 1)]
    lines[:skipped] = [""] * skipped
    if skipped:
        draft.parts.append(Part(BlockKind.FRONT_MATTER, 1, skipped, rule="front-matter"))
    done = skipped
    items = 0
    tokens = blocks("\n".join(map(_as_block_rules_want, lines)))
    if (token := deepest(tokens)) and token.map:
        draft.note(token.map[0] + 1, "S010", "what stands deeper than this was not read")
    for token in tokens:
        items += (token.type == "list_item_open") - (token.type == "list_item_close")
        kind = _LEAVES.get(token.type)
        if kind is None or token.map is None:
            continue
        first, last = max(token.map[0] + 1, done + 1), token.map[1]
        while last >= first and not lines[last - 1].strip():
            last -= 1
        if last < first:
            continue
        draft.parts.extend(_between(lines, done + 1, first - 1))
        if kind is BlockKind.PARAGRAPH:
            draft.parts.extend(_split_items(draft, first, last, bool(items)))
        else:
            heading_level = int(token.tag[1]) if kind is BlockKind.HEADING else 0
            passage = Passage.of(source, _pieces(source, first, last, kind)) if kind is BlockKind.HEADING else None
            draft.parts.append(Part(kind, first, last, passage, heading_level, marked=bool(heading_level)))
        done = last
    draft.parts.extend(_between(lines, done + 1, source.line_count))


def _as_block_rules_want(line: str) -> str:
    if not line.isprintable():  # there is white space of another kind, perhaps
        line = _SPACES.sub(" ", line)
    return _TIGHT_HASHES.sub(r"\1 ", line, count=1) if "#" in line else line


_KEY = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")


def _front_matter(draft: Draft) -> int:
    """Number of lines of front matter: keys between two `---`, the first on line 1. It is never read as data.

    Prose between two rules is a part of the report like any other.
    """
    source = draft.source
    if source.line(1).strip() != "---":
        return 0
    last = min(source.line_count, 200)
    end = next((n for n in range(2, last + 1) if source.line(n).strip() in ("---", "...")), 0)
    inside = [source.line(number) for number in range(2, end)]
    opening = next((line for line in inside if line.strip() and not line.startswith("#")), "")
    if not _KEY.match(opening):
        return 0
    try:
        loads("\n" + "\n".join(inside), source.path)
    except DatafileError as error:
        draft.found.append(error.diagnostic)
    else:
        draft.note(1, "S006", "front matter is not part of the report", "record what it says in sources.yaml")
    return end


def _between(lines: Sequence[str], first: int, last: int) -> Iterator[Part]:
    """Lines between two blocks: blank ones, and marks (an empty list item) that hold no words."""
    start = first
    for number in range(first, last + 1):
        if lines[number - 1].strip():
            if start < number:
                yield Part(BlockKind.BLANK, start, number - 1)
            yield Part(BlockKind.RULE, number, number)
            start = number + 1
    if start <= last:
        yield Part(BlockKind.BLANK, start, last)


def _split_items(draft: Draft, first: int, last: int, in_list: bool) -> Iterator[Part]:
    """A paragraph, or the bulleted and lettered lines in it, each an item."""
    source = draft.source
    marked = [n for n in range(first, last + 1) if _marked(source.line(n), draft.vocabulary)]
    # "until\n18. Following this": inside running text a mark that nothing leads up to is where a line was broken
    starts = [n for n in marked if first in marked or _opens_item(source, n)]
    if not starts or (len(starts) == 1 and not in_list and starts[0] != first):
        starts = []
    for start, end in pairwise([*sorted({first, *starts}), last + 1]):
        kind = BlockKind.ITEM if start in starts else BlockKind.PARAGRAPH
        pieces = _pieces(source, start, end - 1, kind)
        marker = source.line(start)[: pieces[0].col_start].strip(" >\t") if pieces else ""
        yield Part(kind, start, end - 1, Passage.of(source, pieces), marker=marker)


def _opens_item(source: SourceText, number: int) -> bool:
    """Whether the line before, or the mark itself, tells that an item begins here."""
    return bool(_BULLET.match(source.line(number).lstrip()) or _BEFORE_ITEM.search(source.line(number - 1)))


def _marked(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a list mark; the day in "27. MAY 2015" is none."""
    at = _PREFIX.match(line).end()  # type: ignore[union-attr]
    marker = _MARKER.match(line, at)
    return bool(marker) and not vocabulary.dates.month_name.match(line, marker.end())  # type: ignore[union-attr]


def _pieces(source: SourceText, first: int, last: int, kind: BlockKind) -> tuple[Span, ...]:
    """The parts of these lines that hold words: without quotation, heading and list marks."""
    found = []
    for number in range(first, last + 1):
        line = source.line(number)
        start = _PREFIX.match(line).end()  # type: ignore[union-attr]
        end = len(line.rstrip())
        if kind is BlockKind.HEADING:
            start = (_HASHES.match(line, start) or _PREFIX.match(line, start)).end()  # type: ignore[union-attr]
            end = _HASHES_AFTER.search(line, start).start()  # type: ignore[union-attr]
        elif kind is BlockKind.ITEM and number == first and (marker := _MARKER.match(line, start)):
            start = marker.end()
        if start < end:
            found.append(Span(number, start, end))
    return tuple(found)


_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)\s*(?=\S)(?:[*_])?([^*]{2,120}?)(?:[*_])?(?:\*\*|__):?\s*")


def _mark_bold_headings(draft: Draft) -> None:
    """A short paragraph wholly in bold is a heading whose level is still unknown."""
    for part in draft.parts:
        if part.kind is BlockKind.PARAGRAPH and part.first == part.last:
            bold = _BOLD_LINE.fullmatch(draft.source.line(part.first))
            if bold and len(part.text.split()) <= 14 and not part.text.endswith((".", ";", ",")):
                part.kind, part.marked = BlockKind.HEADING, True


def _know_family(draft: Draft) -> None:
    """The family whose signs stand in the opening, and the language most words are of."""
    opening = level(" ".join(part.text for part in draft.parts[:80] if part.passage))[:6000]
    for family in draft.vocabulary.families.values():
        if any(sign.search(opening) for sign in family.signs):
            draft.family = family
            break
    draft.lang = _language(" ".join(part.text for part in draft.parts if part.passage), draft.vocabulary)


def _language(text: str, vocabulary: Vocabulary) -> str:
    """The language most of the common words belong to; English where there is a tie."""
    words = Counter(level(text[:200_000]).casefold().replace("'", " ").split())
    votes = {lang.id: sum(words.get(word, 0) for word in lang.words) for lang in vocabulary.languages.values()}
    best = max(votes.values(), default=0)
    return "en" if not best or votes.get("en") == best else next(lang for lang, n in votes.items() if n == best)


def _find_title(draft: Draft) -> None:
    """The title by the family's grammar, over one block or two; what stands before it is the masthead."""
    if draft.family is None:
        return
    opening = list(draft.body)[:24]
    for index, part in enumerate(opening):
        following = opening[index + 1].passage if index + 1 < len(opening) else None
        sizes = [1, 2, 3]
        if following and opening[index + 1].first == part.last + 1 and not _names_session(draft, following):
            sizes = [2, 1, 3]  # "# EXAMINATION OF … FIRST\nREPORT ON …": a title broken at the margin
        for used in (opening[index : index + size] for size in sizes):
            pieces = [piece for one in used if one.passage for piece in one.passage.pieces]
            passage = Passage.of(draft.source, pieces)
            if pieces and len(passage.text) < _LONGEST_TITLE and draft.family.title.search(level(passage.text)):
                _set_title(draft, passage, used)
                return
    for part in opening:
        if part.passage and any(sign.search(level(part.text)) for sign in draft.family.signs):
            _set_title(draft, part.passage, [part])
            return


def _names_session(draft: Draft, passage: Passage) -> bool:
    return bool(draft.family and draft.family.session.search(level(passage.text)))


def _set_title(draft: Draft, passage: Passage, used: list[Part]) -> None:
    draft.title = passage
    for part in used:
        part.kind, part.level = BlockKind.TITLE, 1
    for part in draft.body:
        if part.first < used[0].first:
            part.kind, part.rule = BlockKind.MASTHEAD, "masthead"


def _find_session_line(draft: Draft) -> None:
    """The lines under the title that name the session, and a date on a line of its own beside them."""
    if draft.family is None or draft.family.mechanism:
        return
    after = [part for part in draft.body if not draft.title or part.first > draft.title.pieces[-1].line][:6]
    found: list[Part] = []
    for part in after:
        text = level(part.text)
        named = len(text) < 250 and draft.family.session.search(text)
        if named or (found and part.first - found[-1].last <= 2 and _only_a_date(draft, text)):
            found.append(part)
        elif found:
            break
    if found:
        draft.session_line = Passage.of(draft.source, [p for part in found for p in part.passage.pieces])  # type: ignore[union-attr]
        for part in found:
            part.kind = BlockKind.SESSION_LINE


def _only_a_date(draft: Draft, text: str) -> bool:
    dates = draft.vocabulary.dates.find(text)
    return bool(dates) and len(text) - (dates[0].end - dates[0].start) <= 3


def _find_contents(draft: Draft) -> None:
    """The contents list: its heading, and blocks of which every line is an entry."""
    look = draft.vocabulary.contents_list
    under_heading = False
    for part in draft.body:
        if (part.kind is BlockKind.HEADING or part.first == part.last) and fold(part.text) in look.headings:
            part.kind, under_heading = BlockKind.CONTENTS, True
            continue
        entries = _entries(draft, part, under_heading)
        if entries:
            part.kind = BlockKind.CONTENTS
            draft.contents.extend(entries)
        elif draft.contents and not _stands_in_list(draft, part):
            return
        elif part.kind is not BlockKind.HEADING:
            under_heading = False


def _stands_in_list(draft: Draft, part: Part) -> bool:
    """A short line between two entries belongs to the list: "Annex" over "Composition of the delegation …… 27"."""
    following = [one for one in draft.body if one.first > part.first][:2]
    inside = len(part.text) < _LONGEST_ENTRY // 4 and any(_entries(draft, one, True) for one in following)
    if inside:
        part.kind = BlockKind.CONTENTS
    return inside


_LEADER = re.compile(r"[.…_·]{3,}|(?:[.…]\s){3,}|\t|\s{3,}|\s\d{1,3}\s*[-–]\s*\d{1,3}\s+\d{1,3}\W*$")


def _entries(draft: Draft, part: Part, under_heading: bool) -> list[str]:
    """The titles a block lists, if it is (part of) a contents list: one a line, or run together in one text."""
    entry = draft.vocabulary.contents_list.entry
    lines = [draft.source.slice(piece) for piece in part.passage.pieces] if part.passage else []
    size = max(map(len, lines), default=0)
    if not lines or size > _LONGEST_CONTENTS or not _LEADER.search(lines[0]):
        return []
    matches = [_entry(entry, line) if _LEADER.search(line) else None for line in lines]
    if all(matches) and (len(lines) > 1 or under_heading or draft.contents):
        return [match["title"].strip(" .…*_") for match in matches if match]
    text = " ".join(level(line) for line in lines)
    ends = [
        page.end() for page in _PAGE.finditer(text) if _LEADS.search(text[max(0, page.start() - 12) : page.start()])
    ]
    if len(ends) < 3 or len(text) > _LONGEST_CONTENTS or text[ends[-1] :].strip():
        return []
    run_in = [_entry(entry, text[start:end]) for start, end in pairwise([0, *ends])]
    return [match["title"].strip(" .…*_0123456789") for match in run_in if match] if all(run_in) else []


_PAGE = re.compile(r"\d{1,3}(?!\S)")
_LEADS = re.compile(r"(?:[.…_·]{3}|(?:[.…]\s){3}|\t|\s{3})[\s.…_·]*$")


def _entry(entry: re.Pattern[str], line: str) -> re.Match[str] | None:
    """An entry of a contents list. The pattern tries every length of a title, so that a long line costs dear."""
    text = level(line).strip()
    return entry.fullmatch(text) if text[-1:].isdigit() and len(line) < _LONGEST_ENTRY else None  # a page ends it


def _mark_plain_headings(draft: Draft) -> None:
    """A line of its own that the contents list or the family's scheme knows is a heading, marked or not."""
    known = {fold(title) for title in draft.contents} | (set(draft.family.sections) if draft.family else set())
    for part in draft.body:
        alone = part.kind is BlockKind.PARAGRAPH and part.first == part.last and len(part.text) < _LONGEST_HEADING
        if alone and not part.text.endswith((".", ";", ",")) and fold(part.text) in known:
            part.kind = BlockKind.HEADING


def _find_repeated_title(draft: Draft) -> None:
    """The title again, as the running head of a later page."""
    title = fold(draft.title.text) if draft.title else ""
    for part in draft.body:
        if title and _folds_to(part.text, title):
            part.kind, part.rule = BlockKind.FURNITURE, "repeated-title"


def _folds_to(text: str, folded: str) -> bool:
    """Whether a text is this one when folded; most differ in their first words, so that the rest need not be."""
    first_words = fold(text[:_FIRST_WORDS]).rpartition(" ")[0]  # without the last, which may be cut
    return folded.startswith(first_words) and fold(text) == folded


def _find_repeated_lines(draft: Draft) -> None:
    """A line of its own that comes back, but for its number, and cuts a sentence: the head or foot of the pages."""
    body = [part for part in draft.body if part.passage and part.text]
    alike: dict[str, list[int]] = {}
    for index, part in enumerate(body):
        if part.kind is BlockKind.PARAGRAPH and _stands_alone(part):
            alike.setdefault(_DIGITS.sub("", fold(part.text)).strip(), []).append(index)
    for words, indexes in alike.items():
        cuts = any(index and _is_cut_short(body[index - 1]) for index in indexes)
        if words and len(indexes) >= 3 and cuts:
            for index in indexes:
                body[index].kind, body[index].rule = BlockKind.FURNITURE, "repeated-line"
            part = body[indexes[0]]
            draft.note(part.first, "P001", f"taken for furniture (repeated-line): {part.text[:60]!r}")


def _stands_alone(part: Part) -> bool:
    """One short line without an end mark."""
    return part.first == part.last and len(part.text) < _LONGEST_HEADING and not _ENDS.search(part.text)


def _is_cut_short(part: Part) -> bool:
    """A paragraph, too long for a heading, that no mark ends."""
    return part.kind is not BlockKind.HEADING and len(part.text) >= _SHORTEST_CUT and not _ENDS.search(part.text)


def _free_furniture(draft: Draft) -> None:
    """Page numbers and running heads that stand between the lines of a paragraph become parts of their own.

    A line as short as that is no line of the paragraph: the first word of the next would have fitted on it.
    """
    title = fold(draft.title.text) if draft.title else ""
    parts: list[Part] = []
    for part in draft.parts:
        if part.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or part.first == part.last or not part.passage:
            parts.append(part)
            continue
        runs = [
            (rule, [number for number, _ in run])
            for rule, run in groupby(_ruled_lines(draft, part, title), key=lambda line: line[1])
        ]
        if len(runs) == 1:
            parts.append(part)
            continue
        for index, (rule, numbers) in enumerate(runs):
            kind = part.kind if index == 0 and not rule else BlockKind.FURNITURE if rule else BlockKind.PARAGRAPH
            passage = Passage.of(draft.source, [p for p in part.passage.pieces if p.line in numbers])
            made = Part(kind, numbers[0], numbers[-1], passage, rule=rule, runs_on=index > 1)
            parts.append(made)
            if rule:
                draft.note(made.first, "P001", f"taken for furniture ({rule}): {made.text[:60]!r}")
    draft.parts = parts


def _ruled_lines(draft: Draft, part: Part, title: str) -> list[tuple[int, str]]:
    """The lines of a paragraph, each with the rule by which it is furniture, or nothing."""
    texts = dict.fromkeys(range(part.first, part.last + 1), "")
    texts |= {piece.line: draft.source.slice(piece) for piece in part.passage.pieces}  # type: ignore[union-attr]
    if max(map(len, texts.values())) < _SHORTEST_CUT:
        return [(number, "") for number in texts]
    found = []
    for number, raw in texts.items():
        text = level(normalise(raw)) if len(raw) < _LONGEST_TITLE else ""
        rule = "repeated-title" if title and text and fold(text) == title else ""
        for furniture in draft.vocabulary.furniture:
            if text and not furniture.until and furniture.pattern.fullmatch(text):
                rule = rule or furniture.id
        # the end of a paragraph may be a number: only after an end mark is it a page's
        if rule and number == part.last and not _ENDS.search(texts[number - 1]):
            rule = ""
        found.append((number, rule))
    return found


def _find_furniture(draft: Draft) -> None:
    """What a printed page carries besides its text, by the patterns of the vocabulary."""
    body = list(draft.body)
    page = 0
    for index, part in enumerate(body):
        if part.kind is BlockKind.FURNITURE:
            continue
        text = level(part.text)
        for furniture in draft.vocabulary.furniture:
            if not furniture.pattern.fullmatch(text):
                continue
            end = index
            if furniture.until:
                ends = (
                    i for i in range(index, min(index + 5, len(body))) if furniture.until.search(level(body[i].text))
                )
                end = next(ends, index)
            for member in body[index : end + 1]:
                member.kind, member.rule = BlockKind.FURNITURE, furniture.id
            number = int(text) if text.isdigit() and len(text) <= 3 else 0
            if furniture.guessed and not page < number <= page + 2:  # the number of the next page is no guess
                draft.note(part.first, "P001", f"taken for furniture ({furniture.id}): {part.text[:60]!r}")
            page = number or page
            break


def _mark_headings_by_place(draft: Draft) -> None:
    """Where no heading is marked at all, a short line of its own between finished text and text is one.

    Only after a heading that the contents list or the scheme knows: names and dates stand before the first.
    """
    if any(part.marked and part.kind is BlockKind.HEADING for part in draft.parts):
        return
    body = list(draft.body)
    for before, part, after in zip(body, body[1:], body[2:], strict=False):
        finished = before.kind is BlockKind.HEADING or bool(_ENDS.search(before.text))
        alone = part.kind is BlockKind.PARAGRAPH and _stands_alone(part) and len(part.text.split()) <= 8
        if finished and alone and part.text[:1].isupper() and not part.text.endswith(",") and len(after.text) > 30:
            headed = any(one.kind is BlockKind.HEADING and one.first < part.first for one in body)
            part.kind = BlockKind.HEADING if headed else part.kind


def _repair_levels(draft: Draft) -> None:
    """Heading levels by the contents list, else by the section scheme, else by the look of the markup.

    Conversions from PDF give headings any level (lao-pdr-opsc-69:57 – a top section as `###`).
    """
    if draft.family and draft.family.parts:
        return  # its parts have their levels
    headings = [part for part in draft.parts if part.kind is BlockKind.HEADING]
    listed = [fold(title) for title in draft.contents]
    scheme = sorted(draft.family.sections) if draft.family else []
    for known in (listed, scheme):
        tops = [part for part in headings if _is_one_of(fold(part.text), known)]
        tops = tops if known is listed else _without_the_deepest(tops)
        if tops:
            for part in headings:
                part.level = 2 if part in tops else 3
            break
    else:
        own = sorted({_looks(draft, part) for part in headings})
        for part in headings:
            part.level = 2 + own.index(_looks(draft, part))
    texts = [fold(part.text) for part in headings]
    for title in draft.contents:
        if not _is_one_of(fold(title), texts):
            draft.note(1, "P004", f"the contents list names {title!r}, which is no heading of the text")


def _without_the_deepest(tops: list[Part]) -> list[Part]:
    """Headings the scheme knows, without one that stands deeper than all others: "Data" under general measures."""
    deepest = max((part.level for part in tops), default=0)
    alone = [part for part in tops if part.level == deepest]
    return [part for part in tops if part not in alone] if len(alone) == 1 and len(tops) > 2 else tops


def _looks(draft: Draft, part: Part) -> tuple[int, int]:
    """How a heading looks: its number of hashes, and bold before bold italic."""
    raw = draft.source.line(part.first)
    return part.level or 9, 1 if "***" in raw else 0


def _is_one_of(text: str, known: Sequence[str]) -> bool:
    return any(text == one or fuzz.ratio(text, one) >= _SAME_HEADING for one in known)


_ENDS = re.compile(r"[.!?:;…]['\"”’»)\]*_]*(?:\s?\d{1,3})?$")
_SHORTEST_CUT = 60  # characters; a paragraph that stops in mid-sentence at a page's end is longer than a heading
_DIGITS = re.compile(r"\d+")
_BEGINS_LOWER = re.compile(r"[\"'“‘(\[]?[a-zà-öø-ÿ]")


@dataclass(slots=True)
class _Open:
    """A paragraph that may still go on."""

    section: Section
    passages: list[Passage]
    blocks: list[int]
    lead_in: int | None
    end: str  # the text of its last part
    size: int
    number: str | None


def _build_paragraphs(draft: Draft) -> None:
    """Paragraphs under their sections; a sentence cut by a page break is joined (lao-pdr-opsc-69:79)."""
    section = FRONT
    path: list[tuple[int, str]] = []
    found: list[_Open] = []
    lead_in: int | None = None
    role = ""
    for index, part in enumerate(draft.parts):
        match part.kind:
            case BlockKind.HEADING:
                path = [entry for entry in path if entry[0] < part.level] + [(part.level, part.text)]
                role = part.role or role
                section = Section(tuple(title for _, title in path), part.level, part.first, role)
                draft.sections.append(section)
                lead_in = None
            case BlockKind.PARAGRAPH | BlockKind.ITEM if part.passage and part.text:
                previous = found[-1] if found and found[-1].section is section else None
                if previous and part.kind is BlockKind.PARAGRAPH and _goes_on(draft, previous, index):
                    line = previous.passages[-1].pieces[-1].line
                    draft.note(part.first, "P003", f"joined to line {line}: {part.text[:50]!r}")
                    previous.passages.append(part.passage)
                    previous.blocks.append(index)
                    previous.end, previous.size = part.text, previous.size + len(part.text)
                    continue
                if part.kind is BlockKind.PARAGRAPH:
                    lead_in = len(found) if part.text.endswith(":") or part.number else None
                under = lead_in if part.kind is BlockKind.ITEM else None
                found.append(_Open(section, [part.passage], [index], under, part.text, len(part.text), part.number))
            case BlockKind.TABLE | BlockKind.CODE:
                draft.note(part.first, "P002", f"{part.last - part.first + 1} lines were not read ({part.kind})")
    draft.paragraphs = [
        Paragraph(_joined(draft.source, one.passages), (), one.section, tuple(one.blocks), one.lead_in, one.number)
        for one in found
    ]


def _joined(source: SourceText, passages: list[Passage]) -> Passage:
    """One passage of several; most paragraphs are of one."""
    if len(passages) == 1:
        return passages[0]
    return Passage.of(source, (piece for passage in passages for piece in passage.pieces))


def _goes_on(draft: Draft, previous: _Open, index: int) -> bool:
    """Whether the block continues the paragraph: no end mark before, a small letter after, no words between."""
    between = draft.parts[previous.blocks[-1] + 1 : index]
    part = draft.parts[index]
    if not all(part.kind in (BlockKind.BLANK, BlockKind.FURNITURE, BlockKind.RULE) for part in between):
        return False
    if part.number:
        return False
    if part.runs_on:
        return True
    if draft.family and draft.family.numbered and previous.number:
        return _runs_on_unnumbered(previous, part)
    if _ENDS.search(previous.end):
        return False
    if _BEGINS_LOWER.match(part.text):
        return True
    # "the \n\n3\n\nMinistry": over a page break a name may go on, but not a word that often opens a sentence
    cut = any(part.kind is BlockKind.FURNITURE for part in between) and previous.size >= _SHORTEST_CUT
    word = _WORD.match(part.text)[0]  # type: ignore[index]
    return cut and word[:1].isupper() and word.casefold() not in draft.vocabulary.languages[draft.lang].words


_NAMED_STATES_END = re.compile(r"\)[\s\W]*$")


def _runs_on_unnumbered(previous: _Open, part: Part) -> bool:
    """Where every paragraph has a number, words without one go on from those before, unless those are finished.

    A recommendation is finished by the States that make it, in brackets.
    """
    if _BEGINS_LOWER.match(part.text) or not _ENDS.search(previous.end):
        return True
    listed = previous.section.part == "conclusions" and bool(previous.number and "." in previous.number)
    return listed and not _NAMED_STATES_END.search(previous.end)


def _cut_sentences(draft: Draft) -> None:
    language = draft.vocabulary.languages[draft.lang]
    draft.paragraphs = [
        replace(paragraph, sentences=tuple(_with_items(paragraph, sentences(paragraph.passage.text, language))))
        for paragraph in draft.paragraphs
    ]


_ITEM_LETTER = re.compile(r"(?<=[;:,.]) (?:and )?(?=\(?([b-z])\) )|(?<=:) (?=\(?(a)\) )|(?<= and) (?=\(?([b-z])\) )")
_FIRST_ITEM = re.compile(r"(?<![\w(])\(?a\) ")


def _with_items(paragraph: Paragraph, found: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences of a numbered paragraph, cut at the letters of a list in it: "to (a) ratify …; (b) adopt …"."""
    text = paragraph.passage.text
    letter = (paragraph.number or "").partition("(")[2][:1]
    listed = bool(letter) or bool(paragraph.number and _FIRST_ITEM.search(text))
    expected = chr(ord(letter) + 1) if letter else "a"
    for start, end in found:
        for match in _ITEM_LETTER.finditer(text, start, end) if listed else ():
            letter = match[1] or match[2] or match[3]
            if letter >= expected:
                yield start, match.start()
                start = match.end()
                expected = chr(ord(letter) + 1)
        yield start, end


_END_MARK = re.compile(r"(?P<mark>[.!?…](?<![.!?…].)[.!?…]*)(?P<close>['\"”’»)\]]*)(?=\s)(?=\s[\"'“‘«(\[¿¡]*[\w¿¡])")
_FOLLOWING = re.compile(r"[ \"'“‘«(\[¿¡]*(.?)", re.DOTALL)
_LAST_TOKEN = re.compile(r"[\w.'’&-]+$")
_INITIAL = re.compile(r"[^\W\d_]$")
_WORD = re.compile(r"\w*")


def sentences(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the sentences of a normalised text. Quotation marks need not balance."""
    start = 0
    for match in _END_MARK.finditer(text):
        if _ends_sentence(text, match, language):
            yield start, match.end()
            start = match.end() + 1
    if start < len(text):
        yield start, len(text)


def _ends_sentence(text: str, match: re.Match[str], language: Language) -> bool:
    following = _FOLLOWING.match(text, match.end())[1]  # type: ignore[index]
    if match["mark"] != ".":
        return following.isupper() or following.isdigit() or (match["mark"] == "?" and not match["close"])
    if not (following.isupper() or following.isdigit()):
        return False
    if match["close"]:
        return True
    last = _LAST_TOKEN.search(text, max(0, match.start() - 24), match.start())
    word = last[0].strip("'’") if last else ""
    if word.isdigit() and fold(_WORD.match(text, match.end() + 1)[0]) in language.months:  # type: ignore[index]
        return False  # "27. May 2015"
    if word in language.abbreviations:
        return word in language.may_end and following.isupper()
    # "J. Cardona", "art. 3": an initial ends nothing; "phase I." and "annex A." are rarer than names.
    return not (_INITIAL.fullmatch(word) and word.isupper() and following.isupper())


PASSES = (
    _cut_into_blocks,
    _mark_bold_headings,
    _know_family,
    _find_title,
    _find_session_line,
    _find_contents,
    _mark_plain_headings,
    _free_furniture,
    _find_repeated_title,
    _find_furniture,
    _find_repeated_lines,
    mark_parts,
    number_paragraphs,
    _mark_headings_by_place,
    _repair_levels,
    _build_paragraphs,
    _cut_sentences,
)
