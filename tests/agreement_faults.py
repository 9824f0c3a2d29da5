"""Faults to plant into a sound package, for hypothesis: in cells, rows, headers, bytes, schemas and descriptors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from agreement_kinds import KINDS, LETTERS
from agreement_packages import Drawn, DrawnTable, packages

Fault = Callable[[st.DrawFn, Drawn], None]

# Texts that some reader takes for a value, and texts that no reader takes for one.
_ODD_CELLS = (
    "", " ", "-", "NA", "n/a", "0", "00", "+1", "1_000", "1,000", "1.000", "1.5", " 5", "5 ", "5\u00a0",
    "\u0661\u0662", "²", "1e5", "1e400", "0x1F", "NaN", "INF", "-INF", "Infinity", "sNaN", "true", "TRUE", "yes",
    "2024-2-3", "2024-02-30", "2024-02-29", "29/02/2024", "24:00:00", "12:30", "12:30:00", "2024-02-29T12:30:00",
    "2024-02-29T12:30:00+02:00", "2024-02-29 12:30:00", "99999", "-001", "2024-13", "P", "P1Y", "PT", "[]", "{}",
    "[1, 2]", '{"lon": 1, "lat": 91}', "181,0", "null", "x", "x@", "a b@example.org", "example.org", "=1+1",
    "\ufeff", "\x00", "\u200b", "\ufffd", "a\nb", "a\rb", '"', "'", "é", "e\u0301", "K", "\u212a", "x" * 300,
    "9" * 400,
)  # fmt: skip


@st.composite
def broken_packages(draw: st.DrawFn) -> Drawn:
    """A sound package with one fault, or two."""
    package = draw(packages())
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        draw(st.sampled_from(FAULTS))(draw, package)
    return package


def _cell(draw: st.DrawFn, package: Drawn) -> None:
    """Another text in one cell: odd, random, of another type, nearly the old one, or one from the same column."""
    table = _table(draw, package)
    rows = [row for row in table.rows if row]  # the fault before may have emptied one
    if not rows:
        return
    row = draw(st.sampled_from(rows))
    position = draw(st.integers(0, len(row) - 1))
    old, kind = row[position], draw(st.sampled_from(KINDS))
    column = [other[position] for other in rows if position < len(other)]
    row[position] = draw(
        st.sampled_from(_ODD_CELLS)
        | st.text(LETTERS, max_size=6)
        | st.text(max_size=4)
        | kind.values.map(kind.text)
        | st.sampled_from(
            [old + " ", " " + old, old[1:], old[:-1], old + "0", old + "x", "-" + old, old * 2, old.upper()]
        )
        | st.sampled_from(column)
    )


def _row(draw: st.DrawFn, package: Drawn) -> None:
    """One row too short, too long, blank, empty, missing, twice, or with other cells."""
    table = _table(draw, package)
    if not table.rows:
        return
    at = draw(st.integers(0, len(table.rows) - 1))
    row = table.rows[at]
    other = draw(st.sampled_from(table.rows))
    replacement = draw(
        st.sampled_from(
            [
                row[:-1],
                row[:1],
                [*row, "x"],
                [*row, ""],
                [""] * len(row),
                [""] * (len(row) + 1),
                [],
                [*reversed(row)],
                [*other],
            ]
        )
    )
    choice = draw(st.integers(0, 2))
    if choice == 0:
        table.rows[at] = [*replacement]
    elif choice == 1:
        table.rows.insert(at, [*replacement])
    else:
        del table.rows[at]


def _header(draw: st.DrawFn, package: Drawn) -> None:
    """One name too many, too few, twice, blank, misspelt or in another place."""
    table = _table(draw, package)
    labels = table.header
    if not labels:
        return
    at = draw(st.integers(0, len(labels) - 1))
    table.header = draw(
        st.sampled_from(
            [
                labels[:at] + labels[at + 1 :],
                [*labels, "extra"],
                [*labels, labels[at]],
                [*labels, ""],
                [*labels[:at], "", *labels[at + 1 :]],
                [*labels[:at], labels[0], *labels[at + 1 :]],
                [*labels[:at], f" {labels[at]}", *labels[at + 1 :]],
                [*labels[:at], labels[at].upper(), *labels[at + 1 :]],
                [*labels[:at], "other", *labels[at + 1 :]],
                [*reversed(labels)],
                [],
            ]
        )
    )


def _column(draw: st.DrawFn, package: Drawn) -> None:
    """A column that is gone, or stands elsewhere, with its header."""
    table = _table(draw, package)
    if not table.header:
        return
    at, to = (draw(st.integers(0, len(table.header) - 1)) for _ in range(2))
    goes = draw(st.booleans())
    for cells in [table.header, *table.rows]:
        if at < len(cells):
            cell = cells.pop(at)
            if not goes:
                cells.insert(to, cell)


def _bytes(draw: st.DrawFn, package: Drawn) -> None:
    """The file damaged: cut off, with one byte more, less or another, in another encoding, with other ends of lines."""
    table = _table(draw, package)
    data = table.written()
    at = draw(st.integers(0, len(data)))
    byte = draw(
        st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"\x00", b"\x1b", b"\xe9", b"x", b" ", b"\t", b"'", b"0"])
    )
    table.data = draw(
        st.sampled_from(
            [
                data[:at],
                data[:at] + byte + data[at:],
                data[:at] + data[at + 1 :],
                data[:at] + byte + data[at + 1 :],
                b"\xef\xbb\xbf" + data,
                data.replace(b"\n", b"\r\n"),
                data.replace(b"\n", b"\r"),
                data.replace(b"\n", b"\r\n", 1),
                data.replace(b",", b";"),
                data.rstrip(b"\r\n"),
                data + b"\n",
                b"\n" + data,
                b"",
                data.decode(errors="replace").encode("utf-16"),
                data.decode(errors="replace").encode("latin-1", "replace"),
            ]
        )
    )


def _field(draw: st.DrawFn, package: Drawn) -> None:
    """One property of one column, changed or added."""
    table = _table(draw, package)
    fields = [field for field in table.schema["fields"] if isinstance(field, dict)]
    if not fields:  # the fault before may have taken them away
        return
    field = draw(st.sampled_from(fields))
    name, value = draw(st.sampled_from(_FIELD_FAULTS))
    if name == "constraints":
        field["constraints"] = {**field.get("constraints", {}), **value}
    elif value is None:
        field.pop(name, None)
    else:
        field[name] = value


_FIELD_FAULTS: tuple[tuple[str, Any], ...] = (
    *(("type", kind.described["type"]) for kind in KINDS),
    ("type", "text"), ("type", 5), ("name", None), ("name", "other"), ("name", "a0"), ("format", "email"),
    ("format", "any"), ("format", "%Y"), ("format", "nonsense"), ("missingValues", ["0"]), ("missingValues", []),
    ("missingValues", "-"), ("trueValues", ["1"]), ("bareNumber", "no"), ("decimalChar", ","), ("groupChar", ","),
    ("itemType", "boolean"), ("itemType", "object"), ("delimiter", "|"), ("required", True), ("example", "x"),
    ("categories", ["x"]),
    *(
        ("constraints", {name: value})
        for name, value in (
            ("required", True), ("required", "yes"), ("unique", True), ("minimum", 5), ("minimum", "2024-01-01"),
            ("minimum", "x"), ("maximum", 5), ("maximum", "1999"), ("exclusiveMinimum", 0),
            ("exclusiveMaximum", "2000-01-01T00:00:00Z"), ("minLength", 3), ("maxLength", 2), ("enum", ["x"]),
            ("enum", [1, "2"]), ("enum", []), ("pattern", "[a-c]+"), ("pattern", "x|y"), ("pattern", "\\W+"),
            ("pattern", "("), ("pattern", "(?i)x"), ("biggest", 1),
        )
    ),
)  # fmt: skip


def _schema(draw: st.DrawFn, package: Drawn) -> None:
    """One property of one schema, changed or added."""
    table = _table(draw, package)
    names = [str(field.get("name")) for field in table.schema["fields"] if isinstance(field, dict)] or ["gone"]
    name, other = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    key, value = draw(
        st.sampled_from(
            [
                ("primaryKey", name),
                ("primaryKey", [name, other]),
                ("primaryKey", "nowhere"),
                ("primaryKey", 5),
                ("uniqueKeys", [[name, other]]),
                ("uniqueKeys", [["nowhere"]]),
                ("fieldsMatch", "subset"),
                ("fieldsMatch", "superset"),
                ("fieldsMatch", ["equal"]),
                ("fieldsMatch", "same"),
                ("missingValues", ["0", "x"]),
                ("missingValues", []),
                ("missingValues", [5]),
                ("missingValues", [{"value": "-", "label": "a"}, {"value": "?", "label": "a"}]),
                ("fields", []),
                ("fields", "a"),
                ("foreignKeys", [{"fields": name, "reference": {"resource": "", "fields": other}}]),
                ("foreignKeys", [{"fields": [name, other], "reference": {"resource": "a", "fields": ["a0", "a0"]}}]),
                ("foreignKeys", [{"fields": [name, other], "reference": {"resource": "a", "fields": ["a0"]}}]),
                ("foreignKeys", [{"fields": name, "reference": {"resource": "nowhere", "fields": "x"}}]),
                ("foreignKeys", [{"fields": "nowhere", "reference": {"resource": "a", "fields": "a0"}}]),
                ("foreignKeys", [{"fields": name}]),
                ("primarykey", name),
            ]
        )
    )
    table.schema[key] = value


def _resource(draw: st.DrawFn, package: Drawn) -> None:
    """One property of one resource, changed or added."""
    table = _table(draw, package)
    key, value = draw(st.sampled_from(_RESOURCE_FAULTS))
    if key == "dialect":
        table.data = table.written()
        table.dialect.update(value)
    else:
        table.resource[key] = value


_RESOURCE_FAULTS: tuple[tuple[str, Any], ...] = (
    ("path", "nowhere.csv"), ("path", "../a.csv"), ("path", "/a.csv"), ("path", "a.xlsx"),
    ("path", ["a.csv", "b.csv"]), ("path", 5), ("name", "a"), ("name", ""), ("name", None),
    ("data", [["a0"], ["x"]]), ("format", "tsv"), ("format", "xlsx"), ("format", 5), ("encoding", "latin-1"),
    ("encoding", "utf-16"), ("encoding", "utf-99"), ("encoding", 5), ("hash", "0" * 32),
    ("hash", "sha256:" + "0" * 64), ("hash", "sha512:0"), ("bytes", 5), ("bytes", "5"), ("rows", 77), ("rows", "77"),
    ("fields", 77), ("stats", {"rows": 77, "bytes": 5}), ("title", 5), ("licenses", [{"title": "x"}]),
    ("licenses", "x"), ("sources", [{"title": "x", "email": "x"}]), ("profile", "tabular-data-resource"),
    ("schema", "nowhere.json"), ("schema", 5), ("type", "table"), ("missingValues", ["-"]),
    ("mediatype", "text/plain"), ("compression", "gz"), ("dialect", {"delimiter": ":"}),
    ("dialect", {"delimiter": 5}), ("dialect", {"header": "yes"}), ("dialect", {"commentChar": "#"}),
    ("dialect", {"headerRows": [1, 2]}), ("dialect", {"escapeChar": "\\"}), ("dialect", {"headerCase": False}),
    ("dialect", {"headerJoin": 5}),
)  # fmt: skip


def _package(draw: st.DrawFn, package: Drawn) -> None:
    """One property of the package, changed or added."""
    key, value = draw(st.sampled_from(_PACKAGE_FAULTS))
    package.descriptor[key] = value


_PACKAGE_FAULTS: tuple[tuple[str, Any], ...] = (
    ("$schema", "https://datapackage.org/profiles/1.0/datapackage.json"),
    ("$schema", "https://datapackage.org/profiles/9.9/datapackage.json"), ("$schema", None), ("name", 5),
    ("name", "Not Allowed"), ("version", 1), ("created", "yesterday"), ("licenses", [{"title": "x"}]),
    ("licenses", 5), ("contributors", [{"title": "A", "email": "nobody at example"}]), ("sources", [{"email": "x"}]),
    ("keywords", "x"), ("keywords", [5]), ("fields", []), ("missingValues", []), ("profile", "tabular-data-package"),
    ("title", 5), ("homepage", 5), ("image", []),
)  # fmt: skip


def _table(draw: st.DrawFn, package: Drawn) -> DrawnTable:
    return draw(st.sampled_from(package.tables))


# Data are at fault more often than what describes them, and a cell most often.
FAULTS: tuple[Fault, ...] = (
    *[_cell] * 6,
    *[_row] * 2,
    _header,
    _column,
    *[_bytes] * 2,
    *[_field] * 3,
    _schema,
    _resource,
    _package,
)
