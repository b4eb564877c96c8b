"""The search index: files that script elements load one by one, so that it works from http and from `file://` alike.

Takes `Views` and the planned pages. Gives files by address. A word leads to the one shard of the alphabet that holds
it; that tells in which records it stands; a block of records holds what is shown of them. Nothing else is loaded:

    search/meta.js            what a search needs at once: shelves, States, names, the shards' first words, word forms
    search/t/N.js             words from … to …: by family, each form with its records (or the file they stand in)
    search/p/N.js             the same words' places, for phrases
    search/b/N.js, q/N.js     records and places of one word that stands in very many
    search/d/N.js             32 records as they are shown
    search/facets.js          examinations with their counts, for sessions, treaties and years
    search/words.js           all words, to name one that may have been meant

Words that begin with "@" are no words but what a search can be narrowed by, or a group of names with one meaning:
`@theme:trafficking`, `@by:CHE` (recommended or asked by), `@name:LAO`, `@means:fgm`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from generator.pages import Page
from generator.pages.views import POSITIONS, Views
from generator.search.postings import Postings, numbers, rising
from generator.search.records import PAGE, SLOT, Shelves, What, words_of

__all__ = ["search_files"]

BLOCK = 32  # records in a file of what is shown
_SHARD = 24_000  # characters of a file of words
_ALONE = 6_000  # characters from which a word's records have a file of their own
_NOT_RARE = 2  # records a word must stand in to be named as one that may have been meant

Entry = tuple[str, str, list[int], str]  # family, form, records, places


def search_files(views: Views, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    """All files of the index; `meta.js`, which names the others' version, comes last."""
    shelves = Shelves(views, pages)
    languages, lists, groups = _read(views, shelves)
    version = hashlib.sha256()
    first_words: list[str] = []
    counts: Counter[str] = Counter()
    files = (
        _entries(views, languages, lists, first_words, counts),
        _blocks(views, shelves),
        (("facets", 0, make(views, shelves)) for make in [_facets]),
        (("words", 0, make(counts)) for make in [_words]),
    )
    for kind, number, data in chain.from_iterable(files):
        script = _script(kind, number, data)
        version.update(script)
        yield _name(kind, number), script
    meta = _meta(views, shelves, languages, groups, first_words)
    version.update(_script("meta", 0, meta))
    yield "search/meta.js", _script("meta", 0, {"version": version.hexdigest()[:12], **meta})


def _name(kind: str, number: int) -> str:
    return f"search/{kind}.js" if kind in ("facets", "words") else f"search/{kind}/{number}.js"


def _script(kind: str, number: int, data: Any) -> bytes:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # The two line separators are the only text in JSON that a script could read otherwise; "</" is for pages.
    safe = text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'__sessionalSearch("{kind}",{number},{safe});\n'.encode()


# --- words --------------------------------------------------------------------------------------------------------


def _read(
    views: Views, shelves: Shelves
) -> tuple[dict[str, Postings], dict[str, list[int]], dict[str, tuple[str, list[str]]]]:
    """The words of every language, the lists to narrow by, and the groups: what each means, and its names."""
    languages: defaultdict[str, Postings] = defaultdict(Postings)
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for number, what in shelves.numbered():
        if isinstance(what, Page):
            languages["en"].add(number, words_of(views, what))
            continue
        statement = what.statement
        languages[statement.lang].add(number, words_of(views, what))
        for theme in statement.themes:
            lists[f"@theme:{theme}"].append(number)
        for code in dict.fromkeys((*statement.recommending_states, *statement.speaker_states)):
            lists[f"@by:{code}"].append(number)
    groups: dict[str, tuple[str, list[str]]] = {}
    split = views.vocabulary.search.fold_words
    for code in dict.fromkeys((*shelves.states[1:], *(key[4:] for key in lists if key.startswith("@by:")))):
        state = views.vocabulary.states[code]
        groups[f"@name:{code}"] = state.short, [" ".join(split(name)) for name in state.strong]
    for meaning in views.vocabulary.search.abbreviations:
        groups[f"@means:{meaning[0].lower()}"] = " or ".join(meaning), [" ".join(split(one)) for one in meaning]
    owners = {" ".join(split(name)): s.code for s in views.vocabulary.states.by_code.values() for name in s.strong}
    for key, (_, names) in list(groups.items()):
        records: set[int] = set()
        for name in names:
            # "Guinea" is not named where "Equatorial Guinea" is.
            longer = [
                other.split()
                for other, code in owners.items()
                if f" {name} " in f" {other} " and name != other and key != f"@name:{code}"
            ]
            for postings in languages.values():
                records.update(postings.phrase(name.split(), longer if key.startswith("@name:") else ()))
        if records:
            lists[key] = sorted(records)
        elif key.startswith("@means:"):
            del groups[key]
    return dict(sorted(languages.items())), dict(sorted(lists.items())), groups


def _entries(
    views: Views,
    languages: Mapping[str, Postings],
    lists: Mapping[str, list[int]],
    first_words: list[str],
    counts: Counter[str],
) -> Iterator[tuple[str, int, Any]]:
    """Shards of words, and the files of words that are too common for one."""
    alone = 0
    shard: list[list[Any]] = []
    places: dict[str, Any] = {}
    size = 0
    for family, form, records, where in _sorted(views, languages, lists):
        written: str | int = rising(records)
        counts[form] += len(records)
        weight = len(str(written)) + len(form) + len(family) + 12
        if len(str(written)) > _ALONE:
            yield "b", alone, _quoted(written)
            if where:
                yield "q", alone, _quoted(where)
            written, where, weight, alone = alone, "", len(form) + len(family) + 20, alone + 1
        if shard and size + weight > _SHARD and shard[-1][0] != family:
            yield from _shard(len(first_words) - 1, shard, places)
            shard, places, size = [], {}, 0
        if not shard:
            first_words.append(family)
        if not shard or shard[-1][0] != family:
            shard.append([family])
        shard[-1].append([form, len(records), written])
        if where:
            places[form] = where
        size += weight
    if shard:
        yield from _shard(len(first_words) - 1, shard, places)


def _shard(number: int, shard: list[list[Any]], places: Mapping[str, Any]) -> Iterator[tuple[str, int, Any]]:
    yield "t", number, shard
    if places:
        yield "p", number, places


def _quoted(text: Any) -> str:
    """A string as JSON; its signs need no escape."""
    return f'"{text}"'


def _sorted(views: Views, languages: Mapping[str, Postings], lists: Mapping[str, list[int]]) -> Iterator[Entry]:
    search = views.vocabulary.search
    # "" is no language: the lists stand among the words, so that all are found in one order.
    keyed = [(key, key, "") for key in lists]
    keyed += [
        (_family(search.key(word, language), language), word, language)
        for language, postings in languages.items()
        for word in postings.words()
        if word and word not in search.stop[language]
    ]
    for family, word, language in sorted(keyed):
        if language:
            yield family, word, languages[language].records(word), languages[language].places(word)
        else:
            yield family, word, lists[word], ""


def _family(key: str, language: str) -> str:
    """A family of words is one language's; most texts are English."""
    return key if language == "en" else f"{key}'{language}"


def _words(counts: Mapping[str, int]) -> list[Any]:
    """Words that stand in several records, with the order of magnitude of how many."""
    kept = sorted(word for word, count in counts.items() if count >= _NOT_RARE and len(word) > 2 and word.isalpha())
    return [" ".join(kept), "".join(f"{min(35, counts[word].bit_length()):x}" for word in kept)]


# --- what is shown ------------------------------------------------------------------------------------------------


def _blocks(views: Views, shelves: Shelves) -> Iterator[tuple[str, int, Any]]:
    """Blocks of records: names that several share stand once, in front."""
    block = _Block(views, 0)
    for number, what in shelves.numbered():
        if number // BLOCK != block.number:
            yield "d", block.number, block.data()
            block = _Block(views, number // BLOCK)
        block.rows[number % BLOCK] = _row(views, what, block)
    if block.rows:
        yield "d", block.number, block.data()


class _Block:
    """One file of records."""

    def __init__(self, views: Views, number: int) -> None:
        self.number = number
        self._views = views
        self.rows: dict[int, list[Any]] = {}
        self._names: dict[Any, int] = {}

    def name(self, name: Any) -> int:
        """The place of a name in the block's list."""
        return self._names.setdefault(name, len(self._names))

    def data(self) -> list[Any]:
        """Names, then rows; a number that nothing has is 0."""
        last = max(self.rows, default=-1)
        names = [self._told(name) if isinstance(name, tuple) else name for name in self._names]
        return [names, [self.rows.get(n, 0) for n in range(last + 1)]]

    def _told(self, name: tuple[tuple[str, ...], str]) -> list[str]:
        """An examination with its address, its name and the kind of its source."""
        keys, badge = name
        examinations = self._views.corpus.examinations
        return [keys[0], " and ".join(self._views.examination(examinations[key]).text for key in keys), badge]


def _row(views: Views, one: What, block: _Block) -> list[Any]:
    if isinstance(one, Page):
        return [one.address, one.title, one.description]
    statement, document = one.statement, views.document(one)
    states = statement.speaker_states or statement.recommending_states
    tags = (f"No. {statement.number}" if statement.number else "", POSITIONS[statement.response][0])
    shown = document.provenance.rights.source_text != "none"
    return [
        one.local,
        block.name((one.examinations, document.provenance.badge)),
        block.name(views.permalink(one).address),
        block.name(views.who(one)),
        statement.speaker_name or ", ".join(views.vocabulary.states[code].short for code in states),
        " · ".join(filter(None, tags)) if statement.listed else "",
        statement.text if shown else 0,
        int(document.provenance.kind == "digest"),
    ]


# --- what a search needs at once, and what it is narrowed by ------------------------------------------------------


def _meta(
    views: Views,
    shelves: Shelves,
    languages: Mapping[str, Postings],
    groups: Mapping[str, tuple[str, list[str]]],
    first_words: Sequence[str],
) -> dict[str, Any]:
    search, states = views.vocabulary.search, views.vocabulary.states
    counts = Counter({(part.shelf, part.state): len(part.records) for part in shelves.parts})
    told = {theme for one in views.corpus.statements for theme in one.statement.themes}
    return {
        "block": BLOCK,
        "slot": SLOT,
        "statements": sum(len(part.records) for part in shelves.parts if part.shelf != PAGE),
        "shelves": [shelf.told() for shelf in shelves.shelves],
        "states": [["", "", ""], *([c, states[c].short, states[c].region] for c in shelves.states[1:])],
        "counts": numbers(counts[shelf, state] for shelf in shelves.shelves for state in shelves.states),
        "first": first_words,
        "languages": list(languages),
        "words": search.data(list(languages)),
        "groups": [[key, label, names] for key, (label, names) in groups.items()],
        "themes": [[theme.id, theme.label] for theme in views.vocabulary.themes.values() if theme.id in told],
    }


def _facets(views: Views, shelves: Shelves) -> dict[str, Any]:
    """Examinations by State, and how many records each shelf has of each."""
    counts = Counter((part.shelf, part.state, key) for part in shelves.parts for key, _ in part.records)
    ranked = sorted({one[1:] for one in counts}, key=lambda one: (one[0], shelves.rank(one[1])))
    rows = []
    for state, key in ranked:
        examination = views.corpus.examinations.get(key)
        if examination is None:
            rows.append([shelves.states.index(state), "", "", ""])
            continue
        year = examination.facts.date.value[:4] if examination.facts.date else ""
        session = views.session(examination).text
        rows.append([shelves.states.index(state), views.frame(examination), session, year])
    return {
        "examinations": rows,
        "counts": numbers(counts[shelf, *one] for shelf in shelves.shelves for one in ranked),
    }
