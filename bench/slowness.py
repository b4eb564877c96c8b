"""Fuzzing for slowness: reports that repeat one thing, read at two sizes; which take longest, and out of proportion.

    python bench/slowness.py                          300 inputs of 60,000 characters
    python bench/slowness.py --first 1000 --count 50 --size 400000

Takes numbers, from which `tests/repetitive.py` makes the inputs. Gives the ten worst; ends with 1 where a report six
times as long took over fifteen times as long. Time is that of the processor; a reading over a minute is cut off.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT), str(ROOT / "tests")]
_LONGEST = 60.0  # seconds
_TIMES = 6


class _TooLongError(BaseException):
    """A reading that was cut off."""


def _cut_off(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLongError


def main() -> int:
    """Read them, and print which were worst."""
    from repetitive import repetitive

    from generator.build.project import Source
    from generator.build.reading import read_source
    from generator.vocabulary import load_vocabulary

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--count", type=int, default=300)
    arguments.add_argument("--size", type=int, default=60_000)
    given = arguments.parse_args()
    folders = [ROOT / "content/vocabularies", ROOT / "tests/corpus/vocabularies"]
    vocabulary = load_vocabulary(folders, [folder.name for folder in folders])
    signal.signal(signal.SIGVTALRM, _cut_off)

    def seconds(text: str) -> float:
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
        try:
            read_source(Source("report.md", text.encode()), vocabulary)
        except _TooLongError:
            return _LONGEST
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return time.process_time() - begun

    found = []
    for number in range(given.first, given.first + given.count):
        what = repetitive(number)
        if number == given.first:
            seconds(what.text(1_000))  # patterns are made when they are first asked for
        found.append((seconds(what.text(given.size)), seconds(what.text(given.size // _TIMES)), number, what))
    found.sort(key=lambda one: -one[0])
    for large, small, number, what in found[:10]:
        print(
            f"{large:6.2f} s, {large / max(small, 0.001):5.1f} times: {number} {what.head} {what.unit!a} {what.last!a}"
        )
    odd = [one for one in found if one[0] > 2.5 * _TIMES * one[1] + 0.4]
    print(f"{len(found)} inputs of {given.size:,} characters; {len(odd)} out of proportion: {[one[2] for one in odd]}")
    return int(bool(odd))


if __name__ == "__main__":
    sys.exit(main())
