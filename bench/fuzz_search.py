"""Fuzzing of the search box: queries at random in a browser, on a built site opened from files.

    python bench/fuzz_search.py [--site site] [--seconds 60]

Queries are made of words of the index, operators, quotation marks, brackets, fields and odd characters, and are changed
again and again: those that ran code of `search.js` that none before them had run are kept and changed further (V8's
block coverage). Gives how many were tried, how long, how many blocks were reached, and the queries that raised an
error, never ended, or asked another host.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

_PARTS = (
    "children", "traffick*", "child* prostitution", "school", "éducation", "NIÑOS", "OR", "AND", "NOT", "-", "-school",
    '"', '"sale of children"', '"', "(", ")", "((", "state:", "kind:", "*", "a*", "**", "?", ":", "'", "\\", "\u202e",
    "\0", "\ud800", "<script>", "__proto__", "constructor", "hasOwnProperty", "1989", "20", "A/HRC/25/9", "the", "of",
    "Côte d’Ivoire", "  ", "\n", "💡", "ß", "İ", "no answer", "Lao PDR",
)  # fmt: skip
_ASK = """async (query) => {
  const engine = window.SessionalSearch;
  await engine.ready();
  const result = await engine.search({ query: query, typing: false, filters: {} });
  const found = engine.best(result, 5);
  return [result.total, found.length, String(result.said).length];
}"""
_LONGEST = 3.0  # seconds of a query


def _changed(query: str, dice: random.Random) -> str:
    words = query.split(" ")
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(words) + 1)
        match dice.randrange(4):
            case 0:
                words.insert(at, dice.choice(_PARTS))
            case 1 if words:
                words.pop(at - 1)
            case 2 if words:
                words[at - 1] = words[at - 1][: dice.randrange(len(words[at - 1]) + 1)] + dice.choice(_PARTS)
            case _:
                words = words[at:] + words[:at]
    return " ".join(words)[: dice.choice((40, 400, 5000))]


def main() -> int:
    """Try, and say what was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", type=Path, default=Path("site"))
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311 - nothing secret is made
    kept, reached = ["children", '"sale of children" OR school'], set()
    faults: list[str] = []
    foreign: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda one: foreign.append(one.url) if not one.url.startswith("file:") else None)
        page.on("pageerror", lambda error: faults.append(f"{query!r}: {error}"))
        coverage = page.context.new_cdp_session(page)
        coverage.send("Profiler.enable")
        query = ""
        page.goto(f"{(asked.site / 'search/index.html').resolve().as_uri()}")
        coverage.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        began, number, slowest = time.monotonic(), 0, (0.0, "")
        while time.monotonic() - began < asked.seconds:
            query = _changed(dice.choice(kept), dice)
            started = time.monotonic()
            try:
                page.evaluate(_ASK, query)
            except Error as error:
                faults.append(f"{query!r}: {error.message.splitlines()[0]}")
            took = time.monotonic() - started
            slowest = max(slowest, (took, query))
            if took > _LONGEST:
                faults.append(f"{query!r}: {took:.1f} s")
            number += 1
            told = coverage.send("Profiler.takePreciseCoverage")["result"]
            ran = {
                (block["startOffset"], block["endOffset"])
                for script in told if script["url"].endswith("/search.js")
                for function in script["functions"] for block in function["ranges"] if block["count"]
            }  # fmt: skip
            if ran - reached:
                reached |= ran
                kept.append(query)
        seconds = time.monotonic() - began
        browser.close()
    print(f"{number:,} queries in {seconds:.0f} s; {len(reached)} blocks reached, {len(kept)} queries kept as seeds")
    print(
        f"slowest {slowest[0]:.2f} s: {slowest[1][:80]!r}; requests that leave: {len(foreign)}; faults: {len(faults)}"
    )
    print("\n".join(dict.fromkeys(faults)))
    return bool(faults or foreign)


if __name__ == "__main__":
    raise SystemExit(main())
