"""The tables beside lists – a theme, a session, a kind –: their rows are those of the States' tables.

Takes `Views`, pages, and what reads a file of the site that is written already. Gives tables by address, in pieces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from generator.exports.records import statement_record
from generator.exports.states import CSV, state_address
from generator.exports.tables import by_id, heading, statement_lines
from generator.pages import Page
from generator.pages.views import Views

_PIECE = 1 << 16  # bytes of a table that are held before they are given


def list_tables(views: Views, pages: Sequence[Page], read: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """The tables beside these pages, in pieces with their addresses; those of one table are in order.

    All grow together, State by State, so that no more than one State's rows are in memory.
    """
    wanted: dict[str, list[tuple[int, list[bytes]]]] = defaultdict(list)
    examinations = views.corpus.examinations
    for number, page in enumerate(pages):
        ids: dict[str, list[bytes]] = defaultdict(list)
        for one in page.holds or ():
            ids[examinations[one.examination or ""].state].append(one.id.encode())
        for code, found in ids.items():
            wanted[code].append((number, found))
    held = [[heading()] for _ in pages]
    sizes = [0] * len(pages)
    for code in sorted(wanted):
        rows = by_id(read(f"{state_address(views, code)}{CSV}"))
        order = {id_: place for place, id_ in enumerate(rows)}
        for number, found in wanted[code]:
            piece = b"".join([rows[id_] for id_ in sorted(found, key=order.__getitem__)])
            held[number].append(piece)
            sizes[number] += len(piece)
            if sizes[number] > _PIECE:
                yield f"{pages[number].address}index.csv", b"".join(held[number])
                held[number], sizes[number] = [], 0
    for page, left in zip(pages, held, strict=True):
        if left:
            yield f"{page.address}index.csv", b"".join(left)


def list_table(views: Views, page: Page) -> tuple[str, bytes]:
    """The table beside one page, made from its statements: the same bytes."""
    held = {one.id for one in page.holds or ()}
    in_order = (one for one in views.corpus.statements if one.id in held)
    rows = statement_lines(statement_record(one, views.document(one)) for one in in_order)
    return f"{page.address}index.csv", b"".join((heading(), *rows))
