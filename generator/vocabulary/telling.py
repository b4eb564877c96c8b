"""How a language tells the facts of an examination in sentences: who led the delegation, what was examined and when.

Takes the `facts` of a language as data. A pattern may use `{fragment}`s: `{honorific}` and any that the language has of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.vocabulary.sought import Sought

_NEVER = re.compile(r"(?!)")
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_PATTERNS = (
    "committee examined last_examined ratified met delegation goes_on head_of members between_members article_before "
    "rapporteur rapporteurs rapporteurs_were between_names honorific not_names treaty_law by_when"
)
# What only reports of reviews tell; a language need not have them.
_OF_REVIEWS = "reviewed adopted troika"


@dataclass(frozen=True, slots=True)
class Telling:
    """Patterns of the sentences that tell facts, matched on text with straight quotation marks."""

    committee: re.Pattern[str]
    examined: re.Pattern[str]
    last_examined: re.Pattern[str]
    ratified: re.Pattern[str]
    # That a sentence speaks of the session, whose days it may then tell.
    met: re.Pattern[str]
    # A quick look whether a sentence can tell of the delegation, or of rapporteurs.
    delegation: re.Pattern[str]
    rapporteur: re.Pattern[str]
    # The head of delegation: groups `name` and `post`; the first that fits counts.
    heads: tuple[re.Pattern[str], ...]
    head_of: re.Pattern[str]
    # The sentence after the one that names the delegation: "It included representatives of …".
    goes_on: re.Pattern[str]
    members: re.Pattern[str]
    between_members: re.Pattern[str]
    article_before: re.Pattern[str]
    rapporteurs: re.Pattern[str]
    rapporteurs_were: re.Pattern[str]
    between_names: re.Pattern[str]
    honorific: re.Pattern[str]
    not_names: re.Pattern[str]
    # An article of a law, with groups `n` and `law`; which laws are treaties; what leads in the day of a promise.
    law_article: Sought
    treaty_law: re.Pattern[str]
    by_when: re.Pattern[str]
    # "The review of <state> was held", "the Working Group adopted the report", the States of a troika.
    reviewed: re.Pattern[str]
    adopted: re.Pattern[str]
    troika: re.Pattern[str]


def load_telling(node: Node) -> Telling:
    """The patterns; one that does not compile is an error at its place."""
    node.mapping(f"fragments heads law_article {_PATTERNS} {_OF_REVIEWS}")
    fragments = {name: value.text() for name, value in node.get("fragments").mapping().items()}
    fragments["honorific"] = node.need("honorific").text()
    return Telling(
        law_article=Sought(_compiled(node.need("law_article"), fragments)),
        heads=tuple(_compiled(one, fragments) for one in node.need("heads").items()),
        **{key: _compiled(node.need(key), fragments) for key in _PATTERNS.split()},
        **{key: _compiled(node.get(key), fragments) if node.get(key).value else _NEVER for key in _OF_REVIEWS.split()},
    )


def _compiled(node: Node, fragments: Mapping[str, str]) -> re.Pattern[str]:
    text = node.text()
    for _ in range(3):  # fragments may use fragments
        text = _FRAGMENT.sub(lambda match: fragments.get(match[1], match[0]), text)
    return node.pattern(text=text)
