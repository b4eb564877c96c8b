"""What a page tells to machines: what it is and what it is about, in the terms of schema.org, as JSON-LD.

Takes a page with its view, and what writes a link as it must stand there. Gives the text of one JSON object. It names
the documents, the examination and those who took part, and the file that holds the statements; no sentence of a
document is in it, since the page has each once already. Things are named by the address of their page and a word:
`…/opsc-69/#examination`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from generator.pages import Link, Page
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
    node: Node = {"@context": "https://schema.org", "@type": _PAGES.get(page.template, "CollectionPage")}
    node |= {"@id": write(Link("", page.address)), "name": page.title, "inLanguage": "en"}
    # The way from home, step by step: each page says what it is part of.
    node["isPartOf"] = {"@id": write(Link("", page.crumbs[-1].address) if page.crumbs else Link("", "", "site"))}
    if not page.address:
        node["isPartOf"] |= _site(page, write, hosted)
    if about := _ABOUT.get(page.template):
        node |= about(page, view, write)
    text = _written(node)
    for one, escaped in _IN_SCRIPT.items():
        text = text.replace(one, escaped)
    return text


# --- every page ---------------------------------------------------------------------------------------------------


def _site(page: Page, write: Write, hosted: bool) -> Node:
    site: Node = {
        "@type": "WebSite",
        "name": SITE,
        "description": page.description,
        "url": write(Link("", "")),
        "inLanguage": "en",
    }
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
    return {**({"startDate": first} if first else {}), **({"endDate": last} if last else {})}


# --- examinations -------------------------------------------------------------------------------------------------


def _examination(page: Page, view: ExaminationView, write: Write) -> Node:
    """The examination, who held it and who was examined, and its documents. Where it was held is not recorded."""
    event: Node = {"@type": "Event", "@id": write(Link("", page.address, EXAMINATION)), "name": page.title}
    event |= _held(view.held)
    event |= {
        "about": _at(write, view.state, STATE),
        "organizer": _organisation(view.body),
        **({"performer": _organisation(f"Delegation of {view.state.text}")} if _answered(view) else {}),
        "superEvent": _at(write, view.session, SESSION),
        "subjectOf": [_document(one, write) for one in view.documents],
    }
    data = next((file for file in page.files if file.address.endswith(".json")), None)
    return {
        "mainEntity": event,
        **({"encoding": {"@type": "DataDownload", "contentUrl": write(data)}} if data else {}),
    }


def _answered(view: ExaminationView) -> bool:
    """Whether its documents tell of a delegation, or of anything that it said."""
    return bool(view.delegation) or any(one.kind in ("reply", "commitment") for one in view.tallies)


def _organisation(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def _at(write: Write, link: Link, thing: str) -> Node:
    """A thing by its name alone; what it is, its own page tells."""
    return {"@id": write(Link("", link.address, thing))} if link.address else {"@type": "Thing", "name": link.text}


def _further(page: Page, view: FurtherView, write: Write) -> Node:
    """More of what the documents of an examination say."""
    del page
    return {"about": _at(write, view.examination, EXAMINATION)}


def _document(document: DocumentView, write: Write) -> Node:
    """A document by whoever wrote it; a digest is ours and says on what it is based."""
    told: Node = {"@type": "Report", "name": document.word.capitalize(), "url": write(document.source)}
    told |= {} if document.lang == "en" else {"inLanguage": document.lang}
    original: Node = {"identifier": document.symbol} if document.symbol else {}
    original |= {"sameAs": document.url} if document.url else {}
    if wording_of(document.kind) is Wording.PARAPHRASED:
        return {**told, "author": _OURS, **({"isBasedOn": {"@type": "Report", **original}} if original else {})}
    if document.publisher != _UNKNOWN:
        told["author"] = _organisation(document.publisher)
    if document.rights not in (_UNKNOWN, document.publisher):
        told["copyrightHolder"] = _organisation(document.rights)
    return {**told, **original}


_UNKNOWN = "not recorded"
_OURS: Node = {"@type": "Project", "name": SITE}


def _source(page: Page, view: SourceView, write: Write) -> Node:
    """The text itself; what is said of it stands on the page of its examination."""
    del page
    return {"about": _at(write, view.examination, EXAMINATION)}


# --- what examinations have in common -----------------------------------------------------------------------------


def _country(page: Page, view: CountryView, write: Write) -> Node:
    # A party that is no State is not called a country; nothing here is an opinion on anybody's status.
    type_ = "AdministrativeArea" if view.status == "other-party" else "Country"
    state: Node = {"@type": type_, "@id": write(Link("", page.address, STATE)), "name": view.name}
    formal = {"alternateName": view.formal} if view.formal not in ("", view.name) else {}
    return {"mainEntity": {**state, **formal, "identifier": view.code}}


def _session(page: Page, view: SessionView, write: Write) -> Node:
    event: Node = {"@type": "Event", "@id": write(Link("", page.address, SESSION)), "name": view.name}
    event |= {"startDate": view.first} if view.first else {}
    event |= {"endDate": view.last} if view.last else {}
    event["organizer"] = _organisation(view.body)
    return {"mainEntity": event}


def _person(page: Page, view: PersonView, write: Write) -> Node:
    """Public roles, as documents name them, and nothing else of a person."""
    return {
        "mainEntity": {
            "@type": "Person",
            "@id": write(Link("", page.address, PERSON)),
            "name": view.name,
            "jobTitle": list(dict.fromkeys(one.role for one in view.roles)),
        }
    }


def _theme(page: Page, view: ThemeView, write: Write) -> Node:
    del page
    first = Link(view.label, f"themes/{view.id}/")
    return {
        "about": {
            **_named(write, first, THEME, "DefinedTerm"),
            "inDefinedTermSet": {"@id": write(Link("", "themes/", "themes"))},
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
