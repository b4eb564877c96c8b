"""Two sites of different versions of the data contract: what is the same, what changed, and which addresses differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from invented import report
from staging import ROOT, Stage

from generator.build.editions import EditionError, edition
from generator.build.project import Project
from generator.changes import compare
from generator.changes.addresses import address_changes
from generator.changes.rendering import render_json, render_markdown, render_text
from generator.cli import cli
from generator.exports.records import known
from generator.published import data_files, records


def whole(line: int = 1, **more: Any) -> dict[str, Any]:
    """A statement as version 1 had it: every field of that time."""
    return {
        "id": f"xar-crc-102.b{line}bbbb",
        "examination": "xar-crc-102",
        "examinations": ["xar-crc-102"],
        "state": "XAR",
        "body": "CRC",
        "treaty": "CRC",
        "session": 102,
        "date": None,
        "kind": "concern",
        "speaker": "committee",
        "speaker_name": None,
        "speaker_states": [],
        "attribution": "explicit",
        "text": f"The Committee was concerned about the lack of registers, number {line}.",
        "lang": "en",
        "section": ["Data"],
        "themes": ["data-collection"],
        "groups": [],
        "cites": [],
        "number": None,
        "listed": False,
        "recommending_states": [],
        "response": None,
        "due": None,
        "replies_to": [],
        "answered_by": [],
        "rule": "concern",
        "confidence": "high",
        "reviewed": False,
        "flags": [],
        "alternatives": [],
        "notes": [],
        "source_kind": "summary",
        "source": {"path": "a.md", "sha256": "0", "spans": [{"line": line, "col_start": 0, "col_end": 9}]},
        **more,
    }


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def lines(some: list[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(one)}\n" for one in some)


def first(folder: Path, some: list[dict[str, Any]]) -> Path:
    """A site of version 1."""
    pages = {"index.html": "<html><body></body></html>", "concerns/trafficking/index.html": "<html></html>"}
    beside = dict.fromkeys(("concerns/trafficking/index.json", "concerns/torture/index.csv", "feed.json"), "x")
    return written(folder, {**pages, **beside, "data/statements.jsonl": lines(some), "data/statements.csv": "x"})


def second(folder: Path, some: list[dict[str, Any]]) -> Path:
    """A site of version 2."""
    new = [known({**one, "position": one["response"], "page": None, "paragraph": None}) for one in some]
    pages = {"index.html": "<html><body></body></html>", "themes/trafficking/index.csv": "x", "feed.xml": "x"}
    return written(folder, {**pages, "data/states/arcadia.jsonl": lines(new), "data/states/arcadia.csv": "x"})


def test_the_same_statements_in_both_versions_do_not_differ(tmp_path: Path) -> None:
    said = [whole(1), whole(2, response="noted", flags=["damaged"]), whole(3, due={"date": "2027"})]
    old, new = (edition(str(path), tmp_path) for path in (first(tmp_path / "1", said), second(tmp_path / "2", said)))
    found = compare(old, new)
    assert (found.added, found.removed, found.changed, found.lost) == ((), (), (), ())
    assert compare(new, old).changed == ()


def test_a_value_that_is_gone_is_a_change_where_its_field_is_left_out(tmp_path: Path) -> None:
    before = [whole(1, number="26", flags=["damaged"], response="noted", reviewed=True, examinations=["a", "b"])]
    old, new = first(tmp_path / "1", before), second(tmp_path / "2", [whole(1)])
    (change,) = compare(edition(str(old), tmp_path), edition(str(new), tmp_path)).changed
    assert {one.field: (one.old, one.new) for one in change.fields} == {
        "number": ("26", "not recorded"),
        "flags": ("damaged", "not recorded"),
        "response": ("noted", "not recorded"),
        "reviewed": ("yes", "no"),
        "examinations": ("a, b", "xar-crc-102"),
    }


def test_a_state_alone_and_the_folders_above_it_are_the_same_statements(tmp_path: Path) -> None:
    site = second(tmp_path / "site", [whole(1), whole(2)])
    ways = (site, site / "data", site / "data/states", site / "data/states/arcadia.jsonl")
    found = [edition(str(way), tmp_path) for way in ways]
    assert all(one.statements == found[0].statements for one in found)
    assert [one.files is None for one in found] == [False, True, True, True]
    assert found[0].statements[0]["due"] is None


def test_records_in_full_get_no_fields_of_a_later_version(tmp_path: Path) -> None:
    (file,) = data_files(first(tmp_path, [whole(1)]))
    assert records(file) == [whole(1)]


def test_a_folder_without_statements_is_told(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="holds neither data/states/ nor"):
        edition(str(written(tmp_path, {"index.html": ""})), tmp_path)


def test_every_address_that_differs_is_told_with_what_follows(tmp_path: Path) -> None:
    old, new = first(tmp_path / "1", [whole(1)]), second(tmp_path / "2", [whole(1)])
    found = compare(edition(str(old), tmp_path), edition(str(new), tmp_path), ended=Project(ROOT).ended_files())
    assert not found.empty
    told = json.loads(render_json(found))["addresses"]
    gone = {one["address"]: one["follows"] for group in told["gone"] for one in group["addresses"]}
    assert gone == {
        "concerns/trafficking/index.html": "",
        "concerns/trafficking/index.json": "themes/trafficking/index.csv",
        "concerns/torture/index.csv": "",  # nothing is on this theme any more
        "data/statements.csv": "data/states/*.csv",
        "data/statements.jsonl": "data/states/*.jsonl",
        "feed.json": "feed.xml",
    }
    come = {one["address"] for group in told["come"] for one in group["addresses"]}
    assert come == {"data/states/arcadia.csv", "data/states/arcadia.jsonl", "feed.xml", "themes/trafficking/index.csv"}
    text = render_text(found)
    assert "- data/statements.jsonl: 1 → data/states/*.jsonl. The statements of each State" in text
    assert "        6  addresses gone" in text
    assert "Addresses gone" in render_markdown(found)


def test_many_addresses_make_few_groups() -> None:
    old = [f"countries/s{n}/upr-{m}/source/{k}/index.html" for n in range(9) for m in (1, 2) for k in (2, 3)]
    old += [f"search/{n}.js" for n in range(30)] + [f"concerns/{name}/index.csv" for name in "abcdefg"]
    old += ["data/index.html", "data/datapackage.json"]
    gone = address_changes(old, ["data/index.html"], ()).gone
    assert [(one.pattern, len(one.addresses)) for one in gone] == [
        ("concerns/*/index.csv", 7),
        ("countries/*/*/source/*/index.html", 36),
        ("data/datapackage.json", 1),
        ("search/*.js", 30),
    ]
    assert sorted(one.address for group in gone for one in group.addresses) == sorted(set(old) - {"data/index.html"})


def test_a_page_that_continued_another_leads_to_the_first() -> None:
    first = [f"countries/s{n}/upr-1/index.html" for n in range(6)]
    old = [*first, *(f"countries/s{n}/upr-1/{m}/index.html" for n in range(6) for m in (2, 3)), "themes/x/2/index.html"]
    found = address_changes(old, first, ()).gone
    assert [(one.pattern, len(one.addresses), one.follows) for one in found] == [
        ("themes/x/2/index.html", 1, ""),  # all of that theme is gone
        ("countries/*/*/*/index.html", 12, "countries/*/*/index.html"),
    ]
    assert {one.address: one.follows for one in found[1].addresses}["countries/s3/upr-1/2/index.html"] == first[3]


def test_a_real_site_against_its_whole_file_of_statements(stage: Stage, tmp_path: Path) -> None:
    site, _ = stage.write({"arcadia.md": report()})
    said = [one for file in data_files(site) for one in records(file)]
    assert said
    for one in said:
        for name in ("position", "page", "paragraph"):
            del one[name]
    old = written(tmp_path / "old", {"data/statements.jsonl": lines(said)})
    result = CliRunner().invoke(cli, ["diff", str(old), str(site)])
    assert "Nothing differs." in result.output, result.output
