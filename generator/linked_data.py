"""What a page tells to machines: its facts and quotations in the terms of schema.org, as JSON-LD.

Takes a page with its view, and what writes a link as it must stand there. Gives the text of one JSON object. It says
what the page shows and nothing more: a quotation is attributed to whom the page attributes it, a paraphrase of ours is
a claim and no quotation, and words that a source's terms do not let us show are not in it. Quotations stand on the
page that holds their anchor only. Things are named by the address of their page and a word: `…/opsc-69/#examination`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.model import Speaker
from generator.pages import Link, Page, StatementView
from generator.pages.country import CountryView
from generator.pages.data import DataView
from generator.pages.examination import DocumentView, ExaminationView, FurtherView, SourceView
from generator.pages.indexes import ThemeView
from generator.pages.places import PersonView, SessionView, TreatyView
from generator.wording import Wording, wording_of

Write = Callable[[Link], str]
Node = dict[str, Any]

SITE = "Sessional"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WHAT_THE_LICENCE_COVERS = (
    "The licence covers our metadata only: kinds, speakers, themes, links. The quotations belong to their sources, on "
    "the terms that the register of sources records for each."
)
# What the words of a page's address are, where they stand for a thing that the page is about.
EXAMINATION, SESSION, STATE, PERSON, THEME = "examination", "session", "state", "person", "theme"

_PAGES = {
    "home": "WebPage",
    "examination": "ItemPage",
    "person": "ProfilePage",
    "search": "SearchResultsPage",
    "corrections": "AboutPage",
    "diagnostics": "AboutPage",
    "register": "AboutPage",
    "country": "CollectionPage",
    "data": "WebPage",
    "examination-further": "WebPage",
    "source": "WebPage",
    "brief": "WebPage",
    "hand-written": "WebPage",
}
_TYPES = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "xml": "application/xml",
}
# In a script no text may end it, or begin a comment.
_IN_SCRIPT = {one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def linked_data(page: Page, view: Any, write: Write, hosted: bool) -> str:
    """The JSON-LD of a page, safe to stand in a script. A site whose address is not known offers no search to others.

    `view` is what the page shows; None for a page that was written by hand.
    """
    here = write(Link("", page.address))
    node: Node = {"@context": "https://schema.org", "@type": _PAGES.get(page.template, "CollectionPage"), "@id": here}
    site: Node = {"@type": "WebSite", "@id": write(Link("", "", "site"))}
    node |= {"name": page.title, "inLanguage": "en", "isPartOf": site}
    if page.address:
        node["breadcrumb"] = _breadcrumb(page, write)
    else:
        site |= _site(page, write, hosted)
    if about := _ABOUT.get(page.template):
        node |= about(page, view, write)
    text = _written(node)
    for one, escaped in _IN_SCRIPT.items():
        text = text.replace(one, escaped)
    return text


# --- every page ---------------------------------------------------------------------------------------------------


def _breadcrumb(page: Page, write: Write) -> Node:
    """The way from home; the last step is the page itself."""
    steps: list[Node] = [
        {"@type": "ListItem", "position": number, "name": crumb.text, "item": write(Link("", crumb.address))}
        for number, crumb in enumerate((Link(SITE, ""), *page.crumbs), 1)
    ]
    steps.append({"@type": "ListItem", "position": len(steps) + 1, "name": page.title})
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _site(page: Page, write: Write, hosted: bool) -> Node:
    site: Node = {"name": SITE, "description": page.description, "url": write(Link("", "")), "inLanguage": "en"}
    if hosted:
        site["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{write(Link('', 'search/'))}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return site


def _named(write: Write, link: Link, thing: str, type_: str = "") -> Node:
    """A thing that has a page of its own, where more is said of it; without a page its name alone."""
    at = {"@id": write(Link("", link.address, thing))} if link.address else {}
    return {**({"@type": type_} if type_ else {}), **at, "name": link.text}


def _held(days: str) -> Node:
    """When something was held: a day, or the first and last with a slash between."""
    first, _, last = days.partition("/")
    return {**({"startDate": first} if first else {}), **({"endDate": last or first} if last or first else {})}


# --- examinations -------------------------------------------------------------------------------------------------


def _examination(page: Page, view: ExaminationView, write: Write) -> Node:
    """The examination, the documents that tell of it, and what they say. Where it was held is not recorded."""
    session = _named(write, view.session, SESSION, "Event")
    event: Node = {"@type": "Event", "@id": write(Link("", page.address, EXAMINATION)), "name": page.title}
    event |= _held(view.held)
    event |= {
        "about": _named(write, view.state, STATE),
        "organizer": {"@type": "Organization", "name": view.body},
        "superEvent": session,
        "subjectOf": [_document(page, number, one, write) for number, one in enumerate(view.documents, 1)],
    }
    return {"mainEntity": event, **_said(view.documents, view.state, view.body, page, write)}


def _further(page: Page, view: FurtherView, write: Write) -> Node:
    """More of what the documents of an examination say."""
    about = _named(write, view.examination, EXAMINATION)
    return {"about": about, **_said(view.documents, view.state, view.body, page, write)}


def _document(page: Page, number: int, document: DocumentView, write: Write) -> Node:
    """A document by whoever wrote it; a digest is ours and says on what it is based."""
    told: Node = {"@type": "Report", **_at(number, document, write)}
    told |= {"name": f"{document.word.capitalize()}: {page.title}", "inLanguage": document.lang}
    original: Node = {"identifier": document.symbol} if document.symbol else {}
    original |= {"sameAs": document.url} if document.url else {}
    if wording_of(document.kind) is Wording.PARAPHRASED:
        return {**told, "author": _OURS, **({"isBasedOn": {"@type": "Report", **original}} if original else {})}
    if document.publisher != _UNKNOWN:
        told["author"] = {"@type": "Organization", "name": document.publisher}
    if document.rights != _UNKNOWN:
        told["copyrightHolder"] = {"@type": "Organization", "name": document.rights}
    return {**told, **original}


_UNKNOWN = "not recorded"
_OURS: Node = {"@type": "Project", "name": SITE}


def _at(number: int, document: DocumentView, write: Write) -> Node:
    """A document by a name that is short, for each of its quotations repeats it; and where its text stands."""
    return {"@id": f"_:document-{number}", "url": write(document.source)}


def _said(documents: tuple[DocumentView, ...], state: Link, body: str, page: Page, write: Write) -> Node:
    """Every statement that stands on this page, in the order of the page."""
    speakers = _Speakers()
    here = write(Link("", page.address, "-")).removesuffix("-")
    parts = []
    for number, document in enumerate(documents, 1):
        called = {
            Speaker.COMMITTEE: body,
            Speaker.DELEGATION: f"Delegation of {state.text}",
            Speaker.STATE: state.text,
            Speaker.AUTHOR: document.publisher,
        }
        # On an examination's first page it is told in full.
        inside: Node = {"@type": "Report", **_at(number, document, write)}
        if page.template == "examination":
            inside = {"@id": inside["@id"]}
        for one in _statements(document):
            if one.quoted:
                told: Node = {"@type": "Quotation", "@id": here + one.id, "text": one.text}
                names = [link.text for link in one.states] or [called.get(one.said_by, "")]
                who = [speakers.named(name) for name in names if name and name != _UNKNOWN]
                if who:
                    # The author of a document is not quoted in it: those are its own words.
                    by = "creator" if one.said_by is Speaker.AUTHOR else "spokenByCharacter"
                    told[by] = who if len(who) > 1 else who[0]
                parts.append({**told, "isPartOf": inside})
                inside = {"@id": inside["@id"]}
            elif one.wording is Wording.PARAPHRASED:
                told = {"@type": "Claim", "@id": here + one.id, "text": one.text}
                parts.append({**told, "creator": _OURS, "isPartOf": inside})
                inside = {"@id": inside["@id"]}
    return {"hasPart": parts} if parts else {}


class _Speakers:
    """Those who speak on a page: told in full where they first do, by a number after that."""

    def __init__(self) -> None:
        self._met: dict[str, Node] = {}

    def named(self, name: str) -> Node:
        """Somebody by name."""
        if name in self._met:
            return self._met[name]
        self._met[name] = {"@id": f"_:{len(self._met) + 1}"}
        return {"@type": "Organization", **self._met[name], "name": name}


def _statements(document: DocumentView) -> Iterator[StatementView]:
    for listed in document.listed:
        yield from listed.rows
    for section in document.sections:
        for card in section.cards:
            yield from card.turns


def _source(page: Page, view: SourceView, write: Write) -> Node:
    """The text itself; what is said of it stands on the page of its examination."""
    del page
    return {"about": _named(write, view.examination, EXAMINATION)}


# --- what examinations have in common -----------------------------------------------------------------------------


def _country(page: Page, view: CountryView, write: Write) -> Node:
    # A party that is no State is not called a country; nothing here is an opinion on anybody's status.
    type_ = "AdministrativeArea" if view.status == "other-party" else "Country"
    names = list(dict.fromkeys([view.formal, *(name for _, name in view.names)]))
    return {
        "mainEntity": {
            "@type": type_,
            "@id": write(Link("", page.address, STATE)),
            "name": view.name,
            "alternateName": [name for name in names if name != view.name],
            "identifier": view.code,
            "subjectOf": [_named(write, one.examination, EXAMINATION, "Event") for one in view.examinations],
        }
    }


def _session(page: Page, view: SessionView, write: Write) -> Node:
    event: Node = {"@type": "Event", "@id": write(Link("", page.address, SESSION)), "name": view.name}
    event |= {"startDate": view.first} if view.first else {}
    event |= {"endDate": view.last} if view.last else {}
    event["organizer"] = {"@type": "Organization", "name": view.body}
    event["subEvent"] = [
        {**_named(write, one.examination, EXAMINATION, "Event"), "name": f"{one.state.text}: {one.examination.text}"}
        for one in view.examinations
    ]
    return {"mainEntity": event}


def _person(page: Page, view: PersonView, write: Write) -> Node:
    """Public roles, as documents name them, and nothing else of a person."""
    return {
        "mainEntity": {
            "@type": "Person",
            "@id": write(Link("", page.address, PERSON)),
            "name": view.name,
            "jobTitle": list(dict.fromkeys(one.role for one in view.roles)),
            "performerIn": [
                {**_named(write, one.examination, EXAMINATION), "name": f"{one.state.text}: {one.examination.text}"}
                for one in view.roles
            ],
        }
    }


def _theme(page: Page, view: ThemeView, write: Write) -> Node:
    del page
    first = Link(view.label, f"themes/{view.id}/")
    return {
        "about": {
            **_named(write, first, THEME, "DefinedTerm"),
            "description": view.definition,
            "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": write(Link("", "themes/", "themes"))},
        }
    }


def _treaty(page: Page, view: TreatyView, write: Write) -> Node:
    treaty = {"@type": "Legislation", "@id": write(Link("", page.address, "treaty")), "name": view.title}
    return {"about": {**treaty, "alternateName": [view.short, view.id]}}


def _data(page: Page, view: DataView, write: Write) -> Node:
    """The collection as data, on what terms, and its files; their checksums are one of these."""
    return {
        "mainEntity": {
            "@type": "Dataset",
            "@id": write(Link("", page.address, "data")),
            "name": f"{SITE}: statements and examinations",
            "description": f"{view.statements} statements from documents on {view.examinations} examinations of States "
            "on human rights: what was said, by whom, with its place in the source.",
            "inLanguage": "en",
            "creator": _OURS,
            "license": {"@type": "CreativeWork", "name": "CC BY 4.0, for our metadata only", "url": LICENCE},
            "usageInfo": write(Link("", page.address, "licence")),
            "copyrightNotice": WHAT_THE_LICENCE_COVERS,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": write(file.link),
                    "name": file.link.text,
                    "encodingFormat": _TYPES.get(file.link.address.rpartition(".")[2], "text/plain"),
                    "description": file.says,
                }
                for file in (*view.files, *view.about)
            ],
        }
    }


_ABOUT: Mapping[str, Callable[[Page, Any, Write], Node]] = {
    "examination": _examination,
    "examination-further": _further,
    "source": _source,
    "country": _country,
    "session": _session,
    "person": _person,
    "theme": _theme,
    "treaty": _treaty,
    "data": _data,
}
