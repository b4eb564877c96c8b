"""Which files ended, what follows them, and that the data, the page that is not found and readers are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import report
from staging import ROOT, Stage

from generator.build.project import Project
from generator.datafile import DatafileError, load
from generator.exports.readme import readme
from generator.registry import EndedFiles, ended, load_ended
from generator.text.source import Location

PLACE = Location("files.yaml", 1, 1)
ENTRY = 'format: files/1\nended:\n- files: "{a,b}/*/old.{json,csv}"\n  since: 2.0.0\n  follows: "{a,b}/*/new-*.csv"\n'


def loaded(tmp_path: Path, text: str) -> tuple[EndedFiles, ...]:
    file = tmp_path / "files.yaml"
    file.write_text(text)
    return tuple(load_ended(load(file, "files.yaml")))


def test_what_follows_has_the_names_of_what_ended(tmp_path: Path) -> None:
    (kind,) = loaded(tmp_path, ENTRY + "  says: Take that.\n")
    assert kind.followed_by("b/trafficking/old.csv") == "b/trafficking/new-*.csv"
    assert kind.holds("a/x/old.json")
    for other in ("c/x/old.json", "a/x/y/old.json", "a/old.json", "a/x/old_json", "a/x/old.json.gz"):
        assert not kind.holds(other)
        assert kind.followed_by(other) == ""
        assert ended(other, [kind]) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY.replace("files/1", "files/2") + "  says: x\n", "expected 'files/1'"),
        (ENTRY, "'says' is missing"),
        (ENTRY + "  says: '  '\n", "the sentence is empty"),
        (ENTRY + "  says: x\n  why: y\n", "unknown key 'why'"),
        (ENTRY.replace("2.0.0", "2") + "  says: x\n", "no version"),
        (ENTRY.replace('"{a,b}/*/old.{json,csv}"', "/etc/passwd") + "  says: x\n", "no pattern of files"),
        (ENTRY.replace('"{a,b}/*/old.{json,csv}"', "a/../b") + "  says: x\n", "no pattern of files"),
        (ENTRY.replace('"{a,b}/*/old.{json,csv}"', '"{a}/b"') + "  says: x\n", "no pattern of files"),
        (ENTRY + "  says: x\n" + ENTRY.partition("ended:\n")[2] + "  says: y\n", "has two entries"),
    ],
)
def test_a_wrong_entry_is_told_in_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DatafileError, match=r"files\.yaml:") as raised:
        loaded(tmp_path, text)
    assert message in raised.value.diagnostic.message


def test_a_registry_that_cannot_be_used_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "content/registry").mkdir(parents=True)
    (tmp_path / "content/registry/files.yaml").write_text("format: other\n")
    with pytest.raises(DatafileError):
        Project(tmp_path).ended_files()


def test_the_readme_tells_of_each_kind_the_latest_version_first() -> None:
    kinds = [
        EndedFiles("old.json", "2.0.0", "new.json", "It is shorter.", PLACE),
        EndedFiles("feed.json", "10.0.0", "", "Nothing follows.", PLACE),
    ]
    text = readme(kinds)
    assert "- `old.json`: Take `new.json`. It is shorter." in text
    assert "- `feed.json`: Nothing follows." in text
    assert text.index("with version 10.0.0") < text.index("with version 2.0.0")
    assert "What ended" not in readme([])


def test_nothing_that_ended_is_published_and_what_follows_is(stage: Stage) -> None:
    kinds = Project(ROOT).ended_files()
    assert kinds
    site, _ = stage.write({"arcadia.md": report()})
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [(file, kind.pattern) for file in files if (kind := ended(file, kinds))]
    for kind in kinds:
        if kind.follows:
            follows = EndedFiles(kind.follows, kind.since, "", kind.says, kind.location)
            assert any(map(follows.holds, files)), kind
    text = (site / "data/README.md").read_text()
    assert all(kind.pattern in text and kind.says in text for kind in kinds)
    assert "README.md" in (site / "data/SHA256SUMS").read_text()
