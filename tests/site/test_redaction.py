"""What is withheld is nowhere in what is published: not in a page, the search, the data, a feed or the bundle."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from commands import surroundings
from reading_back import read_file
from records import statements_of_site

ROOT = Path(__file__).parents[2]
STATEMENT = "lao-opsc-69.cgwfy0"
WORDS = "The Committee expressed concern for children who have been displaced because of industry"
NAME = "Khammoune Viphongxay"
ADDRESS = "countries/lao/opsc-69/"


def run(project: Path, *arguments: str, status: int = 0) -> str:
    """The real command line in a copy of the project; what it said."""
    program = Path(sys.executable).parent / "sessional"
    env = surroundings(HOME=str(project))
    done = subprocess.run([program, *arguments], cwd=project, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that was published, then withheld a statement and a name, and was published again."""
    folder = tmp_path_factory.mktemp("withheld") / "project"
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "content/expectations.yaml").unlink(missing_ok=True)
    run(folder, "build")
    before = files(folder / "site")
    assert any(WORDS.encode() in data for data in before.values())
    assert any(b"viphongxay" in data.lower() for data in before.values())
    why = ("--note", "Withheld after an objection.", "--editor", "A. Editor", "--date", "2026-11-25")
    run(folder, "redact", STATEMENT, "--reason", "safety", *why)
    run(folder, "redact", "--person", NAME, "--also", "Viphongxay", "--reason", "privacy", *why)
    run(folder, "register")
    run(folder, "build")
    return folder


def rows_of_words(project: Path) -> list[re.Pattern[bytes]]:
    """Every four words in a row of the statement that the source has nowhere else."""
    text = (project / "content/sources/lao-pdr-opsc-69.md").read_text(encoding="utf-8")
    start = text.index(WORDS)
    end = text.index("sex work.", start)
    inside = re.findall(r"[a-z]+", text[start:end].lower())
    outside = " ".join(re.findall(r"[a-z]+", (text[:start] + text[end:]).lower()))
    rows = [inside[at : at + 4] for at in range(len(inside) - 3)]
    return [re.compile(rb"\W+".join(map(str.encode, row))) for row in rows if " ".join(row) not in outside]


def test_the_words_are_nowhere(project: Path) -> None:
    rows = rows_of_words(project)
    assert len(rows) > 15
    for name, data in files(project / "site").items():
        small = data.lower()
        assert b"viphongxay" not in small, name
        assert b"khammoune" not in small, name
        assert [row.pattern for row in rows if row.search(small)] == [], name


def test_no_address_names_the_person(project: Path) -> None:
    assert [name for name in files(project / "site") if "viphongxay" in name.lower()] == []


def test_the_bundle_has_them_neither(project: Path) -> None:
    run(project, "bundle", "--output", "bundle.zip")
    with zipfile.ZipFile(project / "bundle.zip") as archive:
        for name in archive.namelist():
            data = archive.read(name).lower()
            assert b"viphongxay" not in data, name
            assert b"displaced because of industry" not in data, name


def test_a_tombstone_says_that_something_was_withheld_and_names_nobody(project: Path) -> None:
    page = read_file(project / "site" / ADDRESS / "index.html")
    (stone,) = (item for item in page.all("li") if item.attributes.get("id") == STATEMENT)
    assert "Withheld on 2026-11-25" in " ".join(stone.words.split())
    assert "Withheld after an objection." in stone.words


def test_the_rest_of_the_sentence_stays_and_shows_what_is_blacked_out(project: Path) -> None:
    page = read_file(project / "site" / ADDRESS / "index.html")
    assert f"The delegation of Lao PDR was led by {'█' * len(NAME)}, Vice Minister of Home Affairs" in page.words
    lines = read_file(project / "site" / ADDRESS / "source/index.html").words
    assert "█" * len(WORDS) in lines


def test_positions_and_speakers_of_the_others_stay(project: Path, seed_site) -> None:
    now = {one["id"]: one for one in statements_of_site(project / "site")}
    now = {id_: one for id_, one in now.items() if id_.startswith("lao-opsc-69.")}
    was = {one["id"]: one for one in seed_site.statements if one["id"].startswith("lao-opsc-69.")}
    assert was.keys() - now.keys() == {STATEMENT}
    assert now.keys() <= was.keys()
    for id_, one in now.items():
        for field in ("kind", "speaker", "attribution", "section", "themes"):
            assert one[field] == was[id_][field], (id_, field)
        assert one["source"]["spans"] == was[id_]["source"]["spans"]


def test_a_differential_build_is_the_same_as_a_clean_one(project: Path) -> None:
    after = files(project / "site")
    run(project, "build", "--clean")
    assert files(project / "site") == after


def test_a_comparison_with_older_data_does_not_bring_them_back(project: Path, seed_site, tmp_path: Path) -> None:
    older = tmp_path / "older.jsonl"
    older.write_bytes((seed_site.site / "data/states/lao.jsonl").read_bytes())
    for form in ("text", "markdown", "html", "json"):
        told = run(project, "diff", str(older), ".", "--format", form, "--exit-zero").lower()
        assert "viphongxay" not in told
        assert "displaced because of industry" not in told


def test_what_the_project_itself_keeps_is_told(project: Path) -> None:
    told = run(project, "redact", "--person", "Jorge Cardona Llorens", "--dry-run", "--reason", "other",
               "--note", "A test.", "--editor", "A. Editor")  # fmt: skip
    assert "name-2: " in told
    assert "would be blacked out" in told
    assert "the words still stand in content/sources/lao-pdr-opsc-69.md" in told


def test_a_broken_file_withholds_everything_beside_it(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("site", ".site*"))
    (copy / "content/redactions.yaml").write_text("format: redactions/1\nredactions: [{id: a", encoding="utf-8")
    told = run(copy, "build", status=1)
    assert "what is withheld cannot be read" in told
    assert not (copy / "site" / ADDRESS).exists()
