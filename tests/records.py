"""Reads the records of statements back from the files of a site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.contract import STATEMENT


def whole(record: dict[str, Any]) -> dict[str, Any]:
    """A record of which a file holds the fields with a value, with all its fields."""
    found = {field.name: record.get(field.name, field.empty) for field in STATEMENT}
    if not found["examinations"] and found["examination"]:
        found["examinations"] = [found["examination"]]
    return found


def statements_of_site(site: Path) -> list[dict[str, Any]]:
    """Every statement of a site with all its fields, from the files of its States."""
    files = sorted((site / "data/states").glob("*.jsonl"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return sorted((whole(json.loads(line)) for line in lines), key=lambda one: one["examination"])


def statements_of_examination(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Every statement in the JSON beside an examination with all its fields."""
    records = []
    for own in told["statements"]:
        document = told["documents"][own.get("document", 0)]
        record = {**document["common"], **own}
        for name, called in (("section", "sections"), ("rule", "rules")):
            if name in own:
                record[name] = document[called][own[name]]
        spans = [
            {"line": line, "col_start": first, "col_end": last, **({"glued": True} if glued else {})}
            for line, first, last, *glued in record["spans"]
        ]
        record["source"] = {"path": document["path"], "sha256": document["sha256"], "spans": spans}
        records.append(whole(record))
    return records
