"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import re
import sys

import pytest
from click.testing import CliRunner, Result
from invented import SESSION, report
from staging import INVENTED, ROOT

from generator import cli as command_line
from generator.build import Project
from generator.cli import cli, main
from generator.datafile import DatafileError
from generator.diagnostics import RULES, Diagnostic
from generator.text.source import Location

SEED = ROOT / "content/sources/lao-pdr-opsc-69.md"


@pytest.fixture
def run(monkeypatch, invented_vocabulary):
    """Runs a command with vocabularies that were loaded before."""
    monkeypatch.setattr(Project, "vocabulary", lambda _self: invented_vocabulary)
    monkeypatch.chdir(ROOT)

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def put(tmp_path):
    """Writes a report and gives its path."""

    def write(name: str, text: str | bytes):
        path = tmp_path / "sources" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def records(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- read ---------------------------------------------------------------------------------------------------------


def test_read_prints_one_object_a_line(run, put) -> None:
    result = run("read", put("a.md", report()), "--format", "jsonl")
    found = records(result)
    assert result.exit_code == 0
    assert [(one["kind"], one["source"]["spans"][0]["line"]) for one in found] == [
        ("procedural", 8),
        ("concern", 12),
        ("reply", 12),
    ]
    assert {one["examination"] for one in found} == {"xar-crc-102"}
    assert found[1]["answered_by"] == [found[2]["id"]]
    assert result.stderr == ""


def test_read_prints_what_the_site_publishes(run, arcadia) -> None:
    paths = sorted((INVENTED / "sources").glob("*-10[12].md"))
    found = [one for one in records(run("read", *paths, "--format", "jsonl")) if one["examination"]]
    assert {one["id"] for one in found} == set(arcadia.reading.corpus.by_id)


def test_read_prints_for_people(run, put) -> None:
    result = run("read", put("a.md", report()))
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"   12  concern        committee  \[committee-[\w-]+, high\]", lines[2])
    assert lines[3] == "       The Committee was concerned about the lack of data on trafficking."


def test_read_prints_every_statement_even_of_an_unknown_state(run, put) -> None:
    result = run("read", put("some report.md", report("SYLDAVIA")), "--format", "jsonl")
    found = records(result)
    assert len(found) == 3
    assert result.exit_code == 1
    assert {(one["examination"], one["state"], one["session"]) for one in found} == {(None, None, 102)}
    assert {one["id"].split(".")[0] for one in found} == {"some-report"}
    assert "error[R001] state-not-recognised: no State is called 'SYLDAVIA'" in result.stderr


def test_read_needs_neither_state_nor_session_nor_date(run, put) -> None:
    found = records(run("read", put("a.md", report(session="")), "--format", "jsonl"))
    assert len(found) == 3
    assert {(one["session"], one["date"]) for one in found} == {(None, None)}


def test_read_prints_the_same_file_twice(run, put) -> None:
    path = put("a.md", report())
    assert len(records(run("read", path, path, "--format", "jsonl"))) == 6


def test_read_goes_on_after_a_file_that_is_not_there(run, put, tmp_path) -> None:
    result = run("read", tmp_path / "nowhere.md", tmp_path, put("a.md", report()), "--format", "jsonl")
    assert len(records(result)) == 3
    assert result.exit_code == 1
    assert re.findall(r"error\[(\w+)\]", result.stderr) == ["S001", "S001"]


def test_read_applies_the_corrections_that_stand_beside(run, put, tmp_path) -> None:
    path = put("a.md", report())
    (tmp_path / "corrections").mkdir()
    entry = (
        "format: corrections/1\ncorrections:\n- {quote: The delegation replied, expect: {}, drop: true, reason: r}\n"
    )
    (tmp_path / "corrections/a.yaml").write_text(entry)
    assert [one["kind"] for one in records(run("read", path, "--format", "jsonl"))] == ["procedural", "concern"]


def test_facts_are_printed_with_their_lines(run) -> None:
    result = run("read", SEED, "--facts")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "content/sources/lao-pdr-opsc-69.md: lao-opsc-69"
    assert any(
        re.match(r"  date             2015-05-27: 27 May 2015 – line 11, [\w-]+: “27TH MAY 2015”", one) for one in lines
    )
    assert re.match(r"  read +.*statement \d+ %.* of [\d,]+ characters", lines[-1])


def test_facts_are_printed_for_programs(run) -> None:
    (found,) = records(run("read", SEED, "--facts", "--format", "jsonl"))
    assert found["examination"] == "lao-opsc-69"
    assert (found["facts"]["date"]["value"], found["facts"]["date"]["spans"][0]["line"]) == ("2015-05-27", 11)
    assert [one["value"] for one in found["facts"]["rapporteurs"]] == ["jorge-cardona-llorens", "bernard-gastaud"]


def test_facts_of_an_unknown_state(run, put) -> None:
    result = run("read", put("a.md", report("SYLDAVIA")), "--facts")
    assert "examination not recognised" in result.stdout.splitlines()[0]


# --- check --------------------------------------------------------------------------------------------------------


def test_check_says_what_was_not_understood(run, put) -> None:
    result = run("check", put("a.md", report("SYLDAVIA")))
    assert result.exit_code == 1
    assert re.search(
        r"^\S*/sources/a\.md:1:1 error\[R001\] state-not-recognised: .*\n"
        r"    1 \| # STATE PARTY EXAMINATION OF SYLDAVIA.*\n      \| \^\n    hint: did the title mean Sylvania",
        result.stdout,
        re.MULTILINE,
    )
    assert result.stderr == "1 document checked: 1 error, 1 warning, 0 notes\n"


def test_check_of_what_is_in_order_is_quiet(run) -> None:
    result = run("check", INVENTED / "sources/arcadia-crc-101.md")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("1 document checked: 0 errors, 0 warnings")


@pytest.mark.parametrize("strict", [False, True])
def test_strict_makes_a_warning_count(run, put, strict) -> None:
    path = put("a.md", report())  # not listed in any register: a warning
    assert run("check", path, *(["--strict"] if strict else [])).exit_code == strict


def test_check_hides_notes_unless_asked(run) -> None:
    path = INVENTED / "sources/freedonia-opac-102.md"
    assert "note[" not in run("check", path).stdout
    assert "note[P003]" in run("check", path, "--notes").stdout


def test_check_prints_for_programs(run, put) -> None:
    found = json.loads(run("check", put("a.md", report("SYLDAVIA")), "--format", "json").stdout)
    error = next(one for one in found if one["severity"] == "error")
    assert list(error) == ["path", "line", "column", "severity", "code", "name", "message", "hint"]
    assert (error["line"], error["column"], error["code"]) == (1, 1, "R001")
    assert json.loads(run("check", INVENTED / "sources/arcadia-crc-101.md", "--format", "json").stdout) == []


def test_check_prints_for_github(run, put) -> None:
    path = put("a,b.md", report("SYLDAVIA"))
    lines = run("check", path, "--format", "github").stdout.splitlines()
    (error,) = (line for line in lines if line.startswith("::error"))
    assert re.match(
        r"::error file=\S*/a%2Cb\.md,line=1,col=1,title=R001 state-not-recognised::no State is called", error
    )


def test_check_takes_paths_as_they_are(run, put) -> None:
    one, two = put("a.md", report()), put("b.md", report("FREEDONIA"))
    assert run("check", one, two).stderr.startswith("2 documents checked")
    assert run("check", "--sources", one, two).stderr.startswith("2 documents checked")
    assert run("check", "--sources", one, "--sources", two).stderr.startswith("2 documents checked")


# --- review -------------------------------------------------------------------------------------------------------


DOUBTFUL = "The Committee noted that there was a plan. There was no budget for it."


def test_review_lists_what_waits_for_a_decision(run, put) -> None:
    result = run("review", put("a.md", report(body=DOUBTFUL)))
    assert result.exit_code == 0
    assert re.search(
        r"^\S*/a\.md:12 xar-crc-102\.\w{6}\n  \w+, \w+: .+\n  There was no budget for it\.$", result.stdout, re.M
    )
    assert re.fullmatch(r"\d+ of \d+ statements? waiting for a decision\n", result.stderr)


def test_a_skeleton_that_is_filled_in_settles_its_statement(run, put, tmp_path) -> None:
    path = put("a.md", report(body=DOUBTFUL))
    id_ = re.search(r"(xar-crc-102\.\w+)\n.*\n  There was no budget", run("review", path).stdout)[1]
    skeleton = run("review", path, "--skeleton", id_).stdout
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections/a.yaml").write_text(skeleton.replace('reason: ""', "reason: I asked."), encoding="utf-8")
    assert run("check", path).exit_code == 0
    (settled,) = (one for one in records(run("read", path, "--format", "jsonl")) if one["id"] == id_)
    assert (settled["reviewed"], settled["confidence"]) == (True, "high")
    assert id_ not in run("review", path).stdout


def test_a_skeleton_settles_the_statement_it_was_asked_for(run, put, tmp_path) -> None:
    path = put("a.md", report(body=f"{DOUBTFUL}\n\n{DOUBTFUL}"))
    ids = re.findall(r"(xar-crc-102\.\w+)\n.*\n  There was no budget", run("review", path, "--limit", 0).stdout)
    skeleton = run("review", path, "--skeleton", ids[1]).stdout
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections/a.yaml").write_text(skeleton.replace('reason: ""', "reason: I asked."), encoding="utf-8")
    settled = [one["id"] for one in records(run("read", path, "--format", "jsonl")) if one["reviewed"]]
    assert settled == [ids[1]]


def test_review_names_statements_as_the_site_does(run, put, tmp_path) -> None:
    put("a.md", report(body=DOUBTFUL))
    put("b.md", report(body=f"The Committee asked about schools.\n\n{DOUBTFUL}"))
    listed = re.findall(r"(xar-crc-102\.\w+)\n", run("review", tmp_path / "sources", "--limit", 0).stdout)
    assert len(listed) == len(set(listed))


def test_a_skeleton_of_nothing_is_wrong_use(run, put) -> None:
    assert run("review", put("a.md", report()), "--skeleton", "xar-crc-102.nothere").exit_code == 2


# --- explain ------------------------------------------------------------------------------------------------------


def test_explain_lists_every_rule(run) -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)


@pytest.mark.parametrize("code", ["R001", "r001", "state-not-recognised"])
def test_explain_tells_what_why_and_what_to_do(run, code) -> None:
    result = run("explain", code)
    assert result.exit_code == 0
    assert result.stdout.startswith("R001 state-not-recognised (error)\n")
    assert "Why: " in result.stdout
    assert "What to do: " in result.stdout


def test_every_rule_says_what_to_do() -> None:
    for rule in RULES.values():
        assert all((rule.what, rule.why, rule.instead)), rule.code


# --- how it ends --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "a.md", "--format", "xml"),
        ("check", "--format", "xml"),
        ("explain", "Z999"),
        ("build", "stray.md"),
        ("fly",),
        ("check", "--colour"),
    ],
)
def test_wrong_use_ends_with_two(run, arguments) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


def ends(monkeypatch, error: Exception) -> object:
    """The status with which the program ends when a command raises this."""

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(command_line, "cli", fail)
    monkeypatch.setattr(sys, "argv", ["sessional", "check"])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_our_own_fault_ends_with_two(monkeypatch, capsys) -> None:
    assert ends(monkeypatch, RuntimeError("we did not think of this")) == 2
    assert "This is a fault of the program" in capsys.readouterr().err


def test_a_broken_vocabulary_ends_with_one_and_its_place(monkeypatch, capsys) -> None:
    error = DatafileError(Diagnostic(Location("content/vocabularies/x.yaml", 3, 4), "D002", "unknown key 'y'"))
    assert ends(monkeypatch, error) == 1
    assert capsys.readouterr().err == "content/vocabularies/x.yaml:3:4 error[D002] unexpected-value: unknown key 'y'\n"


def test_the_command_line_says_what_it_can_do(run) -> None:
    text = run("--help").stdout
    for name in ("build", "bundle", "check", "explain", "read", "review", "serve"):
        assert re.search(rf"^  {name} ", text, re.MULTILINE)
    assert re.fullmatch(r"sessional, version [\d.]+\n|.*, version [\d.]+\n", run("--version").stdout)


def test_a_session_line_is_needed(run, put) -> None:
    assert SESSION in report()
    assert "error[R002]" in run("check", put("a.md", report(session=""))).stdout


# --- register -----------------------------------------------------------------------------------------------------


def test_register_writes_shows_what_was_corrected_and_refuses_what_is_lost(run, put) -> None:
    path = put("arcadia.md", report())
    assert run("register", "--dry-run", "--sources", path.parent).exit_code == 0
    file = path.parent.parent / "registry/xar-crc-102.jsonl"
    assert not file.exists()
    assert run("register", "--sources", path.parent).exit_code == 0
    before = file.read_text()
    path.write_text(report().replace("a register had been opened", "a regsiter had been opened"))
    shown = run("register", "--sources", path.parent).stdout
    assert "- The delegation replied that a register had been opened." in shown
    assert "+ The delegation replied that a regsiter had been opened." in shown
    assert file.read_text() == before.replace("register", "regsiter")
    path.write_text(report(body="The Committee welcomed the law on adoption."))
    lost = run("register", "--sources", path.parent)
    assert (lost.exit_code, "I001" in lost.stderr) == (1, True)
    assert file.read_text() == before.replace("register", "regsiter")


def test_register_keeps_an_id_whose_sense_may_have_changed_only_when_told(run, put) -> None:
    path = put("arcadia.md", report())
    assert run("register", "--sources", path.parent).exit_code == 0
    file = path.parent.parent / "registry/xar-crc-102.jsonl"
    before = file.read_text()
    path.write_text(report().replace("a register had been opened", "a register had not been opened"))
    asked = run("register", "--sources", path.parent)
    assert (asked.exit_code, "error[I004]" in asked.stderr) == (1, True)
    assert "may have changed its sense (not):" in asked.stdout
    assert file.read_text() == before
    (id_,) = re.findall(r"^(\S+) may have changed", asked.stdout, re.MULTILINE)
    assert run("register", "--keep", "xar-crc-102.zzzzzz", "--sources", path.parent).exit_code == 2
    assert run("register", "--keep", id_, "--sources", path.parent).exit_code == 0
    assert (
        f'{{"id": "{id_}", "words": "The delegation replied that a register had not been opened."}}' in file.read_text()
    )
    assert run("check", "--sources", path.parent).exit_code == 0


def test_check_and_register_say_which_pages_are_gone(run, put) -> None:
    path = put("arcadia.md", report())
    assert "new pages" in run("register", "--sources", path.parent).stderr
    pages = path.parent.parent / "registry/pages.txt"
    pages.write_text(f"{pages.read_text()}themes/zzz/\n")
    checked = run("check", "--sources", path.parent)
    assert checked.exit_code == 1
    assert "the page themes/zzz/ is not published any more" in checked.stdout
    assert run("register", "--sources", path.parent).exit_code == 1
