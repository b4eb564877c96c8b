"""Pages become HTML: content from templates, spliced into the theme's shells.

Takes `Page`s, the text of the templates, and one rendered shell for each part of the navigation and depth. Gives HTML.
The only user of Jinja2; autoescape is on, so text from a source is text. A shell is what the theme engine made of a
placeholder page, cut at sentinels: a page is then a join of strings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template, nodes, select_autoescape
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.linked_data import linked_data
from generator.pages import HomeView, Link, Page, StatementView
from generator.pages.citing import page_entry
from generator.pages.items import Item
from generator.policy import guarded
from generator.text.normaliser import HIDDEN, code_point, visible

TITLE = "SESSIONAL-SENTINEL-TITLE"
DESCRIPTION = "SESSIONAL-SENTINEL-DESCRIPTION"
BODY = "SESSIONAL-SENTINEL-BODY"
CANONICAL = "SESSIONAL-SENTINEL-CANONICAL"
HEAD = "SESSIONAL-SENTINEL-HEAD"

# What the theme engine is given to render: it shows the sentinels wherever it shows title, description and body.
PLACEHOLDER = f"""---
title: {TITLE}
description: {DESCRIPTION}
hide: [navigation, toc]
search: {{exclude: true}}
---
<h1>{BODY}</h1>
"""
HOME_MARK = "<!-- sessional: home -->"

_BODY = re.compile(rf"<h1[^>]*>\s*{BODY}\s*(?:<a[^>]*headerlink[^>]*>[^<]*</a>)?\s*</h1>")
# Where a page names its own public address.
_OWN_ADDRESS = re.compile(r'(<link rel="canonical" href="|<meta property="og:url" content=")[^"]*"')
_SENTINEL = re.compile(f"({TITLE}|{DESCRIPTION}|{BODY}|{CANONICAL}|{HEAD})")


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's page for one part of the navigation and depth, in pieces between the sentinels."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, page_html: str) -> Shell:
        """Cut a placeholder at its sentinels.

        Raises ValueError where the theme did not show the body exactly once.
        """
        text, bodies = _BODY.subn(BODY, page_html)
        if bodies != 1:
            raise ValueError(f"the theme shows the placeholder's body {bodies} times")
        text = _OWN_ADDRESS.sub(rf'\g<1>{CANONICAL}"', text)
        return cls(tuple(_SENTINEL.split(text)))

    @property
    def around(self) -> tuple[str, ...]:
        """What stands before and after the body, from a first tag on: the same on every page of this shell."""
        return _around(self.pieces)

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with the sentinels' values; those of title and description are escaped here."""
        return "".join(values.get(piece, piece) if piece.startswith("SESSIONAL-") else piece for piece in self.pieces)


@lru_cache(maxsize=256)
def _around(pieces: tuple[str, ...]) -> tuple[str, ...]:
    if BODY not in pieces:
        return ()
    body = pieces.index(BODY)
    before, after = pieces[body - 1], pieces[body + 1]
    if body + 2 < len(pieces):  # another sentinel follows, perhaps inside a tag
        after = after[: after.rfind(">") + 1]
    return tuple("".join(piece.partition("<")[1:]) for piece in (before, after) if "<" in piece)


# --- templates as plain Python ------------------------------------------------------------------------------------
# A page calls some hundred macros and escapes some thousand values. Jinja is made for templates and values of every
# kind, and looks at each what it is; ours are frozen views and macros that take what they are given, which is twice as
# quick. What is escaped does not change: everything but `Markup`.

_SPECIAL = re.compile(f"[&<>\"'{HIDDEN}]")
# A character that does not show goes through the templates by its number; where it stands between tags it is then
# named, in an element of its own so that it moves nothing around it. Attributes have it as it is.
_UNSEEN, _NUMBER = re.compile(f"[{HIDDEN}]"), re.compile("&#x([0-9a-f]+);")
_NUMBERED = re.compile("&#x([0-9a-f]+);|<[^>]*>")

# `Markup` of a text that is HTML already; its own constructor first looks at what it was given.
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)


def _text(value: Any) -> str:
    """A value as HTML: what `escape` gives, without an object for each text that needs no escape."""
    if type(value) is Markup:
        return value
    plain = value if type(value) is str else str(value)
    if not _SPECIAL.search(plain):
        return plain
    text = escape(plain)
    return Markup(_UNSEEN.sub(lambda found: f"&#x{ord(found[0]):x};", text)) if _UNSEEN.search(text) else text  # noqa: S704


def _shown(html: str) -> str:
    """What templates made, with each character that does not show made to be seen."""
    if "&#x" not in html:
        return html

    def named(found: re.Match[str]) -> str:
        if not found[1]:
            return _NUMBER.sub(lambda number: chr(int(number[1], 16)), found[0])
        character = chr(int(found[1], 16))
        return f'<bdi class="s-unseen" data-unseen="{code_point(character)}">{character}</bdi>'

    return _NUMBERED.sub(named, html)


class _Macro:
    """A macro of a template: what Jinja's own does for those that take no more arguments than they name."""

    __slots__ = ("_function", "_names")

    def __init__(self, _: Environment, function: Callable[..., str], _name: str, names: Any, *_rest: Any) -> None:
        self._function, self._names = function, names

    def __call__(self, *given: Any, **named: Any) -> Markup:
        left = self._names[len(given) :]
        if named.keys() - left:
            raise TypeError(f"the macro takes {', '.join(self._names)}, not {', '.join(named)}")
        others = [named.get(name, missing) for name in left] if named else (missing,) * len(left)
        # A macro's own text is HTML, and what it shows is escaped.
        return _markup(self._function(*given, *others))


class _Plain(CodeGenerator):
    """Writes the calls and attributes of a template as those of Python."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape, Macro = environment.text, environment.macro")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("a macro is called with what it names", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class _Environment(Environment):
    code_generator_class = _Plain
    text, macro = staticmethod(_text), _Macro


@lru_cache(maxsize=2)
def _environment(templates: tuple[tuple[str, str], ...]) -> _Environment:
    """To compile all templates takes a second: who builds again and again does so with what was compiled."""
    return _Environment(
        auto_reload=False,
        loader=DictLoader(dict(templates)),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Renderer:
    """Renders pages. `templates` maps names (`pages/country.html.j2`) to their text."""

    def __init__(self, templates: Mapping[str, str], site_url: str | None = None) -> None:
        self._environment = _environment(tuple(sorted(templates.items())))
        self._templates = templates
        self._site_url = site_url
        # What lists show of statements, by id: the same on every page but for the way to the root.
        self._items: dict[str, Markup] = {}
        self._item: Callable[[StatementView], Markup] | None = None

    def prepare(self, pages: Iterable[Page]) -> None:
        """Compile what these pages need, so that no process forked from this one has to."""
        for template in {page.template for page in pages}:
            self._page_template(template)
        for template in self._templates:
            if template.startswith("partials/"):
                self._environment.get_template(template)

    def content(self, page: Page) -> str:
        """The page's own part, without the theme."""
        return self._content(page, page.view)

    def _content(self, page: Page, view: Any) -> str:
        html = self._page_template(page.template).render(
            page=page,
            view=view,
            item=self._of_item,
            **_linking(page.address),
            cite=page_entry(page, self._site_url),
            public=self._site_url is not None,
        )
        return _shown(html.replace(_ROOT, "../" * page.depth))

    def _of_item(self, item: Item) -> Markup:
        """What a list shows of a statement, with a mark for the way to the root."""
        made = self._items.get(item.linked.id)
        if made is None:
            if self._item is None:
                lists = self._environment.get_template("partials/lists.html.j2")
                self._item = getattr(lists.make_module({"href": _from_root}), "entry")  # noqa: B009 - a macro
            if len(self._items) >= _MOST_ITEMS:
                self._items.clear()
            made = self._items[item.linked.id] = self._item(item.view)
        return made

    def _page_template(self, name: str) -> Template:
        return self._environment.get_template(f"pages/{name}.html.j2")

    def page(self, page: Page, shell: Shell) -> str:
        """The whole page."""
        view = page.view
        text = shell.fill(
            {
                TITLE: html.escape(visible(page.title)),
                DESCRIPTION: html.escape(visible(page.description)),
                CANONICAL: self._own_address(page),
                HEAD: self._head(page, view),
                BODY: self._content(page, view),
            }
        )
        return text.replace("</head>", f"{self._of_stub(page)}</head>", 1) if page.stub else text

    def _of_stub(self, page: Page) -> str:
        """What the head of a page says that only tells where something was: to search engines, and where to go on."""
        told = '<meta name="robots" content="noindex">'
        if page.instead:
            to = html.escape(links_from(page.address)(page.instead))
            # With an address of its own the site has the whole one in the theme's place.
            told += "" if self._site_url else f'<link rel="canonical" href="{to}">'
            told += f'<meta http-equiv="refresh" content="0; url={to}">' if page.leaves else ""
        return told

    def hand_written(self, text: str, page: Page) -> str:
        """A page that the theme made of somebody's Markdown, with what we say in the head of every page."""
        text = _OWN_ADDRESS.sub(lambda found: f'{found[1]}{self._own_address(page)}"', text)
        return text.replace(HEAD, self._head(page, None))

    def _own_address(self, page: Page) -> str:
        address = page.instead.address if page.instead else page.address
        return html.escape(f"{self._site_url}{address}") if self._site_url else ""

    def _head(self, page: Page, view: Any) -> str:
        """What is in the head for machines: the same in other forms, and what the page says in terms they know."""
        href = links_from(page.address)
        # Its own escapes are those of a script, in which HTML's are none.
        write = self._absolute if self._site_url else href
        data = Markup(linked_data(page, view, write, hosted=bool(self._site_url)))  # noqa: S704
        return self._environment.get_template("partials/head.html.j2").render(page=page, href=href, data=data)

    def _absolute(self, link: Link) -> str:
        return f"{self._site_url}{link.address}{f'#{link.anchor}' if link.anchor else ''}"

    def home(self, view: HomeView) -> str:
        """The living part of the home page."""
        return _shown(self._environment.get_template("partials/home.html.j2").render(view=view, **_linking("")))

    def alone(self, template: str, view: object) -> str:
        """A page that stands alone, without the theme."""
        text = self._templates[f"pages/{template}.html.j2"]
        text = guarded(text) if "<head>" in text else text
        return _shown(self._environment.from_string(text).render(view=view))


_ROOT = "<>"  # the way to the root, in what stands on many pages: nothing that templates make has these together
_MOST_ITEMS = 50_000  # some 20 MB


def _linking(address: str) -> dict[str, Callable[[Link], str]]:
    """What templates write links with: `href` gives the address, `link` the whole, with its name.

    Most links of a page stand on it many times and are the same object.
    """
    href, known = links_from(address), dict[int, tuple[Link, str]]()

    def link(to: Link) -> str:
        # With the link itself, so that no other takes its place in memory.
        made = known.get(id(to))
        if made is None:
            text = _text(to.text)
            # A name alone where there is no page to lead to.
            html_of = f'<a href="{_text(href(to))}">{text}</a>' if to.address else f"<span>{text}</span>"
            made = known[id(to)] = to, _markup(html_of)
        return made[1]

    return {"href": href, "link": link}


def links_from(address: str) -> Callable[[Link], str]:
    """A function that writes a link as it must stand on the page at `address`, for http and file:// alike.

    It climbs no further than to the folder that both have in common: a page holds hundreds of links.
    """
    here = address.split("/")[:-1]
    tops = tuple("".join(f"{folder}/" for folder in here[:depth]) for depth in range(len(here), -1, -1))

    def href(link: Link) -> str:
        to = link.address
        anchor = f"#{link.anchor}" if link.anchor else ""
        if anchor and to == address:
            return anchor
        target = to if to and not to.endswith("/") else f"{to}index.html"
        for climbed, top in enumerate(tops):
            if target.startswith(top):
                return f"{'../' * climbed}{target[len(top) :]}{anchor}"
        raise AssertionError("every address begins at the root")

    return href


_HREF_FROM_ROOT = links_from("")


def _from_root(link: Link) -> Markup:
    """An address with a mark for the way to the root."""
    return _markup(_ROOT + _text(_HREF_FROM_ROOT(link)))
