"""A pull request with plain git: a clone, a branch with an edit, and the steps of the workflows one after the other."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from commands import surroundings
from patience import seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
CI = ROOT / ".ci"
AXE = ROOT / "tests/web/node_modules/axe-core/axe.min.js"
NU = ROOT / "tests/web/node_modules/vnu-jar/build/dist/vnu.jar"
sys.path.insert(0, str(CI))
import comment  # noqa: E402

# One process makes the preview for all of them.
pytestmark = pytest.mark.xdist_group("pull request")

SAID = "There was an obvious lack of data"
EDITED = "There was an obvious @owner <!-- #12 --> `lack` of data"
_FIXED = surroundings(HOME="/nonexistent")


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], env=_FIXED, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


class Pull(NamedTuple):
    """What the workflow of a pull request leaves."""

    project: Path
    preview: Path
    base: str
    stderr: str

    def text(self, name: str) -> str:
        return (self.preview / name).read_text(encoding="utf-8")


def project_in(folder: Path) -> Path:
    """A project with this one's content and templates, under git, on the branch main."""
    folder.mkdir()
    for name in ("content", "templates", "tests/gold"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / ".gitignore").write_text("/build/\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "As it was")
    return folder


def edit(project: Path, old: str, new: str) -> None:
    """Change the report, and record its new checksum as an editor does."""
    report = project / "content/sources/lao-pdr-opsc-69.md"
    data = report.read_bytes()
    assert old.encode() in data
    report.write_bytes(data.replace(old.encode(), new.encode()))
    register = project / "content/sources.yaml"
    sums = [hashlib.sha256(one).hexdigest() for one in (data, report.read_bytes())]
    register.write_text(register.read_text().replace(*sums))


def preview(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "sessional"), "preview", *options]
    return subprocess.run(
        command, cwd=project, env=_FIXED, capture_output=True, text=True, timeout=seconds(240), check=False
    )


@pytest.fixture(scope="module")
def pull(tmp_path_factory: pytest.TempPathFactory) -> Pull:
    there = tmp_path_factory.mktemp("pull")
    upstream = project_in(there / "upstream")
    git(there, "clone", "-q", "--bare", str(upstream), str(there / "origin.git"))
    # the editor's clone
    git(there, "clone", "-q", str(there / "origin.git"), str(there / "editor"))
    git(there / "editor", "checkout", "-q", "-b", "words")
    # as an editor writes it into Markdown, so that the signs are words
    edit(there / "editor", SAID, EDITED.replace("<", "&lt;").replace(">", "&gt;").replace("`", "\\`"))
    # a number among the new words may have turned the sense: the editor says that it is the same statement
    program = str(Path(sys.executable).parent / "sessional")
    kept = [program, "register", "--keep", "lao-opsc-69.xk9b90"]
    subprocess.run(kept, cwd=there / "editor", env=_FIXED, capture_output=True, timeout=seconds(120), check=True)
    git(there / "editor", "commit", "-qam", "Mend words")
    git(there / "editor", "push", "-q", "origin", "words:refs/pull/12/head")
    # meanwhile main goes on
    (upstream / "README.md").write_text("New on main.\n")
    git(upstream, "add", ".")
    git(upstream, "commit", "-qm", "Go on")
    git(upstream, "push", "-q", str(there / "origin.git"), "main")
    # what actions/checkout does of a pull request: the merge of both, with all history
    git(there, "clone", "-q", str(there / "origin.git"), str(there / "runner"))
    runner = there / "runner"
    git(runner, "fetch", "-q", "origin", "refs/pull/12/head")
    git(runner, "checkout", "-q", "--detach", "origin/main")
    git(runner, "merge", "-q", "--no-ff", "-m", "Merge", "FETCH_HEAD")
    done = preview(runner, "--called", "pull request 12", *([] if shutil.which("chromium") else ["--no-screens"]))
    assert done.returncode == 0, done.stderr
    return Pull(runner, runner / "build/preview", git(runner, "rev-parse", "origin/main"), done.stderr)


def test_the_folder_holds_what_a_reviewer_needs(pull: Pull) -> None:
    names = {path.name for path in pull.preview.iterdir()}
    assert names - {"screens"} == {
        "site", "index.html", "diff.html", "diff.json", "comment.md", "preview.json", "diagnostics.txt",
        "bundle.zip", "bundle.zip.sha256",
    }  # fmt: skip
    digest = hashlib.sha256((pull.preview / "bundle.zip").read_bytes()).hexdigest()
    assert pull.text("bundle.zip.sha256").startswith(digest)


def test_every_page_says_that_it_is_a_preview(pull: Pull) -> None:
    pages = sorted((pull.preview / "site").rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.count("Preview, not published: pull request 12, commit ") == 1, page
        assert text.count('<meta name="robots" content="noindex, nofollow">') == 1, page
        assert f"origin/main ({pull.base[:10]})" in text
        link = re.search(r'href="([^"]+)"[^>]*>All of this preview', text)
        assert link
        assert (page.parent / link[1]).resolve() == (pull.preview / "index.html").resolve()
    assert "Disallow: /\n" in pull.text("site/robots.txt")


def test_the_bundle_says_so_too_and_leads_nowhere_else(pull: Pull) -> None:
    with zipfile.ZipFile(pull.preview / "bundle.zip") as archive:
        text = archive.read("site/index.html").decode()
    assert "Preview, not published" in text
    assert "All of this preview" not in text


def test_pages_are_otherwise_those_of_the_site(pull: Pull, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "sessional"), "build", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=pull.project, env=_FIXED, capture_output=True, timeout=seconds(240), check=True)
    assert "Disallow: /\n" not in (tmp_path / "site/robots.txt").read_text()
    for page in sorted((tmp_path / "site").rglob("*")):
        name = page.relative_to(tmp_path / "site")
        if not page.is_file() or page.name == "robots.txt":
            continue
        data, marked = page.read_bytes(), (pull.preview / "site" / name).read_bytes()
        if page.suffix == ".html":
            assert b"Preview, not published" not in data
            marked = re.sub(rb'<aside aria-label="Preview".*?</aside>', b"", marked, count=1)
            marked = marked.replace(b'<meta name="robots" content="noindex, nofollow"><title>Preview: ', b"<title>", 1)
        assert marked == data, name


def test_the_difference_is_the_edit_and_nothing_of_main(pull: Pull) -> None:
    told = json.loads(pull.text("diff.json"))
    assert [(one["sorts"], one["new"]["kind"]) for one in told["changed"]] == [(["reworded"], "concern")]
    assert (told["added"], told["removed"], told["lost"]) == ([], [], [])
    assert "countries/lao/opsc-69/" in told["pages"]["changed"]
    assert told["links"] == {"new": [], "gone": []}
    page = pull.text("diff.html")
    assert "<ins>@owner &lt;!-- #12 --&gt; `lack`</ins>" in page
    assert "recall on labelled sentences" in page


def test_totals_and_pages_stand_on_the_first_page(pull: Pull) -> None:
    totals = {row["name"]: (row["old"], row["new"]) for row in json.loads(pull.text("preview.json"))["totals"]}
    files = (pull.preview / "site/data/states").glob("*.jsonl")
    number = f"{sum(len(file.read_bytes().splitlines()) for file in files):,}"
    assert totals["statements"] == (number, number)
    assert totals["broken links"] == ("0", "0")
    page = pull.text("index.html")
    links = set(re.findall(r'(?:href|src)="([^"#]+)"', page))
    assert {"site/index.html", "diff.html", "bundle.zip", "diagnostics.txt", "comment.md"} <= links
    assert "site/countries/lao/opsc-69/index.html" in links
    assert [link for link in links if not (pull.preview / link).is_file()] == []


def test_the_artifact_is_taken_and_its_comment_shown(pull: Pull, tmp_path: Path) -> None:
    """What publish-preview.yml does with it."""
    shutil.make_archive(str(tmp_path / "preview"), "zip", pull.preview)
    command = [sys.executable, str(CI / "take_preview.py"), str(tmp_path / "preview.zip"), str(tmp_path / "taken")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    body = comment.body(tmp_path / "taken", "https://previews.example.org/pr/12/")
    assert "### From origin/main" in body
    assert "| reworded | 1 |" in body
    assert "<ins>&#64;&#8203;owner &#60;&#33;-- &#35;&#8203;12 --&#62; &#96;lack&#96;</ins>" in body
    assert "@owner" not in body


@pytest.mark.browser
def test_pictures_show_types_of_pages_that_changed(pull: Pull, browser: Browser) -> None:
    names = {path.name for path in (pull.preview / "screens").iterdir()}
    assert {f"examination-{width}-{scheme}.png" for width in (360, 1280) for scheme in ("light", "dark")} <= names
    for name in names:
        header = (pull.preview / "screens" / name).read_bytes()[:24]
        assert header.startswith(b"\x89PNG")
        assert int.from_bytes(header[16:20], "big") == int(name.split("-")[-2])
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name in ("index.html", "diff.html", "site/countries/lao/opsc-69/index.html"):
        page.goto((pull.preview / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.close()


OWN = ("index.html", "diff.html", "site/index.html", "site/countries/lao/opsc-69/index.html")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(not AXE.exists(), reason="not installed: axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_has_no_barrier(scheme: str, pull: Pull, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True)
    for name in OWN:
        page.goto((pull.preview / name).as_uri())
        page.add_script_tag(path=AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)["violations"]
        assert [(one["id"], node["html"][:100]) for one in found for node in one["nodes"]] == [], name
    page.close()


@pytest.mark.slow
@pytest.mark.skipif(not (NU.exists() and shutil.which("java")), reason="not installed: the Nu checker, java")
def test_a_preview_is_html(pull: Pull) -> None:
    files = [str(pull.preview / name) for name in OWN]
    command = ["java", "-jar", str(NU), "--errors-only", "--format", "gnu", *files]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_without_main_or_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_in(tmp_path / "project")
    shutil.rmtree(project / ".git")
    monkeypatch.setitem(_FIXED, "PATH", str(tmp_path))
    done = preview(project)
    assert done.returncode == 0, done.stderr
    page = (project / "build/preview/index.html").read_text(encoding="utf-8")
    assert "Commit not recorded" in page
    assert "Nothing was compared." in page
    assert "No pictures: no browser is installed" in page
    assert not (project / "build/preview/diff.html").exists()


def test_what_is_withheld_is_shown_and_fails(tmp_path: Path) -> None:
    project = project_in(tmp_path / "project")
    report = project / "content/sources/lao-pdr-opsc-69.md"
    report.write_bytes(report.read_bytes().replace(SAID.encode(), b"Changed in silence"))
    done = preview(project, "--no-screens")
    assert done.returncode == 1
    assert "D004" in done.stderr
    page = (project / "build/preview/index.html").read_text(encoding="utf-8")
    assert "with changes that are not committed" in page
    assert "look here first" in page
    assert "source-changed" in page


def test_a_wrong_revision_is_wrong_use(tmp_path: Path) -> None:
    project = project_in(tmp_path / "project")
    done = preview(project, "--no-screens", "--against", "no-such-branch")
    assert done.returncode == 2
    assert "no revision of this project" in done.stderr
    assert not (project / "build/preview").exists()
