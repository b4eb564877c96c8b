#!/usr/bin/env python3
"""Keeps one comment on a pull request: `comment.py NUMBER FOLDER [ADDRESS]`, with GH_REPO and the command `gh`.

The words come from a folder that strangers made. They are shown only if they are of the narrow form in which
`sessional preview` writes them: no link, no mention, no reference, no HTML but four tags.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

MARK = "<!-- sessional: preview -->"
BOT = "github-actions[bot]"
LONGEST = 60_000
_TAGS = re.compile(r"<br>|</?(?:ins|del)>|^#{3,4} ", re.MULTILINE)
_ALLOWED = re.compile(rf"{_TAGS.pattern}|&#\d{{1,7}};", re.MULTILINE)
# What means something in the text as it is shown, however it is written: a space of no width must part it.
_MEANT = re.compile(r"[@#](?!\u200b)|www\.|\bgh-\d", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"[<>&#@`$\\~^{}\[\]!]|:/|www\.|\bgh-\d|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]",
    re.IGNORECASE,
)
_NOT_AS_EXPECTED = "What the build says of itself is not of the form expected, so it is not shown here."


def harmless(text: str) -> bool:
    """Whether a text is of the form in which a difference is told."""
    if len(text) > LONGEST or _FORBIDDEN.search(_ALLOWED.sub(" ", text)):
        return False
    return not _MEANT.search(html.unescape(_TAGS.sub(" ", text)))


def body(folder: Path, address: str) -> str:
    """The comment."""
    try:
        told = (folder / "comment.md").read_bytes()[: 4 * LONGEST + 1].decode("utf-8")
    except (OSError, UnicodeDecodeError):
        told = "@"
    where = f"**[Preview]({address}index.html)**" if address else "**Preview** (kept with the run of its build)"
    lines = [MARK, f"{where}, not published. What follows was made by the code of this pull request."]
    return "\n\n".join([*lines, told if harmless(told) else _NOT_AS_EXPECTED]) + "\n"


def gh(*arguments: str, given: str | None = None) -> str:
    """What `gh api` prints."""
    command = ["gh", "api", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout  # noqa: S603


def main(arguments: list[str]) -> int:
    """The command."""
    number, folder, address = [*arguments, ""][:3]
    if not re.fullmatch(r"[1-9]\d{0,8}", number):
        print(f"{number!r} is no number of a pull request", file=sys.stderr)
        return 2
    if address and not re.fullmatch(r"https://[\w.-]+(?::\d+)?/[\w./~-]*", address):
        print(f"{address!r} is no address", file=sys.stderr)
        return 2
    repository = os.environ["GH_REPO"]
    query = f'.[] | select(.user.login == "{BOT}" and (.body | startswith("{MARK}"))) | .id'
    comments = f"repos/{repository}/issues/{number}/comments"
    found = gh("--paginate", f"{comments}?per_page=100", "--jq", query).split()
    told = json.dumps({"body": body(Path(folder), address)})
    if found:
        gh("--method", "PATCH", f"repos/{repository}/issues/comments/{int(found[0])}", "--input", "-", given=told)
    else:
        gh("--method", "POST", comments, "--input", "-", given=told)
    print(f"The comment is {'renewed' if found else 'written'}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
