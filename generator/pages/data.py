"""The page about the data: what each file holds, how to load it, and what each field means.

Takes `Views`. Gives one page; files and fields are those of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.contract import ABOUT_FILES, DATA_FILES, DEFUSED, TERMS, DataFile, Field, fields
from generator.pages.page import Page
from generator.pages.views import Link, Views


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to download: what it holds, how much (empty until it is written), and the file that tells its form."""

    link: Link
    says: str
    known: str
    schema: Link | None


@dataclass(frozen=True, slots=True)
class DataView:
    """What can be downloaded, how to load it, and what each field means."""

    statements: int
    examinations: int
    files: tuple[FileRow, ...]
    about: tuple[FileRow, ...]
    loading: tuple[tuple[str, str], ...]
    by_hand: tuple[str, ...]
    fields: tuple[Field, ...]
    defused: str
    terms: str
    rights: Link


# How to begin, in three lines each: by program, and in a spreadsheet.
_LOADING = (
    ("Python", 'import pandas as pd\nsaid = pd.read_csv("statements.csv")\nsaid.value_counts(["speaker", "kind"])'),
    ("R", 'said <- read.csv("statements.csv")\ntable(said$speaker, said$kind)\nsubset(said, reviewed == "true")$text'),
)
_BY_HAND = (
    "Import statements.csv as text: UTF-8, separated by commas.",
    "Filter the column speaker before you count: an author’s concern is not the Committee’s.",
    "Follow an id back to its page: there stand the words, and the source they were cut from.",
)


def data_pages(views: Views) -> Iterator[Page]:
    """The one page about the data."""
    yield Page(
        "data/",
        "data",
        "Data",
        "Everything on this site as data.",
        partial(_data_view, views),
        beside=(("corpus", ""),),
    )


def _data_view(views: Views) -> DataView:
    return DataView(
        statements=len(views.corpus.statements),
        examinations=len(views.corpus.examinations),
        files=tuple(_file(views, file) for file in DATA_FILES),
        about=tuple(_file(views, file) for file in ABOUT_FILES),
        loading=_LOADING,
        by_hand=_BY_HAND,
        fields=tuple(fields()),
        defused=DEFUSED,
        terms=TERMS,
        rights=Link("Each source with its rights", "about/sources/"),
    )


def _file(views: Views, file: DataFile) -> FileRow:
    rows, size = views.rows.get(file.name), views.sizes.get(f"data/{file.name}")
    known = [f"{rows:,} record{'s' * (rows != 1)}" if rows is not None else "", _size(size) if size is not None else ""]
    return FileRow(
        Link(file.name, f"data/{file.name}"),
        file.says,
        " · ".join(filter(None, known)),
        Link(file.schema, f"data/{file.schema}") if file.schema else None,
    )


def _size(number: int) -> str:
    """`812 bytes`, `3.4 kB`, `12.0 MB`."""
    if number < 1000:
        return f"{number} byte{'s' * (number != 1)}"
    return f"{number / 1e3:.1f} kB" if number < 1e6 else f"{number / 1e6:.1f} MB"
