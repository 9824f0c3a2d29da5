"""How many people the whole mission had, day by day: as movements add up, beside what was reported.

One row per day on which any of it changed (a movement, a report, a handover), up
to the horizon, and one of the horizon; a row holds until the next. Numbers are
persons.
Definitions: RECORD, "deployed(t)", "present(t)" and "Reconciliation".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from musterroll.record import presence
from musterroll.record.count import Interval
from musterroll.record.missions import current_mission
from musterroll.record.reconciliation import hull_of_present, reconciled
from musterroll.record.record import Record
from musterroll.record.rows import Strength
from musterroll.record.span import last_day
from musterroll.record.stocks import last_reported
from musterroll.record.verdict import Verdict

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """The whole mission at the end of one day.

    `reported` is the last believed report of people present, by any day up to
    this one; None before the first. `expected` is how many were present by the
    movements on the days of that report, and `agreement` what comparing the two
    gives: *holds*, *violated* (more reported than can have been there),
    *possibly_violated* (fewer than must have been) or *unknown* (no number).
    """

    mission: str
    as_of: date
    present: Interval
    deployed: Interval
    reported: Strength | None
    expected: Interval | None
    agreement: Verdict | None


def strength(record: Record) -> list[StrengthRow]:
    """The rows in the order of time. Raises `Unusable` if the record has no mission."""
    rows = [_row(record, day) for day in _days(record)]
    changes = [row for before, row in pairwise(rows[:-1]) if replace(row, as_of=before.as_of) != before]
    return [*rows[:1], *changes, *rows[1:][-1:]]


def _days(record: Record) -> list[date]:
    """The days on which something can change, the horizon last."""
    windows = [movement.when for movement in record.movements]
    windows += [stock.as_of for stock in record.strengths if stock.country is None and stock.measure == "present"]
    end = last_day(record)
    days = {end, *(day for window in windows for day in (window.earliest, window.latest) if day)}
    for mission in record.missions.values():
        days.add(mission.begins)
        if mission.until and mission.until < date.max:
            days.add(mission.until + _DAY)
    return sorted(day for day in days if day <= end)


def _row(record: Record, day: date) -> StrengthRow:
    mission = current_mission(record, day)
    stock = last_reported(record, mission, None, day)
    expected = hull_of_present(record, stock, None) if stock else None
    return StrengthRow(
        mission=mission.id,
        as_of=day,
        present=presence.present(record, mission, None, day),
        deployed=presence.deployed(record, mission, None, day),
        reported=stock,
        expected=expected,
        agreement=reconciled(stock, expected) if stock else None,
    )
