"""What the sources say of one field, as rows to be read beside a finding about it."""

from __future__ import annotations

from muster_validators.check import CheckInfo
from muster_validators.finding import Related
from musterroll.record.claims import Claim
from musterroll.record.record import Record

_SHOWN = 10  # a number that more sources speak of has its story in the evidence itself


def sayings(record: Record, claim: Claim) -> tuple[Related, ...]:
    """The evidence of a claim that asserts a value; of what is deprecated the rank, for that is why it does not count."""
    table = record.tables["evidence"]
    told = [item for item in claim.evidence if item.stance != "context"][:_SHOWN]
    return tuple(
        CheckInfo.related(
            table,
            item.row,
            "rank" if item.rank == "deprecated" else "value_asserted",
            f"{item.value or 'nothing'}, {item.stance}, {item.rank}",
        )
        for item in told
    )
