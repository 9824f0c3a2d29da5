"""Which cells name a row of a table by its id.

Four ways: a declared foreign key; a column whose pattern is that of the id (a
reference to half of a key cannot be declared); in tables with a column
`table_name`, the columns `row_id`, `id` and `successor_id`, which may hold a whole
key joined with slashes (`C-0012/2`); and what evidence asserts of a column that
names the row in one of the first two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from musterroll.drafting.id_form import id_form, pattern_form
from musterroll.package.table import Table, as_names

_NAMED = ("row_id", "id", "successor_id")
_TABLE, _FIELD, _VALUE = "table_name", "field", "value_asserted"


@dataclass(frozen=True)
class Link:
    """A column whose cells name rows of `target` by the first part of their key."""

    table: Table
    column: str
    target: Table
    second: str | None = None  # the column that names the second part of the key, if one does
    about: frozenset[str] = frozenset()  # what table_name may say; empty: whatever the row
    asserts: frozenset[tuple[str, str]] = frozenset()  # what table_name and field may say together

    @property
    def is_declared_for_all(self) -> bool:
        """Whether every cell of the column names a row of the target."""
        return not self.about and not self.asserts

    def named(self, row: int) -> str | None:
        """The id that the row names, or None if it names none."""
        text = self.table.cell(row, self.column)
        if not text or (self.about and self.table.cell(row, _TABLE) not in self.about):
            return None
        if self.asserts and (self.table.cell(row, _TABLE), self.table.cell(row, _FIELD)) not in self.asserts:
            return None
        return text.partition("/")[0] if self.about else text

    def named_second(self, row: int) -> str | None:
        """The second part of the key that the row names, or None if it names the id alone."""
        if self.second is not None:
            return self.table.cell(row, self.second) or None
        _, _, rest = self.table.cell(row, self.column).partition("/")
        return rest.partition("/")[0] or None if self.about else None

    def rows(self, id: str) -> Iterator[int]:
        """The rows that name that id."""
        yield from self._by_id.get(id, ())

    @cached_property
    def _by_id(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in range(len(self.table.rows)):
            id = self.named(row)
            if id is not None:
                found.setdefault(id, []).append(row)
        return found


def links_to(tables: Mapping[str, Table], target: Table) -> list[Link]:
    """Every column of any table that names rows of `target`, each once."""
    key = target.schema.primary_key
    if not key or not set(key) <= set(target.index):
        return []
    found: dict[tuple[str, str], Link] = {}
    for table in tables.values():
        for link in (*_declared(table, target), *_alike(table, target), *_told(tables, table, target)):
            found.setdefault((table.name, link.column), link)
    columns = frozenset(at for at, link in found.items() if link.is_declared_for_all)
    asserting = (table for table in tables.values() if columns and {_TABLE, _FIELD, _VALUE} <= set(table.index))
    return [*found.values(), *(Link(table, _VALUE, target, asserts=columns) for table in asserting)]


def _declared(table: Table, target: Table) -> Iterator[Link]:
    key = target.schema.primary_key
    for item in table.schema.descriptor.get("foreignKeys") or []:
        reference = item.get("reference") or {}
        if (reference.get("resource") or table.name) != target.name:
            continue
        columns = dict(zip(as_names(reference.get("fields")), as_names(item.get("fields")), strict=False))
        if columns.get(key[0]) in table.index:
            yield Link(table, columns[key[0]], target, columns.get(key[1]) if len(key) > 1 else None)


def _alike(table: Table, target: Table) -> Iterator[Link]:
    """Columns with the pattern of the id: `deployments.commitment_id`, `commitments.part_of`."""
    own = target.schema.primary_key[0]
    form = pattern_form(target.schema.fields.get(own, {})) if id_form(target) else None
    for name, field in table.schema.fields.items():
        is_own = table is target and name == own
        if form is not None and name in table.index and not is_own and pattern_form(field) == form:
            yield Link(table, name, target)


def _told(tables: Mapping[str, Table], table: Table, target: Table) -> Iterator[Link]:
    """Columns that name a row of the table that `table_name` says."""
    if _TABLE not in table.index:
        return
    key = target.schema.primary_key
    second = key[1] if len(key) > 1 and key[1] in table.index else None
    homes = frozenset(name for name, other in tables.items() if other is target or _begins_with(other, target))
    for name in _NAMED:
        if name in table.index:
            yield Link(table, name, target, second, homes)


def _begins_with(table: Table, target: Table) -> bool:
    """Whether the key of a table begins with a reference to the target, as event_countries' does to events."""
    key = table.schema.primary_key
    return bool(key) and any(link.column == key[0] for link in _declared(table, target))
