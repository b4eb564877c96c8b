"""Changes shown: as text for a terminal, as a Markdown comment, as JSON, and as the view of one HTML page.

Takes `Changes`. Gives text, or the frozen `DiffView` that `templates/pages/diff.html.j2` shows. Every statement stands
with whose words it is, its place and its id; words that went and came are marked by signs, never by colour alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from generator.changes import (
    NOT_RECORDED,
    Change,
    Changes,
    FieldChange,
    Findings,
    Quoted,
    Run,
    Sort,
    Total,
)
from generator.diagnostics import Diagnostic

# A comment on GitHub holds 65,536 characters; what is counted here leaves room for what a reader adds.
LONGEST_COMMENT = 60_000
NOTHING = "Nothing differs."
_SPEAKERS = {"reviewing-state": "reviewing State", "state": "State", "unattributed": "speaker not named"}
_SPEAKERS |= {"committee": "Committee", NOT_RECORDED: "speaker not recorded"}


# --- what all of them say -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A statement, or what became of one. `mark` is `+`, `-` or `~`."""

    mark: str
    who: str
    place: str
    id: str
    runs: tuple[Run, ...]
    # What changed beside the words.
    notes: tuple[str, ...] = ()
    # Whether the words are a document's own; a digest's are ours, as is what stands where words are not shown.
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, or lines where the rows are no statements."""

    name: str
    title: str
    note: str = ""
    rows: tuple[Row, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers before and after."""

    title: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DiffView:
    """All that the page of a difference shows."""

    old: str
    new: str
    origins: tuple[str, str]
    verdict: str
    loses: bool
    summary: tuple[tuple[str, int], ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    not_compared: str


def view(changes: Changes) -> DiffView:
    """The changes in the order in which a reviewer needs them: what is lost first."""
    sections = tuple(one for one in _sections(changes) if one.rows or one.lines)
    parts = (("diagnostics", changes.diagnostics), ("pages", changes.pages), ("links", changes.links))
    unknown = ", ".join(name for name, part in parts if part is None)
    return DiffView(
        changes.old,
        changes.new,
        (changes.old_origin, changes.new_origin),
        _verdict(changes),
        changes.loses,
        tuple(_summary(changes)),
        (
            Table("Statements by kind", tuple(map(_total, changes.kinds))),
            Table("How well they are known to be read", tuple(map(_total, changes.scores))),
        ),
        sections,
        f"Not compared, because not known of both: {unknown}." if unknown else "",
    )


def _verdict(changes: Changes) -> str:
    if changes.empty:
        return NOTHING
    if changes.loses:
        parts = ((len(changes.lost), "id", " lost"), (changes.errors, "new error", ""))
        told = [f"{count:,} {name}{'' if count == 1 else 's'}{after}" for count, name, after in parts if count]
        return f"{', '.join(told)}: look here first."
    return "No id is lost, and no error is new that was looked for."


def _summary(changes: Changes) -> Iterator[tuple[str, int]]:
    yield "ids lost", len(changes.lost)
    yield "added", len(changes.added)
    yield "removed", len(changes.removed)
    for sort in Sort:
        yield sort.value, changes.count(sort)
    for name, part in (("findings", changes.diagnostics), ("broken links", changes.links)):
        if part:
            yield f"{name} new", len(part.new)
            yield f"{name} gone", len(part.gone)
    if pages := changes.pages:
        yield "pages added", len(pages.added)
        yield "pages removed", len(pages.removed)
        yield "pages changed", len(pages.changed)
    if addresses := changes.addresses:
        yield "addresses gone", sum(len(one.addresses) for one in addresses.gone)
        yield "addresses new", sum(len(one.addresses) for one in addresses.come)


def _sections(changes: Changes) -> Iterator[Section]:
    yield Section(
        "lost",
        "Ids lost",
        "Links to these addresses no longer find their statement. The statement taken for the same, where there is "
        "one, is named.",
        lines=tuple(("-", f"{one.id} → {one.successor or 'no statement found for it'}") for one in changes.lost),
    )
    yield from _finding_sections("Findings", changes.diagnostics)
    yield from _finding_sections("Broken links", changes.links)
    if changes.unpaired:
        yield Section(
            "unpaired",
            "Too different to compare sentence by sentence",
            "In these examinations an edited sentence stands as one removed and one added.",
            lines=tuple(("~", name) for name in changes.unpaired),
        )
    yield Section("removed", "Removed", rows=tuple(_plain("-", one) for one in changes.removed))
    yield Section("added", "Added", rows=tuple(_plain("+", one) for one in changes.added))
    yield Section(
        "changed",
        "Changed",
        "A sentence of which most words are the same is taken for one that was edited; its row says so.",
        rows=tuple(map(_changed, changes.changed)),
    )
    if pages := changes.pages:
        marked = (("-", pages.removed), ("+", pages.added), ("~", pages.changed))
        yield Section(
            "pages", "Pages", lines=tuple((mark, address or "/") for mark, group in marked for address in group)
        )

    if addresses := changes.addresses:
        yield Section(
            "addresses-gone",
            "Addresses gone",
            "By pattern, with what follows where the registry says it. Programs find each address in the JSON.",
            lines=tuple(("-", one.told) for one in addresses.gone),
        )
        yield Section("addresses-new", "Addresses new", lines=tuple(("+", one.told) for one in addresses.come))


def _finding_sections(title: str, found: Findings | None) -> Iterator[Section]:
    if found:
        for name, mark, part in (("new", "+", found.new), ("gone", "-", found.gone)):
            yield Section(
                f"{title.split()[0].lower()}-{name}", f"{title}, {name}", lines=tuple((mark, _told(d)) for d in part)
            )


def _told(one: Diagnostic) -> str:
    return f"{one.severity} {one.code} {one.rule.name}: {one.message} – {one.location}"


def _who(one: Quoted) -> str:
    """Kind and speaker, with the names that are known."""
    speaker = _SPEAKERS.get(one.speaker, one.speaker)
    return f"{one.kind} · {speaker}{f' ({one.name})' if one.name else ''}"


def _plain(mark: str, one: Quoted) -> Row:
    return Row(mark, _who(one), one.place, one.id, (Run(mark, one.words),), quoted=one.quoted)


def _changed(change: Change) -> Row:
    old, new = change.old, change.new
    who = _who(new) if _who(old) == _who(new) else f"{_who(old)} → {_who(new)}"
    notes = [_note(one) for one in change.fields if one.sort is not Sort.REWORDED]
    if change.likeness is not None:
        notes.append(f"taken for the same sentence: {change.likeness} % of the words are the same; it was {old.id}")
    runs = change.words
    if not runs:
        runs = (Run("=", new.words),)
    told = ", ".join(change.sorts)
    return Row("~", f"{who}{f' – {told}' if told else ''}", new.place, new.id, runs, tuple(notes), new.quoted)


_LISTS = frozenset({"themes", "groups", "flags"})


def _note(one: FieldChange) -> str:
    """A field before and after; of a list what went and came."""
    if one.field not in _LISTS or NOT_RECORDED in (one.old, one.new):
        return f"{one.field}: {one.old} → {one.new}"
    old, new = one.old.split(", "), one.new.split(", ")
    sides = (("−", [name for name in old if name not in new]), ("+", [name for name in new if name not in old]))
    told = [f"{sign} {', '.join(names)}" for sign, names in sides if names]
    return f"{one.field}: {'; '.join(told)}"


def _number(number: float | None) -> str:
    if number is None:
        return NOT_RECORDED
    return f"{number:,}" if isinstance(number, int) else f"{number:.1f}"


def _total(one: Total) -> tuple[str, str, str, str]:
    difference = ""
    if one.old is not None and one.new is not None:
        change = one.new - one.old
        difference = "=" if not change else f"{'+' if change > 0 else '−'}{_number(abs(change))}"
    return one.name, _number(one.old), _number(one.new), difference


# --- a terminal ---------------------------------------------------------------------------------------------------

Style = Callable[[str, str], str]


def unstyled(text: str, _sign: str) -> str:
    """Text as it is, for what is no terminal."""
    return text


def render_text(changes: Changes, style: Style = unstyled) -> str:
    """For a terminal: `[-old-]{+new+}`. `style` colours a text by its sign; without it nothing is lost."""
    shown = view(changes)
    out = [_printable(f"{shown.old} ({shown.origins[0]}) → {shown.new} ({shown.origins[1]})"), shown.verdict]
    out += [shown.not_compared] if shown.not_compared else []
    out += ["", *(f"{count:9,}  {name}" for name, count in shown.summary if count)]
    for table in shown.tables:
        out += ["", table.title]
        out += [f"{old:>9} → {new:<9} {by:>7}  {_printable(name)}" for name, old, new, by in table.rows]
    for section in shown.sections:
        out += ["", style(section.title, "="), *([section.note] if section.note else [])]
        out += [style(f"{mark} {_printable(line)}", mark) for mark, line in section.lines]
        for row in section.rows:
            out.append(style(_printable(f"{row.mark} {row.place} {row.id}: {row.who}"), row.mark))
            out.append("    " + " ".join(_marked(run, row.mark, style) for run in row.runs))
            out += [f"    {_printable(note)}" for note in row.notes]
    return "\n".join(out) + "\n"


_SIGNS = {"-": ("[-", "-]"), "+": ("{+", "+}"), "=": ("", "")}


def _marked(run: Run, mark: str, style: Style) -> str:
    """A statement that is new or gone as a whole bears its mark before it already."""
    text = _printable(run.text)
    if mark != "~" or run.sign == "=":
        return text
    before, after = _SIGNS[run.sign]
    return style(f"{before}{text}{after}", run.sign)


def _printable(text: str) -> str:
    """On one line, and nothing that a terminal obeys."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


# --- a comment in Markdown ----------------------------------------------------------------------------------------

# All signs of ASCII but those that mean nothing inside a line; as character references they mark nothing up.
_MARKUP = re.compile(r"""[^\w\s.,;'"()?/%=\-\u0080-\U0010ffff]|_""")
# What is looked for in the text as it is shown, where no reference helps: a space of no width parts it.
_MENTIONS = re.compile(r"[@#]|:(?=[\w+-]+:)|\b(?:www(?=\.)|GH(?=-))", re.IGNORECASE)
_NO_WIDTH = "&#8203;"
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?!\s)[\x00-\x1f\x7f-\x9f]")


def escape_markdown(text: str) -> str:
    """Text that a comment shows as it is, on one line: no markup, no cell's end, no mention, no link, no image."""
    plain = " ".join(_UNSEEN.sub("�", text).split())
    parted = _MENTIONS.sub("\\g<0>\u200b", plain)
    return _MARKUP.sub(lambda m: f"&#{ord(m[0])};", parted).replace("\u200b", _NO_WIDTH)


def render_markdown(changes: Changes, page: str = "diff.html", most: int = LONGEST_COMMENT) -> str:
    """A comment of at most `most` characters, cut at the end of a row, with how many more `page` holds."""
    escape, shown = escape_markdown, view(changes)
    head = [
        f"### From {escape(shown.old)} to {escape(shown.new)}: what differs",
        "",
        f"{'⚠ ' if shown.loses else ''}**{shown.verdict}** {shown.not_compared}".rstrip(),
        "",
        f"Old: {escape(shown.origins[0])}. New: {escape(shown.origins[1])}.",
        "",
    ]
    head += _table(("Change", "Number"), [(name, f"{count:,}") for name, count in shown.summary if count])
    for table in shown.tables:
        head += _table((table.title, "Old", "New", "Difference"), [row for row in table.rows if row[1] != row[2]])
    out = "\n".join(head) + "\n"
    # Escaped one by one: of a hundred thousand, most do not fit.
    rows = ((one, row) for one in shown.sections for row in _section_rows(one))
    number = sum(len(one.rows) + len(one.lines) for one in shown.sections)
    room, opened = most - 200 - len(page), None  # for the pointer
    for before, (section, row) in enumerate(rows):
        note = f"{section.note}\n\n" if section.note else ""
        heading = "" if section is opened else f"\n#### {section.title}\n\n{note}"
        if len(out) + len(heading) + len(row) + 1 > room:
            return f"{out}\n… and {number - before:,} more: see the diff page ({escape(page)}).\n"
        out += f"{heading}{row}\n"
        opened = section
    return out


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)]]
    cells = [[escape_markdown(cell) for cell in row] for row in rows]
    return [*(f"| {' | '.join(line)} |" for line in (*lines, *cells)), ""]


_TAGS = {"-": ("<del>", "</del>"), "+": ("<ins>", "</ins>"), "=": ("", "")}


def _section_rows(section: Section) -> Iterator[str]:
    """Each row on one line that begins with our own words, so that no text begins a block."""
    names = {"-": "Gone:", "+": "New:", "~": "Differs:"}
    for mark, line in section.lines:
        yield f"- {names[mark]} {escape_markdown(line)}"
    for row in section.rows:
        words = " ".join(
            _TAGS[sign][0] + escape_markdown(run.text) + _TAGS[sign][1]
            for run in row.runs
            for sign in ("=" if row.mark != "~" else run.sign,)
        )
        notes = "".join(f"<br>{escape_markdown(note)}" for note in row.notes)
        who, place, id_ = map(escape_markdown, (row.who, row.place, row.id))
        yield f"- **{who}**, {place}, {id_}<br>{words}{notes}"


# --- for programs -------------------------------------------------------------------------------------------------


def render_json(changes: Changes) -> str:
    """All of it as one JSON object; null is what could not be compared."""

    def findings(part: Findings | None) -> dict[str, list[dict[str, Any]]] | None:
        return {"new": list(map(finding, part.new)), "gone": list(map(finding, part.gone))} if part else None

    def finding(one: Diagnostic) -> dict[str, Any]:
        place = one.location
        told = {"path": place.path, "line": place.line, "column": place.column}
        return {**told, "severity": one.severity, "code": one.code, "name": one.rule.name, "message": one.message}

    changed = [{**asdict(one), "sorts": list(one.sorts)} for one in changes.changed]
    told = {
        "old": {"name": changes.old, "origin": changes.old_origin},
        "new": {"name": changes.new, "origin": changes.new_origin},
        "loses": changes.loses,
        "added": [asdict(one) for one in changes.added],
        "removed": [asdict(one) for one in changes.removed],
        "changed": changed,
        "lost": [asdict(one) for one in changes.lost],
        "kinds": [asdict(one) for one in changes.kinds],
        "scores": [asdict(one) for one in changes.scores],
        "diagnostics": findings(changes.diagnostics),
        "links": findings(changes.links),
        "pages": asdict(changes.pages) if changes.pages else None,
        "addresses": None if changes.addresses is None else asdict(changes.addresses),
        "unpaired": list(changes.unpaired),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
