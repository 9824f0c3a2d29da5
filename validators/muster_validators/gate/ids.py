"""Ids of rows, and which of them are retired."""

from __future__ import annotations

from collections.abc import Mapping

from musterroll.package.table import Table, as_names


def ids_of(table: Table) -> dict[str, int]:
    """The ids that a table gives, with the first row of each: the first part of its key, unless that refers elsewhere."""
    key = table.schema.primary_key
    if not key or key[0] not in table.index or (key[0],) in _references(table):
        return {}
    found: dict[str, int] = {}
    for row, id in enumerate(table.column(key[0])):
        found.setdefault(id, row)
    return found


def retired_ids(tables: Mapping[str, Table]) -> dict[tuple[str, str], int]:
    """Table and id of every row that `retired_ids` names, with its row there."""
    table = tables.get("retired_ids")
    if table is None or not {"table_name", "id"} <= set(table.header):
        return {}
    return {(table.cell(row, "table_name"), table.cell(row, "id")): row for row in range(len(table.rows))}


def _references(table: Table) -> set[tuple[str, ...]]:
    keys = table.schema.descriptor.get("foreignKeys") or []
    return {as_names(key["fields"]) for key in keys if key["reference"].get("resource") not in {None, "", table.name}}
