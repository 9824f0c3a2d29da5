"""XLSX: text stays text, no number or date changes, what does not fit is said to be left out, changes are named."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exporting import Stated, content_of, exported, one_column, stage
from golden import build_base
from musterroll.errors import Unavailable
from musterroll.release.content import Content
from musterroll.release.exports import xlsx, xlsx_sheets

PATH = "exports/made-up-1.0.0.xlsx"
_LEFT_OUT = xlsx_sheets.LEFT_OUT


def cells_of(path: Path, sheet: str = "t") -> list[Any]:
    """The first column below the header, as another reader than ours sees it."""
    return [row[0].value for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2)]


def remarks_of(path: Path) -> list[str]:
    rows = list(openpyxl.load_workbook(path)["About"].iter_rows(values_only=True))
    return [row[6] for row in rows[rows.index(next(row for row in rows if row[0] == "Sheet")) + 1 :]]


@pytest.mark.parametrize(
    ("field", "cells", "stored"),
    [
        ({"type": "integer"}, ["1", "", "-" + "9" * 15], [1, None, -999999999999999]),
        ({"type": "integer"}, ["1" + "0" * 15, str(2**64 + 1)], ["1" + "0" * 15, str(2**64 + 1)]),
        ({"type": "number"}, ["0.1", "-2.5e-300", "123456789012345e5"], [0.1, -2.5e-300, 1.23456789012345e19]),
        ({"type": "number"}, ["0.30000000000000004", "INF"], ["0.30000000000000004", "INF"]),
        ({"type": "number"}, ["0." + "1" * 34, "1e400", "1e-310"], ["0." + "1" * 34, "1E+400", "1E-310"]),
        ({"type": "number"}, ["1.0000000000000000000000000000000001"], ["1.0000000000000000000000000000000001"]),
        ({"type": "boolean"}, ["true", "", "false"], [True, None, False]),
        ({"type": "date"}, ["1900-03-01", "9999-12-31"], [datetime(1900, 3, 1), datetime(9999, 12, 31)]),
        ({"type": "date"}, ["1900-02-28", "1850-07-01"], ["1900-02-28", "1850-07-01"]),
        ({"type": "datetime"}, ["2024-01-01T00:00:00"], [datetime(2024, 1, 1)]),
        ({"type": "datetime"}, ["2024-01-01T23:59:59"], [datetime(2024, 1, 1, 23, 59, 59)]),
        ({"type": "datetime"}, ["2024-01-01T10:00:00.5"], ["2024-01-01T10:00:00.500000"]),
        ({"type": "datetime"}, ["1899-12-31T10:00:00"], ["1899-12-31T10:00:00"]),
        ({"type": "string"}, ["=1+1", "+1", "-1", "@x", "{=1}"], ["=1+1", "+1", "-1", "@x", "{=1}"]),
        ({"type": "string"}, ["007", "1E5", "TRUE", "NA", "#N/A"], ["007", "1E5", "TRUE", "NA", "#N/A"]),
        ({"type": "string"}, ["https://example.org", "mailto:x"], ["https://example.org", "mailto:x"]),
        ({"type": "string"}, ["<b>&amp;]]>", " a ", "a\nb", "\t", "😀"], ["<b>&amp;]]>", " a ", "a\nb", "\t", "😀"]),
    ],
)
def test_a_cell_is_what_it_is_in_the_table(
    field: dict[str, Any], cells: list[str], stored: list[Any], tmp_path: Path
) -> None:
    found = cells_of(exported(xlsx, one_column(tmp_path, field, *cells), tmp_path / "release"))

    assert found == stored
    assert [type(cell) for cell in found] == [type(cell) for cell in stored]


def test_text_that_looks_like_a_formula_is_no_formula(tmp_path: Path) -> None:
    path = exported(xlsx, one_column(tmp_path, {}, "=1+1", "=HYPERLINK(1)", "@SUM(1)"), tmp_path / "release")

    assert {row[0].data_type for row in openpyxl.load_workbook(path)["t"].iter_rows(min_row=2)} <= {"s", "inlineStr"}
    with zipfile.ZipFile(path) as archive:
        assert not any(
            b"<f>" in archive.read(name) or b"hyperlink" in archive.read(name) for name in archive.namelist()
        )


def test_control_characters_and_what_looks_like_their_escapes_survive(tmp_path: Path) -> None:
    content = one_column(tmp_path, {}, "\x00\x07\x1f\x7f\x85", "a\r\nb\r", "_x000D_", "_x0041_ _x00e9_", "<r>", "</r>")

    exported(xlsx, content, tmp_path / "release")


def test_what_no_cell_can_hold_is_left_out_whole_and_said_so(tmp_path: Path) -> None:
    cells = ["x" * 32_767, "x" * 32_768, "😀" * 16_384, "<r><t>x</t></r>", "\uffff", "_x005F_x0041_", "y", "\ufffe"]
    path = exported(xlsx, one_column(tmp_path, {}, *cells), tmp_path / "release")

    assert cells_of(path) == [cells[0], *[_LEFT_OUT] * 5, "y", _LEFT_OUT]
    assert remarks_of(path) == [
        "Of cell 6 cells are left out (row 2, 3, 4, 5, 6, …), for they do not fit; see datapackage.json"
    ]


def test_one_cell_left_out_is_said_in_the_singular_with_the_file_that_has_it(tmp_path: Path) -> None:
    content = content_of(tmp_path, {"t": ({"fields": [{"name": "a"}]}, [["x" * 40_000]])})

    assert remarks_of(exported(xlsx, content, tmp_path / "release")) == [
        "Of a 1 cell is left out (row 1), for they do not fit; see table-0.csv"
    ]


def test_an_empty_text_beside_a_missing_value_is_said(tmp_path: Path) -> None:
    path = exported(xlsx, one_column(tmp_path, {}, "", "-", "x", missingValues=["-"]), tmp_path / "release")

    assert cells_of(path) == [None, None, "x"]
    assert remarks_of(path) == [
        "In cell an empty cell is an empty text or a missing value; datapackage.json tells them apart"
    ]


def test_a_table_too_large_for_a_sheet_is_left_out_and_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheets, "ROWS", 3)
    small: Stated = ({"fields": [{"name": "a"}]}, [["1"], ["2"]])
    content = content_of(tmp_path, {"large": (small[0], [*small[1], ["3"]]), "small": small})
    path = exported(xlsx, content, tmp_path / "release")

    assert openpyxl.load_workbook(path).sheetnames == ["About", "small"]
    assert remarks_of(path) == ["Left out: a sheet has no more than 3 rows and 16,384 columns; see table-0.csv", None]


def test_the_limit_is_that_of_spreadsheets() -> None:
    assert (xlsx_sheets.ROWS, xlsx_sheets.COLUMNS) == (1_048_576, 16_384)


def test_sheets_have_names_that_spreadsheets_allow_and_the_first_says_which_is_which(tmp_path: Path) -> None:
    names = ["about", "History", "a[b]:c*d?e/f\\g'", "x" * 31, "x" * 40, "X" * 31, "😀" * 31, "\x07", "'q'", '<b>&"']
    tables: dict[str, Stated] = {name: ({"fields": [{"name": "a"}]}, [["1"]]) for name in names}
    path = exported(xlsx, content_of(tmp_path, tables, inline=True), tmp_path / "release")

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "About",
        "about_2",
        "History_2",
        "a_b__c_d_e_f_g_",
        "x" * 31,
        "x" * 29 + "_2",
        "X" * 29 + "_3",
        "😀" * 15,
        "_",
        "_q_",
        '<b>&"',
    ]
    listed = {row[1]: row[0] for row in book["About"].iter_rows(min_row=6, values_only=True)}
    assert listed["X" * 31] == "X" * 29 + "_3"


def test_the_first_sheet_describes_the_package_and_its_tables(tmp_path: Path) -> None:
    content = stage(build_base("mission", tmp_path / "mission"), tmp_path / "release")
    rows = list(openpyxl.load_workbook(exported(xlsx, content, tmp_path / "release"))["About"].values)

    assert [row[:2] for row in rows[:3]] == [
        ("Package", "mission"),
        ("Title", "A small mission record, made up for tests"),
        ("Version", "1.0.0"),
    ]
    assert ("missions", "missions", None, 2, 7) in [row[:5] for row in rows]


def test_rows_scroll_below_the_header_and_can_be_filtered(tmp_path: Path) -> None:
    content = one_column(tmp_path, {}, "x" * 100, "y\n" + "z" * 50)
    sheet = openpyxl.load_workbook(exported(xlsx, content, tmp_path / "release"))["t"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert (round(sheet.column_dimensions["A"].width), round(sheet.column_dimensions["B"].width)) == (61, 9)
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("2026-11-22T00:00:00Z", datetime(2026, 11, 22)),
        ("2026-11-22T01:30:00+02:00", datetime(2026, 11, 21, 23, 30)),
        ("2026-11-22", datetime(2026, 11, 22)),
        ("yesterday", datetime(1980, 1, 1)),
        (None, datetime(1980, 1, 1)),
    ],
)
def test_the_only_date_is_the_descriptors(created: str | None, expected: datetime, tmp_path: Path) -> None:
    content = content_of(tmp_path, {}, created=created) if created else content_of(tmp_path, {})
    properties = openpyxl.load_workbook(exported(xlsx, content, tmp_path / "release")).properties

    assert (properties.created, properties.modified) == (expected, expected)
    assert (properties.creator or "", properties.lastModifiedBy or "") == ("", "")


def test_columns_without_values_and_last_rows_without_values_are_whole(tmp_path: Path) -> None:
    rows = [["", ""], ["x", ""], ["", ""], ["", ""]]
    content = content_of(tmp_path, {"t": ({"fields": [{"name": "a"}, {"name": "b"}]}, rows)})

    exported(xlsx, content, tmp_path / "release")


def put(cell: str, value: Any) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return change


_POLO = r"""'Jean "Ti" Paul\nknown as Polo'"""
_CHANGES: list[tuple[Callable[[Worksheet], None], list[str]]] = [
    (put("C3", "x"), [f"sheet people: row 2 (id 2): name is x, in the table {_POLO}"]),
    (put("A3", "2"), []),  # a number as text is the same number
    (put("A3", 2.5), ["sheet people: row 2 (id 2): id is 2.5 (float), in the table 2"]),
    (put("A3", True), ["sheet people: row 2 (id 2): id is True (bool), in the table 2"]),
    (put("C3", 5), [f"sheet people: row 2 (id 2): name is 5.0 (float), in the table {_POLO}"]),
    (put("C3", "=1+1"), ["it holds formulas"]),
    (put("D2", date(1980, 3, 1)), ["sheet people: row 1 (id 1): born is 1980-03-01, in the table 1980-02-29"]),
    (put("D4", date(1980, 3, 1)), ["sheet people: row 3 (id 3): born is 1980-03-01, in the table missing"]),
    (put("F4", None), ["sheet people: row 3 (id 3): badge is missing, in the table a"]),
    (put("A1", "key"), ["sheet people: the column id is missing", "sheet people: the column key is not in the table"]),
    (put("G9", 1), ["sheet people: the column '' is not in the table"]),
    (put("XFD1048576", 1), ["it has cells far outside its tables"]),
    (
        lambda sheet: sheet.delete_rows(4),
        ["sheet people: it has 2 rows, the table 3", "sheet people: row 3 (id 3) is missing"],
    ),
    (
        put("A5", 4),
        ["sheet people: it has 4 rows, the table 3", "sheet people: a row too many: 4, missing, missing, missing"],
    ),
    (
        lambda sheet: sheet.delete_rows(1, 9),
        [f"sheet people: the column {name} is missing" for name in ("id", "place", "name", "born", "role", "badge")],
    ),
    (
        lambda sheet: setattr(sheet, "title", "persons"),
        ["its sheets are About, places, persons, not About, places, people"],
    ),
    (
        lambda sheet: sheet.parent.create_sheet("more"),
        ["its sheets are About, places, people, more, not About, places, people"],
    ),
    (lambda sheet: put("B1", "other")(sheet.parent["About"]), ["the sheet About does not describe the package"]),
]


@pytest.mark.parametrize(("change", "said"), _CHANGES)
def test_every_change_is_named(change: Callable[[Worksheet], None], said: list[str], tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    path = exported(xlsx, content, tmp_path / "release")
    book = openpyxl.load_workbook(path)
    change(book["people"])
    book.save(path)

    found = list(xlsx.differences(content, tmp_path / "release"))
    assert found == [f"exports/plain-1.0.0.xlsx: {sentence}" for sentence in said]


def test_a_folder_where_the_workbook_should_be_is_an_error_for_people(tmp_path: Path) -> None:
    content = one_column(tmp_path, {}, "x")
    (tmp_path / "release" / PATH).mkdir(parents=True)

    with pytest.raises(Unavailable, match=r"made-up-1\.0\.0\.xlsx"):
        xlsx.write(content, tmp_path / "release")


def repacked(content: Content, folder: Path, change: Callable[[str, bytes], bytes]) -> list[str]:
    """What is said of a workbook whose parts were changed."""
    path = exported(xlsx, content, folder)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, change(name, data))
    return list(xlsx.differences(content, folder))


def test_a_part_that_is_no_xml_is_damage(tmp_path: Path) -> None:
    content = one_column(tmp_path, {}, "x")

    said = repacked(content, tmp_path / "release", lambda name, data: data[:-20] if "sheet2" in name else data)
    assert said == [f"{PATH}: the file is damaged or no workbook"]


def test_a_part_of_enormous_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from musterroll.release.exports import xlsx_reading

    content = one_column(tmp_path, {}, "x")
    monkeypatch.setattr(xlsx_reading, "FILE_BYTES", 100_000)

    said = repacked(content, tmp_path / "release", lambda name, data: data + b" " * ("theme" in name) * 100_000)
    assert said == [f"{PATH}: its part 'xl/theme/theme1.xml' is larger than any workbook of ours"]


@pytest.mark.parametrize("before", range(5))
def test_a_formula_is_found_also_where_two_blocks_meet(before: int, tmp_path: Path) -> None:
    content = one_column(tmp_path, {}, "x")

    def change(name: str, data: bytes) -> bytes:
        return data + b" " * ((1 << 20) - len(data) - before) + b"<f>1</f>" if "sheet2" in name else data

    assert repacked(content, tmp_path / "release", change) == [f"{PATH}: it holds formulas"]
