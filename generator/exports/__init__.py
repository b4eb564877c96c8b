"""The same facts for machines: records, tables, feeds, calendars, and the files beside pages.

Takes the `Corpus`, `Views`, or one document that was read. Gives records, and files by address.
"""

from __future__ import annotations

from generator.exports.collection import export_files
from generator.exports.examinations import EXAMINATION_FILES, examination_files
from generator.exports.feeds import SITE_FEEDS, site_feeds
from generator.exports.follow import FOLLOW_FILES, follow_files
from generator.exports.kinds import file_kinds
from generator.exports.lists import list_tables
from generator.exports.pages import PAGE_FILES, page_files
from generator.exports.records import examination_record, jsonl, statement_record
from generator.exports.states import state_file_names, state_files, with_statements

__all__ = [
    "EXAMINATION_FILES",
    "FOLLOW_FILES",
    "PAGE_FILES",
    "SITE_FEEDS",
    "examination_files",
    "examination_record",
    "export_files",
    "file_kinds",
    "follow_files",
    "jsonl",
    "list_tables",
    "page_files",
    "site_feeds",
    "state_file_names",
    "state_files",
    "statement_record",
    "with_statements",
]
