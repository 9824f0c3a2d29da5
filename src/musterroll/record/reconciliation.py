"""Do reported stocks fit the movements? (RECORD, "Reconciliation").

Two of the answers are true in every world: of *violated*, that more are reported
than can have been there on any day for which the report may be meant; of
*possibly_violated*, that fewer are. (It is only *possibly* a fault, since
departures are not news.) *holds* says less: that the report lies within the hull
over those days, so that neither an arrival nor a departure must be missing.
A number between those of two days holds although it is that of neither.
"""

from __future__ import annotations

from datetime import date

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
    result: Interval | None = None
    for _, people in present_by_day(record, stock, country):
        result = result.hull(people) if result else people
    return result


def nearest_day(record: Record, stock: Strength, country: str | None) -> date:
    """The first day of the stock's window, which must not be open, on which the movements come nearest to it."""
    reported = stock.personnel.interval
    return min(present_by_day(record, stock, country), key=lambda each: (_distance(reported, each[1]), each[0]))[0]


def present_by_day(record: Record, stock: Strength, country: str | None) -> list[tuple[date, Interval]]:
    """People present by the movements on each day of the stock's window that can differ; none if the window is open."""
    first, last = stock.as_of.earliest, stock.as_of.latest
    if first is None or last is None:
        return []
    days = {first, last, *(day for day in change_points(record) if first <= day <= last)}
    return [(day, present(record, current_mission(record, day), country, day)) for day in sorted(days)]


def _distance(one: Interval, other: Interval) -> int:
    """How many people two intervals are apart; 0 if they overlap."""
    above = 0 if one.max is None else other.min - one.max
    below = 0 if other.max is None else one.min - other.max
    return max(0, above, below)
