"""From folders to a site: what is read, what is refused, what the check of the finished site finds."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from invented import report
from staging import ROOT, plain_theme

from generator.build import LineFinder, Output, Project, find_root, prepare, read_project, reading, write_bundle
from generator.build.links import check_links
from generator.datafile import DatafileError
from generator.text.source import Location

# --- sources ------------------------------------------------------------------------------------------------------


def found(publication) -> list[tuple[str, str]]:
    """Code and file name of each finding but the register's."""
    return [(d.code, d.location.path.rsplit("/", 1)[-1]) for d in publication.reading.diagnostics if d.code != "D003"]


def test_files_are_read_in_the_order_of_their_names(stage) -> None:
    publication = stage.publish({"b.md": report("FREEDONIA"), "A.md": report("RURITANIA"), "a.md": report()})
    assert [document.stem for document in publication.reading.documents] == ["A", "a", "b"]


def test_only_markdown_files_are_read_in_folders_too(stage) -> None:
    files = {"a.md": report(), "notes.txt": "x", "sources/2026/b.md": report("FREEDONIA"), "c.md.bak": "x"}
    assert [document.stem for document in stage.publish(files).reading.documents] == ["b", "a"]


@pytest.mark.parametrize("name", ["-rf.md", ".hidden.md", "a;b.md", "a\nb.md", "a<b>.md", 'a"b.md', "a\u202eb.md"])
def test_a_name_that_cannot_be_an_address_is_refused(stage, name) -> None:
    publication = stage.publish({f"sources/{name}": report()})
    assert [code for code, _ in found(publication)] == ["S007"]
    assert publication.reading.documents == ()
    assert all(d.location.path.isprintable() for d in publication.reading.diagnostics)


@pytest.mark.parametrize("name", ["Arcadia – 2026.md", "a (1).md", "A.B.md"])
def test_other_names_are_refused_or_read_but_never_lost(stage, name) -> None:
    publication = stage.publish({name: report()})
    assert len(publication.reading.documents) + len(found(publication)) == 1


def test_a_link_is_not_followed(stage) -> None:
    stage.put({"../outside/a.md": report(), "b.md": report("FREEDONIA")})
    (stage.folder / "sources/a.md").symlink_to(stage.folder / "../outside/a.md")
    (stage.folder / "sources/folder").symlink_to(stage.folder / "../outside")
    publication = prepare(stage.project)
    assert found(publication) == [("S007", "a.md"), ("S007", "folder")]
    assert [document.stem for document in publication.reading.documents] == ["b"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_said_and_not_waited_for(stage) -> None:
    stage.put({"b.md": report()})
    os.mkfifo(stage.folder / "sources/a.md")
    assert found(prepare(stage.project)) == [("S007", "a.md")]
    assert found(prepare(replace(stage.project, sources=(stage.folder / "sources/a.md",)))) == [("S007", "a.md")]


def test_a_report_on_a_system_that_writes_its_ending_large_is_not_passed_over(stage) -> None:
    stage.put({"b.md": report(), "C.MD": report("FREEDONIA")})
    assert found(prepare(stage.project)) == [("S007", "C.MD")]


def test_a_link_that_is_named_itself_is_refused_too(stage) -> None:
    stage.put({"a.md": report()})
    (stage.folder / "b.md").symlink_to(stage.folder / "sources/a.md")
    assert found(prepare(replace(stage.project, sources=(stage.folder / "b.md",)))) == [("S007", "b.md")]


def test_a_path_that_is_not_there_is_an_error(stage) -> None:
    publication = prepare(replace(stage.project, sources=(stage.folder / "nowhere",)))
    assert found(publication) == [("S001", "nowhere")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(stage) -> None:
    stage.put({"a.md": report()})
    (stage.folder / "sources/a.md").chmod(0)
    assert found(prepare(stage.project)) == [("S001", "a.md")]


def test_a_file_that_is_too_large_is_not_read(stage, monkeypatch) -> None:
    monkeypatch.setattr("generator.build.project.LARGEST_SOURCE", 100)
    publication = stage.publish({"a.md": report()})
    assert found(publication) == [("S005", "a.md")]
    assert publication.reading.withheld[0].endswith("sources/a.md")


def test_a_quotation_that_is_not_in_the_source_withholds_the_document(stage, monkeypatch) -> None:
    honest = reading.correct

    def forge(document, statements, corrections):
        final, stale = honest(document, statements, corrections)
        return [replace(final[0], text=f"{final[0].text}!"), *final[1:]], stale

    monkeypatch.setattr(reading, "correct", forge)
    publication = stage.publish({"a.md": report()})
    assert found(publication) == [("L002", "a.md")]
    assert publication.reading.documents == ()
    assert publication.reading.corpus.statements == ()


def test_one_broken_file_hinders_no_other(stage) -> None:
    publication = stage.publish({"a.md": b"\0", "b.md": report(), "c.md": b""})
    assert [document.stem for document in publication.reading.documents] == ["b"]
    assert [path.rsplit("/", 1)[-1] for path in publication.reading.withheld] == ["a.md", "c.md"]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_change_no_statement(stage, line_end) -> None:
    text = report(body="The Committee asked about\nschools. The delegation replied\nthat they were open.")
    plain = [(one.id, one.statement.text) for one in stage.publish({"a.md": text}).reading.corpus.statements]
    publication = stage.publish({"a.md": text.replace("\n", line_end)})
    assert [(one.id, one.statement.text) for one in publication.reading.corpus.statements] == plain
    assert [words for _, words in plain[1:]] == [
        "The Committee asked about schools.",
        "The delegation replied that they were open.",
    ]
    source = next(page for page in publication.plan.pages if page.template == "source")
    assert len(source.view.lines) == text.count("\n")


# --- what stands beside a source ----------------------------------------------------------------------------------

ENTRY = "format: sources/1\nsources:\n- {file: a.md, kind: summary, publisher: Us, source_text: %s%s}\n"


def test_a_source_that_is_not_listed_is_published_with_a_warning(stage) -> None:
    publication = stage.publish({"a.md": report()})
    assert [d.code for d in publication.reading.diagnostics] == ["D003"]
    assert len(publication.reading.documents) == 1


def test_a_listed_source_has_what_the_register_says(stage) -> None:
    rights = ", rights: {holder: H, terms: T, url: 'https://h.example'}, date: '2026-01-01', notice: N"
    publication = stage.publish({"a.md": report(), "sources.yaml": ENTRY % ("excerpts", rights)})
    (document,) = publication.reading.documents
    known = document.provenance
    assert (known.publisher, known.notice, known.date, known.listed) == ("Us", "N", "2026-01-01", True)
    assert (known.rights.holder, known.rights.terms, known.rights.source_text) == ("H", "T", "excerpts")
    assert publication.reading.diagnostics == ()


@pytest.mark.parametrize("right", [True, False])
def test_a_source_must_have_the_bytes_that_are_recorded(stage, right) -> None:
    digest = hashlib.sha256(report().encode() + (b"" if right else b"!")).hexdigest()
    publication = stage.publish({"a.md": report(), "sources.yaml": ENTRY % ("full", f", sha256: {digest!r}")})
    assert found(publication) == ([] if right else [("D004", "a.md")])
    assert len(publication.reading.documents) == right


def test_a_broken_register_publishes_nothing_it_forbids(stage) -> None:
    publication = stage.publish({"a.md": report(), "sources.yaml": ENTRY % ("none", "") + "- [\n"})
    assert found(publication)[0][0] == "D001"
    assert publication.reading.documents == ()


@pytest.mark.parametrize("more", ["url: [x]", "date: {a: b}", "notice: [x]", "rights: {holder: [x]}"])
def test_a_value_of_the_wrong_kind_is_an_error(stage, more) -> None:
    publication = stage.publish({"a.md": report(), "sources.yaml": ENTRY % ("full", f", {more}")})
    assert ("D002", "sources.yaml") in found(publication)
    assert publication.reading.documents == ()


@pytest.mark.parametrize(
    ("register", "place"),
    [
        ("format: sources/1\nsources:\n- {file: a.md}\n", (3, 3)),
        ("format: sources/1\nsources:\n- {file: a.md, kind: novel, publisher: P, source_text: full}\n", (3, 22)),
        ("format: sources/1\nsource: []\n", (2, 9)),
        ("format: sources/1\nsources: x\n", (2, 10)),
    ],
)
def test_a_wrong_register_is_named_with_its_place(stage, register, place) -> None:
    publication = stage.publish({"a.md": report(), "sources.yaml": register})
    (error,) = (d for d in publication.reading.diagnostics if d.code == "D002")
    assert error.location.path.endswith("sources.yaml")
    assert (error.location.line, error.location.column) == place


# --- the project --------------------------------------------------------------------------------------------------


def test_the_root_is_the_nearest_project(tmp_path) -> None:
    (tmp_path / "p/content/sources").mkdir(parents=True)
    (tmp_path / "p/mkdocs.yml").touch()
    assert find_root(tmp_path / "p/content/sources") == tmp_path / "p"
    assert find_root(tmp_path) == ROOT


def test_paths_are_shown_from_the_project_or_the_current_folder(tmp_path, monkeypatch) -> None:
    project = Project(ROOT)
    monkeypatch.chdir(tmp_path)
    assert project.shown(ROOT / "content/sources/x.md") == "content/sources/x.md"
    assert project.shown(tmp_path / "here/x.md") == "here/x.md"
    assert project.shown(Path("here/x.md")) == "here/x.md"
    assert project.shown(tmp_path.parent / "x.md") == (tmp_path.parent / "x.md").as_posix()


def test_the_project_has_sources_of_its_own() -> None:
    reading_of_project = read_project(Project(ROOT))
    stems = [document.stem for document in reading_of_project.documents]
    assert stems == sorted(path.stem for path in (ROOT / "content/sources").glob("*.md"))
    assert "lao-pdr-opsc-69" in stems
    assert reading_of_project.withheld == ()


def test_lines_are_found_for_messages(tmp_path) -> None:
    (tmp_path / "a.md").write_bytes("one\r\ntwo é\n".encode())
    line_of = LineFinder(tmp_path)
    assert line_of(Location("a.md", 2, 1)) == "two é"
    assert line_of(Location(str(tmp_path / "a.md"), 1, 1)) == "one"
    assert line_of(Location("a.md", 3, 1)) is None
    assert line_of(Location("b.md", 1, 1)) is None


# --- writing ------------------------------------------------------------------------------------------------------


def test_a_site_is_written_whole(stage) -> None:
    site, check = stage.write({"a.md": report()})
    assert check.diagnostics == ()
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"data/states/xar.jsonl", "search/meta.js", "assets/sessional/sessional.css"} <= names
    assert "sitemap.xml" not in names
    assert check.pages == sum(name.endswith(".html") for name in names)
    assert check.links > check.anchors > 0


def test_a_page_of_the_navigation_may_have_a_shell_of_its_own(stage) -> None:
    publication, site = stage.publish({}), stage.folder / "site"
    theme = plain_theme(publication, site)
    own = type(theme.shells["data/1"])(("<p>own</p>",))
    publication.write(Output(site), replace(theme, shells={**theme.shells, "data/": own}))
    assert (site / "data/index.html").read_text() == "<p>own</p>"


def test_nothing_is_written_outside_the_site(stage) -> None:
    state = "{code: ../../../outside, status: member, region: R, names: {en: {short: Hostilia}}}"
    stage.put({"a.md": report("HOSTILIA"), "voc/states.yaml": f"format: states/1\nstates:\n- {state}\n"})
    try:
        publication = prepare(Project(ROOT, (stage.folder / "sources",), (stage.folder / "voc",)))
        site = stage.folder / "deep/er/site"
        publication.write(Output(site), plain_theme(publication, site))
    except (DatafileError, ValueError):
        pass
    assert not (stage.folder / "deep/er/outside").exists()
    assert not (stage.folder / "deep/outside").exists()


def test_progress_is_told(stage) -> None:
    told: list[tuple[str, int, int]] = []
    stage.put({"a.md": report(), "b.md": report("FREEDONIA")})
    publication = prepare(stage.project, lambda *step: told.append(step))
    assert told == [("reading", 1, 2), ("reading", 2, 2), ("planning", 0, 1)]
    told.clear()
    site = stage.folder / "site"
    publication.write(Output(site), plain_theme(publication, site), progress=lambda *step: told.append(step))
    number = len(publication.plan.pages)
    pages = [step for step in told if step[0] == "writing"]
    assert [pages[0], pages[-1], len(pages)] == [("writing", 0, number), ("writing", number, number), number + 1]
    assert list(dict.fromkeys(what for what, _, _ in told)) == [
        "data beside pages",
        "data of the collection",
        "comparing pages",
        "writing",
        "search index",
        "checking links",
    ]


def test_a_site_map_needs_a_public_address(stage) -> None:
    stage.put({"a.md": report()})
    publication = prepare(replace(stage.project, site_url="https://x.org/?a&b/"))
    site = stage.folder / "site"
    theme = replace(plain_theme(publication, site), hand_written=("", "about/", "about/sources/"))
    publication.write(Output(site), theme)
    text = (stage.folder / "site/sitemap.xml").read_text()
    listed = re.findall("<loc>https://x.org/[?]a&amp;b/(.*)</loc>", text)
    assert listed == sorted({"", "about/", *(page.address for page in publication.plan.pages)})


# --- the check of the finished site -------------------------------------------------------------------------------


def faults(tmp_path: Path, base: str = "/", **files: str) -> list[str]:
    """Findings of a small site, as `code file:line`; `a__b_html` names `a/b.html`."""
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    check = check_links(tmp_path, "site", base)
    return [f"{d.code} {d.location.path}:{d.location.line} {d.message}" for d in check.diagnostics]


def test_a_sound_site_has_no_faults(tmp_path) -> None:
    links = ("x/b.html#é", "#here", "https://example.org/", "mailto:a@b.c")
    page = '<p id="here">' + "".join(f'<a href="{link}">l</a>' for link in links)
    assert faults(tmp_path, a_html=page, x__b_html='<h1 id="é">b</h1><a href="../a.html"></a>') == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('\n<a href="b.html">b</a>', "L003 site/a.html:2 'b.html' leads nowhere"),
        ('<a href="folder/">b</a>', "L003 site/a.html:1 'folder/' leads nowhere"),
        ('<a href="../../b.html">b</a>', "L003 site/a.html:1 '../../b.html' leads nowhere"),
        ('\n\n<a href="#nowhere">b</a>', "L003 site/a.html:3 a.html has no place 'nowhere'"),
        ('<p id="x">\n<p id="x">', "L003 site/a.html:2 the id 'x' stands twice"),
        ('<img src="b.png">', "L003 site/a.html:1 'b.png' leads nowhere"),
        ('<script src="b.js"></script>', "L003 site/a.html:1 'b.js' leads nowhere"),
        ('<link rel="stylesheet" href="b.css">', "L003 site/a.html:1 'b.css' leads nowhere"),
        (
            '<script src="https://cdn.example/x.js"></script>',
            "L004 site/a.html:1 asks cdn.example for 'https://cdn.example/x.js'",
        ),
        ('<script src="//cdn.example/x.js"></script>', "L004 site/a.html:1 asks cdn.example for '//cdn.example/x.js'"),
        ('\n<img src="http://e.example/i">', "L004 site/a.html:2 asks e.example for 'http://e.example/i'"),
        ('<iframe src="https://e.example/"></iframe>', "L004 site/a.html:1 asks e.example for 'https://e.example/'"),
        (
            '<link rel="preconnect" href="https://e.example">',
            "L004 site/a.html:1 asks e.example for 'https://e.example'",
        ),
        ('<form action="https://e.example/"></form>', "L004 site/a.html:1 asks e.example for 'https://e.example/'"),
        (
            '<svg><use href="https://e.example/#i"/></svg>',
            "L004 site/a.html:1 asks e.example for 'https://e.example/#i'",
        ),
        ('<script src="javascript:x"></script>', "L004 site/a.html:1 asks javascript for 'javascript:x'"),
    ],
)
def test_a_planted_fault_is_found_with_its_place(tmp_path, html, fault) -> None:
    assert faults(tmp_path, a_html=html) == [fault]


def test_a_document_cited_is_a_link_to_follow_and_asks_nothing(stage) -> None:
    text = report(body="The Committee drew attention to its general comment No. 13 (2011) on violence.")
    site, check = stage.write({"a.md": text})
    html = "".join(path.read_text() for path in site.rglob("*.html"))
    link = '<a href="https://undocs.org/CRC/C/GC/13" rel="noreferrer"'
    assert link in html
    assert [d.code for d in check.diagnostics if d.code == "L004"] == []


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("a{}\n@import url(https://fonts.example/f.css);", 2),
        ('@import "//fonts.example/f.css";', 1),
        ("\n\na{background:url( 'https://e.example/i.png' )}", 3),
    ],
)
def test_a_style_sheet_that_asks_another_host_is_found(tmp_path, css, line) -> None:
    (found_one,) = faults(tmp_path, x__s_css=css)
    assert found_one.startswith(f"L004 site/x/s.css:{line} asks another host for ")


@pytest.mark.parametrize(
    "html",
    [
        '<p style="background:url(https://e.example/i.png)">',
        "<style>@import url(https://e.example/f.css);</style>",
        '<meta http-equiv="refresh" content="0; url=https://e.example/">',
        '<base href="https://e.example/">',
        '<video poster="https://e.example/i.png"></video>',
        '<input type="image" src="https://e.example/i.png">',
        '<button formaction="https://e.example/">',
        '<a href="a.html" ping="https://e.example/">',
        '<svg><use xlink:href="https://e.example/#i"/></svg>',
    ],
)
def test_other_ways_to_ask_another_host_are_found_too(tmp_path, html) -> None:
    assert [one[:18] for one in faults(tmp_path, a_html=html)] == ["L004 site/a.html:1"]


def test_a_link_that_runs_a_script_is_a_fault(tmp_path) -> None:
    assert len(faults(tmp_path, a_html='<a href="javascript:alert(1)">x</a>')) == 1


def test_the_same_fault_on_many_pages_is_told_once(tmp_path) -> None:
    names = {f"p{n}__i_html": '<a href="../gone.html"></a>' for n in range(3)}
    faults(tmp_path, **names)
    (one,) = check_links(tmp_path, "site").diagnostics
    assert (one.location.path, one.hint) == ("site/p0/i.html", "the same on 2 other pages")


@pytest.mark.parametrize(("base", "expected"), [("/", ["'/crc/a.html' leads nowhere"]), ("/crc/", [])])
def test_absolute_links_are_followed_from_the_base(tmp_path, base, expected) -> None:
    found_ones = faults(tmp_path, base, a_html="", **{"404_html": '<a href="/crc/a.html"></a>'})
    assert [one.split(" ", 2)[2] for one in found_ones] == expected


def test_links_and_anchors_are_counted(tmp_path) -> None:
    faults(tmp_path, a_html='<p id="x"><a href="#x"></a><a href="b.html"></a><a href="https://e.org"></a>', b_html="")
    check = check_links(tmp_path, "site")
    assert (check.pages, check.links, check.anchors) == (2, 2, 1)


# --- the bundle ---------------------------------------------------------------------------------------------------


def test_a_path_too_long_for_a_stick_makes_no_bundle(tmp_path) -> None:
    site = tmp_path / "site"
    folder = site / ("x" * 100)
    folder.mkdir(parents=True)
    (site / "index.html").touch()
    (folder / "123456789.html").touch()
    assert len(write_bundle(site, tmp_path / "a.zip").longest_path) == 120
    (folder / "1234567890.html").touch()
    with pytest.raises(ValueError, match=r"/1234567890.html is longer than 120 characters"):
        write_bundle(site, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_bundle_stands_in_the_order_of_names(tmp_path) -> None:
    site = tmp_path / "site"
    for name in ("b.html", "a/x.html", "index.html", "C.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    made = write_bundle(site, tmp_path / "out/a.zip")
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == [
            "LICENCES.txt",
            "SELF-CHECK.html",
            "START-HERE.html",
            "self-check.js",
            "site/C.html",
            "site/a/x.html",
            "site/b.html",
            "site/index.html",
            "checksums.js",
            "SHA256SUMS",
        ]
        assert archive.testzip() is None
    assert made.files == 10
