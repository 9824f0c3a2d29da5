"""Some rows of a table, without a line of SQL more than the condition."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

import musterroll
from golden import build_base
from running import RECORD, muster


def test_without_a_table_it_says_which_there_are() -> None:
    lines = muster("show").stdout.splitlines()

    assert lines[0].split() == ["table", "rows", "columns", "title"]
    assert any(line.startswith("deployments ") for line in lines)
    assert any(line.startswith("balance ") and "derived: " in line for line in lines)


def test_rows_are_chosen_sorted_and_cut_to_columns() -> None:
    result = muster(
        "show", "deployments", RECORD, "--where", "country_code = 'KEN'", "--where", "movement = 'arrival'",
        "--columns", "deployment_id, personnel_best", "--sort", "-deployment_id", "--format", "csv",
    )  # fmt: skip

    assert result.stdout == "deployment_id,personnel_best\nD-0002,200\nD-0001,196\n"


def test_a_condition_cannot_swallow_the_next_one() -> None:
    shown = muster("show", "deployments", RECORD, "--where", "1 = 1 --", "--where", "1 = 2", "--format", "json")

    assert json.loads(shown.stdout)["rows"] == []


def test_columns_are_described_in_the_words_of_the_schema() -> None:
    rows = json.loads(muster("show", "deployments", RECORD, "--describe", "--format", "json").stdout)["rows"]
    fields = musterroll.open(RECORD).texts["deployments"].schema.fields

    assert [row["column"] for row in rows] == list(fields)
    assert [row["description"] for row in rows] == [field["description"] for field in fields.values()]
    assert rows[0]["required"] is True


def test_a_table_or_column_that_is_not_there_is_wrong_use_with_what_there_is() -> None:
    table, column = muster("show", "deployment", RECORD), muster("show", "deployments", RECORD, "--columns", "a")

    assert (table.code, column.code) == (2, 2)
    assert "did you mean deployments?" in table.stderr
    assert "strengths" in table.stderr
    assert "there is no table zzz; there are" in muster("show", "zzz", RECORD).stderr


@pytest.mark.parametrize("arguments", [["--where", "1 = 1"], ["missions", "--describe", "--sort", "mission_id"]])
def test_options_that_choose_rows_need_rows(arguments: list[str]) -> None:
    assert muster("show", *arguments).code == 2


def test_names_that_sql_would_trip_over_are_shown_as_they_are(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")
    release = musterroll.open(package)
    name = release.tables[0]

    shown = muster("show", name, package, "--format", "csv").stdout

    assert shown.splitlines()[0].split(",") == list(release.texts[name].header)


def test_a_frame_of_polars_and_a_table_of_arrow_hold_the_same_values_as_the_frame_of_pandas() -> None:
    release = musterroll.open(RECORD)
    for name in release.tables:
        arrow, polars, pandas = release.as_arrow(name), release.as_polars(name), release.table(name)

        assert isinstance(arrow, pa.Table)
        assert polars.columns == list(pandas.columns) == arrow.column_names
        assert polars.height == len(pandas) == arrow.num_rows
        assert polars.null_count().row(0) == tuple(pandas.isna().sum())
    deployments = release.as_polars("deployments")
    assert deployments.schema["personnel_best"] == pl.Int64
    assert deployments.schema["date_earliest"] == pl.Date
    assert deployments["personnel_best"].sum() == release.table("deployments")["personnel_best"].sum()


def test_a_table_that_is_not_there_is_a_key_error_that_names_those_that_are() -> None:
    release = musterroll.open(RECORD)

    for ask in (release.as_polars, release.as_arrow, release.table):
        with pytest.raises(KeyError, match="deployments"):
            ask("deployment")


def test_the_database_is_the_callers_own_and_can_be_joined_with_other_data() -> None:
    with musterroll.open(RECORD).as_duckdb() as connection:
        connection.execute("CREATE TABLE mine AS SELECT 'KEN' AS country_code")
        connection.execute("SELECT name_en FROM countries JOIN mine USING (country_code)")

        assert connection.fetchall() == [("Kenya",)]


def test_what_cannot_be_asked_is_told_of_the_option_that_asks_it() -> None:
    quoted = muster("show", "deployments", RECORD, "--where", 'country_code = "KEN"').stderr
    sorted_by = muster("show", "deployments", RECORD, "--sort", "nowhere").stderr

    assert "Invalid value for --where" in quoted
    assert "single quotes" in quoted
    assert "Invalid value for --sort" in sorted_by
    assert "single quotes" not in sorted_by
    assert muster("show", "deployments", RECORD, "--where", " ").code == 2
