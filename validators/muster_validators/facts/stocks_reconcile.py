"""A reported number of people present fits the movements up to that day.

Why: movements and stocks are reported by different people at different times. A stock above what can have arrived means that an arrival is missing (violated, an error); one below what must still be there means that departures were not reported (possibly violated, a warning).

Example: 500 are reported present, and at most 396 can have arrived.

Remedy: Look for the missing arrival or departure. Where a credible stock shows a departure that nobody reported, code it as `unreported_out` with the stock as its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.facts.added import days, moved, number_column
from muster_validators.finding import Finding, Related, Severity
from musterroll.record.missions import current_mission
from musterroll.record.presence import IN_COUNTRY, counted
from musterroll.record.reconciliation import hull_of_present, nearest_day, reconciled
from musterroll.record.record import Record
from musterroll.record.rows import Strength
from musterroll.record.written import written, written_count

INFO = describe(__name__, __doc__, layer="facts")
_SEVERITY: dict[str, Severity] = {"violated": "error", "possibly_violated": "warning"}
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
        who, number, expected = stock.country or "all", written_count(stock.personnel), written(allowed)
        message = f"{number} are reported present ({who}, {days(stock.as_of)}); by the movements it is {expected}."
        field = number_column(table, stock.row)
        finding = INFO.at(table, stock.row, field, message, expected=expected, severity=_SEVERITY[verdict])
        yield replace(finding, related=_rows_of(record, stock))


def _rows_of(record: Record, stock: Strength) -> tuple[Related, ...]:
    """The movements that add up to the number that comes nearest to the report, at the first day on which one does."""
    day = nearest_day(record, stock, stock.country)
    movements = counted(record, current_mission(record, day), stock.country, day, IN_COUNTRY)
    return moved(record, movements, day, of_all=stock.country is None)
