"""A reported number of people present fits the movements up to that day.

Why: movements and stocks are reported by different people at different times. A stock above what can have arrived means that an arrival is missing (violated, an error); one below what must still be there means that departures were not reported (possibly violated, a warning).

Example: 500 are reported present, and at most 396 can have arrived.

Remedy: Look for the missing arrival or departure. Where a credible stock shows a departure that nobody reported, code it as `unreported_out` with the stock as its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding, Severity
from musterroll.package.table import Table
from musterroll.record.reconciliation import hull_of_present, reconciled
from musterroll.record.record import Record
from musterroll.record.written import written, written_count

INFO = describe(__name__, __doc__, layer="facts")
_SEVERITY: dict[str, Severity] = {"violated": "error", "possibly_violated": "warning"}
_COLUMNS = ("personnel_min", "personnel_best", "personnel_max")
NEEDS: tuple[str, ...] = ("missions", "commitments", "conditions", "deployments", "strengths", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per believed stock of people present that lies wholly above or below what movements allow."""
    table = record.tables["strengths"]
    for stock in record.strengths:
        if stock.measure != "present":
            continue
        allowed = hull_of_present(record, stock, stock.country)
        verdict = reconciled(stock, allowed)
        if allowed is None or verdict not in _SEVERITY:
            continue
        who = stock.country or "all"
        message = (
            f"{written_count(stock.personnel)} are reported present ({who}); by the movements it is {written(allowed)}."
        )
        field = number_column(table, stock.row)
        yield INFO.at(table, stock.row, field, message, expected=written(allowed), severity=_SEVERITY[verdict])


def number_column(table: Table, row: int) -> str:
    """The first column of the number that holds one."""
    return next(name for name in _COLUMNS if table.cell(row, name))
