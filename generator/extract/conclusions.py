"""The conclusions of a report: recommendations listed one by one, each with the States that make it.

Takes the paragraphs of the part "conclusions" and the family's way of listing. Gives `Statement`s: an item is one
recommendation, or several where States in brackets end each; the State's position is that of the group it stands in.
Where the conclusions only name paragraphs of the dialogue, the sentences there are taken over: they become listed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.diagnostics import Diagnostic
from generator.extract.items import Opening, ends_in_bracket, opening, pieces
from generator.extract.notes import notes_of
from generator.model import Attribution, Confidence, Document, Kind, Paragraph, Speaker, Statement
from generator.recognise import Cited, citations, due_date
from generator.text.source import Location
from generator.vocabulary import Conclusions, Vocabulary, level


@dataclass(slots=True)
class _Group:
    """What the paragraph before the items said of them."""

    response: str | None = None
    pledges: bool = False
    comments: bool = False


@dataclass(frozen=True, slots=True)
class _Reference:
    """A paragraph of the dialogue that the conclusions name, or an item of them; `letters` empty for all of it."""

    number: str
    letters: tuple[str, ...]
    last: bool
    response: str | None
    line: int


@dataclass(slots=True)
class Listing:
    """Reads the conclusions of one document. `read` reads a paragraph as running text."""

    document: Document
    vocabulary: Vocabulary
    ways: Conclusions
    read: Callable[[int], Iterator[Statement]]
    found: list[Diagnostic] = field(default_factory=list)
    group: _Group | None = None
    references: list[_Reference] = field(default_factory=list)
    # How many statements there were, and what is said of those that had no position yet.
    said_above: list[tuple[int, str]] = field(default_factory=list)
    cited: Cited = field(default_factory=Cited)
    given: int = 0
    # The paragraph whose last item the next may go on with: what it begins with in brackets are States of that item.
    item: int | None = None

    def paragraph(self, index: int) -> Iterator[Statement]:
        """The statements of one paragraph of the conclusions."""
        for statement in self._paragraph(index):
            self.given += 1
            yield statement
        if self.item != index and not self._only_bracket(index):
            self.item = None

    def _paragraph(self, index: int) -> Iterator[Statement]:
        paragraph = self.document.paragraphs[index]
        text = level(paragraph.passage.text)
        number = paragraph.number
        if number is not None and number.isdigit():
            line = paragraph.passage.pieces[0].line
            if self._opens(text, number, self._has_items(index, number), line):
                said = Kind.PROCEDURAL, Speaker.AUTHOR, Attribution.NARRATIVE, "conclusions-say"
                yield from self._sentences(index, *said)
            else:
                yield from self.read(index)
        elif self.group is None or self.group.comments or not self._is_listed(index, number, text):
            yield from self.read(index)
        elif self.group.pledges:
            said = Kind.COMMITMENT, Speaker.STATE, Attribution.CARRIED, "listed-as-pledge"
            yield from self._sentences(index, *said)
        else:
            yield from self._recommendations(index, text)

    # --- what a numbered paragraph says of the items

    def _has_items(self, index: int, number: str) -> bool:
        """Whether items of its own follow it."""
        after = self.document.paragraphs[index + 1 : index + 2]
        return any((one.number or "").startswith((f"{number}.", f"{number} (")) for one in after)

    def _opens(self, text: str, number: str, has_items: bool, line: int) -> bool:
        """Understand a paragraph that introduces items, speaks of those above, or names others by number."""
        ways = self.ways
        if ways.remark.match(text):  # the State's comment on one of them, as running text
            self.group = _Group(comments=True)
            return False
        if ways.closing.search(text):
            self.group = None
            return True
        if ways.pledges.search(text):
            self.group = _Group(pledges=True)
            return text.endswith(":")
        first, _, rest = _OF_WHICH.sub("\0", text, count=1).partition("\0")
        position = self._position(first)
        if position is None:
            self.group = _Group(comments=True) if ways.comments.search(text) else None
            return False
        _, response = position
        names = bool(ways.names.search(rest or text))
        opens = has_items or (bool(ways.opens.search(first)) and (bool(rest) or not names or text.endswith(":")))
        above = not has_items and not names and bool(ways.above.search(first)) and not text.endswith(":")
        if names:
            other = self._position(rest) if rest else position
            told = other[1] if other else None
            if told:
                self.references += _references(rest or text, number, told, line)
        if above and response:
            self.said_above.append((self.given, response))
        if opens and not above:
            self.group = _Group(response=response)
        elif not above:
            self.group = None
        if names and ways.comments.search(text):
            self.group = _Group(comments=True)
        return bool(opens or above or (names and response))

    def _position(self, text: str) -> tuple[str, str | None] | None:
        """The position a paragraph takes, by the first pattern that fits; with two opposite ones, what is to come."""
        fits = [position for position in self.ways.positions if position.pattern.search(text)]
        if not fits:
            return None
        responses = {position.response for position in fits}
        if {"supported", "not-supported"} <= responses:
            return "mixed", "pending" if "pending" in responses else None
        return fits[0].id, fits[0].response

    # --- items

    def _is_listed(self, index: int, number: str | None, text: str) -> bool:
        """Whether words under a group are an item of it, and not what the State says of one."""
        ends = number is not None or ends_in_bracket(text) or self._opening(index + 1) is not None
        return ends and not self.ways.remark.match(text)

    def _opening(self, index: int) -> Opening | None:
        """The States in brackets with which a paragraph of the conclusions begins; None where it begins otherwise."""
        after = self.document.paragraphs[index : index + 1]
        if not after or after[0].section.part != "conclusions" or after[0].number:
            return None
        return opening(level(after[0].passage.text), self.vocabulary.states)

    def _only_bracket(self, index: int) -> bool:
        """Whether a paragraph holds nothing but States in brackets."""
        begun = self._opening(index)
        return begun is not None and begun.alone

    def _brackets_after(self, index: int) -> Iterator[str]:
        """The States that make the last item of a paragraph, of the brackets with which those after it begin."""
        while begun := self._opening(index + 1):
            yield from begun.states
            index += 1
            if not begun.alone:
                return

    def _sentences(
        self, index: int, kind: Kind, speaker: Speaker, attribution: Attribution, rule: str
    ) -> Iterator[Statement]:
        """The sentences of a paragraph, each a statement of one kind by one speaker."""
        for place, (start, end) in enumerate(self.document.paragraphs[index].sentences):
            yield self._statement(index, place, start, end, kind, speaker, attribution, rule)

    def _recommendations(self, index: int, text: str) -> Iterator[Statement]:
        paragraph = self.document.paragraphs[index]
        assert self.group is not None  # noqa: S101 - the caller looked
        begun = opening(text, self.vocabulary.states)
        if begun:
            line = paragraph.passage.line_at(0)
            if self.item is None or paragraph.number:
                words = f"“{text[: begun.end].strip()[:60]}” opens a paragraph, and no recommendation stands before it"
                self._say(line, "R015", words)
            for name in begun.unknown:
                self._say(line, "R012", f"no State is called {name!r}, which ends a recommendation")
            if begun.alone:
                if self.item is None or paragraph.number:
                    yield from self.read(index)
                return
        found = pieces(text, self.vocabulary.states, self.ways.begins, begun.end if begun else 0)
        if found:
            more = [code for code in self._brackets_after(index) if code not in found[-1].states]
            found[-1] = found[-1]._replace(states=(*found[-1].states, *more))
            self.item = index
        for place, piece in enumerate(found):
            line = paragraph.passage.line_at(piece.start)
            for name in piece.unknown:
                self._say(line, "R012", f"no State is called {name!r}, which ends a recommendation")
            if not piece.states and paragraph.states:  # a table has a column for them
                named = self.vocabulary.states.listed(paragraph.states.text)[0]
                piece = piece._replace(states=tuple(dict.fromkeys(code for code, _, _ in named)))
            if not piece.states and not piece.unknown:
                words = text[piece.start : piece.end][:60]
                self._say(line, "R013", f"no State is named that recommends “{words}…”")
            statement = self._statement(
                index,
                place,
                piece.start,
                piece.end,
                Kind.RECOMMENDATION,
                Speaker.REVIEWING_STATE,
                Attribution.EXPLICIT,
                "listed-in-conclusions",
            )
            yield replace(
                statement,
                speaker_states=piece.states,
                recommending_states=piece.states,
                listed=True,
                response=self.group.response,
                confidence=Confidence.HIGH if piece.states else Confidence.MEDIUM,
            )

    def _statement(
        self,
        index: int,
        place: int,
        start: int,
        end: int,
        kind: Kind,
        speaker: Speaker,
        attribution: Attribution,
        rule: str,
    ) -> Statement:
        paragraph = self.document.paragraphs[index]
        text, lang = paragraph.passage.text[start:end], self.document.lang
        return Statement(
            kind=kind,
            speaker=speaker,
            attribution=attribution,
            text=text,
            spans=paragraph.passage.spans(start, end),
            section=paragraph.section,
            paragraph=index,
            sentence=place,
            rule=rule,
            cue="",
            confidence=Confidence.MEDIUM,
            lang=lang,
            cites=citations(text, self.vocabulary, None, self.cited, lang),
            due=due_date(text, self.vocabulary, lang) if kind is Kind.COMMITMENT else None,
            number=paragraph.number,
            notes=notes_of(self.document, paragraph.passage, start, end),
        )

    # --- what the conclusions say of other places

    def taken_over(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements, those marked that the conclusions take over by naming their paragraph or item."""
        final = list(statements)
        first = next((i for i, s in enumerate(final) if s.section.part == "conclusions"), len(final))
        for count, response in self.said_above:
            for place in range(first, min(first + count, len(final))):
                if final[place].listed and final[place].response is None:
                    final[place] = replace(final[place], response=response)
        by_number: dict[str, list[int]] = {}
        for place, one in enumerate(final):
            if number := self.document.paragraphs[one.paragraph].number:
                own = number.split(" ")[0]
                for key in {own, own.split(".")[0]}:  # a paragraph's number means its items too
                    by_number.setdefault(key, []).append(place)
        for reference in self.references:
            places = by_number.get(reference.number, [])
            meant = [place for place in places if _is_meant(final[place], self._paragraph_of(final[place]), reference)]
            meant = meant or [place for place in places if _is_called_so(final[place], reference)]
            if not meant:
                self._not_resolved(reference)
            if reference.last and meant:
                meant = meant[-1:]
            for place in meant:
                final[place] = _listed(final[place], reference.response)
        return final

    def _not_resolved(self, reference: _Reference) -> None:
        """Say which place the conclusions name that holds no recommendation as far as it was understood."""
        letters = "".join(f" ({letter})" for letter in reference.letters)
        message = f"the conclusions name {reference.number}{letters}, where no recommendation was understood"
        self._say(reference.line, "R014", message)

    def _say(self, line: int, code: str, message: str) -> None:
        self.found.append(Diagnostic(Location(self.document.source.path, line, 1), code, message))

    def _paragraph_of(self, statement: Statement) -> Paragraph:
        return self.document.paragraphs[statement.paragraph]


def _listed(statement: Statement, response: str | None) -> Statement:
    states = statement.recommending_states or statement.speaker_states
    if statement.kind is not Kind.RECOMMENDATION:
        sure = Confidence.HIGH if statement.confidence is Confidence.HIGH else Confidence.MEDIUM
        what = {"kind": Kind.RECOMMENDATION, "rule": "called-so-in-conclusions", "confidence": sure}
        statement = replace(statement, **what, flags=(), due=None)  # type: ignore[arg-type]
    return replace(statement, listed=True, response=response, recommending_states=states)


def _is_called_so(statement: Statement, reference: _Reference) -> bool:
    """Whether the conclusions call a lettered item a recommendation that its own words did not show to be one."""
    spoken = statement.speaker is Speaker.REVIEWING_STATE and not statement.embedded
    return spoken and any(statement.number == f"{reference.number} ({letter})" for letter in reference.letters)


def _is_meant(statement: Statement, paragraph: Paragraph, reference: _Reference) -> bool:
    """Whether a reference means this statement: a recommendation of that paragraph, letter or item."""
    if statement.kind is not Kind.RECOMMENDATION:
        return False
    number = statement.number or paragraph.number or ""
    if paragraph.section.part == "conclusions":
        return number == reference.number or (reference.number.isdigit() and number.startswith(reference.number + "."))
    if number.split(" ")[0] != reference.number:
        return False
    return not reference.letters or any(
        number.endswith(f"({letter})") or f"({letter}) " in statement.text for letter in reference.letters
    )


# "…, out of which recommendations 102 to 123 Iran considers as already implemented"
_OF_WHICH = re.compile(r", (?:out )?of which ", re.IGNORECASE)
_SPLIT_NUMBER = re.compile(r"(?<=\d)\. (?=\d{1,3}\b)")
_NAMED = re.compile(
    r"""(?P<items>\brecommendations?\s(?:nos?\.?\s?|numbers?\s|from\s)?(?=\d)
                 |\brecommendations?\scontained\sin\sparagraphs?:?\s(?=\d+\.\d))
      | (?P<paragraphs>\bparagraphs?:?\s(?=\d))""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"""(?P<number>\d{1,3}(?:\.\d{1,3})?)(?!\.?\d)\.?
        (?P<range>\s?(?:-|to)\s?(?P<until>\d{1,3}(?:\.\d{1,3})?)(?!\.?\d))?
        (?P<letters>(?:\s?,?\s?(?:and)?\s?\((?:[a-z]|[ivx]+)(?:\s?[,-]\s?[a-z])*\))*)
        (?P<last>,?\s\(?last\ssentence\)?)?
        (?:[\s,;]|and\b|,\s?and\b|in\b|paragraphs?\b|above\b)*""",
    re.VERBOSE,
)
_LETTER = re.compile(r"[a-z]")
_PARAGRAPH = re.compile(r"\bparagraph (\d{1,3})\b")


def _references(text: str, own: str, response: str | None, line: int) -> Iterator[_Reference]:
    """The places that a paragraph of the conclusions names by number."""
    text = _SPLIT_NUMBER.sub(".", text)
    counted_under: set[str] = set()
    # The paragraphs named, for items that are counted under the next of them, else under the one before.
    named = [(match.start(), match[1]) for match in _PARAGRAPH.finditer(text)]
    before = _before(own, text)
    for lead in _NAMED.finditer(text):
        at = lead.end()
        while match := _NUMBERS.match(text, at):
            number, until = match["number"], match["until"]
            letters = tuple(
                letter
                for group in re.findall(r"\(([^)]*)\)", match["letters"])
                for letter in _LETTER.findall(group)
                if not (len(group) > 1 and re.fullmatch("[ivx]+", group))
            )
            for one in _range(number, until) if until else (number,):
                if lead["items"] and "." not in one:
                    # items counted under the paragraph before, or under the one named after them
                    following = bisect_left(named, (match.end(), ""))
                    paragraph = named[following][1] if following < len(named) else before
                    counted_under.add(paragraph)
                    one = f"{paragraph}.{one}"
                if one != own and one not in counted_under:
                    yield _Reference(one, letters, bool(match["last"]), response, line)
            at = match.end()
            if match.end() == match.start():
                break


def _before(own: str, text: str) -> str:
    """The paragraph whose items are meant where none is named: this one, if it lists them itself, or the one before."""
    return own if text.rstrip().endswith(":") or "out of which" in text else str(int(own) - 1)


def _range(first: str, last: str) -> Iterator[str]:
    head, _, start = first.rpartition(".")
    end = last.rpartition(".")[2]
    for number in range(int(start), min(int(end), int(start) + 400) + 1):
        yield f"{head}.{number}" if head else str(number)
