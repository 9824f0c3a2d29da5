"""CSV files of tables that are made from others: written in canonical form, read back by the standard library."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from musterroll.package.canonical import csv_record
from musterroll.package.dialect import Dialect
from musterroll.package.limits import CELL_CHARS
from musterroll.release.exports.comparison import Label, Rows, row_differences, unreadable

Cells = Sequence[str]


def write_csv(place: Path, header: Cells, rows: Iterable[Cells]) -> None:
    """Write a table as UTF-8 with a line feed behind each row."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(csv_record(cells, Dialect()) + "\n" for cells in [header])
        stream.writelines(csv_record(cells, Dialect()) + "\n" for cells in rows)


def csv_differences(path: str, place: Path, header: Cells, rows: Iterable[Cells], label: Label) -> Iterator[str]:
    """What in the file is not as it would be written now."""
    try:
        found = _read(place)
    except (OSError, UnicodeDecodeError, csv.Error):
        yield unreadable(path, place, "CSV")
        return
    names, *rest = found or [[]]
    if wrong := [number for number, cells in enumerate(rest, start=1) if len(cells) != len(names)]:
        yield f"{path}: row {wrong[0]} is not as wide as the header"
        return
    expected = Rows(header, [tuple(cells) for cells in rows])
    yield from row_differences(path, expected, Rows(names, [tuple(cells) for cells in rest]), label)


def _read(place: Path) -> list[list[str]]:
    csv.field_size_limit(CELL_CHARS)  # process-wide; the reader of packages sets the same
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, strict=True))
