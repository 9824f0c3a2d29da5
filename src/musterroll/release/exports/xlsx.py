"""`exports/<name>-<version>.xlsx`: a sheet about the package, and one for each table.

Text stays text, whatever it looks like. What a spreadsheet would change (a long
number, an old date) is text; what it cannot hold is left out, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from musterroll.release.content import Content
from musterroll.release.exports.comparison import capped, row_label, shown, table_differences
from musterroll.release.exports.exporter import ExportFile
from musterroll.release.exports.names import safe_stem
from musterroll.release.exports.xlsx_reading import Book, NotRead, read_book
from musterroll.release.exports.xlsx_sheets import ABOUT, Sheet, about, created, sheets
from musterroll.release.exports.xlsx_writing import Formats, workbook, write_about, write_sheet

NAME = "XLSX"


def files(content: Content) -> list[ExportFile]:
    """The one workbook."""
    mediatype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return [ExportFile(_path(content), mediatype, "All tables as a workbook for spreadsheets")]


def write(content: Content, folder: Path) -> None:
    """Write the workbook. Raises `Unavailable` if the disk does not take it."""
    place = folder / _path(content)
    place.parent.mkdir(parents=True, exist_ok=True)
    with workbook(place) as book:
        book.set_properties({"created": created(content)})
        first, formats, remarks = book.add_worksheet(ABOUT), Formats(book), {}
        for sheet in sheets(content):
            write_sheet(book.add_worksheet(sheet.name), sheet, formats)
            remarks[sheet.table.name] = sheet.remarks
        write_about(first, about(content, remarks), formats)


def differences(content: Content, folder: Path) -> Iterator[str]:
    """Read the workbook with calamine, a reader of another make, and compare every sheet."""
    path = _path(content)
    yield from capped(path, _faults(content, path, folder / path))


def _path(content: Content) -> str:
    return f"exports/{safe_stem(content.stem)}.xlsx"


def _faults(content: Content, path: str, place: Path) -> Iterator[str]:
    largest = max((len(table.header) * (len(table.rows) + 1) for table in content.tables.values()), default=0)
    try:
        yield from _of_book(content, path, read_book(place, largest))
    except NotRead as fault:
        yield f"{path}: {fault}"


def _of_book(content: Content, path: str, book: Book) -> Iterator[str]:
    expected, remarks = [ABOUT], {}
    for sheet in sheets(content):
        expected.append(sheet.name)
        remarks[sheet.table.name] = sheet.remarks
        if sheet.name in book.names:
            stored = book.table(sheet.name, len(sheet.columns), _filled(sheet), len(sheet.table.rows))
            where = f"{path}: sheet {shown(sheet.name)}"
            yield from table_differences(where, sheet.columns, stored, row_label(sheet.table))
    if list(book.names) != expected:
        yield f"{path}: its sheets are {', '.join(map(shown, book.names))}, not {', '.join(map(shown, expected))}"
    elif _trimmed(book.rows(ABOUT)) != _trimmed(about(content, remarks)):
        yield f"{path}: the sheet {ABOUT} does not describe the package"


def _filled(sheet: Sheet) -> int:
    """The number of the last row that is not empty."""
    rows = zip(*(column.values for column in sheet.columns), strict=True)
    return max((row for row, cells in enumerate(rows, start=1) if any(cell is not None for cell in cells)), default=0)


def _trimmed(rows: Iterable[Sequence[object]]) -> list[list[object]]:
    """The rows without empty cells at their ends."""
    return [list(cells[: max((n for n, cell in enumerate(cells, start=1) if cell != ""), default=0)]) for cells in rows]
