"""The cell says what the preferred evidence says.

Why: a number in the table that its own preferred source does not give is either a typing error or an undocumented choice.

Example: the preferred evidence says 217, the deployment 271.

Remedy: Correct the cell or the evidence, whichever is wrong; a range between disagreeing sources is coded as `disputed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.facts.sayings import sayings
from muster_validators.finding import Finding
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS
from musterroll.record.cells import count_of, window_of
from musterroll.record.claims import ID_COLUMNS, Claim, claims
from musterroll.record.count import Count
from musterroll.record.record import Record
from musterroll.record.window import Window

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per field whose cells are not those of its preferred evidence."""
    for claim in claims(record):
        if len(claim.preferred) != 1 or not claim.columns or not claim.is_readable(claim.preferred[0]):
            continue
        column = _differing_column(claim)
        if column:
            said = claim.preferred[0]
            message = (
                f"The preferred evidence {record.tables['evidence'].cell(said.row, 'evidence_id')} says {said.value!r}."
            )
            finding = INFO.at(claim.table, claim.row, column, message, expected=said.value)
            yield replace(finding, related=sayings(record, claim))


def _differing_column(claim: Claim) -> str | None:
    """The first column that is not as the preferred evidence has it; ranges over conflicts are the matter of `disputed-range`."""
    said = claim.read(claim.preferred[0])
    if isinstance(said, Count) and claim.field in NUMBER_STEMS:
        cell = count_of(claim.table, claim.row, claim.field)
        pairs = {"best": (cell.best, said.best)} if claim.conflicting or cell.qualifier == "disputed" else {
            end: (getattr(cell, end), getattr(said, end)) for end in ("min", "best", "max", "qualifier")
        }  # fmt: skip
        return next((f"{claim.field}_{end}" for end, (ours, theirs) in pairs.items() if ours != theirs), None)
    if isinstance(said, Window) and claim.field in DATE_STEMS:
        window = window_of(claim.table, claim.row, claim.field)
        if claim.conflicting or window == said:
            return None
        return f"{claim.field}_{'earliest' if window.earliest != said.earliest else 'latest'}"
    wanted = "" if isinstance(said, Count) and not said.has_number else claim.preferred[0].value
    return None if claim.table.cell(claim.row, claim.field) == wanted else claim.field
