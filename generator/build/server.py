"""A server for one editor: the preview over http, and a word to every open page when something changed.

Takes a `Preview` and an address of this machine. Gives pages that load themselves anew. It is no server for the public:
it answers only who asks for it by the name of this machine, and nothing that it sends may be kept.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from generator.build.preview import Preview
from generator.build.watching import Watch
from generator.diagnostics import Diagnostic

# Where a page has its script from that asks, and where that asks, whether it is old; no page of a site begins so.
_ASKS, _CHANGED = "/-/asks", "/-/changed"
_PATIENCE = 20.0  # seconds that it waits for an answer
_PAUSE = 0.25  # seconds between two looks at the sources, at least
_SHARE = 10  # a look may take one part in so many of the time
_LATER = '<script src="%s?since=%d" defer></script>'
# A page's policy lets it load the scripts of its own host and nothing else, so the answer is a script too.
_ASK = """addEventListener("load", function ask() {
  var script = document.createElement("script");
  script.src = "%s?since=%d";
  script.onload = function () { script.remove(); ask(); };
  script.onerror = function () { script.remove(); setTimeout(ask, 1000); };
  document.head.append(script);
});
"""
_RELOAD = "location.reload();"

Tell = Callable[[list[Diagnostic], float], None]


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview. `tell` hears what a change made appear, and how long it took."""

    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview, tell: Tell) -> None:
        super().__init__((host, port), _Handler)
        self.hosts = {host, "localhost", "127.0.0.1", "[::1]"}
        self._preview, self._tell = preview, tell
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._number = 0

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://{self.server_name if self.server_name in self.hosts else '127.0.0.1'}:{self.server_port}/"

    def watch(self, watch: Watch) -> None:
        """Look for changes: when there is word of one, and now and then without."""
        pause = _PAUSE
        while watch.wait(pause):
            began = time.perf_counter()
            try:
                self.check()
            except Exception:  # a fault of ours: the next change is looked at all the same
                traceback.print_exc()
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - began))

    def check(self) -> None:
        """Look once; where something changed, read it and tell the open pages."""
        began = time.perf_counter()
        with self._lock:
            found = self._preview.refresh()
        if found is not None:
            with self._changed:
                self._number += 1
                self._changed.notify_all()
            self._tell(found, time.perf_counter() - began)

    def get(self, name: str) -> tuple[bytes, str] | None:
        """A file of the site as it is now; a page with the script that loads it anew."""
        if name.endswith(".html"):  # what a page loads with itself is as old as the page
            self.check()
        with self._lock:
            found, number = self._preview.get(name), self._number
        if found and name.endswith(".html"):
            data, of = found
            script = (_LATER % (_ASKS, number)).encode()
            at = data.rfind(b"</body>")
            return data[:at] + script + data[at:], of
        return found

    def after(self, number: int) -> int:
        """The number of changes so far, when it is another than this, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, _PATIENCE)
            return self._number


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        if self.headers.get("Host", "").rpartition(":")[0] not in self.server.hosts:
            self.send_error(HTTPStatus.FORBIDDEN, "Ask for this machine by its own name")
            return
        asked = urlsplit(self.path)
        if asked.path in (_ASKS, _CHANGED):
            since = parse_qs(asked.query).get("since", ["0"])[0]
            number = int(since) if since.isdecimal() else 0
            if asked.path == _ASKS:
                script = _ASK % (_CHANGED, number)
            else:
                script = _RELOAD if self.server.after(number) != number else ""
            self._send(HTTPStatus.OK, script.encode(), "text/javascript")
            return
        name = unquote(asked.path).lstrip("/")
        name = f"{name}index.html" if not name or name.endswith("/") else name
        found = self.server.get(name)
        if found is not None:
            self._send(HTTPStatus.OK, *found)
            return
        lost = self.server.get("404.html")
        self._send(HTTPStatus.NOT_FOUND, *(lost or (b"There is no such page.", "text/plain")))

    def _send(self, status: HTTPStatus, data: bytes, of: str) -> None:
        self.send_response(status)
        text = of.startswith("text/") or of.endswith(("json", "javascript", "xml"))
        self.send_header("Content-Type", f"{of}; charset=utf-8" if text else of)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what matters is told after a change."""
