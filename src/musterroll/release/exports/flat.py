"""`exports/flat/<table>.csv`: one wide table, for those who do not want to join.

Behind the table's own columns stand, for each foreign key, the columns of the
row it leads to, as `<field>.<column>` (`<field>+<field>.<column>` where the key
has several). In a mission record the sources of a row follow: their ids, and
one readable line for each. All cells are as they stand in the tables; they are
empty where there is no such row, or more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import cast

from musterroll.package.table import Table
from musterroll.release.content import Content
from musterroll.release.exports.comparison import capped, row_label
from musterroll.release.exports.csv_files import Cells, csv_differences, write_csv
from musterroll.release.exports.exporter import ExportFile
from musterroll.release.exports.flat_sources import COLUMNS, has_sources, sources_of
from musterroll.release.exports.foreign_keys import ForeignKey, foreign_keys
from musterroll.release.exports.names import distinct, file_stems
from musterroll.typed.columns import Value, Values, typed_column

NAME = "flat CSV"

Extra = Callable[[int], Cells]  # further cells of a row
Key = tuple[Value | None, ...]


def files(content: Content) -> list[ExportFile]:
    """One file for each table that has foreign keys or evidence."""
    return [
        ExportFile(path, "text/csv", f"Table {name} with the rows that it refers to")
        for name, path in _paths(content).items()
    ]


def write(content: Content, folder: Path) -> None:
    """Write every table that has foreign keys or evidence."""
    for name, path in _paths(content).items():
        write_csv(folder / path, *_flat(content, content.tables[name]))


def differences(content: Content, folder: Path) -> Iterator[str]:
    """Make every table again and compare."""
    for name, path in _paths(content).items():
        table = content.tables[name]
        yield from capped(path, csv_differences(path, folder / path, *_flat(content, table), row_label(table)))


def _paths(content: Content) -> Mapping[str, str]:
    stems = file_stems(content.tables)
    wide = [name for name, table in content.tables.items() if _leading(content, table) or has_sources(content, table)]
    return {name: f"exports/flat/{stems[name]}.csv" for name in wide}


def _leading(content: Content, table: Table) -> list[ForeignKey]:
    return [key for key in foreign_keys(table, content.tables) if key.parent is not None]


def _flat(content: Content, table: Table) -> tuple[Cells, Iterator[Cells]]:
    """Header and rows."""
    header, extras = list(table.header), list[Extra]()
    for key in _leading(content, table):
        names, extra = _joined(table, key)
        header += names
        extras.append(extra)
    if content.record is not None and has_sources(content, table):
        header += COLUMNS
        extras.append(sources_of(content.record, table))
    rows = ([*cells, *(cell for extra in extras for cell in extra(row))] for row, cells in enumerate(table.rows))
    return distinct(header, key=str), rows


def _joined(table: Table, key: ForeignKey) -> tuple[list[str], Extra]:
    """The parent's columns behind a foreign key, and its cells for a row of the table."""
    parent = cast("Table", key.parent)
    pairs = [_pair(table, name, parent, column) for name, column in zip(key.fields, key.columns, strict=True)]
    own, theirs = (list(zip(*columns, strict=True)) for columns in zip(*pairs, strict=True))
    rows: dict[Key, int | None] = {}
    for row, values in enumerate(theirs):
        rows[values] = None if values in rows else row  # two rows of one key: nobody knows which is meant
    blank = [""] * len(parent.header)

    def cells(row: int) -> Cells:
        found = None if None in own[row] else rows.get(own[row])
        return blank if found is None else parent.rows[found]

    return [f"{'+'.join(key.fields)}.{name}" for name in parent.header], cells


def _pair(table: Table, name: str, parent: Table, column: str) -> tuple[Values, Values]:
    """A column and the one it refers to, by value, or as text if they are not of one kind."""
    one, other = typed_column(table, table.index[name]), typed_column(parent, parent.index[column])
    if one.kind == other.kind:
        return one.values, other.values
    return _texts(table, name), _texts(parent, column)


def _texts(table: Table, name: str) -> Values:
    missing = table.schema.missing_values(name)
    return [None if text in missing else text for text in table.column(name)]
