"""Tables as pandas frames for Great Expectations: numbers, days and text by the schema, row positions as index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from muster_validators.plausibility.subject import Subject
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


def balance_frame(subject: Subject) -> pd.DataFrame:
    """The derived table `balance`: what the verdict compares, by country and day."""
    import pandas as pd

    rows = subject.balance
    return pd.DataFrame(
        {
            "mission_id": pd.Series([row.mission for row in rows], dtype="string"),
            "country_code": pd.Series([row.country for row in rows], dtype="string"),
            "as_of": pd.to_datetime(pd.Series([row.as_of.isoformat() for row in rows], dtype="object")),
            "deployed_min": pd.Series([row.deployed.min for row in rows], dtype="float64"),
            "allowed_max": pd.Series([row.allowed.max if row.allowed else None for row in rows], dtype="float64"),
        }
    )
