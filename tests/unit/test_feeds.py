"""Feeds: what an entry tells, whose words it quotes, what is left out; Atom as its standard asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest
from invented import EXCHANGE, SESSION, examination, fact, report, say, told

from generator.corpus import assemble
from generator.exports.feeds import MOST, page_feeds, site_feeds
from generator.pages import plan
from generator.pages.stamps import Stamps
from generator.vocabulary import Vocabulary

ATOM = "{http://www.w3.org/2005/Atom}"
TRAFFICKING = "themes/trafficking/"
CONCERN = "The Committee was concerned about the lack of data on trafficking."


def planned(vocabulary: Vocabulary, *documents, site_url: str | None = None):
    return plan(assemble(documents)[0], vocabulary, site_url=site_url)


def made(site, address: str) -> dict[str, bytes]:
    """The feeds of a page of a plan."""
    (page,) = [one for one in site.pages if one.address == address]
    return dict(page_feeds(site.views, page))


def atom(site, address: str = TRAFFICKING) -> ElementTree.Element:
    return ElementTree.fromstring(made(site, address)[f"{address}feed.xml"])  # noqa: S314 - our own


def entries(site, address: str = TRAFFICKING) -> list[dict[str, str]]:
    """The entries of a feed, each by the names of its elements; the link by its address."""
    return [
        {one.tag.removeprefix(ATOM): one.text or one.get("href") for one in entry}
        for entry in atom(site, address).iter(f"{ATOM}entry")
    ]


def about(statement: str = CONCERN, day: str | None = "2026-01-14", session: str = "101", **how):
    """A document that says something on trafficking; `of` is its State, `kind_said` what it says."""
    said = how.pop("kind_said", "concern")
    facts = examination(how.pop("of", "XAR"), session=session, date=fact(day) if day else None)
    how.setdefault("path", f"{facts.key}.md")
    return told(say(statement, said, themes=("trafficking",)), facts=(facts,), **how)


# --- what stands in a feed ----------------------------------------------------------------------------------------


def test_an_entry_is_what_one_examination_gives_to_a_page(invented_vocabulary) -> None:
    site = planned(invented_vocabulary, about(), about(of="XFR", session="102", day="2026-05-12"))
    latest, first = entries(site)
    assert latest["title"] == "Freedonia, CRC, 102th session: 1 concern"
    assert first["title"] == "Arcadia, CRC, 101th session: 1 concern"
    assert (latest["updated"], first["updated"]) == ("2026-05-12T00:00:00Z", "2026-01-14T00:00:00Z")
    assert latest["link"] == "index.html#xfr"
    assert "1 concern (Committee)" in latest["summary"]
    assert "Source: The Author. A badge." in latest["summary"]


def test_a_quotation_says_whose_words_it_is(invented_vocabulary) -> None:
    (entry,) = entries(planned(invented_vocabulary, about()))
    assert f"Concern, Committee: “{CONCERN}”" in entry["summary"]
    assert entry["summary"].count("“") == 1


@pytest.mark.parametrize("how", [{"source_text": "none"}, {"kind": "digest"}])
def test_what_may_not_be_shown_or_is_our_paraphrase_is_not_quoted(invented_vocabulary, how) -> None:
    for name, data in made(planned(invented_vocabulary, about(**how)), TRAFFICKING).items():
        assert b"lack of data" not in data, name
        assert b"1 concern (Committee)" in data


def test_long_words_are_not_quoted_in_part(invented_vocabulary) -> None:
    (entry,) = entries(planned(invented_vocabulary, about("The Committee regretted trafficking. " * 20)))
    assert "regretted" not in entry["summary"]


def test_the_authors_view_is_not_the_committees(invented_vocabulary) -> None:
    opinion = say("This is not enough against trafficking.", speaker="author", themes=("trafficking",))
    document = told(opinion, facts=(examination(date=fact("2026-01-14")),))
    (entry,) = entries(planned(invented_vocabulary, document))
    assert "1 statement that no index counts" in entry["summary"]
    assert "Committee" not in entry["summary"]
    assert "not enough" not in entry["summary"]


# --- days ---------------------------------------------------------------------------------------------------------


def test_without_a_day_the_session_dates_an_entry_and_that_is_said(invented_vocabulary) -> None:
    (entry,) = entries(planned(invented_vocabulary, about(day=None)))
    assert entry["updated"] == "2026-01-30T00:00:00Z"
    assert "day of the examination is not recorded" in entry["summary"]
    assert "last day of the session, 30 January 2026" in entry["summary"]


@pytest.mark.parametrize("day", [None, "2027", "2027-03"])
def test_without_any_day_an_examination_is_left_out_and_counted(invented_vocabulary, day) -> None:
    site = planned(invented_vocabulary, about(), about(of="XFR", session="177", day=day))
    assert [one["title"] for one in entries(site)] == ["Arcadia, CRC, 101th session: 1 concern"]
    assert "Left out: 1 whose day" in atom(site).find(f"{ATOM}subtitle").text


def test_a_feed_holds_the_latest_and_says_where_the_others_are(invented_vocabulary) -> None:
    number = MOST + 7
    documents = [about(session=str(n), day=f"20{n:02}-03-04", path=f"{n}.md") for n in range(10, 10 + number)]
    site = planned(invented_vocabulary, *documents)
    days = [one["updated"][:10] for one in entries(site)]
    assert days == [f"20{n:02}-03-04" for n in range(9 + number, 9 + number - MOST, -1)]
    assert f"the latest {MOST} of {number}" in atom(site).find(f"{ATOM}subtitle").text


# --- addresses and ids ----------------------------------------------------------------------------------------------


def test_ids_do_not_depend_on_where_the_site_is(invented_vocabulary) -> None:
    here, there = (planned(invented_vocabulary, about(), site_url=url) for url in (None, "https://example.org/a/"))
    assert [one["id"] for one in entries(here)] == [one["id"] for one in entries(there)]
    assert atom(here).find(f"{ATOM}id").text == atom(there).find(f"{ATOM}id").text


def test_no_two_entries_of_a_site_have_one_id(invented_vocabulary) -> None:
    site = planned(invented_vocabulary, about(), about(of="XFR", session="102"))
    ids = [one["id"] for page in site.pages if page.feeds for one in entries(site, page.address)]
    whole = ElementTree.fromstring(dict(site_feeds(site.views))["feed.xml"])  # noqa: S314 - our own
    ids += [one.findtext(f"{ATOM}id") for one in whole.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 7


def test_where_the_site_is_known_addresses_are_whole(invented_vocabulary) -> None:
    files = made(planned(invented_vocabulary, about(), site_url="https://example.org/a/"), TRAFFICKING)
    root = ElementTree.fromstring(files[f"{TRAFFICKING}feed.xml"])  # noqa: S314 - our own
    assert {link.get("href").startswith("https://example.org/a/") for link in root.iter(f"{ATOM}link")} == {True}
    (entry,) = root.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == f"https://example.org/a/{TRAFFICKING}#xar"


# --- the standards --------------------------------------------------------------------------------------------------


def atom_faults(data: bytes) -> list[str]:
    """What RFC 4287 requires and a feed lacks."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - our own
    except ElementTree.ParseError:
        return ["not well-formed"]
    faults = [] if root.tag == f"{ATOM}feed" else ["no feed"]
    for one in (root, *root.iter(f"{ATOM}entry")):
        what = one.tag.removeprefix(ATOM)
        for name in ("id", "title", "updated"):
            found = one.findall(f"{ATOM}{name}")
            if len(found) != 1 or not (found[0].text or "").strip():
                faults.append(f"{what}: not one {name}")
        moment = one.findtext(f"{ATOM}updated", "")
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment):
            faults.append(f"{what}: updated is no moment")
        alternates = [link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        if len(alternates) != 1 or not alternates[0].get("href"):
            faults.append(f"{what}: not one alternate link")
    if root.find(f"{ATOM}author/{ATOM}name") is None:
        faults.append("no author")
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    if len(set(ids)) != len(ids):
        faults.append("an id twice")
    return faults


def all_feeds(publication) -> dict[str, bytes]:
    views = publication.plan.views
    files = {name: data for page in publication.plan.pages for name, data in page_feeds(views, page)}
    return {**files, **dict(site_feeds(views))}


def test_every_atom_feed_is_one(arcadia) -> None:
    feeds = {name: data for name, data in all_feeds(arcadia).items() if name.endswith(".xml")}
    assert len(feeds) > 30
    for name, data in feeds.items():
        assert atom_faults(data) == [], name
        parsed = feedparser.parse(data)
        assert parsed.bozo is False, (name, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        assert parsed.feed.author == "Sessional"
        assert len(parsed.entries) == len(re.findall(b"<entry>", data))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</id>", b"</i>"),
        (b"<id>urn:sessional:feed:themes/trafficking/</id>", b""),
        (b"T00:00:00Z", b""),
        (b"<author>", b"<!-- <author>"),
        (b'rel="alternate"', b'rel="related"'),
        (b"<title>", b"<titel>"),
        (b"<feed xmlns", b"<feed xmlns:a"),
    ],
)
def test_a_broken_atom_feed_is_found(invented_vocabulary, old, new) -> None:
    data = made(planned(invented_vocabulary, about()), TRAFFICKING)[f"{TRAFFICKING}feed.xml"]
    assert old in data
    assert atom_faults(data) == []
    assert atom_faults(data.replace(old, new)) != []


def test_markup_and_control_characters_in_a_source_are_text(invented_vocabulary) -> None:
    words = "The Committee regretted <b>trafficking</b> & \x0b“worse” ]]>."
    files = made(planned(invented_vocabulary, about(words)), TRAFFICKING)
    root = ElementTree.fromstring(files[f"{TRAFFICKING}feed.xml"])  # noqa: S314 - our own
    assert "<b>trafficking</b> & \ufffd“worse” ]]>" in root.findtext(f"{ATOM}entry/{ATOM}summary", "")


# --- which pages ----------------------------------------------------------------------------------------------------


def test_states_themes_and_kinds_are_followed_and_no_other_page(arcadia) -> None:
    followed = {page.template for page in arcadia.plan.pages if page.feeds}
    assert followed == {"kind", "theme", "country", "ledger"}
    addresses = {page.address for page in arcadia.plan.pages if page.feeds}
    kinds = {"concerns/", "recommendations/", "questions/", "commitments/"}
    assert kinds == {one for one in addresses if one.count("/") == 1}
    assert {"countries/xar/", "themes/trafficking/"} <= addresses


def test_pages_that_continue_have_none(invented_vocabulary) -> None:
    documents = [
        about("Trafficking was rare. " * 9, kind_said="reply", session=str(n), day=f"20{n}-03-04", path=f"{n}.md")
        for n in range(10, 60)
    ]
    corpus = assemble(documents)[0]
    pages = plan(corpus, invented_vocabulary, items=20).pages
    cut_up = [page for page in pages if page.address.startswith(TRAFFICKING)]
    assert len(cut_up) > 2
    assert [page.address for page in cut_up if page.feeds] == [TRAFFICKING]


def test_a_feed_tells_of_each_examination_of_a_state(invented_vocabulary) -> None:
    nothing = told(facts=(examination(session="102", date=fact("2026-05-12")),), path="later.md")
    latest, first = entries(planned(invented_vocabulary, about(), nothing), "countries/xar/")
    assert latest["title"] == "Arcadia, CRC, 102th session: no statements"
    assert "none of its statements" in latest["summary"]
    assert latest["link"] == "crc-102/index.html"
    assert first["title"] == "Arcadia, CRC, 101th session: 1 concern"


def test_the_whole_site_is_followed_too(stage) -> None:
    publication = stage.publish({"a.md": report(), "b.md": report("FREEDONIA", EXCHANGE, session=SESSION)})
    files = dict(site_feeds(publication.plan.views))
    assert sorted(files) == ["about/corrections/feed.xml", "feed.xml"]
    parsed = feedparser.parse(files["feed.xml"])
    assert {one.title.split(",")[0] for one in parsed.entries} == {"Arcadia", "Freedonia"}
    assert datetime(*parsed.entries[0].updated_parsed[:6], tzinfo=UTC) == datetime(2026, 5, 25, tzinfo=UTC)


def test_the_files_of_a_page_rest_on_every_examination_they_tell_of(stage) -> None:
    reports, protocol = "STATE PARTY EXAMINATION OF FREEDONIA’S INITIAL REPORTS ON", "THE OPTIONAL PROTOCOL ON THE"
    armed = f"{protocol} INVOLVEMENT OF CHILDREN IN ARMED CONFLICT"
    both = f"{reports} {protocol} SALE OF CHILDREN, CHILD PROSTITUTION AND CHILD PORNOGRAPHY AND ON {armed}"
    more = report("FREEDONIA", "The Committee thanked them.", title=f"{reports} {armed}")

    def stamp() -> bytes:
        site = stage.publish({"both.md": report("FREEDONIA", title=both)}).plan
        keys = {path: path.encode() for path in site.views.corpus.documents}
        (page,) = [one for one in site.pages if one.address == TRAFFICKING]
        assert len(entries(site)) == 2
        return Stamps(site.views, keys, b"").files(page)

    before = stamp()
    assert stamp() == before
    stage.put({"more.md": more})  # of one of the two, and nothing on the theme
    assert stamp() != before
