"""The thesaurus: themes, the clusters they stand in, and groups of people; which words speak of which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.vocabulary.folding import fold
from generator.vocabulary.lexicon import Lexicon
from generator.vocabulary.registers import Treaties
from generator.vocabulary.sought import Sought


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of themes. `body` is whose reporting guidelines it follows, empty for rights of everybody.

    `people` is the theme of those the body is there for: where another body examines, the themes of this cluster are
    meant only in sentences that speak of them.
    """

    id: str
    label: str
    articles: str
    body: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: preferred labels, a definition, articles, and the terms that speak of it, by language.

    `broader` is the theme it is a part of. `everyone` says that its terms mean it whichever body examines, `alone`
    that they do so only where no other theme speaks.
    """

    id: str
    labels: Mapping[str, str]
    definition: str
    cluster: str
    articles: Mapping[str, tuple[str, ...]]
    sdg: tuple[str, ...]
    uhri: str
    headings: frozenset[str]
    terms: Mapping[str, re.Pattern[str]]
    vetoes: Sought | None
    complete: bool
    broader: str = ""
    everyone: bool = False
    alone: bool = False

    @property
    def label(self) -> str:
        """The preferred label in English."""
        return self.labels["en"]


@dataclass(frozen=True, slots=True)
class Group:
    """People a statement is about, when narrower than "children"."""

    id: str
    labels: Mapping[str, str]
    terms: Mapping[str, re.Pattern[str]]

    @property
    def label(self) -> str:
        """The preferred label in English."""
        return self.labels["en"]


def load_clusters(entries: Iterable[Node]) -> dict[str, Cluster]:
    """Clusters by id, in their order."""
    found = {}
    for entry in entries:
        entry.mapping("id label articles body people")
        cluster = Cluster(
            id=entry.need("id").text(),
            label=entry.need("label").text(),
            articles=entry.get("articles").value or "",
            body=entry.get("body").value or "",
            people=entry.get("people").value or "",
        )
        found[cluster.id] = cluster
    return found


def load_themes(entries: Iterable[Node], clusters: Mapping[str, Cluster]) -> dict[str, Theme]:
    """Themes by id, in their order; a cluster or broader theme that is not there is an error at its place."""
    found = {}
    broader: list[Node] = []
    for entry in entries:
        entry.mapping("id label definition cluster broader everyone alone articles sdg uhri headings cues not complete")
        cluster = entry.need("cluster")
        if cluster.text() not in clusters:
            raise cluster.fail(f"no cluster {cluster.text()!r}", f"known: {', '.join(clusters)}")
        theme = Theme(
            id=entry.need("id").text(),
            labels={lang: node.text() for lang, node in entry.need("label").mapping().items()},
            definition=entry.need("definition").text(),
            cluster=cluster.text(),
            articles={treaty: node.texts() for treaty, node in entry.get("articles").mapping().items()},
            sdg=entry.get("sdg").texts(),
            uhri=entry.get("uhri").value or "",
            headings=frozenset(fold(heading) for heading in entry.get("headings").texts()),
            terms=_terms(entry.get("cues")),
            vetoes=Sought(vetoes) if (vetoes := _compiled(entry.get("not"))) else None,
            complete=entry.get("complete").flag(absent=False),
            broader=entry.get("broader").optional() or "",
            everyone=entry.get("everyone").flag(absent=False),
            alone=entry.get("alone").flag(absent=False),
        )
        found[theme.id] = theme
        broader += [entry.get("broader")] if theme.broader else []
    for node in broader:
        _known(node, found)
    return found


def load_groups(entries: Iterable[Node]) -> dict[str, Group]:
    """Groups by id, in their order."""
    found = {}
    for entry in entries:
        entry.mapping("id label cues uhri")
        labels = {lang: node.text() for lang, node in entry.need("label").mapping().items()}
        group = Group(entry.need("id").text(), labels, _terms(entry.get("cues")))
        found[group.id] = group
    return found


def subject_lexicon(lang: str, themes: Iterable[Theme], groups: Iterable[Group]) -> Lexicon[Theme | Group]:
    """The terms of all themes and groups in one language, for one scan."""
    entries: tuple[Theme | Group, ...] = (*themes, *groups)
    return Lexicon((entry, entry.terms[lang]) for entry in entries if lang in entry.terms)


def load_instruments(entries: Iterable[Node], themes: Mapping[str, Theme]) -> Lexicon[tuple[str, ...]]:
    """Names of instruments and committees with the ids of the themes they carry."""
    found = []
    for entry in entries:
        entry.mapping("id themes titles short")
        carried = tuple(_known(node, themes) for node in entry.need("themes").items())
        found += [(carried, node.pattern(re.IGNORECASE)) for node in entry.get("titles").items()]
        found += [(carried, node.pattern()) for node in entry.get("short").items()]
    return Lexicon(found)


_SHORT_TITLE = 45  # characters: "the Protocol" hides no theme, the whole title does


def load_names(root: Node, treaties: Treaties) -> Lexicon[int]:
    """Names that are blanked before terms are looked for, each with the length from which it is."""
    names = [(0, node.pattern()) for node in root.get("names").items()]
    titles = [(_SHORT_TITLE, pattern) for treaty in treaties.by_id.values() for pattern in treaty.patterns]
    cut = [(0, pattern) for pattern in treaties.cut_patterns]
    return Lexicon([*names, *titles, *cut])


def _terms(cues: Node) -> dict[str, re.Pattern[str]]:
    found = {lang: _compiled(node) for lang, node in cues.mapping().items()}
    return {lang: pattern for lang, pattern in found.items() if pattern}


def _compiled(terms: Node) -> re.Pattern[str] | None:
    """One pattern for a list of terms, matched at word starts."""
    if not terms.value:
        return None
    try:
        return re.compile(r"(?<!\w)(?:" + "|".join(terms.texts()) + ")", re.IGNORECASE)
    except re.error:
        for term in terms.items():
            term.pattern()  # which of them it is
        raise


def _known(node: Node, themes: Mapping[str, Theme]) -> str:
    if node.text() not in themes:
        raise node.fail(f"no theme {node.text()!r}")
    return node.text()
