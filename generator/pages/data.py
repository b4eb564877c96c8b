"""The page about the data: what each file holds, how to load it, and what each field means.

Takes `Views`. Gives one page; files and fields are those of the contract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.contract import ABOUT_FILES, DATA_FILES, DEFUSED, STATE_FILES, STATES, TERMS, DataFile, Field, fields
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
class StateRow:
    """A State with the files of its statements, and how many these are."""

    name: str
    statements: int
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """What can be downloaded, how to load it, and what each field means."""

    statements: int
    examinations: int
    states: tuple[StateRow, ...]
    # The form of the two files of a State.
    forms: tuple[Link, ...]
    files: tuple[FileRow, ...]
    about: tuple[FileRow, ...]
    loading: tuple[tuple[str, str], ...]
    by_hand: tuple[str, ...]
    fields: tuple[Field, ...]
    defused: str
    terms: str
    rights: Link


# How to begin, in a few lines each: by program, and in a spreadsheet. All are run in the folder `data`.
_LOADING = (
    (
        "Python",
        "import glob\nimport pandas as pd\n"
        'tables = map(pd.read_csv, sorted(glob.glob("states/*.csv")))\n'
        "said = pd.concat(tables, ignore_index=True)\n"
        'said.value_counts(["speaker", "kind"])',
    ),
    (
        "DuckDB",
        "select speaker, kind, count(*) as statements\nfrom read_csv('states/*.csv', all_varchar = true)\n"
        "group by all order by statements desc;",
    ),
    (
        "R",
        'files <- Sys.glob("states/*.csv")\n'
        'said <- do.call(rbind, lapply(files, read.csv, fileEncoding = "UTF-8-BOM", colClasses = "character"))\n'
        "table(said$speaker, said$kind)",
    ),
)
_BY_HAND = (
    "Open the table (CSV) of a State. Of a theme, a session or a kind, its page has one with the same columns.",
    "Filter the column speaker before you count: an author’s concern is not the Committee’s.",
    "Follow an id back to its page: the words are there, with the source they come from.",
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
        states=tuple(_states(views)),
        forms=tuple(Link(f"{one.name[1:].upper()}", f"data/{one.schema}") for one in STATE_FILES),
        files=tuple(_file(views, file) for file in DATA_FILES),
        # Without a statement there is no table, and nothing that tells of its columns.
        about=tuple(_file(views, one) for one in ABOUT_FILES if views.corpus.statements or STATES not in one.name),
        loading=_LOADING,
        by_hand=_BY_HAND,
        fields=tuple(fields()),
        defused=DEFUSED,
        terms=TERMS,
        rights=Link("Each source with its rights", "about/sources/"),
    )


def _states(views: Views) -> Iterator[StateRow]:
    """By name, as far as something is recorded of them."""
    counted = Counter(views.corpus.examination_of(one).state for one in views.corpus.statements)
    for name, code in sorted((views.vocabulary.states[code].short, code) for code in counted):
        at = f"data/{STATES}{views.vocabulary.states[code].slug}"
        files = tuple(Link(one.name[1:].upper(), f"{at}{one.name}") for one in STATE_FILES)
        yield StateRow(name, counted[code], files)


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
