"""Rows of one kind, counted: how many there were, how many there are, and how many there must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from muster_validators.check import CheckInfo
from muster_validators.finding import Related
from muster_validators.plausibility.expectation import Cells, Derived, Expectation, Outcome, at_least
from muster_validators.plausibility.subject import Subject, tolerances
from musterroll.package.table import Table

_SHOWN = 10  # rows that a finding names
Belongs = Callable[[Table, int], bool]


@dataclass(frozen=True)
class Group:
    """The rows of a table of which something holds, such as "status is pledged"."""

    table: str
    field: str
    name: str
    before: int
    now: int
    least: int
    lost: tuple[int, ...]  # rows that stayed, and of which it holds no longer

    def __str__(self) -> str:
        return f"{self.name} {self.before:,} → {self.now:,}"


def group_of(subject: Subject, old: Table, table: Table, field: str, name: str, belongs: Belongs) -> Group:
    """Count the rows of two releases that belong to a group.

    Rows that are gone are the business of `row-count`, so only what became of
    those that stayed can make a group too small.
    """
    limits = tolerances()["groups"]
    change = subject.turnovers[table.name]
    before = {row for row in range(len(old.rows)) if belongs(old, row)}
    now = {row for row in range(len(table.rows)) if belongs(table, row)}
    slack = max(limits["rows"], int(limits["fall"] * len(before)))
    lost = (row for row, was in change.stayed.items() if was in before and row not in now)
    return Group(table.name, field, name, len(before), len(now), len(before - change.gone) - slack, tuple(sorted(lost)))


def expected_groups(check: str, name: str, groups: Sequence[Group]) -> Iterator[Expectation]:
    """That every group has as many rows as it must."""
    if groups:
        columns: dict[str, Cells] = {
            "table": [group.table for group in groups],
            "column": [group.field for group in groups],
            "rows that": [group.name for group in groups],
            "before": [float(group.before) for group in groups],
            "rows": [float(group.now) for group in groups],
            "least": [float(group.least) for group in groups],
        }
        yield at_least(check, Derived(name, columns), "rows", "least")


def fallen(groups: Sequence[Group], outcome: Outcome) -> Iterator[tuple[tuple[str, str], list[Group]]]:
    """The groups that are too small, by table and column."""
    small = [groups[row] for row in outcome.rows]
    for place, items in groupby(small, key=lambda group: (group.table, group.field)):
        yield place, list(items)


def lost_rows(info: CheckInfo, table: Table, field: str, groups: Sequence[Group]) -> tuple[Related, ...]:
    """The rows that used to belong to the groups, with what they hold now."""
    rows = sorted({row for group in groups for row in group.lost})[:_SHOWN]
    return tuple(info.related(table, row, field, f"{field} = {table.cell(row, field) or 'empty'}") for row in rows)
