"""Finished pages before the field's own checkers: axe-core, the Nu checker of HTML, Lighthouse.

Every type of page is looked at, as the built sites have them: a new type needs no entry here. The checkers are those of
`tests/web/package-lock.json`, which `make test` installs where there is npm.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from building import ROOT, Built
from patience import seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKERS = ROOT / "tests/web/node_modules"
AXE = CHECKERS / "axe-core/axe.min.js"
NU = CHECKERS / "vnu-jar/build/dist/vnu.jar"
LIGHTHOUSE = CHECKERS / "lighthouse/cli/index.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1280)


def needs(*tools: str | Path) -> pytest.MarkDecorator:
    missing = [str(tool) for tool in tools if not (tool.exists() if isinstance(tool, Path) else shutil.which(tool))]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def types_of_pages(built: Built) -> dict[str, str]:
    """The first address of every type: by what the page's own part is called, and hand-written ones by their title."""
    found: dict[str, str] = {}
    for address, tree in built.pages.items():
        own = tree.all(cls="s-page")
        name = own[0].attributes["class"] if own else tree.one("head").one("title").words
        found.setdefault(re.sub(r"\s+", " ", name), address)
    return found


@contextmanager
def looked_at(seed_site: Built, arcadia_site: Built) -> Iterator[list[str]]:
    """A page of every type, by its address on this machine; the second site has types that the first has not."""
    seed, arcadia = types_of_pages(seed_site), types_of_pages(arcadia_site)
    others = [address for name, address in arcadia.items() if name not in seed]
    with hosted(seed_site.site) as first, hosted(arcadia_site.site) as second:
        yield [*(first + address for address in seed.values()), *(second + address for address in others)]


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found = page.evaluate("only => axe.run(document, {runOnly: only})", only)["violations"]
    return [f"{one['id']}: {node['html'][:160]} – {node['failureSummary']}" for one in found for node in one["nodes"]]


class Host(SimpleHTTPRequestHandler):
    """Sends texts packed, as hosts of static sites do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes())
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(str(path))),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "max-age=31536000"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """The address of a site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def screens(browser: Browser) -> Iterator[Any]:
    """Opens pages of one width in one colour scheme, ready when their scripts are."""
    with opening(browser) as opened:
        yield opened


@pytest.fixture
def screens_of_fonts(browser_of_fonts: Browser) -> Iterator[Any]:
    """The same with each set of fonts."""
    with opening(browser_of_fonts) as opened:
        yield opened


@contextmanager
def opening(browser: Browser) -> Iterator[Any]:
    contexts = []

    def opened(width: int, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            bypass_csp=True,  # the checker is a script that no page of ours would let in
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@needs(AXE)
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_no_type_of_page_has_a_barrier(width: int, screens: Any, seed_site: Built, arcadia_site: Built) -> None:
    light, dark = screens(width), screens(width, "dark")
    found = []
    with looked_at(seed_site, arcadia_site) as addresses:
        for address in addresses:
            for page, rules in ((light, None), (dark, ["color-contrast"])):
                page.goto(address)
                found += [f"{address}: {fault}" for fault in faults(page, rules)]
    assert found == []


@needs(AXE)
@pytest.mark.browser
def test_what_is_pressed_is_large_enough_in_any_fonts(
    screens_of_fonts: Any, seed_site: Built, arcadia_site: Built
) -> None:
    found = []
    with looked_at(seed_site, arcadia_site) as addresses:
        for width in WIDTHS:
            page = screens_of_fonts(width)
            for address in addresses:
                page.goto(address)
                found += [f"{address} at {width} px: {fault}" for fault in faults(page, ["target-size"])]
    assert found == []


@needs(AXE)
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_has_no_barrier(scheme: str, screens: Any, seed_site: Built) -> None:
    for width in WIDTHS:
        page = screens(width, scheme)
        page.goto((seed_site.site / "themes/index.html").as_uri())
        page.keyboard.press("/")
        page.keyboard.type("trafficking childern")
        page.locator("#s-quick[data-done]").wait_for()
        assert faults(page) == [], f"search open at {width} px"
        page.goto((seed_site.site / "search/index.html").as_uri() + "?q=children&state=LAO")
        page.locator("#s-facets[data-facets-done]").wait_for(state="attached")
        page.locator("#s-results article").first.wait_for()
        assert faults(page) == [], f"results at {width} px"
        page.goto((seed_site.site / "countries/lao/opsc-69/index.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert faults(page) == [], f"everything unfolded at {width} px"


@pytest.mark.browser
def test_no_page_is_wider_than_a_small_telephone(screens_of_fonts: Any, seed_site: Built, arcadia_site: Built) -> None:
    """320 px, which is 1,280 px at 400 % zoom."""
    page = screens_of_fonts(320)
    with looked_at(seed_site, arcadia_site) as addresses:
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@needs(NU, "java")
@pytest.mark.slow
@pytest.mark.parametrize("name", ["seed", "arcadia"])
def test_html_is_html(name: str, seed_site: Built, arcadia_site: Built) -> None:
    site = {"seed": seed_site, "arcadia": arcadia_site}[name].site
    command = ["java", "-jar", str(NU), "--skip-non-html", "--errors-only", "--format", "json", str(site)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    found = json.loads(told[told.index("{") : told.rindex("}") + 1])["messages"]
    assert [f"{one['url']}:{one.get('lastLine')} {one['message']}" for one in found] == []


@needs(LIGHTHOUSE, "node", "chromium")
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "countries/lao/opsc-69/", "themes/trafficking/"])
def test_lighthouse(address: str, seed_site: Built, tmp_path: Path) -> None:
    categories = "accessibility", "best-practices", "seo"  # how fast a page is, bench/lighthouse.py measures
    report_at = tmp_path / "report.json"
    with hosted(seed_site.site) as host:
        command = [
            "node", str(LIGHTHOUSE), f"{host}{address}", "--quiet", "--output=json", f"--output-path={report_at}",
            # it asks for robots.txt from inside the page, which the policy of the page refuses; test_heads reads it
            "--skip-audits=robots-txt",
            f"--only-categories={','.join(categories)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ]  # fmt: skip
        environment = {**os.environ, "CHROME_PATH": str(shutil.which("chromium"))}
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=seconds(180))
    report = json.loads(report_at.read_text(encoding="utf-8"))
    scores = {name: report["categories"][name]["score"] for name in categories}
    short = [
        (one["id"], report["audits"][one["id"]].get("displayValue", ""))
        for name in categories
        for one in report["categories"][name]["auditRefs"]
        if one["weight"] and report["audits"][one["id"]]["score"] not in (None, 1)
    ]
    assert set(scores.values()) == {1}, (scores, short)
