"""A page: where it is, what it is called, which template shows it and with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.corpus import LinkedStatement
from generator.pages.follow import Follow, feed_links
from generator.pages.link import Link
from generator.pages.theme_lists import NO_THEME

# The files beside the page of an examination: name, what a reader calls it, media type.
FILES = (("index.json", "JSON", "application/json"), ("index.csv", "CSV", "text/csv"))
# What a list has beside it, and what the list of a State's statements has among the data.
TABLE = FILES[1]
_OF_STATE = ((".csv", "CSV", "text/csv"), (".jsonl", "JSONL", "application/jsonl"))
# The lists with a table beside them: docs/decisions/0014-say-each-thing-once.md says why these.
WITH_TABLE = frozenset({"theme", "session", "kind", "ledger"})
# The lists that can be followed by a feed.
WITH_FEED = frozenset({"country", "theme", "kind", "ledger"})

# For reference managers, beside the page of an examination.
CITATION_FILES = (
    ("index.ris", "RIS", "application/x-research-info-systems"),
    ("index.bib", "BibTeX", "application/x-bibtex"),
    ("index.csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
)

# All examinations of a State, `("state", "LAO")`; the names of those of a session, `("session", ("CRC", 69))`.
Beside = tuple[str, Any]


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Drawn(Generic[Value]):
    """A value that was made of `source`, and of what all pages rest on: while these are the same, so is the value."""

    value: Value
    source: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form: a feed, a file of data. `type` is its media type; `to` names and addresses it."""

    type: str
    to: Link


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `address` ends with a slash; `make` makes what its template shows, when it is written."""

    address: str
    template: str
    title: str
    description: str
    make: Callable[[], Any]
    crumbs: tuple[Link, ...] = ()
    # What its view looks at besides what its maker was given and names; see `stamps`.
    beside: tuple[Beside, ...] = ()
    # Every statement it lists, with those of the pages that continue it; None where it lists none or continues another.
    holds: tuple[LinkedStatement, ...] | None = None
    # How it can be followed; None where it cannot.
    follow: Follow | None = None
    # What its head offers to programs: feeds, files of data.
    alternates: tuple[Alternate, ...] = ()
    # The address of the page that it continues.
    continues: str = ""
    # On a page that only tells where something was: the page that stands there now, if any, and whether to go on to it.
    stub: bool = False
    instead: Link | None = None
    leaves: bool = False

    @property
    def view(self) -> Any:
        """What the template shows. Made anew each time: the views of a large site would not fit into memory."""
        return self.make()

    @property
    def is_examination(self) -> bool:
        """Whether it is the first page of an examination."""
        return self.template == "examination"

    @property
    def has_table(self) -> bool:
        """Whether it is a list with a table beside it."""
        return bool(self.holds) and self.template in WITH_TABLE

    @property
    def files(self) -> tuple[Link, ...]:
        """The files that hold what it lists, and nothing else."""
        if not self.holds:
            return ()
        if self.template == "country":
            slug = self.address.split("/")[1]
            return tuple(Link(label, f"data/states/{slug}{ending}", note=media) for ending, label, media in _OF_STATE)
        beside = FILES if self.is_examination else (TABLE,) if self.has_table else ()
        return tuple(Link(label, f"{self.address}{name}", note=media) for name, label, media in beside)

    @property
    def wider_files(self) -> tuple[Link, ...]:
        """The tables that hold what it lists among more: of a kind on a theme, that of the theme and of the kind."""
        if self.template != "kind-theme" or not self.holds:
            return ()
        kind, theme, _ = self.address.split("/")
        name, _, media = TABLE
        of_theme = (Link("this theme", f"themes/{theme}/{name}", note=media),) if theme != NO_THEME else ()
        return (*of_theme, Link(f"all {kind}", f"{kind}/{name}", note=media))

    @property
    def feeds(self) -> tuple[Link, ...]:
        """The feed of what is new on it."""
        follow, followed = self.follow, self.template in WITH_FEED
        return feed_links(self.address) if follow and followed and (self.holds or follow.examinations) else ()

    @property
    def calendar(self) -> Link | None:
        """Its dates; `note` says of how many there is one."""
        made = self.follow.calendar if self.follow else None
        return Link("calendar", f"{self.address}{made.name}", note=made.note) if made else None

    @property
    def followed(self) -> tuple[Link, ...]:
        """Everything by which it is followed."""
        return (*self.feeds, self.calendar) if self.calendar else self.feeds

    @property
    def about_files(self) -> Link:
        """Where it is told what the files hold."""
        return Link("Data", "data/")

    @property
    def citations(self) -> tuple[Link, ...]:
        """What stands beside it for reference managers."""
        files = CITATION_FILES if self.is_examination and self.holds else ()
        return tuple(Link(label, f"{self.address}{name}", note=media) for name, label, media in files)

    @property
    def cited_at(self) -> Link | None:
        """Where it is told how to cite the page that it continues."""
        return Link("How to cite this page and its statements", self.continues, "cite") if self.continues else None

    @property
    def section(self) -> str:
        """The top-level part of the navigation it belongs to."""
        return self.address.split("/", 1)[0]

    @property
    def depth(self) -> int:
        """How many folders below the root it stands."""
        return self.address.count("/")

    @property
    def shape(self) -> str:
        """Pages of one shape differ in title, description and content only: part of the navigation, and depth."""
        return f"{self.section}/{self.depth}"
