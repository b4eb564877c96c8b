"""Words and lists, in files of a few kilobytes each: what a query loads.

Takes the words of the records by language, lists by name and the groups. Gives shards: families of words in their
order, each family one row of a shard,

    ["child", ["child", 12, "…"], ["children", 40, "…"], ["child soldiers protocol", "@opac"]]

its key, its forms with how many records hold them and which (or the number of the file that tells), and the names that
begin with one of its words, with their group. A group's row has lists in the place of forms, and its label and names:

    ["@LAO", ["by", 3, "…"], ["name", 7, "…"], ["Lao People's Democratic Republic", "laos|lao pdr"]]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.search.names import Group
from generator.search.postings import Postings, rising
from generator.search.words import solid
from generator.vocabulary.wordforms import WordForms

_SHARD = 6_000  # characters of a shard; a query loads one for each of its words
_ALONE = 4_000  # characters from which a list has a file of its own
_BESIDE = 12  # characters that a list takes beside its records and its name

File = tuple[str, int, Any]  # kind, number, data


class Shards:
    """All shards of one index; what it tells of itself is known when `files` is at its end."""

    def __init__(self, languages: Mapping[str, Postings], lists: Mapping[str, Mapping[str, Sequence[int]]]) -> None:
        self.first_words: list[str] = []  # or as much of each as parts it from the last one of the shard before
        self.counts: Counter[str] = Counter()  # records by word
        self._languages = languages
        self._lists = lists  # by the key of a row, then by name
        self._alone = 0
        self._last = ""

    def files(self, forms: WordForms, groups: Iterable[Group]) -> Iterator[File]:
        """Shards with their places (t, p), and lists with files of their own (b, q)."""
        pairs = self._pairs(forms, groups)
        shard: list[list[Any]] = []
        places: list[str] = []
        size = 0
        for family, members in groupby(self._members(forms, pairs), key=lambda one: one[0]):
            row: list[Any] = [family]
            where: list[str] = []
            for _, name, language in members:
                if name:
                    written, at = yield from self._written(family, name, language)
                    row.append([name, written[0], written[1]])
                    where.append(at)
            row += ([*pair] for pair in pairs.get(family, ()))
            weight = sum(len(str(part)) for one in row[1:] for part in one) + _BESIDE * len(row)
            if shard and size + weight > _SHARD:
                yield from self._shard(shard, places)
                shard, places, size = [], [], 0
            shard.append(row)
            places += where
            size += weight
        if shard:
            yield from self._shard(shard, places)

    def _pairs(self, forms: WordForms, groups: Iterable[Group]) -> dict[str, list[tuple[str, str]]]:
        """The names of groups by the family of their first word that a query keeps, and by each group's key its own."""
        small = frozenset().union(*(forms.stop.get(language, frozenset()) for language in self._languages))
        pairs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for group in groups:
            if f"@{group.key}" in self._lists:
                pairs[f"@{group.key}"].append((group.label, "|".join(group.names)))
                for name in group.said:
                    first = next((word for word in name.split() if word not in small), name.split()[0])
                    pairs[forms.key(first, "en")].append((name, f"@{group.key}"))
        return pairs

    def _members(self, forms: WordForms, pairs: Iterable[str]) -> list[tuple[str, str, str]]:
        """Family, name and language of every list, in order: lists that are no word's have no language."""
        members = [(family, "", "") for family in pairs]
        members += [(row, name, "") for row, lists in self._lists.items() for name in lists]
        for language, postings in self._languages.items():
            stop = forms.stop.get(language, frozenset())
            # A family of words is one language's; most texts are English.
            beside = "" if language == "en" else f"'{language}"
            members += [
                (forms.key(solid(word), language) + beside, word, language)
                for word in postings.words()
                if word and word not in stop
            ]
        return sorted(members, key=lambda one: (in_browser_order(one[0]), one))

    def _written(
        self, family: str, name: str, language: str
    ) -> Generator[File, None, tuple[tuple[int, str | int], str]]:
        """A list's length and its records, or the number of their file; and its places."""
        if language:
            records: Sequence[int] = self._languages[language].records(name)
            places = self._languages[language].places(name)
            self.counts[name] += len(records)
        else:
            records, places = self._lists[family][name], ""
        written = rising(records)
        if len(written) <= _ALONE:
            return (len(records), written), places
        number, self._alone = self._alone, self._alone + 1
        yield "b", number, _quoted(written)
        if places:
            yield "q", number, _quoted(places)
        return (len(records), number), ""

    def _shard(self, shard: list[list[Any]], places: list[str]) -> Iterator[File]:
        number = len(self.first_words)
        self.first_words.append(_between(self._last, shard[0][0]))
        self._last = shard[-1][0]
        yield "t", number, shard
        if any(places):
            yield "p", number, places


def _between(before: str, word: str) -> str:
    """The shortest beginning of a word that comes after the one before."""
    last = in_browser_order(before)
    return next(word[:size] for size in range(1, len(word) + 1) if in_browser_order(word[:size]) > last)


def in_browser_order(word: str) -> bytes:
    """What sorts words as a script compares them: by units of UTF-16, not by characters."""
    return word.encode("utf-16-be")


def _quoted(text: str) -> str:
    """A string as JSON; its signs need no escape."""
    return f'"{text}"'
