"""Which rows a package has that another one, such as the branch that it joins, does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from musterroll.package.table import Table

Key = tuple[str, ...]


@dataclass(frozen=True)
class Origins:
    """The rows of a table that came since.

    `fresh` are rows under a key that the other does not have, or beside the row
    that it has under that key; `changed` are its rows with other cells, with the
    cells that they had. Of `unclear` rows, which share a key that the other has,
    none is its row as it was.
    """

    fresh: Set[int] = field(default_factory=frozenset)
    changed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    unclear: Set[int] = field(default_factory=frozenset)

    def came(self, row: int) -> bool:
        """Whether the row, or some cell of it, is not the other's."""
        return row in self.fresh or row in self.changed or row in self.unclear


def origins(table: Table, base: Table | None) -> Origins:
    """What of a table came since `base`, the same table of the other package (None: it has none)."""
    if base is None:
        return Origins(frozenset(range(len(table.rows))))
    if not table.schema.primary_key or not set(table.schema.primary_key) <= set(table.index) & set(base.index):
        known = [_cells(base, row, table) for row in range(len(base.rows))]
        return Origins(frozenset(_surplus(table, range(len(table.rows)), known)))
    fresh: set[int] = set()
    changed: dict[int, Mapping[str, str]] = {}
    unclear: set[int] = set()
    theirs = _by_key(base)
    for key, rows in _by_key(table).items():
        others = _surplus(table, rows, [_cells(base, row, table) for row in theirs.get(key, ())])
        if key not in theirs:
            fresh.update(rows)
        elif len(others) < len(rows):
            fresh.update(others)
        elif len(rows) == 1:
            changed[rows[0]] = dict(zip(table.header, _cells(base, theirs[key][0], table), strict=True))
        else:
            unclear.update(rows)
    return Origins(fresh, changed, unclear)


def _by_key(table: Table) -> Mapping[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for row in range(len(table.rows)):
        found.setdefault(tuple(table.cell(row, name) for name in table.schema.primary_key), []).append(row)
    return found


def _cells(base: Table, row: int, table: Table) -> Key:
    """A row of the other table in the columns of this one."""
    return tuple(base.cell(row, name) if name in base.index else "" for name in table.header)


def _surplus(table: Table, rows: Iterable[int], known: Iterable[Key]) -> list[int]:
    """The rows that are not among the known ones; of several that are alike as many as are too many, the last."""
    left = Counter(known)
    found = []
    for row in rows:
        if left[tuple(table.rows[row])]:
            left[tuple(table.rows[row])] -= 1
        else:
            found.append(row)
    return found
