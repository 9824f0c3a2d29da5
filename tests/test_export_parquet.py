"""Parquet: every value exactly, in the narrowest type that holds all of a column, and every change is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exporting import exported, one_column, stage
from golden import build_base
from musterroll.release.content import Content
from musterroll.release.exports import parquet

_TENTH = "0.1000000000000000000000000000000001"  # 34 digits


@pytest.mark.parametrize(
    ("field", "cells", "type"),
    [
        ({"type": "integer"}, ["1", "", str(-(2**63))], pa.int64()),
        ({"type": "integer"}, ["1", str(2**63)], pa.decimal128(38, 0)),
        ({"type": "integer"}, ["9" * 38], pa.decimal128(38, 0)),
        ({"type": "integer"}, ["9" * 39], pa.string()),
        ({"type": "year"}, ["2024"], pa.int64()),
        ({"type": "number"}, ["0.1", "-2.5e300", "INF", "-INF", ""], pa.float64()),
        ({"type": "number"}, [_TENTH, "1e3", "-7", ""], pa.decimal128(38, 34)),
        ({"type": "number"}, [str(2**53 + 1), "0.5"], pa.decimal128(38, 1)),
        ({"type": "number"}, [_TENTH, "123456"], pa.string()),
        ({"type": "number"}, [_TENTH, "INF"], pa.string()),
        ({"type": "number"}, ["1e400"], pa.string()),
        ({"type": "number"}, ["1e999999"], pa.string()),
        ({"type": "boolean"}, ["true", "", "false"], pa.bool_()),
        ({"type": "date"}, ["0001-01-01", "1850-07-01", "9999-12-31", ""], pa.date32()),
        ({"type": "datetime"}, ["0001-01-01T00:00:00", "2024-01-01T10:00:00.000001"], pa.timestamp("us")),
        ({"type": "datetime"}, ["2024-01-01T10:00:00Z"], pa.string()),
        ({"type": "string"}, ["=1+1", "NA", "007", "a\r\nb", "\x00", "😀", ""], pa.string()),
        ({"type": "string", "missingValues": ["NA"]}, ["NA", ""], pa.string()),
        ({"type": "integer", "categories": [1, 2]}, ["1"], pa.int64()),
        ({"type": "string", "categories": ["b", "a"]}, ["a", ""], pa.dictionary(pa.int32(), pa.string())),
        (
            {"type": "string", "categories": ["b", "a"], "categoriesOrdered": True},
            ["other", "b"],
            pa.dictionary(pa.int32(), pa.string(), ordered=True),
        ),
    ],
)
def test_a_column_has_the_narrowest_type_that_loses_nothing(
    field: dict[str, Any], cells: list[str], type: pa.DataType, tmp_path: Path
) -> None:
    path = exported(parquet, one_column(tmp_path, field, *cells), tmp_path / "release")

    assert pq.read_schema(path).field("cell").type == type


def test_the_file_says_what_it_is_and_what_its_columns_mean(tmp_path: Path) -> None:
    field = {"type": "integer", "title": "Cell", "description": "A <b>cell</b>.", "constraints": {"required": True}}
    schema = pq.read_schema(exported(parquet, one_column(tmp_path, field, "1"), tmp_path / "release"))

    told = {key: value for key, value in schema.metadata.items() if key != b"ARROW:schema"}
    assert told == {b"package_name": b"made-up", b"package_version": b"1.0.0", b"table": b"t"}
    metadata = schema.field("cell").metadata
    assert (metadata[b"title"], metadata[b"description"]) == (b"Cell", b"A <b>cell</b>.")
    assert (schema.field("cell").nullable, schema.field("row").nullable) == (False, True)


def test_a_required_cell_that_is_missing_all_the_same_is_exported(tmp_path: Path) -> None:
    content = one_column(tmp_path, {"constraints": {"required": True}}, "a", "")

    assert pq.read_schema(exported(parquet, content, tmp_path / "release")).field("cell").nullable


def test_columns_whose_names_differ_in_case_only_are_both_there(tmp_path: Path) -> None:
    content = one_column(tmp_path, {"name": "Row"}, "x")

    assert pq.read_schema(exported(parquet, content, tmp_path / "release")).names == ["Row", "row"]


def test_any_folder_will_do(tmp_path: Path) -> None:
    """Other readers take these characters of a path for a pattern."""
    folder = tmp_path / "a[b]*?'"
    content = one_column(folder, {}, "x")
    exported(parquet, content, folder / "release")


def place(content: Content, folder: Path) -> Path:
    return folder / parquet.files(content)[-1].path


def born(table: pa.Table, *days: date | None) -> pa.Table:
    """The table with other days of birth."""
    return table.set_column(3, table.schema.field("born"), pa.array(days, pa.date32()))


_BIRTH = date(1980, 2, 29)
_CHANGES: list[tuple[Callable[[pa.Table], pa.Table], list[str]]] = [
    (
        lambda table: table.set_column(2, "name", pa.array(["Marie", "x\x1b[31m\ny", "Rose"])),
        [r"""row 2 (id 2): name is 'x\x1b[31m\ny', in the table 'Jean "Ti" Paul\nknown as Polo'"""],
    ),
    (
        lambda table: born(table, _BIRTH, date(1991, 11, 6), None),
        ["row 2 (id 2): born is 1991-11-06, in the table 1991-11-05"],
    ),
    (lambda table: born(table, _BIRTH, None, None), ["row 2 (id 2): born is missing, in the table 1991-11-05"]),
    (lambda table: table.set_column(0, "id", pa.array(["1", "2", "3"])), ["the column id is VARCHAR, not BIGINT"]),
    (
        lambda table: table.set_column(0, "id", pa.array([[1], [2], [3]])),
        ["the column id is missing", "the column element is not in the table"],
    ),
    (lambda table: table.drop_columns(["born"]), ["the column born is missing"]),
    (lambda table: table.append_column("<x>", pa.array([1, 2, 3])), ["the column '<x>' is not in the table"]),
    (
        lambda table: table.select(["place", "id", *table.column_names[2:]]),
        ["the columns stand in another order: place, id, name, born, role, badge"],
    ),
    (lambda table: table.take([0, 2, 1]), ["the rows stand in another order from row 2 (id 2) on"]),
    (lambda table: table.take([0, 2]), ["it has 2 rows, the table 3", "row 2 (id 2) is missing"]),
    (
        lambda table: table.take([0, 1, 2, 2, 0, 2]),
        [
            "it has 6 rows, the table 3",
            "a row too many: 1, PAP, Marie, 1980-02-29",
            "2 equal rows too many: 3, CAP, Rose, missing",
        ],
    ),
    (lambda table: table.take([0] * 5000), ["it has 5,000 rows, the table 3"]),
]


@pytest.mark.parametrize(("change", "said"), _CHANGES)
def test_every_change_is_named(change: Callable[[pa.Table], pa.Table], said: list[str], tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    exported(parquet, content, tmp_path / "release")
    path = place(content, tmp_path / "release")
    pq.write_table(change(pq.read_table(path)), path)

    found = list(parquet.differences(content, tmp_path / "release"))
    assert found == [f"exports/parquet/people.parquet: {sentence}" for sentence in said]


@pytest.mark.parametrize(
    ("field", "cell", "other"),
    [
        ({"type": "number"}, "0.5", pa.array([0.5000000000000001])),
        ({"type": "number"}, "0.5", pa.array([float("nan")])),
        ({"type": "number"}, _TENTH, pa.array([Decimal("0.1")], pa.decimal128(38, 34))),
        ({"type": "number"}, "1e400", pa.array(["NaN"])),
        ({"type": "number"}, "1e400", pa.array(["1e400 "])),
        ({"type": "integer"}, "9" * 39, pa.array(["9" * 38 + "8"])),
        ({"type": "integer"}, "9" * 39, pa.array(["9" * 39 + ".0"])),
        ({"type": "boolean"}, "true", pa.array([False])),
        ({"type": "string"}, "", pa.array([""])),
        ({"type": "string", "missingValues": []}, "", pa.array([None], pa.string())),
    ],
)
def test_the_smallest_change_of_a_value_is_named(
    field: dict[str, Any], cell: str, other: pa.Array, tmp_path: Path
) -> None:
    content = one_column(tmp_path, field, cell)
    path = exported(parquet, content, tmp_path / "release")
    table = pq.read_table(path)
    pq.write_table(table.set_column(0, "cell", other), path)

    (sentence,) = parquet.differences(content, tmp_path / "release")
    assert sentence.startswith("exports/parquet/t.parquet: row 1: cell is ")


def test_duckdb_and_pandas_read_the_file_as_it_is_meant(tmp_path: Path) -> None:
    content = stage(build_base("ferries", tmp_path / "ferries"), tmp_path / "release")
    path = exported(parquet, content, tmp_path / "release")

    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT sum(passengers), max(day) FROM '{path}'").fetchall()
    assert found == [(4580, date(2024, 5, 2))]
    assert str(pq.read_table(path).to_pandas()["weather"].dtype) == "category"
