"""No chain of parts leads back to where it began: nothing is a part of itself.

Why: sums follow part_of up to the whole that counts. In a circle there is none, and the amounts in it are counted never, or as often as somebody looks.

Example: the contribution M-0012 is part of M-0014, which is part of M-0012.

Remedy: Correct part_of, or leave it empty and set is_summable to true for the one that stands alone. For commitments see `commitment-exists`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("contributions",)


def run(record: Record) -> Iterator[Finding]:
    """One finding per contribution that is a part of itself, by however many steps."""
    table = record.tables["contributions"]
    wholes = dict(zip(table.column("contribution_id"), table.column("part_of"), strict=True))
    for row, whole in enumerate(table.column("part_of")):
        if whole and _leads_back(wholes, table.cell(row, "contribution_id")):
            yield INFO.at(table, row, "part_of", f"By {whole} it is a part of itself.")


def _leads_back(wholes: Mapping[str, str], id: str) -> bool:
    seen: set[str] = set()
    at = wholes[id]
    while at and at not in seen:
        seen.add(at)
        at = wholes.get(at, "")
    return id in seen
