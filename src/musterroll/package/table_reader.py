"""Read one resource into a `Table`, strictly: every fault of bytes, quotes, header or row length is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from difflib import get_close_matches

from musterroll.errors import Unavailable
from musterroll.package.csv_reader import CsvReader, Row
from musterroll.package.descriptor import Package, Resource
from musterroll.package.dialect import PROPERTIES, Dialect, read_dialect, read_encoding
from musterroll.package.problem import HARMLESS, MENDED, OF_SINGLE_ROWS, Problem, Rejected
from musterroll.package.row_stream import RowStream
from musterroll.package.table import Schema, Table
from musterroll.package.text_reader import TextReader

_EMPTY_SCHEMA = Schema({}, "")


@dataclass
class Reading:
    """What reading a table gave: the table, unless a problem makes its rows untrustworthy.

    `judgeable` is the table, or what is left of it where single rows are at
    fault or line ends differ: enough to find what else is wrong, and no more.
    """

    problems: list[Problem] = field(default_factory=list)
    table: Table | None = None
    judgeable: Table | None = None


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
            table = _collect(resource.name, CsvReader(text, dialect), schema, dialect)
        except Rejected as rejection:
            reading.problems.append(rejection.problem)
            table = None
        faults = {problem.check for problem in reading.problems} - harmless
        if table is None or faults - OF_SINGLE_ROWS - MENDED:
            return reading
        stream.seek(0)
        table.data, table.encoding = stream.read(), encoding
    if hashlib.sha256(table.data).hexdigest() != text.sha256:
        raise Unavailable(f"{package.folder.shown(resource.files[0])}: the file changed while it was read")
    reading.judgeable = table
    reading.table = None if faults else table
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


def _collect(name: str, reader: CsvReader, schema: Schema, dialect: Dialect) -> Table | None:
    """The table with its whole rows; None if there are none that can be relied on."""
    stream = RowStream(name, reader, schema, dialect)
    for batch in stream.batches():
        if stream.table is not None:
            stream.table.rows += (cells for _, cells in batch)
            stream.table.lines += (line for line, _ in batch)
    return stream.table if stream.trusted else None


def stream_rows(package: Package, resource: Resource) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of `resource` batch by batch, each with the table they belong to, which itself stays without rows.

    Raises `Rejected` with the first problem that formatting would not mend, at
    the latest behind the last batch: until then the rows are not to be trusted.
    """
    dialect, unsupported = read_dialect(resource.dialect_settings)
    encoding = read_encoding(resource.descriptor.get("encoding"))
    problems = _unreadable(package, resource, unsupported, encoding)
    if problems or encoding is None:
        raise Rejected(problems[0])
    schema = Schema(resource.schema.value, resource.schema.document.file) if resource.schema else _EMPTY_SCHEMA
    with package.folder.open(resource.files[0]) as stream:
        reader = CsvReader(TextReader(stream, resource.files[0], encoding), dialect)
        rows = RowStream(resource.name, reader, schema, dialect)
        for batch in rows.batches():
            if rows.table is not None:
                yield rows.table, batch
    for problem in reader.problems:
        if problem.check not in HARMLESS | MENDED:
            raise Rejected(problem)
