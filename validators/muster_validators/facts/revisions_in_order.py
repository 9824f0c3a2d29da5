"""The revisions of a commitment are numbered 1, 2, 3 … and follow each other in time.

Why: "the pledge as it stood that day" is read from the chain of revisions; a gap hides one, a wrong order makes an old promise the current one.

Example: revision 3 follows revision 1; revision 2 was announced in May, revision 1 in June.

Remedy: Number without gaps. An older statement that was found later gets change_reason `found_later`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.cells import window_of
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per revision that leaves a gap or was surely announced before the one it follows."""
    table = record.tables["commitments"]
    for rows in chains(table).values():
        if table.cell(rows[0], "revision") != "1":
            yield INFO.at(table, rows[0], "revision", "The first revision must be number 1.", expected="1")
        for earlier, later in pairwise(rows):
            yield from _gap(table, earlier, later)
        believed = [row for row in rows if _is_believed(record, row)]
        for earlier, later in pairwise(believed):
            yield from _disorder(table, earlier, later)


def chains(table: Table) -> dict[str, list[int]]:
    """Rows of each commitment, by the number of the revision."""
    rows = sorted(range(len(table.rows)), key=lambda row: int(table.cell(row, "revision")))
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(table.cell(row, "commitment_id"), []).append(row)
    return found


def _is_believed(record: Record, row: int) -> bool:
    table = record.tables["commitments"]
    return record.is_believed("commitments", table.cell(row, "commitment_id"), int(table.cell(row, "revision")))


def _gap(table: Table, earlier: int, later: int) -> Iterator[Finding]:
    expected = int(table.cell(earlier, "revision")) + 1
    if int(table.cell(later, "revision")) != expected:
        message = f"Revision {expected} is missing."
        yield INFO.at(table, later, "revision", message, expected=str(expected))


def _disorder(table: Table, earlier: int, later: int) -> Iterator[Finding]:
    before, after = (window_of(table, row, "announced") for row in (earlier, later))
    is_late_find = table.cell(later, "change_reason") == "found_later"
    if after.latest and before.earliest and after.latest < before.earliest and not is_late_find:
        message = (
            f"The revision was announced before the one it follows, which is of {before.earliest} at the earliest."
        )
        yield INFO.at(table, later, "announced_latest", message, expected=f"{before.earliest} or later")
