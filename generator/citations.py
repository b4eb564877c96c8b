"""How documents, pages and statements are cited: one record each, and the forms it is written in.

Takes what is known of a document, a page or a statement. Gives a `Citation`, and of it the entries of the usual styles
(Chicago, APA, plain) and of files for reference managers (RIS, BibTeX, CSL-JSON). The author of a citation is who wrote
the text: the author of a summary, the body of the United Nations, this project for its own indexes; never the speaker
whom a text quotes. What is not recorded is left out or said to be missing; no day of access is made up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from generator.model import Provenance
from generator.wording import Wording, wording_of

SITE = "Sessional"  # under this name the project's own pages are cited
REPORT, WEBPAGE = "report", "webpage"
PARAPHRASE = "As paraphrased in a digest by this project, not an official record."
OURS = "Compiled by this project from the documents it names; not an official record."
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. The fields are those of CSL; `author` is an institution, from the whole down to its part.

    `issued` is ISO 8601 as far as it is known, `number` a document's own symbol, `locator` a place in it. `says` and
    `described` are for the plain form: the words with their speaker, and what kind of text of what.
    """

    key: str
    type: str
    title: str
    author: tuple[str, ...] = ()
    container: str = ""
    publisher: str = ""
    issued: str = ""
    number: str = ""
    url: str = ""
    lang: str = ""
    locator: str = ""
    note: str = ""
    says: str = ""
    described: str = ""
    # What a text of this kind is called: "summary".
    kind: str = ""
    # The plain form without an address: what a statement's entry in a file holds of its words.
    abstract: str = ""


def cite_document(
    key: str,
    provenance: Provenance,
    *,
    title: str,
    described: str,
    kind: str = "",
    part: str = "",
    day: str = "",
    symbol: str = "",
    url: str = "",
    lang: str = "",
) -> Citation:
    """A source document. `part` is the part of a body that wrote it, `symbol` its own, `day` the one it bears.

    A digest is our paraphrase of another document: that one is cited, as far as the register of sources knows it.
    """
    if wording_of(provenance.kind) is Wording.PARAPHRASED:
        if after := provenance.after:
            return Citation(
                key,
                REPORT,
                after.title or f"[United Nations document {after.symbol}]",
                tuple(filter(None, after.author.split(", "))),
                issued=_iso(after.date),
                number=after.symbol,
                url=after.url or "",
                note=PARAPHRASE,
                described=after.title or "United Nations document",
            )
        missing = f"{PARAPHRASE} The document it rests on is not recorded."
        return Citation(
            key,
            REPORT,
            title or f"[{_capital(described)}]",
            url=url,
            lang=lang,
            note=missing,
            described=described,
            kind=kind,
        )
    author = tuple(provenance.publisher.split(", ")) if provenance.kind == "un-report" else (provenance.publisher,)
    if provenance.publisher in ("", "not recorded"):
        author = ()
    if part and author and part not in author:
        author = (*author, part)
    return Citation(
        key,
        REPORT,
        title or f"[{_capital(described)}]",
        author,
        publisher=author[0] if len(author) > 1 else "",
        issued=_iso(provenance.date) or day,
        number=symbol,
        url=provenance.url or url,
        lang=lang,
        note=provenance.badge,
        described=described,
        kind=kind,
    )


# "… (paras. 22 and 96.15)." at the end of a digest's sentence.
_PARAGRAPHS = re.compile(r"\((paras?\. [^()]+)\)(?=\W*(?:–|$))")


def rests_on(text: str) -> str:
    """The paragraphs of its document that a sentence of a digest names: `paras. 22 and 96.15`; empty if none."""
    match = _PARAGRAPHS.search(text)
    return match[1] if match else ""


def cite_statement(
    document: Citation, key: str, *, says: str, described: str, locator: str, url: str, paraphrased: bool = False
) -> Citation:
    """Words of a document: cited as the document, at their place. Who spoke stands with the words."""
    made = replace(
        document,
        key=key,
        says=says,
        described=document.described if paraphrased and document.number else described,
        locator=(rests_on(says) or f"{locator} of the digest") if paraphrased else locator,
        url=url,
        note=f"Statement {key}. {document.note}".strip(),
    )
    return replace(made, abstract=plain(made, address=False))


def cite_page(address: str, title: str, site_url: str) -> Citation:
    """A page of the site, which is ours. Without a public address it has none to be cited by."""
    name = re.sub(r"[^a-z0-9-]+", "-", address.strip("/").lower())
    url = f"{site_url}{address}" if site_url else ""
    return Citation(f"page-{name}", WEBPAGE, title, (SITE,), SITE, url=url, lang="en", note=OURS, described="page")


_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def _iso(date: str | None) -> str:
    """A date as editors wrote it; none where it is not ISO 8601, for then it is not known how exact it is."""
    return date if date and _ISO.fullmatch(date) else ""


# --- styles -------------------------------------------------------------------------------------------------------


def chicago(cited: Citation) -> str:
    """The entry of a bibliography, as the Chicago Manual of Style has it (notes and bibliography)."""
    title = f"“{_ended(cited.title)}”" if cited.type == WEBPAGE else cited.title
    made = [_author(cited), title, cited.number]
    made.append(", ".join(filter(None, [_publisher(cited), _day(cited.issued) or "n.d.", cited.locator])))
    return _sentences([*made, cited.url, cited.note])


def chicago_note(cited: Citation) -> str:
    """The shortened note to a passage: author, symbol or else what kind of text it is, place."""
    return _ended(", ".join(filter(None, [_author(cited), cited.number or cited.kind, cited.locator])))


def apa(cited: Citation) -> str:
    """The entry of a list of references, as the American Psychological Association has it."""
    when = ", ".join(filter(None, [cited.issued[:4], _month_and_day(cited.issued)])) or "n.d."
    title = cited.title + (f" ({cited.number})" if cited.number else "")
    if cited.type == REPORT and cited.note:
        title += f" [{_note_of(cited).rstrip('.')}]"
    if not cited.author:
        return _sentences([title, f"({when})", _publisher(cited), cited.url])
    return _sentences([_author(cited), f"({when})", title, _publisher(cited), cited.url])


def apa_in_text(cited: Citation) -> str:
    """The reference to a passage inside a text."""
    return f"({', '.join([_author(cited) or cited.title, cited.issued[:4] or 'n.d.', *filter(None, [cited.locator])])})"


def plain(cited: Citation, address: bool = True) -> str:
    """Words to paste: what is said and by whom, whose text that is, where it stands, what kind of source it is."""
    if cited.type == WEBPAGE:
        return _sentences([f"{_author(cited)}, “{cited.title}”", cited.note, cited.url if address else ""])
    whole = [_author(cited), cited.described, cited.number, cited.locator]
    # The number of a statement tells nothing to those who only read its words.
    note = cited.note if not cited.says else _note_of(cited)
    return _sentences([cited.says, ", ".join(filter(None, whole)), note, cited.url if address else ""])


def _note_of(cited: Citation) -> str:
    """What kind of source it is."""
    return cited.note.removeprefix(f"Statement {cited.key}. ")


def _author(cited: Citation) -> str:
    return ", ".join(cited.author)


def _publisher(cited: Citation) -> str:
    """The publisher, where that is not the author."""
    return cited.publisher if cited.publisher not in cited.author else ""


def _month_and_day(issued: str) -> str:
    """`May 27`, or as much of it as is known."""
    month, _, day = issued[5:].partition("-")
    return " ".join(filter(None, [month and _MONTHS[int(month) - 1], day and str(int(day))]))


def _day(issued: str) -> str:
    """`May 27, 2015`, `May 2015`, `2015`."""
    return (", " if issued.count("-") == 2 else " ").join(filter(None, [_month_and_day(issued), issued[:4]]))


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(part if _is_address(part) else _ended(part) for part in parts if part)


def _is_address(part: str) -> bool:
    return part.startswith(("http://", "https://"))


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…", ".”", "?”", "!”")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Most of what an entry says is said of each statement of its document.
_remembered = lru_cache(maxsize=256)

# --- files for reference managers ---------------------------------------------------------------------------------
# The script of a page writes the same for a single statement: what changes here changes in `sessional.js`.


def csl(cited: Citation) -> dict[str, Any]:
    """The item of CSL-JSON; what is not known is left out."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": cited.type,
        "author": [{"literal": _author(cited)}] if cited.author else [],
        "title": _line(cited.title),
        "container-title": cited.container,
        "publisher": cited.publisher,
        "number": cited.number,
        "issued": {"date-parts": [[int(part) for part in cited.issued.split("-")]]} if cited.issued else None,
        "language": cited.lang,
        "section": cited.locator,
        "abstract": _line(cited.abstract),
        "note": cited.note,
        "URL": cited.url,
    }
    return {name: value for name, value in item.items() if value}


# Kept, for `json.dumps` makes one at each call that says how to write.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def csl_json(cited: Citation) -> str:
    """The item on one line."""
    return _encode(csl(cited))


_RIS_TYPES = {REPORT: "RPRT", WEBPAGE: "ELEC"}


def ris(cited: Citation) -> str:
    """The record of RIS. An institution is one name: what would cut it in two, a comma, becomes a full stop."""
    rows = [
        ("TY", _RIS_TYPES[cited.type]),
        ("ID", cited.key),
        ("AU", _author(cited).replace(", ", ". ")),
        ("TI", cited.title),
        ("T2", cited.container),
        ("PB", cited.publisher),
        ("SN", cited.number),
        ("PY", cited.issued[:4]),
        ("DA", cited.issued.replace("-", "/")),
        ("LA", cited.lang),
        ("SE", cited.locator),
        ("AB", cited.abstract),
        ("N1", cited.note),
        ("UR", cited.url),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows if value) + "ER  - \r\n"


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%&#_$"},
}
_TEX_MARKS = re.compile(r"[\\{}~^%&#_$]")
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def bibtex(cited: Citation) -> str:
    """The entry of BibTeX, in UTF-8. Author and title keep their letters as they are."""
    report = cited.type == REPORT
    fields = [
        ("author", f"{{{_tex(_author(cited))}}}" if cited.author else ""),
        ("title", f"{{{_tex(cited.title)}}}"),
        ("howpublished", _tex(cited.container)),
        ("institution", _tex(cited.publisher or _author(cited)) if report else ""),
        ("number", _tex(cited.number)),
        ("year", cited.issued[:4]),
        ("date", cited.issued),
        ("pages", _tex(cited.locator)),
        ("abstract", _tex(cited.abstract)),
        ("note", _tex(cited.note)),
        ("url", "".join(_IN_ADDRESS.get(letter, letter) for letter in _line(cited.url))),
    ]
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{'techreport' if report else 'misc'}{{{cited.key},\n{rows}}}\n"


@_remembered
def _tex(text: str) -> str:
    return _TEX_MARKS.sub(lambda mark: _TEX[mark[0]], _line(text))


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@_remembered
def _line(text: str) -> str:
    """On one line, without what controls a terminal: a record ends where a line does."""
    return _UNSEEN.sub(" ", text).strip()
