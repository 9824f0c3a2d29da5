"""A movement and a reported strength belong to a mission whose mandate ran on their day.

Why: people carry over from a mission to its successor, and each row is booked under the mission of its date. Under another one it disappears from the totals of the one and appears in those of the other.

Example: an arrival of November 2025 is booked under the mission that ended on 2 October 2025.

Remedy: Correct the mission or the date. What happened before any mandate is an event; `arrival-authorised` names arrivals of that time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.missions import predecessors
from musterroll.record.record import Record
from musterroll.record.rows import Mission, Movement, Strength
from musterroll.record.window import Window

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("missions", "deployments", "strengths", "evidence")
_COUNTED = {"present", "cumulative"}  # what is planned or promised may be so before the mandate


def run(record: Record) -> Iterator[Finding]:
    """One finding per row whose days lie wholly outside of its mission's mandate."""
    strengths = [item for item in record.strengths if item.measure in _COUNTED]
    yield from _outside(record, "deployments", record.movements)
    yield from _outside(record, "strengths", strengths)


def _outside(record: Record, name: str, items: Sequence[Movement | Strength]) -> Iterator[Finding]:
    table = record.tables[name]
    for item in items:
        mission = record.missions.get(item.mission)
        days = item.when if isinstance(item, Movement) else item.as_of
        if mission is None or not _is_outside(days, mission) or _is_before_all(record, days, mission):
            continue
        until = f" to {mission.until}" if mission.until else ""
        message = f"The mandate of {mission.id} runs from {mission.begins}{until}, and this is of another time."
        yield INFO.at(table, item.row, "mission_id", message, expected="the mission of that day")


def _is_outside(days: Window, mission: Mission) -> bool:
    too_late = mission.until is not None and days.earliest is not None and days.earliest > mission.until
    return too_late or (days.latest is not None and days.latest < mission.begins)


def _is_before_all(record: Record, days: Window, mission: Mission) -> bool:
    """Whether no mission of the chain ran yet, so that no other would be right."""
    first = min(each.begins for each in predecessors(record, mission))
    return days.latest is not None and days.latest < first
