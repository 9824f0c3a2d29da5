"""No window of dates ends before it begins.

Why: an earliest day after the latest one fits no world at all, and everything computed from it is arbitrary.

Example: date_earliest 2024-07-20, date_latest 2024-07-09.

Remedy: Swap the two dates, or correct the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from muster_validators.check import describe
from muster_validators.facts.frames import frame_of, refusals
from muster_validators.finding import Finding
from musterroll.record.record import Record

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (
    "missions",
    "commitments",
    "conditions",
    "contributions",
    "deployments",
    "strengths",
    "events",
    "sources",
)

# First and last day of every pair of columns that is a window.
_PAIRS = {
    "missions": ("authorised_from", "authorised_until"),
    "commitments": ("announced_earliest", "announced_latest"),
    "strengths": ("as_of_earliest", "as_of_latest"),
    "sources": ("published_earliest", "published_latest"),
}
_DATE = ("date_earliest", "date_latest")


def run(record: Record) -> Iterator[Finding]:
    """One finding per row whose window ends before it begins."""
    for name in NEEDS:
        table = record.tables[name]
        first, last = _PAIRS.get(name, _DATE)
        for _, row in refusals(model(first, last), frame_of(table, (first, last))):
            message = f"{last} is before {first}, which is {table.cell(row, first)}."
            yield INFO.at(table, row, last, message, expected=f"{table.cell(row, first)} or later")


def model(first: str, last: str) -> pa.DataFrameSchema:
    """The Pandera model of a window: an open end is no disorder."""
    import pandera.pandas as pa

    def in_order(frame: pd.DataFrame) -> pd.Series[bool]:
        return (frame[first] <= frame[last]) | frame[first].isna() | frame[last].isna()

    return pa.DataFrameSchema(checks=pa.Check(in_order, name="in order"))
