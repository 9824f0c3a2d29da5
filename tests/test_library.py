"""`import musterroll`: packages as typed frames, the record's balance, and changes, without a judge installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import musterroll
from elsewhere import zip_folder
from golden import build_base
from musterroll.errors import Refused, Unavailable, Unusable
from running import RECORD


def package(folder: Path, fields: list[dict[str, Any]], text: str, **schema: Any) -> Path:
    """A package of one table."""
    folder.mkdir()
    resource = {"name": "table", "path": "table.csv", "schema": {"fields": fields, **schema}}
    (folder / "datapackage.json").write_text(json.dumps({"name": "one", "resources": [resource]}))
    (folder / "table.csv").write_text(text)
    return folder


def column(folder: Path, field: dict[str, Any], *cells: str) -> pd.Series[Any]:
    text = "\n".join(["cell,end", *(f"{cell},x" for cell in cells)]) + "\n"
    opened = musterroll.open(package(folder, [{"name": "cell", **field}, {"name": "end"}], text))
    return opened.table("table")["cell"]


def test_the_record_opens_with_typed_columns() -> None:
    release = musterroll.open(RECORD)

    frame = release.table("deployments")
    assert (release.name, release.tables[0]) == ("haiti-mss", "missions")
    assert frame["personnel_min"].dtype == "Int64"
    assert frame["date_earliest"].dtype == "datetime64[s]"
    assert frame["movement"].dtype == "category"
    assert "rotation_in" in frame["movement"].cat.categories
    assert frame["deployment_id"].dtype == "string"
    assert frame["personnel_best"].sum() == 396
    assert release.balance("2024-10-11")[-1].deployed.best == 396


def test_namibia_is_a_country_and_an_empty_cell_is_missing() -> None:
    countries = musterroll.open(RECORD).table("countries")

    assert countries["name_ht"].isna().sum() == 4
    assert not countries["alpha2"].isna().any()


@pytest.mark.parametrize(
    ("field", "cells", "dtype", "values"),
    [
        ({"type": "integer"}, ["1", "", "-3"], "Int64", [1, None, -3]),
        ({"type": "integer", "groupChar": "'"}, ["1'000"], "Int64", [1000]),
        ({"type": "integer", "bareNumber": False}, ["95%", "€ 7"], "Int64", [95, 7]),
        ({"type": "integer"}, ["9223372036854775808"], "string", ["9223372036854775808"]),
        ({"type": "year"}, ["2024"], "Int64", [2024]),
        ({"type": "number"}, ["1.50", "1e3", "INF"], "Float64", [1.5, 1000.0, float("inf")]),
        ({"type": "number", "decimalChar": ";"}, ["1;5"], "Float64", [1.5]),
        ({"type": "boolean"}, ["true", "0", ""], "boolean", [True, False, None]),
        ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, ["no"], "boolean", [False]),
        ({"type": "date"}, ["0001-01-01", "9999-12-31"], "datetime64[s]", ["0001-01-01", "9999-12-31"]),
        ({"type": "date", "format": "%d.%m.%Y"}, ["31.12.2024"], "datetime64[s]", ["2024-12-31"]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00"], "datetime64[us]", ["2024-01-01T10:00:00"]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00Z"], "string", ["2024-01-01T10:00:00Z"]),
        ({"type": "string"}, ["NA", "007", "null", ""], "string", ["NA", "007", "null", None]),
        ({"type": "string", "missingValues": ["-"]}, ["-", ""], "string", [None, ""]),
        ({"type": "duration"}, ["P1D"], "string", ["P1D"]),
        ({}, ["1"], "string", ["1"]),
    ],
)
def test_a_column_has_the_type_that_its_schema_says(
    field: dict[str, Any], cells: list[str], dtype: str, values: list[Any], tmp_path: Path
) -> None:
    found = column(tmp_path / "one", field, *cells)

    assert found.dtype == dtype
    if dtype.startswith("datetime"):
        assert [value.isoformat()[: len(text)] for value, text in zip(found, values, strict=True)] == values
    else:
        assert [None if pd.isna(value) else value for value in found] == values


def test_ordered_categories_are_ordered(tmp_path: Path) -> None:
    field = {"type": "string", "categories": [{"value": "low", "label": "Low"}, "high"], "categoriesOrdered": True}

    found = column(tmp_path / "one", field, "high", "", "low")

    assert found.max() == "high"
    assert found.isna().sum() == 1


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ({"type": "integer"}, "1.5"),
        ({"type": "integer"}, "1_000"),
        ({"type": "integer"}, "٣"),
        ({"type": "number"}, "much"),
        ({"type": "boolean"}, "yes"),
        ({"type": "date"}, "20240101"),
        ({"type": "string", "categories": ["a"]}, "b"),
    ],
)
def test_a_cell_that_is_no_value_of_its_type_is_named_with_its_place(
    field: dict[str, Any], cell: str, tmp_path: Path
) -> None:
    with pytest.raises(Unusable, match=rf"table\.csv:2: cell is '{cell}'"):
        column(tmp_path / "one", field, cell)


def test_an_archive_opens_like_its_folder_and_can_be_asked_when_it_is_closed(tmp_path: Path) -> None:
    folder = build_base("ferries", tmp_path / "ferries")
    archive = zip_folder(folder, tmp_path / "ferries.zip")

    pd.testing.assert_frame_equal(
        musterroll.open(archive).table("crossings"), musterroll.open(folder).table("crossings")
    )


def test_a_table_in_the_descriptor_is_a_table_and_a_text_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    resources = [{"name": "inline", "data": [{"a": 1}, {"a": 2}]}, {"name": "notes", "path": "notes.txt"}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}))

    release = musterroll.open(tmp_path)

    assert release.tables == ("inline",)
    assert list(release.table("inline")["a"]) == ["1", "2"]
    with pytest.raises(KeyError, match="has no table notes; it has inline"):
        release.table("notes")
    with pytest.raises(Unusable, match="does not follow the mission-record profile"):
        release.balance("2024-01-01")


@pytest.mark.parametrize(
    ("break_it", "error", "said"),
    [
        (lambda folder: (folder / "data/crossings.csv").unlink(), Unusable, "does not exist"),
        (lambda folder: (folder / "data/crossings.csv").write_text('a"\n'), Unusable, "data/crossings.csv:1"),
        (lambda folder: (folder / "datapackage.json").write_text("{"), Unusable, "datapackage.json:1"),
        (lambda folder: (folder / "datapackage.json").unlink(), Unavailable, "there is no datapackage.json"),
        (
            lambda folder: (folder / "datapackage.json").write_text(
                '{"resources": [{"name": "a", "path": "/etc/passwd"}]}'
            ),
            Refused,
            "datapackage.json:1",
        ),
    ],
)
def test_what_cannot_be_opened_says_why(break_it: Any, error: type[Exception], said: str, tmp_path: Path) -> None:
    folder = build_base("ferries", tmp_path / "ferries")
    break_it(folder)

    with pytest.raises(error, match=said):
        musterroll.open(folder)
    with pytest.raises(Refused if error is Refused else Unavailable):
        list(musterroll.diff(folder, RECORD))


def test_a_release_says_how_to_cite_it_and_one_without_a_version_cannot_be_cited(tmp_path: Path) -> None:
    unversioned = package(tmp_path / "unversioned", [{"name": "cell"}], "cell\n1\n")

    assert musterroll.open(RECORD).citation == (
        "Haiti MSS record maintainers (2026). Pledged and present: the international security missions in Haiti "
        "(version 1.0.0) [Data set]."
    )
    with pytest.raises(Unusable, match="one has no version"):
        _ = musterroll.open(unversioned).citation


def test_changes_come_one_after_the_other(tmp_path: Path) -> None:
    old, new = build_base("ferries", tmp_path / "old"), build_base("ferries", tmp_path / "new")
    data = new / "data/crossings.csv"
    data.write_text(data.read_text().replace(",77,", ",78,"))

    (change,) = musterroll.diff(old, new)

    assert (change.kind, change.key, change.cells[0].new) == ("row_changed", {"crossing_id": "1"}, "78")


def test_nothing_else_is_public_and_nothing_is_imported_before_it_is_used() -> None:
    script = (
        "import sys, musterroll; assert 'pandas' not in sys.modules and 'duckdb' not in sys.modules;"
        "musterroll.open; assert 'pandas' not in sys.modules; print(sorted(musterroll.__all__))"
    )

    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert result.stdout == "['PROFILE', 'PROFILE_VERSION', 'Release', '__version__', 'diff', 'open']\n"
    with pytest.raises(AttributeError, match="musterroll has no table"):
        musterroll.table  # noqa: B018 (looking it up is the test)
