"""A condition has a day exactly if it was met or has failed.

Why: whether a pledge was in force on a day follows from the day on which its last condition was met. A condition that was met nobody knows when never counts, and an open one with a day says two things.

Example: the status is met, and date_earliest is empty; or the status is open, with a day.

Remedy: Give the day on which it was met or failed, as far as sources allow, or set the status to open and empty both dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("conditions",)


def run(record: Record) -> Iterator[Finding]:
    """One finding per condition."""
    table = record.tables["conditions"]
    for row in range(len(table.rows)):
        status = table.cell(row, "status")
        has_day = any(table.cell(row, name) for name in ("date_earliest", "date_latest"))
        if has_day == (status == "open"):
            message = f"It is {status}, and {'has a day' if has_day else 'no day is given'}."
            yield INFO.at(table, row, "status", message, expected="met or failed" if has_day else "open")
