"""Great Expectations judges what we ask of it, and what it cannot judge never passes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from golden import CASES, build, build_base
from muster_cli import arguments
from muster_validators import LAYERS, Finding, Report, validate
from muster_validators.facts import deployed_within_pledged
from muster_validators.plausibility import balance_holds, fill_rate, row_count, suites
from muster_validators.plausibility.expectation import Expectation
from muster_validators.plausibility.subject import listed, percent
from musterroll.record.balance import sweep
from musterroll.record.loading import load_record
from musterroll.record.record import Record
from running import RECORD, ROOT, copy_of_record, muster, replace

ONLY = ("plausibility",)


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    return build_base("ferries", tmp_path / "ferries")


def compare(new: Path, old: str = "ferries", layers: tuple[str, ...] = ONLY) -> Report:
    return validate(new, layers, against=ROOT / "tests/packages" / old)


def test_the_command_line_knows_every_layer() -> None:
    assert tuple(LAYERS) == arguments.LAYERS


def test_a_package_without_profile_and_without_a_release_before_is_not_judged_and_says_so() -> None:
    result = muster("validate", ROOT / "tests/packages/ferries")

    assert result.code == 0
    assert "plausibility does not apply: no release to compare with (--against OLD)" in result.stdout


def test_the_report_says_what_it_was_compared_with() -> None:
    package = ROOT / "tests/packages/ferries"

    text = muster("validate", package, "--against", package).stdout
    report = json.loads(muster("validate", package, "--against", package, "--format", "json").stdout)

    assert text.startswith("ferries 1.0.0: 1 table, 40 rows, compared with ferries 1.0.0\n")
    assert report["against"] == {"name": "ferries", "version": "1.0.0"}
    assert report["layers"][2]["not_applicable"] == ["balance-holds", "sums-moved"]


def _belize() -> Path:
    return next(case for case in CASES if case.name == "more_from_belize_than_it_can_have_pledged")


def test_a_surplus_that_facts_does_not_report_is_an_error(tmp_path: Path) -> None:
    report = validate(build(_belize(), tmp_path / "package"), ONLY)

    (finding,) = report
    assert (finding.check, finding.severity) == ("balance-holds", "error")
    assert finding.message == "On 2024-10-18 BLZ has at least 51 deployed; its pledges allow at most 50."


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [case for case in CASES if case.parts[-3] == "deployed-within-pledged"], ids=lambda case: case.name
)
def test_both_judges_accuse_the_same_countries(case: Path, tmp_path: Path) -> None:
    package = build(case, tmp_path / "package")

    found = {
        finding.key["country_code"] for finding in validate(package, ONLY) if finding.check == balance_holds.INFO.id
    }

    violated = {row.country for row in sweep(load_record(package)) if row.verdict == "violated"} - {None}
    assert found == violated


def test_a_broken_table_is_not_judged_and_the_others_are(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, "data/events.csv", "E-0001,request", "E-0001,requst")
    replace(package, "data/strengths.csv", "2024-07-31,2024-07-31", "1924-07-31,2024-07-31")

    report = validate(package, ONLY)

    assert {(item.check, item.table) for item in report.layers[0].not_run} == {
        ("fill-rate", "events"),
        ("row-count", "events"),
        ("value-range", "events"),
    }
    assert [(finding.check, finding.file) for finding in report] == [("value-range", "data/strengths.csv")]
    assert not report.valid


@pytest.mark.parametrize("name", ["expect", "report"])
def test_a_check_that_raises_did_not_run(name: str, ferries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(row_count, name, fail)
    lines = (ferries / "data/crossings.csv").read_text().splitlines(keepends=True)
    (ferries / "data/crossings.csv").write_text("".join(lines[:20]))

    report = compare(ferries)

    assert [item.check for item in report.layers[0].not_run] == ["row-count"]
    assert "ZeroDivisionError: planted" in report.layers[0].not_run[0].reason
    assert not report.valid


def test_an_exception_inside_great_expectations_is_not_a_finding(
    ferries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Expectation("fill-rate", "crossings", "ExpectColumnValuesToBeBetween", {"column": "no", "min_value": 1})
    monkeypatch.setattr(fill_rate, "expect", lambda subject: iter([asked]))

    report = compare(ferries)

    assert [(item.check, item.table) for item in report.layers[0].not_run] == [("fill-rate", "crossings")]
    assert report.layers[0].not_run[0].reason.startswith("Great Expectations failed: ")
    assert not [finding for finding in report if finding.check == "fill-rate"]
    assert report.exit_code() == 1


def test_an_exception_is_known_in_both_of_its_shapes() -> None:
    flat = {"raised_exception": True, "exception_message": "no such column", "exception_traceback": "…"}
    keyed = {"MetricConfigurationID(…)": {"exception_message": "no such column", "raised_exception": True}}

    assert suites.exception_in(flat) == suites.exception_in(keyed) == "no such column"
    assert suites.exception_in({"raised_exception": False, "exception_message": None}) is None
    assert suites.exception_in({}) is None


def test_an_answer_that_does_not_come_is_a_check_that_did_not_run(
    ferries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suites, "_validate", lambda *_: {"results": []})

    report = compare(ferries)

    assert {item.reason for item in report.layers[0].not_run} == {"Great Expectations gave no answer"}
    assert not report.valid


@pytest.mark.parametrize("name", ["balance", "balance (derived)"])
def test_a_table_of_that_name_does_not_hide_the_derived_one(name: str, tmp_path: Path) -> None:
    package = build(_belize(), tmp_path / "package")
    descriptor = json.loads((package / "datapackage.json").read_text())
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    descriptor["resources"].append({"name": name, "path": "data/balance.csv", "schema": schema})
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    (package / "data/balance.csv").write_text("a\nno number\n")

    report = validate(package, ONLY, against=build_base("mission", tmp_path / "old"))

    assert "balance-holds" in {finding.check for finding in report}
    assert {item.table for item in report.layers[0].not_run} == {name}


def test_a_doubt_of_the_first_judge_does_not_silence_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def doubt(record: Record) -> Iterator[Finding]:
        yield deployed_within_pledged.INFO.at(
            record.tables["deployments"], 4, "personnel_min", "Unknown.", severity="info"
        )

    monkeypatch.setattr(deployed_within_pledged, "run", doubt)

    report = validate(build(_belize(), tmp_path / "package"))

    assert [finding.severity for finding in report if finding.check == "balance-holds"] == ["error"]


@pytest.mark.parametrize(
    ("share", "text"), [(1, "100%"), (0.9996, "99.9%"), (0.946, "94.6%"), (0.95, "95%"), (0, "0%")]
)
def test_a_share_is_never_rounded_into_another_verdict(share: float, text: str) -> None:
    assert percent(share) == text


def test_values_that_could_be_taken_for_several_stand_in_quotes() -> None:
    assert listed(["a", "a,b", "a ", ""]) == "a, 'a,b', 'a ', ''"


@pytest.mark.parametrize("option", ["--against", "--data-docs"])
def test_an_option_that_would_do_nothing_is_wrong_use(option: str, tmp_path: Path) -> None:
    result = muster("validate", RECORD, "--layer", "facts", option, tmp_path)

    assert result.code == 2
    assert f"{option} serves the layer plausibility" in result.stderr


_WATCHED = """
import os, sys
from pathlib import Path

seen = []


def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "urllib.Request"}:
        seen.append(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        seen.append(str(arguments[0]))


sys.addaudithook(watch)
from muster_validators import validate

report = validate(Path(sys.argv[1]), ("plausibility",), against=Path(sys.argv[1]))
print(report.valid, len(report.suites), [name for name in seen if name != os.devnull])
"""


@pytest.mark.slow
def test_nothing_is_written_and_nobody_is_asked(tmp_path: Path) -> None:
    script = tmp_path / "watched.py"
    script.write_text(_WATCHED)

    result = subprocess.run(
        [sys.executable, script, RECORD],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert result.stdout == "True 26 []\n", result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache-of-the-user"] == ["watched.py"]
