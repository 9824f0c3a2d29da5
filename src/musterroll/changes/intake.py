"""Both releases in one database: every table as text, read strictly by our own reader and by nobody else.

DuckDB would read the files faster and, here and there, otherwise than they are
written; what it compares has passed the same reader as everything else, batch
by batch, and is counted on arrival.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from musterroll.errors import Unusable
from musterroll.interrupts import interruptible
from musterroll.package.csv_reader import Row
from musterroll.package.descriptor import Package, Resource
from musterroll.package.folder import Folder
from musterroll.package.inline import read_inline
from musterroll.package.opening import require_package
from musterroll.package.problem import Rejected, as_error
from musterroll.package.table import Schema, Table
from musterroll.package.table_reader import stream_rows

if TYPE_CHECKING:
    import duckdb

_MEMORY = "2GB"  # what DuckDB may take before it writes to the disk


@dataclass(frozen=True)
class Loaded:
    """A table in the database: `sql` is its name there, its columns are `line`, `c0`, `c1` …"""

    name: str
    sql: str
    schema: Schema
    header: tuple[str, ...]
    rows: int

    def column(self, name: str) -> str:
        """The name of a column in the database."""
        return f"c{self.header.index(name)}"

    @property
    def columns(self) -> list[str]:
        """All columns, in order."""
        return [f"c{number}" for number in range(len(self.header))]


@dataclass(frozen=True)
class Side:
    """One of the two releases: its descriptor, its tables, and the hash of every file that is no table."""

    package: Package
    tables: Mapping[str, Loaded]
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by resource and path


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database on the disk that is gone afterwards, and that can reach nothing else."""
    import duckdb

    with TemporaryDirectory(prefix="musterroll-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": folder,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(Path(folder) / "compare.duckdb", config=settings) as connection:
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            with interruptible(connection):
                yield connection


def load(
    connection: duckdb.DuckDBPyConnection, folder: Folder, side: str, on_table: Callable[[str], None] = lambda _: None
) -> Side:
    """Read the package in `folder` into the database, its tables as `<side>_0`, `<side>_1` …

    Raises `Unusable` if a table cannot be read reliably, `Refused` if the
    package is unsafe, `Unavailable` if there is none.
    """
    package = require_package(folder)
    tables: dict[str, Loaded] = {}
    files: dict[str, Mapping[str, str]] = {}
    for resource in package.resources:
        on_table(resource.name)
        if resource.name in tables or resource.name in files:
            raise Unusable(f"{resource.name} names two resources; muster validate says more")
        if resource.missing:
            raise Unusable(f"{', '.join(sorted(resource.missing))} is missing; muster validate says more")
        try:
            batches = batches_of(package, resource)
            if batches is None:
                files[resource.name] = {path: folder.sha256(path) for path in resource.files}
            else:
                tables[resource.name] = _insert(connection, f"{side}_{len(tables)}", resource.name, batches)
        except Rejected as rejection:
            raise as_error(rejection.problem) from rejection
    return Side(package, tables, files)


def batches_of(package: Package, resource: Resource) -> Iterator[tuple[Table, list[Row]]] | None:
    """The rows of a table, or None if the resource is none that can be read row by row."""
    if "data" in resource.descriptor:
        inline = read_inline(package, resource)
        return None if inline is None else iter([(inline, list(zip(inline.lines, inline.rows, strict=True)))])
    return stream_rows(package, resource) if resource.is_table and resource.is_csv else None


def _insert(
    connection: duckdb.DuckDBPyConnection, sql: str, name: str, batches: Iterator[tuple[Table, list[Row]]]
) -> Loaded:
    import pyarrow as pa

    count, table = 0, None
    for table, batch in batches:
        if not table.header:
            raise Unusable(f"{name}: the table has no columns")
        names = [f"c{number}" for number in range(len(table.header))]
        if not count:
            columns = "".join(f", {column} VARCHAR NOT NULL" for column in names)
            connection.execute(f"CREATE TABLE IF NOT EXISTS {sql} (line BIGINT NOT NULL{columns})")
        if batch:
            lines, rows = zip(*batch, strict=True)
            arrays = [pa.array(lines, pa.int64()), *(pa.array(cells, pa.string()) for cells in zip(*rows, strict=True))]
            connection.register("batch", pa.table(arrays, ["line", *names]))
            connection.execute(f"INSERT INTO {sql} SELECT * FROM batch")
            connection.unregister("batch")
        count += len(batch)
    if table is None:
        raise Unusable(f"{name}: there is no header")
    stored = connection.execute(f"SELECT count(*) FROM {sql}").fetchone()
    if stored != (count,):
        raise Unusable(f"{name}: {count} rows were read and {stored} arrived in the database")
    return Loaded(name, sql, table.schema, tuple(table.header), count)
