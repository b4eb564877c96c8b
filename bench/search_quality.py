"""How well the site's search answers the judged queries of `tests/search/queries.yaml`, in chromium.

    python bench/search_quality.py --site DIR [--http] [--only ID…] [--json]

DIR is a built site, opened from its files or, with `--http`, from a server on this machine. Of each query: how many
statements are relevant, how many were found, recall, precision, the share of the first page that is right, and the
milliseconds from navigation to the answer. Recall and precision need the ids of all statements found; they are asked
for where at most 3,000 are relevant. What may be shown counts neither way. A query of which nothing is
relevant on the site is not scored; what is left out is listed.

Exit status 1 where a statement stands that should not (`empty`), a suggestion (`suggests`) or page (`page`) is missing,
or the page fails.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from judging import CLOCK, MOST_WITH_IDS, Answer, Judge, Judged, Query, Record, ask, failures, skipped, statements_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_SHARES = ("recall", "precision", "first")


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", type=Path, required=True, help="a built site")
    options.add_argument("--http", action="store_true", help="serve it instead of opening its files")
    options.add_argument("--only", nargs="+", metavar="ID", help="these queries only")
    options.add_argument("--json", action="store_true", help="the figures as one JSON object")
    given = options.parse_args()
    site = given.site.resolve()
    if not (site / "search/index.html").is_file():
        raise SystemExit(f"no search page in {given.site}")
    judge = Judge.of_file()
    records = statements_of(site)
    judged = judge.judge(records)
    queries = [query for query in judge.queries if not given.only or query.id in given.only]
    with _served(site, given.http) as base, _browser() as browser:
        rows = [_row(browser, base, query, judged[query.id], records, site) for query in queries]
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    totals = [_total(kind, [row for row in rows if row["kind"] == kind]) for kind in kinds]
    totals.append(_total("all", rows))
    if given.json:
        print(json.dumps({"statements": len(records), "queries": rows, "totals": totals}, ensure_ascii=False, indent=1))
    else:
        _print(rows, totals)
    return int(any(row["broken"] for row in rows))


@contextmanager
def _served(site: Path, http: bool) -> Iterator[str]:
    """The address at which the site begins."""
    if not http:
        yield f"{site.as_uri()}/"
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


def _row(
    browser: Browser, base: str, query: Query, judged: Judged, records: Sequence[Record], site: Path
) -> dict[str, Any]:
    """A query with its figures; each begins in a browser that has seen nothing."""
    context = browser.new_context()
    context.add_init_script(CLOCK)
    screen = context.new_page()
    troubles = _listen(screen)
    row: dict[str, Any] = {"id": query.id, "kind": query.kind, "relevant": len(judged.relevant), "broken": troubles}
    row["skipped"] = skipped(query, records, site)
    if query.judge and not judged.relevant:
        row["skipped"] = "nothing on this site is relevant"
    try:
        ids = 0 < len(judged.relevant) <= MOST_WITH_IDS
        answer = ask(screen, base, query.query, ids=ids)
    except Error as trouble:
        troubles.append(str(trouble).splitlines()[0])
    else:
        row |= _figures(query, judged, answer)
        troubles += failures(query, answer, records, site)
    context.close()
    return row


def _listen(screen: Page) -> list[str]:
    """Scripts that fail, and dialogs that a hostile query opened, as they come."""
    troubles: list[str] = []
    screen.on("pageerror", lambda error: troubles.append(f"a script failed: {error}"))
    screen.on("dialog", lambda dialog: (troubles.append("a dialog opened"), dialog.dismiss()))
    return troubles


def _figures(query: Query, judged: Judged, answer: Answer) -> dict[str, Any]:
    scored = bool(query.judge and judged.relevant)
    every = answer.found if scored else None
    return {
        "found": answer.total,
        "recall": judged.recall(every) if every is not None else None,
        "precision": judged.precision(every) if every is not None else None,
        "first": judged.precision(answer.shown) if scored else None,
        "ms": round(answer.ms),
        "said": answer.said,
        "suggestions": answer.suggestions,
        "pages": answer.pages,
    }


def _total(kind: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Means over the queries that have the figure."""
    values: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for name in (*_SHARES, "ms"):
            if row.get(name) is not None:
                values[name].append(row[name])
    means = {name: sum(values[name]) / len(values[name]) if values[name] else None for name in (*_SHARES, "ms")}
    return {"kind": kind, "queries": len(rows), "broken": sum(bool(row["broken"]) for row in rows), **means}


def _print(rows: Iterable[dict[str, Any]], totals: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    print(f"{'query':24}{'kind':16}{'relevant':>9}{'found':>8}{'recall':>8}{'precis.':>8}{'first':>8}{'ms':>7}")
    for row in rows:
        found = row.get("found")
        print(
            f"{row['id']:24}{row['kind']:16}{row['relevant']:>9}{'–' if found is None else found:>8}"
            f"{_shares(row)}{row.get('ms', '–'):>7}{'  ' + '; '.join(row['broken']) if row['broken'] else ''}"
        )
    print(f"\n{'means':24}{'queries':16}{'broken':>9}{'':8}{'recall':>8}{'precis.':>8}{'first':>8}{'ms':>7}")
    for total in totals:
        ms = "–" if total["ms"] is None else round(total["ms"])
        print(f"{total['kind']:24}{total['queries']:<16}{total['broken']:>9}{'':8}{_shares(total)}{ms:>7}")
    left_out = [row for row in rows if row["skipped"]]
    if left_out:
        print("\nnot scored, because")
    for row in left_out:
        print(f"  {row['id']}: {row['skipped']}")


def _shares(row: dict[str, Any]) -> str:
    return "".join(f"{'–' if row.get(name) is None else f'{row[name]:.3f}':>8}" for name in _SHARES)


if __name__ == "__main__":
    sys.exit(main())
