"""The rows of one table on their way from the old release to the new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from musterroll.changes.intake import Loaded
from musterroll.changes.row_changes import match_key
from musterroll.errors import Unusable
from musterroll.package.canonical import canonical_csv
from musterroll.package.descriptor import Resource
from musterroll.package.dialect import read_dialect
from musterroll.package.table import Table

Row = tuple[str, ...]


@dataclass
class ReplayedTable:
    """Starts with the rows of `old` (None: a new table), seen as rows of `new`, and follows the changes."""

    old: Table | None
    new: Loaded
    key: tuple[str, ...] = field(init=False)
    rows: dict[Row, list[Row]] = field(init=False)  # by key; by the whole row where there is no key

    def __post_init__(self) -> None:
        self.rows = {}
        old = self.old
        before = Loaded(old.name, "", old.schema, tuple(old.header), 0) if old else self.new
        self.key = match_key(before, self.new)
        for cells in old.rows if old else []:
            row = dict(zip(before.header, cells, strict=True))
            self._add(self._projected(row))

    def apply(self, change: Mapping[str, Any]) -> None:
        """Follow one change of a row; raises `Unusable` if there is no such row."""
        if change["kind"] == "row_removed":
            self._remove(self._projected(change["row"]))
        elif change["kind"] == "row_added":
            self._add(self._projected(change["row"]))
        else:
            (row,) = self._found(tuple(change["key"][name] for name in self.key))
            values = dict(zip(self.new.header, row, strict=True))
            self._remove(row)
            values |= {cell["field"]: cell["new"] for cell in change["cells"]}
            self._add(self._projected(values))

    def canonical(self, resource: Resource) -> bytes:
        """The bytes of the file, as the resource says that it is written."""
        dialect, _ = read_dialect(resource.dialect_settings)
        rows = [list(row) for same in self.rows.values() for row in same]
        return canonical_csv(Table(resource.name, resource.files[0], self.new.schema, dialect, self.new.header, rows))

    def _projected(self, row: Mapping[str, str]) -> Row:
        """The cells as the new table has them: a new column is empty."""
        return tuple(row.get(name, "") for name in self.new.header)

    def _identity(self, row: Row) -> Row:
        return tuple(row[self.new.header.index(name)] for name in self.key) if self.key else row

    def _add(self, row: Row) -> None:
        self.rows.setdefault(self._identity(row), []).append(row)

    def _remove(self, row: Row) -> None:
        same = self._found(self._identity(row))
        if row not in same:
            raise Unusable(
                f"{self.new.name}: the feed is about another release: {', '.join(row)[:100]} is not in this one"
            )
        same.remove(row)

    def _found(self, identity: Row) -> list[Row]:
        return self.rows.get(identity, [])
