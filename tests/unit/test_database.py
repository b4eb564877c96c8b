"""The data as a database: what is in it, that it is searched well, and that the examples in the docs run."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import report
from staging import ROOT, Stage

from generator.cli import cli
from generator.database import DatabaseError, write_database
from generator.published import data_files, records

BODY = (
    "The Committee was concerned about violence against women and the lack of an Ombudsperson in Côte Noire. "
    "The Committee asked what the State did about trafficking. "
    "The Committee recommended that the State party adopt a law on trafficking."
)
QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/data-export.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def site(stage: Stage) -> Path:
    return stage.write({"arcadia.md": report("ARCADIA", BODY)})[0]


@pytest.fixture
def base(site: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    write_database(site, tmp_path / "new/data.sqlite")
    with closing(sqlite3.connect(tmp_path / "new/data.sqlite")) as opened:
        yield opened


def test_every_statement_is_a_row_with_its_exact_words(base: sqlite3.Connection, site: Path) -> None:
    said = {one["id"]: one for file in data_files(site) for one in records(file)}
    rows = {
        row[0]: row[1:]
        for row in base.execute('SELECT id, text, kind, speaker, line, path, lang, "rule" FROM statement')
    }
    assert said.keys() == rows.keys()
    for id_, one in said.items():
        source = one["source"]
        place = (source["spans"][0]["line"], source["path"])
        assert rows[id_] == (one["text"], one["kind"], one["speaker"], *place, one["lang"], one["rule"])
    themes = [(one["id"], n, theme) for one in said.values() for n, theme in enumerate(one["themes"], 1)]
    assert sorted(base.execute("SELECT * FROM statement_theme")) == sorted(themes) != []
    assert set(base.execute("SELECT role, state FROM statement_state")) == {
        ("examined", one["state"]) for one in said.values()
    }


def test_an_examination_has_its_facts_and_its_page(base: sqlite3.Connection, site: Path) -> None:
    query = "SELECT id, state, state_name, body, treaty, session, date, health, address FROM examination"
    ((*facts, health, address),) = base.execute(query)
    assert facts == ["xar-crc-102", "XAR", "Arcadia", "CRC", "CRC", 102, "2026-05-25"]
    assert health == "fine"
    assert (site / address / "index.html").is_file()


@pytest.mark.parametrize("words", ["cote", "CÔTE", '"violence against women"', "section : nothing OR ombudsperson"])
def test_words_are_found_whatever_their_accents(base: sqlite3.Connection, words: str) -> None:
    query = (
        "SELECT s.kind FROM statement_search JOIN statement s ON s.rowid = statement_search.rowid "
        "WHERE statement_search MATCH ?"
    )
    assert ("concern",) in base.execute(query, (words,)).fetchall()


def test_every_key_leads_to_a_row(base: sqlite3.Connection) -> None:
    keys = {
        table: base.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        for table in ("statement", "statement_theme")
    }
    assert {key[2] for key in keys["statement"]} == {"examination"}
    assert {key[2] for key in keys["statement_theme"]} == {"statement", "theme"}
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_themes_are_called_what_the_thesaurus_calls_them(base: sqlite3.Connection, site: Path) -> None:
    told = json.loads((site / "data/themes.jsonld").read_text())["@graph"]
    labels = {one["skos:notation"][0]: one["skos:prefLabel"][0]["@value"] for one in told if "skos:notation" in one}
    assert dict(base.execute("SELECT id, label FROM theme")) == labels != {}


def test_the_database_tells_of_which_data_it_was_made(site: Path, tmp_path: Path) -> None:
    def told() -> str:
        made = write_database(site, tmp_path / "told.sqlite")
        with closing(sqlite3.connect(made.path)) as opened:
            (found,) = opened.execute("SELECT value FROM metadata WHERE name = 'sha256'").fetchone()
        return str(found)

    before = told()
    assert before == told()
    file = data_files(site)[0]
    file.write_text(file.read_text().replace("Ombudsperson", "Ombudsman"))
    assert told() != before


def test_datasette_finds_the_search_table_of_statements(base: sqlite3.Connection) -> None:
    (told,) = base.execute("SELECT sql FROM sqlite_master WHERE name = 'statement_search'").fetchone()
    assert 'content="statement"' in told
    assert "remove_diacritics 2" in told
    base.execute("INSERT INTO statement_search(statement_search, rank) VALUES ('integrity-check', 1)")


def test_three_examples_are_in_the_docs() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize("query", QUERIES)
def test_the_examples_in_the_docs_find_something(base: sqlite3.Connection, query: str) -> None:
    found = base.execute(query)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found]
    assert rows
    for row in rows:
        if "text" in row:
            assert "violence against women" in row["text"]
            assert re.fullmatch(r"countries/xar/crc-102/index\.html#xar-crc-102\.\w{6}", row["address"])
        if "recommendations" in row:
            assert (row["recommendations"], row["position_not_recorded"], row["supported"]) == (1, 1, 0)
        if "questions" in row:
            assert (row["questions"], row["without_answer"]) == (1, 1)


def test_a_site_of_the_first_version_gives_the_same_rows(base: sqlite3.Connection, site: Path, tmp_path: Path) -> None:
    said = [one for file in data_files(site) for one in records(file)]
    (tmp_path / "old/data").mkdir(parents=True)
    without = [{key: value for key, value in one.items() if key not in ("page", "position")} for one in said]
    (tmp_path / "old/data/statements.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in without))
    (tmp_path / "old/data/examinations.json").write_bytes((site / "data/examinations.json").read_bytes())
    made = write_database(tmp_path / "old", tmp_path / "old.sqlite")
    assert made.rows["statement"] == len(said)
    with closing(sqlite3.connect(made.path)) as old:
        for table in ("examination", "statement", "statement_theme", "statement_state"):
            query = f"SELECT * FROM {table}"  # noqa: S608
            assert old.execute(query).fetchall() == base.execute(query).fetchall()


def broken(site: Path, how: str) -> None:
    data = site / "data"
    file = data_files(site)[0]
    if how == "no data":
        file.unlink()
    elif how == "no examinations":
        (data / "examinations.json").unlink()
    elif how == "other examinations":
        (data / "examinations.json").write_text('[{"examination": "xar-crc-102"}]')
    elif how == "cut off":
        file.write_text(file.read_text()[:-20])
    elif how == "twice":
        file.write_text(file.read_text() * 2)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("no data", "holds no data"),
        ("no examinations", "cannot be read"),
        ("other examinations", "no list of examinations"),
        ("cut off", "cannot be read as statements"),
        ("twice", "whose id another one has"),
    ],
)
def test_what_cannot_be_made_leaves_what_stood_there(site: Path, tmp_path: Path, how: str, message: str) -> None:
    to = tmp_path / "kept/data.sqlite"
    write_database(site, to)
    before = to.read_bytes()
    broken(site, how)
    with pytest.raises(DatabaseError, match=message):
        write_database(site, to)
    assert to.read_bytes() == before
    assert [one.name for one in to.parent.iterdir()] == ["data.sqlite"]


def test_it_is_no_part_of_the_site(site: Path) -> None:
    with pytest.raises(DatabaseError, match="lies in the site"):
        write_database(site, site / "data/sessional.sqlite")


def test_the_command_tells_rows_and_size(site: Path, tmp_path: Path) -> None:
    to = tmp_path / "one.sqlite"
    result = CliRunner().invoke(cli, ["export", "sqlite", "--site-dir", str(site), "--to", str(to)])
    assert result.exit_code == 0, result.output
    assert f"{to.stat().st_size:,} bytes" in result.output
    assert re.search(r"[1-9]\d* in statement,", result.output)
    wrong = CliRunner().invoke(cli, ["export", "sqlite", "--site-dir", str(tmp_path), "--to", str(to)])
    assert wrong.exit_code == 1
    assert "holds no data" in wrong.output
