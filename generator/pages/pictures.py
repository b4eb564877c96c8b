"""Layout of pictures: a map of equal squares, bars over time and by region.

Takes counts that a page has already made. Gives where each shape stands and how large it is, with the number itself:
a template draws the picture and writes the same numbers as a table from one and the same value. No picture where there
is nothing to compare. Lengths are in the picture's own units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Kind
from generator.pages.link import Link

# --- a map of equal squares ---------------------------------------------------------------------------------------

STEP, SIDE = 40, 36  # from a square to the next, and of a square
_STRONGEST = 3  # this many examinations and more are drawn alike; the number tells them apart


@dataclass(frozen=True, slots=True)
class Square:
    """A State's square in its row. `number` counts examinations; without any there is no link."""

    code: str
    x: int
    link: Link | None
    number: int

    @property
    def dark(self) -> bool:
        """Whether it is drawn as strongly as can be, so that its letters must be light."""
        return self.number >= _STRONGEST

    @property
    def name(self) -> str:
        """What the link is called."""
        name = self.link.text if self.link else self.code
        return f"{name} ({self.code}): {self.number} examination{'s' * (self.number != 1)}"


@dataclass(frozen=True, slots=True)
class Sample:
    """How a square with this many examinations is drawn: strength from 1, and the length of the bar at its foot."""

    number: int
    strength: int
    bar: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """States as equal squares. `plain` draws the squares of those without an examination, as one path."""

    width: int
    height: int
    rows: tuple[tuple[int, tuple[Square, ...]], ...]
    plain: str
    samples: tuple[Sample, ...]
    # States with an examination that have no square.
    beside: tuple[Link, ...]
    shown: int
    of: int


def tile_map(tiles: Mapping[str, tuple[int, int]], held: Mapping[str, tuple[Link, int]]) -> TileMap | None:
    """The map; None where no State that has a square has an examination. `held`: page and number, by code."""
    if not any(code in tiles for code in held):
        return None
    at = {place: code for code, place in tiles.items()}
    columns, lines = (1 + max(place[axis] for place in at) for axis in (0, 1))
    rows = tuple(
        (
            STEP * line,
            tuple(_square(at[column, line], column, held) for column in range(columns) if (column, line) in at),
        )
        for line in range(lines)
    )
    return TileMap(
        width=STEP * columns - (STEP - SIDE),
        height=STEP * lines - (STEP - SIDE),
        rows=rows,
        plain="".join(_runs(rows)),
        samples=tuple(_sample(number) for number in sorted({number for _, number in held.values()})),
        beside=tuple(link for code, (link, _) in held.items() if code not in tiles),
        shown=sum(1 for code in held if code in tiles),
        of=len(tiles),
    )


def _square(code: str, column: int, held: Mapping[str, tuple[Link, int]]) -> Square:
    link, number = held.get(code, (None, 0))
    return Square(code, STEP * column, link, number)


def _runs(rows: Iterable[tuple[int, Sequence[Square]]]) -> Iterator[str]:
    """Neighbours without an examination as one thick line each, which dashes cut into squares."""
    for y, squares in rows:
        runs: list[list[int]] = []
        for x in (square.x for square in squares if square.link is None):
            if runs and runs[-1][-1] == x - STEP:
                runs[-1].append(x)
            else:
                runs.append([x])
        for run in runs:
            yield f"M{run[0]} {y + SIDE // 2}h{run[-1] - run[0] + SIDE}"


def _sample(number: int) -> Sample:
    strength = min(number, _STRONGEST)
    return Sample(number, strength, SIDE * strength // _STRONGEST)


# --- bars over time and by region ---------------------------------------------------------------------------------

STEPS = 10  # lengths of a bar; the number stands beside it


def step(number: int, most: int) -> int:
    """The length of a bar, of `STEPS`; what is not nothing can be seen."""
    return -(-STEPS * number // most) if most else 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One number as a bar of so many steps."""

    name: str
    number: int
    step: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The bars of one kind."""

    kind: Kind
    total: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Kinds over the same years, all drawn to one scale."""

    years: tuple[str, ...]
    panels: tuple[Panel, ...]


def over_time(counts: Mapping[Kind, Mapping[int, int]]) -> Series | None:
    """Numbers by year, for each kind; None where they lie in one year or in none.

    Years in between with nothing are columns like any other: nothing recorded is something to see.
    """
    years = sorted({year for numbers in counts.values() for year, number in numbers.items() if number})
    if len(years) < 2:
        return None
    columns = range(years[0], years[-1] + 1)
    most = max(number for numbers in counts.values() for number in numbers.values())
    return Series(
        tuple(map(str, columns)),
        tuple(
            Panel(
                kind,
                sum(numbers.values()),
                tuple(
                    Bar(str(year), number, step(number, most)) for year in columns for number in (numbers.get(year, 0),)
                ),
            )
            for kind, numbers in counts.items()
        ),
    )


@dataclass(frozen=True, slots=True)
class RegionBar:
    """A region: what was said of how many of its States, with the length of its bar."""

    name: str
    number: int
    states: int
    of: int
    step: int


def by_region(counts: Mapping[str, tuple[int, int, int]]) -> tuple[RegionBar, ...]:
    """Bars by region, in the order of names; none where there is one region only.

    `counts`: statements, States they are said of, and States of the region that have an examination.
    """
    if len(counts) < 2:
        return ()
    most = max(number for number, _, _ in counts.values())
    return tuple(RegionBar(name, *counts[name], step(counts[name][0], most)) for name in sorted(counts))
