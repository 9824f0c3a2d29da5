"""The mission never has more people deployed than its mandate allows.

Why: a ceiling is set by the Security Council and watched; a total above it means that somebody is counted twice, or a mandate is coded wrongly.

Example: 6,000 people under a ceiling of 5,550.

Remedy: Look for arrivals that are counted twice, or correct the ceiling. No ceiling is an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.facts.added import moved
from muster_validators.finding import Finding
from musterroll.record.balance import change_points
from musterroll.record.cells import read_cell
from musterroll.record.missions import current_mission
from musterroll.record.presence import counted, deployed
from musterroll.record.record import Record
from musterroll.record.written import written

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("missions", "commitments", "conditions", "deployments", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per mission with a ceiling: the first day on which surely more people are deployed."""
    table = record.tables["missions"]
    seen: set[str] = set()
    for day in change_points(record):
        mission = current_mission(record, day)
        ceiling = read_cell(table, mission.row, "personnel_ceiling", int)
        people = deployed(record, mission, None, day)
        if ceiling is not None and people.min > ceiling and mission.id not in seen:
            seen.add(mission.id)
            message = f"On {day} {written(people)} people are deployed, and the ceiling is {ceiling:,}."
            rows = moved(record, counted(record, mission, None, day), day, of_all=True)
            yield replace(INFO.at(table, mission.row, "personnel_ceiling", message), related=rows)
