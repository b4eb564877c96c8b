"""Limits of time in tests follow the machine, all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import patience
import pytest

TESTS = Path(__file__).parents[1]
WAITS = {"set_default_timeout", "set_default_navigation_timeout", "wait_for_timeout", "join", "wait"}
CLOCKS = {"process_time", "perf_counter", "monotonic", "time"}


@pytest.mark.parametrize(("given", "factor"), [({}, 1), ({patience.NAME: ""}, 1), ({patience.NAME: "2.5"}, 2.5)])
def test_the_factor_is_one_unless_something_is_said(given: dict[str, str], factor: float) -> None:
    assert patience.slowness(given) == factor


@pytest.mark.parametrize("given", ["0", "0.5", "-1", "nan", "much", "1e9"])
def test_what_is_no_factor_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="write a factor from 1 to 1000"):
        patience.slowness({patience.NAME: given})


def test_limits_are_multiplied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FACTOR", 3.0)
    assert (patience.seconds(2), patience.milliseconds(2)) == (6, 6000)


def fixed_limits(code: str) -> Iterator[int]:
    """The lines on which a number by itself limits how long something may take."""
    for node in ast.walk(ast.parse(code)):
        limits: list[ast.expr] = []
        if isinstance(node, ast.Call):
            limits = [one.value for one in node.keywords if one.arg == "timeout"]
            if isinstance(node.func, ast.Attribute) and node.func.attr in WAITS:
                limits += node.args
        elif isinstance(node, ast.Compare) and any(map(_asks_a_clock, ast.walk(node))):
            limits = node.comparators
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _asks_a_clock(node.left):
            limits = [node.right]
        if any(map(_is_number, limits)):
            yield node.lineno


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _asks_a_clock(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    return (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in CLOCKS


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("run(x, timeout=60)", [1]),
        ("run(x, timeout=seconds(60))", []),
        ("page.wait_for_timeout(100)", [1]),
        ("thread.join(20)", [1]),
        ("'-'.join(words)", []),
        ("assert time.process_time() - begun < 3", [1]),
        ("assert perf_counter() - begun < seconds(3)", []),
        ("end = time.monotonic() + 20", [1]),
        ("end = time.monotonic() + seconds(20)", []),
    ],
)
def test_a_fixed_limit_is_seen(code: str, found: list[int]) -> None:
    assert [*fixed_limits(code)] == found


def test_no_test_has_a_fixed_limit() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        if "node_modules" not in path.parts
        for line in fixed_limits(path.read_text(encoding="utf-8"))
    ]
    assert found == []
