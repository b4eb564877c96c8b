"""What programs ask a site for first."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from generator.discovery import discovery_files

URL = "https://example.org/crc/"
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(data: bytes) -> list[str]:
    return [one.text or "" for one in ET.fromstring(data).iterfind(".//s:loc", MAPS)]  # noqa: S314


def test_without_an_address_nothing_names_one() -> None:
    files = dict(discovery_files(["", "a/"], None))
    assert files.keys() == {"robots.txt", "llms.txt"}
    assert files["robots.txt"] == b"User-agent: *\nAllow: /\n"
    assert "does not know its public address" in files["llms.txt"].decode()
    assert "](data/index.html)" in files["llms.txt"].decode()


def test_with_an_address_robots_find_the_map_and_the_map_every_page() -> None:
    files = dict(discovery_files(["", "a&b/"], URL))
    assert files["robots.txt"].decode().endswith(f"Sitemap: {URL}sitemap.xml\n")
    assert listed(files["sitemap.xml"]) == [URL, f"{URL}a&b/"]
    assert b"lastmod" not in files["sitemap.xml"]
    assert f"]({URL}data/)" in files["llms.txt"].decode()


@pytest.mark.parametrize(("number", "maps"), [(3, 1), (4, 2), (7, 3)])
def test_a_map_of_too_many_pages_becomes_several(number: int, maps: int) -> None:
    addresses = [f"{n}/" for n in range(number)]
    files = dict(discovery_files(addresses, URL, most=3))
    parts = sorted(name for name in files if name.startswith("sitemap-"))
    assert len(parts) == (maps if maps > 1 else 0)
    if parts:
        assert listed(files["sitemap.xml"]) == [URL + name for name in parts]
    everywhere = [address for name in parts or ["sitemap.xml"] for address in listed(files[name])]
    assert everywhere == [URL + address for address in addresses]


def test_a_search_can_be_asked_from_outside() -> None:
    root = ET.fromstring(dict(discovery_files([], URL))["opensearch.xml"])  # noqa: S314
    (template,) = (one.get("template") for one in root if one.get("type") == "text/html")
    assert template == f"{URL}search/?q={{searchTerms}}"
    (name,) = (one.text for one in root if one.tag.endswith("ShortName"))
    assert len(name or "") <= 16
