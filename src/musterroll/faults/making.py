"""Makers of kinds: what most faults of cells have in common is written here once, the rest is data."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from musterroll.faults.edits import Edit, cells_changed, records, text_changed, whole
from musterroll.faults.fault import Fault, Kind, Level, Place
from musterroll.faults.original import Column, Original
from musterroll.package.table import Table

Fits = Callable[[Column], bool]
Becomes = Callable[[str, Random, Column], str | None]
Recorded = Callable[[list[str], Table, Random], tuple[list[str], int | None] | None]


def cell_kind(id: str, subject: str, says: str, fits: Fits, becomes: Becomes, needs_previous: str = "") -> Kind:
    """A kind that changes the text of one cell; `becomes` returns None where a text does not lend itself to it."""

    def inject(original: Original, random: Random) -> Fault | None:
        for column, row in original.shuffled(random, fits):
            old = column.table.cell(row, column.name)
            new = becomes(old, random, column)
            if new is not None and new != old:
                return cells_changed(Edit(column.table, row, column.name, new))
        return None

    return Kind(id, subject, says, "cell", inject, needs_previous)


def bytes_kind(id: str, subject: str, says: str, becomes: Callable[[bytes, Random], bytes | None]) -> Kind:
    """A kind that changes the bytes of a whole file; `becomes` returns None where they do not lend themselves to it."""

    def inject(original: Original, random: Random) -> Fault | None:
        for table in original.tables_of(random, rows=2):
            data = becomes(table.data, random)
            if data is not None and data != table.data:
                return text_changed(table, data, f"{table.file}: {says}")
        return None

    return Kind(id, subject, says, "bytes", inject)


def records_kind(
    id: str, subject: str, says: str, becomes: Recorded, *, level: Level = "table", missed: str = ""
) -> Kind:
    """A kind that changes the records of a file as texts.

    `becomes` gets them, the header first, and returns the new ones with the
    position of the one that is at fault (None: the table as a whole), or None
    where they do not lend themselves to it.
    """

    def inject(original: Original, random: Random) -> Fault | None:
        for table in original.tables_of(random, rows=2):
            changed = becomes(records(table), table, random)
            if changed is not None:
                lines, at = changed
                place = whole(table) if at is None else _at(table, lines, at)
                return text_changed(table, "".join(lines), f"{table.file}: {says}", place)
        return None

    return Kind(id, subject, says, level, inject, missed=missed)


def _at(table: Table, lines: list[str], at: int) -> Place:
    line = 1 + sum(text.count("\n") for text in lines[:at])
    return Place(file=table.file, table=table.name, line=line)
