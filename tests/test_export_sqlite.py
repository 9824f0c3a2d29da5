"""SQLite: every value exactly, under names that hold, and every change named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from exporting import Stated, content_of, exported, one_column, stage
from golden import build_base
from musterroll.release.exports import sqlite
from sqlite_files import database_of, opened, query

PATH = "exports/made-up-1.0.0.sqlite"


@pytest.mark.parametrize(
    ("field", "cells", "type", "stored"),
    [
        ({"type": "integer"}, ["1", "", str(2**63 - 1)], "INTEGER", [1, None, 2**63 - 1]),
        ({"type": "integer"}, ["1", str(2**64 + 1)], "TEXT", ["1", str(2**64 + 1)]),
        ({"type": "number"}, ["0.1", "-INF", "1e300"], "REAL", [0.1, float("-inf"), 1e300]),
        ({"type": "number"}, ["0.1", "0." + "1" * 34], "TEXT", ["0.1", "0." + "1" * 34]),
        ({"type": "boolean"}, ["true", "0", ""], "INTEGER", [1, 0, None]),
        ({"type": "date", "format": "%d.%m.%Y"}, ["01.07.1850", ""], "TEXT", ["1850-07-01", None]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00.50"], "TEXT", ["2024-01-01T10:00:00.500000"]),
        (
            {"type": "string"},
            ["=1+1", "NA", "\x00", "a\r\n'\"", "😀"],
            "TEXT",
            ["=1+1", "NA", "\x00", "a\r\n'\"", "😀"],
        ),
        ({"type": "string", "missingValues": ["-"]}, ["-", ""], "TEXT", [None, ""]),
    ],
)
def test_a_column_holds_every_value_exactly(
    field: dict[str, Any], cells: list[str], type: str, stored: list[Any], tmp_path: Path
) -> None:
    path = exported(sqlite, one_column(tmp_path, field, *cells), tmp_path / "release")

    assert [cell for (cell,) in query(path, "SELECT cell FROM t ORDER BY row")] == stored
    assert query(path, "SELECT type FROM pragma_table_info('t') WHERE name = 'cell'") == [(type,)]
    assert query(path, "SELECT note FROM export_notes") == []


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    licences = [{"name": "CC-BY-4.0"}, {"title": "Other"}, {}]
    path = database_of(tmp_path, {}, title="Made <up>", licenses=licences)

    assert query(path, "SELECT * FROM package") == [("made-up", "1.0.0", "Made <up>", "CC-BY-4.0; Other")]
    assert query(path, "PRAGMA application_id") == [(0x4D555354,)]
    assert query(path, "PRAGMA user_version") == [(1,)]
    assert path.read_bytes()[68:72] == b"MUST"


def test_a_table_may_have_any_name_and_any_column(tmp_path: Path) -> None:
    names = ['a"b', "a]b`c'", "; DROP TABLE t; --", "select", "row\nid", "T", "t", "sqlite_stat1", "package", "\x00"]
    tables: dict[str, Stated] = {
        name: (
            {"fields": [{"name": name}, {"name": "Rowid"}, {"name": "_rowid_"}, {"name": "oid"}]},
            [["b"] * 4, ["a"] * 4],
        )
        for name in names
    }
    path = database_of(tmp_path, tables)

    found = query(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    changed = ["t_2", "_sqlite_stat1", "package", "\ufffd", "package_2", "export_notes"]
    assert [name for (name,) in found] == [*names[:6], *changed]
    assert query(path, "SELECT name FROM package_2") == [("made-up",)]
    assert query(path, "SELECT * FROM export_notes WHERE note LIKE 'the table%'") == [
        ("t", "the table is called t_2 here"),
        ("sqlite_stat1", "the table is called _sqlite_stat1 here"),
        ("\x00", "the table is called \ufffd here"),
    ]


def test_columns_that_differ_in_case_only_or_have_no_name_are_both_there(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "A", "constraints": {"required": True}}, {"name": ""}, {"name": "x" * 300}]
    path = database_of(tmp_path, {"t": ({"fields": fields}, [["1", "2", "3", "4"]])})

    assert query(path, f'SELECT a, "A_2", _2, {"x" * 200} FROM t') == [("1", "2", "3", "4")]
    assert query(path, "SELECT note FROM export_notes LIMIT 1") == [("the column A is called A_2 here",)]


def test_a_table_too_wide_for_sqlite_is_left_out_and_noted(tmp_path: Path) -> None:
    wide = {"fields": [{"name": f"c{number}"} for number in range(2001)]}
    child = {
        "fields": [{"name": "c"}],
        "foreignKeys": [{"fields": "c", "reference": {"resource": "w", "fields": "c1"}}],
    }
    path = database_of(tmp_path, {"w": (wide, [["x"] * 2001]), "t": (child, [["x"]])})

    assert query(path, "SELECT * FROM export_notes") == [
        ("w", "left out: it has too many columns for SQLite"),
        ("t", "left out: foreign key from c to w: it leads nowhere"),
    ]


_POLO = r"""'Jean "Ti" Paul\nknown as Polo'"""
_UNCHECKED = "PRAGMA ignore_check_constraints = ON; "
_CHANGES = [
    ("UPDATE people SET name = 'x' WHERE id = 2", [f"table people: row 2 (id 2): name is x, in the table {_POLO}"]),
    (
        "UPDATE people SET born = NULL WHERE id = 1",
        ["table people: row 1 (id 1): born is missing, in the table 1980-02-29"],
    ),
    ("DROP TABLE people", ["the table people is missing"]),
    (
        "DELETE FROM people WHERE id = 2",
        ["table people: it has 2 rows, the table 3", "table people: row 2 (id 2) is missing"],
    ),
    (
        "ALTER TABLE people RENAME badge TO b",
        ["table people: the column badge is missing", "table people: the column b is not in the table"],
    ),
    ("CREATE TABLE more (a)", ["the table more is too many"]),
    ("CREATE VIEW more AS SELECT 1", ["the view more is too many"]),
    (
        "DROP TABLE people; CREATE VIEW people AS SELECT 1",
        ["the table people is missing", "the view people is too many"],
    ),
    ("UPDATE package SET version = '2.0.0'", ["the table package does not describe the package"]),
    (
        "DELETE FROM places WHERE code = 'CAP'",
        [
            "table people: row 3 leads to no row of places",
            "table places: it has 1 rows, the table 2",
            "table places: row 1 (code CAP) is missing",
        ],
    ),
    (
        _UNCHECKED + "UPDATE people SET role = 'king' WHERE id = 1",
        ["table people: row 1 (id 1): role is king, in the table nurse"],
    ),
    (
        _UNCHECKED + "UPDATE people SET born = '19800229' WHERE id = 1",
        ["table people: row 1 (id 1): born is 19800229 (str), in the table 1980-02-29"],
    ),
    (
        "UPDATE places SET area = 53.50000000000001 WHERE code = 'CAP'",
        ["table places: row 1 (code CAP): area is 53.50000000000001, in the table 53.5"],
    ),
    (
        "DROP TABLE places; CREATE TABLE places (code TEXT PRIMARY KEY, name ANY, area REAL);"
        "INSERT INTO places VALUES ('CAP', 'Cap-Haïtien', x'00'), ('PAP', 1, '36.04')",
        [
            "table places: the column name is ANY, not TEXT",
            r"""table places: row 1 (code CAP): area is "b'\\x00'" (bytes), in the table 53.5""",
            "table places: row 2 (code PAP): name is 1 (int), in the table Port-au-Prince",
        ],
    ),
]


@pytest.mark.parametrize(("sql", "said"), _CHANGES)
def test_every_change_is_named(sql: str, said: list[str], tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    path = exported(sqlite, content, tmp_path / "release")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)

    found = list(sqlite.differences(content, tmp_path / "release"))
    assert found == [f"exports/plain-1.0.0.sqlite: {sentence}" for sentence in said]


def test_rows_in_another_order_are_named_even_if_an_index_has_the_right_one(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": ["a", "b"]}
    content = content_of(tmp_path, {"t": (schema, [["a", "1"], ["b", "1"]])})
    path = exported(sqlite, content, tmp_path / "release")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE t SET rowid = 9 WHERE a = 'a'")

    assert list(sqlite.differences(content, tmp_path / "release")) == [
        f"{PATH}: table t: the rows stand in another order from row 1 (a a, b 1) on"
    ]


@pytest.mark.parametrize(("type", "cells"), [("boolean", ["true", "false"]), ("integer", ["10", "9"])])
def test_a_key_of_one_number_leaves_the_order_of_rows_as_it_is(type: str, cells: list[str], tmp_path: Path) -> None:
    """An INTEGER PRIMARY KEY would not, and would give a number to a row without one."""
    path = exported(sqlite, one_column(tmp_path, {"type": type}, *cells, primaryKey="cell"), tmp_path / "release")

    with opened(path) as connection, pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        connection.execute("INSERT INTO t VALUES (NULL, 3)")


def test_what_is_our_own_mistake_is_not_blamed_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = one_column(tmp_path, {}, "x")
    monkeypatch.setattr(sqlite, "_SETTINGS", ("page_size =",))

    with pytest.raises(sqlite3.OperationalError, match="incomplete input"):
        sqlite.write(content, tmp_path / "release")
