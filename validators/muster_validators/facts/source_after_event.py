"""A source does not report what happened after its publication.

Why: either the date of the fact is wrong, or the evidence is: a plan, a promise or a schedule was taken for the event itself.

Example: an arrival of July with a source of June that announces it.

Remedy: Correct the date or the source; what is planned or scheduled is `context`, not support.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.cells import day_of
from musterroll.record.claims import ID_COLUMNS, claims
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence", "sources")

# The first day of what a row reports; figures have the day of their event, and a mandate is decided before it begins.
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
        column = _FIRST_DAY.get(claim.table.name)
        day = day_of(claim.table, claim.row, column) if column else None
        for item in claim.asserting if day else ():
            published = record.published[item.source].latest if item.source in record.published else None
            if published and day and published < day:
                message = f"{item.source} was published by {published}, before {day}, the first day of {item.of}."
                yield INFO.at(evidence, item.row, "source_id", message, expected="a source of that day or later")
