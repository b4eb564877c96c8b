"""Searching side by side: ours, Pagefind and Material's search over the same synthetic statements.

    python bench/search.py [--count REPORTS] [--runs N] [--queries N] [--only NAME…] [--json FILE]

Prints seconds to build an index, its files and MiB (and MiB gzipped), and for each query, in Chromium with an empty
cache: milliseconds from the input to the first result and to the end, bytes sent gzipped, and the heap after. Peers
are made in build/bench/ with a virtual environment of their own. A dash: not measured, or it does not work there.

The search page is expected to hold `#q`, `#s-results article`, `#s-searched` with `data-done` at the end and, where
facets are offered, `details#s-facets` with `data-facets-done`.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import gzip
import html
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from material.plugins.search.plugin import SearchIndex
from peers import program
from playwright.sync_api import Error, sync_playwright
from synthetic import synthetic_corpus

from generator.build import Project, find_root
from generator.corpus import Corpus
from generator.pages import Page, plan
from generator.pages.views import Views
from generator.search import search_files
from generator.vocabulary import Vocabulary

_ROOT = find_root(Path(__file__).parent)
_HERE = _ROOT / "build" / "bench"
_QUERIES = ("children", "violence school", "birth registration poverty", '"juvenile justice"', "Albania nutrition")
_LIMIT = 120_000  # milliseconds

# What is watched from inside the page: when the first result stood there, and when no more were to come.
_WATCH = """([first, done]) => {
  const t = window.__t = {start: 0, first: 0, done: 0};
  const look = () => {
    if (!t.start) return;
    if (!t.first && document.querySelector(first)) t.first = performance.now();
    if (!t.done && document.querySelector(done)) t.done = performance.now();
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
}"""
_TYPE = """([box, words]) => {
  const q = document.querySelector(box);
  window.__t.start = performance.now(); q.focus(); q.value = words;
  for (const e of ["input", "keyup"]) q.dispatchEvent(new Event(e, {bubbles: true}));
}"""


def ours(views: Views, pages: Iterable[Page]) -> Iterable[tuple[str, bytes]]:
    """The files of our index: the one place that knows how it is called."""
    return search_files(views, pages)


def _planned(corpus: Corpus) -> tuple[Views, Iterable[Page]]:
    """What a build knows before it makes the index: the pages, and where each statement stands."""
    planned = plan(corpus, _vocabulary())
    for one in corpus.statements:
        planned.views.permalink(one)
    gc.freeze()
    return planned.views, planned.pages


@cache
def _vocabulary() -> Vocabulary:
    return Project(_ROOT).vocabulary()


# --- building ---------------------------------------------------------------------------------------------------


def build_ours(corpus: Corpus, site: Path) -> float:
    """The seed site with the index of the corpus in place of its own."""
    if not (site / "search").exists():
        command = [str(Path(sys.executable).parent / "sessional"), "build", "--site-dir", str(site)]
        subprocess.run(command, check=True, capture_output=True, cwd=_ROOT)  # noqa: S603
    shutil.copytree(_ROOT / "templates" / "assets", site / "assets" / "sessional", dirs_exist_ok=True)
    for old in (site / "search").rglob("*"):
        if old.is_file() and old.name != "index.html":
            old.unlink()
    planned = _planned(corpus)
    started, written = time.perf_counter(), 0.0
    for name, data in ours(*planned):
        begun = time.perf_counter()
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written += time.perf_counter() - begun
    print(f"  of these, {written:.1f} s wrote files", file=sys.stderr)
    return time.perf_counter() - started


def build_pagefind(corpus: Corpus, site: Path) -> float:
    """One page a report, statements as its paragraphs."""
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    for key, title, rows in _pages(corpus):
        body = "".join(f'<h3 id="{id_}">{kind}</h3><p>{text}</p>' for id_, kind, text in rows)
        page = f'<html lang="en"><title>{title}</title><body data-pagefind-body><h1>{title}</h1>{body}</body></html>'
        (site / f"{key}.html").write_text(page, encoding="utf-8")
    started = time.perf_counter()
    command = [str(program("pagefind")), "--site", str(site)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    took = time.perf_counter() - started
    (site / "index.html").write_text(
        '<html lang="en"><link href="pagefind/pagefind-ui.css" rel="stylesheet"><div id="search"></div>'
        '<script src="pagefind/pagefind-ui.js"></script><script>window.addEventListener("DOMContentLoaded",()=>'
        'new PagefindUI({element:"#search",showSubResults:true,debounceTimeoutMs:0,showImages:false}))</script></html>',
        encoding="utf-8",
    )
    return took


def build_material(corpus: Corpus, site: Path) -> float:
    """A small site with its theme as it comes, and its index of the same pages."""
    source = site.parent / "material-source"
    (source / "docs").mkdir(parents=True, exist_ok=True)
    (source / "docs" / "index.md").write_text("# Search\n", encoding="utf-8")
    (source / "mkdocs.yml").write_text(
        "site_name: Bench\ntheme: {name: material, font: false}\nplugins: [search]\nuse_directory_urls: false\n",
        encoding="utf-8",
    )
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q", "-f", "mkdocs.yml", "-d", str(site)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, capture_output=True, cwd=source, env=quiet)  # noqa: S603
    file = site / "search" / "search_index.json"
    stock = json.loads(file.read_text(encoding="utf-8"))["config"]  # its settings as they come
    started = time.perf_counter()
    index = SearchIndex(**stock)
    for key, title, rows in _pages(corpus):
        index.entries.append({"location": f"{key}.html", "title": title, "text": ""})
        for id_, kind, text in rows:
            index.entries.append({"location": f"{key}.html#{id_}", "title": kind, "text": f"<p>{text}</p>"})
    file.write_text(index.generate_search_index(None), encoding="utf-8")
    return time.perf_counter() - started


def _pages(corpus: Corpus) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Key, title and statements of each report."""
    for key, examination in corpus.examinations.items():
        assert examination.facts.state  # noqa: S101
        title = html.escape(f"{examination.facts.state.name} – {key}")
        yield (
            key,
            title,
            [(s.id, s.statement.kind.value, html.escape(s.statement.text)) for s in examination.statements],
        )


def size_of(folder: Path, pattern: str) -> dict[str, float]:
    """Files, MiB and MiB gzipped."""
    files = [path for path in folder.glob(pattern) if path.is_file() and path.name != "index.html"]
    raw = sum(path.stat().st_size for path in files)
    packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
    return {"files": len(files), "mib": round(raw / 2**20, 1), "mib_gzipped": round(packed / 2**20, 1)}


# --- in the browser ---------------------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """Static files, gzipped unless they are packed already; notes what it sent."""

    sent: list[tuple[str, int]]
    _packed: dict[str, bytes] = {}  # noqa: RUF012 - shared by all requests, so that packing is not measured

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        already = path.suffix in (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".woff2")
        if str(path) not in self._packed:
            data = path.read_bytes()
            self._packed[str(path)] = data if already else gzip.compress(data, 6)
        data = self._packed[str(path)]
        self.server.sent.append((self.path.split("?")[0], len(data)))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        if not already:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


_PAGES = {  # address of the page, box, first result, end
    "ours": ("search/index.html", "#q", "#s-results article", "#s-searched[data-done]"),
    "pagefind": ("index.html", ".pagefind-ui__search-input", ".pagefind-ui__result-link", ".pagefind-ui__result-link"),
    "material": ("index.html", ".md-search__input", ".md-search-result__item", ".md-search-result__item"),
}


def search(browser: Any, name: str, base: str, query: str, sent: list[tuple[str, int]], facets: bool) -> dict[str, Any]:
    """One search in a context of its own; empty where no result came."""
    address, box, first, done = _PAGES[name]
    # Without the page's own policy, which forbids what waits for it to be evaluated.
    context = browser.new_context(bypass_csp=True)
    errors: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
        page.goto(f"{base}/{address}")
        page.wait_for_selector(box, state="attached", timeout=5_000)
        page.evaluate(_WATCH, [first, done])
        if name == "material":
            page.evaluate("document.querySelector('#__search').click()")
        page.wait_for_timeout(300 if name != "material" else 0)
        before = len(sent)
        page.evaluate(_TYPE, [box, query])
        limit = _LIMIT if name == "material" and base.startswith("http") else 30_000
        page.wait_for_function("window.__t.first", timeout=limit, polling=20)
        if name == "ours":
            with contextlib.suppress(Error):  # a page that does not tell its end is at its end with the first result
                page.wait_for_function("window.__t.done", timeout=3_000, polling=20)
        if facets and page.query_selector("details#s-facets"):
            page.evaluate("document.querySelector('details#s-facets').open = true")
            page.wait_for_selector("[data-facets-done]", state="attached", timeout=_LIMIT)
        at = page.evaluate("window.__t")
        client = context.new_cdp_session(page)
        client.send("HeapProfiler.collectGarbage")
        client.send("Performance.enable")
        heap = {one["name"]: one["value"] for one in client.send("Performance.getMetrics")["metrics"]}
        # The whole of what was sent for the search; ours and Material's page ask for some before anybody types.
        asked = sent[before:]
        if name == "ours":
            asked = [one for one in sent if one[0].startswith("/search/") and one[0].endswith(".js")]
        elif name == "material":
            asked = [one for one in sent if "search" in one[0]]
        engine = [
            size for path, size in asked if path.endswith(("pagefind.js", "worker.js", "-ui.js")) or "wasm" in path
        ]
        engine += [size for path, size in asked if "/workers/" in path]
        return {
            "first_ms": round(at["first"] - at["start"], 1),
            "done_ms": round((at["done"] or at["first"]) - at["start"], 1),
            "sent_kb": round((sum(size for _, size in asked) - sum(engine)) / 1000, 1),
            "engine_kb": round(sum(engine) / 1000, 1),
            "heap_mib": round(heap["JSHeapUsedSize"] / 2**20, 1),
        }
    except Error as problem:
        return {"failed": (errors or str(problem).splitlines())[0][:120]}
    finally:
        context.close()
        sent.clear()


def in_browser(name: str, site: Path, runs: int, queries: Sequence[str]) -> list[dict[str, Any]]:
    """Medians for every query over http, with the facets open, and from a file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    sent: list[tuple[str, int]] = []
    server.sent = sent  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    http = f"http://127.0.0.1:{server.server_port}"
    ways = [("http", http, False), ("file", site.as_uri(), False)]
    if name == "ours":
        ways.insert(1, ("http, facets open", http, True))
    found = []
    with sync_playwright() as playwright:
        for way, base, facets in ways:
            for query in queries if name == "ours" or way == "http" else queries[:1]:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"),
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                measured = [search(browser, name, base, query, sent, facets) for _ in range(runs)]
                browser.close()
                good = [one for one in measured if "failed" not in one]
                row = {key: statistics.median(one[key] for one in good) for key in good[0]} if good else measured[0]
                found.append({"way": way, "query": query, **row})
                print(f"  {name} {found[-1]}", file=sys.stderr, flush=True)
    server.shutdown()
    return found


# --- the table --------------------------------------------------------------------------------------------------

_BUILD = {"ours": build_ours, "pagefind": build_pagefind, "material": build_material}
_INDEX = {"ours": "search/**/*", "pagefind": "pagefind/**/*", "material": "search/*.json"}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--queries", type=int, default=len(_QUERIES), help="how many of the queries are asked")
    options.add_argument("--only", nargs="+", choices=list(_BUILD), default=list(_BUILD))
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    result: dict[str, Any] = {"machine": machine, "load": os.getloadavg()[0], "index": [], "search": {}}
    quarters = (given.count // 4, given.count // 2, given.count) if "ours" in given.only else (given.count,)
    corpus = synthetic_corpus(0)
    for count in quarters:
        corpus = synthetic_corpus(count)
        for name in given.only if count == given.count else ["ours"]:
            took = _BUILD[name](corpus, _HERE / name)
            row = {"name": name, "statements": len(corpus.statements), "seconds": round(took, 1)}
            result["index"].append({**row, **size_of(_HERE / name, _INDEX[name])})
            print(f"  {result['index'][-1]}", file=sys.stderr, flush=True)
    del corpus
    for name in given.only:
        result["search"][name] = in_browser(
            name, _HERE / name, 1 if name == "material" else given.runs, _QUERIES[: given.queries]
        )
        if given.json:
            given.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    show(result)


def show(result: dict[str, Any]) -> None:
    """The tables; Material's search runs once, for it is slow."""
    print(f"\n{result['machine']}, load at the start {result['load']:.1f}; medians, Material's search once\n")
    print("| index | statements | s | files | MiB | MiB gz |\n|---|---|---|---|---|---|")
    for row in result["index"]:
        print("| " + " | ".join(f"{value:,}" if not isinstance(value, str) else value for value in row.values()) + " |")
    print(
        "\n| search | from | query | first ms | end ms | sent kB | engine kB | heap MiB |"
        "\n|---|---|---|---|---|---|---|---|"
    )
    for name, rows in result["search"].items():
        for row in rows:
            keys = ("first_ms", "done_ms", "sent_kb", "engine_kb", "heap_mib")
            values = " | ".join(f"{row[key]:,}" if key in row else "–" for key in keys)
            print(f"| {name} | {row['way']} | {row['query']} | {values} |")


if __name__ == "__main__":
    main()
