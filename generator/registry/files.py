"""Kinds of files that were published, and those that ended: since when, and what follows them.

Takes `files.txt`, which `sessional register` writes, and `files.yaml`, which says by patterns what ended. Gives
`EndedFiles`, which tell of an old address what follows, and a diagnostic for each kind that is gone without a word. In
a pattern `*` is any name or part of one within a folder, `{csv,json}` is one of these.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.datafile import DatafileError, Node
from generator.diagnostics import Diagnostic
from generator.text.source import Location

FILES = "files.yaml"
FILE_KINDS = "files.txt"
_PATTERN = re.compile(r"(?!/|.*(?://|\.\.))(?:[\w.*/-]|\{[\w.-]+(?:,[\w.-]+)+\})+(?<!/)")
_PIECES = re.compile(r"\*|\{[^}]*\}|[^*{]+")
_CHOICES = re.compile(r"\*|\{[^}]*\}")
_LINE = re.compile(r"(?:[\w*][\w.*-]*/)*[\w*][\w.*-]*")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class EndedFiles:
    """A kind of files that ended. `follows` is the pattern of what follows, or empty; `says` tells it to readers."""

    pattern: str
    since: str
    follows: str
    says: str
    location: Location

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile("".join(map(_as_expression, _PIECES.findall(self.pattern))))

    def holds(self, address: str) -> bool:
        """Whether a file was of this kind."""
        return self._expression.fullmatch(address) is not None

    def followed_by(self, address: str) -> str:
        """What follows a file: each `*` of `follows`, and what it has of the form `{a,b}`, is the name in that place.

        Further `*` stay: then several files follow. Empty where nothing does.
        """
        match = self._expression.fullmatch(address)
        if match is None:
            return ""
        places = [*zip(_CHOICES.findall(self.pattern), match.groups(), strict=True)]
        names = iter([name for sign, name in places if sign == "*"])
        chosen = {sign: name for sign, name in places if sign != "*"}

        def name_in(found: re.Match[str]) -> str:
            return next(names, "*") if found[0] == "*" else chosen.get(found[0], found[0])

        return _CHOICES.sub(name_in, self.follows)


def _as_expression(piece: str) -> str:
    if piece == "*":
        return "([^/]+)"
    if piece.startswith("{"):
        return f"({'|'.join(map(re.escape, piece[1:-1].split(',')))})"
    return re.escape(piece)


def load_ended(root: Node) -> Iterator[EndedFiles]:
    """Check a `files.yaml`. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format ended")
    if root.need("format").text() != "files/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'files/1'")
    seen: set[str] = set()
    for entry in root.get("ended").items():
        entry.mapping("files since follows says")
        pattern = _pattern(entry.need("files"))
        if pattern in seen:
            raise DatafileError(Diagnostic(entry.location, "D002", f"{pattern} has two entries"))
        seen.add(pattern)
        since, says = entry.need("since"), entry.need("says")
        if not _VERSION.fullmatch(since.text()):
            raise since.fail(f"{since.value!r} is no version of the data contract", "as in 2.0.0")
        if not says.text().strip():
            raise says.fail("the sentence is empty", "say what readers do now; data/README.md shows it")
        follows = _pattern(entry.get("follows")) if entry.get("follows").value else ""
        yield EndedFiles(pattern, since.text(), follows, says.text().strip(), entry.location)


def _pattern(node: Node) -> str:
    if not _PATTERN.fullmatch(node.text()):
        raise node.fail(f"{node.value!r} is no pattern of files", "from the site's root, as in concerns/*/index.json")
    return node.text()


def ended(address: str, kinds: Iterable[EndedFiles]) -> EndedFiles | None:
    """The first kind of these that a file was of; None where it is not known to have ended."""
    return next((one for one in kinds if one.holds(address)), None)


# --- files that were published ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of files that was published, such as `themes/*/feed.xml`."""

    pattern: str
    location: Location


def load_file_kinds(text: str, shown_as: str) -> Iterator[FileKind]:
    """The lines of a `files.txt`. Raises DatafileError at a line that cannot be used."""
    for number, line in enumerate(text.splitlines(), 1):
        place = Location(shown_as, number, 1)
        if not _LINE.fullmatch(line):
            hint = "one a line, as in themes/*/feed.xml; `sessional register` writes it"
            raise DatafileError(Diagnostic(place, "D001", "this line is no kind of files", hint))
        yield FileKind(line, place)


def dump_file_kinds(kinds: Iterable[str]) -> str:
    """The file: each kind once, sorted."""
    return "".join(f"{one}\n" for one in sorted(set(kinds)))


def lost_files(
    known: Iterable[FileKind], published: Collection[str], kinds: Collection[EndedFiles]
) -> Iterator[Diagnostic]:
    """The kinds of files that were published, are not any more, and are in no entry of what ended."""
    for one in known:
        if one.pattern not in published and ended(one.pattern, kinds) is None:
            hint = f"say in {FILES} since when, and what follows them"
            yield Diagnostic(one.location, "I008", f"files {one.pattern} are not published any more", hint)
