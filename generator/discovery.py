"""What programs ask a site for before they read it: `robots.txt`, `llms.txt`, and for one with an address of its own
`sitemap.xml` and `opensearch.xml`.

Takes the addresses of all pages and the site's own, where it is known. Gives files by name. Without that address the
files that must name it are left out, and links are relative. No page tells when it last changed: nobody knows that of
a page that is made anew whenever anything it rests on changes, and so the site map says nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

MOST_ADDRESSES = 50_000  # in one site map: what the protocol allows
NAMES = ("robots.txt", "llms.txt", "opensearch.xml")
SITE_MAP = "sitemap.xml"

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITE_MAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def discovery_files(
    addresses: Sequence[str], site_url: str | None, most: int = MOST_ADDRESSES
) -> Iterator[tuple[str, bytes]]:
    """All of them, by name. A site map lists `most` addresses; where there are more, several stand behind an index."""
    robots = "User-agent: *\nAllow: /\n"
    if site_url:
        robots += f"Sitemap: {site_url}{SITE_MAP}\n"
        yield from _site_maps([site_url + address for address in addresses], site_url, most)
        yield "opensearch.xml", _open_search(site_url)
    yield "robots.txt", robots.encode()
    yield "llms.txt", _llms(site_url or "").encode()


def _site_maps(addresses: Sequence[str], site_url: str, most: int) -> Iterator[tuple[str, bytes]]:
    parts = [addresses[first : first + most] for first in range(0, len(addresses), most)]
    if len(parts) <= 1:
        yield SITE_MAP, _list("urlset", "url", addresses)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield SITE_MAP, _list("sitemapindex", "sitemap", [site_url + name for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _list("urlset", "url", part)


def _list(whole: str, one: str, addresses: Sequence[str]) -> bytes:
    rows = "".join(f"<{one}><loc>{escape(address, quote=False)}</loc></{one}>\n" for address in addresses)
    return f"{_XML}<{whole} {_SITE_MAPS}>\n{rows}</{whole}>\n".encode()


def _open_search(site_url: str) -> bytes:
    """How a browser or a library's catalogue puts a question to the site's own search."""
    url = escape(site_url)
    return (
        f'{_XML}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>Sessional</ShortName>\n"
        "<Description>What States were told about human rights, and what they answered</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Image width="64" height="64" type="image/png">{url}assets/sessional/favicon.png</Image>\n'
        f'<Url type="text/html" template="{url}search/?q={{searchTerms}}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{url}opensearch.xml"/>\n'
        "</OpenSearchDescription>\n"
    ).encode()


_LLMS = """# Sessional

> What States were told about human rights when they were examined, what they answered, and what they promised: each
> sentence with who said it, the kind of document it comes from, and the place where it is written.

Before you quote:

- Each statement has a speaker: the Committee, a reviewing State, the State's delegation, the State, the author of the
  document, or nobody who is named. Name the speaker. The author's opinion is not the Committee's.
- Most documents are summaries by non-governmental organisations. They are not official records.
- `source_kind` says whose words these are. Those of a `summary` or a `un-report` are the document's. A `digest` is our
  paraphrase: cite the document of the United Nations that it leads to.
- Recommendations of a Universal Periodic Review are the recommending States' own. The Working Group as a whole does not
  endorse them.
- "No answer is recorded in this document" does not mean that the State refused to answer.
- Counts say how much was written down, not how a State performs. They are not a score.
- What is not known is "not recorded". Do not fill it in.

To cite a statement, give its speaker, its document with publisher or symbol and line, and its permanent address: the
page of the examination with the statement's id as anchor. {address}

Quotations belong to their sources, on the terms that the register of sources records. Our own metadata (kinds,
speakers, themes, links) may be reused under CC BY 4.0.

## Data

- [All data, with fields and terms]({data})
- [Statements: files, with the fields of each]({root}data/datapackage.json). A State's statements are
  {root}data/states/STATE.jsonl, one JSON object a line, and {root}data/states/STATE.csv, a table; STATE is as in
  {root}countries/STATE/
- [Examinations with the origin of each fact]({root}data/examinations.json)
- [Themes as SKOS]({root}data/themes.jsonld), and [in Turtle]({root}data/themes.ttl)
- [Checksums]({root}data/SHA256SUMS)

## Pages

- [Countries]({countries}): each State, with its examinations
- [Sessions]({sessions}): who was examined together
- [Themes]({themes}): from adoption to violence, over all States
- [Questions]({questions}): first those after which no answer is recorded
- [Commitments]({commitments}): what States promised, those with a date first
- [Method]({method}): how a document becomes statements, and what is never done
- [Sources]({sources}): each document, its publisher and its rights
- [Corrections]({corrections}): what was published here and is no more, and why
"""
_PAGES = {
    "data": "data/",
    "countries": "countries/",
    "sessions": "sessions/",
    "themes": "themes/",
    "questions": "questions/",
    "commitments": "commitments/",
    "method": "about/method/",
    "sources": "about/sources/",
    "corrections": "about/corrections/",
}


def _llms(root: str) -> str:
    """What the site is, whose words it holds, where the data are, how to cite."""
    end = "" if root else "index.html"
    address = (
        f"It begins with {root}countries/ and ends with `#` and the id."
        if root
        else "This copy does not know its public address, so its links are relative."
    )
    return _LLMS.format(root=root, address=address, **{name: f"{root}{page}{end}" for name, page in _PAGES.items()})
