"""How fast pages are on a slow telephone: Lighthouse's performance score for the home page, an examination and a theme.

    python bench/lighthouse.py [--site DIR] [--runs 3]

Serves a built site packed, as hosts of static sites do, and prints for each page the median score and what it rests on.
Needs node, chromium, and what `make test` installs into `tests/web/`. Leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from search import Handler

_ROOT = Path(__file__).resolve().parent.parent
_LIGHTHOUSE = _ROOT / "tests/web/node_modules/lighthouse/cli/index.js"
_PAGES = ("", "countries/lao/opsc-69/", "themes/trafficking/")
_RESTS_ON = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def measured(address: str, report: Path) -> dict[str, float]:
    """The score of one visit, and what it rests on in milliseconds (the shift of the layout has no unit)."""
    command = ["node", str(_LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += ["--only-categories=performance", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environment = {**os.environ, "CHROME_PATH": str(shutil.which("chromium"))}
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    told = json.loads(report.read_text(encoding="utf-8"))
    found = {name: told["audits"][name]["numericValue"] for name in _RESTS_ON}
    return {"score": told["categories"]["performance"]["score"], **found}


def main() -> None:
    """Visit and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--site", type=Path, default=_ROOT / "site")
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(given.site)))
    server.sent = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"| page | score | {' | '.join(_RESTS_ON)} |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for page in _PAGES:
            address = f"http://127.0.0.1:{server.server_port}/{page}"
            runs = [measured(address, Path(folder) / "report.json") for _ in range(given.runs)]
            middle = {name: statistics.median(one[name] for one in runs) for name in runs[0]}
            values = [f"{middle['score']:.2f}", *(f"{middle[name]:,.2f}" for name in _RESTS_ON)]
            print(f"| {page or 'home'} | {' | '.join(values)} |", flush=True)
    server.shutdown()


if __name__ == "__main__":
    main()
