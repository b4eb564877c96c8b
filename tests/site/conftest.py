"""Real sites and a real browser, each made once in a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from building import INVENTED, ROOT, WITH_INVENTED, Builder, Order, site


@pytest.fixture(scope="session")
def builder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Begins to build every site that this run's tests ask for."""
    asked_for = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    # Some tests name their site by a parameter.
    given = (item.callspec.params.values() for item in request.session.items if hasattr(item, "callspec"))
    asked_for |= {value for values in given for value in values if isinstance(value, str)}
    # A process that shares the tests of a run with others has a folder of its own, in the one of them all.
    sharing, folder = hasattr(request.config, "workerinput"), tmp_path_factory.getbasetemp()
    made = Builder(asked_for, folder.parent if sharing else folder, sharing)
    yield made
    made.close()


@site
def seed_site(_folder: Path) -> Order:
    """The site of the first report alone, so that what tests expect of it lasts as the collection grows."""
    return Order(("--sources", ROOT / "content/sources/lao-pdr-opsc-69.md"))


@site
def seed_site_published(_folder: Path) -> Order:
    """The site of the project’s own sources with a public address."""
    return Order(
        ("--sources", ROOT / "content/sources/lao-pdr-opsc-69.md"), env={"SITE_URL": "https://example.org/crc/"}
    )


@site
def project_site(_folder: Path) -> Order:
    """The site of all of the project's own sources."""
    return Order()


@site
def arcadia_site(_folder: Path) -> Order:
    """The site of the invented corpus; one of its five files is broken on purpose."""
    return Order(("--sources", INVENTED / "sources", *WITH_INVENTED))
