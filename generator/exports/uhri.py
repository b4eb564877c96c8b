"""Recommendations for those who work with the Universal Human Rights Index: its column names beside ours.

Takes `Views`. Gives a table. Names are spelled as in the Index's own export to spreadsheets, errors included; a column
is here only where something is known for it, and values are ours (`docs/data-contract.md` says what of this is known
from where).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.contract import SOURCE_KINDS, Field
from generator.corpus import LinkedStatement
from generator.exports.tables import heading, lines
from generator.model import Kind, Speaker
from generator.pages.views import POSITIONS, Views
from generator.rights import words
from generator.vocabulary.families import RESPONSES

_TEXT = {"type": "string"}
_OR_NULL = {"type": ["string", "null"]}
COLUMNS = (
    Field("Countries Concerned", _TEXT, "the State examined, by the name used here"),
    Field("Reccomending Body", _TEXT, "UPR, or the committee’s abbreviation"),
    Field("Document Symbol", _OR_NULL, "the United Nations’ symbol of the document, where it is printed in it"),
    Field("Text", _OR_NULL, "the source’s words; empty where its terms do not let us show them"),
    Field("Type", _TEXT, "“Recommendations”: there are no others in this file"),
    Field("Themes", _OR_NULL, "our themes, by the Index’s name of each; those without one are left out; by “;”"),
    Field("UPR Session", _OR_NULL, "number of the session of the Working Group"),
    Field("UPR Reccomending States", _OR_NULL, "the States that recommend it, by the names used here; by “;”"),
    Field("UPR Position", _OR_NULL, "the State’s position as that document gives it, in our words; empty where none"),
    Field("id", _TEXT, "stable id"),
    Field("examination", _TEXT, "the examination it is counted under"),
    Field("state", _TEXT, "code of the State examined"),
    Field("date", _OR_NULL, "day of the examination"),
    Field("speaker", {"type": "string", "enum": [str(one) for one in Speaker]}, "whose words"),
    Field("number", _OR_NULL, "the document’s own number of the paragraph or item"),
    Field("listed", {"type": "boolean"}, "whether the document’s conclusions list it"),
    Field("recommending_states", _OR_NULL, "codes of the States that recommend it; by “;”"),
    Field("response", {"type": ["string", "null"], "enum": [*RESPONSES, None]}, "the position, as in the contract"),
    Field("theme_ids", _OR_NULL, "ids of all our themes; by “;”"),
    Field("source_kind", {"type": ["string", "null"], "enum": [*SOURCE_KINDS, None]}, "what kind of source it is"),
    Field("permalink", _TEXT, "its place on this site, from the root"),
)


def recommendations(views: Views) -> Iterator[bytes]:
    """A line for each recommendation that the index of recommendations holds."""
    held = views.corpus.indexed(Kind.RECOMMENDATION)
    yield heading([one.name for one in COLUMNS])
    yield from lines(_row(views, one) for one in held)


def _row(views: Views, linked: LinkedStatement) -> tuple[object, ...]:
    statement, document = linked.statement, views.document(linked)
    examination = views.corpus.examination_of(linked)
    facts, themes = examination.facts, views.vocabulary.themes
    return (
        views.state(examination.state).text,
        facts.mechanism or facts.body,
        document.examination.symbol.value if document.examination.symbol else None,
        words(statement.text),
        "Recommendations",
        [themes[theme].uhri for theme in statement.themes if themes[theme].uhri],
        examination.session if facts.mechanism == "UPR" else None,
        [views.state(code).text for code in statement.recommending_states],
        POSITIONS[statement.response][0] if statement.response not in (None, "pending") else None,
        linked.id,
        examination.key,
        examination.state,
        facts.date.value if facts.date else None,
        statement.speaker,
        statement.number,
        statement.listed,
        list(statement.recommending_states),
        statement.response,
        list(statement.themes),
        document.provenance.kind or None,
        views.written(views.permalink(linked)),
    )
