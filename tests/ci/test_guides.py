"""What the guides tell people to do works: links lead somewhere, commands are there, the example is accepted."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli

ROOT = Path(__file__).parents[2]
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PAGE = ROOT / "docs/for-editors-without-git.md"


def anchors(text: str) -> set[str]:
    """The places of a page as GitHub names them."""
    found = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


def _in_fences(text: str) -> list[str]:
    """The lines of commands that stand by themselves."""
    fences = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [line.strip() for fence in fences for line in fence.splitlines()]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links_lead_somewhere(guide: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1", "", guide.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        path, _, place = target.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        there = (guide.parent / path).resolve() if path else guide
        assert there.exists(), target
        if place and there.suffix == ".md":
            assert place in anchors(there.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_commands_are_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for code in re.findall(r"`([^`\n]+)`", text) + _in_fences(text):
        if found := re.match(r"(?:\.venv/bin/)?sessional ([a-z]+)", code):
            assert found[1] in cli.commands, code
        if found := re.match(r"make ([a-z-]+)", code):
            assert found[1] in known, code


def test_the_guide_without_git_is_one_page() -> None:
    assert len(PAGE.read_text(encoding="utf-8").split()) < 650


def test_its_example_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "content/sources").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "content/vocabularies").symlink_to(ROOT / "content/vocabularies")
    shutil.copy(ROOT / "content/sources/lao-pdr-opsc-69.md", tmp_path / "content/sources")
    report = (ROOT / "content/sources/lao-pdr-opsc-69.md").read_text(encoding="utf-8")
    report = report.replace("LAO PEOPLE'S DEMOCRATIC REPUBLIC", "FIJI").replace("69<sup>", "72<sup>", 1)
    (tmp_path / "content/sources/fiji-opsc-72.md").write_text(report.replace("27<sup>TH</sup> MAY 2015", "20 MAY 2016"))
    register = (ROOT / "content/sources.yaml").read_text(encoding="utf-8")
    (tmp_path / "content/sources.yaml").write_text(register + textwrap.dedent(example[1]))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["check"])
    assert result.exit_code == 0, result.output
    assert "D003" not in result.output
    assert "2 documents checked: 0 errors" in result.output
