"""`exports/derived/`: the derived tables of a mission record, and a descriptor that makes them a data package.

Each is computed from the release's tables alone, and computed again when it is
proven. Only a mission record has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from musterroll.record.derived.table import DerivedTable
from musterroll.record.derived.tables import DERIVED
from musterroll.record.record import Record
from musterroll.release.content import Content
from musterroll.release.exports.comparison import capped, unreadable
from musterroll.release.exports.csv_files import csv_differences, write_csv
from musterroll.release.exports.derived_descriptor import render_descriptor
from musterroll.release.exports.exporter import ExportFile

NAME = "derived tables"

_FOLDER = "exports/derived"
_DESCRIPTOR = f"{_FOLDER}/datapackage.json"


def files(content: Content) -> list[ExportFile]:
    """The derived tables and their descriptor, if the package is the record of a mission."""
    if content.record is None:
        return []
    tables = [ExportFile(_path(table), "text/csv", table.title) for table in DERIVED]
    return [*tables, ExportFile(_DESCRIPTOR, "application/json", "The derived tables as a data package: descriptor")]


def write(content: Content, folder: Path) -> None:
    """Write the derived tables, if there are any. Raises `Unusable` if the record has no mission."""
    if content.record is not None:
        for table in DERIVED:
            write_csv(folder / _path(table), table.header, _cells(table, content.record))
        (folder / _DESCRIPTOR).write_text(render_descriptor(content.package), encoding="utf-8", newline="\n")


def differences(content: Content, folder: Path) -> Iterator[str]:
    """Compute every table again and compare."""
    if content.record is not None:
        for table in DERIVED:
            yield from capped(_path(table), _of_table(table, content.record, folder))
        yield from _of_descriptor(content, folder / _DESCRIPTOR)


def _path(table: DerivedTable[Any]) -> str:
    return f"{_FOLDER}/{table.name}.csv"


def _cells(table: DerivedTable[Any], record: Record) -> Iterator[list[str]]:
    return (table.cells(row) for row in table.rows(record))


def _of_table(table: DerivedTable[Any], record: Record, folder: Path) -> Iterator[str]:
    rows, path = list(_cells(table, record)), _path(table)
    keys = [table.header.index(name) for name in table.key]

    def label(row: int) -> str:
        return f"row {row + 1} ({_key([rows[row][position] for position in keys])})"

    return csv_differences(path, folder / path, table.header, rows, label)


def _key(cells: Sequence[str]) -> str:
    return " ".join(cell or "all" for cell in cells)


def _of_descriptor(content: Content, place: Path) -> Iterator[str]:
    try:
        is_same = place.read_bytes() == render_descriptor(content.package).encode()
    except OSError:
        yield unreadable(_DESCRIPTOR, place, "JSON")
        return
    if not is_same:
        yield f"{_DESCRIPTOR}: the file does not describe the derived tables of this package as it would be written now"
