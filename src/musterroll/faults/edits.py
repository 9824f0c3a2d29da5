"""From an edit of rows or cells to the fault it makes: written as `muster fmt` would, with the places it lies at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from musterroll.faults.fault import Fault, Place
from musterroll.package.canonical import csv_record, row_order
from musterroll.package.csv_reader import cell_offsets
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.places import Positions, physical_lines
from musterroll.package.table import Table

Rows = list[list[str]]
_SHOWN = 60  # characters of a cell in the words about a fault


Spot = tuple[Table, int, str | None]  # a row, by its position, and a column of it or none


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that gets another text; `row` is its position."""

    table: Table
    row: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A table as bytes; line and text of each row, in the order in which the rows were given."""

    data: bytes
    lines: list[int]
    texts: list[str]


def cells_changed(*edits: Edit, says: str = "", at: Sequence[Spot] = ()) -> Fault:
    """Some cells hold another text; each of `at` is a right place to name.

    By default these are the cells, and the row under its old key if that was edited.
    """
    changed = {edit.table.name: (edit.table, [list(cells) for cells in edit.table.rows]) for edit in edits}
    for edit in edits:
        table, rows = changed[edit.table.name]
        rows[edit.row][table.index[edit.field]] = edit.text
    fault = tables_changed(changed, at or spots(edits), says or said(*edits))
    keyed = [edit for edit in edits if edit.field in edit.table.schema.primary_key and not at]
    return replace(fault, places=(*fault.places, *(gone(edit.table, edit.row) for edit in keyed)))


def spots(edits: Sequence[Edit]) -> list[Spot]:
    """The cells that are edited."""
    return [(edit.table, edit.row, edit.field) for edit in edits]


def tables_changed(changed: Mapping[str, tuple[Table, Rows]], at: Sequence[Spot], says: str) -> Fault:
    """Tables hold other rows; `at` counts positions among the new ones. A table that is not among them is as it was."""
    texts = {name: written(table, rows) for name, (table, rows) in changed.items()}
    places = []
    for table, row, field in at:
        if table.name in changed:
            text = texts[table.name]
            places.append(_place(table, changed[table.name][1][row], (text.lines[row], text.texts[row]), field))
        else:
            line, column = table.place(row, field)
            places.append(
                Place(file=table.file, table=table.name, key=table.key(row), line=line, column=column, field=field)
            )
    return Fault({table.file: texts[name].data for name, (table, _) in changed.items()}, tuple(places), says)


def written(table: Table, rows: Rows) -> Written:
    """A table with these rows; sorted if the rows of the table were."""
    order = list(range(len(rows)))
    if is_sorted(table):
        order.sort(key=lambda row: row_order(table, rows[row]))
    end = table.dialect.line_terminator or "\n"
    texts = [csv_record(cells, table.dialect) + end for cells in rows]
    lines, line = [0] * len(rows), 2
    for row in order:
        lines[row], line = line, line + texts[row].count("\n")
    header = csv_record(table.header, table.dialect) + end
    return Written("".join([header, *(texts[row] for row in order)]).encode(), lines, texts)


def is_sorted(table: Table) -> bool:
    """Whether the rows stand in canonical order."""
    keys = [row_order(table, cells) for cells in table.rows]
    return keys == sorted(keys)


def gone(table: Table, row: int) -> Place:
    """The place of a row that is no longer there, which only its key names."""
    return Place(file=table.file, table=table.name, key=table.key(row))


def whole(table: Table, field: str | None = None) -> Place:
    """A table, or a column of it, as a whole."""
    return Place(file=table.file, table=table.name, field=field)


def text_changed(table: Table, text: str | bytes, says: str, place: Place | None = None) -> Fault:
    """The file of a table holds another text."""
    data = text.encode() if isinstance(text, str) else text
    return Fault({table.file: data}, (place or whole(table),), says)


def records(table: Table) -> list[str]:
    """The text of each record as it stands in the file, its line end included, the header first."""
    lines = physical_lines(table.data.decode(table.encoding).removeprefix("\ufeff"))
    begins = [0, *(line - 1 for line in table.lines), len(lines)]
    return ["".join(lines[one:two]) for one, two in pairwise(begins)]


def descriptor_changed(value: Mapping[str, Any], says: str, field: str | None = None) -> Fault:
    """The descriptor holds another value."""
    return json_changed(DESCRIPTOR, value, says, field=field)


def json_changed(
    path: str, value: Mapping[str, Any], says: str, table: str | None = None, field: str | None = None
) -> Fault:
    """A descriptor or schema holds another value, laid out as people do."""
    data = f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()
    return Fault({path: data}, (Place(file=path, table=table, field=field),), says)


def said(*edits: Edit) -> str:
    """What became of cells, in words."""
    return "; ".join(
        f"{edit.table.name} {name_of(edit.table, edit.row)} {edit.field}: "
        f"{_shown(edit.table.cell(edit.row, edit.field))} → {_shown(edit.text)}"
        for edit in edits
    )


def name_of(table: Table, row: int) -> str:
    """A row by its key, or by its line if it has none."""
    return "/".join(table.key(row).values()) or f"line {table.lines[row]}"


def _shown(text: str) -> str:
    plain = text if text.isprintable() else ascii(text)[1:-1]
    return (plain[: _SHOWN - 1] + "…" if len(plain) > _SHOWN else plain) or "(empty)"


def _place(table: Table, cells: Sequence[str], at: tuple[int, str], field: str | None) -> Place:
    key = {name: cells[table.index[name]] for name in table.schema.primary_key if name in table.index}
    line, text = at
    column = None
    if field is not None:
        more, column = Positions(text).of(cell_offsets(text, table.dialect)[table.index[field]])
        line += more - 1
    return Place(
        file=table.file, table=table.name, key=key, line=at[0], column=column if line == at[0] else None, field=field
    )
