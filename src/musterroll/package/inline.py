"""Tables that are written into the descriptor: read as text like any other, each cell at its place in the JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from musterroll.package.descriptor import Package, Resource
from musterroll.package.dialect import Dialect
from musterroll.package.json_reader import Document, Pointer
from musterroll.package.table import Schema, Table

_EXACT = 2**53  # up to here every whole number is one of JavaScript's and Python's floats


@dataclass
class InlineTable(Table):
    """A table whose cells stand in a JSON document."""

    document: Document | None = None
    values: tuple[tuple[Any, ...], ...] = ()  # as JSON has them: a number there is no text
    pointers: tuple[tuple[Pointer, ...], ...] = ()  # of each cell, by row and column

    def place(self, row: int, name: str | None = None) -> tuple[int, int | None]:
        """Line and column of the cell in the descriptor; without a name, of the row."""
        if self.document is None:
            return 1, None
        pointer = self.pointers[row][self.index[name]] if name else self.pointers[row][0][:-1]
        return self.document.place(pointer)


def read_inline(package: Package, resource: Resource) -> InlineTable | None:
    """The table in `data`, or None if it is neither rows with a header nor objects."""
    data = resource.descriptor["data"]
    at: Pointer = ("resources", resource.index, "data")
    schema = Schema(resource.schema.value, resource.schema.document.file) if resource.schema else Schema({}, "")
    if not isinstance(data, list) or not data:
        return None
    if all(isinstance(row, list) for row in data) and len({len(row) for row in data}) == 1:
        header = [_text(label) for label in data[0]]
        rows = data[1:]
        pointers = [tuple((*at, n + 1, column) for column in range(len(header))) for n in range(len(rows))]
    elif all(isinstance(row, dict) for row in data):
        header = list(dict.fromkeys([*schema.fields, *(key for row in data for key in row)]))
        rows = [[row.get(key) for key in header] for row in data]
        pointers = [tuple((*at, n, key) for key in header) for n in range(len(rows))]
    else:
        return None
    if not header:
        return None
    missing = [_marker(schema.missing_values(label)) for label in header]
    texts = [[_text(value) if value is not None else missing[n] for n, value in enumerate(row)] for row in rows]
    return InlineTable(
        resource.name,
        package.document.file,
        schema,
        Dialect(),
        header,
        texts,
        [package.document.place(cells[0][:-1])[0] for cells in pointers],
        data=_csv([header, *texts]),
        document=package.document,
        values=tuple(map(tuple, rows)),
        pointers=tuple(pointers),
    )


def _text(value: Any) -> str:
    """A JSON value as the cell that would stand for it in a file; 1.0 is a whole number in JSON."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _marker(missing: Set[str]) -> str:
    """What stands for null in a column."""
    return "" if "" in missing or not missing else min(missing)


def _csv(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return buffer.getvalue().encode()
