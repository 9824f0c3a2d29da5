"""The foreign keys that a table declares, with the table that each leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from musterroll.package.table import Table, as_names


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table and those of the parent that they name; the parent is None if they lead nowhere."""

    fields: tuple[str, ...]
    resource: str
    columns: tuple[str, ...]
    parent: Table | None


def foreign_keys(table: Table, tables: Mapping[str, Table]) -> list[ForeignKey]:
    """The foreign keys in the table's schema, in order; one without a resource leads to the table itself."""
    return [_foreign_key(table, tables, item) for item in table.schema.descriptor.get("foreignKeys") or []]


def _foreign_key(table: Table, tables: Mapping[str, Table], declared: Mapping[str, Any]) -> ForeignKey:
    reference = declared["reference"]
    resource = reference.get("resource") or table.name
    fields, columns = as_names(declared["fields"]), as_names(reference["fields"])
    parent = tables.get(resource)
    leads = parent is not None and len(fields) == len(columns) > 0
    exists = parent is not None and {*fields} <= {*table.header} and {*columns} <= {*parent.header}
    return ForeignKey(fields, resource, columns, parent if leads and exists else None)
