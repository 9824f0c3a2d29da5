"""Nobody arrives before the first mission of the chain is authorised.

Why: people who came before the mandate were visitors or scouts, which are events, not arrivals; counted as arrivals they stay for ever.

Example: an assessment team of August 2023 coded as an arrival of the mission authorised in October.

Remedy: Code a visit as an event, or correct the date.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.missions import predecessors
from musterroll.record.presence import IN_SERVICE
from musterroll.record.record import Record
from musterroll.record.rows import ARRIVALS

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("missions", "deployments", "evidence")

_INWARD = ARRIVALS | {"rotation_in"}  # trainees abroad are not part of the mission


def run(record: Record) -> Iterator[Finding]:
    """One finding per arrival that surely came before any mandate."""
    table = record.tables["deployments"]
    for item in record.movements:
        mission = record.missions.get(item.mission)
        if mission is None or item.kind not in _INWARD or item.place not in IN_SERVICE:
            continue
        begins = min(each.begins for each in predecessors(record, mission))
        if item.when.latest and item.when.latest < begins:
            message = f"The arrival is before {begins}, when the mission was authorised."
            yield INFO.at(table, item.row, "date_latest", message, expected=f"{begins} or later")
