"""The search box's index: every statement that stands in an index, as a script that runs without a server.

Takes the `Corpus`. Gives files by address. One script element loads it, so it works from http and from `file://`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.corpus import Corpus
from generator.pages.views import Views
from generator.vocabulary import Vocabulary


def search_files(corpus: Corpus, vocabulary: Vocabulary, views: Views | None = None) -> Mapping[str, bytes]:
    """`search/statements.js`: rows of id, address, kind, speaker, State, examination and text, names kept once."""
    views = views or Views(corpus, vocabulary)
    kinds, speakers, states, examinations = _Names(), _Names(), _Names(), _Names()
    codes: list[str] = []
    rows = []
    for one in corpus.statements:
        if not corpus.is_indexed(one):
            continue
        view, examination = views.statement(one), corpus.examination_of(one)
        if states.add(view.state.text) == len(codes):
            codes.append(examination.state)
        rows.append(
            [
                one.id,
                view.permalink.address,
                kinds.add(view.kind_label),
                speakers.add(view.speaker),
                states.add(view.state.text),
                examinations.add(" and ".join(one.text for one in view.examinations)),
                view.text,
            ]
        )
    data = {
        "kinds": kinds.names,
        "speakers": speakers.names,
        "states": states.names,
        "aliases": [" ".join(vocabulary.states[code].strong) for code in codes],
        "examinations": examinations.names,
        "statements": rows,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # "</" and the two line separators are the only text that a script could read otherwise.
    safe = text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return {"search/statements.js": f"__sessionalSearch({safe});\n".encode()}


class _Names:
    """Names in the order they first occur; a row holds the place of its name."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._places: dict[str, int] = {}

    def add(self, name: str) -> int:
        if name not in self._places:
            self._places[name] = len(self.names)
            self.names.append(name)
        return self._places[name]
