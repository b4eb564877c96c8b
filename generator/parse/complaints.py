"""What the bytes of a source looked like: encoding, size, characters that do not show, tags nobody knows.

Takes `SourceText`. Gives diagnostics.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.text.normaliser import code_point, hidden
from generator.text.source import Location, SourceText
from generator.text.tags import TAG, as_tag, is_quiet

LARGEST = 8 * 1024 * 1024  # bytes; reports of these families have under one
BEGUN = "S009"  # a file that waits for its report

# What `sessional new` leaves where the report is to stand.
_BEGUN = re.compile(r"^<!-- sessional: to be written\s*$", re.MULTILINE)
_CODED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")


def complaints(source: SourceText) -> Iterator[Diagnostic]:
    start = Location(source.path, 1, 1)
    if len(source.text) > LARGEST:
        yield Diagnostic(start, "S005", f"{len(source.text):,} characters; the largest report has under a million")
    elif "\0" in source.text:
        place = source.location(source.text.index("\0"))
        yield Diagnostic(
            place, "S001", f"{source.text.count(chr(0))} NUL bytes", "this is not a text file; convert it to Markdown"
        )
    elif not source.text.strip():
        yield Diagnostic(start, "S002", "the file is empty" if not source.text else "the file holds only white space")
    else:
        if source.encoding != "utf-8":
            number = source.guessed
            hint = "check accented letters; save as UTF-8"
            if not number:
                message, place = f"decoded from {source.encoding}", start
            else:
                what = "cannot be read in it" if source.encoding == "utf-16" else "could be meant otherwise"
                some = f"{number:,} character{'s' if number > 1 else ''}"
                message, place = (
                    f"decoded from {source.encoding}; {some} {what}, the first here",
                    source.location(source.first_guessed),
                )
            yield Diagnostic(place, "S003", message, hint)
        if begun := _BEGUN.search(source.text):
            message = "its report is still to be put in, so it is not published"
            yield Diagnostic(source.location(begun.start()), BEGUN, message, "put it in the place of everything here")
        elif "<" in source.text and (tags := [tag for tag in TAG.finditer(source.text) if not is_quiet(tag)]):
            first = tags[0]
            more = f" ({len(tags)} such tags in the file)" if len(tags) > 1 else ""
            what = "HTML is left out" if as_tag(first) else "no tag of HTML, shown as text"
            yield Diagnostic(
                source.location(first.start()), "S004", f"{what}: {first[0][:40]!r}{more}", length=len(first[0])
            )
        yield from _hidden_characters(source)


def _hidden_characters(source: SourceText) -> Iterator[Diagnostic]:
    """What does not show, as it stands or as a character reference: one finding, at the first."""
    found = [(match.start(), match[0]) for match in hidden(source.text)]
    if "&" in source.text:
        coded = ((match.start(), html.unescape(match[0])) for match in _CODED.finditer(source.text))
        found += [(at, character) for at, character in coded if hidden(character)]
    if found:
        at, character = min(found)
        more = f" (one of {len(found):,} such characters)" if len(found) > 1 else ""
        message = f"the character {code_point(character)} does not show{more}"
        yield Diagnostic(source.location(at), "S008", message)
