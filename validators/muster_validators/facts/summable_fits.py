"""A commitment is summable unless it is a part of another or no promise at all (status interest or declined), a contribution unless it is a part, a total of the fund (no country) or a target.

Why: a part added to its whole counts the same people twice; an interest added to promises makes a total that nobody pledged.

Example: Kenya's 600 are part of its 1,000 and marked as summable.

Remedy: Set is_summable to false for parts, interest and declined, and for totals and targets of the fund; to true for all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments", "contributions")

_NO_PROMISE = {"interest", "declined"}


def run(record: Record) -> Iterator[Finding]:
    """One finding per row whose is_summable does not follow from what the row is."""
    for name, why_not in (("commitments", _no_promise), ("contributions", _no_gift)):
        table = record.tables[name]
        for row in range(len(table.rows)):
            part = table.cell(row, "part_of")
            reason = f"it is part of {part}" if part else why_not(table, row)
            expected = "false" if reason else "true"
            if table.cell(row, "is_summable") != expected:
                why = reason or "it is part of nothing and counts by itself"
                yield INFO.at(table, row, "is_summable", f"It must be {expected}, since {why}.", expected=expected)


def _no_promise(table: Table, row: int) -> str:
    """Why a commitment is no promise, or nothing."""
    status = table.cell(row, "status")
    return f"its status is {status}" if status in _NO_PROMISE else ""


def _no_gift(table: Table, row: int) -> str:
    """Why a contribution is nobody's gift, or nothing."""
    if table.cell(row, "status") == "target":
        return "it is a target"
    return "" if table.cell(row, "country_code") else "it is a total of the fund"
