"""The rows of one file as wide as its header, which is what its schema says; every other row is a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musterroll.package.csv_reader import CsvReader, Row
from musterroll.package.dialect import Dialect
from musterroll.package.header import fields_match, header_problems
from musterroll.package.problem import Problem
from musterroll.package.table import Schema, Table


class RowStream:
    """The sound rows of one file, batch by batch, so that a table need not fit into memory.

    `table` holds header, schema and dialect, and no rows, from the first batch
    on; None if the file has no header. Rows that are not whole are in its
    `skipped`. `trusted` is False, once all batches are consumed, if the others
    cannot be relied on either.
    """

    def __init__(self, name: str, reader: CsvReader, schema: Schema, dialect: Dialect) -> None:
        self.table: Table | None = None
        self.trusted = True
        self._position = 0
        self._name, self._reader, self._schema, self._dialect = name, reader, schema, dialect

    def batches(self) -> Iterator[list[Row]]:
        """Rows as wide as the header, with their lines; of the others there is a problem. Raises `Rejected`."""
        for batch in self._reader.batches():
            if self.table is None and not batch[0][1]:
                if len(batch) > 1:
                    self._distrust([_ragged(self._reader.file, *batch[0], [], self._dialect)])
                    return
                break  # nothing but a blank line
            rows = batch if self.table is not None else self._begin(batch)
            if rows is None:
                return
            yield [row for row in rows if self._is_whole(row)]
        if self.table is None:
            lacks = "not even a header" if self._dialect.header else "not a single row"
            self._distrust([Problem("table-empty", f"The file is empty: {lacks}.", self._reader.file, 1)])

    def _begin(self, batch: list[Row]) -> list[Row] | None:
        """The rows behind the header; None if they would all be wrong for the same reason."""
        self.table, rows = _begin(self._name, self._reader.file, batch, self._schema, self._dialect)
        faults = header_faults(self.table, batch[0][0])
        if any(fault.check == "csv-dialect" for fault in faults):
            self._reader.problems.clear()
            self.table, rows = None, None
        if faults:
            self._distrust(faults)
        return rows

    def _is_whole(self, row: Row) -> bool:
        line, cells = row
        header = self.table.header if self.table else ()
        self._position += 1
        if len(cells) == len(header):
            return True
        if self.table:
            self.table.skipped[self._position - 1] = line
        self._reader.problems.append(_ragged(self._reader.file, line, cells, header, self._dialect))
        return False

    def _distrust(self, problems: list[Problem]) -> None:
        self.trusted = False
        self._reader.problems += problems


def _begin(name: str, file: str, batch: list[Row], schema: Schema, dialect: Dialect) -> tuple[Table, list[Row] | None]:
    if dialect.header:
        labels = batch[0][1] if dialect.header_case else _as_in_schema(batch[0][1], schema)
        return Table(name, file, schema, dialect, labels), batch[1:]
    labels = list(schema.fields) or [f"field{n + 1}" for n in range(len(batch[0][1]))]
    return Table(name, file, schema, dialect, labels), batch


def _as_in_schema(labels: list[str], schema: Schema) -> list[str]:
    """Labels spelt as the schema spells them, where the dialect says that capitals do not count."""
    spelt = {name.casefold(): name for name in schema.fields}
    return [spelt.get(label.casefold(), label) for label in labels]


def header_faults(table: Table, line: int = 1) -> list[Problem]:
    """How the header differs from the schema, or what shows that the delimiter is another one."""
    names = list(table.schema.fields)
    if other := _other_delimiter(table, names):
        declared = table.dialect.delimiter
        message = f"The header is one column; it looks separated by {other}, the dialect says {declared!r}."
        return [Problem("csv-dialect", message, table.file, line, 1, value=table.header[0])]
    if not table.dialect.header:
        return []
    mode = fields_match(table.schema.descriptor.get("fieldsMatch")) or "exact"
    needed = table.schema.key_columns | table.schema.required_columns
    return list(header_problems(table.header, names, mode, table.file, line, needed))


def _other_delimiter(table: Table, names: list[str]) -> str | None:
    if len(table.header) != 1 or len(names) == 1:
        return None
    found = [name for char, name in _DELIMITERS.items() if char in table.header[0] and char != table.dialect.delimiter]
    return found[0] if found else None


_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def _ragged(file: str, line: int, cells: list[str], header: Sequence[str], dialect: Dialect) -> Problem:
    width = len(header)
    expected = f"{width} cells" if width else "a header"
    if not cells:
        return Problem("row-blank", "The line is blank.", file, line, expected=expected)
    check, word = ("row-short", "only ") if len(cells) < width else ("row-long", "")
    message = f"The row has {word}{len(cells)} cells; the header has {width}."
    return Problem(check, message, file, line, 1, value=dialect.delimiter.join(cells), expected=expected)
