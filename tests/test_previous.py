"""What a release is compared with is read whole or not at all, and bounds follow from it as they should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from golden import build_base
from muster_validators import Report, validate
from running import RECORD, ROOT, copy_of_record, muster, replace, seal

ONLY = ("plausibility",)


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    return build_base("ferries", tmp_path / "ferries")


def compare(new: Path, old: str = "ferries", layers: tuple[str, ...] = ONLY) -> Report:
    return validate(new, layers, against=ROOT / "tests/packages" / old)


def test_a_table_that_is_gone_is_an_error(ferries: Path) -> None:
    descriptor = json.loads((ferries / "datapackage.json").read_text())
    descriptor["resources"][0]["name"] = "trips"
    (ferries / "datapackage.json").write_text(json.dumps(descriptor))

    (finding,) = compare(ferries)

    assert (finding.check, finding.severity, finding.table) == ("row-count", "error", "crossings")
    assert finding.message == "The table crossings is gone."


def test_codes_that_look_like_parameters_are_codes(ferries: Path, tmp_path: Path) -> None:
    data = ferries / "data/crossings.csv"
    data.write_text(data.read_text().replace("Astrid", "$ferry").replace("Bonita", "{ferry}"))
    later = build_base("ferries", tmp_path / "later")
    (later / "data/crossings.csv").write_text(data.read_text().replace("{ferry}", "$boat", 1))

    assert len(validate(ferries, ONLY, against=ferries)) == 0
    (finding,) = validate(later, ONLY, against=ferries)
    assert (finding.check, finding.value) == ("category-new", "$boat")


def test_numbers_without_limit_do_not_widen_the_range(ferries: Path, tmp_path: Path) -> None:
    old = build_base("ferries", tmp_path / "old")
    for package, fuel in ((old, "INF"), (ferries, "9000.5")):
        data = package / "data/crossings.csv"
        data.write_text(data.read_text().replace("27.5", fuel, 1))

    (finding,) = validate(ferries, ONLY, against=old)

    assert (finding.check, finding.value) == ("value-range", "9000.5")


@pytest.mark.parametrize(
    ("break_it", "code", "said"),
    [
        (lambda folder: (folder / "datapackage.json").unlink(), 4, "there is no datapackage.json"),
        (lambda folder: (folder / "datapackage.json").write_text("{"), 4, "the previous release cannot be read"),
        (lambda folder: (folder / "data/crossings.csv").unlink(), 4, "does not exist"),
        (lambda folder: (folder / "data/crossings.csv").write_text('a"b\n'), 4, "data/crossings.csv:1"),
        (
            lambda folder: (folder / "datapackage.json").write_text(
                '{"resources": [{"name": "a", "path": "../a.csv"}]}'
            ),
            3,
            "the previous release is refused",
        ),
    ],
)
def test_a_release_before_that_cannot_be_read_is_never_no_difference(
    break_it: Any, code: int, said: str, ferries: Path
) -> None:
    break_it(ferries)

    result = muster("validate", ROOT / "tests/packages/ferries", "--against", ferries)

    assert (result.code, result.stdout) == (code, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({"path": "data/crossings.csv", "format": "csv", "compression": "gz"}, "is not one CSV file"),
        ({"path": "data/crossings.xlsx", "format": "xlsx"}, "does not exist"),
        ({"path": ["data/crossings.csv", "data/crossings.csv"]}, "is not one CSV file"),
        ({"data": "some text"}, "is not one CSV file"),
        ({"path": "data/crossings.csv", "schema": "schemas/none.json"}, "does not exist"),
        (None, "it has no table to compare with"),
    ],
)
def test_a_table_before_that_cannot_be_compared_is_never_skipped(
    resource: dict[str, Any] | None, said: str, ferries: Path
) -> None:
    descriptor = json.loads((ferries / "datapackage.json").read_text())
    descriptor["resources"] = [{"name": "crossings", **resource}] if resource else []
    (ferries / "datapackage.json").write_text(json.dumps(descriptor))

    result = muster("validate", ROOT / "tests/packages/ferries", "--against", ferries)

    assert (result.code, result.stdout) == (4, "")
    assert said in result.stderr


def test_a_name_that_two_tables_before_share_is_no_name_to_compare_by(ferries: Path) -> None:
    descriptor = json.loads((ferries / "datapackage.json").read_text())
    descriptor["resources"] *= 2
    (ferries / "datapackage.json").write_text(json.dumps(descriptor))

    result = muster("validate", ROOT / "tests/packages/ferries", "--against", ferries)

    assert result.code == 4
    assert "crossings names two tables" in result.stderr


def test_a_day_that_no_calendar_has_widens_nothing(ferries: Path, tmp_path: Path) -> None:
    old = build_base("ferries", tmp_path / "old")
    for package, day in ((old, "0001-01-01"), (ferries, "9999-12-31")):
        data = package / "data/crossings.csv"
        data.write_text(data.read_text().replace("2024-01-06", day, 1))

    report = validate(ferries, ONLY, against=old)

    assert not report.layers[0].not_run
    assert [(finding.check, finding.value) for finding in report] == [("value-range", "9999-12-31")]


def test_a_column_that_is_gone_or_of_another_type_is_not_compared_cell_by_cell(ferries: Path) -> None:
    schema = json.loads((ferries / "schemas/crossings.json").read_text())
    schema["fields"][4]["type"] = "string"
    del schema["fields"][6]
    (ferries / "schemas/crossings.json").write_text(json.dumps(schema))
    data = ferries / "data/crossings.csv"
    data.write_text("".join(line.rpartition(",")[0] + "\n" for line in data.read_text().splitlines()))

    report = compare(ferries)

    assert not report.layers[0].not_run
    assert [(finding.check, finding.severity, finding.field) for finding in report] == [
        ("fill-rate", "warning", "captain"),
    ]


def test_a_number_too_large_for_one_table_does_not_stop_the_others(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, "data/deployments.csv", "196,196,196", ",".join(["9" * 400] * 3))

    report = validate(package, ONLY, against=RECORD)

    assert {item.check for item in report.layers[0].not_run} == {"balance-holds", "sums-moved"}
    assert {finding.check for finding in report} == set()


def test_a_record_keeps_its_own_rules_when_it_is_compared(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    for path in (package / "data").glob("*.csv"):
        path.write_text(path.read_text().splitlines()[0] + "\n")
    seal(package)

    report = validate(package, ONLY, against=package)

    assert {(finding.check, finding.severity, finding.table) for finding in report} == {
        ("row-count", "warning", table) for table in ("missions", "countries", "commitments", "sources", "evidence")
    }


def test_rows_are_excused_only_by_what_was_really_retired(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    table = package / "data/event_countries.csv"
    table.write_text(
        "".join(row for row in table.read_text().splitlines(keepends=True) if not row.startswith("E-0027"))
    )
    retired = package / "data/retired_ids.csv"
    retired.write_text(retired.read_text() + "E-0027,countries,0.2.0,,Never was there.\n")
    seal(package)

    report = validate(package, ONLY, against=RECORD)

    assert [(finding.check, finding.table) for finding in report] == [("row-count", "event_countries")]
