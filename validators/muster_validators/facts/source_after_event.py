"""A source does not report what happened after its publication.

Why: either the date of the fact is wrong, or the evidence is: a plan, a promise or a schedule was taken for the event itself.

Example: an arrival of July with a source of June that announces it.

Remedy: Correct the date (the first day of the row may be too late) or the source; what is planned or scheduled is `context`, not support.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.cells import day_of
from musterroll.record.claims import ID_COLUMNS, Claim, claims
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence", "sources")

# The column with the first day of what a row reports; a mandate is decided before it begins.
_SETTLES = {"date", "date_earliest", "date_latest", "status"}
_FIRST_DAY = {
    "commitments": "announced_earliest",
    "conditions": "date_earliest",
    "contributions": "date_earliest",
    "deployments": "date_earliest",
    "strengths": "as_of_earliest",
    "events": "date_earliest",
}


def run(record: Record) -> Iterator[Finding]:
    """One finding per believed evidence row whose source was wholly published before; an undated source is unknown."""
    evidence = record.tables["evidence"]
    for claim in claims(record):
        day = _first_day(record, claim)
        for item in claim.own if day else ():
            if item.stance == "context" or item.rank == "deprecated":
                continue
            published = record.published[item.source].latest if item.source in record.published else None
            if published and day and published < day:
                message = f"{item.source} was published by {published}, before {day}, the first day of {item.of}."
                yield INFO.at(evidence, item.row, "source_id", message, expected="a source of that day or later")


def _first_day(record: Record, claim: Claim) -> date | None:
    """The first day of what the evidence reports; a condition is only stated until it is met or fails."""
    if claim.table.name == "conditions" and claim.field not in _SETTLES:
        return None
    if claim.table.name == "event_figures":
        events = record.tables["events"]
        event = claim.table.cell(claim.row, "event_id")
        rows = [row for row in range(len(events.rows)) if events.cell(row, "event_id") == event]
        return day_of(events, rows[0], "date_earliest") if rows else None
    column = _FIRST_DAY.get(claim.table.name)
    return day_of(claim.table, claim.row, column) if column else None
