"""The gate: one report with every reason at once, nothing passed by not running, and no branch that excuses itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from golden import build, build_base, describe, put_in_form
from muster_validators import judge_release
from muster_validators.finding import Finding
from muster_validators.gate import judge as gate
from running import ROOT, muster

HERE = Path(__file__).parent
CASES = HERE / "checks"
TODAY = date(2026, 6, 30)
QUICK = ("structure", "facts")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    package = build_base("mission", tmp_path / "old")
    put_in_form(package)
    return package


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The next release: one arrival more."""
    package = build(CASES / "release-date/accepts/a_later_day", tmp_path / "new")
    put_in_form(package)
    return package


def test_a_release_that_may_go_out_passes_every_layer(old: Path, new: Path) -> None:
    result = muster("gate", new, "--against", old)

    assert (result.code, result.stderr) == (0, "")
    assert "✔ gate" in result.stdout
    assert "mission 1.1.0" in result.stdout
    assert "compared with mission 1.0.0" in result.stdout


def test_every_reason_is_told_at_once(old: Path, new: Path) -> None:
    describe(new, version="1.0.1", created="2030-01-01T00:00:00Z", release=None)
    data = new / "data/deployments.csv"
    data.write_bytes(data.read_bytes().replace(b"D-0009", b'"D-0009"'))

    result = muster("gate", new, "--against", old, "--format", "json")

    report = json.loads(result.stdout)
    assert result.code == 1
    assert {finding["check"] for finding in report["findings"] if finding["layer"] == "gate"} >= {
        "canonical-form",
        "changelog-headline",
        "release-date",
        "version-sufficient",
    }


def test_a_first_release_has_nothing_to_be_compared_with(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSTER_INDEX", raising=False)
    describe(old, release={"version": "1.0.0", "briefly": "The first release."})

    result = muster("gate", old, "--format", "json")

    layer = json.loads(result.stdout)["layers"][-1]
    assert result.code == 0
    assert "judged as the first one" in result.stderr
    assert layer["name"] == "gate"
    assert set(layer["not_applicable"]) == {check.INFO.id for check in gate.CHECKS if check.COMPARES}


@pytest.mark.parametrize("fault", ["missing", "broken"])
def test_a_baseline_that_cannot_be_read_is_an_error_of_the_environment(fault: str, old: Path, new: Path) -> None:
    if fault == "missing":
        old = old.parent / "nowhere"
    else:
        (old / "data/deployments.csv").write_text('deployment_id\n"')

    result = muster("gate", new, "--against", old)

    assert (result.code, result.stdout) == (4, "")
    assert "muster: " in result.stderr


def test_what_cannot_be_compared_did_not_run(old: Path, new: Path) -> None:
    (new / "data/deployments.csv").write_text((new / "data/deployments.csv").read_text() + '"')

    report = judge_release(new, old, layers=QUICK, today=TODAY)

    not_run = {item.check for item in report.layers[-1].not_run}
    assert not_run >= {check.INFO.id for check in gate.CHECKS if check.COMPARES}
    assert report.layers[-1].status != "passed"
    assert report.exit_code() == 1


def test_without_a_descriptor_no_check_of_the_gate_ran(new: Path, old: Path) -> None:
    (new / "datapackage.json").write_text("{")

    report = judge_release(new, old, layers=QUICK, today=TODAY)

    assert {item.check for item in report.layers[-1].not_run} == set(gate.CATALOGUE)


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(check, id=check.INFO.id, marks=[pytest.mark.slow] if number else [])
        for number, check in enumerate(gate.CHECKS)
    ],
)
def test_a_check_that_raises_did_not_run(check: Any, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Iterator[Finding]:
        raise ZeroDivisionError("planted")
        yield  # a generator, as checks are

    monkeypatch.setattr(check, "run", fail)

    report = judge_release(new, old, layers=QUICK, today=TODAY)

    assert [item.check for item in report.layers[-1].not_run] == [check.INFO.id]
    assert report.exit_code() == 1


def test_a_branch_cannot_waive_what_it_is_accused_of(tmp_path: Path) -> None:
    """The waiver counts in the package that has it; judged as a branch of one that has it not, it does not."""
    accused = build(CASES / "waiver-stale/accepts/on_its_last_day_it_still_counts", tmp_path / "branch")
    trunk = build_base("mission", tmp_path / "trunk")
    for package in (accused, trunk):
        put_in_form(package)

    alone = judge_release(accused, layers=QUICK, today=TODAY)
    joining = judge_release(accused, base=trunk, layers=QUICK, today=TODAY)
    merged = judge_release(accused, base=accused, layers=QUICK, today=TODAY)

    severities = [
        [finding.severity for finding in report if finding.check == "stocks-reconcile"]
        for report in (alone, joining, merged)
    ]
    assert severities == [["info"], ["warning"], ["info"]]


def test_a_waiver_holds_in_validate_as_well_and_no_longer_than_it_says(tmp_path: Path) -> None:
    from muster_validators import validate

    package = build(CASES / "waiver-stale/accepts/on_its_last_day_it_still_counts", tmp_path / "package")

    (on_the_day,) = validate(package, QUICK, today=TODAY)
    later, expired = validate(package, QUICK, today=date(2026, 7, 1))

    assert (on_the_day.severity, later.severity) == ("info", "warning")
    assert (expired.check, expired.severity) == ("waiver-valid", "warning")
    before = later.message.removesuffix(" The waiver W-0001 ended on 2026-06-30.")
    assert on_the_day.message == f"{before} Accepted up to 2026-06-30 by W-0001."


def test_the_summary_is_markdown_that_no_cell_can_forge(old: Path, new: Path, tmp_path: Path) -> None:
    data = new / "data/events.csv"
    data.write_text(data.read_text().replace("E-0001,vote", "E-0001,<script>@everyone [x](javascript:y)"))
    put_in_form(new)

    result = muster("gate", new, "--against", old, "--format", "github", "--summary", tmp_path / "summary.md")

    summary = (tmp_path / "summary.md").read_text()
    assert result.code == 1
    assert "| gate | " in summary
    assert "<b>category</b>" in summary
    assert "<script" not in summary.replace("\\<", "")
    assert "@everyone" not in summary
    assert "[x](" not in summary


@pytest.mark.slow
def test_the_record_in_this_repository_may_be_published() -> None:
    assert muster("gate", ROOT, "--format", "json").code == 0
