"""The linked data of pages, read back: the JSON in a page's script, and whether it keeps to schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def linked(html: str) -> dict[str, Any]:
    """The one object of a page."""
    (text,) = _SCRIPT.findall(html)
    return json.loads(text)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside, the outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def of_type(value: Any, *types: str) -> list[dict[str, Any]]:
    """The objects of these types."""
    return [node for node in nodes(value) if node.get("@type") in types]


@cache
def _terms() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((Path(__file__).parent / "schema_org.yaml").read_text(encoding="utf-8"))


def _kinds(type_: str) -> set[str]:
    return {type_}.union(*(_kinds(parent) for parent in _terms()["types"][type_]))


def misused(value: Any) -> list[str]:
    """What schema.org does not know: types, properties, and properties on what cannot have them."""
    found = []
    for node in nodes(value):
        type_ = node.get("@type")
        if type_ is None:  # it is told elsewhere what it is
            continue
        if type_ not in _terms()["types"]:
            found.append(type_)
            continue
        for name in node:
            if not name.startswith("@") and not _kinds(type_) & set(_terms()["properties"].get(name, ())):
                found.append(f"{type_}.{name}")
    return sorted(set(found))
