"""The cells that hold words, which no type, list or pattern guards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from musterroll.package.table import Table


def words(table: Table) -> Iterator[tuple[str, int, str]]:
    """Column, row and text of every present cell of the columns that hold words."""
    for name in table.header:
        if is_words(table.schema.fields.get(name, {})):
            missing = table.schema.missing_values(name)
            yield from (
                (name, row, text) for row, text in enumerate(table.column(name)) if text and text not in missing
            )


def is_words(field: Mapping[str, Any]) -> bool:
    """Whether a column is text without list or pattern."""
    constraints = field.get("constraints") or {}
    is_listed = "categories" in field or "enum" in constraints or "pattern" in constraints
    return field.get("type", "string") == "string" and not is_listed
