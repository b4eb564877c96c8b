"""The scripts that take what strangers made: a hostile preview is refused, a hostile comment is not shown."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import seconds

from generator.changes import Edition, compare
from generator.changes.rendering import render_markdown

ROOT = Path(__file__).parents[2]
CI = ROOT / ".ci"
sys.path.insert(0, str(CI))
import comment  # noqa: E402

GOOD = {"index.html": "<p>x", "comment.md": "### From a to b\n", "site/countries/lao/index.html": "<p>x"}
KEY = "no key at all"

Entry = tuple[str, str] | tuple[str, str, int]


def packed(path: Path, *more: Entry, without: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text, *mode in [*GOOD.items(), *more]:
            if name == without:
                continue
            entry = zipfile.ZipInfo(name)
            entry.filename = name  # a name is not made better than it is
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (mode[0] if mode else stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, text)
    return path


def run(script: str, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    path = CI / script
    command = [sys.executable, str(path)] if path.suffix == ".py" else [str(path)]
    known = {"PATH": env.pop("PATH", os.environ["PATH"])}
    return subprocess.run(
        [*command, *map(str, arguments)],
        env={**known, **env},
        capture_output=True,
        text=True,
        timeout=seconds(60),
        check=False,
    )


# --- the artifact -------------------------------------------------------------------------------------------------


def test_a_preview_is_taken_whole(tmp_path: Path) -> None:
    more = [("site/data/SHA256SUMS", "x"), ("screens/home-360-dark.png", "x"), ("site/", "", stat.S_IFDIR | 0o755)]
    done = run("take_preview.py", packed(tmp_path / "p.zip", *more), tmp_path / "out")
    assert done.returncode == 0, done.stderr
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert files == {*GOOD, "site/data/SHA256SUMS", "screens/home-360-dark.png"}
    assert not any(path.stat().st_mode & 0o111 for path in (tmp_path / "out").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "entry",
    [
        ("site/link.html", "/etc/passwd", stat.S_IFLNK | 0o777),
        ("site/pipe.html", "", stat.S_IFIFO | 0o644),
        ("../evil.html", "x"),
        ("site/../../evil.html", "x"),
        ("/etc/evil.html", "x"),
        ("site//evil.html", "x"),
        ("site\\..\\evil.html", "x"),
        ("C:/evil.html", "x"),
        ("site/.git/hooks.html", "x"),
        (".github/workflows/x.yml", "x"),
        ("CNAME", "production.example.org"),
        ("site/CNAME", "production.example.org"),
        ("site/.htaccess", "x"),
        ("site/run.php", "x"),
        ("site/run.sh", "x"),
        ("screens/page.html", "x"),
        ("other/page.html", "x"),
        ("INDEX.html", "x"),
        ("site/a\nb.html", "x"),
        ("site/" + "a" * 200 + ".html", "x"),
    ],
    ids=lambda entry: ascii(entry[0][:30]),
)
def test_a_hostile_preview_is_refused(entry: Entry, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    done = run("take_preview.py", packed(tmp_path / "p.zip", entry), tmp_path / "deep/out")
    assert done.returncode == 1
    assert "refused" in done.stderr
    assert [*(tmp_path / "deep").iterdir()] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "p.zip"]


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", ("site/zeros.txt", "0" * 96_000_000))
    assert bomb.stat().st_size < 1_000_000
    done = run("take_preview.py", bomb, tmp_path / "out")
    assert (done.returncode, "larger than" in done.stderr) == (1, True)
    many = packed(tmp_path / "many.zip", *((f"site/{n}.txt", "") for n in range(60_001)))
    assert run("take_preview.py", many, tmp_path / "out").returncode == 1
    assert not (tmp_path / "out").exists()


def test_a_size_that_lies_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.zip", ("site/lies.txt", "0" * 50_000))
    size = (50_000).to_bytes(4, "little")
    data = path.read_bytes()
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (5).to_bytes(4, "little")))
    assert run("take_preview.py", path, tmp_path / "out").returncode == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("without", ["index.html", "comment.md"])
def test_what_is_not_whole_is_refused(without: str, tmp_path: Path) -> None:
    assert run("take_preview.py", packed(tmp_path / "p.zip", without=without), tmp_path / "out").returncode == 1
    (tmp_path / "no.zip").write_bytes(b"PK no zip")
    assert run("take_preview.py", tmp_path / "no.zip", tmp_path / "out").returncode == 1


# --- the comment --------------------------------------------------------------------------------------------------

GH = r"""#!{python}
import json, os, sys
log = os.environ["GH_LOG"]
given = sys.stdin.read() if "--input" in sys.argv else ""
with open(log, "a") as file:
    file.write(json.dumps([sys.argv[1:], given]) + "\n")
if sys.argv[-1].endswith("/zip"):
    sys.stdout.buffer.write(open(os.environ["GH_ZIP"], "rb").read())
else:
    print(os.environ.get("GH_SAYS", ""))
"""


@pytest.fixture
def gh(tmp_path: Path) -> Callable[..., tuple[subprocess.CompletedProcess[str], list]]:
    """Runs a script with a stand-in for gh that writes down what it is asked."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH.replace("{python}", sys.executable))
    (tmp_path / "bin/gh").chmod(0o755)

    def asked(script: str, *arguments: str | Path, **env: str) -> tuple[subprocess.CompletedProcess[str], list]:
        log = tmp_path / "log"
        log.write_text("")
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        done = run(script, *arguments, PATH=path, GH_LOG=str(log), GH_REPO="owner/name", **env)
        return done, [json.loads(line) for line in log.read_text().splitlines()]

    return asked


@pytest.mark.parametrize(("says", "method"), [("", "POST"), ("77", "PATCH"), ("77\n78", "PATCH")])
def test_there_is_one_comment(says: str, method: str, gh, tmp_path: Path) -> None:
    told = "### From main to pull request 12: what differs\n\n- New: x &#64;&#8203;y<br>z\n"
    (tmp_path / "comment.md").write_text(told)
    done, asked = gh("comment.py", "12", tmp_path, "https://previews.example.org/pr/12/", GH_SAYS=says)
    assert done.returncode == 0, done.stderr
    (arguments, given) = asked[-1]
    assert method in arguments
    assert ("repos/owner/name/issues/comments/77" in arguments) is bool(says)
    body = json.loads(given)["body"]
    assert body.startswith("<!-- sessional: preview -->\n")
    assert "(https://previews.example.org/pr/12/index.html)" in body
    assert body.endswith(f"{told}\n")


@pytest.mark.parametrize(
    "words",
    [
        "@owner look", "fixes #12", "owner/name#12", "see GH-12", "https://evil.example", "www.evil.example",
        "&#64;owner", "&#35;12", "w&#119;w.evil.example", "&#71;H-12", "&copy;", "&#x40;owner", "\\@",
        "[x](//evil.example)", "![x](y)", "<img src=x>", "<script>", "<!-- sessional: preview -->", "<details>",
        "`code`", "~~~", "$$x$$", "a\u202eb", "a\u200bb", "a\x07", "x" * 60_001,
    ],
    ids=lambda words: ascii(words[:20]),
)  # fmt: skip
def test_a_hostile_comment_is_not_shown(words: str, gh, tmp_path: Path) -> None:
    (tmp_path / "comment.md").write_text(words, encoding="utf-8")
    _, asked = gh("comment.py", "12", tmp_path, "")
    body = json.loads(asked[-1][1])["body"]
    assert words not in body.removeprefix("<!-- sessional: preview -->")
    assert "not of the form expected" in body


@given(st.text() | st.text("@<>|`[]!*_~\\$#:&;aw1 \n-+=.()/GH\u200b\u202e"))
def test_what_the_program_writes_is_always_shown(text: str) -> None:
    said = {"id": text, "kind": text, "speaker": text, "text": text, "source": {"path": text}}
    shown = render_markdown(compare(Edition(text, text, [said]), Edition(text, text, [{**said, "text": f"{text} x"}])))
    assert comment.harmless(shown)


def test_a_comment_that_is_no_text_is_not_shown(gh, tmp_path: Path) -> None:
    (tmp_path / "comment.md").write_bytes(b"\xff\xfe")
    assert "not of the form" in gh("comment.py", "12", tmp_path)[1][-1][1]


@pytest.mark.parametrize(
    "arguments", [["12; rm", "."], ["0", "."], ["12", ".", "http://x/"], ["12", ".", "https://x/)("]]
)
def test_what_is_no_number_or_address_is_refused(arguments: list[str], gh) -> None:
    done, asked = gh("comment.py", *arguments)
    assert (done.returncode, asked) == (2, [])


@pytest.mark.parametrize(("says", "told"), [("12", "number=12\n"), ("", ""), ("12\n13", ""), ("12\nnumber=1", "")])
def test_the_number_is_what_github_says(says: str, told: str, gh) -> None:
    known = {"HEAD_OWNER": "stranger", "HEAD_BRANCH": "a&state=closed;$(id)", "HEAD_SHA": "0" * 40}
    done, asked = gh("find-pull-request", GH_SAYS=says, **known)
    assert (done.returncode, done.stdout) == (0, told)
    assert "head=stranger:a&state=closed;$(id)" in asked[0][0]  # one argument, whatever it holds


def test_the_artifact_of_a_run_is_fetched_with_care(gh, tmp_path: Path) -> None:
    good = packed(tmp_path / "good.zip")
    done, asked = gh("fetch-preview", "55", tmp_path / "out", GH_SAYS="99", GH_ZIP=str(good))
    assert (done.returncode, done.stdout) == (0, f"folder={tmp_path / 'out'}\n"), done.stderr
    assert (tmp_path / "out/index.html").is_file()
    assert [arguments[-1] for arguments, _ in asked][-1] == "repos/owner/name/actions/artifacts/99/zip"
    hostile = packed(tmp_path / "hostile.zip", ("../evil.html", "x"))
    done, _ = gh("fetch-preview", "55", tmp_path / "other", GH_SAYS="99", GH_ZIP=str(hostile))
    assert done.returncode != 0
    assert done.stdout == ""
    assert not (tmp_path / "other").exists()
    assert not (tmp_path / "evil.html").exists()


@pytest.mark.parametrize(("number", "says", "status"), [("55", "", 0), ("55", "9\n8", 0), ("5;id", "9", 2)])
def test_a_run_without_a_preview_ends_well(number: str, says: str, status: int, gh, tmp_path: Path) -> None:
    done, _ = gh("fetch-preview", number, tmp_path / "out", GH_SAYS=says)
    assert (done.returncode, done.stdout) == (status, "")


# --- another origin -----------------------------------------------------------------------------------------------


def settings(tmp_path: Path, **more: str) -> dict[str, str]:
    return {
        "PREVIEW_URL": "https://previews.example.org/",
        "PREVIEW_REPOSITORY": "owner/previews",
        "PREVIEW_DEPLOY_KEY": KEY,
        "SITE_URL": "https://www.example.org/",
        "PREVIEW_REMOTE": str(tmp_path / "previews.git"),
        **more,
    }


def served(tmp_path: Path) -> list[str]:
    command = ["git", "-C", str(tmp_path / "previews.git"), "ls-tree", "-r", "--name-only", "gh-pages"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_previews_come_and_go(gh, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "previews.git")], check=True)
    made = tmp_path / "made"
    made.mkdir()
    (made / "index.html").write_text("one")
    given = settings(tmp_path, NUMBER="12", FOLDER=str(made))
    done, _ = gh("publish_preview.py", **given, GH_SAYS="11\n12")
    assert (done.returncode, done.stdout) == (0, "address=https://previews.example.org/pr/12/\n"), done.stderr
    gh("publish_preview.py", **{**given, "NUMBER": "11"}, GH_SAYS="11\n12")
    assert served(tmp_path) == [".nojekyll", "pr/11/index.html", "pr/12/index.html", "robots.txt"]
    # 12 was closed: its preview goes, whatever this run was of, and nothing is left of it.
    done, _ = gh("publish_preview.py", **{**given, "NUMBER": "", "FOLDER": ""}, GH_SAYS="11")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert served(tmp_path) == [".nojekyll", "pr/11/index.html", "robots.txt"]
    log = subprocess.run(
        ["git", "-C", str(tmp_path / "previews.git"), "rev-list", "--count", "gh-pages"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert log.strip() == "1"


def test_a_preview_of_what_is_closed_is_not_put_there(gh, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "previews.git")], check=True)
    given = settings(tmp_path, NUMBER="12", FOLDER=str(tmp_path))
    done, _ = gh("publish_preview.py", **given, GH_SAYS="11")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("missing", ["PREVIEW_URL", "PREVIEW_REPOSITORY", "PREVIEW_DEPLOY_KEY"])
def test_without_a_place_it_ends_well(missing: str, gh, tmp_path: Path) -> None:
    done, asked = gh("publish_preview.py", **settings(tmp_path, **{missing: ""}))
    assert (done.returncode, asked) == (0, [])
    assert "nothing is published" in done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"PREVIEW_URL": "https://www.example.org/previews/"},  # where production is
        {"PREVIEW_URL": "https://owner.github.io/previews/"},  # where all repositories of the owner are
        {"PREVIEW_URL": "http://previews.example.org/"},
        {"PREVIEW_URL": "https://previews.example.org"},
        {"PREVIEW_REPOSITORY": "owner/name"},
        {"PREVIEW_REPOSITORY": "--upload-pack=x"},
        {"NUMBER": "../12", "FOLDER": "/tmp"},
    ],
)
def test_production_is_never_where_previews_are(wrong: dict[str, str], gh, tmp_path: Path) -> None:
    done, _ = gh("publish_preview.py", **settings(tmp_path, **wrong), GH_SAYS="12")
    assert done.returncode == 1
    assert done.stdout == ""
