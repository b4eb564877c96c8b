"""Nothing claims that our own words are quoted: not on any page of a digest, not in any file beside one."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from invented import report
from staging import ROOT, Stage, plain_theme

from generator.build import Output, Publication, prepare
from generator.build.bundle import write_bundle
from generator.build.editions import built_edition
from generator.changes import Edition, compare
from generator.changes.rendering import render_json, render_markdown, render_text, view
from generator.citations import csl
from generator.wording import CLAIMS, Wording, brief_claim, index_claim, wording_of

DIGESTS = ("tonga-upr-2.md", "tonga-upr-15.md")
CLAIM = re.compile(
    r"word[- ]for[- ]word|verbatim|\bquot(?:e|es|ed|ing|ation|ations)\b|literally|exact words|exact text|actual words|"
    r"words set like|set like this|stand in (?:the|a) (?:document|source|text)|these words stand|\bas written\b|"
    r"in (?:the|its|their|his|her) (?:own |exact |very )?words|in the (?:document|source)’s (?:own )?words|"
    r"words of (?:the|a|its) (?:document|source|report)|in these words|original wording|unchanged words",
    re.IGNORECASE,
)
# What is said of whose the rights are and of the glossary is said of the whole site, and of no words that are shown.
OF_THE_SITE = (
    "Quotations belong to their sources",
    "The quotations belong to their sources",
    "This licence does not cover the quotations",
    "What the site adds to quotations",
    "3. Quotations and reports.",
    "Quotations are never changed to fit them",
    "take it off for exact quotations, or use the JSON",
    "Before you quote:",  # llms.txt: what follows says which words are whose
    "Those of a summary or a un-report are the document's",
    "each document quoted",
    "the source’s words after the normaliser",
    "for our metadata, not for the quotations",
    "finds the words in this order, as written.",  # of what is searched for
)
# What explains every rule of reading and every field, of whatever kind of document.
OF_RULES = ("about/diagnostics/", "data/schemas/")
BINARY = (".png", ".ico", ".zip", ".woff2")
# The site's own programs and styles hold words of every kind of document; what they show is seen in a browser.
PROGRAMS = ("assets/", "search/t", "search/q", "search/b", "search/m")


def entries() -> dict[str, Any]:
    register = yaml.safe_load((ROOT / "content/sources.yaml").read_text(encoding="utf-8"))
    return {one["file"]: one for one in register["sources"] if one["file"] in DIGESTS}


def staged(folder: Path, vocabulary: Any, more: dict[str, Any], files: dict[str, str | bytes]) -> Stage:
    """The digests beside other documents, on small pages so that there are further ones."""
    made = Stage(folder, vocabulary, page_items=40)
    known = entries()
    made.put({name: (ROOT / "content/sources" / name).read_bytes() for name in known})
    register = {"format": "sources/1", "sources": [*known.values(), *more.values()]}
    made.put({**files, "sources.yaml": yaml.safe_dump(register, allow_unicode=True)})
    return made


def written(stage: Stage, folder: Path, site_url: str = "https://example.org/crc/") -> tuple[Publication, Path]:
    publication = prepare(replace(stage.project, site_url=site_url))
    assert publication.reading.withheld == ()
    publication.write(Output(folder), plain_theme(publication, folder))
    return publication, folder


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory, invented_vocabulary: Any) -> tuple[Publication, Path]:
    """A site of digests alone."""
    stage = staged(tmp_path_factory.mktemp("digests"), invented_vocabulary, {}, {})
    correction = {
        "quote": "Brazil recommended ratifying the Optional Protocol on the sale of children",
        "expect": {"kind": "recommendation", "speaker": "reviewing-state"},
        "set": {"themes": ["education"]},
        "reason": "For this test.",
        "date": "2026-10-01",
    }
    stage.put(
        {"corrections/tonga-upr-2.yaml": yaml.safe_dump({"format": "corrections/1", "corrections": [correction]})}
    )
    return written(stage, tmp_path_factory.mktemp("site") / "site")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, invented_vocabulary: Any) -> tuple[Publication, Path]:
    """A digest, a report of the same examination, and a summary of another."""
    other = entries()["tonga-upr-2.md"] | {"file": "tonga-report.md", "kind": "un-report", "publisher": "A Body"}
    other |= {"sha256": None}
    del other["after"]
    summary = {"file": "arcadia.md", "kind": "summary", "publisher": "A Club", "source_text": "full"}
    text = (ROOT / "content/sources/tonga-upr-2.md").read_text(encoding="utf-8")
    files = {"tonga-report.md": text.replace("Latvia", "Lithuania") + "\n", "arcadia.md": report("ARCADIA")}
    stage = staged(tmp_path_factory.mktemp("mixed"), invented_vocabulary, {"a": other, "b": summary}, files)
    return written(stage, tmp_path_factory.mktemp("site") / "site")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """What each file tells its readers: text between tags and in attributes, JSON-LD, descriptions; no statement."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix not in BINARY and not name.startswith((*PROGRAMS, *OF_RULES)):
            yield name, path.read_text(encoding="utf-8")


def claims(text: str, said: set[str]) -> list[str]:
    """Claims of quotation in a text, without the words of statements."""
    text = html.unescape(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text))
    told = re.findall(r"""(?:title|content|alt|aria-label)=["']([^"'<>]*)""", text)
    text = re.sub(r"<style>.*?</style>|<[^>]*>", "", text, flags=re.DOTALL)
    text = " ".join(" | ".join((text, *told)).split())
    for one in said:
        text = text.replace(one, "")
    for one in OF_THE_SITE:
        text = text.replace(one, "")
    return [text[max(0, found.start() - 70) : found.end() + 50] for found in CLAIM.finditer(text)]


def said_in(publication: Publication) -> set[str]:
    return {" ".join(one.statement.text.split()) for one in publication.reading.corpus.statements}


def test_every_type_of_page_was_made(digests: tuple[Publication, Path]) -> None:
    publication, site = digests
    made = {page.template for page in publication.plan.pages}
    assert {
        "brief", "corrections", "country", "data", "diagnostics", "examination", "examination-further", "glossary",
        "kind", "ledger", "list", "person", "register", "search", "session", "source", "theme", "themes", "threads",
    } <= made, made  # fmt: skip
    for name in ("feed.xml", "llms.txt", "data/states/ton.jsonl", "countries/ton/upr-2/starter.csv"):
        assert (site / name).is_file(), name


def test_no_file_of_a_digest_claims_to_quote(digests: tuple[Publication, Path]) -> None:
    publication, site = digests
    said = said_in(publication)
    found = {name: some for name, text in texts(site) if (some := claims(text, said))}
    assert found == {}


def test_the_bundle_of_digests_claims_nothing_either(digests: tuple[Publication, Path], tmp_path: Path) -> None:
    publication, site = digests
    write_bundle(site, tmp_path / "bundle.zip", ())
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        for name in archive.namelist():
            if not name.startswith("site/") and name.endswith((".html", ".txt")):
                text = archive.read(name).decode()
                assert claims(text.split("Licence of the program")[0], said_in(publication)) == [], name


def test_what_a_reviewer_is_shown_claims_nothing_either(digests: tuple[Publication, Path]) -> None:
    publication, site = digests
    now = built_edition(publication, "now", "the sources", site, ())
    changes = compare(Edition("before", "nothing", [], diagnostics=()), now, None)
    shown = view(changes)
    assert not any(row.quoted for section in shown.sections for row in section.rows)
    assert any(section.rows for section in shown.sections)
    page = publication.renderer.alone("diff", shown)
    for text in (page, render_text(changes), render_markdown(changes, ""), render_json(changes)):
        assert claims(text, said_in(publication)) == []


def test_no_type_of_quotation_is_used(digests: tuple[Publication, Path]) -> None:
    """What is set as a document's own words is a claim as well, and so is what machines are told."""
    _, site = digests
    for name, text in texts(site):
        if name.endswith(".html"):
            assert "s-said" not in text, name
            assert re.findall(r'<blockquote(?![^>]*(?:s-ours|class="o"))[^>]*>', text) == [], name
            assert re.findall(r'<ol class="s-source"', text) == [], name
            assert '"Quotation"' not in text, name
            assert re.findall(r'title="“', text) == [], name


def test_each_statement_is_cited_as_the_document_of_the_united_nations(digests: tuple[Publication, Path]) -> None:
    views = digests[0].plan.views
    examination = views.corpus.examinations["ton-upr-2"]
    cited = [csl(views.cited_statement(one)) for one in examination.statements]
    assert len(cited) > 40
    assert {one["number"] for one in cited} == {"A/HRC/8/48"}
    assert all(one["abstract"].startswith("Paraphrase: ") for one in cited)
    assert all("As paraphrased in a digest" in one["note"] for one in cited)


def test_search_knows_that_the_words_are_ours(digests: tuple[Publication, Path]) -> None:
    _, site = digests
    shown = [path.read_text() for path in sorted(site.glob("search/d/*.js"))]
    rows = [row for text in shown for row in json.loads(re.search(r",(\[.*\])\);", text, re.DOTALL)[1])[1] if row]  # type: ignore[index]
    statements = [row for row in rows if len(row) > 3]
    assert statements
    assert all(row[6] == 1 for row in statements)


def test_each_statement_of_a_mixed_collection_is_told_apart(mixed: tuple[Publication, Path]) -> None:
    publication, site = mixed
    corpus = publication.reading.corpus
    kinds = {one.id: corpus.documents[one.path].provenance.kind for one in corpus.statements}
    assert set(kinds.values()) == {"digest", "un-report", "summary"}
    seen = {"digest": 0, "un-report": 0, "summary": 0}
    for name, text in texts(site):
        for id_, body in re.findall(r'<article[^>]* id="([^"]+)"[^>]*>(.*?)</article>', text, re.DOTALL):
            ours = 'class="o"' in body and "<i>our digest</i>" in body
            assert ours == (kinds[id_] == "digest"), (name, id_)
            seen[kinds[id_]] += 1
        for id_, body in re.findall(r'<li class="s-brief-quote[^>]* data-id="([^"]+)">(.*?)</li>', text, re.DOTALL):
            assert ("s-ours" in body and "our digest" in body) == (kinds[id_] == "digest"), (name, id_)
            seen[kinds[id_]] += 1
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            for part in json.loads(script).get("hasPart", ()):
                id_ = part["@id"].rpartition("#")[2]
                assert (part["@type"] == "Quotation") == (kinds[id_] != "digest"), (name, id_)
    assert all(seen.values()), seen


def test_a_mixed_brief_says_which_words_are_quoted(mixed: tuple[Publication, Path]) -> None:
    _, site = mixed
    brief = (site / "countries/ton/upr-2/brief/index.html").read_text()
    assert brief_claim([Wording.QUOTED, Wording.PARAPHRASED]) in brief
    assert "Quoted word for word, none shortened" not in brief
    assert CLAIMS[Wording.PARAPHRASED].type[0] in brief
    assert "our digest" in (site / "countries/ton/upr-2/starter.csv").read_text()


def test_what_is_quoted_still_says_so(mixed: tuple[Publication, Path]) -> None:
    _, site = mixed
    page = (site / "countries/xar/crc-102/index.html").read_text()
    assert 'Words set like <span class="s-said">this</span> stand in the document; everything else is ours.' in page
    assert "Quoted word for word, none shortened" in (site / "countries/xar/crc-102/brief/index.html").read_text()
    assert "our digest" not in (site / "countries/xar/crc-102/starter.csv").read_text()


@pytest.mark.parametrize("claim", [brief_claim, index_claim])
def test_a_claim_is_true_of_all_words_it_is_made_of(claim: Any) -> None:
    quoted, ours, hidden = Wording.QUOTED, Wording.PARAPHRASED, Wording.WITHHELD
    assert claim([quoted, quoted]) == claim([quoted, hidden])
    assert claim([ours]) == claim([hidden, ours])
    assert len({claim([quoted]), claim([ours]), claim([hidden]), claim([quoted, ours])}) == 4
    assert claims(claim([ours]), set()) == claims(claim([hidden]), set()) == []
    assert claims(claim([quoted]), set())


def test_only_a_digest_is_ours() -> None:
    assert [wording_of(kind) for kind in ("summary", "un-report", "digest")] == [
        Wording.QUOTED, Wording.QUOTED, Wording.PARAPHRASED
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["index.md", "about/index.md", "about/how-to-read/index.md", "about/reuse/index.md"])
def test_pages_written_by_hand_claim_it_of_documents_and_not_of_digests(name: str) -> None:
    """They speak of the whole site: where they say that words are quoted they say that a digest is not."""
    text = (ROOT / "content/pages" / name).read_text(encoding="utf-8")
    if claims(text, set()) and name != "about/reuse/index.md":
        assert "digest" in text.lower()
    assert "in the words of the sources" not in text


def test_the_picture_shown_with_a_link_claims_nothing() -> None:
    assert claims((ROOT / "templates/drawings/card.svg").read_text(encoding="utf-8"), set()) == []
