"""Where each State stands on the map of equal squares.

Takes the drawing in `tiles.yaml`: lines of codes, `...` where there is no square. Gives column and row of each code. A
code that no State has, or that is drawn twice, is an error at its line.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from generator.datafile import Node

Tiles = Mapping[str, tuple[int, int]]
_NONE = "..."


def load_tiles(root: Node, codes: Container[str]) -> Tiles:
    """Column and row of each code, counted from 0, in the order in which the map is read."""
    root.mapping("format rows")
    found: dict[str, tuple[int, int]] = {}
    for row, line in enumerate(root.need("rows").items()):
        for column, code in enumerate(line.text().split()):
            if code == _NONE:
                continue
            if code not in codes:
                raise line.fail(f"no State {code!r}", f"a square is a code of states.yaml, or {_NONE} for none")
            if code in found:
                raise line.fail(f"{code} stands on two squares", f"the other is in row {found[code][1] + 1}")
            found[code] = (column, row)
    return found
