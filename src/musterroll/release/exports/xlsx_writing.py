"""Write sheets with XlsxWriter, whose output does not depend on when, where and by whom it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from musterroll.errors import Unavailable
from musterroll.release.exports.xlsx_sheets import AboutRow, Sheet
from musterroll.typed.columns import Value, is_exact_double, value_text

_OPTIONS = {
    "constant_memory": True,  # rows go to the disk as they come
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_SAMPLE = 1_000  # rows that decide how wide a column is
_WIDTHS = (8, 60)
_ABOUT_WIDTHS = (24, 24, 40, 10, 10, 60, 60)
_FIRST_DATE = date(1900, 3, 1)  # before it, spreadsheets disagree about 29 February 1900
_DIGITS = 15


@contextmanager
def workbook(place: Path) -> Iterator[Any]:
    """A new workbook; whatever happens, none of its temporary files is left open or left behind."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix="musterroll-") as folder:
        book = xlsxwriter.Workbook(str(place), {**_OPTIONS, "tmpdir": folder})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise Unavailable(f"{place}: {error}") from error
        finally:
            for page in book.worksheets():
                with suppress(OSError):  # the disk is still full
                    page.row_data_fh.close()


class Formats:
    """How cells look: names of columns bold, dates as ISO has them."""

    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


def write_sheet(page: Any, sheet: Sheet, formats: Formats) -> None:
    """Fill a sheet with its table: a header that stays in sight and can be filtered by, then the rows."""
    for number, column in enumerate(sheet.columns):
        page.write_string(0, number, column.name, formats.bold)
        page.set_column(number, number, _width([column.name, *column.values[:_SAMPLE]]))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.table.rows), len(sheet.columns) - 1)
    for row, cells in enumerate(zip(*(column.values for column in sheet.columns), strict=True), start=1):
        for number, value in enumerate(cells):
            if value is not None:
                _write_cell(page, row, number, value, formats)


def _write_cell(page: Any, row: int, number: int, value: Value, formats: Formats) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, number, value)
    elif isinstance(value, (int, Decimal)) and _is_short(value):
        page.write_number(row, number, float(value))
    elif isinstance(value, datetime) and value.date() >= _FIRST_DATE and not value.microsecond:
        page.write_datetime(row, number, value, formats.moment)
    elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DATE:
        page.write_datetime(row, number, value, formats.day)
    else:
        page.write_string(row, number, value_text(value))


def _is_short(value: int | Decimal) -> bool:
    """Whether a spreadsheet shows and keeps the number as it is."""
    if isinstance(value, int):
        return len(str(abs(value))) <= _DIGITS
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    is_in_range = not value or Decimal("1E-307") <= value.copy_abs() <= Decimal("1E+307")
    return len(digits) <= _DIGITS and is_in_range and is_exact_double(value)


def _width(values: Sequence[Value | None]) -> int:
    shown = ("" if value is None else str(value) if isinstance(value, bool) else value_text(value) for value in values)
    longest = max(len(text.partition("\n")[0]) for text in shown)
    return max(_WIDTHS[0], min(_WIDTHS[1], longest + 2))


def write_about(page: Any, rows: Sequence[AboutRow], formats: Formats) -> None:
    """Fill the sheet about the package."""
    for number, width in enumerate(_ABOUT_WIDTHS):
        page.set_column(number, number, width)
    for row, cells in enumerate(rows):
        for number, value in enumerate(cells):
            is_label = number == 0 or cells[0] == "Sheet"
            if isinstance(value, int):
                page.write_number(row, number, value)
            elif value:
                page.write_string(row, number, value, formats.bold if is_label else None)
