"""What the world does to a build: full disks, locks, clocks, files that go away, Ctrl-C. It is said, and the old site
stands."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import ROOT, WITH_INVENTED
from commands import surroundings
from filelock import FileLock
from invented import EXCHANGE, report
from patience import seconds

from generator.build import Project, read_project

SESSIONAL = Path(sys.executable).parent / "sessional"
Done = subprocess.CompletedProcess


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with two reports, whose modes may be changed."""
    (tmp_path / "content/sources").mkdir(parents=True)
    for name, state in (("a.md", "ARCADIA"), ("b.md", "FREEDONIA")):
        (tmp_path / "content/sources" / name).write_text(report(state), encoding="utf-8")
    yield tmp_path
    for path in (tmp_path, *tmp_path.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def command(place: Path, *options: str | Path) -> list[str]:
    site = ("--site-dir", place / "out/site")
    return [*map(str, (SESSIONAL, "build", "--sources", place / "content/sources", *WITH_INVENTED, *site, *options))]


def build(
    place: Path,
    *options: str | Path,
    before: list[str] | None = None,
    prepare: Callable[[], None] | None = None,
    **env: str,
) -> Done[str]:
    """Build the site of a place by the real command."""
    return subprocess.run(
        [*(before or []), *command(place, *options)],
        cwd=ROOT,
        env=surroundings(**env),
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        timeout=seconds(120),
        check=False,
    )


@pytest.fixture
def mortal() -> list[str]:
    """What a command begins with so that modes of files hold for it, as they do for anybody but root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may read and write everything, and there is no setpriv to do without")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def standing(place: Path) -> dict[str, str]:
    """The digests of a site that stands, with a third report that is new since."""
    assert build(place).returncode == 0
    (place / "content/sources/c.md").write_text(report("SYLVANIA"), encoding="utf-8")
    return digests(place / "out/site")


def stands(place: Path, before: dict[str, str]) -> None:
    """The old site is whole, and nothing half made lies beside it."""
    assert digests(place / "out/site") == before
    assert {path.name for path in (place / "out").iterdir()} <= {"site", ".site.lock", ".site.manifest", ".site.spare"}


def told(done: Done[str], *words: str, status: int = 1) -> None:
    """The command ended so, in words for a person."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    for word in words:
        assert word in done.stderr


# --- rights -------------------------------------------------------------------------------------------------------


def test_sources_that_cannot_be_written_to_are_no_hindrance(place: Path, mortal: list[str]) -> None:
    for path in ((sources := place / "content/sources") / "a.md", sources / "b.md", sources, place / "content"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = digests(place / "content")
    told(build(place, before=mortal), status=0)
    assert digests(place / "content") == before


@pytest.mark.parametrize("half", [".site.new", ".site.old"])
def test_what_a_killed_build_left_is_put_away_also_where_nothing_has_changed(place: Path, half: str) -> None:
    told(build(place), status=0)
    before = digests(place / "out/site")
    (place / "out" / half).mkdir()
    (place / "out" / half / "index.html").write_text("half", encoding="utf-8")
    told(build(place), status=0)
    stands(place, before)


def test_a_source_that_may_not_be_read_is_said_and_the_others_are_built(place: Path, mortal: list[str]) -> None:
    (place / "content/sources/a.md").chmod(0)
    told(build(place, before=mortal), "a.md error[S001] unreadable-source: cannot be read: Permission denied")
    assert (place / "out/site/countries/xfr/index.html").exists()
    assert not (place / "out/site/countries/xar").exists()


def test_a_folder_of_sources_that_may_not_be_read_is_said(place: Path, mortal: list[str]) -> None:
    (place / "content/sources/inner").mkdir()
    (place / "content/sources/inner/x.md").write_text(report("SYLVANIA"))
    (place / "content/sources/inner").chmod(0)
    told(build(place, before=mortal), "inner error[S001] unreadable-source: cannot be read: Permission denied")


@pytest.mark.parametrize("beside", ["sources.yaml", "corrections/a.yaml"])
def test_what_stands_beside_a_source_and_may_not_be_read_withholds_it(
    place: Path, mortal: list[str], beside: str
) -> None:
    file = place / "content" / beside
    file.parent.mkdir(exist_ok=True)
    file.write_text("format: corrections/1\n")
    file.chmod(0)
    told(build(place, before=mortal), f"{file.name} error[D001] broken-yaml: cannot be read: Permission denied")
    assert not (place / "out/site/countries/xar").exists()


def test_a_folder_that_may_not_be_written_to_is_said(place: Path, standing: dict[str, str], mortal: list[str]) -> None:
    (place / "out").chmod(0o555)
    done = build(place, before=mortal)
    (place / "out").chmod(0o755)
    told(done, "readonly", "The site that was there still stands.")
    stands(place, standing)


# --- room ---------------------------------------------------------------------------------------------------------


def test_a_file_that_finds_no_room(place: Path, standing: dict[str, str]) -> None:
    limit = 40_000  # bytes of one file: the theme's script has more

    done = build(place, "--clean", prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    told(done, "The site that was there still stands.")
    stands(place, standing)
    told(build(place), status=0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_disk_that_is_full(small_disk: Path) -> None:
    (small_disk / "content/sources").mkdir(parents=True)
    for number in range(30):
        text = report("ARCADIA").replace("102<sup>ND</sup>", f"{number + 1}<sup>TH</sup>")
        (small_disk / f"content/sources/{number}.md").write_text(text)
    done = build(small_disk)
    told(done, "No space left on device")
    assert not (small_disk / "out/site").exists()


# --- what lies beside a site --------------------------------------------------------------------------------------


def test_another_build_at_work_is_said(place: Path, standing: dict[str, str]) -> None:
    with FileLock(place / "out/.site.lock"):
        done = build(place)
    told(done, "another build is writing", "wait until it has ended")
    stands(place, standing)


def test_a_lock_that_is_left_holds_nobody_up(place: Path) -> None:
    (place / "out").mkdir()
    (place / "out/.site.lock").write_bytes(b"\x00\xffnonsense")
    told(build(place), status=0)


def test_a_lock_that_is_no_file_is_said(place: Path, standing: dict[str, str]) -> None:
    (place / "out/.site.lock").unlink(missing_ok=True)
    (place / "out/.site.lock").mkdir()
    told(build(place), "The site that was there still stands.")
    assert digests(place / "out/site") == standing


@pytest.mark.parametrize("damage", [b"", b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 4080, None])
def test_a_broken_memory_is_made_anew(place: Path, standing: dict[str, str], damage: bytes | None) -> None:
    file = place / "out/.site.manifest"
    if damage is None:  # cut in the middle
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2])
    else:
        file.write_bytes(damage)
    told(build(place), status=0)
    made = digests(place / "out/site")
    assert made.keys() > standing.keys()
    shutil.rmtree(place / "out")
    told(build(place), status=0)
    assert digests(place / "out/site") == made


def test_a_memory_that_another_process_holds_is_said(place: Path, standing: dict[str, str]) -> None:
    held = sqlite3.connect(place / "out/.site.manifest", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    try:
        done = build(place)
    finally:
        held.close()
    told(done, "The site that was there still stands.")
    stands(place, standing)


# --- clocks -------------------------------------------------------------------------------------------------------

DAYS = {"1970": 0, "before 1970": -86400 * 400, "after 2038": 2**31 + 86400, "after 2106": 2**32 + 86400}


@pytest.mark.parametrize("seconds", DAYS.values(), ids=DAYS.keys())
def test_files_of_any_age_are_read(place: Path, seconds: int) -> None:
    for path in (place / "content/sources").iterdir():
        os.utime(path, (seconds, seconds))
    told(build(place), status=0)
    told(build(place), status=0)


CLOCK = """
import time, datetime
real, shift = time.time, {seconds} - time.time()
time.time = lambda: real() + shift
time.time_ns = lambda: int(time.time() * 1e9)
"""


def test_the_clock_and_the_place_of_a_machine_change_nothing(place: Path) -> None:
    told(build(place), status=0)
    expected = digests(place / "out/site")
    clocks = [
        ("0", "UTC"),
        (str(2**31 + 86400), "Pacific/Kiritimati"),
        (str(2**32), "America/St_Johns"),
        ("", "Bad/Zone"),
    ]
    for clock, zone in clocks:
        shutil.rmtree(place / "out")
        (place / "clock").mkdir(exist_ok=True)
        (place / "clock/sitecustomize.py").write_text(CLOCK.format(seconds=clock) if clock else "")
        told(build(place, PYTHONPATH=str(place / "clock"), TZ=zone), status=0)
        assert digests(place / "out/site") == expected, (clock, zone)


@pytest.mark.parametrize(("epoch", "day"), [("0", "date not recorded"), ("4102444800", "2100-01-01")])
def test_a_bundle_of_any_day(place: Path, epoch: str, day: str) -> None:
    assert build(place).returncode == 0
    target = place / "bundle.zip"
    done = bundled(place, target, epoch)
    told(done, status=0)
    with zipfile.ZipFile(target) as archive:
        assert f"<dd>{day}</dd>" in archive.read("START-HERE.html").decode()


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "99999999999999"])
def test_a_day_that_is_none_is_said(place: Path, epoch: str) -> None:
    assert build(place).returncode == 0
    told(bundled(place, place / "bundle.zip", epoch), "SOURCE_DATE_EPOCH")
    assert not (place / "bundle.zip").exists()


def bundled(place: Path, target: Path, epoch: str) -> Done[str]:
    return subprocess.run(
        [str(SESSIONAL), "bundle", "--site-dir", str(place / "out/site"), "--output", str(target)],
        cwd=ROOT,
        env=surroundings(SOURCE_DATE_EPOCH=epoch),
        capture_output=True,
        text=True,
        timeout=seconds(120),
        check=False,
    )


# --- what changes meanwhile ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["goes", "is cut", "is a folder"])
def test_a_source_that_changes_while_others_are_read(place: Path, change: str) -> None:
    last = place / "content/sources/b.md"

    def meanwhile(_what: str, number: int, _of: int) -> None:
        if number == 1:
            text = last.read_text()
            last.unlink()
            if change == "is cut":
                last.write_text(text[: len(text) // 3])
            elif change == "is a folder":
                last.mkdir()

    project = Project(ROOT, (place / "content/sources",), (WITH_INVENTED[1],))
    reading = read_project(project, meanwhile, "in-process")
    errors = [one for one in reading.diagnostics if one.rule.severity == "error"]
    assert [one.stem for one in reading.documents][:1] == ["a"]
    if change == "is cut":
        assert len(reading.documents) + len(reading.withheld) == 2
    else:
        assert [one.code for one in errors] == ["S001"]
        assert [Path(name).name for name in reading.withheld] == ["b.md"]


@pytest.mark.parametrize("after", [0.0, 0.5])
@pytest.mark.parametrize("workers", ["in-process", "processes:2"])
def test_ctrl_c_leaves_the_old_site(place: Path, standing: dict[str, str], workers: str, after: float) -> None:
    body = " ".join([EXCHANGE] * 20)
    for number in range(1, 40):
        text = report("ARCADIA", body).replace("102<sup>ND</sup>", f"{number}<sup>TH</sup>")
        (place / f"content/sources/n{number}.md").write_text(text)
    memory = place / "out/.site.manifest"
    touched = memory.stat().st_mtime_ns
    env = surroundings()
    # Where the tests themselves run behind a shell's "&", Ctrl-C is ignored, and a build would take that over.
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    begun = subprocess.Popen(
        command(place, "--executor", workers), cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, process_group=0
    )
    signal.signal(signal.SIGINT, ours)
    journal = memory.with_name(f"{memory.name}-journal")
    while not journal.exists() and memory.stat().st_mtime_ns == touched and begun.poll() is None:
        time.sleep(0.005)
    time.sleep(after)
    os.killpg(begun.pid, signal.SIGINT)  # a terminal tells all of them
    _, said = begun.communicate(timeout=seconds(120))
    assert begun.returncode == 1, said
    assert "Aborted!" in said
    assert "fault of the program" not in said
    stands(place, standing)
