"""A table as a pandas frame whose columns have the types that its schema says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from musterroll.errors import Unusable
from musterroll.package.table import Table
from musterroll.package.values import Column

if TYPE_CHECKING:
    import pandas as pd

# Type in the schema: what a value of it is, and how a frame holds it. All other types stay text.
_TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "integer": (lambda value: isinstance(value, Decimal) and value == value.to_integral_value(), "Int64"),
    "year": (lambda value: isinstance(value, Decimal) and value == value.to_integral_value(), "Int64"),
    "number": (lambda value: isinstance(value, Decimal), "Float64"),
    "boolean": (lambda value: isinstance(value, bool), "boolean"),
    "date": (lambda value: isinstance(value, date), "datetime64[s]"),
    "datetime": (lambda value: isinstance(value, datetime) and value.tzinfo is None, "datetime64[us]"),
}
_WHOLE = {"integer", "year"}


def frame(table: Table) -> pd.DataFrame:
    """The table, typed: Int64, Float64, boolean, string, category or datetime64, a missing cell as a missing value.

    A number is exact in the file and the nearest double in the frame; an integer
    that does not fit into 64 bits, a moment with a time zone and every type that
    pandas has no column for stay text. Raises `Unusable`, with the place, at a
    cell that is no value of its type.
    """
    import pandas as pd

    return pd.DataFrame({name: _series(table, name) for name in table.header})


def _series(table: Table, name: str) -> pd.Series[Any]:
    import pandas as pd

    field = table.schema.fields.get(name, {})
    texts = [None if table.is_missing(row, name) else table.cell(row, name) for row in range(len(table.rows))]
    if "categories" in field:
        listed = [str(item["value"] if isinstance(item, dict) else item) for item in field["categories"]]
        kind = pd.CategoricalDtype(listed, ordered=field.get("categoriesOrdered") is True)
        return pd.Series(_categories(table, name, texts, listed), dtype=kind)
    kind_of = _TYPES.get(str(field.get("type")))
    values = None if kind_of is None else _values(table, name, texts, kind_of[0])
    if values is None or kind_of is None or not _fits(values):
        return pd.Series(texts, dtype="string")
    return pd.Series(values, dtype="object").astype(kind_of[1])  # type: ignore[call-overload, no-any-return]


def _categories(table: Table, name: str, texts: list[str | None], listed: list[str]) -> list[str | None]:
    for row, text in enumerate(texts):
        if text is not None and text not in listed:
            raise _unusable(table, row, name)
    return texts


def _values(table: Table, name: str, texts: list[str | None], fits: Callable[[Any], bool]) -> list[Any] | None:
    """The values; None if some are of the type in a way that pandas has no column for."""
    kind = str(table.schema.fields[name].get("type"))
    column, values = Column(table.schema, name), []
    for row, text in enumerate(texts):
        value = None if text is None else column.value(text)
        if isinstance(value, tuple):  # a number with something around it
            value = value[1]
        if isinstance(value, datetime) and value.tzinfo is not None:
            return None
        if value is not None and not fits(value):
            raise _unusable(table, row, name)
        values.append(int(value) if value is not None and kind in _WHOLE else value)
    return [float(value) if isinstance(value, Decimal) else value for value in values]


def _fits(values: list[Any]) -> bool:
    return all(not isinstance(value, int) or -(2**63) <= value < 2**63 for value in values)


def _unusable(table: Table, row: int, name: str) -> Unusable:
    line, _ = table.place(row)
    return Unusable(f"{table.file}:{line}: {name} is {table.cell(row, name)!r}; muster validate says what is wrong")
