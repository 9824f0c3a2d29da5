"""Packages that satisfy all they declare, for hypothesis: random schemas, rows that fit them, keys and dialects."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from agreement_kinds import KINDS, Kind

_MARKERS = ("", "-", "NA", "n/a")
_V2 = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass
class DrawnTable:
    """A table as text, with what its resource says of it; `data` replaces the bytes that are made of the rows."""

    name: str
    schema: dict[str, Any]
    header: list[str]
    rows: list[list[str]]
    dialect: dict[str, Any] = field(default_factory=dict)
    resource: dict[str, Any] = field(default_factory=dict)
    promises: bool = False  # whether size, hash, rows and columns are declared
    is_quoted: bool = False
    data: bytes | None = None

    def written(self) -> bytes:
        """The file."""
        if self.data is not None:
            return self.data
        buffer = io.StringIO()
        writer = csv.writer(
            buffer,
            delimiter=self.dialect.get("delimiter", ","),
            quotechar=self.dialect.get("quoteChar", '"'),
            lineterminator=self.dialect.get("lineTerminator", "\n"),
            quoting=csv.QUOTE_ALL if self.is_quoted else csv.QUOTE_MINIMAL,
        )
        writer.writerows([self.header, *self.rows] if self.dialect.get("header", True) else self.rows)
        return buffer.getvalue().encode()

    def described(self) -> dict[str, Any]:
        """The entry of the resource, true as long as nothing is changed behind it."""
        data = self.written()
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        true = {"hash": digest, "bytes": len(data), "rows": len(self.rows), "fields": len(self.schema["fields"])}
        entry = {"name": self.name, "path": f"{self.name}.csv", "schema": self.schema}
        return {
            **entry,
            **({"dialect": self.dialect} if self.dialect else {}),
            **(true if self.promises else {}),
            **self.resource,
        }


@dataclass
class Drawn:
    """A package in memory."""

    tables: list[DrawnTable]
    descriptor: dict[str, Any] = field(default_factory=lambda: {"$schema": _V2, "name": "drawn"})
    listed: list[dict[str, Any]] | None = None  # the resources, where a fault was planted in them

    def write(self, folder: Path) -> None:
        """Write the package into an empty folder."""
        for table in self.tables:
            (folder / f"{table.name}.csv").write_bytes(table.written())
        (folder / "datapackage.json").write_text(json.dumps({**self.descriptor, "resources": self.entries()}))

    def lines(self) -> list[str]:
        """The whole package as text, for whoever has to find out what is wrong with it."""
        descriptor = json.dumps({**self.descriptor, "resources": self.entries()})
        return [descriptor, *(f"{table.name}.csv: {table.written()!r}" for table in self.tables)]

    def entries(self) -> list[dict[str, Any]]:
        """What stands in `resources`."""
        return [table.described() for table in self.tables] if self.listed is None else self.listed


@st.composite
def packages(draw: st.DrawFn) -> Drawn:
    """A package of one or two tables in which nothing is wrong."""
    first = draw(_tables("a"))
    tables = [first]
    if draw(st.booleans()):
        tables.append(draw(_tables("b")))
        if draw(st.booleans()):
            _refer(draw, tables[1], first)
    if draw(st.integers(0, 3)) == 0:
        _refer(draw, first, first)
    for table in tables:
        _arrange(draw, table)
    return Drawn(tables)


@st.composite
def _tables(draw: st.DrawFn, name: str) -> DrawnTable:
    count = draw(st.sampled_from([3, 2, 4, 1, 5, 0]))
    markers = draw(st.lists(st.sampled_from(_MARKERS), unique=True, max_size=3)) if draw(st.booleans()) else [""]
    table = DrawnTable(name, {"fields": []}, [], [[] for _ in range(count)])
    if markers != [""]:
        labelled = draw(st.booleans())
        table.schema["missingValues"] = (
            [{"value": item, "label": f"<{item}>"} for item in markers] if labelled else markers
        )
    for number in range(draw(st.integers(1, 4))):
        _add_column(draw, table, f"{name}{number}", [] if number == 0 else markers)
    return table


def _add_column(draw: st.DrawFn, table: DrawnTable, name: str, markers: list[str]) -> None:
    kind = draw(st.sampled_from(KINDS))
    forbidden = _markers(table)
    is_key = kind.hashable and draw(st.booleans())
    size = len(table.rows)
    values = draw(
        st.lists(
            kind.values.filter(lambda value: kind.text(value) not in forbidden),
            min_size=size,
            max_size=size,
            unique=is_key,
        )
    )
    texts = [kind.text(value) for value in values]
    constraints = dict(kind.constraints)
    if is_key and size:
        constraints |= draw(st.sampled_from([{}, {"unique": True}]))
        if "primaryKey" not in table.schema and draw(st.booleans()):
            table.schema["primaryKey"] = [name] if draw(st.booleans()) else name
            markers = []
    constraints |= draw(_constraints(kind, values))
    if not markers and draw(st.booleans()):
        constraints["required"] = True
    described = {"name": name, **kind.described, **({"constraints": constraints} if constraints else {})}
    if kind.hashable and texts and draw(st.integers(0, 4)) == 0 and kind.described["type"] == "string":
        described["categories"] = list(dict.fromkeys(texts))
    for row, text in zip(table.rows, texts, strict=True):
        row.append(draw(st.sampled_from(markers)) if markers and draw(st.integers(0, 3)) == 0 else text)
    table.header.append(name)
    table.schema["fields"].append(described)


def _markers(table: DrawnTable) -> set[str]:
    return {item["value"] if isinstance(item, dict) else item for item in table.schema.get("missingValues", [""])}


@st.composite
def _constraints(draw: st.DrawFn, kind: Kind, values: list[Any]) -> dict[str, Any]:
    """Constraints that all the values obey, as narrow as can be."""
    found: dict[str, Any] = {}
    if not values:
        return found
    if kind.ordered and draw(st.booleans()):
        found["minimum"] = kind.text(min(values))
    if kind.ordered and draw(st.booleans()):
        found["maximum"] = kind.text(max(values))
    if kind.described == {"type": "integer"} and draw(st.booleans()):
        found["exclusiveMinimum"] = min(values) - 1
    if kind.long and draw(st.booleans()):
        found["minLength"] = min(map(len, values))
    if kind.long and draw(st.booleans()):
        found["maxLength"] = max(map(len, values))
    if kind.hashable and draw(st.integers(0, 3)) == 0:
        found["enum"] = list(dict.fromkeys(map(kind.text, values)))
    return found


def _refer(draw: st.DrawFn, table: DrawnTable, target: DrawnTable) -> None:
    """Give a table a column that refers to one of the other."""
    position = draw(st.integers(0, len(target.header) - 1))
    there = target.schema["fields"][position]
    known = [row[position] for row in target.rows if row[position] not in _markers(target)]
    if there["type"] in {"array", "object", "list", "geojson"} or not known:  # Frictionless cannot look those up
        return
    name = f"{table.name}_{target.name}"
    described = {key: value for key, value in there.items() if key not in {"constraints", "categories", "name"}}
    for row in table.rows:
        row.append(draw(st.sampled_from(known)))
    table.header.append(name)
    table.schema["fields"].append({"name": name, **described})
    if target is table and draw(st.booleans()):
        reference: dict[str, Any] = {"fields": [target.header[position]]}
    else:
        reference = {"resource": "" if target is table else target.name, "fields": [target.header[position]]}
    table.schema.setdefault("foreignKeys", []).append({"fields": [name], "reference": reference})


def _arrange(draw: st.DrawFn, table: DrawnTable) -> None:
    """Dialect, order of columns, promises."""
    table.promises, table.is_quoted = draw(st.booleans()), draw(st.booleans())
    for name, choices in _DIALECTS.items():
        if draw(st.integers(0, 3)) == 0:
            table.dialect[name] = draw(st.sampled_from(choices))
    if table.dialect.get("skipInitialSpace"):
        table.is_quoted = True
    if not table.rows:
        table.dialect.pop("header", None)
    if "header" not in table.dialect and draw(st.integers(0, 3)) == 0:
        table.schema["fieldsMatch"] = draw(st.sampled_from(["equal", "subset", "superset", "partial"]))
        order = draw(st.permutations(range(len(table.header))))
        table.header = [table.header[at] for at in order]
        table.rows = [[row[at] for at in order] for row in table.rows]
        if table.schema["fieldsMatch"] in {"subset", "partial"}:
            table.header.append("more")
            table.rows = [[*row, draw(st.sampled_from(["x", ""]))] for row in table.rows]


_DIALECTS: dict[str, list[Any]] = {
    "delimiter": [";", "\t", "|"],
    "quoteChar": ["'"],
    "skipInitialSpace": [True],
    "lineTerminator": ["\r\n"],
    "header": [False],
}
