"""Corrections, and the errata that give their cause.

A correction is a cell that a new release changes in a row that the old one had:
in a table that speaks about the world, in a column that holds a count, a date, a
code, a reference or a place. Such a column has another type than text, or
categories, an `enum` or a pattern, or belongs to a key; `place` is the one such
text without any of these. Names, notes and descriptions are worded, not corrected.

An erratum answers a correction if it names its table, its row (the values of
the key joined with slashes; for a commitment its identifier alone stands for all
its revisions), and its column, the stem of it (`personnel`, `date`), or none for
the whole row, and if it was fixed in the new version or a pre-release of it. An
erratum about one column that states `before` or `after` must state both as they
are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musterroll.changes.change import CellChange, Change
from musterroll.changes.diff import Diff
from musterroll.changes.intake import Loaded, Side
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS

if TYPE_CHECKING:
    from semver import Version

WORLD = (
    "missions",
    "commitments",
    "conditions",
    "contributions",
    "deployments",
    "strengths",
    "events",
    "event_figures",
    "event_countries",
)
_PLACES = frozenset({"place"})
_COLUMNS = ("erratum_id", "table_name", "row_id", "field", "before", "after", "cause", "fixed_in", "note")
_ENDS = {
    **dict.fromkeys(NUMBER_STEMS, ("min", "best", "max", "qualifier")),
    **dict.fromkeys(DATE_STEMS, ("earliest", "latest")),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that a release corrects, as text before and after."""

    table: str
    key: Mapping[str, str]
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """One row of `errata`; `field` is a column, a stem, or empty for the row as a whole."""

    id: str
    table: str
    row_id: str
    field: str
    before: str
    after: str
    cause: str
    fixed_in: str
    note: str

    def is_about_row(self, table: str | None, key: Mapping[str, str]) -> bool:
        """Whether it names that row; a commitment's identifier names all its revisions."""
        ids = {"/".join(key.values()), *([key.get("commitment_id")] if table == "commitments" else [])}
        return self.table == table and self.row_id in ids

    def is_about_cell(self, cell: CellChange) -> bool:
        """Whether it is about that change of its row: its column or the stem of it, and what it states agrees."""
        if self.field == cell.field and (self.before or self.after):
            return (self.before, self.after) == (cell.old, cell.new)
        return self.field in {"", cell.field, stem_of(cell.field)}


def has_errata(diff: Diff) -> bool:
    """Whether the new release has a table `errata` with the columns of the profile."""
    return _table(diff.new) is not None


def errata_of(diff: Diff) -> tuple[Erratum, ...]:
    """The errata that were fixed in the new version or a pre-release of it, in the order of their ids."""
    version = diff.new.package.version or ""
    return tuple(erratum for erratum in _read(diff, diff.new) if _same_release(erratum.fixed_in, version))


def answer(errata: Sequence[Erratum], table: str | None, key: Mapping[str, str], cell: CellChange) -> Erratum | None:
    """The first erratum that gives the cause of a changed cell."""
    return next((item for item in errata if item.is_about_row(table, key) and item.is_about_cell(cell)), None)


def corrected_cells(diff: Diff, change: Change) -> Iterator[CellChange]:
    """The cells of a changed row that are corrections."""
    if change.kind == "row_changed" and change.table in WORLD:
        for cell in change.cells:
            if cell.nature == "value" and cell.old is not None and _is_fact(diff, change.table, cell.field):
                yield cell


def unexplained_corrections(diff: Diff) -> Iterator[Correction]:
    """The corrections whose cause no erratum gives; none if there is no table `errata` (see `has_errata`)."""
    if not has_errata(diff):
        return
    errata = errata_of(diff)
    for change in diff.changes():
        for cell in corrected_cells(diff, change):
            if answer(errata, change.table, change.key, cell) is None:
                yield Correction(change.table or "", change.key, cell.field, cell.old or "", cell.new or "")


def unfounded_errata(diff: Diff) -> Iterator[Erratum]:
    """The errata of exactly the new version that correspond to no change, in the order of their ids.

    Not those that the old release had as well: what they tell of had happened by then.
    """
    version, known = diff.new.package.version, set(_read(diff, diff.old))
    open_ = [item for item in errata_of(diff) if item.fixed_in == version and item not in known]
    for change in diff.changes() if open_ else ():
        open_ = [item for item in open_ if not _tells_of(item, change)]
    yield from open_


def stem_of(column: str) -> str | None:
    """The stem of a column that is one of several for one number or date: `personnel` of `personnel_min`."""
    stem, _, end = column.rpartition("_")
    return stem if end in _ENDS.get(stem, ()) else None


def _tells_of(erratum: Erratum, change: Change) -> bool:
    """Whether the erratum tells of that change; a row that came or went has no columns of its own to correct."""
    if change.suggested or not change.kind.startswith("row_") or not erratum.is_about_row(change.table, change.key):
        return False
    return any(map(erratum.is_about_cell, change.cells)) if change.cells else not erratum.field


def _is_fact(diff: Diff, table: str, column: str) -> bool:
    """Whether a column holds more than words, by the schema of either release."""
    sides = (side.tables[table] for side in (diff.old, diff.new))
    return column in _PLACES or any(_holds_facts(side, column) for side in sides)


def _holds_facts(table: Loaded, column: str) -> bool:
    field = table.schema.fields.get(column, {})
    constraints = field.get("constraints") or {}
    is_code = "categories" in field or "enum" in constraints or "pattern" in constraints
    return field.get("type", "string") != "string" or is_code or column in table.schema.key_columns


def _table(side: Side) -> Loaded | None:
    table = side.tables.get("errata")
    return table if table is not None and set(_COLUMNS) <= set(table.header) else None


def _read(diff: Diff, side: Side) -> Iterator[Erratum]:
    table = _table(side)
    if table is not None:
        columns = ", ".join(map(table.column, _COLUMNS))
        query = f"SELECT {columns} FROM {table.sql} ORDER BY {columns}"
        yield from (Erratum(*row) for row in diff.connection.execute(query).fetchall())


def _same_release(one: str, other: str) -> bool:
    """Whether two versions are equal but for what marks a pre-release."""
    before, after = _parsed(one), _parsed(other)
    return one == other or (before is not None and before == after)


def _parsed(text: str) -> Version | None:
    from semver import Version

    return Version.parse(text).finalize_version() if Version.is_valid(text) else None
