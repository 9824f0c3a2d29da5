"""Our rows are those of `csv.reader(strict=True)` and of every engine, and each cell is where we say it is."""

from __future__ import annotations

import csv
import io
from typing import Literal

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musterroll.package.csv_reader import CsvReader, Row
from musterroll.package.dialect import Dialect
from musterroll.package.places import physical_lines
from musterroll.package.problem import Problem, Rejected
from musterroll.package.table import Schema, Table
from musterroll.package.text_reader import TextReader

# Cells as people write them; what a reader refuses anyway (control characters) is tested by itself.
_CELL = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"], exclude_characters="\ufffd")
    | st.sampled_from(',"\n\r; '),
    max_size=8,
)
_ROWS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=6)
)


def read(data: bytes, dialect: Dialect | None = None, encoding: str = "utf-8") -> tuple[list[Row], list[Problem]]:
    reader = CsvReader(TextReader(io.BytesIO(data), "x.csv", encoding), dialect or Dialect())
    rows = [row for batch in reader.batches() for row in batch]
    return rows, reader.problems


def written(rows: list[list[str]], end: str = "\n", quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    if any(char in cell for cells in rows for cell in cells for char in "\r\n"):
        quoting = csv.QUOTE_ALL  # Python 3.11 quotes only the line end that it writes itself
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=end, quoting=quoting)
    writer.writerows(rows)
    return buffer.getvalue()


@given(_ROWS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_well_formed_files_give_the_rows_of_the_standard_library(
    rows: list[list[str]], end: str, quoting: Literal[0, 1]
) -> None:
    text = written(rows, end, quoting)

    found, problems = read(text.encode())

    assert [cells for _, cells in found] == rows
    assert not problems


@given(st.text(st.sampled_from('ab,"\n\r '), max_size=30))
def test_what_we_pass_the_strict_standard_reader_passes_with_the_same_cells(text: str) -> None:
    try:
        found, problems = read(text.encode())
    except Rejected:
        return

    if not {problem.check for problem in problems} & {"csv-quote"}:
        strict = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert [cells for _, cells in found] == list(strict)


@given(_ROWS)
def test_every_cell_begins_where_its_place_says(rows: list[list[str]]) -> None:
    text = written([[f"c{n}" for n in range(len(rows[0]))], *rows])
    table = _table(text)
    lines = physical_lines(text)

    for row, cells in enumerate(rows):
        for name, cell in zip(table.header, cells, strict=True):
            line, column = table.place(row, name)
            assert column is not None
            rest = "".join(lines[line - 1 :])[column - 1 :]
            assert rest.startswith(('"' + cell.replace('"', '""') + '"', cell))


@settings(max_examples=60, deadline=None)
@given(_ROWS)
def test_the_engines_read_what_we_passed_as_we_did(rows: list[list[str]]) -> None:
    header = [f"c{n}" for n in range(len(rows[0]))]
    data = written([header, *rows], quoting=csv.QUOTE_ALL).encode()
    ours = [cells for _, cells in read(data)[0]][1:]

    frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, na_filter=False, lineterminator="\n")
    assert frame.values.tolist() == ours
    arrow = pyarrow.csv.read_csv(
        io.BytesIO(data),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string())),
    )
    assert [list(row.values()) for row in arrow.to_pylist()] == ours


@settings(max_examples=25, deadline=None)
@given(rows=_ROWS.map(lambda rows: [[cell.replace("\r", "") for cell in cells] for cells in rows]))
def test_duckdb_told_everything_reads_what_we_passed(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    header = [f"c{n}" for n in range(len(rows[0]))]
    file = tmp_path_factory.mktemp("duckdb") / "x.csv"
    file.write_bytes(written([header, *rows], quoting=csv.QUOTE_ALL).encode())
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in header)
    options = "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', allow_quoted_nulls=false"

    result = duckdb.connect().execute(f"SELECT * FROM read_csv(?, columns={{{columns}}}, {options})", [str(file)])

    assert [list(row) for row in result.fetchall()] == [cells for _, cells in read(file.read_bytes())[0]][1:]


@pytest.mark.parametrize(
    ("text", "check", "line"),
    [
        ('a,b\n1,"x\ny"\n2,x"y\n', "csv-quote", 4),
        ('a,b\n1, "x"\n', "csv-quote", 2),
        ("a,b\n1,2\r\n", "newline", 1),
        ("a,b\n1,2", "final-newline", 2),
        ("\ufeffa,b\n", "byte-order-mark", 1),
        ("a,b\n1,\x00\n", "control-character", 2),
        ("a,b\n1,\u202e\n", "invisible-character", 2),
        ("a,b\n1,\ufffd\n", "replacement-character", 2),
    ],
)
def test_a_fault_that_leaves_rows_readable_is_a_problem_at_its_line(text: str, check: str, line: int) -> None:
    _, problems = read(text.encode(), Dialect(line_terminator="\n"))

    assert [(problem.check, problem.line) for problem in problems] == [(check, line)]


@pytest.mark.parametrize(
    ("data", "check", "line"),
    [
        (b'a,b\n1,"x\ny"\n2,"z\n3,4\n', "csv-quote", 4),
        (b'a,b\n"z"w,1\n', "csv-quote", 2),
        (b"a,b\n\xe9,1\n", "encoding", 2),
        (b"PK\x03\x04...", "not-csv", 1),
        (b"  <!DOCTYPE html>\n", "not-csv", 1),
        (b"a,b\n<<<<<<< HEAD\n1,2\n=======\n1,3\n>>>>>>> x\n", "not-csv", 2),
    ],
)
def test_a_fault_behind_which_nothing_can_be_read_ends_the_reading(data: bytes, check: str, line: int) -> None:
    with pytest.raises(Rejected) as caught:
        read(data)

    assert (caught.value.problem.check, caught.value.problem.line) == (check, line)


def test_a_chunk_that_ends_inside_a_character_or_a_line_end_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musterroll.package.text_reader._CHUNK", 1)

    rows, problems = read("a,é\r\nb,\U0001f1ed\r\n".encode())

    assert [cells for _, cells in rows] == [["a", "é"], ["b", "\U0001f1ed"]]
    assert not problems


def test_an_error_of_encoding_names_the_byte_also_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musterroll.package.text_reader._CHUNK", 4)

    with pytest.raises(Rejected, match="offset 5 "):
        read(b"abc\xc3\xa9\xe9z\n")


def test_other_delimiters_quotes_and_encodings_are_read_as_declared() -> None:
    dialect = Dialect(delimiter=";", quote="'", skip_initial_space=True)

    rows, problems = read("a; 'b;c'\né;d\n".encode("latin-1"), dialect, "iso8859-1")

    assert [cells for _, cells in rows] == [["a", "b;c"], ["é", "d"]]
    assert not problems


def test_a_cell_or_a_header_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musterroll.package.limits.CELL_CHARS", 10)
    monkeypatch.setattr("musterroll.package.limits.COLUMNS", 3)

    for text, check in (("a,b\nxxxxxxxxxxxx,1\n", "limit-cell"), ("a,b,c,d\n", "limit-columns")):
        with pytest.raises(Rejected) as caught:
            read(text.encode())
        assert caught.value.problem.check == check


def test_rows_come_in_batches_with_their_physical_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musterroll.package.csv_reader._BATCH", 2)
    reader = CsvReader(TextReader(io.BytesIO(b'a\n"x\ny"\nb\n'), "x.csv", "utf-8"), Dialect())

    assert [[line for line, _ in batch] for batch in reader.batches()] == [[1, 2], [4]]


def _table(text: str) -> Table:
    rows, _ = read(text.encode())
    table = Table("t", "x.csv", Schema({}, ""), Dialect(), rows[0][1], data=text.encode())
    table.rows, table.lines = [cells for _, cells in rows[1:]], [line for line, _ in rows[1:]]
    return table


def test_a_long_line_is_read_in_one_pass() -> None:
    cell = "x" * 3_000_000

    rows, problems = read(f"a,b\n1,{cell}".encode())

    assert rows[1] == (2, ["1", cell])
    assert [problem.check for problem in problems] == ["final-newline"]


def test_a_line_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musterroll.package.limits.LINE_CHARS", 100)

    with pytest.raises(Rejected, match="more than 100 characters"):
        read(b"a,b\n" + b"x" * 200)
