"""Findings that a package accepts for a time, by its table `waivers`: they stay in the report without failing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from muster_validators.finding import Finding
from musterroll.errors import Unusable
from musterroll.package.table import Table
from musterroll.record.cells import day_of

_LAYERS = frozenset({"facts", "plausibility"})  # what the structure must be, and what a gate is for, nobody waives
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
    table_name: str = ""  # where the finding lies; empty if that is not said
    row_id: str = ""

    def is_in_force(self, today: date) -> bool:
        """Whether it still counts: it does on its last day."""
        return self.expires is not None and today <= self.expires


def is_table_of_waivers(table: Table) -> bool:
    """Whether it has the columns that waive: another package may call something else so."""
    return set(table.header) >= _COLUMNS


def waivers_of(table: Table | None) -> tuple[Waiver, ...]:
    """The rows of a table `waivers`; none if there is no such table, or it is not ours."""
    if table is None or not is_table_of_waivers(table):
        return ()
    return tuple(
        Waiver(
            row=row,
            id=table.cell(row, "waiver_id"),
            check=table.cell(row, "check_id"),
            fingerprint=table.cell(row, "fingerprint"),
            expires=_day(table, row),
            reason=table.cell(row, "reason").strip(),
            table_name=table.cell(row, "table_name") if "table_name" in table.index else "",
            row_id=table.cell(row, "row_id") if "row_id" in table.index else "",
        )
        for row in range(len(table.rows))
    )


def _day(table: Table, row: int) -> date | None:
    """Its last day; where no schema of ours stands guard, the cell may hold anything."""
    try:
        return day_of(table, row, "expires_on")
    except Unusable:
        return None


def row_id_of(finding: Finding) -> str:
    """The row of a finding as the tables of the profile name one: the values of its key, joined with slashes."""
    return "/".join(finding.key.values())


def waive(findings: Iterable[Finding], waivers: Sequence[Waiver], today: date) -> list[Finding]:
    """The findings, those that a waiver in force accepts as information, with its name and its last day.

    One whose waiver has expired counts again, and says so.
    """
    dated = sorted((waiver for waiver in waivers if waiver.expires), key=lambda waiver: waiver.expires or date.min)
    named = {(waiver.check, waiver.fingerprint): waiver for waiver in dated}  # of two the one that lasts longer
    return [_waived(finding, named.get((finding.check, finding.fingerprint)), today) for finding in findings]


def _waived(finding: Finding, waiver: Waiver | None, today: date) -> Finding:
    if waiver is None or finding.layer not in _LAYERS:
        return finding
    if not waiver.is_in_force(today):
        return replace(finding, message=f"{finding.message} The waiver {waiver.id} ended on {waiver.expires}.")
    message = f"{finding.message} Accepted up to {waiver.expires} by {waiver.id}."
    return replace(finding, severity="info", message=message, waiver=waiver.id)
