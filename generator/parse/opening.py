"""The opening of a report: its family, its language, its title and the line that names the session.

Takes the draft. What stands before the title is the masthead.
"""

from __future__ import annotations

from collections import Counter

from generator.model import BlockKind
from generator.parse.draft import Draft, Part
from generator.text.passage import Passage
from generator.vocabulary import Vocabulary, level

_LONGEST_TITLE = 500


def know_family(draft: Draft) -> None:
    """The family whose signs stand in the opening, and the language most words are of."""
    opening = level(" ".join(part.text for part in draft.parts[:80] if part.passage))[:6000]
    for family in draft.vocabulary.families.values():
        if any(sign.search(opening) for sign in family.signs):
            draft.family = family
            break
    draft.lang = _language(" ".join(part.text for part in draft.parts if part.passage), draft.vocabulary)


def _language(text: str, vocabulary: Vocabulary) -> str:
    """The language most of the common words belong to; English where there is a tie."""
    words = Counter(level(text[:200_000]).casefold().replace("'", " ").split())
    votes = {lang.id: sum(words.get(word, 0) for word in lang.words) for lang in vocabulary.languages.values()}
    best = max(votes.values(), default=0)
    return "en" if not best or votes.get("en") == best else next(lang for lang, n in votes.items() if n == best)


def find_title(draft: Draft) -> None:
    """The title by the family's grammar, over one block or two; what stands before it is the masthead."""
    if draft.family is None:
        return
    opening = list(draft.body)[:24]
    for index, part in enumerate(opening):
        following = opening[index + 1].passage if index + 1 < len(opening) else None
        sizes = [1, 2, 3]
        if following and opening[index + 1].first == part.last + 1 and not _names_session(draft, following):
            sizes = [2, 1, 3]  # "# EXAMINATION OF … FIRST\nREPORT ON …": a title broken at the margin
        for size in sizes:
            passage = _title_of(draft, opening[index : index + size])
            if passage:
                used = index + size
                while used < len(opening) and _goes_on(draft, passage, opening[used]):
                    longer = _title_of(draft, opening[index : used + 1])
                    if longer is None:
                        break
                    passage, used = longer, used + 1
                _set_title(draft, passage, opening[index:used])
                return
    for part in opening:
        if part.passage and any(sign.search(level(part.text)) for sign in draft.family.signs):
            _set_title(draft, part.passage, [part])
            return


def _title_of(draft: Draft, parts: list[Part]) -> Passage | None:
    """The passage of these parts, if it is a title by the family's grammar."""
    assert draft.family is not None  # noqa: S101 - the caller looked
    passage = Passage.joined(draft.source, [part.passage for part in parts if part.passage])
    fits = len(passage.text) < _LONGEST_TITLE and draft.family.title.search(level(passage.text))
    return passage if fits else None


def _goes_on(draft: Draft, title: Passage, part: Part) -> bool:
    """Whether a title over several headings is not finished: "… ON THE", "THE SALE OF CHILDREN …"."""
    last = title.text.split()[-1].casefold()
    unfinished = any(last in language.words for language in draft.vocabulary.languages.values())
    return unfinished and bool(part.passage) and not _names_session(draft, part.passage)  # type: ignore[arg-type]


def _names_session(draft: Draft, passage: Passage) -> bool:
    return bool(draft.family and draft.family.session.search(level(passage.text)))


def _set_title(draft: Draft, passage: Passage, used: list[Part]) -> None:
    draft.title = passage
    for part in used:
        part.kind, part.level = BlockKind.TITLE, 1
    for part in draft.body:
        if part.first < used[0].first:
            part.kind, part.rule = BlockKind.MASTHEAD, "masthead"


def find_session_line(draft: Draft) -> None:
    """The lines under the title that name the session, and a date on a line of its own beside them."""
    if draft.family is None or draft.family.mechanism:
        return
    after = [part for part in draft.body if not draft.title or part.first > draft.title.pieces[-1].line][:6]
    found: list[Part] = []
    for part in after:
        text = level(part.text)
        named = len(text) < 250 and draft.family.session.search(text)
        if named or (found and part.first - found[-1].last <= 2 and _only_a_date(draft, text)):
            found.append(part)
        elif found:
            break
    if found:
        draft.session_line = Passage.joined(draft.source, [part.passage for part in found if part.passage])
        for part in found:
            part.kind = BlockKind.SESSION_LINE


def _only_a_date(draft: Draft, text: str) -> bool:
    dates = draft.vocabulary.dates.find(text)
    return bool(dates) and len(text) - (dates[0].end - dates[0].start) <= 3
