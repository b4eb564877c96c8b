"""What templates are given: values ready to be shown, with every condition on data decided before.

Takes the `Corpus` and the vocabularies. Gives frozen views; a `Link` names an address of the site, never a relative
path – `render` knows from which page it is looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.citations import Citation, cite_document, cite_statement, rests_on
from generator.corpus import Corpus, LinkedStatement, PublishedExamination
from generator.corrections import Corrections
from generator.model import Attribution, Fact, Kind, Provenance, ReadDocument, Speaker, Statement
from generator.pages.evidence import evidence
from generator.pages.layout import Layout, lay_out, unique
from generator.pages.link import Link
from generator.pages.paging import ITEMS, Group, Sheet, sheets
from generator.pages.terms import Piece
from generator.pages.theme_lists import ThemeLists
from generator.registry import Registry, Retirement
from generator.rights import NOT_SHOWN, published, wording
from generator.vocabulary import Body, Vocabulary, slug
from generator.wording import CLAIMS, Wording, wording_of

__all__ = ["NOT_SHOWN", "FactView", "Link", "Part", "StatementView", "Tally", "Views"]

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
PAGE_LANG = "en"  # of everything that is ours
NOBODY = "none"  # in an address: no State named, or no position given
NOT_A_SCORE = "Counts say how much was written down, not how a State performs: not a score."
OWN_RECOMMENDATIONS = (
    "Recommendations of a Universal Periodic Review are the recommending States’ own; they are not endorsed by the "
    "Working Group as a whole. The position is the State’s own as that document gives it; it may have said more since."
)
SPEAKERS = {
    Speaker.COMMITTEE: "Committee",
    Speaker.REVIEWING_STATE: "Reviewing State",
    Speaker.DELEGATION: "Delegation",
    Speaker.STATE: "State",
    Speaker.UNATTRIBUTED: "Speaker not named",
}
VOICES = {
    Speaker.COMMITTEE: "body",
    Speaker.REVIEWING_STATE: "body",
    Speaker.DELEGATION: "state",
    Speaker.STATE: "state",
    Speaker.AUTHOR: "author",
    Speaker.UNATTRIBUTED: "nobody",
}
# What a document says the State answered to a recommendation: in a word, and over a list of them.
POSITIONS: Mapping[str | None, tuple[str, str]] = {
    "supported": ("Supported", "Supported by {state}"),
    # Not every document says besides that it supports them.
    "implemented": ("Called implemented", "Called implemented or under way by {state}"),
    "pending": ("Position to follow", "To be examined by {state}, which gives no position in this document"),
    "noted": ("Noted", "Noted by {state}"),
    "not-supported": ("Not supported", "Not supported by {state}"),
    None: ("No position given", "Listed without a position of {state}"),
}
# How a document of each kind is called in a sentence about it.
DOCUMENT_WORDS: Mapping[str, str] = {"summary": "summary", "un-report": "report", "digest": "digest"}
_FLAGS = {
    "author-opinion": "the author's opinion",
    "weak-commitment": "expresses a wish or principle",
    "ongoing": "under way",
    "forthcoming": "announced, not yet adopted",
    "damaged": "damaged in the source",
}


def by_due_date(linked: LinkedStatement) -> tuple[bool, str]:
    """The order of commitments: those with a date first, by date."""
    due = linked.statement.due
    return (due is None, due.date if due else "")


def kind_count(kind: Kind, number: int) -> str:
    """`1 concern`, `8 concerns`."""
    one, many = KIND_LABELS[kind]
    return f"{number} {one.lower() if number == 1 else many}"


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
    """Some of a statement's words; `kind` and `voice` where they are a statement of their own, told inside it.

    `id` is that of the statement inside where this is its one place, `label` what it is and who says it.
    """

    text: str
    kind: str = ""
    voice: str = ""
    label: str = ""
    id: str = ""


@dataclass(slots=True)  # not frozen: tens of thousands are made, and to freeze one takes most of making it
class StatementView:
    """One statement as it is shown anywhere on the site. `states` are those that review; `position` is the answer."""

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
    states: tuple[Link, ...]
    # The codes of the States that recommend it.
    by: tuple[str, ...]
    number: str
    listed: bool
    response: str
    position: str
    themes: tuple[Link, ...]
    cites: tuple[Cite, ...]
    state: Link
    badge: str
    confidence: str
    # How it was read, in letters (see `evidence`); empty in a brief view.
    evidence: str
    notes: tuple[str, ...]
    due: str
    correction: str
    wording: Wording
    recalled: bool
    reply_note: str = ""
    # The statements told inside it that have their place here.
    inside: tuple[StatementView, ...] = ()
    # The document and the paragraphs that a digest's sentence rests on.
    rests: Cite | None = None
    # Notes of the document that its words call: label and words.
    footnotes: tuple[tuple[str, str], ...] = ()

    @property
    def quoted(self) -> bool:
        """Whether its words are a document's own."""
        return self.wording is Wording.QUOTED

    @property
    def said_by(self) -> str:
        """Who says it, with the names that are known: `Reviewing State: Tonga and Samoa`."""
        return _with_names(self.speaker, [one.text for one in self.states or self.people])

    @property
    def label(self) -> str:
        """What its words are where they are nobody's own; empty for a quotation."""
        return CLAIMS[self.wording].label


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
    # The label with the terms that are explained on the page.
    label_parts: tuple[Piece, ...] = ()
    # The language of the document's own words where it is not the page's.
    lang: str = ""
    # Whether the note is in the document's own words.
    quoted: bool = True
    # Where it is kept by others: a link that leaves the site when it is followed, never before.
    outside: str = ""


@dataclass(frozen=True, slots=True)
class TombstoneView:
    """What is said where a statement stood that is published no more; nothing of its words."""

    id: str
    # Where it is told of: its id, or the one it has since its examination was renamed.
    anchor: str
    what: str
    note: str
    date: str
    editor: str
    # What stands for it now, and the examination it was said at, where that is still here.
    into: Link | None
    examination: Link | None


NOTHING_REGISTERED = Registry()
_RETIRED = {
    "removed": "Removed",
    "merged": "Merged into another",
    "corrected": "Replaced by a correction",
    "withheld": "Withheld",
}


class Views:
    """Makes views of statements and facts. Nothing is kept of a statement: a page is planned when it is written."""

    def __init__(
        self,
        corpus: Corpus,
        vocabulary: Vocabulary,
        items: int = ITEMS,
        site_url: str | None = None,
        registry: Registry = NOTHING_REGISTERED,
        corrections: Iterable[tuple[str, Corrections]] = (),
    ) -> None:
        given = tuple(corrections)
        # What may be shown: no view is made of anything else.
        self.corpus = corpus = published(corpus, given)
        self.registry = registry
        # The facts that editors corrected, by the path of the source; what they corrected else, the corpus holds.
        self.corrected_facts = tuple((path, one.facts) for path, one in given)
        # What editors retired, latest first; what is published after all is not told of.
        told = (one for one in registry.retired.values() if registry.current(one.id) not in corpus.by_id)
        self.retired = tuple(sorted(sorted(told, key=lambda one: one.id), key=lambda one: one.date, reverse=True))
        self.site_url = site_url or ""
        self.vocabulary = vocabulary
        # How many items a page of a list holds; of full cards, which weigh half as much again, fewer.
        self.items = items
        self.full_items = max(1, items * 13 // 20)
        self.by_theme = ThemeLists(corpus, vocabulary, items)
        self._sources_at: dict[str, dict[str, str]] = {}
        self._examinations: dict[str, Link] = {}
        self._states = {
            state.code: Link(state.short, f"countries/{state.slug}/" if state.code in corpus.by_state else "")
            for state in vocabulary.states.by_code.values()
        }
        self._sessions: dict[tuple[str, int], Link] = {}
        self._tallies: dict[str, tuple[Tally, ...]] = {}
        # The sizes of the files of `data/`, once they are written.
        self.sizes: dict[str, int] = {}
        self._layouts: dict[str, Layout] = {}
        self._cited: dict[tuple[str, str], Citation] = {}
        self._described: dict[tuple[str, tuple[str, ...]], str] = {}
        self._described_as: dict[tuple[str, str], Mapping[tuple[str, ...], str]] = {}
        self._source_sheets: dict[tuple[str, str], tuple[list[Sheet[int]], list[int]]] = {}

    def document(self, linked: LinkedStatement) -> ReadDocument:
        """The document a statement stands in."""
        return self.corpus.documents[linked.path]

    def statements(self, linked: Iterable[LinkedStatement]) -> tuple[StatementView, ...]:
        """Brief views of several."""
        return tuple(self.statement(one, brief=True) for one in linked)

    def layout(self, examination: PublishedExamination) -> Layout:
        """The pages of an examination."""
        if examination.key not in self._layouts:
            self._layouts[examination.key] = lay_out(examination, self.full_items)
        return self._layouts[examination.key]

    def permalink(self, linked: LinkedStatement) -> Link:
        """The one address of a statement: the page that holds it, with its id as anchor."""
        return Link("link", self.place(linked), linked.id)

    def place(self, linked: LinkedStatement) -> str:
        """The address of the page that holds a statement."""
        return self.layout(self.corpus.examination_of(linked)).places[linked.id]

    def places(self, examination: PublishedExamination) -> Link | None:
        """The file that tells on which of its pages each statement of an examination stands; None where it has one."""
        several = len(set(self.layout(examination).places.values())) > 1
        return Link("places", f"{examination.address}places.js") if several else None

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """How many records each file of `data/` holds, by its name; those of all States together are `statements`."""
        corpus = self.corpus
        return {
            "statements": len(corpus.statements),
            "examinations.json": sum(len(one.documents) for one in corpus.examinations.values()),
        }

    def tombstone(self, retired: Retirement) -> TombstoneView:
        """What is said of a statement that is published no more."""
        into = self.corpus.by_id.get(self.registry.current(retired.into)) if retired.into else None
        held = self.corpus.examinations.get(self.registry.addresses.key(retired.examination))
        return TombstoneView(
            retired.id,
            self.registry.current(retired.id),
            _RETIRED[retired.reason],
            retired.note,
            retired.date,
            retired.editor,
            Link("another statement", self.place(into), into.id) if into else None,
            Link(f"{self.state(held.state).text}, {self.examination(held).text}", held.address) if held else None,
        )

    def tombstones(self, examination: PublishedExamination) -> tuple[TombstoneView, ...]:
        """What was published at an examination and is no more."""
        return tuple(self.tombstone(one) for one in self.retired if self._key(one) == examination.key)

    def _key(self, retired: Retirement) -> str:
        return self.registry.addresses.key(retired.examination)

    def written(self, link: Link) -> str:
        """An address to be read on paper or kept in a file: whole where the site has one, else from its root."""
        return f"{self.site_url}{link.address}{f'#{link.anchor}' if link.anchor else ''}"

    def paper(self, examination: PublishedExamination) -> tuple[Link, ...]:
        """What is made of an examination to take away: the brief and the starter table."""
        return (
            Link("Brief to print, two sides", f"{examination.address}brief/"),
            Link("Starter table for a shadow report (CSV)", f"{examination.address}starter.csv"),
        )

    def listing(self, examination: PublishedExamination) -> Link | None:
        """The file that holds the recommendations of all pages of a list; None where they stand on one page."""
        several = len(self.layout(examination).listed) > 1
        return Link("list", f"{examination.address}list.js") if several else None

    def statement(self, linked: LinkedStatement, *, brief: bool = False) -> StatementView:
        """The view of a statement. `brief`: without how it was read, and without what is told inside it."""
        statement = linked.statement
        examination = self.corpus.examination_of(linked)
        document = self.document(linked)
        line = _lines(statement)
        whose = wording(statement.text, document)
        codes = _speaking(statement)
        # A page of cards is told the line: its script goes on to the words themselves.
        anchor = linked.id if brief else f"L{statement.line}"
        anchor = anchor if whose is not Wording.WITHHELD else ""
        return StatementView(
            id=linked.id,
            kind=statement.kind,
            kind_label=_kind_label(statement),
            voice=VOICES[statement.speaker],
            speaker=_who(statement, document.provenance),
            text=statement.text,
            parts=self._parts(linked, document),
            lang=statement.lang,
            permalink=Link("link", self.layout(examination).places[linked.id], linked.id),
            source=self.line(examination, document, statement.line, line, anchor),
            line=line,
            people=self._people(linked, examination),
            states=tuple([self._states[code] for code in codes]),
            by=codes if statement.listed else (),
            number=_number(statement),
            listed=statement.listed,
            response=statement.response or NOBODY,
            position=POSITIONS[statement.response][0] if statement.listed else "",
            themes=tuple([self._themes[theme] for theme in statement.themes]),
            cites=tuple(dict.fromkeys(self._cites(statement))) if statement.cites else (),
            state=self._states[examination.state],
            badge=document.provenance.badge,
            confidence=statement.confidence,
            evidence="" if brief else evidence(statement, self._which_description(linked, examination)),
            notes=tuple([_FLAGS[flag] for flag in statement.flags if flag in _FLAGS]),
            due=f"due {statement.due.text}" if statement.due else "",
            correction=statement.correction or "",
            wording=whose,
            recalled=statement.embedded,
            footnotes=tuple([(note.label, note.text) for note in statement.notes]),
            rests=self.rests(document.provenance, statement.text) if document.provenance.after else None,
            inside=() if brief else tuple(self.statement(inner) for _, inner in self._inside(linked)),
        )

    def rests(self, provenance: Provenance, text: str = "") -> Cite | None:
        """The document of the United Nations that a digest rests on, with the paragraphs that a sentence names."""
        if provenance.after is None:
            return None
        symbol = provenance.after.symbol
        said = ", ".join(filter(None, (symbol, rests_on(text))))
        return Cite(said, url=provenance.after.url or self.vocabulary.symbols.link(symbol))

    def _parts(self, linked: LinkedStatement, document: ReadDocument) -> tuple[Part, ...]:
        """The words, with those of another voice marked inside them."""
        text = linked.statement.text
        parts, at = [], 0
        for start, inner in self.corpus.linked[linked.path].inside.get(linked.id, ()):
            told, speaker = inner.statement, speaker_label(inner.statement.speaker, document.provenance)
            own = inner.id if self.place(inner) == self.place(linked) else ""
            parts.append(Part(text[at:start]))
            label = f"{KIND_LABELS[told.kind][0]}, {speaker}"
            parts.append(Part(told.text, told.kind, VOICES[told.speaker], label, own))
            at = start + len(told.text)
        return tuple(part for part in (*parts, Part(text[at:])) if part.text)

    def _inside(self, linked: LinkedStatement) -> Iterator[tuple[int, LinkedStatement]]:
        """What is told inside a statement on the same page: it has its place there, and no card of its own."""
        told = self.corpus.linked[linked.path].inside.get(linked.id, ())
        return (one for one in told if self.place(one[1]) == self.place(linked))

    @cached_property
    def stand_inside(self) -> frozenset[str]:
        """Ids of statements whose place is inside the sentence of another."""
        return frozenset(
            inner.id
            for document in self.corpus.linked.values()
            for id_ in document.inside
            for _, inner in self._inside(self.corpus.by_id[id_])
        )

    def who(self, linked: LinkedStatement) -> str:
        """Whose words it is, and how that is known where the sentence does not say it."""
        return _who(linked.statement, self.document(linked).provenance)

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
        if not linked.statement.speaker_name:
            return ()
        people = {
            fact.name: self.person(examination, role, fact) for role, fact in examination.told if role in PUBLIC_ROLES
        }
        return tuple(people.get(name, Link(name, "")) for name in _names(linked.statement))

    def cited(self, examination: PublishedExamination, document: ReadDocument) -> Citation:
        """How a document of an examination is cited."""
        path = document.document.source.path
        key = (examination.key, path)
        if key not in self._cited:
            address = self.source_address(examination, document)
            facts, provenance = document.examination, document.provenance
            family = self.vocabulary.families.get(document.document.family or "")
            title = document.document.title.text if document.document.title else ""
            own, body = "", ""
            if provenance.kind == "un-report" and family and family.mechanism:
                # What stands over its text is torn by layout; reports of one family have one name.
                title = f"{family.name}: {self.vocabulary.states[examination.state].short}"
                body = self.body(examination).name
                own = facts.symbol.value if facts.symbol and facts.symbol.status != "inferred" else ""
            keys = tuple(one.key for one in document.examinations if one.key and one.key in self.corpus.examinations)
            self._cited[key] = cite_document(
                address.removeprefix("countries/").strip("/").replace("/", "-"),
                provenance,
                title=title,
                described=self._description(document, examination, keys or (examination.key,)),
                kind=DOCUMENT_WORDS.get(provenance.kind, "document"),
                part=body,
                # A summary bears the day of the examination, a report days that are not its own.
                day=facts.date.value if facts.date and provenance.kind == "summary" else "",
                symbol=own,
                url=f"{self.site_url}{address}" if self.site_url else "",
                lang=document.document.lang,
            )
        return self._cited[key]

    def cited_statement(self, linked: LinkedStatement) -> Citation:
        """How a statement is cited: as its document, with whose words they are."""
        statement, examination, document = linked.statement, self.corpus.examination_of(linked), self.document(linked)
        provenance = document.provenance
        names = [self._states[code].text for code in _speaking(statement)] or _names(statement)
        who = _with_names(_who(statement, provenance), names)
        said = CLAIMS[wording(statement.text, document)].cited.format(words=statement.text)
        return cite_statement(
            self.cited(examination, document),
            linked.id,
            says=f"{said} – {_kind_label(statement)}, {who}",
            described=self._description(document, examination, linked.examinations),
            locator=", ".join(filter(None, [_number(statement), _lines(statement)])),
            url=self.written(self.permalink(linked)) if self.site_url else "",
            paraphrased=wording_of(provenance.kind) is Wording.PARAPHRASED,
        )

    def descriptions(self, examination: PublishedExamination, document: ReadDocument) -> tuple[str, ...]:
        """How the citations of a document's statements describe it: one description, or more where it covers several
        treaties and not all of what it says is of all of them."""
        return tuple(self._descriptions(examination, document).values())

    def _descriptions(self, examination: PublishedExamination, document: ReadDocument) -> Mapping[tuple[str, ...], str]:
        key = (examination.key, document.document.source.path)
        if key not in self._described_as:
            cited = self.cited(examination, document)
            of = dict.fromkeys(one.examinations for one in examination.statements if one.path == key[1])
            whole = wording_of(document.provenance.kind) is Wording.PARAPHRASED and cited.number
            self._described_as[key] = {
                keys: cited.described if whole else self._description(document, examination, keys) for keys in of
            }
        return self._described_as[key]

    def _which_description(self, linked: LinkedStatement, examination: PublishedExamination) -> int:
        return list(self._descriptions(examination, self.document(linked))).index(linked.examinations)

    def _description(self, document: ReadDocument, examination: PublishedExamination, keys: tuple[str, ...]) -> str:
        """What kind of document it is, and of what: of all examinations (`keys`) that it, or its statement, is of."""
        which = (document.document.source.path, keys)
        if which not in self._described:
            facts, state = examination.facts, self.vocabulary.states[examination.state].short
            when = f"examined {facts.date.name}" if facts.date else "day not recorded"
            frames = " and ".join(self.frame(self.corpus.examinations[key]) for key in keys)
            under = f"under the {frames}," if examination.treaty else "in the"
            what = DOCUMENT_WORDS.get(document.provenance.kind, "document")
            session = self.session(examination).text
            self._described[which] = f"{what} of the examination of {state} {under} {session}, {when}"
        return self._described[which]

    def theme(self, theme: str) -> Link:
        """The page of a theme; the name alone where it has none."""
        return self._themes[theme]

    @cached_property
    def _themes(self) -> Mapping[str, Link]:
        told = set().union(*(one.on_theme for one in self.corpus.linked.values()))
        themes = self.vocabulary.themes.values()
        return {one.id: Link(one.label, f"themes/{one.id}/" if one.id in told else "") for one in themes}

    def said_of(self, code: str, theme: str) -> Link:
        """Where a theme's pages show what was said of a State."""
        state = self.vocabulary.states[code]
        return Link(state.short, self.by_theme.address(theme, code) or self._themes[theme].address, state.slug)

    def state(self, code: str) -> Link:
        """The page of a State; the name alone where no examination of it is here."""
        return self._states[code]

    def body(self, examination: PublishedExamination) -> Body:
        """Who examines: a treaty body or the mechanism of another body."""
        id_ = examination.facts.sitting
        return self.vocabulary.bodies.get(id_) or Body(id_, id_, id_)

    def frame(self, examination: PublishedExamination) -> str:
        """What it is held under, in words that fit a list: a treaty's abbreviation, a mechanism's name."""
        return examination.treaty or self.body(examination).short

    def session(self, examination: PublishedExamination) -> Link:
        """The page of a session."""
        key = examination.session_key
        if key not in self._sessions:
            self._sessions[key] = self._session(self.corpus.by_session[key][0])
        return self._sessions[key]

    def _session(self, examination: PublishedExamination) -> Link:
        body, number = examination.session_key
        name = examination.facts.session.name if examination.facts.session else ""
        joint = " " if examination.treaty else ", "
        return Link(f"{self.body(examination).short}{joint}{name}", f"sessions/{body.lower()}-{number}/")

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[PublishedExamination | None, PublishedExamination | None]]:
        """By key, the examinations of the same session before and after one, in the order of States' names."""
        found = {}
        for held in self.corpus.by_session.values():
            row = sorted(held, key=lambda e: (self.vocabulary.states[e.state].short, e.key))
            around = zip([None, *row], row, [*row[1:], None], strict=False)
            found.update({one.key: (before, after) for before, one, after in around})
        return found

    def treaty(self, treaty: str) -> Link:
        """The page of a treaty."""
        return Link(self.vocabulary.treaties.by_id[treaty].short, f"treaties/{treaty.lower()}/")

    @cached_property
    def _people_at(self) -> Mapping[tuple[str, str], str]:
        return _addresses_of_people(self.corpus)

    def person(self, examination: PublishedExamination, role: str, fact: Fact) -> Link:
        """The page of a person in a public role."""
        return Link(fact.name, self._people_at[_person(examination, role, fact)])

    def examination(self, examination: PublishedExamination) -> Link:
        """The page of an examination, named by treaty or mechanism and session."""
        if examination.key not in self._examinations:
            self._examinations[examination.key] = self._named(examination)
        return self._examinations[examination.key]

    def _named(self, examination: PublishedExamination) -> Link:
        name = examination.facts.session.name if examination.facts.session else ""
        when = f"examined {examination.facts.date.name}" if examination.facts.date else "day not recorded"
        return Link(f"{self.frame(examination)}, {name}", examination.address, note=when)

    def source_address(self, examination: PublishedExamination, document: ReadDocument) -> str:
        """Where the source text is shown: one page, or one for each of several documents."""
        if examination.key not in self._sources_at:
            self._sources_at[examination.key] = dict(_addresses_of_sources(examination))
        return self._sources_at[examination.key][document.document.source.path]

    def source_sheets(self, examination: PublishedExamination, document: ReadDocument) -> list[Sheet[int]]:
        """The numbers of a source's lines, cut into the pages that show them."""
        return self._source(examination, document)[0]

    def line(
        self, examination: PublishedExamination, document: ReadDocument, line: int, text: str, anchor: str
    ) -> Link:
        """A place in the source as shown: the page that holds the line."""
        cut_up, firsts = self._source(examination, document)
        return Link(text, cut_up[max(0, bisect_right(firsts, line) - 1)].address, anchor)

    def _source(self, examination: PublishedExamination, document: ReadDocument) -> tuple[list[Sheet[int]], list[int]]:
        """The pages of a source, and the first line of each."""
        key = (examination.key, document.document.source.path)
        if key not in self._source_sheets:
            base = self.source_address(examination, document)
            cut_up = _source_sheets(examination, document, base, self.items * _SOURCE)
            firsts = [group.items[0] for sheet in cut_up for group in sheet.groups]
            self._source_sheets[key] = (cut_up, firsts)
        return self._source_sheets[key]

    def origin(self, examination: PublishedExamination, fact: Fact) -> Link:
        """The line that says a fact, as far as the source's terms let it be shown."""
        document = examination.documents[0]
        if not fact.spans:
            return Link("corrected", self.source_address(examination, document))
        line = fact.spans[0].line
        shown = document.excerpts is None or line in document.excerpts
        return self.line(examination, document, line, f"line {line}", f"L{line}" if shown else "")

    def tallies_of(self, examination: PublishedExamination) -> tuple[Tally, ...]:
        """Counts of an examination: several pages show them."""
        if examination.key not in self._tallies:
            self._tallies[examination.key] = self.tallies(examination.statements)
        return self._tallies[examination.key]

    def tallies(self, linked: Iterable[LinkedStatement]) -> tuple[Tally, ...]:
        """Counts by kind of what stands in the indexes, in the order of kinds."""
        indexed = self.corpus.is_indexed
        counts = Counter([one.statement.kind for one in linked if indexed(one)])
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


_SOURCE = 320  # characters of a source that count as an item
_LINE_END = 40  # a line counts as so many characters more, be it empty: it has a number


def _source_sheets(examination: PublishedExamination, document: ReadDocument, base: str, room: int) -> list[Sheet[int]]:
    """Every line that the source's terms let us show, on pages of so many characters, whole lines each."""
    source = document.document.source
    lines = [n for block in document.document.blocks for n in range(block.first, block.last + 1)]
    if document.excerpts is not None:
        marked = {s.line for one in examination.statements if one.path == source.path for s in one.statement.spans}
        lines = [n for n in lines if n in document.excerpts and n in marked]
    lengths = {n: len(source.line(n)) + _LINE_END for n in lines}

    def label(groups: tuple[Group[int], ...]) -> str:
        return f"lines {groups[0].items[0]}–{groups[0].items[-1]}"

    return sheets(base, [Group("", tuple(lines))] if lines else [], lengths.__getitem__, room, label)


def _addresses_of_people(corpus: Corpus) -> dict[tuple[str, str], str]:
    """Pages of people: of Committee members by name, of heads of delegation by name and State.

    Heads of two States' delegations are two people, and a head is no member, whatever they are called.
    """
    by_name: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for examination in corpus.examinations.values():
        for role, fact in examination.told:
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


def _lines(statement: Statement) -> str:
    """Where it stands in its source."""
    first, last = statement.line, statement.spans[-1].line
    return f"line {first}" if first == last else f"lines {first}–{last}"


def _number(statement: Statement) -> str:
    """The document's own number: of a recommendation in its list, else of the paragraph."""
    if statement.listed or not statement.number:
        return statement.number or ""
    return f"para. {statement.number}"


def _who(statement: Statement, provenance: Provenance) -> str:
    who = speaker_label(statement.speaker, provenance)
    if statement.listed:  # the list names who made it
        return who
    if statement.attribution is Attribution.PASSIVE:
        return f"{who}, not named in the sentence"
    if statement.attribution is Attribution.CARRIED:
        return f"{who}, continued"
    return who


def _speaking(statement: Statement) -> tuple[str, ...]:
    """The codes of the States that say it: of a listed recommendation, all that made it."""
    if statement.listed:
        return statement.recommending_states
    return statement.speaker_states or statement.recommending_states


def _names(statement: Statement) -> list[str]:
    """The people its speaker's name names."""
    return [name for name in (statement.speaker_name or "").split(" and ") if name]


def _with_names(speaker: str, names: Sequence[str]) -> str:
    return f"{speaker}: {listed_names(names)}" if names else speaker


def listed_names(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def speaker_label(speaker: Speaker, provenance: Provenance) -> str:
    """Who speaks, in words; the author by name, and never as the body that examined."""
    if speaker is not Speaker.AUTHOR:
        return SPEAKERS[speaker]
    if provenance.kind == "un-report":
        return "The report itself"
    # A digest is of any body's document, and a review of States knows no Committee.
    ours = wording_of(provenance.kind) is Wording.PARAPHRASED
    body = "the United Nations" if ours else "the Committee"
    return f"{provenance.publisher}, not {body}"
