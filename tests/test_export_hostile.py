"""Whatever a package holds, every export of it is equal to its tables, and no single change of a cell is overlooked."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exporting import Stated, content_of
from musterroll.release.content import Content
from musterroll.release.exports import EXPORTERS, parquet, sqlite, xlsx
from musterroll.release.exports.exporter import Exporter
from musterroll.release.exports.xlsx_sheets import fitted
from musterroll.typed.columns import Value, typed_columns

pytestmark = pytest.mark.slow

# What spreadsheets, databases and their readers are known to take for something else.
HOSTILE = [
    *("=1+1", "+1", "-1", "@x", "{=1}", "=cmd|' /C calc'!A0", "NA", "None", "null", "NaN", "NO", "TRUE", "#N/A", "INF"),
    *("007", "1E5", "0x1F", "1_000", "1,000", "5 ", " 5", "٣", "１２", "1.0", "1e999999999", "-0", "+5", "1."),
    *("2024-02-30", "2024-2-3", "12024-01-01", "1850-07-01", "1900-02-29", "9999-12-31", "2024-01-01T00:00:00Z"),
    *(str(2**53 + 1), str(2**63), str(2**64 + 1), "9" * 40, "0.1" + "0" * 32 + "1", "0.30000000000000004", "1e400"),
    *(
        "\ufeff",
        "\x00",
        "\x07\x1b[31m",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufffe",
        "\uffff",
        "😀",
        "e\u0301",
        "\t",
        " ",
        "\n",
    ),
    *("a\r\nb", "a\rb", '"', "'", "''", '""', "a,b", "<b>&amp;", "]]>", "<r><t>x</t></r>", "_x0041_", "_x005F_x0041_"),
    *("'; DROP TABLE t; --", "a\x00b", "x" * 32_768, "😀" * 16_384, "../../x", "%s", "{0}", "$1", "\\", "\\n"),
]
_HOSTILE = st.sampled_from(HOSTILE) | st.text(max_size=5)
_CELLS: dict[str, st.SearchStrategy[str]] = {
    "integer": st.integers().map(str) | st.integers(-2, 2).map(str),
    "year": st.integers(1800, 2100).map(str),
    "number": st.decimals(allow_nan=False, allow_infinity=False).map(str) | st.floats(allow_nan=False).map(repr),
    "boolean": st.sampled_from(["true", "false", "0", "1"]),
    "date": st.dates().map(str) | st.sampled_from(["1900-02-28", "1900-03-01"]),
    "datetime": st.datetimes().map(lambda moment: moment.isoformat()),
    "string": _HOSTILE,
    "time": st.times().map(str),
    "duration": st.just("P1D"),
}
_CONSTRAINTS = st.dictionaries(
    st.sampled_from(["required", "unique", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "enum"]),
    st.sampled_from([True, 1, 0, "1", 2**70, 0.5, "2024-01-01", "x", None]) | st.lists(_HOSTILE, max_size=3),
    max_size=2,
).map(lambda made: {name: value for name, value in made.items() if isinstance(value, list) == (name == "enum")})


@st.composite
def columns(draw: st.DrawFn) -> tuple[dict[str, Any], st.SearchStrategy[str]]:
    """A field, and cells most of which are values of its type."""
    type = draw(st.sampled_from(sorted(_CELLS)))
    field: dict[str, Any] = {"type": type}
    field["name"] = draw(st.sampled_from(["a", "A", "b", "rowid", "select", 'q"', "=1", ""]) | _HOSTILE)
    if constraints := draw(_CONSTRAINTS):
        field["constraints"] = constraints
    if draw(st.booleans()) and draw(st.booleans()):
        field["categories"] = draw(st.lists(_HOSTILE, min_size=1, max_size=3))
    cells = _CELLS[type]
    if draw(st.booleans()):
        cells |= st.sampled_from(["", "NA"])
    if draw(st.booleans()) and draw(st.booleans()):
        cells |= _HOSTILE
    return field, cells


@st.composite
def tables(draw: st.DrawFn) -> Stated:
    """A schema, keys and missing values among it, and rows."""
    made = draw(st.lists(columns(), min_size=1, max_size=4, unique_by=lambda column: str(column[0]["name"])))
    names = [field["name"] for field, _ in made]
    schema: dict[str, Any] = {"fields": [field for field, _ in made]}
    schema["missingValues"] = draw(st.sampled_from([[""], ["NA"], ["", "NA"], []]))
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        schema["uniqueKeys"] = [draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))]
    if draw(st.booleans()):
        reference = {"resource": draw(st.sampled_from(["", "t", "u"])), "fields": [draw(st.sampled_from(names))]}
        schema["foreignKeys"] = [{"fields": [draw(st.sampled_from(names))], "reference": reference}]
    return schema, draw(st.lists(st.tuples(*(cells for _, cells in made)).map(list), max_size=5))


_SETTINGS = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_SETTINGS
@given(first=tables(), second=tables())
def test_every_export_of_every_package_is_equal_to_its_tables(first: Stated, second: Stated) -> None:
    with tempfile.TemporaryDirectory() as place:
        content = content_of(Path(place), {"t": first, "u": second}, inline=True)
        for exporter in EXPORTERS:
            exporter.write(content, Path(place))
            assert list(exporter.differences(content, Path(place))) == []


_READERS: dict[str, Any] = {
    "integer": int,
    "number": lambda text: Decimal(text.replace("INF", "Infinity")),
    "boolean": lambda text: text.lower() in {"true", "1"},
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "text": str,
}


@_SETTINGS
@given(table=tables())
def test_a_value_is_what_the_standard_library_reads_in_the_cell(table: Stated) -> None:
    schema, rows = table
    with tempfile.TemporaryDirectory() as place:
        content = content_of(Path(place), {"t": table}, inline=True)
    for position, column in enumerate(typed_columns(content.tables["t"])):
        texts = [None if row[position] in schema["missingValues"] else row[position] for row in rows]

        assert column.values == [None if text is None else _READERS[column.kind](text) for text in texts]


@_SETTINGS
@given(table=tables(), data=st.data(), exporter=st.sampled_from([parquet, sqlite, xlsx]))
def test_no_change_of_a_single_cell_is_overlooked(table: Stated, data: st.DataObject, exporter: Exporter) -> None:
    schema, rows = table
    assume(rows)
    with tempfile.TemporaryDirectory() as place:
        content = content_of(Path(place), {"t": table}, inline=True)
        exporter.write(content, Path(place))
        row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(schema["fields"]) - 1))
        before = values(content, exporter)
        content.tables["t"].rows[row][column] = data.draw(_CELLS[schema["fields"][column]["type"]] | _HOSTILE)
        assume(values(content, exporter) != before)

        assert list(exporter.differences(content, Path(place)))


def values(content: Content, exporter: Exporter) -> list[list[Value | None]]:
    """The values of the table, as far as the export can tell them apart."""
    found = [column.values for column in typed_columns(content.tables["t"])]
    if exporter is not xlsx:
        return found
    return [[fitted(value) or None if isinstance(value, str) else value for value in column] for column in found]
