"""The theme's page without what nobody uses; what is to go must be there."""

from __future__ import annotations

import pytest
from staging import framed

from generator.slim import slim, without_space


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<div>\n  <p> a  <b>b</b> <i>c</i>\n d </p>\n</div>\n", "<div><p>a <b>b</b> <i>c</i> d</p></div>"),
        ("<ul>\n<li>a</li>\n\n<li> b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<a>x</a>\n<a>y</a>", "<a>x</a> <a>y</a>"),
        ("one <br> two", "one <br> two"),
        ("<input  a=\"b  c\"\n\td='e  f'  />", "<input a=\"b  c\" d='e  f'/>"),
        ('<p  title="a > b" ><b>c</b></p >', '<p title="a > b"><b>c</b></p>'),
        ("<!doctype html>\n <html>\n<head>\n</head>", "<!doctype html><html><head></head>"),
        ("a <!-- a  mark --> b", "a <!-- a  mark --> b"),
        ("a\u00a0 b", "a\u00a0 b"),
    ],
)
def test_only_white_space_that_shows_is_left(html: str, left: str) -> None:
    assert without_space(html) == left
    assert without_space(left) == left


@pytest.mark.parametrize("name", ["pre", "textarea", "script", "style", "PRE"])
def test_where_white_space_counts_it_stays(name: str) -> None:
    kept = f'<{name}  class="x">\n  a\n    <b  c>  d </b>\n</{name}>'
    assert without_space(f"<p> a </p> {kept} <p>b</p>") == f"<p>a</p>{kept}<p>b</p>"


def test_the_switches_scripts_and_notices_of_the_theme_go() -> None:
    assert slim(framed("<p>a</p>")) == (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body dir="ltr" id="top"><header>h</header>'
        '<main class="md-main" id="main"><div class="md-content"><p>a</p></div></main></body></html>'
    )


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (' class="no-js"', "the beginning"),
        (' data-md-toggle="drawer"', "the switch of the drawer"),
        (' data-md-component="skip"', "the link to the content"),
        ("__md_scope", "the script of settings"),
        ("var target", "the script of tabs"),
        ("md-dialog", "the place of dialogues"),
    ],
)
def test_a_theme_that_has_not_what_is_to_go_is_refused(gone: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"it has {told} 0 times"):
        slim(framed("").replace(gone, ""))


def test_a_theme_that_has_it_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="it has the main part 2 times"):
        slim(framed('<main class="md-main"></main>'))
