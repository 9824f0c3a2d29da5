"""Findings that a package accepts for a time, by its table `waivers`: they stay in the report without failing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.cells import day_of

WAIVABLE = frozenset({"facts", "plausibility"})  # what the structure must be, and what a gate is for, nobody waives
_COLUMNS = {"waiver_id", "check_id", "fingerprint", "expires_on", "reason"}


@dataclass(frozen=True)
class Waiver:
    """One row of `waivers`: which finding is accepted, and up to which day."""

    row: int
    id: str
    check: str
    fingerprint: str
    expires: date | None  # a cell that is no date waives nothing
    reason: str

    def is_in_force(self, today: date) -> bool:
        """Whether it still counts: it does on its last day."""
        return self.expires is not None and today <= self.expires


def waivers_of(table: Table | None) -> tuple[Waiver, ...]:
    """The rows of a table `waivers`; none if there is no such table, or it is not ours."""
    if table is None or not set(table.header) >= _COLUMNS:
        return ()
    return tuple(
        Waiver(
            row=row,
            id=table.cell(row, "waiver_id"),
            check=table.cell(row, "check_id"),
            fingerprint=table.cell(row, "fingerprint"),
            expires=day_of(table, row, "expires_on"),
            reason=table.cell(row, "reason").strip(),
        )
        for row in range(len(table.rows))
    )


def waive(findings: Iterable[Finding], waivers: Sequence[Waiver], today: date) -> list[Finding]:
    """The findings, those that a waiver in force accepts as information, with its name and its last day."""
    known = {(waiver.check, waiver.fingerprint): waiver for waiver in waivers if waiver.is_in_force(today)}
    return [_waived(finding, known.get((finding.check, finding.fingerprint))) for finding in findings]


def _waived(finding: Finding, waiver: Waiver | None) -> Finding:
    if waiver is None or finding.layer not in WAIVABLE:
        return finding
    return replace(
        finding, severity="info", message=f"{finding.message} Accepted up to {waiver.expires} by {waiver.id}."
    )
