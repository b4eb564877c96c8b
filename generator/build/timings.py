"""How long each stage of a build takes.

Takes the steps that a build tells of its progress. Gives a table: a stage lasts from its first step to the next one's.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Timings:
    """A listener to progress that hands on what it hears; in seconds, on the clock and of this process's processor."""

    def __init__(self, hand_on: Callable[[str, int, int], None]) -> None:
        self._hand_on = hand_on
        self._now = "starting"
        self._since = (time.perf_counter(), time.process_time())
        self._taken: dict[str, tuple[float, float]] = {}

    def __call__(self, what: str, done: int, of: int) -> None:
        """A step: so many done of all."""
        if what != self._now:
            self._close(what)
        self._hand_on(what, done, of)

    def table(self) -> str:
        """The stages in their order, and all together; ends the last one."""
        self._close("")
        rows = [*self._taken.items(), ("together", tuple(map(sum, zip(*self._taken.values(), strict=True))))]
        lines = [f"{'stage':24s}{'seconds':>9s}{'processor':>11s}"]
        lines += [f"{what:24s}{wall:9.2f}{processor:11.2f}" for what, (wall, processor) in rows]
        return "\n".join(lines)

    def _close(self, following: str) -> None:
        now = (time.perf_counter(), time.process_time())
        wall, processor = self._taken.get(self._now, (0.0, 0.0))
        self._taken[self._now] = (wall + now[0] - self._since[0], processor + now[1] - self._since[1])
        self._now, self._since = following, now
