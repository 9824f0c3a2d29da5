"""Every evidence row names a row and a field that exist; a revision is named for commitments and for nothing else.

Why: evidence that points at nothing is silently lost, and the figure that it was meant for stands without a source.

Example: evidence for the deployment D-0099, which is not in the table; evidence for the field `personel`.

Remedy: Correct table_name, row_id, revision or field of the evidence, or add the row that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.claims import ID_COLUMNS, Claim, subjects
from musterroll.record.record import Record
from musterroll.record.rows import Evidence

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per evidence row that names no row, or a field that its table does not have."""
    table, rows = record.tables["evidence"], subjects(record)
    ids = {(name, id) for name, id, _ in rows}
    for item in record.evidence:
        has_revisions = item.table == "commitments"
        if has_revisions != (item.revision is not None):
            message = "A commitment is named with its revision." if has_revisions else f"{item.table} has no revisions."
            yield INFO.at(table, item.row, "revision", message)
        elif (item.table, item.of, item.revision) not in rows:
            named = item.of if item.revision is None else f"{item.of} revision {item.revision}"
            yield INFO.at(table, item.row, _wrong(item, ids), f"{item.table} has no row {named}.")
        elif not _has_field(record, item):
            message = f"{item.table} has no field {item.field}."
            yield INFO.at(table, item.row, "field", message, expected="a column, a stem, or empty for the whole row")


def _wrong(item: Evidence, ids: Set[tuple[str, str]]) -> str:
    """The column that is wrong, as far as the others can tell."""
    if (item.table, item.of) in ids:
        return "revision"
    return "table_name" if any(id == item.of for _, id in ids) else "row_id"


def _has_field(record: Record, item: Evidence) -> bool:
    about = record.tables[item.table]
    return set(Claim(about, 0, item.field, ()).columns) <= set(about.index)
