"""The notations of marks: how Markdown, Pandoc, HTML, LaTeX, wikis and converters write what is no word.

Patterns only, each bounded, so that none takes longer than the text it looks at; `marks` says what each one means.
"""

from __future__ import annotations

import re

from generator.text.normaliser import HIDDEN

# Where the number of a note can be glued to the words before: after an end mark, not in "L.9" or "art.5". Each pattern
# begins with the characters it looks for, and looks back from there: so a long text is passed over quickly.
_GLUED_AFTER = (
    r"[a-zà-ÿ]{3}[.,;:!?]",
    r"[a-zà-ÿ)][.,;:!?][”’\"'»)]",
    r"[)”’»][.,;:]",
    r"[a-zà-ÿ]{3}[)”’»]",
    r"\d{4}[.,;:)]",
)
_BEFORE_DIGIT = "|".join(rf"(?<={before}\d)" for before in (*_GLUED_AFTER, r"[a-zà-ÿ]{4}"))
_SIGNS = rf"\\`*_<\[{{$^~=†‡¹²³⁰⁴-⁹\u200c\u200d{HIDDEN}"
SPECIAL = re.compile(rf"[{_SIGNS}0-9](?:(?<=[{_SIGNS}])|{_BEFORE_DIGIT})")
_BEFORE_GLUED = "|".join(rf"(?<={before})" for before in _GLUED_AFTER)
ESCAPE = re.compile(r"\\(?:[!-/:-@\[-`{-~]|(?=\n|$))")
ESCAPED_CALL = re.compile(r"\\\[(\^?\w{1,4})\\\]")
COMMAND = re.compile(
    r"\\(textsuperscript|textsubscript|textbf|textit|texttt|textsc|emph|underline|text|mathrm|mathbf|mathit|footnote)"
    r"\s?\{([^{}]{0,400})\}"
)
CODE = re.compile(r"(`+)(?!`)(.{1,400}?)(?<!`)\1(?!`)", re.DOTALL)
AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]{1,500}|[\w.+-]+@[\w.-]+)>", re.IGNORECASE)
TARGET = re.compile(
    r"""\(\s{0,3}(?P<address><[^<>\n]{0,900}>|[^\s()<>]{0,900}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,5})
        (?:\s{1,3}(?:"[^"]{0,900}"|'[^']{0,900}'|\([^()]{0,900}\)))?\s{0,3}\)""",
    re.VERBOSE,
)
REFERENCE = re.compile(r"\s?\[([^\[\]]{0,200})\]")
ATTRIBUTE = r"""(?:[#.:][\w:.-]{1,60}|[\w:-]{1,40}=(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s{}"']{1,100}))"""
ATTRIBUTES = re.compile(rf"\{{\s?{ATTRIBUTE}(?:\s+{ATTRIBUTE}){{0,9}}\s?\}}")
DELETED = re.compile(r"\{[^{}]*\.deletion\b")
COMMENT_START = re.compile(r"\{[^{}]*\.comment-start\b")
CRITIC = re.compile(
    r"\{(?:--(?P<cut>.{1,900}?)--|\+\+(?P<new>.{1,900}?)\+\+|~~(?P<old>.{0,900}?)~>(?P<instead>.{0,900}?)~~"
    r"|>>(?P<remark>.{0,900}?)<<|==(?P<marked>.{1,900}?)==)\}",
    re.DOTALL,
)
WIKI = re.compile(r"\[\[(?P<target>[^\[\]|\n]{1,200})(?:\|(?P<words>[^\[\]\n]{1,200}))?\]\](?!\()")
ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|ère|ème|e|º|ª|o|a)", re.IGNORECASE)
NOTE_LABEL = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[a-z])")
NUMBER_LABEL = re.compile(r"\d{1,3}")
NOTE_ADDRESS = re.compile(r"#.{0,30}(?:f?t?n\d|fn|ftn|note|ref|cite)", re.IGNORECASE)
MATHS = re.compile(r"\$(?!\s)([^$\n]{1,120}?)(?<!\s)\$(?!\d)")
MATHS_IN_BRACKETS = re.compile(r"\\\((.{1,120}?)\\\)")
MATHS_MARK = re.compile(r"\\[a-zA-Z]+\s?\{|\\[,;: ]|[\^_{}~\\]")
RAISES = re.compile(r"[\^{]")
IS_MATHS = re.compile(r"[\\^{]")
ESCAPED_STARS = re.compile(r"(?:\\\*){1,3}(?!\w)")
ESCAPED_RAISED = re.compile(r"\\\^([A-Za-z]{1,4})\\\^")
FOOTNOTE_MARK = re.compile(r"\\footnotemark(?:\[(\d{1,3})\])?(?:\{\})?")
RAISED = re.compile(r"\^(?:\{([^{}\n]{1,12})\}|([^\s^]{1,8})\^)")
LOWERED = re.compile(r"(?<=\w)~(\d{1,3})~")
STRUCK = re.compile(r"~~(?=[^\s~])(.{1,4000}?)(?<=[^\s~])~~(?!~)", re.DOTALL)
HIGHLIGHT = re.compile(r"==(?=[^\s=])(.{1,2000}?)(?<=[^\s=])==(?!=)", re.DOTALL)
PICTURE = re.compile(r"==>[^\n]{0,200}?<==")
TASK = re.compile(r"^[ \t>]{0,12}(?:[-*+]|\d{1,3}[.)])\s{1,4}(\[[ xX]\])(?=\s)", re.MULTILINE)
GLUED = re.compile(
    rf"(?:{_BEFORE_GLUED})(\d{{1,3}})(?=\s+[A-ZÀ-Þ“\"‘'(]|\s*$)|(?<=[”’»])(\d{{1,3}})(?=\s)"
    r"|(?<=[a-zà-ÿ]{4})(\d{1,2})(?=[\s.,;:]|$)"
)
LATIN = re.compile("[A-Za-zÀ-ɏ]")
# "m²", "km<sup>2</sup>", "10^3^": a number raised over these is part of what is measured.
MEASURED = re.compile(r"(?:\b(?:[kcmd]?m|ha|CO|H|R)|\d)$")
