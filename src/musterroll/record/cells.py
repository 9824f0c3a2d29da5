"""Cells of a row as the record's own values: counts, windows, days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from musterroll.errors import Unusable
from musterroll.package.table import Table
from musterroll.record.count import Count
from musterroll.record.window import Window

T = TypeVar("T")


def count_of(table: Table, row: int, stem: str) -> Count:
    """The number of a row: `<stem>_min`, `_best`, `_max`, `_qualifier`."""
    low, best, high = (read_cell(table, row, f"{stem}_{end}", int) for end in ("min", "best", "max"))
    return Count(low, best, high, table.cell(row, f"{stem}_qualifier"))


def window_of(table: Table, row: int, stem: str) -> Window:
    """The date of a row: `<stem>_earliest`, `<stem>_latest`."""
    return Window(day_of(table, row, f"{stem}_earliest"), day_of(table, row, f"{stem}_latest"))


def day_of(table: Table, row: int, name: str) -> date | None:
    """A date, or None if the cell is empty."""
    return read_cell(table, row, name, date.fromisoformat)


def read_cell(table: Table, row: int, name: str, parse: Callable[[str], T]) -> T | None:
    """A cell read by `parse`, or None if it is empty; raises `Unusable` if it is not of that type."""
    text = table.cell(row, name)
    try:
        return parse(text) if text else None
    except ValueError as error:
        raise unusable(table, row, name) from error


def unusable(table: Table, row: int, name: str) -> Unusable:
    """The error for a cell that cannot be what its column is."""
    line, _ = table.place(row)
    return Unusable(f"{table.file}:{line}: {name} is {table.cell(row, name)!r}; muster validate says what is wrong")
