"""What is run apart from the others is listed where developers look for it."""

from __future__ import annotations

import re

from commands import ROOT

SLOW = re.compile(r"^(?:@|pytestmark = .*)pytest\.mark\.slow\b|browser_of_fonts:\sBrowser", re.MULTILINE)
GUIDE = ROOT / "docs/developers.md"


def test_every_file_with_slow_tests_is_listed() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("Marked `slow`:")[2].partition("Limits of time")[0]
    files = {
        path.relative_to(ROOT / "tests").as_posix()
        for path in (ROOT / "tests").glob("*/test_*.py")
        if SLOW.search(path.read_text(encoding="utf-8"))
    }
    assert files == set(re.findall(r"`(\w+/test_\w+\.py)`", table))
