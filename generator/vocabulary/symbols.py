"""How documents of the United Nations and numbered instruments are cited: `CRC/C/GC/8`, "general comment No. 13".

Takes the `symbols` as data. Gives their places in a text made level, each with the UN's symbol where it has one; and
the symbols of an examination's own records where a rule for them is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.datafile import Node
from generator.vocabulary.sought import Sought

_DIGIT = re.compile(r"\d")
_PLACE = re.compile(r"\{(?:prefix|state|session|report)\}")
# One number among several, with its year: "5 (2003) and No. 12 (2009)", "54/263".
_NUMBER = re.compile(r"(?P<number>(?:S-)?\d+(?:/\d+)?)(?: ?\((?P<year>\d{4})\))?")


@dataclass(frozen=True, slots=True)
class CitationForm:
    """One way to cite. `symbol` and `law` have places for number, year and body."""

    id: str
    pattern: Sought
    symbol: str
    others: Mapping[str, str]
    law: str
    unless_of: re.Pattern[str] | None
    examples: Mapping[str, tuple[str, ...]]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What the words from `start` to `end` cite: a symbol, or else the name of a law."""

    start: int
    end: int
    symbol: str | None
    law: str


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A record of examinations whose symbol follows a rule, and the sessions at which the rule holds.

    `symbol` has places for prefix, State, session and report; `held_by` is whose sessions are counted.
    """

    id: str
    name: str
    held_by: str
    symbol: str
    first: int
    last: int | None
    unless: frozenset[str]

    def holds(self, held_by: str, session: int, state: str) -> bool:
        """Whether the rule is safe for this State at this session."""
        within = self.first <= session and (self.last is None or session <= self.last)
        return held_by == self.held_by and within and state not in self.unless

    def named_otherwise(self, text: str, symbol: str) -> bool:
        """Whether a text names such a record by another symbol than this one and never by this one."""
        shape = re.escape(self.symbol)
        for part, any_ in (
            ("session", r"\d+"),
            ("state", "[A-Z]{3}"),
            ("prefix", r"[A-Z/]+"),
            ("report", r"\d+(?:-\d+)?"),
        ):
            shape = shape.replace(re.escape("{" + part + "}"), any_)
        named = set(re.findall(rf"(?<![\w/]){shape}(?![\w/])", text))
        return bool(named) and symbol not in named


@dataclass(frozen=True, slots=True)
class Symbols:
    """All forms, records whose symbols follow a rule, and where a symbol can be read."""

    address: str
    forms: tuple[CitationForm, ...]
    records: tuple[RecordForm, ...] = ()

    def find(self, text: str, body: str) -> Iterator[CitedDocument]:
        """Every citation, in the order of the text; the form that begins first counts, then the longer one."""
        if not _DIGIT.search(text):
            return
        found = [(match, form) for form in self.forms for match in form.pattern.finditer(text)]
        last = 0
        for match, form in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
            if match.start() >= last:
                last = match.end()
                yield from _each(match, form, body)

    def link(self, symbol: str) -> str:
        """The address at which a symbol can be read."""
        return self.address + quote(symbol, safe="/().-")


def _each(match: re.Match[str], form: CitationForm, body: str) -> Iterator[CitedDocument]:
    """One citation for each number: "ILO Conventions Nos. 138 and 182"."""
    name = match.lastgroup or "n"
    if form.symbol == "{n}":
        yield CitedDocument(match.start(), match.end(), match[name].replace(" ", ""), "")
        return
    foreign = form.unless_of and form.unless_of.match(match.string, match.end())
    known = form.symbol and not foreign and (body or "{body}" not in form.symbol)
    numbers = list(_NUMBER.finditer(match.string, *match.span(name)))
    for place, number in enumerate(numbers):
        values = {"n": number["number"], "year": f"({number['year']})" if number["year"] else "", "body": body}
        symbol = form.symbol.format(**values) if known else None
        start = number.start() if place else match.start()
        end = number.end() if place + 1 < len(numbers) else match.end()
        yield CitedDocument(start, end, form.others.get(symbol, symbol) if symbol else None, form.law.format(**values))


def load_symbols(root: Node, entries: Iterable[Node]) -> Symbols:
    """The forms in their order; a pattern that does not compile is an error at its place."""
    records = tuple(_record(entry) for entry in root.get("records").items())
    return Symbols(root.need("address").web_address(), tuple(_form(entry) for entry in entries), records)


def _record(entry: Node) -> RecordForm:
    entry.mapping("id name held_by symbol first last unless")
    symbol = entry.need("symbol")
    if "{" in _PLACE.sub("", symbol.text()):
        raise symbol.fail(
            f"an unknown place in {symbol.text()!r}", "known here: {prefix}, {state}, {session}, {report}"
        )
    return RecordForm(
        id=entry.need("id").text(),
        name=entry.need("name").text(),
        held_by=entry.need("held_by").text(),
        symbol=symbol.text(),
        first=entry.need("first").integer(),
        last=entry.get("last").integer() if entry.get("last").value else None,
        unless=frozenset(entry.get("unless").texts()),
    )


def _form(entry: Node) -> CitationForm:
    entry.mapping("id pattern symbol others law unless_of examples counterexamples")
    return CitationForm(
        id=entry.need("id").text(),
        pattern=Sought(entry.need("pattern").pattern()),
        symbol=entry.get("symbol").value or "",
        others={key: node.text() for key, node in entry.get("others").mapping().items()},
        law=entry.get("law").value or "",
        unless_of=entry.get("unless_of").pattern() if entry.get("unless_of").value else None,
        examples={text: tuple(str(node.value).split()) for text, node in entry.get("examples").mapping().items()},
        counterexamples=entry.get("counterexamples").texts(),
    )
