"""Pages become HTML: content from templates, spliced into the theme's shells.

Takes `Page`s, the text of the templates, and one rendered shell for each part of the navigation and depth. Gives HTML.
The only user of Jinja2; autoescape is on, so text from a source is text. A shell is what the theme engine made of a
placeholder page, cut at sentinels: a page is then a join of strings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, nodes, select_autoescape
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.pages import HomeView, Link, Page

TITLE = "SESSIONAL-SENTINEL-TITLE"
DESCRIPTION = "SESSIONAL-SENTINEL-DESCRIPTION"
BODY = "SESSIONAL-SENTINEL-BODY"
CANONICAL = "SESSIONAL-SENTINEL-CANONICAL"

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
_CANONICAL_LINK = re.compile(r'<link rel="canonical" href="([^"]*)">')
_SENTINEL = re.compile(f"({TITLE}|{DESCRIPTION}|{BODY}|{CANONICAL})")


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's page for one part of the navigation and depth, in pieces between the sentinels."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, page_html: str, depth: int) -> Shell:
        """Cut a placeholder rendered `depth` folders below the root.

        Raises ValueError where the theme did not show the body exactly once.
        """
        text, bodies = _BODY.subn(BODY, page_html)
        if bodies != 1:
            raise ValueError(f"the theme shows the placeholder's body {bodies} times")
        text = _CANONICAL_LINK.sub(f'<link rel="canonical" href="{CANONICAL}">', text)
        text = _active_tab(text, depth)
        return cls(tuple(_SENTINEL.split(text)))

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with the sentinels' values; those of title and description are escaped here."""
        return "".join(values.get(piece, piece) if piece.startswith("SESSIONAL-") else piece for piece in self.pieces)


_TAB = re.compile(r'<li class="md-tabs__item">(\s*<a href="([^"]*)")')


def _active_tab(text: str, depth: int) -> str:
    """Mark the tab of the part a page belongs to: the theme does so only for pages that stand in the navigation."""
    if "md-tabs__item--active" in text:
        return text
    top = "../" * (depth - 1) + "index.html"
    return _TAB.sub(
        lambda tab: f'<li class="md-tabs__item md-tabs__item--active">{tab[1]}' if tab[2] == top else tab[0], text
    )


# --- templates as plain Python ------------------------------------------------------------------------------------
# A page calls some hundred macros and escapes some thousand values. Jinja is made for templates and values of every
# kind, and looks at each what it is; ours are frozen views and macros that take what they are given, which is twice as
# quick. What is escaped does not change: everything but `Markup`.

_SPECIAL = re.compile("[&<>\"']")


def _text(value: Any) -> str:
    """A value as HTML: what `escape` gives, without an object for each text that needs no escape."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Macro:
    """A macro of a template: what Jinja's own does for those that take no more arguments than they name."""

    __slots__ = ("_function", "_names")

    def __init__(self, _: Environment, function: Callable[..., str], _name: str, names: Any, *_rest: Any) -> None:
        self._function, self._names = function, names

    def __call__(self, *given: Any, **named: Any) -> Markup:
        left = self._names[len(given) :]
        if named.keys() - left:
            raise TypeError(f"the macro takes {', '.join(self._names)}, not {', '.join(named)}")
        # A macro's own text is HTML, and what it shows is escaped.
        return Markup(self._function(*given, *[named.get(name, missing) for name in left]))  # noqa: S704


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


class Renderer:
    """Renders pages. `templates` maps names (`pages/country.html.j2`) to their text."""

    def __init__(self, templates: Mapping[str, str], site_url: str | None = None) -> None:
        self._environment = _Environment(
            auto_reload=False,
            loader=DictLoader(dict(templates)),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._site_url = site_url

    def content(self, page: Page) -> str:
        """The page's own part, without the theme."""
        template = self._environment.get_template(f"pages/{page.template}.html.j2")
        return template.render(page=page, view=page.view, href=links_from(page.address))

    def page(self, page: Page, shell: Shell) -> str:
        """The whole page."""
        canonical = page.instead.address if page.instead else page.address
        text = shell.fill(
            {
                TITLE: html.escape(page.title),
                DESCRIPTION: html.escape(page.description),
                CANONICAL: html.escape(f"{self._site_url}{canonical}") if self._site_url else "",
                BODY: self.content(page),
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

    def home(self, view: HomeView) -> str:
        """The living part of the home page."""
        return self._environment.get_template("partials/home.html.j2").render(view=view, href=links_from(""))

    def alone(self, template: str, view: object) -> str:
        """A page that stands alone, without the theme."""
        return self._environment.get_template(f"pages/{template}.html.j2").render(view=view)


def links_from(address: str) -> Callable[[Link], str]:
    """A function that writes a link as it must stand on the page at `address`, for http and file:// alike."""
    up = "../" * address.count("/")

    def href(link: Link) -> str:
        target = link.address if link.address and not link.address.endswith("/") else f"{link.address}index.html"
        anchor = f"#{link.anchor}" if link.anchor else ""
        if anchor and link.address == address:
            return anchor
        return f"{up}{target}{anchor}"

    return href
