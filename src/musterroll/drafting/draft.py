"""A draft: rows that could be written, what is still empty in them, and the files as they would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from musterroll.drafting.cell_rules import codes_of
from musterroll.drafting.edit import TableEdit, editable
from musterroll.drafting.writing import NewFile, new_files
from musterroll.errors import Unusable
from musterroll.package.descriptor import Package
from musterroll.package.problem import Rejected, as_error
from musterroll.package.table import Table
from musterroll.package.tables import table_of


@dataclass(frozen=True)
class Blank:
    """A cell of a new row that is empty: what belongs there, and whether it must not stay so."""

    table: str
    ids: tuple[str, ...]
    column: str
    is_required: bool
    meaning: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The ids that it gives, the edits, what is left empty, and what the user should know."""

    ids: tuple[str, ...]
    edits: tuple[TableEdit, ...]
    blanks: tuple[Blank, ...] = ()
    remarks: tuple[str, ...] = ()

    def files(self, package: Package) -> list[NewFile]:
        """Every file that changes, in the order in which it is to be written."""
        return new_files(package, self.edits)


def read_tables(package: Package) -> dict[str, Table]:
    """Every table of the package; raises `Unusable` if one of them cannot be read reliably."""
    tables: dict[str, Table] = {}
    for resource in package.resources:
        try:
            table = table_of(package, resource)
        except Rejected as rejection:
            raise as_error(rejection.problem) from rejection
        if table is not None and resource.name in tables:
            raise Unusable(f"{resource.name} names two resources; muster validate says more")
        if table is not None:
            tables[resource.name] = table
    return tables


def addition(table: Table, rows: Sequence[Mapping[str, str]]) -> TableEdit:
    """The edit that adds these rows, given by column; a column that a row does not have is empty."""
    return TableEdit(editable(table), tuple(tuple(cells.get(name, "") for name in table.header) for cells in rows))


def blanks(table: Table, rows: Sequence[Mapping[str, str]]) -> list[Blank]:
    """What is empty in new rows of a table, by column."""
    key = table.schema.primary_key[0]
    found = []
    for name in table.header:
        field = table.schema.fields.get(name, {})
        missing, is_required = table.schema.missing_values(name), bool(field.get("constraints", {}).get("required"))
        ids = tuple(cells.get(key, "") for cells in rows if cells.get(name, "") in missing)
        if ids:
            meaning = str(field.get("description", ""))
            found.append(Blank(table.name, ids, name, is_required, meaning, tuple(codes_of(field))))
    return found
