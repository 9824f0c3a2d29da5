"""The sound package into which faults are planted: its files as bytes, its tables as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from musterroll.package.descriptor import Package
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.package.table import Table, as_names
from musterroll.package.tables import table_of


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, with what the schema says of it."""

    table: Table
    name: str

    @property
    def field(self) -> Mapping[str, Any]:
        """Its descriptor; empty if the schema has none."""
        return self.table.schema.fields.get(self.name, {})

    @property
    def type(self) -> str:
        """Its type; a string unless declared otherwise."""
        return str(self.field.get("type", "string"))

    @property
    def constraints(self) -> Mapping[str, Any]:
        """Its constraints; empty if it has none."""
        return self.field.get("constraints") or {}

    @property
    def codes(self) -> list[str]:
        """The values that the schema lists; empty if it lists none."""
        listed = self.field.get("categories") or self.constraints.get("enum") or []
        return [str(item["value"]) if isinstance(item, dict) else str(item) for item in listed]

    @property
    def is_key(self) -> bool:
        """Whether it is part of the primary key."""
        return self.name in self.table.schema.primary_key

    @property
    def is_linked(self) -> bool:
        """Whether it is part of the primary, a unique or a foreign key."""
        return self.name in self.table.schema.key_columns

    @property
    def is_text(self) -> bool:
        """Whether it holds words: text without list, pattern or key."""
        plain = self.type == "string" and not self.codes and "pattern" not in self.constraints
        return plain and not self.is_linked


@dataclass(frozen=True)
class Original:
    """A package that could be read; `tables` are its CSV tables in UTF-8, in the order of the descriptor."""

    package: Package
    tables: Mapping[str, Table]

    def bytes_of(self, path: str) -> bytes:
        """The content of a file of the package."""
        with self.package.folder.open(path) as stream:
            return stream.read()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column of every table."""
        return tuple(Column(table, name) for table in self.tables.values() for name in table.header)

    def shuffled(self, random: Random, fits: Callable[[Column], bool]) -> Iterator[tuple[Column, int]]:
        """Every cell of the columns that fit, column by column, both in random order."""
        columns = [column for column in self.columns if fits(column)]
        random.shuffle(columns)
        for column in columns:
            rows = list(range(len(column.table.rows)))
            random.shuffle(rows)
            yield from ((column, row) for row in rows)

    def tables_of(self, random: Random, rows: int = 1) -> list[Table]:
        """The tables with at least so many rows, in random order."""
        tables = [table for table in self.tables.values() if len(table.rows) >= rows]
        random.shuffle(tables)
        return tables

    @cached_property
    def evidence(self) -> Mapping[tuple[str, ...], list[int]]:
        """Positions of the rows of a table `evidence`, by table, id and revision that they name."""
        table = self.tables.get("evidence")
        found: dict[tuple[str, ...], list[int]] = {}
        if table is not None and {*_NAMES, "field"} <= set(table.header):
            for row, named in enumerate(zip(*map(table.column, _NAMES), strict=True)):
                found.setdefault(named, []).append(row)
        return found

    @cached_property
    def references(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """Table and column that a column refers to, of every foreign key of one column; not to one that is absent."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for table in self.tables.values():
            for key in table.schema.descriptor.get("foreignKeys") or []:
                own, theirs = as_names(key["fields"]), as_names(key["reference"]["fields"])
                target = key["reference"].get("resource") or table.name
                if len(own) == 1 and (target not in self.tables or theirs[0] in self.tables[target].index):
                    found[table.name, own[0]] = (target, theirs[0])
        return found


_NAMES = ("table_name", "row_id", "revision")


def read_original(folder: Folder) -> Original:
    """The package in a folder.

    Raises `Unusable` or `Refused` if its descriptor or a table cannot be read.
    """
    package = require_package(folder)
    tables: dict[str, Table] = {}
    for resource in package.resources:
        table = None if "data" in resource.descriptor or resource.missing else table_of(package, resource)
        if (
            table is not None
            and table.encoding == "utf-8"
            and table.dialect.header
            and len(set(table.header)) == len(table.header)
        ):
            tables[resource.name] = table
    return Original(package, tables)


def rows_where(table: Table, **cells: str) -> list[int]:
    """Positions of the rows that hold these texts."""
    wanted: Sequence[tuple[int, str]] = [(table.index[name], text) for name, text in cells.items()]
    return [row for row, texts in enumerate(table.rows) if all(texts[column] == text for column, text in wanted)]
