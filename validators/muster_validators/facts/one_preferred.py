"""Of the believed evidence that asserts a value of a field, exactly one row is preferred: the one that sets the cell.

Why: without a preferred source nobody can say where the number in the table comes from; with two, they can disagree.

Example: two sources for one arrival, both ranked normal.

Remedy: Rank the source that the cell follows as preferred and the others as normal or deprecated.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.asserted import NUMBER_STEMS
from musterroll.record.claims import ID_COLUMNS, claims
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per field, at the first evidence row (none preferred) or at the second preferred one."""
    table = record.tables["evidence"]
    for claim in claims(record):
        if not claim.columns or not claim.asserting or len(claim.preferred) == 1:
            continue
        if claim.field in NUMBER_STEMS and all(item.stance == "conflicts" for item in claim.asserting):
            continue  # a number without support is the matter of figure-has-evidence
        item = claim.preferred[1] if claim.preferred else claim.asserting[0]
        of = item.of if item.revision is None else f"{item.of} revision {item.revision}"
        message = f"Of the evidence for {claim.field} of {of}, {len(claim.preferred)} are preferred; it must be one."
        yield INFO.at(table, item.row, "rank", message, expected="one preferred")
