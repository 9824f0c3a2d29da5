"""A researcher's first question: any table, filtered and counted, without leaving the package or changing it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

import musterroll
from golden import build_base
from musterroll.errors import Refused, Unusable
from musterroll.query.answer import asked
from musterroll.query.database import database, lock
from running import RECORD, muster
from test_formats import schema

_MUSTER = "import muster_cli; muster_cli.main()"


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """The first release, locked, as `muster query` asks it."""
    opened = musterroll.open(RECORD).as_duckdb()
    lock(opened)
    return opened


def test_tables_are_asked_by_name_with_the_types_of_their_schemas(connection: duckdb.DuckDBPyConnection) -> None:
    answer = asked(
        connection, "SELECT deployment_id, personnel_best, date_earliest FROM deployments ORDER BY 1 LIMIT 1"
    )

    assert answer.columns == (("deployment_id", "VARCHAR"), ("personnel_best", "BIGINT"), ("date_earliest", "DATE"))
    assert [(id, number, str(day)) for id, number, day in answer.rows] == [("D-0001", 196, "2024-06-25")]


def test_derived_tables_are_those_that_a_release_holds(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ("balance", "strength", "funding", "coverage", "latest"):
        with Path(RECORD, f"exports/derived/{name}.csv").open(encoding="utf-8", newline="") as stream:
            written = list(csv.reader(stream))
        answer = asked(connection, f"SELECT COLUMNS(*)::VARCHAR FROM derived.{name}")

        assert [list(answer.names), *([cell or "" for cell in row] for row in answer.rows)] == written


def test_a_table_of_the_package_keeps_its_name_and_the_derived_one_is_reached_by_its_schema(tmp_path: Path) -> None:
    release = musterroll.open(build_base("mission", tmp_path / "package"))
    tables = {**release.texts, "balance": release.texts["missions"]}
    held = database(tables, release._record)

    assert "authorised_from" in asked(held, "FROM balance").names
    assert "deployed_best" in asked(held, "FROM derived.balance").names


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM deployments",
        "DROP TABLE deployments",
        "COPY deployments TO 'stolen.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "SET threads = 1",
        "CALL pragma_version()",
        "SELECT 1; SELECT 2",
        "PIVOT deployments ON movement",
        "FROM read_csv('/etc/passwd')",
        "FROM glob('/*')",
        "FROM read_text('datapackage.json')",
    ],
)
def test_what_would_change_or_reach_anything_is_refused(sql: str, connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(Refused):
        list(asked(connection, sql).rows)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("", "SHOW TABLES"),
        ("SELEC 1", "syntax error"),
        ("SELECT nope FROM deployments", "nope"),
        ("FROM deployment", 'Did you mean "deployments"'),
        ("SELECT 1 AS a, 2 AS a", "two columns are called a"),
        ("SELECT CAST(note AS INTEGER) FROM deployments", "Could not convert"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    sql: str, said: str, connection: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(Unusable, match=said):
        list(asked(connection, sql).rows)


def test_no_variable_of_python_is_a_table(connection: duckdb.DuckDBPyConnection) -> None:
    frame = musterroll.open(RECORD).table("missions")

    assert len(frame)
    with pytest.raises(Unusable, match="frame"):
        asked(connection, "FROM frame")


def test_json_follows_its_schema_and_holds_every_kind_of_value() -> None:
    sql = (
        "SELECT 1 AS a, 1.50 AS b, 'x' AS c, NULL AS d, DATE '2024-06-25' AS e, true AS f, [1, 2] AS g, "
        "{'k': DATE '2024-06-25'} AS h, 'inf'::DOUBLE AS i, '-inf'::DOUBLE AS j, 'nan'::DOUBLE AS k, 2.5::DOUBLE AS l, "
        "'ab'::BLOB AS m, TIME '10:00:00' AS n, INTERVAL 1 DAY AS o"
    )
    result = muster("query", sql, RECORD, "--format", "json")
    document = json.loads(result.stdout)

    schema("rows-1").validate(document)
    (row,) = document["rows"]
    assert list(row.values())[:8] == [1, "1.50", "x", None, "2024-06-25", True, [1, 2], {"k": "2024-06-25"}]
    assert list(row.values())[8:] == ["INF", "-INF", "NaN", 2.5, "6162", "10:00:00", "1 day, 0:00:00"]


def test_csv_is_complete_and_reads_back_as_the_file_that_it_came_from() -> None:
    result = muster("query", "FROM deployments", RECORD, "--format", "csv")

    assert result.stdout == Path(RECORD, "data/deployments.csv").read_text(encoding="utf-8")


def test_a_list_in_csv_is_json() -> None:
    result = muster("query", "SELECT [1, 2] AS a, true AS b", RECORD, "--format", "csv")

    assert list(csv.reader(io.StringIO(result.stdout)))[1] == ["[1, 2]", "true"]


def test_parquet_holds_the_rows_with_their_types_and_needs_a_file(tmp_path: Path) -> None:
    target = tmp_path / "kenya.parquet"
    sql = "SELECT date_earliest, personnel_best FROM deployments WHERE country_code = 'KEN'"
    result = muster("query", sql, RECORD, "--format", "parquet", "--output", target)
    stored = pq.read_table(target)

    assert result.code == 0
    assert [str(field.type) for field in stored.schema] == ["date32[day]", "int64"]
    assert stored.num_rows == 2
    assert muster("query", sql, RECORD, "--format", "parquet").code == 2


def test_what_parquet_cannot_hold_is_said() -> None:
    with pytest.raises(Unusable, match="Parquet cannot hold"):
        asked(musterroll.open(RECORD).as_duckdb(), "SELECT union_value(a := 1) AS u").parquet()


def test_text_says_how_many_rows_there_are_and_what_is_not_shown() -> None:
    short = muster("query", "SELECT evidence_id FROM evidence", RECORD).stdout
    whole = muster("query", "SELECT evidence_id FROM evidence", RECORD, "--all").stdout
    rows = len(musterroll.open(RECORD).texts["evidence"].rows)

    assert f"… and {rows - 100:,} more rows" in short
    assert len(whole.splitlines()) == rows + 2
    assert whole.endswith(f"{rows:,} rows\n")


def test_a_table_too_wide_for_the_page_is_told_row_by_row_with_nothing_cut() -> None:
    text = muster("query", "FROM sources WHERE source_id = 'seed-003'", RECORD).stdout
    wanted = musterroll.open(RECORD).table("sources").set_index("source_id").loc["seed-003"].dropna()

    assert text.startswith("source_id")
    assert all(name in text for name in wanted.index)
    assert text.endswith("1 row\n")


def test_a_cell_or_a_name_cannot_speak_to_the_terminal() -> None:
    text = muster("query", "SELECT chr(27) || '[31m[bold]x' AS \"a\u202eb\"", RECORD).stdout

    assert "\x1b" not in text
    assert "\\x1b[31m[bold]x" in text
    assert "a\\u202eb" in text


def test_wrong_sql_is_wrong_use_and_a_change_is_refused() -> None:
    assert muster("query", "SELEC 1", RECORD).code == 2
    assert muster("query", "DELETE FROM sources", RECORD).code == 3
    assert muster("query", "SELECT 1", "no/such/folder").code == 4


def test_a_dash_reads_the_question_from_standard_input() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _MUSTER, "query", "-", RECORD, "--format", "csv"],
        input="SELECT count(*) AS n FROM missions", capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert result.stdout == "n\n1\n"


def test_a_package_of_another_profile_is_asked_too(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")
    before = _hashes(package)
    result = muster("query", "SELECT count(*) AS n FROM package.tables WHERE schema = 'derived'", package)

    assert result.code == 0
    assert "0" in result.stdout.splitlines()[1]
    assert _hashes(package) == before


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_moment_is_told_in_universal_time_wherever_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Port-au-Prince")
    asked = muster("query", "SELECT TIMESTAMPTZ '2024-01-01 00:00:00+02' AS moment", RECORD, "--format", "csv")

    assert asked.stdout == "moment\n2023-12-31T22:00:00+00:00\n"


def test_bytes_that_are_no_text_are_wrong_use() -> None:
    assert "not UTF-8" in muster("query", "SELECT '\udcff'", RECORD).stderr
    assert muster("show", "sources", RECORD, "--where", "title = '\udcff'").code == 2


def test_a_record_without_a_mission_yet_is_asked_for_its_tables(tmp_path: Path) -> None:
    begun = ("init", tmp_path / "new", "--host", "XAA", "--host-title", "Exampleland", "--horizon", "2025-06-30")
    assert muster(*begun).code == 0

    assert muster("query", "SELECT count(*) AS n FROM sources", tmp_path / "new", "--format", "csv").stdout == "n\n0\n"
    assert muster("show", "latest", tmp_path / "new").code == 2
    assert muster("balance", tmp_path / "new", "--as-of", "2025-06-30").code == 1
