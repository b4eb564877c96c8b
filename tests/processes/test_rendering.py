"""Pages are rendered by one process or several, with the same result; none outlives the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from patience import seconds

from generator.build import rendering
from generator.build.links import PageLinks
from generator.pages import Page

PAGES = [Page(f"a/{number}/", "data", f"Page {number}", "", lambda: None) for number in range(50)]


def told(page: Page) -> tuple[bytes, PageLinks]:
    """What stands for a rendered page, with the process that made it."""
    return page.title.encode(), PageLinks(frozenset({str(os.getpid())}), {}, 0, 0)


@pytest.mark.parametrize(
    ("pages", "cores", "count"), [(0, 8, 1), (1, 8, 1), (5, 8, 5), (5000, 1, 1), (5000, None, 1), (5000, 64, 8)]
)
def test_all_cores_take_part_but_none_is_idle(pages, cores, count) -> None:
    assert rendering.workers_for(pages, cores) == count


@pytest.mark.parametrize(("seconds", "shared"), [(0, True), (60, False)])
def test_what_is_soon_done_is_done_here(monkeypatch, seconds, shared) -> None:
    monkeypatch.setattr(rendering, "workers_for", lambda _pages, _cores: 2)
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", seconds)
    here = str(os.getpid())
    assert [here not in links.ids for _, links in rendering.make_each(PAGES, told)] == [shared] * len(PAGES)


def test_what_takes_long_is_shared_however_few_there_are(monkeypatch) -> None:
    monkeypatch.setattr(rendering, "workers_for", lambda _pages, _cores: 2)
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", 0.02)

    def slowly(page: Page) -> tuple[bytes, PageLinks]:
        time.sleep(0.015)
        return told(page)

    made = list(rendering.make_each(PAGES[:12], slowly))
    assert [data.decode() for data, _ in made] == [page.title for page in PAGES[:12]]
    assert made[0][1].ids == {str(os.getpid())}
    assert len({one for _, links in made[4:] for one in links.ids} - {str(os.getpid())}) == 2


def test_where_there_is_no_fork_this_process_renders(monkeypatch) -> None:
    monkeypatch.setattr(rendering.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert rendering.workers_for(5000, 8) == 1


@pytest.mark.parametrize("count", [1, 2])
def test_each_page_is_rendered_once_and_in_order(monkeypatch, count) -> None:
    monkeypatch.setattr(rendering, "workers_for", lambda _pages, _cores: count)
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", 0)
    made = list(rendering.make_each(PAGES, told))
    assert [data.decode() for data, _ in made] == [page.title for page in PAGES]
    here = str(os.getpid())
    assert all((here in links.ids) is (count == 1) for _, links in made)


def test_no_worker_lives_for_ever(monkeypatch) -> None:
    monkeypatch.setattr(rendering, "workers_for", lambda _pages, _cores: 2)
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", 0)
    monkeypatch.setattr(rendering, "_OF_A_FORK", 16)
    made = list(rendering.make_each(PAGES, told))
    assert [data.decode() for data, _ in made] == [page.title for page in PAGES]
    first, last = made[0][1].ids, made[-1][1].ids
    assert not first & last


def test_what_goes_wrong_in_a_worker_is_told_here(monkeypatch) -> None:
    monkeypatch.setattr(rendering, "workers_for", lambda _pages, _cores: 2)
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", 0)

    def fails(page: Page) -> tuple[bytes, PageLinks]:
        raise KeyError(page.title)

    with pytest.raises(KeyError, match="Page 0"):
        list(rendering.make_each(PAGES, fails))


STAYS = """
import os, sys, time
from generator.build import rendering
rendering.workers_for = lambda pages, cores: 2
rendering._WORTH_WORKERS = 0
def render(page):
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece, beside the other worker's
    time.sleep(600)
list(rendering.make_each(range(64), render))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_a_worker_ends_when_its_build_is_killed() -> None:
    build = subprocess.Popen([sys.executable, "-c", STAYS], stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    workers = [int(build.stdout.readline()) for _ in range(2)]
    build.send_signal(signal.SIGKILL)
    build.wait()
    ends = time.monotonic() + seconds(20)
    while any(Path(f"/proc/{worker}/cmdline").exists() and alive(worker) for worker in workers):
        assert time.monotonic() < ends, "a worker is still there"
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Whether a process runs still: one that nobody has asked after is there, but dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
