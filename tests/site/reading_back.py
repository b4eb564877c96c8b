"""HTML read back as a program reads it: elements, attributes and text, by nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

_VOID = set("area base br col embed hr img input link meta source track wbr".split())
_SILENT = {"script", "style"}


@dataclass
class Element:
    """One element. `line` is where it begins in the file."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id, or nothing."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """What stands in it, as written."""
        if self.tag in _SILENT:
            return ""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """What stands in it, with white space folded."""
        return " ".join(self.text.split())

    def walk(self) -> Iterator[Element]:
        """Every element inside, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", cls: str = "") -> list[Element]:
        """Elements inside with this tag and class."""
        return [e for e in self.walk() if (not tag or e.tag == tag) and (not cls or cls in e.classes)]

    def one(self, tag: str = "", cls: str = "") -> Element:
        """The only element inside with this tag and class."""
        (found,) = self.all(tag, cls)
        return found

    def by_id(self, id_: str) -> Element:
        """The only element inside with this id."""
        (found,) = (e for e in self.walk() if e.id == id_)
        return found

    @property
    def hrefs(self) -> list[str]:
        """Targets of the links inside, in order."""
        return [a.attributes["href"] for a in self.all("a") if "href" in a.attributes]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, 1)
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return
        raise ValueError(f"line {self.getpos()[0]} closes a {tag} that is not open")

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_back(html: str) -> Element:
    """The tree of a page. Raises ValueError where it closes an element that is not open."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


@cache
def read_file(path: Path) -> Element:
    """The tree of a file, read once: the sites of a session do not change."""
    return read_back(path.read_text(encoding="utf-8"))


def page(site: Path, address: str) -> Element:
    """The tree of the page at an address of a site (`countries/lao/`)."""
    return read_file(site / address / "index.html")


def content(site: Path, address: str) -> Element:
    """The part of a page that is ours, without the theme's header and footer."""
    return page(site, address).one(cls="s-page")


def turns(tree: Element) -> list[Element]:
    """The statements shown on a page, as cards and as items of lists."""
    return [one for one in tree.walk() if is_item(one) or (one.tag == "article" and "t" in one.classes)]


def is_item(one: Element) -> bool:
    """Whether this is a statement in a list."""
    return one.tag == "li" and len(one.classes & {"b", "s", "a", "n"}) == 1


def said(turn: Element) -> str:
    """The words of a statement on a page."""
    if is_item(turn):
        return next(one for one in turn.walk() if one.tag in ("q", "p")).text
    return turn.one("blockquote").text


def speaker(turn: Element) -> str:
    """Whose words a statement is said to be."""
    head = turn.children if is_item(turn) else turn.all("p")[0].children
    told = []
    for one in head:
        if getattr(one, "tag", "") in ("q", "p"):
            break
        if getattr(one, "tag", "") not in ("b", "i"):
            told.append(one if isinstance(one, str) else one.text)
    return " ".join("".join(told).split())


def kind(turn: Element) -> str:
    """What a statement is said to be."""
    return (turn if is_item(turn) else turn.all("p")[0]).one("b").words


def line_text(item: Element) -> str:
    """The words of a line of a source, without its number and what it is."""
    if not item.children:
        return ""  # a blank line: its number is drawn by the style sheet
    number, *_ = item.all("a")
    return item.text.removeprefix(number.text).removesuffix("".join(one.text for one in item.all("small")))


def permalink(turn: Element) -> str:
    """The id a statement's link leads to."""
    if is_item(turn):
        (link,) = [one for one in turn.children if getattr(one, "tag", "") == "a"]
        return link.attributes["href"].split("#", 1)[1]
    return turn.all("p")[1].all("a")[-1].attributes["href"].split("#", 1)[1]


def dialogue(tree: Element) -> list[list[Element]]:
    """The dialogue cards of an examination page, each as its statements."""
    return [turns(card) for card in tree.all("div", "d")]
