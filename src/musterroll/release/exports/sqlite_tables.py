"""The tables of a package as SQLite holds them: under which name, with which types, each value exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from musterroll.package.table import Table
from musterroll.release.exports.names import distinct
from musterroll.typed.columns import TypedColumn, Value, is_exact_double, typed_columns, value_text

STAGE = "stage"
_COLUMNS = 2_000  # more than so many SQLite refuses
_NAME = 200  # characters
_RESERVED = "sqlite_"


@dataclass(frozen=True)
class SqlColumn:
    """A column as SQLite holds it."""

    name: str
    type: str
    column: TypedColumn

    def __str__(self) -> str:
        return quoted(self.name)

    def stored(self) -> Iterator[int | float | str | None]:
        """Its values as they are stored."""
        return (None if value is None else self._stored(value) for value in self.column.values)

    def _stored(self, value: Value) -> int | float | str:
        if isinstance(value, bool):
            return int(value)
        if self.type == "REAL":
            return float(value)  # type: ignore[arg-type]
        return value_text(value) if self.type == "TEXT" else value  # type: ignore[return-value]


@dataclass(frozen=True)
class SqlTable:
    """A table as SQLite holds it."""

    name: str
    table: Table
    columns: Sequence[SqlColumn]

    @property
    def staged(self) -> str:
        """Where its rows wait while it is decided which constraints they keep."""
        return f"{STAGE}.{quoted(self.name)}"

    def named(self, names: Sequence[str]) -> list[SqlColumn]:
        """The columns of these names in the schema; none if one of them is not there."""
        found = {column.column.name: column for column in self.columns}
        return [found[name] for name in names] if {*names} <= found.keys() else []


def sql_names(tables: Mapping[str, Table]) -> Mapping[str, str]:
    """What each table is called in SQLite, which takes no more than some columns and knows no capitals."""
    fitting = [name for name, table in tables.items() if len(table.header) <= _COLUMNS]
    return dict(zip(fitting, distinct(map(_allowed, fitting), longest=_NAME), strict=True))


def sql_table(table: Table, name: str) -> SqlTable:
    """The table under that name."""
    columns = typed_columns(table)
    key = table.schema.primary_key
    names = distinct((_allowed(column.name) for column in columns), longest=_NAME)
    types = [_type(column, is_only_key=key == (column.name,)) for column in columns]
    return SqlTable(name, table, [SqlColumn(*each) for each in zip(names, types, columns, strict=True)])


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _allowed(name: str) -> str:
    plain = name.replace("\0", "\ufffd")
    return f"_{plain}" if plain.lower().startswith(_RESERVED) else plain


def _type(column: TypedColumn, *, is_only_key: bool) -> str:
    """INTEGER, REAL or TEXT: what holds every value exactly."""
    numbers = [value for value in column.values if isinstance(value, (int, Decimal))]
    is_whole = column.kind in {"integer", "boolean"}
    if is_whole and all(-(2**63) <= value < 2**63 for value in numbers):
        return "INT" if is_only_key else "INTEGER"  # an INTEGER PRIMARY KEY decides the order, and is never NULL
    if column.kind == "number" and all(is_exact_double(Decimal(value)) for value in numbers):
        return "REAL"
    return "TEXT"
