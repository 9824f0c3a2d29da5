"""No check passes by not running."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from muster_validators import validate
from muster_validators.facts import deployed_within_pledged, figure_has_evidence
from muster_validators.facts import judge as facts
from muster_validators.finding import Finding
from muster_validators.structure import category
from running import RECORD, copy_of_record, muster, replace

_WITHOUT = """
import sys

library, package = sys.argv[1:]


class Block:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Block())
import muster_cli

sys.argv = ["muster", "validate", package, "--format", "json"]
muster_cli.main()
"""


def run_without(library: str) -> tuple[int, dict[str, Any]]:
    """`muster validate` where a library cannot be imported."""
    result = subprocess.run(
        [sys.executable, "-c", _WITHOUT, library, RECORD], capture_output=True, text=True, check=False
    )
    return result.returncode, json.loads(result.stdout)


def fail(*_: object) -> Iterator[Finding]:
    raise ZeroDivisionError("planted")
    yield  # a generator, as checks are


def test_without_frictionless_nothing_that_it_judges_passes() -> None:
    code, report = run_without("frictionless")

    assert code == 4
    assert not report["valid"]
    assert {layer["name"]: layer["status"] for layer in report["layers"]} == {
        "structure": "not_run",
        "facts": "not_run",
        "plausibility": "not_run",
    }
    assert any("frictionless" in item["reason"] for item in report["layers"][0]["not_run"])


def test_without_pandera_the_headline_invariant_did_not_run() -> None:
    code, report = run_without("pandera")

    assert code == 4
    assert [layer["status"] for layer in report["layers"]] == ["passed", "not_run", "passed"]
    assert {item["check"] for item in report["layers"][1]["not_run"]} == {
        "dates-in-order",
        "deployed-within-pledged",
        "qualifier-fits-bounds",
    }


def test_without_great_expectations_no_check_of_plausibility_ran() -> None:
    code, report = run_without("great_expectations")

    assert code == 4
    assert [layer["status"] for layer in report["layers"]] == ["passed", "passed", "not_run"]
    assert {item["check"] for item in report["layers"][2]["not_run"]} == {
        "balance-holds",
        "fill-rate",
        "row-count",
        "value-range",
    }


@pytest.mark.parametrize("module", [deployed_within_pledged, figure_has_evidence, category])
def test_a_check_that_raises_did_not_run_and_the_package_does_not_pass(
    module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "run", fail)

    report = validate(RECORD)

    not_run = [item for layer in report.layers for item in layer.not_run]
    assert {item.check for item in not_run} == {module.INFO.id}
    assert "ZeroDivisionError: planted" in not_run[0].reason
    assert not report.valid
    assert report.exit_code() == 1


@pytest.mark.parametrize(
    "judge", ["frictionless_rows.judge_rows", "frictionless_rows.judges_of", "frictionless_metadata.judge_metadata"]
)
def test_a_judge_that_raises_leaves_everything_behind_it_not_run(judge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"muster_validators.structure.{judge}", fail)

    report = validate(RECORD)

    assert {"type-error", "foreign-key", "primary-key"} <= {item.check for item in report.layers[0].not_run}
    assert not report.valid


@pytest.mark.parametrize("table", ["missions", "commitments", "deployments", "evidence"])
def test_a_table_that_cannot_be_read_stops_the_facts_that_need_it(table: str, tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    header = (package / f"data/{table}.csv").read_text().splitlines()[0]
    replace(package, f"data/{table}.csv", header, header + ',"')

    result = muster("validate", package, "--format", "json")

    report = json.loads(result.stdout)
    assert result.code == 1
    needing = {check.INFO.id for check in facts.CHECKS if table in check.NEEDS}
    assert [layer["status"] for layer in report["layers"]] == ["failed", "not_run", "not_run"]
    assert {item["check"] for item in report["layers"][1]["not_run"]} == needing


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("mission-record/0.1.0", "mission-record/7.0.0", "mission-record/7.0.0"),
        ("2024-10-13", "the thirteenth", "horizon"),
    ],
)
def test_a_record_that_this_version_cannot_read_is_not_judged_and_not_passed(
    old: str, new: str, reason: str, tmp_path: Path
) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, "datapackage.json", old, new)

    report = validate(package)

    assert report.layers[1].status == "not_run"
    assert all(reason in item.reason for item in report.layers[1].not_run)
    assert report.exit_code() == 1
