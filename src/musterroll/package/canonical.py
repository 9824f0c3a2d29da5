"""The canonical form of a package's files, so that equal data are equal bytes.

UTF-8 without byte order mark, NFC, the declared line end (LF if none is) also
after the last row; a cell is quoted only if it holds the delimiter, a quote, CR
or LF, or is the empty cell of a one-column table; rows by primary key (numbers
and dates by value, text by code point), without a key by all cells. The
descriptor carries `hash` and `bytes` of every file.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from musterroll.errors import Unusable
from musterroll.package.descriptor import DESCRIPTOR, Package, Resource
from musterroll.package.dialect import Dialect
from musterroll.package.json_editor import set_values
from musterroll.package.json_reader import Pointer
from musterroll.package.problem import Rejected, as_error
from musterroll.package.table import Table
from musterroll.package.tables import table_of

_BY_VALUE = {"integer", "number", "year"}


def canonical_files(package: Package) -> Iterator[tuple[str, bytes]]:
    """Path and canonical bytes of every CSV file and, last, of the descriptor.

    Raises `Unusable` if a table cannot be read reliably.
    """
    values: dict[Pointer, str | int] = {}
    seen: set[str] = set()
    for resource in package.resources:
        if "data" in resource.descriptor or not resource.is_csv or not resource.is_table:
            continue
        if resource.files[0] in seen:
            raise Unusable(f"{resource.files[0]} is listed twice, so it has no one order of rows")
        seen.add(resource.files[0])
        data = canonical_csv(_table(package, resource))
        at = ("resources", resource.index)
        values[*at, "hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
        values[*at, "bytes"] = len(data)
        yield resource.files[0], data
    yield DESCRIPTOR, set_values(package.document, values).encode()


def canonical_csv(table: Table) -> bytes:
    """The canonical bytes of one table."""
    end = table.dialect.line_terminator or "\n"
    rows = [[unicodedata.normalize("NFC", cell) for cell in cells] for cells in table.rows]
    if len(_keys(table, rows)) < len(_keys(table, table.rows)):
        raise Unusable(f"{table.file}: two rows have keys that differ only in their Unicode form")
    rows.sort(key=lambda cells: row_order(table, cells))
    header = [list(table.header)] if table.dialect.header else []
    return "".join(csv_record(cells, table.dialect) + end for cells in [*header, *rows]).encode()


def row_order(table: Table, cells: Sequence[str]) -> tuple[list[tuple[int, Decimal, str]], list[str]]:
    """What rows are sorted by: the key, and all cells where a key names several rows."""
    return _sort_key(table, cells), list(cells)


def _keys(table: Table, rows: Sequence[Sequence[str]]) -> set[tuple[str, ...]]:
    columns = [table.index[name] for name in table.schema.primary_key if name in table.index]
    return {tuple(cells[column] for column in columns) for cells in rows}


def _table(package: Package, resource: Resource) -> Table:
    try:
        table = table_of(package, resource)
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection
    if table is None or table.encoding != "utf-8":
        declared = resource.descriptor.get("encoding")
        raise Unusable(f"{resource.files[0]} is declared {declared}; only UTF-8 is formatted")
    return table


def _sort_key(table: Table, cells: Sequence[str]) -> list[tuple[int, Decimal, str]]:
    names = [name for name in table.schema.primary_key if name in table.index] or list(table.header)
    return [_value(table, name, cells[table.index[name]]) for name in names]


def _value(table: Table, name: str, text: str) -> tuple[int, Decimal, str]:
    """Numbers come by value and before what is no number; ISO dates and text by code point."""
    if table.schema.fields.get(name, {}).get("type") in _BY_VALUE:
        with suppress(InvalidOperation):
            value = Decimal(text)
            if value.is_finite():
                return 0, value, text
    return 1, Decimal(0), text


def csv_record(cells: Sequence[str], dialect: Dialect) -> str:
    """One row of CSV in canonical form, without its line end."""
    if len(cells) == 1 and not cells[0]:
        return dialect.quote * 2
    return dialect.delimiter.join(_quoted(cell, dialect) for cell in cells)


def _quoted(cell: str, dialect: Dialect) -> str:
    quote = dialect.quote
    is_mark = cell.startswith("\ufeff")  # at the start of a file it would be taken for a byte order mark
    is_skipped = dialect.skip_initial_space and cell.startswith(" ")
    if is_mark or is_skipped or any(char in cell for char in (dialect.delimiter, quote, "\r", "\n")):
        return quote + cell.replace(quote, quote * 2) + quote
    return cell
