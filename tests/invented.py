"""Invented reports, as short as a test wants them."""

from __future__ import annotations

SESSION = "102<sup>ND</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n25<sup>TH</sup> MAY 2026"
EXCHANGE = (
    "The Committee was concerned about the lack of data on trafficking. "
    "The delegation replied that a register had been opened."
)


def report(
    state: str = "ARCADIA",
    body: str = EXCHANGE,
    *,
    title: str = "",
    session: str = SESSION,
    led_by: str = "Mr. Ignace Tillery, Minister of Social Welfare",
) -> str:
    """A summary of an examination of a State; by default under the Convention, with one concern and one reply."""
    title = title or f"STATE PARTY EXAMINATION OF {state}’S SECOND PERIODIC REPORT"
    return (
        f"# {title}\n\n{session}\n\n## Opening Comments\n\nThe delegation was led by {led_by}.\n\n"
        f"## Prevention\n\n{body}\n"
    )
