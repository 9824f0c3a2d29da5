"""A commitment is summable unless it is a part of another or no promise at all (status interest or declined).

Why: a part added to its whole counts the same people twice; an interest added to promises makes a total that nobody pledged.

Example: Kenya's 600 are part of its 1,000 and marked as summable.

Remedy: Set is_summable to false for parts, interest and declined, to true for all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments",)

_NO_PROMISE = {"interest", "declined"}


def run(record: Record) -> Iterator[Finding]:
    """One finding per revision whose is_summable does not follow from part_of and status."""
    table = record.tables["commitments"]
    for row in range(len(table.rows)):
        part, status = table.cell(row, "part_of"), table.cell(row, "status")
        expected = "false" if part or status in _NO_PROMISE else "true"
        if table.cell(row, "is_summable") != expected:
            why = f"it is part of {part}" if part else f"its status is {status}"
            yield INFO.at(table, row, "is_summable", f"It must be {expected}, since {why}.", expected=expected)
