"""The published package is sound, and what may go wrong with it is found at its place: one cause, one finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from running import RECORD, ROOT, copy_of_record, muster, replace

_KENYA_FIRST = "D-0001,MSS,KEN,arrival,police,196,196,196,exact,2024-06-25"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the first release, to break."""
    return copy_of_record(tmp_path / "record")


def findings_in(package: Path) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and findings of `muster validate --format json`."""
    result = muster("validate", package, "--format", "json")
    return result.code, json.loads(result.stdout)["findings"]


def test_the_published_package_is_clean_and_canonical() -> None:
    code, found = findings_in(ROOT)

    assert (code, [item for item in found if item["severity"] == "error"]) == (0, [])
    assert muster("fmt", ROOT, "--check").code == 0


def test_nothing_is_found_in_the_first_release() -> None:
    assert findings_in(RECORD) == (0, [])


def test_more_kenyans_than_were_ever_pledged_are_found_on_the_first_day_they_are_there(record: Path) -> None:
    replace(record, "data/deployments.csv", _KENYA_FIRST, _KENYA_FIRST.replace("196", "1200"))
    replace(record, "data/evidence.csv", "par. 1,196,supports", "par. 1,1200,supports")

    code, found = findings_in(record)

    (finding,) = [item for item in found if item["severity"] == "error"]
    assert {item["check"] for item in found} == {"deployed-within-pledged", "stocks-reconcile", "balance-holds"}
    assert code == 1
    assert finding["check"] == "deployed-within-pledged"
    assert finding["severity"] == "error"
    assert (finding["file"], finding["line"]) == ("data/deployments.csv", 2)
    assert (finding["key"], finding["field"]) == ({"deployment_id": "D-0001"}, "personnel_min")
    assert finding["column"] == len("D-0001,MSS,KEN,arrival,police,") + 1
    assert finding["value"] == "1200"
    assert finding["expected"] == "at most 1000"
    assert "2024-06-25" in finding["message"]


def test_a_number_without_its_evidence_is_found_on_its_row(record: Path) -> None:
    evidence = (record / "data/evidence.csv").read_text()
    (row,) = [line for line in evidence.splitlines() if ",D-0001,,personnel," in line and ",supports," in line]

    replace(record, "data/evidence.csv", row + "\n", "")

    code, (finding,) = findings_in(record)
    assert code == 1
    assert (finding["check"], finding["file"], finding["line"]) == ("figure-has-evidence", "data/deployments.csv", 2)
    assert (finding["key"], finding["field"]) == ({"deployment_id": "D-0001"}, "personnel_min")


@pytest.mark.parametrize(
    ("old", "new", "check", "field"),
    [
        ("D-0001,MSS,KEN,", "D-0001,MSS,KEX,", "foreign-key", "country_code"),
        ("D-0001,MSS,KEN,arrival", "D-0001,MSS,KEN,arival", "category", "movement"),
        ("2024-06-25,2024-06-25", "2024-06-31,2024-06-25", "type-error", "date_earliest"),
        ("2024-06-25,2024-06-25", "2024-6-25,2024-06-25", "bent-value", "date_earliest"),
        ("police,196,196,196", "police,-196,196,196", "constraint-error", "personnel_min"),
        ("D-0001,MSS,KEN,", "D-1,MSS,KEN,", "pattern", "deployment_id"),
    ],
)
def test_one_broken_cell_is_one_finding_at_its_place(record: Path, old: str, new: str, check: str, field: str) -> None:
    replace(record, "data/deployments.csv", old, new)
    text = (record / "data/deployments.csv").read_text().splitlines()
    header = text[0].split(",")

    code, (finding,) = findings_in(record)

    assert code == 1
    assert (finding["check"], finding["field"], finding["line"]) == (check, field, 2)
    assert finding["column"] == len(",".join(text[1].split(",")[: header.index(field)])) + 2 - (field == header[0])


def test_a_broken_quote_is_one_finding_and_what_needs_the_table_does_not_run(record: Path) -> None:
    replace(record, "data/deployments.csv", ",Second group.", ',"Second group.')

    result = muster("validate", record, "--format", "json")

    report = json.loads(result.stdout)
    (finding,) = report["findings"]
    assert (finding["check"], finding["file"], finding["line"]) == ("csv-quote", "data/deployments.csv", 3)
    assert [(layer["name"], layer["status"]) for layer in report["layers"]] == [
        ("structure", "failed"),
        ("facts", "not_run"),
        ("plausibility", "not_run"),
    ]
    assert {item["check"] for item in report["layers"][1]["not_run"]} >= {"deployed-within-pledged"}


def test_a_refused_key_is_not_reported_again_by_everything_that_points_at_it(record: Path) -> None:
    replace(record, "data/countries.csv", "KEN,state", "Ken,state")

    result = muster("validate", record, "--format", "json")

    report = json.loads(result.stdout)
    assert [finding["check"] for finding in report["findings"]] == ["pattern"]
    assert any(
        item["check"] == "foreign-key" and item["table"] == "commitments" for item in report["layers"][0]["not_run"]
    )


@pytest.mark.slow
def test_an_edit_without_fmt_is_one_finding_and_the_facts_are_still_judged(record: Path) -> None:
    file = record / "data/deployments.csv"
    file.write_text(file.read_text().replace("Second group.", "The second group."))

    result = muster("validate", record, "--format", "json")

    report = json.loads(result.stdout)
    assert [finding["check"] for finding in report["findings"]] == ["integrity"]
    assert report["layers"][1]["status"] == "passed"
    assert muster("fmt", record).code == 0
    assert findings_in(record) == (0, [])
