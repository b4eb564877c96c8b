"""Builds killed at random moments: afterwards the site must be the old one whole or the new one whole.

    python bench/killed.py [--runs 100] [--seed 1]

Two sites of the first report, each with a sentence of its own, are built in turn into one folder; each build is killed
(SIGKILL) after a random time, up to a little more than a whole build takes. Prints how often the old site stood
afterwards, how often the new one, and how often neither; what a killed build left must not stop the next one.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_SESSIONAL = Path(sys.executable).parent / "sessional"


def digest(site: Path) -> str:
    """One hash of all names and bytes."""
    total = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def main() -> None:
    """Kill and count."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - the same moments again, as far as a machine repeats itself
    with tempfile.TemporaryDirectory() as folder:
        site, sources = Path(folder) / "site", (Path(folder) / "one", Path(folder) / "two")
        for number, source in enumerate(sources):
            shutil.copytree(_ROOT / "content" / "sources", source)
            report = next(source.glob("*.md"))
            text = report.read_text(encoding="utf-8")
            report.write_text(
                text + f"\nThe delegation replied that it had {number} further schools.\n", encoding="utf-8"
            )
        commands = [[str(_SESSIONAL), "build", "--sources", str(one), "--site-dir", str(site)] for one in sources]
        wholes, took = [], 0.0
        for command in commands:
            started = time.perf_counter()
            subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)  # noqa: S603
            took = time.perf_counter() - started
            wholes.append(digest(site))
        stood = Counter[str]()
        at = 1
        for run in range(given.runs):
            build = subprocess.Popen(commands[1 - at], cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
            time.sleep(chance.uniform(0, 1.15 * took))
            build.kill()
            build.wait()
            found = digest(site) if site.exists() else ""
            stood["old" if found == wholes[at] else "new" if found == wholes[1 - at] else "neither"] += 1
            at = 1 - at if found == wholes[1 - at] else at
            if sys.stderr.isatty():
                print(f"\r{run + 1} of {given.runs}: {dict(stood)}", end="", file=sys.stderr)
        subprocess.run(commands[0], cwd=_ROOT, check=True, capture_output=True)  # noqa: S603
        beside = {one.name for one in site.parent.glob(".site.*")} - {".site.lock", ".site.manifest", ".site.spare"}
        clean = digest(site) == wholes[0] and not beside
        print(f"a whole build takes {took:.1f} s; after {given.runs} killed ones: {dict(sorted(stood.items()))}")
        print(f"the next build is whole and leaves nothing beside it: {'yes' if clean else 'NO'}")
        sys.exit(0 if clean and not stood["neither"] else 1)


if __name__ == "__main__":
    main()
