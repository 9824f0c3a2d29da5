"""What the release before teaches: few findings that tell much, and none where the maintainer has said why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from golden import build_base
from muster_validators import Report, validate
from muster_validators.plausibility.codes import coded_columns
from muster_validators.plausibility.previous import read_previous
from muster_validators.plausibility.subject import Subject
from muster_validators.plausibility.turnover import turnover
from running import ROOT, replace

ONLY = ("plausibility",)
FERRIES = ROOT / "tests/packages/ferries"
FIRST, SECOND = ROOT / "releases/1.0.0", ROOT / "releases/1.1.0"


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    return build_base("ferries", tmp_path / "ferries")


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    return build_base("mission", tmp_path / "mission")


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return build_base("mission", tmp_path / "before")


def declare(package: Path, **properties: object) -> None:
    place = package / "datapackage.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), **properties}))


def divide_fuel(package: Path) -> None:
    data = package / "data/crossings.csv"
    header, *rows = [line.split(",") for line in data.read_text().splitlines()]
    changed = [[*row[:5], str(float(row[5]) / 100), row[6]] for row in rows]
    data.write_text("".join(",".join(row) + "\n" for row in [header, *changed]))


def told(report: Report) -> set[tuple[str, str]]:
    return {(finding.check, finding.severity) for finding in report}


@pytest.mark.slow
@pytest.mark.parametrize(("release", "beyond_its_horizon"), [(FIRST, set()), (SECOND, {"C-0057"})])
def test_a_release_is_a_plausible_successor_of_itself(release: Path, beyond_its_horizon: set[str]) -> None:
    report = validate(release, ONLY, against=release)

    assert told(report) <= {("value-range", "warning")}
    assert {finding.key["commitment_id"] for finding in report} == beyond_its_horizon
    assert report.valid


@pytest.mark.slow
def test_what_is_new_because_a_record_grew_is_said_once() -> None:
    report = validate(SECOND, ONLY, against=FIRST)

    assert report.counts["error"] == 0
    assert report.counts["warning"] < 15
    (grown,) = (finding for finding in report if finding.check == "row-count")
    assert grown.message.startswith("The package grew from 605 to 3,109 rows; 7 tables did so by more than is usual: ")
    assert not [finding for finding in report if finding.field == "locator"]


def test_several_tables_that_grow_are_one_finding_and_few_are_one_each(tmp_path: Path) -> None:
    packages = {}
    for name, copies in (("old", 0), ("few", 60), ("all", 60)):
        folder = packages[name] = build_base("ferries", tmp_path / name)
        (resource,) = json.loads((folder / "datapackage.json").read_text())["resources"]
        lines = (folder / "data/crossings.csv").read_text()
        more = "".join(f"{41 + row},2024-06-01,Celia,calm,90,30.5,\n" for row in range(copies))
        names = ["crossings", "spring", "summer", "autumn"]
        for number, table in enumerate(names):
            grows = number < (3 if name == "few" else 4)
            (folder / f"data/{table}.csv").write_text(lines + (more if grows else ""))
        declare(folder, resources=[{**resource, "name": table, "path": f"data/{table}.csv"} for table in names])

    few, every = (
        [item for item in validate(packages[name], ONLY, against=packages["old"]) if item.check == "row-count"]
        for name in ("few", "all")
    )

    assert sorted(str(finding.table) for finding in few) == ["crossings", "spring", "summer"]
    assert [(finding.table, finding.severity) for finding in every] == [(None, "warning")]
    assert "The package grew from 160 to 400 rows; 4 tables did so" in every[0].message


def test_many_cells_of_a_column_are_one_finding_that_names_them(ferries: Path) -> None:
    data = ferries / "data/crossings.csv"
    rows = [f"{41 + row},2024-06-0{1 + row},Dora,calm,9{row},30.5,Rosa Blanc" for row in range(4)]
    data.write_text(data.read_text() + "\n".join(rows) + "\n")

    (finding,) = validate(ferries, ONLY, against=FERRIES)

    assert (finding.check, finding.field, finding.line, finding.key) == ("category-new", "ferry", 42, {})
    assert finding.message.startswith("4 × Dora are new here; ")
    assert finding.message.endswith("all in new rows (the table grew from 40 to 44).")
    assert [dict(item.key)["crossing_id"] for item in finding.related] == ["41", "42", "43", "44"]


def test_a_finding_about_many_cells_says_if_their_rows_are_old(ferries: Path) -> None:
    data = ferries / "data/crossings.csv"
    data.write_text(data.read_text().replace("Celia", "Dora", 4))

    findings = {finding.check: finding for finding in validate(ferries, ONLY, against=FERRIES)}

    assert findings["category-new"].message.endswith("; 4 of these rows were there before.")
    assert findings["category-mix"].message == "Rows that stayed have another ferry now: Celia 13 → 9 rows."
    assert [item.says for item in findings["category-mix"].related] == ["ferry = Dora"] * 4


@pytest.mark.parametrize(("captains", "are_codes"), [("Jean {}", False), ("{}", False), ("Jean", True)])
def test_values_that_differ_in_their_digits_are_no_codes(captains: str, are_codes: bool, ferries: Path) -> None:
    data = ferries / "data/crossings.csv"
    header, *rows = data.read_text().splitlines()
    named = [f"{row.rpartition(',')[0]},{captains.format(number % 6)}" for number, row in enumerate(rows)]
    data.write_text("\n".join([header, *named]) + "\n")
    tables = read_previous(ferries).tables

    columns = {name for _, name, _ in coded_columns(Subject(tables, tables))}

    assert ("captain" in columns) is are_codes


def test_without_a_common_key_every_row_is_another(ferries: Path) -> None:
    schema = json.loads((ferries / "schemas/crossings.json").read_text())
    (ferries / "schemas/crossings.json").write_text(json.dumps({**schema, "primaryKey": []}))
    old, new = read_previous(FERRIES).tables["crossings"], read_previous(ferries).tables["crossings"]

    change = turnover(old, new)

    assert (len(change.stayed), len(change.gone), len(change.added)) == (0, 40, 40)
    divide_fuel(ferries)
    assert ("value-drift", "error") in told(validate(ferries, ONLY, against=FERRIES))


@pytest.mark.parametrize("key", ["value-drift", "value-drift/crossings"])
def test_what_is_explained_is_information_and_says_why(key: str, ferries: Path) -> None:
    divide_fuel(ferries)
    declare(ferries, release={"explained": {key: "Hectolitres now."}})

    (finding,) = validate(ferries, ONLY, against=FERRIES)

    assert (finding.check, finding.severity) == ("value-drift", "info")
    assert finding.message.endswith(" Explained: Hectolitres now.")


@pytest.mark.parametrize(
    "release",
    [
        {"version": "0.9.0", "explained": {"value-drift": "Hectolitres now."}},
        {"explained": {"value-range": "Another check."}},
        {"explained": {"value-drift/trips": "Another table."}},
        {"explained": {"value-drift": " "}},
        "the spring issue",
    ],
)
def test_other_words_explain_nothing(release: object, ferries: Path) -> None:
    divide_fuel(ferries)
    declare(ferries, release=release)

    report = validate(ferries, ONLY, against=FERRIES)

    assert told(report) == {("value-drift", "error")}
    assert not report.layers[0].not_run


def test_what_a_record_must_be_by_itself_cannot_be_explained(mission: Path, before: Path) -> None:
    replace(mission, "data/strengths.csv", "2023-11-16,2023-11-16", "1923-11-16,2023-11-16")
    declare(mission, release={"explained": {"value-range": "Not so.", "range-width": "Nor this."}})

    assert told(validate(mission, ONLY, against=before)) == {("value-range", "warning")}


def test_a_record_before_that_cannot_be_read_is_no_reason_to_pass(mission: Path, before: Path) -> None:
    declare(before, conformsTo="mission-record/9.0.0")

    report = validate(mission, ONLY, against=before)

    assert [item.check for item in report.layers[0].not_run] == ["sums-moved"]
    assert not report.valid


def test_a_release_before_that_was_no_record_has_no_sums(mission: Path, before: Path) -> None:
    declare(before, conformsTo="another-profile/1.0.0")

    report = validate(mission, ONLY, against=before)

    assert report.valid
    assert not report.findings


def test_sums_that_several_rows_moved_name_the_rows(mission: Path, before: Path) -> None:
    for id in ("D-0001", "D-0002"):
        data = mission / "data/deployments.csv"
        lines = [
            line.replace("200,200,200", "20,20,20") if line.startswith(id) else line
            for line in data.read_text().splitlines()
        ]
        data.write_text("\n".join(lines) + "\n")

    report = validate(mission, ONLY, against=before)

    found = {finding.table: finding for finding in report if finding.check == "sums-moved"}
    assert found["deployments"].message == "Sums of deployments fell: MSS KEN arrival 400 → 40."
    assert [dict(item.key)["deployment_id"] for item in found["deployments"].related] == ["D-0001", "D-0002"]
    assert found["balance"].severity == "error"
    assert found["balance"].message.startswith("The balance of 2025-12-31 fell: ")


def test_a_pledge_that_is_gone_is_missed_in_the_sums(mission: Path, before: Path) -> None:
    for name, kept in (("commitments", "C-0005,"), ("evidence", ",C-0005,"), ("conditions", ",C-0005,")):
        data = mission / f"data/{name}.csv"
        data.write_text("".join(row for row in data.read_text().splitlines(keepends=True) if kept not in row))

    report = validate(mission, ONLY, against=before)

    (finding,) = (item for item in report if item.check == "sums-moved" and item.table == "commitments")
    assert finding.message == "Sums of commitments fell: MSS JAM 200 → 0."
    assert (finding.line, finding.related) == (None, ())
