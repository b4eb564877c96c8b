"""What a page rests on, in a few bytes: as long as its stamp is the same, a page that was written need not be again.

Takes `Views` and, for each document, the key of its reading. A page is made by a function from what it was given. Its
stamp is the digest of these: a statement counts with everything of its examination, names with those of all States and
themes. What a maker looks at besides, the page says (`Page.beside`); a maker that says nothing of what it was given
rests on the whole corpus. What all rest on – program, vocabularies, templates, theme – is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, partial
from hashlib import blake2b
from types import FunctionType, MappingProxyType
from typing import Any

from generator.corpus import LinkedStatement, PublishedExamination
from generator.model import ReadDocument
from generator.pages.page import Drawn, Page
from generator.pages.views import PUBLIC_ROLES, Views
from generator.threads import Step

_SIZE = 16  # bytes of a digest
_PLAIN = (str, int, float, bool, type(None))
_LONG = 4  # parts from which a value is worth remembering
_STATEMENTS = {LinkedStatement}


def digest(parts: Iterable[bytes | str]) -> bytes:
    """One digest of several values, told apart from one another."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()


class Stamps:
    """Makes stamps of one plan. `keys` holds the key of each document's reading by the path of its source.

    All pages rest on `everywhere`, and those about the whole collection on `more` besides it.
    """

    def __init__(self, views: Views, keys: Mapping[str, bytes], everywhere: bytes, more: bytes = b"") -> None:
        self._views = views
        self._keys = keys
        self._examinations = {key: self._examination(one) for key, one in views.corpus.examinations.items()}
        self._tokens = {key: one.hex().encode() for key, one in self._examinations.items()}
        self._names = digest([everywhere, *map(str.encode, (*views.by_theme.told_of, "", *views.corpus.by_state))])
        self._corpus = digest([more, self._names, *self._examinations.values()])
        # By identity: what pages were given lives as long as their plan, and many were given the same.
        self._remembered: dict[int, bytes] = {}
        self._told_at: dict[str, list[bytes]] = {}
        for code, address in views.by_theme.told_at():
            self._told_at.setdefault(code, []).append(address.encode())
        self._beside = cache(self._looked_at)

    def of(self, page: Page) -> bytes:
        """The stamp of a page."""
        told = (len(page.holds or ()), page.alternates)
        given = (page.template, page.title, page.description, page.crumbs, page.make, *told)
        return digest([self._names, *map(self._token, given), *(self._beside(*one) for one in page.beside)])

    def files(self, page: Page) -> bytes:
        """The stamp of the files beside a page. A feed tells of every examination that a statement belongs to."""
        also = {key for one in page.holds or () for key in one.also}
        given = (page.address, page.title, page.description, page.holds, page.follow)
        return digest([self._names, *map(self._token, given), *(self._tokens[key] for key in sorted(also))])

    def examination(self, key: str) -> bytes:
        """The stamp of everything that is told of an examination."""
        return digest([self._names, self._examinations[key]])

    def _examination(self, examination: PublishedExamination) -> bytes:
        """Its documents with the ids of its statements, and what others decide of it: addresses, names beside it."""
        views = self._views
        documents = (self._keys[one.document.source.path] for one in examination.documents)
        people = (
            views.person(examination, role, fact).address for role, fact in examination.told if role in PUBLIC_ROLES
        )
        ids = (
            one.id if one.examination == examination.key else f"{one.id} {views.place(one)}"
            for one in examination.statements
        )
        shared = (repr(views.examination(views.corpus.examinations[key])) for key in examination.shared_with)
        gone = map(repr, views.tombstones(examination))
        texts = (examination.key, *people, "", *ids, "", *shared, "", *gone)
        return digest([*documents, *map(str.encode, texts)])

    def _looked_at(self, what: str, which: Any) -> bytes:
        corpus = self._views.corpus
        match what:
            case "state":
                return digest(
                    [*(self._examinations[e.key] for e in corpus.by_state[which]), *self._told_at.get(which, ())]
                )
            case "session":
                return digest(repr((e.key, self._views.examination(e))).encode() for e in corpus.by_session[which])
            case "corpus":
                return self._corpus
        raise ValueError(f"no page can rest on {what!r}")

    def _token(self, value: Any) -> bytes:
        """What stands for a value in a digest: no two values have the same."""
        kind = type(value)
        if kind is LinkedStatement:
            return b"%b@%b" % (value.id.encode(), self._tokens[value.examination])
        if kind is str or isinstance(value, _PLAIN):
            return repr(value).encode()
        if kind is PublishedExamination:
            return self._tokens[value.key]
        if kind is ReadDocument:
            return self._keys[value.document.source.path].hex().encode()
        if kind is Views:
            return b"views"
        if kind is FunctionType:
            # One made inside another may hold anything.
            return value.__qualname__.encode() if value.__closure__ is None else self._corpus.hex().encode()
        known = self._remembered.get(id(value))
        if known is None:
            parts = _parts(value)
            told = self._statements if len(parts) >= _LONG and set(map(type, parts)) == _STATEMENTS else self._values
            known = b"%b(%b)" % (kind.__name__.encode(), told(parts))
            if len(parts) >= _LONG:
                known = self._remembered[id(value)] = digest([known]).hex().encode()
        return known

    def _values(self, values: Sequence[Any]) -> bytes:
        return b",".join(map(self._token, values))

    def _statements(self, linked: Sequence[Any]) -> bytes:
        """What `_token` gives of each, but an examination is named once: most lists are of few and are long."""
        ids = ",".join([one.id for one in linked])
        examinations = dict.fromkeys([one.examination for one in linked])
        return b"%b@%b" % (ids.encode(), b",".join([self._tokens[key] for key in examinations]))


def _parts(value: Any) -> Sequence[Any]:
    if isinstance(value, (tuple, list)):
        return value
    if isinstance(value, partial):
        return (value.func, *value.args, value.keywords)
    if isinstance(value, (dict, MappingProxyType)):
        return tuple(value.items())
    if isinstance(value, Drawn):
        return value.source
    if isinstance(value, Step):  # what was said on its theme counts with the examination
        return (value.examination, value.mentioned, value.compared, value.status, value.confirmed)
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(getattr(value, name) for name in _fields(type(value)))
    raise TypeError(f"a page cannot be made from a {type(value).__name__}")


_Fields = Callable[[type], tuple[str, ...]]
_fields: _Fields = cache(lambda of: tuple(field.name for field in fields(of)))
