"""SQLite: the constraints of the schema are in force, and what cannot be is left out and noted."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from exporting import exported, one_column, stage
from golden import build_base
from musterroll.release.exports import sqlite
from sqlite_files import database_of, opened, query

_DAY = "2024-01-01"


@pytest.mark.parametrize(
    ("insert", "said"),
    [
        ("people (id, name) VALUES (1, 'x')", "UNIQUE constraint failed: people.id"),
        ("people (id, name) VALUES (NULL, 'x')", "NOT NULL constraint failed: people.id"),
        ("people (id) VALUES (9)", "NOT NULL constraint failed: people.name"),
        ("people (id, name, place) VALUES (9, 'x', 'XXX')", "FOREIGN KEY constraint failed"),
        ("people (id, name, place, badge) VALUES (9, 'x', 'PAP', 'a')", "UNIQUE constraint failed: people.place"),
        ("people (id, name, role) VALUES (9, 'x', 'king')", "CHECK constraint failed"),
        ("people (id, name, born) VALUES (9, 'x', '2023-02-30')", "CHECK constraint failed"),
        ("people (id, name, born) VALUES (9, 'x', '01.01.2023')", "CHECK constraint failed"),
        ("people (id, name) VALUES ('nine', 'x')", "cannot store TEXT value in INT column"),
        ("places VALUES ('AAA', 'Cap-Haïtien', 1)", "UNIQUE constraint failed: places.name"),
        ("places VALUES ('AAA', 'x', -0.1)", "CHECK constraint failed"),
    ],
)
def test_what_is_against_the_schema_cannot_be_inserted(insert: str, said: str, tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    with opened(exported(sqlite, content, tmp_path / "release")) as connection:
        connection.execute("INSERT INTO people VALUES (8, 'PAP', 'x', '2024-02-29', 'nurse', 'z')")

        with pytest.raises(sqlite3.IntegrityError, match=said):
            connection.execute(f"INSERT INTO {insert}")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("DELETE FROM places WHERE code = 'PAP'")


@pytest.mark.parametrize(
    ("field", "constraints", "good", "bad"),
    [
        ({"type": "integer"}, {"minimum": 1, "maximum": "3"}, [1, 3, None], [0, 4]),
        ({"type": "integer"}, {"exclusiveMinimum": 1, "exclusiveMaximum": 3}, [2], [1, 3]),
        ({"type": "integer"}, {"enum": ["1", 2]}, [1, 2], [3]),
        ({"type": "integer", "categories": [{"value": 1, "label": "one"}, 2]}, {}, [1, 2], [3]),
        ({"type": "number"}, {"minimum": 0.1}, [0.1, 5.0], [0.09999999999999999]),
        ({"type": "number"}, {"exclusiveMaximum": "1e2"}, [99.99999999999999], [100.0]),
        ({"type": "number"}, {"enum": [0.1, "0.25"]}, [0.1, 0.25], [0.2]),
        ({"type": "boolean"}, {}, [0, 1], [2, -1]),
        ({"type": "boolean"}, {"enum": [True]}, [1], [0]),
        ({"type": "boolean"}, {"enum": ["false"]}, [0], [1]),
        ({"type": "date"}, {"minimum": "2024-01-01"}, ["2024-01-01"], ["2023-12-31"]),
        ({"type": "date", "format": "%d.%m.%Y"}, {"maximum": "31.12.2023"}, ["2023-12-31"], ["2024-01-01"]),
        ({"type": "datetime"}, {"exclusiveMinimum": f"{_DAY}T00:00:00"}, [f"{_DAY}T00:00:00.5"], [f"{_DAY}T00:00:00"]),
        ({"type": "string"}, {"minLength": 2, "maxLength": 3}, ["é😀", "abc"], ["a", "abcd"]),
        ({"type": "string"}, {"enum": ["it's", '"', "NA"]}, ["it's", '"', "NA"], ["its"]),
        ({"type": "string"}, {"unique": True}, [None, None, "b"], ["a"]),
    ],
)  # fmt: skip
def test_a_constraint_of_a_field_holds(
    field: dict[str, Any], constraints: dict[str, Any], good: list[Any], bad: list[Any], tmp_path: Path
) -> None:
    first = "a" if "unique" in constraints else ""
    content = one_column(tmp_path, {**field, "constraints": constraints}, first)
    path = exported(sqlite, content, tmp_path / "release")
    with opened(path) as connection:
        connection.executemany("INSERT INTO t (cell) VALUES (?)", [(value,) for value in good])
        for value in bad:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute("INSERT INTO t (cell) VALUES (?)", (value,))
    assert query(path, "SELECT note FROM export_notes") == []


def test_keys_of_several_columns_hold_and_a_table_may_refer_to_itself(tmp_path: Path) -> None:
    fields = [{"name": name, "type": "integer"} for name in ("a", "b", "x", "y")]
    key = {"fields": ["x", "y"], "reference": {"fields": ["a", "b"]}}
    schema = {"fields": fields, "primaryKey": ["a", "b"], "foreignKeys": [key]}
    path = database_of(tmp_path, {"t": (schema, [["1", "1", "2", "2"], ["2", "2", "1", "1"], ["3", "3", "", ""]])})

    with opened(path) as connection:
        connection.execute("INSERT INTO t VALUES (1, 2, 1, 1)")
        for values in ("(1, 1, 1, 1)", "(4, 4, 1, 4)", "(NULL, 4, 1, 1)"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(f"INSERT INTO t VALUES {values}")


@pytest.mark.parametrize(
    ("schema", "rows", "notes"),
    [
        ({"primaryKey": "a"}, [["1", ""], ["1", ""], ["", ""]], [
            'left out: PRIMARY KEY ("a"): 2 rows are against it',
            "left out: NOT NULL of a: 1 row is against it",
        ]),
        ({"uniqueKeys": [["a", "b"]]}, [["1", "x"], ["1", "x"], ["1", ""], ["1", ""]], [
            'left out: UNIQUE ("a", "b"): 1 row is against it',
        ]),
        ({"foreignKeys": [{"fields": "a", "reference": {"resource": "p", "fields": "k"}}]}, [["1", ""], ["7", ""]], [
            'left out: FOREIGN KEY ("a") REFERENCES "p" ("k"): 1 row is against it',
        ]),
        ({"foreignKeys": [{"fields": "a", "reference": {"resource": "p", "fields": "other"}}]}, [["1", ""]], [
            "left out: foreign key from a to p: it does not lead to a whole key",
        ]),
        ({"foreignKeys": [{"fields": "b", "reference": {"resource": "p", "fields": "k"}}]}, [["1", "1"]], [
            'left out: FOREIGN KEY ("b") REFERENCES "p" ("k"): the columns are of different types',
        ]),
        ({"foreignKeys": [{"fields": "a", "reference": {"resource": "nobody", "fields": "k"}}]}, [["1", ""]], [
            "left out: foreign key from a to nobody: it leads nowhere",
        ]),
        ({"foreignKeys": [{"fields": ["a", "b"], "reference": {"resource": "p", "fields": "k"}}]}, [["1", ""]], [
            "left out: foreign key from a, b to p: it leads nowhere",
        ]),
        ({"primaryKey": ["a", "nobody"]}, [["1", ""]], []),
    ],
)  # fmt: skip
def test_a_key_that_the_data_do_not_keep_is_left_out_and_noted(
    schema: dict[str, Any], rows: list[list[str]], notes: list[str], tmp_path: Path
) -> None:
    fields = [{"name": "a", "type": "integer"}, {"name": "b"}]
    parent = {"fields": [{"name": "k", "type": "integer"}, {"name": "other", "type": "integer"}], "primaryKey": "k"}
    path = database_of(tmp_path, {"t": ({"fields": fields, **schema}, rows), "p": (parent, [["1", "1"]])})

    assert query(path, "SELECT note FROM export_notes WHERE table_name = 't'") == [(note,) for note in notes]
    with opened(path) as connection:
        connection.execute("INSERT INTO t VALUES (1, 'new')")


@pytest.mark.parametrize(
    ("field", "cell", "note"),
    [
        ({"type": "integer", "constraints": {"minimum": 5}}, "1", 'left out: CHECK ("cell" >= 5): 1 row is against it'),
        ({"type": "string", "categories": ["a"]}, "b", "left out: CHECK (\"cell\" IN ('a')): 1 row is against it"),
        ({"type": "integer", "constraints": {"minimum": 5}}, "x", "minimum"),
        ({"type": "integer", "constraints": {"maximum": 5}}, str(2**70), "maximum"),
        ({"type": "integer", "constraints": {"maximum": 2**70}}, "1", "maximum"),
        ({"type": "number", "constraints": {"maximum": 5}}, "0." + "1" * 34, "maximum"),
        ({"type": "number", "constraints": {"maximum": "0." + "1" * 34}}, "1", "maximum"),
        ({"type": "number", "constraints": {"maximum": "INF"}}, "1", "maximum"),
        ({"type": "number", "constraints": {"minimum": "much"}}, "1", "minimum"),
        ({"type": "number", "constraints": {"minimum": {}}}, "1", "minimum"),
        ({"type": "number", "constraints": {"minimum": True}}, "1", "minimum"),
        ({"type": "string", "constraints": {"minimum": "a"}}, "b", "minimum"),
        ({"type": "string", "constraints": {"enum": ["\x00"]}}, "\x00", "enum"),
        ({"type": "string", "constraints": {"enum": [["a"]]}}, "a", "enum"),
        ({"type": "duration", "constraints": {"enum": ["P1D"]}}, "P1D", "enum"),
        ({"type": "array", "constraints": {"minLength": 1}}, "[1]", "minLength"),
        ({"type": "string", "constraints": {"minLength": "1"}}, "x", "minLength"),
        ({"type": "boolean", "constraints": {"enum": ["yes"]}}, "true", "enum"),
        ({"type": "boolean", "constraints": {"minimum": 0}}, "true", "minimum"),
        ({"type": "boolean", "constraints": {"enum": ["true", "yes"]}}, "true", "enum"),
    ],
)
def test_a_check_that_cannot_be_made_is_left_out_and_noted(
    field: dict[str, Any], cell: str, note: str, tmp_path: Path
) -> None:
    path = exported(sqlite, one_column(tmp_path, field, cell), tmp_path / "release")

    whole = note if ":" in note else f'left out: {note} of "cell": it cannot be said in SQLite of such values'
    assert query(path, "SELECT table_name, note FROM export_notes") == [("t", whole)]
    with opened(path) as connection:
        connection.execute("INSERT INTO t (row) VALUES (7)")


def test_checks_too_long_for_sqlite_are_left_out_and_noted(tmp_path: Path) -> None:
    categories = ["x" * 1000 + str(number) for number in range(1000)]
    content = one_column(tmp_path, {"categories": categories, "constraints": {"required": True}}, categories[7])
    path = exported(sqlite, content, tmp_path / "release")

    assert query(path, "SELECT note FROM export_notes") == [
        ("left out: every CHECK, for SQLite takes no statement of that length",)
    ]
    assert query(path, "SELECT \"notnull\" FROM pragma_table_info('t') WHERE name = 'cell'") == [(1,)]
