"""`muster validate --since REV`: what concerns the changes is shown, the rest is counted, no fault is hidden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from branches import ARRIVAL, GAZETTE, new, record_in_form, repository, settings
from elsewhere import commit, zip_folder
from golden import build_base
from muster_validators import Report, validate
from running import Result, muster, replace, seal
from test_formats import schema

FACTS = ("structure", "facts")
_NAMES = ("@main", "HEAD", "HEAD@{0}", "main~0", "main^{commit}")
_FORMS = ("text", "markdown", "github")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A repository whose record has one fault: the second group of Kenyans says exactly, and gives no minimum."""
    package = repository(tmp_path / "p")
    replace(
        package, "data/deployments.csv", "D-0002,MSS,KEN,arrival,police,200,200", "D-0002,MSS,KEN,arrival,police,,200"
    )
    commit(package)
    return package


def since(package: Path, revision: str = "HEAD", *words: str) -> Result:
    return muster("validate", package, "--since", revision, "--layer", "structure", "--layer", "facts", *words)


def document(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return found


def checks(result: Result) -> list[tuple[str, str]]:
    """Check and key of each finding."""
    findings: list[dict[str, object]] = json.loads(result.stdout)["findings"]
    return [(str(item["check"]), "/".join(dict(item["key"]).values())) for item in findings]  # type: ignore[call-overload]


def judged(package: Path) -> Report:
    return validate(package, FACTS)


def test_a_fault_that_was_there_before_is_left_out_and_counted(package: Path) -> None:
    new(package, "events", *settings({"kind": "visit", "date": "2025-03-01", "description": "Some came."}), *GAZETTE)

    whole, part = muster("validate", package, "--layer", "facts"), since(package)

    assert (whole.code, part.code) == (1, 0)
    assert "Shown is what concerns the changes since mission 1.0.0; left out: 2 findings on other rows." in part.stdout
    assert "Passed. Nothing was found." in part.stdout


def test_a_fault_of_a_row_that_changed_is_shown_and_fails(package: Path) -> None:
    replace(package, "data/deployments.csv", "2024-07-16,2024-07-17", "2024-07-17,2024-07-16")

    result = since(package, "HEAD", "--format", "json")

    assert result.code == 1
    assert ("dates-in-order", "D-0002") in checks(result)
    assert document(result)["since"] == {"name": "mission", "version": "1.0.0", "left_out": 0}


def test_nothing_changed_leaves_out_all_that_is_about_rows(package: Path) -> None:
    result = since(package, "HEAD", "--format", "json")

    assert result.code == 0
    assert document(result)["valid"] is True
    assert document(result)["counts"] == {"error": 0, "warning": 0, "info": 0}
    assert document(result)["since"] == {"name": "mission", "version": "1.0.0", "left_out": len(judged(package))}


def test_evidence_that_is_taken_away_shows_on_the_row_that_it_was_about(package: Path) -> None:
    place = package / "data/evidence.csv"
    kept = [
        line for line in place.read_text().splitlines(keepends=True) if ",deployments,D-0003,,personnel," not in line
    ]
    place.write_text("".join(kept))
    seal(package)

    assert ("figure-has-evidence", "D-0003") in checks(since(package, "HEAD", "--format", "json"))


def test_a_source_that_moves_shows_on_the_evidence_that_cites_it(package: Path) -> None:
    replace(package, "data/sources.csv", "2025-12-20,2025-12-20", "2020-12-20,2020-12-20")

    found = checks(since(package, "HEAD", "--format", "json"))

    assert {check for check, _ in found} == {"source-after-event"}


def test_a_row_that_goes_shows_on_those_that_refer_to_it(package: Path) -> None:
    replace(package, "data/event_figures.csv", "F-0003,E-0002,killed,70,,,at_least\n", "")

    assert {check for check, _ in checks(since(package, "HEAD", "--format", "json"))} == {"evidence-names-a-row"}


def deploy(package: Path, country: str, number: int, day: str) -> None:
    """An arrival with its evidence, under the country's pledge."""
    under = {"BLZ": "C-0003", "BHS": "C-0004", "KEN": "C-0001"}[country]
    cells = {**ARRIVAL, "country_code": country, "commitment_id": under, "personnel": str(number), "date": day}
    new(package, "deployments", *settings(cells), *GAZETTE)


def test_a_balance_is_shown_if_a_row_of_its_country_changed_and_left_out_if_one_of_another_did(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    deploy(package, "BLZ", 80, "2025-03-01")  # of at most 50
    assert {finding.check for finding in judged(package)} == {"deployed-within-pledged"}
    commit(package)

    deploy(package, "KEN", 5, "2025-03-05")
    other = since(package, "HEAD", "--format", "json")
    commit(package)
    deploy(package, "BLZ", 2, "2025-03-06")
    same = since(package, "HEAD", "--format", "json")

    assert (checks(other), other.code) == ([], 0)
    assert ({check for check, _ in checks(same)}, same.code) == ({"deployed-within-pledged"}, 1)


def test_a_pledge_a_condition_or_evidence_of_the_country_moves_its_balance_too(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    deploy(package, "BLZ", 80, "2025-03-01")
    commit(package)
    cells = {"commitment_id": "C-0003", "revision": "1", "kind": "funding", "status": "open"}
    id = new(package, "conditions", *settings(cells, {"description": "Money."}), *GAZETTE)
    assert [check for check, _ in checks(since(package, "HEAD", "--format", "json"))] == ["deployed-within-pledged"]
    commit(package)

    place = package / "data/evidence.csv"
    place.write_text(
        place.read_text().replace(
            f",conditions,{id},,,gazette-2025-12-20,par. 2", f",conditions,{id},,,gazette-2025-12-20,par. 3"
        )
    )
    seal(package)

    assert [check for check, _ in checks(since(package, "HEAD", "--format", "json"))] == ["deployed-within-pledged"]


def test_a_total_of_the_mission_moves_with_any_row_that_adds_up_to_it(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    replace(package, "data/strengths.csv", ",426,426,426,exact,", ",9999,9999,9999,exact,")
    evidence = (package / "data/evidence.csv").read_text()
    (package / "data/evidence.csv").write_text(evidence.replace(",426,supports", ",9999,supports"))
    seal(package)
    assert {finding.check for finding in judged(package)} >= {"stocks-reconcile"}
    commit(package)
    new(package, "events", *settings({"kind": "visit", "date": "2025-03-01", "description": "x"}), *GAZETTE)
    assert checks(since(package, "HEAD", "--format", "json")) == []

    deploy(package, "KEN", 5, "2025-03-05")

    assert "stocks-reconcile" in {check for check, _ in checks(since(package, "HEAD", "--format", "json"))}


def test_a_changed_mandate_moves_every_balance(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    deploy(package, "BLZ", 80, "2025-03-01")
    commit(package)
    replace(package, "data/missions.csv", "MSS,", "MSS, ")  # its name begins otherwise

    assert "deployed-within-pledged" in {check for check, _ in checks(since(package, "HEAD", "--format", "json"))}


def test_a_changed_rule_concerns_every_row_of_its_table(tmp_path: Path) -> None:
    package = build_base("ferries", tmp_path / "p")
    commit(package)
    place = package / "schemas/crossings.json"
    rules = json.loads(place.read_text())
    rules["fields"][4]["constraints"] = {"maximum": 1}  # passengers
    place.write_text(json.dumps(rules))

    result = muster("validate", package, "--since", "HEAD", "--layer", "structure", "--format", "json")

    assert result.code == 1
    assert json.loads(result.stdout)["since"]["left_out"] == 0
    assert len(checks(result)) == len((package / "data/crossings.csv").read_text().splitlines()) - 1


def test_words_of_a_schema_concern_no_row(package: Path) -> None:
    replace(
        package, "schemas/deployments.json", '"title": "Deployments (movements of personnel)"', '"title": "Movements"'
    )

    assert since(package).code == 0


def test_a_changed_profile_concerns_everything(package: Path) -> None:
    replace(package, "datapackage.json", "mission-record/0.1.0", "mission-record/0.1.1")

    assert {
        finding["check"] for finding in json.loads(since(package, "HEAD", "--format", "json").stdout)["findings"]
    } >= {"qualifier-fits-bounds"}


def test_what_is_about_no_row_and_what_could_not_run_stays(package: Path) -> None:
    place = package / "data/events.csv"
    place.write_text(place.read_text().replace("A town in the Artibonite", "A town"))  # its hash is stale

    result = since(package, "HEAD", "--format", "json")

    assert [check for check, _ in checks(result)] == ["integrity"]
    replace(package, "data/strengths.csv", "S-0001,MSS,KEN,present", "S-0001,MSS,KEN,presant")
    commit(package)
    told = since(package)
    assert told.code == 1
    assert "could not run" in told.stdout


def test_a_package_that_cannot_be_compared_hides_nothing(package: Path) -> None:
    replace(package, "data/events.csv", "E-0002,attack", 'E-0002,"attack')

    result = since(package, "HEAD", "--format", "json")

    assert result.code == 1
    assert json.loads(result.stdout)["since"]["left_out"] == 0
    assert json.loads(result.stdout)["layers"][1]["not_run"]


def test_an_unsafe_package_is_refused_as_ever(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text())
    descriptor["resources"][0]["path"] = "../missions.csv"
    (package / "datapackage.json").write_text(json.dumps(descriptor))

    result = since(package, "HEAD", "--format", "json")

    assert result.code == 3
    assert json.loads(result.stdout)["since"]["left_out"] == 0


@pytest.mark.parametrize("revision", ["main", *(pytest.param(name, marks=pytest.mark.slow) for name in _NAMES)])
def test_a_revision_is_named_as_git_names_it(revision: str, package: Path) -> None:
    assert since(package, revision).code == 0


@pytest.mark.slow
def test_any_package_may_be_named(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = record_in_form(tmp_path / "other")
    archive = zip_folder(package, tmp_path / "p.zip")

    assert since(package, str(other)).code == 1  # D-0002 is another there
    assert since(archive, str(package)).code == 0
    assert since(package, f"{package}@main").code == 0
    assert since(package / "datapackage.json", "main").code == 0
    assert since(archive, "main").code == 2
    assert since(package, "nowhere").code == 4
    assert since(package, "haiti-mss@9.9.9").code == 4
    monkeypatch.chdir(package)
    assert muster("validate", "--since", "main", "--layer", "facts").code == 0


@pytest.mark.parametrize("form", ["json", *(pytest.param(name, marks=pytest.mark.slow) for name in _FORMS)])
def test_every_format_says_how_many_were_left_out(form: str, package: Path) -> None:
    told = since(package, "HEAD", "--format", form).stdout

    assert {"text": "left out: 2 findings", "markdown": "2 findings on other rows", "json": '"left_out": 2',
            "github": "2 on rows that did not change are left out"}[form] in told  # fmt: skip


def test_the_report_follows_the_published_schema_and_only_a_narrowed_one_says_since(package: Path) -> None:
    whole = json.loads(muster("validate", package, "--layer", "facts", "--format", "json").stdout)
    part = json.loads(since(package, "HEAD", "--format", "json").stdout)

    schema("report-1").validate(part)
    assert "since" not in whole
    assert "since" in part


def test_a_kept_report_is_narrowed_like_a_fresh_one(package: Path) -> None:
    new(package, "events", *settings({"kind": "visit", "date": "2025-03-01", "description": "x"}), *GAZETTE)

    first, second = (since(package, "HEAD") for _ in range(2))

    assert first.stdout == second.stdout
    assert "nothing has changed since the last run" in second.stderr
    assert "left out" not in muster("validate", package, "--layer", "structure", "--layer", "facts").stdout
