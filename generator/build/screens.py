"""Pictures of pages, by the chromium of the system: no library, a few messages over a pipe.

Takes pages on disk. Gives PNG files, each page at each width in light and in dark; where there is no browser, or it
fails, the reason. The browser resolves no names, so that no page can ask another host for anything.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import selectors
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
_TALLEST = 2400  # px; of a longer page the beginning is shown
_PATIENCE = 30  # seconds for one answer
# What still moves when a page is there, moves to its end.
_AT_REST = """new Promise(done => setTimeout(() => {
  for (const one of document.getAnimations()) { try { one.finish() } catch { one.cancel() } }
  requestAnimationFrame(() => requestAnimationFrame(done));
}, 250))"""
_FROM_US, _TO_US = 3, 4  # the files by which chromium hears and answers


class ScreensError(Exception):
    """No picture could be made."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: the file's name, the width in pixels, the colour scheme, the height in pixels."""

    name: str
    width: int
    scheme: str
    height: int


def take_screens(pages: Sequence[tuple[str, Path]], folder: Path) -> dict[str, list[Screen]]:
    """Pictures of pages, each given with the first part of its pictures' names. Raises ScreensError."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise ScreensError(f"no browser is installed ({', '.join(BROWSERS)})")
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Screen]] = {}
    with _opened(browser) as tab:
        for name, page in pages:
            for width in WIDTHS:
                for scheme in SCHEMES:
                    picture = f"{name}-{width}-{scheme}.png"
                    height = tab.shoot(page.resolve().as_uri(), width, scheme, folder / picture)
                    found.setdefault(name, []).append(Screen(picture, width, scheme, height))
    return found


class _Tab:
    """A page of the browser, told what to do in its own protocol."""

    def __init__(self, ask: int, answers: int) -> None:
        self._ask, self._answers, self._number = ask, answers, 0
        self._left = b""
        self._heard: list[dict[str, Any]] = []
        self._session = ""
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.do("Page.enable")

    def shoot(self, address: str, width: int, scheme: str, to: Path) -> int:
        """Write a picture and say how high it is."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.do("Emulation.setDeviceMetricsOverride", **size)
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.do("Emulation.setEmulatedMedia", features=features)
        self._heard.clear()
        self.do("Page.navigate", url=address)
        self._await(lambda told: told.get("method") == "Page.loadEventFired")
        self.do("Runtime.evaluate", expression=_AT_REST, awaitPromise=True)
        height = min(int(self.do("Page.getLayoutMetrics")["cssContentSize"]["height"]), _TALLEST)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self.do("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        to.write_bytes(base64.b64decode(shot["data"]))
        return height

    def do(self, method: str, **given: Any) -> dict[str, Any]:
        """Let the browser do something, and give what it answers."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": given}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        answer = self._await(lambda told: told.get("id") == number)
        if "error" in answer:
            raise ScreensError(f"{method}: {answer['error'].get('message')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _await(self, wanted: Any) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while True:
            for number, told in enumerate(self._heard):
                if wanted(told):
                    del self._heard[number]
                    return told
            self._hear(until)

    def _hear(self, until: float) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._answers, selectors.EVENT_READ)
            if not ready.select(max(0.0, until - time.monotonic())):
                raise ScreensError(f"the browser did not answer within {_PATIENCE} seconds")
        data = os.read(self._answers, 1 << 20)
        if not data:
            raise ScreensError("the browser ended by itself")
        *whole, self._left = (self._left + data).split(b"\0")
        self._heard += map(json.loads, whole)


@contextmanager
def _opened(browser: str) -> Iterator[_Tab]:
    """A browser that ends with the block."""
    hears, ask = os.pipe()
    answers, says = os.pipe()
    # Far from the two numbers under which the browser expects them.
    ends = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (hears, says)]
    os.close(hears)
    os.close(says)

    def in_the_browser() -> None:
        os.dup2(ends[0], _FROM_US)
        os.dup2(ends[1], _TO_US)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars"]
        command += ["--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"]
        command += ["--disable-dev-shm-usage", f"--user-data-dir={profile}"]
        command += ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium knows no sandbox as root
        # What this process has open is closed in the browser by itself.
        process = subprocess.Popen(  # noqa: S603
            command,
            preexec_fn=in_the_browser,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for end in ends:
                os.close(end)
            yield _Tab(ask, answers)
        except OSError as error:
            raise ScreensError(f"the browser cannot be used: {error}") from None
        finally:
            process.kill()
            process.wait()
            os.close(ask)
            os.close(answers)
