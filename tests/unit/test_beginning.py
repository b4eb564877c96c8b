"""`sessional new`: what it writes is understood, waits for its report, and changes nothing that stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.build import Project, read_project
from generator.cli import cli
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary) -> Path:
    """A project with the register of sources of this one, no reports, and vocabularies that were loaded before."""
    monkeypatch.setattr(Project, "vocabulary", lambda _self: vocabulary)
    root = tmp_path / "project"
    (root / "content/sources").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: x\n")
    shutil.copy(ROOT / "content/sources.yaml", root / "content/sources.yaml")
    (root / "content/vocabularies").symlink_to(ROOT / "content/vocabularies")
    (root / "templates").symlink_to(ROOT / "templates")
    monkeypatch.chdir(root)
    return root


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def new(state: str, treaty: str, session: object, *more: str) -> Result:
    return run("new", "--state", state, "--treaty", treaty, "--session", str(session), *more)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("state", "treaty", "session", "name", "key"),
    [
        ("Lao PDR", "OPSC", 70, "lao-pdr-opsc-70.md", "lao-opsc-70"),
        ("Türkiye", "crc", 60, "turkiye-crc-60.md", "tur-crc-60"),
        ("Côte d'Ivoire", "OPAC", 62, "cote-divoire-opac-62.md", "civ-opac-62"),
        ("Peru", "UPR", 2, "peru-upr-2.md", "per-upr-2"),
        ("Guinea-Bissau", "UPR", 21, "guinea-bissau-upr-21.md", "gnb-upr-21"),
    ],
)
def test_a_report_begun_is_known_for_what_it_will_be(
    state: str, treaty: str, session: int, name: str, key: str
) -> None:
    assert new(state, treaty, session).exit_code == 0
    facts = run("read", f"content/sources/{name}", "--facts")
    assert facts.stdout.startswith(f"content/sources/{name}: {key}\n")
    checked = run("check")
    assert checked.exit_code == 0
    assert [line.split(": ")[0] for line in checked.stdout.splitlines() if "[" in line] == [
        f"content/sources/{name}:1:1 warning[S009] still-to-be-written"
    ]


def test_nothing_of_it_is_published_until_the_report_is_there(project: Path) -> None:
    new("Fiji", "OPSC", 72)
    reading = read_project(Project(project))
    assert reading.withheld == ("content/sources/fiji-opsc-72.md",)
    assert not reading.corpus.examinations
    file = project / "content/sources/fiji-opsc-72.md"
    file.write_text(
        (ROOT / "content/sources/lao-pdr-opsc-69.md").read_text().replace("Lao PDR ratified", "It ratified")
    )
    assert not read_project(Project(project)).withheld


def test_comments_and_form_of_the_register_stay(project: Path) -> None:
    register = project / "content/sources.yaml"
    before = register.read_text()
    hostile = 'A: "B"\n  kind: digest # c'
    assert new("Fiji", "OPSC", 72, "--publisher", hostile).exit_code == 0
    after = register.read_text()
    assert after.startswith(before)
    entry = yaml.safe_load(after)["sources"][-1]
    assert (entry["file"], entry["kind"], entry["publisher"]) == ("fiji-opsc-72.md", "summary", hostile)
    assert entry["sha256"] is None
    assert (entry["source_text"], entry["rights"]["terms"]) == ("excerpts", None)


def test_lines_of_another_system_stay(project: Path) -> None:
    register = project / "content/sources.yaml"
    register.write_bytes(register.read_bytes().replace(b"\n", b"\r\n"))
    assert new("Fiji", "OPSC", 72).exit_code == 0
    data = register.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Turkye", "CRC", 60), "near: Türkiye"),
        (("../../../etc/passwd", "CRC", 60), "no State is called"),
        (("Chad", "../x", 60), "no treaty or mechanism is called '../x'; known are"),
        (("Chad", "CAT", 60), "known are OPSC, OPAC"),
        (("Chad", "CRC", 0), "--session must be given"),
        (("Chad", "CRC", -1), "number of no session"),
        (("", "CRC", 60), "--state must be given"),
    ],
)
def test_what_is_not_known_is_refused(arguments: tuple, said: str, project: Path) -> None:
    before = (project / "content/sources.yaml").read_bytes()
    result = new(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert [*(project / "content/sources").iterdir()] == []
    assert (project / "content/sources.yaml").read_bytes() == before


def test_a_path_in_a_name_leads_nowhere(project: Path) -> None:
    assert new("../../Chad", "CRC", 60).exit_code == 0
    assert [path.relative_to(project).as_posix() for path in project.parent.rglob("*chad*")] == [
        "content/sources/chad-crc-60.md"
    ]


def test_what_is_there_stays(project: Path) -> None:
    file = project / "content/sources/fiji-opsc-72.md"
    file.write_text("A report.")
    assert new("Fiji", "OPSC", 72).exit_code == 2
    assert file.read_text() == "A report."
    file.unlink()
    outside = project.parent / "outside.md"
    file.symlink_to(outside)
    assert new("Fiji", "OPSC", 72).exit_code == 2
    assert not outside.exists()
    file.unlink()
    assert new("Fiji", "OPSC", 72).exit_code == 0
    file.unlink()
    before = (project / "content/sources.yaml").read_bytes()
    result = new("Fiji", "OPSC", 72)
    assert "has an entry for fiji-opsc-72.md already" in result.output
    assert not file.exists()
    assert (project / "content/sources.yaml").read_bytes() == before


def test_a_register_of_another_form_is_left_alone(project: Path) -> None:
    register = project / "content/sources.yaml"
    register.write_text(register.read_text() + "more: 1\n")
    before = register.read_text()
    result = new("Fiji", "OPSC", 72)
    assert result.exit_code == 2
    assert "put this into it by hand" in result.output
    assert "file: fiji-opsc-72.md" in result.output
    assert register.read_text() == before
    assert [*(project / "content/sources").iterdir()] == []


def test_a_terminal_is_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import generator.cli

    class Terminal:
        def __getattr__(self, name: str) -> object:
            return (lambda: True) if name == "isatty" else getattr(real, name)

    runner = CliRunner()
    with runner.isolation(input="Fiji\nOPSC\n72\n\n"):
        real = generator.cli.sys.stdin
        monkeypatch.setattr(generator.cli.sys, "stdin", Terminal())
        with pytest.raises(SystemExit) as ended:
            cli(["new"])
    assert ended.value.code == 0
    assert (project / "content/sources/fiji-opsc-72.md").is_file()
