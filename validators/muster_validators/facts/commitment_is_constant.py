"""All revisions of a commitment have the same mission, the same country and the same whole.

Why: a revision changes what a country promises, not who promises it to whom; otherwise sums by country jump from one to another.

Example: revision 2 of Kenya's pledge says JAM.

Remedy: Correct the cell; another country or mission is another commitment.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.revisions_in_order import chains
from muster_validators.finding import Finding
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments",)

_CONSTANT = ("mission_id", "country_code", "part_of")


def run(record: Record) -> Iterator[Finding]:
    """One finding per cell that differs from the first revision's."""
    table = record.tables["commitments"]
    for first, *others in chains(table).values():
        for row in others:
            for name in _CONSTANT:
                expected = table.cell(first, name)
                if table.cell(row, name) != expected:
                    message = f"The first revision has {expected or 'no whole'}."
                    yield INFO.at(table, row, name, message, expected=expected or "an empty cell")
