"""Faults of the program while it reads one document: that one is withheld, every other is published.

Takes the path of a document and what was raised. Gives the error that names both and keeps the traceback, as text: it
crosses from worker processes and from other machines.
"""

from __future__ import annotations

import traceback

from generator.diagnostics import Diagnostic
from generator.text.source import Location

_LONGEST = 200  # characters of what was raised
_LONGEST_TRACE = 20_000


def fault(path: str, error: Exception, quiet: bool = False) -> Diagnostic:
    """The finding. `quiet` where words of the document are withheld, which what was raised may quote."""
    lines = () if quiet else str(error).splitlines()
    said = f" ({lines[0][:_LONGEST]})" if lines else ""
    frames = traceback.format_tb(error.__traceback__)
    told = [f"{type(error).__name__}\n"] if quiet else traceback.format_exception_only(error)
    detail = "".join(["Traceback (most recent call last):\n", *frames, *told]).rstrip()
    if len(detail) > _LONGEST_TRACE:
        detail = f"{detail[: _LONGEST_TRACE // 2]}\n…\n{detail[-_LONGEST_TRACE // 2 :]}"
    return Diagnostic(
        Location(path),
        "S011",
        f"{type(error).__name__} while {path} was read{said}",
        "report it with what `sessional --debug check` prints of it",
        detail=detail,
    )
