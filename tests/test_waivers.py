"""Waivers: in force, expired, stale or wrong, in `validate` as in the gate, and the way from a finding to one."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from branches import repository
from elsewhere import commit
from golden import build, build_base, put_in_form
from muster_validators import CATALOGUES, Report, judge_release, validate
from muster_validators.catalogues import WAIVABLE
from muster_validators.facts import figure_has_evidence
from muster_validators.facts import judge as facts
from muster_validators.finding import Finding
from muster_validators.waiver_checks import judge as of_waivers
from muster_validators.waiver_checks import waiver_stale
from muster_validators.waivers import Waiver, waive
from running import muster, replace, seal
from test_formats import schema
from test_not_run_checks import fail

CASES = Path(__file__).parent / "checks"
TODAY = date(2026, 6, 30)
FACTS = ("structure", "facts")
HEADER = "waiver_id,check_id,table_name,row_id,fingerprint,reason,source_id,expires_on"
STALE = "W-0001,figure-has-evidence,deployments,D-0005,0123456789ab,Why not.,gazette-2024-10-25,2999-12-31"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return build_base("mission", tmp_path / "package")


@pytest.fixture
def accused(tmp_path: Path) -> Path:
    """A record with one warning, of stocks-reconcile, and no waiver yet."""
    package = build(CASES / "waiver-stale/accepts/on_its_last_day_it_still_counts", tmp_path / "accused")
    return waived(package)


def waived(package: Path, *rows: str) -> Path:
    """The package with these waivers and no others, in canonical form."""
    (package / "data/waivers.csv").write_text("".join(f"{line}\n" for line in (HEADER, *rows)))
    put_in_form(package)
    return package


def told(report: Report) -> list[tuple[str, str, str]]:
    """Layer, check and severity of what is said of waivers."""
    return [(item.layer, item.check, item.severity) for item in report if item.check in of_waivers.CATALOGUE]


@pytest.mark.parametrize("case", ["waiver-valid/rejects/expired", "waiver-stale/rejects/its-finding-has-changed"])
def test_what_validate_warns_of_is_one_error_in_the_gate(case: str, tmp_path: Path) -> None:
    package = build(CASES / case, tmp_path / "package")
    put_in_form(package)
    check = case.partition("/")[0]

    assert told(validate(package, FACTS, today=TODAY)) == [("facts", check, "warning")]
    assert told(judge_release(package, layers=FACTS, today=TODAY)) == [("facts", check, "error")]


@pytest.mark.slow
def test_a_check_that_had_nothing_to_compare_with_leaves_its_waivers_in_peace(package: Path) -> None:
    waived(package, STALE.replace("figure-has-evidence,deployments,D-0005", "row-count,deployments,"))
    old = build_base("mission", package.parent / "old")

    assert told(validate(package, today=TODAY)) == []
    assert told(validate(package, today=TODAY, against=old)) == [("facts", "waiver-stale", "warning")]


def test_a_check_that_could_not_run_leaves_its_waivers_in_peace(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waived(package, STALE)
    assert told(validate(package, FACTS, today=TODAY)) == [("facts", "waiver-stale", "warning")]

    monkeypatch.setattr(figure_has_evidence, "run", fail)

    assert told(validate(package, FACTS, today=TODAY)) == []


def test_waivers_that_cannot_be_read_accept_nothing_and_do_not_pass(accused: Path) -> None:
    waived(accused, STALE.replace("2999-12-31", "one day"))

    report = validate(accused, ("facts",), today=TODAY)

    reading_every_table = {check.INFO.id for check in facts.CHECKS if "waivers" in check.NEEDS}
    assert {item.check for item in report.layers[0].not_run} == {*of_waivers.CATALOGUE, *reading_every_table}
    assert [item.severity for item in report] == ["warning"]
    assert report.exit_code() == 1


def test_a_check_of_waivers_that_raises_did_not_run(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiver_stale, "run", fail)

    report = validate(package, ("facts",), today=TODAY)

    assert [item.check for item in report.layers[0].not_run] == ["waiver-stale"]
    assert report.exit_code() == 1


@pytest.mark.parametrize(
    ("columns", "status"), [(HEADER, "passed"), ("waiver_id,who_waived_what", "not_applicable")], ids=["ours", "theirs"]
)
def test_a_foreign_package_may_have_waivers_of_ours_or_a_table_of_that_name(
    columns: str, status: str, tmp_path: Path
) -> None:
    foreign = build_base("plain", tmp_path / "plain")
    fields = [{"name": name, "type": "string"} for name in columns.split(",")]
    descriptor = json.loads((foreign / "datapackage.json").read_text())
    descriptor["resources"].append({"name": "waivers", "path": "data/waivers.csv", "schema": {"fields": fields}})
    (foreign / "datapackage.json").write_text(json.dumps(descriptor))
    day = "no day"  # which only a schema of ours would refuse
    rows = [f"W-0001,row-count,people,,0123456789ab,Why.,x,{day}"] if columns == HEADER else ["W-0001,x"]
    (foreign / "data/waivers.csv").write_text("".join(f"{line}\n" for line in (columns, *rows)))
    seal(foreign)

    report = validate(foreign, FACTS, today=TODAY)

    assert report.layers[1].status == status
    assert [item.message for item in report if item.layer == "facts"] == (
        ["The last day of the waiver is no date, so it accepts nothing."] if columns == HEADER else []
    )


def test_nobody_waives_what_is_said_of_a_waiver(package: Path) -> None:
    waived(package, STALE)
    (stale,) = validate(package, FACTS, today=TODAY)
    waived(package, STALE, f"W-0002,waiver-stale,waivers,W-0001,{stale.fingerprint},Why,gazette-2024-10-25,2999-12-31")

    report = validate(package, FACTS, today=TODAY)

    assert told(report) == [("facts", "waiver-stale", "warning"), ("facts", "waiver-valid", "warning")]
    assert not WAIVABLE & set(of_waivers.CATALOGUE)
    assert set(CATALOGUES["facts"]) >= set(of_waivers.CATALOGUE)


def test_of_two_waivers_the_one_that_lasts_longer_counts() -> None:
    """The profile allows one for each finding; the table of another package may hold two."""
    finding = Finding(check="x", layer="facts", severity="error", message="No.", remedy="")
    days = (date(2026, 12, 31), date(2026, 1, 1))
    waivers = [Waiver(0, f"W-{day.month}", "x", finding.fingerprint, day, "why") for day in days]

    for each in (waivers, waivers[::-1]):
        (accepted,) = waive([finding], each, TODAY)
        assert (accepted.severity, accepted.waiver) == ("info", "W-12")
    (back,) = waive([finding], waivers, date(2027, 1, 1))
    assert (back.severity, back.waiver, back.message) == ("error", None, "No. The waiver W-12 ended on 2026-12-31.")


def test_from_the_text_of_a_finding_to_its_waiver_in_one_step(accused: Path) -> None:
    text = muster("validate", accused, "--layer", "facts").stdout
    (fingerprint,) = re.findall(r"fingerprint ([0-9a-f]{12})$", text, re.MULTILINE)
    words = ("--finding", fingerprint, "--source", "gazette-2025-03-15", "--set", "expires_on=2999-12-31")

    made = muster("new", "waivers", accused, *words, "--set", "reason=Returns were not reported.")

    document = json.loads(muster("validate", accused, "--layer", "facts", "--format", "json").stdout)
    schema("report-1").validate(document)
    assert (made.code, made.stdout) == (0, "W-0001\n")
    assert [(item["severity"], item["waiver"]) for item in document["findings"]] == [("info", "W-0001")]
    assert (accused / "data/waivers.csv").read_text().splitlines()[1] == (
        f"W-0001,stocks-reconcile,strengths,S-0004,{fingerprint},"
        "Returns were not reported.,gazette-2025-03-15,2999-12-31"
    )


@pytest.mark.slow
def test_a_finding_that_is_not_made_or_that_nobody_waives_gets_no_waiver(accused: Path) -> None:
    with (accused / "data/events.csv").open("a") as stream:
        stream.write("\n")
    found = json.loads(muster("validate", accused, "--layer", "structure", "--format", "json").stdout)["findings"]
    text = muster("validate", accused, "--layer", "structure").stdout
    (of_structure,) = [item["fingerprint"] for item in found if item["check"] == "integrity"]

    unknown = muster("new", "waivers", accused, "--finding", "0123456789ab")
    forbidden = muster("new", "waivers", accused, "--finding", of_structure)
    elsewhere = muster("new", "events", accused, "--finding", of_structure)

    assert (unknown.code, forbidden.code, elsewhere.code) == (2, 2, 2)
    assert "makes no finding with the fingerprint 0123456789ab" in unknown.stderr
    assert "integrity is a check whose findings nobody can waive" in forbidden.stderr
    assert "fingerprint" not in text
    assert (accused / "data/waivers.csv").read_text() == f"{HEADER}\n"


@pytest.mark.slow
def test_a_row_that_is_mended_shows_its_waiver_although_only_changes_are_asked_for(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    waived(package, STALE)
    commit(package)
    words = ("validate", package, "--since", "HEAD", "--layer", "facts", "--format", "json")
    assert json.loads(muster(*words).stdout)["since"]["left_out"] == 1

    group = "D-0002,MSS,KEN,arrival,police,200,200,200"
    replace(package, "data/deployments.csv", group, group.replace("200", "199"))

    assert "waiver-stale" in {item["check"] for item in json.loads(muster(*words).stdout)["findings"]}
