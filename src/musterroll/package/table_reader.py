"""Read one resource into a `Table`, strictly: every fault of bytes, quotes, header or row length is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from difflib import get_close_matches

from musterroll.errors import Unavailable
from musterroll.package.csv_reader import CsvReader
from musterroll.package.descriptor import Package, Resource
from musterroll.package.dialect import PROPERTIES, Dialect, read_dialect, read_encoding
from musterroll.package.header import fields_match, header_problems
from musterroll.package.problem import HARMLESS, Problem, Rejected
from musterroll.package.table import Schema, Table
from musterroll.package.text_reader import TextReader

_EMPTY_SCHEMA = Schema({}, "")


@dataclass
class Reading:
    """What reading a table gave: the table, unless a problem makes its rows untrustworthy."""

    problems: list[Problem] = field(default_factory=list)
    table: Table | None = None


def read_table(package: Package, resource: Resource, harmless: Set[str] = HARMLESS) -> Reading:
    """Read the one CSV file of `resource`.

    `Reading.table` is None if there is any problem but those named in
    `harmless`. Raises `Unavailable` if the file changes while it is read.
    """
    reading = Reading()
    dialect, unsupported = read_dialect(resource.dialect_settings)
    encoding = read_encoding(resource.descriptor.get("encoding"))
    problems = _unreadable(package, resource, unsupported, encoding)
    if problems or encoding is None:
        return Reading(problems)
    schema = Schema(resource.schema.value, resource.schema.document.file) if resource.schema else _EMPTY_SCHEMA
    with package.folder.open(resource.files[0]) as stream:
        text = TextReader(stream, resource.files[0], encoding)
        reading.problems = text.problems
        try:
            table, sound = _collect(resource.name, CsvReader(text, dialect), schema, dialect)
        except Rejected as rejection:
            reading.problems.append(rejection.problem)
            table, sound = None, False
        if table is None or not sound or any(problem.check not in harmless for problem in reading.problems):
            return reading
        stream.seek(0)
        table.data, table.encoding = stream.read(), encoding
    if hashlib.sha256(table.data).hexdigest() != text.sha256:
        raise Unavailable(f"{package.folder.root / resource.files[0]}: the file changed while it was read")
    reading.table = table
    return reading


def _unreadable(package: Package, resource: Resource, unsupported: list[str], encoding: str | None) -> list[Problem]:
    """Faults of the description that make it pointless to open the file."""
    problems = []
    for name in unsupported:
        close = get_close_matches(name, PROPERTIES, n=1)
        hint = f"; did you mean {close[0]}?" if close and name not in PROPERTIES else "."
        message = f"The dialect property {name} is not supported as it is set, so the table was not read{hint}"
        place = resource.dialect.place(name) if resource.dialect else (resource.files[0], None, None)
        problems.append(Problem("dialect-unsupported", message, *place))
    if encoding is None:
        declared = str(resource.descriptor.get("encoding"))
        place = (package.document.file, *package.document.place(("resources", resource.index, "encoding")))
        problems.append(Problem("encoding", f"{declared!r} is no encoding of plain text.", *place, value=declared))
    return problems


def _collect(name: str, reader: CsvReader, schema: Schema, dialect: Dialect) -> tuple[Table | None, bool]:
    """The table, and whether all its rows are in it."""
    table: Table | None = None
    sound = True
    for batch in reader.batches():
        if table is None and not batch[0][1]:
            if len(batch) > 1:
                reader.problems.append(_ragged(reader.file, *batch[0], [], dialect))
                return None, False
            break  # nothing but a blank line
        if table is None:
            table, rows = _begin(name, reader.file, batch, schema, dialect)
            faults = header_faults(table, batch[0][0])
            sound = not faults
            if any(fault.check == "csv-dialect" for fault in faults):
                reader.problems[:] = faults  # every row would be wrong for the same reason
                return None, False
            reader.problems += faults
        else:
            rows = batch
        for line, cells in rows:
            if len(cells) == len(table.header):
                table.rows.append(cells)
                table.lines.append(line)
            else:
                sound = False
                reader.problems.append(_ragged(reader.file, line, cells, table.header, dialect))
    if table is None:
        message = "The file is empty: not even a header."
        reader.problems.append(Problem("table-empty", message, reader.file, 1))
        sound = False
    return table, sound


def _begin(
    name: str, file: str, batch: list[tuple[int, list[str]]], schema: Schema, dialect: Dialect
) -> tuple[Table, list[tuple[int, list[str]]]]:
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
    return list(header_problems(table.header, names, mode, table.file, line, table.schema.key_columns))


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
