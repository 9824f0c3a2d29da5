"""The days between which a record speaks: from the first request or promise to its horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from musterroll.record.cells import window_of
from musterroll.record.missions import current_mission
from musterroll.record.record import Record
from musterroll.record.window import Window

_PREPARATION = 5  # years, as the plausible dates of a record are bounded


def first_day(record: Record) -> date:
    """The day on which the first mission was first asked for or promised anything, or began: its preparation.

    What lies more than five years before is background. Raises `Unusable` if the record has no mission.
    """
    begins = current_mission(record, date.min).begins
    asked = [*_of_rows(record), *_of_events(record, "request")]
    first = begins.replace(day=1, year=max(1, begins.year - _PREPARATION))
    return min([begins, *(window.earliest for window in asked if window.earliest and window.earliest >= first)])


def last_day(record: Record) -> date:
    """The horizon, up to which the record claims to be complete; without one, the last day that any row names.

    Raises `Unusable` if the record has no mission.
    """
    if record.horizon is not None:
        return record.horizon
    begins = [mission.begins for mission in record.missions.values()] or [current_mission(record, date.min).begins]
    named = [*_of_rows(record), *_of_events(record), *record.published.values()]
    days = {day for window in named for day in (window.earliest, window.latest)}
    return max(*begins, *(day for day in days if day is not None), date.min)


def _of_rows(record: Record) -> Iterator[Window]:
    """When what the believed rows tell was said or happened."""
    yield from (revision.announced for chain in record.revisions.values() for revision in chain)
    yield from (condition.settled for condition in record.conditions)
    yield from (contribution.when for contribution in record.contributions)
    yield from (movement.when for movement in record.movements)
    yield from (stock.as_of for stock in record.strengths)


def _of_events(record: Record, kind: str | None = None) -> Iterator[Window]:
    table = record.tables["events"]
    for row in range(len(table.rows)):
        if kind in (None, table.cell(row, "kind")) and record.is_believed("events", table.cell(row, "event_id")):
            yield window_of(table, row, "date")
