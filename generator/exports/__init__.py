"""The same facts for machines: records, tables, and the files beside pages.

Takes the `Corpus`, `Views`, or one document that was read. Gives records, and files by address.
"""

from __future__ import annotations

from generator.exports.collection import export_files
from generator.exports.examinations import EXAMINATION_FILES, examination_files
from generator.exports.pages import PAGE_FILES, page_files
from generator.exports.records import examination_record, jsonl, statement_record

__all__ = [
    "EXAMINATION_FILES",
    "PAGE_FILES",
    "examination_files",
    "examination_record",
    "export_files",
    "jsonl",
    "page_files",
    "statement_record",
]
