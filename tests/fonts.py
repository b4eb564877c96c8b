"""Sets of fonts that free systems bring along, and how a browser is given one of them alone."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families that stand for what a page asks for, and the packages of Debian and Ubuntu that have them."""

    name: str
    serif: str
    sans: str
    mono: str
    packages: str

    def __str__(self) -> str:
        return self.name


SETS = (
    Fonts("DejaVu", "DejaVu Serif", "DejaVu Sans", "DejaVu Sans Mono", "fonts-dejavu-core"),
    Fonts("Noto", "Noto Serif", "Noto Sans", "Noto Sans Mono", "fonts-noto-core fonts-noto-mono"),
    Fonts("Liberation", "Liberation Serif", "Liberation Sans", "Liberation Mono", "fonts-liberation"),
)
_HEAD = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'


def folders(fonts: Fonts) -> list[Path]:
    """Where this machine has the fonts of a set; nothing where one of its families is missing."""
    found: set[Path] = set()
    for family in (fonts.serif, fonts.sans, fonts.mono):
        try:
            files = subprocess.run(
                ["fc-list", f":family={family}", "file"], capture_output=True, text=True, check=True
            ).stdout.split("\n")
        except FileNotFoundError:
            return []
        these = {Path(file.strip().rstrip(":")).parent for file in files if file.strip()}
        if not these:
            return []
        found |= these
    return sorted(found)


def configuration(fonts: Fonts, where: Sequence[Path], cache: Path) -> str:
    """The text of a file for `FONTCONFIG_FILE`: the fonts of these folders are all there are."""
    others = "".join(
        f"<alias binding='same'><family>{asked}</family><prefer><family>{escape(given)}</family></prefer></alias>\n"
        for asked, given in (
            ("serif", fonts.serif),
            ("sans-serif", fonts.sans),
            ("system-ui", fonts.sans),
            ("monospace", fonts.mono),
        )
    )
    dirs = "".join(f"<dir>{escape(str(folder))}</dir>\n" for folder in where)
    return f"{_HEAD}<fontconfig>\n{dirs}<cachedir>{escape(str(cache))}</cachedir>\n{others}</fontconfig>\n"
