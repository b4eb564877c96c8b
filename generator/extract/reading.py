"""From acts to statements: who a sentence's words belong to, in the light of the sentences before it.

Takes a `Document` and its `Examination`. Gives `Statement`s. Of the acts in a sentence one is the main act; acts of
another voice inside it are embedded statements of their own. A sentence without an act is carried from the voice before
it in the same paragraph, is the reporter's own, or nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.extract.acts import BODY_SIDE, STATE_SIDE, Act, Finder, Voice, clause, is_summary_record
from generator.extract.labels import Labels
from generator.extract.notes import notes_of
from generator.extract.readings import Reading, alternatives, as_item, carried, nobody, of_other_states, otherwise
from generator.model import (
    FRONT,
    Attribution,
    Citation,
    Confidence,
    Document,
    Due,
    Examination,
    Kind,
    Paragraph,
    Section,
    Speaker,
    Statement,
)
from generator.recognise import Cited, citations, due_date
from generator.vocabulary import Cue, CueSet, Vocabulary, level


@dataclass(slots=True)
class _Known:
    """What is known while a paragraph is read."""

    voices: list[Voice] = field(default_factory=list)
    # Whose a sentence is that names nobody; a question may also follow the Committee's passives.
    carries: Voice | None = None
    asked_by_committee: bool = False
    # The sides that its sentences name, and sentences that were not looked at for them yet.
    mentioned: set[Speaker] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    # Whether somebody spoke last whom nothing knows: then pronouns stand for nobody.
    stranger: bool = False
    # What the last sentence was, for the items of a list in running text: "(a) …; (b) …".
    last: Reading | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence with its place: `plain` is its text made level, of equal length."""

    paragraph: Paragraph
    index: int
    number: int
    start: int
    end: int
    plain: str
    # The letter of an item of a list in running text.
    letter: str = ""

    def words(self, start: int, end: int) -> str:
        """The source's own words for part of it."""
        return self.paragraph.passage.text[self.start + start : self.start + end]


class Reader:
    """Reads the paragraphs of one document in their order."""

    def __init__(self, document: Document, examination: Examination, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.examined = examination.treaty.value if examination.treaty else None
        self.said = examination.date.value if examination.date else ""
        self.cited = Cited()
        self.last_person: tuple[Voice, Section] | None = None
        # Who spoke last in the paragraph before, for the pronoun with which one begins.
        self.last_voice: tuple[Voice, Section] | None = None
        self.lead_ins: dict[int, Statement] = {}
        cues = vocabulary.cues.get(document.lang)
        texts = (paragraph.passage.text for paragraph in document.paragraphs)
        record = cues is not None and is_summary_record(texts, cues, vocabulary.states)
        self.telling = _Telling(cues, Finder(cues, examination, vocabulary, summary_record=record)) if cues else None
        # In the dialogue of a mechanism other States speak, elsewhere they are spoken of.
        self.dialogue = self.telling
        reviewed = examination.state.value if examination.state else ""
        # In a review each paragraph names its speaker; a word before a colon is none.
        labelled = cues is not None and not examination.mechanism
        self.labels = Labels(cues, vocabulary.states, reviewed, Speaker.COMMITTEE) if cues and labelled else None
        if cues and examination.mechanism:
            self.dialogue = _Telling(cues, Finder(cues, examination, vocabulary, dialogue=True))

    def paragraph(self, index: int) -> Iterator[Statement]:
        """The statements of one paragraph."""
        paragraph = self.document.paragraphs[index]
        known = _Known()
        if paragraph.follows and self.last_voice and self.last_voice[1] is paragraph.section:
            known.voices.append(self.last_voice[0])
        plain = level(paragraph.passage.text)
        last = None
        begin = self._labelled(paragraph, plain, known)
        for number, (start, end) in enumerate(paragraph.sentences):
            if end <= begin:
                continue  # the label alone: "Q1."
            start = max(start, begin)
            label = _LETTER.match(plain, start, end) if paragraph.number else None
            inside = _INNER_LETTER.search(plain, start, end) if paragraph.number and not label else None
            letter = (label or inside)["letter"] if label or inside else ""  # type: ignore[index]
            start = label.end() if label else start
            sentence = _Sentence(paragraph, index, number, start, end, plain[start:end], letter)
            for reading in self._readings(sentence, known):
                statement = self._statement(sentence, reading)
                last = last if statement.embedded else statement
                yield statement
        if last and (plain.endswith(":") or paragraph.number):
            self.lead_ins[index] = last
        self.last_voice = (known.voices[-1], paragraph.section) if known.voices and not known.stranger else None
        if known.voices and known.voices[-1].person:
            self.last_person = known.voices[-1], paragraph.section

    def _labelled(self, paragraph: Paragraph, plain: str, known: _Known) -> int:
        """Whose words these are by a label before them or by their heading; where the words begin."""
        if self.labels is None:
            return 0
        found = self.labels.at(plain)
        speaker = found[0] if found else self.labels.named(paragraph.section.title)
        if speaker is not None:
            voice = Voice(speaker, None, person=False, rule="labelled")
            known.voices.append(voice)
            known.carries, known.asked_by_committee = voice, speaker in BODY_SIDE
        return found[1] if found else 0

    def _readings(self, sentence: _Sentence, known: _Known) -> Iterator[Reading]:
        """The main reading of a sentence, then those embedded in it."""
        telling = self.dialogue if sentence.paragraph.section.part in _WHERE_STATES_SPEAK else self.telling
        if telling is None:
            yield nobody()
            return
        inherited = self.lead_ins.get(sentence.paragraph.lead_in) if sentence.paragraph.lead_in is not None else None
        person = self.last_person[0] if self.last_person and self.last_person[1] is sentence.paragraph.section else None
        yield from telling.readings(sentence, known, inherited, person)
        known.sentences.append(sentence.plain)

    def _statement(self, sentence: _Sentence, reading: Reading) -> Statement:
        first = sentence.start + reading.start
        last = sentence.end if reading.end is None else sentence.start + reading.end
        doubtful = self.telling is not None and self.telling.cues.is_doubtful(reading.kind, reading.rule)
        passage = sentence.paragraph.passage
        last = first + len(passage.text[first:last].rstrip())
        text = passage.text[first:last]
        cites: tuple[Citation, ...] = ()
        due: Due | None = None
        if not reading.embedded:
            cites = citations(text, self.vocabulary, self.examined, self.cited, self.document.lang)
            if reading.kind is Kind.COMMITMENT:
                due = due_date(text, self.vocabulary, self.document.lang, self.said)
        return Statement(
            kind=reading.kind,
            speaker=reading.speaker,
            attribution=reading.attribution,
            text=text,
            spans=passage.spans(first, last),
            section=sentence.paragraph.section,
            paragraph=sentence.index,
            sentence=sentence.number,
            rule=reading.rule,
            cue=reading.cue_words,
            confidence=Confidence.LOW if doubtful else reading.confidence,
            lang=self.document.lang,
            speaker_name=reading.name,
            speaker_states=reading.states,
            number=_numbered(sentence),
            embedded=reading.embedded,
            flags=self.telling.flags(sentence.plain, reading) if self.telling else (),
            alternatives=otherwise(reading) if doubtful else alternatives(reading),
            cites=cites,
            due=due,
            notes=() if reading.embedded else notes_of(self.document, passage, first, sentence.end),
        )


_LETTER = re.compile(r"\(?(?P<letter>[a-z]|[ivx]{1,4})\)\s+")
_INNER_LETTER = re.compile(r"(?<=[^\d,;)]\s)\(?(?P<letter>[a-z])\)\s")
# A name before a colon says who speaks.
_LABEL = re.compile(r"[*_]*[A-ZÀ-Þ][\w.'-]*(?: (?:of|the|and|de|[A-ZÀ-Þ][\w.'-]*)){0,5}(?<=\w)[*_]*:[*_]* \S")
# A text whose parts have no headings may be the dialogue alone.
_WHERE_STATES_SPEAK = ("", "dialogue", "conclusions")


def _numbered(sentence: _Sentence) -> str | None:
    """The document's own number of a sentence: of its paragraph, with the letter of an item in it."""
    number = sentence.paragraph.number
    return f"{number.split(' ')[0]} ({sentence.letter})" if number and sentence.letter else number


# Nobody speaks so long: this is no sentence but text that lost its marks, and patterns are slow on it.
_LONGEST_SENTENCE = 2500
TOO_LONG = "sentence-too-long"  # the rule by which it is kept as background
# No pronoun stands for who spoke longer ago in its paragraph.
_MOST_VOICES = 100


class _Telling:
    """The rules of one language: who tells what."""

    def __init__(self, cues: CueSet, finder: Finder) -> None:
        self.cues = cues
        self.finder = finder

    def readings(
        self, sentence: _Sentence, known: _Known, inherited: Statement | None, person: Voice | None
    ) -> Iterator[Reading]:
        """What a sentence says, main reading first."""
        plain = sentence.plain
        if len(plain) > _LONGEST_SENTENCE:
            known.carries = None
            yield replace(nobody(), rule=TOO_LONG)
            return
        author = next((cue for cue in self.cues.author if cue.strong and cue.sought.search(plain)), None)
        if author:
            yield self._authors(author, plain, known)
            return
        part = sentence.paragraph.section.part
        acts = self.finder.acts(plain, lambda word, fits: self._stands_for(word, fits, known, plain, person))
        main = next((act for act in acts if not act.subordinate), acts[0] if acts else None)
        if main is None:
            if sentence.letter and known.last and not inherited:
                reading = replace(known.last, embedded=False, start=0, end=None, attribution=Attribution.CARRIED)
                yield as_item(reading)
            elif inherited and not known.carries:
                reading = carried(inherited.kind, inherited.speaker, inherited.rule, None)
                yield as_item(replace(reading, states=inherited.speaker_states))
            else:
                yield self._without_act(plain, known, sentence.paragraph.section is FRONT, part)
            return
        known.last = _of_act(sentence, main)
        yield known.last
        _remember(known, main)
        for act in acts:
            if act is not main and (act.speaker is not main.speaker or act.kind is not main.kind):
                start, end = clause(plain, act, acts, self.cues.syntax.clause_break)
                reading = _of_act(sentence, act)
                reading.start, reading.end, reading.embedded = start, end, True
                yield reading

    def _stands_for(
        self, word: str, fits: Sequence[Speaker], known: _Known, plain: str, person: Voice | None
    ) -> Voice | None:
        """The voice a pronoun stands for, among those whose verb it has."""
        if known.stranger:
            return None
        candidates = voices = known.voices[-_MOST_VOICES:]
        if word in self.cues.syntax.persons:
            people = [voice for voice in voices if voice.person] or ([person] if person else [])
            candidates = people or voices
        for voice in reversed(candidates):
            if voice.rule == "mentioned" and word in self.cues.syntax.plural:
                continue
            side = Speaker.DELEGATION if voice.speaker in STATE_SIDE else voice.speaker
            if side in fits and self.cues.syntax.agree(word, voice.words):
                return voice
        # "The Committee asked the delegation about prisons. They replied that …": named, though it had not spoken.
        if word in self.cues.syntax.plural and not known.voices:
            return None
        known.mentioned.update(*map(self.finder.mentioned, known.sentences))
        known.sentences.clear()
        if len(fits) == 1 and (fits[0] in known.mentioned or fits[0] in self.finder.mentioned(plain)):
            return Voice(fits[0], None, person=False, rule="mentioned")
        return None

    def _without_act(self, plain: str, known: _Known, front: bool, part: str = "") -> Reading:
        """A sentence that names no speaker: the author's, carried, a promise of the State, or nobody's."""
        if part == "introduction":
            return Reading(Kind.PROCEDURAL, Speaker.AUTHOR, Attribution.NARRATIVE, "introduction", Confidence.LOW)
        if part in ("presentation", "commitments"):
            promised = part == "commitments" or self.cues.says("commitment", plain)
            kind = Kind.COMMITMENT if promised else Kind.REPLY
            rule = "stands-in-its-commitments" if part == "commitments" else "stands-in-its-presentation"
            return carried(kind, Speaker.STATE if part == "commitments" else Speaker.DELEGATION, rule, None)
        named = self.finder.named_first(plain)
        if named and named.speaker is not Speaker.STATE:  # "The delegation did not reply. It stated …"
            known.voices.append(named)
            known.stranger = False
        author = next((cue for cue in self.cues.author if cue.sought.search(plain)), None)
        if author:
            return self._authors(author, plain, known)
        if named is None and not front and self._of_stranger(plain):
            known.carries, known.asked_by_committee, known.stranger = None, False, True
            return nobody(Kind.QUESTION if self.cues.says("question", plain) else Kind.BACKGROUND)
        if known.carries and (
            self.finder.of_other_side(plain, known.carries.speaker) or of_other_states(named, known.carries)
        ):
            known.carries, known.asked_by_committee = None, False
        question = self.cues.says("question", plain)
        if question and (known.asked_by_committee or (known.carries and known.carries.speaker in BODY_SIDE)):
            voice = known.carries or next((one for one in reversed(known.voices) if one.speaker in BODY_SIDE), None)
            speaker = voice.speaker if voice else self.finder.body
            states = voice.states if voice else ()
            return replace(carried(Kind.QUESTION, speaker, f"carried-from-{speaker}", None), states=states)
        if known.carries:
            reading = self._carried_on(plain, known, known.carries, question)
            if reading:
                return reading
        if self.cues.says("state_agent", plain):
            rule = "promised-by-state-agent"
            return Reading(Kind.COMMITMENT, Speaker.STATE, Attribution.AGENT, rule, Confidence.MEDIUM)
        if front:
            return Reading(Kind.BACKGROUND, Speaker.AUTHOR, Attribution.NARRATIVE, "front-matter", Confidence.LOW)
        return nobody(Kind.QUESTION if question else Kind.BACKGROUND)

    def _of_stranger(self, plain: str) -> bool:
        """Whether somebody speaks whom nothing here knows: "The ombudsman said that …", "Q: Were they published?"."""
        stranger = self.cues.syntax.stranger
        return bool(_LABEL.match(plain) or (stranger and stranger.match(plain)))

    def _carried_on(self, plain: str, known: _Known, voice: Voice, question: bool) -> Reading | None:
        """What the last voice goes on to say; None where the chain breaks."""
        rule = f"carried-from-{voice.speaker}"
        if voice.speaker in STATE_SIDE:
            if question or (self.cues.says("contrast", plain) and self.cues.says("concern", plain)):
                known.carries = None
                return None
            promised = voice.speaker is Speaker.DELEGATION and self.cues.says("commitment", plain)
            return carried(Kind.COMMITMENT if promised else Kind.REPLY, voice.speaker, rule, voice.name)
        if voice.speaker in BODY_SIDE:
            for kind in (Kind.RECOMMENDATION, Kind.CONCERN, Kind.POSITIVE):
                if self.cues.says(kind.value, plain):
                    return replace(carried(kind, voice.speaker, rule, voice.name), states=voice.states)
            return nobody()
        return None

    def _authors(self, cue: Cue, plain: str, known: _Known) -> Reading:
        """The reporter's own voice: never the Committee's, never the delegation's (lao-pdr-opsc-69:69)."""
        known.carries = None
        beside = cue.pattern.sub(" ", plain)  # "did not question" is itself no judgement
        kind = cue.kind or (Kind.CONCERN if self.cues.says("concern", beside) else Kind.BACKGROUND)
        return Reading(kind, Speaker.AUTHOR, Attribution.NARRATIVE, f"author-{cue.id}", Confidence.LOW)

    def flags(self, plain: str, reading: Reading) -> tuple[str, ...]:
        """What to know of a statement beside its kind."""
        wanted: tuple[str, ...] = ()
        if reading.kind is Kind.COMMITMENT:
            wanted = ("weak-commitment", "ongoing")
        elif reading.kind is Kind.RECOMMENDATION:
            wanted = ("forthcoming",)
        elif reading.kind is Kind.CONCERN and reading.speaker is Speaker.AUTHOR:
            return ("author-opinion",)
        return tuple(flag for flag in wanted if self.cues.says(flag.replace("-", "_"), plain))


def _of_act(sentence: _Sentence, act: Act) -> Reading:
    confidence = Confidence.MEDIUM
    if act.attribution in (Attribution.EXPLICIT, Attribution.PRONOUN) and act.cue.strong:
        confidence = Confidence.HIGH
    elif act.speaker in (Speaker.AUTHOR, Speaker.UNATTRIBUTED):
        confidence = Confidence.LOW
    words = sentence.words(act.verb, act.end)
    name, states = act.name, act.states
    return Reading(act.kind, act.speaker, act.attribution, act.rule, confidence, act.cue, words, name, states=states)


def _remember(known: _Known, main: Act) -> None:
    """Who speaks after this sentence, if the next names nobody."""
    known.asked_by_committee = main.speaker in BODY_SIDE
    known.carries = None
    if main.attribution in (Attribution.EXPLICIT, Attribution.PRONOUN):
        voice = Voice(main.speaker, main.name, main.person, main.rule, main.words, main.states)
        known.voices.append(voice)
        known.stranger = False
        known.carries = voice if main.kind is not Kind.PROCEDURAL else None
