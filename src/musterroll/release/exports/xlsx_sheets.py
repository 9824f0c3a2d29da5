"""What of a package goes onto which sheet of a workbook, and what a spreadsheet cannot hold.

A spreadsheet knows no difference between an empty text and a missing value; it
has limits for names, cells and sheets. What does not fit is left out whole, and
the first sheet says so: nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from musterroll.package.table import Table
from musterroll.release.content import Content
from musterroll.release.exports.names import distinct, utf16_length
from musterroll.typed.columns import TypedColumn, Value, typed_columns

ABOUT = "About"
LEFT_OUT = "[left out: it does not fit into a cell of a spreadsheet; the CSV file has it]"
ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet, the header among them

_CELL = 32_767  # characters
_SHEET_NAME = 31
_RESERVED = "History"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x7f-\x9f\ufffe\uffff]")
# What XlsxWriter does not write so that it reads the same: noncharacters, its own mark-up, overlapping escapes.
_UNWRITABLE = re.compile(r"[\ufffe\uffff]|\A<r>.*</r>\Z|_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_", re.DOTALL)
_NAMED_ROWS = 5
_EPOCH = datetime(1980, 1, 1)
_NOTE = (
    "Numbers of more than 15 digits, moments with fractions of a second and dates before 1 March 1900 are text here: "
    "a spreadsheet would change them. An empty cell is a missing value."
)

AboutRow = list[str | int]


@dataclass(frozen=True)
class Sheet:
    """A table as its sheet shows it."""

    name: str
    table: Table
    columns: Sequence[TypedColumn]
    remarks: Sequence[str]


def sheets(content: Content) -> Iterator[Sheet]:
    """The sheets in order, one after the other, without the tables that are too large."""
    for name, sheet in _names(content).items():
        yield _sheet(content.tables[name], sheet)


def about(content: Content, remarks: Mapping[str, Sequence[str]]) -> list[AboutRow]:
    """The rows of the first sheet; the remarks are those on each table."""
    descriptor, names = content.package.descriptor, _names(content)
    licences = [str(item.get("name") or item.get("title") or "") for item in descriptor.get("licenses") or []]
    told = {
        "Package": content.name,
        "Title": descriptor.get("title"),
        "Version": content.version,
        "Created": descriptor.get("created"),
        "Licence": "; ".join(filter(None, licences)),
        "Description": descriptor.get("description"),
        "Note": _NOTE,
    }
    rows: list[AboutRow] = [[label, fitted(str(value))] for label, value in told.items() if value]
    rows += [[], ["Sheet", "Table", "Title", "Rows", "Columns", "Description", "Remarks"]]
    for name, table in content.tables.items():
        resource = content.package.resource(name)
        described = resource.descriptor if resource else {}
        title, description = (fitted(str(described.get(word) or "")) for word in ("title", "description"))
        remark = fitted(". ".join(remarks.get(name, _too_large(table))))
        size = [len(table.rows), len(table.header)]
        rows.append([names.get(name, ""), fitted(name), title, *size, description, remark])
    return rows


def fitted(text: str) -> str:
    """The text, or a notice in its place if no cell can hold it."""
    is_whole = utf16_length(text) <= _CELL and not _UNWRITABLE.search(text)
    return text if is_whole else LEFT_OUT


def created(content: Content) -> datetime:
    """The date of the workbook: the descriptor's, or a constant one."""
    try:
        moment = datetime.fromisoformat(str(content.package.descriptor.get("created")))
    except ValueError:
        return _EPOCH
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _names(content: Content) -> Mapping[str, str]:
    """The sheet of each table that is not too large."""
    tables = [name for name, table in content.tables.items() if not _too_large(table)]
    plain = (_FORBIDDEN.sub("_", name) for name in tables)
    return dict(zip(tables, distinct(plain, taken=[ABOUT, _RESERVED], longest=_SHEET_NAME), strict=True))


def _too_large(table: Table) -> list[str]:
    if len(table.rows) < ROWS and len(table.header) <= COLUMNS:
        return []
    return [f"Left out: a sheet has no more than {ROWS:,} rows and {COLUMNS:,} columns; see {table.file}"]


def _sheet(table: Table, name: str) -> Sheet:
    remarks: list[str] = []
    columns = []
    for column in typed_columns(table):
        values = [_shown(value) for value in column.values]
        remarks += _remarks(column, values, table.file)
        columns.append(replace(column, name=fitted(column.name), values=values))
    return Sheet(name, table, columns, remarks)


def _shown(value: Value | None) -> Value | None:
    return fitted(value) or None if isinstance(value, str) else value


def _remarks(column: TypedColumn, values: Sequence[Value | None], file: str) -> Iterator[str]:
    left_out = [row + 1 for row, value in enumerate(values) if value != column.values[row] and value is not None]
    if left_out:
        rows = ", ".join(map(str, left_out[:_NAMED_ROWS])) + (", …" if len(left_out) > _NAMED_ROWS else "")
        cells = "cell is" if len(left_out) == 1 else "cells are"
        yield f"Of {column.name} {len(left_out):,} {cells} left out (row {rows}), for they do not fit; see {file}"
    if "" in column.values and None in column.values:
        yield f"In {column.name} an empty cell is an empty text or a missing value; {file} tells them apart"
