"""Tables as pandas frames for Pandera: nullable types, the row's position as index, and its refusals as positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from musterroll.package.table import Table

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

_DTYPES = {"integer": "Int64", "date": "datetime64[s]"}


def frame_of(table: Table, names: tuple[str, ...]) -> pd.DataFrame:
    """The named columns of a table, typed by its schema; an empty cell is missing."""
    import pandas as pd

    columns: dict[str, pd.Series[str]] = {}
    for name in names:
        kind = str(table.schema.fields[name].get("type"))
        cells = [text or None for text in table.column(name)]
        columns[name] = pd.Series(cells, dtype="string").astype(_DTYPES.get(kind, "string"))  # type: ignore[call-overload]
    return pd.DataFrame(columns)


def refusals(model: pa.DataFrameSchema, frame: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Name of the check and position of the row, for every row that a model refuses, each pair once."""
    import pandera.pandas as pa

    try:
        model.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as refusal:
        cases = refusal.failure_cases[["check", "index"]].drop_duplicates()
        yield from sorted((str(check), int(index)) for check, index in cases.itertuples(index=False))
