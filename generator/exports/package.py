"""The data as a Frictionless Data Package: what each file holds, on what terms, from which sources.

Takes `Views` and what is known of the files that were written. Gives the descriptor. No clock is asked: the version is
that of the contract with a digest of the files, and there is no day of creation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.contract import (
    DATA_FILES,
    DEFUSED,
    LICENCE,
    STATE_FILES,
    STATES,
    TERMS,
    VERSION,
    DataFile,
    columns,
)
from generator.exports.schemas import table_schema
from generator.model import ReadDocument
from generator.pages.views import Views

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its size in bytes and its sha256."""

    size: int
    sha256: str


def descriptor(views: Views, written: Mapping[str, Written], rows: Mapping[str, int]) -> dict[str, Any]:
    """The descriptor; `written` and `rows` are by the names of files in `data/`."""
    tables = {one.name: [name for name in written if _is_of_state(name, one)] for one in STATE_FILES}
    counted = (*(name for names in tables.values() for name in names), *(one.name for one in DATA_FILES))
    state = sha256("".join(written[name].sha256 for name in counted).encode()).hexdigest()[:12]
    documents = {d.document.source.path: d for e in views.corpus.examinations.values() for d in e.documents}
    return {
        "$schema": _PROFILE,
        "name": "sessional",
        "title": "Sessional: what was said at examinations of States on human rights",
        "description": f"Every statement of the documents published here: whose words, on what, where written. {TERMS} "
        "Counts say how much was written down, not how a State performs.",
        "version": f"{VERSION}+{state}",
        **({"homepage": f"{views.site_url}data/"} if views.site_url else {}),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": LICENCE,
                "title": "Creative Commons Attribution 4.0 International, for our metadata, not for the quotations",
            }
        ],
        "sources": [_source(document) for document in documents.values()],
        "contributors": [{"title": "Sessional", "roles": ["wrangler"]}],
        "resources": [
            *(_of_states(one, tables[one.name], rows["statements"]) for one in STATE_FILES if tables[one.name]),
            *(_resource(one, written[one.name], rows[one.name]) for one in DATA_FILES),
        ],
    }


def _is_of_state(name: str, file: DataFile) -> bool:
    return name.startswith(STATES) and name.endswith(file.name)


def _source(document: ReadDocument) -> dict[str, Any]:
    """Whose a document is, and on what terms its words are shown."""
    known, file = document.provenance, document.document.source
    symbol = document.examination.symbol
    return {
        "title": symbol.value if symbol else file.path.rsplit("/", 1)[-1],
        **({"path": known.url} if known.url else {}),
        "publisher": known.publisher,
        "kind": known.kind,
        "file": file.path.rsplit("/", 1)[-1],
        "sha256": file.sha256,
        "rights": rights(document),
    }


def rights(document: ReadDocument) -> dict[str, Any]:
    """The rights in a document, as its register entry has them."""
    told = document.provenance.rights
    return {"holder": told.holder, "terms": told.terms, "url": told.url, "source_text": told.source_text}


def _of_states(file: DataFile, paths: Sequence[str], rows: int) -> dict[str, Any]:
    """The files of all States as one table. A checksum of several files has no form here: they are in SHA256SUMS."""
    ending = file.name.removeprefix(".")
    told = {**_described(file, "statements" if ending == "csv" else "statements-lines", ending), "path": list(paths)}
    if ending == "csv":
        return {**_table(told, rows), "schema": table_schema(columns(), "id")}
    # No table: an object need not have all fields. Their form is told by the JSON Schema.
    return {**told, "rows": rows, "jsonSchema": file.schema}


def _resource(file: DataFile, written: Written, rows: int) -> dict[str, Any]:
    name, _, ending = file.name.rpartition(".")
    told = {**_described(file, name, ending), "path": file.name}
    told |= {"bytes": written.size, "hash": f"sha256:{written.sha256}"}
    return {**told, "type": "json", "records": rows, "jsonSchema": file.schema}


def _described(file: DataFile, name: str, ending: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": f"{file.says[:1].upper()}{file.says[1:]}",
        "format": ending,
        "mediatype": file.media,
        "encoding": "utf-8",
    }


def _table(told: Mapping[str, Any], rows: int) -> dict[str, Any]:
    return {
        **told,
        "type": "table",
        "rows": rows,
        "description": DEFUSED,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
    }
