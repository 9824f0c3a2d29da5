"""Evidence conflicts with the preferred one exactly if both cannot be true, and supports it otherwise.

Why: a stance typed by hand drifts from the values, and then a disagreement is hidden or invented.

Example: a source that says "over 400" marked as conflicting with "about 400", which allows 360 to 440.

Remedy: Mark the evidence as supports if its interval overlaps the preferred one's, as conflicts if it does not; context if it asserts nothing of this field.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.asserted import agree
from musterroll.record.claims import ID_COLUMNS, claims
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per evidence row whose stance is not what its value says."""
    table = record.tables["evidence"]
    for claim in claims(record):
        if len(claim.preferred) != 1 or not claim.is_readable(claim.preferred[0]):
            continue
        preferred = claim.read(claim.preferred[0])
        for item in claim.own:
            if item.stance == "context" or not claim.field or not claim.is_readable(item):
                continue
            fitting = "supports" if agree(preferred, claim.read(item)) else "conflicts"
            if item.stance != fitting:
                verb = "can" if fitting == "supports" else "cannot"
                message = f"{item.value} and the preferred {claim.preferred[0].value} {verb} both be true."
                yield INFO.at(table, item.row, "stance", message, expected=fitting)
