"""What a document names: the State examined, treaty, session, dates, people, and the instruments its words cite.

Takes a `Document`. Gives `Examination`s, every fact with the rule and the words that say it, and diagnostics where a
fact is missing, doubtful or contradicted. A name stands for one thing or for none: nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from generator.diagnostics import Diagnostic
from generator.model import Citation, Document, Due, Examination, Fact, Paragraph
from generator.text.passage import Passage
from generator.text.source import Location
from generator.vocabulary import Family, Telling, Treaties, Treaty, Vocabulary, WrittenDate, fold, level, ordinals


def recognise(document: Document, vocabulary: Vocabulary) -> tuple[tuple[Examination, ...], list[Diagnostic]]:
    """The examinations a document tells of: usually one, two where one summary covers two protocols."""
    family = vocabulary.families.get(document.family or "")
    if family is None:
        return (Examination(body=""),), [
            Diagnostic(
                _top(document),
                "R004",
                "no report family's signs were found",
                "a summary is titled “STATE PARTY EXAMINATION OF …”",
            )
        ]
    reader = _Reader(document, vocabulary, family)
    draft = Examination(body=family.body, mechanism=family.mechanism)
    for apply in PASSES:
        draft = apply(reader, draft)
    examinations = tuple(replace(draft, treaty=treaty) for treaty in reader.treaties) or (draft,)
    reader.check(draft)
    return examinations, reader.found


def _top(document: Document) -> Location:
    return Location(document.source.path, document.title.pieces[0].line if document.title else 1, 1)


class _Reader:
    """What the passes share: the document, and what they found to say about it."""

    def __init__(self, document: Document, vocabulary: Vocabulary, family: Family) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.family = family
        self.found: list[Diagnostic] = []
        self.treaties: list[Fact] = []
        self.telling: Telling = vocabulary.languages[family.lang].telling
        self.title = family.title.search(level(document.title.text)) if document.title else None

    def say(self, code: str, message: str, hint: str = "", at: Passage | None = None) -> None:
        """Tell the editor, at the first line of a passage or else at the title."""
        place = Location(self.document.source.path, at.pieces[0].line, 1) if at else _top(self.document)
        self.found.append(Diagnostic(place, code, message, hint))

    def sentences(self) -> Iterator[tuple[Paragraph, int, int, str]]:
        """Every sentence: its paragraph, its place in it, and its text made level."""
        for paragraph in self.document.paragraphs:
            text = level(paragraph.passage.text)
            for start, end in paragraph.sentences:
                yield paragraph, start, end, text[start:end]

    def check(self, draft: Examination) -> None:
        """Say what is missing and what does not fit together."""
        if draft.head is None:
            self.say("R008", "no head of delegation was found")
        if draft.session and draft.date:
            session = self.vocabulary.sessions.get((draft.sitting, int(draft.session.value)))
            if session and session.start and session.end and not session.start <= draft.date.value <= session.end:
                ran = f"the {ordinal(session.number)} session ran from {session.start} to {session.end}"
                self.say("R006", f"examined on {draft.date.value}, but {ran}", at=self.document.session_line)


def _fact(
    passage: Passage, start: int, end: int, value: str, name: str, rule: str, of: str = "", status: str = "stated"
) -> Fact:
    return Fact(value, name, passage.text[start:end], rule, passage.spans(start, end), status, of)


# --- title and session line -------------------------------------------------------------------------------------


def _state(reader: _Reader, draft: Examination) -> Examination:
    states, title = reader.vocabulary.states, reader.document.title
    if title is None or reader.title is None:
        hint = "" if reader.family.mechanism else "expected “EXAMINATION OF <State> … REPORT”"
        reader.say("R001", "the title was not understood", hint)
        return draft
    start, end = reader.title.span("state")
    written = title.text[start:end]
    code = states.find(written)
    if code is None:
        close = states.suggest(written)
        hint = f"did the title mean {' or '.join(close)}?" if close else "add the spelling to states.yaml"
        reader.say("R001", f"no State is called {written!r}", hint, at=title)
        return draft
    return replace(draft, state=_fact(title, start, end, code, states[code].short, "title-state"))


def _state_told(reader: _Reader, draft: Examination) -> Examination:
    """The State whose review a sentence tells of: it counts where the title names none, and is compared with it."""
    if reader.family.mechanism is None:
        return draft
    for paragraph, start, _end, text in _opening(reader):
        match = reader.telling.reviewed.search(text)
        code = reader.vocabulary.states.find(match["state"]) if match else None
        if match is None or code is None:
            continue
        passage, place = paragraph.passage, (start + match.start("state"), start + match.end("state"))
        told = _fact(passage, *place, code, reader.vocabulary.states[code].short, "review-of")
        if draft.state is None:
            reader.found = [one for one in reader.found if one.code != "R001"]
            return replace(draft, state=told)
        if draft.state.value != code:
            reader.say("R010", f"the title names {draft.state.name}, the text {told.name}", at=passage)
        return draft
    return draft


def _cycle(reader: _Reader, draft: Examination) -> Examination:
    title = reader.document.title
    groups = reader.title.groupdict() if reader.title else {}
    place = next((name for name in ("cycle", "after") if groups.get(name)), None)
    if title is None or reader.title is None or place is None:
        return draft
    start, end = reader.title.span(place)
    numbers = ordinals(reader.title[place], reader.family.lang)
    if not numbers:
        return draft
    value = "initial" if numbers == (1,) else str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
    return replace(draft, cycle=_fact(title, start, end, value, _cycle_name(numbers), "title-cycle"))


def _cycle_name(numbers: tuple[int, ...]) -> str:
    if numbers == (1,):
        return "initial report"
    if len(numbers) == 1:
        return f"{ordinal(numbers[0])} periodic report"
    words = ", ".join(ordinal(n) for n in numbers[:-1])
    return f"{words} and {ordinal(numbers[-1])} periodic reports"


def ordinal(number: int) -> str:
    """`69th`, `1st`, `112th`."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _treaty(reader: _Reader, draft: Examination) -> Examination:
    """The treaty the title names; a periodic report with no treaty is under the Convention itself."""
    title, treaties = reader.document.title, reader.vocabulary.treaties
    if title is None or reader.title is None or reader.family.mechanism is not None:
        return draft
    groups = reader.title.groupdict()
    place = "treaty" if groups.get("treaty") else "abbreviation" if groups.get("abbreviation") else None
    if place:
        start, end = reader.title.span(place)
        found = {treaty.id: (s, e) for treaty, s, e in cited_treaties(level(title.text)[start:end], treaties)}
        outer = {id_: at for id_, at in found.items() if not (id_ == "CRC" and len(found) > 1)}
        for id_, (s, e) in outer.items():
            treaty = treaties.by_id[id_]
            reader.treaties.append(_fact(title, start + s, start + e, id_, treaty.title, "title-treaty"))
        if not outer:
            reader.say(
                "R003", f"no treaty is called {title.text[start:end]!r}", "treaties stand in treaties.yaml", at=title
            )
            return draft
    elif reader.family.default_treaty:
        start, end = reader.title.span()
        treaty = treaties.by_id[reader.family.default_treaty]
        reader.treaties.append(_fact(title, start, end, treaty.id, treaty.title, "title-names-no-protocol"))
    return replace(draft, treaty=reader.treaties[0]) if reader.treaties else draft


def cited_treaties(text: str, treaties: Treaties) -> list[tuple[Treaty, int, int]]:
    """Treaties named in a text, in its order; a longer name wins over one inside it."""
    return _outermost(treaties.titles.find(text))


def _outermost(found: Iterable[tuple[Treaty, int, int]]) -> list[tuple[Treaty, int, int]]:
    kept: list[tuple[Treaty, int, int]] = []
    for treaty, start, end in sorted(found, key=lambda place: (place[1], -place[2])):
        if not kept or start >= kept[-1][2]:
            kept.append((treaty, start, end))
    return kept


def _session(reader: _Reader, draft: Examination) -> Examination:
    if reader.family.mechanism is not None:
        return _session_told(reader, draft)
    line = reader.document.session_line
    match = reader.family.session.search(level(line.text)) if line else None
    if line is None or match is None:
        reader.say(
            "R002",
            "no session line was found under the title",
            "expected “69TH SESSION OF THE COMMITTEE …”",
            at=reader.document.title,
        )
        return draft
    start, end = match.span("session")
    written = match["session"]  # "68th session", "Session 68"
    number = int(written) if written.isdigit() else next(iter(ordinals(written, reader.family.lang)), 0)
    if (draft.sitting, number) not in reader.vocabulary.sessions:
        reader.say("R009", f"the {ordinal(number)} session of {draft.sitting} is not in sessions.yaml", at=line)
    name = f"{ordinal(number)} session"
    return replace(draft, session=_fact(line, start, end, str(number), name, "session-line"))


def _session_told(reader: _Reader, draft: Examination) -> Examination:
    """The session, where a sentence of the opening tells it: "held its seventeenth session from 21 October to …"."""
    for paragraph, start, _end, text in _opening(reader):
        match = reader.family.session.search(text)
        number = next(iter(ordinals(match["session"], reader.family.lang)), 0) if match else 0
        if match is None or not number:
            continue
        passage = paragraph.passage
        if (draft.sitting, number) not in reader.vocabulary.sessions:
            reader.say("R009", f"the {ordinal(number)} session of {draft.sitting} is not in sessions.yaml", at=passage)
        place = (start + match.start("session"), start + match.end("session"))
        return replace(draft, session=_fact(passage, *place, str(number), f"{ordinal(number)} session", "session-told"))
    reader.say("R002", "no sentence of the opening names the session", at=reader.document.title)
    return draft


def _session_line_dates(reader: _Reader, draft: Examination) -> Examination:
    """A single day is the examination; a range is the session's, never the examination's."""
    line = reader.document.session_line
    if line is None:
        return draft
    for date in reader.vocabulary.dates.find(level(line.text)):
        if date.precision == "day" and draft.date is None:
            draft = replace(draft, date=_dated(line, date, "session-line-day"))
        elif date.precision == "range" and draft.session_dates is None:
            draft = replace(draft, session_dates=_dated(line, date, "session-line-range"))
    return draft


def _dated(
    passage: Passage, date: WrittenDate, rule: str, offset: int = 0, of: str = "", status: str = "stated"
) -> Fact:
    return _fact(passage, offset + date.start, offset + date.end, date.iso, spoken_date(date.iso), rule, of, status)


_MONTHS = "January February March April May June July August September October November December".split()


def spoken_date(iso: str) -> str:
    """`27 May 2015`, `May 2015`, `2015`, `13 September to 1 October 2010`, `7 to 18 April 2008`."""
    if "/" in iso:
        first, last = (spoken_date(one).split() for one in iso.split("/"))
        # What the last day says again is said once.
        said_again = takewhile(lambda pair: pair[0] == pair[1], zip(first[:0:-1], reversed(last), strict=False))
        return f"{' '.join(first[: len(first) - sum(1 for _ in said_again)])} to {' '.join(last)}"
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


# --- sentences that tell facts ----------------------------------------------------------------------------------


def _dates_told(reader: _Reader, draft: Examination) -> Examination:
    """The day of the examination and of the last one, where the opening tells them in sentences."""
    if reader.family.mechanism is not None:
        return _review_dates_told(reader, draft)
    for paragraph, start, _end, text in _opening(reader):
        dates = [date for date in reader.vocabulary.dates.find(text) if date.precision == "day"]
        if not dates:
            continue
        if reader.telling.last_examined.search(text):
            if draft.last_examined is None:
                draft = replace(draft, last_examined=_dated(paragraph.passage, dates[0], "last-examined-on", start))
        elif reader.telling.examined.search(text) and reader.telling.committee.search(text):
            told = _dated(paragraph.passage, dates[0], "examined-on", start)
            if draft.date is None:
                draft = replace(draft, date=told)
            elif draft.date.value != told.value:
                reader.say("R010", f"examined on {draft.date.value} or on {told.value}", at=paragraph.passage)
    draft = draft if draft.date else _day_alone(reader, draft)
    if draft.date is None:
        reader.say("R005", "no day of the examination was found", at=reader.document.session_line)
    return draft


def _review_dates_told(reader: _Reader, draft: Examination) -> Examination:
    """The days of a review and of the adoption of its report: "The review of X was held … on 22 October 2013"."""
    for paragraph, start, _end, text in _opening(reader):
        reviewed, adopted = reader.telling.reviewed.search(text), reader.telling.adopted.search(text)
        if not reviewed and not adopted:
            continue
        days = [date for date in reader.vocabulary.dates.find(text) if date.precision == "day"]
        if reviewed and draft.date is None and (after := [day for day in days if day.start > reviewed.start()]):
            draft = replace(draft, date=_dated(paragraph.passage, after[0], "review-held-on", start))
        elif reviewed and draft.date is None:
            draft = _day_without_year(reader, draft, paragraph, start + reviewed.end())
        elif adopted and draft.adopted is None and days:
            draft = replace(draft, adopted=_dated(paragraph.passage, days[-1], "report-adopted-on", start))
    if draft.date is None:
        reader.say("R005", "no day of the review was found", at=reader.document.title)
    return draft


_DAY_AND_MONTH = re.compile(r"\bon (?P<day>\d{1,2} [^\W\d_]+)(?! \d{4})")


def _day_without_year(reader: _Reader, draft: Examination, paragraph: Paragraph, at: int) -> Examination:
    """ "was held on 24 January": the year is that of the session, told before; what is added is said to be inferred."""
    dates, passage = reader.vocabulary.dates, paragraph.passage
    match = _DAY_AND_MONTH.search(level(passage.text), at)
    ranges = [one.iso.split("/") for one in dates.find(level(passage.text)) if one.precision == "range"]
    if match is None or not ranges:
        return draft
    for year in sorted({end[:4] for end in ranges[0]}):
        for day in dates.find(f"{match['day']} {year}"):
            if ranges[0][0] <= day.iso <= ranges[0][1]:
                place = match.span("day")
                name = spoken_date(day.iso)
                told = _fact(passage, *place, day.iso, name, "review-held-on-day-of-session", status="inferred")
                return replace(draft, date=told)
    return draft


_LONGEST_DAY_LINE = 60  # characters: "Ginebra, miércoles 15 de mayo de 2024"


def _day_alone(reader: _Reader, draft: Examination) -> Examination:
    """The day on a short line of its own before the first section, with a place or a weekday."""
    first = reader.document.sections[0].line if reader.document.sections else None
    for paragraph in reader.document.paragraphs:
        passage = paragraph.passage
        if first is not None and passage.pieces[0].line > first:
            break
        text = level(passage.text)
        days = reader.vocabulary.dates.find(text) if len(text) <= _LONGEST_DAY_LINE and text[-1].isalnum() else []
        if len(days) == 1 and days[0].precision == "day" and days[0].end == len(text):
            return replace(draft, date=_dated(passage, days[0], "day-on-a-line"))
    return draft


def _session_range_told(reader: _Reader, draft: Examination) -> Examination:
    """The session's dates, where the opening tells them in a sentence: "its fiftieth session, from 12 to 30 May"."""
    for paragraph, start, _end, text in _opening(reader):
        if draft.session_dates is None and reader.telling.met.search(text):
            ranges = [
                date for date in reader.vocabulary.dates.find(text) if date.precision == "range" and "-" in date.iso
            ]
            if ranges:
                draft = replace(draft, session_dates=_dated(paragraph.passage, ranges[0], "session-held-on", start))
    return draft


def _opening(reader: _Reader) -> Iterator[tuple[Paragraph, int, int, str]]:
    """Sentences before the first section and in it; in texts that have parts, those of the introduction."""
    if reader.family.parts:
        introduction = [one for one in reader.sentences() if one[0].section.part == "introduction"]
        yield from introduction or (one for one in reader.sentences() if not one[0].section.part)
        return
    first = reader.document.sections[0] if reader.document.sections else None
    for paragraph, start, end, text in reader.sentences():
        if paragraph.section.path and paragraph.section is not first:
            return
        yield paragraph, start, end, text


def _ratifications(reader: _Reader, draft: Examination) -> Examination:
    """When which treaty was ratified; a title that is cut is inferred and said to be (lao-pdr-opsc-69:23)."""
    treaties = reader.vocabulary.treaties
    found: dict[str, Fact] = {}
    for paragraph, start, _end, text in _opening(reader):
        if not reader.telling.ratified.search(text):
            continue
        passage = paragraph.passage
        named = cited_treaties(text, treaties)
        cut = [(s, e) for _, s, e in treaties.cut_titles.find(text)]
        whole = [(t.id, s, e) for t, s, e in named if not any(first <= s < last for first, last in cut)]
        days = reader.vocabulary.dates.find(text)
        for id_, _s, e in whole:
            date = next((day for day in days if day.start >= e), days[-1] if days else None)
            if date and id_ not in found:
                found[id_] = _dated(passage, date, "ratified-on", start, of=id_)
        for first, last in cut:
            date = next((day for day in days if day.start >= last - 1), None)
            guess = _guess_cut_title(reader, {*found, *(id_ for id_, _, _ in whole)})
            if date and guess:
                found[guess] = _dated(passage, date, "ratified-on-cut-title", start, of=guess, status="inferred")
                message = f"the title {text[first:last]!r} is cut; {guess} is named elsewhere and was inferred"
                reader.say("R007", message, at=passage)
    return replace(draft, ratifications=tuple(found.values()))


def _guess_cut_title(reader: _Reader, taken: set[str]) -> str | None:
    """The one other protocol to the Convention that the document names; None where there are several or none."""
    treaties = reader.vocabulary.treaties
    named = {
        treaty.id
        for _, _, _, text in reader.sentences()
        for treaty, _, _ in cited_treaties(text, treaties)
        if treaty.protocol_to and treaty.id not in taken
    }
    return named.pop() if len(named) == 1 else None


# --- people -----------------------------------------------------------------------------------------------------


def _delegation(reader: _Reader, draft: Examination) -> Examination:
    """Head of delegation with post, and the bodies it came from."""
    named_in: Paragraph | None = None
    telling = reader.telling
    for paragraph, start, _end, text in _opening(reader) if reader.family.mechanism else reader.sentences():
        if not telling.delegation.search(text) and not (paragraph is named_in and telling.goes_on.match(text)):
            continue
        named_in = paragraph
        if draft.head is None and (
            match := next((m for pattern in telling.heads if (m := pattern.search(text))), None)
        ):
            head = _head(paragraph.passage, start, match)
            members = tuple(_members(telling, paragraph.passage, start, text, match.end("name")))
            draft = replace(draft, head=head, delegation=members)
        elif draft.head is not None and not draft.delegation and telling.members.search(text):
            draft = replace(draft, delegation=tuple(_members(telling, paragraph.passage, start, text, 0)))
        if (match := telling.head_of.search(text)) and draft.head is not None:
            written = telling.honorific.sub("", match["name"], count=1).strip(" .,")
            known, named = fold(draft.head.name), fold(written)
            if known not in named and named not in known:
                message = f"head of delegation is {draft.head.name} or {written}"
                reader.say("R010", message, at=paragraph.passage)
    return draft


# "Minister of Justice (para. 1)": where it is written, not part of the post.
_REFERENCE = re.compile(r"\s*\([^()]*\d[^()]*\)[\s.]*$")


def _head(passage: Passage, offset: int, match: re.Match[str]) -> Fact:
    """The head of delegation, with the post if it is told."""
    name = passage.text[offset + match.start("name") : offset + match.end("name")].rstrip(" .")
    post = passage.text[offset + match.start("post") : offset + match.end("post")] if match["post"] else ""
    post = _REFERENCE.sub("", post)
    end = offset + max(match.end("name"), match.start("post") + len(post))
    value = fold(name).replace(" ", "-")
    return _fact(passage, offset + match.start("name"), end, value, name, "delegation-led-by", of=post.strip(" ,."))


def _members(telling: Telling, passage: Passage, offset: int, text: str, after: int) -> Iterator[Fact]:
    """The bodies a delegation's members came from, as written."""
    match = telling.members.search(text, after)
    if not match:
        return
    at = match.start("list")
    for index, part in enumerate(telling.between_members.split(match["list"])):
        if part and index % 2 == 0:
            article = telling.article_before.match(part).end()  # type: ignore[union-attr]
            start, end = offset + at + article, offset + at + len(part.rstrip(" ."))
            value = fold(part[article:]).replace(" ", "-")
            yield _fact(passage, start, end, value, passage.text[start:end], "delegation-member")
        at += len(part)


def _rapporteurs(reader: _Reader, draft: Examination) -> Examination:
    """The Country Rapporteurs the document names; written forms resolved to one known member or to nobody.

    A review by States has none: rapporteurs named there are others'.
    """
    if reader.family.mechanism is not None:
        return draft
    found: dict[str, Fact] = {}
    telling = reader.telling
    for paragraph, start, _end, text in reader.sentences():
        if not telling.rapporteur.search(text):
            continue
        for match in (*telling.rapporteurs.finditer(text), *telling.rapporteurs_were.finditer(text)):
            for name_start, name_end in _names(telling, text, *match.span("names")):
                first, last = start + name_start, start + name_end
                name = paragraph.passage.text[first:last]
                person = reader.vocabulary.person_named(name)
                value = person.id if person else fold(name).replace(" ", "-")
                found.setdefault(value, _fact(paragraph.passage, first, last, value, name, "country-rapporteur"))
    return replace(draft, rapporteurs=tuple(found.values()))


def _names(telling: Telling, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of single names, without honorifics, in "Mr. A and B"."""
    at = start
    for match in [*telling.between_names.finditer(text, start, end), None]:
        stop = match.start() if match else end
        begin = telling.honorific.match(text, at, stop).end()  # type: ignore[union-attr]
        if begin < stop and " " in text[begin:stop] and not telling.not_names.match(text, begin):
            yield begin, stop
        at = match.end() if match else end


def _troika(reader: _Reader, draft: Examination) -> Examination:
    """The three States whose delegations facilitate a review."""
    if reader.family.mechanism is None:
        return draft
    states = reader.vocabulary.states
    for paragraph, start, _end, text in _opening(reader):
        match = reader.telling.troika.search(text)
        if match is None:
            continue
        passage = paragraph.passage
        offset = start + match.start("states")
        named, unknown = states.listed(match["states"])
        facts = tuple(
            _fact(passage, offset + first, offset + last, code, states[code].short, "troika")
            for code, first, last in named
        )
        if unknown:
            reader.say("R012", f"in the troika, no State is called {', '.join(map(repr, unknown))}", at=passage)
        return replace(draft, troika=facts)
    return draft


def _symbol(reader: _Reader, draft: Examination) -> Examination:
    """The document's symbol: the one that stands most often at the head of its pages."""
    if reader.family.symbol is None:
        return draft
    seen: dict[str, list[Fact]] = {}
    for _rule, passage in reader.document.furniture:
        if match := reader.family.symbol.search(level(passage.text)):
            symbol = match[0].replace(" ", "")
            seen.setdefault(symbol, []).append(_fact(passage, *match.span(), symbol, symbol, "symbol-at-page-head"))
    if not seen:
        return draft
    return replace(draft, symbol=max(seen.values(), key=len)[0])


_STEM_WORDS = re.compile(r"[^\W\d_]+")


def _file_name(reader: _Reader, draft: Examination) -> Examination:
    """Where the file's name says another State or year than the text, the text is right and the editor is told."""
    stem = reader.document.source.path.rsplit("/", 1)[-1].removesuffix(".md")
    code = reader.vocabulary.states.run_together("".join(_STEM_WORDS.findall(stem)))
    if code and draft.state and code != draft.state.value:
        named = reader.vocabulary.states[code].short
        reader.say("R011", f"the file's name says {named}, the text {draft.state.name}; the text counts")
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", stem)
    told = [fact.value[:4] for fact in (draft.date, draft.adopted) if fact]
    if reader.family.mechanism and len(years) == 1 and told and abs(int(years[0]) - int(told[0])) > 1:
        reader.say("R011", f"the file's name says {years[0]}, the text {told[0]}; the text counts")
    return draft


# --- the publisher ----------------------------------------------------------------------------------------------


def _publisher(reader: _Reader, draft: Examination) -> Examination:
    """Who wrote it, and that it says of itself to be no official report: both from masthead and page notes."""
    for _rule, passage in reader.document.furniture:
        text = level(passage.text)
        if draft.publisher is None:
            match = next((m for sign in reader.family.publisher_signs if (m := sign.search(text))), None)
            if match:
                name = reader.family.publisher
                draft = replace(
                    draft, publisher=_fact(passage, *match.span(), fold(name).replace(" ", "-"), name, "publisher-sign")
                )
        if draft.official is None and reader.family.not_official and (match := reader.family.not_official.search(text)):
            draft = replace(
                draft, official=_fact(passage, *match.span(), "false", "not official", "publisher-says-not-official")
            )
    return draft


PASSES = (
    _state,
    _state_told,
    _cycle,
    _treaty,
    _session,
    _session_line_dates,
    _dates_told,
    _session_range_told,
    _ratifications,
    _delegation,
    _rapporteurs,
    _troika,
    _symbol,
    _publisher,
    _file_name,
)


# --- mentions inside sentences ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Cited:
    """What the sentence before cited: an article without a law belongs to that law (lao-pdr-opsc-69:65)."""

    law: str | None = None


def citations(
    text: str, vocabulary: Vocabulary, examined: str | None, before: Cited, lang: str = "en"
) -> tuple[Citation, ...]:
    """Instruments and laws that one sentence cites. Updates `before` for the sentence that follows."""
    plain = level(text)
    telling = vocabulary.languages[lang].telling
    documents = _documents(plain, text, vocabulary, examined)
    inside = _Places((start, start + len(citation.text)) for start, citation in documents.items())
    found = documents | {
        start: citation
        for start, citation in _instruments(plain, text, vocabulary.treaties, examined)
        if not inside.overlap(start, start + 1)
    }
    order = {start: number for number, start in enumerate(found)}
    starts = sorted(found)
    for match in telling.law_article.finditer(plain):
        article, law = match["n"], match["law"]
        if law and telling.treaty_law.search(law):
            named = starts[bisect_right(starts, match.start("n")) : bisect_right(starts, match.end())]
            at = min(named, key=order.__getitem__, default=None)
            if at is not None:
                found[at] = replace(found[at], article=article)
            continue
        carried = law is None and before.law is not None
        before.law = law.strip() if law else before.law
        found[match.start()] = Citation(None, text[match.start() : match.end()], article, before.law, carried)
    return tuple(citation for _, citation in sorted(found.items()))


class _Places:
    """Places in a text that do not overlap."""

    def __init__(self, places: Iterable[tuple[int, int]] = ()) -> None:
        self._places = sorted(places)

    def add(self, start: int, end: int) -> None:
        insort(self._places, (start, end))

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them overlaps this one: only the last that begins before its end can."""
        before = bisect_left(self._places, (end, 0))
        return before > 0 and start < self._places[before - 1][1]


def _documents(plain: str, text: str, vocabulary: Vocabulary, examined: str | None) -> dict[int, Citation]:
    """Documents and numbered instruments a sentence cites; a general comment is of the body that examines."""
    body = vocabulary.treaties.by_id[examined].body if examined else ""
    return {
        cited.start: Citation(None, text[cited.start : cited.end], law=cited.law or None, symbol=cited.symbol)
        for cited in vocabulary.symbols.find(plain, body)
    }


def _instruments(plain: str, text: str, treaties: Treaties, examined: str | None) -> Iterator[tuple[int, Citation]]:
    """Treaties a sentence names: cut titles, whole titles, and "the Protocol" where one is under examination."""
    found = [*treaties.mentions.find(plain)]
    whole = _outermost((what, s, e) for what, s, e in found if isinstance(what, Treaty))
    named: list[tuple[str | None, int, int]] = [(None, s, e) for what, s, e in found if what == "cut"]
    named += [(treaty.id, s, e) for treaty, s, e in whole]
    if examined and treaties.by_id[examined].protocol_to:
        short = ((s, e) for what, s, e in found if what == "short")
        named += [(examined, s, e) for s, e in short if plain[s:e].split()[-1][0].isupper()]
    taken = _Places()
    for id_, start, end in named:
        if not taken.overlap(start, end):
            taken.add(start, end)
            yield start, Citation(id_, text[start:end])


def due_date(text: str, vocabulary: Vocabulary, lang: str = "en", said: str = "") -> Due | None:
    """When a promised act is due: a date led in by "by", "in", "before"; a past event's date is none.

    `said` is the day of the examination, where it is known: what was over by then is no date to wait for.
    """
    for date in vocabulary.dates.find(level(text)):
        if vocabulary.languages[lang].telling.by_when.search(text, 0, date.start):
            iso = date.iso.split("/")[-1]
            if iso + "-12-31"[len(iso) - 4 :] < said:  # the last day that it can mean
                continue
            return Due(iso, date.precision, text[date.start : date.end])
    return None
