"""Load tables into a database with every constraint that their rows keep.

The rows go first into a database of their own without constraints, where SQLite
itself counts what is against each; a constraint cannot be added later.
"""

# ruff: noqa: S608 - every name of a package goes through `quoted`, every value is bound or made a literal

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from musterroll.package.table import Table
from musterroll.release.exports.foreign_keys import foreign_keys
from musterroll.release.exports.sqlite_constraints import Constraint, foreign_key, own_constraints
from musterroll.release.exports.sqlite_tables import STAGE, SqlTable, quoted, sql_names, sql_table

Note = tuple[str, str]  # table, what is otherwise

_SQL_BYTES = 900_000  # a statement of more than 1,000,000 SQLite refuses, as it is mostly built


def load(connection: sqlite3.Connection, tables: Mapping[str, Table]) -> list[Note]:
    """Write all tables; the notes say what is otherwise than in the package."""
    names = sql_names(tables)
    notes = [(name, "left out: it has too many columns for SQLite") for name in tables if name not in names]
    connection.execute(f"ATTACH '' AS {STAGE}")  # in a file of its own, which is gone afterwards
    connection.execute("BEGIN")
    loads = {name: _Load(connection, _staged(connection, sql_table(tables[name], names[name]))) for name in names}
    for each in loads.values():
        each.add_own()
    for each in loads.values():
        each.add_foreign(tables, loads)
    for each in loads.values():
        each.finish()
        notes += ((each.table.table.name, note) for note in each.notes)
    connection.execute("COMMIT")
    connection.execute(f"DETACH {STAGE}")
    return notes


def _staged(connection: sqlite3.Connection, table: SqlTable) -> SqlTable:
    """Write the rows without constraints; the table comes back without its values, which lie in the database now."""
    columns = ", ".join(f"{column} {column.type}" for column in table.columns)
    connection.execute(f"CREATE TABLE {table.staged} ({columns}) STRICT")
    rows = zip(*(column.stored() for column in table.columns), strict=True)
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {table.staged} VALUES ({marks})", rows)
    emptied = [replace(column, column=replace(column.column, values=[])) for column in table.columns]
    return replace(table, columns=emptied)


@dataclass
class _Load:
    """One table on its way from the stage into the database."""

    connection: sqlite3.Connection
    table: SqlTable
    constraints: list[Constraint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_own(self) -> None:
        """Take up the constraints within the table, and note the names that differ."""
        if self.table.name != self.table.table.name:
            self.notes.append(f"the table is called {self.table.name} here")
        for column in self.table.columns:
            if column.name != column.column.name:
                self.notes.append(f"the column {column.column.name} is called {column.name} here")
        for constraint in own_constraints(self.table):
            self._add(constraint)

    def add_foreign(self, tables: Mapping[str, Table], loads: Mapping[str, _Load]) -> None:
        """Take up the foreign keys that lead to a whole key: with any other one SQLite refuses every insert."""
        for declared in foreign_keys(self.table.table, tables):
            parent = loads.get(declared.resource)
            words = f"foreign key from {', '.join(declared.fields)} to {declared.resource}"
            if declared.parent is None or parent is None:
                self._add(f"{words}: it leads nowhere")
            elif frozenset(declared.columns) not in {constraint.key for constraint in parent.constraints}:
                self._add(f"{words}: it does not lead to a whole key")
            else:
                self._add(foreign_key(self.table, declared.fields, parent.table, declared.columns))

    def finish(self) -> None:
        """Create the table with what was taken up, and copy the rows."""
        sql = self._sql(self.constraints)
        if len(sql.encode()) > _SQL_BYTES:
            self.notes.append("left out: every CHECK, for SQLite takes no statement of that length")
            sql = self._sql([each for each in self.constraints if not each.clause.startswith("CHECK")])
        self.connection.execute(sql)
        self.connection.execute(f"INSERT INTO main.{quoted(self.table.name)} SELECT * FROM {self.table.staged}")

    def _add(self, constraint: Constraint | str) -> None:
        if isinstance(constraint, str):
            self.notes.append(f"left out: {constraint}")
            return
        (count,) = self.connection.execute(constraint.violations).fetchone()
        if count:
            column = f" of {constraint.behind}" if constraint.behind else ""
            rows = "row is" if count == 1 else "rows are"
            self.notes.append(f"left out: {constraint.clause}{column}: {count:,} {rows} against it")
        else:
            self.constraints.append(constraint)

    def _sql(self, constraints: list[Constraint]) -> str:
        behind = {each.behind: f" {each.clause}" for each in constraints if each.behind}
        lines = [f"{column} {column.type}{behind.get(column.name, '')}" for column in self.table.columns]
        lines += [each.clause for each in constraints if each.behind is None]
        return f"CREATE TABLE main.{quoted(self.table.name)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"
