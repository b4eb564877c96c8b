"""The weekly look at addresses elsewhere: what is gone fails, what merely refuses a robot does not."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / ".ci"))
import external_links


class Host(BaseHTTPRequestHandler):
    """Answers with the status that its path names."""

    asked: list[str] = []  # noqa: RUF012 - of one test at a time

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(int(self.path[1:4]))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(external_links, "PAUSE", 0.0)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "*")
    Host.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def page(site: Path, *links: str) -> Path:
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text("".join(f'<p><a class="x" href="{link}">x</a>' for link in links))
    return site


def test_what_answers_is_sound(host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = page(tmp_path / "site", f"{host}/200?a=1&amp;b=2#part", f"{host}/200?a=1&amp;b=2", "about/index.html")
    assert external_links.main([str(site)]) == 0
    assert Host.asked == ["/200?a=1&b=2"]
    assert "1 addresses asked, 0 broken" in capsys.readouterr().err


@pytest.mark.parametrize(("status", "ends"), [(404, 1), (410, 1), (403, 0), (429, 0), (503, 0)])
def test_what_is_gone_fails(
    status: int, ends: int, host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert external_links.main([str(page(tmp_path / "site", f"{host}/{status}"))]) == ends
    out = capsys.readouterr().out
    assert out == f"{'broken' if ends else 'unsure'}: {host}/{status} ({status}), from index.html\n"


def test_a_host_that_is_not_there_fails(tmp_path: Path) -> None:
    site = page(tmp_path / "site", "http://127.0.0.1:1/x")
    assert external_links.main([str(site)]) == 1


def test_of_a_host_with_many_some_are_asked(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(external_links, "MOST_OF_A_HOST", 3)
    assert external_links.main([str(page(tmp_path / "site", *(f"{host}/200/{n}" for n in range(9))))]) == 0
    assert len(Host.asked) == 3
    assert "3 of 9 asked" in capsys.readouterr().out
