"""Nobody departs, dies or goes missing who never arrived.

Why: a departure of more people than can have been there means a missing arrival or a departure that is coded twice or with the wrong country.

Example: 100 Kenyans leave before any Kenyan came.

Remedy: Look for the arrival that is missing, or correct country, place, number or date of the departure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.facts.added import moved, number_column
from muster_validators.finding import Finding
from musterroll.record.presence import counted_in, flows
from musterroll.record.record import Record
from musterroll.record.rows import LOSSES, Movement

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
        flow = min(flows(movements, day), key=lambda flow: flow.shortage) if day else None
        if day and flow and flow.shortage:
            table = record.tables["deployments"]
            gone, came = flow.left.min, flow.came.max
            message = f"By {day} at least {gone:,} people left, and at most {came:,} can have come."
            field = number_column(table, item.row)
            finding = INFO.at(table, item.row, field, message, expected=f"at most {came} in all")
            yield replace(finding, related=moved(record, counted_in(movements, day), day))
            return
