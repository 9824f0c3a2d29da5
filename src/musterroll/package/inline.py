"""Tables that are written into the descriptor: read as text like any other, each cell at its place in the JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from musterroll.package.descriptor import Package, Resource
from musterroll.package.dialect import Dialect
from musterroll.package.json_reader import Document, Pointer
from musterroll.package.table import Schema, Table


@dataclass
class InlineTable(Table):
    """A table whose cells stand in a JSON document."""

    document: Document | None = None
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
    if not isinstance(data, list) or not data:
        return None
    if all(isinstance(row, list) for row in data) and len({len(row) for row in data}) == 1:
        header = [_text(label) for label in data[0]]
        rows = data[1:]
        pointers = [tuple((*at, n + 1, column) for column in range(len(header))) for n in range(len(rows))]
    elif all(isinstance(row, dict) for row in data):
        header = list(dict.fromkeys(key for row in data for key in row))
        rows = [[row.get(key) for key in header] for row in data]
        pointers = [tuple((*at, n, key) for key in header) for n in range(len(rows))]
    else:
        return None
    if not header:
        return None
    schema = Schema(resource.schema.value, resource.schema.document.file) if resource.schema else Schema({}, "")
    texts = [[_text(value) for value in row] for row in rows]
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
        pointers=tuple(pointers),
    )


def _text(value: Any) -> str:
    """A JSON value as the cell that would stand for it in a file."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return buffer.getvalue().encode()
