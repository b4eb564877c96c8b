"""Threads: what was said to one State on one theme, from one examination to the next.

Takes the `Corpus` and the editor's `threads.yaml`. Gives `Thread`s whose steps stand in the order of time. A status is
suggested by rule, by comparing an examination with earlier ones under the same treaty or mechanism and no others; an
editor confirms it, or decides otherwise within what the documents say. It tells what documents mention, never whether
something was done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.corpus import Corpus, LinkedStatement, PublishedExamination, is_answer, is_ask
from generator.datafile import Node
from generator.diagnostics import Diagnostic
from generator.text.source import Location
from generator.vocabulary import Theme, Vocabulary


class Status(StrEnum):
    """How an examination stands to earlier ones under the same treaty or mechanism. A closed list."""

    NEW = "new"
    RAISED_AGAIN = "raised-again"
    NOT_MENTIONED = "not-mentioned"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An editor's decision about one theme at one examination."""

    state: str
    theme: str
    examination: str
    status: Status
    note: str
    editor: str
    location: Location

    @property
    def place(self) -> tuple[str, str]:
        """What it decides about: there is one decision a place."""
        return self.examination, self.theme


@dataclass(frozen=True, slots=True)
class Step:
    """One examination in a thread: what was raised, what the State said, what else the indexes hold.

    `compared` names the examinations before it under the same treaty or mechanism; without one there is no status.
    """

    examination: PublishedExamination
    raised: tuple[LinkedStatement, ...]
    answered: tuple[LinkedStatement, ...]
    further: tuple[LinkedStatement, ...]
    # Whether any statement of its documents, sure or not, speaks of the theme or of one that is part of it.
    mentioned: bool
    compared: tuple[str, ...] = ()
    status: Status | None = None
    confirmed: Confirmation | None = None

    @property
    def statements(self) -> tuple[LinkedStatement, ...]:
        """All that is shown of it."""
        return (*self.raised, *self.answered, *self.further)


@dataclass(frozen=True, slots=True)
class Thread:
    """One theme with every examination of a State, the earliest first."""

    theme: str
    steps: tuple[Step, ...]

    @property
    def total(self) -> int:
        """How many statements it holds, each counted once."""
        return len({one.id for step in self.steps for one in step.statements})


# --- the rule ---------------------------------------------------------------------------------------------------


def threads(
    corpus: Corpus, themes: Mapping[str, Theme], state: str, confirmations: Iterable[Confirmation] = ()
) -> tuple[Thread, ...]:
    """The threads of a State, in the order of the vocabulary; themes of which its indexes hold nothing have none."""
    decided = {one.place: one for one in confirmations if one.state == state}
    examinations = tuple(reversed(corpus.by_state.get(state, ())))
    told: dict[tuple[str, str], list[LinkedStatement]] = defaultdict(list)
    for examination in examinations:
        for one in examination.statements:
            for theme in one.statement.themes:
                told[examination.key, theme].append(one)
    spoken_of = {theme for (_, theme), linked in told.items() if any(map(corpus.is_indexed, linked))}
    narrower: dict[str, set[str]] = defaultdict(set)
    for known in themes.values():
        narrower[known.broader].add(known.id)
    earlier = _earlier(examinations)
    made = []
    for theme in themes:
        if theme in spoken_of:
            near = {theme, themes[theme].broader, *narrower[theme]}
            steps = [
                _step(corpus, e, told.get((e.key, theme), ()), any((e.key, other) in told for other in near))
                for e in examinations
            ]
            by_key = {step.examination.key: step for step in steps}
            made.append(
                Thread(
                    theme,
                    tuple(_compare(step, theme, by_key, earlier[key], decided) for key, step in by_key.items()),
                )
            )
    return tuple(made)


def _earlier(examinations: Iterable[PublishedExamination]) -> dict[str, tuple[str, ...]]:
    """For each examination those before it in its frame: there one body counts the sessions, in the order of time."""
    by_frame: dict[str, list[PublishedExamination]] = defaultdict(list)
    for one in examinations:
        by_frame[one.frame].append(one)
    found = {}
    for held in by_frame.values():
        held.sort(key=lambda one: one.session)
        for one in held:
            found[one.key] = tuple(other.key for other in held if other.session < one.session)
    return found


def _step(
    corpus: Corpus, examination: PublishedExamination, on_theme: Iterable[LinkedStatement], mentioned: bool
) -> Step:
    shown = [one for one in on_theme if corpus.is_indexed(one)]
    raised = tuple(one for one in shown if is_ask(one.statement))
    answered = tuple(one for one in shown if is_answer(one.statement))
    further = tuple(one for one in shown if not is_ask(one.statement) and not is_answer(one.statement))
    return Step(examination, raised, answered, further, mentioned)


def _compare(
    step: Step,
    theme: str,
    steps: Mapping[str, Step],
    earlier: tuple[str, ...],
    decided: Mapping[tuple[str, str], Confirmation],
) -> Step:
    """A step with its status, compared with those of the earlier examinations."""
    before = [steps[key] for key in earlier]
    confirmed = decided.get((step.examination.key, theme))
    if confirmed and _contradicted(step, before, confirmed):
        confirmed = None
    status = confirmed.status if confirmed else suggest(step, before)
    return replace(step, compared=earlier, status=status, confirmed=confirmed)


def suggest(step: Step, earlier: Sequence[Step]) -> Status | None:
    """What the rule suggests, by documents under the same treaty or mechanism; None where it cannot tell.

    Raised again: raised here and before. New: raised here, and nothing before speaks of the theme. Not mentioned:
    raised before, and nothing here speaks of it. What was spoken of without being raised leaves the rule silent.
    """
    if not earlier:
        return None
    before = any(one.raised for one in earlier)
    if step.raised:
        if before:
            return Status.RAISED_AGAIN
        return None if any(one.mentioned for one in earlier) else Status.NEW
    return Status.NOT_MENTIONED if before and not step.mentioned else None


# --- the editor's file ------------------------------------------------------------------------------------------


def load_confirmations(root: Node, vocabulary: Vocabulary) -> tuple[Confirmation, ...]:
    """Check a `threads.yaml`. Raises DatafileError at the place of a wrong key or value."""
    root.mapping("format threads")
    if root.need("format").text() != "threads/1":
        raise root.need("format").fail(f"found {root.get('format').value!r}, expected 'threads/1'")
    found: dict[tuple[str, str], Confirmation] = {}
    for entry in root.get("threads").items():
        one = _confirmation(entry, vocabulary)
        if one.place in found:
            line = found[one.place].location.line
            raise entry.fail(f"{one.theme} at {one.examination} is decided on line {line} already", "keep one of them")
        found[one.place] = one
    return tuple(found.values())


def _confirmation(entry: Node, vocabulary: Vocabulary) -> Confirmation:
    entry.mapping("state theme examination status note editor")
    state, examination = entry.need("state"), entry.need("examination")
    if state.text() not in vocabulary.states.by_code:
        raise state.fail(f"no State has the code {state.value!r}", "ISO 3166-1 alpha-3, as in states.yaml")
    theme = entry.need("theme")
    if theme.text() not in vocabulary.themes:
        raise theme.fail(f"there is no theme {theme.value!r}", "the ids stand in themes.yaml")
    if not examination.text().startswith(f"{state.text().lower()}-"):
        raise examination.fail(
            f"{examination.value!r} is no examination of {state.value}", f"as in {state.text().lower()}-crc-79"
        )
    return Confirmation(
        state.text(),
        theme.text(),
        examination.text(),
        Status(entry.need("status").one_of(" ".join(Status))),
        entry.get("note").optional() or "",
        entry.get("editor").optional() or "",
        entry.location,
    )


def stale(corpus: Corpus, vocabulary: Vocabulary, confirmations: Sequence[Confirmation]) -> Iterator[Diagnostic]:
    """Decisions that no longer fit what the documents say; they are not shown."""
    for one in confirmations:
        examination = corpus.examinations.get(one.examination)
        if examination is None:
            hint = "examination is the id that examinations.json gives"
            yield Diagnostic(one.location, "C001", f"there is no examination {one.examination} here", hint)
            continue
        steps = {
            step.examination.key: step
            for thread in threads(corpus, vocabulary.themes, one.state)
            if thread.theme == one.theme
            for step in thread.steps
        }
        step = steps.get(one.examination)
        why = (
            _contradicted(step, [steps[key] for key in step.compared], one)
            if step
            else f"nothing here speaks of {one.theme}"
        )
        if why:
            yield Diagnostic(one.location, "C001", why, "read the documents again and renew or remove the entry")


def _contradicted(step: Step, earlier: Sequence[Step], one: Confirmation) -> str:
    """Why a decision cannot be shown beside these documents; empty where it can."""
    if not earlier:
        return f"no earlier document under the same treaty or mechanism is here to compare {one.examination} with"
    before = any(past.raised for past in earlier)
    match one.status:
        case Status.NOT_MENTIONED if step.mentioned:
            return f"{one.examination} speaks of {one.theme}: it cannot be called not mentioned"
        case Status.NOT_MENTIONED if not before:
            return f"no earlier document raises {one.theme}: there is nothing that could be missing"
        case Status.NEW | Status.RAISED_AGAIN if not step.raised:
            return f"nothing on {one.theme} is raised at {one.examination}"
        case Status.RAISED_AGAIN if not before:
            return f"no earlier document raises {one.theme}: it cannot be raised again"
    return ""
