"""Kinds of files that were published: none ends without an entry that says what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import report
from staging import ROOT, Stage

from generator.build import lost_pages, read_project, register
from generator.build.project import Project
from generator.datafile import DatafileError
from generator.exports import file_kinds
from generator.registry import EndedFiles, FileKind, dump_file_kinds, load_file_kinds, lost_files
from generator.text.source import Location

PLACE = Location("files.txt", 1, 1)
BODY = (
    "The Committee was concerned about trafficking in the provinces.\n\n"
    "The Committee asked about birth registration in the camps.\n\n"
    "The delegation undertook to adopt a law on trafficking by December 2027.\n\n"
    "The Committee recommended that the State party adopt a law on trafficking."
)
# What serves pages and robots only.
NO_FILES_TO_KEEP = re.compile(
    r"(.*/)?index\.html|404\.html|assets/.*|search/.*|.*/(places|list)\.js|robots\.txt|llms\.txt|sitemap.*|opensearch\.xml"
)


def kept(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        address = path.relative_to(site).as_posix()
        if path.is_file() and not NO_FILES_TO_KEEP.fullmatch(address):
            yield address


def fits(address: str, kind: str) -> bool:
    return re.fullmatch(re.escape(kind).replace(r"\*", "[^/]+"), address) is not None


def test_a_site_publishes_no_file_of_another_kind(stage: Stage) -> None:
    site, _ = stage.write({"arcadia.md": report(body=BODY)})
    files, kinds = list(kept(site)), file_kinds()
    assert [one for one in files if not any(fits(one, kind) for kind in kinds)] == []
    there = {kind for kind in kinds if any(fits(one, kind) for one in files)}
    # The report holds all that these are made of.
    assert kinds - there == set()


def test_kinds_come_back_as_they_were_written() -> None:
    text = dump_file_kinds(["themes/*/feed.xml", "data/states/*.csv", "themes/*/feed.xml"])
    assert text == "data/states/*.csv\nthemes/*/feed.xml\n"
    assert [one.pattern for one in load_file_kinds(text, "files.txt")] == text.split()


@pytest.mark.parametrize("line", ["", "/etc/passwd", "themes/", "../a", "a//b", "a b"])
def test_a_line_that_is_no_kind_is_shown(line: str) -> None:
    with pytest.raises(DatafileError) as caught:
        list(load_file_kinds(f"feed.xml\n{line}\n", "f.txt"))
    assert caught.value.diagnostic.location == Location("f.txt", 2, 1)


def test_a_kind_that_ended_needs_an_entry() -> None:
    known = [FileKind("themes/*/index.bib", PLACE), FileKind("feed.xml", PLACE)]
    entry = EndedFiles("themes/*/index.{ris,bib}", "2.0.0", "", "It ended.", PLACE)
    assert list(lost_files(known, {"feed.xml"}, [entry])) == []
    (lost,) = lost_files(known, {"feed.xml"}, [])
    assert (lost.code, lost.location) == ("I008", PLACE)
    assert "themes/*/index.bib" in lost.message


def test_what_is_registered_and_gone_is_told_by_every_check(stage: Stage) -> None:
    stage.put({"arcadia.md": report(body=BODY)})
    register(read_project(stage.project))
    file = stage.folder / "registry/files.txt"
    assert set(file.read_text().split()) == file_kinds()
    assert lost_pages(read_project(stage.project)) == ()
    file.write_text(f"{file.read_text()}themes/*/index.xlsx\n")
    (lost,) = lost_pages(read_project(stage.project))
    assert (lost.code, lost.location.line) == ("I008", len(file_kinds()) + 1)
    # What was registered once is kept, also where it is gone.
    assert register(read_project(stage.project)).files == ()


def test_the_project_has_registered_all_kinds_and_explains_those_that_ended() -> None:
    file = ROOT / "content/registry/files.txt"
    known = list(load_file_kinds(file.read_text(), "files.txt"))
    assert {one.pattern for one in known} >= file_kinds()
    assert list(lost_files(known, file_kinds(), Project(ROOT).ended_files())) == []
    assert "data/statements.jsonl" in {one.pattern for one in known}
