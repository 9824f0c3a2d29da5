"""A table as an Arrow table: every column in the narrowest type that holds each of its values exactly.

Integers are int64 and numbers double as long as every one of them survives
exactly; else decimals of 38 digits; else text. Title and description of a field
are metadata of its column.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from musterroll.package.table import Table
from musterroll.typed.columns import TypedColumn, is_exact_double, typed_columns, value_text

_DIGITS = 38  # of a decimal of 128 bits
_PLAIN = {"boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMP", "text": "VARCHAR"}


class StoredType(NamedTuple):
    """How a column is stored, by the name that SQL has for it, and digits behind the point of a decimal."""

    name: str
    scale: int = 0

    def __str__(self) -> str:
        return f"DECIMAL({_DIGITS},{self.scale})" if self.name == "DECIMAL" else self.name


def arrow_table(table: Table, about: Mapping[str, str] | None = None) -> Any:
    """The table as a `pyarrow.Table`, with `about` as its metadata; a column is not nullable if it is required."""
    import pyarrow as pa

    columns = typed_columns(table)
    arrays = [arrow_array(column) for column in columns]
    schema = pa.schema([_field(*pair) for pair in zip(columns, arrays, strict=True)], metadata=about)
    return pa.Table.from_arrays(arrays, schema=schema)


def stored_type(column: TypedColumn) -> StoredType:
    """The narrowest type that holds every value exactly."""
    if column.kind in _PLAIN:
        return StoredType(_PLAIN[column.kind])
    numbers = [Decimal(value) for value in column.values if isinstance(value, (int, Decimal))]
    if column.kind == "integer" and all(-(2**63) <= value < 2**63 for value in numbers):
        return StoredType("BIGINT")
    if column.kind == "number" and all(map(is_exact_double, numbers)):
        return StoredType("DOUBLE")
    if not all(value.is_finite() for value in numbers):
        return StoredType("VARCHAR")
    scale = max([0, *(-int(value.as_tuple().exponent) for value in numbers)])
    whole = max([1, *(value.adjusted() + 1 for value in numbers if value)])
    return StoredType("DECIMAL", scale) if scale + whole <= _DIGITS else StoredType("VARCHAR")


def arrow_array(column: TypedColumn) -> Any:
    """The values as an array of that type."""
    import pyarrow as pa

    stored = stored_type(column)
    if stored.name == "VARCHAR":
        return _text_array(column)
    types = {
        "BIGINT": pa.int64(),
        "DOUBLE": pa.float64(),
        "DECIMAL": pa.decimal128(_DIGITS, stored.scale),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
        "TIMESTAMP": pa.timestamp("us"),
    }
    change: Any = {"DOUBLE": float, "DECIMAL": Decimal}.get(stored.name, lambda value: value)
    return pa.array([None if value is None else change(value) for value in column.values], types[stored.name])


def _field(column: TypedColumn, array: Any) -> Any:
    import pyarrow as pa

    told = {name: str(column.field[name]) for name in ("title", "description") if name in column.field}
    is_required = (column.field.get("constraints") or {}).get("required") is True
    return pa.field(column.name, array.type, nullable=array.null_count > 0 or not is_required, metadata=told or None)


def _text_array(column: TypedColumn) -> Any:
    import pyarrow as pa

    texts = [None if value is None else value_text(value) for value in column.values]
    if column.kind != "text" or column.categories is None:
        return pa.array(texts, pa.string())
    listed = list(dict.fromkeys([*column.categories, *(text for text in texts if text is not None)]))
    place = {text: index for index, text in enumerate(listed)}
    indices = pa.array([None if text is None else place[text] for text in texts], pa.int32())
    is_ordered = column.field.get("categoriesOrdered") is True
    return pa.DictionaryArray.from_arrays(indices, pa.array(listed, pa.string()), ordered=is_ordered)
