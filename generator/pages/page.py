"""A page: where it is, what it is called, which template shows it and with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.corpus import LinkedStatement
from generator.pages.follow import Follow, feed_links
from generator.pages.link import Link

# The files beside a page that lists statements: name, what a reader calls it, media type.
FILES = (("index.json", "JSON", "application/json"), ("index.csv", "CSV", "text/csv"))
# Pages whose table names statements without their words, because the words of all of them stand at their examinations;
# lists of one kind on one theme have them. Why so: docs/decisions/0011-data-beside-pages.md.
_WITHOUT_WORDS = frozenset({"country", "session", "theme"})

# The same for reference managers.
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
    def files(self) -> tuple[Link, ...]:
        """What stands beside it for machines."""
        return tuple(Link(label, f"{self.address}{name}", note=media) for name, label, media in FILES if self.holds)

    @property
    def feeds(self) -> tuple[Link, ...]:
        """The feeds of what is new on it."""
        follow = self.follow
        return feed_links(self.address) if follow and follow.feeds and (self.holds or follow.examinations) else ()

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
    def worded(self) -> bool:
        """Whether the table beside it holds the words of its statements."""
        return self.template not in _WITHOUT_WORDS

    @property
    def citations(self) -> tuple[Link, ...]:
        """What stands beside it for reference managers."""
        return tuple(Link(label, f"{self.address}{name}", note=m) for name, label, m in CITATION_FILES if self.holds)

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
