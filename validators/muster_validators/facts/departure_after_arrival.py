"""Nobody departs, dies or goes missing who never arrived.

Why: a departure of more people than can have been there means a missing arrival or a departure that is coded twice or with the wrong country.

Example: 100 Kenyans leave before any Kenyan came.

Remedy: Look for the arrival that is missing, or correct country, place, number or date of the departure.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.count import total
from musterroll.record.presence import after_last_reset
from musterroll.record.record import Record
from musterroll.record.rows import ARRIVALS, LOSSES, Movement

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("deployments", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per country and place: the first departure that more people make than can have come by then."""
    groups: dict[tuple[str, str], list[Movement]] = {}
    for movement in record.movements:
        groups.setdefault((movement.country, movement.place), []).append(movement)
    for movements in groups.values():
        yield from _first(record, movements)


def _first(record: Record, movements: list[Movement]) -> Iterator[Finding]:
    left = [item for item in movements if item.kind in LOSSES and item.when.latest]
    for item in sorted(left, key=lambda loss: (loss.when.latest, loss.id)):
        day = item.when.latest
        if day is None:
            continue
        counting = after_last_reset(movements, day)
        lost = [loss for loss in counting if loss.kind in LOSSES and loss.when.certain(day)]
        gone = total(loss.personnel.interval for loss in lost).min
        arrived = [come for come in counting if come.kind in ARRIVALS and come.when.possible(day)]
        came = total(come.personnel.interval for come in arrived).max
        if came is not None and gone > came:
            table = record.tables["deployments"]
            field = next(
                name
                for name in ("personnel_min", "personnel_best", "personnel_qualifier")
                if table.cell(item.row, name)
            )
            message = f"By {day} at least {gone:,} people left, and at most {came:,} can have come."
            yield INFO.at(table, item.row, field, message, expected=f"at most {came} in all")
            return
