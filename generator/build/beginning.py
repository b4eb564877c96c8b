"""A report begun: a file that says where it belongs and asks for its text, and its entry in the register of sources.

Takes what an editor knows: State, treaty or mechanism, session, publisher. Gives two texts, and writes them where
neither a file nor an entry of that name is there. The register keeps every comment and space: text is put at its end.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from generator.recognise import ordinal
from generator.vocabulary import Family, Vocabulary, slug

_PLAIN = re.compile(r"[A-Za-z][\w ’,.()&/-]*")


class BeginningError(Exception):
    """Nothing can be begun with this; the message says why."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A report that can be begun: the file, its text, and its entry in the register."""

    file: Path
    text: str
    register: Path
    entry: str

    def write(self) -> None:
        """Write both, or nothing. Raises BeginningError."""
        before = (
            self.register.read_bytes().decode("utf-8") if self.register.is_file() else "format: sources/1\nsources:\n"
        )
        after = _appended(before, self.entry, self.file.name)
        try:
            with self.file.open("x", encoding="utf-8", newline="\n") as file:
                file.write(self.text)
        except FileExistsError:
            raise BeginningError(f"{self.file.name} is there already") from None
        except OSError as error:
            raise BeginningError(f"{self.file} cannot be written: {error.strerror}") from None
        new = self.register.with_name(f".{self.register.name}.new")
        try:
            new.write_bytes(after.encode())
            new.replace(self.register)
        except OSError as error:
            self.file.unlink()
            new.unlink(missing_ok=True)
            raise BeginningError(f"{self.register} cannot be written: {error.strerror}") from None


def begin(root: Path, vocabulary: Vocabulary, state: str, under: str, session: int, publisher: str) -> Begun:
    """What is written for a report. Raises BeginningError with what is near, where a name stands for nothing."""
    code = vocabulary.states.find(state)
    if code is None:
        near = vocabulary.states.suggest(state)
        raise BeginningError(f"no State is called {state!r}" + (f"; near: {', '.join(near)}" if near else ""))
    family = _family(vocabulary, under)
    if not 1 <= session <= 999:
        raise BeginningError(f"{session} is the number of no session")
    treaty = vocabulary.treaties.by_id.get(under.upper())
    name = f"{slug(state)}-{slug(under)}-{session}.md"
    file = root / "content/sources" / name
    if file.exists() or file.is_symlink():
        raise BeginningError(f"{name} is there already")
    template = Template((root / f"templates/sources/{family.source_kind}.md").read_text(encoding="utf-8"))
    short = vocabulary.states[code].short
    text = template.substitute(
        state=short if family.mechanism else short.upper(),
        treaty=treaty.title.upper() if treaty else "",
        session=ordinal(session) if family.mechanism else ordinal(session).upper(),
    )
    return Begun(file, text, root / "content/sources.yaml", _entry(name, family, publisher or family.publisher))


def _family(vocabulary: Vocabulary, under: str) -> Family:
    """The first family of reports under a treaty or mechanism."""
    families = [one for one in vocabulary.families.values() if one.lang == "en"]
    treaty = vocabulary.treaties.by_id.get(under.upper())
    for family in families:
        if under.upper() == family.mechanism or (treaty and not family.mechanism and family.body == treaty.body):
            return family
    known = [one.mechanism for one in families if one.mechanism]
    raise BeginningError(
        f"no treaty or mechanism is called {under!r}; known are {', '.join([*vocabulary.treaties.by_id, *known])}"
    )


def _entry(name: str, family: Family, publisher: str) -> str:
    """An entry in the form of those that are there. What is not known is left open, and no text is shown in full."""
    shown = "full" if family.source_kind == "un-report" else "excerpts"
    return f"""- file: {name}
  kind: {family.source_kind}
  publisher: {_scalar(publisher)}
  notice: {_scalar(family.notice)}
  date: null # of the document, as "2015-05-27"
  url: null # where it was published
  sha256: null # of the finished file, as `sha256sum content/sources/{name}` gives it
  rights:
    holder: null
    terms: null
    url: null
  source_text: {shown}
"""


def _scalar(text: str) -> str:
    """A text as YAML: plain where nothing in it means anything, else in quotation marks."""
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and yaml.safe_load(text) == text
    return text if plain else json.dumps(text, ensure_ascii=False)


def _appended(before: str, entry: str, name: str) -> str:
    """The register with an entry more, and otherwise letter by letter as it was."""
    newline = "\r\n" if "\r\n" in before else "\n"
    joined = f"{before.rstrip()}{newline}{entry.replace(chr(10), newline)}"
    try:
        old, new = yaml.safe_load(before), yaml.safe_load(joined)
        listed = old["sources"] or []
        same = new == {**old, "sources": [*listed, *yaml.safe_load(entry)]}
    except (yaml.YAMLError, KeyError, TypeError):
        listed, same = [], False
    if any(isinstance(one, dict) and one.get("file") == name for one in listed):
        raise BeginningError(f"sources.yaml has an entry for {name} already")
    if not same:
        raise BeginningError(f"sources.yaml does not end with its list; put this into it by hand:\n{entry}")
    return joined
