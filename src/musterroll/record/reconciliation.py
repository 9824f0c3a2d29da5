"""Do reported stocks fit the movements? (RECORD, "Reconciliation")."""

from __future__ import annotations

from musterroll.record.balance import change_points
from musterroll.record.count import Interval
from musterroll.record.missions import current_mission
from musterroll.record.presence import present
from musterroll.record.record import Record
from musterroll.record.rows import Strength
from musterroll.record.verdict import Verdict


def reconciled(stock: Strength, by_movements: Interval | None) -> Verdict:
    """How a stock of people present compares with `hull_of_present`.

    *violated*: more are reported than can have been there, so an arrival is
    missing. *possibly_violated*: fewer than must have been there, so departures
    were not reported. *unknown*: the report gives no number, or its days are open.
    """
    if by_movements is None or not stock.personnel.has_number:
        return "unknown"
    reported = stock.personnel.interval
    if by_movements.max is not None and reported.min > by_movements.max:
        return "violated"
    return "holds" if reported.overlaps(by_movements) else "possibly_violated"


def hull_of_present(record: Record, stock: Strength, country: str | None) -> Interval | None:
    """People present by the movements on any day of the stock's window; None if the window is open.

    Its best value is that of the first day. `country` None is the sum of all.
    """
    first, last = stock.as_of.earliest, stock.as_of.latest
    if first is None or last is None:
        return None
    days = {first, last, *(day for day in change_points(record) if first <= day <= last)}
    hulls = [present(record, current_mission(record, day), country, day) for day in sorted(days)]
    result = hulls[0]
    for hull in hulls[1:]:
        result = result.hull(hull)
    return result
