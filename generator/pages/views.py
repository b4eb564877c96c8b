"""What templates are given: values ready to be shown, with every condition on data decided before.

Takes the `Corpus` and the vocabularies. Gives frozen views; a `Link` names an address of the site, never a relative
path – `render` knows from which page it is looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.corpus import Corpus, LinkedStatement, PublishedExamination
from generator.model import Attribution, Fact, Kind, Provenance, ReadDocument, Speaker, Statement
from generator.vocabulary import Vocabulary, slug

KIND_LABELS: Mapping[Kind, tuple[str, str]] = {
    Kind.CONCERN: ("Concern", "concerns"),
    Kind.RECOMMENDATION: ("Recommendation", "recommendations"),
    Kind.POSITIVE: ("Positive aspect", "positive aspects"),
    Kind.QUESTION: ("Question", "questions"),
    Kind.REPLY: ("Reply", "replies"),
    Kind.COMMITMENT: ("Commitment", "commitments"),
    Kind.PROCEDURAL: ("Procedure", "procedural"),
    Kind.BACKGROUND: ("Told by nobody named", "background"),
}
# Facts that are people in public roles: they have pages, nobody else has.
PUBLIC_ROLES: Mapping[str, str] = {"head": "Head of delegation", "rapporteurs": "Country Rapporteur"}
_LONGEST_NAME = 40  # of a source's part in an address, so that no path is too long for a stick
_NOT_SHOWN = "The source’s terms do not let us show these words."
NOT_A_SCORE = "Counts say how much was written down, not how a State performs: not a score."
_SPEAKERS = {
    Speaker.COMMITTEE: "Committee",
    Speaker.REVIEWING_STATE: "Reviewing State",
    Speaker.DELEGATION: "Delegation",
    Speaker.STATE: "State",
    Speaker.UNATTRIBUTED: "Speaker not named",
}
_VOICES = {
    Speaker.COMMITTEE: "body",
    Speaker.REVIEWING_STATE: "body",
    Speaker.DELEGATION: "state",
    Speaker.STATE: "state",
    Speaker.AUTHOR: "author",
    Speaker.UNATTRIBUTED: "nobody",
}
_HOW = {
    Attribution.EXPLICIT: "The sentence names its speaker",
    Attribution.PRONOUN: "A pronoun stands for the last speaker named",
    Attribution.PASSIVE: "The sentence leaves its speaker out; the State is the one addressed",
    Attribution.CARRIED: "The sentence names no speaker; it continues the one before",
    Attribution.AGENT: "The State is told to act; nobody is said to have announced it",
    Attribution.NARRATIVE: "The author's own voice",
    Attribution.NONE: "The sentence names no speaker, and none is in reach",
}
_FLAGS = {
    "author-opinion": "the author's opinion",
    "weak-commitment": "expresses a wish or principle",
    "ongoing": "under way",
    "forthcoming": "announced, not yet adopted",
}


def kind_count(kind: Kind, number: int) -> str:
    """`1 concern`, `8 concerns`."""
    one, many = KIND_LABELS[kind]
    return f"{number} {one.lower() if number == 1 else many}"


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the site: `address` from the root (`countries/lao/`), with an anchor of that page."""

    text: str
    address: str
    anchor: str = ""
    # A second line under it in lists.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """What a statement cites: a treaty's page of this site, a document at the UN (`url`), or neither."""

    text: str
    page: Link | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind."""

    kind: Kind
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a statement's words; `kind` and `label` where they are a statement of their own, told inside it."""

    text: str
    kind: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement as it is shown anywhere on the site."""

    id: str
    kind: Kind
    kind_label: str
    voice: str
    speaker: str
    text: str
    parts: tuple[Part, ...]
    lang: str
    permalink: Link
    source: Link
    line: str
    people: tuple[Link, ...]
    themes: tuple[Link, ...]
    cites: tuple[Cite, ...]
    state: Link
    examinations: tuple[Link, ...]
    badge: str
    confidence: str
    how: str
    notes: tuple[str, ...]
    alternatives: str
    due: str
    correction: str
    quoted: bool
    recalled: bool
    citation: str
    reply_note: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact with its origin."""

    label: str
    value: str
    link: Link | None
    status: str
    origin: Link
    # The words that say it, or why an editor changed it.
    says: str
    note: str = ""


class Views:
    """Makes views of statements and facts, once each."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary) -> None:
        self.corpus = corpus
        self.vocabulary = vocabulary
        self._cache: dict[str, StatementView] = {}
        self._embedded: dict[tuple[str, int, int], list[Statement]] = defaultdict(list)
        for one in corpus.statements:
            if one.statement.embedded:
                self._embedded[one.path, one.statement.paragraph, one.statement.sentence].append(one.statement)
        self._people_at = _addresses_of_people(corpus)
        self._sources_at = {
            (examination.key, path): address
            for examination in corpus.examinations.values()
            for path, address in _addresses_of_sources(examination)
        }

    def document(self, linked: LinkedStatement) -> ReadDocument:
        """The document a statement stands in."""
        return self.corpus.documents[linked.path]

    def statement(self, linked: LinkedStatement) -> StatementView:
        """The view of a statement."""
        if linked.id not in self._cache:
            self._cache[linked.id] = self._statement(linked)
        return self._cache[linked.id]

    def statements(self, linked: Iterable[LinkedStatement]) -> tuple[StatementView, ...]:
        """Views of several."""
        return tuple(self.statement(one) for one in linked)

    def _statement(self, linked: LinkedStatement) -> StatementView:
        statement = linked.statement
        examination = self.corpus.examination_of(linked)
        document = self.document(linked)
        state = self.vocabulary.states[examination.state]
        lines = sorted({span.line for span in statement.spans})
        line = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]}–{lines[-1]}"
        shown = document.provenance.rights.source_text != "none"
        alternatives = ", ".join(
            f"{KIND_LABELS[a.kind][0].lower()} ({speaker_label(a.speaker, document.provenance.publisher)})"
            for a in statement.alternatives
        )
        return StatementView(
            id=linked.id,
            kind=statement.kind,
            kind_label=_kind_label(statement),
            voice=_VOICES[statement.speaker],
            speaker=self._who(linked, document.provenance),
            text=statement.text if shown else _NOT_SHOWN,
            parts=self._parts(linked, document) if shown else (Part(_NOT_SHOWN),),
            lang=statement.lang,
            permalink=Link("link", examination.address, linked.id),
            source=Link(line, self.source_address(examination, document), linked.id if shown else ""),
            line=line,
            people=self._people(linked, examination),
            themes=tuple(self.theme(theme) for theme in statement.themes),
            cites=tuple(dict.fromkeys(self._cites(statement))),
            state=Link(state.short, f"countries/{state.slug}/"),
            examinations=tuple(self.examination(self.corpus.examinations[key]) for key in linked.examinations),
            badge=document.provenance.badge,
            confidence=statement.confidence,
            how=self._how(linked, shown),
            notes=tuple(_FLAGS[flag] for flag in statement.flags if flag in _FLAGS),
            alternatives=alternatives,
            due=f"due {statement.due.text}" if statement.due else "",
            correction=statement.correction or "",
            quoted=shown and document.provenance.kind != "digest",
            recalled=statement.embedded,
            citation=self._citation(linked, examination, document, line),
        )

    def _parts(self, linked: LinkedStatement, document: ReadDocument) -> tuple[Part, ...]:
        """The words, with those of another voice marked inside them."""
        text, place = linked.statement.text, (linked.statement.paragraph, linked.statement.sentence)
        if linked.statement.embedded:
            return (Part(text),)
        parts, at = [], 0
        for inner in self._embedded.get((linked.path, *place), ()):
            start = text.find(inner.text, at)
            if start >= 0:
                label = f"{KIND_LABELS[inner.kind][0]}, {speaker_label(inner.speaker, document.provenance.publisher)}"
                parts += [Part(text[at:start]), Part(inner.text, inner.kind, label)]
                at = start + len(inner.text)
        return tuple(part for part in (*parts, Part(text[at:])) if part.text)

    def _who(self, linked: LinkedStatement, provenance: Provenance) -> str:
        statement = linked.statement
        who = speaker_label(statement.speaker, provenance.publisher)
        if statement.attribution is Attribution.PASSIVE:
            return f"{who}, not named in the sentence"
        if statement.attribution is Attribution.CARRIED:
            return f"{who}, continued"
        return who

    def _cites(self, statement: Statement) -> Iterator[Cite]:
        """Treaties by their page, documents by their symbol, conventions of the ILO by their name."""
        for cited in statement.cites:
            if cited.id:
                yield Cite(cited.id, page=Link(cited.id, f"treaties/{cited.id.lower()}/"))
            elif cited.symbol:
                yield Cite(cited.symbol, url=self.vocabulary.symbols.link(cited.symbol))
            elif cited.law and not cited.article:
                yield Cite(cited.law)

    def _people(self, linked: LinkedStatement, examination: PublishedExamination) -> tuple[Link, ...]:
        """The people its speaker's name names: with a page where they hold a public role, else the name alone."""
        names = (linked.statement.speaker_name or "").split(" and ")
        people = {
            fact.name: self.person(examination, role, fact)
            for role, fact in examination.facts.facts()
            if role in PUBLIC_ROLES
        }
        return tuple(people.get(name, Link(name, "")) for name in names if name)

    @staticmethod
    def _how(linked: LinkedStatement, quoted: bool) -> str:
        statement = linked.statement
        cue = f"; the words “{statement.cue}” tell the kind" if statement.cue and quoted else ""
        return f"{_HOW[statement.attribution]}{cue}. Rule {statement.rule}; confidence {statement.confidence}."

    def _citation(
        self, linked: LinkedStatement, examination: PublishedExamination, document: ReadDocument, line: str
    ) -> str:
        """The words to paste: quotation, whose words, which source and what kind of source it is."""
        facts, statement = examination.facts, linked.statement
        when = f", examined {facts.date.name}" if facts.date else ""
        who = self._who(linked, document.provenance)
        who = f"{who}: {statement.speaker_name}" if statement.speaker_name else who
        treaties = " and ".join(self.corpus.examinations[key].treaty for key in linked.examinations)
        quote = f"“{statement.text}”" if document.provenance.rights.source_text != "none" else "(text not shown)"
        return (
            f"{quote} – {_kind_label(statement)}, {who}. "
            f"{document.provenance.publisher}, summary of the examination of "
            f"{self.vocabulary.states[examination.state].short} under the {treaties}, "
            f"{facts.body} {facts.session.name if facts.session else ''}{when}, {line}. {document.provenance.badge}"
        )

    def theme(self, theme: str) -> Link:
        """The page of a theme."""
        return Link(self.vocabulary.themes[theme].label, f"themes/{theme}/")

    def state(self, code: str) -> Link:
        """The page of a State."""
        state = self.vocabulary.states[code]
        return Link(state.short, f"countries/{state.slug}/")

    def session(self, examination: PublishedExamination) -> Link:
        """The page of a session."""
        body, number = examination.session_key
        name = examination.facts.session.name if examination.facts.session else ""
        return Link(f"{body} {name}", f"sessions/{body.lower()}-{number}/")

    def treaty(self, treaty: str) -> Link:
        """The page of a treaty."""
        return Link(self.vocabulary.treaties.by_id[treaty].short, f"treaties/{treaty.lower()}/")

    def person(self, examination: PublishedExamination, role: str, fact: Fact) -> Link:
        """The page of a person in a public role."""
        return Link(fact.name, self._people_at[_person(examination, role, fact)])

    def examination(self, examination: PublishedExamination) -> Link:
        """The page of an examination, named by treaty and session."""
        name = examination.facts.session.name if examination.facts.session else ""
        when = f"examined {examination.facts.date.name}" if examination.facts.date else "day not recorded"
        return Link(f"{examination.treaty}, {name}", examination.address, note=when)

    def source_address(self, examination: PublishedExamination, document: ReadDocument) -> str:
        """Where the source text is shown: one page, or one for each of several documents."""
        return self._sources_at[examination.key, document.document.source.path]

    def origin(self, examination: PublishedExamination, fact: Fact) -> Link:
        """The line that says a fact, as far as the source's terms let it be shown."""
        document = examination.documents[0]
        address = self.source_address(examination, document)
        if not fact.spans:
            return Link("corrected", address)
        line = fact.spans[0].line
        match document.provenance.rights.source_text:
            case "full":
                shown = True
            case "excerpts":
                shown = any(span.line == line for statement in document.statements for span in statement.spans)
            case _:
                shown = False
        return Link(f"line {line}", address, f"L{line}" if shown else "")

    def tallies(self, linked: Iterable[LinkedStatement]) -> tuple[Tally, ...]:
        """Counts by kind of what stands in the indexes, in the order of kinds."""
        counts = Counter(one.statement.kind for one in linked if self.corpus.is_indexed(one))
        return tuple(Tally(kind, counts[kind], kind_count(kind, counts[kind])) for kind in Kind if counts[kind])


def _addresses_of_sources(examination: PublishedExamination) -> Iterator[tuple[str, str]]:
    """A folder for each document's text; names that fold to one address are told apart by a number."""
    base = f"{examination.address}source/"
    if len(examination.documents) == 1:
        yield examination.documents[0].document.source.path, base
        return
    used: set[str] = set()
    for document in examination.documents:
        name = unique(slug(document.stem)[:_LONGEST_NAME].rstrip("-"), used)
        yield document.document.source.path, f"{base}{name}/"


def unique(name: str, used: set[str]) -> str:
    """The name, with a number if it is used already; adds it to those used."""
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found


def _addresses_of_people(corpus: Corpus) -> dict[tuple[str, str], str]:
    """Pages of people: of Committee members by name, of heads of delegation by name and State.

    Heads of two States' delegations are two people, and a head is no member, whatever they are called.
    """
    by_name: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for examination in corpus.examinations.values():
        for role, fact in examination.facts.facts():
            if role in PUBLIC_ROLES:
                by_name[slug(fact.value)].add(_person(examination, role, fact))
    return {
        (state, value): f"people/{name}/" if len(people) == 1 or not state else f"people/{name}-{state.lower()}/"
        for name, people in by_name.items()
        for state, value in people
    }


def _person(examination: PublishedExamination, role: str, fact: Fact) -> tuple[str, str]:
    """Who somebody is: a head of delegation is known by State and name, a member of the Committee by name."""
    return (examination.state if role == "head" else "", fact.value)


def _kind_label(statement: Statement) -> str:
    """The word for what it is; the author's voice and what nobody is named for have words of their own."""
    if statement.speaker is Speaker.AUTHOR:
        return {Kind.PROCEDURAL: "Procedure", Kind.BACKGROUND: "Author’s account"}.get(statement.kind, "Author’s view")
    if statement.kind is Kind.BACKGROUND:
        return "State measure or fact" if statement.speaker is Speaker.UNATTRIBUTED else "Remark"
    return KIND_LABELS[statement.kind][0]


def speaker_label(speaker: Speaker, publisher: str) -> str:
    """Who speaks, in words; the author by name, and never as the Committee."""
    return f"{publisher}, not the Committee" if speaker is Speaker.AUTHOR else _SPEAKERS[speaker]
