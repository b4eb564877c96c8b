"""Ten edits of a published report, and what becomes of the ids that were promised: a demonstration that is a test.

`python -m pytest -s -k ten_edits` prints the table. After each edit stands what the program said before the editor
decided anything; then the editor decides, the ids are registered, and the site is built: every id that was ever
promised is sought in it as a reader's browser would.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from invented import SESSION, report
from staging import Stage

from generator.build import lost_pages, read_project, register
from generator.diagnostics import Severity

EARLIER = "101<sup>ST</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n14<sup>TH</sup> JANUARY 2026"
TRAFFICKING = "The Committee was concerned about the lack of data on trafficking in the provinces."
REGISTER = "The delegation replied that a register had been opened in the capital last year."
BIRTHS = "The Committee asked about birth registration of refugee children in the camps."
BEATING = "The Committee recommended that the State party prohibit corporal punishment in all settings."
ADOPTION = "The Committee welcomed the new law on adoption that entered into force in March."
TEACHERS = "The delegation stated that 12 teachers had been trained in every district of the country."
SCHOOLS = "The delegation stated that schools had been opened in the north."
HOSPITALS = "The delegation stated that hospitals had been opened in the south."
SENTENCES = (TRAFFICKING, REGISTER, BIRTHS, BEATING, ADOPTION, TEACHERS, SCHOOLS, HOSPITALS)
MERGED = "The delegation stated that schools had been opened in the north and hospitals in the south."
WHO = "date: 2026-11-25, editor: A. B."
RETYPED = """format: corrections/1
corrections:
- quote: The Committee was concerned about
  expect: {kind: concern}
  set: {kind: question}
  reason: The Committee asked for data.
"""


@dataclass
class Desk:
    """The report as it is now, the folder it is in, and what the editor has decided."""

    stage: Stage
    files: list[list[str]] = field(default_factory=lambda: [list(SENTENCES)])
    session: str = SESSION
    retired: list[str] = field(default_factory=list)
    # What the editor says of addresses: moved, gone, renamed.
    left: dict[str, list[str]] = field(default_factory=dict)
    # Sentences that an editor says are the same statement, whatever changed in them.
    kept: list[str] = field(default_factory=list)

    def replace(self, old: str, new: str) -> None:
        self.files = [[new if one == old else one for one in paragraphs] for paragraphs in self.files]

    def put(self) -> None:
        for number, paragraphs in enumerate(self.files):
            self.stage.put({f"report-{number}.md": report(body="\n\n".join(paragraphs), session=self.session)})
        if self.retired:
            self.stage.put({"registry/retired.yaml": "format: retired/1\nretired:\n" + "".join(self.retired)})
        lists = "".join(f"{name}:\n{''.join(entries)}" for name, entries in self.left.items() if entries)
        if lists:
            self.stage.put({"registry/moved.yaml": f"format: moved/1\n{lists}"})

    def id_of(self, words: str) -> str:
        """The id that these words have, or had when they were registered."""
        said = {one.statement.text: one.id for one in read_project(self.stage.project).corpus.statements}
        entries = read_project(self.stage.project).registry.entries.values()
        return said.get(words) or next(one.id for one in entries if one.words == words)

    def retire(self, words: str, reason: str, into: str = "") -> None:
        then = f"into: {self.id_of(into)}, " if into else ""
        self.retired.append(f"- {{id: {self.id_of(words)}, reason: {reason}, {then}note: See the report., {WHO}}}\n")


# --- the edits: what is changed, and what the editor then decides -------------------------------------------------

Step = Callable[[Desk], None]


def nothing(_desk: Desk) -> None:
    """No decision is needed."""


def mend(desk: Desk) -> None:
    desk.replace(REGISTER, REGISTER.replace("capital", "captial"))


def move(desk: Desk) -> None:
    desk.files[0].insert(0, desk.files[0].pop())


def insert(desk: Desk) -> None:
    desk.files[0][:0] = ["The Committee was concerned about the detention of children.", "## Prevention"]


def retype(desk: Desk) -> None:
    desk.stage.put({"corrections/report-0.yaml": RETYPED})


def split(desk: Desk) -> None:
    desk.files = [desk.files[0][:5], desk.files[0][5:]]


def deny(desk: Desk) -> None:
    desk.replace(ADOPTION, ADOPTION.replace("that entered", "that had not entered"))


def keep(desk: Desk) -> None:
    desk.kept.append(desk.id_of(ADOPTION))


def recount(desk: Desk) -> None:
    desk.replace(TEACHERS, TEACHERS.replace("12", "21"))


def replaced(desk: Desk) -> None:
    desk.retire(TEACHERS, "corrected", into=TEACHERS.replace("12", "21"))


def remove(desk: Desk) -> None:
    desk.files = [[one for one in paragraphs if one != BEATING] for paragraphs in desk.files]


def removed(desk: Desk) -> None:
    desk.retire(BEATING, "removed")


def merge(desk: Desk) -> None:
    desk.replace(SCHOOLS, MERGED)
    desk.files = [[one for one in paragraphs if one != HOSPITALS] for paragraphs in desk.files]


def joined(desk: Desk) -> None:
    desk.retire(SCHOOLS, "merged", into=MERGED)
    desk.retire(HOSPITALS, "merged", into=MERGED)


def rename(desk: Desk) -> None:
    desk.session = EARLIER


def renamed(desk: Desk) -> None:
    why = f"reason: The session was wrong., {WHO}"
    desk.left["renamed"] = [f"- {{from: xar-crc-102, to: xar-crc-101, {why}}}\n"]
    desk.left["moved"] = [f"- {{from: sessions/crc-102/, to: sessions/crc-101/, {why}}}\n"]


def let_pages_go(desk: Desk) -> None:
    """A page of a theme on which nothing is said any more: the editor says that it is gone."""
    lost = [d.message.split()[2] for d in lost_pages(read_project(desk.stage.project)) if d.code == "I005"]
    desk.left.setdefault("gone", []).extend(f"- {{address: {one}, reason: Nothing is left., {WHO}}}\n" for one in lost)


EDITS: tuple[tuple[str, Step, Step], ...] = (
    ("a spelling is mended", mend, nothing),
    ("a paragraph is moved", move, nothing),
    ("a section is inserted before", insert, nothing),
    ("a kind is corrected", retype, nothing),
    ("the file is split in two", split, nothing),
    ("a “not” is added; kept", deny, keep),
    ("a number is changed; replaced", recount, replaced),
    ("a paragraph is removed", remove, removed),
    ("two sentences are merged", merge, joined),
    ("the session is corrected", rename, renamed),
)

# From the first edit on there is one id more for each new sentence; what was replaced, removed or merged stays told of.
TABLE = """
edit                           kept  moved  tombstoned  what the editor was told
a spelling is mended           9     0      0           1 × I002
a paragraph is moved           9     0      0           nothing
a section is inserted before   9     0      0           nothing
a kind is corrected            10    0      0           1 × I005
the file is split in two       10    0      0           nothing
a “not” is added; kept         11    0      0           1 × I004
a number is changed; replaced  10    0      1           1 × I004
a paragraph is removed         10    0      2           1 × I001, 2 × I005
two sentences are merged       8     0      4           2 × I001
the session is corrected       0     9      4           1 × I001, 3 × I003, 2 × I005
"""

# --- what becomes of the ids --------------------------------------------------------------------------------------


def fate(site: Path, promised: str) -> str:
    """What a reader finds who has a link to an id: kept, moved, tombstoned – or lost."""
    key, _, local = promised.rpartition(".")
    state, _, stem = key.partition("-")
    page = (site / f"countries/{state}/{stem}/index.html").read_text()
    tombstone = re.search(rf'<li id="{re.escape(promised)}"><p><strong>', page)
    row = re.search(rf'<li id="{re.escape(promised)}"><a href="[^"]*/index.html#([^"]+)"', page)
    if tombstone:
        return "tombstoned"
    if row:
        found = fate(site, row[1])
        return "moved" if found == "kept" else found
    return "kept" if f'id="{promised}"' in page else f"lost: {local}"


def ten_edits(stage: Stage) -> list[tuple[str, int, int, int, str]]:
    """Each edit: how many of the ids promised before it are kept, moved, tombstoned, and what the editor was told."""
    desk = Desk(stage)
    desk.put()
    register(read_project(stage.project))
    rows = []
    for name, edit, decide in EDITS:
        promised = sorted(read_project(stage.project).registry.entries)
        edit(desk)
        desk.put()
        reading = read_project(stage.project)
        said = [d.code for d in (*reading.diagnostics, *lost_pages(reading)) if d.code[0] == "I"]
        told = ", ".join(f"{said.count(code)} × {code}" for code in sorted(set(said)))
        decide(desk)
        desk.put()
        let_pages_go(desk)
        desk.put()
        reading = read_project(stage.project, kept=desk.kept)
        errors = [d for d in (*reading.diagnostics, *lost_pages(reading)) if d.severity is Severity.ERROR]
        assert errors == [], name
        register(reading)
        shutil.rmtree(stage.folder / "site", ignore_errors=True)
        site, check = stage.write({})
        assert check.diagnostics == (), name
        fates = [fate(site, id_) for id_ in promised]
        assert not [one for one in fates if one.startswith("lost")], name
        rows.append((name, *(fates.count(what) for what in ("kept", "moved", "tombstoned")), told or "nothing"))
    return rows


def shown(rows: list[tuple[str, int, int, int, str]]) -> str:
    """The table."""
    head = ("edit", "kept", "moved", "tombstoned", "what the editor was told")
    lines = [head, *rows]
    widths = [max(len(str(line[column])) for line in lines) for column in range(len(head))]
    cells = ([f"{cell!s:{width}}" for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in cells)


@pytest.fixture
def rows(stage: Stage) -> list[tuple[str, int, int, int, str]]:
    return ten_edits(stage)


def test_ten_edits(rows) -> None:
    print(f"\n{shown(rows)}")
    assert shown(rows) == TABLE.strip()
