"""Evidence that conflicts, is deprecated, or is preferred against a conflict says why.

Why: a choice between sources without a reason cannot be checked by anybody, and will be made differently next time.

Example: of 400 and 200 arrivals, 400 is preferred, and neither evidence row says on what ground.

Remedy: Fill in `reason`: which source is nearer to the fact, more precise, or official.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.claims import ID_COLUMNS, claims
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per evidence row that needs a reason and has none."""
    table = record.tables["evidence"]
    for claim in claims(record):
        for item in claim.own:
            if table.cell(item.row, "reason"):
                continue
            if item.stance == "conflicts":
                yield INFO.at(
                    table, item.row, "reason", "The evidence conflicts with the preferred one and gives no reason."
                )
            elif item.rank == "deprecated":
                yield INFO.at(table, item.row, "reason", "The evidence is deprecated without a reason.")
            elif item.rank == "preferred" and claim.conflicting:
                message = "The evidence is preferred against a conflicting one without a reason."
                yield INFO.at(table, item.row, "reason", message)
