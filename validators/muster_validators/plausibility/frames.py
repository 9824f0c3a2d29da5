"""Tables as pandas frames for Great Expectations: numbers, days and text by the schema, row positions as index."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from muster_validators.plausibility.expectation import Cells, Derived
from musterroll.package.table import Table

if TYPE_CHECKING:
    import pandas as pd

_PLAINLY: Mapping[str, tuple[object, ...]] = {
    "decimalChar": (".",),
    "groupChar": ("", None),
    "bareNumber": (True,),
    "format": ("default", "any"),
}


def frame(table: Table) -> pd.DataFrame:
    """All columns of a table."""
    import pandas as pd

    return pd.DataFrame({name: series(table, name) for name in table.header})


def series(table: Table, name: str) -> pd.Series[Any]:
    """A column: floats and days where its type is plainly written, else text; missing cells are missing.

    Floats are enough to see that a value is out of range; messages quote the cell.
    """
    import pandas as pd

    cells = [None if table.is_missing(row, name) else table.cell(row, name) for row in range(len(table.rows))]
    match scale(table.schema.fields.get(name, {})):
        case "number":
            return pd.to_numeric(pd.Series(cells, dtype="object"), errors="coerce").astype("float64")
        case "day":
            return pd.to_datetime(pd.Series(cells, dtype="object"), format="%Y-%m-%d", errors="coerce")
    return pd.Series(cells, dtype="string")


def scale(field: Mapping[str, Any]) -> str | None:
    """Whether the values of a field lie on a scale of numbers or days."""
    if any(key in field and field[key] not in plain for key, plain in _PLAINLY.items()):
        return None
    return {"integer": "number", "number": "number", "year": "number", "date": "day"}.get(str(field.get("type")))


def derived_frame(derived: Derived) -> pd.DataFrame:
    """The columns of a derived table: text where the first cell is one, else floats."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(list(cells), dtype=_kind(cells)) for name, cells in derived.columns.items()})


def _kind(cells: Cells) -> str:
    return "string" if cells and isinstance(cells[0], str) else "float64"


def numbers(table: Table, name: str) -> list[float | None]:
    """A column of numbers, or of days as `date.toordinal` counts them; None where a cell is missing or neither."""
    read = _ordinal if scale(table.schema.fields.get(name, {})) == "day" else float
    return [
        None if table.is_missing(row, name) else _read(read, table.cell(row, name)) for row in range(len(table.rows))
    ]


def _ordinal(cell: str) -> float:
    return float(date.fromisoformat(cell).toordinal())


def _read(read: Callable[[str], float], cell: str) -> float | None:
    try:
        value = read(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
