"""One table as text: header, rows, and the place in the file where each cell begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from musterroll.package.csv_reader import cell_offsets
from musterroll.package.descriptor import Part
from musterroll.package.dialect import Dialect
from musterroll.package.places import Positions, physical_lines


@dataclass(frozen=True)
class Schema:
    """What a Table Schema says, by field; `fields` keeps the descriptor's own objects."""

    descriptor: Mapping[str, Any]
    file: str

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        """Field descriptors by name, in order."""
        listed = self.descriptor.get("fields", [])
        return {item["name"]: item for item in listed if isinstance(item, dict) and isinstance(item.get("name"), str)}

    @cached_property
    def primary_key(self) -> tuple[str, ...]:
        """Names of the key fields; empty if there is no key."""
        return as_names(self.descriptor.get("primaryKey"))

    @cached_property
    def unique_keys(self) -> tuple[tuple[str, ...], ...]:
        """The v2 `uniqueKeys`."""
        listed = self.descriptor.get("uniqueKeys")
        return tuple(as_names(item) for item in listed) if isinstance(listed, list) else ()

    @cached_property
    def key_columns(self) -> frozenset[str]:
        """Columns of the primary key, of unique keys and of foreign keys."""
        keys = [
            self.primary_key,
            *self.unique_keys,
            *(as_names(key.get("fields")) for key in self.descriptor.get("foreignKeys") or []),
        ]
        return frozenset(name for key in keys for name in key)

    @cached_property
    def required_columns(self) -> frozenset[str]:
        """Columns that must have a value in every row."""
        return frozenset(
            name for name, item in self.fields.items() if (item.get("constraints") or {}).get("required") is True
        )

    def missing_values(self, name: str) -> frozenset[str]:
        """The texts that mean "missing" in a field; labelled ones by their value."""
        own = self.fields.get(name, {}).get("missingValues")
        listed = own if own is not None else self.descriptor.get("missingValues", [""])
        return frozenset(str(item["value"] if isinstance(item, dict) else item) for item in listed)


def as_names(value: object) -> tuple[str, ...]:
    """A key written as one name or as a list of names (both are allowed) as a tuple."""
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


@dataclass
class Table:
    """The rows of one resource, as the text that stands in the file.

    Rows that are not as wide as the header are not among `rows`; `skipped` has
    their lines, by position in the file (from 0, the header not counted).
    """

    name: str
    file: str
    schema: Schema
    dialect: Dialect
    header: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    data: bytes = b""
    encoding: str = "utf-8"
    skipped: dict[int, int] = field(default_factory=dict)
    entry: Part | None = None  # where the descriptor speaks of it
    _located: int = field(default=-1, init=False, repr=False)
    _offsets: list[int] = field(default_factory=list, init=False, repr=False)
    _positions: Positions = field(default_factory=lambda: Positions(""), init=False, repr=False)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of each column, by label."""
        return {label: position for position, label in enumerate(self.header)}

    def cell(self, row: int, name: str) -> str:
        """The text of one cell."""
        return self.rows[row][self.index[name]]

    def column(self, name: str) -> Iterator[str]:
        """All cells of a column, in order."""
        position = self.index[name]
        return (cells[position] for cells in self.rows)

    def is_missing(self, row: int, name: str) -> bool:
        """Whether the cell holds one of the declared missing values."""
        return self.cell(row, name) in self._missing[name]

    def row_at(self, position: int) -> int | None:
        """The row at a position in the file, from 0 behind the header; None if it is one that was skipped."""
        return None if position in self.skipped else position - bisect_left(self._skipped, position)

    def line_at(self, position: int) -> int:
        """The line on which the row at a position in the file begins, whether it was skipped or not."""
        row = self.row_at(position)
        return self.skipped[position] if row is None else self.lines[row]

    def key(self, row: int) -> dict[str, str]:
        """The primary key of a row, as text."""
        return {name: self.cell(row, name) for name in self.schema.primary_key if name in self.index}

    def place(self, row: int, name: str | None = None) -> tuple[int, int | None]:
        """Physical line and column at which a cell begins; without a name, the row's line."""
        first = self.lines[row]
        if name is None:
            return first, None
        if self._located != row:  # findings come row by row; a record is measured once
            last = self.lines[row + 1] - 1 if row + 1 < len(self.lines) else len(self._physical_lines)
            raw = "".join(self._physical_lines[first - 1 : last])
            self._located, self._offsets, self._positions = row, cell_offsets(raw, self.dialect), Positions(raw)
        line, column = self._positions.of(self._offsets[self.index[name]])
        return first + line - 1, column

    @cached_property
    def _skipped(self) -> list[int]:
        return sorted(self.skipped)

    @cached_property
    def _missing(self) -> Mapping[str, frozenset[str]]:
        return {label: self.schema.missing_values(label) for label in self.header}

    @cached_property
    def _physical_lines(self) -> list[str]:
        return physical_lines(self.data.decode(self.encoding).removeprefix("\ufeff"))
