"""Where blocks begin and end, as CommonMark sees them.

Takes lines joined by "\\n" in which white space is of one kind. Gives markdown-it-py's tokens of blocks, by only those
of its rules that reports need. Paragraphs without any mark, which most are, skip the rules they cannot match.
"""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_UNUSED = ("code", "lheading", "reference", "html_block")


_HOLDERS = ("blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open")
_DEEPEST = MarkdownIt("commonmark").options["maxNesting"] - 1


def block_parser() -> MarkdownIt:
    """The parser of blocks by the rules in use, without the short cut for plain paragraphs."""
    parser = MarkdownIt("commonmark").enable("table").disable(_UNUSED)
    # There is nothing to normalise: lines are joined by "\n", and hold no NUL.
    parser.core.ruler.enableOnly(["block"])
    return parser


def blocks(text: str) -> list[Token]:
    """The tokens of a text's blocks."""
    return _QUICK.parse(text)


def deepest(tokens: Iterable[Token]) -> Token | None:
    """The first list or quote that is too deep: what stands in it is not in the tokens."""
    return next((one for one in tokens if one.nesting == 1 and one.level >= _DEEPEST and one.type in _HOLDERS), None)


def _plain_paragraph(state: StateBlock, first: int, _end: int, _silent: bool) -> bool:
    """A paragraph each line of which begins with a letter: no other rule in use begins or ends anything there."""
    last = first
    while last < state.lineMax and not state.isEmpty(last):
        if not state.src[state.bMarks[last] + state.tShift[last]].isalpha():
            return False
        last += 1
    state.line = last
    state.push("paragraph_open", "p", 1).map = [first, last]
    inline = state.push("inline", "", 0)
    inline.content = mdTrim(state.getLines(first, last, state.blkIndent, False))
    inline.map = [first, last]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


_QUICK = block_parser()
_QUICK.block.ruler.before("table", "plain_paragraph", _plain_paragraph)
