"""A site is the old one whole or the new one whole, whatever becomes of a build.

Takes the folder of a site. Gives a folder beside it to build in; when that is finished, the two change places. What a
build leaves that was killed, the next one clears away. The site that stood there may be put by for the next build.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from generator.build.output import remove
from generator.build.standing import halves

# Of Linux: names are taken as from the current folder; two of them are exchanged in one step.
_FROM_HERE, _EXCHANGE = -100, 2


class SiteInUseError(Exception):
    """Another build is at work on the same site."""


@contextmanager
def made_whole(site: Path, puts_by: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """A folder to build in that takes the place of the site when all has gone well; else the site stays as it was.

    `puts_by` tells at the end whether the site that stood there is put by (`spare`) or removed. Raises SiteInUseError
    where another build has the site.
    """
    site = site.resolve()
    (new, old), lock = halves(site), site.with_name(f".{site.name}.lock")
    site.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):
            _clear(site, new, old)
            try:
                yield new
            except BaseException:
                with suppress(OSError):
                    remove(new)
                raise
            _change(site, new, old, spare(site) if puts_by() else None)
    except Timeout:
        raise SiteInUseError(f"another build is writing {site}; wait until it has ended") from None


def _clear(site: Path, new: Path, old: Path) -> None:
    """Put away what a killed build left."""
    if old.exists() and not site.exists():
        old.rename(site)
    for left in (new, old):
        remove(left)


def spare(site: Path) -> Path:
    """Where the site before the one that stands is put by."""
    return site.with_name(f".{site.name}.spare")


def _change(site: Path, new: Path, old: Path, put_by: Path | None) -> None:
    if not site.exists():
        new.rename(site)
        return
    if exchange(new, site):
        left = new
    else:
        site.rename(old)
        new.rename(site)
        left = old
    # The new site stands by now: what cannot be put away is no fault of this build, and the next one clears it away.
    with suppress(OSError):
        if put_by:
            remove(put_by)
            left.rename(put_by)
        else:
            remove(left)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; whether the system could."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other), _EXCHANGE) == 0)
