"""The data contract, version 2: each field of a statement and each file of `data/`, in one place.

Takes the closed lists of `model`. Gives fields with their types and meaning: JSON Schemas, the schema of the table, the
page about the data and the test of `docs/data-contract.md` follow from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model import Attribution, Confidence, Kind, Speaker
from generator.vocabulary.families import RESPONSES

VERSION = "2.1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# What may be reused, and what may not: the one sentence of the site, of its data and of their schemas.
TERMS = (
    "Our metadata may be reused under CC BY 4.0. This licence does not cover the quotations: "
    "they belong to their sources."
)
DEFUSED = (
    "Lists are joined by “;”, null is empty, each row is one line. A cell that begins with =, +, -, @, a tab or a "
    "carriage return has an apostrophe put before it, so that no spreadsheet runs it; take it off for exact "
    "quotations, or use the JSON."
)
SOURCE_KINDS = ("summary", "un-report", "digest")
PRECISIONS = ("day", "month", "year", "half-year", "start-of-year", "end-of-year", "range")
FLAGS = ("weak-commitment", "ongoing", "forthcoming", "author-opinion", "damaged")
_ID = r"^.+\.[0-9bcdfghjkmnpqrstvwxyz]{6}$"
_DAY, _DUE = r"^\d{4}-\d{2}-\d{2}$", r"^\d{4}(-\d{2}(-\d{2})?)?$"

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field with the JSON Schema of its values and what it means."""

    name: str
    schema: Schema
    says: str

    @property
    def type(self) -> str:
        """Its type in words: `string or null`, `list of strings`."""
        return _in_words(self.schema)

    @property
    def empty(self) -> Any:
        """What stands for no value: where a file of the site leaves the field out, this is meant."""
        return {"array": [], "boolean": False}.get(self.schema["type"] if isinstance(self.schema["type"], str) else "")

    @property
    def described(self) -> dict[str, Any]:
        """Its schema with its meaning."""
        return {**self.schema, "description": self.says}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of `data/`: what it holds, the media type, and the file that tells its form."""

    name: str
    says: str
    media: str
    schema: str = ""


def _text(**more: Any) -> Schema:
    return {"type": "string", **more}


def _or_null(schema: Schema) -> Schema:
    """What it is where it is known."""
    types = {**schema, "type": [schema["type"], "null"]}
    return {**types, "enum": [*schema["enum"], None]} if "enum" in schema else types


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def one_object(*properties: Field, required: Iterable[str] | None = None) -> dict[str, Any]:
    """An object that has these fields, and in a later version more. All are required, or only those named."""
    return {
        "type": "object",
        "properties": {one.name: one.described for one in properties},
        "required": [one.name for one in properties] if required is None else list(required),
    }


def _of(closed: Iterable[str]) -> Schema:
    return _text(enum=[str(one) for one in closed])


_TEXTS = _list(_text())
_IDS = _list(_text(pattern=_ID))
_CODES = _list(_text(pattern="^[A-Z]{3}$"))
_NUMBER = {"type": "integer", "minimum": 0}
_YES_OR_NO = {"type": "boolean"}

SPANS = _list(
    one_object(
        Field("line", {"type": "integer", "minimum": 1}, "line of the file, from 1"),
        Field("col_start", _NUMBER, "first code point of the raw line, from 0"),
        Field("col_end", _NUMBER, "code point after the last"),
    )
)
# Of few spans, and left out where it is false.
SPANS["items"]["properties"]["glued"] = Field("glued", _YES_OR_NO, "continues the word of the span before").described
_NOTE = one_object(
    Field("label", _text(), "as the document calls it; empty where its words stand in the call"),
    Field("text", _or_null(_text()), "the words; null where its terms do not let us show them"),
    Field("spans", SPANS, "where the words stand"),
)
_CITE = one_object(
    Field("id", _or_null(_text()), "id of a known treaty"),
    Field("text", _or_null(_text()), "the words"),
    Field("article", _or_null(_text()), "as written"),
    Field("law", _or_null(_text()), "the national law an article belongs to, or a convention of the ILO"),
    Field("carried", _YES_OR_NO, "whether the law was named in an earlier sentence, not here"),
    Field("symbol", _or_null(_text()), "the UN's symbol of a document"),
)
_DATED = one_object(
    Field("date", _text(pattern=_DUE), "as far as it is known; the end of a range"),
    Field("precision", _of(PRECISIONS), "how exact the date is"),
    Field("text", _or_null(_text()), "the words"),
)
_READING = one_object(Field("kind", _of(Kind), "as above"), Field("speaker", _of(Speaker), "as above"))

SOURCE = (
    Field("path", _text(), "name of the file"),
    Field("sha256", _text(pattern="^[0-9a-f]{64}$"), "of the file’s bytes"),
    Field("spans", {**SPANS, "minItems": 1}, "where the words stand; columns are half-open code points"),
)
STATEMENT = (
    Field("id", _text(pattern=_ID), "stable id; also the anchor on the examination’s page"),
    Field("examination", _or_null(_text()), "the examination it is counted under"),
    Field("examinations", _TEXTS, "all examinations it belongs to, that one first; absent where it is the only one"),
    Field("state", _or_null(_text(pattern="^[A-Z]{3}$")), "the State examined: ISO 3166-1 alpha-3, or our own code"),
    Field("body", _or_null(_text()), "the body: CRC, HRC"),
    Field("treaty", _or_null(_text()), "CRC, OPSC, OPAC, OPIC; null under a mechanism"),
    Field("session", _or_null({"type": "integer", "minimum": 1}), "number of the session"),
    Field("date", _or_null(_text(pattern=_DAY)), "day of the examination, ISO 8601"),
    Field("kind", _of(Kind), "what it is"),
    Field("speaker", _of(Speaker), "whose words"),
    Field("speaker_name", _or_null(_text()), "the person named"),
    Field("speaker_states", _CODES, "the States that speak, where reviewing States do"),
    Field("attribution", _of(Attribution), "how the speaker was found"),
    Field("text", _or_null(_text()), "the source’s words; null where its terms do not let us show them"),
    Field("lang", _text(pattern="^[a-z]{2}$"), "language of the document"),
    Field("section", _TEXTS, "the headings it stands under, from the top down"),
    Field("themes", _TEXTS, "ids of themes, most telling first"),
    Field("groups", _TEXTS, "ids of groups of people"),
    Field("cites", _list(_CITE), "instruments and laws named"),
    Field("number", _or_null(_text()), "the document’s own number of the paragraph or item"),
    Field("page", _or_null({"type": "integer", "minimum": 1}), "page of an imported original; there are none yet"),
    Field("paragraph", _or_null(_text()), "the numbered paragraph of the document that it is in"),
    Field("listed", _YES_OR_NO, "whether the document’s conclusions list it"),
    Field("recommending_states", _CODES, "the States that recommend it"),
    Field("response", _or_null(_of(RESPONSES)), "the State’s position on it, as that document gives it"),
    Field("position", _or_null(_of(RESPONSES)), "the State’s latest position on it that is known here"),
    Field("due", _or_null(_DATED), "when a commitment is due"),
    Field("replies_to", _IDS, "ids of what it answers or reacts to"),
    Field("answered_by", _IDS, "ids of what answers it or reacts to it"),
    Field("rule", _text(), "the rule that read it"),
    Field("confidence", _of(Confidence), "how sure that is"),
    Field("reviewed", _YES_OR_NO, "whether an editor’s correction applies"),
    Field("flags", _list(_of(FLAGS)), "what else to know"),
    Field("alternatives", _list(_READING), "other readings that can be defended"),
    Field("notes", _list(_NOTE), "notes of the document that its words call; no part of what was said"),
    Field("source_kind", _or_null(_of(SOURCE_KINDS)), "an NGO’s summary, a UN report, or a digest (a paraphrase)"),
    Field("source", one_object(*SOURCE), "where the words stand"),
)

# The fields that every statement has; of the others, files of the site leave out those without a value.
ALWAYS = ("id", "kind", "speaker", "attribution", "lang", "rule", "confidence", "source")

# The columns of every table of statements.
COLUMNS = (
    "id examination state body treaty session date kind speaker speaker_name speaker_states text themes number listed "
    "recommending_states position due page paragraph line confidence reviewed flags source_kind path"
).split()


def columns() -> Iterator[Field]:
    """The columns of the table, each with the type of its cells."""
    fields = {one.name: one for one in STATEMENT} | {one.name: one for one in SOURCE}
    for name in COLUMNS:
        if name == "line":
            yield Field(name, {"type": "integer", "minimum": 1}, "the line where it begins, from 1")
        elif name == "due":
            yield Field(name, _or_null(_text(pattern=_DUE)), "when a commitment is due, as far as it is known")
        elif fields[name].schema["type"] == "array":
            yield Field(name, _or_null(_text()), f"{fields[name].says}; joined by “;”")
        else:
            yield fields[name]


def fields() -> Iterator[Field]:
    """The fields of a statement as they are told: those of the source by their whole name."""
    for one in STATEMENT:
        if one.name == "source":
            yield from (Field(f"source.{part.name}", part.schema, part.says) for part in SOURCE)
        else:
            yield one


# Of each State, by its name in addresses: its statements as a table, and with all their fields.
STATES = "states/"
STATE_FILES = (
    DataFile(".csv", "every statement, as a table", "text/csv", f"{STATES}csv-metadata.json"),
    DataFile(
        ".jsonl",
        "every statement with all its fields, one JSON object a line",
        "application/jsonl",
        "schemas/statement.json",
    ),
)
DATA_FILES = (
    DataFile(
        "examinations.json",
        "every examination, with its facts and where each is written",
        "application/json",
        "schemas/examinations.json",
    ),
)
# What tells of the files: their form, terms and checksums.
ABOUT_FILES = (
    DataFile("README.md", "what is here, and what follows files that ended", "text/markdown"),
    DataFile("datapackage.json", "all of this as a Frictionless Data Package: files, fields, terms, sources",
             "application/json", "schemas/datapackage.json"),
    DataFile(f"{STATES}csv-metadata.json", "the tables’ columns for the Semantic Web (CSVW)", "application/json"),
    DataFile("themes.jsonld", "the themes as a thesaurus: SKOS, as JSON-LD", "application/ld+json"),
    DataFile("themes.ttl", "the same as Turtle", "text/turtle"),
    DataFile("SHA256SUMS", "checksums of the data and their schemas", "text/plain"),
)  # fmt: skip


def _in_words(schema: Schema) -> str:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(_word(kind, schema) for kind in kinds)


def _word(kind: str, schema: Schema) -> str:
    if kind != "array":
        return kind
    of = schema["items"]
    if of["type"] != "object":
        return f"list of {of['type']}s"
    names = list(of["properties"])
    # A few names say what it is; more have a table of their own.
    return f"list of `{{{', '.join(names)}}}`" if len(names) < 4 else "list of objects"
