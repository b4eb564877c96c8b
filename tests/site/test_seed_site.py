"""The site of the first report, as a visitor and a program meet it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from posixpath import normpath

import pytest
from addresses import ARCADIA_PAGES, DATA_FILES, SEED_PAGES
from building import INVENTED, ROOT, WITH_INVENTED, Built, Order, site
from reading_back import Element, content, dialogue, kind, line_text, page, permalink, said, speaker, turns

from generator.text.normaliser import join, normalise
from generator.text.source import LINE_END

SEED = ROOT / "content/sources/lao-pdr-opsc-69.md"
EXAMINATION = "countries/lao/opsc-69/"
SOURCE = f"{EXAMINATION}source/"
OPINION = "apparent ingenuousness"
ELSEWHERE = {"TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1", "LANG": "C"}


@site
def project_site_by_mkdocs(_folder: Path) -> Order:
    """The same site by mkdocs' own command, in another time zone and with another order of hashes."""
    return Order(command=("mkdocs", "build", "--quiet"), env={**ELSEWHERE, "PYTHONHASHSEED": "2"})


@site
def arcadia_site_reversed(_folder: Path) -> Order:
    """The invented corpus again, elsewhere, its files named one by one from the last to the first."""
    files = sorted((INVENTED / "sources").glob("*.md"), reverse=True)
    return Order((*WITH_INVENTED, "--sources", *files), env={**ELSEWHERE, "PYTHONHASHSEED": "1"})


def everything_said(built: Built) -> list[tuple[str, Element]]:
    """Every statement on every page, with the page's address."""
    return [(address, turn) for address, tree in built.pages.items() for turn in turns(tree)]


def counted(built: Built, **only: str) -> Counter[str]:
    """Statements by kind that the indexes hold: sure enough, and not the author's."""
    return Counter(
        one["kind"]
        for one in built.statements
        if one["kind"] not in ("procedural", "background")
        and one["confidence"] != "low"
        and one["speaker"] != "author"
        and all(one[key] == value for key, value in only.items())
    )


_KIND_OF = {
    "concern": "concern concerns",
    "recommendation": "recommendation recommendations",
    "positive": "positive-aspect positive-aspects",
    "question": "question questions",
    "reply": "reply replies",
    "commitment": "commitment commitments",
}


def tally(tree: Element) -> Counter[str]:
    """The counts a list of kinds on a page states."""
    found: Counter[str] = Counter()
    for item in (tree if "s-tally" in tree.classes else tree.one("ul", "s-tally")).all("li"):
        number, words = item.words.split(" ", 1)
        (kind,) = (kind for kind, forms in _KIND_OF.items() if words.replace(" ", "-") in forms.split())
        found[kind] += int(number)
    return found


# --- pages --------------------------------------------------------------------------------------------------------


def test_building_ends_well_and_says_what_it_did(seed_site: Built) -> None:
    assert seed_site.status == 0, seed_site.stderr
    number = len(seed_site.statements)
    said_last = seed_site.stderr.splitlines()[-1]
    assert re.match(rf"1 documents?, {number} statements, {len(seed_site.pages)} pages; .* 0 errors, ", said_last)
    assert seed_site.stdout == ""


@pytest.mark.parametrize(("kind", "address"), SEED_PAGES.items(), ids=SEED_PAGES)
def test_each_type_of_page_stands_at_its_address(seed_site: Built, kind: str, address: str) -> None:
    tree = page(seed_site.site, address)
    assert tree.one("h1").words
    assert tree.one("head").one("title").words.endswith("Sessional"), kind


@pytest.mark.parametrize("name", DATA_FILES)
def test_data_files_stand_at_their_address(seed_site: Built, name: str) -> None:
    assert (seed_site.site / name).stat().st_size > 0


def test_checksums_of_the_data_are_right(seed_site: Built) -> None:
    data = seed_site.site / "data"
    files = [path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()]
    lines = (data / "SHA256SUMS").read_text().splitlines()
    assert [line.split("  ") for line in lines] == [
        [hashlib.sha256((data / name).read_bytes()).hexdigest(), name]
        for name in sorted(set(files) - {"SHA256SUMS", "index.html", "themes.jsonld", "themes.ttl"})
    ]


def test_titles_and_descriptions_are_filled_in_everywhere(seed_site: Built) -> None:
    for path in seed_site.site.rglob("*.html"):
        assert "SENTINEL" not in path.read_text(encoding="utf-8")
    for address, tree in seed_site.pages.items():
        described = [m.attributes["content"] for m in tree.all("meta") if m.attributes.get("name") == "description"]
        assert len(described) == 1, address
        assert described[0], address


def test_the_tab_of_the_part_a_page_belongs_to_is_marked(seed_site: Built) -> None:
    for address, tab in (
        (EXAMINATION, "Countries"),
        ("themes/trafficking/", "Themes"),
        ("concerns/", "Concerns"),
        ("about/sources/", "About"),
        ("", "Home"),
    ):
        links = page(seed_site.site, address).one("nav", "s-tabs").all("a")
        marked = {link.words: link.attributes["aria-current"] for link in links if "aria-current" in link.attributes}
        assert marked == {tab: "page" if address in ("", "concerns/") else "true"}, address


def test_pages_are_no_larger_than_they_need_be(seed_site: Built) -> None:
    """30 KiB a page, statements apart – PRODUCT's figure, theme included –, but for lists of what there is."""
    without_statements = [
        address
        for address, tree in seed_site.pages.items()
        if not turns(tree) and not address.endswith(("404.html", "/brief/", "/threads/"))
    ]
    sizes = {address: (seed_site.site / address / "index.html").stat().st_size for address in without_statements}
    lists = (SOURCE, "about/diagnostics/", "about/glossary/", "countries/", "data/")
    assert {a: size for a, size in sizes.items() if size > 30 * 1024 and a not in lists} == {}


# --- whose words --------------------------------------------------------------------------------------------------


def test_the_authors_opinion_is_never_the_committees(seed_site: Built) -> None:
    shown = [(address, turn) for address, turn in everything_said(seed_site) if OPINION in turn.text]
    assert EXAMINATION in {address for address, _ in shown}
    for address, turn in shown:
        assert "a" in turn.classes, address
        assert speaker(turn).startswith("Child Rights Connect, not the Committee"), address
        assert kind(turn) == "Author’s view", address


def test_the_authors_opinion_stands_nowhere_among_concerns(seed_site: Built) -> None:
    for path in (seed_site.site / "concerns").rglob("*.html"):
        assert OPINION not in path.read_text(encoding="utf-8"), path
    assert not any(OPINION in script for script in seed_site.search.values())


def test_measures_that_nobody_tells_are_not_put_into_the_delegations_mouth(seed_site: Built) -> None:
    told_by_nobody = {
        one["id"]: one
        for one in seed_site.statements
        if any(span["line"] in {*range(59, 66), 79} for span in one["source"]["spans"])
    }
    assert len(told_by_nobody) > 8
    assert not {"delegation", "committee"} & {one["speaker"] for one in told_by_nobody.values()}
    for address, turn in everything_said(seed_site):
        if permalink(turn) in told_by_nobody:
            assert "delegation" not in speaker(turn).casefold(), address
    for card in dialogue(page(seed_site.site, EXAMINATION)):
        if {turn.id for turn in card} & told_by_nobody.keys():
            assert not any(speaker(turn).startswith("Delegation") for turn in card)


def test_worried_citizens_are_no_concern_of_the_committee(seed_site: Built) -> None:
    shown = [turn for _, turn in everything_said(seed_site) if "concerned citizens" in turn.text]
    assert {kind(turn) for turn in shown} == {"Reply"}
    for address, tree in seed_site.pages.items():
        assert "concerned citizens" not in tree.text or not address.startswith("concerns/")


def test_every_statement_names_its_kind_and_speaker_wherever_it_stands(seed_site: Built) -> None:
    by_id = {one["id"]: one for one in seed_site.statements}
    names = {
        "committee": "Committee",
        "delegation": "Delegation",
        "state": "State",
        "author": "Child Rights Connect, not the Committee",
        "unattributed": "Speaker not named",
    }
    shown = everything_said(seed_site)
    assert len(shown) > 2 * len(by_id)
    for address, turn in shown:
        one = by_id[permalink(turn)]
        assert speaker(turn).startswith(names[one["speaker"]]), address
        assert said(turn) == one["text"], address


def test_words_of_another_voice_are_marked_inside_a_sentence(seed_site: Built) -> None:
    (reply,) = (
        t for t in turns(page(seed_site.site, EXAMINATION)) if said(t).startswith("The delegation stated that during")
    )
    inner = reply.one("span", "i")
    assert inner.text == "the Committee pointed out how low this number is in reality"
    assert {"b", "concern"} <= inner.classes
    # It is a statement of its own, and this is its place: what it is and who says it stands under the sentence.
    (line,) = reply.all("p", "n")
    assert line.one("span").words == "Concern Committee in reaction told inside another sentence"
    assert line.hrefs[-1] == f"#{inner.id}"


def test_silence_is_said_with_care(seed_site: Built) -> None:
    for address in (EXAMINATION, "countries/lao/", "sessions/crc-69/", "questions/", "themes/training-professionals/"):
        text = content(seed_site.site, address).words.casefold()
        assert not re.search(r"\b(?:refused|silent|failed to|evaded|ignored)\b", text), address


def test_counts_are_called_no_score(seed_site: Built) -> None:
    counting = [address for address, tree in seed_site.pages.items() if tree.all(cls="s-tally")]
    assert {EXAMINATION, "", "countries/lao/"} <= set(counting)
    assert "not a score" in content(seed_site.site, "sessions/crc-69/").words
    assert [address for address in counting if "not a score" not in content(seed_site.site, address).words] == []


# --- proof --------------------------------------------------------------------------------------------------------


def test_the_source_is_the_file_that_was_received() -> None:
    digest = hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert digest == "0cc15d5b7edaa50bbfd291f51e94f7dfe0de0e48ca46ee05cc6c447bed44fd75"


def test_every_statement_stands_on_its_examination_page_under_its_id(seed_site: Built) -> None:
    tree = page(seed_site.site, EXAMINATION)
    shown = {turn.id: said(turn) for turn in turns(tree)}
    shown |= {inner.id: inner.text for inner in tree.all("span", "i")}
    assert shown == {one["id"]: one["text"] for one in seed_site.statements}


def test_every_statement_opens_its_words_in_the_source(seed_site: Built) -> None:
    tree = page(seed_site.site, SOURCE)
    lines = {int(item.id[1:]): item for item in tree.one("ol", "s-source").all("li")}
    anchors = {one.id: number for number, item in lines.items() for one in item.walk() if one.id}
    assert anchors == {one["id"]: one["source"]["spans"][0]["line"] for one in seed_site.statements}


def test_spans_sliced_from_the_file_give_the_text(seed_site: Built) -> None:
    lines = LINE_END.split(SEED.read_text(encoding="utf-8"))
    for one in seed_site.statements:
        raw = [(s["line"], False, lines[s["line"] - 1][s["col_start"] : s["col_end"]]) for s in one["source"]["spans"]]
        assert normalise(join(raw)) == one["text"]
        assert one["source"]["path"] == SEED.name
        assert one["source"]["sha256"] == hashlib.sha256(SEED.read_bytes()).hexdigest()


def test_the_source_page_holds_every_line_as_received(seed_site: Built) -> None:
    shown = [line_text(item) for item in page(seed_site.site, SOURCE).one("ol", "s-source").all("li")]
    assert shown == LINE_END.split(SEED.read_text(encoding="utf-8"))


def test_marks_in_the_source_lead_back_to_their_statements(seed_site: Built) -> None:
    source = page(seed_site.site, SOURCE).one("ol", "s-source")
    marks = [mark for mark in source.all("a") if mark.classes]
    led_to = {mark.attributes["href"].split("#")[1] for mark in marks}
    assert led_to == {one["id"] for one in seed_site.statements}
    assert {mark.attributes["href"].split("#")[0] for mark in marks} == {"../index.html"}
    # One link each: what goes on behind a statement inside, or on the next line, is only marked.
    assert len(marks) == len(led_to)
    assert [mark.text for mark in source.all("b")]
    # A full stop left over is too small to press.
    assert all(any(map(str.isalnum, mark.text)) for mark in marks)


# --- totals -------------------------------------------------------------------------------------------------------


def test_totals_agree_everywhere(seed_site: Built) -> None:
    kinds = counted(seed_site)
    assert kinds["concern"] > 0
    for address in (EXAMINATION, "countries/lao/", "sessions/crc-69/", "treaties/opsc/", "countries/"):
        lists = page(seed_site.site, address).all("ul", "s-tally")
        assert [tally(one) for one in lists] == [kinds] * len(lists), address
    home = content(seed_site.site, "")
    assert [tally(one) for one in home.all("ul", "s-tally")] == [kinds, kinds]
    assert f"1 document on 1 examination of 1 State; {kinds.total()} statements" in home.words
    for name, address in (("concern", "concerns/"), ("recommendation", "recommendations/")):
        total = content(seed_site.site, address).all("strong")[0].words
        assert int(total) == kinds[name]


@pytest.mark.parametrize(("kind", "address"), [("concern", "concerns"), ("recommendation", "recommendations")])
def test_an_index_holds_what_its_counts_say(arcadia_site: Built, kind: str, address: str) -> None:
    listed: set[str] = set()
    for item in content(arcadia_site.site, f"{address}/").all("li"):
        theme = item.one("a").attributes["href"].split("/")[-2]
        number, states = map(int, re.search(r"(\d+) \w+, (\d+) States?$", item.words).groups())
        tree = content(arcadia_site.site, f"{address}/{theme}/")
        assert len(turns(tree)) == number, theme
        assert len(tree.all("section", "g")) == states, theme
        listed |= {permalink(turn) for turn in turns(tree)}
    assert len(listed) == counted(arcadia_site)[kind]


def test_totals_of_several_examinations_agree(arcadia_site: Built) -> None:
    kinds = counted(arcadia_site)
    assert tally(content(arcadia_site.site, "").all("ul", "s-tally")[-1]) == kinds
    of_states = {code: counted(arcadia_site, state=code) for code in ("XAR", "XFR", "XRU")}
    assert sum(of_states.values(), Counter()) == kinds
    for code, expected in of_states.items():
        country = content(arcadia_site.site, f"countries/{code.lower()}/")
        assert tally(country.one(cls="s-rail").one("ul", "s-tally")) == expected
    grid = content(arcadia_site.site, "sessions/crc-101/").one("table", "s-grid").one("tbody")
    assert [row.one("th").words for row in grid.all("tr")] == ["Arcadia (CRC)", "Ruritania (CRC)"]


def test_the_search_index_holds_what_the_indexes_hold(arcadia_site: Built) -> None:
    read = re.compile(r'__sessionalSearch\("(\w+)",\d+,(.*)\);\n')
    files = [read.fullmatch(script).groups() for script in arcadia_site.search.values()]
    (meta,) = (json.loads(data) for kind, data in files if kind == "meta")
    rows = [row for kind, data in files if kind == "d" for row in json.loads(data)[1] if row and len(row) > 3]
    assert meta["statements"] == len(rows) == counted(arcadia_site).total()
    assert f"{len(rows)} statements" in content(arcadia_site.site, "search/").words


# --- links --------------------------------------------------------------------------------------------------------


def links_of(built: Built, address: str) -> set[str]:
    """What the content of a page links to, as addresses with anchors."""
    found = set()
    for href in content(built.site, address).hrefs:
        path, _, anchor = href.partition("#")
        target = normpath(address + path) if path else f"{address}index.html"
        found.add(target.removesuffix("index.html") + (f"#{anchor}" if anchor else ""))
    return found


def held_by(turn: Element) -> set[str]:
    """The ids of a card: its own, and those of what is told inside it."""
    return {turn.id, *(inner.id for inner in turn.all("span", "i"))}


def test_links_between_statements_and_themes_go_both_ways(seed_site: Built) -> None:
    for one in seed_site.statements:
        place = f"{EXAMINATION}#{one['id']}"
        (turn,) = (t for t in turns(page(seed_site.site, EXAMINATION)) if one["id"] in held_by(t))
        for theme in one["themes"]:
            assert f"../../../themes/{theme}/index.html" in turn.hrefs
            # A concern or a recommendation stands in the index of its kind, to which the theme leads.
            told = links_of(seed_site, f"themes/{theme}/")
            indexes = {f"{kind}/{theme}/" for kind in ("concerns", "recommendations")} & told
            assert any(place in links for links in (told, *(links_of(seed_site, one) for one in indexes)))


@pytest.mark.parametrize(
    "address",
    [
        "sessions/crc-69/",
        "treaties/opsc/",
        "countries/lao/",
        "people/jorge-cardona-llorens/",
        "people/khammoune-viphongxay/",
    ],
)
def test_links_between_an_examination_and_its_places_go_both_ways(seed_site: Built, address: str) -> None:
    assert address in links_of(seed_site, EXAMINATION)
    assert EXAMINATION in links_of(seed_site, address)


def test_an_examination_links_to_the_ones_before_and_after(arcadia_site: Built) -> None:
    earlier, later = "countries/xar/crc-101/", "countries/xar/opsc-102/"
    assert later in links_of(arcadia_site, earlier)
    assert earlier in links_of(arcadia_site, later)


def test_replies_and_what_they_answer_name_each_other(seed_site: Built, arcadia_site: Built) -> None:
    for built in (seed_site, arcadia_site):
        answered = {(one["id"], other) for one in built.statements for other in one["answered_by"]}
        replies = {(other, one["id"]) for one in built.statements for other in one["replies_to"]}
        assert answered == replies
        assert answered


def test_a_reply_stands_in_the_card_of_what_it_answers(seed_site: Built) -> None:
    cards = [set().union(*map(held_by, card)) for card in dialogue(page(seed_site.site, EXAMINATION))]
    for one in seed_site.statements:
        for other in one["replies_to"]:
            assert any({one["id"], other} <= card for card in cards)


def test_nothing_asks_another_host(seed_site: Built, arcadia_site: Built) -> None:
    loads = "src srcset action data poster background formaction ping manifest style"
    for address, tree in (*seed_site.pages.items(), *arcadia_site.pages.items()):
        for element in tree.walk():
            wanted = {name: value for name, value in element.attributes.items() if name in loads.split()}
            if element.tag in ("link", "use", "image", "base"):
                wanted["href"] = element.attributes.get("href", "")
            if element.tag == "meta" and "http-equiv" in element.attributes:
                wanted["content"] = element.attributes["content"]
            for value in wanted.values():
                assert not re.search(r"(?:https?:)?//", value), f"{address}:{element.line}"


def test_every_relative_link_leads_to_a_file_and_a_place(arcadia_site: Built) -> None:
    """Checked by other means than the build's own check."""
    ids = {address: [e.id for e in tree.walk() if e.id] for address, tree in arcadia_site.pages.items()}
    for address, tree in arcadia_site.pages.items():
        assert len(ids[address]) == len(set(ids[address])), address
        for href in tree.hrefs if address != "404.html" else ():
            if href.startswith(("https://undocs.org/", "https://creativecommons.org/")):
                continue  # a document at the United Nations, by its symbol; the licence of the data
            path, _, anchor = href.partition("#")
            target = normpath(address + path.partition("?")[0]) if path else f"{address}index.html"
            assert (arcadia_site.site / target).is_file(), f"{address}: {href}"
            assert not anchor or anchor in ids[target.removesuffix("index.html")], f"{address}: {href}"


# --- the same bytes -----------------------------------------------------------------------------------------------


def different(one: Built, other: Built) -> list[str]:
    """Names of files that are not in both, or not the same."""
    return sorted({name for name, _ in one.digests.items() ^ other.digests.items()})


def test_mkdocs_build_gives_the_same_bytes(project_site: Built, project_site_by_mkdocs: Built) -> None:
    assert project_site_by_mkdocs.status == 0, project_site_by_mkdocs.stderr
    assert different(project_site, project_site_by_mkdocs) == []


def test_building_again_gives_the_same_bytes_in_whatever_order_of_sources(
    arcadia_site: Built, arcadia_site_reversed: Built
) -> None:
    assert arcadia_site_reversed.status == arcadia_site.status == 1
    assert different(arcadia_site, arcadia_site_reversed) == []


def test_all_pages_of_the_invented_corpus_are_there(arcadia_site: Built) -> None:
    assert [
        kind for kind, address in ARCADIA_PAGES.items() if not (arcadia_site.site / address / "index.html").is_file()
    ] == []


# --- with a public address ----------------------------------------------------------------------------------------


def test_without_a_public_address_nothing_is_absolute(seed_site: Built) -> None:
    for address, tree in seed_site.pages.items():
        assert not [link for link in tree.all("link") if link.attributes["rel"] == "canonical"], address
    assert not (seed_site.site / "sitemap.xml").exists()


def test_with_a_public_address_each_page_names_its_own(seed_site_published: Built) -> None:
    assert seed_site_published.status == 0, seed_site_published.stderr
    for address in SEED_PAGES.values():
        (link,) = (e for e in page(seed_site_published.site, address).all("link") if e.attributes["rel"] == "canonical")
        assert link.attributes["href"].removesuffix("index.html") == f"https://example.org/crc/{address}"


def test_the_site_map_lists_every_page(seed_site_published: Built) -> None:
    listed = re.findall(
        r"<loc>https://example\.org/crc/([^<]*)</loc>", (seed_site_published.site / "sitemap.xml").read_text()
    )
    assert sorted(listed) == sorted(seed_site_published.pages.keys() - {"404.html"})


def test_a_public_address_changes_heads_and_citations_only(seed_site: Built, seed_site_published: Built) -> None:
    def uncited(site: Path, address: str) -> str:
        found = content(site, address)
        left = found.text
        for cited in (*found.all(cls="s-cite"), *found.all("template")):
            left = left.replace(cited.text, "")
        return left

    for address in (EXAMINATION, SOURCE, "themes/trafficking/"):
        assert uncited(seed_site.site, address) == uncited(seed_site_published.site, address)
