"""What lies beside the folder of a site and serves its builds: where each is.

Takes the folder of a site. Gives paths; every name begins with a point and the site's own name.
"""

from __future__ import annotations

from pathlib import Path


class Neighbours:
    """The neighbours of a site, whether they are there or not."""

    def __init__(self, site: Path) -> None:
        site = site.resolve()
        # What builds remember; held by the build that is at work; where it builds; where the site that stands is while
        # the two change places in two steps; and where the site before that one is put by.
        self.manifest, self.lock, self.new, self.old, self.spare = (
            site.with_name(f".{site.name}.{name}") for name in ("manifest", "lock", "new", "old", "spare")
        )

    @property
    def left(self) -> tuple[Path, ...]:
        """What only a build that was killed leaves."""
        return tuple(one for one in (self.new, self.old) if one.exists())
