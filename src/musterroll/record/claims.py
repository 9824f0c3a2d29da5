"""Claims: all evidence about one field of one row, beside the row that it is about (RECORD, "Evidence")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from musterroll.package.table import Table
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS, Asserted, kind_of, read_asserted
from musterroll.record.record import Record
from musterroll.record.rows import Evidence

# Tables whose rows need evidence, with the column that evidence.row_id names.
ID_COLUMNS = {
    "missions": "mission_id",
    "commitments": "commitment_id",
    "conditions": "condition_id",
    "contributions": "contribution_id",
    "deployments": "deployment_id",
    "strengths": "strength_id",
    "events": "event_id",
    "event_figures": "figure_id",
}

Subject = tuple[str, str, int | None]  # table, id, revision (commitments only)


@dataclass(frozen=True)
class Claim:
    """What sources say of one field (a column, a stem, or "" for the row as a whole)."""

    table: Table
    row: int
    field: str
    own: tuple[Evidence, ...]  # the evidence that names this row
    inherited: tuple[Evidence, ...] = ()  # that of the nearest earlier revision with the same value

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence; what is preferred for this revision takes the place of what was preferred before."""
        if any(item.rank == "preferred" for item in self.own):
            return (*self.own, *(item for item in self.inherited if item.rank != "preferred"))
        return (*self.own, *self.inherited)

    def read(self, item: Evidence) -> Asserted:
        """What one evidence row asserts; raises `ValueError` if it is not in the notation."""
        return read_asserted(kind_of(self.table, self.field), item.value)

    def is_readable(self, item: Evidence) -> bool:
        """Whether the value is in the notation of its field."""
        try:
            self.read(item)
        except ValueError:
            return False
        return True

    @property
    def preferred(self) -> tuple[Evidence, ...]:
        """The evidence that sets the cell; one, if all is well."""
        return tuple(item for item in self.evidence if item.rank == "preferred" and item.stance != "context")

    @property
    def conflicting(self) -> tuple[Evidence, ...]:
        """Credible evidence that disagrees with the preferred one."""
        return tuple(item for item in self.evidence if item.stance == "conflicts" and item.rank == "normal")

    @property
    def asserting(self) -> tuple[Evidence, ...]:
        """Evidence that asserts a value and is believed: neither context nor deprecated."""
        return tuple(item for item in self.evidence if item.stance != "context" and item.rank != "deprecated")

    @property
    def values(self) -> tuple[str, ...]:
        """The cells that the field stands for."""
        return tuple(self.table.cell(self.row, name) for name in self.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the field stands for; none for the row as a whole."""
        if self.field in NUMBER_STEMS:
            return tuple(f"{self.field}_{end}" for end in ("min", "best", "max", "qualifier"))
        if self.field in DATE_STEMS:
            return (f"{self.field}_earliest", f"{self.field}_latest")
        return (self.field,) if self.field else ()


def claims(record: Record) -> list[Claim]:
    """All claims about rows and columns that exist, in the order of the evidence."""
    rows = subjects(record)
    grouped: dict[tuple[Subject, str], list[Evidence]] = {}
    for item in record.evidence:
        grouped.setdefault(((item.table, item.of, item.revision), item.field), []).append(item)
    found = {
        (subject, field): Claim(record.tables[subject[0]], rows[subject], field, tuple(items))
        for (subject, field), items in grouped.items()
        if subject in rows
    }
    known = {key: claim for key, claim in found.items() if set(claim.columns) <= set(claim.table.index)}
    return [replace(claim, inherited=_inherited(known, key)) for key, claim in known.items()]


def _inherited(known: Mapping[tuple[Subject, str], Claim], key: tuple[Subject, str]) -> tuple[Evidence, ...]:
    """The evidence of the nearest earlier revision with the same value, and what that one inherits."""
    (table, row_id, revision), field = key
    own = known[key]
    for number in range((revision or 1) - 1, 0, -1):
        earlier = known.get(((table, row_id, number), field))
        if earlier and own.columns and earlier.values == own.values:
            return (*earlier.own, *_inherited(known, ((table, row_id, number), field)))
    return ()


def subjects(record: Record) -> Mapping[Subject, int]:
    """Every row that evidence can be about, with its position in its table."""
    return {
        subject_of(table, row): row
        for table in (record.tables[name] for name in ID_COLUMNS)
        for row in range(len(table.rows))
    }


def subject_of(table: Table, row: int) -> Subject:
    """Table, id and (for commitments) revision of a row."""
    revision = int(table.cell(row, "revision")) if table.name == "commitments" else None
    return table.name, table.cell(row, ID_COLUMNS[table.name]), revision
