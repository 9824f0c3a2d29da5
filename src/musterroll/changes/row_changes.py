"""Rows of two tables compared in SQL: by key, and as multisets where there is no key or a key names several rows.

All cells are text and none is NULL. Every query streams its rows in the order
of the key, by code point, so that the same input gives the same output.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from musterroll.changes.change import CellChange, Change
from musterroll.changes.intake import Loaded
from musterroll.changes.natures import nature_of
from musterroll.package.values import Column

if TYPE_CHECKING:
    import duckdb

_FETCHED = 1000  # rows at a time
_NUMBERS = count()  # for names of helper tables


@dataclass(frozen=True)
class Pairing:
    """A table before and after, and the columns by which its rows are recognised (none: as multisets)."""

    connection: duckdb.DuckDBPyConnection
    old: Loaded
    new: Loaded
    key: tuple[str, ...]
    retired: Set[str] = field(default_factory=frozenset)
    is_referenced: bool = False

    @cached_property
    def common(self) -> list[str]:
        """Columns that both have and that are not the key."""
        return [name for name in self.new.header if name in self.old.header and name not in self.key]

    @cached_property
    def added(self) -> list[str]:
        """Columns that only the new table has."""
        return [name for name in self.new.header if name not in self.old.header]

    @cached_property
    def duplicates(self) -> str:
        """A helper table of the keys that name several rows on either side, with how many on each."""
        name = f"duplicates_{next(_NUMBERS)}"
        keys = ", ".join(f"k{number}" for number in range(len(self.key)))
        sides = " UNION ALL ".join(
            f"SELECT {_listed(side, self.key, 'k')}, {here} AS o, {there} AS n FROM {side.sql}"
            for side, here, there in ((self.old, 1, 0), (self.new, 0, 1))
        )
        self.connection.execute(
            f"CREATE TABLE {name} AS SELECT {keys}, sum(o) AS o, sum(n) AS n FROM ({sides}) "
            f"GROUP BY {keys} HAVING sum(o) > 1 OR sum(n) > 1"
        )
        return name

    @cached_property
    def kept(self) -> Set[tuple[str, ...]]:
        """Keys of several rows of which at least one is still there."""
        if not self.key:
            return frozenset()
        names = ", ".join(f"k{number}" for number in range(len(self.key)))
        return frozenset(self.rows(f"SELECT {names} FROM {self.duplicates} WHERE n > 0"))

    @property
    def same_key(self) -> str:
        """The condition under which `x`, a row of the old table, and `y`, one of the new, have the same key."""
        return _equal(self.old, "x", self.new, "y", self.key)

    def only_here(self, side: Loaded) -> str:
        """The condition under which a row `x` of a side has a key that the other side does not have."""
        other = self.new if side is self.old else self.old
        absent = f"NOT EXISTS (SELECT 1 FROM {other.sql} y WHERE {_equal(side, 'x', other, 'y', self.key)})"
        return f"{absent} AND NOT {_is_duplicate(self, side, 'x')}"

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a thousand at a time; queries may run side by side."""
        cursor = self.connection.cursor()
        cursor.execute(query)
        while batch := cursor.fetchmany(_FETCHED):
            yield from batch


def match_key(old: Loaded, new: Loaded) -> tuple[str, ...]:
    """The columns by which rows are recognised: the new primary key, else the old one, where both tables have it."""
    for key in (new.schema.primary_key, old.schema.primary_key):
        if key and all(name in old.header and name in new.header for name in key):
            return key
    return ()


def row_changes(pairing: Pairing) -> Iterator[Change]:
    """Every difference of rows, by kind and key."""
    if not pairing.key:
        yield from _only_in(pairing, pairing.old, "row_removed", "")
        yield from _only_in(pairing, pairing.new, "row_added", "")
        return
    yield from _duplicated(pairing)
    yield from _only_in(pairing, pairing.old, "row_removed", pairing.only_here(pairing.old))
    yield from _only_in(pairing, pairing.new, "row_added", pairing.only_here(pairing.new))
    yield from _changed(pairing)


def all_rows(connection: duckdb.DuckDBPyConnection, table: Loaded) -> Iterator[Change]:
    """Every row of a new table as an addition."""
    empty = Loaded(table.name, f"(SELECT * FROM {table.sql} LIMIT 0)", table.schema, table.header, 0)
    yield from row_changes(Pairing(connection, empty, table, match_key(empty, table)))


def _duplicated(pairing: Pairing) -> Iterator[Change]:
    """Keys that name several rows, unless these are the same on both sides."""
    names = [f"k{number}" for number in range(len(pairing.key))]
    differing = " UNION ".join(
        _surplus(pairing, side, _listed(side, pairing.key, "k")) for side in (pairing.old, pairing.new)
    )
    query = f"SELECT {', '.join(names)}, o, n FROM {pairing.duplicates} JOIN ({differing}) USING ({', '.join(names)})"
    for *key, old, new in pairing.rows(f"{query} ORDER BY {', '.join(names)}"):
        named = dict(zip(pairing.key, key, strict=True))
        variant = "repaired" if new <= 1 else ""
        yield Change(
            kind="key_duplicated", variant=variant, table=pairing.new.name, key=named, old=int(old), new=int(new)
        )


def _only_in(pairing: Pairing, side: Loaded, kind: str, unique: str) -> Iterator[Change]:
    """Rows that only one side has: by key where keys are unique, and of the others the surplus of equal rows."""
    columns = ", ".join(side.columns)
    parts = [_surplus(pairing, side, columns)]
    if unique:
        parts.append(f"SELECT {columns} FROM {side.sql} x WHERE {unique}")
    order = ", ".join([side.column(name) for name in pairing.key] + side.columns)
    for cells in pairing.rows(f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY {order}"):
        row = dict(zip(side.header, cells, strict=True))
        key = {name: row[name] for name in pairing.key}
        yield Change(kind=kind, variant=_variant(pairing, kind, row), table=pairing.new.name, key=key, row=row)


def _surplus(pairing: Pairing, side: Loaded, columns: str) -> str:
    """Rows without a key of their own that the side has more often than the other."""
    among = f"WHERE {_is_duplicate(pairing, side, 'x')}" if pairing.key else ""
    return f"SELECT {columns} FROM {_numbered(pairing, side, among)} x WHERE NOT EXISTS ({_twin(pairing, side, among)})"


def _variant(pairing: Pairing, kind: str, row: dict[str, str]) -> str:
    if kind != "row_removed":
        return ""
    if tuple(row[name] for name in pairing.key) in pairing.kept:
        return "duplicate"
    if pairing.key and row[pairing.key[0]] in pairing.retired:
        return "retired"
    return "referenced" if pairing.is_referenced else ""


def _numbered(pairing: Pairing, side: Loaded, among: str) -> str:
    """The side's rows with a number among those that are equal in all columns of the new table."""
    same = ", ".join(_projected(pairing, side, "x")) or "1"
    return f"(SELECT x.*, row_number() OVER (PARTITION BY {same} ORDER BY line) AS nth FROM {side.sql} x {among})"


def _twin(pairing: Pairing, side: Loaded, among: str) -> str:
    """The row of the other side that is equal to `x` and has the same number."""
    other = pairing.new if side is pairing.old else pairing.old
    there = f"WHERE {_is_duplicate(pairing, other, 'x')}" if among else ""
    mine, theirs = _projected(pairing, side, "x"), _projected(pairing, other, "y")
    same = "".join(f" AND {one} = {two}" for one, two in zip(mine, theirs, strict=True))
    return f"SELECT 1 FROM {_numbered(pairing, other, there)} y WHERE x.nth = y.nth{same}"


def _projected(pairing: Pairing, side: Loaded, alias: str) -> list[str]:
    """The cells of a row as the new table would hold them: a column that the side lacks is empty."""
    names = pairing.new.header
    return [f"{alias}.{side.column(name)}" if name in side.header else "''" for name in names]


def _is_duplicate(pairing: Pairing, side: Loaded, alias: str) -> str:
    same = " AND ".join(f"d.k{number} = {alias}.{side.column(name)}" for number, name in enumerate(pairing.key))
    return f"EXISTS (SELECT 1 FROM {pairing.duplicates} d WHERE {same})"


def _changed(pairing: Pairing) -> Iterator[Change]:
    """Rows that both sides have under one key, with every cell that reads differently."""
    old, new = pairing.old, pairing.new
    names = [*pairing.common, *pairing.added]
    if not names:
        return
    cells = [f"{_cell(old, 'x', name)}, {_cell(new, 'y', name)}" for name in names]
    differs = [f"{_cell(old, 'x', name)} <> {_cell(new, 'y', name)}" for name in names]
    keys = [f"x.{old.column(name)}" for name in pairing.key]
    query = (
        f"SELECT {', '.join([*keys, *cells])} FROM {old.sql} x JOIN {new.sql} y "
        f"ON {pairing.same_key} WHERE ({' OR '.join(differs)}) "
        f"AND NOT {_is_duplicate(pairing, old, 'x')} ORDER BY {', '.join(keys)}"
    )
    judges = [(Column(old.schema, name), Column(new.schema, name)) for name in names]
    for row in pairing.rows(query):
        named = dict(zip(pairing.key, row, strict=False))
        before, after = row[len(keys) :: 2], row[len(keys) + 1 :: 2]
        changed = tuple(
            _cell_change(pairing, name, texts[0], texts[1], judge)
            for name, judge, *texts in zip(names, judges, before, after, strict=True)
            if texts[0] != texts[1]
        )
        whole = {**named, **dict(zip(names, after, strict=True))}
        ordered = {name: whole[name] for name in new.header}
        yield Change(
            kind="row_changed", variant=_weightiest(changed), table=new.name, key=named, cells=changed, row=ordered
        )


def _weightiest(cells: Sequence[CellChange]) -> str:
    """*filled* if only cells of new columns came, else the nature that says most."""
    natures = {cell.nature for cell in cells if cell.old is not None}
    return next((nature for nature in ("value", "missing", "spelling") if nature in natures), "filled")


def _cell_change(pairing: Pairing, name: str, before: str, after: str, judge: tuple[Column, Column]) -> CellChange:
    earlier = before if name in pairing.old.header else None
    return CellChange(name, earlier, after, nature_of(*judge, earlier, after))


def _cell(side: Loaded, alias: str, name: str) -> str:
    return f"{alias}.{side.column(name)}" if name in side.header else "''"


def _equal(one: Loaded, alias: str, other: Loaded, other_alias: str, names: Sequence[str]) -> str:
    return " AND ".join(f"{alias}.{one.column(name)} = {other_alias}.{other.column(name)}" for name in names)


def _listed(side: Loaded, names: Sequence[str], prefix: str) -> str:
    return ", ".join(f"{side.column(name)} AS {prefix}{number}" for number, name in enumerate(names))
