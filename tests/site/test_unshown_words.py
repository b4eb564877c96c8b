"""A source whose terms let nothing of it be shown leaves none of its words in any file of the site, whatever file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import WITH_INVENTED, Built, Order, run, site
from invented import report

# Each has a word that stands nowhere else, so that it alone tells where the sentence went.
HIDDEN = (
    "The Committee was concerned that quillfeathers were sold beside the harbour without any licence.",
    "The delegation replied that a wanderlamp had been put up at every gate of the capital in spring.",
    "The Committee recommended that the State party count its glasswrights before the next harvest by 2029.",
    "The delegation stated that it would open nine bellhouses for children of the islands by June 2028.",
    "Why had the mossgatherers of the north never been heard by anybody at the ministry, asked the Committee.",
    "The author believes that the tinkersmiths of the valley deserve a better answer than this one.",
    "Some driftwardens were told nothing at all about the closing of their only school last winter.",
)
INVENTED = "quillfeathers wanderlamp glasswrights bellhouses mossgatherers tinkersmiths driftwardens".split()
SHOWN = "The Committee was concerned about the lack of lanternmakers. The delegation replied that there were three."
REGISTER = """format: sources/1
sources:
- {file: shown.md, kind: summary, publisher: One, source_text: full}
- {file: hidden.md, kind: summary, publisher: Two, source_text: none}
"""
_OF_OTHER_THINGS = (".png", ".map")


def hidden_order(folder: Path, env: dict[str, str] | None = None) -> Order:
    body = " ".join(HIDDEN[:4]) + "\n\n" + " ".join(HIDDEN[4:])
    for name, text in (("shown", report("ARCADIA", SHOWN)), ("hidden", report("FREEDONIA", body))):
        (folder / "sources").mkdir(exist_ok=True)
        (folder / f"sources/{name}.md").write_text(text, encoding="utf-8")
    (folder / "sources.yaml").write_text(REGISTER, encoding="utf-8")
    return Order(("--sources", folder / "sources", *WITH_INVENTED), env=env or {})


@site
def site_with_hidden(folder: Path) -> Order:
    """Two sources, of which one may not be shown."""
    return hidden_order(folder)


@site
def site_with_hidden_published(folder: Path) -> Order:
    """The same with a public address, which adds files."""
    return hidden_order(folder, {"SITE_URL": "https://example.org/crc/"})


@pytest.fixture(scope="session")
def bundle_with_hidden(site_with_hidden: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of it, unpacked."""
    folder = tmp_path_factory.mktemp("hidden-bundle")
    done = run("sessional", "bundle", "--site-dir", site_with_hidden.site, "--output", folder / "s.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "s.zip") as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file with its text: entities and escapes as the characters they stand for, white space as one space."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _OF_OTHER_THINGS:
            text = path.read_bytes().decode(errors="replace")
            text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
            text = re.sub(r"<[^>]*>", "", text)
            yield path.relative_to(folder).as_posix(), plain(text)


def plain(text: str) -> str:
    """Letters and digits, in small letters, with one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def runs(sentence: str) -> list[str]:
    """Every five words that follow one another."""
    words = plain(sentence).split()
    return [" ".join(words[first : first + 5]) for first in range(len(words) - 4)]


def leaks(folder: Path) -> list[str]:
    found = []
    for name, text in files(folder):
        found += [f"{name}: {run}" for sentence in HIDDEN for run in runs(sentence) if run in text]
    return found


def test_what_is_hidden_was_read(site_with_hidden: Built) -> None:
    """Else nothing would be proved: its statements are there, each without its words."""
    assert site_with_hidden.status == 0, site_with_hidden.stderr
    hidden = [one for one in site_with_hidden.statements if one["state"] == "XFR"]
    assert len(hidden) >= 5
    assert {one["text"] for one in hidden} == {None}
    assert [one["text"] for one in site_with_hidden.statements if one["state"] == "XAR"][-1].endswith("three.")


def test_no_file_of_the_site_holds_its_words(site_with_hidden: Built) -> None:
    assert leaks(site_with_hidden.site) == []


def test_no_file_of_a_published_site_holds_its_words(site_with_hidden_published: Built) -> None:
    assert (site_with_hidden_published.site / "sitemap.xml").is_file()
    assert leaks(site_with_hidden_published.site) == []


def test_no_file_of_the_bundle_holds_its_words(bundle_with_hidden: Path) -> None:
    assert (bundle_with_hidden / "site/index.html").is_file()
    assert leaks(bundle_with_hidden) == []


def test_the_test_would_find_what_is_shown(site_with_hidden: Built) -> None:
    shown = {name for name, text in files(site_with_hidden.site) for run in runs(SHOWN) if run in text}
    assert {"countries/xar/crc-102/index.html", "data/states/xar.jsonl", "data/states/xar.csv"} <= shown
    assert any(name.startswith("search/d/") for name in shown)


def test_no_word_that_only_it_has_is_anywhere(site_with_hidden: Built, bundle_with_hidden: Path) -> None:
    """The search index holds words one by one, in an order of its own."""
    for folder in (site_with_hidden.site, bundle_with_hidden):
        assert [(name, word) for name, text in files(folder) for word in INVENTED if word in text] == []
