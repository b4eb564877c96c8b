"""Fuzzing of what reads files that others wrote, guided by what code each input reaches.

    python bench/fuzz.py                 every target, a minute each
    python bench/fuzz.py parse --seconds 600

Takes the project's reports and data files as seeds. Gives, for each target, how many inputs were tried, how much code
they reached and the input that raised what is no diagnostic, which is then kept as a test. Needs atheris, which is no
part of the locks: `pip install atheris==3.0.0` (Apache-2.0; 35 MB; Linux, CPython 3.11 to 3.13).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_VOCABULARIES = ROOT / "content/vocabularies"
_LONGEST = 20_000  # bytes of an input; longer ones are tried by tests/properties/test_fuzz.py


def _parse() -> Callable[[bytes], None]:
    from generator.build.project import Source
    from generator.build.reading import read_source
    from generator.vocabulary import load_vocabulary

    vocabulary = load_vocabulary([_VOCABULARIES], ["vocabularies"])

    def read(data: bytes) -> None:
        document, found = read_source(Source("report.md", data), vocabulary)
        if document is None:
            raise AssertionError("bytes in hand cannot fail to open")
        lines = [line for block in document.document.blocks for line in range(block.first, block.last + 1)]
        if lines != list(range(1, max(1, document.document.source.line_count) + 1)):
            raise AssertionError("lines are lost")
        if any(one.code == "L002" for one in found):
            raise AssertionError("a quotation is not in its source")

    return read


def _vocabulary() -> Callable[[bytes], None]:
    from generator.datafile import DatafileError, Node, loads
    from generator.vocabulary import load_vocabulary
    from generator.vocabulary.cues import load_cues
    from generator.vocabulary.families import load_families
    from generator.vocabulary.glossary import load_glossary
    from generator.vocabulary.states import load_states
    from generator.vocabulary.symbols import load_symbols
    from generator.vocabulary.themes import load_groups, load_themes

    clusters = load_vocabulary([_VOCABULARIES], ["vocabularies"]).clusters
    loaders: list[Callable[[Node], object]] = [
        lambda root: load_themes(root.get("themes").items(), clusters),
        lambda root: load_groups(root.get("affected_groups").items()),
        lambda root: load_states(root.get("states").items()),
        lambda root: load_symbols(root, root.get("symbols").items()),
        lambda root: load_glossary(root.get("glossary").items()),
        lambda root: load_families(root.get("families").items()),
        lambda root: load_cues(root.get("languages").items()),
    ]

    def load(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for loader in loaders:
            with suppress(DatafileError):
                loader(loads(text, "a.yaml"))

    return load


def _corrections() -> Callable[[bytes], None]:
    from generator.corrections import load_corrections
    from generator.datafile import DatafileError, loads
    from generator.threads import load_confirmations
    from generator.vocabulary import load_vocabulary

    vocabulary = load_vocabulary([_VOCABULARIES], ["vocabularies"])

    def load(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for reader in (load_corrections, load_confirmations):
            with suppress(DatafileError):
                reader(loads(text, "a.yaml"), vocabulary)

    return load


def _registry() -> Callable[[bytes], None]:
    from generator.datafile import DatafileError, loads
    from generator.registry import load_entries, load_retired

    def load(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for reader in (lambda: list(load_entries(text, "a.jsonl")), lambda: list(load_retired(loads(text, "a.yaml")))):
            with suppress(DatafileError):
                reader()

    return load


TARGETS = {"parse": _parse, "vocabulary": _vocabulary, "corrections": _corrections, "registry": _registry}

_CORRECTIONS = b"""format: corrections/1
corrections:
- quote: The Committee was concerned
  occurrence: 2
  expect: {kind: concern, speaker: committee}
  set: {kind: question, themes: [trafficking], due: 2026}
  reason: A reason.
facts:
- {fact: date, expect: null, value: 2026-05-25, reason: x}
accepted:
- {code: R005, quote: The Committee, reason: x}
"""
_THREADS = b"""format: threads/1
threads:
- {state: LAO, theme: trafficking, examination: lao-opsc-69, status: new, note: x, editor: y}
"""
_RETIRED = b"""format: retired/1
retired:
- {id: lao-opsc-69.k3f9q2, reason: merged, into: lao-opsc-69.x, note: x, date: 2026-03-31, editor: y}
"""


def seeds(target: str) -> Iterable[bytes]:
    """What the first inputs are made of."""
    if target == "parse":
        yield from (path.read_bytes()[:_LONGEST] for path in sorted((ROOT / "content/sources").glob("*.md")))
        yield from (path.read_bytes()[:_LONGEST] for path in sorted((ROOT / "tests/corpus/sources").glob("*.md")))
        for path in sorted((ROOT / "tests/cases").rglob("*.md")):
            yield from re.findall(rb"```report\n(.*?)```", path.read_bytes(), re.DOTALL)
    elif target == "vocabulary":
        for path in sorted(_VOCABULARIES.glob("*.yaml")):
            for start in re.findall(rb"^\w+:\n(?=- )", path.read_bytes(), re.MULTILINE):  # each list, its first entries
                entries = path.read_bytes().partition(start)[2][:1_500].rpartition(b"\n- ")[0]
                yield start + entries
    elif target == "corrections":
        yield from (_CORRECTIONS, _THREADS)
    else:
        yield from (_RETIRED, (ROOT / "content/registry/lao-opsc-69.jsonl").read_bytes()[:2_000])


def main() -> int:
    """Fuzz one target in this process, or each in one of its own."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("target", nargs="?", choices=TARGETS)
    arguments.add_argument("--seconds", type=int, default=60)
    given = arguments.parse_args()
    if given.target:
        return fuzz(given.target, given.seconds)
    return max([told(target, given.seconds) for target in TARGETS])


def told(target: str, seconds: int) -> int:
    """Fuzz a target in a process of its own, and say in a line what came of it."""
    begun = time.perf_counter()
    command = [sys.executable, __file__, target, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    last = re.findall(r"^(?:#(\d+)\s.*cov: (\d+)|Done (\d+) runs)", done.stderr, re.MULTILINE)
    runs = max((int(one[0] or one[2]) for one in last), default=0)
    reached = max((int(one[1] or 0) for one in last), default=0)
    crashed = "" if done.returncode == 0 else f"; FAILED:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    print(
        f"{target}: {runs:,} inputs in {time.perf_counter() - begun:.0f} s, {reached:,} places reached{crashed}",
        flush=True,
    )
    return int(done.returncode != 0)


def fuzz(target: str, seconds: int) -> int:
    """Never returns where atheris is there: it ends the process."""
    try:
        import atheris  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        print("atheris is not installed; see the head of this file", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["generator"]):
        try_one = TARGETS[target]()
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{target}-"))
    for number, data in enumerate(seeds(target)):
        (corpus / str(number)).write_bytes(data)
    found = ROOT / "build" / "fuzz"
    found.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={found}/{target}-", str(corpus)], try_one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
