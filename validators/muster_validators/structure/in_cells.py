"""The cell in which a fault of the text lies: the reader knows line and column, people want row and field."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from muster_validators.finding import Finding
from musterroll.package.table import Table


def in_cells(findings: Iterable[Finding], table: Table | None) -> Iterator[Finding]:
    """The findings; those that point into a cell of a row name its key and its field."""
    for finding in findings:
        row = None if table is None else _row(finding, table)
        if table is None or row is None or finding.column is None:
            yield finding
        else:
            yield replace(finding, key=table.key(row), field=_field(finding, table, row), row=row)


def _row(finding: Finding, table: Table) -> int | None:
    """The row that begins on the line, or before it and goes on there; None for the header and what was skipped."""
    if finding.line is None or finding.file != table.file:
        return None
    row = bisect_right(table.lines, finding.line) - 1
    between = [line for line in table.skipped.values() if row >= 0 and table.lines[row] < line <= finding.line]
    return row if row >= 0 and not between else None


def _field(finding: Finding, table: Table, row: int) -> str:
    """The column whose cell begins last before the place."""
    at = (finding.line or 0, finding.column or 0)
    begun = [name for name in table.header if _begin(table, row, name) <= at]
    return begun[-1] if begun else table.header[0]


def _begin(table: Table, row: int, name: str) -> tuple[int, int]:
    line, column = table.place(row, name)
    return line, column or 0
