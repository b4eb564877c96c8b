"""The stick: one zip, the same bytes whenever and wherever it is made, that works with no network and no script."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import INVENTED, WITH_INVENTED, Built, run
from patience import milliseconds

from generator.build import write_bundle
from generator.build.carried import carried_page, is_carried

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMINATION = "countries/lao/opsc-69/index.html"


def pack(site: Path, target: Path, **how: object) -> dict[str, object]:
    """Zip a site by the command line; gives what it printed."""
    done = run("sessional", "bundle", "--site-dir", site, "--output", target, **how)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def bundle(seed_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of the seed's site."""
    target = tmp_path_factory.mktemp("bundle") / "sessional.zip"
    pack(seed_site.site, target, env={"SOURCE_DATE_EPOCH": "1790000000"})
    return target


@pytest.fixture(scope="session")
def stick(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip unpacked, in a folder whose name needs quoting."""
    folder = tmp_path_factory.mktemp("stick") / "my files #1 – été"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder


# --- the zip ------------------------------------------------------------------------------------------------------


def test_the_zip_is_the_same_on_another_day_in_another_place(seed_site: Built, bundle: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(seed_site.site, copy)
    for path in copy.rglob("*"):
        path.chmod(0o700)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = {"SOURCE_DATE_EPOCH": "1790000000", "TZ": "Asia/Tokyo", "LANG": "C", "PYTHONHASHSEED": "7"}
    pack(copy, tmp_path / "sessional.zip", umask=0o077, env=other)
    assert (tmp_path / "sessional.zip").read_bytes() == bundle.read_bytes()
    assert (tmp_path / "sessional.zip.sha256").read_text() == bundle.with_name("sessional.zip.sha256").read_text()


def test_the_date_of_the_zip_is_the_one_that_is_given(
    seed_site: Built, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(bundle) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 9, 21, 14, 13, 20)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with zipfile.ZipFile(write_bundle(seed_site.site, tmp_path / "early.zip").path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_printed_describes_the_zip(seed_site: Built, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "s.zip"
    printed = pack(seed_site.site, target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        unpacked = sum(entry.file_size for entry in archive.infolist())
    assert printed == {
        "path": str(target),
        "files": len(names),
        "bytes": target.stat().st_size,
        "sha256": digest,
        "longest_path": max(names, key=lambda name: (len(name), name)),
        "unpacked": unpacked,
        "examinations": 1,
        "statements": len(seed_site.statements),
        "documents": 1,
        "only": [],
    }
    assert target.with_name("s.zip.sha256").read_text() == f"{digest}  s.zip\n"


def test_the_zip_holds_the_site_and_where_to_begin(seed_site: Built, bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
        start = archive.read("START-HERE.html").decode()
        own = {name for name in names if not name.startswith("site/")}
        licences = archive.read("LICENCES.txt").decode()
    assert set(names) - own == {f"site/{name}" for name in seed_site.digests if is_carried(name)}
    assert {"site/data/states/lao.csv", "site/countries/lao/opsc-69/index.ris"} < set(names)
    assert "<code>site/data/states/</code>" in start
    assert own == {
        "START-HERE.html", "SELF-CHECK.html", "self-check.js", "checksums.js", "LICENCES.txt", "SHA256SUMS"
    }  # fmt: skip
    assert names == [*sorted(names[:-2]), "checksums.js", "SHA256SUMS"]
    assert "<script" not in start
    assert {"site/index.html", "SELF-CHECK.html", "LICENCES.txt", "site/data/index.html"} < set(
        re.findall('href="(.*?)"', start)
    )
    facts = dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", start))
    assert facts == {
        "Examinations": "1",
        "Statements": str(len(seed_site.statements)),
        "Documents": "1",
        "Date": "2026-09-21",
        "Program": f"Sessional {version('sessional')}",
    }
    assert "Rights: Child Rights Connect. Terms not stated in the document" in licences
    assert "Apache License" in licences
    assert "Copyright (c) 2016-2025 Martin Donath" in licences


def test_nothing_on_a_stick_leads_to_what_is_on_the_web_only(stick: Path) -> None:
    told = 0
    for page in (stick / "site").rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        told += html.count("(on the web only)")
        for link in re.findall(r'<(?:a|link)\b[^>]*?href="([^"#?]+)', html):
            # That of addresses not found names files from the root, where there is a server.
            assert ":" in link or link.startswith("/") or (page.parent / link).is_file(), f"{page}: {link}"
    assert told > 20
    html = (stick / "site" / EXAMINATION).read_text(encoding="utf-8")
    assert "as JSON <small>(on the web only)</small>, CSV <small>(on the web only)</small>." in html


def test_a_whole_zip_holds_every_file_as_it_is(seed_site: Built, tmp_path: Path) -> None:
    done = run("sessional", "bundle", "--whole", "--site-dir", seed_site.site, "--output", tmp_path / "s.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "s.zip") as archive:
        held = {name.removeprefix("site/"): archive.read(name) for name in archive.namelist() if "site/" in name}
        assert "on the web only" not in archive.read("START-HERE.html").decode()
    assert {name: hashlib.sha256(data).hexdigest() for name, data in held.items()} == seed_site.digests


@pytest.mark.parametrize(
    ("html", "carried"),
    [
        ('<a href="index.csv">CSV</a>', "CSV <small>(on the web only)</small>"),
        ('<a href="../../index.csv" download>x</a>', "x <small>(on the web only)</small>"),
        ('<a href="../b/index.html">x</a>', '<a href="../b/index.html">x</a>'),
        ('<a href="index.csl.json">x</a>', '<a href="index.csl.json">x</a>'),
        ('<a href="https://example.org/index.csv">x</a>', '<a href="https://example.org/index.csv">x</a>'),
        ('<a href="../../data/states/lao.csv">x</a>', '<a href="../../data/states/lao.csv">x</a>'),
        ('<a href="../../data/states/lao.jsonl">x</a>', "x <small>(on the web only)</small>"),
        ('<link rel="alternate" type="a/b" title="x > y" href="feed.xml">', ""),
        ('<link rel="alternate" type="a/b" href="../../data/themes.ttl">', None),
        ('<link rel="stylesheet" href="x.css">', None),
    ],
)
def test_a_link_to_a_file_on_the_web_is_words(html: str, carried: str | None) -> None:
    assert carried_page("themes/trafficking/index.html", html) == (html if carried is None else carried)


def test_without_a_date_the_start_page_says_so(seed_site: Built, tmp_path: Path) -> None:
    pack(seed_site.site, tmp_path / "s.zip")
    with zipfile.ZipFile(tmp_path / "s.zip") as archive:
        assert "<dd>date not recorded</dd>" in archive.read("START-HERE.html").decode()


def test_checksums_in_the_zip_are_right(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
        actual = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert sums == {name: digest for name, digest in actual.items() if name != "SHA256SUMS"}


def test_names_in_the_zip_suit_every_system(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
        modes = {entry.external_attr >> 16 for entry in archive.infolist()}
    assert max(map(len, names)) <= 120
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)] == []
    assert len({name.casefold() for name in names}) == len(names)
    assert modes == {0o644}


def test_a_folder_without_a_site_is_no_bundle(tmp_path: Path) -> None:
    done = run("sessional", "bundle", "--site-dir", tmp_path, "--output", tmp_path / "x.zip")
    assert done.returncode != 0
    assert "holds no site; build it first" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.zip").exists()


# --- a part -------------------------------------------------------------------------------------------------------


def test_a_part_holds_nothing_of_another_state(tmp_path: Path) -> None:
    sources = ("--sources", INVENTED / "sources", *WITH_INVENTED)
    made = run("sessional", "bundle", "--only", "xar", *sources, "--output", tmp_path / "part.zip")
    printed = json.loads(made.stdout)
    assert (printed["only"], printed["examinations"], printed["documents"]) == (["Arcadia"], 2, 2)
    assert made.returncode == 1, "the State of one file cannot be recognised, so it may belong here"
    assert "D005" not in made.stderr
    with zipfile.ZipFile(tmp_path / "part.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert "Only Arcadia" in files["START-HERE.html"].decode()
    countries = {name.split("/")[2] for name in files if name.startswith("site/countries/")}
    assert countries == {"xar", "index.html"}
    records = list(csv.DictReader(files["site/data/states/xar.csv"].decode("utf-8-sig").splitlines()))
    assert {record["state"] for record in records} == {"XAR"}
    for name in files:
        if name.endswith(".html") or name.startswith("site/search/"):
            assert b"countries/xfr" not in files[name], name
            assert b"countries/xru" not in files[name], name
    assert "freedonia-opac" not in files["LICENCES.txt"].decode()


def test_a_part_is_named_by_what_is_known(tmp_path: Path) -> None:
    done = run("sessional", "bundle", "--only", "Afrika", "--output", tmp_path / "x.zip")
    assert done.returncode == 2
    assert "no region or State is called 'Afrika'; near: Africa" in done.stderr
    done = run("sessional", "bundle", "--only", "Micronesia", "--output", tmp_path / "x.zip")
    assert done.returncode == 1
    assert "the sources hold no examination of Micronesia" in done.stderr
    assert run("sessional", "bundle", "--only", "LAO", "--site-dir", tmp_path).returncode == 2
    assert run("sessional", "bundle", "--sources", tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


# --- in the browser -----------------------------------------------------------------------------------------------


@pytest.fixture
def reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page offline; at the end, nothing may have gone wrong or asked for anything but files."""
    faults: list[str] = []
    contexts = []

    def ask(url: str) -> None:
        if not url.startswith("file:"):
            faults.append(f"asked for {url}")

    def opened(path: Path, **options: object) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(milliseconds(10))
        page.on("request", lambda request: ask(request.url))
        # What a page had asked for when another was opened is given up, not missed.
        page.on("requestfailed", lambda one: one.failure != "net::ERR_ABORTED" and faults.append(f"failed: {one.url}"))
        page.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def click(page: Page, name: str, *, within: str = "main") -> None:
    page.locator(within).get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.browser
def test_from_the_start_to_a_sentence_by_links(stick: Path, reader: Callable[..., Page]) -> None:
    page = reader(stick / "START-HERE.html")
    click(page, "Open the site")
    page.locator(".s-ways").get_by_role("link", name="Countries").click()
    click(page, "Lao People's Democratic Republic")
    assert page.title() == "Lao People's Democratic Republic - Sessional"
    click(page, "OPSC, 69th session")
    assert page.url.endswith(EXAMINATION)
    turn = page.locator("article.t", has_text="children who have been displaced")
    turn.locator("blockquote + p a:last-of-type").click()
    assert page.locator(":target blockquote").inner_text().startswith("The Committee expressed concern for children")
    turn.get_by_role("link", name="line 75").click()
    assert page.url.split("#")[0].endswith("/source/index.html")
    assert page.locator("li", has=page.locator(":target")).get_attribute("id") == "L75"


@pytest.mark.browser
def test_a_permalink_opens_its_sentence(stick: Path, seed_site: Built, reader: Callable[..., Page]) -> None:
    page = reader(stick / "site" / EXAMINATION)
    for one in (seed_site.statements[0], seed_site.statements[-1]):
        page.goto(f"{(stick / 'site' / EXAMINATION).as_uri()}#{one['id']}")
        assert page.locator(":target blockquote").inner_text() == one["text"]
        assert page.locator(":target").bounding_box()["y"] < page.viewport_size["height"]
        assert page.evaluate("getComputedStyle(document.querySelector(':target')).outlineStyle") == "solid"


@pytest.mark.browser
def test_searching_needs_no_server(stick: Path, seed_site: Built, reader: Callable[..., Page]) -> None:
    page = reader(stick / "site/index.html")
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.get_by_label("Words").fill("traffick*")
    results = page.locator("#s-results article")
    results.first.wait_for()
    number = sum(
        "traffick" in one["text"].casefold()
        and one["confidence"] != "low"
        and one["kind"] not in ("procedural", "background")
        for one in seed_site.statements
    )
    page.locator(f"#s-searched[data-done='{number}']").wait_for()
    assert results.count() == number > 0
    results.first.get_by_role("link").click()
    assert "traffick" in page.locator(":target blockquote").inner_text().casefold()


@pytest.mark.browser
def test_a_part_is_searched_as_the_whole_is(tmp_path: Path, reader: Callable[..., Page]) -> None:
    sources = ("--sources", INVENTED / "sources", *WITH_INVENTED)
    run("sessional", "bundle", "--only", "xar", *sources, "--output", tmp_path / "part.zip")
    with zipfile.ZipFile(tmp_path / "part.zip") as archive:
        archive.extractall(tmp_path)
    table = (tmp_path / "site/data/states/xar.csv").read_text(encoding="utf-8-sig")
    records = list(csv.DictReader(table.splitlines()))
    page = reader(tmp_path / "site/search/index.html")
    page.get_by_label("Words").fill("Arcadia")
    page.locator("#s-results article").first.wait_for()
    assert {one.split(".")[0] for one in page.evaluate("__sessionalFound()")} == {
        r["id"].split(".")[0] for r in records
    }
    page.get_by_label("Words").fill("Freedonia")
    page.locator("#s-searched", has_text="No statement").wait_for()


@pytest.mark.browser
def test_searching_from_the_home_page(stick: Path, reader: Callable[..., Page]) -> None:
    page = reader(stick / "site/index.html")
    page.get_by_label("Search every statement").fill("Laos MEKONG hydró")
    page.locator("main").get_by_role("button", name="Search").click()
    page.locator("#s-searched", has_text="No statement for").wait_for()
    page.get_by_label("Words").fill("Laos hydró")
    page.locator("#s-searched", has_text="2 statements for").wait_for()


@pytest.mark.browser
def test_the_colour_scheme_can_be_changed(stick: Path, reader: Callable[..., Page]) -> None:
    page = reader(stick / "site" / EXAMINATION, color_scheme="light")
    scheme = lambda: page.evaluate("document.documentElement.getAttribute('data-md-color-scheme')")  # noqa: E731
    seen = {scheme()}
    for _ in range(2):
        page.locator(".s-scheme").click()
        seen.add(scheme())
    assert seen == {"default", "slate"}


@pytest.mark.browser
def test_a_citation_can_be_copied_from_a_stick(stick: Path, reader: Callable[..., Page]) -> None:
    page = reader(stick / "site" / EXAMINATION)
    turn = page.locator("article.t", has_text="children who have been displaced")
    turn.get_by_text("How we know, how to cite").click()
    turn.get_by_role("button", name="Copy citation").click()
    turn.get_by_role("button", name=re.compile("Copied|Select the text")).wait_for()


@pytest.mark.browser
def test_everything_can_be_read_without_a_script(stick: Path, seed_site: Built, reader: Callable[..., Page]) -> None:
    page = reader(stick / "START-HERE.html", java_script_enabled=False)
    click(page, "Open the site")
    page.locator(".s-ways").get_by_role("link", name="Themes").click()
    click(page, "Trafficking and abduction")
    page.locator("main .q > li > a").first.click()
    page.locator(":target blockquote").wait_for()
    assert page.locator("[id^='lao-opsc-69.']:visible").count() == len(seed_site.statements)
    click(page, "the source, line by line")
    page.locator("#L75").wait_for()
    click(page, "Search", within="nav.s-tabs")
    page.locator("noscript .s-badge").wait_for()
    click(page, "country")
    page.wait_for_url("**/site/countries/index.html")


@pytest.fixture
def copied(stick: Path, tmp_path: Path) -> Path:
    """A stick of one's own, to damage."""
    return Path(shutil.copytree(stick, tmp_path / "a copy"))


def self_check(page: Page, folder: Path) -> str:
    """Choose a folder on the page; gives what it says in the end, with its lists."""
    page.get_by_label("Choose the folder").set_input_files(folder)
    page.locator("#result:is(.well, .ill)", has_not_text="Checking").wait_for()
    return page.locator("#result").inner_text() + "\n" + page.locator("#details").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("subtle", [True, False])
def test_an_untouched_stick_passes_its_own_check(
    copied: Path, seed_site: Built, reader: Callable[..., Page], subtle: bool
) -> None:
    page = reader(copied / "SELF-CHECK.html")
    if not subtle:
        page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
        page.reload()
    page.locator("#loaded", has_text="Scripts and styles can be loaded").wait_for()
    number, said = sum(path.is_file() for path in copied.rglob("*")), len(seed_site.statements)
    assert self_check(page, copied).strip() == (
        f"All {number} files are as they were published. Statements counted: {said} of {said}."
    )


@pytest.mark.browser
def test_the_check_names_what_is_damaged(copied: Path, reader: Callable[..., Page]) -> None:
    page = reader(copied / "SELF-CHECK.html")
    changed, lost = copied / "site/countries/index.html", copied / "site/data/states/lao.csv"
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    assert "Changed: 1\nsite/countries/index.html" in self_check(page, copied)
    lost.unlink()
    (copied / "new.txt").write_text("x")
    page.reload()
    said = self_check(page, copied)
    assert "Not all files are as they were published. No statements could be counted." in said
    for part in ("Missing: 1\nsite/data/states/lao.csv", "Changed: 1", "Additional: 1\nnew.txt"):
        assert part in said


@pytest.mark.browser
def test_another_folder_is_told_from_a_damaged_one(copied: Path, reader: Callable[..., Page]) -> None:
    page = reader(copied / "SELF-CHECK.html")
    assert "This is another folder" in self_check(page, copied / "site")


@pytest.mark.browser
def test_an_online_visit_from_a_stick(stick: Path, reader: Callable[..., Page]) -> None:
    """The fixture sees to it that nothing asks for another host and the console stays empty."""
    page = reader(stick / "START-HERE.html")
    click(page, "Open the site")
    page.locator(".s-ways").get_by_role("link", name="Countries").click()
    click(page, "Lao People's Democratic Republic")
    click(page, "OPSC, 69th session")
    turn = page.locator("article.t").first
    turn.get_by_text("How we know, how to cite").click()
    turn.get_by_role("button", name="Copy citation").click()
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.get_by_label("Words").fill("children")
    page.locator("#s-kinds button[data-kind=reply]").click()
    page.locator("#s-kinds button[data-kind=reply][aria-pressed=true]").wait_for()
    assert set(page.locator("#s-results .t > p:first-child b").all_inner_texts()) == {"Reply"}
    page.locator("#s-facets summary").click()
    page.locator("#s-facets[data-facets-done]").wait_for(state="attached")
    page.locator("#s-facets select[name=state]").select_option("LAO")
    page.locator("#s-results article").first.get_by_role("link").click()
    page.locator(":target blockquote").wait_for()
    page.locator(".s-scheme").click()
    page.emulate_media(media="print")
    assert page.locator("article.t blockquote").first.is_visible()
    assert page.pdf().startswith(b"%PDF")
