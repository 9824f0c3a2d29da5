"""What evidence, sources and countries said in the release before they say still, unless errata tells why not.

Why: who cites a number follows it to its source. Evidence that suddenly names another source, asserts another value or is filed under another row, and a source with another date or address, send readers elsewhere, and every check of this release by itself is content.

Example: V-0035 cited gazette-2024-10-25 and cites gazette-2024-07-20, and errata has no row for it.

Remedy: Put back what stood there, or add a row to `errata` with table, row, column and cause. New evidence is a new row; what no longer counts gets the rank deprecated. A cell that was empty may be filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.changes.corrections import answer, errata_of

if TYPE_CHECKING:
    from musterroll.changes.change import CellChange, Change

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ("errata",)
# Columns that say who said what, when and of whom. What the record makes of it (stance, rank, reason) may change.
_KEPT: Mapping[str, frozenset[str]] = {
    "evidence": frozenset({"table_name", "row_id", "field", "source_id", "locator", "value_asserted"}),
    "sources": frozenset({"type", "url", "published_earliest", "published_latest"}),
    "countries": frozenset({"kind", "alpha2", "m49", "cow_code", "gw_code"}),
}


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per cell."""
    if subject.diff is None:
        return
    errata = errata_of(subject.diff)
    for change in subject.diff.changes():
        for cell in _lost(change):
            if answer(errata, change.table, change.key, cell) is None:
                yield _finding(subject, change, cell)


def _lost(change: Change) -> Iterator[CellChange]:
    """Cells of a changed row that said something and say something else, or nothing."""
    kept = _KEPT.get(change.table or "", frozenset())
    if change.kind == "row_changed" and kept:
        yield from (cell for cell in change.cells if cell.field in kept and cell.old and cell.new is not None)


def _finding(subject: Subject, change: Change, cell: CellChange) -> Finding:
    message = f"{cell.field} was {cell.old} and is {cell.new or 'empty'}; errata does not say why."
    table = subject.tables.get(change.table or "")
    rows = (row for row in range(len(table.rows)) if table.key(row) == dict(change.key)) if table else iter(())
    row = next(rows, None)
    if table is None or row is None or cell.field not in table.index:
        return INFO.finding(message, table=change.table, key=change.key, field=cell.field, value=cell.new)
    return INFO.at(table, row, cell.field, message, expected=cell.old)
