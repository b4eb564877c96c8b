"""Schemas of everything that is written as JSON, and of the tables: derived from the data contract.

Takes the contract. Gives JSON Schemas (2020-12) by name, the Table Schema and the CSVW metadata of the statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.contract import ALWAYS, DEFUSED, LICENCE, SPANS, STATEMENT, TERMS, Field, Schema, columns, one_object
from generator.model import Verdict
from generator.vocabulary.health import MEASURES, WHOLES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "data/schemas/"

_TEXT: Schema = {"type": "string"}
_OR_NULL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_ADDRESS: Schema = {"type": "string", "pattern": "^[a-z0-9/-]+/$"}


def _array(of: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": of, **({"minItems": least} if least else {})}


_FACT = one_object(
    Field("value", _TEXT, "for programs"),
    Field("name", _TEXT, "for people"),
    Field("status", {"type": "string", "enum": ["stated", "inferred", "corrected"]}, "how it is known"),
    Field("text", _OR_NULL, "the words that say it; the editor’s reason where it is corrected"),
    Field("rule", _TEXT, "the rule that found it"),
    Field("spans", SPANS, "where they stand; empty where it is corrected"),
)
_FACT["properties"]["of"] = {"type": "string", "description": "what belongs to it; absent where there is nothing"}
_FACTS = "state treaty session date adopted session_dates cycle last_examined head symbol publisher official".split()
SEVERAL = ("ratifications", "delegation", "rapporteurs", "troika")

_VERDICT: Schema = {"type": "string", "enum": list(Verdict)}
_HEALTH = one_object(
    Field("verdict", _VERDICT, "of the worst measure"),
    Field(
        "measures",
        _array(
            one_object(
                Field("name", {"type": "string", "enum": MEASURES.split()}, "what was measured"),
                Field("count", _COUNT, "how many places"),
                Field("share", {"type": "number", "minimum": 0, "maximum": 1}, "which share of the document they harm"),
                Field("of", {"type": "string", "enum": WHOLES.split()}, "what it is a share of"),
                Field("verdict", _VERDICT, "fine, doubtful, or bad"),
                Field("lines", _array({"type": "integer", "minimum": 1}), "where they stand in the document"),
            )
        ),
        "each measure",
    ),
)

_EXAMINATION = (
    Field("examination", _OR_NULL, "id"),
    Field("body", _OR_NULL, "the body: CRC, HRC"),
    Field("mechanism", _OR_NULL, "UPR, where it is held under a mechanism of the body and no treaty"),
    Field("path", _TEXT, "name of the document’s file"),
    Field(
        "facts",
        {
            "type": "object",
            "properties": {
                **{name: {"$ref": "#/$defs/fact"} for name in _FACTS},
                **{name: {"type": "array", "items": {"$ref": "#/$defs/fact"}} for name in SEVERAL},
            },
            "additionalProperties": False,
        },
        "the facts that were found; what was not found is absent",
    ),
    Field("health", _HEALTH, "how sound the document’s text is"),
)

_PAGE = (
    Field("schema", _TEXT, "address of this schema, from here"),
    Field("page", _ADDRESS, "address of the page it stands beside, from the root of the site"),
    Field("title", _TEXT, "title of that page"),
    Field("terms", _TEXT, "what may be reused"),
    Field("count", _COUNT, "how many statements the page holds, with the pages that continue it"),
)
_PLACES = Field(
    "pages",
    _array(
        one_object(
            Field("address", _ADDRESS, "a page that shows statements, from the root of the site"),
            Field("statements", _array(_TEXT, 1), "their ids, which are its anchors"),
        )
    ),
    "other pages that show statements of this file: `address#id`; those not named here stand on `page` itself",
)
# What a statement says itself only where it differs from most statements of its document.
COMMON = "examination state body treaty session date lang attribution confidence source_kind".split()
# What a statement names by its number in a list of its document; the list has a name of its own.
BY_NUMBER = {"section": "sections", "rule": "rules"}
_OF_STATEMENT = {one.name: one for one in STATEMENT}
_OWN = one_object(
    *(one for one in STATEMENT if one.name not in (*BY_NUMBER, "source")),
    *(Field(name, _COUNT, f"which of `{called}` of its document") for name, called in BY_NUMBER.items()),
    Field("document", {"type": "integer", "minimum": 1}, "which of `documents`; absent: the first, 0"),
    Field(
        "spans",
        _array(_array({"type": "integer", "minimum": 0}, 3), 1),
        "where the words stand: line, first column, column after the last; a fourth number, 1, where `glued`",
    ),
    required=("id", "kind", "speaker", "rule", "spans"),
)
_COMMON = one_object(*(_OF_STATEMENT[name] for name in COMMON), required=())
_RIGHTS = one_object(
    Field("holder", _TEXT, "whose the document is"),
    Field("terms", _TEXT, "on what terms it is shown"),
    Field("url", _OR_NULL, "where the terms stand"),
    Field("source_text", {"type": "string", "enum": ["full", "excerpts", "none"]}, "how much of it is shown"),
)
_DOCUMENT = (
    Field("kind", _TEXT, "what kind of source it is"),
    Field("publisher", _TEXT, "who published it"),
    Field("notice", _TEXT, "what it says of itself"),
    Field("date", _OR_NULL, "its date"),
    Field("url", _OR_NULL, "where it was found"),
    Field("sha256", {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "of the file’s bytes"),
    Field("rights", _RIGHTS, "whose it is, and on what terms it is shown"),
    Field("common", _COMMON, "the value of fields that most of its statements share"),
    *(
        Field(called, _array(_OF_STATEMENT[name].schema), f"the values of `{name}`, which statements name by number")
        for name, called in BY_NUMBER.items()
    ),
)
_RETIRED = one_object(
    Field("id", _TEXT, "the id that was published"),
    Field("what", _TEXT, "what became of it"),
    Field("note", _TEXT, "why"),
    Field("date", _TEXT, "when"),
    Field("into", _OR_NULL, "id of what stands for it now"),
)


def _whole(title: str, says: str, schema: Schema, **definitions: Schema) -> dict[str, Any]:
    told = {"$schema": _DIALECT, "title": title, "description": says, **schema}
    return {**told, "$defs": definitions} if definitions else told


_WHOLE = (
    *_PAGE,
    Field("examination", _TEXT, "id"),
    Field("state", one_object(Field("code", _TEXT, "its code"), Field("name", _TEXT, "in English")), "the State"),
    Field("shared_with", _array(_TEXT), "examinations its documents tell of too"),
    Field("documents", _array(one_object(*_EXAMINATION, *_DOCUMENT)), "each with the facts it gives and its rights"),
    Field(
        "unanswered",
        _array(_TEXT),
        "questions after which no answer is recorded before the next heading; the State may have answered",
    ),
    Field("retired", _array(_RETIRED), "what was published here and is no more"),
    _PLACES,
    Field(
        "statements",
        _array({"$ref": "#/$defs/statement"}),
        "every statement, without what `common` of its document says and without fields that have no value",
    ),
)
_LICENCE = one_object(
    Field("name", _TEXT, "by its id in SPDX"),
    Field("path", _TEXT, "its address"),
    Field("title", _TEXT, "its name, and what it covers"),
)
_QUOTED = one_object(
    Field("title", _TEXT, "the document"),
    Field("publisher", _TEXT, "who published it"),
    Field("rights", _RIGHTS, "of its words"),
)
_RESOURCE = one_object(
    Field("name", _TEXT, "of the file, or of files that are one table"),
    Field("path", {"type": ["string", "array"], "items": _TEXT, "minItems": 1}, "its address from here, or theirs"),
)
_RESOURCE["properties"] |= {
    "bytes": {**_COUNT, "description": "its size; of several files SHA256SUMS has the checksums"},
    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$", "description": "its checksum"},
    "rows": {**_COUNT, "description": "records in a table, or lines of JSON"},
    "records": {**_COUNT, "description": "records in any other file"},
}
_PACKAGE = (
    Field("name", {"type": "string", "pattern": "^[a-z0-9._-]+$"}, "of the package"),
    Field("version", _TEXT, "of the contract, with a digest of the files: no clock is asked"),
    Field("description", _TEXT, "what it holds, and on what terms"),
    Field("licenses", _array(_LICENCE, 1), "of our metadata only"),
    Field("sources", _array(_QUOTED), "each document quoted"),
    Field("contributors", _array({"type": "object"}), "who made the package"),
    Field("resources", _array(_RESOURCE, 1), "the files"),
)


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The schemas by the names of their files."""
    return {
        "statement.json": _whole(
            "A statement",
            f"One line of the JSONL of a State. A field that is absent has no value: null, false, no entries. {TERMS}",
            one_object(*STATEMENT, required=ALWAYS),
        ),
        "examinations.json": _whole(
            "Examinations",
            f"examinations.json: one object for each examination and document that tells of it. {TERMS}",
            {"type": "array", "items": one_object(*_EXAMINATION)},
            fact=_FACT,
        ),
        "examination.json": _whole(
            "The page of an examination",
            "index.json beside the page.",
            one_object(*_WHOLE),
            fact=_FACT,
            statement=_OWN,
        ),
        "datapackage.json": _whole(
            "What this Data Package holds",
            "What is used here of a Data Package. The whole standard: https://datapackage.org/",
            one_object(*_PACKAGE),
        ),
    }


def table_schema(fields: Iterable[Field], key: str) -> dict[str, Any]:
    """The Table Schema of Frictionless: types of columns, what a cell may hold."""
    return {"fields": [_column(one) for one in fields], "primaryKey": [key], "missingValues": [""]}


def _column(field: Field) -> dict[str, Any]:
    type_, nullable = _type(field.schema)
    limits: dict[str, Any] = {name: field.schema[name] for name in ("pattern", "minimum") if name in field.schema}
    if "enum" in field.schema:
        limits["enum"] = [one for one in field.schema["enum"] if one is not None]
    if not nullable:
        limits["required"] = True
    told: dict[str, Any] = {"name": field.name, "type": type_, "description": field.says}
    if type_ == "boolean":
        told |= {"trueValues": ["true"], "falseValues": ["false"]}
    return {**told, "constraints": limits} if limits else told


def _type(schema: Schema) -> tuple[str, bool]:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return kinds[0], "null" in kinds


_LISTS = {one.name for one in STATEMENT if one.schema["type"] == "array"}


def csvw(files: Iterable[str]) -> dict[str, Any]:
    """What the columns of these tables of statements are, as CSV on the Web tells it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Statements",
        "dc:description": f"{TERMS} {DEFUSED}",
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"], "doubleQuote": True},
        "tableSchema": {
            "columns": [_described(one) for one in columns()],
            "primaryKey": "id",
            "aboutUrl": "#{id}",
        },
        "tables": [{"url": file} for file in files],
    }


def _described(field: Field) -> dict[str, Any]:
    type_, nullable = _type(field.schema)
    told: dict[str, Any] = {"name": field.name, "titles": field.name, "dc:description": field.says, "null": ""}
    if not nullable:
        told["required"] = True
    if field.name in _LISTS:
        told["separator"] = ";"
    if "enum" in field.schema:
        told["datatype"] = {"base": "string", "format": "|".join(filter(None, field.schema["enum"]))}
    elif "pattern" in field.schema:
        told["datatype"] = {"base": "string", "format": field.schema["pattern"].strip("^$")}
    elif type_ == "boolean":
        told["datatype"] = {"base": "boolean", "format": "true|false"}
    else:
        told["datatype"] = type_
    return told
