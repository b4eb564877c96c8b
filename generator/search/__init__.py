"""The search index: files that script elements load one by one, so that it works from http and from `file://` alike.

Takes `Views` and the planned pages. Gives files by address. A word leads to the one shard of the alphabet that holds
it; that tells in which records it stands; a block of records holds what is shown of them. Nothing else is loaded:

    search/meta.js            what a search needs at once: shelves, States, the shards' first words, word forms
    search/t/N.js             words from … to …: by family, each form with its records (or the file they stand in)
    search/p/N.js             the same words' places, for phrases
    search/b/N.js, q/N.js     records and places of one word that stands in very many
    search/d/N.js             40 records as they are shown
    search/characters.js      which characters make a word
    search/facets.js          examinations with their counts, for States, regions, sessions, treaties and years
    search/words.js           all words, to name one that may have been meant

Rows that begin with "@" are no words but what a search can be narrowed by, or a group of names with one meaning:
`@theme:trafficking`, `@CHE` (where it is named, what it recommended or asked), `@fgm`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from generator.pages import Page
from generator.pages.views import Views
from generator.search.names import Group, groups_of, named
from generator.search.postings import LAST_PLACE, Postings, numbers
from generator.search.records import PAGE, SLOT, Shelves, words_of
from generator.search.shards import File, Shards
from generator.search.shown import BLOCK, blocks, facets
from generator.search.words import table

__all__ = ["search_files"]

_NOT_RARE = 2  # records a word must stand in to be named as one that may have been meant


def search_files(views: Views, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    """All files of the index; `meta.js`, which names the others' version, comes last."""
    shelves = Shelves(views, pages)
    languages, lists = _read(shelves)
    groups = groups_of(views, {*shelves.states[1:], *(key[1:] for key in lists if "by" in lists[key])})
    for key, records in named(views, groups, languages).items():
        lists[f"@{key}"]["name"] = records
    shards = Shards(languages, lists)
    version = hashlib.sha256()
    files: Iterator[File] = chain(
        shards.files(views.vocabulary.search, groups),
        blocks(views, shelves),
        (("facets", 0, make(views, shelves)) for make in [facets]),
        (("words", 0, make(shards.counts, groups)) for make in [_words]),
        [("characters", 0, table())],
    )
    for kind, number, data in files:
        script = _script(kind, number, data)
        version.update(script)
        yield _name(kind, number), script
    meta = _meta(views, shelves, languages, shards.first_words)
    version.update(_script("meta", 0, meta))
    yield "search/meta.js", _script("meta", 0, {"version": version.hexdigest()[:12], **meta})


def _name(kind: str, number: int) -> str:
    return f"search/{kind}.js" if kind in ("facets", "words", "characters") else f"search/{kind}/{number}.js"


def _script(kind: str, number: int, data: Any) -> bytes:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # The two line separators are the only text in JSON that a script could read otherwise; "</" is for pages.
    safe = text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'__sessionalSearch("{kind}",{number},{safe});\n'.encode()


def _read(shelves: Shelves) -> tuple[dict[str, Postings], dict[str, dict[str, Sequence[int]]]]:
    """The words of every language, and the lists to narrow by: by the key of their row, then by their name."""
    languages: defaultdict[str, Postings] = defaultdict(Postings)
    lists: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for number, what in shelves.numbered():
        if isinstance(what, Page):
            languages["en"].add(number, words_of(what))
            continue
        statement = what.statement
        languages[statement.lang].add(number, words_of(what))
        for theme in statement.themes:
            lists[f"@theme:{theme}"].setdefault("all", []).append(number)
        if statement.recommending_states or statement.speaker_states:
            for code in dict.fromkeys((*statement.recommending_states, *statement.speaker_states)):
                lists[f"@{code}"].setdefault("by", []).append(number)
    for code in shelves.states[1:]:
        lists[f"@{code}"]  # a State of which nothing is said has a name all the same
    return dict(sorted(languages.items())), lists


def _words(counts: Mapping[str, int], groups: Iterable[Group]) -> list[Any]:
    """Words that stand in several records, with the order of magnitude of how many; States by their names."""
    known = Counter({word: count for word, count in counts.items() if count >= _NOT_RARE})
    for group in groups:
        known.update({name: _NOT_RARE for name in group.names if name not in known and group.is_state})
    kept = sorted(word for word in known if len(word) > 2 and word.isalpha())
    return [" ".join(kept), "".join(f"{min(35, known[word].bit_length()):x}" for word in kept)]


def _meta(
    views: Views, shelves: Shelves, languages: Mapping[str, Postings], first_words: Sequence[str]
) -> dict[str, Any]:
    counts = Counter({(part.shelf, part.state): len(part.records) for part in shelves.parts})
    return {
        "block": BLOCK,
        "slot": SLOT,
        "last": LAST_PLACE,
        "statements": sum(len(part.records) for part in shelves.parts if part.shelf != PAGE),
        "shelves": [shelf.told() for shelf in shelves.shelves],
        "states": " ".join(shelves.states[1:]),
        "counts": numbers(counts[shelf, state] for shelf in shelves.shelves for state in shelves.states),
        "first": first_words,
        "languages": list(languages),
        "words": views.vocabulary.search.data(list(languages)),
    }
