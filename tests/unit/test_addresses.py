"""Addresses that were published: none is lost in silence, each leads on or says why there is nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from invented import report
from staging import Stage, plain_shell

from generator.build import Reading, lost_pages, read_project, register
from generator.datafile import DatafileError, loads
from generator.pages import Link, Page
from generator.registry import dump_addresses, load_addresses, load_moved
from generator.render import Renderer
from generator.text.source import Location

SENTENCES = (
    "The Committee was concerned about the lack of data on trafficking in the provinces.",
    "The delegation replied that a register had been opened in the capital last year.",
    "The Committee asked about birth registration of refugee children in the camps.",
    "The Committee recommended that the State party prohibit corporal punishment in all settings.",
)
BODY = "\n\n".join(SENTENCES)
EARLIER = "101<sup>ST</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n14<sup>TH</sup> JANUARY 2026"
WHO = "reason: It was filed wrongly., date: 2026-11-25, editor: A. B."
OLD, NEW = "countries/xar/crc-102/", "countries/xar/crc-101/"


def read(stage: Stage) -> Reading:
    return read_project(stage.project)


def told(stage: Stage) -> list[tuple[str, str]]:
    """What is said of addresses, by rule."""
    return [(one.code, one.message) for one in lost_pages(read(stage))]


def decide(stage: Stage, **lists: list[str]) -> None:
    """Write what an editor says of addresses."""
    text = "".join(
        f"{name}:\n" + "".join(f"- {{{one}, {WHO}}}\n" for one in entries) for name, entries in lists.items()
    )
    stage.put({"registry/moved.yaml": f"format: moved/1\n{text}"})


@pytest.fixture
def published(stage) -> Stage:
    stage.put({"arcadia.md": report(body=BODY)})
    register(read(stage))
    return stage


@pytest.fixture
def moved(published) -> Stage:
    """The same report, of an earlier session; an editor said so, and that the session's page and others are gone."""
    published.put({"arcadia.md": report(body=BODY, session=EARLIER)})
    decide(
        published,
        renamed=["from: xar-crc-102, to: xar-crc-101"],
        moved=["from: sessions/crc-102/, to: sessions/crc-101/"],
    )
    return published


# --- the files ----------------------------------------------------------------------------------------------------


def test_addresses_come_back_as_they_were_written() -> None:
    known = {"themes/a/": 1, "countries/xar/": 1, "concerns/": 12}
    read_back = {one.address: one.pages for one in load_addresses(dump_addresses(known), "pages.txt")}
    assert (read_back, list(read_back)) == (known, sorted(known))


@pytest.mark.parametrize("line", ["", "a/b", "/a/", "../a/", "a/../", "a/ 0", "a/ x", "a b/"])
def test_a_line_that_is_no_address_is_shown(line) -> None:
    with pytest.raises(DatafileError) as caught:
        list(load_addresses(f"themes/\n{line}\n", "p.txt"))
    assert caught.value.diagnostic.location == Location("p.txt", 2, 1)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("moved:\n- {from: a/, reason: R., date: 2026-11-25, editor: A.}", "'to' is missing"),
        ("moved:\n- {from: a, to: b/, reason: R., date: 2026-11-25, editor: A.}", "no address"),
        ("gone:\n- {address: a/, reason: '', date: 2026-11-25, editor: A.}", "reason is empty"),
        ("gone:\n- {address: a/, reason: R., date: soon, editor: A.}", "no day"),
        ("renamed:\n- {from: LAO, to: lao-crc-1, reason: R., date: 2026-11-25, editor: A.}", "no key"),
        ("gone:\n- {address: a/, reason: R., date: 2026-11-25, editor: A.}\n"
         + "moved:\n- {from: a/, to: b/, reason: R., date: 2026-11-25, editor: A.}", "two entries"),
    ],
)  # fmt: skip
def test_an_entry_says_what_why_when_and_by_whom(entry, why) -> None:
    with pytest.raises(DatafileError, match=re.escape(why)):
        load_moved(loads(f"format: moved/1\n{entry}\n", "moved.yaml"))


def test_pages_are_registered_once_and_hand_written_ones_too(published) -> None:
    lines = (published.folder / "registry/pages.txt").read_text().splitlines()
    assert {OLD, f"{OLD}source/", "countries/xar/", "sessions/crc-102/", "themes/trafficking/", "about/method/"} <= {
        *lines
    }
    assert lines == sorted(set(lines))
    assert register(read(published)).files == ()


def test_a_page_that_only_continues_another_is_counted_with_it(tmp_path, invented_vocabulary) -> None:
    stage = Stage(tmp_path, invented_vocabulary, 40)
    many = "\n\n".join(
        f"The Committee was concerned about the lack of data on trafficking in province {n}." for n in range(60)
    )
    stage.put({"arcadia.md": report(body=many)})
    register(read(stage))
    text = (stage.folder / "registry/pages.txt").read_text()
    number = int(re.search(rf"^{OLD} (\d+)$", text, re.MULTILINE)[1])
    assert number > 1
    assert f"{OLD}2/" not in text
    # Fewer pages than there were: an address of a page that is gone leads to the first.
    for file in stage.folder.glob("registry/*.jsonl"):
        file.unlink()
    stage.put({"arcadia.md": report(body=BODY)})
    site, check = stage.write({})
    assert check.diagnostics == ()
    assert (
        '<meta http-equiv="refresh" content="0; url=../index.html' in (site / f"{OLD}{number}/index.html").read_text()
    )


# --- what is told of a page that is gone --------------------------------------------------------------------------


def test_a_page_that_is_gone_is_an_error_until_an_editor_says_so(published) -> None:
    published.put({"arcadia.md": report(body="\n\n".join(SENTENCES[:3]))})
    lost = [message for code, message in told(published) if code == "I005"]
    assert any(one.startswith("the page recommendations/") for one in lost)
    addresses = [one.split()[2] for one in lost]
    decide(published, gone=[f"address: {one}" for one in addresses])
    assert told(published) == []
    site, _ = published.write({})
    page = (site / addresses[0] / "index.html").read_text()
    assert "It was filed wrongly." in page
    assert '<meta name="robots" content="noindex">' in page


def test_an_entry_covers_what_stands_below(published) -> None:
    published.put({"arcadia.md": report(body=BODY, session=EARLIER)})
    below = next(message for code, message in told(published) if message.startswith(f"the page {OLD} "))
    assert re.search(r"nor are \d below it", below)
    decide(published, gone=[f"address: {OLD}", "address: sessions/crc-102/"])
    assert told(published) == []
    site, _ = published.write({})
    assert "It was filed wrongly." in (site / OLD / "source/index.html").read_text()


def test_an_examination_all_of_whose_statements_were_retired_needs_no_other_word(published) -> None:
    ids = [one.id for one in read(published).corpus.statements]
    entries = "".join(
        f"- {{id: {id_}, reason: removed, note: Taken down., date: 2026-11-25, editor: A.}}\n" for id_ in ids
    )
    published.put({"registry/retired.yaml": f"format: retired/1\nretired:\n{entries}"})
    (published.folder / "sources/arcadia.md").unlink()
    published.put({"freedonia.md": report("FREEDONIA", BODY)})
    assert not any(OLD in message for _, message in told(published))
    site, _ = published.write({})
    assert f'id="{ids[0]}"' in (site / OLD / "index.html").read_text()
    assert "Statements that stood here were retired" in (site / OLD / "source/index.html").read_text()


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"gone": ["address: themes/trafficking/"]}, "themes/trafficking/ is published, so it has not left"),
        ({"gone": ["address: themes/unheard-of/"]}, "themes/unheard-of/ was never registered"),
        ({"moved": ["from: sessions/crc-102/, to: sessions/crc-7/"]}, "sessions/crc-7/, which is not published"),
        (
            {"moved": ["from: sessions/crc-102/, to: sessions/b/", "from: sessions/b/, to: sessions/crc-101/"]},
            "sessions/crc-102/ leads to sessions/b/, which left itself",
        ),
        (
            {"moved": ["from: sessions/crc-102/, to: sessions/b/", "from: sessions/b/, to: sessions/crc-102/"]},
            "sessions/crc-102/ leads back to itself",
        ),
    ],
)
def test_an_entry_that_does_not_fit_is_an_error(published, entries, message) -> None:
    published.put({"arcadia.md": report(body=BODY, session=EARLIER)})
    decide(published, **entries)
    assert any(message in one for code, one in told(published) if code == "I006")


# --- a page that moved --------------------------------------------------------------------------------------------


def test_an_examination_that_was_renamed_keeps_its_ids(published) -> None:
    before = {one.statement.text: one.local for one in read(published).corpus.statements}
    published.put({"arcadia.md": report(body=BODY, session=EARLIER)})
    mended = SENTENCES[2].replace("camps", "capms")
    text = (published.folder / "sources/arcadia.md").read_text().replace(SENTENCES[2], mended)
    published.put({"arcadia.md": text})
    assert any(d.code == "I001" for d in read(published).diagnostics)
    decide(
        published,
        renamed=["from: xar-crc-102, to: xar-crc-101"],
        moved=["from: sessions/crc-102/, to: sessions/crc-101/"],
    )
    reading = read(published)
    assert {one.code for one in reading.diagnostics if one.code[0] == "I"} == {"I002"}
    assert next(one.id for one in reading.corpus.statements if one.statement.text == mended) == (
        f"xar-crc-101.{before[SENTENCES[2]]}"
    )
    register(reading)
    assert [one for one in read(published).diagnostics if one.code[0] == "I"] == []
    assert told(published) == []
    assert register(read(published)).files == ()


def test_what_is_lost_after_a_renaming_is_told_by_both_names(moved) -> None:
    register(read(moved))
    moved.put({"arcadia.md": report(body="\n\n".join(SENTENCES[1:]), session=EARLIER)})
    (one,) = [d for d in read(moved).diagnostics if d.code == "I001"]
    assert "xar-crc-101." in one.message
    (moved.folder / "registry/xar-crc-101.jsonl").unlink()
    assert any(d.code == "I001" for d in read(moved).diagnostics)


def test_a_renaming_that_is_taken_back_is_a_loss(moved) -> None:
    register(read(moved))
    (moved.folder / "registry/moved.yaml").unlink()
    assert any("xar-crc-102 is not published any more" in d.message for d in read(moved).diagnostics)


def test_the_old_page_leads_on_and_has_a_row_for_each_statement(moved) -> None:
    site, check = moved.write({})
    assert check.diagnostics == ()
    stub = (site / OLD / "index.html").read_text()
    (one,) = [one for one in read(moved).corpus.statements if one.statement.text == SENTENCES[0]]
    assert f'id="xar-crc-102.{one.local}"><a href="../crc-101/index.html#{one.id}">' in stub
    assert 'data-keys="xar-crc-102 xar-crc-101"' in stub
    assert "noindex" in stub
    source = (site / OLD / "source/index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../../crc-101/source/index.html">' in source
    assert '<link rel="canonical" href="../../crc-101/source/index.html">' in source
    assert "http-equiv" not in stub  # its rows are what an old link looks for where there is no script


def test_what_was_retired_before_is_told_of_at_the_new_place(published) -> None:
    (one,) = [one for one in read(published).corpus.statements if one.statement.text == SENTENCES[1]]
    published.put({"arcadia.md": report(body="\n\n".join((SENTENCES[0], *SENTENCES[2:])), session=EARLIER)})
    entry = f"{{id: {one.id}, reason: removed, note: It was doubled., date: 2026-11-25, editor: A.}}"
    published.put({"registry/retired.yaml": f"format: retired/1\nretired:\n- {entry}\n"})
    decide(published, renamed=["from: xar-crc-102, to: xar-crc-101"])
    site, check = published.write({})
    assert {d.code for d in check.diagnostics} == {"I005"}  # pages of the session and of a theme
    assert f'id="xar-crc-101.{one.local}"' in (site / NEW / "index.html").read_text()
    assert f'#xar-crc-101.{one.local}"' in (site / OLD / "index.html").read_text()


def test_a_stub_is_no_page_to_be_registered_or_found(moved) -> None:
    publication = moved.publish({})
    assert OLD not in publication.plan.addresses()
    site, _ = moved.write({})
    assert OLD not in "".join(path.read_text() for path in (site / "search").rglob("*.js"))


def test_of_a_part_no_page_is_missed(published) -> None:
    published.put({"freedonia.md": report("FREEDONIA")})
    part = read_project(replace(published.project, only=frozenset({"XFR"})))
    assert lost_pages(part) == ()


def test_a_page_that_moved_names_the_new_address_as_its_own() -> None:
    stub = Page("a/b/", "x", "T", "D", lambda: None, stub=True, instead=Link("", "c/"), leaves=True)
    templates = {"pages/x.html.j2": "Moved.", "partials/head.html.j2": ""}
    text = Renderer(templates, "https://example.org/").page(stub, plain_shell())
    assert re.findall(r'rel="canonical" href="([^"]*)"', text) == ["https://example.org/c/"]
    assert '<meta http-equiv="refresh" content="0; url=../../c/index.html"></head>' in text
