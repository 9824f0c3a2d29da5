"""Faults of structure: rows and columns that came, went or moved, quotes, and headers."""

from __future__ import annotations

from random import Random

from musterroll.faults.edits import Edit, cells_changed, whole, written
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.making import records_kind
from musterroll.faults.original import Original
from musterroll.package.canonical import csv_record
from musterroll.package.table import Table

Records = list[str]
_Changed = tuple[Records, int | None] | None


def _at(records: Records, random: Random) -> int:
    return random.randrange(1, len(records))


def _end(table: Table) -> str:
    return table.dialect.line_terminator or "\n"


def _blank(records: Records, table: Table, random: Random) -> _Changed:
    at = _at(records, random)
    return [*records[:at], _end(table), *records[at:]], at


def _row(table: Table, at: int) -> list[str]:
    return list(table.rows[at - 1])


def _with(records: Records, table: Table, at: int, cells: list[str]) -> _Changed:
    return [*records[:at], csv_record(cells, table.dialect) + _end(table), *records[at + 1 :]], at


def _short(records: Records, table: Table, random: Random) -> _Changed:
    at = _at(records, random)
    return _with(records, table, at, _row(table, at)[:-1]) if len(table.header) > 1 else None


def _unquoted(records: Records, table: Table, random: Random) -> _Changed:
    """A text with a delimiter loses its quotes."""
    held = [at for at, cells in enumerate(table.rows, 1) if any(table.dialect.delimiter in cell for cell in cells)]
    if not held:
        return None
    at = random.choice(held)
    cells = [part for cell in _row(table, at) for part in cell.split(table.dialect.delimiter)]
    return _with(records, table, at, cells)


def _shifted(records: Records, table: Table, random: Random) -> _Changed:
    """From one cell on, all stand one column further to the right, and the last falls out."""
    at = _at(records, random)
    cells = _row(table, at)
    column = random.randrange(1, len(cells) - 1) if len(cells) > 2 else 0
    changed = [*cells[:column], "", *cells[column:-1]]
    return _with(records, table, at, changed) if column and changed != cells else None


def _unclosed(records: Records, table: Table, random: Random) -> _Changed:
    at = _at(records, random)
    d, q = table.dialect.delimiter, table.dialect.quote
    head, found, tail = records[at].partition(d)
    return (
        ([*records[:at], f"{head}{d}{q}{tail}", *records[at + 1 :]], at) if found and not tail.startswith(q) else None
    )


def _stray(records: Records, table: Table, random: Random) -> _Changed:
    """A quote stands inside a cell that is not quoted."""
    at = _at(records, random)
    d, q = table.dialect.delimiter, table.dialect.quote
    head, found, tail = records[at].partition(d)
    stray = f"{head[:1]}{q}{head[1:]}{d}{tail}"
    return ([*records[:at], stray, *records[at + 1 :]], at) if found and not head.startswith(q) else None


def _headless(records: Records, _: Table, __: Random) -> _Changed:
    return records[1:], None


def _header(records: Records, table: Table, labels: list[str]) -> _Changed:
    return [csv_record(labels, table.dialect) + _end(table), *records[1:]], None


def _renamed(records: Records, table: Table, random: Random) -> _Changed:
    labels, at = list(table.header), random.randrange(len(table.header))
    labels[at] = labels[at][:-1] or "x"
    return _header(records, table, labels) if labels[at] not in table.header else None


def _capitals(records: Records, table: Table, random: Random) -> _Changed:
    labels, at = list(table.header), random.randrange(len(table.header))
    labels[at] = labels[at].upper() if labels[at] != labels[at].upper() else labels[at].lower()
    return _header(records, table, labels)


def _padded(records: Records, table: Table, random: Random) -> _Changed:
    labels, at = list(table.header), random.randrange(len(table.header))
    labels[at] += " "
    return _header(records, table, labels)


def _twice(records: Records, table: Table, random: Random) -> _Changed:
    labels = list(table.header)
    if len(labels) < 2:
        return None
    one, two = random.sample(range(len(labels)), 2)
    labels[one] = labels[two]
    return _header(records, table, labels)


def _exchanged_labels(records: Records, table: Table, random: Random) -> _Changed:
    labels = list(table.header)
    if len(labels) < 2:
        return None
    one = random.randrange(len(labels) - 1)
    labels[one], labels[one + 1] = labels[one + 1], labels[one]
    return _header(records, table, labels)


def _columns(table: Table, order: list[int]) -> _Changed:
    rows = [list(table.header), *table.rows]
    return [csv_record([cells[at] for at in order], table.dialect) + _end(table) for cells in rows], None


def _exchanged_columns(_: Records, table: Table, random: Random) -> _Changed:
    order = list(range(len(table.header)))
    if len(order) < 2:
        return None
    one, two = random.sample(order, 2)
    order[one], order[two] = order[two], order[one]
    return _columns(table, order)


def _dropped_column(_: Records, table: Table, random: Random) -> _Changed:
    at = random.randrange(len(table.header))
    return _columns(table, [column for column in range(len(table.header)) if column != at])


def _index_column(records: Records, table: Table, _: Random) -> _Changed:
    """Rows are numbered in a first column without a name, as a data frame's index is written."""
    delimiter = table.dialect.delimiter
    return [f"{'' if number == 0 else number - 1}{delimiter}{text}" for number, text in enumerate(records)], None


def _second_header(records: Records, _: Table, random: Random) -> _Changed:
    at = _at(records, random)
    return [*records[:at], records[0], *records[at:]], at


def _delimiter(table: Table, new: str) -> _Changed:
    rows = [list(table.header), *table.rows]
    is_alone = len(table.header) == 1 or table.dialect.delimiter == new
    if is_alone or any(new in cell for cells in rows for cell in cells):
        return None
    return [new.join(cell.replace(",", " ") for cell in cells) + _end(table) for cells in rows], None


def _total_row(records: Records, table: Table, _: Random) -> _Changed:
    """A line with the sums of the numbers, as a spreadsheet's last line."""
    numbers = [name for name, field in table.schema.fields.items() if field.get("type") in {"integer", "number"}]
    sums = {
        name: str(sum(int(text) for text in table.column(name) if text.isdigit()))
        for name in numbers
        if name in table.index and name not in table.schema.key_columns
    }
    if not sums:
        return None
    cells = ["Total", *(sums.get(name, "") for name in table.header[1:])]
    return [*records, csv_record(cells, table.dialect) + _end(table)], len(records)


def _moved_column(original: Original, random: Random) -> Fault | None:
    """The cells of one column stand one row further down; the last becomes the first."""
    for table in original.tables_of(random, rows=3):
        names = [
            name for name in table.header if name not in table.schema.primary_key and len(set(table.column(name))) > 1
        ]
        if names:
            name = random.choice(names)
            cells = list(table.column(name))
            moved = [cells[-1], *cells[:-1]]
            rows = [list(row) for row in table.rows]
            for row, text in zip(rows, moved, strict=True):
                row[table.index[name]] = text
            return Fault(
                {table.file: written(table, rows).data}, (whole(table, name),), f"{table.name} {name}: one row down"
            )
    return None


def _exchanged_cells(original: Original, random: Random) -> Fault | None:
    """Two neighbouring rows exchange the cells of one column."""
    for column, row in original.shuffled(
        random, lambda column: not column.is_key and column.type in {"integer", "date"}
    ):
        table, other = column.table, row + 1
        one = table.cell(row, column.name)
        two = table.cell(other, column.name) if other < len(table.rows) else ""
        if one and two and one != two:
            return cells_changed(Edit(table, row, column.name, two), Edit(table, other, column.name, one))
    return None


_S = "structure"
KINDS: tuple[Kind, ...] = (
    records_kind("blank-row", _S, "an empty line stands between the rows", _blank, level="row"),
    records_kind("row-short", _S, "a row has lost its last cell", _short, level="row"),
    records_kind("comma-unquoted", _S, "a text with a comma has lost its quotes", _unquoted, level="row"),
    records_kind(
        "cells-shifted", _S, "from some cell on, those of a row stand one column further right", _shifted, level="row"
    ),
    records_kind("quote-unclosed", _S, "a quote is opened and not closed", _unclosed, level="row"),
    records_kind("quote-stray", _S, "a quote stands in a cell that is not quoted", _stray, level="row"),
    records_kind("total-row", _S, "a line with totals stands below the rows", _total_row, level="row"),
    records_kind("second-header", _S, "the header stands between the rows again", _second_header, level="row"),
    records_kind("header-missing", _S, "the header is gone", _headless),
    records_kind("header-renamed", _S, "a column's name has lost a letter", _renamed),
    records_kind("header-capitals", _S, "a column's name is in capitals", _capitals),
    records_kind("header-padded", _S, "a space stands behind a column's name", _padded),
    records_kind("header-twice", _S, "two columns have the same name", _twice),
    records_kind("labels-exchanged", _S, "two columns have exchanged their names, not their cells", _exchanged_labels),
    records_kind("columns-exchanged", _S, "two columns have changed places", _exchanged_columns),
    records_kind("column-dropped", _S, "a column is gone", _dropped_column),
    records_kind("index-column", _S, "a first column without a name numbers the rows", _index_column),
    records_kind("semicolons", _S, "cells are parted by semicolons", lambda _, table, __: _delimiter(table, ";")),
    records_kind("tabs", _S, "cells are parted by tabs", lambda _, table, __: _delimiter(table, "\t")),
    Kind("column-moved-down", _S, "the cells of a column stand one row further down", "table", _moved_column),
    Kind("cells-exchanged", _S, "two neighbouring rows exchange a number or a date", "cell", _exchanged_cells),
)
