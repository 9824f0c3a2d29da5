"""The fingerprint of a table is that of its rows: their order does not count, everything else does."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.package.tables import table_of
from musterroll.release.fingerprint import fingerprint, fingerprint_of
from running import RECORD

_NAMES = ("a", "b", "c")
_CELL = st.text(st.sampled_from('a1é:,;"\n\r\t\0 '), max_size=4)
_ROW = st.tuples(_CELL, _CELL, _CELL)
_ROWS = st.lists(_ROW, max_size=5)

# Made by hand: a table of two columns and two equal rows.
_ROW_HASH = hashlib.sha256(b"3:1,2,0:,").hexdigest()
_BY_HAND = hashlib.sha256(f"1:a,2:\u00e9,\n{_ROW_HASH}\n{_ROW_HASH}\n".encode()).hexdigest()


@given(rows=_ROWS, data=st.data())
def test_the_order_of_rows_and_of_columns_does_not_count(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    order = data.draw(st.permutations(range(3)))
    turned = [[row[column] for column in order] for row in shuffled]

    assert fingerprint_of([_NAMES[column] for column in order], turned) == fingerprint_of(_NAMES, rows)


@given(rows=st.lists(_ROW, min_size=1, max_size=5), row=st.integers(0, 4), column=st.integers(0, 2), cell=_CELL)
def test_every_changed_cell_counts(rows: list[tuple[str, ...]], row: int, column: int, cell: str) -> None:
    changed = [list(cells) for cells in rows]
    changed[row % len(rows)][column] = cell
    assume(sorted(map(tuple, changed)) != sorted(rows))

    assert fingerprint_of(_NAMES, changed) != fingerprint_of(_NAMES, rows)


@given(rows=st.lists(_ROW, min_size=1, max_size=5), row=st.integers(0, 4))
def test_a_row_more_or_less_counts_also_if_it_equals_another(rows: list[tuple[str, ...]], row: int) -> None:
    again = [*rows, rows[row % len(rows)]]
    fewer = [cells for number, cells in enumerate(rows) if number != row % len(rows)]

    prints = [fingerprint_of(_NAMES, found) for found in (rows, again, [*again, again[-1]], fewer)]

    assert len(set(prints)) == 4


@given(one=_ROWS, other=_ROWS)
def test_two_tables_have_one_fingerprint_only_if_they_have_the_same_rows(
    one: list[tuple[str, ...]], other: list[tuple[str, ...]]
) -> None:
    same = sorted(one) == sorted(other)

    assert (fingerprint_of(_NAMES, one) == fingerprint_of(_NAMES, other)) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((["a", "b"], [["1,2", ""]]), (["a", "b"], [["1", "2"]])),
        ((["a", "b"], [["1:2,", "3"]]), (["a", "b"], [["1", "2,3"]])),
        ((["a", "b"], [["x", ""]]), (["a", "b"], [["", "x"]])),
        ((["a"], [["x\n"]]), (["a"], [["x"], [""]])),
        ((["a"], [[""]]), (["a"], [])),
        ((["a"], []), (["b"], [])),
        ((["a"], []), (["a", "b"], [])),
        ((["ab"], []), (["a", "b"], [])),
        ((["a"], [["1.0"]]), (["a"], [["1.00"]])),
        ((["a"], [["x"]]), (["a"], [["x "]])),
        ((["a"], [["x\r\n"]]), (["a"], [["x\n"]])),
    ],
)
def test_what_looks_alike_is_told_apart(
    one: tuple[list[str], list[list[str]]], other: tuple[list[str], list[list[str]]]
) -> None:
    assert fingerprint_of(*one) != fingerprint_of(*other)


def test_the_unicode_form_does_not_count() -> None:
    assert fingerprint_of(["é"], [["ü"]]) == fingerprint_of(["e\u0301"], [["u\u0308"]])


def test_it_is_what_the_description_says() -> None:
    """Once a release is out, this value may never be another."""
    assert fingerprint_of(["e\u0301", "a"], [["", "1,2"], ["", "1,2"]]) == _BY_HAND
    assert _BY_HAND == "d4960db6f28b0a8153de8dcb706c0435ac05863df28c1ba58a03a5d0d4d7b381"


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n1,Ada\n2,x\n",
        '\ufeffname,id\r\n"x","2"\r\n"Ada","1"\r\n',
        'name,"id"\n"x",2\nAda,1',
    ],
    ids=["plain", "bom, crlf and quotes", "no last line end"],
)
def test_how_the_file_is_written_does_not_count(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode())
    (tmp_path / "datapackage.json").write_text('{"name": "p", "resources": [{"name": "t", "path": "t.csv"}]}')
    package = require_package(Folder(tmp_path))
    table = table_of(package, package.resources[0])

    assert table is not None
    assert fingerprint(table) == fingerprint_of(["id", "name"], [["1", "Ada"], ["2", "x"]])


def test_another_program_comes_to_the_same_fingerprints() -> None:
    """The steps of the description as one query of DuckDB, over every table of the record."""
    package = require_package(Folder(RECORD))
    for resource in package.resources:
        table = table_of(package, resource)
        assert table is not None
        names = sorted(table.header)
        cells = " || ".join(
            f"""strlen(nfc_normalize("{name}")) || ':' || nfc_normalize("{name}") || ','""" for name in names
        )
        head = "".join(f"{len(name)}:{name}," for name in names)
        query = f"""
            with hashes as (
                select sha256({cells}) as hash
                from read_csv(?, header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"',
                              escape = '"', nullstr = 'no cell says this', columns = ?)
            )
            select sha256(? || chr(10) || coalesce(string_agg(hash || chr(10), '' order by hash), '')) from hashes
        """
        columns = dict.fromkeys(table.header, "VARCHAR")
        found = duckdb.execute(query, [str(RECORD / resource.files[0]), columns, head]).fetchall()

        assert found == [(fingerprint(table),)], resource.name
