"""One address of every type of page, in the two sites that are built for the tests."""

from __future__ import annotations

SEED_PAGES = {
    "home": "",
    "countries": "countries/",
    "country": "countries/lao/",
    "examination": "countries/lao/opsc-69/",
    "brief": "countries/lao/opsc-69/brief/",
    "source": "countries/lao/opsc-69/source/",
    "sessions": "sessions/",
    "session": "sessions/crc-69/",
    "concerns": "concerns/",
    "concerns on a theme": "concerns/displaced-children/",
    "recommendations": "recommendations/",
    "recommendations on a theme": "recommendations/data-collection/",
    "themes": "themes/",
    "theme": "themes/trafficking/",
    "questions": "questions/",
    "commitments": "commitments/",
    "people": "people/",
    "person": "people/jorge-cardona-llorens/",
    "treaties": "treaties/",
    "treaty": "treaties/opsc/",
    "data": "data/",
    "search": "search/",
    "about": "about/",
    "method": "about/method/",
    "kinds": "about/kinds/",
    "sources": "about/sources/",
    "diagnostics": "about/diagnostics/",
    "corrections": "about/corrections/",
    "reuse": "about/reuse/",
}

# Pages that do not depend on the sources are looked at in the seed's site alone.
ARCADIA_PAGES = {
    "home": "",
    "countries": "countries/",
    "country": "countries/xar/",
    "examination": "countries/xar/crc-101/",
    "brief": "countries/xar/crc-101/brief/",
    "source": "countries/xfr/opac-102/source/",
    "sessions": "sessions/",
    "session": "sessions/crc-102/",
    "concerns": "concerns/",
    "concerns on a theme": "concerns/data-collection/",
    "recommendations": "recommendations/",
    "recommendations on a theme": "recommendations/data-collection/",
    "themes": "themes/",
    "theme": "themes/data-collection/",
    "questions": "questions/",
    "commitments": "commitments/",
    "people": "people/",
    "person": "people/teodor-quillan/",
    "treaty": "treaties/opac/",
    "sources": "about/sources/",
}

DATA_FILES = (
    "data/statements.jsonl",
    "data/statements.csv",
    "data/examinations.json",
    "data/SHA256SUMS",
    "search/meta.js",
)
