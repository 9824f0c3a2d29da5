"""Which rows of a table stayed from one release to the next, which came and which went, told by the primary key."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from musterroll.package.table import Table


@dataclass(frozen=True)
class Turnover:
    """Rows by position: `stayed` leads from those of the new release to what they were in the old one.

    Without a common key nobody can say which row is which: then all of them
    went and all are new.
    """

    stayed: Mapping[int, int]
    gone: Set[int]
    added: Set[int]


def turnover(old: Table, table: Table) -> Turnover:
    """Compare the keys of two tables."""
    key = table.schema.primary_key
    comparable = key and key == old.schema.primary_key and {*key} <= {*old.index} & {*table.index}
    before = {identity: row for row, identity in enumerate(_keys(old, key))} if comparable else {}
    now = list(_keys(table, key)) if comparable else [()] * len(table.rows)
    stayed = {row: before[identity] for row, identity in enumerate(now) if identity in before}
    return Turnover(
        stayed=stayed,
        gone=frozenset(range(len(old.rows))) - frozenset(stayed.values()),
        added=frozenset(range(len(table.rows))) - frozenset(stayed),
    )


def _keys(table: Table, key: tuple[str, ...]) -> zip[tuple[str, ...]]:
    return zip(*(table.column(name) for name in key), strict=True)
