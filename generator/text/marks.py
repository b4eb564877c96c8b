"""What in a running text is no word: marks, calls of notes, captions.

Takes raw text – one line or several joined by line ends – as CommonMark, Pandoc, HTML, LaTeX and the converters of PDF
write it. Gives the ranges that a reader of the page does not read as words, in order, none inside another. Everything
else is words. What cannot be told for sure is words: nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.text import emphasis, notations
from generator.text.tags import TAG, as_tag, is_left_out

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class MarkKind(StrEnum):
    """What a range that is no word is."""

    MARK = "mark"
    STRUCK = "struck"
    NOTE = "note"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text. Of the call of a note, `label` names the note, and `body` is where its own words stand."""

    start: int
    end: int
    kind: MarkKind = MarkKind.MARK
    label: str = ""
    body: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """What a whole document defines: labels of links, and of notes whose words stand somewhere in it."""

    links: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


NO_LABELS = Labels()


def marks(raw: str, labels: Labels = NO_LABELS) -> list[Mark]:
    """The ranges that are no words."""
    if not notations.SPECIAL.search(raw):
        return []
    return _Scanner(raw, labels).scan()


class _Scanner:
    def __init__(self, raw: str, labels: Labels) -> None:
        self.raw = raw
        self.labels = labels
        self.found: list[Mark] = []
        self.runs: list[emphasis.Run] = []
        self.closing = _brackets(raw) if "[" in raw else {}

    def scan(self) -> list[Mark]:
        raw, at = self.raw, 0
        self.found.extend(Mark(*match.span(1)) for match in notations.TASK.finditer(raw) if "[" in raw)
        while special := notations.SPECIAL.search(raw, at):
            start = special.start()
            at = max(_READERS.get(raw[start], _Scanner._other)(self, start), start + 1)
        emphasis.pair(self.runs)
        for run in self.runs:
            self._run(run)
        return list(_outermost(sorted(self.found, key=lambda mark: (mark.start, -mark.end))))

    def _add(self, start: int, end: int, kind: MarkKind = MarkKind.MARK) -> int:
        self.found.append(Mark(start, end, kind))
        return end

    def _call(self, start: int, end: int, label: str, body: tuple[int, int] | None = None) -> int:
        """The call of a note; the space before it goes with it where nothing but a sign follows."""
        if self.raw[end : end + 1] in ("", ".", ",", ";", ":", "\n"):
            start -= self.raw[start - 1 : start] == " "
        self.found.append(Mark(start, end, MarkKind.NOTE, label.translate(SUPERSCRIPTS), body))
        return end

    def _run(self, run: emphasis.Run) -> None:
        for start, end in emphasis.used(run):
            self._add(start, end)
        if not run.left:
            return
        start, end = run.start + run.closed, run.end - run.opened
        if emphasis.is_broken_mark(self.raw, run):
            self._add(start, end)
        elif run.character == "*" and run.left == 1 and self.raw[start - 1 : start].strip():
            self._call(start, end, "*")

    # --- one reader for each sign; each gives where to go on

    def _backslash(self, at: int) -> int:
        if (maths := notations.MATHS_IN_BRACKETS.match(self.raw, at)) and notations.RAISES.search(maths[1]):
            return self._maths(maths)
        if stars := notations.ESCAPED_STARS.match(self.raw, at):
            label = stars[0].replace("\\", "")
            if self._is_star_call(label, at):
                return self._call(at, stars.end(), label)
        if (raised := notations.ESCAPED_RAISED.match(self.raw, at)) and self.raw[at - 1 : at].isdigit():
            self._add(at, raised.start(1))
            return self._add(raised.end(1), raised.end())
        if match := notations.FOOTNOTE_MARK.match(self.raw, at):
            return self._call(at, match.end(), match[1] or "")
        if match := notations.ESCAPED_CALL.match(self.raw, at):
            if self._is_call(match[1].lstrip("^"), at):
                return self._call(at, match.end(), match[1].lstrip("^"))
        elif match := notations.COMMAND.match(self.raw, at):
            return self._command(match)
        if match := notations.ESCAPE.match(self.raw, at):
            self._add(at, at + 1)
            return match.end()
        return at + 1

    def _command(self, match: re.Match[str]) -> int:
        name, inside = match[1], match[2]
        if name == "footnote":
            return self._call(match.start(), match.end(), "", match.span(2))
        if name == "textsuperscript" and self._raises_note(inside.strip(), match.start()):
            return self._call(match.start(), match.end(), inside.strip())
        self._add(match.start(), match.start(2))
        self._add(match.end(2), match.end())
        return match.start(2)

    def _backtick(self, at: int) -> int:
        if not (match := notations.CODE.match(self.raw, at)):
            return at + 1
        self._add(at, match.start(2))
        self._add(match.end(2), match.end())
        return match.end()

    def _angle(self, at: int) -> int:
        raw = self.raw
        if match := notations.AUTOLINK.match(raw, at):
            self._add(at, at + 1)
            self._add(match.end() - 1, match.end())
            return match.end()
        if raw.startswith("<!--", at):
            end = raw.find("-->", at + 4)
            return self._add(at, end + 3) if end >= 0 else at + 4
        match = TAG.match(raw, at)
        tag = as_tag(match) if match else None
        if match is None or tag is None:
            return at + 1
        if tag == "br":
            return match.end()  # white space, which the normaliser knows
        if tag == "img":
            return self._add(at, match.end(), MarkKind.CAPTION)
        if match["close"] or match["alone"]:
            return self._add(at, match.end())
        if tag == "sup" and (end := self._raised_by_tags(match)):
            return end
        if left_out := is_left_out(tag):
            end = _end_of(raw, tag, match.end())
            if end:
                return self._add(at, end, MarkKind(left_out))
        return self._add(at, match.end())

    def _raised_by_tags(self, opening: re.Match[str]) -> int:
        """The end of `<sup>1</sup>`, if that calls a note."""
        end = _end_of(self.raw, "sup", opening.end(), 160)
        if not end:
            return 0
        inside = TAG.sub("", self.raw[opening.end() : end]).strip()
        target = re.fullmatch(r"\\?\[?\\?\[?\^?([^\[\]\\]{1,4})\\?\]?\\?\]?(?:\([^()]*\))?", inside)
        label = target[1].strip("*_ ") or target[1] if target else ""
        return self._call(opening.start(), end, label) if self._raises_note(label, opening.start()) else 0

    def _bracket(self, at: int) -> int:
        raw = self.raw
        close = self.closing.get(at)
        if close is None:
            return at + 1
        inside, picture = raw[at + 1 : close], raw[at - 1 : at] == "!"
        first = at - 1 if picture else at
        if match := notations.WIKI.match(raw, at):
            start, end = match.span("words" if match["words"] else "target")
            self._add(at, start)
            return self._add(end, match.end())
        if inside.startswith("^") and " " not in inside and len(inside) < 60 and not picture:
            return self._call(at, close + 1, inside[1:])
        if target := notations.TARGET.match(raw, close + 1):
            return self._link(first, close, target.end(), target["address"], inside, picture)
        if (match := notations.REFERENCE.match(raw, close + 1)) and self._is_defined(match[1] or inside):
            return self._link(first, close, match.end(), "", inside, picture)
        if self._is_defined(inside) and not notations.NUMBER_LABEL.fullmatch(inside):
            return self._link(first, close, close + 1, "", inside, picture)
        if match := notations.ATTRIBUTES.match(raw, close + 1):
            if notations.DELETED.match(match[0]):
                return self._add(first, match.end(), MarkKind.STRUCK)
            if notations.COMMENT_START.match(match[0]):
                return self._add(first, match.end())
            return self._link(first, close, match.end(), "", inside, picture)
        if notations.ORDINAL.fullmatch(inside) and re.search(r"\d[_*]?$", raw[max(0, at - 2) : at]):
            self._add(at, at + 1)
            return self._add(close, close + 1)
        if notations.NOTE_LABEL.fullmatch(inside) and self._is_call(inside, at):
            return self._call(at, close + 1, inside)
        return at + 1

    def _link(self, first: int, close: int, end: int, address: str, inside: str, picture: bool) -> int:
        """`[words](address)`: the words stay; a picture's words are a caption, a link to a note is its call."""
        if match := notations.ATTRIBUTES.match(self.raw, end):
            end = match.end()
        if picture:
            return self._add(first, end, MarkKind.CAPTION)
        if address.startswith("#") and not re.search(r"\w", inside):
            return self._add(first, end)  # "[↑](#ref)": the way back from a note
        label = inside.replace("\\", "").strip("[]^ ")
        if notations.NOTE_LABEL.fullmatch(label) and notations.NOTE_ADDRESS.match(address):
            return self._call(first, end, label)
        self._add(first, first + 1)
        self._add(close, end)
        return first + 1

    def _brace(self, at: int) -> int:
        if edit := notations.CRITIC.match(self.raw, at):
            return self._edit(edit)
        match = notations.ATTRIBUTES.match(self.raw, at)
        if match and self.raw[match.end() : match.end() + 1] in ("", "\n"):
            return self._add(at, match.end())
        return at + 1

    def _edit(self, match: re.Match[str]) -> int:
        """An editor's mark in the text: `{--cut--}`, `{++new++}`, `{~~old~>new~~}`, `{>>remark<<}`."""
        kept = next((name for name in ("new", "instead", "marked") if match[name] is not None), None)
        if kept is None:
            return self._add(*match.span(), MarkKind.STRUCK if match["cut"] else MarkKind.MARK)
        self._add(match.start(), match.start(kept), MarkKind.STRUCK if kept == "instead" else MarkKind.MARK)
        return self._add(match.end(kept), match.end())

    def _dollar(self, at: int) -> int:
        match = notations.MATHS.match(self.raw, at)
        return self._maths(match) if match and notations.IS_MATHS.search(match[1]) else at + 1

    def _maths(self, match: re.Match[str]) -> int:
        """`$102^{nd}$`: what is between the signs, without those of LaTeX."""
        at = match.start()
        raised = re.fullmatch(r"(?:\{\s*\}\s*)?\^(?:\{(.{1,20})\}|(.))", match[1])
        label = re.sub(r"\\[a-z]+|[{}\[\]\s]", "", raised[1] or raised[2]) if raised else ""
        if raised and self._raises_note(label, at):
            return self._call(at, match.end(), label)
        self._add(at, match.start(1))
        for mark in notations.MATHS_MARK.finditer(self.raw, *match.span(1)):
            self._add(*mark.span())
        return self._add(match.end(1), match.end())

    def _caret(self, at: int) -> int:
        raw = self.raw
        if raw.startswith("^[", at) and (close := self.closing.get(at + 1)):
            return self._call(at, close + 1, "", (at + 2, close))
        match = notations.RAISED.match(raw, at)
        if not match:
            return at + 1
        inside = match.span(1) if match[1] else match.span(2)
        label = raw[slice(*inside)].strip()
        if self._raises_note(label, at):
            return self._call(at, match.end(), label)
        if not raw[at - 1 : at].isalnum():
            return at + 1
        self._add(at, inside[0])
        return self._add(inside[1], match.end())

    def _tilde(self, at: int) -> int:
        if match := notations.STRUCK.match(self.raw, at):
            return self._add(at, match.end(), MarkKind.STRUCK)
        if match := notations.LOWERED.match(self.raw, at):
            self._add(at, at + 1)
            return self._add(match.end() - 1, match.end())
        return at + 1

    def _equals(self, at: int) -> int:
        if match := notations.PICTURE.match(self.raw, at):
            return self._add(at, match.end(), MarkKind.CAPTION)
        if match := notations.HIGHLIGHT.match(self.raw, at):
            self._add(at, at + 2)
            self._add(match.end() - 2, match.end())
        return at + 2

    def _stars(self, at: int) -> int:
        end = at
        while self.raw[end : end + 1] == self.raw[at]:
            end += 1
        self.runs.append(emphasis.run_at(self.raw, at, end))
        return end

    def _other(self, at: int) -> int:
        """Raised digits, daggers, digits glued to an end mark, and characters that do not show."""
        raw = self.raw
        if raw[at] in "†‡":
            return self._call(at, at + 1, raw[at]) if self._is_star_call(raw[at], at) else at + 1
        if raw[at] in "\u200c\u200d":
            return (
                self._add(at, at + 1)
                if notations.LATIN.match(raw[at - 1 : at]) and notations.LATIN.match(raw[at + 1 : at + 2])
                else at + 1
            )
        if raw[at] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            end = at
            while raw[end : end + 1] and raw[end] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
                end += 1
            label = raw[at:end].translate(SUPERSCRIPTS)
            return self._call(at, end, label) if self._raises_note(label, at) else end
        if raw[at].isdigit():
            match = notations.GLUED.match(raw, at)
            label = next(filter(None, match.groups())) if match else ""
            return self._call(at, match.end(), label) if match and label in self.labels.notes else at + 1
        return self._add(at, at + 1)

    # --- what a label is

    def _is_defined(self, label: str) -> bool:
        return folded_label(label) in self.labels.links

    def _is_call(self, label: str, at: int) -> bool:
        """Whether a label in brackets calls a note: its words stand somewhere, or it is tied to the word before."""
        if label in self.labels.notes:
            return True
        before = self.raw[at - 1 : at]
        return bool(notations.NUMBER_LABEL.fullmatch(label)) and (before.isalpha() or before in tuple(".,;:!?)”’\"'"))

    def _is_star_call(self, label: str, at: int) -> bool:
        return label in self.labels.notes and bool(self.raw[at - 1 : at].strip())

    def _raises_note(self, label: str, at: int) -> bool:
        """Whether something raised calls a note: a number that measures nothing, or a sign."""
        if not re.fullmatch(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[*†‡§]{1,3}|[a-z]", label):
            return False
        if label.isalpha():
            return label in self.labels.notes
        if self.raw[at - 1 : at].isdigit():
            return label in self.labels.notes
        return not notations.MEASURED.search(self.raw, max(0, at - 6), at)


def folded_label(label: str) -> str:
    """A label of a link as it is looked up: white space and capitals make no difference."""
    return " ".join(label.split()).casefold()


def _brackets(raw: str) -> dict[int, int]:
    """Where each bracket that opens is closed; escaped ones are characters."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r"\\.|[\[\]]", raw, re.DOTALL):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            found[opened.pop()] = match.start()
    return found


def _end_of(raw: str, tag: str, at: int, farthest: int = 4000) -> int:
    """Where the closing tag ends; 0 where there is none near."""
    match = re.compile(rf"</{re.escape(tag)}\s*>", re.IGNORECASE).search(raw, at, at + farthest)
    return match.end() if match else 0


def _outermost(found: list[Mark]) -> Iterator[Mark]:
    """Ranges in order, without those inside another."""
    reached = 0
    for mark in found:
        if mark.start >= reached:
            yield mark
            reached = mark.end
        elif mark.end > reached:
            yield Mark(reached, mark.end, mark.kind, mark.label, mark.body)
            reached = mark.end


_READERS: dict[str, Callable[[_Scanner, int], int]] = {
    "\\": _Scanner._backslash,
    "`": _Scanner._backtick,
    "<": _Scanner._angle,
    "[": _Scanner._bracket,
    "{": _Scanner._brace,
    "$": _Scanner._dollar,
    "^": _Scanner._caret,
    "~": _Scanner._tilde,
    "=": _Scanner._equals,
    "*": _Scanner._stars,
    "_": _Scanner._stars,
}
