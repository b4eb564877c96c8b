"""What the page for addresses that are not found says: where to search, and what follows data files that ended."""

from __future__ import annotations

from building import Built


def test_who_asks_for_a_file_that_ended_is_told_where_to_look(seed_site: Built, seed_site_published: Built) -> None:
    for built, root in ((seed_site, "/"), (seed_site_published, "/crc/")):
        hrefs = list(built.pages["404.html"].hrefs)
        for address in ("data/README.md", "search/index.html"):
            # It is shown at any address, so that no link of it may begin there.
            assert f"{root}{address}" in hrefs
            assert (built.site / address).is_file()
        assert "changed with version 2" in (built.site / "404.html").read_text(encoding="utf-8")
        assert "statements.jsonl" in (built.site / "data/README.md").read_text(encoding="utf-8")
