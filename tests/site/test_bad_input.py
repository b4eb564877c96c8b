"""What editors drop into the folder by mistake: it is said where, nothing false is published, the rest is built."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import WITH_INVENTED, Built, Order, run, site
from invented import EXCHANGE, report
from reading_back import content, line_text, page, said, turns

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPT = "<script>alert(1)</script>"
LONG = "Donaudampfschifffahrtsgesellschaft" * 6


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@site
def broken_site(folder: Path) -> Order:
    """Every error there is, beside three files that are in order."""
    write(folder, "sources/good.md", report("ARCADIA"))
    write(folder, "sources/empty.md", b"")
    nul = report("FREEDONIA", "The Committee asked about nulls.").encode()
    write(folder, "sources/nul-bytes.md", nul.replace(b"Opening", b"Open\0ing"))
    write(folder, "sources/unknown-state.md", report("SYLDAVIA", "The Committee asked about strangers."))
    write(folder, "sources/no-session.md", report("FREEDONIA", "The Committee asked about sessions.", session=""))
    front = "---\ntitle: [Sylvania\n---\n"
    write(folder, "sources/front-matter.md", front + report("SYLVANIA", "The Committee asked about fronts."))
    write(folder, "sources/corrected.md", report("RURITANIA", "The Committee asked about corrections."))
    write(folder, "corrections/corrected.yaml", "format: corrections/1\ncorrections:\n- quote: {The Committee\n")
    write(folder, "sources/first-summary.md", report("FREEDONIA"))
    write(folder, "sources/second-summary.md", report("FREEDONIA", "The Committee asked about schools. " + EXCHANGE))
    write(folder, "outside.md", report("SYLVANIA", "The Committee asked about links."))
    (folder / "sources/link.md").symlink_to(folder / "outside.md")
    return Order(("--sources", folder / "sources", *WITH_INVENTED))


def doubtful_sources(folder: Path) -> Path:
    """Files that can be published with a warning."""
    latin = report("FREEDONIA", "The Committee asked about the régime of visits. " + EXCHANGE)
    write(folder, "sources/latin-1.md", latin.replace("’", "'").encode("latin-1"))
    write(folder, "sources/first.md", report("ARCADIA"))
    write(folder, "sources/second.md", report("ARCADIA"))
    body = f"{EXCHANGE}\n\n{SCRIPT} The Committee asked whether <b>this</b> runs.\n\n## On {SCRIPT}\n\n{EXCHANGE}"
    write(folder, "sources/script.md", report("RURITANIA", body, led_by=f"Ms. Ada {SCRIPT}, Minister of Justice"))
    asked = f"The Committee asked about {LONG}."
    body = f"{asked} The delegation replied that {LONG} it was.\n\n## {LONG}\n\n{asked}"
    write(folder, f"sources/{LONG[:150]}.md", report("SYLVANIA", body, led_by=f"Ms. Ada Long, Minister of {LONG}"))
    return folder / "sources"


@site
def doubtful_site(folder: Path) -> Order:
    """Warnings, and no error."""
    return Order(("--sources", doubtful_sources(folder), *WITH_INVENTED))


@site
def doubtful_site_strict(folder: Path) -> Order:
    """The same where a warning counts as an error."""
    return Order(("--strict", "--sources", doubtful_sources(folder), *WITH_INVENTED))


@site
def site_of_nothing(folder: Path) -> Order:
    """Sources that are not there."""
    return Order(("--sources", folder / "nowhere"))


def findings(built: Built) -> set[str]:
    """`file:line:column severity[CODE]` of each finding, without its folder."""
    return {
        match[1]
        for match in re.finditer(r"^\S*/((?:[\w-]+\.\w+)(?::\d+:\d+)? (?:error|warning)\[\w+\])", built.stderr, re.M)
    }


# --- errors -------------------------------------------------------------------------------------------------------


def test_errors_end_with_one_and_no_traceback(broken_site: Built) -> None:
    assert broken_site.status == 1
    assert "Traceback" not in broken_site.stderr
    assert broken_site.stdout == ""


@pytest.mark.parametrize(
    "finding",
    [
        "empty.md:1:1 error[S002]",
        "nul-bytes.md:6:8 error[S001]",
        "unknown-state.md:1:1 error[R001]",
        "no-session.md:1:1 error[R002]",
        "front-matter.md:3:1 error[D001]",
        "corrected.yaml:4:1 error[D001]",
        "link.md error[S007]",
    ],
)
def test_each_error_is_named_with_its_place(broken_site: Built, finding: str) -> None:
    assert finding in findings(broken_site), broken_site.stderr


def test_documents_with_errors_are_withheld_by_name(broken_site: Built) -> None:
    withheld = re.findall(r"^withheld: \S*/([\w-]+\.md)$", broken_site.stderr, re.M)
    assert withheld == [
        "corrected.md",
        "empty.md",
        "front-matter.md",
        "no-session.md",
        "nul-bytes.md",
        "unknown-state.md",
    ]


def test_nothing_of_a_withheld_document_is_published(broken_site: Built) -> None:
    for path in broken_site.site.rglob("*"):
        if path.suffix in (".html", ".js", ".json", ".jsonl", ".csv"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"asked about (?:nulls|strangers|sessions|fronts|corrections|links)", text), path
    assert not (broken_site.site / "countries/xsy").exists()
    assert not (broken_site.site / "countries/xru").exists()


def test_the_others_are_built(broken_site: Built) -> None:
    assert len(turns(page(broken_site.site, "countries/xar/crc-102/"))) == 3
    assert {one["examination"] for one in broken_site.statements} == {"xar-crc-102", "xfr-crc-102"}


def test_two_documents_of_one_examination_share_its_page(broken_site: Built) -> None:
    tree = page(broken_site.site, "countries/xfr/crc-102/")
    assert [h.words for h in tree.all("h2", "s-document")] == ["first-summary", "second-summary"]
    assert {said(t) for t in turns(tree)} >= {"The Committee asked about schools."}
    listed = content(broken_site.site, "countries/xfr/crc-102/source/").all("li")
    assert {item.words for item in listed} >= {"first-summary", "second-summary"}


@pytest.mark.parametrize("stem", ["first-summary", "second-summary"])
def test_each_of_two_documents_has_its_source(broken_site: Built, stem: str) -> None:
    address = f"countries/xfr/crc-102/source/{stem}/"
    shown = [line_text(line) for line in content(broken_site.site, address).one("ol", "s-source").all("li")]
    assert ("The Committee asked about schools." in "\n".join(shown)) == (stem == "second-summary")
    anchors = {e.id for e in content(broken_site.site, address).one("ol", "s-source").walk() if "." in e.id}
    expected = {one["id"] for one in broken_site.statements if one["source"]["path"] == f"{stem}.md"}
    assert anchors == expected
    assert expected


def test_two_documents_make_no_broken_links(broken_site: Built) -> None:
    assert "error[L003]" not in broken_site.stderr


# --- warnings -----------------------------------------------------------------------------------------------------


def test_warnings_end_with_zero(doubtful_site: Built) -> None:
    assert doubtful_site.status == 0, doubtful_site.stderr
    assert "Traceback" not in doubtful_site.stderr
    assert {"latin-1.md:12:32 warning[S003]", "script.md:8:35 warning[S004]"} <= findings(doubtful_site)


def test_strict_makes_warnings_count(doubtful_site: Built, doubtful_site_strict: Built) -> None:
    assert doubtful_site_strict.status == 1
    assert "Traceback" not in doubtful_site_strict.stderr
    assert findings(doubtful_site_strict) == findings(doubtful_site)
    assert doubtful_site_strict.statements == doubtful_site.statements


def test_text_in_another_encoding_is_published_as_it_reads(doubtful_site: Built) -> None:
    shown = {said(turn) for turn in turns(page(doubtful_site.site, "countries/xfr/crc-102/"))}
    assert "The Committee asked about the régime of visits." in shown


def test_the_same_document_twice_is_published_once(doubtful_site: Built) -> None:
    assert "second.md warning[L001]" in findings(doubtful_site)
    assert sum(one["state"] == "XAR" for one in doubtful_site.statements) == 3
    assert not (doubtful_site.site / "countries/xar/crc-102/source/second").exists()


def test_documents_are_counted_alike_everywhere(doubtful_site: Built) -> None:
    assert "4 documents on 4 examinations of 4 States" in content(doubtful_site.site, "").words
    assert doubtful_site.stderr.splitlines()[-1].startswith("4 documents, ")


def test_a_script_in_a_source_is_no_word_of_it(doubtful_site: Built) -> None:
    examination, source = "countries/xru/crc-102/", "countries/xru/crc-102/source/"
    for address, tree in doubtful_site.pages.items():
        data = [e for e in tree.all("script") if e.attributes.get("type") == "application/ld+json"]
        assert not [e for e in tree.all("script") if e not in data and "alert" in str(e.children)], address
        assert not [e for e in data if "<" in str(e.children)], address
        assert not [e for e in tree.walk() if any(name.startswith("on") for name in e.attributes)], address
    for address in (examination, source):
        words = [one for one in content(doubtful_site.site, address).walk() if one.tag in ("blockquote", "li")]
        assert [bold for one in words for bold in one.all("b") if not bold.classes] == []
    assert "The Committee asked whether this runs." in [said(t) for t in turns(page(doubtful_site.site, examination))]
    assert "On" in [e.text for e in content(doubtful_site.site, examination).walk() if e.tag in ("h2", "h3")]
    assert SCRIPT in content(doubtful_site.site, source).text
    assert "<script>alert" not in (doubtful_site.site / examination / "index.html").read_text(encoding="utf-8")


def test_a_script_in_the_search_index_cannot_end_the_script(doubtful_site: Built) -> None:
    assert doubtful_site.search
    assert not any("</" in script for script in doubtful_site.search.values())


@pytest.mark.browser
@pytest.mark.parametrize(
    "address",
    [
        "countries/xsy/crc-102/",
        "countries/xsy/crc-102/source/",
        "countries/xsy/",
        "people/ada-long/",
        "questions/",
        "about/sources/",
    ],
)
def test_words_without_end_do_not_run_off_the_screen(browser: Browser, doubtful_site: Built, address: str) -> None:
    assert "dampfschiff" in content(doubtful_site.site, address).text
    screen = browser.new_page(viewport={"width": 320, "height": 800})
    screen.goto((doubtful_site.site / address / "index.html").as_uri())
    needs, has = screen.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    screen.close()
    assert needs <= has


# --- nothing there ------------------------------------------------------------------------------------------------


def test_a_path_that_does_not_exist_is_an_error(site_of_nothing: Built) -> None:
    assert site_of_nothing.status == 1
    assert re.search(r"^\S*/nowhere error\[S001\] unreadable-source: there is no such", site_of_nothing.stderr)
    assert "Traceback" not in site_of_nothing.stderr


def test_a_site_of_nothing_says_so(site_of_nothing: Built) -> None:
    assert "No document has been published yet" in content(site_of_nothing.site, "").words
    assert site_of_nothing.statements == []
    for address in ("countries/", "sessions/", "concerns/", "recommendations/", "people/"):
        assert "Nothing here yet" in content(site_of_nothing.site, address).words
    assert "error[L003]" not in site_of_nothing.stderr


def test_a_broken_vocabulary_leaves_the_old_site_alone(tmp_path: Path) -> None:
    write(tmp_path, "site/index.html", "the site of yesterday")
    write(tmp_path, "voc/states.yaml", "format: states/1\nstates:\n- code: XAR\n  colour: red\n")
    done = run("sessional", "build", "--site-dir", tmp_path / "site", "--vocabularies", tmp_path / "voc")
    assert done.returncode == 1
    assert re.search(r"voc/states\.yaml:4:11 error\[D002\] unexpected-value: unknown key 'colour'", done.stderr)
    assert "Traceback" not in done.stderr
    assert (tmp_path / "site/index.html").read_text() == "the site of yesterday"
