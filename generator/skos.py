"""The themes as a thesaurus that other collections can use: a SKOS concept scheme, as JSON-LD and as Turtle.

Takes the vocabulary and the site's own address, where it is known. Gives two files that say the same. A concept is
named by the address of its theme's page; without a public address names are relative to the file. What the vocabulary
does not say is not said: themes have no alternative labels, and none is declared the same as a concept of others (the
labels of the Universal Human Rights Index beside them are indicative).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.linked_data import LICENCE, THEME
from generator.vocabulary import Cluster, Theme, Vocabulary

FILES = ("data/themes.jsonld", "data/themes.ttl")
_TITLE = "Themes of Sessional"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TERMS = "http://purl.org/dc/terms/"

# A value: the name of a thing, or a text with its language ("" where it has none).
_Name = str
_Text = tuple[str, str]
_Triples = dict[_Name, dict[str, list[_Name | _Text]]]


def theme_files(vocabulary: Vocabulary, site_url: str | None) -> Iterator[tuple[str, bytes]]:
    """The scheme in its two forms, by name."""
    told = _scheme(vocabulary, site_url)
    yield FILES[0], _lines(_json_ld(told))
    yield FILES[1], _turtle(told).encode()


def _scheme(vocabulary: Vocabulary, site_url: str | None) -> _Triples:
    """Everything that is said, by the name of what it is said of."""

    def page(address: str, thing: str) -> _Name:
        return f"{site_url}{address}#{thing}" if site_url else f"../{address}index.html#{thing}"

    def concept(theme: str) -> _Name:
        return page(f"themes/{theme}/", THEME)

    def cluster_of(cluster: str) -> _Name:
        return page("themes/", f"cluster-{cluster.lower()}")

    scheme, themes = page("themes/", "themes"), vocabulary.themes
    told: _Triples = {
        scheme: {
            "a": ["skos:ConceptScheme"],
            "dcterms:title": [(_TITLE, "en")],
            "dcterms:license": [LICENCE],
            "skos:hasTopConcept": [concept(one.id) for one in themes.values() if not one.broader],
        }
    }
    for theme in themes.values():
        narrower = [concept(one.id) for one in themes.values() if one.broader == theme.id]
        told[concept(theme.id)] = _concept(theme, scheme, narrower, concept)
    for cluster in vocabulary.clusters.values():
        members = [concept(theme.id) for theme in themes.values() if theme.cluster == cluster.id]
        told[cluster_of(cluster.id)] = _collection(cluster, scheme, members)
    return told


def _concept(
    theme: Theme, scheme: _Name, narrower: list[_Name], concept: Callable[[str], _Name]
) -> dict[str, list[_Name | _Text]]:
    told: dict[str, list[_Name | _Text]] = {
        "a": ["skos:Concept"],
        "skos:inScheme": [scheme],
        "skos:notation": [(theme.id, "")],
        "skos:prefLabel": [(label, lang) for lang, label in theme.labels.items()],
        "skos:scopeNote": [(theme.definition, "en")],
    }
    if theme.broader:
        told["skos:broader"] = [concept(theme.broader)]
    else:
        told["skos:topConceptOf"] = [scheme]
    if narrower:
        told["skos:narrower"] = [*narrower]
    return told


def _collection(cluster: Cluster, scheme: _Name, members: list[_Name]) -> dict[str, list[_Name | _Text]]:
    return {
        "a": ["skos:Collection"],
        "skos:inScheme": [scheme],
        "skos:prefLabel": [(cluster.label, "en")],
        **({"skos:member": [*members]} if members else {}),
    }


# --- JSON-LD ------------------------------------------------------------------------------------------------------


def _lines(told: Mapping[str, Any]) -> bytes:
    """The document, a node a line."""
    context = json.dumps(told["@context"], separators=(",", ":"))
    nodes = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in told["@graph"])
    return f'{{"@context":{context},"@graph":[\n{nodes}\n]}}\n'.encode()


def _json_ld(told: _Triples) -> Mapping[str, Any]:
    nodes: list[dict[str, Any]] = []
    for name, said in told.items():
        node: dict[str, Any] = {"@id": name, "@type": said["a"][0]}
        for term, values in said.items():
            if term != "a":
                node[term] = [_json_value(value) for value in values]
        nodes.append(node)
    return {"@context": {"skos": _SKOS, "dcterms": _TERMS}, "@graph": nodes}


def _json_value(value: _Name | _Text) -> Any:
    if isinstance(value, str):
        return {"@id": value}
    text, lang = value
    return {"@value": text, "@language": lang} if lang else text


# --- Turtle -------------------------------------------------------------------------------------------------------

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _turtle(told: _Triples) -> str:
    lines = [f"@prefix skos: <{_SKOS}> .", f"@prefix dcterms: <{_TERMS}> ."]
    for name, said in told.items():
        of = [f"{term} {', '.join(_turtle_value(value, term) for value in values)}" for term, values in said.items()]
        lines += ["", f"<{name}> " + " ;\n  ".join(of) + " ."]
    return "\n".join(lines) + "\n"


def _turtle_value(value: _Name | _Text, term: str) -> str:
    if isinstance(value, str):
        return value if term == "a" else f"<{value}>"
    text, lang = value
    return f'"{text.translate(_ESCAPED)}"' + (f"@{lang}" if lang else "")
