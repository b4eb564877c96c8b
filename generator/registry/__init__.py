"""The registry: which ids and which addresses were published, and what editors decided where one is no more.

`ids` are those of statements, `addresses` those of pages, `files` the kinds of
files. Nothing that was
published once is lost in silence.
"""

from __future__ import annotations

from generator.registry.addresses import (
    MOVED,
    PAGES,
    Address,
    Addresses,
    Departure,
    Renaming,
    address_of,
    addresses_from,
    dump_addresses,
    is_further,
    load_addresses,
    load_moved,
    lost_addresses,
    stubs,
)
from generator.registry.files import (
    FILE_KINDS,
    FILES,
    EndedFiles,
    FileKind,
    dump_file_kinds,
    ended,
    load_ended,
    load_file_kinds,
    lost_files,
)
from generator.registry.ids import (
    RETIRED,
    WITHHELD,
    Comparison,
    Entry,
    Registry,
    Retirement,
    Settler,
    complaints,
    dump_entries,
    load_entries,
    load_retired,
)

__all__ = [
    "FILES",
    "FILE_KINDS",
    "MOVED",
    "PAGES",
    "RETIRED",
    "WITHHELD",
    "Address",
    "Addresses",
    "Comparison",
    "Departure",
    "EndedFiles",
    "Entry",
    "FileKind",
    "Registry",
    "Renaming",
    "Retirement",
    "Settler",
    "address_of",
    "addresses_from",
    "complaints",
    "dump_addresses",
    "dump_entries",
    "dump_file_kinds",
    "ended",
    "is_further",
    "load_addresses",
    "load_ended",
    "load_entries",
    "load_file_kinds",
    "load_moved",
    "load_retired",
    "lost_addresses",
    "lost_files",
    "stubs",
]
