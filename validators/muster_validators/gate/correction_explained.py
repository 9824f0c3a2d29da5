"""A count, date, code or reference that changes in a row of the release before has its cause in `errata`, and an erratum tells of a change.

Why: readers must be able to tell whether we were wrong, the world changed, or the source changed. Whoever has used the old number needs to know which, and a list that leaves some out is worth little.

Example: the date of the arrival D-0007 is moved by a month, and errata has no row for it; or a row of errata that was fixed in this version names a cell in which nothing changed.

Remedy: Add a row to `errata` with table, row, column, the cell before and after, the cause, and this version in fixed_in. What happened later belongs in a new row or revision, not in the old cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.changes.corrections import Correction, unexplained_corrections, unfounded_errata
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ("errata",)


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per changed cell without a cause, and per erratum without a change."""
    if subject.diff is None:
        return
    for item in unexplained_corrections(subject.diff):
        yield _unexplained(item, subject.tables[item.table]) if item.table in subject.tables else _at_large(item)
    errata = subject.tables["errata"]
    rows = {errata.cell(row, "erratum_id"): row for row in range(len(errata.rows))}
    for erratum in unfounded_errata(subject.diff):
        message = f"{erratum.id} tells of a correction of {erratum.table} {erratum.row_id} that was not made."
        yield INFO.at(errata, rows[erratum.id], "row_id", message)


def _unexplained(item: Correction, table: Table) -> Finding:
    row = next((row for row in range(len(table.rows)) if table.key(row) == dict(item.key)), None)
    return _at_large(item) if row is None else INFO.at(table, row, item.field, _message(item), expected=item.before)


def _at_large(item: Correction) -> Finding:
    return INFO.finding(_message(item), table=item.table, key=item.key, field=item.field, value=item.after)


def _message(item: Correction) -> str:
    before, after = item.before or "empty", item.after or "empty"
    return f"{item.field} was {before} and is {after}; errata does not say why."
