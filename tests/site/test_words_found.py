"""What is copied from a statement finds it, in any script, and whichever way a compound is written; hits are marked."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from building import ROOT, WITH_INVENTED, Built, Order, site
from patience import milliseconds

from generator.search.words import split
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MARK = re.compile("[\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099]")
Find = Callable[[Sequence[str]], list[list[str]]]

# For each query the ids of what it finds, and the parts of each text that are marked.
FOUND = """queries => Promise.all(queries.map(async query => {
  const result = await SessionalSearch.search({query});
  return (await SessionalSearch.records(SessionalSearch.best(result, 1e9))).map(one => one.id);
}))"""


@site
def scripts_site(_folder: Path) -> Order:
    """Two invented reports that quote many scripts and write compounds in every way."""
    return Order(("--sources", ROOT / "tests/search/sources", *WITH_INVENTED))


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """A page without network, in which no script may fail."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_default_timeout(milliseconds(20))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def finder(page: Page, built: Built) -> Find:
    """Asks the search page of a site many queries at once."""
    page.goto(f"{built.site.as_uri()}/search/index.html")
    return lambda queries: page.evaluate(FOUND, list(queries))


def texts(built: Built) -> dict[str, str]:
    """The words of the statements that are searched, by id."""
    return {
        one["id"]: one["text"]
        for one in built.statements
        if one["confidence"] != "low" and one["kind"] not in ("background", "procedural")
    }


# A query, and a part of the text of every statement that it finds.
QUERIES = {
    "whistleblower": "whistleblowers in|whistle‐blowing was|whistle-blowers.",
    "whistle-blowers": "whistleblowers in|whistle‐blowing was|whistle-blowers.",
    "whistle‑blower": "whistleblowers in|whistle‐blowing was|whistle-blowers.",
    '"whistleblowers in the police"': "whistleblowers in",
    '"whistle-blowers in the police"': "whistleblowers in",
    '"protect whistleblowers"': "whistleblowers in|whistle-blowers.",
    '"protect whistle-blowers"': "whistleblowers in|whistle-blowers.",
    "selfhelp": "selfhelp groups|self-help telephone",
    "self-help": "selfhelp groups|self-help telephone",
    "self‐help": "selfhelp groups|self-help telephone",
    '"selfhelp telephone-line"': "self-help telephone",
    '"self help groups"': "",
    "re-entry scheme": "re-entry and reentry",
    "reentry scheme": "re-entry and reentry",
    "nondiscrimination": "non‑discrimination",
    "non-discrimination": "non‑discrimination",
    "decision-making": "decision making|decision-making",
    "decisionmaking": "decision-making had",
    '"decision making"': "decision making|decision-making",
    "telephone-line": "telephone-line",
    "telephone line": "telephone-line",
    "prosecution": "of traﬃckers",
    "pros\u00adecution": "of traﬃckers",
    "traffickers": "of traﬃckers|trafficking",
    "traﬃckers": "of traﬃckers|trafficking",
    "office": "oﬀice",
    "oﬀice": "oﬀice",
    "trafficking": "of traﬃckers|trafficking",
    "traf[U+200B]ficking": "of traﬃckers|trafficking",
    "traf\u200bficking": "of traﬃckers|trafficking",
    "14/2023": "No. 14/2023",
    "A_B%": "No. 14/2023",
    "#9": "No. 14/2023",
    "{plan}": "No. 14/2023",
    "=SUM(A1)": "=SUM",
    "mid-2027": "mid-2027",
    "Brünhild Ōtsuka-Faleńska": "(大塚)|Ms. Brunhild",
    "Brunhild Otsuka-Falenska": "(大塚)|Ms. Brunhild",
    "Otsuka-Falenska": "(大塚)|Ms. Brunhild",
    "Łukasz Żółć": "Lukasz Zolc",
    "lukasz zolc": "Lukasz Zolc",
    "ສິດທິຂອງເດັກ": "ສິດທິ",
    "ເດັກໃນປະເທດລາວ": "ສິດທິ",
    "ສະຫວັດດີການ": "ສະຫວັດ",
    "ດີການ ສະຫວັດ": "ສະຫວັດ",
    "ການສະ": "",
    "น้ำสะอาด": "เด็กทุกคน",
    "เด็ก": "เด็กทุกคน",
    "अधिकार": "बालकों",
    "क़ानून": "बालकों",
    "बालकों के अधिकार": "बालकों",
    "बालक": "",
    "حقوق الطفل": "حُقُوقُ|حقوق",
    "حُقُوقُ الطِّفْلِ": "حُقُوقُ|حقوق",
    '"حقوق الطفل أولا"': "حُقُوقُ|حقوق",
    "大塚": "(大塚)",
    "塚": "(大塚)",
    "大": "(大塚)",
    "权利": "儿童权利",
    "公约是什么": "儿童权利",
    "利权": "",
    "かるか": "",
    "がわかる": "こどもの権利",
    "か\u3099わかる": "こどもの権利",
    "សិទ្ធិ": "កុមារមាន",
    "အခွင့်အရေး": "ကလေးသူငယ်",
    "아동의 권리": "아동의",
    "권리": "아동의",
    "\u1100\u116f\u11ab\u1105\u1175": "아동의",
    '"ສິດທິຂອງເດັກ printed"': "",
    '"ປະເທດລາວ had not been printed"': "ສິດທິ",
}


def test_a_query_finds_each_way_of_writing(screen: Page, scripts_site: Built) -> None:
    known = texts(scripts_site)
    expected = {
        query: {id_ for id_, text in known.items() if any(part in text for part in parts.split("|") if part)}
        for query, parts in QUERIES.items()
    }
    assert all(expected[query] for query, parts in QUERIES.items() if parts)
    found = finder(screen, scripts_site)(list(QUERIES))
    assert dict(zip(QUERIES, map(set, found), strict=True)) == expected


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("selfhelp", {"selfhelp", "self-help"}),
        ("self-help", {"selfhelp", "self-help"}),
        ("whistle-blower", {"whistleblowers", "whistle‐blowing", "whistle-blowers"}),
        ("decision-making", {"decision making", "decision-making"}),
        ('"protect whistleblowers"', {"protect whistleblowers", "protect whistle-blowers"}),
        ("office", {"oﬀice"}),
        ("traffickers", {"traﬃckers", "trafficking"}),
        ("ເດັກໃນ", {"ເດັກໃນ"}),
        ("น้ำสะอาด", {"น้ำสะอาด"}),
        ("अधिकार", {"अधिकार"}),
        ("حقوق", {"حُقُوقُ", "حقوق"}),
        ("权利公约", {"权利公约"}),
        ("大", {"大"}),
        ("塚", {"塚"}),
        ("권리", {"권리"}),
        ("Zolc", {"Zolc", "Żółć"}),
    ],
)
def test_what_was_found_is_marked(screen: Page, scripts_site: Built, query: str, marks: set[str]) -> None:
    screen.goto(f"{scripts_site.site.as_uri()}/search/index.html?q={quote(query)}")
    screen.locator("#s-searched[data-done]").wait_for()
    assert set(screen.locator("#s-results mark").all_text_contents()) == marks


def test_a_person_is_found_with_and_without_accents(screen: Page, scripts_site: Built) -> None:
    for query in ("Brunhild Otsuka-Falenska", "Brünhild Ōtsuka-Faleńska"):
        screen.goto(f"{scripts_site.site.as_uri()}/search/index.html?q={quote(query)}")
        screen.locator("#s-searched[data-done]").wait_for()
        assert "Brünhild Ōtsuka-Faleńska" in screen.locator("#s-pages").inner_text()


def test_it_says_that_a_compound_is_searched_in_every_way(screen: Page, scripts_site: Built) -> None:
    screen.goto(f"{scripts_site.site.as_uri()}/search/index.html?q=decision-making")
    screen.locator("#s-searched[data-done]").wait_for()
    assert screen.locator("#s-searched").inner_text() == "2 statements for decision-making OR “decision making”."


# --- what is copied finds where it was copied ------------------------------------------------------------------------


def runs(known: Mapping[str, str], count: int, small: frozenset[str]) -> list[tuple[str, str]]:
    """Runs of one to four words, each with the id of its statement; not those that only have words left out."""
    chosen, found = random.Random(7), []  # noqa: S311 - the same runs every time
    for id_, text in known.items():
        words = text.split()
        for _ in range(count):
            first = chosen.randrange(len(words))
            run = words[first : first + chosen.randint(1, 4)]
            if not small.issuperset(split(" ".join(run)).places):
                found.append((id_, " ".join(run)))
    return found


def small_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that are not searched outside a phrase."""
    return frozenset().union(*vocabulary.search.stop.values())


def all_found(find: Find, copied: Sequence[tuple[str, str]]) -> None:
    """Every query finds the statement it is given with."""
    assert len(copied) > 100
    found = find([query for _, query in copied])
    assert [(id_, query) for (id_, query), ids in zip(copied, found, strict=True) if id_ not in ids] == []


def as_phrases(copied: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same in quotation marks, where they hold none of their own."""
    return [(id_, f'"{run}"') for id_, run in copied if not set(run) & set('"“”„«»')]


def test_every_run_of_words_of_the_projects_reports_finds_its_statement(
    screen: Page, vocabulary: Vocabulary, project_site: Built
) -> None:
    find, copied = finder(screen, project_site), runs(texts(project_site), 4, small_words(vocabulary))
    all_found(find, copied)
    all_found(find, as_phrases(copied))


def test_every_run_of_words_of_many_scripts_finds_its_statement(
    screen: Page, vocabulary: Vocabulary, scripts_site: Built
) -> None:
    find, copied = finder(screen, scripts_site), runs(texts(scripts_site), 20, small_words(vocabulary))
    all_found(find, copied)
    all_found(find, as_phrases(copied))


def test_every_part_of_a_word_without_spaces_finds_its_statement(screen: Page, scripts_site: Built) -> None:
    """Wherever a reader begins and ends to copy, between two letters with their marks."""
    find, known = finder(screen, scripts_site), texts(scripts_site)
    copied = []
    for id_, text in known.items():
        for word in re.findall("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]+", text):
            # What stands on the letter before it is decomposed into a mark, and more.
            ends = [n for n, one in enumerate(word) if not MARK.match(unicodedata.normalize("NFKD", one))]
            ends.append(len(word))
            copied += [(id_, word[first:end]) for n, first in enumerate(ends) for end in ends[n + 1 : n + 6]]
    all_found(find, copied)
