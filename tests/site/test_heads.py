"""The head of every page, with and without a public address: what machines and strangers are told of a page."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from building import ROOT, Built
from linked import linked, misused, nodes, of_type
from reading_back import Element

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

URL = "https://example.org/crc/"


def pages(built: Built) -> Iterator[tuple[str, Element]]:
    """Every page but the one for what is not there."""
    yield from ((address, tree) for address, tree in built.pages.items() if address != "404.html")


def links(tree: Element, relation: str) -> list[str]:
    return [
        one.attributes["href"]
        for one in tree.one("head").all("link")
        if relation in one.attributes.get("rel", "").split()
    ]


def said(tree: Element) -> dict[str, str]:
    """What the head says, by name or property."""
    metas = tree.one("head").all("meta")
    told = [(one.attributes.get("property") or one.attributes.get("name", ""), one) for one in metas]
    return {name: one.attributes.get("content", "") for name, one in told if name and "media" not in one.attributes}


def html(built: Built, address: str) -> str:
    return (built.site / address / "index.html").read_text(encoding="utf-8")


# --- both ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["seed_site", "seed_site_published", "arcadia_site"])
def test_every_page_says_what_it_is(which: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(which)
    for address, tree in pages(built):
        told = said(tree)
        title = tree.one("head").one("title").words.removesuffix(" - Sessional")
        assert told["description"] != "", address
        if which == "seed_site_published":
            assert (told["og:title"], told["og:description"]) == (title, told["description"]), address
            assert (told["og:type"], told["og:site_name"]) == ("website", "Sessional")
        data = linked(html(built, address))
        assert data["@context"] == "https://schema.org"
        assert data["name"] == title
        assert misused(data) == [], address
        assert ("@type" in data["isPartOf"]) == (address == ""), address


def test_each_type_of_page_says_what_it_is_about(seed_site: Built) -> None:
    about = {
        "countries/lao/opsc-69/": "Event",
        "countries/lao/": "Country",
        "sessions/crc-69/": "Event",
        "people/jorge-cardona-llorens/": "Person",
        "data/": "Dataset",
    }
    for address, type_ in about.items():
        assert linked(html(seed_site, address))["mainEntity"]["@type"] == type_
    assert linked(html(seed_site, "themes/trafficking/"))["about"]["@type"] == "DefinedTerm"


def test_no_sentence_is_told_and_the_file_with_all_is_named(seed_site: Built) -> None:
    address = "countries/lao/opsc-69/"
    told = json.dumps(linked(html(seed_site, address)), ensure_ascii=False)
    assert [one["id"] for one in seed_site.statements if one["text"] in told] == []
    file = linked(html(seed_site, address))["encoding"]["contentUrl"]
    held = json.dumps(json.loads((seed_site.site / address / file).read_text(encoding="utf-8")), ensure_ascii=False)
    assert all(one["id"] in held for one in seed_site.statements)


@pytest.mark.parametrize("which", ["seed_site", "arcadia_site"])
def test_linked_data_are_short(which: str, request: pytest.FixtureRequest) -> None:
    sizes = {}
    for address, _ in pages(built := request.getfixturevalue(which)):
        text = json.dumps(linked(html(built, address)), ensure_ascii=False, separators=(",", ":"))
        sizes[address] = len(text.encode())
    examinations = {one for one in sizes if re.fullmatch(r"countries/[a-z]+/[a-z]+-\d+/", one)}
    assert examinations
    assert {one: size for one, size in sizes.items() if size > (900 if one in examinations else 500)}.keys() <= {
        "data/"
    }


def test_things_are_called_the_same_on_every_page(seed_site_published: Built) -> None:
    """Whatever is only named on a page is told of on the page that it is named after."""
    told, named = set(), set()
    for address, _ in pages(seed_site_published):
        data = linked(html(seed_site_published, address))
        told |= {one["@id"] for one in (data, data.get("mainEntity", {}), data.get("about", {})) if "@id" in one}
        named |= {one["@id"] for one in nodes(data) if "#" in one.get("@id", "") and "text" not in one}
    assert {f"{URL}countries/lao/opsc-69/#examination", f"{URL}countries/lao/#state"} <= named
    assert named - told <= {f"{URL}#site", f"{URL}themes/#themes"}


def test_the_data_are_described_with_files_that_are_there(seed_site: Built, seed_site_published: Built) -> None:
    for built, root in ((seed_site, ""), (seed_site_published, f"{URL}data/")):
        dataset = linked(html(built, "data/"))["mainEntity"]
        for one in dataset["distribution"]:
            path = one["contentUrl"].removeprefix(root)
            assert (built.site / "data" / path).is_file(), path
        assert dataset["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"
        assert "quotations belong to their sources" in dataset["copyrightNotice"]
    licence = seed_site.pages["data/"].by_id("licence")
    assert licence.words == "Licence"
    assert "This licence does not cover the quotations" in seed_site.pages["data/"].one(cls="s-page").words


@pytest.mark.parametrize("which", ["seed_site", "seed_site_published"])
def test_other_forms_of_a_page_are_there(which: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(which)
    found = {address: links(tree, "alternate") for address, tree in pages(built)}
    assert found["about/corrections/"] == ["feed.xml"], found["about/corrections/"]
    for address, others in found.items():
        for href in others:
            assert (built.site / address / href).is_file(), f"{address}: {href}"


def test_the_page_for_what_is_not_there_is_in_no_index(seed_site_published: Built) -> None:
    tree = seed_site_published.pages["404.html"]
    assert said(tree)["robots"] == "noindex"
    assert links(tree, "canonical") == []
    assert [address for address, one in pages(seed_site_published) if "robots" in said(one)] == []


def test_the_card_is_small_and_of_the_size_that_is_told(seed_site_published: Built) -> None:
    told = said(seed_site_published.pages[""])
    data = (seed_site_published.site / told["og:image"].removeprefix(URL)).read_bytes()
    assert len(data) < 40 * 1024
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"]


def test_every_page_has_the_mark(seed_site: Built) -> None:
    for address, tree in pages(seed_site):
        (icon,) = links(tree, "icon")
        assert (seed_site.site / address / icon).read_bytes().startswith(b"\x89PNG")


# --- without a public address -------------------------------------------------------------------------------------


def test_without_an_address_nothing_names_one(seed_site: Built) -> None:
    for name in ("sitemap.xml", "opensearch.xml"):
        assert not (seed_site.site / name).exists()
    for address, tree in pages(seed_site):
        told = said(tree)
        # Nobody makes a preview of a page that has no address.
        assert not [name for name in told if name.startswith(("og:", "twitter:"))], address
        assert links(tree, "canonical") == links(tree, "search") == [], address
        data = linked(html(seed_site, address))
        assert of_type(data, "SearchAction") == []
        for node in nodes(data):
            for key in ("@id", "url", "item", "contentUrl"):
                value = node.get(key, "")
                assert "://" not in value or node["@type"] in ("Report", "CreativeWork"), f"{address}: {value}"
    assert (seed_site.site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert "does not know its public address" in (seed_site.site / "llms.txt").read_text()


# --- with one -----------------------------------------------------------------------------------------------------


def test_with_an_address_every_page_names_its_own(seed_site_published: Built) -> None:
    for address, tree in pages(seed_site_published):
        assert links(tree, "canonical") == [URL + address]
        assert said(tree)["og:url"] == URL + address
        assert linked(html(seed_site_published, address))["@id"] == URL + address


def test_the_map_lists_every_page_once(seed_site_published: Built) -> None:
    root = ET.fromstring((seed_site_published.site / "sitemap.xml").read_bytes())  # noqa: S314
    listed = [one.text for one in root.iter() if one.tag.endswith("}loc")]
    assert sorted(map(str, listed)) == sorted(URL + address for address, _ in pages(seed_site_published))


def test_the_search_is_offered_to_browsers(seed_site_published: Built) -> None:
    for address, tree in pages(seed_site_published):
        (href,) = links(tree, "search")
        assert (seed_site_published.site / address / href).is_file()
    (action,) = of_type(linked(html(seed_site_published, "")), "SearchAction")
    assert action["target"]["urlTemplate"] == f"{URL}search/?q={{search_term_string}}"


def test_every_link_of_the_summary_for_machines_leads_somewhere(seed_site: Built, seed_site_published: Built) -> None:
    for built, root in ((seed_site, ""), (seed_site_published, URL)):
        found = re.findall(r"\]\(([^)]+)\)", (built.site / "llms.txt").read_text(encoding="utf-8"))
        assert len(found) > 10
        for link in found:
            path = link.removeprefix(root)
            assert (built.site / path / "index.html").is_file() or (built.site / path).is_file(), link


# --- as linked data -----------------------------------------------------------------------------------------------


def test_every_page_expands_as_json_ld(seed_site: Built, arcadia_site: Built) -> None:
    """With a small stand-in for the context of schema.org, which is not fetched."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed: no page is expanded")
    addressed = ("url", "item", "contentUrl", "usageInfo", "sameAs")
    context: dict[str, Any] = {"@vocab": "https://schema.org/", **{name: {"@type": "@id"} for name in addressed}}

    def loader(asked: str, _options: object) -> dict[str, Any]:
        assert asked.startswith("https://schema.org")
        return {"contextUrl": None, "documentUrl": asked, "contentType": "application/ld+json",
                "document": {"@context": context}}  # fmt: skip

    for built in (seed_site, arcadia_site):
        for address, _ in pages(built):
            base = f"{URL}{address}index.html"
            (page,) = jsonld.expand(linked(html(built, address)), {"base": base, "documentLoader": loader})
            assert page["@id"] == base
            for node in nodes(page):
                named = node.get("@id", "")
                assert not named or named.startswith(("_:", URL, "https://")), f"{address}: {named}"
                assert not [key for key in node if not key.startswith(("@", "https://schema.org/"))]


# --- from a file --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_from_a_file_no_page_complains_or_asks_anybody(browser: Browser, seed_site: Built) -> None:
    context = browser.new_context()
    page: Page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # A request that the next page cuts short is no fault.
    page.on("requestfailed", lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else complaints.append(request.url),
    )
    for address in (
        "",
        "countries/lao/opsc-69/",
        "themes/trafficking/",
        "data/",
        "about/",
        "people/jorge-cardona-llorens/",
    ):
        page.goto((seed_site.site / address / "index.html").as_uri())
    context.close()
    assert complaints == []


# --- the program --------------------------------------------------------------------------------------------------


def test_the_program_can_be_cited(read_yaml: Callable[[str], dict[str, Any]]) -> None:
    """What version 1.2.0 of the Citation File Format asks for, and the licence that the project has."""
    cited = read_yaml("CITATION.cff")
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "software"
    assert cited["message"]
    assert cited["title"].startswith("Sessional")
    assert cited["authors"]
    assert all(one.get("name") or one.get("family-names") for one in cited["authors"])
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{cited["version"]}"' in project
    assert f'license = "{cited["license"]}"' in project
    known = "abstract authors cff-version keywords license message title type version repository-code url".split()
    assert cited.keys() <= set(known)


@pytest.fixture
def read_yaml() -> Callable[[str], dict[str, Any]]:
    """A file of the project as YAML."""
    import yaml

    return lambda name: yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
