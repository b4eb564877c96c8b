"""Files that grow in pieces among others: whole when they are read, and taken by the next build."""

from __future__ import annotations

from pathlib import Path

from generator.build import Output


def test_pieces_of_files_follow_one_another(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    for name, data in (("a/x.csv", b"1"), ("b/x.csv", b"2"), ("a/x.csv", b"3"), ("a/x.csv", b"4")):
        output.append(name, data)
    assert (output.read("a/x.csv"), output.read("b/x.csv")) == (b"134", b"2")


def test_a_file_in_pieces_is_taken_when_it_was_noted(tmp_path: Path) -> None:
    first = Output(tmp_path / "first")
    for name in ("noted.csv", "other.csv"):
        first.append(name, b"1")
        first.append(name, b"2")
    first.note(["noted.csv"], b"stamp")
    first.note(["other.csv"], b"")
    second = Output(tmp_path / "second", tmp_path / "first", first.keys)
    assert second.take(["noted.csv"], b"stamp")
    assert not second.take(["other.csv"], b"")
    assert second.read("noted.csv") == b"12"


def test_a_file_that_stood_there_is_not_written_into(tmp_path: Path) -> None:
    before, spare = tmp_path / "before", tmp_path / "spare"
    spare.mkdir()
    (spare / "x.csv").write_bytes(b"old")
    before.hardlink_to(spare / "x.csv")
    output = Output(tmp_path / "site")
    output.begin_with(spare, {})
    output.append("x.csv", b"new")
    output.append("x.csv", b"er")
    assert (output.read("x.csv"), before.read_bytes()) == (b"newer", b"old")
