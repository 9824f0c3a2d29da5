"""Every export reads a column in the same way: exactly by its type, or as the text that stands there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exporting import one_column
from musterroll.release.exports.names import distinct, file_stems, utf16_length
from musterroll.typed.columns import number_text, typed_columns


@pytest.mark.parametrize(
    ("field", "cells", "kind", "values"),
    [
        ({"type": "integer"}, ["1", "", "-3", "+4"], "integer", [1, None, -3, 4]),
        ({"type": "integer"}, [str(2**64 + 1), str(2**53 + 1)], "integer", [2**64 + 1, 2**53 + 1]),
        ({"type": "integer"}, ["9" * 1000], "integer", [10**1000 - 1]),
        ({"type": "integer", "groupChar": "'"}, ["1'000"], "integer", [1000]),
        ({"type": "integer", "bareNumber": False}, ["95", "-7"], "integer", [95, -7]),
        ({"type": "year"}, ["2024"], "integer", [2024]),
        ({"type": "number"}, ["0.1", "1e400", "INF"], "number", [Decimal("0.1"), Decimal("1e400"), Decimal("inf")]),
        ({"type": "number", "decimalChar": ","}, ["1,5"], "number", [Decimal("1.5")]),
        ({"type": "boolean"}, ["true", "0", ""], "boolean", [True, False, None]),
        ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, ["no", "yes"], "boolean", [False, True]),
        ({"type": "date"}, ["0001-01-01", "9999-12-31"], "date", [date.min, date.max]),
        ({"type": "date", "format": "%d.%m.%Y"}, ["31.12.2024"], "date", [date(2024, 12, 31)]),
        ({"type": "date", "format": "%Y-%j"}, ["2024-060"], "date", [date(2024, 2, 29)]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00.25"], "datetime", [datetime(2024, 1, 1, 10, 0, 0, 250000)]),
        ({"type": "string"}, ["NA", "007", "null", "NO", ""], "text", ["NA", "007", "null", "NO", None]),
        ({"type": "string", "missingValues": ["-"]}, ["-", ""], "text", [None, ""]),
        ({"type": "duration"}, ["P1D"], "text", ["P1D"]),
        ({}, ["1"], "text", ["1"]),
    ],
)
def test_a_column_of_plain_values_has_its_type(
    field: dict[str, Any], cells: list[str], kind: str, values: list[Any], tmp_path: Path
) -> None:
    column, _ = typed_columns(one_column(tmp_path, field, *cells).tables["t"])

    assert (column.name, column.kind, column.values) == ("cell", kind, values)
    assert [type(value) for value in column.values] == [type(value) for value in values]


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ({"type": "integer"}, ["1", "1.0"]),
        ({"type": "integer"}, ["1e999999999"]),
        ({"type": "integer"}, ["1_000"]),
        ({"type": "integer"}, ["9" * 1001]),
        ({"type": "integer"}, ["-INF"]),
        ({"type": "integer", "bareNumber": False}, ["1", "95%"]),
        ({"type": "number", "bareNumber": False}, ["€ 7"]),
        ({"type": "number"}, ["NaN"]),
        ({"type": "number"}, ["1e9999999999999999999999"]),
        ({"type": "boolean"}, ["yes"]),
        ({"type": "boolean", "trueValues": ["yes"]}, ["true"]),
        ({"type": "date"}, ["2024-02-30"]),
        ({"type": "date"}, ["20240201"]),
        ({"type": "date", "format": "%d.%m."}, ["31.12."]),
        ({"type": "date", "format": "%Y-%m"}, ["2024-02"]),
        ({"type": "datetime", "format": "%Y-%m-%d"}, ["2024-02-01"]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00Z"]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00.1234567"]),
        ({"type": "datetime"}, ["2024-01-01"]),
    ],
)
def test_a_column_with_one_other_value_is_text_as_it_stands(
    field: dict[str, Any], cells: list[str], tmp_path: Path
) -> None:
    column, _ = typed_columns(one_column(tmp_path, field, *cells, "").tables["t"])

    assert (column.kind, column.values) == ("text", [*cells, None])


def test_numbers_are_written_out_exactly() -> None:
    assert number_text(10**5000 - 1) == "9" * 5000
    assert number_text(Decimal("0.10")) == "0.10"
    assert [number_text(Decimal(text)) for text in ("inf", "-inf")] == ["INF", "-INF"]


def test_names_that_collide_get_a_number() -> None:
    assert distinct(["a", "A", "a_2", "", " ", "é", "e\u0301"]) == ["a", "A_2", "a_2_2", "_2", " _2", "é", "e\u0301_2"]
    assert distinct(["b", "a"], taken=["B"]) == ["b_2", "a"]
    assert distinct(["a", "A"], key=str) == ["a", "A"]


def test_names_that_are_too_long_stay_distinct_within_the_limit() -> None:
    names = distinct(["x" * 40, "x" * 41, "😀" * 20], longest=31)

    assert names == ["x" * 31, "x" * 29 + "_2", "😀" * 15]
    assert all(utf16_length(name) <= 31 for name in names)


def test_names_of_files_lead_nowhere_else_and_are_files_on_every_system() -> None:
    names = ["../../etc/passwd", "a/b", "A/B", "con", ".hidden", "x.", "tâche-1.0+b_2", "", '<b>\n"*?|', "é" * 200]

    stems = list(file_stems(names).values())

    assert stems[:9] == ["_.._etc_passwd", "a_b", "A_B_2", "_con", "hidden", "x", "tâche-1.0+b_2", "_", "_b______"]
    assert len(stems[9].encode()) == 220
