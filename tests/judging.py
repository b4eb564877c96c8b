"""Judged queries: which statements answer them, said without any search engine, and what the search page shows.

`tests/search/queries.yaml` holds the queries. A predicate is a mapping whose every key must hold of a statement's
record in `data/states/`:

    text      a regular expression found in the text, in small letters and without accents
    words     names of word families (`families` of the file), each found in the text
    about     a State's code: examined, recommending or speaking, or named in the text (`names` of the file)
    state     codes of the State examined
    states    codes of which one recommends or speaks
    kind      kinds
    number    the document's own number
    all_of, any_of, none_of    lists of predicates
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import yaml
from records import statements_of_site

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUERIES = Path(__file__).parent / "search/queries.yaml"
FORMAT = "queries/1"
MOST_WITH_IDS = 3000  # above this many, the ids of all statements found are not asked for

Record = Mapping[str, Any]
Test = Callable[[Record, str], bool]
_KEYS = {"id", "kind", "query", "times", "want", "judge", "may", "suggests", "page", "empty", "relevant", "seed"}
_QUOTES = str.maketrans("’‘`", "'''")


@dataclass(frozen=True, slots=True)
class Query:
    """What a visitor types, and what answers it."""

    id: str
    kind: str
    query: str
    want: str
    # What is relevant; None where only `suggests`, `page`, `empty` or a calm page is asked for.
    judge: Mapping[str, Any] | None = None
    # What is neither right nor wrong to show.
    may: Mapping[str, Any] | None = None
    suggests: str | None = None
    page: str | None = None
    empty: bool = False
    # How many statements are relevant in all the reports and in the first one.
    relevant: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Ids of the statements of one site that are relevant to a query, and of those that may be shown."""

    relevant: frozenset[str]
    may: frozenset[str]

    def recall(self, found: Iterable[str]) -> float | None:
        """The share of the relevant that was found; None where nothing is relevant."""
        return len(self.relevant & set(found)) / len(self.relevant) if self.relevant else None

    def precision(self, found: Iterable[str]) -> float | None:
        """The share of what was found that is relevant, without what may be shown; None where nothing is left."""
        counted = set(found) - self.may
        return len(counted & self.relevant) / len(counted) if counted else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search page shows for a query."""

    total: int
    said: str
    suggestions: tuple[str, ...]
    pages: tuple[str, ...]
    shown: tuple[str, ...]
    ms: float
    # All ids, where they were asked for.
    found: tuple[str, ...] | None


def folded(text: str) -> str:
    """Small letters without accents, straight apostrophes."""
    apart = unicodedata.normalize("NFKD", text.translate(_QUOTES).lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def indexed(records: Iterable[Record]) -> list[Record]:
    """The records that the site's indexes hold, by the rule of the data contract."""
    every = list(records)
    listing = {record["source"]["path"] for record in every if record["listed"]}
    return [record for record in every if _is_indexed(record, listing)]


def _is_indexed(record: Record, listing: set[str]) -> bool:
    if record["kind"] in ("procedural", "background") or record["confidence"] == "low" or record["speaker"] == "author":
        return False
    voiced = record["kind"] == "recommendation" and record["speaker"] in ("committee", "reviewing-state")
    return record["listed"] or not voiced or record["source"]["path"] not in listing


def statements_of(site: Path) -> list[Record]:
    """What can be searched on a built site."""
    return indexed(statements_of_site(site))


class Judge:
    """The queries of a file, and who answers them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        if data.get("format") != FORMAT:
            raise ValueError(f"not {FORMAT}: {data.get('format')}")
        self._families: Mapping[str, str] = data["families"]
        self._names: Mapping[str, str] = data["names"]
        self._parts: dict[str, Callable[[Any], Test]] = {
            "text": _text,
            "words": self._words,
            "about": self._about,
            "state": lambda codes: lambda record, _: record["state"] in codes,
            "states": lambda codes: lambda record, _: not _states(record).isdisjoint(codes),
            "kind": lambda kinds: lambda record, _: record["kind"] in kinds,
            "number": lambda number: lambda record, _: record["number"] == number,
            "all_of": self._every,
            "any_of": self._some,
            "none_of": self._none,
        }
        self.queries = tuple(map(_query, data["queries"]))

    @classmethod
    def of_file(cls, path: Path = QUERIES) -> Judge:
        """Reads the file."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def test(self, predicate: Mapping[str, Any]) -> Test:
        """Whether a predicate holds of a record, whose text is given folded."""
        parts = [self._parts[key](value) for key, value in predicate.items()]
        return parts[0] if len(parts) == 1 else lambda record, text: all(part(record, text) for part in parts)

    def _words(self, names: Sequence[str]) -> Test:
        return self._every([{"text": self._families[name]} for name in names])

    def _about(self, code: str) -> Test:
        named = _text(self._names[code])
        return lambda record, text: record["state"] == code or code in _states(record) or named(record, text)

    def _every(self, predicates: Iterable[Mapping[str, Any]]) -> Test:
        tests = [self.test(predicate) for predicate in predicates]
        return lambda record, text: all(test(record, text) for test in tests)

    def _some(self, predicates: Iterable[Mapping[str, Any]]) -> Test:
        tests = [self.test(predicate) for predicate in predicates]
        return lambda record, text: any(test(record, text) for test in tests)

    def _none(self, predicates: Iterable[Mapping[str, Any]]) -> Test:
        some = self._some(predicates)
        return lambda record, text: not some(record, text)

    def judge(self, records: Iterable[Record]) -> dict[str, Judged]:
        """For each query, by its id, what answers it."""
        texts = [(record, folded(record["text"] or "")) for record in records]
        judged = {}
        for query in self.queries:
            relevant = self._ids(query.judge, texts)
            judged[query.id] = Judged(relevant, self._ids(query.may, texts) - relevant)
        return judged

    def _ids(self, predicate: Mapping[str, Any] | None, texts: Sequence[tuple[Record, str]]) -> frozenset[str]:
        if predicate is None:
            return frozenset()
        test = self.test(predicate)
        return frozenset(record["id"] for record, text in texts if test(record, text))


def _query(given: Mapping[str, Any]) -> Query:
    unknown = set(given) - _KEYS
    if unknown:
        raise ValueError(f"{given.get('id')}: unknown {', '.join(sorted(unknown))}")
    fields = {key: value for key, value in given.items() if key != "times"}
    return Query(**{**fields, "query": given["query"] * given.get("times", 1)})


def _states(record: Record) -> set[str]:
    return {*record["recommending_states"], *record["speaker_states"]}


@cache
def _text(pattern: str) -> Test:
    search = re.compile(pattern).search
    return lambda _, text: search(text) is not None


def failures(query: Query, answer: Answer, records: Sequence[Record], site: Path) -> list[str]:
    """Which promise of a query its answer breaks; promises about what the site does not hold are left out."""
    broken = []
    if query.empty and answer.total:
        broken.append(f"{answer.total} statements where there are none")
    if query.suggests and not skipped(query, records, site) and query.suggests not in map(folded, answer.suggestions):
        broken.append(f"does not suggest “{query.suggests}”")
    if query.page and (site / query.page).is_dir() and not any(query.page in address for address in answer.pages):
        broken.append(f"does not show {query.page}")
    return broken


def skipped(query: Query, records: Sequence[Record], site: Path) -> str | None:
    """Why a promise cannot be kept on this site."""
    if query.suggests and not any(query.suggests in folded(record["text"] or "") for record in records):
        return f"“{query.suggests}” is not on this site"
    if query.page and not (site / query.page).is_dir():
        return f"{query.page} is not on this site"
    return None


_READ = """() => {
  const all = (selector, of) => [...document.querySelectorAll(selector)].map(of);
  const searched = document.querySelector("#s-searched");
  return {
    total: Number(searched.dataset.done),
    said: searched.textContent.trim(),
    suggestions: all("#s-suggestions a", (a) => a.textContent.trim()),
    pages: all("#s-pages a", (a) => a.href),
    shown: all("#s-results article[data-id]", (a) => a.dataset.id),
    ms: window.__doneAt ?? performance.now(),
  };
}"""

# Notes the moment at which the page says that it is done; performance.now() counts from navigation.
CLOCK = """
new MutationObserver((_, observer) => {
  if (document.querySelector("#s-searched[data-done]")) {
    window.__doneAt = performance.now();
    observer.disconnect();
  }
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-done"]});
"""


def ask(screen: Page, base: str, query: str, *, ids: bool, timeout: float = 20_000) -> Answer:
    """Opens the search page at `base` (ends with a slash) with a query; add `CLOCK` to its context first."""
    screen.goto("about:blank")
    screen.goto(f"{base}search/index.html?q={quote(query, safe='')}")
    screen.wait_for_selector("#s-searched[data-done]", state="attached", timeout=timeout)
    read = screen.evaluate(_READ)
    found = tuple(screen.evaluate("() => window.__sessionalFound()")) if ids else None
    return Answer(
        total=read["total"],
        said=read["said"],
        suggestions=tuple(read["suggestions"]),
        pages=tuple(read["pages"]),
        shown=tuple(read["shown"]),
        ms=read["ms"],
        found=found,
    )
