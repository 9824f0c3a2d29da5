"""The difference of two releases: opened once, told as often as it is asked for, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from musterroll.changes.change import KINDS, Change
from musterroll.changes.intake import Loaded, Side, database, load
from musterroll.changes.package_changes import package_changes
from musterroll.changes.row_changes import Pairing, all_rows, match_key, row_changes
from musterroll.changes.schema_changes import schema_changes
from musterroll.changes.suggestions import rekeyed_rows, renamed_fields, renamed_table
from musterroll.errors import Unavailable, Unusable
from musterroll.package.folder import Folder
from musterroll.package.table import as_names

if TYPE_CHECKING:
    import duckdb

_KEPT = 20_000  # changes that are held in memory; of more, none is


@dataclass(frozen=True)
class Diff:
    """Two releases side by side. `changes` streams; nothing holds many of them at once."""

    connection: duckdb.DuckDBPyConnection
    old: Side
    new: Side
    tables: Sequence[str] = ()  # only these; all if there is none
    _pairings: dict[str, Pairing] = field(default_factory=dict)
    _told: list[tuple[Change, ...]] = field(default_factory=list)  # all changes, once they are known and few

    def changes(self) -> Iterator[Change]:
        """Every change: of the descriptor, then table by table in the order of their names, by kind and key.

        What is told again and again (counts, version, changelog, gate) is computed
        once, as long as it is little.
        """
        if self._told:
            yield from self._told[0]
            return
        told: list[Change] = []
        for change in self._computed():
            if len(told) <= _KEPT:
                told.append(change)
            yield change
        if len(told) <= _KEPT:
            self._told.append(tuple(told))

    def _computed(self) -> Iterator[Change]:
        if not self.tables:
            yield from _in_order(change for change in package_changes(self.old, self.new) if change.table is None)
        for name in sorted({*self._names(self.old), *self._names(self.new)}):
            if not self.tables or name in self.tables:
                yield from self._of_table(name)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many changes there are of each kind, suggestions aside, in the order of the kinds."""
        found = Counter(change.kind for change in self.changes() if not change.suggested)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    @property
    def unknown_tables(self) -> list[str]:
        """Tables that were asked for and that neither release has."""
        return sorted(set(self.tables) - self._names(self.old) - self._names(self.new))

    @cached_property
    def _retired(self) -> frozenset[tuple[str, str]]:
        """Table and id of every row that the new release names in its table retired_ids."""
        table = self.new.tables.get("retired_ids")
        if table is None or not {"id", "table_name"} <= set(table.header):
            return frozenset()
        names = f"{table.column('table_name')}, {table.column('id')}"
        return frozenset(self.connection.execute(f"SELECT {names} FROM {table.sql}").fetchall())

    def _retired_from(self, table: Loaded, key: tuple[str, ...]) -> frozenset[str]:
        """First parts of keys of retired rows: of the table itself, or of one that this part refers to."""
        if not self._retired:
            return frozenset()
        references = [
            item for item in table.schema.descriptor.get("foreignKeys") or [] if as_names(item["fields"]) == key[:1]
        ]
        homes = {table.name, *(item["reference"].get("resource") or table.name for item in references)}
        gone = {home: self._first_keys(self.old, home) - self._first_keys(self.new, home) for home in homes}
        return frozenset(id for home, id in self._retired if id in gone.get(home, ()))

    def _first_keys(self, side: Side, name: str) -> set[str]:
        """First parts of the keys of a table."""
        table = side.tables.get(name)
        if table is None or not table.schema.primary_key or table.schema.primary_key[0] not in table.header:
            return set()
        column = table.column(table.schema.primary_key[0])
        return {value for (value,) in self.connection.execute(f"SELECT DISTINCT {column} FROM {table.sql}").fetchall()}

    @staticmethod
    def _names(side: Side) -> set[str]:
        return {*side.tables, *side.files}

    def _of_table(self, name: str) -> Iterator[Change]:
        old, new = self.old.tables.get(name), self.new.tables.get(name)
        described = [change for change in package_changes(self.old, self.new) if change.table == name]
        if old is None or new is None:
            yield from _in_order([*described, *self._whole(name, old, new)])
            yield from all_rows(self.connection, new) if new else ()
            return
        pairing = self._pairing(old, new)
        yield from _in_order([*described, *schema_changes(old, new), *renamed_fields(pairing)])
        yield from row_changes(pairing)
        yield from rekeyed_rows(pairing)

    def _whole(self, name: str, old: Loaded | None, new: Loaded | None) -> Iterator[Change]:
        """A table that only one side has, or has as a table."""
        before, after = name in self._names(self.old), name in self._names(self.new)
        if before and (not after or old):
            yield Change(kind="table_removed", table=name, old=old.rows if old else None)
            for candidate in self.new.tables.values():
                if old and candidate.name not in self.old.tables:
                    pairing = self._pairing(old, candidate)
                    yield from renamed_table(pairing, row_changes(pairing))
        if after and (not before or new):
            yield Change(kind="table_added", table=name, new=new.rows if new else None)

    def _pairing(self, old: Loaded, new: Loaded) -> Pairing:
        known = f"{old.name}\n{new.name}"
        if known not in self._pairings:
            key, referenced = match_key(old, new), old.name in self._referenced
            retired = self._retired_from(old, key)
            self._pairings[known] = Pairing(self.connection, old, new, key, retired, is_referenced=referenced)
        return self._pairings[known]

    @cached_property
    def _referenced(self) -> set[str]:
        """Tables of the old release that its foreign keys lead to."""
        return {
            str(key["reference"].get("resource") or table.name)
            for table in self.old.tables.values()
            for key in table.schema.descriptor.get("foreignKeys") or []
        }


@contextmanager
def compared(
    old: Folder, new: Folder, tables: Sequence[str] = (), on_table: Callable[[str], None] = lambda _: None
) -> Iterator[Diff]:
    """The difference of two packages, while it is open; `on_table` is told what is being read.

    Raises `Unavailable` if the old one cannot be read, whatever the reason (a
    comparison with nothing would show no loss), `Unusable` if the new one
    cannot, `Refused` if either is unsafe.
    """
    with database() as connection:
        try:
            before = load(connection, old, "old", on_table)
        except Unusable as error:
            raise Unavailable(f"the old release cannot be read: {error}") from error
        diff = Diff(connection, before, load(connection, new, "new", on_table), tables)
        yield diff


def _in_order(changes: Iterator[Change] | Sequence[Change]) -> list[Change]:
    """By kind, then as they came: few, since each is about a table or a column."""
    return sorted(changes, key=lambda change: KINDS.index(change.kind))
