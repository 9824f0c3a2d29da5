"""Missions form chains: which one is the current one, and which came before it (RECORD, "Mission at t")."""

from __future__ import annotations

from datetime import date

from musterroll.errors import Unusable
from musterroll.record.record import Record
from musterroll.record.rows import Mission


def current_mission(record: Record, day: date) -> Mission:
    """The mission whose mandate runs on `day`; before the first it is the first, after the last the last.

    Raises `Unusable` if the record has no mission.
    """
    if not record.missions:
        raise Unusable("the table missions is empty, so there is no mission to ask about")
    chain = sorted(record.missions.values(), key=lambda mission: mission.begins)
    for mission in chain:
        if mission.until is None or day <= mission.until:
            return mission
    return chain[-1]


def predecessors(record: Record, mission: Mission) -> list[Mission]:
    """The mission and all before it, the newest first; people carry over along this chain."""
    chain = [mission]
    while chain[-1].predecessor:
        before = record.missions.get(chain[-1].predecessor)
        if before is None:
            raise Unusable(f"the predecessor {chain[-1].predecessor} of {chain[-1].id} is not in missions")
        if before in chain:
            break
        chain.append(before)
    return chain
