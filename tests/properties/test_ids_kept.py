"""No id is lost in silence, whatever editors do to the sources: published, retired, or named by a diagnostic."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from invented import report
from staging import Stage

from generator.build import Reading, read_project, register
from generator.diagnostics import Severity

SENTENCES = (
    "The Committee was concerned about the lack of data on trafficking in the provinces.",
    "The delegation replied that a register had been opened in the capital last year.",
    "The Committee asked about birth registration of refugee children in the camps.",
    "The Committee recommended that the State party prohibit corporal punishment in all settings.",
    "The Committee welcomed the new law on adoption that entered into force in March.",
    "The delegation stated that 12 teachers had been trained in every district of the country.",
)
EARLIER = "101<sup>ST</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n14<sup>TH</sup> JANUARY 2026"
RETYPED = """format: corrections/1
corrections:
- quote: The Committee was concerned about
  expect: {kind: concern}
  set: {kind: question}
  reason: The Committee asked for data.
"""
RETIRED = "{{id: {id}, reason: removed, note: It was doubled., date: 2026-11-25, editor: A. B.}}"
RENAMED = (
    "format: moved/1\nrenamed:\n"
    "- {from: xar-crc-102, to: xar-crc-101, reason: Another session., date: 2026-11-25, editor: A. B.}\n"
)


@dataclass
class Desk:
    """What an editor works on: the paragraphs of a report, and what stands beside it."""

    chance: random.Random
    paragraphs: list[str] = field(default_factory=lambda: list(SENTENCES))
    files: int = 1
    corrected: bool = False
    moved: bool = False

    def any(self) -> int:
        return self.chance.randrange(len(self.paragraphs))


def mend(desk: Desk) -> None:
    """A letter more or less in a long word."""
    at = desk.any()
    words = desk.paragraphs[at].split()
    number = desk.chance.choice([n for n, word in enumerate(words) if len(word) > 3] or [0])
    words[number] = words[number][:2] + words[number][3:]
    desk.paragraphs[at] = " ".join(words)


def move(desk: Desk) -> None:
    desk.paragraphs.insert(desk.any(), desk.paragraphs.pop(desk.any()))


def insert(desk: Desk) -> None:
    at = desk.any()
    desk.paragraphs[at:at] = ["## Protection", "The Committee was concerned about the detention of children."]


def retype(desk: Desk) -> None:
    desk.corrected = True


def split(desk: Desk) -> None:
    desk.files = 2


def remove(desk: Desk) -> None:
    if len(desk.paragraphs) > 2:
        desk.paragraphs.pop(desk.any())


def merge(desk: Desk) -> None:
    """Two sentences become one."""
    at = desk.any()
    one, *other = desk.paragraphs[at : at + 2]
    if other and not (one + other[0]).startswith("#") and not other[0].startswith("#"):
        desk.paragraphs[at : at + 2] = [f"{one.rstrip('.')}, and {other[0][:1].lower()}{other[0][1:]}"]


def turn(desk: Desk) -> None:
    """A denial, or another number."""
    at = desk.any()
    desk.paragraphs[at] = (
        desk.paragraphs[at].replace("12", "21").replace(" was ", " was not ").replace(" had ", " had not ")
    )


def file_elsewhere(desk: Desk) -> None:
    desk.moved = True


EDITS: tuple[Callable[[Desk], None], ...] = (
    mend, move, insert, retype, split, remove, merge, turn, file_elsewhere,
)  # fmt: skip
HARMLESS = {move, insert, retype, split}


def put(stage: Stage, desk: Desk) -> None:
    shutil.rmtree(stage.folder / "sources", ignore_errors=True)
    half = len(desk.paragraphs) // 2 if desk.files == 2 else len(desk.paragraphs)
    more = {"session": EARLIER} if desk.moved else {}
    stage.put({"arcadia.md": report(body="\n\n".join(desk.paragraphs[:half]), **more)})
    if desk.files == 2:
        stage.put({"second.md": report(body="\n\n".join(desk.paragraphs[half:]), **more)})
    if desk.corrected:
        stage.put({"corrections/arcadia.yaml": RETYPED})


def silently_lost(promised: set[str], after: Reading) -> set[str]:
    """Ids that were promised, and of which nobody hears.

    An id of an examination that was renamed leads to its current name, so what is said of that is said of both.
    """
    registry = after.registry
    retired = {registry.current(id_) for id_ in registry.retired}
    said = " ".join(d.message for d in after.diagnostics if d.severity is Severity.ERROR)
    return {
        id_
        for id_ in promised
        if (now := registry.current(id_)) not in after.corpus.by_id
        and now not in retired
        and now not in said
        and f"{now.rpartition('.')[0]} is not published any more" not in said
    }


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3), min_size=1, max_size=2),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2**32),
)
# After a renaming that was registered, “March” becomes “Mach”: only the current name of the id is in doubt.
@example(rounds=[[mend, mend, file_elsewhere], [mend]], retires=False, renames=True, seed=0)
@example(rounds=[[mend, mend, file_elsewhere], [mend]], retires=True, renames=True, seed=0)
def test_no_id_is_lost_in_silence(tmp_path_factory, invented, rounds, retires, renames, seed) -> None:
    stage = Stage(tmp_path_factory.mktemp("ids"), invented)
    desk = Desk(random.Random(seed))  # noqa: S311
    put(stage, desk)
    register(read_project(stage.project))
    promised = set(read_project(stage.project).corpus.by_id)
    for edits in rounds:
        before = read_project(stage.project)
        for edit in edits:
            edit(desk)
        put(stage, desk)
        if desk.moved and renames:
            stage.put({"registry/moved.yaml": RENAMED})
        after = read_project(stage.project)
        assert silently_lost(promised, after) == set()
        assert len(after.corpus.by_id) == len(after.corpus.statements)
        # No id comes to stand for words whose sense is another.
        for id_, one in after.corpus.by_id.items():
            words = before.corpus.by_id.get(id_)
            assert not words or not invented.sense.turned(words.statement.text, one.statement.text)
        # In two files a correction may belong to the sentence that went to the other: it is stale then, and said to be.
        harmless = set(edits) <= HARMLESS and not (desk.corrected and desk.files == 2)
        if harmless and promised <= set(before.corpus.by_id):
            assert promised <= set(after.corpus.by_id)
        if retires:
            entries = "".join(f"- {RETIRED.format(id=one.former or one.id)}\n" for one in after.compared.lost)
            old = "".join(
                f"- {RETIRED.format(id=id_)}\n"
                for id_ in after.registry.retired
                if id_ not in {one.former or one.id for one in after.compared.lost}
            )
            stage.put({"registry/retired.yaml": f"format: retired/1\nretired:\n{old}{entries}"})
            after = read_project(stage.project)
            assert silently_lost(promised, after) == set()
        if not any(d.severity is Severity.ERROR for d in after.diagnostics):
            register(after)
            promised |= set(after.corpus.by_id)
            again = read_project(stage.project)
            assert silently_lost(promised, again) == set()
            assert register(again).files == ()
    shutil.rmtree(stage.folder)
