"""A site is the old one whole or the new one whole, whatever becomes of a build.

Takes the folder of a site. Gives a folder beside it to build in; when that is finished, the two change places. What a
build leaves that was killed, the next one clears away.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

# Of Linux: names are taken as from the current folder; two of them are exchanged in one step.
_FROM_HERE, _EXCHANGE = -100, 2


class SiteInUseError(Exception):
    """Another build is at work on the same site."""


@contextmanager
def made_whole(site: Path) -> Iterator[Path]:
    """A folder to build in that takes the place of the site when all has gone well; else the site stays as it was.

    Raises SiteInUseError where another build has the site.
    """
    site = site.resolve()
    new, old, lock = (site.with_name(f".{site.name}.{end}") for end in ("new", "old", "lock"))
    site.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):
            _clear(site, new, old)
            try:
                yield new
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
            _change(site, new, old)
    except Timeout:
        raise SiteInUseError(f"another build is writing {site}; wait until it has ended") from None


def _clear(site: Path, new: Path, old: Path) -> None:
    """Put away what a killed build left."""
    if old.exists() and not site.exists():
        old.rename(site)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _change(site: Path, new: Path, old: Path) -> None:
    if not site.exists():
        new.rename(site)
    elif exchange(new, site):
        shutil.rmtree(new)
    else:
        site.rename(old)
        new.rename(site)
        shutil.rmtree(old)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; whether the system could."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other), _EXCHANGE) == 0)
