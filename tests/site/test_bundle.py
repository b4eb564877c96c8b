"""The stick: one zip, the same bytes whenever and wherever it is made, that works with no network and no script."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import Built, run

from generator.build import write_bundle

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
    assert printed == {
        "path": str(target),
        "files": len(names),
        "bytes": target.stat().st_size,
        "sha256": digest,
        "longest_path": max(names, key=lambda name: (len(name), name)),
    }
    assert target.with_name("s.zip.sha256").read_text() == f"{digest}  s.zip\n"


def test_the_zip_holds_the_site_and_where_to_begin(seed_site: Built, bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
        start = archive.read("START-HERE.html").decode()
    assert set(names) == {f"site/{name}" for name in seed_site.digests} | {"START-HERE.html", "SHA256SUMS"}
    assert names == [*sorted(names[:-1]), "SHA256SUMS"]
    assert "<script" not in start
    assert 'href="site/index.html"' in start


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
        page.set_default_timeout(10_000)
        page.on("request", lambda request: ask(request.url))
        page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
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
    page.wait_for_url("**/site/index.html")
    click(page, "country")
    click(page, "Lao People's Democratic Republic")
    assert page.title() == "Lao People's Democratic Republic - Sessional"
    click(page, "OPSC, 69th session")
    assert page.url.endswith(EXAMINATION)
    turn = page.locator("article.s-turn", has_text="children who have been displaced")
    turn.locator("a.s-permalink").click()
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
    scheme = lambda: page.evaluate("document.body.getAttribute('data-md-color-scheme')")  # noqa: E731
    seen = {scheme()}
    for _ in range(2):
        page.locator("form[data-md-component=palette] label:not([hidden])").click()
        seen.add(scheme())
    assert seen == {"default", "slate"}


@pytest.mark.browser
def test_a_citation_can_be_copied_from_a_stick(stick: Path, reader: Callable[..., Page]) -> None:
    page = reader(stick / "site" / EXAMINATION)
    turn = page.locator("article.s-turn", has_text="children who have been displaced")
    turn.get_by_text("How we know, and how to cite").click()
    turn.get_by_role("button", name="Copy citation").click()
    turn.get_by_role("button", name=re.compile("Copied|Select the text")).wait_for()


@pytest.mark.browser
def test_everything_can_be_read_without_a_script(stick: Path, seed_site: Built, reader: Callable[..., Page]) -> None:
    page = reader(stick / "START-HERE.html", java_script_enabled=False)
    page.wait_for_url("**/site/index.html")
    click(page, "theme")
    click(page, "Trafficking and abduction")
    page.locator("main article.s-turn a.s-permalink").first.click()
    page.locator(":target blockquote").wait_for()
    assert page.locator("article.s-turn blockquote:visible").count() == len(seed_site.statements)
    click(page, "the source, line by line")
    page.locator("#L75").wait_for()
    click(page, "Search", within="nav.md-tabs")
    page.locator("noscript .s-badge").wait_for()
    click(page, "country")
    page.wait_for_url("**/site/countries/index.html")
