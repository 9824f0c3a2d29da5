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
from musterroll.record.balance import change_points
from musterroll.record.count import Interval
from musterroll.record.missions import current_mission
from musterroll.record.presence import present
from musterroll.record.record import Record
from musterroll.record.rows import Strength
from musterroll.record.written import written, written_count

INFO = describe(__name__, __doc__, layer="facts")
_COLUMNS = ("personnel_min", "personnel_best", "personnel_max")
NEEDS: tuple[str, ...] = ("missions", "commitments", "conditions", "deployments", "strengths", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per believed stock of people present that lies wholly above or below what movements allow."""
    table = record.tables["strengths"]
    for stock in record.strengths:
        if stock.measure != "present" or not stock.personnel.has_number:
            continue
        allowed, reported = hull_of_present(record, stock, stock.country), stock.personnel.interval
        if allowed is None or reported.overlaps(allowed):
            continue
        above = allowed.max is not None and reported.min > allowed.max
        who = stock.country or "all"
        message = (
            f"{written_count(stock.personnel)} are reported present ({who}); by the movements it is {written(allowed)}."
        )
        field = number_column(table, stock.row)
        severity: Severity = "error" if above else "warning"
        yield INFO.at(table, stock.row, field, message, expected=written(allowed), severity=severity)


def number_column(table: Table, row: int) -> str:
    """The first column of the number that holds one."""
    return next(name for name in _COLUMNS if table.cell(row, name))


def hull_of_present(record: Record, stock: Strength, country: str | None) -> Interval | None:
    """People present by the movements on any day of the stock's window; None if the window is open."""
    first, last = stock.as_of.earliest, stock.as_of.latest
    if first is None or last is None:
        return None
    days = {first, last, *(day for day in change_points(record) if first <= day <= last)}
    hulls = [present(record, current_mission(record, day), country, day) for day in sorted(days)]
    result = hulls[0]
    for hull in hulls[1:]:
        result = result.hull(hull)
    return result
