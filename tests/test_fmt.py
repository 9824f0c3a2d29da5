"""Canonical files: equal data are equal bytes, and no value is changed on the way."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster_validators import validate
from musterroll.errors import Unusable
from musterroll.package.canonical import canonical_csv
from musterroll.package.dialect import Dialect
from musterroll.package.table import Schema, Table
from running import copy_of_record, muster

_CELL = st.text(st.sampled_from('aé,"\n\r 019-'), max_size=5)


def table(rows: list[list[str]], key: list[str], types: dict[str, str], **dialect: str) -> Table:
    """A table in memory with the columns a, b, …"""
    names = "abcdef"[: len(rows[0])]
    fields = [{"name": name, "type": types.get(name, "string")} for name in names]
    schema = Schema({"fields": fields, "primaryKey": key}, "")
    return Table("t", "t.csv", schema, Dialect(**dialect), list(names), rows)  # type: ignore[arg-type]


@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_the_same_rows_are_read_back_in_whatever_order_they_came(rows: list[list[str]]) -> None:
    forward = canonical_csv(table(rows, [], {}))
    backward = canonical_csv(table(rows[::-1], [], {}))

    assert forward == backward
    read = list(csv.reader(io.StringIO(forward.decode(), newline="")))
    assert read[0] == ["a", "b"]
    assert sorted(read[1:]) == sorted(rows)


def test_rows_stand_by_key_numbers_by_value_and_text_by_code_point() -> None:
    rows = [["10", "b"], ["9", "a"], ["9", "B"], ["x", ""]]

    text = canonical_csv(table(rows, ["a", "b"], {"a": "integer"})).decode()

    assert text.splitlines() == ["a,b", "9,B", "9,a", "10,b", "x,"]


def test_a_cell_is_quoted_only_where_it_must_be() -> None:
    rows = [["plain", "with space"], ["a,b", 'say "x"'], ["line\nbreak", ""]]

    text = canonical_csv(table(rows, [], {})).decode()

    assert text == 'a,b\n"a,b","say ""x"""\n"line\nbreak",\nplain,with space\n'


def test_the_empty_cell_of_a_one_column_table_is_no_blank_line() -> None:
    assert canonical_csv(table([[""], ["x"]], [], {})) == b'a\n""\nx\n'


def test_text_becomes_nfc_and_a_declared_line_end_stays() -> None:
    assert canonical_csv(table([["e\u0301"]], [], {}, line_terminator="\r\n")) == "a\r\n\u00e9\r\n".encode()


def test_fmt_mends_mark_line_ends_order_hash_and_size_and_is_then_content(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    file = package / "data/deployments.csv"
    canonical = file.read_bytes()
    header, *rows = canonical.decode().splitlines()
    file.write_bytes(("\ufeff" + "\r\n".join([header, *rows[::-1]])).encode())

    check = muster("fmt", package, "--check")
    assert check.code == 1
    assert "data/deployments.csv: would change" in check.stdout
    assert file.read_bytes() != canonical

    assert muster("fmt", package).code == 0
    assert file.read_bytes() == canonical
    assert muster("fmt", package, "--check").code == 0
    assert validate(package).valid


def test_fmt_touches_nothing_if_one_table_cannot_be_read(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    (package / "data/countries.csv").write_bytes((package / "data/countries.csv").read_bytes().replace(b"\n", b"\r\n"))
    (package / "data/sources.csv").write_text('source_id,"unclosed\n')
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}

    result = muster("fmt", package)

    assert result.code == 1
    assert "data/sources.csv" in result.stderr
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"name": "x", "resources": [{"name": "a", "path": "../a.csv"}]}', 3),
        ('{"name": "x", "resources": [{"name": "a", "path": "a.csv"}]}', 1),
        ('{"name": "x"', 1),
    ],
)
def test_fmt_refuses_what_it_cannot_open(content: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(content)

    assert muster("fmt", tmp_path).code == code


def test_other_encodings_and_files_that_are_no_tables_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("a\né\n".encode("latin-1"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    resources = [{"name": "p", "path": "picture.png"}]
    descriptor = tmp_path / "datapackage.json"
    descriptor.write_text(json.dumps({"name": "x", "resources": resources}))

    assert muster("fmt", tmp_path).code == 0
    assert "hash" not in descriptor.read_text()

    resources.append({"name": "a", "path": "a.csv", "encoding": "latin-1"})
    descriptor.write_text(json.dumps({"name": "x", "resources": resources}))
    assert muster("fmt", tmp_path).code == 1


def test_a_descriptor_without_change_keeps_its_own_layout(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    text = json.dumps(json.loads((package / "datapackage.json").read_text()))
    (package / "datapackage.json").write_text(text)

    assert muster("fmt", package, "--check").code == 0


def test_the_descriptor_keeps_every_digit_and_space_but_for_hash_and_size(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    text = '{"name": "x",\n   "odd": 0.1234567890123456789012, "resources": [ {\n    "name": "a", "path": "a.csv"} ]}'
    (tmp_path / "datapackage.json").write_text(text)

    assert muster("fmt", tmp_path).code == 0
    once = (tmp_path / "datapackage.json").read_text()
    assert muster("fmt", tmp_path, "--check").code == 0
    (tmp_path / "a.csv").write_text("a\n22\n")
    assert muster("fmt", tmp_path).code == 0
    twice = (tmp_path / "datapackage.json").read_text()

    assert '"odd": 0.1234567890123456789012, "resources": [ {' in once
    assert json.loads(once)["resources"][0].keys() == {"name", "path", "hash", "bytes"}
    assert json.loads(twice)["resources"][0]["bytes"] == 5
    assert len(once.splitlines()) == len(twice.splitlines())
    assert validate(tmp_path).valid


def test_one_file_listed_twice_has_no_canonical_order(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    resources = [{"name": "a", "path": "a.csv"}, {"name": "b", "path": "a.csv"}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))

    assert "listed twice" in muster("fmt", tmp_path).stderr


def test_keys_that_differ_only_in_unicode_form_are_not_made_equal() -> None:
    rows = [["e\u0301"], ["\u00e9"]]

    with pytest.raises(Unusable, match="Unicode form"):
        canonical_csv(table(rows, ["a"], {}))


def test_a_space_that_would_be_skipped_and_a_mark_that_would_be_dropped_are_quoted() -> None:
    skipping = Table("t", "t.csv", Schema({}, ""), Dialect(skip_initial_space=True), ["a", "b"], [["1", " x"]])
    headless = Table("t", "t.csv", Schema({}, ""), Dialect(header=False), ["a"], [["\ufeffx"]])

    assert canonical_csv(skipping) == b'a,b\n1," x"\n'
    assert canonical_csv(headless) == '"\ufeffx"\n'.encode()


def test_numbers_that_are_none_do_not_stop_the_sorting() -> None:
    text = canonical_csv(table([["NaN"], ["2"], ["10"], ["x"]], [], {"a": "number"})).decode()

    assert text.splitlines() == ["a", "2", "10", "NaN", "x"]
