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

from generator.build.neighbours import Neighbours
from generator.build.output import remove

# Of Linux: names are taken as from the current folder; two of them are exchanged in one step.
_FROM_HERE, _EXCHANGE = -100, 2


class SiteInUseError(Exception):
    """Another build is at work on the same site."""


class NotPutAwayError(Exception):
    """The new site stands, but what stood there before could not be put away, and lies beside it."""


@contextmanager
def made_whole(site: Path, puts_by: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """A folder to build in that takes the place of the site when all has gone well; else the site stays as it was.

    `puts_by` tells at the end whether the site that stood there is put by or removed. Raises SiteInUseError
    where another build has the site, and NotPutAwayError.
    """
    site = site.resolve()
    beside = Neighbours(site)
    site.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(beside.lock, timeout=0):
            _clear(site, beside)
            try:
                yield beside.new
            except BaseException:
                with suppress(OSError):
                    remove(beside.new)
                raise
            _change(site, beside, puts_by())
    except Timeout:
        raise SiteInUseError(f"another build is writing {site}; wait until it has ended") from None


def _clear(site: Path, beside: Neighbours) -> None:
    """Put away what a killed build left."""
    if beside.old.exists() and not site.exists():
        beside.old.rename(site)
    for left in (beside.new, beside.old):
        remove(left)


def _change(site: Path, beside: Neighbours, put_by: bool) -> None:
    if not site.exists():
        beside.new.rename(site)
        return
    if exchange(beside.new, site):
        left = beside.new
    else:
        site.rename(beside.old)
        beside.new.rename(site)
        left = beside.old
    try:
        if put_by:
            remove(beside.spare)
            left.rename(beside.spare)
        else:
            remove(left)
    except OSError as error:  # it may hold words that are withheld now
        why = f"{error.strerror}: {error.filename or left}"
        raise NotPutAwayError(f"the new site stands, but the one before it lies in {left}; remove it ({why})") from None


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; whether the system could."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other), _EXCHANGE) == 0)
