"""Acts of speech in one sentence: somebody – a subject – does something with words – a predicate.

Takes the text of a sentence (made level), the cues of its language and the names that its document gives to people.
Gives `Act`s in the order of the text. Leaves to `reading` whom a pronoun stands for and what becomes a statement.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Attribution, Examination, Kind, Speaker
from generator.vocabulary import Cue, CueSet, StateNames, Subject, Vocabulary, level

STATE_SIDE = (Speaker.DELEGATION, Speaker.STATE)
BODY_SIDE = (Speaker.COMMITTEE, Speaker.REVIEWING_STATE)
_FARTHEST_PREDICATE = 240  # characters between a subject and its verb, an apposition included
_LONGEST_WORD_BEFORE = 40  # characters looked back over for the words just before a place


@dataclass(slots=True)
class Voice:
    """Who spoke: for pronouns and for sentences that name nobody. `rule` says how we know."""

    speaker: Speaker
    name: str | None
    person: bool
    rule: str
    # The words of the subject, with which a pronoun agrees.
    words: str = ""
    # Codes of reviewing States.
    states: tuple[str, ...] = ()


@dataclass(slots=True)
class Act:
    """At `start` begins the subject, at `verb` the predicate, which ends at `end`; places are in the sentence.

    `verb` is before `start` where the words from `start` to `end` are all of the act: "the Committee's concern".
    """

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
    words: str = ""
    states: tuple[str, ...] = ()


# Where a clause may begin, and the word that joins it to the one before.
_Opening = tuple[int, str]

# A pronoun and the sides whose verb follows it -> the voice it stands for.
Resolve = Callable[[str, Sequence[Speaker]], Voice | None]


@dataclass(slots=True)
class _Who:
    """A subject found: whom it names. `speaker` is None for pronouns and for people not yet known."""

    start: int
    end: int
    speaker: Speaker | None
    name: str | None = None
    person: bool = False
    subject: Subject | None = None
    # Known as a member of the Committee by surname alone: only a verb of the Committee's own makes sure.
    by_surname: bool = False
    states: tuple[str, ...] = ()
    # "The delegation", where a reviewing State may have spoken: theirs, or that of the State under review.
    either: bool = False

    @property
    def pronoun(self) -> bool:
        return self.subject is not None and self.subject.speaker is None


_WORD = re.compile(r"\w+")
_NOTHING_FOLLOWS = re.compile(r"\W*$")
_QUOTES = ("'", '"', "(")
_TOKEN = re.compile(r"\w+ |[,;:(\"] ?")
# "Textbooks were free, it pointed out."
_LAST_WORDS = re.compile(r"\w+(?: \w+){1,2}\W*")
_IN_BRACKETS = re.compile(r" \(([A-Z][^()]{2,60})")
_AFTER_GAP = re.compile(r"(?:[,)]| -) (?=[a-zà-ÿ])")
_AFTER_NAME = re.compile(r"(?:[,)]|(?<=\w)) (?=[a-zà-ÿ])")
_SENTENCE_END = re.compile(r"[.!?;,]*['\")\]]*\s*$")


def clause(plain: str, act: Act, acts: Sequence[Act], breaks_at: re.Pattern[str]) -> tuple[int, int]:
    """Where an embedded act begins and ends: up to the next clause of another act, or the sentence's end."""
    if act.verb < act.start:
        return act.start, act.end
    following = min((other.start for other in acts if other.start > act.verb), default=len(plain))
    end = following
    if act.subordinate:
        first_break = breaks_at.search(plain, act.end)
        end = min(end, first_break.start() if first_break else len(plain))
    if following < len(plain):
        breaks = [match.start() for match in breaks_at.finditer(plain, act.end, following)]
        end = min(end, breaks[-1]) if breaks else end
    if end == len(plain):
        end = _SENTENCE_END.search(plain, 0, end).start()  # type: ignore[union-attr]
    return act.start, max(end, act.end)


class Finder:
    """Finds acts, with the names that this document's people have.

    Under a treaty the Committee speaks to the State; under a mechanism reviewing States do, where `dialogue` says that
    this is the part of a report in which they speak.
    """

    def __init__(
        self,
        cues: CueSet,
        examination: Examination,
        vocabulary: Vocabulary,
        dialogue: bool = False,
        summary_record: bool = False,
    ) -> None:
        self.cues = cues
        self.summary_record = summary_record
        self.body = Speaker.REVIEWING_STATE if examination.mechanism else Speaker.COMMITTEE
        self.states = vocabulary.states
        self.dialogue = dialogue
        self.syntax = syntax = cues.syntax
        # "Vice-Chair of the Committee" is no Vice Minister: the Committee's people are looked for first.
        self.committee_first = sorted(cues.subjects, key=lambda subject: subject.speaker is not Speaker.COMMITTEE)
        self.pronoun = next((subject for subject in cues.subjects if subject.speaker is None), None)
        self.people = _people(examination, syntax.honorific)
        known = "|".join(f"(?P<p{i}>{pattern})" for i, (pattern, _, _) in enumerate(self.people)) or "(?!)"
        self.known = re.compile(rf"(?:{known}){syntax.name_ends}")
        state = self.reviewed = examination.state.value if examination.state else ""
        names = vocabulary.states.in_subject_place(state, syntax.state_article)
        self.state = re.compile(rf"(?:{names}){syntax.name_ends}")
        self.article = re.compile(syntax.state_article)
        self.members = vocabulary.members if examination.body in ("", "CRC") else {}
        self.introduced: dict[str, tuple[Speaker, str]] = {}
        # Of a sentence without an act its subject is asked for again: what was found last, and for what.
        self._openings: tuple[str, Sequence[_Opening]] = "", ()
        self._subjects: tuple[tuple[str, int], Sequence[tuple[_Who, str]]] = ("", 0), ()

    def mentioned(self, plain: str) -> set[Speaker]:
        """The sides a sentence names at all."""
        speakers = (self.cues.subject_of(match).speaker for match in self.cues.subject.finditer(plain))
        return {Speaker.DELEGATION if speaker in STATE_SIDE else speaker for speaker in speakers if speaker}

    def named_first(self, plain: str) -> Voice | None:
        """The side that is the subject of a sentence, for the pronouns of those that follow."""
        for who, conj in self.subjects(plain):
            if who.speaker and not conj and not self._vetoed(plain, who, conj):
                words = plain[who.start : who.end]
                return Voice(who.speaker, who.name, who.person, "mentioned", words, who.states)
        return None

    def of_other_side(self, plain: str, speaker: Speaker) -> bool:
        """Whether a sentence in which no act was found has the other side for its subject: it is not carried on."""
        if speaker is not self.body:
            return self.body in self.mentioned(plain)
        subjects = self.subjects(plain)
        return any(not c and w.speaker is Speaker.DELEGATION and not self._vetoed(plain, w, c) for w, c in subjects)

    def acts(self, plain: str, resolve: Resolve) -> list[Act]:
        """All acts of a sentence in its order."""
        found = [*self._impersonal(plain), *self._spoken(plain, resolve)]
        if self.body is not Speaker.COMMITTEE:  # "as pointed out by the Committee": it is not at this meeting
            found = [act for act in found if act.speaker is not Speaker.COMMITTEE]
        found.sort(key=lambda act: act.start)
        main = next((act for act in found if not act.subordinate), None)
        found += self._nouns(plain, main)
        if main:
            if main.kind is Kind.REPLY and main.speaker in STATE_SIDE and self._promises_too(plain, main):
                main.kind = Kind.COMMITMENT
            second = list(self._second(plain, main))
            if second and main.kind is Kind.BACKGROUND:  # "took note of the answer and asked for more"
                main.kind = second[0].kind
            found += second
            found += self._recalled(plain, main, found)
        return sorted(found, key=lambda act: act.start)

    # --- subjects

    def openings(self, plain: str) -> Sequence[_Opening]:
        """Where clauses of a sentence may begin."""
        if self._openings[0] != plain:
            self._openings = plain, tuple(_openings(plain, self.syntax.openers))
        return self._openings[1]

    def subjects(self, plain: str) -> Sequence[tuple[_Who, str]]:
        """Subjects where a clause begins, and the word that joins the clause; else an empty one."""
        asked = plain, len(self.introduced)  # whoever is introduced has another side from then on
        if self._subjects[0] != asked:
            self._subjects = asked, tuple(self._find_subjects(plain))
        return self._subjects[1]

    def _find_subjects(self, plain: str) -> Iterator[tuple[_Who, str]]:
        for at, conj in self.openings(plain):
            if who := self._who(plain, at):
                yield who, conj
        if fronted := self.syntax.fronted.match(plain):
            for match in self.cues.subject.finditer(plain, 0, fronted.end() + 60):
                if self.syntax.fronted.fullmatch(plain, 0, match.start()) and (who := self._who(plain, match.start())):
                    yield who, ""

    def _who(self, plain: str, at: int) -> _Who | None:
        """Whom the words at this place name."""
        capital = plain[at : at + 1].isupper()
        if capital and (match := self.known.match(plain, at)):
            _, speaker, name = self.people[int((match.lastgroup or "p0")[1:])]
            return _Who(at, match.end(), speaker, name, person=True)
        if capital and (match := self.syntax.named.match(plain, at)):
            return self._named(at, match)
        if self.dialogue and (capital or plain.startswith("the ", at)) and (who := self._state_speaking(plain, at)):
            return who
        if (capital or self.cues.begins.match(plain, at)) and (match := self.cues.subject.match(plain, at)):
            subject = self.cues.subject_of(match)
            if subject.speaker in BODY_SIDE or (self.dialogue and subject.speaker is Speaker.DELEGATION):
                return self._of_body(at, match, subject)
            person = subject.speaker is not None and bool(self.syntax.office.match(match[0]))
            return _Who(at, match.end(), subject.speaker, person=person, subject=subject)
        if match := self.state.match(plain, at):
            return _Who(at, match.end(), Speaker.STATE)
        if at < 2 and self.syntax.unsaid and self.syntax.unsaid.match(plain, at):
            return _Who(at, at, None, subject=self.pronoun)
        return None

    def _of_body(self, at: int, match: re.Match[str], subject: Subject) -> _Who | None:
        """The Committee under a treaty, reviewing States under a mechanism; "the delegation of Chile" is Chile's."""
        person = bool(self.syntax.office.match(match[0]))
        if subject.speaker is self.body and (self.body is Speaker.COMMITTEE or self.dialogue):
            return _Who(at, match.end(), subject.speaker, person=person, subject=subject)
        if subject.speaker is not Speaker.DELEGATION:
            return None
        _, of, name = match[0].partition(" of ")
        codes = tuple(code for code, _, _ in self.states.listed(name)[0]) if of else ()
        if codes and self.reviewed not in codes:
            return _Who(at, match.end(), Speaker.REVIEWING_STATE, subject=subject, states=codes)
        return _Who(at, match.end(), subject.speaker, person=person, subject=subject, either=not codes and not person)

    def _state_speaking(self, plain: str, at: int) -> _Who | None:
        """A State by its name, or several: "Norway and Sweden". The State under review speaks for itself."""
        match = self.states.speaking.match(plain, at)
        if match is None or re.match(self.syntax.name_ends, plain[match.end() :]) is None:
            return None
        codes = tuple(dict.fromkeys(code for code, _, _ in self.states.listed(match[0])[0]))
        if self.reviewed in codes:
            return _Who(at, match.end(), Speaker.STATE) if len(codes) == 1 else None
        return _Who(at, match.end(), Speaker.REVIEWING_STATE, states=codes)

    def _named(self, at: int, match: re.Match[str]) -> _Who:
        """A person by honorific and name: introduced before, a known member of the Committee, or not yet anybody."""
        name = match["name"]
        shouted = name.split()[-1].isupper()  # as summary records write whoever has the floor: "Mr. FILALI"
        name = name.title() if shouted else name
        surname = name.split()[-1]
        if surname in self.introduced:
            speaker, whole = self.introduced[surname]
            return _Who(at, match.end(), speaker, whole, person=True)
        member = self.members.get(name) or self.members.get(surname)
        if member:
            return _Who(at, match.end(), Speaker.COMMITTEE, member, person=True, by_surname=not shouted)
        if shouted and self.summary_record:  # the State stands in brackets after the names of its own speakers
            return _Who(at, match.end(), Speaker.COMMITTEE, name, person=True)
        return _Who(at, match.end(), None, name, person=True)

    # --- subjects with predicates

    def _spoken(self, plain: str, resolve: Resolve) -> Iterator[Act]:
        done = 0
        acts: list[Act] = []
        for who, conj in sorted(self.subjects(plain), key=lambda pair: pair[0].start):
            if who.start < done or self._in_content(plain, who.start, conj):
                continue
            after_subordinate = who.pronoun and bool(acts) and acts[-1].subordinate
            if not after_subordinate and self._vetoed(plain, who, conj):
                continue
            done = who.end
            if act := self._act(plain, who, self._first_among(acts, resolve)):
                act.words = plain[who.start : who.end]
                act.subordinate = bool(conj) and conj not in self.syntax.coordinate
                if conj in self.syntax.coordinate and self.syntax.inside_content.search(plain[: who.start]):
                    continue
                yield act
                acts.append(act)
                done = max(done, act.verb)

    def _vetoed(self, plain: str, who: _Who, conj: str) -> bool:
        """Whether the words before make it an object: "to the delegation"."""
        if who.pronoun and self.syntax.led_in and self.syntax.led_in.fullmatch(plain, 0, who.start):
            return False
        if who.pronoun and _LAST_WORDS.fullmatch(plain, who.start) and plain[: who.start].endswith(", "):
            return False
        veto = who.subject.veto_before if who.subject and not conj else None
        return bool(veto and veto.search(plain[max(0, who.start - _LONGEST_WORD_BEFORE) : who.start]))

    def _act(self, plain: str, who: _Who, resolve: Resolve) -> Act | None:
        name = who.name
        if who.end == who.start:  # the verb itself begins the sentence
            plain = plain[: who.start] + plain[who.start].lower() + plain[who.start + 1 :]
        if who.person and who.subject and (named := self.syntax.apposed_name.match(plain, who.end)):
            name = named[1]
        for place, gap in self._predicate_places(plain, who):
            act = self._pronoun_act(plain, who, place, resolve) if who.pronoun or who.either else None
            if not who.pronoun and not act:
                speaker = self._of_state(gap) if gap else None
                if not speaker and (who.speaker is None or who.by_surname):
                    speaker = self._by_apposition(gap)
                speaker = speaker or who.speaker
                act = self._passive(plain, who.start, place, speaker) if speaker else None
                if speaker and not act:
                    act = self._active(plain, who.start, place, speaker, name)
                if act and who.by_surname and not gap and not (act.cue.kind and act.cue.strong):
                    act = self._forthcoming(plain, act)
            if act and who.subject and not who.subject.answers and act.cue.kind is not Kind.COMMITMENT:
                act = None
            if act:
                act.person = act.person or who.person
                if act.speaker is Speaker.REVIEWING_STATE and act.attribution is not Attribution.PASSIVE:
                    act.states = act.states or who.states
                if name and who.person and act.speaker is not Speaker.AUTHOR:
                    self.introduced.setdefault(name.split()[-1], (act.speaker, name))
                act.name = self._with_companions(act.name, gap)
                return act
        return None

    def _forthcoming(self, plain: str, act: Act) -> Act | None:
        """An act told by a neutral verb counts for a surname only where it speaks of the Committee's own papers."""
        says = act.kind is Kind.RECOMMENDATION and self.syntax.own_papers.search(plain, act.end)
        return act if says else None

    def _with_companions(self, name: str | None, gap: str) -> str | None:
        """A name with those that stand beside it: "Mr. A and B, the Country Rapporteurs, welcomed"."""
        if name is None or not gap:
            return name
        beside = [other for pattern, _, other in self.people if other != name and re.search(pattern, gap)]
        return self.syntax.beside.join([name, *beside])

    def _of_state(self, gap: str) -> Speaker | None:
        """The delegation, where the State stands in brackets after a name: "Mr. Tillery (Arcadia) said"."""
        named = _IN_BRACKETS.match(gap)
        code = self.states.find(named[1]) if named else None
        return Speaker.DELEGATION if code and code == (self.reviewed or code) else None

    def _by_apposition(self, gap: str) -> Speaker | None:
        """What a person is, from the words between name and verb: ", the Country Rapporteur,"."""
        for subject in self.committee_first if gap else ():
            if subject.apposition and subject.speaker and subject.apposition.search(gap):
                return subject.speaker
        return None

    def _predicate_places(self, plain: str, who: _Who) -> Iterator[tuple[int, str]]:
        """Where the verb may stand: after the subject, or after words set between commas or brackets."""
        end = who.end
        if end == who.start:
            yield end, ""
            return
        if short := self.syntax.own_short_name.match(plain, end):
            end = short.end()
        if plain[end : end + 1] == " ":
            yield end + 1, ""
        if not who.person and plain[end : end + 2] not in (", ", " (", " -"):
            return
        stop = self._next_owner(plain, end, who.speaker)
        for match in (_AFTER_NAME if who.person else _AFTER_GAP).finditer(plain, end, end + _FARTHEST_PREDICATE):
            gap = plain[end : match.start()]
            if match.start() >= stop or ";" in gap or ":" in gap:
                return
            yield match.end(), gap

    def _next_owner(self, plain: str, start: int, speaker: Speaker | None) -> int:
        """Where another subject ends that could own the verb; in "through its Country Rapporteur" none does."""
        for match in self.cues.subject.finditer(plain, start, start + _FARTHEST_PREDICATE):
            subject, before = self.cues.subject_of(match), plain[start : match.start()]
            if subject.speaker is None:
                if match.start() - start in [place for place, _ in _openings(before, self.syntax.openers)]:
                    return match.end()
            elif subject.speaker not in (speaker, Speaker.STATE) and not self.syntax.of_another.search(before):
                return match.end()
        return len(plain)

    def _active(self, plain: str, start: int, place: int, speaker: Speaker, name: str | None) -> Act | None:
        at = self._after_adverbs(plain, place)
        for cue in self.cues.of(speaker):
            verb = cue.pattern.match(plain, at)
            if not verb:
                continue
            if self._denied(plain, at):
                return None
            told_by = cue.speaker or speaker
            kind = cue.kind or self._told_kind(plain, start, verb.end())
            if kind is Kind.RECOMMENDATION and self._to_others(plain, verb.start()):
                kind = Kind.BACKGROUND
            promises = kind is Kind.REPLY and cue.strong and self.cues.says("commitment", plain, verb.end())
            if told_by in STATE_SIDE and promises:
                kind = Kind.COMMITMENT
            attribution = cue.attribution or (Attribution.AGENT if cue.by == "state" else Attribution.EXPLICIT)
            return Act(start, place, verb.end(), cue, told_by, attribution, kind, f"{told_by}-{cue.id}", name)
        return None

    def _denied(self, plain: str, at: int) -> bool:
        """Whether the verb says that nothing was said: "raised no concerns"."""
        return bool(self.syntax.denied and self.syntax.denied.match(plain, at))

    def _to_others(self, plain: str, at: int) -> bool:
        """Whether what is asked is asked of others than the State."""
        first = _WORD.match(plain, at)
        return bool(first and self.syntax.to_others and self.syntax.to_others.match(plain, first.end()))

    def _after_adverbs(self, plain: str, place: int) -> int:
        """Where the verb itself stands: after "also", "strongly and repeatedly"."""
        adverbs = self.cues.adverbs.match(plain, place)
        return adverbs.end() if adverbs else place

    def _passive(self, plain: str, start: int, place: int, speaker: Speaker) -> Act | None:
        """A passive: the subject is the addressee, the other side spoke."""
        side = "committee" if speaker is self.body else "delegation"
        at = self._after_adverbs(plain, place)
        for cue in self.cues.passives:
            if cue.by == side and (verb := cue.pattern.match(plain, at)) and not self._denied(plain, at):
                told_by = cue.speaker or self.body
                kind = cue.kind or Kind.BACKGROUND
                return Act(start, place, verb.end(), cue, told_by, Attribution.PASSIVE, kind, f"passive-{cue.id}")
        return None

    def _pronoun_act(self, plain: str, who: _Who, place: int, resolve: Resolve) -> Act | None:
        if self.syntax.nobodys_it.match(plain, who.start):
            return self._passive(plain, who.start, place, Speaker.DELEGATION)
        acts = {side: self._active(plain, who.start, place, side, None) for side in (self.body, Speaker.DELEGATION)}
        fits = [side for side, act in acts.items() if act]
        if not fits and who.either:
            return None
        if not fits:
            return self._passive(plain, who.start, place, Speaker.DELEGATION)
        word = "it" if who.either else plain[who.start : who.end].lower()
        voice = resolve(word, fits)
        asked = acts[self.body]
        if voice is None and asked and asked.kind is Kind.QUESTION:  # who asks is the Committee, unless named
            voice = resolve(word, [self.body])
        if voice is None or (who.either and voice.speaker is not Speaker.REVIEWING_STATE):
            return None
        act = acts[Speaker.DELEGATION if voice.speaker in STATE_SIDE else voice.speaker]
        if act is None or act.attribution is Attribution.NARRATIVE:
            return act
        act.attribution, act.name, act.person = Attribution.PRONOUN, voice.name, voice.person
        act.states = voice.states
        if voice.speaker is Speaker.STATE:
            act.speaker, act.rule = Speaker.STATE, act.rule.replace("delegation-", "state-", 1)
        return act

    def _told_kind(self, plain: str, start: int, end: int) -> Kind:
        """What is told after the verb; before it in "The State must act, the Committee said."."""
        if _NOTHING_FOLLOWS.match(plain, end):
            return self._content_kind(plain[:start], 0)
        return self._content_kind(plain, end)

    def _content_kind(self, plain: str, at: int) -> Kind:
        """What a neutral verb of the Committee reports, by the words of its object."""
        if "asks" in self.cues.contents and self.cues.says("asks", plain, at):
            return Kind.QUESTION
        if self.cues.says("forthcoming", plain, at):
            return Kind.RECOMMENDATION
        for kind in (Kind.RECOMMENDATION, Kind.CONCERN, Kind.POSITIVE):
            if self.cues.says(kind.value, plain, at):
                return kind
        return Kind.BACKGROUND

    # --- what the language decides

    def _first_among(self, acts: Sequence[Act], resolve: Resolve) -> Resolve:
        """Pronouns stand for a voice of their own sentence first: "Although the Committee praised A, it regretted"."""

        def resolved(word: str, fits: Sequence[Speaker]) -> Voice | None:
            for act in reversed(acts):
                side = Speaker.DELEGATION if act.speaker in STATE_SIDE else act.speaker
                stands = act.person or word not in self.syntax.persons
                if side in fits and stands and self.syntax.agree(word, act.words):
                    return Voice(act.speaker, act.name, act.person, act.rule, act.words, act.states)
            return resolve(word, fits)

        return resolved

    def _in_content(self, plain: str, at: int, conj: str) -> bool:
        """Whether a clause is what somebody said or asked, and so no act of speech itself."""
        return conj in self.syntax.introduces or bool(self.syntax.asked_when.search(plain[max(0, at - 10) : at]))

    def _is_second(self, cue: Cue, main: Act, passive: bool, plain: str, end: int) -> bool:
        """Whether a verb after "and" is an act of its own, and not one inside what was said."""
        if cue.kind in (None, main.kind, Kind.PROCEDURAL) or not cue.strong or cue.speaker:
            return False
        if passive or cue.kind in (Kind.CONCERN, Kind.POSITIVE) or self.syntax.second_ends.search(plain[:end]):
            return True
        return bool(self.syntax.second_object.match(plain, end + 1))

    # --- acts without a subject of their own

    def _impersonal(self, plain: str) -> Iterator[Act]:
        """ "Concern was expressed about …", "According to the delegation, …"."""
        for at, conj in self.openings(plain):
            possible = self.cues.impersonals_begun.at(plain, at)
            for cue in possible if possible and not self._in_content(plain, at, conj) else ():
                match = cue.pattern.match(plain, at)
                if match and not any(author.sought.search(plain) for author in self.cues.author):
                    kind = cue.kind or self._told_kind(plain, at, match.end())
                    if kind is Kind.REPLY and cue.strong and self.cues.says("commitment", plain):
                        kind = Kind.COMMITMENT
                    speaker, attribution = cue.speaker or self.body, cue.attribution or Attribution.PASSIVE
                    yield Act(at, at, match.end(), cue, speaker, attribution, kind, f"impersonal-{cue.id}")

    def _second(self, plain: str, main: Act) -> Iterator[Act]:
        """A second act of the Committee without a subject of its own: "commended A and asked how B".

        What a reviewing State says is told in few sentences, each with all its acts.
        """
        kinds = (Kind.POSITIVE, Kind.CONCERN, Kind.PROCEDURAL, Kind.BACKGROUND)
        if main.speaker is not self.body or (main.kind not in kinds and self.body is Speaker.COMMITTEE):
            return
        told = {main.kind}
        passive = main.attribution is Attribution.PASSIVE
        for match in self.syntax.and_then.finditer(plain, main.end):
            verb_at = self._after_adverbs(plain, match.end())
            for cue in self.cues.passives if passive else self.cues.of(self.body):
                verb = cue.pattern.match(plain, verb_at)
                if not verb:
                    continue
                if self._denied(plain, verb_at):
                    break
                goes_on = self._goes_on(cue, plain, match.end()) and cue.kind not in told
                if not goes_on and not self._is_second(cue, main, passive, plain, verb.end()):
                    break
                if cue.kind is Kind.RECOMMENDATION and self._to_others(plain, verb.start()):
                    break
                rule = f"{'passive' if passive else main.speaker}-{cue.id}"
                kind = cue.kind or main.kind
                at = match.end()
                yield Act(
                    at, at, verb.end(), cue, main.speaker, main.attribution, kind, rule, main.name, states=main.states
                )
                told.add(kind)
                if self.body is Speaker.COMMITTEE:
                    return
                break

    def _goes_on(self, cue: Cue, plain: str, at: int) -> bool:
        """Whether a reviewing State's sentence goes on with this verb: it is not told of the State under review."""
        if self.body is Speaker.COMMITTEE or cue.kind in (None, Kind.PROCEDURAL) or not cue.strong or cue.speaker:
            return False
        return not self.syntax.inside_content.search(plain[:at])

    def _promises_too(self, plain: str, main: Act) -> bool:
        """Whether an answer goes on with a promise, which comes first: "had no figures but undertook to send them"."""
        promises = [cue for cue in self.cues.of(main.speaker) if cue.kind is Kind.COMMITMENT and cue.strong]
        places = [self._after_adverbs(plain, match.end()) for match in self.syntax.and_then.finditer(plain, main.end)]
        return any(cue.pattern.match(plain, at) for at in places for cue in promises)

    def _nouns(self, plain: str, main: Act | None) -> Iterator[Act]:
        """ "The Committee's advice that …": the main act where there is none, embedded where it opens the sentence."""
        if self.body is not Speaker.COMMITTEE or not self.syntax.owner_sign.search(plain):
            return
        for cue in self.cues.nouns:
            for match in cue.sought.finditer(plain):
                start, end = match.span()
                kind = cue.kind or Kind.BACKGROUND
                act = Act(
                    start, start, end, cue, Speaker.COMMITTEE, Attribution.EXPLICIT, kind, f"committee-noun-{cue.id}"
                )
                if main is None:
                    if not self.cues.owned_by_another.search(plain[:start]) and self.cues.tells.match(plain, end):
                        yield act
                        return
                elif main.speaker in STATE_SIDE and kind in (Kind.CONCERN, Kind.QUESTION):
                    before = end <= main.start
                    if not before and not (self._is_object(plain, main, start) and self.cues.tells.match(plain, end)):
                        continue
                    last = main.start if before else len(plain)
                    stop = self.syntax.clause_break.search(plain, end, last)
                    act.subordinate, act.verb = True, -1
                    act.end = len(plain[: stop.start() if stop else last].rstrip())
                    yield act

    @staticmethod
    def _is_object(plain: str, main: Act, start: int) -> bool:
        """Whether words follow the verb: "shared the Committee's concern", "took note of the Committee's concern"."""
        between = plain[main.end : start]
        return between == " " or (len(between.split()) == 1 and between.replace(" ", "").isalpha())

    def _recalled(self, plain: str, main: Act, found: Sequence[Act]) -> Iterator[Act]:
        """What is recalled before the main verb: "When questioned about …, the delegation", ", while welcoming …,"."""
        comma = plain.rfind(",", 0, main.start)
        if comma > 0 and not any(act.start < main.start for act in found):
            yield from self._opening(plain, main, 0, comma)
        gap = plain.find(", ", main.start, main.verb)
        if gap > 0:
            yield from self._opening(plain, main, gap + 2, plain.rfind(",", gap, main.verb))

    def _opening(self, plain: str, main: Act, start: int, end: int) -> Iterator[Act]:
        for cue in self.cues.openings:
            wants_committee = cue.kind is Kind.POSITIVE
            if (main.speaker is self.body) is not wants_committee:
                continue
            match = cue.pattern.match(plain, start, end)
            if match and end > start:
                at = match.start("words") if "words" in match.re.groupindex else start
                kind, rule = cue.kind or Kind.BACKGROUND, f"opening-{cue.id}"
                yield Act(at, -1, end, cue, self.body, Attribution.PASSIVE, kind, rule, subordinate=True)
                return


def is_summary_record(texts: Iterable[str], cues: CueSet, states: StateNames) -> bool:
    """Whether paragraphs begin as in a summary record: "Mr. TILLERY (Arcadia) said". Whoever else has the floor there
    is a member of the Committee."""
    marked = 0
    for text in texts:
        name = cues.syntax.named.match(text)
        state = _IN_BRACKETS.match(text, name.end()) if name and name["name"].split()[-1].isupper() else None
        marked += bool(state and states.find(state[1]))
    return marked > 1


def _openings(plain: str, openers: Mapping[str, str]) -> Iterator[_Opening]:
    """Where clauses may begin, and the word that joins each to the one before."""
    yield int(plain[:1] in _QUOTES), ""
    for token in _TOKEN.finditer(plain):
        conjunction = openers.get(token[0])
        if conjunction is not None:
            at = token.end()
            yield at + (plain[at : at + 1] in _QUOTES), conjunction


def _people(examination: Examination, honorific: str) -> list[tuple[str, Speaker, str]]:
    """Patterns for the people the document introduces: whole name, or honorific and any part but the first."""
    found = []
    roles = [(examination.head, Speaker.DELEGATION), *((fact, Speaker.COMMITTEE) for fact in examination.rapporteurs)]
    for fact, speaker in roles:
        if fact is None:
            continue
        for name in dict.fromkeys((level(fact.name), _without_accents(level(fact.name)))):
            parts = name.split()[1:] or name.split()
            tails = [re.escape(" ".join(parts[i:])) for i in range(len(parts))] + [re.escape(part) for part in parts]
            tails += [tail.upper() for tail in tails if tail.isalpha()]  # as summary records write: "Mr. FILALI"
            found.append((rf"(?:{honorific})?{re.escape(name)}|{honorific}(?:{'|'.join(tails)})", speaker, fact.name))
    return found


def _without_accents(name: str) -> str:
    """A name as those write it whose keyboard has no accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
