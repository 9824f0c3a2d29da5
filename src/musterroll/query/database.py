"""The tables of a package in an embedded DuckDB: typed by their schemas, read by our reader and by nobody else.

A mission record has its derived tables as well, in the schema `derived`; by
their bare names too, unless the package has a table of that name itself. The
schema `package` holds what the package says of itself: `tables` and `columns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musterroll.interrupts import interruptible
from musterroll.package.dialect import Dialect
from musterroll.package.table import Schema, Table
from musterroll.record.derived.table import DerivedTable
from musterroll.record.derived.tables import DERIVED
from musterroll.record.record import Record
from musterroll.typed.arrow import arrow_table

if TYPE_CHECKING:
    import duckdb

_DERIVED, _ABOUT = "derived", "package"
_MEMORY = "2GB"


def database(tables: Mapping[str, Table], record: Record | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory that holds the tables by name and, of a record that has a mission, the derived ones.

    It belongs to the caller, who closes it.
    """
    import duckdb

    connection = duckdb.connect(config={"memory_limit": _MEMORY, "autoload_known_extensions": False})
    connection.execute("SET TimeZone = 'UTC'")  # an answer does not depend on where it is asked
    with interruptible(connection):
        _fill(connection, tables, record)
    return connection


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """From now on the database reaches no file, no network, no extension and no variable of Python."""
    for setting in ("python_enable_replacements", "enable_external_access"):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET lock_configuration = true")


def table_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables by name, those of the package first."""
    connection.execute(f'SELECT "table" FROM {_ABOUT}.tables')
    return list(dict.fromkeys(str(name) for (name,) in connection.fetchall()))


def derived_table(derived: DerivedTable[Any], record: Record) -> Table:
    """A derived table of a record, as if it had been read from a file."""
    rows = [derived.cells(row) for row in derived.rows(record)]
    return Table(derived.name, "", Schema(derived.schema(record.host), ""), Dialect(), derived.header, rows)


def quoted(name: str) -> str:
    """A name as an identifier of SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def _fill(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Table], record: Record | None) -> None:
    for name, table in tables.items():
        _create(connection, quoted(name), table)
    derived = (
        {} if record is None or not record.missions else {each.name: derived_table(each, record) for each in DERIVED}
    )
    connection.execute(f"CREATE SCHEMA {_DERIVED}")
    for name, table in derived.items():
        _create(connection, f"{_DERIVED}.{quoted(name)}", table)
        if name not in tables:
            connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM {_DERIVED}.{quoted(name)}")
    _describe(connection, tables, derived)


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    connection.register("incoming", arrow_table(table))
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
    connection.unregister("incoming")


def _describe(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Table], derived: Mapping[str, Table]) -> None:
    connection.execute(f"CREATE SCHEMA {_ABOUT}")
    held = [*((table, "") for table in tables.values()), *((table, _DERIVED) for table in derived.values())]
    _create(connection, f"{_ABOUT}.tables", _listed("tables", _TABLES, (_table_cells(*each) for each in held)))
    rows = (cells for table, _ in held for cells in _column_cells(table))
    _create(connection, f"{_ABOUT}.columns", _listed("columns", _COLUMNS, rows))


_TABLES = {"table": "string", "rows": "integer", "columns": "integer", "schema": "string", "title": "string"}
_COLUMNS = {"table": "string", "column": "string", "type": "string", "required": "boolean", "description": "string"}


def _listed(name: str, columns: Mapping[str, str], rows: Iterable[Sequence[str]]) -> Table:
    fields = [{"name": column, "type": type} for column, type in columns.items()]
    return Table(name, "", Schema({"fields": fields}, ""), Dialect(), list(columns), [list(row) for row in rows])


def _table_cells(table: Table, schema: str) -> list[str]:
    title = table.schema.descriptor.get("title")
    return [table.name, str(len(table.rows)), str(len(table.header)), schema or "main", str(title or "")]


def _column_cells(table: Table) -> Iterator[list[str]]:
    for name in table.header:
        field = table.schema.fields.get(name, {})
        is_required = (field.get("constraints") or {}).get("required") is True
        described = str(field.get("description") or field.get("title") or "")
        yield [table.name, name, str(field.get("type", "")), "true" if is_required else "false", described]
