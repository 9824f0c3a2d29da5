"""`exports/parquet/<table>.parquet`: one file per table, typed by its schema.

`musterroll.typed.arrow` says which types; name and version of the package are
metadata of the file.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musterroll.package.table import Table
from musterroll.release.content import Content
from musterroll.release.exports.comparison import (
    Rows,
    capped,
    row_label,
    shown,
    table_differences,
    unreadable,
)
from musterroll.release.exports.exporter import ExportFile
from musterroll.release.exports.names import file_stems
from musterroll.typed.arrow import arrow_table, stored_type
from musterroll.typed.columns import typed_columns

if TYPE_CHECKING:
    import duckdb

NAME = "Parquet"

_MORE = 1_000  # a small file can hold rows without number; so many more than twice the table's are looked at
# No part of a file makes the reader fetch or load anything.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def files(content: Content) -> list[ExportFile]:
    """One file for each table."""
    mediatype = "application/vnd.apache.parquet"
    return [ExportFile(path, mediatype, f"Table {name} as Parquet") for name, path in _paths(content).items()]


def write(content: Content, folder: Path) -> None:
    """Write every table."""
    import pyarrow.parquet as pq

    for name, path in _paths(content).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(_arrow_table(content, content.tables[name]), place)


def differences(content: Content, folder: Path) -> Iterator[str]:
    """Read every file with DuckDB, which has a reader of its own, and compare."""
    for name, path in _paths(content).items():
        yield from capped(path, _of_table(content.tables[name], path, folder / path))


def _paths(content: Content) -> Mapping[str, str]:
    return {name: f"exports/parquet/{stem}.parquet" for name, stem in file_stems(content.tables).items()}


def _arrow_table(content: Content, table: Table) -> Any:
    return arrow_table(table, {"package_name": content.name, "package_version": content.version, "table": table.name})


def _of_table(table: Table, path: str, place: Path) -> Iterator[str]:
    import duckdb

    columns = typed_columns(table)
    try:
        with duckdb.connect(config=_SETTINGS) as connection:
            count, types, stored = _read(connection, place, 2 * len(table.rows) + _MORE)
    except (duckdb.Error, ArithmeticError, UnicodeDecodeError):
        yield unreadable(path, place, NAME)
        return
    if count > len(stored.rows):
        yield f"{path}: it has {count:,} rows, the table {len(table.rows):,}"
        return
    expected = [str(stored_type(column)) for column in columns]
    if list(stored.names) == [column.name for column in columns] and types != expected:
        wrong = zip(columns, types, expected, strict=True)
        yield from (f"{path}: the column {shown(c.name)} is {t}, not {e}" for c, t, e in wrong if t != e)
        return
    yield from table_differences(path, columns, stored, row_label(table))


def _read(connection: duckdb.DuckDBPyConnection, place: Path, most: int) -> tuple[int, list[str], Rows]:
    """How many rows there are, the types of the columns, and at most so many rows."""
    source = [glob.escape(str(place))]
    connection.execute("SELECT count(*) FROM read_parquet(?)", source)
    (count,) = connection.fetchone() or (0,)
    connection.execute("SELECT name FROM parquet_schema(?) WHERE num_children IS NULL", source)
    names = [
        str(name) for (name,) in connection.fetchall()
    ]  # of which a query makes others if they differ in case only
    connection.execute("SELECT * FROM read_parquet(?) LIMIT ?", [*source, most])
    types = [str(column[1]) for column in connection.description or ()]
    return count, types, Rows(names, connection.fetchall())
