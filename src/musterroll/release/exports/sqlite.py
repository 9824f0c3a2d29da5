"""`exports/<name>-<version>.sqlite`: every table, with the keys and constraints of its schema.

Truth values are 0 and 1; dates, moments and numbers that no column of numbers
holds exactly are text. The table `package` says what this is. The table
`export_notes` says what is otherwise than in the package: a constraint that the
data do not keep or that SQLite has no words for is left out, a name that SQLite
would confuse with another is changed. `application_id` is MUST in ASCII,
`user_version` the version of this layout.
"""

# ruff: noqa: S608 - every name of a package goes through `quoted`, every value is bound or made a literal

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from musterroll.errors import Unavailable
from musterroll.release.content import Content
from musterroll.release.exports.comparison import Rows, capped, row_label, shown, table_differences, unreadable
from musterroll.release.exports.exporter import ExportFile
from musterroll.release.exports.names import distinct, safe_stem
from musterroll.release.exports.sqlite_loading import Note, load
from musterroll.release.exports.sqlite_tables import SqlTable, quoted, sql_names, sql_table

NAME = "SQLite"
APPLICATION_ID = int.from_bytes(b"MUST", "big")
LAYOUT = 1

_ENVIRONMENT = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
_SETTINGS = (
    "page_size = 4096",
    "secure_delete = ON",  # no page holds what happened to lie in memory
    "journal_mode = OFF",
    "synchronous = OFF",
    f"application_id = {APPLICATION_ID}",
    f"user_version = {LAYOUT}",
)


def files(content: Content) -> list[ExportFile]:
    """The one database."""
    return [ExportFile(_path(content), "application/vnd.sqlite3", "All tables as a SQLite database")]


def write(content: Content, folder: Path) -> None:
    """Write the database. Raises `Unavailable` if the disk does not take it."""
    place = folder / _path(content)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(place, isolation_level=None)) as connection:
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            _describe(connection, content, load(connection, content.tables))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(_ENVIRONMENT):
            raise Unavailable(f"{place}: {error}") from error
        raise


def differences(content: Content, folder: Path) -> Iterator[str]:
    """Let SQLite check the file and its foreign keys, and compare every table."""
    path = _path(content)
    yield from capped(path, _faults(content, path, folder / path))


def _path(content: Content) -> str:
    return f"exports/{safe_stem(content.stem)}.sqlite"


def _describe(connection: sqlite3.Connection, content: Content, notes: Sequence[Note]) -> None:
    package, remarks = map(quoted, _own_names(sql_names(content.tables)))
    connection.execute("BEGIN")
    columns = "name TEXT NOT NULL, version TEXT NOT NULL, title TEXT, licence TEXT"
    connection.execute(f"CREATE TABLE {package} ({columns}) STRICT")
    connection.execute(f"INSERT INTO {package} VALUES (?, ?, ?, ?)", _package_row(content))
    connection.execute(f"CREATE TABLE {remarks} (table_name TEXT NOT NULL, note TEXT NOT NULL) STRICT")
    connection.executemany(f"INSERT INTO {remarks} VALUES (?, ?)", notes)
    connection.execute("COMMIT")


def _own_names(names: Mapping[str, str]) -> list[str]:
    """What the two tables about the export are called: the package's own tables keep their names."""
    return distinct(["package", "export_notes"], taken=names.values())


def _package_row(content: Content) -> tuple[str, str, str | None, str | None]:
    descriptor = content.package.descriptor
    licences = [item.get("name") or item.get("title") or item.get("path") for item in descriptor.get("licenses") or []]
    title = descriptor.get("title")
    licence = "; ".join(str(name) for name in licences if name)
    return content.name, content.version, None if title is None else str(title), licence or None


def _faults(content: Content, path: str, place: Path) -> Iterator[str]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(place))}?mode=ro&immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield from _of_database(connection, content, path)
    except (sqlite3.Error, UnicodeDecodeError):
        yield unreadable(path, place, "SQLite database")


def _of_database(connection: sqlite3.Connection, content: Content, path: str) -> Iterator[str]:
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        yield f"{path}: SQLite finds it damaged"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"{path}: table {shown(table)}: row {row} leads to no row of {shown(parent)}"
    names = sql_names(content.tables)
    package, notes = _own_names(names)
    query = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
    found = connection.execute(query).fetchall()
    expected = [("table", name) for name in [*names.values(), package, notes]]
    yield from (f"{path}: the table {shown(name)} is missing" for kind, name in expected if (kind, name) not in found)
    yield from (f"{path}: the {kind} {shown(name)} is too many" for kind, name in found if (kind, name) not in expected)
    if ("table", package) in found:
        rows = connection.execute(f"SELECT * FROM {quoted(package)}").fetchall()
        yield from (
            [] if rows == [_package_row(content)] else [f"{path}: the table {package} does not describe the package"]
        )
    for name, table in content.tables.items():
        if name in names and ("table", names[name]) in found:
            yield from _of_table(connection, path, sql_table(table, names[name]))


def _of_table(connection: sqlite3.Connection, path: str, table: SqlTable) -> Iterator[str]:
    name, where = quoted(table.name), f"{path}: table {shown(table.name)}"
    described = connection.execute(f"PRAGMA table_info({name})").fetchall()
    types = {column: type for _, column, type, *_ in described}
    for column in table.columns:
        if types.get(column.name, column.type) != column.type:
            yield f"{where}: the column {shown(column.name)} is {shown(types[column.name])}, not {column.type}"
    rows = connection.execute(f"SELECT * FROM {name} NOT INDEXED").fetchall()  # an index has an order of its own
    expected = [replace(column.column, name=column.name) for column in table.columns]
    yield from table_differences(where, expected, Rows(list(types), rows), row_label(table.table))
