"""What commands that tests start find around them: little, always the same, and the program of this very folder."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]


def surroundings(**more: str) -> dict[str, str]:
    """Takes further variables; folders in a `PYTHONPATH` among them come first. Gives an environment."""
    # Working trees may share an installation, which knows the program of one of them only.
    path = os.pathsep.join(filter(None, (more.pop("PYTHONPATH", ""), str(ROOT))))
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": path, **more}
