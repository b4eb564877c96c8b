"""What two states of the collection say differently: which statements are found again, and how it is shown."""

from __future__ import annotations

import html
import json
import re
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from patience import seconds
from staging import ROOT

from generator.build import load_templates
from generator.changes import NOT_SHOWN, Changes, Edition, Sort, compare, words_of
from generator.changes.rendering import (
    LONGEST_COMMENT,
    escape_markdown,
    render_json,
    render_markdown,
    render_text,
    view,
)
from generator.cli import cli
from generator.diagnostics import Diagnostic
from generator.render import Renderer
from generator.text.source import Location

WORDS = "The Committee was concerned about the lack of data on trafficking in children."


def statement(id_: str = "xar-crc-102.a", text: str | None = WORDS, **more: object) -> dict:
    path, line = more.pop("path", "arcadia.md"), more.pop("line", 12)
    return {
        "id": id_,
        "examination": "xar-crc-102",
        "kind": "concern",
        "speaker": "committee",
        "speaker_name": None,
        "attribution": "explicit",
        "text": text,
        "themes": ["trafficking", "data-collection"],
        "replies_to": [],
        "response": None,
        "due": None,
        "confidence": "high",
        "source": {"path": path, "sha256": "0", "spans": [{"line": line, "col_start": 0, "col_end": 9}]},
        **more,
    }


def differ(old: list[dict], new: list[dict], **more: object) -> Changes:
    return compare(Edition("old", "old data", old), Edition("new", "new data", new, **more))


def page(changes: Changes) -> str:
    return Renderer(load_templates(ROOT / "templates")).alone("diff", view(changes))


# --- finding again ------------------------------------------------------------------------------------------------


def test_the_same_differs_in_nothing() -> None:
    changes = differ([statement()], [statement(line=40, rule="another", themes=["data-collection", "trafficking"])])
    assert changes.empty
    assert not changes.loses


@pytest.mark.parametrize(
    ("field", "value", "sort"),
    [
        ("kind", "question", Sort.RETYPED),
        ("speaker", "delegation", Sort.REATTRIBUTED),
        ("speaker_name", "A. Name", Sort.REATTRIBUTED),
        ("themes", ["health"], Sort.RETHEMED),
        ("text", WORDS.replace("The Committee", "the Committee"), Sort.REWORDED),
        ("response", "noted", Sort.OTHER),
        ("due", {"date": "2016-06", "precision": "half-year", "text": "mid-2016"}, Sort.OTHER),
    ],
)
def test_a_statement_is_found_by_its_id(field: str, value: object, sort: Sort) -> None:
    changes = differ([statement()], [statement(**{field: value})])
    (change,) = changes.changed
    assert change.sorts == (sort,)
    assert not changes.added
    assert not changes.removed
    assert not changes.loses


def test_an_edited_sentence_is_one_change_and_its_id_is_lost() -> None:
    edited = statement("xar-crc-102.b", WORDS.replace("lack of data", "want of data"))
    changes = differ([statement()], [edited])
    (change,) = changes.changed
    assert [(run.sign, run.text) for run in change.words if run.sign != "="] == [("-", "lack"), ("+", "want")]
    assert change.likeness is not None
    assert 80 < change.likeness < 100
    assert [(one.id, one.successor) for one in changes.lost] == [("xar-crc-102.a", "xar-crc-102.b")]
    assert not changes.added
    assert not changes.removed
    assert changes.loses
    assert view(changes).verdict == "1 id lost: look here first."


def test_what_is_like_it_in_another_examination_is_not_the_same() -> None:
    other = statement("xar-crc-103.b", WORDS.replace("lack", "want"), examination="xar-crc-103", path="other.md")
    changes = differ([statement()], [other])
    assert len(changes.added) == len(changes.removed) == 1
    assert not changes.changed


def test_the_likest_is_chosen_first() -> None:
    near, nearer = WORDS.replace("lack", "want").replace("trafficking", "sale"), WORDS.replace("lack", "want")
    changes = differ([statement()], [statement("x.b", near), statement("x.c", nearer)])
    assert [change.new.id for change in changes.changed] == ["x.c"]
    assert [one.id for one in changes.added] == ["x.b"]


def test_an_examination_recognised_otherwise_keeps_its_sentences() -> None:
    changes = differ([statement()], [statement("xar-crc-103.a", examination="xar-crc-103")])
    (change,) = changes.changed
    assert change.likeness is None
    assert [one.field for one in change.fields] == ["examination"]


def test_a_reply_to_an_edited_question_answers_the_same() -> None:
    old = [statement(), statement("x.r", "It had acted.", replies_to=["xar-crc-102.a"])]
    new = [statement("x.b", WORDS.replace("lack", "want")), statement("x.r", "It had acted.", replies_to=["x.b"])]
    assert [change.new.id for change in differ(old, new).changed] == ["x.b"]


def test_words_kept_back_are_shown_on_neither_side() -> None:
    for old, new in ((WORDS, None), (None, WORDS)):
        changes = differ([statement(text=old)], [statement(text=new)])
        for shown in (render_text(changes), render_markdown(changes), page(changes), render_json(changes)):
            assert "trafficking in children" not in shown
        assert NOT_SHOWN in render_text(changes)


def test_fields_that_one_side_never_had_are_no_change() -> None:
    assert differ([statement()], [statement(listed=False)]).empty


def test_findings_that_move_are_the_same_and_new_errors_count() -> None:
    old = Edition("old", "", [], [Diagnostic(Location("a.md", 3), "R007", "inferred")])
    moved = Diagnostic(Location("a.md", 9), "R007", "inferred")
    changes = compare(old, Edition("new", "", [], [moved]))
    assert changes.empty
    worse = compare(old, Edition("new", "", [], [moved, Diagnostic(Location("a.md"), "S002", "empty")]))
    assert worse.diagnostics
    assert [one.code for one in worse.diagnostics.new] == ["S002"]
    assert worse.loses
    assert not compare(old, Edition("new", "", [], [])).loses


def test_sentences_labelled_by_hand_score_both_sides() -> None:
    other = "It asked about the number of victims."
    sentences = [{"text": WORDS, "kind": "concern", "speaker": "committee"}]
    sentences.append({"text": other, "kind": "question", "speaker": "committee"})
    labels = {"source": {"path": "arcadia.md", "sha256": "0"}, "sentences": sentences}

    def scores(old: list[dict], new: list[dict]) -> list[tuple[float | None, float | None]]:
        found = compare(Edition("old", "", old), Edition("new", "", new), labels).scores
        return [(one.old, one.new) for one in found if "labelled sentences" in one.name]

    right = [statement(), statement("x.b", other, kind="question")]
    wrong = [statement(speaker="delegation"), statement("x.b", other, kind="reply")]
    assert scores(right, wrong) == [(100.0, 50.0), (100.0, 50.0), (100.0, 0.0)]
    # of other bytes, or another document, nothing is known
    elsewhere = [statement(source={"path": "arcadia.md", "sha256": "1"}), statement(path="other.md")]
    assert scores(right, elsewhere) == [(100.0, None)] * 3


def test_pages_are_compared_with_their_like_only() -> None:
    old = Edition("old", "", [], pages={"a/": "1", "b/": "1", "c/": "1"}, page_sort="site")
    new = Edition("new", "", [], pages={"a/": "1", "b/": "2", "d/": "1"}, page_sort="site")
    found = compare(old, new).pages
    assert found
    assert (found.added, found.removed, found.changed) == (("d/",), ("c/",), ("b/",))
    assert compare(old, Edition("new", "", [], pages={}, page_sort="content")).pages is None


some_words = st.lists(st.sampled_from("data on the sale of children was lacking".split()), min_size=1, max_size=12)


@st.composite
def collections(draw: st.DrawFn) -> list[dict]:
    """A few statements with words of a small stock, so that many are alike."""
    ids = draw(st.lists(st.integers(0, 12), unique=True, max_size=6))
    return [statement(f"x.{id_}", " ".join(draw(some_words))) for id_ in ids]


@given(collections(), collections())
def test_old_and_new_exchanged_exchange_added_and_removed(old: list[dict], new: list[dict]) -> None:
    there, back = differ(old, new), differ(new, old)
    assert {one.id for one in there.added} == {one.id for one in back.removed}
    assert {one.id for one in there.removed} == {one.id for one in back.added}
    assert {(c.old.id, c.new.id) for c in there.changed} == {(c.new.id, c.old.id) for c in back.changed}


@given(collections())
def test_any_collection_equals_itself(records: list[dict]) -> None:
    assert differ(records, json.loads(json.dumps(records))).empty


@given(some_words, some_words)
def test_the_words_of_both_sides_are_kept(old: list[str], new: list[str]) -> None:
    runs = words_of(" ".join(old), " ".join(new))
    assert " ".join(run.text for run in runs if run.sign != "+") == " ".join(old)
    assert " ".join(run.text for run in runs if run.sign != "-") == " ".join(new)


def test_large_collections_take_seconds() -> None:
    old = [statement(f"x{n // 100}.{n}", f"{WORDS} {n}", examination=f"x{n // 100}") for n in range(40_000)]
    new = [
        {**one, "id": f"{one['id']}b", "text": f"{one['text']} now"} if n % 50 == 0 else one
        for n, one in enumerate(old)
    ]
    started = time.process_time()
    assert len(differ(old, new).changed) == 800
    assert time.process_time() - started < seconds(20)


# --- showing ------------------------------------------------------------------------------------------------------

HOSTILE = (
    "@everyone <script>alert(1)</script> a|b `code` ![x](http://evil.example/x.png) [y](javascript:z) #12 GH-3 "
    "www.evil.example :octocat: **bold** $x$ <!-- \n\n# heading\n- item\n``` \x1b[31m & &lt;"
)


def hostile() -> Changes:
    names = {"kind": HOSTILE, "speaker": HOSTILE, "speaker_name": HOSTILE, "path": HOSTILE}
    old = [statement(), statement(f"1{HOSTILE}", HOSTILE, **names), statement("x.c", "It had acted.")]
    new = [statement(text=f"{WORDS} {HOSTILE}", response=HOSTILE), statement(f"2{HOSTILE}", "Else.", **names)]
    return differ(old, new)


def test_a_terminal_is_told_without_colour() -> None:
    shown = render_text(differ([statement()], [statement("x.b", WORDS.replace("lack", "want"), kind="question")]))
    assert "about the [-lack-] {+want+} of data" in shown
    assert "~ arcadia.md:12 x.b: concern · Committee → question · Committee – retyped, reworded" in shown
    assert "- xar-crc-102.a → x.b" in shown


def test_of_a_list_what_went_and_came_is_told() -> None:
    shown = render_text(differ([statement()], [statement(themes=["data-collection", "health"])]))
    assert "themes: − trafficking; + health" in shown


def test_a_terminal_obeys_no_source() -> None:
    assert "\x1b" not in render_text(hostile())
    styled = render_text(hostile(), lambda text, _sign: f"<{text}>")
    assert "<+ " in styled


def test_a_comment_shows_hostile_words_as_they_are() -> None:
    shown = render_markdown(hostile())
    out = MarkdownIt("commonmark", {"html": True}).enable("table").render(shown)
    assert set(re.findall(r"</?(\w+)", out)) <= set(
        "h3 h4 p strong ul li br del ins table thead tbody tr th td".split()
    )
    assert "<!--" not in out
    assert not re.search(r"[@#]\w|\w@\w|:octocat:|www\.|GH-3", html.unescape(re.sub(r"<[^>]+>", "", out)))
    assert "<script>alert(1)</script> a|b `code` ![x](http://evil.example/x.png)" in html.unescape(out)


@given(st.text() | st.text("@<>|`[]!*_~\\$#:&;a1 \n-+=.()"))
def test_no_mark_survives_in_a_comment(text: str) -> None:
    out = escape_markdown(text)
    left = re.sub(r"&#\d+;", "", out)
    assert not set(left) & set("@<>|`[]!*_~\\$#:&{}+^\n\r")
    assert not re.search(r"&#(64|35);(?!&#8203;)", out)
    inline = MarkdownIt("commonmark", {"html": True}).renderInline(f"x{out}")
    assert "<" not in inline
    shown = html.unescape(inline).removeprefix("x").replace("\u200b", "")
    if text.isprintable():
        assert shown.split() == text.split()


def test_a_comment_is_cut_at_the_end_of_a_row() -> None:
    new = [statement(f"x.{number}", f"{HOSTILE} {number}") for number in range(100_000)]
    shown = render_markdown(differ([], new), "build/diff.html")
    assert len(shown) <= LONGEST_COMMENT
    *rows, _, pointer = shown.splitlines()
    told = re.fullmatch(r"… and ([\d,]+) more: see the diff page \(build/diff\.html\)\.", pointer)
    assert told
    assert int(told[1].replace(",", "")) + sum(row.startswith("- **") for row in rows) == 100_000
    assert rows[-1].count("<br>") == 1
    assert "more: see" not in render_markdown(differ([], new[:3]))


def test_a_comment_on_nothing_says_so() -> None:
    assert "Nothing differs." in render_markdown(differ([statement()], [statement()]))


def test_the_page_shows_hostile_words_as_they_are() -> None:
    out = page(hostile())
    assert "<script" not in out
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in out
    assert not re.search(r"""(?:src|href)=["'](?!#)""", out)


def test_the_page_marks_words_that_went_and_came() -> None:
    out = page(differ([statement()], [statement("x.b", WORDS.replace("lack", "want"))]))
    assert "about the <del>lack</del> <ins>want</ins> of data" in out
    assert "concern · Committee" in out
    assert "arcadia.md:12 · x.b" in out


def test_programs_are_told_everything() -> None:
    told = json.loads(render_json(differ([statement()], [statement("x.b", WORDS.replace("lack", "want"))])))
    assert told["lost"] == [{"id": "xar-crc-102.a", "successor": "x.b"}]
    assert told["loses"] is True
    assert told["changed"][0]["sorts"] == ["reworded"]
    assert told["diagnostics"] is None


# --- the command --------------------------------------------------------------------------------------------------


def run(*arguments: object):
    result = CliRunner().invoke(cli, ["diff", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(path: Path, *records: dict) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    return path


def test_data_files_and_folders_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    old = written(tmp_path / "old.jsonl", statement())
    written(tmp_path / "site/data/statements.jsonl", statement(kind="question"))
    result = run(old, tmp_path / "site")
    assert result.exit_code == 0
    assert "retyped" in result.stdout
    assert run(old, tmp_path / "site/data", "--format", "json").stdout.startswith("{")
    lost = written(tmp_path / "lost.jsonl")
    assert run(old, lost).exit_code == 1
    assert run(old, lost, "--exit-zero").exit_code == 0
    out = tmp_path / "made/diff.html"
    assert run(old, lost, "--format", "html", "--output", out).exit_code == 1
    assert out.read_text().startswith("<!doctype html>")


def test_links_that_broke_are_found_in_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name, target in (("old", "index.html"), ("new", "nowhere.html")):
        written(tmp_path / name / "data/statements.jsonl", statement())
        (tmp_path / name / "index.html").write_text(f'<!doctype html><p><a href="{target}">x</a></p>')
    result = run(tmp_path / "old", tmp_path / "new")
    assert result.exit_code == 1
    assert "broken links new" in result.stdout
    assert "~ /" in result.stdout


@pytest.mark.process  # what is no file may be a revision: git is asked
@pytest.mark.parametrize("text", ["no json\n", "[]\n", '{"kind": "concern"}\n', "\xff\n"])
def test_what_holds_no_statements_is_wrong_use(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(text.encode("latin-1"))
    assert run(path, path).exit_code == 2
    assert run("no-such-revision", path).exit_code == 2
    assert run("--output=x", path).exit_code == 2
    assert run(tmp_path, path).exit_code == 2


@pytest.mark.process
def test_revisions_of_the_project_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    (project / "content/sources").mkdir(parents=True)
    (project / "mkdocs.yml").write_text("site_name: x\n")
    (project / "content/vocabularies").symlink_to(ROOT / "content/vocabularies")
    (project / "templates").symlink_to(ROOT / "templates")
    report = project / "content/sources/lao-pdr-opsc-69.md"
    text = (ROOT / "content/sources/lao-pdr-opsc-69.md").read_text()
    said = "There was an obvious lack of data"
    assert said in text

    def commit(words: str) -> None:
        report.write_text(text.replace(said, words))
        for command in (["add", "content/sources"], ["commit", "-qm", "x"]):
            who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
            subprocess.run(["git", "-C", project, *who, *command], check=True)

    subprocess.run(["git", "init", "-q", project], check=True)
    commit(said)
    commit("There was an evident lack of data")
    monkeypatch.chdir(project)
    result = run("HEAD~1", "HEAD")
    assert result.exit_code == 1
    assert "There was an [-obvious-] {+evident+} lack of data" in result.stdout
    assert "with the vocabularies of the working tree" in result.stdout
    assert "pages changed" in result.stdout
    assert run("HEAD").exit_code == 0
    report.write_text(text)
    assert "[-evident-] {+obvious+}" in run("HEAD", "WORKTREE").stdout
