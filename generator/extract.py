"""Who said what: every sentence of a document becomes statements with kind, speaker and the cue that told them.

Takes a `Document` and its `Examination`. Gives `Statement`s in the order of the text, the disposition of every block,
and notes on what is doubtful. A sentence holds acts – a subject with a predicate – found by the cues of its language;
one is the main act, acts of another voice inside it are embedded statements of their own. A sentence without an act is
carried from the voice before it in the same paragraph, or nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.diagnostics import Diagnostic
from generator.model import (
    FRONT,
    Alternative,
    Attribution,
    BlockKind,
    Citation,
    Confidence,
    Disposition,
    Document,
    Due,
    Examination,
    Kind,
    Paragraph,
    Speaker,
    Statement,
)
from generator.recognise import Cited, citations, due_date
from generator.source import Location
from generator.vocabulary import Cue, CueSet, Subject, Vocabulary, level

STATE_SIDE = (Speaker.DELEGATION, Speaker.STATE)
_FARTHEST_PREDICATE = 240  # characters between a subject and its verb, an apposition included


def extract(
    document: Document, examination: Examination, vocabulary: Vocabulary
) -> tuple[list[Statement], list[Disposition], list[Diagnostic]]:
    """All statements of a document, in its order; where the language has no cues, none but background."""
    reader = _Reader(document, examination, vocabulary)
    statements = [statement for index in range(len(document.paragraphs)) for statement in reader.paragraph(index)]
    notes = [
        Diagnostic(
            Location(document.source.path, statement.line, statement.spans[0].col_start + 1),
            "X001",
            f"{statement.kind} without a named speaker: “{statement.text[:70]}…”",
        )
        for statement in statements
        if statement.confidence is Confidence.LOW and statement.kind not in (Kind.PROCEDURAL, Kind.BACKGROUND)
    ]
    return statements, _dispositions(document), notes


_DISPOSITIONS = {
    BlockKind.BLANK: Disposition.BLANK,
    BlockKind.MASTHEAD: Disposition.FURNITURE,
    BlockKind.TITLE: Disposition.CONTEXT,
    BlockKind.SESSION_LINE: Disposition.CONTEXT,
    BlockKind.HEADING: Disposition.CONTEXT,
    BlockKind.CONTENTS: Disposition.CONTENTS,
    BlockKind.FURNITURE: Disposition.FURNITURE,
    BlockKind.FRONT_MATTER: Disposition.NOTE,
    BlockKind.RULE: Disposition.FURNITURE,
}


def _dispositions(document: Document) -> list[Disposition]:
    """What became of each block: sentences were made of it, its form says what it is, or it was not read."""
    read = {index for paragraph in document.paragraphs if paragraph.sentences for index in paragraph.blocks}
    return [
        Disposition.STATEMENT if index in read else _DISPOSITIONS.get(block.kind, Disposition.UNREAD)
        for index, block in enumerate(document.blocks)
    ]


@dataclass(slots=True)
class _Act:
    """Somebody does something with words: at `start` begins the subject, at `verb` the predicate, both in the sentence."""

    start: int
    verb: int
    end: int
    cue: Cue
    speaker: Speaker
    attribution: Attribution
    kind: Kind
    rule: str
    name: str | None = None
    subordinate: bool = False
    person: bool = False


@dataclass(slots=True)
class _Voice:
    """Who spoke last in this paragraph, for pronouns and for sentences that name nobody."""

    speaker: Speaker
    name: str | None
    person: bool
    rule: str


@dataclass(slots=True)
class _Paragraph:
    """What is known while a paragraph is read."""

    voices: list[_Voice] = field(default_factory=list)
    carries: _Voice | None = None
    mentioned: set[Speaker] = field(default_factory=set)


class _Reader:
    def __init__(self, document: Document, examination: Examination, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.cues = vocabulary.cues.get(document.lang)
        self.examined = examination.treaty.value if examination.treaty else None
        self.cited = Cited()
        self.last_person: tuple[_Voice, object] | None = None
        self.lead_ins: dict[int, Statement] = {}
        self.finder = _Finder(self.cues, examination, vocabulary) if self.cues else None

    def paragraph(self, index: int) -> Iterator[Statement]:
        """The statements of one paragraph."""
        paragraph = self.document.paragraphs[index]
        known = _Paragraph()
        plain = level(paragraph.passage.text)
        last = None
        for number, (start, end) in enumerate(paragraph.sentences):
            sentence = _Sentence(paragraph, index, number, start, end, plain[start:end])
            for statement in self.sentence(sentence, known):
                last = last if statement.embedded else statement
                yield self._cited(statement)
        if last and plain.rstrip().endswith(":"):
            self.lead_ins[index] = last
        if known.voices and known.voices[-1].person:
            self.last_person = known.voices[-1], paragraph.section

    def _cited(self, statement: Statement) -> Statement:
        """With the instruments it cites and, for a promise, the day it is due."""
        if statement.embedded:
            return statement
        cites: tuple[Citation, ...] = citations(statement.text, self.vocabulary, self.examined, self.cited)
        due: Due | None = due_date(statement.text, self.vocabulary) if statement.kind is Kind.COMMITMENT else None
        return replace(statement, cites=cites, due=due)

    def sentence(self, sentence: _Sentence, known: _Paragraph) -> Iterator[Statement]:
        """The main statement of a sentence, then those embedded in it."""
        acts = (
            self.finder.acts(sentence.plain, lambda *about: self._pronoun(known, sentence, *about))
            if self.finder
            else []
        )
        if self.finder:
            known.mentioned |= self.finder.mentioned(sentence.plain)
        main = next((act for act in acts if not act.subordinate), acts[0] if acts else None)
        if main is None:
            yield self._without_act(sentence, known)
            return
        yield self._statement(sentence, main)
        self._remember(known, main)
        for act in acts:
            if act is not main and (act.speaker is not main.speaker or act.kind is not main.kind):
                start, end = _clause(sentence.plain, act, acts)
                yield replace(self._statement(sentence, act, start, end), embedded=True)

    def _remember(self, known: _Paragraph, main: _Act) -> None:
        voice = _Voice(main.speaker, main.name, main.person, main.rule)
        if main.attribution in (Attribution.EXPLICIT, Attribution.PRONOUN):
            known.voices.append(voice)
            known.carries = voice if main.kind is not Kind.PROCEDURAL else None
        else:
            known.carries = None

    def _pronoun(
        self, known: _Paragraph, sentence: _Sentence, word: str, fits: Sequence[Speaker]
    ) -> tuple[_Voice | None, bool]:
        """The voice a pronoun stands for, among those whose verb it has; with it, whether a person is meant."""
        person = word in ("he", "she")
        if person:
            people = [voice for voice in known.voices if voice.person]
            if not people and self.last_person and self.last_person[1] is sentence.paragraph.section:
                people = [self.last_person[0]]
            candidates = people or known.voices
        else:
            candidates = known.voices
        for voice in reversed(candidates):
            side = Speaker.DELEGATION if voice.speaker in STATE_SIDE else voice.speaker
            if side in fits:
                return voice, person
        # "The Committee asked the delegation about prisons. They replied that …": named, though it had not spoken.
        for speaker in fits:
            if len(fits) == 1 and speaker in known.mentioned:
                return _Voice(speaker, None, False, "mentioned"), person
        return None, person

    def _statement(self, sentence: _Sentence, act: _Act, start: int = 0, end: int | None = None) -> Statement:
        confidence = Confidence.MEDIUM
        if act.attribution in (Attribution.EXPLICIT, Attribution.PRONOUN) and act.cue.strong:
            confidence = Confidence.HIGH
        elif act.speaker in (Speaker.AUTHOR, Speaker.UNATTRIBUTED):
            confidence = Confidence.LOW
        return sentence.statement(
            kind=act.kind,
            speaker=act.speaker,
            attribution=act.attribution,
            rule=act.rule,
            cue=sentence.words(act.verb, act.end),
            confidence=confidence,
            name=act.name,
            start=start,
            end=end,
            lang=self.document.lang,
            flags=self._flags(sentence, act.kind, act.speaker),
            alternatives=_alternatives(act.kind, act.speaker, act.attribution, act.cue),
        )

    def _without_act(self, sentence: _Sentence, known: _Paragraph) -> Statement:
        """A sentence that names no speaker: an item of a list, a promise of the State, carried, or nobody's."""
        inherited = self.lead_ins.get(sentence.paragraph.lead_in) if sentence.paragraph.lead_in is not None else None
        if inherited and not known.carries:
            reading = inherited.kind, inherited.speaker, Attribution.CARRIED, f"item-of-{inherited.rule}"
        else:
            reading = self._carried(sentence, known)
        kind, speaker, attribution, rule = reading
        low = speaker in (Speaker.AUTHOR, Speaker.UNATTRIBUTED)
        return sentence.statement(
            kind=kind,
            speaker=speaker,
            attribution=attribution,
            rule=rule,
            cue="",
            confidence=Confidence.LOW if low else Confidence.MEDIUM,
            name=known.carries.name if known.carries and attribution is Attribution.CARRIED else None,
            lang=self.document.lang,
            flags=self._flags(sentence, kind, speaker),
            alternatives=_alternatives(kind, speaker, attribution, None),
        )

    def _carried(self, sentence: _Sentence, known: _Paragraph) -> tuple[Kind, Speaker, Attribution, str]:
        nobody = Kind.BACKGROUND, Speaker.UNATTRIBUTED, Attribution.NONE, "no-speaker"
        if self.cues is None:
            return nobody
        says = {name for name, pattern in self.cues.contents.items() if pattern.search(sentence.plain)}
        author = next((cue for cue in self.cues.author if cue.pattern.search(sentence.plain)), None)
        if author:
            known.carries = None
            kind = Kind.CONCERN if "concern" in says else Kind.BACKGROUND
            return kind, Speaker.AUTHOR, Attribution.NARRATIVE, f"author-{author.id}"
        voice = known.carries
        if voice and voice.speaker in STATE_SIDE:
            if "question" in says or ("contrast" in says and "concern" in says):
                known.carries = None
            else:
                kind = Kind.COMMITMENT if "commitment" in says and voice.speaker is Speaker.DELEGATION else Kind.REPLY
                return kind, voice.speaker, Attribution.CARRIED, f"carried-from-{voice.speaker}"
        if voice and voice.speaker is Speaker.COMMITTEE:
            for kind in (Kind.RECOMMENDATION, Kind.QUESTION, Kind.CONCERN, Kind.POSITIVE):
                if kind.value in says:
                    return kind, Speaker.COMMITTEE, Attribution.CARRIED, "carried-from-committee"
            return nobody
        if "state_agent" in says:
            return Kind.COMMITMENT, Speaker.STATE, Attribution.AGENT, "promised-by-state-agent"
        if sentence.paragraph.section is FRONT:
            return Kind.BACKGROUND, Speaker.AUTHOR, Attribution.NARRATIVE, "front-matter"
        if "question" in says:
            return Kind.QUESTION, Speaker.UNATTRIBUTED, Attribution.NONE, "no-speaker"
        return nobody

    def _flags(self, sentence: _Sentence, kind: Kind, speaker: Speaker) -> tuple[str, ...]:
        if self.cues is None:
            return ()
        says = self.cues.contents
        flags = []
        if speaker is Speaker.AUTHOR and kind is Kind.CONCERN:
            flags.append("author-opinion")
        if kind is Kind.COMMITMENT:
            if says["weak_commitment"].search(sentence.plain):
                flags.append("weak-commitment")
            if says["ongoing"].search(sentence.plain):
                flags.append("ongoing")
        if kind is Kind.RECOMMENDATION and says["forthcoming"].search(sentence.plain):
            flags.append("forthcoming")
        return tuple(flags)


def _alternatives(kind: Kind, speaker: Speaker, attribution: Attribution, cue: Cue | None) -> tuple[Alternative, ...]:
    """The readings a careful editor could defend instead (guideline, section 3)."""
    author = Alternative(Kind.BACKGROUND, Speaker.AUTHOR)
    if attribution is Attribution.CARRIED and kind is Kind.CONCERN:
        return Alternative(Kind.CONCERN, Speaker.AUTHOR), author
    if attribution is Attribution.CARRIED:
        return (author,)
    if speaker is Speaker.UNATTRIBUTED and kind is Kind.BACKGROUND:
        return (Alternative(Kind.REPLY, Speaker.DELEGATION),)
    if attribution is Attribution.AGENT and cue is not None:
        return Alternative(Kind.BACKGROUND, Speaker.UNATTRIBUTED), Alternative(Kind.REPLY, Speaker.DELEGATION)
    if speaker is Speaker.AUTHOR and kind is Kind.CONCERN:
        return (author,)
    if speaker is Speaker.COMMITTEE and kind is Kind.CONCERN and cue is not None and not cue.strong:
        return (Alternative(Kind.BACKGROUND, Speaker.COMMITTEE),)
    return ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence with its place: `plain` is its text made level, of equal length."""

    paragraph: Paragraph
    paragraph_index: int
    number: int
    start: int
    end: int
    plain: str

    def words(self, start: int, end: int) -> str:
        """The source's own words for part of it."""
        return self.paragraph.passage.text[self.start + start : self.start + end]

    def statement(
        self,
        *,
        kind: Kind,
        speaker: Speaker,
        attribution: Attribution,
        rule: str,
        cue: str,
        confidence: Confidence,
        name: str | None,
        lang: str,
        flags: tuple[str, ...],
        alternatives: tuple[Alternative, ...],
        start: int = 0,
        end: int | None = None,
    ) -> Statement:
        """A statement of this sentence, or of part of it."""
        first, last = self.start + start, self.end if end is None else self.start + end
        spans = self.paragraph.passage.spans(first, last)
        return Statement(
            kind=kind,
            speaker=speaker,
            attribution=attribution,
            text=self.paragraph.passage.text[first:last],
            spans=spans,
            section=self.paragraph.section,
            paragraph=self.paragraph_index,
            sentence=self.number,
            rule=rule,
            cue=cue,
            confidence=confidence,
            lang=lang,
            speaker_name=name,
            flags=flags,
            alternatives=alternatives,
        )


_CLAUSE_BREAK = re.compile(
    r"(?:,|;) (?:and |but |yet |while |whereas |although |which |who )?|[.!?]+['\")\]]*$| (?:but|yet|while|whereas) "
)
_SENTENCE_END = re.compile(r"[.!?;,]*['\")\]]*\s*$")


def _clause(plain: str, act: _Act, acts: Sequence[_Act]) -> tuple[int, int]:
    """Where an embedded act begins and ends: up to the next clause that belongs to another act, or the sentence's end."""
    if act.verb < act.start:
        return act.start, act.end
    following = min((other.start for other in acts if other.start > act.verb), default=len(plain))
    end = following
    if act.subordinate:
        first_break = _CLAUSE_BREAK.search(plain, act.end)
        end = min(end, first_break.start() if first_break else len(plain))
    if following < len(plain):
        breaks = [match.start() for match in _CLAUSE_BREAK.finditer(plain, act.end, following)]
        end = min(end, breaks[-1]) if breaks else end
    end = _SENTENCE_END.search(plain, 0, end).start() if end == len(plain) else end  # type: ignore[union-attr]
    return act.start, max(end, act.end)


# --- finding acts -----------------------------------------------------------------------------------------------

_HONORIFIC = r"(?:H\.E\. )?(?:Mr|Mrs|Ms|Mme|Dr|Prof|Professor|Sir|Ambassador|Judge)\.? "
_NAME = r"[A-ZÀ-Ý][\w'-]+(?: (?:(?:de|da|do|del|la|van|von|der|bin|al|el) )*[A-ZÀ-Ý][\w'-]+){0,4}"
_BOUNDARY = re.compile(
    r"(?:^|[,;:(\"]\s?|\b(?P<conj>and|but|yet|or|while|whilst|whereas|although|though|when|whenever|as|that|after|before|"
    r"since|because|if|whether|which|who|where|how|why|what|unless|until|once|so)\s)[\"'(]?$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"^(?:In|At|On|During|After|Before|By|Since|Finally|Lastly|Later|To|For|Regarding|With|Throughout|Furthermore|"
    r"Moreover|Additionally|Also|However|Then|Here|Again|Overall|Concerning|Similarly|Likewise)\b[^,;.]{0,45} $"
)
_COORDINATE = frozenset({"and", "but", "yet", "or", "so"})
_AND_THEN = re.compile(r",? (?:and|but)(?: also)? (?=\w)")
_SECOND_OBJECT = re.compile(
    r"(?:\w+ ){0,2}?(?:whether|if|how|about|what|why|when|which|for|that|the State|the government|the Government|"
    r"the delegation|it to|them to|further information|[A-Z]\w+ to)\b"
)


class _Finder:
    """Finds acts in one sentence, with the names that this document's people have."""

    def __init__(self, cues: CueSet, examination: Examination, vocabulary: Vocabulary) -> None:
        self.cues = cues
        state_name = vocabulary.states.in_subject_place(examination.state.value) if examination.state else "(?!)"
        self.people = _people(examination)
        groups = [f"(?P<s{i}>{s.pattern.replace('{state_name}', state_name)})" for i, s in enumerate(self._ordered())]
        known = [f"(?P<p{i}>{pattern})" for i, (pattern, _, _) in enumerate(self.people)]
        self.subject = re.compile(
            r"(?<![\w'])(?:" + "|".join([*known, rf"(?P<named>{_HONORIFIC}{_NAME})", *groups]) + r")(?![\w-]|'s?\b)"
        )
        self.by = {
            Speaker.COMMITTEE: [cue for cue in cues.predicates if cue.by == "committee"],
            Speaker.DELEGATION: [cue for cue in cues.predicates if cue.by == "delegation"],
            Speaker.STATE: [cue for cue in cues.predicates if cue.by in ("delegation", "state")],
        }

    def _ordered(self) -> list[Subject]:
        """The delegation before the Committee, so that "the members of the delegation" are the State's."""
        order = ["delegation", "committee", "state", "pronoun"]
        return sorted(self.cues.subjects, key=lambda subject: order.index(subject.id))

    def mentioned(self, plain: str) -> set[Speaker]:
        """The sides a sentence names at all."""
        found = set()
        for match in self.subject.finditer(plain):
            speaker = self._who(match)[0]
            if speaker:
                found.add(Speaker.DELEGATION if speaker in STATE_SIDE else speaker)
        return found

    def acts(self, plain: str, resolve: _Resolve) -> list[_Act]:
        """All acts of a sentence in its order."""
        found = [*self._spoken(plain, resolve), *self._impersonal(plain)]
        found.sort(key=lambda act: act.start)
        main = next((act for act in found if not act.subordinate), None)
        found += self._second(plain, main) if main else []
        found += self._nouns(plain, main)
        found += self._openings(plain, main, found)
        return sorted(found, key=lambda act: act.start)

    def _who(self, match: re.Match[str]) -> tuple[Speaker | None, str | None, bool, Subject | None]:
        """Whom a subject names: speaker, name, whether it is a person, and the subject of the vocabulary."""
        group = match.lastgroup or ""
        if group.startswith("p") and group[1:].isdigit():
            _, speaker, name = self.people[int(group[1:])]
            return speaker, name, True, None
        if group == "named":
            return None, re.sub(_HONORIFIC, "", match[0]), True, None
        subject = self._ordered()[int(group[1:])]
        person = (
            bool(re.match(r"(?:[Tt]he )?(?:[Hh]ead|.*(?:Minister|Ambassador|Rapporteur\b|Chair))", match[0]))
            if subject.speaker
            else False
        )
        return subject.speaker, None, person, subject

    def _spoken(self, plain: str, resolve: _Resolve) -> Iterator[_Act]:
        at = 0
        while match := self.subject.search(plain, at):
            at = match.end()
            before = plain[: match.start()]
            boundary = _BOUNDARY.search(before)
            if not boundary and not _FRONTED.search(before):
                continue
            conj = (boundary["conj"] or "").lower() if boundary else ""
            speaker, name, person, subject = self._who(match)
            if conj == "that" or (subject and subject.veto_before and subject.veto_before.search(before) and not conj):
                continue
            act = self._act(plain, match, speaker, name, person, subject, resolve)
            if act:
                act.subordinate = bool(conj) and conj not in _COORDINATE
                if (
                    conj == "and"
                    and not re.search(r"[,;] and $", before)
                    and self._inside_content(plain, match.start())
                ):
                    continue
                yield act
                at = max(at, act.verb)

    @staticmethod
    def _inside_content(plain: str, start: int) -> bool:
        """Whether "… and <subject>" still belongs to the "that" clause of the verb before."""
        return bool(re.search(r"\b(?:that|whether|if|how)\b[^,;]*$", plain[:start]))

    def _act(
        self,
        plain: str,
        match: re.Match[str],
        speaker: Speaker | None,
        name: str | None,
        person: bool,
        subject: Subject | None,
        resolve: _Resolve,
    ) -> _Act | None:
        end = match.end()
        if person and subject is not None and (named := re.match(rf",? (?:{_HONORIFIC})?({_NAME})", plain[end:])):
            name = named[1]
        pronoun = subject is not None and subject.speaker is None
        for place, gap in self._predicate_places(plain, end, person):
            if speaker is None and not pronoun:
                speaker = self._by_apposition(gap)
                if speaker is None:
                    continue
            if pronoun:
                act = self._pronoun_act(plain, match, place, resolve)
            else:
                assert speaker is not None  # noqa: S101 - only pronouns have none
                act = self._passive(plain, match.start(), place, speaker) or self._active(
                    plain, match.start(), place, speaker, name
                )
            if act:
                act.person = act.person or person
                act.name = self._names(act.name, gap)
                return act
        return None

    def _names(self, name: str | None, gap: str) -> str | None:
        """A name with those that stand beside it: "Mr. A and B, the Country Rapporteurs, welcomed"."""
        if name is None:
            return None
        beside = [other for pattern, _, other in self.people if other != name and re.search(pattern, gap)]
        return " and ".join([name, *beside])

    def _by_apposition(self, gap: str) -> Speaker | None:
        """What a person is, from the words between name and verb: ", the Country Rapporteur,"."""
        for subject in self.cues.subjects:
            if subject.apposition and subject.speaker and subject.apposition.search(gap):
                return subject.speaker
        return None

    def _predicate_places(self, plain: str, end: int, person: bool) -> Iterator[tuple[int, str]]:
        """Where the verb may stand: after the subject, or after words set between commas or brackets."""
        if plain[end : end + 1] == " ":
            yield end + 1, ""
        if not person and plain[end : end + 2] not in (", ", " ("):
            return
        places = re.finditer(
            r"(?:[,)]|(?<=\w)) (?=[a-z])" if person else r"[,)] (?=[a-z])", plain[: end + _FARTHEST_PREDICATE]
        )
        for match in places:
            if match.start() < end:
                continue
            gap = plain[end : match.start()]
            if ";" in gap or ":" in gap or self._names_another(gap):
                return
            yield match.end(), gap

    def _names_another(self, gap: str) -> bool:
        """Whether the gap holds another subject that could own the verb."""
        for other in self.subject.finditer(gap):
            subject = self._who(other)[3]
            if subject is not None and _BOUNDARY.search(gap[: other.start()]) and subject.id == "pronoun":
                return True
            if (
                subject is not None
                and subject.id in ("delegation", "committee")
                and not re.search(r"(?:^|, )(?:and )?(?:the )?$|of (?:the )?$", gap[: other.start()], re.IGNORECASE)
            ):
                return True
        return False

    def _active(self, plain: str, start: int, place: int, speaker: Speaker, name: str | None) -> _Act | None:
        for cue in self.by.get(speaker, ()):
            verb = cue.pattern.match(plain, place)
            if not verb:
                continue
            told_by = cue.speaker or speaker
            kind = cue.kind or self._content_kind(plain[verb.end() :])
            if (
                told_by in STATE_SIDE
                and kind is Kind.REPLY
                and self.cues.contents["commitment"].search(plain, verb.end())
            ):
                kind = Kind.COMMITMENT
            attribution = cue.attribution or (Attribution.AGENT if cue.by == "state" else Attribution.EXPLICIT)
            return _Act(start, place, verb.end(), cue, told_by, attribution, kind, f"{told_by}-{cue.id}", name)
        return None

    def _passive(self, plain: str, start: int, place: int, speaker: Speaker) -> _Act | None:
        if speaker not in STATE_SIDE:
            return None
        for cue in self.cues.passives:
            if verb := cue.pattern.match(plain, place):
                assert cue.kind is not None  # noqa: S101 - passives tell their kind
                return _Act(
                    start, place, verb.end(), cue, Speaker.COMMITTEE, Attribution.PASSIVE, cue.kind, f"passive-{cue.id}"
                )
        return None

    def _pronoun_act(self, plain: str, match: re.Match[str], place: int, resolve: _Resolve) -> _Act | None:
        start = match.start()
        acts = {side: self._active(plain, start, place, side, None) for side in (Speaker.COMMITTEE, Speaker.DELEGATION)}
        fits = [side for side, act in acts.items() if act]
        if not fits:
            return self._passive(plain, start, place, Speaker.DELEGATION)
        voice, _ = resolve(match[0].lower(), fits)
        if voice is None:
            return None
        act = acts[Speaker.DELEGATION if voice.speaker in STATE_SIDE else voice.speaker]
        if act is None or act.attribution is Attribution.NARRATIVE:
            return act
        act.attribution, act.name, act.person = Attribution.PRONOUN, voice.name, voice.person
        if voice.speaker is Speaker.STATE:
            act.speaker, act.rule = Speaker.STATE, act.rule.replace("delegation-", "state-", 1)
        return act

    def _content_kind(self, content: str) -> Kind:
        """What a neutral verb of the Committee reports, by the words of its object."""
        for kind in (Kind.RECOMMENDATION, Kind.CONCERN, Kind.POSITIVE):
            if self.cues.contents[kind.value].search(content):
                return kind
        return Kind.BACKGROUND

    def _impersonal(self, plain: str) -> Iterator[_Act]:
        for cue in self.cues.impersonals:
            match = cue.pattern.search(plain)
            if match and not any(author.pattern.search(plain) for author in self.cues.author):
                start = match.start() + len(match[0]) - len(match[0].lstrip(",; "))
                assert cue.kind is not None  # noqa: S101 - impersonals tell their kind
                yield _Act(
                    start,
                    start,
                    match.end(),
                    cue,
                    cue.speaker or Speaker.COMMITTEE,
                    Attribution.PASSIVE,
                    cue.kind,
                    f"impersonal-{cue.id}",
                )

    def _second(self, plain: str, main: _Act) -> Iterator[_Act]:
        """A second act of the Committee without a subject of its own: "commended A and asked how B"."""
        if main.speaker is not Speaker.COMMITTEE or main.kind not in (Kind.POSITIVE, Kind.CONCERN, Kind.PROCEDURAL):
            return
        for match in _AND_THEN.finditer(plain, main.end):
            for cue in self.by[Speaker.COMMITTEE]:
                verb = cue.pattern.match(plain, match.end())
                if not verb or cue.kind in (None, main.kind, Kind.PROCEDURAL) or not cue.strong:
                    continue
                if cue.kind in (Kind.CONCERN, Kind.POSITIVE) or _SECOND_OBJECT.match(plain, verb.end() + 1):
                    yield _Act(
                        match.end(),
                        match.end(),
                        verb.end(),
                        cue,
                        main.speaker,
                        main.attribution,
                        cue.kind or main.kind,
                        f"committee-{cue.id}",
                        main.name,
                    )
                    return

    def _nouns(self, plain: str, main: _Act | None) -> Iterator[_Act]:
        """ "The Committee's advice that …": the main act where there is no other, embedded where it opens the sentence."""
        for cue in self.cues.nouns:
            for match in cue.pattern.finditer(plain):
                assert cue.kind is not None  # noqa: S101 - nouns tell their kind
                act = _Act(
                    match.start(),
                    match.start(),
                    match.end(),
                    cue,
                    Speaker.COMMITTEE,
                    Attribution.EXPLICIT,
                    cue.kind,
                    f"committee-noun-{cue.id}",
                )
                owned = self.cues.owned_by_another.search(plain[: match.start()])
                if main is None:
                    if not owned and self.cues.tells.match(plain, match.end()):
                        yield act
                        return
                elif (
                    main.speaker in STATE_SIDE
                    and match.end() <= main.start
                    and cue.kind in (Kind.CONCERN, Kind.QUESTION)
                ):
                    stop = _CLAUSE_BREAK.search(plain, match.end(), main.start)
                    act.subordinate, act.verb = True, -1
                    act.end = stop.start() if stop else main.start
                    yield act

    def _openings(self, plain: str, main: _Act | None, found: Sequence[_Act]) -> Iterator[_Act]:
        """What the opening clause recalls: "When questioned about …, the delegation …"."""
        if main is None or any(act.start < main.start for act in found):
            return
        comma = plain.rfind(",", 0, main.start)
        if comma < 0:
            return
        for cue in self.cues.openings:
            wants_committee = cue.kind is Kind.POSITIVE
            if (main.speaker is Speaker.COMMITTEE) is not wants_committee or not cue.pattern.match(plain[:comma]):
                continue
            assert cue.kind is not None  # noqa: S101 - openings tell their kind
            yield _Act(
                0,
                -1,
                comma,
                cue,
                Speaker.COMMITTEE,
                Attribution.PASSIVE,
                cue.kind,
                f"opening-{cue.id}",
                subordinate=True,
            )
            return


class _Resolve:
    """The signature of pronoun resolution: a pronoun and the sides whose verb follows it → the voice it stands for."""

    def __call__(self, word: str, fits: Sequence[Speaker], /) -> tuple[_Voice | None, bool]:
        raise NotImplementedError


def _people(examination: Examination) -> list[tuple[str, Speaker, str]]:
    """Patterns for the people the document introduces: whole name, or honorific and any part but the first."""
    found = []
    roles = [(examination.head, Speaker.DELEGATION), *((fact, Speaker.COMMITTEE) for fact in examination.rapporteurs)]
    for fact, speaker in roles:
        if fact is None:
            continue
        name = level(fact.name)
        parts = name.split()[1:] or name.split()
        tails = (
            "|".join(re.escape(" ".join(parts[i:])) for i in range(len(parts))) + "|" + "|".join(map(re.escape, parts))
        )
        found.append((rf"(?:{_HONORIFIC})?{re.escape(name)}|{_HONORIFIC}(?:{tails})", speaker, fact.name))
    return found
