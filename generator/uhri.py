"""Recommendations for those who work with the Universal Human Rights Index: its column names beside ours.

Takes a built site and the vocabulary it was made with. Gives a table. Names are spelled as in the Index's own export to
spreadsheets, errors included; a column is here only where something is known for it, and values are ours
(`docs/data-contract.md` says what of this is known from where).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.contract import SOURCE_KINDS, Field
from generator.exports.tables import heading, lines
from generator.model import Speaker
from generator.pages.views import POSITIONS
from generator.published import PublishedError, data_files, records
from generator.registry import address_of
from generator.vocabulary import Vocabulary
from generator.vocabulary.families import RESPONSES

_INDEX = "recommendations/index.csv"
_EXAMINATIONS = "data/examinations.json"
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


@dataclass(frozen=True, slots=True)
class _Examination:
    """What the columns tell of an examination: by the path of its documents their symbols, by id where a page else
    than the examination's own holds a statement."""

    mechanism: str | None
    state: str
    symbols: dict[str, str | None]
    places: Mapping[str, str]


def recommendations(site: Path, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The heading, then a line for each recommendation that the site's index of recommendations holds.

    Raises PublishedError for a site without these, or of version 1, which has the table itself.
    """
    # A site of which nothing was recommended has no such index.
    indexed = _indexed(site / _INDEX) if (site / _INDEX).is_file() or not (site / _EXAMINATIONS).is_file() else ()
    order = {id_: place for place, id_ in enumerate(indexed)}
    held = (one for file in data_files(site) for one in records(file) if one["id"] in order)
    examinations = _examinations(site)
    yield heading([one.name for one in COLUMNS])
    yield from lines(
        _row(one, examinations[one["examination"]], vocabulary)
        for one in sorted(held, key=lambda one: order[one["id"]])
    )


def _indexed(table: Path) -> list[str]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as rows:
            return [row["id"] for row in csv.DictReader(rows)]
    except (OSError, KeyError) as error:
        raise PublishedError(f"{table} cannot be read as the index of recommendations: {error}") from None


def _examinations(site: Path) -> dict[str, _Examination]:
    file = site / _EXAMINATIONS
    found: dict[str, _Examination] = {}
    try:
        for record in json.loads(file.read_text(encoding="utf-8")):
            key, facts = record["examination"], record["facts"]
            if key not in found:
                told = json.loads((site / address_of(key) / "index.json").read_text(encoding="utf-8"))
                places = {id_: page["address"] for page in told["pages"] for id_ in page["statements"]}
                name = facts["state"]["name"]
                found[key] = _Examination(record["mechanism"] or record["body"], name, {}, places)
            found[key].symbols[record["path"]] = facts["symbol"]["value"] if "symbol" in facts else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishedError(f"{file} cannot be read as the examinations of the site: {error!r}") from None
    return found


def _row(record: Mapping[str, Any], examination: _Examination, vocabulary: Vocabulary) -> tuple[object, ...]:
    themes, response = vocabulary.themes, record["response"]
    known = [themes[theme].uhri for theme in record["themes"] if theme in themes]
    return (
        examination.state,
        examination.mechanism,
        examination.symbols.get(record["source"]["path"]),
        record["text"],
        "Recommendations",
        [one for one in known if one],
        record["session"] if examination.mechanism == "UPR" else None,
        [vocabulary.states[code].short for code in record["recommending_states"]],
        POSITIONS[response][0] if response not in (None, "pending") else None,
        record["id"],
        record["examination"],
        record["state"],
        record["date"],
        record["speaker"],
        record["number"],
        record["listed"],
        list(record["recommending_states"]),
        response,
        list(record["themes"]),
        record["source_kind"],
        f"{examination.places.get(record['id'], address_of(record['examination']))}#{record['id']}",
    )
