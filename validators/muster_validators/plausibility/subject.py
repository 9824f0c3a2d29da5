"""What the layer looks at: a package's tables, those of the release before, and the record if there is one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from muster_validators.plausibility.turnover import Turnover, turnover
from musterroll.package.table import Table
from musterroll.record.balance import BalanceRow, sweep
from musterroll.record.record import Record


@dataclass(frozen=True)
class Subject:
    """The sound tables of a package, beside what they are compared with.

    `previous` is None where there is no release to compare with. `accused` are
    the countries that the facts layer already reports as exceeding their pledge.
    `before` reads the record of the release before; it is None if that holds none,
    and raises `Unusable` if it cannot be read.
    """

    tables: Mapping[str, Table]
    previous: Mapping[str, Table] | None = None
    record: Record | None = None
    accused: Set[str] = field(default_factory=frozenset)
    before: Callable[[], Record | None] = lambda: None

    @property
    def pairs(self) -> Iterator[tuple[Table, Table]]:
        """Every table that both releases have: as it was, as it is."""
        for name, old in (self.previous or {}).items():
            if name in self.tables:
                yield old, self.tables[name]

    @cached_property
    def turnovers(self) -> Mapping[str, Turnover]:
        """Which rows of each table stayed, came and went."""
        return {table.name: turnover(old, table) for old, table in self.pairs}

    @cached_property
    def balance(self) -> list[BalanceRow]:
        """The derived table `balance` at every date on which anything changes, without the sums over countries."""
        return [] if self.record is None else [row for row in sweep(self.record) if row.country]

    @cached_property
    def retired(self) -> Set[str]:
        """Ids that retired_ids names, that the release before had in the table it names, and that are gone from there."""
        table = self.tables.get("retired_ids")
        if table is None or self.previous is None:
            return frozenset()
        named = zip(table.column("id"), table.column("table_name"), strict=True)
        return {id for id, of in named if id in first_keys(self.previous, of) - first_keys(self.tables, of)}

    @cached_property
    def begins(self) -> date | None:
        """The day of the record's first mandate, if its table is sound."""
        if self.record is None or "missions" not in self.tables:
            return None
        return min((mission.begins for mission in self.record.missions.values()), default=None)


def first_keys(tables: Mapping[str, Table], name: str) -> set[str]:
    """The first part of every key of a table: the id, where rows have one."""
    table = tables.get(name)
    return set(table.column(table.schema.primary_key[0])) if table and table.schema.primary_key else set()


@cache
def tolerances() -> Mapping[str, Mapping[str, Any]]:
    """The table `tolerances.toml`, by check."""
    return tomllib.loads((files(__package__) / "tolerances.toml").read_text(encoding="utf-8"))


def filled(table: Table, name: str) -> list[str]:
    """The cells of a column that are not missing."""
    return [table.cell(row, name) for row in range(len(table.rows)) if not table.is_missing(row, name)]


def percent(share: float) -> str:
    """A share as people write it: no more digits than needed, and 100 % only if it is all."""
    text = f"{min(share, 0.999) if share < 1 else share:.1%}"
    return text.replace(".0%", "%")


def listed(values: Iterable[str]) -> str:
    """Values in a row, in quotes where one could be taken for several or for none."""
    return ", ".join(f"'{value}'" if "," in value or value.strip() != value or not value else value for value in values)
