"""What the theme gives a site: shells to fill, its own pages and assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.pages import Page
from generator.render import Shell


@dataclass(frozen=True, slots=True)
class Theme:
    """`shells`: one for each page in the navigation, by address, and one for each shape of the others.

    `home` is the home page as the theme made it, its living part still to be filled in; empty where there is none.
    """

    shells: Mapping[str, Shell]
    home: str = ""
    # The addresses of the pages that the theme wrote itself.
    hand_written: tuple[str, ...] = ()
    # All files that it wrote, by name.
    files: tuple[str, ...] = ()

    def shell(self, page: Page) -> Shell:
        """The shell of a page."""
        return self.shells.get(page.address) or self.shells[page.shape]
