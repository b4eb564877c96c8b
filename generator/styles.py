"""The theme's style sheets without the rules for what no page of ours has: most of what they weigh.

Takes a sheet as the theme publishes it. Gives the same without rules whose every selector asks for a class or a switch
of the theme that our frame does not have, and without names of pictures that nothing left asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# The classes of the theme on our pages, and those that pages written by hand may use of it (`{ .md-button }`).
CLASSES = frozenset(
    "md-button md-button--primary md-container md-content md-content__inner md-grid md-main md-main__inner md-skip "
    "md-typeset".split()
)
# Quotations, comments and escapes count as one, so that no sign inside them is taken for one.
_SIGNS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?\*/|\\.|[(){},;]", re.DOTALL)
_IN_BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
# Switches that the theme sets: of them our pages have that between light and dark.
_SWITCH = re.compile(r"\[data-md-(?!color-scheme)")
_VALUE = re.compile(r"var\((--[\w-]+)")
_NESTED = ("@media", "@supports")


def used_rules(sheet: str) -> str:
    """The sheet without what no page of ours can show."""
    kept = [*_kept(sheet)]
    asked = set(_VALUE.findall("".join(kept)))
    return "".join(_with_values(rule, asked) for rule in kept)


def _kept(sheet: str) -> Iterator[str]:
    for head, body in _rules(sheet):
        if body is None:
            yield head
        elif head.startswith(_NESTED):
            if inner := "".join(_kept(body)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [one for one in _parted(head, ",") if _can_match(one)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each block, and the block; None for what ends with `;` and has none."""
    depth = begun = inside = 0
    head = ""
    for found in _SIGNS.finditer(sheet):
        match found[0]:
            case "{":
                depth += 1
                if depth == 1:
                    head, inside = sheet[begun : found.start()].strip(), found.end()
            case "}":
                depth -= 1
                if depth == 0:
                    yield head, sheet[inside : found.start()]
                    begun = found.end()
            case ";" if depth == 0:
                yield sheet[begun : found.end()].strip(), None
                begun = found.end()


def _can_match(selector: str) -> bool:
    """Whether our pages may have what it asks for; what stands in brackets – `:is()`, `:not()` – is not asked about."""
    plain = _IN_BRACKETS.sub("", selector)
    return not _SWITCH.search(plain) and all(name in CLASSES for name in _CLASS.findall(plain))


def _with_values(rule: str, asked: set[str]) -> str:
    """A rule of `:root` with the pictures that are asked for; every other value is ours to change, and stays."""
    if not rule.startswith(":root{"):
        return rule
    told = [one for one in _parted(rule[len(":root{") : -1], ";") if "url(" not in one or one.split(":")[0] in asked]
    return f":root{{{';'.join(told)}}}" if told else ""


def _parted(text: str, mark: str) -> Iterable[str]:
    """The parts between marks, of which those in brackets and in quotation marks part nothing."""
    depth = begun = 0
    for found in _SIGNS.finditer(text):
        depth += (found[0] == "(") - (found[0] == ")")
        if found[0] == mark and depth == 0:
            yield text[begun : found.start()]
            begun = found.end()
    if text[begun:].strip():
        yield text[begun:]
