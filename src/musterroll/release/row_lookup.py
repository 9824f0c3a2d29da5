"""What one release says of a row that is named by its id, or by table and key."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from musterroll.changes.intake import batches_of
from musterroll.errors import Unusable
from musterroll.package.descriptor import Package
from musterroll.package.problem import Rejected, as_error
from musterroll.package.table import Schema, Table
from musterroll.record.dossier import IDS
from musterroll.record.loading import check_profile
from musterroll.record.profile import follows_profile, profile_fault

Key = tuple[tuple[str, str], ...]  # column and text
Cells = Mapping[str, str]
_NO_SCHEMA = Schema({}, "")
_Rows = tuple[Schema, Mapping[Key, Cells]]


@dataclass(frozen=True)
class Found:
    """Rows of one package by their key, with their table and its schema; retirements and errata of that id."""

    table: str | None = None
    schema: Schema = _NO_SCHEMA
    rows: Mapping[Key, Cells] = field(default_factory=dict)
    retired: tuple[Cells, ...] = ()
    errata: tuple[Cells, ...] = ()


def look_up(package: Package, row_id: str) -> Found:
    """The rows that `row_id` names: an id of a mission record (a pledge has a row per revision), or `TABLE:KEY`.

    KEY is the primary key as it stands in the file, its parts with commas
    between them, as in a line of CSV; the first parts alone name all rows that
    begin so. Raises `Unusable` if a table cannot be read, or if an id is asked
    for in a package that is no mission record of a version that is known.
    """
    bare, name, parts = _divided(row_id)
    if not parts:
        check_profile(package)
    elif package.resource(name):
        return _found(package, name, _with_key(package, name, parts), bare)
    if follows_profile(package.profile) and not profile_fault(str(package.profile)):
        for table, column in IDS.items():
            if rows := _with_cells(package, table, {column: row_id}):
                return _found(package, table, rows, bare)
    return _found(package, None, None, bare)


def _divided(row_id: str) -> tuple[str, str, list[str]]:
    """The id that retirements and errata know, and the table and parts of a key, none of them if it is an id."""
    name, _, key = row_id.partition(":")
    try:
        parts = next(csv.reader([key]), [])
    except csv.Error:
        parts = [key]
    return (parts[0] if parts else row_id), name, parts


def _found(package: Package, table: str | None, rows: _Rows | None, bare: str) -> Found:
    retired = tuple(_of_id(package, "retired_ids", "id", bare))
    errata = tuple(_of_id(package, "errata", "row_id", bare))
    return Found(table if rows else None, *(rows or (_NO_SCHEMA, {})), retired, errata)


def _with_key(package: Package, name: str, parts: list[str]) -> _Rows | None:
    resource = package.resource(name)
    schema = resource.schema if resource else None
    primary = Schema(schema.value, schema.document.file).primary_key if schema else ()
    if resource is not None and len(primary) < len(parts):
        raise Unusable(
            f"{name} of {package.name} has {_columns(primary)}, so its rows cannot be named by a key like that"
        )
    return _with_cells(package, name, dict(zip(primary, parts, strict=False)))


def _columns(primary: tuple[str, ...]) -> str:
    return f"the primary key {', '.join(primary)}" if primary else "no primary key"


def _with_cells(package: Package, name: str, cells: Cells) -> _Rows | None:
    """The rows of a table that have these cells; None if there are none."""
    rows: dict[Key, Cells] = {}
    schema = None
    for table, row in _rows(package, name):
        if all(row.get(column) == text for column, text in cells.items()):
            schema = table.schema
            columns = [column for column in schema.primary_key if column in row] or list(cells)
            rows[tuple((column, row[column]) for column in columns)] = row
    return (schema, rows) if schema else None


def _of_id(package: Package, name: str, column: str, row_id: str) -> Iterator[Cells]:
    """Rows of a table of the record's bookkeeping that speak of the id; a table of another make has none."""
    for _, row in _rows(package, name):
        if row.get(column) == row_id and "table_name" in row:
            yield row


def _rows(package: Package, name: str) -> Iterator[tuple[Table, Cells]]:
    """All rows of a table, one after the other; none if there is no such table."""
    resource = package.resource(name)
    if resource is None:
        return
    try:
        for table, batch in batches_of(package, resource) or ():
            for _, cells in batch:
                yield table, dict(zip(table.header, cells, strict=True))
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection
