"""`muster new commitments --revise`: the standing row with the next number, and evidence of what changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from branches import GAZETTE, added, fails, new, record_in_form, settings
from muster_validators import validate
from running import muster


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return record_in_form(tmp_path / "record")


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return record_in_form(tmp_path / "before")


SAID = {"announced": "2025-06-01", "announced_by": "The capital", "change_reason": "world_changed"}


def test_a_revision_states_the_whole_pledge_as_it_then_stands(package: Path, before: Path) -> None:
    id = new(package, "commitments", "--revise", "C-0004", *settings(SAID, {"status": "withdrawn"}), *GAZETTE)

    assert id == "C-0004/2"
    assert added(package, "commitments", before) == [
        "C-0004,2,MSS,BHS,withdrawn,military,150,150,150,exact,2025-06-01,2025-06-01,The capital,true,,world_changed,"
    ]
    assert [line.split(",")[1:9] for line in added(package, "evidence", before)] == [
        ["commitments", "C-0004", "2", "status", "gazette-2025-12-20", "par. 2", "withdrawn", "supports"],
        ["commitments", "C-0004", "2", "announced", "gazette-2025-12-20", "par. 2", "2025-06-01", "supports"],
    ]
    assert validate(package, ("structure", "facts")).valid
    assert muster("fmt", package, "--check").code == 0


def test_a_new_number_needs_evidence_and_the_statement_is_not_copied(package: Path, before: Path) -> None:
    result = muster("new", "commitments", package, "--revise", "C-0001", "--set", "personnel=~1200")

    (row,) = added(package, "commitments", before)
    assert row == "C-0001,4,MSS,KEN,notified_un,police,,1200,,about,,,,true,,,"
    assert [line.split(",")[4] for line in added(package, "evidence", before)] == ["personnel", "announced"]
    assert "copied from revision 3, which stands" in result.stderr
    assert "commitments.announced_by (C-0001): Person, office or state" in result.stderr


def test_what_adds_up_follows_the_new_status(package: Path, before: Path) -> None:
    new(package, "commitments", "--revise", "C-0004", "--set", "status=declined")

    assert added(package, "commitments", before)[0].split(",")[13] == "false"


def test_the_standing_row_is_the_last_that_was_said_and_is_believed(package: Path, before: Path) -> None:
    place = package / "data/commitments.csv"
    late = "C-0004,2,MSS,BHS,interest,military,9,9,9,exact,2023-01-01,2023-01-01,Who,false,,found_later,\n"
    wrong = "C-0004,3,MSS,BHS,offered,military,7,7,7,exact,2025-01-01,2025-01-01,Who,true,,world_changed,\n"
    undated = "C-0004,4,MSS,BHS,offered,military,8,8,8,exact,2026-01-01,,Who,true,,world_changed,\n"
    place.write_text(place.read_text() + late + wrong + undated)
    evidence = package / "data/evidence.csv"
    proof = "V-0900,commitments,C-0004,3,personnel,gazette-2025-12-20,par. 1,7,supports,deprecated,A slip\n"
    evidence.write_text(evidence.read_text() + proof)
    assert muster("fmt", package).code == 0

    told = muster("new", "commitments", package, "--revise", "C-0004", "--dry-run").stdout

    assert "copied from revision 1, which stands" in told
    assert ",C-0004,5,MSS,BHS,pledged,military,150,150,150,exact," in told.replace("  C-0004", ",C-0004")


@pytest.mark.parametrize(
    ("table", "words", "told"),
    [
        ("commitments", ["--revise", "C-0099"], "commitments has no C-0099"),
        ("deployments", ["--revise", "D-0001"], "deployments keeps no revisions"),
        ("commitments", ["--revise", "C-0004", "--set", "country_code=KEN"], "country_code is BHS in all revisions"),
        ("commitments", ["--revise", "C-0004", "--set", "part_of=C-0001"], "part_of is empty in all revisions"),
        ("commitments", ["--revise", "C-0004", "--set", "revision=7"], "revision is given by --revise"),
        ("commitments", ["--revise", "C-0004", "--set", "status=gone"], "no code of status"),
    ],
)
def test_what_no_revision_can_be_made_of_is_refused(table: str, words: list[str], told: str, package: Path) -> None:
    assert told in fails(package, table, *words).stderr


def test_a_revision_without_a_number_is_named_with_its_place(package: Path) -> None:
    place = package / "data/commitments.csv"
    place.write_text(place.read_text().replace("C-0004,1,", "C-0004,one,"))

    assert "data/commitments.csv:7: revision is 'one'" in fails(package, "commitments", "--revise", "C-0004").stderr


def test_chains_of_other_packages_are_copied_whole(tmp_path: Path) -> None:
    fields = [{"name": "id"}, {"name": "version", "type": "integer"}, {"name": "price", "type": "integer"}]
    resources = [{"name": "offers", "path": "o.csv", "schema": {"fields": fields, "primaryKey": ["id", "version"]}}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))
    (tmp_path / "o.csv").write_text("id,version,price\nO-1,1,5\nO-1,2,6\nO-2,1,9\n")

    assert new(tmp_path, "offers", "--revise", "O-1") == "O-1/3"
    assert new(tmp_path, "offers") == "O-3/1"

    assert (tmp_path / "o.csv").read_text() == "id,version,price\nO-1,1,5\nO-1,2,6\nO-1,3,6\nO-2,1,9\nO-3,1,\n"
